"""``home``: what is new since the last visit, and what waits."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, index
from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.homing import Home, News, Waiting
from veille.sentences import dates, homing
from veille.sentences.catalogue import _


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(help=_("What is new since the last visit, and what waits for you."))
    def home(
        seen: Annotated[
            bool, typer.Option("--seen", help=_("Mark the visit: all of it was seen."))
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            index(desk, always=True)
            found = desk.home.look()
            if as_json:
                show.document(_document(desk, found))
            else:
                _tell(desk, found)
            if seen:
                desk.home.leave(found)


# --- for scripts ---------------------------------------------------------------------------------


def _document(desk: Desk, found: Home) -> dict[str, Any]:
    people, dossiers = desk.people(), _dossiers(desk, found)
    return {
        "since": show.when(found.since),
        "news": [_news(one, people, dossiers) for one in found.news],
        "more": found.more,
        "waiting": {
            name: {"count": len(ids), "ids": ids} for name, ids in _waiting(found.waiting).items()
        },
    }


def _news(one: News, people: dict[str, str], dossiers: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.row.id,
        "kind": one.row.kind,
        "title": one.row.title,
        "by": homing.by(people, one.by),
        "by_id": one.by,
        "did": list(one.deeds),
        "at": show.when(one.at),
        "dossiers": [{"id": held, "title": dossiers.get(held, held)} for held in one.dossiers],
        "about": one.about.id if one.about is not None else None,
        "deleted": one.row.hidden == 1,
    }


def _waiting(found: Waiting) -> dict[str, list[str]]:
    rows = {
        "questions": found.questions,
        "proposals": found.proposals,
        "conflicts": found.conflicts,
        "astray": found.astray,
        "mentions": found.mentions,
        "drafts": found.drafts,
    }
    ids = {name: [row.id for row in some] for name, some in rows.items()}
    return {**ids, "searches": [one.id for one in found.searches]}


def _dossiers(desk: Desk, found: Home) -> dict[str, str]:
    wanted = sorted({held for one in found.news for held in one.dossiers})
    return {row.id: row.title for row in desk.rows(wanted)}


# --- for people ----------------------------------------------------------------------------------


def _tell(desk: Desk, found: Home) -> None:
    """Print what waits, then what is new, by colleague."""
    now = clock.now_ms()
    show.line(homing.summary(found, now))
    for name, ids in _waiting(found.waiting).items():
        if ids:
            show.line(f"  {homing.waiting(name, len(ids))}")
    people, dossiers = desk.people(), _dossiers(desk, found)
    ordered = sorted(found.news, key=lambda one: (homing.by(people, one.by), one.by))
    for person, some in groupby(ordered, key=lambda one: one.by):
        show.line()
        show.line(homing.by(people, person))
        for one in some:
            _tell_one(one, dossiers, now)


def _tell_one(one: News, dossiers: dict[str, str], now: int) -> None:
    held = ", ".join(dossiers.get(each, each) for each in one.dossiers)
    told = (homing.did(one), homing.gone(one), homing.about(one), held, dates.short(one.at, now))
    show.line(f"  {one.row.id}  {homing.title(one)}")
    show.line(f"      {' · '.join(part for part in told if part)}")
