"""How texts look in a QTextDocument: the style that Qt understands, and a readable column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextBlock, QTextFormat
from PySide6.QtWidgets import QTextBrowser

_FIGURES: Final = re.compile(r"<(figcaption|details|summary|caption)\b[^>]*>(.*?)</\1>", re.DOTALL)
_DIVISIONS: Final = re.compile(r"(<div\b[^>]*>|</div>)")
_BOX: Final = '<div class="admonition">'
_OPEN: Final = '<table cellspacing="0" width="100%"><tr><td class="admonition">'
_CLOSE: Final = '</td></tr></table><p style="margin-bottom:0;font-size:4pt"></p>'
_NARROW: Final = re.compile("\u202f(?![^<>]*>)")
_IMAGE_ALONE: Final = re.compile(r"<p>\s*(<img\b[^>]*>)\s*</p>")


class Roles(Protocol):
    """The colour roles a style needs."""

    @property
    def text(self) -> str:
        """Give the colour of text."""

    @property
    def muted(self) -> str:
        """Give the colour of what matters less."""

    @property
    def accent(self) -> str:
        """Give the colour of links."""

    @property
    def error(self) -> str:
        """Give the colour of what is wrong or missing."""

    @property
    def chip(self) -> str:
        """Give the ground of chips and table heads."""


def sheet(points: float, c: Roles, ui: str) -> str:
    """Give the style of texts.

    Args:
        points: size of the text.
        c: colours.
        ui: the font of labels.
    """
    return f"""
    body {{ color: {c.text}; }}
    p, li, td, th {{ line-height: 122%; }}
    p {{ margin-top: 0; margin-bottom: 12px; }}
    h1 {{ font-size: {points * 1.6:.1f}pt; font-weight: 600; line-height: 88%;
        margin-top: 0; margin-bottom: 12px; }}
    h2 {{ font-size: {points * 1.28:.1f}pt; font-weight: 600; margin-top: 22px;
        margin-bottom: 8px; }}
    h3, h4, h5, h6 {{ font-size: {points * 1.08:.1f}pt; font-weight: 600; margin-top: 18px;
        margin-bottom: 6px; }}
    a {{ color: {c.accent}; text-decoration: none; }}
    a.red {{ color: {c.error}; }}
    blockquote {{ margin-left: 22px; margin-right: 12px; margin-top: 10px; margin-bottom: 14px; }}
    .meta, .reference, .legende {{ font-family: '{ui}'; font-size: {points * 0.78:.1f}pt;
        color: {c.muted}; line-height: 135%; }}
    .label {{ font-family: '{ui}'; font-size: {points * 0.72:.1f}pt; color: {c.muted};
        font-weight: 600; margin-bottom: 2px; margin-top: 18px; }}
    .chip {{ font-family: '{ui}'; font-size: {points * 0.75:.1f}pt; background-color: {c.chip}; }}
    .great {{ font-size: {points * 1.45:.1f}pt; line-height: 112%; }}
    .gone, .notice {{ font-family: '{ui}'; font-size: {points * 0.82:.1f}pt; color: {c.error}; }}
    .title {{ font-weight: 600; margin-bottom: 2px; }}
    .done {{ color: {c.muted}; }}
    .embed {{ margin-left: 20px; margin-right: 12px; }}
    ul.tasks {{ list-style-type: none; -qt-list-indent: 0; }}
    ol.footnotes {{ font-size: {points * 0.85:.1f}pt; color: {c.muted}; }}
    td.admonition {{ background-color: {c.chip}; padding: 10px 14px; }}
    .admonition-title {{ font-weight: 600; }}
    td, th {{ padding: 5px 10px; }}
    th {{ background-color: {c.chip}; font-weight: 600; }}
    pre, code {{ font-family: monospace; font-size: {points * 0.85:.1f}pt; white-space: pre-wrap; }}
    """


def for_qt(fragment: str) -> str:
    """Write HTML the way Qt lays it out well; the visible text stays the same."""
    fragment = _FIGURES.sub(r'<p class="legende">\2</p>', fragment)
    fragment = _boxed(fragment)
    fragment = _IMAGE_ALONE.sub(r'<p style="line-height:100%">\1</p>', fragment)
    return fragment.replace("<table>", '<table border="1" cellspacing="0" width="100%">')


def unbroken(html: str) -> str:
    """Write ordinary no-break spaces for narrow ones, but in addresses: places stay the same.

    Qt reads a narrow one as a space like any other, which leaves a mark alone on the next line.
    """
    return _NARROW.sub("\u00a0", html)


def _boxed(fragment: str) -> str:
    """Put admonitions in tables of one cell: Qt gives a ground to nothing else."""
    if _BOX not in fragment:
        return fragment
    parts, boxes = [], [0]
    for part in _DIVISIONS.split(fragment):
        if part == _BOX:
            boxes.append(0)
            parts.append(_OPEN)
        elif part == "</div>" and len(boxes) > 1 and not boxes[-1]:
            boxes.pop()
            parts.append(_CLOSE)
        else:
            boxes[-1] += part.startswith("<div") - (part == "</div>")
            parts.append(part)
    return "".join(parts)


def nothing() -> QImage:
    """Give an image that shows nothing."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(0)
    return image


def set_margins(browser: QTextBrowser, *, column: int, edge: int) -> None:
    """Keep the text in a readable column, in the middle: Qt has no ``max-width``."""
    frame = browser.document().rootFrame()
    form = frame.frameFormat()
    side = max((browser.viewport().width() - column) // 2, edge)
    if form.leftMargin() == side:
        return
    form.setLeftMargin(side)
    form.setRightMargin(side)
    form.setTopMargin(26)
    form.setBottomMargin(60)
    frame.setFrameFormat(form)


def paint_bars(
    painter: QPainter, first: QTextBlock, *, left: int, scroll: int, height: int, colour: str
) -> None:
    """Draw the bar beside block quotations, which Qt does not; only of what is in view.

    Args:
        painter: of the view.
        first: the first paragraph in view.
        left: where the column begins.
        scroll: how far down the document the view is.
        height: of the view.
        colour: of the bars.
    """
    layout = first.document().documentLayout()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    for one, last in _quotations(first, scroll + height):
        top = layout.blockBoundingRect(one).top() - scroll
        bottom = layout.blockBoundingRect(last).bottom() - scroll
        painter.drawRoundedRect(QRectF(left + 6, top, 3, bottom - top), 1.5, 1.5)


def _quotations(first: QTextBlock, below: int) -> Iterator[tuple[QTextBlock, QTextBlock]]:
    """Give the first and last paragraphs of each quotation, from where ``first`` stands.

    Qt marks only their first paragraph: those that follow stand at least as far in as it does.
    """
    layout = first.document().documentLayout()
    block = first.previous() if first.previous().isValid() else first
    while block.blockFormat().leftMargin() and block.previous().isValid():
        block = block.previous()
    while block.isValid() and layout.blockBoundingRect(block).top() <= below:
        form, start = block.blockFormat(), block
        if form.intProperty(QTextFormat.Property.BlockQuoteLevel.value):
            inside = form.leftMargin()
            while block.next().isValid() and block.next().blockFormat().leftMargin() >= inside > 0:
                block = block.next()
            yield start, block
        block = block.next()
