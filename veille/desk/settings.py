"""How each choice of ``options`` is read and made. A part of the Desk.

A choice is kept where it acts: in the window's file (this computer's looks), in the memory's local
part (what this profile does), or in an operation (what colleagues see).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from veille.desk import arrivals, refreshing, templates, window_file
from veille.desk.house import House, login_name
from veille.desk.options import (
    OFF,
    ON,
    OPTIONS,
    RETENTION_DAYS,
    as_words,
    checked,
    in_words,
    option,
)
from veille.desk.record import record
from veille.desk.roles import only_reads
from veille.domain import operation as op
from veille.domain.facts import Changes, Fact
from veille.domain.ids import space_entity
from veille.store import local, things


class Settings:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def value(self, name: str) -> str:
        """Give the choice in force; a folder or a text is "" until it is chosen."""
        if option(name).windowed:
            return in_words(name, self._word)
        return _READ[name](self._house) or option(name).default

    def is_changed(self, name: str) -> bool:
        """Tell whether a choice differs from what it was at first."""
        value = self.value(name)
        if name == "watched":
            return not arrivals.is_usual(self._house, value)
        return value not in {"", self.default(name)}

    def default(self, name: str) -> str:
        """Give what a choice is at first, "" for what is worked out when it is needed."""
        return login_name() if name == "name" else option(name).default

    def choose(self, name: str, value: str) -> Changes:
        """Choose, or go back to the default with "". Raises BadSetting, TooLong, OnlyReads."""
        one = option(name)
        kept = checked(one, value) if value.strip() else ""
        if one.windowed:
            said, word = as_words(name, kept or one.default, self._word)
            window_file.set_word(self._house.paths, said, word)
            return Changes()
        return _WRITE[name](self._house, kept)

    def told(self) -> dict[str, str]:
        """Give the choices for a support file: what a person typed is told as "changed" only."""
        return {
            one.name: self.value(one.name)
            if one.told and (not one.values or self.value(one.name) in one.values)
            else "changed"
            if self.is_changed(one.name)
            else "default"
            for one in OPTIONS
        }

    def _word(self, name: str) -> str:
        return window_file.words(self._house.paths).get(name, "")


def _said(house: House, name: str) -> str:
    """Give what the person says of herself, in the personal space first."""
    with house.database.reading() as db:
        found = things.rows(db, [house.person])
    return found[0].text(name) if found else ""


def _say(house: House, name: str, value: str) -> Changes:
    written = [one.id for one in house.spaces() if not only_reads(house, one.id)]
    facts = [Fact(house.person, op.PERSON_SET, {name: value}, one) for one in written]
    return record(house, facts)


def _retain(house: House, value: str) -> Changes:
    refreshing.set_retention(house, int(value or RETENTION_DAYS))
    return Changes()


def _allow(house: House, value: str) -> Changes:
    with house.database.writing() as db:
        local.set_meta(db, "private", value or OFF)
    return Changes()


def _watch(house: House, value: str) -> Changes:
    arrivals.set_folder(house, Path(value) if value else None)
    return Changes()


def _take_templates(house: House, value: str) -> Changes:
    templates.choose_folder(house, value)
    return Changes()


def _cites(house: House) -> str:
    with house.database.reading() as db:
        found = things.rows(db, [space_entity(house.personal)])
    return found[0].text("citation") if found else ""


def _cite(house: House, value: str) -> Changes:
    said = Fact(space_entity(house.personal), op.SPACE_SET, {"citation": value}, house.personal)
    return record(house, [said])


_READ: Final[dict[str, Callable[[House], str]]] = {
    "name": lambda house: _said(house, "name"),
    "service": lambda house: _said(house, "service"),
    "watched": arrivals.chosen,
    "retention": lambda house: str(refreshing.retention(house)),
    "private": lambda house: ON if house.reaches_inside else OFF,
    "templates": templates.chosen,
    "citation": _cites,
}
_WRITE: Final[dict[str, Callable[[House, str], Changes]]] = {
    "name": lambda house, value: _say(house, "name", value or login_name()),
    "service": lambda house, value: _say(house, "service", value),
    "watched": _watch,
    "retention": _retain,
    "private": _allow,
    "templates": _take_templates,
    "citation": _cite,
}
