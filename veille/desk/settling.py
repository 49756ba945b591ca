"""Settling what stands in two versions: both are shown, one keystroke chooses, both stay in history."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from veille.desk.house import House
from veille.desk.record import record
from veille.domain import merge
from veille.domain import operation as op
from veille.domain.errors import BadChoice, NotFound, TooLong
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE, believable
from veille.domain.merge import Thing
from veille.domain.operation import Json, Operation
from veille.domain.views import Choice, Version
from veille.store import operations, things
from veille.wiki import weave
from veille.wiki.weave import Passage, Side, Woven

_SETS: Final[Mapping[str, str]] = {
    "article": op.ARTICLE_SET,
    "quote": op.QUOTE_SET,
    "annotation": op.COMMENT_REV,
    "note": op.NOTE_SET,
    "dossier": op.DOSSIER_SET,
    "feed": op.FEED_SET,
    "rule": op.RULE_SET,
    "concept": op.CONCEPT_SET,
    "search": op.SEARCH_SET,
    "person": op.PERSON_SET,
    "space": op.SPACE_SET,
}


def choices(house: House, thing: str) -> list[Choice]:
    """Give what stands in two versions in a thing: passages of a note, then fields."""
    folded = _folded(house, thing)
    return _choices(folded, _woven(folded))


def _choices(folded: Thing, woven: Woven) -> list[Choice]:
    by_id = {one.id: one for one in folded.revisions}
    found = [_of_passage(number, one, by_id) for number, one in enumerate(woven.passages, start=1)]
    for name in sorted(folded.alternatives):
        found.append(_of_field(len(found) + 1, name, folded))
    return found


def standing(house: House) -> list[str]:
    """Give the things that stand in two versions, newest first."""
    with house.database.reading() as db:
        return things.in_two_versions(db)


def settle(house: House, thing: str, number: int, keep: str, *, mark: str = "") -> Changes:
    """Keep "a", "b", "both", or what was "merged".

    Args:
        house: the profile.
        thing: what stands in two versions.
        number: of the choice.
        keep: the answer.
        mark: of the choice that was shown; another one under its number now is not settled.

    Raises NotFound, BadChoice, TooLong.
    """
    folded = _folded(house, thing)
    woven = _woven(folded)
    chosen = next((one for one in _choices(folded, woven) if one.number == number), None)
    if chosen is None or (mark and chosen.mark != mark):
        raise NotFound(what=str(number))
    if keep not in chosen.answers:
        raise BadChoice(answers=chosen.answers)
    if number <= len(woven.passages):
        return _settle_passage(house, folded, woven, woven.passages[number - 1], keep)
    value = chosen.b.value if keep == "b" else chosen.a.value
    if keep == "both":
        value = f"{chosen.a.text} / {chosen.b.text}"
        if not believable(folded.kind, chosen.where, value):
            raise TooLong(limit=MAX_LINE)
    return record(house, [Fact(thing, _SETS[folded.kind], {chosen.where: value})])


def _settle_passage(
    house: House, note: Thing, woven: Woven, passage: Passage, keep: str
) -> Changes:
    apart = "\n\n" if "\n" in passage.shown else " "
    both = f"{passage.ours.text}{apart}{passage.theirs.text}" if passage.merged else passage.shown
    kept = {
        "a": passage.ours.text,
        "b": passage.theirs.text,
        "merged": passage.shown,
        "both": both,
    }[keep]
    place = next(at for at, one in weave.standing(woven.passages, woven.text) if one is passage)
    text = woven.text[:place] + kept + woven.text[place + len(passage.shown) :]
    if not kept:
        text = re.sub(r"\n{3,}", "\n\n", text)
    left = [one for one in woven.passages if one is not passage]
    # What a colleague writes meanwhile was not in view: it is no parent.
    heads: list[Json] = [one.id for one in note.revision_heads]
    data = weave.with_open({"x": text, "p": heads}, left)
    return record(house, [Fact(note.id, op.NOTE_REV, data)])


def in_view(
    house: House, note: str, parents: tuple[str, ...] | None
) -> tuple[list[str], list[Passage]]:
    """Give the revisions, and the passages in two versions, that an author had before her eyes."""
    with house.database.reading() as db:
        folded = merge.fold(operations.of_entity(db, note), personal=house.personal)
    if folded is None:
        return list(parents or ()), []
    by_id = {one.id: one for one in folded.revisions}
    heads = (
        folded.revision_heads
        if parents is None
        else tuple(by_id[one] for one in parents if one in by_id)
    )
    seen = [one.id for one in heads] if parents is None else list(parents)
    return seen, list(weave.weave(heads, by_id).passages)


def _folded(house: House, thing: str) -> Thing:
    with house.database.reading() as db:
        folded = merge.fold(operations.of_entity(db, thing), personal=house.personal)
    if folded is None:
        raise NotFound(what=thing)
    return folded


def _woven(thing: Thing) -> Woven:
    return weave.weave(thing.revision_heads, {one.id: one for one in thing.revisions})


def _of_passage(number: int, one: Passage, revisions: Mapping[str, Operation]) -> Choice:
    return Choice(
        number,
        "passage",
        _version(one.ours, revisions),
        _version(one.theirs, revisions),
        shown=one.shown,
        answers=("a", "b", "both", "merged") if one.merged else ("a", "b", "both"),
        mark=_mark(one.shown, one.ours.text, one.theirs.text),
    )


def _version(side: Side, revisions: Mapping[str, Operation]) -> Version:
    """Say who wrote a version, if the revision it is said to be from holds these words."""
    said = revisions.get(side.revision)
    if said is None or side.text not in weave.body(said):
        return Version(side.text, side.text, "", 0)
    return Version(side.text, side.text, said.by, said.at)


def _mark(*words: str) -> str:
    """Name a choice by what it is about: its number changes when colleagues settle others."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def _of_field(number: int, name: str, thing: Thing) -> Choice:
    """Give a field whose two latest values were said at once; the one shown is A."""
    shown = thing.fields[name]
    other = thing.alternatives[name][0]
    texts = isinstance(shown, str) and isinstance(other.value, str)
    return Choice(
        number,
        name,
        Version(_text(shown), shown, *thing.said[name]),
        Version(_text(other.value), other.value, other.by, other.at),
        shown=_text(shown),
        mark=_mark(name, _text(shown), _text(other.value)),
        answers=("a", "b", "both")
        if texts and name in {"title", "comment", "description", "note"}
        else ("a", "b"),
    )


def _text(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
