"""The words of Qt's own dialogs that its French lacks, as a translation that Qt reads itself.

Not a translator written in Python: Qt also asks from threads of its own, where a file dialog waits
for them.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTranslator

from veille.sentences.catalogue import _, language

_MAGIC: Final = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _SOURCE, _CONTEXT = b"\x01", b"\x03", b"\x06", b"\x07"


def translator(parent: QObject) -> QTranslator:
    """Make a translator of these words; it knows none in English."""
    made = Words(parent)
    made.take(_words() if language() != "en" else {})
    return made


def _words() -> dict[tuple[str, str], str]:
    """Give the words by Qt's class and what it asks for."""
    return {
        ("QFileDialog", "&Look in:"): _("&Look in:"),
        ("QFileDialog", "Files of &type:"): _("Files of &type:"),
        ("QAbstractFileIconProvider", "Drive"): _("Drive"),
        ("QAbstractFileIconProvider", "Folder"): _("Folder"),
    }


class Words(QTranslator):
    """A translator that keeps what it reads from."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._data = b""

    def take(self, words: Mapping[tuple[str, str], str]) -> None:
        """Read words from memory."""
        self._data = compiled(words)
        self.load(self._data)


def compiled(words: Mapping[tuple[str, str], str]) -> bytes:
    """Write words as Qt reads them (a .qm file): messages, and where each is by its hash."""
    places: list[tuple[int, int]] = []
    messages = b""
    for (context, source), said in words.items():
        places.append((_hash(source.encode()), len(messages)))
        messages += _TRANSLATION + _sized(said.encode("utf-16-be"))
        messages += _SOURCE + _sized(source.encode()) + _CONTEXT + _sized(context.encode()) + _END
    hashes = b"".join(struct.pack(">II", *one) for one in sorted(places))
    return _MAGIC + _section(_HASHES, hashes) + _section(_MESSAGES, messages)


def _sized(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _section(tag: int, data: bytes) -> bytes:
    return bytes([tag]) + _sized(data)


def _hash(data: bytes) -> int:
    """Hash as ELF files do."""
    value = 0
    for byte in data:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high
    return value or 1
