"""The bars above and below a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget


def button(label: str, keys: str, spoken: str = "") -> QPushButton:
    """Make a button of a bar, which says the key that does the same."""
    made = QPushButton(label)
    made.setObjectName("quiet")
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(f"{spoken or label} ({native})".strip())
    made.setAccessibleName(spoken or label)
    return made


def bar(name: str, left: Sequence[QWidget], right: Sequence[QWidget]) -> QFrame:
    """Make a bar, with things at its left and at its right."""
    made = QFrame()
    made.setObjectName(name)
    row = QHBoxLayout(made)
    row.setContentsMargins(12, 4, 12, 4)
    row.setSpacing(4)
    for one in left:
        row.addWidget(one)
    row.addStretch(1)
    for one in right:
        row.addWidget(one)
    return made
