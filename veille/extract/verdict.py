"""What was caught, said honestly: complete, truncated, a wall, empty, or no article at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from veille.domain.text import fold
from veille.extract.signs import Signs, around, near
from veille.extract.wording import Wording


@dataclass(frozen=True, slots=True)
class Verdict:
    """How good a page is (``domain.captures``), and the sign that decided, as a stable code."""

    name: str
    reason: str


# In words.
_BRIEF: Final = 35
_LEAD: Final = 60
_SHORT: Final = 80
_MODEST: Final = 160
_LONG: Final = 320
# In characters: an end, what stands below an article, of a page's source what is looked at.
_TAIL: Final = 300
_BELOW: Final = 600
_SOURCE: Final = 300_000
# A card is a title that is a link, a lead, a date: a list is made of them.
_CARD: Final = 0.3
_SPLIT: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_ENDS: Final = re.compile(r"[.!?»”\"')\]]\s*\Z")
_SEGMENT: Final = re.compile(r"\s+[|–—•·:-]\s+|\s*\|\s*")


def judge(signs: Signs, wording: Wording) -> Verdict:
    """Judge an extraction."""
    said = list(_sentences(fold(signs.text[: 20 * _TAIL])))
    if reason := _wall(signs, said, wording):
        return Verdict("wall", reason)
    if _is_empty(signs, said, wording):
        return Verdict("empty", "no_text")
    if reason := _no_article(signs, said, wording):
        return Verdict("not_article", reason)
    if reason := _cut(signs, wording):
        return Verdict("truncated", reason)
    return Verdict("complete", "")


def _sentences(folded: str) -> Iterator[str]:
    return (one.strip() for one in _SPLIT.split(folded) if one.strip())


def _share(said: list[str], pattern: re.Pattern[str]) -> float:
    """Give the share of the words that stand in sentences of a kind; what is quoted counts not."""
    words = [one.count(" ") + 1 for one in said]
    told = sum(many for one, many in zip(said, words, strict=True) if _says(one, pattern))
    return told / sum(words) if words else 0.0


def _says(sentence: str, pattern: re.Pattern[str]) -> bool:
    found = pattern.search(sentence)
    if found is None:
        return False
    before = sentence[: found.start()]
    return (
        before.count("«") <= before.count("»") and (before.count('"') + before.count("“")) % 2 == 0
    )


def _titled(signs: Signs, pattern: re.Pattern[str]) -> bool:
    """Tell whether a part of the title says little else."""
    parts = _SEGMENT.split(fold(signs.title)[:300])
    found = ((one, pattern.search(one)) for one in parts)
    return any(it and len(it[0]) >= 0.6 * len(one.strip()) for one, it in found)


def _wall(signs: Signs, said: list[str], wording: Wording) -> str:
    """Tell what stands before the article. A long text is never a wall."""
    if signs.words < 2 * _MODEST and _is_consent(signs, said, wording):
        return "consent"
    if signs.words < 2 * _MODEST and _is_robot(signs, said, wording):
        return "robot"
    if signs.words < _BRIEF and signs.asks_password:
        return "login"
    return ""


def _is_robot(signs: Signs, said: list[str], wording: Wording) -> bool:
    """Tell a guard: its mark on a bare page, its title, or most of what it says to the reader."""
    is_bare = signs.words < _BRIEF and len(signs.shown) < 10 * _MODEST
    if is_bare and wording.markup.search(signs.page[:_SOURCE].lower()):
        return True
    if signs.words == 0 and wording.robot.search(f"{signs.shown[:2_000]} {signs.silent}"):
        return True
    share = _share(said, wording.robot)
    titled = _titled(signs, wording.robot)
    if titled and signs.words < _MODEST and (share > 0 or signs.prose < _BRIEF):
        return True
    told = [one for one in said if _says(one, wording.robot)]
    if not any(wording.reader.search(one) for one in told):
        # News of a blocked road speaks of it; a guard speaks to the reader.
        return share > 0.5 and signs.words < _BRIEF
    many = sum(len(wording.robot.findall(one)) for one in told)
    return share >= 0.25 and (signs.words < _SHORT or many > 2)


def _is_consent(signs: Signs, said: list[str], wording: Wording) -> bool:
    """Tell a consent dialog: most of the text is in one, or speaks to the reader of cookies."""
    if signs.words and signs.dialog >= 0.6:
        return True
    if signs.words < _SHORT // 8 and not signs.is_article:
        said = list(_sentences(signs.asked or signs.shown[: 10 * _TAIL]))
    speaks = [one for one in said if _says(one, wording.consent)]
    chosen = [one for one in said if (it := wording.choices.match(one)) and len(one) - it.end() < 4]
    about = [one for one in said if speaks and _says(one, wording.topics)]
    told = sum(one.count(" ") + 1 for one in {*speaks, *chosen, *about})
    total = sum(one.count(" ") + 1 for one in said)
    return bool(speaks) and told >= (0.55 if chosen or len(speaks) > 1 else 0.75) * total


def _is_empty(signs: Signs, said: list[str], wording: Wording) -> bool:
    if signs.words == 0:
        return True
    return signs.words < _BRIEF and _share(said, wording.scripts) > 0.5


def _no_article(signs: Signs, said: list[str], wording: Wording) -> str:
    if signs.words < _BRIEF and signs.moves:
        return "moved"
    if signs.words < _MODEST and _is_error(signs, said, wording):
        return "error_page"
    if _lists(signs, wording):
        return "listing"
    if signs.prose < 20 and signs.is_media and signs.words < _MODEST:
        return "media"
    if signs.linked > 0.6 and signs.prose < _SHORT:
        return "mostly_links"
    return "too_short" if signs.words < _BRIEF and signs.prose < 20 else ""


def _is_error(signs: Signs, said: list[str], wording: Wording) -> bool:
    share = _share(said, wording.error)
    titled = _titled(signs, wording.error)
    if signs.words < _SHORT:
        enough = 0.3 if signs.words < _BRIEF else 0.6
        return share >= enough or (titled and (share > 0 or signs.prose < _BRIEF))
    return titled and (signs.linked_lines > 2 or share > 0.1)


def _lists(signs: Signs, wording: Wording) -> bool:
    """Tell a page that leads to others: lines that are links, or stand below one."""
    if (signs.is_article and not signs.is_listing) or signs.words >= 2 * _LONG:
        return False
    linked, led = (one / max(signs.lines, 1) for one in (signs.linked_lines, signs.led))
    if _is_named_list(signs, wording) and (max(linked, led) > 0.2 or signs.prose < _SHORT):
        return True
    heads = max(signs.linked_lines, signs.led)
    if signs.longest >= _LEAD or heads < (5 if signs.prose >= _SHORT else 3):
        return False
    return signs.prose < _LEAD * heads and (linked + led > 0.7 or linked > _CARD)


def _is_named_list(signs: Signs, wording: Wording) -> bool:
    if signs.is_listing or _titled(signs, wording.listing):
        return True
    told = fold(f"{signs.title}\n{signs.text[:_TAIL]}")
    return signs.longest < _LEAD // 3 and wording.listing.search(told) is not None


def _cut(signs: Signs, wording: Wording) -> str:
    """Tell why a text stops before its end, "" when it does not seem to."""
    is_counted = signs.expected >= _MODEST and signs.words >= 0.8 * signs.expected
    whole = _is_opened(signs) or is_counted
    if not whole and (
        _asks_at_end(signs, wording) or _says_below(signs, wording) or _says_inside(signs, wording)
    ):
        return "subscribers_wording"
    if signs.free is False and not whole and (signs.words < _LONG or signs.hollow):
        return "not_free"
    if signs.free is not True and not whole and _stops_before_a_lock(signs, wording):
        return "subscribers_page"
    if _is_much_shorter(signs, wording):
        return "much_shorter"
    return ""


def _asks_at_end(signs: Signs, wording: Wording) -> bool:
    """Tell whether the text's last sentences ask to subscribe."""
    last = list(_sentences(fold(signs.text[-2 * _TAIL :])))[-6:]
    return any(
        not wording.letters.search(one)
        and (_says(one, wording.cut) or _says(one, wording.subscribers))
        for one in last
    )


