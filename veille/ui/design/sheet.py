"""The style sheet of the window: what a control looks like in each of its states.

One rule for what has the keyboard: a ring of two pixels, drawn inside, so that nothing moves.
What is filled has its ring around a gap: in the colour of its letters it would melt into the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QColor

from veille.ui.design.measures import TARGET, px
from veille.ui.design.palettes import Colours

# What has boxes to tick.
_TICKED: Final = ("QCheckBox", "#words", "#facetTree", "QDialog QTreeWidget")


def sheet(c: Colours, ticks: Path | None = None) -> str:
    """Give the sheet in these colours, at the size in force; ``ticks``: where their pictures are."""
    return "".join(
        part(c) for part in (_bars, _fields, _buttons, _boxes, _dialogs, _screens, _pages, _scroll)
    ) + _ticked(c, ticks)


def _ring(c: Colours, down: int, across: int) -> str:
    """Ring a control whose padding is so much without: the ring takes a pixel of it."""
    return f"border: 2px solid {c.ring}; padding: {down - 1}px {across - 1}px;"


def _ring_apart(c: Colours, down: int, across: int) -> str:
    """Ring a filled control: between the ring and what is left of it, the page is seen."""
    # Qt clips a round ground by half a border more than it says: the gap is that half.
    return f"""border: 4px solid {c.ring}; padding: {down - 3}px {across - 3}px;
        background-clip: padding;"""


def _bars(c: Colours) -> str:
    return f"""
    QMenuBar {{ background: {c.window}; padding: 2px 6px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 5px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.selected}; color: {c.text}; }}
    QMenu {{ background: {c.base}; border: 1px solid {c.edge}; padding: 6px; }}
    QMenu::item {{ padding: 6px 26px 6px 10px; border-radius: 5px; border: 1px solid transparent; }}
    QMenu::item:selected {{ background: {c.selected}; color: {c.text}; border-color: {c.accent}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 8px; }}
    QToolBar {{ background: {c.window}; border: 0; border-bottom: 1px solid {c.line};
        padding: 6px 12px; spacing: 4px; }}
    QToolBar#demoBar {{ background: {c.selected}; padding: 0 12px; }}
    QToolBar QToolButton {{ padding: 6px 10px; border-radius: 7px; border: 1px solid transparent; }}
    QToolBar QToolButton:hover {{ background: {c.base}; border-color: {c.line}; }}
    QToolBar QToolButton:focus {{ {_ring(c, 6, 10)} }}
    QToolBar QToolButton:disabled {{ color: {c.muted}; }}
    QToolBar QToolButton#primary {{ background: {c.accent}; color: {c.on_accent}; }}
    QToolBar QToolButton#primary:focus {{ {_ring_apart(c, 6, 10)} }}
    #status {{ background: {c.sidebar}; border-top: 1px solid {c.line}; }}
    QToolTip {{ background: {c.card}; color: {c.text}; border: 1px solid {c.edge}; padding: 4px; }}
    """


def _fields(c: Colours) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QComboBox {{ background: {c.base}; border: 1px solid {c.edge};
        border-radius: 8px; padding: 6px 9px; selection-background-color: {c.accent};
        selection-color: {c.on_accent}; placeholder-text-color: {c.muted}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ {_ring(c, 6, 9)} }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {c.muted};
        background: {c.window}; border-color: {c.line}; }}
    #inField {{ border: 0; background: transparent; padding: 0; border-radius: 6px; }}
    QToolButton#inField:hover {{ background: {c.hover}; }}
    QLineEdit[tone="missing"] {{ background: {c.warning}; color: {c.warning_text};
        border: 1px solid {c.warning_text}; placeholder-text-color: {c.warning_text}; }}
    QLineEdit[tone="missing"]:focus {{ border: 2px solid {c.warning_text}; padding: 5px 8px; }}
    QComboBox::drop-down {{ border: 0; width: {px(26)}px; }}
    QSpinBox {{ background: {c.base}; border: 1px solid {c.edge}; border-radius: 8px;
        padding: 4px 8px; }}
    QSpinBox QLineEdit, QSpinBox QLineEdit:focus {{ background: transparent; border: 0;
        padding: 0 0 0 6px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
    QSpinBox:focus {{ {_ring(c, 4, 8)} }}
    """


