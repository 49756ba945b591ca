"""A button that empties a field, large enough, and a picture before its words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QToolButton
from typing_extensions import override

from veille.ui.design.measures import ICON, TARGET, px


class Emptying(QObject):
    """Stands in a field. Qt's own button is of 22 by 18 pixels: too small to be hit by all."""

    def __init__(
        self, field: QLineEdit, *, name: str, pictures: Callable[[], tuple[QIcon, QIcon]]
    ) -> None:
        """Put a button in a field.

        Args:
            field: where it stands.
            name: of the button, for screen readers and its hint.
            pictures: gives what stands before the words, which may be nothing, and the button's,
                in the colours in force.
        """
        super().__init__(field)
        self._field, self._pictures = field, pictures
        self._picture, self._empty = QToolButton(field), QToolButton(field)
        for one in (self._picture, self._empty):
            one.setObjectName("inField")
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            one.setCursor(Qt.CursorShape.ArrowCursor)
            one.setIconSize(QSize(px(ICON - 2), px(ICON - 2)))
            one.hide()
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty.setToolTip(name)
        self._empty.setAccessibleName(name)
        self._empty.clicked.connect(self._on_empty_clicked)
        field.textChanged.connect(self._on_text_changed)
        field.installEventFilter(self)
        self._dress()

    def _dress(self) -> None:
        picture, empty = self._pictures()
        self._picture.setIcon(picture)
        self._picture.setVisible(not picture.isNull())
        self._empty.setIcon(empty)
        margins = self._field.textMargins()
        side = px(TARGET)
        left = side - 2 if not picture.isNull() else margins.left()
        self._field.setTextMargins(left, margins.top(), side - 2, margins.bottom())
        self._place()

    def _on_empty_clicked(self) -> None:
        self._field.clear()
        self._field.textEdited.emit("")
        self._field.setFocus()

    def _on_text_changed(self, text: str) -> None:
        self._empty.setVisible(bool(text))

    def _place(self) -> None:
        side, field = px(TARGET), self._field
        top = (field.height() - side) // 2
        self._picture.setGeometry(6, top, side, side)
        self._empty.setGeometry(field.width() - side - 4, top, side, side)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        return super().eventFilter(watched, event)
