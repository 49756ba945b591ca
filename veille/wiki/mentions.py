"""Where a note says a title without linking it: in its prose, whatever the accents and the case."""

from __future__ import annotations

import re
from typing import Final

from veille.domain.text import fold, key
from veille.wiki.links import without_code

# A word with its accents, composed or not, and the invisible marks that break lines inside it.
_WORD: Final = re.compile("(?:[^\\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*)+")
# What is no prose: links and pictures of every kind, notes at the foot, tags, addresses.
_NOT_PROSE: Final = re.compile(
    r"!?\[\[[^\[\]\n]{0,600}\]\]"
    r"|!?\[[^\[\]\n]{0,600}\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,600}\)[^()\n]{0,600})?\)|\[[^\[\]\n]{0,300}\])"
    r"|\[\^[^\[\]\n]{1,100}\]"
    r"|^ {0,3}\[[^\[\]\n]{1,300}\]:[^\n]*"
    r"|<[a-zA-Z/!][^<>\n]{0,2000}>"
    r"|\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s<>]+|\b(?:mailto|tel|blob|veille):[^\s<>]+|\bwww\.[^\s<>]+"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}",
    re.MULTILINE,
)
# What could not stand between the brackets of a link.
_BREAKS: Final = frozenset("[]\n")


def places(markdown: str, title: str) -> list[tuple[int, int]]:
    """Find where a text says a title, as ``(start, end)`` in characters, from first to last.

    Case, accents, kinds of space and of apostrophe may differ; between two words stands what
    stands between those of the title, on one line.
    """
    asked = list(_WORD.finditer(title))
    if not asked:
        return []
    wanted = [fold(one[0]) for one in asked]
    whole = key(title[asked[0].start() : asked[-1].end()])
    prose = _NOT_PROSE.sub(lambda one: _blank(one[0]), without_code(markdown))
    spans = [one.span() for one in _WORD.finditer(prose)]
    words = _folded(prose, spans)
    found: list[tuple[int, int]] = []
    at = 0
    while at <= len(words) - len(wanted):
        start, end = spans[at][0], spans[at + len(wanted) - 1][1]
        if words[at] == wanted[0] and _says(prose[start:end], words[at : at + len(wanted)], wanted,
                                            whole):  # fmt: skip
            found.append((start, end))
            at += len(wanted)
        else:
            at += 1
    return found


def _says(text: str, words: list[str], wanted: list[str], whole: str) -> bool:
    return words == wanted and not _BREAKS & set(text) and key(text) == whole


def _folded(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Fold words, each spelling once: a long note says few different ones."""
    known: dict[str, str] = {}
    folded = []
    for start, end in spans:
        word = text[start:end]
        if word not in known:
            known[word] = fold(word)
        folded.append(known[word])
    return folded


def _blank(text: str) -> str:
    """Put no words in place of what is no prose, so that nothing is said across it."""
    return "".join("\n" if one == "\n" else "\x00" for one in text)
