"""How the window was left: geometry, panes, theme, language. Local to the profile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class WindowState:
    """A small file beside the memory; losing it loses nothing."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def text(self, name: str, default: str = "") -> str:
        """Give a remembered word."""
        value = self._settings.value(name, default)
        return value if isinstance(value, str) else default

    def set_text(self, name: str, value: str) -> None:
        """Remember a word."""
        self._settings.setValue(name, value)

    def data(self, name: str) -> QByteArray | None:
        """Give a remembered state of a window or splitter."""
        value = self._settings.value(name)
        return value if isinstance(value, QByteArray) else None

    def set_data(self, name: str, value: QByteArray) -> None:
        """Remember a state."""
        self._settings.setValue(name, value)

    def flush(self) -> None:
        """Write to disk."""
        self._settings.sync()
