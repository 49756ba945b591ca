"""The actions about what is followed: add, watch, import, export, file, pause, unfollow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.desk.subscribing import PAGE, Subscription
from veille.domain.errors import FileUnreadable, NotOpml
from veille.domain.facts import Changes
from veille.domain.operation import Json
from veille.sentences import following, sources
from veille.sentences.catalogue import _, n_
from veille.ui import ask
from veille.ui.adding import Adding
from veille.ui.ask import Field
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.refreshing import Refreshing

if TYPE_CHECKING:
    from veille.desk.subscriptions_file import Imported

_LONGEST: Final = 2_000
_LARGEST: Final = 20 * 1024 * 1024
_SOON_MS: Final = 150
# What may change how sources are, besides the sources themselves.
_ELSEWHERE: Final = frozenset({"feeds", "sync", "spaces", "elsewhere"})


class Screen(Protocol):
    """What the actions act upon: asked of the screen when one runs."""

    @property
    def chosen(self) -> list[Subscription]:
        """Give the sources selected."""

    def select(self, feed: str) -> None:
        """Choose a source."""

    def isVisible(self) -> bool:  # noqa: N802 - Qt's name
        """Tell whether it is shown."""


class Following(QObject):
    """One method an action.

    Signals:
        listed(list[Subscription]): what is followed, as it is now.
    """

    listed = Signal(object)

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, refreshing: Refreshing, screen: Screen,
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus = desk, jobs, bus
        self._refreshing, self._screen, self._window = refreshing, screen, window
        self.known: list[Subscription] = []
        self.adding = Adding(
            desk, jobs, bus, known=lambda: self.known, followed=self._on_followed, window=window
        )
        self._looking = self._again = False
        self._wanted = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.look)
        bus.changed.connect(self._on_changed)
        refreshing.refreshed.connect(self._soon.start)

    # --- what is followed ----------------------------------------------------------------------

    @property
    def to_look_at(self) -> int:
        """Count the sources that somebody should look at."""
        return sum(1 for one in self.known if one.health.misleads)

    def look(self) -> None:
        """Look up what is followed, aside; once more when asked meanwhile."""
        self._again = self._looking
        if not self._looking:
            self._looking = True
            self._jobs.look(lambda: self._desk.feeds.listed(counted=True), self._on_listed)

    def start(self) -> None:
        """Look, and read what is due, now and from time to time."""
        self.look()
        self._refreshing.start()

    def acts(self) -> dict[str, Callable[[], object]]:
        """Give what each of the actions does."""
        return {
            "add_source": self.adding.add_source,
            "watch_page": self.adding.watch_page,
            "import_sources": self.import_sources,
            "export_sources": self.export_sources,
            "refresh_all": self.refresh_all,
            "stop_refresh": self._refreshing.stop,
            "sort_source": self.sort,
            "refresh_source": self.refresh,
            "open_site": self.open_site,
            "edit_source": self.edit,
            "choose_part": self.choose_part,
            "pause_source": self.pause,
            "unfollow": self.unfollow,
        }

    def close(self) -> None:
        """Look no more."""
        self._soon.stop()

    def _on_listed(self, listed: list[Subscription]) -> None:
        self._looking = False
        self.known = listed
        self._refreshing.know(listed)
        self.listed.emit(listed)
        if self._wanted and any(one.id == self._wanted for one in listed):
            self._screen.select(self._wanted)
            self._wanted = ""
        if self._again:
            self.look()

    def _on_changed(self, changes: Changes) -> None:
        seen = self._screen.isVisible() and changes.touches("a-")
        if seen or changes.touches("f-") or changes.initiator in _ELSEWHERE:
            self._soon.start()

    # --- following -----------------------------------------------------------------------------

    def _on_followed(self, feed: str) -> None:
        known = any(one.id == feed for one in self.known)
        self._wanted = feed
        self._bus.changed.emit(Changes(frozenset({feed}), initiator="follow"))
        self._bus.open_requested.emit("view:sources")
        title = self._desk.feeds.one(feed).title
        if known:
            self._bus.say(_("Followed already: {title}").format(title=title))
            return
        self._bus.say(_("Followed: {title}. It is being read…").format(title=title))
        self._refreshing.ask([feed], done=lambda _answer: self._tell_first(feed))

    def _tell_first(self, feed: str) -> None:
        """Say what a new source brought, or why it could not be read."""
        one = self._desk.feeds.one(feed)
        undo = (_("Undo"), partial(self._take_back, [feed]))
        if one.state.problem:
            told = following.cause(one.state.problem, one.state.status)
            self._bus.say(
                _("{label}: {what}").format(label=one.title, what=told), tone="error", more=(undo,)
            )
            return
        new = one.state.brought
        told = n_("{n} thing to sort", "{n} things to sort", new) if new else _("nothing new yet")
        shows = ((_("Sort its articles"), partial(self._bus.open_requested.emit, feed)),)
        self._bus.say(
            _("Followed: {title} — {what}").format(title=one.title, what=told),
            more=(*(shows if new else ()), undo),
        )

    def _take_back(self, feeds: Sequence[str]) -> None:
        self._jobs.write(lambda: self._desk.feeds.unfollow(feeds), self._bus.changed.emit)

    # --- lists ---------------------------------------------------------------------------------

    def import_sources(self) -> None:
        """Ask for a list of feeds, follow what it names, say what became of each line."""
        kinds = _("Lists of feeds (*.opml *.xml)")
        paths = ask.files(self._window, _("Import a list of sources"), kinds)
        self.follow_lists(paths)

    def follow_lists(self, paths: Sequence[str]) -> None:
        """Follow what lists of feeds name, and say what became of each line."""
        space = self.adding.space() if paths else None
        if space is not None:
            for path in paths:
                self._jobs.write(
                    partial(self._read_list, path, space), partial(self._on_imported, path)
                )

    def _read_list(self, path: str, space: str) -> list[Imported]:
        try:
            if Path(path).stat().st_size > _LARGEST:
                raise NotOpml(path=path)
            data = Path(path).read_bytes()
        except OSError as problem:
            raise FileUnreadable(path=path) from problem
        try:
            return self._desk.feeds.read_list(data, space=space)
        except NotOpml as problem:
            raise NotOpml(path=path) from problem

    def _on_imported(self, path: str, done: list[Imported]) -> None:
        new = [one.feed for one in done if one.is_new]
        told = following.imported_all(done)
        if new:
            self._bus.changed.emit(Changes(frozenset(new), initiator="follow"))
            self._bus.open_requested.emit("view:sources")
        undo = (_("Undo"), partial(self._take_back, new))
        read: list[dict[str, Any]] = []
        shown: list[bool] = []

        def tell(answer: dict[str, Any]) -> None:
            # What they brought is said once the report was read, and not behind it.
            read.append(answer)
            if shown:
                self._bus.say(answer["told"], more=(*self._sorts(answer), undo))

        if new:
            self._refreshing.ask(new, done=tell)
        lines = [("watch", following.imported(one)) for one in done if one.problem]
        ask.report(self._window, told, Path(path).name, [("good", told), *lines])
        shown.append(True)
        if read:
            tell(read[0])
        elif new:
            self._bus.say(told, more=(undo,))

    def export_sources(self) -> None:
        """Ask where to write the list of the feeds, and write it."""
        path = ask.save_file(
            self._window, _("Export the list of sources"), "veille.opml",
            _("List of feeds (*.opml)"),
        )  # fmt: skip
        if path:
            self._jobs.look(lambda: self._written(path), self._on_written)

    def _written(self, path: str) -> int:
        data = self._desk.feeds.write_list(title=_("Sources of Veille"))
        try:
            Path(path).write_bytes(data)
        except OSError as problem:
            raise FileUnreadable(path=path) from problem
        return sum(1 for one in self._desk.feeds.listed() if one.watched != PAGE)

    def _on_written(self, count: int) -> None:
        told = n_("{n} source written.", "{n} sources written.", count)
        pages = sum(1 for one in self.known if one.watched == PAGE)
        if pages:
            left = n_("{n} watched page stays out: it has no feed.",
                      "{n} watched pages stay out: they have no feed.", pages)  # fmt: skip
            told = f"{told} {left}"
        self._bus.say(told)

    # --- what is chosen ------------------------------------------------------------------------

    def sort(self) -> None:
        """Show what a source brought and waits to be sorted."""
        for one in self._screen.chosen[:1]:
            self._bus.open_requested.emit(one.id)

    def refresh(self) -> None:
        """Read what is chosen now."""
        some = self._screen.chosen
        if some:
            self._refreshing.ask([one.id for one in some], done=partial(self._tell, some))

    def refresh_all(self) -> None:
        """Read everything now."""
        if not self.known:
            self._bus.say(_("Nothing is followed yet: add a source, or import a list."))
            return
        self._refreshing.ask(every=True, done=partial(self._tell, ()))

    def _tell(self, some: Sequence[Subscription], answer: dict[str, Any]) -> None:
        """Say what a refresh brought, to who asked for it."""
        told, tone = answer["told"], "info"
        if len(some) == 1:
            one = self._desk.feeds.one(some[0].id)
            if one.state.problem:
                told, tone = following.cause(one.state.problem, one.state.status), "error"
            elif not answer["new"]:
                told = _("nothing new")
            else:
                told = n_("{n} new", "{n} new", answer["new"])
            told = _("{label}: {what}").format(label=one.title, what=told)
        self._bus.say(told, tone=tone, more=self._sorts(answer))

    def _sorts(self, answer: dict[str, Any]) -> tuple[tuple[str, Callable[[], object]], ...]:
        shows = partial(self._bus.open_requested.emit, "view:inbox")
        return ((_("Sort"), shows),) if answer["new"] else ()

    def open_site(self) -> None:
        """Open the site of a source in the browser: the person's act."""
        for one in self._screen.chosen[:1]:
            address = one.site or one.url
            if address.startswith(("http://", "https://")):
                QDesktopServices.openUrl(QUrl(address))

    def pause(self) -> None:
        """Pause what is chosen, or take it up again when all of it is paused."""
        some = self._screen.chosen
        paused = not all(one.paused for one in some)
        told = _("Paused: {what}") if paused else _("Taken up again: {what}")
        if some:
            feeds = [one.id for one in some]
            self._record(
                lambda: self._desk.feeds.pause(feeds, paused=paused),
                told.format(what=_said(some)),
            )

    def unfollow(self) -> None:
        """Follow no more; *Undo* follows again."""
        some = self._screen.chosen
        if not some:
            return
        personal = {one.id for one in self._desk.spaces() if one.personal}
        shared = any(one.space not in personal for one in some)
        told = (
            _("Unfollowed, for the whole team: {what}. What was brought stays.")
            if shared
            else _("Unfollowed: {what}. What was brought stays.")
        )
        feeds = [one.id for one in some]
        self._record(lambda: self._desk.feeds.unfollow(feeds), told.format(what=_said(some)))

    def edit(self) -> None:
        """Change the title and the folder of a source, what of a page is ignored; file several."""
        some = self._screen.chosen
        if len(some) == 1:
            self._edit(some[0])
        elif some:
            folder = self.adding.folder(always=True)
            if folder is not None:
                feeds = [one.id for one in some]
                told = _("Filed: {what}").format(what=_said(some))
                self._record(lambda: self._desk.feeds.file(feeds, folder), told)

    def _edit(self, one: Subscription) -> None:
        fields = [
            Field("title", _("Title"), one.title),
            Field("folder", _("Folder"), one.folder, _("“/” parts a folder from those inside."),
                  tuple(each for each in ("", *self.adding.folders()) if each != one.folder)),
        ]  # fmt: skip
        if one.watched == PAGE:
            fields += [
                Field("ignore", _("Ignored"), sources.ignored(one.ignore),
                      sources.ignoring(), (sources.ignored(sources.KINDS),)),
                Field("least", _("Least change"), str(one.least or 1),
                      _("Characters that must have changed; less waits until it adds up.")),
            ]  # fmt: skip
        answer = ask.form(self._window, _("Edit the source"), one.asked, fields)
        if answer is None:
            return
        said: dict[str, Json] = {
            name: answer[name].strip() for name in ("title", "folder") if name in answer
        }
        if "ignore" in answer:
            said["ignore"] = [*sources.ignored_codes(answer["ignore"])]
        if answer.get("least", "").strip().isdecimal():
            said["least"] = int(answer["least"])
        self._record(lambda: self._desk.feeds.change(one.id, said), _("Corrected."))

    def choose_part(self) -> None:
        """Choose again which part of a page is followed."""
        for one in self._screen.chosen[:1]:
            self.adding.choose_part(one.asked, partial(self._follow_part, one.id))

    def _follow_part(self, feed: str, mark: str) -> None:
        self._record(lambda: self._desk.feeds.change(feed, {"block": mark}), _("Corrected."))

    def _record(self, act: Callable[[], Changes], told: str) -> None:
        def done(changes: Changes) -> None:
            if changes.entities:
                self._bus.changed.emit(changes)
                self._bus.say(told, undo=changes.gesture)

        self._jobs.write(act, done)


def _said(some: Sequence[Subscription]) -> str:
    return some[0].title if len(some) == 1 else n_("{n} source", "{n} sources", len(some))
