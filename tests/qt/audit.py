"""What is asked of every screen, whoever uses it: names, order, size, contrast, focus that is seen.

The yardstick is WCAG 2.2 AA, as EN 301 549 chapter 11 applies it to programs. Each function gives
what is wrong, in words; nothing is fixed or excused here but what the criteria themselves excuse.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QAbstractListModel, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QStyle,
    QTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)

from tests.qt.painted import READ, SEEN, Looks, focus, focus_contrast, rendered
from tests.qt.walked import Wrong, floats, focusable, place, shown, told

__all__ = ["READ", "SEEN", "Looks", "Wrong", "focus", "focus_contrast", "rendered"]
TARGET: Final = 24
_NO_ROLE: Final = frozenset({
    QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane,
})  # fmt: skip


def audit(window: QWidget, known: Looks | None = None) -> list[Wrong]:
    """Give all that is wrong with a screen as it is shown now; ``known``: as in ``seen``."""
    return [
        *names(window), *order(window), *targets(window), *shortcuts(window), *pictures(window),
        *laid_out(window), *seen(window, READ, known),
    ]  # fmt: skip


def laid_out(window: QWidget) -> list[Wrong]:
    """Give what is cut, or lies over something else."""
    return [*texts(window), *overlaps(window)]


def seen(window: QWidget, read: float, known: Looks | None = None) -> list[Wrong]:
    """Give what is hard to see in the colours in force.

    Args:
        window: the screen.
        read: the least contrast of letters.
        known: the kinds of controls whose focus was looked at on another screen.
    """
    return [*rendered(window, read), *focus(window, set() if known is None else known)]


# --- names and roles (WCAG 4.1.2, 1.1.1; EN 11.5.2) ---------------------------------------------


def names(window: QWidget) -> list[Wrong]:
    """Find what takes the keyboard and has no name, or is nothing in particular."""
    found = []
    for one in focusable(window):
        face = QAccessible.queryAccessibleInterface(one)
        name = face.text(QAccessible.Text.Name).strip()
        if not name or not any(char.isalnum() for char in name):
            found.append(Wrong("name", told(one), f"“{name}” tells nothing"))
        # A page that scrolls is what Qt says of it; its name says the rest.
        if face.role() in _NO_ROLE and not isinstance(one, QScrollArea):
            found.append(Wrong("role", told(one), f"{face.role().name} says not what it is"))
        if isinstance(one, QAbstractItemView):
            found += _lines(one)
    # Buttons that only the mouse reaches are still said by a screen reader.
    for one in shown(window):
        if isinstance(one, QAbstractButton) and not isinstance(
            one.parentWidget(), QLineEdit | QToolBar
        ):
            face = QAccessible.queryAccessibleInterface(one)
            if not any(char.isalnum() for char in face.text(QAccessible.Text.Name)):
                found.append(Wrong("name", told(one), "a button without a name"))
    return found


def _lines(view: QAbstractItemView) -> list[Wrong]:
    """Find lines of a list that a screen reader has nothing to say of."""
    model = view.model()
    if model is None:
        return []
    role = Qt.ItemDataRole
    return [
        Wrong("name", told(view), f"line {row} tells nothing")
        for row in range(min(model.rowCount(view.rootIndex()), 12))
        if not any(
            str(model.index(row, column, view.rootIndex()).data(one) or "").strip()
            for one in (role.AccessibleTextRole, role.DisplayRole)
            for column in range(_columns(view))
        )
    ]


def _columns(view: QAbstractItemView) -> int:
    model = view.model()
    # A list has one, and keeps it to itself.
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(view.rootIndex())


# --- the tabulator (WCAG 2.1.1, 2.4.3) -----------------------------------------------------------


def order(window: QWidget) -> list[Wrong]:
    """Find what the keyboard does not reach, and where it jumps back against the way one reads."""
    chain = [one for one in focusable(window) if not one.visibleRegion().isEmpty()]
    reached = set(map(id, chain))
    # A panel that floats is over the page: what it hides comes neither before it nor after.
    chain = [one for one in chain if not floats(one)]
    found = []
    for one in shown(window):
        if not _acts(one) or not one.isEnabled() or id(one) in reached:
            continue
        if not _reached_otherwise(one):
            found.append(Wrong("reach", told(one), "no key comes here"))
    for before, after in pairwise(chain):
        a, b = place(before, window), place(after, window)
        same = _pane(before, window) is _pane(after, window)
        if (
            same
            and b.bottom() < a.top()
            and b.left() <= a.right()
            and not _lap(before, after, chain)
        ):
            found.append(
                Wrong("order", told(after), f"comes after {told(before)}, which is below it")
            )
    return found


def _acts(widget: QWidget) -> bool:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractItemView)
    return isinstance(widget, kinds)


def _reached_otherwise(widget: QWidget) -> bool:
    """Tell whether a key does the same: an action of the menus, a field's own keys, an arrow."""
    parent = widget.parentWidget()
    if isinstance(widget, QToolButton):
        action = widget.defaultAction()
        if action is not None and action.associatedObjects():
            return True
    if isinstance(parent, QLineEdit | QComboBox | QAbstractScrollArea | QToolBar):
        return True
    if isinstance(widget, QLineEdit) and parent is not None and parent.focusProxy() is widget:
        return True
    if widget.focusProxy() is not None:
        return True
    # Suggestions: the arrows move in them from the field above, which keeps the keyboard.
    keyed = widget.objectName() == "offers"
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return bool(keyed) or (group is not None and len(group.buttons()) > 1)


