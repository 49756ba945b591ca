"""Working with others, from the window: spaces opened, joined, tried, left; things shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from veille.desk import demo_place, folders
from veille.desk.desk import Desk
from veille.domain import roles
from veille.domain.facts import Changes
from veille.sentences import names
from veille.sentences.catalogue import _
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.rounds import Rounds


class Chosen(Protocol):
    """What is selected: asked of the window when a command runs."""

    def targets(self) -> list[str]:
        """Give the things selected."""


class Teaming(QObject):
    """One method an action. Whatever touches a folder is done by the share worker."""

    def __init__(
        self, desk: Desk, jobs: Jobs, bus: Bus, rounds: Rounds, *, chosen: Chosen, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._bus, self._rounds = desk, jobs, bus, rounds
        self._chosen, self._window = chosen, window

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "share": self.share,
            "create_space": self.create_space,
            "join_space": self.join_space,
        }

    def share(self) -> None:
        """Ask for a space and move what is selected into it."""
        targets = self._chosen.targets()
        spaces = [one for one in self._desk.spaces() if not one.personal and one.folder]
        if not targets:
            return
        if not spaces:
            self._bus.say(_("There is no shared space yet: create one, or join a colleague’s."))
            self._bus.open_requested.emit("view:spaces")
            return
        chosen = ask.choose(
            self._window,
            _("Share in which space?"),
            [Choice(one.id, one.name) for one in spaces],
            _("What a note quotes goes with it."),
        )
        if not chosen:
            return

        def done(moved: list[str]) -> None:
            self._bus.changed.emit(Changes(frozenset({*targets, *moved})))
            self._bus.say(_("Recorded in the space; it leaves at this round."))
            self._rounds.sync(chosen)

        self._jobs.write(lambda: self._desk.share(targets, chosen), done)

    def create_space(self) -> None:
        """Ask for a name and a place, try the place, ask what may travel; open the space."""
        if self._is_demo():
            return
        name = ask.text(self._window, _("Create a space"), _("What will your colleagues call it?"))
        if name:
            self._with_place(lambda folder: self._try_first(name, folder))

    def join_space(self) -> None:
        """Ask for a place and join its space."""
        if self._is_demo():
            return
        self._with_place(lambda folder: self._rounds.open_space("join", folder=folder))

    def _is_demo(self) -> bool:
        """Refuse to share from the demo memory: its people are nobody's colleagues."""
        if demo_place.is_demo(self._desk.paths):
            self._bus.say(_("Nothing is shared from the demo memory: do it from your own."))
            return True
        return False

    def examine(self, folder: str) -> None:
        """Try the folder of a space, and show what was found."""
        self._bus.say(_("Trying the folder…"))

        def found(told: dict[str, Any]) -> None:
            self._show(told, go_on=False)

        self._rounds.examine(folder, found)

    def give_role(self, space: str) -> None:
        """Ask for a member and a role."""
        members = self._desk.members(space)
        person = ask.choose(
            self._window,
            _("Whose role?"),
            [Choice(one.person, f"{one.name} — {names.role(one.role)}") for one in members],
            _("Roles are a convention between you. The rights of the folder are the real lock."),
        )
        role = person and ask.one_of(
            self._window,
            _("Which role?"),
            [
                Choice(roles.REFERENT, _("Référent: decides on roles and proposals")),
                Choice(roles.WRITER, _("Writer: clips, quotes, writes")),
                Choice(roles.READER, _("Reader: this program then writes nothing in the space")),
            ],
        )
        if person and role:
            self._write(lambda: self._desk.give_role(space, person, role))

    def leave_space(self, space: str) -> None:
        """Detach a space, after a question."""
        answer = ask.one_of(
            self._window,
            _("Leave this space?"),
            [
                Choice("stay", _("Stay")),
                Choice("leave", _("Leave: what was read stays readable on this computer")),
            ],
            _("Nothing is removed from the shared folder."),
        )
        if answer == "leave":

            def act() -> Changes:
                self._desk.leave_space(space)
                return Changes(frozenset(), initiator="spaces")

            self._write(act)

    def _write(self, act: Callable[[], Changes]) -> None:
        self._jobs.write(act, self._bus.changed.emit)

    def _with_place(self, go_on: Callable[[str], None]) -> None:
        """Ask for a folder, or the address and the login of a server."""
        kind = ask.one_of(
            self._window,
            _("Where is the shared folder?"),
            [
                Choice("folder", _("On a drive, or in a synchronised folder")),
                Choice("server", _("On a server: WebDAV (Nextcloud) or S3")),
            ],
        )
        if kind == "folder":
            folder = ask.folder(self._window, _("Which shared folder?"))
            if folder:
                go_on(folder)
        elif kind == "server":
            self._with_server(go_on)

    def _with_server(self, go_on: Callable[[str], None]) -> None:
        address = ask.text(
            self._window,
            _("Address of the folder"),
            _("For instance: webdav+https://cloud.example.org/remote.php/dav/files/me/Watch"),
            initial="webdav+https://",
        )
        user = address and ask.text(self._window, _("Login"), address)
        password = user and ask.text(self._window, _("Password"), address or "", secret=True)
        if address and user and password:

            def keep() -> str:
                folders.keep_login(address, user, password)
                return address

            self._jobs.fetch(keep, go_on)

    def _try_first(self, name: str, folder: str) -> None:
        self._bus.say(_("Trying the folder…"))

        def found(told: dict[str, Any]) -> None:
            if self._show(told, go_on=told["verdict"] != "bad"):
                self._ask_what_travels(name, folder)

        self._rounds.examine(folder, found)

    def _show(self, told: dict[str, Any], *, go_on: bool) -> bool:
        return ask.report(
            self._window,
            told["said"],
            told["folder"],
            [(one["verdict"], one["said"]) for one in told["findings"]],
            message=told["message"],
            go_on=go_on,
        )

    def _ask_what_travels(self, name: str, folder: str) -> None:
        answer = ask.one_of(
            self._window,
            _("May full texts travel?"),
            [
                Choice("no", _("No: links, excerpts, quotes and notes")),
                Choice("yes", _("Yes: we have a licence for the full texts")),
            ],
            _("Sharing whole press articles inside an organisation needs a licence."),
        )
        if answer:
            self._rounds.open_space("create", name=name, folder=folder, full_text=answer == "yes")
