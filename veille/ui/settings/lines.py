"""One choice in the settings: what it is called, what it does, its control, what it was at first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from veille.desk.options import FOLDER, NUMBER, OFF, ON, ONE, SWITCH, Option
from veille.sentences import citing, settings
from veille.sentences.catalogue import _, number
from veille.ui import theme
from veille.ui.settings.kept import Kept

# What opens a question of its own, in a list of values.
OWN: Final = "own"
_CONTROL: Final = 250


class Line(QWidget):
    """A choice, or something that can be done, with what is said of it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setObjectName(f"line_{name}")
        label = QLabel(settings.label(name))
        label.setFont(theme.ui_font(weight=QFont.Weight.DemiBold))
        label.setWordWrap(True)
        told = _muted(settings.effect(name))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 8)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(label, 0, 0)
        self._grid.addWidget(told, 1, 0)

    def _place(self, control: QWidget) -> None:
        """Put the control at the right, as wide as the others."""
        held = QWidget()
        held.setFixedWidth(theme.px(_CONTROL))
        row = QVBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(control)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(held, 0, 1, 2, 1, top)


class ActLine(Line):
    """Something that can be done from the settings.

    Signals:
        wanted(str): do it.
    """

    wanted = Signal(object)

    def __init__(self, name: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.control = QPushButton(button)
        self.control.setAccessibleDescription(settings.effect(name))
        self.control.clicked.connect(lambda _on=False: self.wanted.emit(name))
        self._place(self.control)


class OptionLine(Line):
    """A choice: its control shows what holds, and chooses at once.

    Signals:
        asked(str): its value is asked for by a question of its own.
    """

    asked = Signal(object)

    def __init__(self, option: Option, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(option.name, parent)
        self._kept = kept
        makes: dict[str, Callable[[], tuple[QWidget, Callable[[str], None]]]] = {
            ONE: lambda: self._list(option),
            SWITCH: self._switch,
            NUMBER: lambda: self._number(option),
            FOLDER: self._folder,
        }
        self.control, self._show = makes.get(option.kind, self._text)()
        self.control.setObjectName(option.name)
        self._place(self.control)
        usual = kept.default(option.name)
        self._usual = _muted(settings.default(option.name, usual))
        self._usual.setFont(theme.ui_font(theme.SMALL))
        self._back = QPushButton(_("Back to the default"))
        self._back.setObjectName("quiet")
        self._back.setAccessibleDescription(settings.label(option.name))
        self._back.clicked.connect(lambda _on=False: kept.choose(self.name, ""))
        self._grid.addWidget(self._usual, 2, 0)
        self._grid.addWidget(self._back, 2, 1, Qt.AlignmentFlag.AlignLeft)
        spoken = self.control.focusProxy() or self.control
        spoken.setAccessibleName(settings.label(option.name))
        spoken.setAccessibleDescription(f"{settings.effect(option.name)} {self._usual.text()}")
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        had = self._back.hasFocus()
        self.control.blockSignals(True)
        self._show(self._kept.value(self.name))
        self.control.blockSignals(False)
        changed = self._kept.is_changed(self.name)
        if had and not changed:
            self.control.setFocus()
        self._back.setVisible(changed)

    def _choose(self, value: str) -> None:
        if value != (self._kept.value(self.name) or self._kept.default(self.name)):
            self._kept.choose(self.name, value)

    # --- controls ------------------------------------------------------------------------------

    def _list(self, option: Option) -> tuple[QWidget, Callable[[str], None]]:
        box = _List()
        for value in option.values:
            box.addItem(settings.value(option.name, value), value)
        if option.name == "citation":
            box.addItem(citing.style_name(OWN), OWN)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The wheel goes on through the page: it changes nothing on its way.
        box.installEventFilter(_Still(box))

        def on_chosen(_index: int) -> None:
            value = str(box.currentData())
            if value == OWN:
                self.asked.emit(self.name)
            else:
                self._choose(value)

        box.activated.connect(on_chosen)

        def show(value: str) -> None:
            found = box.findData(value)
            box.setCurrentIndex(found if found >= 0 else box.findData(OWN))
            box.setToolTip(box.currentText())

        return box, show

    def _switch(self) -> tuple[QWidget, Callable[[str], None]]:
        box = QCheckBox()
        box.clicked.connect(lambda on: self._choose(ON if on else OFF))

        def show(value: str) -> None:
            box.setChecked(value == ON)
            box.setText(settings.value(self.name, value))

        return box, show

    def _number(self, option: Option) -> tuple[QWidget, Callable[[str], None]]:
        box = QSpinBox()
        box.setRange(option.least, option.most)
        box.setKeyboardTracking(False)
        box.lineEdit().setTextMargins(6, 0, 0, 0)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.installEventFilter(_Still(box))
        box.valueChanged.connect(lambda value: self._choose(str(value)))

        def show(value: str) -> None:
            box.setValue(int(value))
            box.setSuffix(settings.value(self.name, value).removeprefix(number(int(value))))

        return box, show

    def _folder(self) -> tuple[QWidget, Callable[[str], None]]:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        path, button = QLineEdit(), QPushButton(_("Choose…"))
        path.setReadOnly(True)
        path.setAccessibleName(settings.label(self.name))
        button.clicked.connect(lambda _on=False: self.asked.emit(self.name))
        row.addWidget(path, 1)
        row.addWidget(button)
        held.setFocusProxy(button)

        def show(value: str) -> None:
            path.setText(value)
            path.setPlaceholderText(_("the usual one"))
            path.setToolTip(settings.value(self.name, value))
            path.setCursorPosition(0)

        return held, show

    def _text(self) -> tuple[QWidget, Callable[[str], None]]:
        field = QLineEdit()
        field.editingFinished.connect(lambda: self._choose(field.text().strip()))

        def show(value: str) -> None:
            if field.text() != value:
                field.setText(value or self._kept.default(self.name))

        return field, show


class _List(QComboBox):
    """A list of values that looks like one: an arrow tells it from a field."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        picture = theme.pixmap(
            "chevron-down", theme.colours().text, theme.ICON, self.devicePixelRatioF()
        )
        size = picture.deviceIndependentSize().toSize()
        painter = QPainter(self)
        painter.drawPixmap(
            self.width() - size.width() - 8, (self.height() - size.height()) // 2, picture
        )
        painter.end()


class _Still(QObject):
    """Keeps the wheel from changing a control that somebody only passes over."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            if watched.hasFocus():
                return False
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