def _pane(widget: QWidget, window: QWidget) -> QWidget:
    """Give what stands beside others in the window: a pane is read before the next one."""
    one, parent = widget, widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QSplitter):
            return one
        one, parent = parent, parent.parentWidget()
    return one if isinstance(one, QToolBar) else window


def _lap(before: QWidget, after: QWidget, chain: list[QWidget]) -> bool:
    return chain.index(after) == 0


# --- targets (WCAG 2.5.8) ------------------------------------------------------------------------


def targets(window: QWidget) -> list[Wrong]:
    """Find what is smaller than 24 pixels, unless a circle of 24 around it touches no other one."""
    some = [
        (one, place(one, window)) for one in shown(window)
        if (isinstance(one, QAbstractButton | QComboBox | QLineEdit | QAbstractSlider)
            and not isinstance(one, QScrollBar) and not isinstance(one.parentWidget(), QComboBox))
    ]  # fmt: skip
    found = []
    for one, box in some:
        if box.width() >= TARGET and box.height() >= TARGET:
            continue
        others = [other for widget, other in some if widget is not one]
        if any(_touches(box, other) for other in others):
            found.append(
                Wrong("target", told(one), f"{box.width()}×{box.height()}, others close by")
            )
    for one in shown(window):
        if isinstance(one, QAbstractItemView):
            found += _low_lines(one)
    return found


def _touches(box: QRect, other: QRect) -> bool:
    """Tell whether the circle around a small target meets another target, or its circle."""
    middle = QPointF(box.center())
    near = QPointF(
        min(max(middle.x(), other.left()), other.right()),
        min(max(middle.y(), other.top()), other.bottom()),
    )
    away, reach = near - middle, TARGET / 2
    small = other.width() < TARGET or other.height() < TARGET
    if small:
        away, reach = QPointF(other.center()) - middle, float(TARGET)
    return away.x() ** 2 + away.y() ** 2 < reach**2


def _low_lines(view: QAbstractItemView) -> list[Wrong]:
    model = view.model()
    if model is None or not model.rowCount(view.rootIndex()):
        return []
    heights = [
        view.visualRect(model.index(row, 0, view.rootIndex())).height()
        for row in range(min(model.rowCount(view.rootIndex()), 6))
    ]
    low = [high for high in heights if 0 < high < TARGET]
    return [Wrong("target", told(view), f"lines of {low[0]} pixels")] if low else []


# --- keys ----------------------------------------------------------------------------------------


