"""How texts look in a QTextDocument: the style that Qt understands, and a readable column."""

from __future__ import annotations

import re
from typing import Final, Protocol

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTextBrowser

_FIGURES: Final = re.compile(r"<(figcaption|details|summary|caption)\b[^>]*>(.*?)</\1>", re.DOTALL)
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
    .gone {{ font-family: '{ui}'; color: {c.error}; }}
    .admonition-title {{ font-weight: 600; }}
    td, th {{ padding: 5px 10px; }}
    th {{ background-color: {c.chip}; font-weight: 600; }}
    pre, code {{ font-family: monospace; font-size: {points * 0.85:.1f}pt; white-space: pre-wrap; }}
    """


def for_qt(fragment: str) -> str:
    """Write HTML the way Qt lays it out well; the visible text stays the same."""
    fragment = _FIGURES.sub(r'<p class="legende">\2</p>', fragment)
    fragment = _IMAGE_ALONE.sub(r'<p style="line-height:100%">\1</p>', fragment)
    return fragment.replace("<table>", '<table border="1" cellspacing="0" width="100%">')


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
