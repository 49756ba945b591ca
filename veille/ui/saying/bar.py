"""What is asked, and what narrows and arranges it: a source, a person, an order, how far around."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from veille.sentences import saying
from veille.sentences.catalogue import _
from veille.ui import fields, theme
from veille.ui.saying.lines import ARRANGED
from veille.ui.widgets.flow import Flow

# Nobody is called so: the quotes of no source, or of nobody, cannot be asked for.
_ANY: Final = ""
_MOST: Final = 200
_WIDEST: Final = 240


class SaidBar(QFrame):
    """Chooses.

    Signals:
        narrowed(): another source or person, or more or less around.
        arranged(str): one of ``lines.ARRANGED``.
    """

    narrowed = Signal()
    arranged = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("saidBar")
        self.source = _combo("said_source", _("Source"))
        self.speaker = _combo("said_speaker", _("Who speaks"))
        self.around = QCheckBox(_("And in articles about it"))
        self.around.setObjectName("said_around")
        self.around.setToolTip(
            _("Also the quotes of articles that speak of it, in which the words are not said.")
        )
        self.around.setChecked(True)
        self.arrangements = QButtonGroup(self)
        row = Flow()
        for one in (self.source, self.speaker):
            one.activated.connect(self._on_activated)
            row.add(one)
        row.add(self.around)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row)
        # Beside the counts, where there is room: it narrows nothing.
        self.arranging = Flow()
        for number, name in enumerate(ARRANGED):
            button = _segment(name)
            button.clicked.connect(partial(self._on_arranged, name))
            self.arrangements.addButton(button, number)
            self.arranging.add(button)
        self.arrangements.button(0).setChecked(True)
        self.around.toggled.connect(self._on_activated)

    @property
    def arrangement(self) -> str:
        """Give how quotes are arranged."""
        return ARRANGED[max(self.arrangements.checkedId(), 0)]

    @property
    def chosen(self) -> tuple[str, str]:
        """Give the source and the person chosen, "" for any."""
        return str(self.source.currentData() or _ANY), str(self.speaker.currentData() or _ANY)

    def show_counts(self, sources: Mapping[str, int], speakers: Mapping[str, int]) -> None:
        """Offer these values, the most frequent first; what is chosen stays so."""
        _fill(self.source, _("All sources"), sources)
        _fill(self.speaker, _("Everybody"), speakers)

    def forget(self) -> None:
        """Choose nothing: another question is asked."""
        for one in (self.source, self.speaker):
            with QSignalBlocker(one):
                one.setCurrentIndex(0)

    def _on_activated(self, _chosen: object) -> None:
        self.narrowed.emit()

    def _on_arranged(self, name: str, _checked: bool = False) -> None:
        self.arranged.emit(name)


def _combo(name: str, told: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(told)
    made.setToolTip(told)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(15)
    made.setMaximumWidth(theme.px(_WIDEST))
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.setMaxVisibleItems(16)
    return made


def _segment(name: str) -> QPushButton:
    told = {
        "time": _("In time order"),
        "source": _("By source"),
        "speaker": _("By person"),
    }[name]
    made = QPushButton(told)
    made.setObjectName("segment")
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _fill(combo: QComboBox, everything: str, counts: Mapping[str, int]) -> None:
    kept = combo.currentData()
    with QSignalBlocker(combo):
        combo.clear()
        combo.addItem(saying.choice(everything, len([one for one in counts if one])), "")
        for name, count in list(counts.items())[:_MOST]:
            if name:
                combo.addItem(saying.choice(name, count), name)
        if kept and combo.findData(kept) < 0:
            combo.addItem(saying.choice(str(kept), 0), kept)
        combo.setCurrentIndex(max(combo.findData(kept), 0) if kept else 0)


def question_field() -> QLineEdit:
    """Make the line in which a question is typed."""
    made = QLineEdit()
    made.setObjectName("said_question")
    made.setFont(theme.ui_font(theme.DISPLAY, weight=QFont.Weight.DemiBold))
    made.setPlaceholderText(_("a subject, “a phrase”, theme:…, who:…"))
    made.setAccessibleName(_("What was said about…"))
    fields.clearable(made)
    return made
