"""Where a capture may be recorded: whole, or an excerpt where no licence lets full texts travel."""

from __future__ import annotations

from veille.desk import chance
from veille.desk.house import House
from veille.domain import operation as op
from veille.domain.captures import excerpt
from veille.domain.facts import Fact
from veille.domain.operation import Json


def placed(house: House, article: str, space: str, capture: dict[str, Json]) -> list[Fact]:
    """State a capture where its article lives; whole only where full texts may travel."""
    if any(one.id == space and not one.personal and not one.full_text for one in house.spaces()):
        # No licence: the space hears of an excerpt, the whole capture stays with who clipped it;
        # both are one capture, by one name.
        named = {"of": chance.operation(), **capture}
        return [
            Fact(article, op.CAPTURE, excerpt(named), space),
            Fact(article, op.CAPTURE, named, house.personal),
        ]
    return [Fact(article, op.CAPTURE, capture)]
