"""Filing: states, themes, dossiers, deleting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

from veille.desk import chance, roles
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import BadName, BadState, BadTheme, NotFound, OnlyReferents
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE, STATES
from veille.domain.operation import Json
from veille.domain.text import collapse, key
from veille.store import themes, things
from veille.store.connection import Rows

# Thousands are sorted in slices of one gesture: who else writes need not wait for all of them.
_AT_ONCE: Final = 500


def triage(
    house: House, articles: Sequence[str], state: str, *, discard: Sequence[str] = ()
) -> Changes:
    """Set the team's state of articles, and ``discard`` others, as one gesture.

    Raises BadState, and OnlyReferents for what waits for one, or what one decided.
    """
    if state not in STATES:
        raise BadState(state=state)
    with house.database.reading() as db:
        wanted = [(row, state) for row in things.rows(db, articles)]
        wanted += [(row, "discarded") for row in things.rows(db, discard)]
    # Before the first slice: all of them, or none.
    if not all(roles.may_decide(house, row, said) for row, said in wanted):
        raise OnlyReferents
    away: dict[str, Json] = {"state": "discarded"}
    facts = [Fact(one, op.ARTICLE_SET, {"state": state}) for one in articles]
    facts += [Fact(one, op.ARTICLE_SET, away) for one in discard]
    changes = Changes()
    for start in range(0, len(facts), _AT_ONCE):
        done = record(house, facts[start : start + _AT_ONCE], gesture=changes.gesture)
        changes = Changes(changes.entities | done.entities, done.gesture)
    return changes


def tag(
    house: House, targets: Sequence[str], *, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> Changes:
    """Add and remove themes. Raises BadTheme."""
    with house.database.reading() as db:
        added = [_theme(db, one) for one in add]
        removed = [_theme(db, one) for one in remove]
    facts: list[Fact] = []
    for target in targets:
        with house.database.reading() as db:
            has = set(things.tag_keys(db, target))
            new = [one for one in added if _key(db, one) not in has]
            # It may bear a theme by several of its words: all of them go.
            gone = [old for one in removed for old in themes.typed(db, target, _key(db, one))]
        facts += [Fact(target, op.TAG_ADD, {"tag": one}) for one in new]
        facts += [Fact(target, op.TAG_RM, {"tag": one}) for one in gone]
    return record(house, facts)


def _key(db: Rows, name: str) -> str:
    """Give the folded theme that a label belongs to."""
    found = themes.theme(db, key(name))
    return found[0] if found else key(name)


def check(names: Iterable[str]) -> None:
    """Refuse bad names of themes before anything is recorded. Raises BadTheme."""
    for name in names:
        _free(name)


def _theme(db: Rows, name: str) -> str:
    """Give a label as it is recorded: that of a concept as it is called, commas and all."""
    return collapse(name) if themes.theme(db, key(name)) else _free(name)


def _free(name: str) -> str:
    name = collapse(name.replace(",", " "))
    if not key(name) or len(name) > MAX_LINE:
        raise BadTheme(theme=name[:80])
    return name


def new_dossier(house: House, title: str, *, description: str = "", by: str = "") -> str:
    """Open a dossier and give its id."""
    if not collapse(title):
        raise BadName(name=title)
    dossier = chance.entity("dossier")
    data = {"title": collapse(title)[:MAX_LINE], "description": description}
    record(house, [Fact(dossier, op.DOSSIER_SET, data)], by=by)
    return dossier


def add_to_dossier(house: House, dossier: str, items: Sequence[str]) -> Changes:
    """Put things in a dossier, after what is there; what is in it already stays in its place."""
    with house.database.reading() as db:
        has = {one for one in items if dossier in things.dossiers_of(db, one)}
    facts = [Fact(dossier, op.MEMBER_ADD, {"item": one}) for one in items if one not in has]
    return record(house, facts)


def remove_from_dossier(house: House, dossier: str, items: Sequence[str]) -> Changes:
    """Take things out of a dossier."""
    with house.database.reading() as db:
        inside = [one for one in items if dossier in things.dossiers_of(db, one)]
        named = [alias for one in inside for alias in (one, *things.earlier_ids(db, one))]
    return record(house, [Fact(dossier, op.MEMBER_RM, {"item": one}) for one in named])


def find_dossier(house: House, name: str) -> str:
    """Find a dossier by id or title; open it when nobody has."""
    with house.database.reading() as db, suppress(NotFound):
        return things.resolve(db, name, kind="dossier")
    return new_dossier(house, name)


def file(house: House, article: str, *, tags: Sequence[str], dossier: str) -> None:
    """Apply the filing asked for while clipping."""
    if tags:
        tag(house, [article], add=tags)
    if dossier:
        add_to_dossier(house, find_dossier(house, dossier), [article])


def delete(house: House, targets: Sequence[str]) -> Changes:
    """Hide things; an edit that was not seen brings them back, and so does undo.

    What only passes by is discarded: there is nothing of it to delete.
    """
    with house.database.reading() as db:
        passing = {row.id for row in things.rows(db, targets) if row.passing}
    away: dict[str, Json] = {"state": "discarded"}
    facts = [
        Fact(one, op.ARTICLE_SET, away) if one in passing else Fact(one, op.DELETE)
        for one in targets
    ]
    return record(house, facts)
