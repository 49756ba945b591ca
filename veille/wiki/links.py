"""Links of a note: ``[[Title]]``, ``[[Title|words]]``, ``[[id]]``, and ``![[id]]`` to embed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from veille.domain.ids import ENTITY
from veille.domain.text import clip, key

LINK: Final = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_CONTEXT: Final = 160


@dataclass(frozen=True, slots=True)
class Link:
    """One link as written.

    Attributes:
        target: an id, or a folded title.
        label: what the reader sees.
        embed: whether the target's content is to be shown in place.
        context: the sentence around it, for backlinks.
    """

    target: str
    label: str
    embed: bool
    context: str

    @property
    def is_id(self) -> bool:
        """Tell whether the target is an id rather than a title."""
        return ENTITY.match(self.target) is not None


def links(markdown: str) -> list[Link]:
    """Find the links of a note, in order; those inside code are text."""
    prose = _CODE.sub(lambda code: " " * len(code[0]), markdown)
    return [
        Link(
            target=target_of(match[2]),
            label=(match[3] or match[2]).strip(),
            embed=match[1] == "!",
            context=_context(prose, match.start(), match.end()),
        )
        for match in LINK.finditer(prose)
    ]


def target_of(written: str) -> str:
    """Give the id, or the folded title, that a link names."""
    written = written.strip()
    return written if ENTITY.match(written) else key(written)


def _context(text: str, start: int, end: int) -> str:
    begin = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start) + 1, start - _CONTEXT) + 1
    stops = [at for at in (text.find("\n", end), text.find(". ", end) + 1) if at > 0]
    finish = min([*stops, end + _CONTEXT, len(text)])
    sentence = LINK.sub(lambda one: (one[3] or one[2]).strip(), text[max(begin, 0) : finish])
    return clip(sentence.lstrip("#>*- "), length=2 * _CONTEXT)
