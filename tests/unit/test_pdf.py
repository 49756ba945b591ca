"""PDF documents: text in paragraphs, what repeats left out, what cannot be read said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from veille.capture.pdf import read_pdf
from veille.domain.errors import FileUnreadable


def pdf(pages: Sequence[Sequence[str]], *, title: str = "") -> bytes:
    """Write a document by hand: one line of text below the other, in Helvetica."""
    objects: list[bytes] = [b"", b""]
    kids = []
    font = len(objects) + 1
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for lines in pages:
        escaped = (
            one.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for one in lines
        )
        drawn = "".join(f"({one}) Tj T*\n" for one in escaped)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{drawn}ET".encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 %d 0 R>>>>>>" % (len(objects), font)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    objects.append(b"<</Title(%s)>>" % title.encode("cp1252"))
    data = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, len(objects), len(data),
    )  # fmt: skip
    return data + head + table + tail


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
