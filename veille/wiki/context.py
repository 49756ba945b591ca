"""What the converter must know of the world around a piece of a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from veille.wiki.embeds import Embedded, Target
from veille.wiki.references import References

Resolve = Callable[[str], Target | None]
Embed = Callable[[str], Embedded | None]


def _nothing(_target: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """The rest of the note and of the memory, as a piece sees them.

    Attributes:
        resolve: gives the target of an id or folded title, None for a note yet to be written.
        embed: gives what an embed shows, None for what is unknown; a search begins with ``?``.
        references: addresses by label.
        numbers: of footnotes, by name.
        first_uses: names of the footnotes that are first called here: the way back leads there.
        abbreviations: what they stand for.
    """

    resolve: Resolve = _nothing
    embed: Embed = _nothing
    references: References = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    first_uses: frozenset[str] = frozenset()
    abbreviations: Mapping[str, str] = field(default_factory=dict)
