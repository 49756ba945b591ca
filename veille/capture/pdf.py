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
from typing import Any, Final

from veille.domain.errors import FileUnreadable, Locked
from veille.domain.text import CONTROLS, clip, collapse

MOST_PAGES: Final = 400
_MOST_CHARS: Final = 600_000
_SHORT: Final = 100
_REPEATS: Final = 0.5
_NO_TITLE: Final = re.compile(
    r"microsoft word|untitled|sans titre|document\d*$|\.(?:docx?|pdf|indd|odt|qxd|pptx?)$|^\W*$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?", re.IGNORECASE)
_ENDS: Final = re.compile(r"[.!?…:;»”\")]\s*$")
_BULLET: Final = re.compile(r"^(?:[•▪◦‣–—-]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a document says.

    Attributes:
        html: its paragraphs.
        is_scanned: whether its pages are pictures: there is nothing to read.
    """

    title: str
    html: str
    pages: int
    is_scanned: bool


def read_pdf(data: bytes) -> PdfText:
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
        read = _pages(document, min(count, MOST_PAGES))
        title = _title(document)
    except PdfiumError as problem:
        raise FileUnreadable(path="pdf") from problem
    finally:
        document.close()
    paragraphs = _paragraphs(_without_repeats(read))
    told = title or (clip(paragraphs[0], length=200) if paragraphs else "")
    body = paragraphs[1:] if paragraphs and collapse(paragraphs[0]) == told else paragraphs
    html = "".join(f"<p>{escape(one, quote=False)}</p>" for one in body)
    return PdfText(told, html, count, is_scanned=count > 0 and not paragraphs)


def _pages(document: Any, most: int) -> list[list[str]]:
    """Give the lines of each page, in the order of reading."""
    found: list[list[str]] = []
    room = _MOST_CHARS
    for number in range(most):
        page = document[number]
        text = page.get_textpage()
        told = text.get_text_bounded(errors="replace")[:room]
        text.close()
        page.close()
        room -= len(told)
        found.append([line.rstrip().translate(CONTROLS) for line in re.split(r"\r?\n", told)])
        if room <= 0:
            break
    return found


def _title(document: Any) -> str:
    told = collapse(str(document.get_metadata_dict(skip_empty=True).get("Title", "")))
    return "" if _NO_TITLE.search(told) or len(told) < 4 else told[:300]


def _without_repeats(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Leave out running heads and page numbers: short lines at the edges of most pages."""
    edges = Counter(
        key
        for lines in pages
        for key in {_shape(line) for line in _edge(lines) if len(line) < _SHORT}
    )
    often = max(2, _REPEATS * len(pages))
    kept = []
    for lines in pages:
        edge = set(_edge(lines))
        kept.append(
            [
                line
                for line in lines
                if not (
                    line in edge
                    and (_NUMBER.fullmatch(line.strip()) or edges[_shape(line)] > often)
                )
            ]
        )
    return kept


def _edge(lines: Sequence[str]) -> list[str]:
    shown = [line for line in lines if line.strip()]
    return [*shown[:2], *shown[-2:]]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", collapse(line))


def _paragraphs(pages: Sequence[Sequence[str]]) -> list[str]:
    """Put together lines that were cut at the margin, words that were cut in two."""
    widest = max((len(line) for lines in pages for line in lines), default=0)
    found: list[str] = []
    open_ = False
    for lines in pages:
        for line in lines:
            text = line.strip()
            if not text:
                open_ = False
                continue
            if open_ and found and not _BULLET.match(text):
                found[-1] = _joined(found[-1], text)
            else:
                found.append(text)
            open_ = len(text) > 0.6 * min(widest, 110) or not (_ENDS.search(text) or len(text) < 50)
            if _ENDS.search(text) and len(text) < 0.8 * min(widest, 110):
                open_ = False
    return [collapse(one) for one in found if one.strip()]


def _joined(before: str, line: str) -> str:
    if before.endswith(("\u00ad", "\ufffe", "\u0002")):
        return before[:-1] + line
    if re.search(r"\w-\Z", before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
