"""What there is on a screen, as the eye and the tabulator meet it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: the rule, the widget, what was found."""

    rule: str
    widget: str
    found: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.widget}: {self.found}"


def told(widget: QWidget) -> str:
    """Name a widget for whoever repairs it."""
    own = widget.objectName() or widget.accessibleName() or getattr(widget, "text", str)()
    parent = widget.parentWidget()
    while not own and parent is not None:
        own, parent = (
            f"in {parent.objectName()}" if parent.objectName() else "",
            parent.parentWidget(),
        )
    return f"{type(widget).__name__}({own})"


def shown(window: QWidget) -> list[QWidget]:
    """Give the widgets that are on the screen."""
    return [
        one for one in window.findChildren(QWidget)
        if one.isVisible() and one.window() is window and not one.visibleRegion().isEmpty()
    ]  # fmt: skip


def focusable(window: QWidget) -> list[QWidget]:
    """Give what the tabulator stops at, in its order."""
    chain: list[QWidget] = []
    one = window.nextInFocusChain()
    while one is not window:
        takes = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if (takes and one.isVisibleTo(window) and one.isEnabled() and one.window() is window
                and one.focusProxy() is None):  # fmt: skip
            chain.append(one)
        one = one.nextInFocusChain()
    return chain


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def floats(widget: QWidget) -> bool:
    """Tell whether a widget is in what stands over the page for a while."""
    one: QWidget | None = widget
    while one is not None:
        if one.objectName() in {"notice", "offers", "card"}:
            return True
        one = one.parentWidget()
    return False
