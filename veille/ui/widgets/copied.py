"""What was copied last, by any program."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def copied() -> QMimeData:
    """Give what is on the clipboard: nothing where nobody used it yet, for which Qt gives none."""
    found: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return found if found is not None else QMimeData()
