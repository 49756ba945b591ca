"""PDF documents written by hand, for tests and measures: words at places, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

Word = tuple[float, float, float, str]


def write(pages: Sequence[Sequence[Word]], *, title: str = "") -> bytes:
    """Write pages of (x, y, size, text) in Helvetica."""
    objects: list[bytes] = [b"", b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]  # fmt: skip
    kids = []
    for words in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf {x:.1f} {y:.1f} Td ({_escaped(text)}) Tj ET\n"
            for x, y, size, text in words
        ).encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    objects.append(b"<</Title(%s)>>" % _escaped(title).encode("cp1252"))
    return assembled(objects)


def assembled(objects: Sequence[bytes]) -> bytes:
    """Number objects from 1 and write the table; the last one is the document's card."""
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, len(objects), len(data),
    )  # fmt: skip
    return bytes(data) + head + table + tail


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


LEFT = ("Le conseil {} a adopté hier soir", "le budget {} de la commu-",
        "nication, qui prévoit une lettre et la", "refonte complète du site de la ville.",
        "Les élus {} de l'opposition se sont", "abstenus, faute d'un avis {} précis.")  # fmt: skip
RIGHT = ("Une réunion {} publique aura lieu", "au printemps dans chacun des cinq",
         "quartiers, avant le vote définitif que", "le maire annonce pour la fin du mois",
         "de juin. Les habitants {} pourront y", "poser au conseil {} leurs questions.")  # fmt: skip
_FIRST = (
    "Le conseil {0} a adopté hier soir le budget {0} de la communication, qui prévoit une lettre"
    " et la refonte complète du site de la ville."
)
_SECOND = "Les élus {0} de l'opposition se sont abstenus, faute d'un avis {0} précis."
_THIRD = (
    "Une réunion {0} publique aura lieu au printemps dans chacun des cinq quartiers, avant le vote"
    " définitif que le maire annonce pour la fin du mois de juin. Les habitants {0} pourront y"
    " poser au conseil {0} leurs questions."
)
_EXPECTED = (_FIRST, _SECOND, _THIRD)
WORDS = ("municipal", "général", "régional", "syndical")
EXPECTED = [one.format(word) for word in WORDS[:3] for one in _EXPECTED]


def two_columns(*, interleaved: bool, wide: bool = False, number: int = 1) -> list[Word]:
    """Give a page of two columns, drawn one after the other or row by row."""
    head: list[Word] = [(60, 800, 9, f"La Gazette de Valmont {number}")]
    if wide:
        head.append((60, 760, 22, "Le budget de la communication"))
        head.append((60, 730, 10,
            "Un chapeau qui court sur toute la largeur de la page, au-dessus de ses deux colonnes."))  # fmt: skip
    # fmt: off
    left = [(60.0, 700.0 - 13 * n, 10.0, one.format(WORDS[number - 1])) for n, one in enumerate(LEFT)]
    right = [(310.0, 700.0 - 13 * n, 10.0, one.format(WORDS[number - 1])) for n, one in enumerate(RIGHT)]
    # fmt: on
    rows = [one for pair in zip(left, right, strict=True) for one in pair]
    return [*head, *(rows if interleaved else [*left, *right]), (290, 30, 9, str(number))]
