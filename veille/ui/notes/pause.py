"""A pause in what is being typed, awaited within bounds: who types on is not waited for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer


class Pause(QTimer):
    """Acts once nothing came for ``after`` ms, ``most`` ms after the first key at the latest."""

    def __init__(
        self, parent: QObject, act: Callable[[], object], *, after: int, most: int
    ) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.timeout.connect(act)
        self.after, self.most = after, most
        self._waited = QElapsedTimer()

    def put_off(self) -> None:
        """Begin to wait, or wait longer."""
        if not self.isActive():
            self._waited.start()
        self.start(max(0, min(self.after, self.most - self._waited.elapsed())))
