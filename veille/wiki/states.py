"""The states of a note as people left them: whose words, which title, what was brought back.

Revisions are what the program wrote down; a state is what somebody did at one sitting.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from veille.domain import merge
from veille.domain import operation as op
from veille.domain.facts import ancestors
from veille.domain.fields import believable
from veille.domain.merge import Thing
from veille.domain.operation import Operation
from veille.wiki.authorship import in_order
from veille.wiki.weave import body, weave

# What one person writes with shorter rests than this is one state.
_REST_MS: Final = 30 * 60_000
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class State:
    """A state of a note that somebody left.

    Attributes:
        id: of its last revision; of the operation that gave the title.
        revisions: oldest first; none for a title.
        at, began_at: milliseconds: when it was left, and begun.
        kind: ``born`` (what the note was at first), ``text``, ``merged`` (of two versions),
            ``restored`` (an earlier text came back) or ``title``.
        title: what the note was called then; ``title_before`` differs when a title was given.
        added, removed: words, against the state before.
    """

    id: str
    revisions: tuple[str, ...]
    by: str
    at: int
    began_at: int
    kind: str
    title: str = ""
    title_before: str = ""
    added: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that was recorded of a note.

    Attributes:
        order: its revisions, parents first.
        titles: who gave it a title, in order, with what it was called before.
        title, text: of today.
    """

    note: str
    revisions: Mapping[str, Operation]
    order: Sequence[str]
    heads: Sequence[Operation]
    titles: Sequence[tuple[Operation, str]]
    title: str
    text: str

    @classmethod
    def of(cls, thing: Thing, said: Sequence[Operation]) -> Past:
        """Put together the past of a note, from all operations on it."""
        revisions = {one.id: one for one in thing.revisions}
        text = weave(thing.revision_heads, revisions).text
        return cls(
            thing.id,
            revisions,
            in_order(revisions),
            thing.revision_heads,
            _titles(said),
            thing.text_field("title"),
            text,
        )

    def body(self, name: str) -> str:
        """Give the text of a revision."""
        return body(self.revisions[name])

    def above(self, name: str) -> list[str]:
        """Give the parents of a revision that are here."""
        listed = dict.fromkeys(merge.parents(self.revisions[name]))
        return [one for one in listed if one in self.revisions and one != name]

    def at(self, name: str) -> int:
        """Give when a revision was written, in milliseconds."""
        return self.revisions[name].at


def _titles(said: Sequence[Operation]) -> list[tuple[Operation, str]]:
    """Give the titles that were given, each with what it replaced; the first replaced itself."""
    named: dict[str, str] = {}
    found: list[tuple[Operation, str]] = []
    last = ""
    for one in sorted(said, key=lambda one: one.order):
        title = one.data.get("title")
        if one.kind != op.NOTE_SET or not isinstance(title, str):
            continue
        if not believable("note", "title", title):
            continue
        # A colleague who was away replaced what was in view there.
        replaced = [named[old] for old in one.over if old in named]
        before = replaced[-1] if replaced else last or title
        named[one.id] = last = title
        found.append((one, before))
    return found


@dataclass(slots=True)
class _Sitting:
    """What a person wrote without much rest; ``last``: the revision that changed something."""

    kind: str
    names: list[str]
    last: str


def states(past: Past) -> list[State]:
    """Give the states, newest first."""
    moments = _moments(past)
    found = [
        ((moments[one.last], past.revisions[one.last].order), _state(past, one))
        for one in _sittings(past)
    ]
    found += [((one.at, order), one) for order, one in _renamed(past)]
    title = past.titles[0][1] if past.titles else ""
    ordered: list[State] = []
    for _key, one in sorted(found, key=lambda pair: pair[0]):
        if one.kind == "title":
            title = one.title
            ordered.append(one)
        else:
            ordered.append(replace(one, title=title, title_before=title))
    return ordered[::-1]


