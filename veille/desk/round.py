"""What a round with a shared folder did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from veille.domain.operation import Operation
from veille.domain.views import Event


@dataclass(slots=True)
class Round:
    """What a round did.

    Attributes:
        sent, received: operations.
        problems: what needs a look.
        notices: what was mended.
        conflicts: things that stand in two versions.
        remaining: segments announced and still to be read; the next round goes on.
        read: segments that were read.
        more: whether the next round should follow at once.
        failed: whether the folder could not be used; other problems were passed over.
        entities: what changed here.
        by: of what was received, how much each person said.
    """

    space: str
    name: str
    sent: int = 0
    received: int = 0
    problems: list[Event] = field(default_factory=list)
    notices: list[Event] = field(default_factory=list)
    conflicts: int = 0
    remaining: int = 0
    read: int = 0
    more: bool = False
    failed: bool = False
    entities: set[str] = field(default_factory=set)
    by: dict[str, int] = field(default_factory=dict)

    def count(self, received: Sequence[Operation]) -> None:
        """Count what was received, and whose it is."""
        self.received += len(received)
        for one in received:
            self.by[one.by] = self.by.get(one.by, 0) + 1

    def tell(self, code: str, detail: str = "") -> None:
        """Note a problem, once."""
        event = Event(code, detail)
        if event not in self.problems:
            self.problems.append(event)
