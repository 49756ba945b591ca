"""The text of a note: plain, with completion of links."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QPlainTextEdit
from typing_extensions import override

from veille.sentences.catalogue import _
from veille.ui import theme


class Editor(QPlainTextEdit):
    """Plain text with completion of ``[[``."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("noteText")
        self.setAccessibleName(_("Text of the note"))
        self.setPlaceholderText(_("Write in Markdown. [[ links to another note."))
        self.setFont(theme.ui_font(1.1))
        self.setTabChangesFocus(True)
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.activated.connect(self._on_completed)

    @property
    def titles(self) -> Sequence[str]:
        """Give the titles that completion proposes."""
        return self._model.stringList()

    @titles.setter
    def titles(self, titles: Sequence[str]) -> None:
        self._model.setStringList(list(titles))

    def plain(self) -> str:
        """Give the text as it is: ``toPlainText`` would turn no-break spaces into others."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def surround(self, before: str, after: str) -> None:
        """Put marks around the selection, or begin the line with one."""
        cursor = self.textCursor()
        if not after:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.insertText(before)
        else:
            chosen = cursor.selectedText()
            cursor.insertText(f"{before}{chosen}{after}")
            if not chosen:
                cursor.movePosition(
                    QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(after)
                )
                self.setTextCursor(cursor)
        self.setFocus()
        self._complete()

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        popup = self._popup()
        keys = {Qt.Key.Key_Enter, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab}
        if popup.isVisible() and e.key() in keys:
            e.ignore()
            return
        super().keyPressEvent(e)
        if e.text():
            self._complete()

    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def _typed(self) -> str | None:
        """Give what was typed of a link before the cursor; None outside a link."""
        cursor = self.textCursor()
        line = cursor.block().text()[: cursor.positionInBlock()]
        opened = line.rfind("[[")
        return None if opened < 0 or "]]" in line[opened:] else line[opened + 2 :]

    def _complete(self) -> None:
        typed = self._typed()
        popup = self._popup()
        if typed is None or len(typed) > 60:
            popup.hide()
            return
        self._completer.setCompletionPrefix(typed)
        if self._completer.completionCount() == 0:
            popup.hide()
            return
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        box = self.cursorRect()
        box.translate(self.viewport().pos())
        box.setWidth(420)
        self._completer.complete(box)

    def _on_completed(self, title: str) -> None:
        typed = self._typed()
        if typed is None:
            return
        cursor = self.textCursor()
        left = QTextCursor.MoveOperation.Left
        cursor.movePosition(left, QTextCursor.MoveMode.KeepAnchor, len(typed))
        follows = self.toPlainText()[self.textCursor().position() :][:2]
        cursor.insertText(title if follows == "]]" else f"{title}]]")
        self.setTextCursor(cursor)
