"""What was caught, said honestly: complete, truncated, a wall, empty, or no article at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from veille.domain.text import collapse, fold, word_count
from veille.extract.tree import runs
from veille.extract.wording import Wording


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of ``domain.fields.VERDICTS``, and the sign that decided, as a stable code."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What a verdict rests on.

    Attributes:
        text: the canonical text.
        title: of the page.
        page: the HTML, as it came.
        shown: the text that the whole page shows, bounded.
        words: of the text.
        paragraphs: how many lines of the text are sentences.
        linked: share of the letters of the whole page that are links.
        prose: how many words of the page stand in sentences that are not links.
        free: whether everybody may read it, as the page says; None when it does not.
        expected: how many words the page says it has, 0 when it does not.
        is_listing: whether the page says that it lists others.
    """

    text: str
    title: str
    page: str
    shown: str
    words: int
    paragraphs: int
    linked: float
    prose: int
    free: bool | None
    expected: int
    is_listing: bool


_SHORT: Final = 80
_BRIEF: Final = 35
_TAIL: Final = 1_500
_HEAD: Final = 20_000
_MOST: Final = 200_000
_MOSTLY_LINKS: Final = 0.6
_MISSING: Final = 0.6
_WHOLE: Final = 0.8
_END: Final = 60
_SENTENCE_LONG: Final = 40
_SENTENCE: Final = re.compile(r"[.!?…»”\"。！？।]\s*$")
_CUT: Final = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_FADE: Final = re.compile(
    r"class=[\"'][^\"']{0,200}(?:paywall|premium-?content|article-?locked|is-locked|fade-?out"
    r"|subscriber-?only|piano-|abonne-only|payant)",
    re.IGNORECASE,
)
_LISTING: Final = frozenset({"collectionpage", "searchresultspage", "profilepage"})


def signs_of(  # noqa: PLR0913 - what is known of a page, given by name
    tree: etree._Element | None,
    page: str,
    *,
    text: str,
    words: int,
    title: str,
    free: bool | None,
    kinds: frozenset[str],
    expected: int,
) -> Signs:
    """Collect the signs of an extraction."""
    lines = [line for line in text.split("\n") if line.strip()]
    written = [one for one in runs(tree) if not one.picture] if tree is not None else []
    length = sum(len(one.text) for one in written)
    sentences = [one for one in written if one.linked < len(one.text) / 2 and _is_said(one.text)]
    return Signs(
        text=text,
        title=title,
        page=page,
        shown=_shown(tree),
        words=words,
        paragraphs=sum(bool(_SENTENCE.search(line)) for line in lines),
        linked=sum(one.linked for one in written) / length if length else 0.0,
        prose=sum(word_count(one.text) for one in sentences),
        free=free,
        expected=expected,
        is_listing=bool(kinds & _LISTING) and not any(one.endswith("article") for one in kinds),
    )


def _is_said(text: str) -> bool:
    return len(text) > _SENTENCE_LONG and _SENTENCE.search(text) is not None


def judge(signs: Signs, wording: Wording) -> Verdict:
    """Judge an extraction."""
    folded = fold(signs.text[:_MOST])
    if wall := _wall(signs, folded, wording):
        return wall
    if signs.words == 0:
        return Verdict("empty", "no_text")
    if reason := _cut(signs, folded, wording):
        return Verdict("truncated", reason)
    if reason := _no_article(signs, wording):
        return Verdict("not_article", reason)
    return Verdict("complete", "")


def _wall(signs: Signs, folded: str, wording: Wording) -> Verdict | None:
    """Tell a page that stands before the article. A long text is never one."""
    if signs.words >= 2 * _SHORT:
        return None
    around = f"{fold(signs.title)}\n{folded or fold(signs.shown[:_HEAD])}"
    if signs.words < _SHORT and wording.robot.search(around):
        return Verdict("wall", "robot")
    if signs.words < _BRIEF and wording.markup.search(signs.page[:_MOST].lower()):
        return Verdict("wall", "robot")
    speaks = wording.consent.findall(folded)
    if speaks and (signs.words < _SHORT or len(speaks) > 1) and not _is_prose(signs, wording):
        return Verdict("wall", "consent")
    return None


def _is_prose(signs: Signs, wording: Wording) -> bool:
    """Tell whether most sentences are about something else than cookies."""
    said = [one for one in re.split(r"(?<=[.!?])\s+|\n", signs.text) if _SENTENCE.search(one)]
    about = sum(bool(wording.consent.search(fold(one))) for one in said)
    return len(said) > 2 and about * 2 < len(said)


def _cut(signs: Signs, folded: str, wording: Wording) -> str:
    """Tell why a text stops before its end, "" when it does not seem to."""
    shown = fold(signs.shown[:_MOST])
    if wording.subscribers.search(folded[-_TAIL:]) or _is_cut_there(signs, folded, shown, wording):
        return "subscribers_wording"
    is_whole = signs.expected > 0 and signs.words >= _WHOLE * signs.expected
    if signs.free is False and signs.words < 4 * _SHORT and not is_whole:
        return "not_free"
    asks = wording.subscribers.search(shown)
    if signs.free is False and asks and signs.words < _MISSING * signs.expected:
        return "not_free"
    fades = _FADE.search(signs.page[: 10 * _MOST]) is not None
    stops = _CUT.search(signs.text) or not _SENTENCE.search(signs.text)
    if signs.free is not True and asks and fades and stops and signs.words < 3 * _SHORT:
        return "subscribers_page"
    if signs.expected > 2 * _SHORT and signs.words < signs.expected / 3 and (asks or fades):
        return "much_shorter"
    return ""


def _is_cut_there(signs: Signs, folded: str, shown: str, wording: Wording) -> bool:
    """Tell whether the page says that the rest is missing, and does not show it all the same."""
    said = wording.cut.search(shown)
    if said is None or (signs.expected and signs.words >= _WHOLE * signs.expected):
        return False
    end = " ".join(folded.split())[-_END:]
    return " ".join(shown.split()).rfind(end) <= said.start()


def _no_article(signs: Signs, wording: Wording) -> str:
    if signs.words < 2 * _SHORT and wording.error.search(fold(f"{signs.title}\n{signs.text}")):
        return "error_page"
    if signs.is_listing and signs.paragraphs < 4:
        return "listing"
    if signs.linked > _MOSTLY_LINKS and signs.prose < _BRIEF and signs.paragraphs < 3:
        return "mostly_links"
    said = len(re.findall(r"[.!?…](?:\s|$)", signs.text))
    return "too_short" if signs.words < _BRIEF and said < 2 else ""


def _shown(tree: etree._Element | None) -> str:
    """Give the text of the whole page, bounded."""
    if tree is None:
        return ""
    parts: list[str] = []
    length = 0
    for node in tree.iter():
        if node.tag in {"script", "style", "noscript"} or not isinstance(node.tag, str):
            text = node.tail or ""
        else:
            text = f"{node.text or ''} {node.tail or ''}"
        parts.append(text)
        length += len(text)
        if length > _MOST:
            break
    return collapse(" ".join(parts))
