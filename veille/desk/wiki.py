"""Notes that stay alive: what completes them, what they show in place, how they hang together.

A part of the Desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from veille.desk import linking, noting, suggesting, templates
from veille.desk.embedding import Shower, Voice
from veille.desk.house import House
from veille.desk.linking import Mention, Surroundings, Wanted
from veille.desk.suggesting import Suggestion
from veille.desk.templates import Template
from veille.domain.errors import EmptyInput
from veille.domain.facts import Changes
from veille.domain.views import Draft, Row
from veille.extract import language
from veille.store import reading, things

if TYPE_CHECKING:
    from veille.wiki.pieces import Piece
    from veille.wiki.render import Renderer

# Of a text, what its language is told by.
_TELLING = 4_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A note as it is opened: recorded, and as it was being written when the program stopped."""

    title: str
    text: str
    heads: tuple[str, ...]
    draft: Draft | None


class Page:
    """One note as it is read: rendered again piece by piece while it is written."""

    def __init__(self, shower: Shower) -> None:
        self._shower = shower
        self._renderers: dict[bool, Renderer] = {}

    def pieces(self, title: str, text: str) -> list[Piece]:
        """Render a state of the note; only what changed since the last one is made again."""
        french = language.of(f"{title}\n{text[:_TELLING]}") != "en"
        if french not in self._renderers:
            self._renderers[french] = self._shower.renderer(french=french)
        return self._renderers[french].pieces(text)


class Wiki:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    # --- writing -------------------------------------------------------------------------------

    def set_aliases(self, note: str, aliases: Sequence[str]) -> Changes:
        """Say under which other titles a note is found and linked."""
        return noting.set_aliases(self._house, note, aliases)

    def keep_picture(self, data: bytes) -> str:
        """Keep a picture for notes and give its address in Markdown. Raises EmptyInput."""
        from veille.capture import pictures

        kept = pictures.fit(data)
        if not kept:
            raise EmptyInput
        return f"blob:{self._house.blobs.put(kept)}"

    def complete(
        self, kind: str, typed: str, *, note: str = "", limit: int = 12
    ) -> list[Suggestion]:
        """Give what completes a "link", an "embed", a "person" or a "theme", best first."""
        return suggesting.complete(self._house, kind, typed, note=note, limit=limit)

    # --- reading -------------------------------------------------------------------------------

    def read(self, note: str) -> Opened:
        """Open a note to be written. Raises NotFound."""
        with self._house.database.reading() as db:
            title = things.row(db, note).title
            text, heads = things.note_text(db, note), reading.heads(db, note)
        return Opened(title, text, heads, noting.draft(self._house, note))

    def page(self, note: str, *, voice: Voice) -> Page:
        """Open a note for reading; ``voice`` says things in the reader's language."""
        return Page(Shower(self._house, voice, note))

    def html(self, title: str, text: str, *, voice: Voice, note: str = "") -> str:
        """Render a note as harmless HTML."""
        return "".join(one.html for one in self.page(note, voice=voice).pieces(title, text))

    def kept_back(self, note: str) -> list[Row]:
        """Give the quotes that a shared note shows and that nobody but me has. Raises NotFound."""
        mine = self._house.personal
        with self._house.database.reading() as db:
            if things.row(db, note).space == mine:
                return []
            shown = things.rows(db, things.embedded_in(db, [note]))
        return [
            one
            for one in shown
            if one.kind == "quote" and one.space == mine and one.hidden == things.VISIBLE
        ]

    # --- hanging together ----------------------------------------------------------------------

    def mentions(self, note: str) -> list[Mention]:
        """Give where other notes say the title of this one without a link. Raises NotFound."""
        return linking.mentions(self._house, note)

    def link_mentions(self, note: str, mentions: Sequence[Mention]) -> Changes:
        """Make mentions links, in one gesture. Raises NotFound when all their words are gone."""
        return linking.link_mentions(self._house, note, mentions)

    def around(self, note: str) -> Surroundings:
        """Give what hangs around a note, but its mentions. Raises NotFound."""
        return linking.around(self._house, note)

    def orphans(self) -> list[Row]:
        """Give the notes that hang on nothing."""
        return linking.orphans(self._house)

    def wanted(self) -> list[Wanted]:
        """Give the titles that notes link to and nobody wrote yet."""
        return linking.wanted(self._house)

    # --- templates -----------------------------------------------------------------------------

    def templates(self, *, language: str, words: Mapping[str, str]) -> list[Template]:
        """Give what a note may begin from, the holes filled with ``words``."""
        return templates.listed(self._house, language=language, words=words)

    def template(self, name: str, *, language: str, words: Mapping[str, str]) -> Template:
        """Give a template by its name. Raises NotFound."""
        return templates.named(self._house, name, language=language, words=words)

    def fill_templates_folder(self, *, language: str) -> Path:
        """Put the templates of the program there, to be changed. Raises FileUnreadable."""
        return templates.fill_folder(self._house, language=language)
