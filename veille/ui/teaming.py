"""Working with others, from the window: spaces opened, joined, tried, left; things shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from veille.desk import demo_place, folders
from veille.desk.desk import Desk
from veille.domain import roles
from veille.domain.facts import Changes
from veille.domain.ids import kind_of
from veille.domain.views import Row, Space
from veille.sentences import names, rounds
from veille.sentences.catalogue import _
from veille.ui import ask
from veille.ui.ask import Choice
from veille.ui.bus import Bus
from veille.ui.jobs import Jobs
from veille.ui.rounds import AWAY, Rounds

if TYPE_CHECKING:
    from veille.desk.roles import Member


# Stands for a person where one is chosen: what is agreed about everybody.
_EVERYBODY: Final = "everybody"


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
        # What was to be shared when there was no space yet.
        self._unshared: list[str] = []
        # Quotes that were said to stay behind: said once.
        self._told: set[str] = set()
        bus.changed.connect(self._on_changed)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            "create_space": self.create_space,
            "join_space": self.join_space,
        }

    def share(self) -> None:
        """Ask for a space and move what is selected into it."""
        targets = self._chosen.targets()
        spaces = self._shared_spaces()
        if not targets:
            return
        if not spaces:
            self._unshared = targets
            self._bus.say(_("There is no shared space yet: create one, or join a colleague’s."))
            self._bus.open_requested.emit("view:spaces")
            return
        chosen = ask.choose(
            self._window,
            _("Share in which space?"),
            [Choice(one.id, one.name) for one in spaces],
            _("What a note quotes goes with it."),
        )
        if chosen:
            self._share(targets, chosen)

    def _shared_spaces(self) -> list[Space]:
        return [one for one in self._desk.spaces() if not one.personal and one.folder]

    def _share(self, targets: Sequence[str], chosen: str) -> None:
        def done(moved: list[str]) -> None:
            self._bus.changed.emit(Changes(frozenset({*targets, *moved})))
            space = self._desk.space(chosen)
            told = rounds.shared(self._desk.rows(moved), space.name, away=space.problem in AWAY)
            self._bus.say(told)
            self._rounds.sync(chosen)

        self._jobs.write(lambda: self._desk.share(targets, chosen), done)

    def _offer_to_share(self) -> None:
        """Offer to go on: a space was opened by somebody who had something to share."""
        rows, self._unshared = self._desk.rows(self._unshared), []
        spaces = self._shared_spaces()
        if not rows or not spaces:
            return
        space = spaces[-1]
        self._bus.say(
            rounds.may_share(rows, space.name),
            action=_("Share there"),
            act=partial(self._share, [one.id for one in rows], space.id),
        )

    def _on_changed(self, changes: Changes) -> None:
        """Look, once a note was recorded, whether what it quotes is where it is."""
        if changes.initiator == "notes":
            for note in (one for one in changes.entities if kind_of(one) == "note"):
                self._jobs.look(
                    partial(self._desk.wiki.kept_back, note), partial(self._say_kept_back, note)
                )

    def _say_kept_back(self, note: str, quotes: Sequence[Row]) -> None:
        kept = [one.id for one in quotes if one.id not in self._told]
        space = next((one for one in self._shared_spaces() if one.id == self._space(note)), None)
        if not kept or space is None:
            return
        self._told.update(kept)
        self._bus.say(
            rounds.kept_back(len(kept), space.name),
            action=_("Share it") if len(kept) == 1 else _("Share them"),
            act=partial(self._share, kept, space.id),
        )

    def _space(self, thing: str) -> str:
        return next((one.space for one in self._desk.rows([thing])), "")

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
        self._with_place(
            lambda folder: self._rounds.open_space("join", done=self._offer_to_share, folder=folder)
        )

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
        """Ask for a member and a role, or for what is agreed about everybody."""
        nobody = _("A colleague")
        members = {one.person: one for one in self._desk.members(space) if not one.opened}
        waits = self._desk.asks_proposals(space)
        agreed = rounds.agreed(waits=waits)
        chosen = ask.choose(
            self._window,
            _("Whose role?"),
            [
                *(
                    Choice(one.person, f"{one.name or nobody} — {names.role(one.role)}")
                    for one in members.values()
                ),
                Choice(_EVERYBODY, _("Everybody — {agreed}").format(agreed=agreed)),
            ],
            _("Roles are a convention between you. The rights of the folder are the real lock."
              " Whoever opened the space stays its référent."),
        )  # fmt: skip
        if chosen == _EVERYBODY:
            self._agree(space, waits=waits)
        elif chosen in members:
            self._give(space, members[chosen], waits=waits)

    def _give(self, space: str, one: Member, *, waits: bool) -> None:
        writer = (
            _("Writer: reads, and proposes what a référent then decides on")
            if waits
            else _("Writer: clips, quotes, writes")
        )
        role = ask.one_of(
            self._window,
            _("Which role for {name}?").format(name=one.name or _("A colleague")),
            [
                Choice(roles.REFERENT, _("Référent: decides on roles and proposals")),
                Choice(roles.WRITER, writer),
                Choice(roles.READER, _("Reader: this program then writes nothing in the space")),
                Choice(roles.FORMER, _("Has left: is no longer listed, and writes nothing")),
            ],
            _("Today: {role}.").format(role=names.role(one.role)),
        )
        if role:
            self._write(lambda: self._desk.give_role(space, one.person, role))

    def _agree(self, space: str, *, waits: bool) -> None:
        answer = ask.one_of(
            self._window,
            _("Does what writers bring wait for a référent?"),
            [
                Choice("no", _("No: everybody sorts what comes in")),
                Choice("yes", _("Yes: they propose; a référent keeps or discards")),
            ],
            _("Today: {role}.").format(role=rounds.agreed(waits=waits)),
        )
        if answer:
            self._write(lambda: self._desk.agree(space, proposals=answer == "yes"))

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

    def restore_space(self, space: str) -> None:
        """Open a space again in its folder, after a question: it may be another folder."""
        one = self._desk.space(space)
        answer = ask.one_of(
            self._window,
            _("Open “{name}” again in {folder}?").format(name=one.name, folder=one.folder),
            [
                Choice("no", _("No: it may be another folder, I will check it first")),
                Choice("yes", _("Yes: it was emptied, everybody puts back what they have")),
            ],
        )
        if answer == "yes":
            self._rounds.open_space("restore", space=space)

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
        # That it is being tried is over.
        self._bus.say("", aside=True)
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
            self._rounds.open_space(
                "create", done=self._offer_to_share,
                name=name, folder=folder, full_text=answer == "yes",
            )  # fmt: skip