def _buttons(c: Colours) -> str:
    return f"""
    QPushButton {{ background: {c.base}; border: 1px solid {c.edge}; border-radius: 8px;
        padding: 6px 14px; icon-size: {px(16)}px; outline: 0; }}
    QPushButton:hover {{ background: {c.hover}; }}
    QPushButton:focus {{ {_ring(c, 6, 14)} }}
    QPushButton:default, QPushButton#primary {{ background: {c.accent}; color: {c.on_accent};
        border-color: {c.accent}; }}
    QPushButton:default:focus, QPushButton#primary:focus {{ {_ring_apart(c, 6, 14)} }}
    QPushButton:disabled, QPushButton#primary:disabled {{ color: {c.muted};
        background: {c.window}; border-color: {c.line}; }}
    QPushButton#quiet {{ border: 1px solid transparent; background: transparent; color: {c.accent};
        padding: 5px 7px; }}
    QPushButton#quiet:hover {{ background: {c.hover}; }}
    QPushButton#quiet:checked {{ background: {c.selected}; border: 1px solid {c.accent}; }}
    QPushButton#quiet:focus {{ {_ring(c, 5, 7)} }}
    QPushButton#quiet:disabled {{ color: {c.muted}; }}
    #segment {{ border-radius: 8px; padding: 5px 12px; }}
    #segment:checked, QPushButton#segment:checked {{ background: {c.selected};
        border: 1px solid {c.accent}; }}
    #segment:focus, QPushButton#segment:focus {{ {_ring(c, 5, 12)} }}
    #fact {{ background: transparent; border: 0; border-radius: 4px; padding: 4px 2px; }}
    #fact:focus {{ border: 2px solid {c.ring}; padding: 2px 0; background: {c.selected}; }}
    """


def _boxes(c: Colours) -> str:
    """Dress what is ticked: alone, in a list, in a tree."""
    box, dot = px(16), px(15)
    boxes = ", ".join(f"{one}::indicator" for one in _TICKED)
    return f"""
    QCheckBox, QRadioButton {{ min-height: {px(TARGET)}px; spacing: 8px; padding: 0 4px;
        border: 2px solid transparent; border-radius: 6px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {c.ring}; }}
    {boxes} {{ width: {box}px; height: {box}px; border: 1px solid {c.edge}; border-radius: 4px;
        background: {c.base}; }}
    QRadioButton::indicator {{ width: {dot}px; height: {dot}px; border-radius: {dot // 2 + 1}px;
        border: 1px solid {c.edge}; background: {c.base}; }}
    QRadioButton::indicator:checked {{ width: {dot - 8}px; height: {dot - 8}px;
        background: {c.base}; border: 5px solid {c.accent}; }}
    QTabBar::tab {{ padding: 6px 12px; border: 2px solid transparent; border-radius: 6px;
        color: {c.muted}; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
    QTabBar:focus {{ border: 2px solid {c.ring}; }}
    QTabWidget::pane {{ border: 0; border-top: 1px solid {c.line}; }}
    #words::item {{ padding: 4px 8px; border-radius: 6px; background: {c.chip}; }}
    #words::item:selected {{ background: {c.selected}; color: {c.text}; }}
    """


def _ticked(c: Colours, ticks: Path | None) -> str:
    """Tick the boxes that are ticked: a full box alone would tell it by its colour."""
    boxes = ", ".join(f"{one}::indicator:checked" for one in _TICKED)
    white = QColor(c.on_accent).lightnessF() > 0.5
    name = "tick-white.svg" if white else "tick-black.svg"
    picture = f"image: url({(ticks / name).as_posix()});" if ticks is not None else ""
    return f"{boxes} {{ background: {c.accent}; border: 1px solid {c.accent}; {picture} }}"


def _dialogs(c: Colours) -> str:
    return f"""
    QDialog QListWidget {{ border: 1px solid {c.edge}; border-radius: 8px; padding: 4px; }}
    QDialog QListWidget::item {{ padding: 6px 8px; border-radius: 6px; }}
    QDialog QListWidget::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QDialog QTreeWidget {{ background: {c.base}; border: 1px solid {c.edge}; border-radius: 8px;
        padding: 4px; outline: 0; }}
    QDialog QTreeWidget:focus, QDialog QListWidget:focus {{ {_ring(c, 4, 4)} }}
    QDialog QTreeWidget::item {{ padding: 6px 8px; }}
    QDialog QTreeWidget::item:hover {{ background: {c.hover}; }}
    QDialog QTreeWidget::item:selected {{ background: {c.selected}; color: {c.text}; }}
    QDialog QTreeWidget QHeaderView::section {{ background: {c.base}; color: {c.muted}; border: 0;
        border-bottom: 1px solid {c.line}; padding: 5px 8px; }}
    QDialog #states::item:selected {{ background: {c.selected}; color: {c.text}; }}
    """


