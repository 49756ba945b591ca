"""PDF documents: text in paragraphs, what repeats left out, what cannot be read said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.pdfs import write
from veille.capture.pdf import read_pdf
from veille.domain.errors import FileUnreadable


def pdf(pages: Sequence[Sequence[str]], *, title: str = "") -> bytes:
    """Write a document: one line of text below the other."""
    return write(
        [
            [(60, 780 - 14 * number, 11, line) for number, line in enumerate(lines, 1)]
            for lines in pages
        ],
        title=title,
    )


LINES = (
    "Le conseil municipal de Valmont a adopté hier soir le budget de la commu-",
    "nication, qui prévoit une lettre mensuelle et la refonte du site de la ville.",
    "Les élus de l'opposition se sont abstenus.",
    "",
    "Une réunion publique aura lieu au printemps dans chacun des cinq quartiers de la ville, avant",
    "l'été.",
)


def test_lines_become_paragraphs_and_running_heads_go() -> None:
    ends = ("Fin de la première partie.", "Voici la deuxième.", "C'est tout.")
    pages = [
        ("Rapport annuel 2025", *LINES, "", end, f"Page {n} sur 3") for n, end in enumerate(ends, 1)
    ]
    read = read_pdf(pdf(pages, title="Budget de la communication"))
    assert (read.title, read.pages, read.is_scanned) == ("Budget de la communication", 3, False)
    assert "budget de la communication, qui prévoit" in read.html
    assert "Rapport annuel" not in read.html
    assert "Page 2" not in read.html
    assert "quartiers de la ville, avant l'été." in read.html


def test_a_title_that_says_nothing_is_not_believed() -> None:
    read = read_pdf(
        pdf([("Le titre écrit en haut", "", *LINES)], title="Microsoft Word - note.doc")
    )
    assert read.title == "Le titre écrit en haut"


def test_pictures_of_pages_are_said_to_be_so() -> None:
    assert read_pdf(pdf([(), ()])).is_scanned


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n%%EOF", pdf([LINES])[:300], b""])
def test_a_broken_document_is_refused(data: bytes) -> None:
    with pytest.raises(FileUnreadable):
        read_pdf(data)
