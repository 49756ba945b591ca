"""What fills the holes of a template: the date, the week, who writes."""

from __future__ import annotations

from collections.abc import Mapping

from veille.desk.templates import week
from veille.sentences import dates


def words(now_ms: int, name: str) -> Mapping[str, str]:
    """Give the words for the holes, under their names in French and in English."""
    year, number = week(now_ms)
    told = {"date": dates.of_moment(now_ms), "auteur": name, "semaine": str(number)}
    told |= {"année": str(year), "year": str(year)}
    return {**told, "author": name, "week": str(number)}
