"""The rooms, put together: what every use case is handed. Built once, by ``open_house``."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from veille.desk import chance, clock, folders, machine
from veille.desk.paths import ProfilePaths, resources
from veille.domain import ids
from veille.domain.errors import StoreDamaged
from veille.domain.views import Space
from veille.fetch.pace import Pace
from veille.fetch.policy import Limits
from veille.journal import signature
from veille.share.folder import ShareFolder
from veille.store import guard, local, things
from veille.store.blobs import Blobs
from veille.store.connection import Database, Rows

if TYPE_CHECKING:
    from veille.feeds.stories import Window
    from veille.fetch.client import Client
    from veille.search.index import Index


@dataclass(slots=True)
class House:
    """One open profile.

    Attributes:
        now: gives the wall time in milliseconds; tests give their own.
        person: who is at the desk.
        personal: the space nobody else sees.
        limits: of the network.
        secret: the key that signs what this person shares; empty in a profile of before keys.
        open_folder: opens a shared folder from its path or address; tests give their own.
        pace: whose turn it is among the sites that are asked for pages.
        window: the stories of the last days, once something was placed among them.
        learned: the articles that it knows.
    """

    paths: ProfilePaths
    database: Database
    blobs: Blobs
    now: Callable[[], int]
    person: str
    personal: str
    limits: Limits
    secret: bytes = b""
    open_folder: Callable[[str], ShareFolder] = folders.opened
    pace: Pace = field(default_factory=lambda: Pace(clock=clock.seconds))
    window: Window | None = None
    learned: set[str] = field(default_factory=set)
    _index: Index | None = None

    @property
    def index(self) -> Index:
        """Open the index when it is first needed; what it lacks is told to it."""
        if self._index is None:
            from veille.search.index import open_index

            opened = open_index(self.paths.index, words=resources() / "words")
            self.tell_what_lacks(opened)
            self._index = opened
        return self._index

    def renew_index(self) -> None:
        """Throw the index away and tell a new one of everything."""
        from veille.search.index import create_index

        self.close_index()
        created = create_index(self.paths.index, words=resources() / "words")
        self.tell_what_lacks(created)
        self._index = created

    def tell_what_lacks(self, index: Index) -> None:
        """Have an index hear of what it lost, or never had.

        The index bears a name that changes when something is lost from it; the database notes
        the last name whose losses were told, in the transaction that tells them. So a stop
        between the two is made good at the next opening.
        """
        epoch = index.epoch
        with self.database.reading() as db:
            if local.meta(db, "index") == epoch:
                return
        known = index.ids()
        with self.database.writing() as db:
            local.tell(db, sorted(things.visible(db) - known))
            local.set_meta(db, "index", epoch)

    def close_index(self) -> None:
        """Let go of the index's files."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def client(self, *, intranet: bool = False) -> Client:
        """Make an HTTP client; ``intranet`` when the person asked for a page of inside."""
        from veille.fetch.client import Client

        allowed = self.limits.allow_private or intranet or self.reaches_inside
        limits = replace(self.limits, allow_private=allowed)
        return Client(limits, clock=clock.seconds, pace=self.pace)

    @property
    def reaches_inside(self) -> bool:
        """Tell whether the person allowed addresses of the local network."""
        with self.database.reading() as db:
            return local.meta(db, "private") == "on"

    def spaces(self) -> list[Space]:
        """Give the spaces of this profile."""
        with self.database.reading() as db:
            return local.spaces(db)

    def close(self) -> None:
        """Close everything."""
        self.close_index()
        self.database.close()


def open_house(
    paths: ProfilePaths, *, now: Callable[[], int] = clock.now_ms, unfinished: bool = False
) -> House:
    """Open a profile, or begin one. Raises the errors of ``domain.errors.StoreError``.

    Args:
        paths: where it is.
        now: gives the wall time in milliseconds.
        unfinished: whether it may be one whose restoration was cut short.
    """
    if paths.is_unfinished and not unfinished:
        raise StoreDamaged(detail=str(paths.set_aside))
    try:
        paths.root.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreDamaged(detail=str(problem)) from problem
    # Pages without the memory that names them: the database was lost, not never begun.
    is_new = not paths.database.exists() or paths.database.stat().st_size == 0
    if is_new and paths.blobs.is_dir() and any(paths.blobs.iterdir()):
        raise StoreDamaged(detail=str(paths.database))
    database = Database(paths.database)
    with database.writing() as db:
        person, personal = local.meta(db, "person"), local.meta(db, "personal")
        if not person:
            secret, personal = chance.secret(), chance.space()
            person = ids.person_of(signature.public_key(secret))
            local.set_meta(db, "secret", secret.hex())
            local.set_meta(db, "person", person)
            local.set_meta(db, "personal", personal)
            local.add_space(
                db, space=personal, name="", folder="", device=chance.device(), personal=True
            )
        try:
            secret = bytes.fromhex(local.meta(db, "secret"))
        except ValueError as problem:
            raise StoreDamaged(detail="meta") from problem
        _know_machine(db, paths)
    allowed = os.environ.get("VEILLE_ALLOW_PRIVATE") == "1"
    limits = replace(Limits(), allow_private=allowed)
    return House(paths, database, Blobs(paths.blobs), now, person, personal, limits, secret)


def _know_machine(db: Rows, paths: ProfilePaths) -> None:
    """Write under other names when this profile was copied here from another place.

    Two copies that write under one name are told apart later all the same; this spares the wait.
    """
    here = machine.fingerprint(paths.root)
    known = local.meta(db, "machine")
    if known == here or guard.is_altered(db, "meta", "name = 'machine'"):
        return
    local.set_meta(db, "machine", here)
    for one in local.spaces(db) if known else ():
        if not one.personal:
            local.rename_device(db, one.id, chance.device())


def login_name() -> str:
    """Give a name to begin with, until the person says hers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def absolute_folder(folder: str) -> str:
    """Write a folder so that it means the same from anywhere; an address already does."""
    if "://" in folder:
        return folder
    return str(Path(folder).expanduser().absolute())
