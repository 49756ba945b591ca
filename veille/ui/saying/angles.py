"""Angles: the same story in its sources, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.desk import Desk
from veille.domain.text import clip
from veille.domain.views import Row
from veille.sentences import saying
from veille.sentences.catalogue import _
from veille.ui import theme
from veille.ui.jobs import Jobs
from veille.ui.widgets import pages
from veille.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from veille.desk.angles import Angle, Spoken

_NARROWEST, _WIDEST = 300, 400
_SHOWN: Final = 3
_GAP: Final = 14
_SIMILAR: Final = 5
_TITLE: Final = 90


class AngleCard(QFrame):
    """One article: who, when, headline, lead, whom it quotes.

    Signals:
        opened(str): Enter, or a double click, on the article.
        stepped(int): go to the next card, or the previous one.
        reached(): it has the focus.
    """

    opened = Signal(object)
    stepped = Signal(object)
    reached = Signal()

    def __init__(self, angle: Angle) -> None:
        super().__init__()
        self.angle = angle
        self.setObjectName("angle")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(saying.angle(angle))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(6)
        self._tell_article()
        for one in angle.quotes:
            self._column.addWidget(_quote(one))
        self._column.addStretch(1)

    def _tell_article(self) -> None:
        angle = self.angle
        small = theme.ui_font(theme.SMALL)
        self._add(
            saying.source(angle.source), theme.ui_font(theme.LEAD, weight=QFont.Weight.DemiBold)
        )
        warned = saying.warned(angle)
        dated = saying.dated(angle)
        self._add(f"{dated} · {warned}" if warned else dated, small, muted=True)
        self._column.addSpacing(6)
        headline = theme.reading_font(15)
        headline.setWeight(QFont.Weight.DemiBold)
        self._add(angle.row.title, headline)
        self._add(saying.authors(angle), small, muted=True)
        self._column.addSpacing(4)
        self._add(angle.lead, theme.reading_font(11.5))
        self._column.addSpacing(8)

    def _add(self, text: str, font: QFont, *, muted: bool = False) -> None:
        self._column.addWidget(_label(text, font, muted=muted))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.angle.row.id)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.angle.row.id)


class AnglesPane(QWidget):
    """Shows a story as its sources tell it. Left and Right go from one to the next.

    Signals:
        opened(str): this article is to be shown.
        closed(): whoever came here goes back.
        shown(): the columns are there.
    """

    opened = Signal(object)
    closed = Signal()
    shown = Signal()

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._ticket = 0
        self._asked: list[str] = []
        self.cards: list[AngleCard] = []
        self._title, self._told = QLabel(_("Angles")), QLabel()
        self.back = QPushButton(_("Back"))
        self.empty, self._similar = EmptyState(), QVBoxLayout()
        self.area = QScrollArea()
        self._build()
        self.dress()

    def _build(self) -> None:
        head = QFrame()
        head.setObjectName("paneHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(28, 12, 20, 12)
        row.setSpacing(16)
        self._title.setFont(theme.ui_font(theme.TITLE, weight=QFont.Weight.DemiBold))
        self._told.setObjectName("muted")
        self.back.setObjectName("quiet")
        self.back.setToolTip(_("Back ({keys})").format(keys=_("Esc")))
        self.back.clicked.connect(self.closed)
        row.addWidget(self._title)
        row.addWidget(self._told, 1)
        row.addWidget(self.back)
        self.area.setObjectName("angles")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack = pages.stacked(self, [head], [self.area, self._alone()])

    def _alone(self) -> QWidget:
        """Make what is shown when one source only tells it."""
        page = QWidget()
        page.setObjectName("blank")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(36, 12, 36, 36)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self.empty)
        column.addLayout(self._similar)
        column.addStretch(2)
        return page

    def dress(self) -> None:
        """Take the colours in force."""
        self.setStyleSheet(_sheet(theme.colours()))
        self.back.setIcon(theme.icon("arrow-left", theme.colours().accent))

    # --- showing -------------------------------------------------------------------------------

    def show_angles(self, things: str | Sequence[str]) -> None:
        """Show the story of an article, or these articles side by side."""
        self._asked = [things] if isinstance(things, str) else list(things)
        self._ticket += 1
        ticket, asked = self._ticket, list(self._asked)

        def look() -> tuple[tuple[Angle, ...], list[Row]] | None:
            if ticket != self._ticket:
                return None
            angles = self._desk.saying.angles(asked)
            if len(asked) == 1 and len({one.source for one in angles}) == 1:
                # Two articles of one title are one angle; those that were chosen stay as chosen.
                angles = tuple(one for one in angles if one.row.id == asked[0]) or angles[:1]
            return angles, self._resembling(angles[0].row) if len(angles) == 1 else []

        self._jobs.look(look, lambda found: self._on_found(ticket, found))

    def _resembling(self, row: Row) -> list[Row]:
        """Give what resembles an article, other sources first."""
        found = self._desk.similar(row.id, limit=4 * _SIMILAR)
        return sorted(found, key=lambda one: one.source == row.source)[:_SIMILAR]

    def _on_found(self, ticket: int, found: tuple[tuple[Angle, ...], list[Row]] | None) -> None:
        if ticket != self._ticket or found is None:
            return
        angles, similar = found
        self._told.setText(saying.told(angles))
        self._show_cards(angles)
        if len(angles) < 2:
            self._tell_alone(angles, similar)
        self.stack.setCurrentIndex(0 if len(angles) > 1 else 1)
        if self.cards:
            self.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def _show_cards(self, angles: Sequence[Angle]) -> None:
        page = QWidget()
        page.setObjectName("anglesPage")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 20, 20, 20)
        row = QHBoxLayout()
        column.addLayout(row)
        column.addStretch(1)
        row.setSpacing(_GAP)
        row.addStretch(1)
        self.cards = [AngleCard(one) for one in angles] if len(angles) > 1 else []
        for number, card in enumerate(self.cards):
            card.opened.connect(self.opened)
            card.stepped.connect(partial(self._on_stepped, number))
            card.reached.connect(partial(self.area.ensureWidgetVisible, card, 20, 0))
            row.addWidget(card)
        row.addStretch(1)
        # Sized first: how far the area scrolls follows from it.
        self._size_cards()
        self.area.setWidget(page)

    def _on_stepped(self, number: int, by: int) -> None:
        wanted = min(max(number + by, 0), len(self.cards) - 1)
        self.cards[wanted].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_alone(self, angles: Sequence[Angle], similar: Sequence[Row]) -> None:
        """Say that one source only tells it, and offer what resembles it."""
        source = saying.source(angles[0].source) if angles else ""
        title = (
            _("Only {source} tells it").format(source=source) if angles else _("Nothing to compare")
        )
        text = (
            _("Choose an article that resembles it to read them side by side.")
            if similar
            else _("Nothing in the memory resembles it. Other sources may come.")
        )
        c = theme.colours()
        picture = theme.pixmap("newspaper", c.muted, 40, self.devicePixelRatioF())
        self.empty.tell(picture, title, text)
        _clear(self._similar)
        for row in similar:
            self._similar.addWidget(
                self._offer(row, partial(self.show_angles, [*self._asked, row.id])),
                0,
                Qt.AlignmentFlag.AlignHCenter,
            )
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _offer(row: Row, act: Callable[[], None]) -> QPushButton:
        told = saying.resembling(row)
        made = QPushButton(clip(told, length=_TITLE).replace("&", "&&"))
        made.setToolTip(told)
        made.setObjectName("offer")
        made.clicked.connect(lambda _checked=False: act())
        return made

    # --- sizes and keys ------------------------------------------------------------------------

    def _size_cards(self) -> None:
        """Make three columns fit, more of them in a wide window, fewer in a narrow one."""
        room = self.area.viewport().width() - 40 + _GAP
        shown = max(_SHOWN, room // _WIDEST)
        width = max(room // shown - _GAP, _NARROWEST)
        for card in self.cards:
            card.setFixedWidth(width)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_cards()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_cards()


def _label(text: str, font: QFont, *, muted: bool = False) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setFont(font)
    if muted:
        made.setObjectName("muted")
    return made


def _quote(spoken: Spoken) -> QFrame:
    """Show words that an article quotes; what nobody kept says so."""
    frame = QFrame()
    frame.setObjectName("spoken" if spoken.kept else "spokenFound")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 8, 8, 8)
    column.setSpacing(4)
    column.addWidget(_label(f"«\u00a0{spoken.exact}\u00a0»", theme.reading_font(11.5)))
    bold = theme.ui_font(theme.SMALL, weight=QFont.Weight.DemiBold)
    column.addWidget(_label(saying.quoted_by(spoken), bold))
    if not spoken.kept:
        column.addWidget(_label(saying.found_only(), theme.ui_font(theme.TINY), muted=True))
    return frame


def _clear(layout: QVBoxLayout) -> None:
    while layout.count():
        taken = layout.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.deleteLater()


def _sheet(c: theme.Colours) -> str:
    return f"""
    #angles, #anglesPage {{ background: {c.window}; }}
    #angle {{ background: {c.base}; border: 2px solid {c.line}; border-radius: 12px; }}
    #angle:focus {{ border: 2px solid {c.accent}; }}
    #spoken {{ border-left: 3px solid {c.accent}; background: {c.hover}; }}
    #spokenFound {{ border-left: 3px dashed {c.muted}; background: {c.hover}; }}
    #offer {{ text-align: left; min-width: 420px; }}
    """
