"""Which lines of a note form which block: lists and quotes as people write them (CommonMark).

Python-Markdown wants four spaces and empty lines where people put two spaces and none. Here a line
is first given to the blocks that are open (what they share is taken off), then looked at for blocks
that it begins; what is left is text, which goes on with an open paragraph even when the marks of
its quote or item were left out. Besides CommonMark: footnotes, definition lists, admonitions,
abbreviations, and embeds alone on their line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from veille.wiki import starts
from veille.wiki.lines import KEPT_OPEN, Rest, ended, goes_on, taken, unquote
from veille.wiki.outline import Block, Outline
from veille.wiki.references import References, definitions

# Beyond, marks are text: nobody writes that, and a hostile note must not exhaust the stack.
MAX_DEPTH: Final = 40
_TAKEN_WHOLE: Final = frozenset({"fence", "html", "code"})


def read(text: str) -> Outline:
    """Read a text line by line."""
    reader = _Reader()
    for number, line in enumerate(text.split("\n")):
        reader.take(number, line)
    reader.close_to(1)
    return Outline(reader.root, reader.references)


class _Reader:
    """The blocks that are open while lines are read."""

    def __init__(self) -> None:
        self.root = Block("document", 0, 0)
        self.open: list[Block] = [self.root]
        self.leaf: Block | None = None
        self.references: References = {}
        self._kept = 1
        self._number = 0

    def take(self, number: int, line: str) -> None:
        """Read the next line."""
        rest = Rest(line)
        self._number = number
        self._kept = self._going_on(rest)
        is_same = self._kept == len(self.open)
        if not (is_same and self._into_leaf(rest)) and self._begin(rest):
            self._text(rest)
        if line.strip():
            for one in self.open:
                one.last = number

    def close_to(self, count: int) -> None:
        """Close what is open beyond the first ``count`` blocks, and the text in it."""
        if self.leaf is not None:
            self._finish(self.leaf)
            self.leaf = None
        del self.open[count:]

    def _going_on(self, rest: Rest) -> int:
        """Count the open blocks that the line belongs to; their marks are taken off."""
        for count, one in enumerate(self.open[1:], start=1):
            if not goes_on(one, rest):
                return count
            if one.kind == "quote":
                for around in self.open[: count + 1]:
                    around.last = self._number
        return len(self.open)

    def _into_leaf(self, rest: Rest) -> bool:
        """Give a line to open code or raw HTML; False when it is not for them."""
        leaf = self.leaf
        if leaf is None or leaf.kind not in _TAKEN_WHOLE:
            return False
        if not taken(leaf, rest):
            self.close_to(len(self.open))
            return False
        leaf.last = leaf.last if rest.is_blank else self._number
        if ended(leaf, rest):
            self.close_to(len(self.open))
        return True

    @property
    def _in_paragraph(self) -> bool:
        """Tell whether the line would go on with a paragraph of the same block."""
        return self._has_text and self._kept == len(self.open)

    @property
    def _has_text(self) -> bool:
        """Tell whether a text is open that the line may go on with, even without its marks."""
        left = self.open[self._kept :]
        return (
            self.leaf is not None
            and self.leaf.kind == "paragraph"
            and not any(one.kind == "admonition" for one in left)
        )

    def _begin(self, rest: Rest) -> bool:
        """Open the blocks that a line begins; True when text is left."""
        while not rest.is_blank:
            if rest.indent >= 4:
                return self._has_text or self._code(rest)
            if rest.text[rest.indent].isalpha():
                return True
            goes_on = next((done for one in _BEGINNINGS if (done := one(self, rest))), None)
            if goes_on is None:
                return True
            if goes_on == _DONE:
                return False
        return True

    def _hold(self, block: Block) -> Block:
        """Put a block where the line stands; what the line does not belong to is closed."""
        self.close_to(self._kept)
        above = self.open[-1]
        wanted = {"list": "item", "terms": "meaning"}.get(above.kind)
        if wanted and (block.kind != wanted or block.mark != above.mark):
            self.open.pop()
        self.open[-1].inside.append(block)
        self._kept = len(self.open)
        return block

    def _enter(self, block: Block) -> str:
        self.open.append(self._hold(block))
        self._kept = len(self.open)
        return _AGAIN

    def _stand(self, block: Block) -> str:
        self._hold(block)
        return _DONE

    def _depth(self) -> int:
        """Count the blocks the line stands in; a list without an item to hold it is none."""
        return self._kept - (self.open[self._kept - 1].kind in KEPT_OPEN)

    def _finish(self, leaf: Block) -> None:
        if leaf.kind == "code":
            while leaf.lines and not leaf.lines[-1].strip():
                leaf.lines.pop()
        if leaf.kind == "paragraph" and leaf.lines[0][:1] == "[":
            found, left = definitions(leaf.text)
            self.references = found | self.references
            leaf.lines = left.split("\n")
            if not left.strip():
                leaf.kind = "definition"

    def _new(self, kind: str, lines: Sequence[str] = (), **more: str | int) -> Block:
        block = Block(kind, self._number, self._number, list(lines))
        for name, value in more.items():
            setattr(block, name, value)
        return block

    def _code(self, rest: Rest) -> bool:
        self.leaf = self._hold(self._new("code", [rest.text[4:]]))
        return False

    def _text(self, rest: Rest) -> None:
        """Go on with a paragraph, also where its marks were left out, or begin one."""
        if rest.is_blank:
            self.close_to(self._kept)
        elif self._has_text and self.leaf is not None:
            self.leaf.lines.append(rest.text.lstrip())
            self.leaf.last = self._number
        else:
            self.leaf = self._hold(self._new("paragraph", [rest.text.lstrip()]))

    # What a line may begin: each gives None when it does not.

    def quote(self, rest: Rest) -> str | None:
        if rest.text[rest.indent] != ">" or len(self.open) >= MAX_DEPTH:
            return None
        self._enter(self._new("quote"))
        unquote(rest)
        return _AGAIN

    def embed(self, rest: Rest) -> str | None:
        found = starts.EMBED.match(rest.text)
        return self._stand(self._new("embed", [found[1]])) if found else None

    def heading(self, rest: Rest) -> str | None:
        found = starts.HEADING.match(rest.text)
        if not found:
            return None
        text = starts.HEADING_END.sub("", found[2]).strip()
        return self._stand(self._new("heading", [text], level=len(found[1])))

    def fence(self, rest: Rest) -> str | None:
        found = starts.FENCE.match(rest.text)
        if not found:
            return None
        mark, info = (found[1], found[2]) if found[1] else (found[3], found[4])
        self.leaf = self._hold(
            self._new("fence", mark=mark, title=info.strip(), indent=rest.indent)
        )
        return _DONE

    def html(self, rest: Rest) -> str | None:
        end = starts.html_end(rest.text.lstrip(), in_paragraph=self._has_text)
        if end is None:
            return None
        self.leaf = self._hold(self._new("html", [rest.text], mark=end))
        if ended(self.leaf, rest):
            self.close_to(len(self.open))
        return _DONE

    def underline(self, rest: Rest) -> str | None:
        found = starts.UNDERLINE.match(rest.text) if self._in_paragraph else None
        leaf = self.leaf
        if not found or leaf is None:
            return None
        if not definitions(leaf.text)[1].strip():
            return None
        self.close_to(self._kept)
        leaf.kind, leaf.level = "heading", 1 if found[1][0] == "=" else 2
        leaf.last = self._number
        return _DONE

    def rule(self, rest: Rest) -> str | None:
        return self._stand(self._new("rule")) if starts.RULE.match(rest.text) else None

    def note(self, rest: Rest) -> str | None:
        found = starts.NOTE.match(rest.text)
        if not found or self._depth() > 1:
            return None
        self._enter(self._new("note", mark=found[1], indent=4))
        rest.drop(found.end())
        return _AGAIN

    def abbreviation(self, rest: Rest) -> str | None:
        found = starts.ABBREVIATION.match(rest.text)
        return self._stand(self._new("abbreviation", [found[1], found[2]])) if found else None

    def admonition(self, rest: Rest) -> str | None:
        found = starts.ADMONITION.match(rest.text)
        if not found or len(self.open) >= MAX_DEPTH:
            return None
        named = found[2] if found[2] is not None else found[1].split()[0].capitalize()
        self._enter(self._new("admonition", mark=found[1].lower(), title=named, indent=4))
        return _DONE

    def meaning(self, rest: Rest) -> str | None:
        found = starts.MEANING.match(rest.text)
        if not found or len(self.open) >= MAX_DEPTH or not self._has_terms():
            return None
        self._enter(self._new("meaning", indent=min(found.end(), 4)))
        rest.drop(found.end())
        return _AGAIN

    def _has_terms(self) -> bool:
        """Make terms of the paragraph that stands above a meaning; False when there is none."""
        above = self.open[self._kept - 1]
        if above.kind == "terms":
            return True
        last = above.inside[-1] if above.inside else None
        if last is None or last.kind != "paragraph" or self._number > last.last + 2:
            return False
        self.close_to(self._kept)
        if above.inside[-1:] != [last]:
            return False
        above.inside.pop()
        if not above.inside or above.inside[-1].kind != "terms":
            above.inside.append(Block("terms", last.first, last.last))
        terms = above.inside[-1]
        terms.inside += [
            Block("term", last.first + at, last.first + at, [line])
            for at, line in enumerate(last.lines)
        ]
        self.open.append(terms)
        self._kept = len(self.open)
        return True

    def item(self, rest: Rest) -> str | None:
        found = starts.ITEM.match(rest.text)
        if not found or len(self.open) >= MAX_DEPTH:
            return None
        is_empty = not rest.text[found.end() :].strip()
        number = int(found[2]) if found[2] else -1
        if self._in_paragraph and (is_empty or number not in (-1, 1)):
            return None
        mark = found[3] or found[1]
        above = self.open[self._kept - 1]
        if above.kind != "list" or above.mark != mark:
            self._enter(self._new("list", mark=mark, level=number))
        width = found.end()
        rest.drop(width)
        space = 1 if is_empty or rest.indent > 4 else rest.indent
        self._enter(self._new("item", mark=mark, indent=width + space))
        rest.drop(min(space, len(rest.text)))
        return _AGAIN


_AGAIN: Final = "again"
_DONE: Final = "done"
# In this order: ``* * *`` is a rule before it is an item, ``---`` underlines a title before both.
_BEGINNINGS: Final[tuple[Callable[[_Reader, Rest], str | None], ...]] = (
    _Reader.quote, _Reader.heading, _Reader.fence, _Reader.html, _Reader.underline, _Reader.rule,
    _Reader.note, _Reader.abbreviation, _Reader.embed, _Reader.admonition, _Reader.item,
    _Reader.meaning,
)  # fmt: skip
