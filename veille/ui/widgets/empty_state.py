"""What a view says when there is nothing in it: what it is for, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from veille.ui.design.measures import HEAD
from veille.ui.widgets.pages import scrolled


class EmptyState(QWidget):
    """An icon, a sentence, an explanation, a button; seldom, another thing to do.

    Signals:
        action_requested(): the button was pressed.
        other_requested(): what else can be done was chosen.
    """

    action_requested = Signal()
    other_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self._title = QLabel()
        self._text = QLabel()
        self._text.setObjectName("muted")
        self._button = QPushButton()
        self._button.clicked.connect(self.action_requested)
        self._other = QPushButton()
        self._other.setObjectName("quiet")
        self._other.clicked.connect(self.other_requested)
        self._page = QWidget()
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(36, 20, 36, 20)
        layout.setSpacing(12)
        layout.addStretch(2)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(6)
        for button in (self._button, self._other):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.installEventFilter(self)
        layout.addStretch(3)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * HEAD)
        font.setBold(True)
        self._title.setFont(font)
        # In a low window what is offered is scrolled to, not cut.
        self._area = scrolled(self._page)
        self._area.viewport().setAutoFillBackground(False)
        self._page.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt does so only when the tabulator comes from within.
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched)
        return False

    @override
    def minimumSizeHint(self) -> QSize:
        """Take the width of what is offered: it never scrolls sideways."""
        bar, least = self._area.verticalScrollBar().sizeHint(), super().minimumSizeHint()
        return QSize(self._page.minimumSizeHint().width() + bar.width(), least.height())

    @property
    def told(self) -> tuple[str, str, str]:
        """Give the title, the text, and what the button says, "" for none."""
        return self._title.text(), self._text.text(), self._button.text()

    def tell(
        self, picture: QPixmap, title: str, text: str, button: str = "", other: str = ""
    ) -> None:
        """Say what the view is for; ``button`` labels what to do, ``other`` what else, "" for none."""
        self._icon.setPixmap(picture)
        self._title.setText(title)
        self._text.setText(text)
        for shown, label in ((self._button, button), (self._other, other)):
            shown.setText(label)
            shown.setVisible(bool(label))
