"""What a part of a page is known by, so that it is found again when the page has changed.

Five kinds of signs, because each of them fails some day: its id and classes, the elements around
it, the heading it stands below, its place among its likes, and the words that keep coming back in
it. A redesign loses the first two, a new list of the same kind the last.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from lxml import etree

from veille.domain.text import fold

RULE: Final = 1
LONGEST: Final = 2_000
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_DIGITS: Final = re.compile(r"\d+")
# What a script says of the moment, and not of the part.
_PASSING: Final = frozenset(
    {"active", "open", "opened", "closed", "show", "first", "last", "odd", "even"}
)
_SKETCH: Final = 40
_FEW: Final = 5
_PATH: Final = 6
_HEAD: Final = 10
_SAME_HEAD: Final = 0.5
_FARTHER: Final = 0.9
_NAME: Final = 40
_WORD_BITS: Final = 0xFFFFFF
# Either the place or the content may have changed as a whole; not both.
_BEST: Final = 0.65
_STRANGE: Final = 0.12
_EXACT: Final = 0.95


@dataclass(frozen=True, slots=True)
class Traits:
    """What a part is known by.

    Attributes:
        kind: ``part`` for an element, ``under`` for what stands below a heading.
        tag, name, classes: of the element, or of the heading; ``name`` is its id.
        path: the elements around it, nearest first.
        head: the words of the heading it begins with (then it is ``led``), or stands below.
        nth: its number among its likes on the page.
        size: how many words it has, and the ``words`` that stand in most of its lines.
        before: the headings before that one. No mark holds them.
    """

    kind: str
    tag: str
    name: str = ""
    classes: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()
    head: frozenset[int] = frozenset()
    nth: int = 0
    size: int = 0
    words: frozenset[int] = frozenset()
    led: bool = False
    before: tuple[frozenset[int], ...] = ()


def word_marks(text: str) -> frozenset[int]:
    """Give the words of a line as numbers; those of less than three letters say nothing."""
    return frozenset(crc32(one.encode()) & _WORD_BITS for one in _WORDS.findall(fold(text)))


def sketch(lines: Iterable[frozenset[int]]) -> frozenset[int]:
    """Choose the words that stand in most lines; which of the others is always the same choice."""
    counts = Counter(word for line in lines for word in line)
    return frozenset(sorted(counts, key=lambda one: (-counts[one], one))[:_SKETCH])


def of_element(node: etree._Element, *, kind: str) -> Traits:
    """Give what the markup says of a part: its names, and what is around it."""
    around: list[str] = []
    for one in node.iterancestors():
        if one.tag in {"html", "body"} or len(around) == _PATH:
            break
        around.append(_signature(one))
    return Traits(kind, str(node.tag)[:_NAME], _id(node), _classes(node), tuple(around))


def heading(line: frozenset[int]) -> frozenset[int]:
    """Keep of a heading what a mark has room for."""
    return frozenset(sorted(line)[:_HEAD])


def _signature(node: etree._Element) -> str:
    name = _id(node)
    names = f"#{name}" if name else "".join(f".{one}" for one in sorted(_classes(node))[:2])
    return f"{node.tag}{names}"[:_NAME]


def _id(node: etree._Element) -> str:
    """Give an id that an author wrote: those that machines number change with the weather."""
    name = str(node.get("id") or "")
    return "" if len(name) > _NAME or re.search(r"\d{3}", name) else name


def _classes(node: etree._Element) -> frozenset[str]:
    names = [_DIGITS.sub("", one) for one in str(node.get("class") or "")[:300].split()]
    return frozenset([one for one in names if 1 < len(one) <= _NAME and one not in _PASSING][:5])


def place(one: Traits, other: Traits) -> float:
    """Tell how much of the place of a part is the place of another, from 0 to 1."""
    signs = [
        (0.5, float(one.kind == other.kind)),
        (0.5, float(one.tag == other.tag)),
        (0.3, float(one.nth == other.nth)),
    ]
    if one.name:
        signs.append((3.0, float(one.name == other.name)))
    if one.classes:
        signs.append((1.5, len(one.classes & other.classes) / len(one.classes | other.classes)))
    if one.path:
        signs.append((2.0, _along(one.path, other.path)))
    if one.head:
        signs.append((3.0, _headed(one, other)))
    return sum(weight * told for weight, told in signs) / sum(weight for weight, _told in signs)


def _headed(one: Traits, other: Traits) -> float:
    """Compare headings; a part that was put between is why the one before may be the right one."""
    before = (_FARTHER * _dice(one.head, line) for line in other.before)
    return max(_dice(one.head, other.head), *before, 0.0)


def _along(one: Sequence[str], other: Sequence[str]) -> float:
    """Compare what is around: the nearest counts most, an element more or less hardly."""
    weights = [1 / (step + 1) for step in range(len(one))]
    known = set(other)
    told = sum(weight for weight, name in zip(weights, one, strict=True) if name in known)
    return told / sum(weights) * (1.0 if len(one) == len(other) else 0.95)


def is_headed(one: Traits, line: frozenset[int]) -> bool:
    """Tell whether a line is the heading that a part was known by."""
    return bool(one.head) and _dice(one.head, heading(line)) >= _SAME_HEAD


def _dice(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / max(len(one) + len(other), 1)


def content(one: Traits, other: Traits, *, words: frozenset[int]) -> float:
    """Tell how much of the words of a part are those of another, whose words are all ``words``."""
    if not one.words:
        return float(not words)
    held = len(one.words & words) / len(one.words)
    common = len(one.words & other.words) / max(len(one.words), len(other.words))
    sizes = sorted((one.size + 1, other.size + 1))
    return (held + common) / 2 * (0.8 + 0.2 * sizes[0] / sizes[1])


def likeness(place_told: float, content_told: float, *, words: int) -> float:
    """Put both together: how sure it is, from 0 to 1, that one part is the other.

    A part of ``words`` too few to be told by is told by its place.
    """
    if words < _FEW:
        return 0.8 * place_told + 0.2 * content_told
    best, least = max(place_told, content_told), min(place_told, content_told)
    sure = _BEST * best + (1 - _BEST) * least
    # Another text altogether: the same part only where nothing else moved.
    return sure / 2 if content_told < _STRANGE and place_told < _EXACT else sure


def written(traits: Traits) -> str:
    """Write traits as a mark: JSON of at most LONGEST characters."""
    path = list(traits.path)
    while len(text := _json(traits, path)) > LONGEST and path:
        path.pop()
    return text


def _json(traits: Traits, path: Sequence[str]) -> str:
    told = {
        "v": RULE, "k": traits.kind, "t": traits.tag, "i": traits.name,
        "c": sorted(traits.classes), "p": path, "h": sorted(traits.head),
        "n": traits.nth, "s": traits.size, "w": sorted(traits.words), "l": int(traits.led),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(mark: str) -> Traits | None:
    """Read a mark; None when it is not one: it may come from a shared drive."""
    if len(mark) > LONGEST:
        return None
    try:
        told = json.loads(mark)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.get("v") != RULE:
        return None
    return Traits(
        _text(told, "k"), _text(told, "t"), _text(told, "i"), frozenset(_texts(told, "c")),
        tuple(_texts(told, "p")), frozenset(_numbers(told, "h")), _number(told, "n"),
        _number(told, "s"), frozenset(_numbers(told, "w")), _number(told, "l") == 1,
    )  # fmt: skip


def _text(told: dict[str, object], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _texts(told: dict[str, object], name: str) -> list[str]:
    value = told.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _number(told: dict[str, object], name: str) -> int:
    value = told.get(name)
    return value if isinstance(value, int) and 0 <= value <= 10**9 else 0


def _numbers(told: dict[str, object], name: str) -> list[int]:
    value = told.get(name)
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []
