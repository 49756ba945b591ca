"""Roles in a space: what a person agreed to do there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from veille.domain.operation import Json

REFERENT: Final = "referent"
WRITER: Final = "writer"
READER: Final = "reader"
# Who has left: told apart from those who are here; her program writes nothing.
FORMER: Final = "former"
ROLES: Final = (REFERENT, WRITER, READER)
GIVEN: Final = (*ROLES, FORMER)
# What was kept goes on so; that takes nothing back.
_GOES_ON: Final = frozenset({"kept", "published", "archived"})
_FIELD: Final = "role:"


def field(person: str) -> str:
    """Name the field of a space that holds somebody's role."""
    return _FIELD + person


def is_field(name: str) -> bool:
    """Tell whether a field of a space holds a role."""
    return name.startswith(_FIELD) and len(name) <= 40


def of(fields: Mapping[str, Json], opened_by: str, person: str) -> str:
    """Give somebody's role: référent for who opened the space, else what was agreed."""
    if person == opened_by:
        # Always: a space that nobody can decide for would have no way back.
        return REFERENT
    for said in (fields.get(field(person)), fields.get("newcomers")):
        if said in GIVEN:
            return str(said)
    return WRITER


def writes(role: str) -> bool:
    """Tell whether a role lets its program write in the space."""
    return role in {REFERENT, WRITER}


def decides(
    fields: Mapping[str, Json], opened_by: str, person: str, *, state: str, by: str, wanted: str
) -> bool:
    """Tell whether somebody may change the state of an article.

    What waits for a référent is hers to decide on. Where that was agreed, what she decided stands:
    the others go on with what was kept, and take nothing back.

    Args:
        fields: of the space.
        opened_by: who opened it.
        person: who wants the change.
        state: the state it has.
        by: who gave it that state.
        wanted: the state it would have.
    """
    if of(fields, opened_by, person) == REFERENT or wanted == state:
        return True
    if state == "proposed":
        return False
    if fields.get("proposals") is not True or of(fields, opened_by, by) != REFERENT:
        return True
    if state in _GOES_ON:
        return wanted in _GOES_ON
    return state != "discarded"
