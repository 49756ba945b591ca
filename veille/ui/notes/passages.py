"""What became of the paragraphs of a note, one under the other, each ready to be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
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

from veille.desk.tracing import Change, Run
from veille.sentences import tracing
from veille.sentences.catalogue import _, n_
from veille.ui import theme

# More than anybody reads in one go, and few enough to be laid out at once.
_MOST: Final = 120
_FIRST_WORDS: Final = 60
# Folded paragraphs that are still named one by one.
_FEW: Final = 3
_POINTS: Final = 11.5
# Where texts begin, pixels: those of a passage have an edge, the others stand in line with them.
_INDENT: Final = 14
_EDGE: Final = 3


class Passages(QScrollArea):
    """Shows changes; one of those that can be taken back is current.

    Signals:
        restore_requested(int): take back the change with this number.
    """

    restore_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("passages")
        self.setAccessibleName(_("What changed"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.cards: list[Passage] = []
        self.current: Passage | None = None

    def show_changes(
        self, changes: Sequence[Change], backs: Mapping[int, int], *, plain: bool = False,
        said: str = "",
    ) -> None:  # fmt: skip
        """Show changes.

        Args:
            changes: in the order of reading.
            backs: of those that can be taken back, by their place, the number to ask for.
            plain: whether to show the text alone, as nothing was there to compare it with.
            said: a sentence above; the whole answer when there is no change.
        """
        held = QWidget()
        held.setObjectName("page")
        column = QVBoxLayout(held)
        column.setContentsMargins(20, 12, 20, 20)
        column.setSpacing(12)
        self.cards, self.current = [], None
        if said:
            column.addWidget(_aligned(_muted(said)))
        if plain:
            for one in changes[:_MOST]:
                column.addWidget(_aligned(_text(_lines(one.after))))
        else:
            self._fill(column, changes, backs)
        column.addStretch(1)
        self.setWidget(held)
        self._choose(next((one for one in self.cards if one.back >= 0), None))

    def _fill(
        self, column: QVBoxLayout, changes: Sequence[Change], backs: Mapping[int, int]
    ) -> None:
        far = [_is_far(changes, number) for number in range(len(changes))]
        number = 0
        while number < len(changes) and len(self.cards) < _MOST:
            one = changes[number]
            past = number + 1
            if one.kind != "same":
                self._add(column, one, backs.get(number, -1))
            elif far[number]:
                while past < len(changes) and far[past]:
                    past += 1
                _add_folded(column, changes[number:past])
            else:
                column.addWidget(_aligned(_text(_lines(one.after), muted=True)))
            number = past
        left = sum(one.kind != "same" for one in changes[number:])
        if left:
            told = n_("and {n} more change", "and {n} more changes", left)
            column.addWidget(_aligned(_muted(told)))

    def _add(self, column: QVBoxLayout, one: Change, back: int) -> None:
        card = Passage(one, back)
        card.chosen.connect(self._choose)
        card.restore_requested.connect(self.restore_requested)
        self.cards.append(card)
        column.addWidget(card)

    def restore_current(self) -> None:
        """Ask to take the current change back."""
        if self.current is not None:
            self.restore_requested.emit(self.current.back)

    def focus_current(self) -> None:
        """Give the keys to the change that is current."""
        if self.current is not None:
            self.current.restore.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, card: Passage | None) -> None:
        if card is not None and card.back < 0:
            return
        if self.current is not None and self.current is not card:
            self.current.mark(current=False)
        self.current = card
        if card is not None:
            card.mark(current=True)
            if card.restore.hasFocus():
                # Once it is laid out: a card made just now has no place yet.
                QTimer.singleShot(0, card, lambda: self.ensureWidgetVisible(card, 0, 40))


class Passage(QFrame):
    """One change.

    Signals:
        chosen(Passage): it was clicked, or its button has the keys.
        restore_requested(int): take it back.
    """

    chosen = Signal(object)
    restore_requested = Signal(object)

    def __init__(self, change: Change, back: int) -> None:
        super().__init__()
        self.setObjectName("passage")
        self.back = back
        column = QVBoxLayout(self)
        column.setContentsMargins(_INDENT, 2, 0, 6)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(_muted(tracing.became(change.kind)), 1)
        wish = tracing.restore(change.kind)
        self.restore = QPushButton(theme.icon("undo-2", theme.colours().accent), wish)
        self.restore.setObjectName("quiet")
        self.restore.setAutoDefault(False)
        first = _short(change.before or change.after)
        self.restore.setAccessibleName(_("{what}: {text}").format(what=wish, text=first))
        self.restore.clicked.connect(lambda: self.restore_requested.emit(self.back))
        self.restore.installEventFilter(self)
        head.addWidget(self.restore)
        column.addLayout(head)
        # Not before it has its place: a button shown without one is a window, which takes the keys.
        self.restore.setVisible(back >= 0)
        self.text = _text(marked(change.runs))
        self.text.setAccessibleName(tracing.spoken(change))
        column.addWidget(self.text)
        self.mark(current=False)

    def mark(self, *, current: bool) -> None:
        """Show whether it is the one that a key takes back."""
        c = theme.colours()
        edge = c.accent if current else c.line
        self.setStyleSheet(f"#passage {{ border: 0; border-left: {_EDGE}px solid {edge}; }}")

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self)
        super().mousePressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make the change current whose button has the keys."""
        if watched is self.restore and event.type() == QEvent.Type.FocusIn:
            self.chosen.emit(self)
        return super().eventFilter(watched, event)


def marked(runs: Sequence[Run]) -> str:
    """Write runs as HTML: what went struck through, what came underlined, in colours as well."""
    c = theme.colours()
    styles = {
        "gone": f"text-decoration: line-through; color: {c.error}; background-color: {c.check};",
        "new": f"text-decoration: underline; color: {c.fact_edge}; background-color: {c.fact};",
    }
    parts: list[str] = []
    before = ""
    for one in runs:
        # What replaces other words stands apart from them, by less than a space.
        parts.append("\u2009" if (before, one.kind) == ("gone", "new") else "")
        style = styles.get(one.kind)
        text = _lines(one.text)
        parts.append(f'<span style="{style}">{text}</span>' if style else text)
        before = one.kind
    return "".join(parts)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _is_far(changes: Sequence[Change], number: int) -> bool:
    """Tell whether a paragraph stayed, and so did its neighbours."""
    near = changes[max(number - 1, 0) : number + 2]
    return all(one.kind == "same" for one in near)


def _add_folded(column: QVBoxLayout, some: Sequence[Change]) -> None:
    """Show the first words of paragraphs that stayed; of many, how many they are."""
    for one in some if len(some) <= _FEW else ():
        column.addWidget(_aligned(_muted(_short(one.after))))
    if len(some) > _FEW:
        column.addWidget(_aligned(_muted(tracing.folded(len(some)))))


def _short(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= _FIRST_WORDS else f"{first[:_FIRST_WORDS].rsplit(' ', 1)[0]}…"


def _text(html: str, *, muted: bool = False) -> QLabel:
    label = QLabel(f'<div style="white-space: pre-wrap">{html}</div>')
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setFont(theme.reading_font(_POINTS))
    label.setObjectName("muted" if muted else "")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName("muted")
    label.setWordWrap(True)
    label.setFont(theme.ui_font(theme.SMALL))
    return label


def _aligned(label: QLabel) -> QLabel:
    label.setContentsMargins(_INDENT + _EDGE, 0, 0, 0)
    return label
