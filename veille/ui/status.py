"""The foot of the sidebar: who is here, how the spaces are, what the index has still to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.domain.views import Space
from veille.sentences import dates
from veille.sentences.catalogue import _, n_
from veille.ui import theme

# Units under which words have no room; and the height Qt gives to what is not held.
_LEAST: Final = 120
_ANY: Final = 16_777_215


class StatusFoot(QFrame):
    """Tells, in one or two lines, exactly what is up to date and what is not.

    Signals:
        stop_requested(): reading the sources is to stop.
    """

    stop_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._who, self._spaces, self._index = QLabel(), QLabel(), QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(4)
        for label in (self._who, self._spaces, self._index):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addWidget(self._built_reading())
        self._spaces.setObjectName("muted")
        self._index.setObjectName("muted")

    def _built_reading(self) -> QWidget:
        self._reading, self._stop = QWidget(), QPushButton()
        self._done, self._far = QLabel(), QLabel()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self._done, self._far):
            label.setObjectName("muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
            # What is read changes all the time: the foot keeps its size.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            texts.addWidget(label)
        self._stop.setObjectName("quiet")
        self._stop.setFixedSize(theme.px(28), theme.px(28))
        self._stop.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._stop.setAccessibleName(_("Stop reading the sources"))
        self._stop.setToolTip(_("Stop reading the sources"))
        self._stop.clicked.connect(self.stop_requested)
        row = QHBoxLayout(self._reading)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addLayout(texts, 1)
        row.addWidget(self._stop)
        self._reading.hide()
        return self._reading

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a strip of pictures words would be cut: the hint says them.
        room = self.width() >= theme.px(_LEAST)
        for one in (self._who, self._spaces, self._index):
            one.setMaximumHeight(_ANY if room else 0)
        told = (self._who, self._spaces, self._index)
        self.setToolTip("" if room else "\n".join(one.text() for one in told if one.text()))

    def tell_reading(self, told: str, far: str) -> None:
        """Say that the sources are being read, "" that they are not, and how far that is."""
        self._done.setText(told)
        self._done.setToolTip(told)
        room = self.width() - 64
        metrics = self._far.fontMetrics()
        self._far.setText(metrics.elidedText(far, Qt.TextElideMode.ElideRight, room))
        self._far.setAccessibleName(far)
        self._far.setToolTip(far)
        self._stop.setIcon(theme.icon("x", theme.colours().muted))
        self._reading.setVisible(bool(told))

    def tell_who(self, name: str) -> None:
        """Say who is at the desk."""
        self._who.setText(name)
        self._who.setVisible(bool(name))

    def tell_spaces(self, spaces: Sequence[Space], now_ms: int) -> None:
        """Say how the shared spaces are."""
        shared = [one for one in spaces if not one.personal and one.folder]
        if not shared:
            self._spaces.setText(_("Nothing is shared yet"))
            return
        lines = []
        for one in shared:
            if one.problem:
                state = _("away — your additions leave later")
            elif one.remaining:
                state = n_(
                    "{n} file still to be read; search finds what has arrived",
                    "{n} files still to be read; search finds what has arrived",
                    one.remaining,
                )
            elif not one.synced_at:
                state = _("first round under way")
            elif one.waiting:
                state = n_("{n} change waits to leave", "{n} changes wait to leave", one.waiting)
            else:
                state = _("shared, {when}").format(when=dates.short(one.synced_at, now_ms))
            mark = "●" if not one.problem else "○"
            told = _("{label}: {what}").format(label=one.name, what=state)
            lines.append(f"{mark} {told}")
        self._spaces.setText("\n".join(lines))

    def tell_index(self, waiting: int) -> None:
        """Say what the index has still to hear of."""
        self._index.setText(
            n_("{n} thing to index", "{n} things to index", waiting)
            if waiting
            else _("Search is up to date")
        )