def _renamed(past: Past) -> list[tuple[tuple[str, str], State]]:
    """Give the states that are a title, each with what orders it."""
    told = [(one, one.at, str(one.data["title"]), was) for one, was in past.titles]
    return [
        (one.order, State(one.id, (), one.by, at, at, "title", title, was))
        for one, at, title, was in told
        if title != was
    ]


def _moments(past: Past) -> dict[str, int]:
    """Give when revisions were written, none before its parents, whatever the clocks."""
    found: dict[str, int] = {}
    for name in past.order:
        own = past.revisions[name].at
        found[name] = max([own, *(found[one] for one in past.above(name) if one in found)])
    return found


def _state(past: Past, one: _Sitting) -> State:
    first, at = one.names[0], past.at(one.last)
    added, removed = _counted(before(past, first), past.body(one.last))
    return State(
        id=one.names[-1],
        revisions=tuple(one.names),
        by=past.revisions[first].by,
        at=at,
        began_at=min(past.at(first), at),
        kind=one.kind,
        added=added,
        removed=removed,
    )


def _sittings(past: Past) -> list[_Sitting]:
    children = Counter(parent for name in past.order for parent in past.above(name))
    found: list[_Sitting] = []
    walk = _Walk(past)
    for name in past.order:
        above = past.above(name)
        alone = len(above) == 1 and children[above[0]] == 1
        before = walk.of.get(above[0]) if alone else None
        kind = walk.kind(name, before)
        if before is not None and walk.changes_nothing(name):
            # What sharing a note records, for one.
            before.names.append(name)
        elif before is not None and kind == before.kind == "text" and _is_near(past, name, before):
            before.names.append(name)
            before.last = name
        else:
            before = _Sitting(kind, [name], name)
            found.append(before)
        walk.of[name] = before
    return found


def _is_near(past: Past, name: str, before: _Sitting) -> bool:
    same = past.revisions[name].by == past.revisions[before.last].by
    return same and abs(past.at(name) - past.at(before.last)) < _REST_MS


@dataclass(slots=True)
class _Walk:
    """Reads revisions, oldest first; ``of``: the sitting of each."""

    past: Past
    of: dict[str, _Sitting] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def kind(self, name: str, before: _Sitting | None) -> str:
        """Tell what a revision is; ``before``: the sitting that it may go on with."""
        text = self.past.body(name)
        same = self._texts.setdefault(text, name)
        if name == self.past.order[0]:
            return "born"
        if len(self.past.above(name)) > 1:
            return "merged"
        one = self.past.revisions[name]
        if one.undoes:
            return "restored"
        # Who types and takes back what she typed restores nothing.
        other = same != name and text.strip() != "" and self.of.get(same) is not before
        is_old = other and same in ancestors(one, self.past.revisions)
        return "restored" if is_old and not self.changes_nothing(name) else "text"

    def changes_nothing(self, name: str) -> bool:
        """Tell whether a revision says what its one parent said."""
        above = self.past.above(name)
        return len(above) == 1 and self.past.body(name) == self.past.body(above[0])


def before(past: Past, name: str) -> str:
    """Give the text that a revision was written from; of several, the nearest to it."""
    above = past.above(name)
    if not above:
        # Its parents did not come here: what is known from before is the best there is.
        at = past.order.index(name)
        orphan = at > 0 and bool(merge.parents(past.revisions[name]))
        return past.body(past.order[at - 1]) if orphan else ""
    text = past.body(name)
    return min((past.body(one) for one in above), key=lambda one: sum(_counted(one, text)))


def _counted(before: str, after: str) -> tuple[int, int]:
    """Count the words that were added and removed, wherever they stand."""
    old, new = Counter(before.split("\n")), Counter(after.split("\n"))
    gone, came = _words(old - new), _words(new - old)
    return (came - gone).total(), (gone - came).total()


def _words(lines: Counter[str]) -> Counter[str]:
    return Counter(word for line in lines.elements() for word in _WORD.findall(line))
