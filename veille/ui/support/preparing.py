"""The support file, made in a process of its own: it reads everything back, and may wait for a drive."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from veille.desk.desk import Desk
from veille.sentences.catalogue import _
from veille.sentences.errors import sentence_of_code
from veille.ui import ask, theme
from veille.ui.bus import Bus
from veille.ui.helpers import Helper

_PATIENCE_MS: Final = 300_000
_WIDE, _HIGH = 660, 560


class Preparing(QObject):
    """Prepares the file, tells how far it is, shows what is in it."""

    def __init__(self, desk: Desk, bus: Bus, *, window: QWidget) -> None:
        super().__init__(window)
        self._profile, self._bus, self._window = str(desk.paths.root), bus, window
        self._helper: Helper | None = None
        self.shown: SupportDialog | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_ended)

    def prepare(self) -> None:
        """Prepare a file, unless one is being prepared."""
        if self._helper is not None:
            self._bus.say(_("The support file is being prepared."))
            return
        self._bus.say(_("Preparing the support file…"))
        self._helper = Helper("support", self._profile, self)
        self._helper.ask("prepare", self._on_prepared, self._on_failed, self._on_progressed,
                         screen=screen(self._window))  # fmt: skip
        self._patience.start()

    def close(self) -> None:
        """Stop."""
        self._patience.stop()
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.abandon()

    def _on_progressed(self, told: dict[str, Any]) -> None:
        self._bus.say(_("Support file: {what}").format(what=told["said"]))

    def _on_prepared(self, answer: dict[str, Any]) -> None:
        self._rest()
        self._bus.say(_("The support file is ready."))
        self.shown = SupportDialog(
            Path(answer["file"]), answer["inside"], answer["text"], self._window
        )
        self.shown.show()

    def _on_failed(self, code: str, data: dict[str, Any]) -> None:
        self._rest()
        self._bus.say(sentence_of_code(code, **data), tone="error")

    def _on_patience_ended(self) -> None:
        if self._helper is not None:
            self._helper.abandon()

    def _rest(self) -> None:
        self._patience.stop()
        helper, self._helper = self._helper, None
        if helper is not None:
            # It answers from within: it ends once it has been heard.
            QTimer.singleShot(0, helper, helper.close)


class SupportDialog(QDialog):
    """Shows what the file holds, and where it is."""

    def __init__(self, file: Path, inside: list[str], text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("support")
        self.setWindowTitle(_("Support file"))
        theme.make_room(self, _WIDE, _HIGH)
        column = ask.headed(
            self,
            _("The support file is ready"),
            _("It is sent to nobody by itself. Read it, then send it to whom you choose."),
        )
        holds = QLabel("\n".join([_("It holds:"), *(f"– {one}" for one in inside)]))
        holds.setWordWrap(True)
        column.addWidget(holds)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("What a person reads of it"))
        column.addWidget(self.text, 1)
        where = QLabel(str(file))
        where.setObjectName("muted")
        where.setWordWrap(True)
        column.addWidget(where)
        column.addLayout(self._foot(file))

    def _foot(self, file: Path) -> QHBoxLayout:
        opened, copied = QPushButton(_("Open its folder")), QPushButton(_("Copy where it is"))
        close = QPushButton(_("Close"))
        opened.setDefault(True)
        opened.clicked.connect(
            lambda _on=False: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
        )
        copied.clicked.connect(lambda _on=False: QGuiApplication.clipboard().setText(str(file)))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in (opened, copied):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(close)
        return row


def screen(window: QWidget) -> dict[str, float | str]:
    """Describe the screens and the window in figures."""
    told: dict[str, float | str] = {
        "qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "window": f"{window.width()}x{window.height()}",
        "letters": QApplication.font().pointSizeF(),
    }
    for number, one in enumerate(QGuiApplication.screens(), start=1):
        size = one.geometry()
        told[f"screen {number}"] = f"{size.width()}x{size.height()}"
        told[f"screen {number} ratio"] = one.devicePixelRatio()
        told[f"screen {number} dots"] = round(one.logicalDotsPerInch(), 1)
    return told
