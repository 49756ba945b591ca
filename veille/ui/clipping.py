"""The actions about what comes in: clip, paste, drop, complete, correct, compare, connect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.domain.errors import BadAddress, VeilleError
from veille.domain.facts import Changes
from veille.domain.operation import Json
from veille.domain.text import clip as shorten
from veille.domain.text import word_count
from veille.domain.views import Row
from veille.sentences import clipping, names
from veille.sentences.catalogue import _, n_
from veille.sentences.errors import sentence, sentence_of_code
from veille.ui import ask
from veille.ui.ask import Choice, Field
from veille.ui.bus import Bus
from veille.ui.incoming import Incoming
from veille.ui.jobs import Jobs
from veille.ui.rounds import Rounds
from veille.ui.widgets.copied import copied

_WINDOWS_HTML: Final = 'application/x-qt-windows-mime;value="HTML Format"'
_FORMS: Final = ("text/html", "text/x-moz-url", "text/uri-list", "text/plain")
_LONGEST: Final = 32 * 1024 * 1024


class Focus(Protocol):
    """What the actions are about: asked of the window when one runs."""

    def current(self) -> Row | None:
        """Give the thing that is read."""


class Clipping(QObject):
    """One method an action."""

    def __init__(  # noqa: PLR0913 - the window's parts, given by name
        self, desk: Desk, jobs: Jobs, bus: Bus, *, rounds: Rounds, incoming: Incoming,
        focus: Focus, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._rounds, self._incoming = rounds, incoming
        self._focus, self._window = focus, window

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "clip": self.clip,
            "clip_file": self.clip_files,
            "paste": self.paste,
            "clip_inside": self.clip_inside,
            "open_folder": self.open_folder,
            "connect_browsers": self.connect_browsers,
            "disconnect_browsers": self.disconnect_browsers,
            "complete": self.complete,
            "correct": self.correct,
            "compare_captures": self.compare,
            "retry": self.retry,
        }

    # --- doors ---------------------------------------------------------------------------------

    def clip(self) -> None:
        """Ask for an address, the clipboard's if it holds one, and clip it."""
        held = QGuiApplication.clipboard().text().strip()
        initial = held if held.startswith(("http://", "https://")) and len(held) < 2_000 else ""
        self._ask_address(
            initial, _("Its title and address are recorded at once; the text follows.")
        )

    def _ask_address(self, initial: str, hint: str) -> None:
        asked = ask.text(
            self._window, _("Clip a page"), hint, initial=initial, label=_("Address of the page")
        )
        if not asked or not (url := asked.strip()):
            return

        def refused(problem: VeilleError) -> None:
            if isinstance(problem, BadAddress):
                # What was typed is not lost: it is shown again, to be corrected.
                self._ask_address(url, sentence(problem))
            else:
                self._jobs.failed.emit(problem)

        self.clip_address(url, failed=refused)

    def clip_address(
        self, url: str, *, words: str = "", failed: Callable[[VeilleError], None] | None = None
    ) -> None:
        """Clip an address, and keep ``words`` of its page as a quote."""

        def done(clipped: Any) -> None:
            self._bus.changed.emit(Changes(frozenset({clipped.id}), initiator="clip"))
            self._bus.open_requested.emit(clipped.id)
            if not clipped.duplicate_of:
                self._incoming.fetch(clipped.id)
                return
            if words:
                quote = partial(self._quote, clipped.id, words)
                self._incoming.tell_already(clipped.id, quote=quote)
                return
            again = (_("Capture again"), partial(self._incoming.again, clipped.id))
            self._incoming.tell_already(clipped.id, again)

        self._jobs.write(lambda: self._desk.begin_clip(url), done, failed)

    def clip_files(self) -> None:
        """Ask for saved pages, documents and mails, and clip them."""
        kinds = _("Pages, documents, mails (*.html *.htm *.mhtml *.mht *.pdf *.eml *.mbox *.url"
                  " *.webloc *.txt *.md)")  # fmt: skip
        for path in ask.files(self._window, _("Clip saved pages"), kinds):
            self.take_file(path)

    def take_file(self, path: str) -> None:
        """Clip what a file holds."""
        self._incoming.take(lambda: self._desk.intake.take_file(path))

    def paste(self) -> None:
        """Clip what was copied: an address, a passage, a picture."""
        self.take(copied())

    def take(self, mime: QMimeData) -> None:
        """Clip what was dropped or pasted."""
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if files:
            for path in files:
                self.take_file(path)
            return
        parts = forms(mime)
        if parts:
            self._incoming.take(lambda: self._desk.intake.take_paste(parts))
        else:
            self._bus.say(
                _("There is nothing to clip there. Copy an address, a passage or a picture.")
            )

    def clip_inside(self) -> None:
        """Offer the articles that a newsletter points to."""
        row = self._focus.current()
        pointed = self._desk.intake.inside(row.id) if row is not None else []
        if not pointed:
            self._bus.say(_("Nothing in this page reads like a list of articles."))
            return
        choices = [
            Choice("*", n_("All of them: {n} article", "All of them: {n} articles", len(pointed)))
        ]
        for title, url, known in pointed:
            label = _("{title} — clipped already").format(title=title) if known else title
            choices.append(Choice(url, label))
        chosen = ask.choose(
            self._window, _("Clip the articles inside"), choices,
            _("Their pages are fetched from the web."),
        )  # fmt: skip
        for _title, url, _known in pointed:
            if chosen in {"*", url}:
                self.clip_address(url)

    def open_link(self, address: str) -> None:
        """Do what a ``veille:`` address asks for: open at once, clip after a question."""
        try:
            asked = self._desk.intake.read_link(address)
        except VeilleError as problem:
            self._bus.say(sentence(problem), tone="error")
            return
        if asked.wish == "open":
            self._bus.open_requested.emit(asked.thing)
            return
        answer = ask.one_of(
            self._window,
            _("Clip this page?"),
            [Choice("clip", _("Clip it")), Choice("no", _("No"))],
            "\n".join(part for part in (asked.url, shorten(asked.words, length=200)) if part),
        )
        if answer == "clip":
            self.clip_address(asked.url, words=asked.words)

    def _quote(self, article: str, words: str) -> None:
        def done(made: str) -> None:
            self._bus.changed.emit(Changes(frozenset({made, article})))

        self._jobs.write(lambda: self._desk.quote(article, words), done)

    # --- the watched folder, the browsers ------------------------------------------------------

    def open_folder(self) -> None:
        """Open the watched folder in the file manager."""
        folder = self._desk.intake.folder(clipping.folders())
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        self._bus.say(
            _("Save pages in {folder}: they are clipped within seconds.").format(folder=folder)
        )

    def connect_browsers(self) -> None:
        """Connect the browsers' extension, and say where it is."""

        def done(written: list[str]) -> None:
            where = str(self._desk.intake.extension)
            lines = [("good", one) for one in written]
            lines.append(("watch", _("Load the extension in the browser, from: {folder}").format(
                folder=where)))  # fmt: skip
            ask.report(
                self._window,
                _("The browsers may speak to Veille"),
                _("Nothing listens on the network: the extension leaves pages in a folder."),
                lines,
            )

        self._jobs.write(self._desk.intake.connect_browsers, done)

    def disconnect_browsers(self) -> None:
        """Take back what connecting them wrote, and name it."""

        def done(gone: list[str]) -> None:
            if not gone:
                self._bus.say(_("No browser was connected to this profile."))
                return
            ask.report(
                self._window,
                _("The browsers no longer speak to Veille"),
                _("This was taken away; the extension itself is removed in the browser."),
                [("good", one) for one in gone],
            )

        self._jobs.write(self._desk.intake.disconnect_browsers, done)

    # --- repairs -------------------------------------------------------------------------------

    def retry(self) -> None:
        """Fetch the page again: another capture is kept."""
        if article := self._article():
            self._incoming.again(article)

    def complete(self) -> None:
        """One gesture: what was copied, or a part of the page, is the article."""
        self.complete_article(self._article())

    def complete_article(self, article: str) -> None:
        """Complete an article that a notice speaks of."""
        if article:
            self._rounds.index.ask(
                "blocks",
                lambda answer: self._choose(article, answer["blocks"]),
                lambda _code, _data: self._choose(article, []),
                article=article,
            )

    def _choose(self, article: str, blocks: list[dict[str, Any]]) -> None:
        parts = {kind: data.decode("utf-8", "replace") for kind, data in _texts().items()}
        held = QGuiApplication.clipboard().text().strip()
        choices = []
        if word_count(held) > 1:
            told = _("What was copied: {words} — {beginning}")
            choices.append(Choice("copied", _line(told, held)))
        for number, one in enumerate(blocks):
            told = _("Part of the page: {words} — {beginning}")
            choices.append(Choice(str(number), _line(told, one["text"], words=one["words"])))
        if not choices:
            self._bus.say(_("Copy the text of the article in your browser first, then press B."))
            return
        title = self._desk.title(article)
        chosen = ask.choose(
            self._window,
            _("Where is the text of “{title}”?").format(title=shorten(title, length=60)),
            choices,
            _("It becomes another capture, read from now on; the others are kept."),
        )
        if chosen == "copied":
            self._incoming.ask("complete", article, parts=parts)
        elif chosen:
            self._incoming.ask("choose_block", article, number=int(chosen))

    def compare(self) -> None:
        """Show what changed between the last two captures."""
        if article := self._article():
            self._rounds.index.ask(
                "differences",
                lambda answer: self._bus.differences_found.emit((article, answer["pieces"])),
                lambda code, data: self._bus.say(
                    _("There is only one capture of this page.")
                    if code == "NotFound"
                    else sentence_of_code(code, **data)
                ),
                article=article,
            )

    def correct(self) -> None:
        """Show the record of an article, where each field comes from, and correct it."""
        row = self._focus.current()
        if row is None or row.kind != "article":
            return
        told = self._desk.intake.card(row.id)
        fields = [
            Field(
                one.name,
                names.field(one.name),
                clipping.value(one.value),
                clipping.provenance(one, others=len(one.others)),
                tuple(clipping.value(other.value) for other in one.others),
            )
            for one in told
        ]
        answer = ask.form(
            self._window,
            _("Correct the record"),
            _("What you write here is never replaced by a capture."),
            fields,
        )
        if answer is None:
            return
        before = {one.name: clipping.value(one.value) for one in told}
        said: dict[str, Json] = {}
        for name, value in answer.items():
            if value.strip() != before.get(name, ""):
                split = [one.strip() for one in value.split(",") if one.strip()]
                said[name] = [*split] if name == "authors" else value.strip()
        if said:
            seen = row.fields
            self._record(
                lambda: self._desk.intake.correct(row.id, said, seen=seen), _("Corrected.")
            )

    def _article(self) -> str:
        row = self._focus.current()
        return row.id if row is not None and row.kind == "article" else ""

    def _record(self, act: Callable[[], Changes], told: str) -> None:
        def done(changes: Changes) -> None:
            self._bus.changed.emit(changes)
            self._bus.say(told, undo=changes.gesture)

        self._jobs.write(act, done)


def forms(mime: QMimeData) -> dict[str, bytes]:
    """Give the forms in which something is offered, as bytes; pictures as PNG."""
    parts = {kind: bytes(mime.data(kind).data()) for kind in _FORMS if mime.hasFormat(kind)}
    if mime.hasFormat(_WINDOWS_HTML):
        parts["text/html"] = bytes(mime.data(_WINDOWS_HTML).data())
    if mime.hasImage() and not parts:
        picture = mime.imageData()
        if isinstance(picture, QImage) and not picture.isNull():
            held = QByteArray()
            buffer = QBuffer(held)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            picture.save(buffer, b"PNG")
            parts["image/png"] = bytes(held.data())
    return {kind: data for kind, data in parts.items() if 0 < len(data) <= _LONGEST}


def _texts() -> dict[str, bytes]:
    return {kind: data for kind, data in forms(copied()).items() if kind.startswith("text/")}


def _line(told: str, text: str, *, words: int | None = None) -> str:
    count = word_count(text) if words is None else words
    return told.format(words=names.words(count), beginning=shorten(text, length=70))
