"""The log: what ran and what failed, never what was read, written or looked for.

Nothing of the memory can get in by construction: an event, a word and the name of a figure come
from the lists below, a value is a number or the type of an error, and of an error only its type and
the places of the program it went through are written. What an error *says* is left out: it may
quote a title, an address, a folder.

Several processes write here, a few lines a minute: each write opens the file, adds its lines at
once, and closes it. A log that cannot be written stops nothing.
"""

from __future__ import annotations

import os
import platform
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType
from typing import Any, Final

from veille import __version__
from veille.domain.errors import VeilleError

LARGEST: Final = 256_000
EVENTS: Final = frozenset(
    {"opened", "closed", "ran", "failed", "crashed", "ended", "given_up", "silent", "qt"}
)
# Processes, then what workers are asked (a test compares them), then what Qt calls its messages.
WORDS: Final = frozenset(
    {
        "window", "command", "index", "share", "feeds", "support",
        "drain", "tidy", "finish", "collect", "blocks", "choose_block", "complete", "differences", "back_up", "refresh", "due",
        "sync", "create", "join", "restore", "present", "examine", "audit", "prepare", "holds", "bring", "demo",
        "debug", "info", "warning", "critical", "fatal",
    }
)  # fmt: skip
FIGURES: Final = frozenset(
    {
        "asked", "conflicts", "done", "entities", "failed", "found", "made", "new", "notices", "problems", "read", "received", "remaining",
        "restarts", "seconds", "sent", "status", "taken", "waiting",
    }
)  # fmt: skip
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_FILE: Final = re.compile(r"[A-Za-z0-9_.-]{1,60}\.pyx?")
_NAME: Final = re.compile(r"<?[A-Za-z_][A-Za-z0-9_]{0,80}>?")
# How Qt's own messages begin; what follows may be anything.
_QT: Final = re.compile(r"Q[A-Za-z]{1,40}(::~?[A-Za-z]{1,40}){1,3}(?=[:( ])")
_DEEPEST: Final = 30
_CAUSES: Final = 5

Figure = int | float | type[BaseException]


class Logbook:
    """Writes the log of a profile."""

    def __init__(self, path: Path, now: Callable[[], int]) -> None:
        self._path, self._now = path, now

    def note(self, event: str, word: str = "", **figures: Figure) -> None:
        """Note an event with its figures; what is in no list is left out."""
        self._write([self._line(event, word, figures)])

    def opened(self, word: str, **versions: str) -> None:
        """Note that a process began, in which version of what."""
        told = {"veille": __version__, "python": platform.python_version(), **versions}
        system = f"{platform.system()} {platform.release()} {platform.machine()}"
        line = self._line("opened", word, {})
        self._write([f"{line} {' '.join(f'{n} {v}' for n, v in told.items())} {system}"])

    def failed(self, problem: BaseException, word: str = "") -> None:
        """Note a failure: in a word when it was expected, with its places when it was not."""
        if isinstance(problem, VeilleError):
            self.note("failed", word, error=type(problem))
        else:
            self._write([self._line("crashed", word, {}), *places(problem)])

    def qt(self, severity: str, message: str) -> None:
        """Note that Qt complained, and of which of its functions."""
        begins = _QT.match(message)
        self._write(
            [" ".join(filter(None, (self._line("qt", severity, {}), begins and begins[0])))]
        )

    def ran(self, task: str, seconds: float, answer: object, *, quiet: float = 1.0) -> None:
        """Note a task, unless it was short and changed nothing."""
        counted = figures(answer)
        if seconds >= quiet or any(counted.get(one) for one in ("done", "sent", "received", "new",
                                                                "taken", "failed", "problems")):  # fmt: skip
            self.note("ran", task, seconds=round(seconds, 2), **counted)

    def text(self) -> str:
        """Give the log, the older part first; "" when there is none."""
        parts = []
        for path in (_older(self._path), self._path):
            with suppress(OSError):
                parts.append(path.read_text(encoding="utf-8", errors="replace"))
        return "".join(parts)

    def _line(self, event: str, word: str, figures: Mapping[str, Figure]) -> str:
        at = datetime.fromtimestamp(self._now() / 1000, UTC).isoformat(timespec="milliseconds")
        told = [at, str(os.getpid()), event if event in EVENTS else "?"]
        if word:
            told.append(word if word in WORDS else "?")
        for name, value in figures.items():
            if isinstance(value, type):
                told.append(_known(value.__name__))
            elif name in FIGURES and isinstance(value, int | float):
                told.append(f"{name}={value}")
        return " ".join(told)

    def _write(self, lines: list[str]) -> None:
        data = ("\n".join(lines) + "\n").encode()
        with suppress(OSError):
            if self._path.exists() and self._path.stat().st_size + len(data) > LARGEST:
                self._path.replace(_older(self._path))
            with self._path.open("ab") as file:
                file.write(data)


def figures(answer: object) -> dict[str, Any]:
    """Count what a task answered: numbers as they are, lists by their length, rounds summed up."""
    if not isinstance(answer, dict):
        return {}
    counted: dict[str, Any] = {}
    for part in (answer, *answer.get("rounds", ())):
        for name, value in part.items():
            size = len(value) if isinstance(value, list | tuple | set | frozenset) else value
            if name in FIGURES and isinstance(size, int | float):
                counted[name] = counted.get(name, 0) + int(size)
    return counted


def places(problem: BaseException) -> Iterator[str]:
    """Give the type of an error and the places it went through, then those of what caused it."""
    one: BaseException | None = problem
    for _turn in range(_CAUSES):
        if one is None:
            return
        number = getattr(one, "errno", None) if isinstance(one, OSError) else None
        told = f" errno={number}" if isinstance(number, int) else ""
        yield f"    {_known(type(one).__name__)}{told}"
        for frame, line in list(traceback.walk_tb(one.__traceback__))[-_DEEPEST:]:
            yield f"      {_place(frame.f_code)}:{line}"
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _place(code: CodeType) -> str:
    """Say where in the program: never where on the disk, which may bear somebody's name."""
    path = Path(code.co_filename)
    if path.is_relative_to(_PACKAGE):
        where = path.relative_to(_PACKAGE.parent).as_posix()
    else:
        where = f"…/{path.name}" if _FILE.fullmatch(path.name) else "?"
    return f"{where} {_known(code.co_name)}"


def _known(name: str) -> str:
    return name if _NAME.fullmatch(name) else "?"


def _older(path: Path) -> Path:
    return path.with_name(f"{path.stem}.1{path.suffix}")
