"""A fact that somebody recorded: who, when, what. Written once, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from veille.domain.clock import MAX_AHEAD_MS

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

CLIP: Final = "article.clip"
ARRIVE: Final = "article.arrive"
CAPTURE: Final = "article.capture"
ARTICLE_SET: Final = "article.set"
QUOTE_ADD: Final = "quote.add"
QUOTE_SET: Final = "quote.set"
COMMENT_ADD: Final = "comment.add"
COMMENT_REV: Final = "comment.rev"
NOTE_REV: Final = "note.rev"
NOTE_SET: Final = "note.set"
DOSSIER_SET: Final = "dossier.set"
MEMBER_ADD: Final = "member.add"
MEMBER_RM: Final = "member.rm"
READ_ADD: Final = "read.add"
READ_RM: Final = "read.rm"
TAG_ADD: Final = "tag.add"
TAG_RM: Final = "tag.rm"
SEARCH_SET: Final = "search.set"
FEED_SET: Final = "feed.set"
RULE_SET: Final = "rule.set"
CONCEPT_SET: Final = "concept.set"
PERSON_SET: Final = "person.set"
SPACE_SET: Final = "space.set"
MOVE: Final = "move"
DELETE: Final = "del"
UNDELETE: Final = "undel"
PURGE: Final = "purge"
# All that is left of what was said, once its content was erased.
TOMBSTONE: Final[Mapping[str, Json]] = {"purged": 1}
# What a purge may take away: the words of people about people, nothing that others rest upon.
ERASABLE: Final = frozenset({QUOTE_ADD, QUOTE_SET, COMMENT_ADD, COMMENT_REV})


@dataclass(frozen=True, slots=True)
class Operation:
    """One fact.

    Attributes:
        id: 80 random bits, independent of device and sequence, so that clones cannot collide.
        stamp: hybrid logical time, as text.
        by: the person who did it.
        space: the space it was recorded in.
        entity: what it is about.
        kind: one of the constants above, or a kind of a newer Veille.
        data: what was said. Unknown fields are kept.
        over: the operations on the same register that the author had in view.
        gesture: the first operation of the gesture this one belongs to; undo takes gestures.
        undoes: the gesture this one takes back, or "".
        received: when this profile had it, milliseconds; 0 when unknown. Never written down in
            the line: it belongs to the reader, not to the fact.
        extra: fields of the line that this version does not know, verbatim.
    """

    id: str
    stamp: str
    by: str
    space: str
    entity: str
    kind: str
    data: Mapping[str, Json]
    over: tuple[str, ...] = ()
    gesture: str = ""
    undoes: str = ""
    received: int = 0
    extra: Mapping[str, Json] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, str]:
        """Break ties between concurrent facts: time, then id."""
        return (self.stamp, self.id)

    @property
    def at(self) -> int:
        """Give when this was said, in milliseconds since 1970.

        A clock that was ahead is not believed: nothing was said after it was received.
        """
        said = int(self.stamp[:13])
        ahead = self.received and said > self.received + MAX_AHEAD_MS
        return self.received if ahead else said

    @property
    def is_tombstone(self) -> bool:
        """Tell whether the content of this fact was erased."""
        return self.kind in ERASABLE and dict(self.data) == TOMBSTONE
