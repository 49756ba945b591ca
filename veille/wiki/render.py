"""From the Markdown of a note to harmless HTML, piece by piece: what did not change is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from veille.wiki import footnotes
from veille.wiki.context import Context, Embed, Resolve
from veille.wiki.embeds import SCHEME, Embedded, Line, Target
from veille.wiki.engine import Engine, cleaned
from veille.wiki.footnotes import Told
from veille.wiki.harmless import harmless
from veille.wiki.pieces import Piece, split
from veille.wiki.references import References, label

__all__ = [
    "SCHEME",
    "Embed",
    "Embedded",
    "Line",
    "Piece",
    "Renderer",
    "Resolve",
    "Target",
    "render",
]

_HEADED: Final = re.compile(r"</h[1-6]>\s*\Z")
_BRACKETS: Final = re.compile(r"\[((?:[^\[\]\\]|\\.){1,1000})\]", re.DOTALL)
_T = TypeVar("_T")
# All that a piece shows follows from it, but for what it asks.
_Key = str | tuple[str, "_Uses"]
_Asked = tuple[bool, str, object]


def render(text: str, *, resolve: Resolve, embed: Embed, french: bool = True) -> str:
    """Render a note.

    Args:
        text: Markdown.
        resolve: gives the target of an id or folded title, None for a note yet to be written.
        embed: gives what an embed shows, None for what is unknown; a search begins with ``?``.
        french: whether typography is that of French; else quotes and dashes only.
    """
    renderer = Renderer(resolve=resolve, embed=embed, french=french)
    return "".join(one.html for one in renderer.pieces(text))


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a piece tells the note, and the names it may look up in it, by its text alone."""

    told: Told
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Uses:
    """What a piece uses of the rest of the note."""

    references: tuple[tuple[str, tuple[str, str]], ...]
    numbers: tuple[tuple[str, int], ...]
    first: frozenset[str]
    abbreviations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A piece as it was shown, and what it had asked: ``(whether to embed, target, answer)``."""

    html: str
    asked: tuple[_Asked, ...]


class Renderer:
    """Renders one state of a note after the other.

    It keeps what it rendered of the last text it was given, and nothing of those before.
    """

    def __init__(self, *, resolve: Resolve, embed: Embed, french: bool = True) -> None:
        """Take what links and embeds lead to; each target is asked once for each text."""
        self._resolve, self._embed = resolve, embed
        self._engine = Engine(french=french)
        self._needs: dict[str, _Needs] = {}
        self._known: dict[_Key, _Shown] = {}

    def pieces(self, text: str) -> list[Piece]:
        """Render a text; footnotes come as a piece of their own, of the line before them.

        They stand at the end, or under the heading that is followed by their texts alone: what is
        written after “References” comes after the references.
        """
        sources = split(cleaned(text))
        needs = {one.text: self._needs.get(one.text) or _needs(one.text) for one in sources}
        note = _Note([needs[one.text].told for one in sources], self._resolve, self._embed)
        before, self._known = self._known, {}
        shown = [
            Piece(self._html(one.text, needs[one.text], note, before), one.first, one.last)
            for one in sources
        ]
        if note.numbers:
            under = _under_heading(shown, [needs[one.text].told for one in sources])
            place = under or len(shown)
            html = self._footnotes(note, needs, before, ruled=not under)
            end = shown[place - 1].last
            shown.insert(place, Piece(html, end, end))
        self._needs = needs
        return shown

    def _footnotes(
        self, note: _Note, needs: dict[str, _Needs], before: Mapping[_Key, _Shown], *, ruled: bool
    ) -> str:
        items: list[tuple[int, str, bool]] = []
        for name, number in note.numbers.items():
            text = note.notes[name]
            needed = needs.setdefault(text, self._needs.get(text) or _needs(text))
            html = self._html(text, needed, note, before)
            items.append((number, html, name in note.called))
        return footnotes.listed(items, ruled=ruled)

    def _html(self, text: str, needs: _Needs, note: _Note, before: Mapping[_Key, _Shown]) -> str:
        uses = note.uses(text, needs)
        key = text if uses is None else (text, uses)
        found = self._known.get(key) or before.get(key)
        if found is None or (found.asked and not note.answers(found.asked)):
            found = self._convert(text, note.context(uses))
        self._known[key] = found
        return found.html

    def _convert(self, text: str, context: Context) -> _Shown:
        asked: list[_Asked] = []
        heard = replace(
            context,
            resolve=_heard(context.resolve, asked, embed=False),
            embed=_heard(context.embed, asked, embed=True),
        )
        html = harmless(self._engine.convert(text, heard))
        return _Shown(f"{html}\n" if html else "", tuple(asked))


class _Note:
    """What the pieces of one text share while it is rendered."""

    def __init__(self, told: Sequence[Told], resolve: Resolve, embed: Embed) -> None:
        telling = [one for one in told if one.tells]
        self.notes = _merged(one.notes for one in telling)
        self.numbers = footnotes.numbered(told, self.notes)
        self.called = footnotes.called(told, self.notes)
        self._references: References = _merged(one.references for one in telling)
        self._abbreviations = _merged(one.abbreviations for one in telling)
        self._seen: set[str] = set()
        self._resolve, self._embed = _once(resolve), _once(embed)

    def answers(self, asked: Sequence[_Asked]) -> bool:
        """Tell whether every question has the answer of before."""
        return all(
            (self._embed(target) if is_embed else self._resolve(target)) == answer
            for is_embed, target, answer in asked
        )

    def uses(self, text: str, needs: _Needs) -> _Uses | None:
        """Give what a piece uses of the note; to be asked in their order."""
        calls = needs.told.calls
        if not (calls or self._abbreviations or (needs.labels and self._references)):
            return None
        known = [(one, self.numbers[one]) for one in calls if one in self.numbers]
        first = frozenset(calls) & self.numbers.keys() - self._seen
        self._seen |= first
        return _Uses(
            tuple((one, self._references[one]) for one in needs.labels if one in self._references),
            tuple(known),
            first,
            tuple((one, means) for one, means in self._abbreviations.items() if one in text),
        )

    def context(self, uses: _Uses | None) -> Context:
        """Give what a piece sees of the world."""
        if uses is None:
            return Context(self._resolve, self._embed)
        return Context(
            self._resolve,
            self._embed,
            dict(uses.references),
            dict(uses.numbers),
            uses.first,
            dict(uses.abbreviations),
        )


def _under_heading(shown: Sequence[Piece], told: Sequence[Told]) -> int:
    """Give before which piece footnotes stand that have a heading of their own, 0 for none."""
    for at in reversed(range(len(shown))):
        if _HEADED.search(shown[at].html):
            end = next((n for n in range(at + 1, len(shown)) if shown[n].html), len(shown))
            if any(one.notes for one in told[at + 1 : end]):
                return end
    return 0


def _needs(text: str) -> _Needs:
    found = _BRACKETS.findall(text) if "[" in text else ()
    return _Needs(footnotes.told(text), tuple(dict.fromkeys(map(label, found))))


def _merged(parts: Iterable[Mapping[str, _T]]) -> dict[str, _T]:
    """Put what pieces tell together; what is told first counts."""
    found: dict[str, _T] = {}
    for one in parts:
        for name, value in one.items():
            found.setdefault(name, value)
    return found


def _once(ask: Callable[[str], _T]) -> Callable[[str], _T]:
    """Ask for each target once: an answer costs a look into the memory."""
    known: dict[str, _T] = {}

    def once(target: str) -> _T:
        if target not in known:
            known[target] = ask(target)
        return known[target]

    return once


def _heard(ask: Callable[[str], _T], asked: list[_Asked], *, embed: bool) -> Callable[[str], _T]:
    """Note down what is asked, and what was answered."""

    def heard(target: str) -> _T:
        answer = ask(target)
        asked.append((embed, target, answer))
        return answer

    return heard
