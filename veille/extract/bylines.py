"""Where a page signs: its marked bylines, the lines around its title, the end of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from veille.domain.text import collapse
from veille.extract.dates import find_dates
from veille.extract.people import cleaned, is_person
from veille.extract.tree import Run, ancestors

_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SIGNS: Final = frozenset(
    {
        "author", "authors", "auteur", "auteurs", "autor", "autoren", "byline", "bylines", "writer",
        "journalist", "journaliste", "signature", "redacteur", "auth", "authorname", "creator",
    }
)  # fmt: skip
_ELSEWHERE: Final = re.compile(
    r"comment|related|sidebar|footer|recommend|teaser|popular|widget|newsletter|promo|trending"
    r"|cookie|similar|most-?read|read-?more|aussi|carousel|lateral|(?:^|[\s_-])card",
    re.IGNORECASE,
)
_BUTTONS: Final = frozenset(
    {"btn", "button", "follow", "social", "share", "twitter", "avatar", "img"}
)
_NO_BYLINE: Final = frozenset(
    {
        "script", "style", "input", "html", "body", "button", "article", "section", "main", "ul",
        "ol", "form", "h1", "h2", "svg", "label", "select", "template",
    }
)  # fmt: skip
_LABEL: Final = re.compile(
    r"(?:auteure?s?|autrice|authors?|autor(?:en|in)?|par|by|von)\s*:?", re.IGNORECASE
)
_POSTED: Final = re.compile(
    r"(?:posted by|written by|publié par|posté par|écrit par|rédigé par|geschrieben von)\s+(\S+)\b",
    re.IGNORECASE,
)
_OUTSIDE: Final = frozenset({"aside", "footer", "nav", "figure", "form", "blockquote"})
_SIGNED: Final = re.compile(
    r"^(?:par|by|von|por|propos recueillis par|textes?\s*:|[ée]crit par|written by|posted by"
    r"|publié par|autoren?:?|reportage de)\s*:?\s+(.{3,90})$",
    re.IGNORECASE,
)
_MOMENT: Final = re.compile(
    r"\b(?:il y a|ago|hier|today|yesterday|heures?|hours?|min(?:utes?)?|lecture|read|\d\d? ?[h:] ?\d\d)\b",
    re.IGNORECASE,
)
_MOST_NODES: Final = 60_000
_MOST_MARKS: Final = 60
_LONG: Final = 200
_PARAGRAPH: Final = 80
_NEAR: Final = 15


@dataclass(frozen=True, slots=True)
class _Mark:
    """An element that says it names the author: how clearly, where, in which words."""

    rank: int
    place: int
    kind: str
    parts: tuple[str, ...]


def marked(tree: etree._Element, *, sources: Sequence[str]) -> tuple[str, ...]:
    """Give the people that elements marked as bylines name."""
    marks = sorted(_marks(tree), key=lambda one: (one.rank, one.place))
    for one in marks:
        if names := _people(one, sources):
            return _with_peers(names, one, marks, sources)
    return ()


def nicknames(tree: etree._Element, *, sources: Sequence[str]) -> tuple[str, ...]:
    """Give who signs where only authors stand, though it be no name of a person."""
    for one in sorted(_marks(tree), key=lambda one: (one.rank, one.place)):
        text = " ".join(one.parts)
        posted = _POSTED.match(text)
        if len(one.parts) > 2 or (one.rank > 1 and not posted):
            continue
        names = cleaned([posted[1] if posted else text], sources=sources)
        if names and len(names[0]) <= 40 and not find_dates(text):
            return names
    return ()


def _people(mark: _Mark, sources: Sequence[str]) -> list[str]:
    found = [name for name in cleaned(mark.parts, sources=sources) if is_person(name)]
    if not found:
        whole = cleaned([" ".join(mark.parts)], sources=sources)
        found = [name for name in whole if is_person(name)]
    return found[:8]


def _with_peers(
    names: list[str], mark: _Mark, marks: Sequence[_Mark], sources: Sequence[str]
) -> tuple[str, ...]:
    """Add those who are named next to it in the same way: each has an element of its own."""
    found = dict.fromkeys(names)
    place = mark.place
    for one in marks:
        if one.kind == mark.kind and 0 < one.place - place <= _NEAR:
            found.update(dict.fromkeys(_people(one, sources)))
            place = one.place
    return tuple(found)[:8]


def _marks(tree: etree._Element) -> Iterator[_Mark]:
    count = 0
    for place, node in enumerate(tree.iter()):
        if place > _MOST_NODES or count >= _MOST_MARKS:
            return
        if not isinstance(node.tag, str) or (rank := _rank(node)) is None or _is_elsewhere(node):
            continue
        parts = tuple(part for text in _texts(node) if (part := collapse(text)))
        if 1 < sum(map(len, parts)) < 160 and not _is_card(node, sum(map(len, parts))):
            count += 1
            yield _Mark(rank, place, f"{node.tag} {node.get('class') or ''}", parts)


def _is_card(node: etree._Element, length: int) -> bool:
    """Tell whether an element stands in a link to another article, with its title."""
    return any(
        one.tag == "a"
        and sum(len(str(text).strip()) for text in islice(one.itertext(), 60)) > length + 30
        for one in ancestors(node, most=6)
    )


def _texts(node: etree._Element) -> list[str]:
    if node.tag == "meta":
        return [(node.get("content") or "")[:200]]
    return [str(text)[:300] for text in islice(node.itertext(), 30)]


def _rank(node: etree._Element) -> int | None:
    """Tell how clearly an element says that it names the author; None when it does not."""
    if node.tag in _NO_BYLINE:
        return None
    told = (node.get("itemprop") or "").split() + (node.get("rel") or "").split()
    if "author" in told or "creator" in told:
        return 0
    named = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
    words = {word.lower() for word in _WORDS.findall(named)}
    if words & _SIGNS:
        return None if words & _BUTTONS else 1
    if node.tag in {"p", "div", "span", "address", "em", "i", "strong"} and len(node) < 4:
        text = collapse("".join(map(str, islice(node.itertext(), 8)))[:120])
        return 2 if _SIGNED.match(text) else None
    return None


def _is_elsewhere(node: etree._Element) -> bool:
    for one in ancestors(node, most=8):
        if one.tag in {"body", "html", "article", "main"}:
            continue
        named = f"{one.get('class') or ''} {one.get('id') or ''}"[:300]
        if _SIGNS.intersection(word.lower() for word in _WORDS.findall(named)):
            continue
        if one.tag in _OUTSIDE or _ELSEWHERE.search(named):
            return True
    return False


def beside_title(
    shown: Sequence[Run], *, title: str, sources: Sequence[str], signed: bool
) -> tuple[str, ...]:
    """Give the people named between the title and the text: "By …", or only a name by a date."""
    zone = [
        one for one in below(shown, title) if len(one.text) <= 160 and not _is_elsewhere(one.owner)
    ]
    for number, one in enumerate(zone):
        parts = _parts(one)
        near = " ".join(
            part for other in zone[max(0, number - 1) : number + 2] for part in _parts(other)
        )
        is_labelled = number > 0 and bool(_LABEL.fullmatch(zone[number - 1].text))
        is_dated = not signed and bool(find_dates(near) or _MOMENT.search(near))
        people = [
            name
            for part in parts
            if is_dated or is_labelled or _SIGNED.match(part)
            for name in _only_people(part, sources)
            if _SIGNED.match(part) or (len(name) >= 0.6 * len(part) and "," not in part.strip(" ,"))
        ]
        if people:
            return tuple(dict.fromkeys(people))[:8]
    return ()


def _parts(one: Run) -> list[str]:
    """Give the texts of the elements of a line, which run into each other without a space."""
    written = _texts(one.owner) if len(one.text) <= 160 else [one.text]
    cut = (collapse(part) for text in written for part in re.split(r"[|·•]", text))
    return [part for part in cut if part]


def below(shown: Sequence[Run], title: str) -> list[Run]:
    """Give the lines between the title and the text, nothing when the title is not shown."""
    start = next((n for n, one in enumerate(shown[:3_000]) if title and one.text == title), None)
    if start is None:
        return []
    found: list[Run] = []
    for one in shown[start + 1 : start + 14]:
        if len(one.text) > _LONG and len(found) > 1:
            break
        if not one.picture:
            found.append(one)
    return found


def signed_in_text(tree: etree._Element, text: str, *, sources: Sequence[str]) -> tuple[str, ...]:
    """Give who signs in a line of its own, first or last of a text."""
    first = [one for line in text[:3_000].splitlines() if (one := line.strip())][:2]
    last = [one for line in text[-3_000:].splitlines() if (one := line.strip())][-3:]
    for line in (*reversed(last), *first):
        if _SIGNED.match(line) and (people := _only_people(line, sources)):
            return people
    for alone, beside in ((last[-1:], last[-2:-1]), (first[:1], first[1:])):
        people = _alone(*alone, sources=sources) if beside and len(beside[0]) >= _PARAGRAPH else ()
        if people and _is_set_apart(tree, alone[0]):
            return people
    return ()


def _alone(line: str, *, sources: Sequence[str]) -> tuple[str, ...]:
    """Give the people a line is made of, and of nothing else; not in capitals, as headings are."""
    people = _only_people(line, sources) if len(line) <= 60 and not line.isupper() else ()
    return people if len(" ".join(people)) >= 0.8 * len(line) else ()


def _is_set_apart(tree: etree._Element, line: str) -> bool:
    """Tell whether a line is written in bold or in italics, as signatures are."""
    return any(
        collapse("".join(map(str, islice(one.itertext(), 8)))[:120]) == line
        for one in tree.iter("strong", "b", "em", "i")
    )


def _only_people(line: str, sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in cleaned([line], sources=sources) if is_person(one))
