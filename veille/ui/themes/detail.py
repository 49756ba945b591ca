"""One theme, or several that are chosen: its words, its place, its note, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.theming import Theme
from veille.domain.text import collapse, key
from veille.sentences import theming
from veille.sentences.catalogue import _, n_
from veille.ui import theme
from veille.ui.widgets import pages
from veille.ui.widgets.empty_state import EmptyState

_ON_SEVERAL: Final = frozenset({"merge", "place", "remove", "share"})
_NOTE_HEIGHT: Final = 96
_NAMED: Final = 8


class ThemeDetail(QWidget):
    """Shows what is chosen; synonyms and note are written in place.

    Signals:
        asked(str): "open", "rename", "merge", "place", "remove" or "promote" what is chosen.
        alts_written((Theme, list[str])): the synonyms of a theme, as they are to be.
        note_written((Theme, str)): its note, as it is to be.
    """

    asked = Signal(object)
    alts_written = Signal(object)
    note_written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Theme | None = None
        self._title, self._path, self._used, self._who = QLabel(), QLabel(), QLabel(), QLabel()
        self._heads = {"alts": QLabel(_("Synonyms")), "note": QLabel(_("When to use it"))}
        self.alts, self.note = QLineEdit(), QPlainTextEdit()
        self.buttons = {name: QPushButton() for name in _labels()}
        self._grid = QGridLayout()
        self._scroll = pages.scrolled(self._page())
        self.nothing = EmptyState()
        self.nothing.setObjectName("page")
        self.nothing.action_requested.connect(lambda: self.asked.emit("promote"))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.nothing)
        self.alts.editingFinished.connect(self._on_alts_finished)
        self.note.installEventFilter(self)

    # --- building ------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        self._title.setFont(theme.ui_font(theme.TITLE, weight=QFont.Weight.DemiBold))
        for label in (self._title, self._path, self._used, self._who):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._path, self._used, self._who):
            label.setObjectName("muted")
        for label in (self._title, self._path, self._used):
            column.addWidget(label)
        column.addSpacing(4)
        column.addLayout(self._acts())
        column.addSpacing(12)
        self._build_words(column)
        column.addSpacing(6)
        column.addWidget(self._who)
        column.addStretch(1)
        return page

    def _acts(self) -> QGridLayout:
        self._grid.setSpacing(8)
        for name, (label, picture, hint) in _labels().items():
            button = self.buttons[name]
            button.setText(f" {label}")
            button.setAccessibleName(label)
            button.setObjectName(name)
            button.setToolTip(hint)
            button.setIcon(theme.icon(picture))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
        return self._grid

    def _build_words(self, column: QVBoxLayout) -> None:
        self.alts.setObjectName("alts")
        self.alts.setPlaceholderText(_("Separated by semicolons"))
        self.note.setObjectName("note")
        self.note.setPlaceholderText(_("What it covers, and what it does not"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(_NOTE_HEIGHT))
        for name, field in (("alts", self.alts), ("note", self.note)):
            head = self._heads[name]
            head.setFont(theme.ui_font(weight=QFont.Weight.DemiBold))
            head.setBuddy(field)
            field.setAccessibleName(head.text())
            column.addWidget(head)
            column.addWidget(field)
            column.addSpacing(4)

    # --- showing -------------------------------------------------------------------------------

    def show_nothing(self, *, any_: bool, free: int) -> None:
        """Say that no theme is chosen, and while there is no concept what a thesaurus is for."""
        self._leave()
        c, ratio = theme.colours(), self.devicePixelRatioF()
        if any_:
            self.nothing.tell(
                theme.pixmap("tags", c.muted, 40, ratio),
                _("No theme is chosen"),
                _("Choose a line on the left: its synonyms, its place, when to use it."),
            )
        else:
            self.nothing.tell(
                theme.pixmap("tags", c.muted, 40, ratio),
                _("Labels that nobody has put in order yet"),
                _("Make themes of them: then “bike” and “cycling” find the same things, a theme is"
                  " renamed everywhere at once, and what is narrower is found with it."),
                n_("Make a theme of the {n} label in use", "Make themes of the {n} labels in use", free),
            )  # fmt: skip
        self._stack.setCurrentWidget(self.nothing)

    def show_one(self, one: Theme, *, where: str, who: str) -> None:
        """Show a theme, the name of its space when it matters, and who made it, when."""
        if self._shown is not None and self._name(self._shown) != self._name(one):
            self._leave()
        self._shown = one
        self._title.setText(one.label)
        self._path.setText(" · ".join(part for part in (theming.place(one), where) if part))
        self._used.setText(theming.used(one))
        self._used.show()
        self._who.setText(who)
        self._offer([one])
        for widget in (*self._heads.values(), self.alts, self.note):
            widget.setVisible(not one.is_free)
        self._tell_words(one)
        self._stack.setCurrentWidget(self._scroll)

    def show_several(self, some: Sequence[Theme]) -> None:
        """Show a selection."""
        self._leave()
        labels = [one.label for one in some[:_NAMED]]
        if len(some) > _NAMED:
            labels.append(n_("{n} more", "{n} more", len(some) - _NAMED))
        self._title.setText(n_("{n} theme chosen", "{n} themes chosen", len(some)))
        self._path.setText(", ".join(labels))
        self._used.hide()
        self._who.setText("")
        self._offer(some)
        for widget in (*self._heads.values(), self.alts, self.note):
            widget.hide()
        self._stack.setCurrentWidget(self._scroll)

    def _offer(self, some: Sequence[Theme]) -> None:
        """Offer what can be done, two by two, without holes."""
        names = set(_labels()) if len(some) == 1 else set(_ON_SEVERAL)
        free = all(one.is_free for one in some)
        names -= {"remove", "share"} if free else {"promote"}
        names |= {"promote"} if free else set()
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.hide()
        offered = [one for one in _labels() if one in names]
        for place, name in enumerate(offered):
            wide = 2 if place % 2 == 0 and name == offered[-1] else 1
            self._grid.addWidget(self.buttons[name], place // 2, place % 2, 1, wide)
            self.buttons[name].show()
        chain = [*(self.buttons[name] for name in offered), self.alts, self.note]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _tell_words(self, one: Theme) -> None:
        """Show the words that stand, unless others are being written."""
        if not self.alts.hasFocus() or not self.alts.isModified():
            self.alts.setText(" ; ".join(one.alts))
            self.alts.setCursorPosition(0)
        document = self.note.document()
        if not self.note.hasFocus() or not document.isModified():
            self.note.setPlainText(one.note)
            document.setModified(False)

    # --- writing -------------------------------------------------------------------------------

    def edit(self) -> None:
        """Go to the words of the theme shown; a free label has none before it is made a theme."""
        is_free = self._shown is not None and self._shown.is_free
        field = self.buttons["promote"] if is_free else self.alts
        field.setFocus()
        self.alts.end(False)

    def _leave(self) -> None:
        """Keep what is being written before something else is shown."""
        if self._shown is not None and not self._shown.is_free:
            self._on_alts_finished()
            self._on_note_finished()
        self._shown = None

    def _on_alts_finished(self) -> None:
        if self._shown is None or not self.alts.isModified():
            return
        self.alts.setModified(False)
        written = parted(self.alts.text(), known=self._shown.alts)
        if written != list(self._shown.alts):
            self.alts_written.emit((self._shown, written))

    def _on_note_finished(self) -> None:
        document = self.note.document()
        if self._shown is None or not document.isModified():
            return
        document.setModified(False)
        if self.note.toPlainText().strip() != self._shown.note:
            self.note_written.emit((self._shown, self.note.toPlainText()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and event.type() == QEvent.Type.FocusOut:
            self._on_note_finished()
        return super().eventFilter(watched, event)

    @staticmethod
    def _name(one: Theme) -> str:
        return one.id or one.label


def parted(text: str, *, known: Sequence[str]) -> list[str]:
    """Part synonyms at semicolons; at commas too, but in a synonym that has one already."""
    kept = {key(one) for one in known}
    found: list[str] = []
    for piece in map(collapse, text.split(";")):
        found += [piece] if key(piece) in kept else map(collapse, piece.split(","))
    return [one for one in found if one]


def _labels() -> dict[str, tuple[str, str, str]]:
    """Give what can be done: its name, its icon, its hint with the key."""
    return {
        "open": (_("Show what bears it"), "list", _("Enter")),
        "promote": (_("Make a theme of it"), "tag", ""),
        "rename": (_("Rename…"), "pencil", _("F2: everywhere; the old name becomes a synonym")),
        "merge": (_("Merge into…"), "tags", _("M: its words become words of another theme")),
        "place": (_("Put below…"), "folder", _("B: below a broader theme, or at the top")),
        "share": (_("Share…"), "share-2", _("P: with the colleagues of a space")),
        "remove": (_("Remove"), "trash", _("Delete: things keep their words as free labels")),
    }
