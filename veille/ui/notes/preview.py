"""The note as it will be read, beside the text; it keeps its place while one writes."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser
from typing_extensions import override

from veille.desk.desk import Desk
from veille.sentences import names
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.widgets import prose

_POINTS: Final = 12.5


class Preview(QTextBrowser):
    """Shows a note; loads nothing.

    Signals:
        link_chosen(str): an address of http, https, mailto or veille.
    """

    link_chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("reader")
        self.setAccessibleName(_("Preview"))
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_text(self, title: str, text: str) -> None:
        """Show Markdown."""
        html = self._desk.note_html(text, reference=names.reference)
        scroll = self.verticalScrollBar().value()
        document = self.document()
        document.setDefaultFont(theme.reading_font(_POINTS))
        document.setDefaultStyleSheet(prose.sheet(_POINTS, theme.colours(), theme.UI_FONT))
        self.setHtml(f"<h1>{escape(title)}</h1>{prose.for_qt(html)}")
        self._set_margins()
        self.verticalScrollBar().setValue(scroll)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # Never None: Qt would then look for the file itself, on the disk or on a UNC path.
        return prose.nothing() if kind == QTextDocument.ResourceType.ImageResource.value else b""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        prose.set_margins(self, column=620, edge=28)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https", "mailto", "veille"}:
            self.link_chosen.emit(url.toString())
