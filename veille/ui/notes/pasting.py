"""What is taken from the clipboard or a drop: words without their dress, and pictures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QTextDocumentFragment

from veille.domain.text import CONTROLS

BIGGEST: Final = 20 * 1024 * 1024
_SUFFIXES: Final = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
_BEGINNINGS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
# Qt's own marks of frames and objects, and the mark of byte order, are not text either.
_NO_TEXT: Final = {**CONTROLS, 0xFDD0: None, 0xFDD1: None, 0xFEFF: None, 0xFFFC: None}


def clean(text: str) -> str:
    """Give text with one kind of line end and without control characters."""
    return _LINE_ENDS.sub("\n", text).translate(_NO_TEXT)


def is_wanted(mime: QMimeData) -> bool:
    """Tell whether a note takes something: files that are no pictures are the window's to clip."""
    if _files(mime):
        return bool(_picture_files(mime))
    return mime.hasText() or mime.hasHtml() or mime.hasImage()


def words(mime: QMimeData) -> str:
    """Give the plain words, "" when there are none; of a page or a document, without its dress."""
    if _files(mime):
        return ""
    if mime.hasText() and mime.text():
        return clean(mime.text())
    html = mime.html() if mime.hasHtml() and not mime.hasImage() else ""
    return clean(QTextDocumentFragment.fromHtml(html[:BIGGEST]).toPlainText()) if html else ""


def pictures(mime: QMimeData) -> list[bytes]:
    """Give the pictures: files as they are, a copied picture as PNG; none over BIGGEST bytes.

    Office programs copy a picture of the words beside the words: the words win.
    """
    if _files(mime):
        return [data for path in _picture_files(mime) if (data := _read(path))]
    if words(mime).strip() or not mime.hasImage():
        return []
    data = _png(mime.imageData())
    return [data] if 0 < len(data) <= BIGGEST else []


def _files(mime: QMimeData) -> list[QUrl]:
    return [url for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []


def _picture_files(mime: QMimeData) -> list[Path]:
    """Give the picture files; never on another machine, which would be told who asks."""
    paths = [Path(url.toLocalFile()) for url in _files(mime) if not url.host()]
    near = [path for path in paths if not str(path).startswith(("//", "\\\\"))]
    return [path for path in near if path.suffix.lower() in _SUFFIXES]


def _read(path: Path) -> bytes:
    """Read a picture, b"" when it is too big, cannot be read, or is none."""
    try:
        if not path.is_file() or path.stat().st_size > BIGGEST:
            return b""
        with path.open("rb") as file:
            data = file.read(BIGGEST + 1)
    except OSError:
        return b""
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    is_picture = is_webp or data.startswith(_BEGINNINGS)
    return data if is_picture and len(data) <= BIGGEST else b""


def _png(image: object) -> bytes:
    if not isinstance(image, QImage) or image.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return bytes(buffer.data().data()) if image.save(buffer, "PNG") else b""  # type: ignore[call-overload]
