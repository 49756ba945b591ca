"""By what an entry is recognised when it comes back: several keys, any of which is enough.

Identifiers change when a site moves, addresses when it is rebuilt, words when a typing error is
corrected; all three at once, never yet. Each key is a number of 63 bits, so that millions of them
stay cheap to keep.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from veille.domain.ids import derived_entity
from veille.domain.text import fold, key
from veille.feeds.parsed import Entry

# A shorter title recurs: "Agenda", "Édito", "La météo".
_SHORT: Final = 12
_WORDS: Final = 400


@dataclass(frozen=True, slots=True)
class Known:
    """An entry with what it is recognised by.

    Attributes:
        canonical: the canonical address, "" when several entries bear the same.
        article: the id it gets if it is kept, the same for every colleague.
        keys: the numbers that stand for it.
    """

    entry: Entry
    canonical: str
    article: str
    keys: tuple[int, ...]


def number(*parts: str) -> int:
    """Name something by a number of 63 bits."""
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def recognise(
    entries: Sequence[Entry], *, feed: str, space: str, canonical: Callable[[str], str]
) -> list[Known]:
    """Give the keys of the entries of one document.

    An identifier or an address that several entries bear tells none of them apart.
    """
    addresses = [canonical(one.url) for one in entries]
    named = _once((one.guid, key(one.title)) for one in entries)
    lived = _once((one, key(entry.title)) for one, entry in zip(addresses, entries, strict=True))
    found = []
    for entry, where in zip(entries, addresses, strict=True):
        guid = entry.guid if entry.guid in named else ""
        address = where if where in lived else ""
        words = _words(entry)
        keys = (
            number("guid", feed, guid) if guid else 0,
            number("address", space, address) if address else 0,
            number("words", feed, words) if words else 0,
        )
        article = derived_entity("article", space, address or f"{feed} {guid or words or where}")
        found.append(Known(entry, address, str(article), tuple(one for one in keys if one)))
    return found


def _once(pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Give the names that stand for one title only."""
    counts = Counter(name for name, _title in set(pairs) if name)
    return frozenset(name for name, times in counts.items() if times == 1)


def _words(entry: Entry) -> str:
    """Give what an entry says, as it would say it again under another name."""
    title = fold(entry.title)
    said = key(entry.summary or entry.content)[:_WORDS]
    if len(title) < _SHORT and not said:
        return ""
    # The same title on another day is another article: rubrics recur.
    return f"{title}\n{said}\n{entry.published or entry.dated}"
