"""What a key does to lines of Markdown: lists, headings, quotes; text in, text out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

_LINE: Final = re.compile(
    r"(?P<quote>(?:> ?)*)(?P<indent>[ \t]*)"
    r"(?:(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?P<box>\[[ xX]\](?:[ \t]+|$))?)?(?P<rest>.*)",
    re.DOTALL,
)
_RULE: Final = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+|(#{1,6})$")
_STEP: Final = 2
# Deeper than any list somebody reads: a key held down does not push a line out of sight.
_DEEPEST: Final = 16


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines of a note, and what is selected in them.

    Attributes:
        text: the lines, without the newline that ends the last one.
        anchor: where the selection began, in characters.
        at: where the cursor is: before or after the anchor, or on it when nothing is selected.
    """

    text: str
    anchor: int
    at: int

    @property
    def start(self) -> int:
        """Give where the selection starts, whichever way it was made."""
        return min(self.anchor, self.at)

    @property
    def end(self) -> int:
        """Give where the selection ends, whichever way it was made."""
        return max(self.anchor, self.at)


@dataclass(frozen=True, slots=True)
class Line:
    """A line taken apart; the parts in order give the line back."""

    quote: str
    indent: str
    mark: str
    gap: str
    box: str
    rest: str

    @property
    def head(self) -> str:
        """Give what comes before the words."""
        return f"{self.quote}{self.indent}{self.mark}{self.gap}{self.box}"

    @property
    def kind(self) -> str:
        """Name what the line is: "bullet", "number", "task", or "" for prose."""
        if not self.mark:
            return ""
        return "task" if self.box else "bullet" if self.mark in "-*+" else "number"

    @property
    def is_done(self) -> bool:
        """Tell whether a task is done."""
        return self.box[1:2] in ("x", "X")


def parsed(line: str) -> Line:
    """Take a line apart; a rule (``---``, ``* * *``) is prose."""
    found = _LINE.match(line)
    if found is None or _RULE.fullmatch(line):
        return Line("", "", "", "", "", line)
    return Line(**{name: part or "" for name, part in found.groupdict().items()})


def written(line: Line) -> str:
    """Put a line together again."""
    return line.head + line.rest


# --- lists, headings, quotes --------------------------------------------------------------------


def bulleted(lines: Lines) -> Lines:
    """Make the lines a bullet list, or prose again."""
    return _listed(lines, "bullet")


def numbered(lines: Lines) -> Lines:
    """Make the lines a numbered list, or prose again."""
    return _listed(lines, "number")


def tasked(lines: Lines) -> Lines:
    """Make the lines tasks; tasks become done, or to do again when all of them are done."""
    chosen = _chosen(lines)
    if any(one.kind != "task" for one in chosen):
        return _listed(lines, "task")
    done = not all(one.is_done for one in chosen)

    def ticked(line: Line) -> Line:
        return replace(line, box=f"[{'x' if done else ' '}]{line.box[3:]}")

    return _relined(lines, ticked)


def quoted(lines: Lines) -> Lines:
    """Quote the lines, or take one level of quoting away."""
    if all(one.quote for one in _chosen(lines)):
        return _relined(lines, lambda line: replace(line, quote=_shallower(line.quote)))
    return _relined(lines, lambda line: replace(line, quote=f"> {line.quote}"), blank=True)


def headed(lines: Lines) -> Lines:
    """Go from prose to ``##``, to ``###``, to prose; the first line decides."""
    found = _HEADING.match(_chosen(lines)[0].rest)
    level = len(found[1] or found[2]) if found else 0
    mark = {0: "## ", 1: "## ", 2: "### "}.get(level, "")

    def head(line: Line) -> Line:
        return Line(line.quote, "", "", "", "", mark + _HEADING.sub("", line.rest, count=1))

    return _relined(lines, head)


def _listed(lines: Lines, kind: str) -> Lines:
    if all(one.kind == kind for one in _chosen(lines)):
        return _relined(lines, lambda line: Line(line.quote, "", "", "", "", line.rest))
    counts: dict[int, int] = {}

    def item(line: Line) -> Line:
        mark = f"{_counted(counts, len(line.indent))}." if kind == "number" else "-"
        words = _HEADING.sub("", line.rest, count=1)
        return Line(line.quote, line.indent, mark, " ", "[ ] " if kind == "task" else "", words)

    return _relined(lines, item)


def _counted(counts: dict[int, int], depth: int) -> int:
    """Count on at a depth; what is deeper begins anew."""
    for deeper in [one for one in counts if one > depth]:
        del counts[deeper]
    counts[depth] = counts.get(depth, 0) + 1
    return counts[depth]


def _shallower(quote: str) -> str:
    return quote.rstrip(" ").removesuffix(">")


# --- Enter, Tab, moving -------------------------------------------------------------------------


