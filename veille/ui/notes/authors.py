"""Today's text of a note with, beside each paragraph, who wrote it and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser
from typing_extensions import override

from veille.desk.tracing import Authored
from veille.sentences import tracing
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.widgets import prose

_MOST: Final = 1_000
_POINTS: Final = 11.5
_GUTTER: Final = 27
_MARGIN: Final = 12


class Authors(QTextBrowser):
    """Shows paragraphs and their authors; loads nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("authors")
        self.setAccessibleName(_("Paragraph by paragraph"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)

    def show_paragraphs(
        self, found: Sequence[Authored], people: Mapping[str, str], *, now_ms: int
    ) -> None:
        """Show paragraphs; a name is not said again while it stays the same."""
        scroll = self.verticalScrollBar().value()
        rows, said = [], ""
        for one in found[:_MOST]:
            told = _told(one, people, now_ms=now_ms)
            rows.append(_row(one.text, told if told != said else ""))
            said = told
        self.document().setDocumentMargin(_MARGIN)
        self.document().setDefaultFont(theme.reading_font(_POINTS))
        none = escape(_("No text yet."))
        nothing = f'<p style="color: {theme.colours().muted}">{none}</p>'
        table = f'<table width="100%" cellspacing="0" cellpadding="7">{"".join(rows)}</table>'
        self.setHtml(table if rows else nothing)
        self.verticalScrollBar().setValue(scroll)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # Never None: Qt would then look for the file itself, on the disk or on a UNC path.
        return prose.nothing() if kind == QTextDocument.ResourceType.ImageResource.value else b""


def _told(one: Authored, people: Mapping[str, str], *, now_ms: int) -> str:
    c = theme.colours()
    last = escape(tracing.last(one, people, now_ms=now_ms))
    before = escape(tracing.before(one, people, now_ms=now_ms))
    small = f"font-family: '{theme.UI_FONT}'; font-size: {theme.points(10):.1f}pt"
    older = f'<br><span style="{small}; color: {c.muted}">{before}</span>' if before else ""
    return f'<span style="{small}; font-weight: 600; color: {c.text}">{last}</span>{older}'


def _row(text: str, told: str) -> str:
    shown = escape(text).replace("\n", "<br>")
    return (
        f'<tr><td width="{_GUTTER}%" valign="top">{told}</td>'
        f'<td valign="top" style="white-space: pre-wrap">{shown}</td></tr>'
    )
