"""The support file: what a person may send to somebody who helps her, without anything she reads.

It holds figures, versions, verdicts and the log; never a title, a name, an address, a query or a
folder. What goes in is listed in ``Facts``, field by field; a test plants words everywhere in a
memory and looks for them in the file. A part of the Desk.
"""

from __future__ import annotations

import json
import platform
import sys
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

from veille import __version__
from veille.desk import doctoring, rebuild, subscribing, window_file
from veille.desk.house import House
from veille.desk.logbook import Logbook
from veille.desk.paths import ProfilePaths
from veille.desk.settings import Settings
from veille.domain.errors import FileUnreadable, StoreError, VeilleError
from veille.domain.operation import Json
from veille.domain.views import Filter, Space
from veille.store import things

Progress = Callable[[int, int, str], None]
STEPS: Final = ("counts", "verify", "spaces", "write")
# Seconds a folder has to answer the doctor before it is told as silent.
PATIENCE: Final = 20.0
SILENT: Final = "silent"
_LIBRARIES: Final = (
    "PySide6-Essentials", "Whoosh", "trafilatura", "lxml", "nh3", "Markdown", "cryptography",
    "feedparser", "numpy", "Pillow", "pypdfium2", "rapidfuzz", "urllib3", "s3fs", "webdav4", "keyring",
)  # fmt: skip
_KEPT: Final = 3
_NAME: Final = "veille-support-"


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """A space without its name: how it is reached, how it is, what the doctor says of its folder.

    Attributes:
        where: "personal", "folder", "left", or the scheme of an address.
        problem: code of the error that stopped its last round.
        verdict: of the doctor; "silent" when the folder did not answer in time, "" when not asked.
        findings: what was tried, its verdict and its figure.
    """

    where: str
    full_text: bool
    problem: str
    waiting: int
    remaining: int
    verdict: str = ""
    findings: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that goes in, but the log.

    Attributes:
        versions: of the program, of Python, of the libraries.
        system: the operating system, the language spoken.
        screen: figures of screens and window, "" for the command line.
        settings: choices; of what a person typed, whether it is changed.
        keys: how many actions have other keys.
        kinds, states: how many things, articles.
        sizes: bytes of the memory's parts.
        verified: what reading everything back counted.
        problems: what it found, by part.
        sources: how many are how.
    """

    at: int
    versions: Mapping[str, str]
    system: Mapping[str, str]
    screen: Mapping[str, float | str]
    settings: Mapping[str, str]
    keys: int
    kinds: Mapping[str, int]
    states: Mapping[str, int]
    sizes: Mapping[str, int]
    verified: Mapping[str, int]
    problems: Mapping[str, int]
    spaces: tuple[SpaceFacts, ...]
    sources: Mapping[str, int]
    log: str = field(default="", repr=False)


class Support:
    """One method for each thing that can be asked."""

    def __init__(self, house: House, settings: Settings, log: Logbook) -> None:
        self._house, self._settings, self._log = house, settings, log

    def gather(
        self, *, language: str, screen: Mapping[str, float | str] | None = None,
        progress: Progress | None = None, patience: float = PATIENCE,
    ) -> Facts:  # fmt: skip
        """Look at everything. Long in a large memory: aside, with ``progress``."""
        tell = progress or _silent
        house, total = self._house, len(STEPS)
        tell(0, total, STEPS[0])
        with house.database.reading() as db:
            kinds = dict(things.grouped(db, "kind", Filter(passing="no")))
            states = dict(things.grouped(db, "state", Filter(kinds=("article",), passing="no")))
        tell(1, total, STEPS[1])
        checked = rebuild.check(house, shares=False)
        tell(2, total, STEPS[2])
        spaces = tuple(_space(house, one, patience) for one in house.spaces())
        tell(3, total, STEPS[3])
        return Facts(
            at=house.now(),
            versions=_versions(),
            system=_system(language),
            screen=screen or {},
            settings=self._settings.told(),
            keys=window_file.keys(house.paths),
            kinds=kinds,
            states=states,
            sizes=_sizes(house.paths),
            verified={
                "operations": checked.operations, "things": checked.things, "blobs": checked.blobs,
            },
            problems=dict(Counter(where for where, _what in checked.problems)),
            spaces=spaces,
            sources=dict(Counter(one.health.code for one in subscribing.listed(house))),
            log=self._log.text(),
        )  # fmt: skip

    def write(self, facts: Facts, text: str, *, name: str, file: Path | None = None) -> Path:
        """Write the file, as ``written`` does."""
        return written(self._house.paths, facts, text, name=name, file=file)


def written(
    place: ProfilePaths, facts: Facts, text: str, *, name: str, file: Path | None = None
) -> Path:
    """Write the file: ``text`` for people under ``name``, the figures, the log.

    In the profile by default, where the newest few are kept. Raises FileUnreadable.
    """
    day = datetime.fromtimestamp(facts.at / 1000, UTC).strftime("%Y-%m-%d-%H%M%S")
    folder = place.root / "support"
    target = file or folder / f"{_NAME}{day}.zip"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(name, text)
            made.writestr("figures.json", json.dumps(document(facts), indent=2))
            made.writestr("veille.log", facts.log)
    except OSError as problem:
        raise FileUnreadable(path=str(target)) from problem
    if file is None:
        for old in sorted(folder.glob(f"{_NAME}*.zip"))[:-_KEPT]:
            with suppress(OSError):
                old.unlink()
    return target


def of_a_closed_memory(
    place: ProfilePaths, problem: StoreError, *, at: int, language: str
) -> Facts:
    """Tell what can be told of a memory that does not open: when help is needed most."""
    return Facts(
        at=at, versions=_versions(), system=_system(language), screen={}, settings={},
        keys=window_file.keys(place), kinds={}, states={}, sizes=_sizes(place), verified={},
        problems={problem.code: 1}, spaces=(), sources={},
        log=Logbook(place.log, lambda: at).text(),
    )  # fmt: skip


def document(facts: Facts) -> dict[str, Json]:
    """Give the figures as programs read them."""
    told = asdict(facts)
    del told["log"]
    return told


def _silent(_done: int, _total: int, _step: str) -> None:
    """Tell nobody."""


def _versions() -> dict[str, str]:
    found = {"veille": __version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _system(language: str) -> dict[str, str]:
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "language": language,
        "packaged": "yes" if getattr(sys, "frozen", False) else "no",
    }


def _sizes(place: ProfilePaths) -> dict[str, int]:
    parts = {
        "database": place.database, "blobs": place.blobs, "index": place.index,
        "backups": place.backups, "log": place.log,
    }  # fmt: skip
    sizes = {name: sum(_bytes(path)) for name, path in parts.items()}
    # What was written last stands beside the database for a while.
    sizes["database"] += sum(_bytes(place.database.with_name(f"{place.database.name}-wal")))
    return sizes


def _bytes(path: Path) -> Iterator[int]:
    files = path.rglob("*") if path.is_dir() else (path,)
    for one in files:
        with suppress(OSError):
            yield one.stat().st_size if one.is_file() else 0


def _space(house: House, space: Space, patience: float) -> SpaceFacts:
    scheme, _colon, _rest = space.folder.partition("://")
    where = "personal" if space.personal else "left" if not space.folder else "folder"
    if "://" in space.folder:
        where = scheme if scheme in {"s3", "webdav+https", "webdav+http"} else "address"
    facts = SpaceFacts(where, space.full_text, space.problem, space.waiting, space.remaining)
    if space.personal or not space.folder:
        return facts
    verdict, findings = _examined(house, space.folder, patience)
    return replace(facts, verdict=verdict, findings=findings)


def _examined(
    house: House, folder: str, patience: float
) -> tuple[str, tuple[tuple[str, str, float], ...]]:
    """Ask the doctor; a drive that hangs is left to a thread that nobody waits for any longer."""
    answers: list[tuple[str, tuple[tuple[str, str, float], ...]]] = []

    def ask() -> None:
        try:
            found = doctoring.examine(house, folder)
        except VeilleError as problem:
            answers.append((problem.code, ()))
            return
        told = tuple((one.what, one.verdict, round(one.value, 3)) for one in found.findings)
        answers.append((found.verdict, told))

    asking = threading.Thread(target=ask, name="veille-doctor", daemon=True)
    asking.start()
    asking.join(patience)
    return answers[0] if answers else (SILENT, ())