def continued(lines: Lines) -> Lines | None:
    """Give the line a list or a quote continues with; None where Enter is an ordinary Enter.

    On an item without words the list ends, a list within a list going back to the outer one.
    """
    line = parsed(lines.text)
    if lines.anchor != lines.at or not (line.mark or line.quote) or lines.at < len(line.head):
        return None
    if not line.rest.strip():
        left = written(_ended(line))
        return Lines(left, len(left), len(left))
    box = "[ ] " if line.box else ""
    head = f"{line.quote}{line.indent}{_following(line.mark)}{line.gap}{box}"
    rest = lines.text[lines.at :].lstrip(" ")
    place = lines.at + 1 + len(head)
    return Lines(f"{lines.text[: lines.at]}\n{head}{rest}", place, place)


def _ended(line: Line) -> Line:
    if line.mark and line.indent:
        return replace(line, indent=_outdented(line.indent))
    if line.mark:
        return Line(line.quote, "", "", "", "", "")
    return Line(_shallower(line.quote), "", "", "", "", "")


def _following(mark: str) -> str:
    return f"{int(mark[:-1]) + 1}{mark[-1]}" if mark[:-1].isdecimal() else mark


def indented(lines: Lines, *, back: bool = False) -> Lines | None:
    """Put list items one level deeper, or less deep; None when the first line is no item."""
    if not _chosen(lines)[0].mark:
        return None

    def step(line: Line) -> Line:
        if back:
            return replace(line, indent=_outdented(line.indent))
        return replace(line, indent=(" " * _STEP + line.indent)[:_DEEPEST])

    return _relined(lines, step)


def _outdented(indent: str) -> str:
    if indent.startswith("\t"):
        return indent[1:]
    return indent[min(_STEP, len(indent) - len(indent.lstrip(" "))) :]


def moved_up(lines: Lines) -> Lines | None:
    """Exchange the selected lines with the one above; None at the top."""
    rows, (first, last) = lines.text.split("\n"), _touched(lines)
    if first == 0:
        return None
    above = rows[first - 1]
    rows[first - 1 : last + 1] = [*rows[first : last + 1], above]
    shift = len(above) + 1
    return Lines("\n".join(rows), lines.anchor - shift, lines.at - shift)


def moved_down(lines: Lines) -> Lines | None:
    """Exchange the selected lines with the one below; None at the bottom."""
    rows, (first, last) = lines.text.split("\n"), _touched(lines)
    if last + 1 >= len(rows):
        return None
    below = rows[last + 1]
    rows[first : last + 2] = [below, *rows[first : last + 1]]
    text, shift = "\n".join(rows), len(below) + 1
    return Lines(text, min(lines.anchor + shift, len(text)), min(lines.at + shift, len(text)))


# --- the lines that are meant -------------------------------------------------------------------


def _touched(lines: Lines) -> tuple[int, int]:
    """Give the first and the last line selected; one where only its newline is, is not."""
    first = lines.text.count("\n", 0, lines.start)
    last = lines.text.count("\n", 0, lines.end)
    ends_before = lines.end > lines.start and lines.text[lines.end - 1] == "\n"
    return first, max(first, last - 1) if ends_before else last


def _chosen(lines: Lines) -> list[Line]:
    """Give the selected lines that say something, or the first one when none does."""
    first, last = _touched(lines)
    rows = [parsed(row) for row in lines.text.split("\n")[first : last + 1]]
    return [row for row in rows if written(row).strip()] or rows[:1]


def _relined(lines: Lines, change: Callable[[Line], Line], *, blank: bool = False) -> Lines:
    """Change the beginnings of the selected lines; words stay selected as they were.

    Args:
        lines: the lines and the selection.
        change: gives the new line; its words end as they did.
        blank: whether lines without anything are changed among others.
    """
    old, (first, last) = lines.text.split("\n"), _touched(lines)
    new = list(old)
    for number in range(first, last + 1):
        if blank or old[number].strip() or first == last:
            new[number] = written(change(parsed(old[number])))
    anchor, at = (_carried(place, old, new) for place in (lines.anchor, lines.at))
    return Lines("\n".join(new), anchor, at)


def _carried(place: int, old: Sequence[str], new: Sequence[str]) -> int:
    """Carry a place over: what is in words stays on its letter, what is in a mark in the mark."""
    before = 0
    for was, now in zip(old, new, strict=True):
        if place <= len(was):
            words = _words_at(was)
            moved = len(now) - len(was)
            return before + (place + moved if place >= words else min(place, words + moved))
        place -= len(was) + 1
        before += len(now) + 1
    return max(before - 1, 0)


def _words_at(row: str) -> int:
    """Give where the words of a line begin, after its marks."""
    line = parsed(row)
    heading = _HEADING.match(line.rest)
    return len(line.head) + (heading.end() if heading else 0)
