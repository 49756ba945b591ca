"""Quotes that were found in the text that is read and that nobody kept: one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from veille.domain.text import collapse
from veille.sentences import names
from veille.sentences.catalogue import _, number
from veille.ui.reading import marks
from veille.ui.reading.browser import Browser
from veille.ui.reading.highlights import Highlight
from veille.ui.reading.text_map import TextMap

if TYPE_CHECKING:
    from veille.desk.looking import Reading
    from veille.desk.quoting import Found


class Proposals:
    """Holds them, and selects them in the text."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._at = -1
        self.found: list[Found] = []
        # Whether some were found and every one of them is kept.
        self.all_kept = False

    def clear(self) -> None:
        """Forget them: another text is read."""
        self.found, self._at, self.all_kept = [], -1, False

    def take(self, found: Sequence[Found], reading: Reading) -> None:
        """Propose what was found, but what is kept already."""
        # An excerpt that travelled has plain spaces where the page has others.
        kept = {
            collapse(one.row.text("exact")) for one in reading.placed if one.row.kind == "quote"
        }
        self.found = [one for one in found if collapse(one.exact) not in kept]
        self.all_kept = not self.found and (bool(found) or self.all_kept)

    def marked(self, places: TextMap) -> list[Highlight]:
        """Give them as they show in the text."""
        return marks.proposed(self.found, places)

    def next(self, places: TextMap | None) -> str:
        """Select the next one, and say who speaks; "" when there is none."""
        return self.select((self._at + 1) % len(self.found), places) if self.found else ""

    def select(self, at: int, places: TextMap | None) -> str:
        """Select one, and say who speaks; "" where it is not in the text."""
        one = self.found[at]
        self._at = at
        place = places.to_document(one.start, one.end) if places else None
        if place is None:
            return ""
        self._browser.select(*place)
        self._browser.setFocus()
        who = ", ".join(part for part in (one.speaker, one.role) if part)
        return _("{number} of {total} · {who} — C keeps it").format(
            number=number(at + 1),
            total=number(len(self.found)),
            who=who or names.unknown_speaker(),
        )
