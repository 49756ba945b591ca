"""Every choice a person has, declared once: the dialog, the command line and the help read it here.

Values are words; what each means in a sentence is in ``sentences/settings``, how each is read and
kept in ``settings``. Nothing heavy is loaded: a window looks here before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from veille.domain.errors import BadSetting, TooLong
from veille.domain.fields import MAX_LINE
from veille.domain.text import collapse

# Days after which what was never kept is forgotten.
RETENTION_DAYS: Final = 90
MOST_DAYS: Final = 3_650
ONE, SWITCH, NUMBER, FOLDER, TEXT = "one", "switch", "number", "folder", "text"
ON, OFF = "on", "off"
SECTIONS: Final = ("you", "window", "reading", "keys", "arrivals", "writing")
# One word of the window's file holds how texts look: its parts, in this order.
LOOKS: Final = ("column", "letter_size", "letter_shape", "paper")
_LOOKS: Final = "reading"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice.

    Attributes:
        section: one of SECTIONS.
        kind: ONE of ``values``, SWITCH, NUMBER within ``least`` and ``most``, FOLDER or TEXT.
        default: the value that it has until somebody chooses.
        windowed: whether it is kept in the window's file.
        told: whether its value may be told in a support file: never what a person typed.
    """

    name: str
    section: str
    kind: str
    default: str = ""
    values: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    windowed: bool = False

    @property
    def told(self) -> bool:
        """Tell whether its value says nothing of the person."""
        return self.kind in {ONE, SWITCH, NUMBER}


def _one(name: str, section: str, *values: str, default: str = "") -> Option:
    return Option(name, section, ONE, default or values[0], values, windowed=True)


OPTIONS: Final = (
    Option("name", "you", TEXT),
    Option("service", "you", TEXT),
    _one("language", "window", "system", "fr", "en"),
    _one("theme", "window", "system", "light", "dark"),
    _one("contrast", "window", "system", "on", "off"),
    _one("size", "window", "100", "110", "125", "150", "175", "200"),
    _one("column", "reading", "narrow", "medium", "wide", default="medium"),
    _one("letter_size", "reading", "0", "1", "2", "3", "4", "5", "6", default="2"),
    _one("letter_shape", "reading", "serif", "sans"),
    _one("paper", "reading", "window", "light", "sepia", "dark"),
    Option("letters", "keys", SWITCH, ON, (ON, OFF), windowed=True),
    Option("watched", "arrivals", FOLDER),
    Option(
        "retention",
        "arrivals",
        NUMBER,
        str(RETENTION_DAYS),
        least=1,
        most=MOST_DAYS,
    ),
    Option("private", "arrivals", SWITCH, OFF, (OFF, ON)),
    Option("templates", "writing", FOLDER),
    Option("citation", "writing", ONE, "press", ("press", "iso690", "short")),
)
_NAMED: Final = {one.name: one for one in OPTIONS}


def option(name: str) -> Option:
    """Give an option by its name. Raises BadSetting."""
    found = _NAMED.get(name)
    if found is None:
        raise BadSetting(answers=", ".join(_NAMED))
    return found


def checked(one: Option, value: str) -> str:
    """Give a value as it is kept. Raises BadSetting, TooLong."""
    value = collapse(value)
    wrong = (one.kind in {ONE, SWITCH} and value not in one.values and one.name != "citation") or (
        one.kind == NUMBER
        and not (value.isascii() and value.isdecimal() and one.least <= int(value) <= one.most)
    )
    if wrong:
        raise BadSetting(answers=", ".join(one.values) or f"{one.least}–{one.most}")
    if one.kind != FOLDER and len(value) > MAX_LINE:
        raise TooLong(limit=MAX_LINE)
    return value


def in_words(name: str, word: Callable[[str], str]) -> str:
    """Give a choice of the window's file: the default where it holds none, or one of no sense.

    ``word`` gives what the file holds under a name, "" for nothing.
    """
    one, value = option(name), word(name)
    if name in LOOKS:
        parts = word(_LOOKS).split()
        value = parts[LOOKS.index(name)] if len(parts) == len(LOOKS) else ""
    return value if value in one.values else one.default


def as_words(name: str, value: str, word: Callable[[str], str]) -> tuple[str, str]:
    """Give the name and the word by which a choice is kept in the window's file."""
    if name not in LOOKS:
        return name, value
    parts = (value if part == name else in_words(part, word) for part in LOOKS)
    return _LOOKS, " ".join(parts)
