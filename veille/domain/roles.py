"""Roles in a space: what a person agreed to do there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from veille.domain.operation import Json

REFERENT: Final = "referent"
WRITER: Final = "writer"
READER: Final = "reader"
ROLES: Final = (REFERENT, WRITER, READER)
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
        if said in ROLES:
            return str(said)
    return WRITER
