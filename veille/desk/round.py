"""What a round with a shared folder did."""

from __future__ import annotations

from dataclasses import dataclass, field

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

    def tell(self, code: str, detail: str = "") -> None:
        """Note a problem, once."""
        event = Event(code, detail)
        if event not in self.problems:
            self.problems.append(event)
