"""A page of the guide as it is read: its pictures in the column, its links followed by whoever asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui import pictures, theme
from veille.ui.widgets import prose

SIZES: Final = (10.5, 11.5, 12.5, 14.0, 16.0, 18.5, 21.0)
USUAL: Final = 2
_COLUMN, _EDGE = 660, 28
# Pictures are taken at twice their size, for screens that show them so.
_TAKEN_AT: Final = 2
_IMAGE: Final = re.compile(r'<p>\s*(<img\b[^>]*\balt="([^"]*)"[^>]*>)\s*</p>')
# A key, or what is typed, within a sentence: seen as such, with a little room at its sides.
_CODE: Final = re.compile(r"(?<!<pre>)<code>([^<\n]*)</code>")
_THIN: Final = "\u202f"
# Qt ends lines at a narrow space, where French lets none end: a wide one in small letters it is.
_NARROW: Final = re.compile("\u202f(?![^<>]*>)")
# What is there to be copied stands in a box: Qt knows of a quotation only at its first paragraph.
_BOX: Final = '<div class="admonition">'
_BLOB: Final = "blob:"


class Sheet(QTextBrowser):
    """Shows a page; loads nothing but the pictures of the guide.

    Signals:
        link_chosen(str): an address of http, https, mailto or veille.
    """

    link_chosen = Signal(object)

    def __init__(self, picture: Callable[[str], bytes]) -> None:
        super().__init__()
        self._picture = picture
        self._html = ""
        self._size = USUAL
        self.setObjectName("reader")
        self.setAccessibleName(_("Page of the guide"))
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_anchor_clicked)

    @property
    def step(self) -> int:
        """Give the step of the letters, in SIZES."""
        return self._size

    def show_page(self, fragment: str) -> None:
        """Show a page from its beginning."""
        self._html = fragment
        self._lay_out()

    def set_size(self, step: int) -> None:
        """Choose how big letters are, and keep the place."""
        self._size = min(max(step, 0), len(SIZES) - 1)
        self.dress()

    def dress(self) -> None:
        """Lay the page out again, with the colours and letters in force."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(bar.maximum(), 1)
        self._lay_out()
        bar.setValue(round(place * bar.maximum()))

    def go_to(self, section: str) -> None:
        """Bring a heading to the top, by its words."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip() == section:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top) - 8)
                return
            block = block.next()

    def _lay_out(self) -> None:
        c, document = theme.colours(), self.document()
        document.setDefaultFont(theme.reading_font(SIZES[self._size]))
        points = theme.points(SIZES[self._size])
        document.setDefaultStyleSheet(
            prose.sheet(points, c, theme.UI_FONT)
            + f"""
            code {{ font-family: '{theme.UI_FONT}'; font-size: {points * 0.88:.1f}pt;
                background-color: {c.chip}; }}
            pre, pre code {{ font-family: monospace; background-color: {c.chip}; }}
            table, td, th {{ border-color: {c.line}; border-style: solid; }}
            th {{ text-align: left; }}
            td {{ vertical-align: middle; }}
            .legende {{ margin-top: 4px; margin-bottom: 20px; }}
            """
        )
        shown = _CODE.sub(rf"<code>{_THIN}\1{_THIN}</code>", self._html)
        shown = _NARROW.sub(f'<span style="font-size:{points * 0.6:.1f}pt">\u00a0</span>', shown)
        shown = shown.replace("<blockquote>", _BOX).replace("</blockquote>", "</div>")
        self.setHtml(prose.for_qt(_IMAGE.sub(_with_caption, shown)))
        self._set_margins()

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # Never None: Qt would then look for the file itself, on the disk or on a UNC path.
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return b""
        address = name.toString() if isinstance(name, QUrl) else name
        column = max(min(self._column, self.viewport().width() - 2 * _EDGE), 1)
        ratio = self.devicePixelRatioF()
        image = QImage.fromData(self._picture(address)) if address.startswith(_BLOB) else QImage()
        if image.isNull():
            return pictures.missing(_("Picture not here yet"), column, ratio)
        wide = round(min(column, image.width() / _TAKEN_AT) * ratio)
        shown = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        return _framed(shown)

    @property
    def _column(self) -> int:
        return theme.px(_COLUMN * SIZES[self._size] / SIZES[USUAL])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._html:
            self.dress()

    def _set_margins(self) -> None:
        prose.set_margins(self, column=self._column, edge=_EDGE)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https", "mailto", "veille"}:
            self.link_chosen.emit(url.toString())


def _with_caption(found: re.Match[str]) -> str:
    """Say below a picture what it shows: the same words for who sees it and for who does not."""
    return f'<p>{found[1]}</p><p class="legende">{found[2]}</p>'


def _framed(image: QImage) -> QImage:
    """Draw a line around a picture: it would end nowhere on a page of the same colour."""
    painter = QPainter(image)
    painter.setPen(QColor(theme.colours().line))
    size = image.deviceIndependentSize()
    painter.drawRect(0, 0, round(size.width()) - 1, round(size.height()) - 1)
    painter.end()
    return image