def _says_below(signs: Signs, wording: Wording) -> bool:
    """Tell whether the page says, right below the text, that there is more of it."""
    if signs.after is None:
        return False
    below = _asking(signs.shown[signs.after : signs.after + _BELOW], wording)
    if wording.cut.search(below):
        return True
    if signs.words >= _LONG:
        return False
    rest = _asking(signs.shown[signs.after : signs.after + 40 * _TAIL], wording)
    asks = wording.subscribers.search(below)
    sells = wording.offers.search(below) or _is_locked(signs, _BELOW)
    return bool(wording.cut.search(rest) or (asks and sells))


def _says_inside(signs: Signs, wording: Wording) -> bool:
    """Tell whether the page says so among the text: next to nothing of the article is behind it."""
    if signs.words >= 4 * _LONG:
        return False
    start = min((place for place, words in signs.places if words), default=0)
    for said in islice(wording.cut.finditer(signs.shown, start), 20):
        before, behind = around(signs, said.start())
        line = signs.shown[signs.shown.rfind("\n", 0, said.start()) + 1 : said.end() + _LEAD]
        line = line.partition("\n")[0]
        if wording.letters.search(line) or not _says(line, wording.cut):
            continue
        return 0 < before < 2 * _LONG and behind < max(_BRIEF, 0.2 * before)
    return False


def _is_opened(signs: Signs) -> bool:
    """Tell whether prose stands on both sides of what hides the rest: it hides nothing."""
    return any(min(around(signs, one)) >= _LEAD for one in signs.locks[:40])


def _asking(text: str, wording: Wording) -> str:
    """Leave out the lines that ask to subscribe to a newsletter."""
    return "\n".join(one for one in text.split("\n") if not wording.letters.search(one))


def _is_locked(signs: Signs, reach: int) -> bool:
    """Tell whether something that hides the rest begins where the text ends."""
    return signs.after is not None and near(signs.locks, signs.after - 20, signs.after + reach)


def _stops_before_a_lock(signs: Signs, wording: Wording) -> bool:
    if signs.after is None or signs.words >= _LONG:
        return False
    below = _asking(signs.shown[signs.after : signs.after + _BELOW], wording)
    asks = wording.offers.search(below) or wording.subscribers.search(below)
    return bool(asks and _is_locked(signs, _BELOW // 2))


def _is_much_shorter(signs: Signs, wording: Wording) -> bool:
    if signs.expected < 2 * _MODEST or signs.words >= signs.expected / 3:
        return False
    return bool(signs.locks) or wording.subscribers.search(signs.shown[:40_000]) is not None
