"""PDF documents with text: paragraphs put together again, what repeats on each page left out.

Read by PDFium (pypdfium2, BSD and Apache licences), in the worker process: a document that
crashes it stops one worker, which is started again, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from statistics import median_low
from typing import Any, Final

from veille.capture import pdf_layout
from veille.capture.pdf_layout import Line
from veille.capture.pdf_paragraphs import Paragraph, is_cut, paragraphs
from veille.domain.errors import FileUnreadable, Locked
from veille.domain.text import clip, collapse

MOST_PAGES: Final = 400
MOST_CHARS: Final = 600_000
_SHORT: Final = 100
_REPEATS: Final = 0.5
_LARGE: Final = 1.15
_LONGEST: Final = 120
_NO_TITLE: Final = re.compile(
    r"microsoft word|untitled|sans titre|document\d*$|\.(?:docx?|pdf|indd|odt|qxd|pptx?)$|^\W*$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"\W{0,3}(?:page\s*)?\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?\W{0,3}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a document says.

    Attributes:
        html: its paragraphs, its headings as ``<h2>``.
        is_scanned: whether its pages are pictures: there is nothing to read.
    """

    title: str
    html: str
    pages: int
    is_scanned: bool


def read_pdf(
    data: bytes, *, limit_pages: int = MOST_PAGES, limit_chars: int = MOST_CHARS
) -> PdfText:
    """Read a document. Raises Locked (a password is needed), FileUnreadable."""
    import pypdfium2
    from pypdfium2 import PdfiumError

    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as problem:
        locked = "password" in str(problem).lower()
        raise (Locked(path="pdf") if locked else FileUnreadable(path="pdf")) from problem
    try:
        count = len(document)
        pages = _pages(document, min(count, limit_pages), limit_chars)
        said = _said_title(document)
    except (PdfiumError, ValueError) as problem:
        raise FileUnreadable(path="pdf") from problem
    finally:
        document.close()
    return _told(pages, said, count)


def _told(pages: Sequence[Sequence[Line]], said: str, count: int) -> PdfText:
    shown = _without_repeats(pages)
    body = median_low([one.size for page in shown for one in page] or [0.0])
    found = paragraphs(shown, body)
    largest = _largest(found, body)
    title = said or (clip(found[largest].text, length=_LONGEST) if found else "")
    # A title taken from the text leaves it, unless it is only how the text begins.
    rest = [x for n, x in enumerate(found) if n != largest or x.text != title]
    html = "".join(_written(one, body) for one in rest)
    return PdfText(title, html, count, is_scanned=count > 0 and not found)


def _written(one: Paragraph, body: float) -> str:
    heads = one.size > _LARGE * body and len(one.text) < 3 * _SHORT
    tag = "h2" if heads else "p"
    return f"<{tag}>{escape(one.text, quote=False)}</{tag}>"


def _pages(document: Any, most: int, room: int) -> list[list[Line]]:
    """Give the lines of each page, in the order of reading."""
    found: list[list[Line]] = []
    for number in range(most):
        page = document[number]
        text = page.get_textpage()
        found.append(pdf_layout.lines(text, most=room))
        text.close()
        page.close()
        room -= sum(len(one.text) for one in found[-1])
        if room <= 0:
            break
    return found


def _said_title(document: Any) -> str:
    told = collapse(str(document.get_metadata_dict(skip_empty=True).get("Title", "")))
    return "" if _NO_TITLE.search(told) or len(told) < 4 else told[:300]


def _largest(found: Sequence[Paragraph], body: float) -> int:
    """Find what is written largest at the beginning: a title, or else what comes first."""
    first = [(one.size, -n) for n, one in enumerate(found[:12]) if len(one.text) > 3]
    if not first or max(first)[0] <= _LARGE * body:
        return 0
    return -max(first)[1]


def _without_repeats(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out running heads and page numbers: short lines at the edges of most pages."""
    edges = Counter(
        key for lines in pages for key in {_shape(x) for x in _edge(lines) if len(x.text) < _SHORT}
    )
    often = max(2, _REPEATS * len(pages))
    kept = []
    for lines in pages:
        edge = _edge(lines)
        repeated = [
            one
            for one in edge
            if _NUMBER.fullmatch(one.text) or (edges[_shape(one)] >= often and not is_cut(one.text))
        ]
        kept.append([one for one in lines if not any(one is x for x in repeated)])
    return kept


def _edge(lines: Sequence[Line]) -> list[Line]:
    """Give what stands highest and lowest on a page, whatever its order."""
    down = sorted(lines, key=lambda one: -one.top)
    return [*down[:2], *down[-2:]]


def _shape(line: Line) -> str:
    """Give what two running heads have in common: words, figures put aside, and their place."""
    return f"{re.sub(r'[0-9]+', '0', collapse(line.text))}@{line.bottom / 12:.0f}"
