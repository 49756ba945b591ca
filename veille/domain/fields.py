"""Which fields a thing has, and what a value must be to be believed.

Operations come from a shared drive: a field of the wrong type or an absurd size is passed over
when the tables are derived, and stays in the operation as it was written. Names follow the
vocabulary of the trade: Dublin Core and schema.org for articles, W3C Web Annotation for anchors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from veille.domain.operation import Json
from veille.domain.roles import GIVEN, ROLES, is_field

STATES: Final = ("proposed", "inbox", "kept", "discarded", "published", "archived")
VISIBILITIES: Final = ("private", "team")

_DATE: Final = re.compile(r"[0-9]{4}(?:-[01][0-9](?:-[0-3][0-9])?)?\Z")

MAX_LINE: Final = 500
MAX_PASSAGE: Final = 20_000
MAX_QUERY: Final = 1_000
MAX_TEXT: Final = 1_000_000
# A revision is one line of a journal, 1 MiB at most.
MAX_NOTE: Final = 250_000
_MAX_RULE: Final = 40_000
# How often a saved search tells its news: at once, each morning, each Monday, or never ("").
PACES: Final = ("", "now", "daily", "weekly")
WATCHED: Final = ("feed", "page")
# What a highlight means to who made it; "" says no more than that it matters.
MEANINGS: Final = ("", "key", "fact", "check", "use")
# Of the thirteen of the Web Annotation vocabulary (W3C, 2017), those that people here have.
MOTIVATIONS: Final = ("highlighting", "commenting", "questioning", "replying")
# A passage confirmed in a later capture is described once more, surroundings included.
_MAX_CONFIRMED: Final = 50_000

Check = Callable[[Json], bool]


def _text(limit: int) -> Check:
    return lambda value: isinstance(value, str) and len(value) <= limit


def _texts(limit: int) -> Check:
    def check(value: Json) -> bool:
        return (
            isinstance(value, list)
            and len(value) <= limit
            and all(isinstance(one, str) and len(one) <= MAX_LINE for one in value)
        )

    return check


def _one_of(words: tuple[str, ...]) -> Check:
    return lambda value: value in words


def _number(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _date(value: Json) -> bool:
    """Tell whether a value is a date as articles bear them: a year, a month or a day."""
    return isinstance(value, str) and (value == "" or _DATE.match(value) is not None)


def _moment(value: Json) -> bool:
    """Tell whether a number is a moment that a calendar can write (until the year 9999)."""
    return _number(value) and isinstance(value, int) and value < 253_000_000_000_000


def _yes_no(value: Json) -> bool:
    return isinstance(value, bool)


def _object(limit: int) -> Check:
    """Accept a small object; what it says is checked by who reads it."""
    return lambda value: isinstance(value, dict) and len(json.dumps(value)) <= limit


_LINE: Final = _text(MAX_LINE)
_PASSAGE: Final = _text(MAX_PASSAGE)
_QUERY: Final = _text(MAX_QUERY)
_FILED: Final[Mapping[str, Check]] = {"filed_by": _LINE, "filed_at": _moment, "origin": _LINE}
_ANCHOR: Final[Mapping[str, Check]] = {
    "article": _LINE,
    "capture": _LINE,
    "exact": _PASSAGE,
    "prefix": _LINE,
    "suffix": _LINE,
    "start": _number,
    "end": _number,
    "confirmed": _object(_MAX_CONFIRMED),
}

FIELDS: Final[Mapping[str, Mapping[str, Check]]] = {
    "article": {
        **_FILED,
        "title": _LINE,
        "url": _text(4_000),
        "canonical": _text(4_000),
        "source": _LINE,
        "authors": _texts(50),
        "published": _date,
        "language": _text(20),
        "lead": _text(2_000),
        "section": _LINE,
        "rights": _LINE,
        "rule": _number,
        "chosen": _LINE,
        "moment": _moment,
        "gone": _moment,
        "feed": _LINE,
        "state": _one_of(STATES),
    },
    "quote": {**_FILED, **_ANCHOR, "speaker": _LINE, "role": _LINE, "comment": _PASSAGE},
    "annotation": {
        **_FILED,
        **_ANCHOR,
        "comment": _PASSAGE,
        "meaning": _one_of(MEANINGS),
        "motivation": _one_of(MOTIVATIONS),
        "reply_to": _LINE,
        "visibility": _one_of(VISIBILITIES),
    },
    "note": {**_FILED, "title": _LINE, "aliases": _texts(50), "template": _LINE},
    "dossier": {
        **_FILED,
        "title": _LINE,
        "description": _PASSAGE,
        "query": _QUERY,
        "cover": _LINE,
    },
    "concept": {
        **_FILED,
        "label": _LINE,
        "alts": _texts(200),
        "broader": _LINE,
        "note": _PASSAGE,
        "uri": _text(2_000),
    },
    "search": {
        **_FILED,
        "title": _LINE,
        "query": _QUERY,
        "alert": _yes_no,
        "every": _one_of(PACES),
    },
    "feed": {
        **_FILED,
        "title": _LINE,
        "url": _text(4_000),
        "site": _text(4_000),
        "folder": _LINE,
        "watched": _one_of(WATCHED),
        "block": _text(4_000),
        "ignore": _texts(50),
        "least": _number,
        "paused": _yes_no,
    },
    "rule": {**_FILED, "title": _LINE, "what": _object(_MAX_RULE), "paused": _yes_no},
    "person": {"name": _LINE, "service": _LINE, "email": _LINE},
    "space": {
        "name": _LINE,
        "full_text": _yes_no,
        "newcomers": _one_of(ROLES),
        "proposals": _yes_no,
        "citation": _LINE,
    },
}


def believable(kind: str, name: str, value: Json) -> bool:
    """Tell whether a field may be shown: known, of its type, of a sane size."""
    if kind == "space" and is_field(name):
        return value in GIVEN
    check = FIELDS.get(kind, {}).get(name)
    return check is not None and check(value)
