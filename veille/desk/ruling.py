"""Rules: what is discarded as it comes in, shown before it is agreed, and taken back at will.

A rule is recorded like everything else, and belongs to a space: everybody there sees what it does.
What it discards is derived: change the rule, and what still passes by is judged again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from veille.desk import chance, dispatch, passing, telling
from veille.desk.house import House
from veille.desk.record import record
from veille.desk.terms import terms
from veille.domain import operation as op
from veille.domain.errors import BadName, NotFound
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE
from veille.domain.text import clip, collapse, order
from veille.domain.views import Filter, Row
from veille.feeds import rules
from veille.feeds.item import Item
from veille.feeds.rules import Conditions, Rule, section_mark
from veille.store import arrivals, following, local, things
from veille.store.arrivals import Arrival

_SHOWN: Final = 500
# A rule proposed is called by its first words.
_NAMED: Final = 3
_DIGEST: Final = "rules"
Decider = Callable[[Item], str]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule, where it applies, and what it discards of what passes by now.

    Attributes:
        paused: whether it is kept for later.
        row: when it was made, and by whom.
    """

    rule: Rule
    row: Row
    paused: bool
    discards: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would have discarded of the last things that came in.

    Attributes:
        looked_at: how many were tried.
        taken: ``(article, why)``, newest first; why: ``(code, value)`` of the conditions met.
    """

    looked_at: int
    taken: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def listed(house: House) -> list[Ruled]:
    """Give the rules by title."""
    with house.database.reading() as db:
        rows = things.rows(db, things.listed(db, Filter(kinds=("rule",))))
        counts = arrivals.discarded_by(db)
    found = [
        Ruled(rule, row, row.fields.get("paused") is True, counts.get(row.id, 0))
        for row in rows
        if (rule := _rule(row)) is not None
    ]
    return sorted(found, key=lambda one: order(one.rule.title))


def _rule(row: Row) -> Rule | None:
    what = row.fields.get("what")
    return rules.from_data(row.id, {**what, "title": row.title}) if isinstance(what, dict) else None


def decider(house: House, space: str, *, told: bool = False) -> Decider:
    """Give what tells which rule of a space discards an item, "" for none.

    ``told``: whether it is known how many sources tell its news. As it comes in it is not: rules
    that ask for it wait.
    """
    some = [one.rule for one in listed(house) if one.row.space == space and not one.paused]
    some = [one for one in some if told or not _asks_for_sources(one)]
    if not some:
        return lambda _item: ""
    ready = rules.prepare(some, terms=terms)

    def decide(item: Item) -> str:
        match = ready(item)
        return match.rule if match is not None else ""

    return decide


def _asks_for_sources(rule: Rule) -> bool:
    return any(one.least_sources or one.most_sources for one in (rule.when, rule.unless))


def by_example(house: House, articles: Sequence[str]) -> tuple[Rule, str]:
    """Propose a rule that discards what resembles these articles, and the space it is for.

    Raises NotFound.
    """
    from veille.feeds import resemblance

    space = _space(house, articles)
    recent = _recent(house, space=space)
    examples = [one for one in recent if one.id in set(articles)]
    examples = examples or [_item_of(house, one) for one in articles]
    others = [one for one in recent if one.id not in set(articles)]
    when = resemblance.by_example(examples, others, terms=terms)
    return Rule("", _called(when, examples[0]), when), space


def _called(when: Conditions, example: Item) -> str:
    """Name a rule proposed: by the section it is about, else by the words that tell most."""
    section = next((one.shown for one in when.like if one.stem == section_mark(one.shown)), "")
    words = ", ".join(one.shown for one in when.like[:_NAMED])
    return clip(section or words or example.title, length=80)


def preview(house: House, rule: Rule, *, space: str = "") -> Preview:
    """Try a rule on the last things that came in."""
    recent = _recent(house, space=space or house.personal)
    found = rules.preview(rule, recent, terms=terms)
    return Preview(len(recent), tuple((one.id, tuple(why)) for one, why in found))


def agree(house: House, rule: Rule, *, space: str = "") -> tuple[str, Changes]:
    """Record a rule, a new one or in place of the one of its id, apply it, and give its id.

    Raises BadName.
    """
    title = clip(collapse(rule.title), length=MAX_LINE)
    if not title:
        raise BadName(name="")
    name = rule.id or chance.entity("rule")
    fact = Fact(name, op.RULE_SET, {"title": title, "what": rules.to_data(rule)}, space)
    return name, _applied(house, record(house, [fact]))


def pause(house: House, rule: str, *, paused: bool) -> Changes:
    """Keep a rule for later, or use it again."""
    return _applied(house, record(house, [Fact(rule, op.RULE_SET, {"paused": paused})]))


def give_up(house: House, rule: str) -> Changes:
    """Give up a rule: what it discarded and still passes by is to be sorted again."""
    return _applied(house, record(house, [Fact(rule, op.DELETE)]))


def _applied(house: House, changes: Changes) -> Changes:
    return Changes(changes.entities | apply(house), changes.gesture)


def apply(house: House) -> frozenset[str]:
    """Judge again what passes by, if the rules are not those it was judged by."""
    some = [one for one in listed(house) if not one.paused]
    told = json.dumps([[one.row.space, one.rule.id, rules.to_data(one.rule)] for one in some])
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    with house.database.reading() as db:
        if local.meta(db, _DIGEST) == digest:
            return frozenset()
    changed = _judge(house, since=0)
    with house.database.writing() as db:
        local.set_meta(db, _DIGEST, digest)
    return changed


def judge_stories(house: House) -> frozenset[str]:
    """Judge what came in lately by the rules that ask how many sources tell it: it is known now."""
    used = [one.rule for one in listed(house) if not one.paused]
    if not any(map(_asks_for_sources, used)):
        return frozenset()
    return _judge(house, since=house.now() - telling.WINDOW)


def _judge(house: House, *, since: int) -> frozenset[str]:
    decided: dict[str, str] = {}
    deciders: dict[str, Decider] = {}
    with house.database.reading() as db:
        passing_by = arrivals.unrecorded(db, since=since)
    for one, item in _items(house, passing_by):
        if one.space not in deciders:
            deciders[one.space] = decider(house, one.space, told=True)
        rule = deciders[one.space](item)
        if rule != one.rule:
            decided[one.article] = rule
    return passing.rule(house, decided)


def _recent(house: House, *, space: str) -> list[Item]:
    with house.database.reading() as db:
        last = arrivals.newest(db, space=space, limit=_SHOWN)
    return [item for _one, item in _items(house, last)]


def _items(house: House, some: Sequence[Arrival]) -> list[tuple[Arrival, Item]]:
    """Give what rules see of arrivals, with how many sources tell the news of each."""
    with house.database.reading() as db:
        sources = following.sources(db, [one.article for one in some])
    return [
        (one, replace(dispatch.item(one), sources=max(sources.get(one.article, 0), 1)))
        for one in some
    ]


def _space(house: House, articles: Sequence[str]) -> str:
    with house.database.reading() as db:
        rows = things.rows(db, articles)
    if not rows:
        raise NotFound(what=" ".join(articles))
    return rows[0].space


def _item_of(house: House, article: str) -> Item:
    with house.database.reading() as db:
        return telling.item(db, things.row(db, article))
