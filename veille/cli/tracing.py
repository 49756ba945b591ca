"""``note blame | changes``: who wrote what in a note, and what each state of it changed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open
from veille.desk import clock
from veille.desk.desk import Desk
from veille.desk.tracing import Authored, Change, Edit, State
from veille.sentences import dates, tracing
from veille.sentences.catalogue import _

Note = Annotated[str, typer.Argument(metavar="ID")]
_SIGNS = {"same": " ", "added": "+", "removed": "-", "rewritten": "~"}
# As ``wdiff`` and ``git diff --word-diff`` write it.
_MARKS = {"same": "{0}", "gone": "[-{0}-]", "new": "{{+{0}+}}"}


def register(app: typer.Typer) -> None:
    """Add the commands to those of notes."""

    @app.command(name="blame", help=_("Who wrote each paragraph of a note, and when."))
    def blame(note: Note, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            target, shower = desk.resolve(note, kind="note"), show.Shower(desk)
            if as_json:
                found = desk.tracing.authorship(target)
                show.document({"paragraphs": [_authored(one, shower) for one in found]})
                return
            people, now_ms = _people(desk), clock.now_ms()
            for one in desk.tracing.paragraphs(target):
                told = tracing.last(one, people, now_ms=now_ms)
                past = tracing.before(one, people, now_ms=now_ms)
                show.line(f"{one.line + 1:>5}  {' — '.join(part for part in (told, past) if part)}")
                for text in one.text.split("\n"):
                    show.line(f"       {text}")

    @app.command(name="changes", help=_("The states of a note; of one of them, what it changed."))
    def changes(
        note: Note,
        state: Annotated[str, typer.Argument(metavar=_("STATE"))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            target = desk.resolve(note, kind="note")
            if state:
                found = desk.tracing.compare(target, state)
                said = found if as_json else desk.tracing.readable(found)
                _changes(said, state, as_json=as_json)
            else:
                _states(desk, desk.tracing.states(target), as_json=as_json)


def _states(desk: Desk, states: list[State], *, as_json: bool) -> None:
    shower, people = show.Shower(desk), _people(desk)
    if as_json:
        show.document({"states": [_state(one, shower) for one in states]})
        return
    for one in states:
        who, what = tracing.who(one.by, people), tracing.what(one)
        show.line(f"{one.id}  {dates.moment(one.at)}  {who}  {what}")


def _changes(found: tuple[Change, ...], state: str, *, as_json: bool) -> None:
    if as_json:
        show.document({"state": state, "changes": [_change(one) for one in found]})
        return
    for one in found:
        told = "".join(_MARKS[run.kind].format(run.text) for run in one.runs)
        whole = told if one.kind == "rewritten" else one.before or one.after
        for text in whole.split("\n"):
            show.line(f"{_SIGNS[one.kind]} {text}")
        show.line()


def _people(desk: Desk) -> dict[str, str]:
    return {desk.person: desk.name(), **desk.people()}


def _edit(one: Edit, shower: show.Shower) -> dict[str, Any]:
    return {"revision": one.revision, "by": shower.who(one.by), "at": show.when(one.at)}


def _authored(one: Authored, shower: show.Shower) -> dict[str, Any]:
    return {
        "line": one.line + 1,
        "text": one.text,
        "last": _edit(one.last, shower) if one.last else None,
        "before": [_edit(each, shower) for each in one.before],
        "earlier": one.earlier,
    }


def _state(one: State, shower: show.Shower) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "by": shower.who(one.by),
        "at": show.when(one.at),
        "began_at": show.when(one.began_at),
        "title": one.title,
        "title_before": one.title_before,
        "added": one.added,
        "removed": one.removed,
        "revisions": list(one.revisions),
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "before": one.before,
        "after": one.after,
        "lines_before": [one.old[0] + 1, one.old[1]],
        "lines_after": [one.new[0] + 1, one.new[1]],
        "runs": [{"kind": run.kind, "text": run.text} for run in one.runs],
    }
