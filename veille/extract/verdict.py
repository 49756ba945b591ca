"""What was caught, said honestly: complete, truncated, a wall, empty, or no article at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from veille.domain.text import fold, word_count


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of ``domain.fields.VERDICTS``, and the sign that decided, as a stable code."""

    name: str
    reason: str


_SUBSCRIBERS: Final = re.compile(
    r"(?:article|contenu|suite|lecture)[^.\n]{0,40}(?:est )?(?:reserve\w*|accessible)[^.\n]{0,20}"
    r"(?:aux|a nos) abonnes"
    r"|il vous reste \d+ ?% de (?:cet|l')? ?article"
    r"|(?:deja )?abonne\w* ?\? (?:se )?connect"
    r"|pour lire la suite|lire la suite de cet article|abonnez-vous pour (?:lire|continuer|acceder)"
    r"|subscribe to (?:continue|read)|subscribers? only|this (?:article|content) is (?:reserved )?for"
    r" subscribers|already a subscriber|to continue reading",
)
_ROBOTS: Final = re.compile(
    r"just a moment\.\.\.|checking your browser|verif\w+ que vous (?:etes|n'etes pas) un"
    r"|are you a (?:human|robot)|prouvez que vous n'etes pas un robot|enable javascript and cookies"
    r"|access denied|attention required! \| cloudflare|unusual traffic|captcha",
)
_CONSENT: Final = re.compile(
    r"(?:nous|nos partenaires)[^.\n]{0,80}cookies|(?:accept|refus)er (?:tout|et continuer|les cookies)"
    r"|we (?:and our partners )?(?:use|store)[^.\n]{0,60}cookies|continuer sans accepter"
    r"|manage (?:your )?(?:cookie|consent)",
)
_FREE: Final = re.compile(
    r'"isaccessibleforfree"\s*:\s*(?:"?(false|no)"?|\[\s*"?(false)"?)', re.IGNORECASE
)
_SHORT: Final = 80
_VERY_SHORT: Final = 20
_TAIL: Final = 1_500


def judge(text: str, page: str, *, title: str) -> Verdict:
    """Judge an extraction.

    Args:
        text: the canonical text.
        page: the HTML it came from, "" for plain text.
        title: the title found, "" for none.
    """
    words = word_count(text)
    folded = fold(text)
    if words < _SHORT and _ROBOTS.search(f"{fold(title)}\n{folded or fold(page[:20_000])}"):
        return Verdict("wall", "robot")
    if words < _SHORT * 2 and _CONSENT.search(folded):
        return Verdict("wall", "consent")
    if words == 0:
        return Verdict("empty", "no_text")
    if page and (found := _cut(folded, page, words)):
        return Verdict("truncated", found)
    if page and words < _VERY_SHORT:
        return Verdict("not_article", "too_short")
    return Verdict("complete", "")


def _cut(folded: str, page: str, words: int) -> str:
    if _SUBSCRIBERS.search(folded[-_TAIL:]):
        return "subscribers_wording"
    if _FREE.search(page) and (words < 4 * _SHORT or _SUBSCRIBERS.search(fold(page))):
        return "not_free"
    return ""