def shortcuts(window: QWidget) -> list[Wrong]:
    """Find keys that mean two things in one place: Qt then does neither."""
    everywhere: Counter[str] = Counter()
    for one in window.findChildren(QAction):
        if one.isEnabled() and one.shortcutContext() == Qt.ShortcutContext.WindowShortcut:
            everywhere.update(key.toString() for key in one.shortcuts() if not key.isEmpty())
    found = [
        Wrong("keys", window.objectName() or "window", f"{key} means {count} things")
        for key, count in everywhere.items() if count > 1
    ]  # fmt: skip
    for widget in shown(window):
        own: Counter[str] = Counter()
        for one in widget.actions():
            if one.isEnabled() and one.shortcutContext() != Qt.ShortcutContext.WindowShortcut:
                own.update(key.toString() for key in one.shortcuts() if not key.isEmpty())
        found += [
            Wrong("keys", told(widget), f"{key} means {n} things")
            for key, n in own.items()
            if n > 1
        ]
    mnemonics = Counter(
        QKeySequence.mnemonic(one.text()).toString()
        for one in shown(window) if isinstance(one, QAbstractButton)
    )  # fmt: skip
    found += [
        Wrong("keys", "buttons", f"{key} means {count} things")
        for key, count in mnemonics.items() if key and count > 1
    ]  # fmt: skip
    return found


# --- what is cut (WCAG 1.4.4, 1.4.10) --------------------------------------------------------------


def texts(window: QWidget) -> list[Wrong]:
    """Find words that are cut with no hint that gives them whole."""
    found = []
    for one in shown(window):
        if isinstance(one, QLabel) and one.text() and not one.wordWrap() and one.pixmap().isNull():
            if one.textFormat() == Qt.TextFormat.RichText:
                continue
            wide = max(one.fontMetrics().horizontalAdvance(line) for line in one.text().split("\n"))
            if wide > one.contentsRect().width() + 1 and not one.toolTip():
                found.append(
                    Wrong("cut", told(one), f"“{one.text()[:40]}” has {one.width()} pixels")
                )
        elif isinstance(one, QLabel) and one.wordWrap() and one.text() and not one.toolTip():
            need = one.heightForWidth(one.width())
            if (
                need > one.height() + 2
                and one.visibleRegion().boundingRect().height() >= one.height() - 1
            ):
                found.append(Wrong("cut", told(one), f"{need} pixels of text in {one.height()}"))
        elif isinstance(one, QPushButton | QCheckBox | QRadioButton) and one.text():
            wide = one.fontMetrics().horizontalAdvance(one.text().replace("&", "").strip())
            if not isinstance(one, QPushButton):
                wide += one.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
            if wide > one.width() and not one.toolTip():
                found.append(Wrong("cut", told(one), f"{wide} pixels of words in {one.width()}"))
    return found


def overlaps(window: QWidget) -> list[Wrong]:
    """Find controls that lie over one another."""
    some = [
        one for one in shown(window) if isinstance(one, QAbstractButton | QComboBox | QLineEdit)
    ]
    found = []
    for number, one in enumerate(some):
        for other in some[number + 1 :]:
            if one.isAncestorOf(other) or other.isAncestorOf(one) or floats(one) or floats(other):
                continue
            both = place(one, window).intersected(place(other, window))
            if both.width() > 2 and both.height() > 2:
                found.append(Wrong("overlap", told(one), f"over {told(other)}"))
    return found


# --- pictures (WCAG 1.1.1) -------------------------------------------------------------------------


def pictures(window: QWidget) -> list[Wrong]:
    """Find what is painted by hand and says in words neither what it is nor what is seen."""
    found = []
    for one in shown(window):
        if not _is_chart(type(one)):
            continue
        face = QAccessible.queryAccessibleInterface(one)
        if not (face.text(QAccessible.Text.Name) and face.text(QAccessible.Text.Description)):
            found.append(Wrong("picture", told(one), "painted, and nothing says what is seen"))
    return found


def _is_chart(kind: type[QWidget]) -> bool:
    """Tell whether a widget paints itself and is no text or button, which say what they are."""
    said = issubclass(kind, QAbstractScrollArea | QAbstractButton)
    return not said and any(
        "paintEvent" in vars(one) and one.__module__.startswith(("veille", "tests"))
        for one in kind.__mro__
    )
