"""From an address to something that is followed: what to ask of the site, then of the person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.domain.operation import Json
from veille.domain.roles import READER
from veille.domain.text import clip as shorten
from veille.sentences import names
from veille.sentences.catalogue import _
from veille.sentences.errors import sentence
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs

if TYPE_CHECKING:
    from veille.desk.subscribing import Subscription

_LONGEST: Final = 2_000


class Adding(QObject):
    """Asks; ``followed`` is told the id of what is followed in the end."""

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, *, known: Callable[[], Sequence[Subscription]],
        followed: Callable[[str], None], window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._jobs, self._bus, self._window = desk, jobs, bus, window
        self._known, self._followed = known, followed

    def add_source(self, initial: str = "") -> None:
        """Ask for an address, the clipboard's if it holds one, and look for its feeds."""
        asked = ask.text(
            self._window,
            _("Add a source"),
            _("The address of a site, or of its feed if you know it: Veille looks for the feed."),
            initial=initial or _copied(),
        )
        if asked and asked.strip():
            self.find(asked.strip())

    def find(self, url: str) -> None:
        """Look for the feeds of an address, and follow one."""
        self._bus.say(_("Looking for the feed of {address}…").format(address=url))
        self._jobs.fetch(
            lambda: self._desk.feeds.find(url),
            partial(self._on_found, url),
            partial(self._on_not_found, url, self.add_source),
        )

    def _on_found(self, url: str, found: Sequence[Any]) -> None:
        if not found:
            self._bus.say(
                _("No feed was found at {address}.").format(address=url),
                tone="error",
                action=_("Watch the page itself"),
                act=partial(self.watch_address, url),
            )
            return
        chosen = found[0] if len(found) == 1 else self._which(found)
        if chosen is not None:
            said: dict[str, Json] = {"title": chosen.title} if chosen.title else {}
            self._place(
                said, lambda space: self._desk.feeds.follow(chosen.url, space=space, said=said)
            )

    def _which(self, found: Sequence[Any]) -> Any:
        answer = ask.choose(
            self._window,
            _("Which of its feeds?"),
            [Choice(one.url, self._candidate(one)) for one in found],
            _("The first one is the likeliest."),
        )
        return next((one for one in found if one.url == answer), None)

    def _candidate(self, one: Any) -> str:
        known = any(one.url in {each.url, each.asked} for each in self._known())
        told = f"{one.title} — {one.url}" if one.title else str(one.url)
        return _("{title} — followed already").format(title=told) if known else told

    def _on_not_found(self, url: str, again: Callable[[str], None], problem: VeilleError) -> None:
        self._bus.say(
            sentence(problem), tone="error", action=_("Try again…"), act=partial(again, url)
        )

    def watch_page(self, initial: str = "") -> None:
        """Ask for the address of a page that has no feed, and which part of it to follow."""
        asked = ask.text(
            self._window,
            _("Watch a page"),
            _("For a page that has no feed: what changes in it arrives in “To sort”."),
            initial=initial or _copied(),
        )
        if asked and asked.strip():
            self.watch_address(asked.strip())

    def watch_address(self, url: str) -> None:
        """Follow a page itself."""
        url = url if "://" in url else f"https://{url}"
        self._regions(url, partial(self._on_regions, url))

    def choose_part(self, url: str, chosen: Callable[[str], None]) -> None:
        """Ask which part of a page is followed from now on; ``chosen`` is told its mark."""

        def ask_again(found: Sequence[Any]) -> None:
            part = self._part(found)
            if part is not None:
                chosen(part[0])

        self._regions(url, ask_again)

    def _regions(self, url: str, then: Callable[[Sequence[Any]], None]) -> None:
        self._bus.say(_("Reading the parts of {address}…").format(address=url))
        self._jobs.fetch(
            lambda: self._desk.feeds.regions(url),
            then,
            partial(self._on_not_found, url, self.watch_page),
        )

    def _on_regions(self, url: str, found: Sequence[Any]) -> None:
        part = self._part(found)
        if part is None:
            return
        mark, named = part
        title = ask.text(
            self._window, _("What is this page called?"),
            _("What changes in it will come under this name."), initial=named,
        )  # fmt: skip
        if title is None:
            return
        said: dict[str, Json] = {"block": mark}
        if title.strip():
            said["title"] = title.strip()
        self._place(said, lambda space: self._desk.feeds.follow_page(url, space=space, said=said))

    def _part(self, found: Sequence[Any]) -> tuple[str, str] | None:
        """Ask which part of a page to follow: its mark, and the title it bears."""
        if not found:
            self._bus.say(
                _("There is no text to follow in this page: it may need its scripts, or a login."),
                tone="error",
            )
            return None
        choices = [Choice("", _("The whole text"))]
        choices += [Choice(one.mark, _region(one)) for one in found if one.mark]
        chosen = ask.choose(
            self._window, _("Which part of the page?"), choices,
            _("A part is found again when the page around it changes."),
        )  # fmt: skip
        if chosen is None:
            return None
        parts = [one for one in found if one.title and chosen in {"", one.mark}]
        largest = max(parts, key=lambda one: one.words, default=None)
        return chosen, largest.title if largest is not None else ""

    def _place(self, said: dict[str, Json], follow: Callable[[str], str]) -> None:
        """Ask for whom, and in which folder, when there is a choice; then follow."""
        space = self.space()
        folder = self.folder() if space is not None else None
        if space is None or folder is None:
            return
        if folder:
            said["folder"] = folder
        self._jobs.write(lambda: follow(space), self._followed)

    def space(self) -> str | None:
        """Ask for whom, when there is a shared space; None when the person gave up."""
        writable = [
            one
            for one in self._desk.spaces()
            if one.personal or (one.folder and self._desk.role(one.id) != READER)
        ]
        if len(writable) == 1:
            return writable[0].id
        choices = [
            Choice(
                one.id,
                _("Personal: nobody else sees what it brings")
                if one.personal
                else _("{name}: the whole team sorts what it brings").format(name=one.name),
            )
            for one in writable
        ]
        return ask.choose(self._window, _("Who follows it?"), choices)

    def folder(self, *, always: bool = False) -> str | None:
        """Ask for a folder, when there is one or ``always``; None when the person gave up."""
        folders = self.folders()
        if not folders and not always:
            return ""
        chosen = ask.choose(
            self._window,
            _("In which folder?"),
            [Choice("", _("No folder")), *(Choice(one, one) for one in folders)],
            may_create=_("New folder: {text}"),
        )
        return chosen.removeprefix("+") if chosen is not None else None

    def folders(self) -> list[str]:
        """Give the folders that there are."""
        return list(dict.fromkeys(one.folder for one in self._known() if one.folder))


def _copied() -> str:
    held = QGuiApplication.clipboard().text().strip()
    fits = held.startswith(("http://", "https://", "feed:")) and len(held) < _LONGEST
    return held if fits and len(held.split()) == 1 else ""


def _region(one: Any) -> str:
    begins = shorten(one.text, length=70)
    named = one.title and not one.text.startswith(one.title)
    told = f"{one.title} — {begins}" if named else begins
    return _("{words} — {beginning}").format(words=names.words(one.words), beginning=told)
