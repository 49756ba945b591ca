"""Has this page been here before, under this address or another, by me or by a colleague?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from veille.desk.house import House
from veille.domain import ids
from veille.domain.captures import text_hash
from veille.domain.text import key
from veille.extract import address
from veille.store import local, reading, things

if TYPE_CHECKING:
    from veille.extract.article import Extraction

_FEW_WORDS: Final = 20
# Sites take an agency's text up within so many days; later, the same form says something else.
_DAYS: Final = 3


def page(house: House, canonical: str, *, but: Sequence[str] = ()) -> str | None:
    """Give the article that holds this page already, wherever I may read it."""
    if not canonical:
        return None
    with house.database.reading() as db:
        found = things.with_canonical(db, canonical)
        derived = [
            str(ids.derived_entity("article", one.id, canonical)) for one in local.spaces(db)
        ]
        found += [one.id for one in things.rows(db, derived) if one.hidden == things.VISIBLE]
    return next((one for one in found if one not in but), None)


def text(house: House, extraction: Extraction, *, but: Sequence[str] = ()) -> str | None:
    """Give the article that holds these very words already, or nearly: a few words apart."""
    from veille.extract import likeness

    if extraction.words < _FEW_WORDS:
        return None
    with house.database.reading() as db:
        same = things.with_text(db, text_hash(extraction.text))
        near = things.sharing_a_band(db, likeness.sketch(extraction.text))
    exact = next((one for one in same if one not in but), None)
    if exact is not None or not near:
        return exact
    mine = likeness.runs(extraction.text)
    return next(
        (one for one in near if one not in but and _is_alike(house, one, extraction, mine)),
        None,
    )


def _is_alike(house: House, article: str, extraction: Extraction, mine: frozenset[int]) -> bool:
    from veille.extract import likeness

    with house.database.reading() as db:
        row = things.row(db, article)
        captured = reading.captures(db, article)
    if _apart(row.published, extraction.published):
        # Menus, agendas, bulletins: each day's has nearly the words of the day before.
        return False
    same_title = key(row.title) == key(extraction.title)
    for one in captured:
        theirs = likeness.runs(one.text)
        # Of an excerpt only the beginning is here: all of it must be in the other, of that title.
        whole = theirs and one.excerpt and same_title
        share = len(theirs & mine) / len(theirs) if whole else 0.0
        if max(share, likeness.alike(theirs, mine)) >= likeness.ALIKE:
            return True
    return False


def _apart(one: str, other: str) -> bool:
    """Tell whether two pages say that they are of days too far apart."""
    try:
        days = date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])
    except ValueError:
        return False
    return abs(days.days) > _DAYS


def identity(extraction: Extraction, url: str) -> str:
    """Choose the canonical key: what the page says of itself, when it is of the same site."""
    own, given = address.canonical(extraction.canonical), address.canonical(url)
    if not given:
        return own
    same_site = own.partition("/")[0] == given.partition("/")[0]
    is_home = "/" not in own.strip("/")
    return own if own and same_site and not is_home else given
