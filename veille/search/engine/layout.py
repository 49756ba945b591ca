"""What a segment holds: its text fields and its columns, under the names its sections bear."""

from __future__ import annotations

from typing import Final

# Fields whose words are searched and scored; a document has a length in each.
TEXTS: Final = ("title", "text", "names")
# One value a document, coded by the place of the value among those of the segment.
SINGLES: Final = ("kind", "state", "space", "source", "by", "speaker", "language")
# Any number of values a document.
MANIES: Final = ("tag", "dossier", "author")
# One whole number a document.
NUMBERS: Final = ("day", "arrived")

MAX_DOCUMENTS: Final = 1 << 16
