"""The catalogue of sentences: ``python packaging/catalogue.py`` after changing one.

Collects the sentences of the code into ``resources/i18n/fr/LC_MESSAGES/veille.po`` (translations
are kept, vanished sentences dropped) and compiles ``veille.mo``. A test fails when a sentence is
missing, unused, or when the compiled file is behind.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "resources" / "i18n" / "fr" / "LC_MESSAGES" / "veille.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "n_": (1, 2)}


def collect() -> Catalog:
    """Give the sentences of the code."""
    template = Catalog(project="Veille", charset="utf-8")
    found = extract_from_dir(
        str(ROOT / "veille"), method_map=[("**.py", "python")], keywords=KEYWORDS
    )
    for filename, _line, message, comments, context in sorted(found, key=_place):
        template.add(message, None, [(filename, 0)], auto_comments=comments, context=context)
    return template


def _place(found: tuple[object, ...]) -> tuple[str, int]:
    return str(found[0]), int(str(found[1]))


def kept() -> Catalog:
    """Give the French catalogue as it is."""
    if not PO.exists():
        return Catalog(locale="fr", project="Veille")
    with PO.open("rb") as file:
        return read_po(file, locale="fr")


def updated() -> Catalog:
    """Give the French catalogue with the sentences of the code, no more and no less."""
    catalogue = kept()
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Give the text of a catalogue, without dates that would change at each run."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, no_location=True, sort_output=True, width=96)
    head = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    head += b'"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
    return head + buffer.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Give the compiled catalogue."""
    buffer = io.BytesIO()
    # Equal sentences are equal bytes, whenever they are compiled.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Give the sentences without a translation."""
    return [str(one.id) for one in catalogue if one.id and not _whole(one.string)]


def _whole(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main() -> int:
    """Write both files; the status says whether a sentence is missing."""
    catalogue = updated()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(written(catalogue))
    with PO.open("rb") as file:
        MO.write_bytes(compiled(read_po(file, locale="fr")))
    for one in missing(catalogue):
        print(f"to translate: {one}")
    return 1 if missing(catalogue) else 0


if __name__ == "__main__":
    sys.exit(main())
