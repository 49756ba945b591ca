"""What is read, on paper or as a PDF: pages numbered, where it comes from at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QIODevice, QMarginsF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QDialog, QWidget

from veille.domain.views import Row
from veille.sentences import names
from veille.sentences.catalogue import _
from veille.ui import ask, theme
from veille.ui.reading.browser import Browser
from veille.ui.reading.highlights import Highlight, text_format

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_MARGIN: Final = 18
_FOOT: Final = 34.0
# A document is laid out for a screen of so many dots an inch, whatever it is drawn on.
_SCREEN: Final = 96
_SMALL: Final = 10


@dataclass(frozen=True, slots=True)
class Printed:
    """What goes on paper.

    Attributes:
        document: a copy, which is written into.
        foot: what stands under each page.
        marks: what was marked in it.
    """

    title: str
    document: QTextDocument
    foot: tuple[str, ...]
    marks: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: what is to be said, "" for nothing."""

    told: str = ""
    failed: bool = False


def article(browser: Browser, row: Row) -> Printed:
    """Give what is read, with its marks and where it comes from."""
    foot = names.article_reference(row) if row.kind == "article" else row.title
    marks = tuple(one for one in browser.highlights if one.kind in {"quote", "annotation"})
    document = browser.document().clone(browser)
    return Printed(row.title, document, (foot, row.text("url")), marks)


def print_out(printed: Printed, parent: QWidget) -> Outcome:
    """Ask where, and print."""
    try:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
    except ImportError:
        told = _("This computer cannot print: its printing library (CUPS) is missing.")
        return Outcome(told, failed=True)
    if not QPrinterInfo.availablePrinterNames() or "save_file" in ask.answers:
        return _as_pdf(printed, parent)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    if dialog.exec() == QDialog.DialogCode.Accepted and not draw(printed, printer):
        return Outcome(_("The printer did not take it."), failed=True)
    return Outcome()


def _as_pdf(printed: Printed, parent: QWidget) -> Outcome:
    name = "".join(c if c.isalnum() or c in " -_’'" else " " for c in printed.title)[:80].strip()
    path = ask.save_file(parent, _("Save as PDF"), f"{name or 'Veille'}.pdf", "PDF (*.pdf)")
    if not path:
        return Outcome()
    file = QSaveFile(path)
    if file.open(QIODevice.OpenModeFlag.WriteOnly):
        writer = QPdfWriter(file)
        writer.setTitle(printed.title)
        writer.setCreator("Veille")
        if draw(printed, writer) and file.commit():
            return Outcome(_("Saved as a PDF: {path}").format(path=path))
    return Outcome(_("{path} could not be written.").format(path=path), failed=True)


def draw(printed: Printed, device: QPdfWriter | QPrinter) -> bool:
    """Draw the text page by page, its marks included. False when the device refuses."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    layout = QPageLayout(
        size, QPageLayout.Orientation.Portrait, QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN),
        QPageLayout.Unit.Millimeter,
    )  # fmt: skip
    device.setPageLayout(layout)
    painter = QPainter()
    if not painter.begin(device):
        return False
    scale = device.logicalDpiX() / _SCREEN
    painter.scale(scale, scale)
    width = device.width() / scale
    height = device.height() / scale - _FOOT
    document = printed.document
    _lay_out(document, width, height, printed.marks)
    pages = document.pageCount()
    for page in range(pages):
        if page:
            _new_page(device)
        _page(painter, document, page, QSizeF(width, height))
        _foot(painter, QRectF(0, height + 8, width, _FOOT - 8), printed.foot,
              f"{page + 1} / {pages}")  # fmt: skip
    return painter.end()


def _new_page(device: QPagedPaintDevice) -> None:
    device.newPage()


def _lay_out(
    document: QTextDocument, width: float, height: float, marks: Sequence[Highlight]
) -> None:
    """Lay the text out for a page, black on white, its marks drawn into it."""
    form = document.rootFrame().frameFormat()
    form.setMargin(0)
    document.rootFrame().setFrameFormat(form)
    document.setPageSize(QSizeF(width, height))
    _blacken(document)
    # From the end on: each shape that is written in moves what follows.
    for one in sorted(marks, key=lambda h: -h.end):
        _mark(document, one)


def _blacken(document: QTextDocument) -> None:
    plain = QTextCharFormat()
    plain.setForeground(QColor(theme.LIGHT.text))
    # The ground of a chip is that of the screen, which may be dark.
    plain.setBackground(QBrush(Qt.BrushStyle.NoBrush))
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeCharFormat(plain)


def _mark(document: QTextDocument, one: Highlight) -> None:
    cursor = QTextCursor(document)
    cursor.setPosition(one.start)
    cursor.setPosition(one.end, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(text_format(one, focused=False, colours=theme.LIGHT))
    # The shape goes with the words: on paper there may be no colour.
    cursor.setPosition(one.end)
    cursor.insertText(f"\u00a0{one.shape}")


def _page(painter: QPainter, document: QTextDocument, page: int, size: QSizeF) -> None:
    painter.save()
    painter.translate(0, -page * size.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, page * size.height(), size.width(), size.height())
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _foot(painter: QPainter, box: QRectF, lines: Sequence[str], number: str) -> None:
    font = theme.ui_font()
    font.setPixelSize(_SMALL)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, number)
    box.setWidth(box.width() - 60)
    told = "\n".join(painter.fontMetrics().elidedText(
        line, Qt.TextElideMode.ElideRight, int(box.width())) for line in lines if line)  # fmt: skip
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, told)