def _screens(c: Colours) -> str:
    """Dress the lists and trees that fill a screen."""
    return f"""
    QScrollArea {{ border: 2px solid transparent; }}
    QScrollArea:focus {{ border: 2px solid {c.ring}; }}
    QSplitter::handle {{ background: {c.line}; }}
    QSplitter::handle:hover {{ background: {c.accent}; }}
    QTableView, QListWidget {{ border: 0; background: {c.base}; outline: 0; }}
    #list, #reader {{ border: 2px solid transparent; }}
    #list:focus, #reader:focus {{ border: 2px solid {c.ring}; }}
    #sidebar {{ background: {c.sidebar}; }}
    #sidebar QListWidget {{ background: {c.sidebar}; border: 2px solid transparent;
        padding: 4px 6px; }}
    #sidebar QListWidget:focus {{ border: 2px solid {c.ring}; border-radius: 8px; }}
    #facets {{ background: {c.window}; }}
    #facetTree {{ background: {c.window}; border: 2px solid transparent; outline: 0; }}
    #facetTree:focus {{ border: 2px solid {c.ring}; border-radius: 8px; }}
    #facetTree::item {{ padding: 4px 0; border-radius: 4px; min-height: {px(18)}px; }}
    #facetTree::item:selected, #facetTree::item:hover {{ background: {c.selected};
        color: {c.text}; }}
    #searchHead {{ background: {c.base}; border-bottom: 1px solid {c.line}; }}
    #searchHead QToolButton {{ border: 1px solid {c.edge}; border-radius: 6px;
        padding: 4px 9px; }}
    #searchHead QToolButton:checked {{ background: {c.selected}; border-color: {c.accent}; }}
    #searchHead QToolButton:focus {{ {_ring(c, 4, 9)} }}
    #sources, #themeTree {{ background: {c.base}; border: 2px solid transparent; outline: 0; }}
    #sources:focus, #themeTree:focus {{ border: 2px solid {c.ring}; }}
    #sources::item, #themeTree::item {{ padding: 6px 4px; }}
    #sources::item:hover, #themeTree::item:hover {{ background: {c.hover}; }}
    #sources::item:selected, #themeTree::item:selected {{ background: {c.selected};
        color: {c.text}; }}
    #sources QHeaderView::section, #themeTree QHeaderView::section {{ background: {c.base};
        color: {c.muted}; border: 0; border-bottom: 1px solid {c.line}; padding: 7px 8px; }}
    #sources QHeaderView::section:first, #themeTree QHeaderView::section:first {{
        padding-left: 20px; }}
    #guideFoot {{ background: {c.base}; border-top: 1px solid {c.line}; }}
    #brought {{ background: transparent; border: 2px solid transparent; }}
    #brought:focus {{ border: 2px solid {c.ring}; border-radius: 8px; }}
    #brought::item {{ padding: 5px 6px; border-radius: 6px; }}
    #brought::item:selected {{ background: transparent; color: {c.text}; }}
    #brought::item:focus, #brought::item:hover {{ background: {c.selected}; color: {c.text}; }}
    """


def _pages(c: Colours) -> str:
    """Dress the parts of screens that have a name of their own."""
    return f"""
    #health {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 10px; }}
    #health[tone="bad"] {{ background: {c.warning}; border: 1px solid {c.warning_text}; }}
    #health[tone="bad"] QLabel {{ color: {c.warning_text}; }}
    #foot {{ background: {c.base}; border-top: 1px solid {c.line}; color: {c.muted};
        padding: 7px 20px; }}
    #muted {{ color: {c.muted}; }}
    #paneHead {{ background: {c.base}; border-bottom: 1px solid {c.line}; }}
    #reader, #page {{ background: {c.paper}; }}
    #blank {{ background: {c.base}; }}
    #card {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 12px; }}
    #findBar {{ background: {c.base}; border-bottom: 1px solid {c.line}; }}
    #findBar QLineEdit {{ padding: 4px 9px; }}
    #findBar QLineEdit:focus {{ padding: 3px 8px; }}
    #keyHint {{ background: {c.card}; color: {c.muted}; border: 1px solid {c.line};
        border-radius: 9px; padding: 5px 12px; }}
    #banner, #choices {{ background: {c.warning}; border-bottom: 1px solid {c.line}; }}
    #banner, #banner QLabel, #choices > QLabel {{ color: {c.warning_text}; }}
    #choices QScrollArea, #choices QScrollArea > QWidget > QWidget {{ background: transparent; }}
    #choices:focus {{ border-bottom: 2px solid {c.ring}; }}
    #quoteCard {{ background: {c.card}; border-top: 1px solid {c.line}; }}
    #notice {{ background: {c.card}; border: 1px solid {c.edge}; border-radius: 10px; }}
    #notice[tone="error"] {{ border: 2px solid {c.error}; }}
    #present {{ color: {c.accent}; padding-left: 12px; }}
    #warning {{ background: {c.warning}; color: {c.warning_text}; border-radius: 8px;
        padding: 8px 12px; }}
    #noteText {{ background: {c.paper}; border: 2px solid transparent; border-radius: 0;
        padding: 10px 26px; }}
    #noteTitle {{ background: {c.paper}; border: 2px solid transparent; border-radius: 0;
        padding: 16px 26px 4px 26px; }}
    #noteText:focus {{ border-left: 2px solid {c.ring}; padding: 10px 26px; }}
    #noteTitle:focus {{ border-left: 2px solid {c.ring}; padding: 16px 26px 4px 26px; }}
    """


def _scroll(c: Colours) -> str:
    """Dress the bars that scroll; they are wide enough to be caught."""
    wide, least = px(12), px(36)
    return f"""
    QScrollBar:vertical {{ background: transparent; width: {wide}px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {c.edge}; border-radius: 4px;
        min-height: {least}px; }}
    QScrollBar::handle:vertical:hover, QScrollBar::handle:horizontal:hover {{
        background: {c.muted}; }}
    QScrollBar::handle:vertical:disabled {{ background: transparent; }}
    QScrollBar:horizontal {{ background: transparent; height: {wide}px; margin: 2px; }}
    QScrollBar::handle:horizontal {{ background: {c.edge}; border-radius: 4px;
        min-width: {least}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
