"""What a key does to words of Markdown: marks put around them and taken away again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from veille.ui.notes.shortcuts import Lines, parsed

# What typing one of these does to selected words, rather than to replace them.
PAIRS: Final = {"*": "*", "_": "_", "`": "`", "[": "]"}
_RUNS: Final = {"*": re.compile(r"(?<!\\)\*+"), "~": re.compile(r"(?<!\\)~+")}
_WORD: Final = re.compile(r"\w[\w-]*")
_ADDRESS: Final = re.compile(r"https?://[^\s<>]{1,2000}")


@dataclass(frozen=True, slots=True)
class Span:
    """Marked words of a line: where their two marks are."""

    open_start: int
    open_end: int
    close_start: int
    close_end: int


def spans(line: str, mark: str) -> Iterator[Span]:
    """Find what ``**``, ``*`` or ``~~`` marks in a line, in one go whatever the line holds."""
    size, opened = len(mark), None
    for run in _RUNS[mark[0]].finditer(line):
        start, end = run.span()
        length = end - start
        if length > 3 or not length & size or (mark[0] == "~" and length != size):
            continue
        if opened is None:
            opened = None if end >= len(line) or line[end].isspace() else (start, end)
        elif not line[start - 1].isspace():
            yield Span(opened[0], opened[1], start, end)
            opened = None


def emboldened(lines: Lines) -> Lines:
    """Make words bold, or no longer."""
    return _toggled(lines, "**")


def italicised(lines: Lines) -> Lines:
    """Make words italic, or no longer."""
    return _toggled(lines, "*")


def struck(lines: Lines) -> Lines:
    """Strike words through, or no longer."""
    return _toggled(lines, "~~")


def linked(lines: Lines) -> Lines | None:
    """Begin a link to a note with the selected words; None over several lines."""
    return _enclosed(lines, "[[", "]]")


def web_linked(lines: Lines) -> Lines | None:
    """Make selected words, or a selected address, a link; what is missing is typed next."""
    chosen = lines.text[lines.start : lines.end]
    if _ADDRESS.fullmatch(chosen):
        made = f"[]({_bracketless(chosen)})"
        return _replaced(lines, made, lines.start + 1)
    if "\n" in chosen:
        return None
    made = f"[{escaped(chosen)}]()"
    return _replaced(lines, made, lines.start + (len(made) - 1 if chosen else 1))


def web_link(lines: Lines, address: str) -> Lines | None:
    """Make the selected words a link to an address; None when there are none, or several lines."""
    chosen = lines.text[lines.start : lines.end]
    if not chosen.strip() or "\n" in chosen:
        return None
    made = f"[{escaped(chosen)}]({_bracketless(address)})"
    return _replaced(lines, made, lines.start + len(made))


def address_of(text: str) -> str:
    """Give the one web address a text consists of, "" when it is anything else."""
    text = text.strip()
    return text if _ADDRESS.fullmatch(text) else ""


def wrapped(lines: Lines, mark: str) -> Lines:
    """Put what was typed, one of PAIRS, on both sides of the selection, which stays selected."""
    before, chosen, after = _parts(lines)
    text = f"{before}{mark}{chosen}{PAIRS[mark]}{after}"
    return Lines(text, lines.anchor + 1, lines.at + 1)


def _enclosed(lines: Lines, opening: str, closing: str) -> Lines | None:
    before, chosen, after = _parts(lines)
    if "\n" in chosen:
        return None
    place = lines.end + len(opening)
    return Lines(f"{before}{opening}{chosen}{closing}{after}", place, place)


def _replaced(lines: Lines, made: str, place: int) -> Lines:
    before, _chosen, after = _parts(lines)
    return Lines(f"{before}{made}{after}", place, place)


def _parts(lines: Lines) -> tuple[str, str, str]:
    text = lines.text
    return text[: lines.start], text[lines.start : lines.end], text[lines.end :]


def escaped(words: str) -> str:
    """Give words that end no link they stand in."""
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", words)


def _bracketless(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")


# --- toggling -----------------------------------------------------------------------------------


def _toggled(lines: Lines, mark: str) -> Lines:
    """Mark the selected words of each line, or unmark them when all of them are marked."""
    rows, places = lines.text.split("\n"), list(_places(lines))
    several = len(places) > 1
    on = all(_around(rows[row], start, end, mark) for row, start, end in places)
    new = list(rows)
    selected: list[tuple[int, int]] = []
    for row, start, end in places:
        if several and not on and _around(rows[row], start, end, mark):
            changed = rows[row], start, end
        else:
            changed = _toggled_in(rows[row], start, end, mark)
        new[row] = changed[0]
        before = sum(len(one) + 1 for one in new[:row])
        selected.append((before + changed[1], before + changed[2]))
    if not selected:
        return lines
    first, last = selected[0][0], selected[-1][1]
    turned = lines.at < lines.anchor
    return Lines("\n".join(new), last if turned else first, first if turned else last)


def _places(lines: Lines) -> Iterator[tuple[int, int, int]]:
    """Give what is selected in each line: its number, where it starts and ends in it."""
    before, several = 0, "\n" in lines.text[lines.start : lines.end]
    for number, row in enumerate(lines.text.split("\n")):
        start, end = max(lines.start - before, 0), min(lines.end - before, len(row))
        if before > lines.end or end < 0 or start > len(row):
            before += len(row) + 1
            continue
        if several:
            start = max(start, len(parsed(row).head))
            end = max(start, end)
            words = row[start:end]
            start, end = end - len(words.lstrip()), start + len(words.rstrip())
        if not several or start < end:
            yield number, start, end
        before += len(row) + 1


def _toggled_in(line: str, start: int, end: int, mark: str) -> tuple[str, int, int]:
    size = len(mark)
    if start == end and (step := _stepped(line, start, mark)) is not None:
        return step
    chosen = line[start:end]
    start, end = end - len(chosen.lstrip()), start + len(chosen.rstrip())
    if start >= end:
        start = end = max(start, end) if chosen else start
    if (span := _around(line, start, end, mark)) is not None:
        return _unmarked(line, start, end, span, size)
    if start == end:
        start, end = _word(line, start)
    if (span := _around(line, start, end, mark)) is not None:
        return _unmarked(line, start, end, span, size)
    # Marks of the same kind within what is marked as a whole would close it half-way.
    inner = line[start:end]
    for one in reversed(list(spans(inner, mark))):
        inner, _start, _end = _unmarked(inner, 0, 0, one, size)
    made = f"{line[:start]}{mark}{inner}{mark}{line[end:]}"
    return made, start + size, start + size + len(inner)


def _stepped(line: str, place: int, mark: str) -> tuple[str, int, int] | None:
    """Leave marked words behind at their end, or take out marks with nothing between them."""
    size = len(mark)
    around = re.compile(re.escape(mark[0]) + "*")
    run = around.match(line, place)
    following = len(run[0]) if run else 0
    preceding = place - len(line[:place].rstrip(mark[0]))
    if following == preceding == size:
        return line[: place - size] + line[place + size :], place - size, place - size
    if any(one.close_start == place for one in spans(line, mark)):
        return line, place + size, place + size
    return None


def _around(line: str, start: int, end: int, mark: str) -> Span | None:
    """Give the marked words that hold a selection, their marks selected with them or not."""
    for one in spans(line, mark):
        inside = one.open_end <= start and end <= one.close_start
        if inside or (start < end and one.open_start <= start and end <= one.close_end):
            return one
    return None


def _unmarked(line: str, start: int, end: int, span: Span, size: int) -> tuple[str, int, int]:
    opening = span.open_end - size
    closing = span.close_start
    made = line[:opening] + line[span.open_end : closing] + line[closing + size :]

    def carried(place: int) -> int:
        place -= max(min(place - closing, size), 0)
        return place - max(min(place - opening, size), 0)

    return made, carried(start), carried(end)


def _word(line: str, place: int) -> tuple[int, int]:
    """Give the word a cursor stands in; at its edges it stands beside it."""
    for found in _WORD.finditer(line):
        if found.start() < place < found.end():
            return found.span()
    return place, place
