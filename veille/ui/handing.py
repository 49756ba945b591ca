"""Addresses that macOS hands over as an event; other systems hand them over as an argument."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

SCHEME: Final = "veille:"


class Application(QApplication):
    """The application, which is told what the system asks it to open.

    Signals:
        link_handed(address): the system asks to open an address of ours.
    """

    link_handed = Signal(str)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            # As it was written: a “%26” that is read too early cuts a title in two.
            address = bytes(event.url().toEncoded().data()).decode()
            if address.startswith(SCHEME):
                self.link_handed.emit(address)
                return True
        return super().event(event)
