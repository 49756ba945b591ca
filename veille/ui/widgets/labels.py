"""Labels that give way: a line that is cut where there is no room, a text that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override


class ElidedLabel(QLabel):
    """One line, cut with an ellipsis where there is no room; its tooltip is the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def tell(self, text: str) -> None:
        """Say a line."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self.updateGeometry()
        self._fit()

    @property
    def whole(self) -> str:
        """Give what is said, cut or not."""
        return self._whole

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, self.width()
        )
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else self._whole)

    @override
    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height()
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class ShortText(QScrollArea):
    """Lines that may be many: as high as they are, scrolled from some height on.

    ``most``: pixels.
    """

    def __init__(self, *, most: int) -> None:
        super().__init__()
        self._most = most
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        self.setWidget(held)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def tell(self, text: str) -> None:
        """Say lines; none hide it."""
        self.label.setText(text)
        self.setVisible(bool(text))
        self._fit()

    def allow(self, most: int) -> None:
        """Scroll from another height on, in pixels."""
        if most != self._most:
            self._most = most
            self._fit()

    def _fit(self) -> None:
        wanted = self.label.heightForWidth(max(self.viewport().width(), 1))
        if wanted > self._most:
            wanted = self._most
            # What can be scrolled can be scrolled with the keys.
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(max(wanted, 1))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
