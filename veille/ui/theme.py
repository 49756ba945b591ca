"""Colour roles, type scale, fonts and icons: the one place where looks are decided.

Contrast of every text pair is checked by tests/qt/test_theme.py (WCAG 2.2 AA: 4.5 to 1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from veille.ui.widgets.drawing import Drawing, drawn

UI_FONT: Final = "Inter"
READING_FONT: Final = "Source Serif 4"
BASE_POINTS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Colours:
    """Colour roles. Names say what a colour is for, not what it looks like."""

    window: str
    sidebar: str
    base: str
    paper: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    selected: str
    hover: str
    found: str
    quote: str
    mark: str
    mark_edge: str
    fact: str
    fact_edge: str
    check: str
    check_edge: str
    use: str
    use_edge: str
    doubt: str
    chip: str
    warning: str
    warning_text: str
    card: str
    error: str


LIGHT: Final = Colours(
    window="#f3f4f7",
    sidebar="#eceef3",
    base="#ffffff",
    paper="#fffdfa",
    text="#171a21",
    muted="#596070",
    line="#dfe2e9",
    accent="#1f4fd8",
    on_accent="#ffffff",
    selected="#e3ebff",
    hover="#f2f5fb",
    found="#ffe08a",
    quote="#d9e7ff",
    mark="#fff0ae",
    mark_edge="#8a5f00",
    fact="#d5f0dc",
    fact_edge="#1d7440",
    check="#ffdcd2",
    check_edge="#b3411f",
    use="#eaddff",
    use_edge="#6b3fc0",
    doubt="#ffe0cc",
    chip="#e9ecf4",
    warning="#fff3d6",
    warning_text="#6b4700",
    card="#f6f4ee",
    error="#b3261e",
)
DARK: Final = Colours(
    window="#16181d",
    sidebar="#121419",
    base="#1c1f26",
    paper="#1a1c22",
    text="#e9ebf0",
    muted="#a0a7b5",
    line="#2d313b",
    accent="#86a8ff",
    on_accent="#0c1430",
    selected="#28344f",
    hover="#232731",
    found="#665200",
    quote="#23406f",
    mark="#574a12",
    mark_edge="#f0c95a",
    fact="#1f4d30",
    fact_edge="#7fd69c",
    check="#63301f",
    check_edge="#ff9f7d",
    use="#46306f",
    use_edge="#c5a6ff",
    doubt="#5f3a1e",
    chip="#2a2f3a",
    warning="#3d3115",
    warning_text="#ffdf9e",
    card="#24272f",
    error="#ff9d94",
)

# Paper of an old book: the reader alone wears it.
SEPIA: Final = replace(
    LIGHT, paper="#f6ecd9", text="#3a2f22", muted="#6b5a44", line="#e0d2b8", accent="#7a4a12",
    card="#efe2c8", chip="#eadcc0", found="#f3cf7a", quote="#dfe0d8", mark="#f2dd92",
    fact="#cfe3c4", check="#f3cdb8", use="#e2d2e6", doubt="#f0d2b4", warning="#f3dfae",
    warning_text="#5c3f00", mark_edge="#765000", check_edge="#9c3513", use_edge="#6a3f8f",
)  # fmt: skip
PAPERS: Final = ("window", "light", "sepia", "dark")

_now: dict[str, Colours] = {"colours": LIGHT}
_paper: dict[str, str] = {"paper": "window"}


def colours() -> Colours:
    """Give the colours in force."""
    return _now["colours"]


def reading() -> Colours:
    """Give the colours of the text that is read, which may be on another paper."""
    papers = {"light": LIGHT, "sepia": SEPIA, "dark": DARK}
    return papers.get(_paper["paper"], _now["colours"])


def choose_paper(name: str) -> None:
    """Choose the paper of what is read, one of PAPERS."""
    _paper["paper"] = name


def brush(role: str) -> QBrush:
    """Give a brush of a colour role, for items that take no style sheet."""
    return QBrush(QColor(getattr(colours(), role)))


def load_fonts(folder: Path) -> None:
    """Load the fonts that ship with the program."""
    for path in sorted(folder.glob("*.[to]tf")):
        QFontDatabase.addApplicationFont(str(path))


def apply(app: QApplication, wanted: str) -> None:
    """Dress the application.

    Args:
        app: the application.
        wanted: "light", "dark", or "system" to follow it.
    """
    scheme = app.styleHints().colorScheme()
    dark = wanted == "dark" or (wanted != "light" and scheme == Qt.ColorScheme.Dark)
    _now["colours"] = DARK if dark else LIGHT
    drawn.cache_clear()
    app.setStyle("Fusion")
    app.setFont(ui_font())
    # Asking the platform for a scheme does nothing on many desktops: the palette is set too.
    app.setPalette(_palette(colours()))
    app.setStyleSheet(_sheet(colours()))


def ui_font(scale: float = 1.0, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Give the font of the interface, at a step of the type scale."""
    font = QFont(UI_FONT)
    font.setPointSizeF(BASE_POINTS * scale)
    font.setWeight(weight)
    return font


def reading_font(points: float) -> QFont:
    """Give the font of texts that are read."""
    font = QFont(READING_FONT)
    font.setPointSizeF(points)
    return font


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.base,
        role.AlternateBase: c.hover,
        role.Text: c.text,
        role.Button: c.base,
        role.ButtonText: c.text,
        role.BrightText: c.on_accent,
        role.Highlight: c.accent,
        role.HighlightedText: c.on_accent,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.ToolTipBase: c.card,
        role.ToolTipText: c.text,
        role.PlaceholderText: c.muted,
        role.Mid: c.line,
        role.Midlight: c.line,
        role.Dark: c.line,
        role.Light: c.base,
        role.Shadow: c.line,
        role.Accent: c.accent,
    }
    for one, colour in pairs.items():
        palette.setColor(one, QColor(colour))
    for one in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(c.muted))
    return palette


def _sheet(c: Colours) -> str:
    return f"""
    QMenuBar {{ background: {c.window}; padding: 2px 6px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 5px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.selected}; color: {c.text}; }}
    QMenu {{ background: {c.base}; border: 1px solid {c.line}; padding: 6px; }}
    QMenu::item {{ padding: 6px 26px 6px 10px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {c.selected}; color: {c.text}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 8px; }}
    QToolBar {{ background: {c.window}; border: 0; border-bottom: 1px solid {c.line};
        padding: 7px 10px; spacing: 4px; }}
    QToolBar QToolButton {{ padding: 6px 10px; border-radius: 7px; border: 1px solid transparent; }}
    QToolBar QToolButton:hover {{ background: {c.base}; border-color: {c.line}; }}
    QToolBar QToolButton:disabled {{ color: {c.muted}; }}
    QToolBar QToolButton#primary {{ background: {c.accent}; color: {c.on_accent}; }}
    QLineEdit, QPlainTextEdit, QComboBox {{ background: {c.base}; border: 1px solid {c.line};
        border-radius: 8px; padding: 6px 9px; selection-background-color: {c.accent};
        selection-color: {c.on_accent}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 1px solid {c.accent}; }}
    QPushButton {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 8px;
        padding: 7px 14px; }}
    QPushButton:hover {{ background: {c.hover}; }}
    QPushButton:focus {{ border-color: {c.accent}; }}
    QPushButton:default, QPushButton#primary {{ background: {c.accent}; color: {c.on_accent};
        border-color: {c.accent}; }}
    QPushButton:disabled {{ color: {c.muted}; background: {c.window}; border-color: {c.line}; }}
    QPushButton#quiet {{ border: 0; background: transparent; color: {c.accent}; padding: 6px 8px; }}
    QPushButton#quiet:hover {{ background: {c.hover}; }}
    QPushButton#quiet:checked {{ background: {c.selected}; }}
    QPushButton#quiet:focus {{ border: 1px solid {c.accent}; }}
    QSplitter::handle {{ background: {c.line}; }}
    QComboBox::drop-down {{ border: 0; width: 26px; }}
    QDialog QListWidget {{ border: 1px solid {c.line}; border-radius: 8px; padding: 4px; }}
    QDialog QListWidget::item {{ padding: 6px 8px; border-radius: 6px; }}
    QDialog QListWidget::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QDialog QTreeWidget {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 8px;
        padding: 4px; outline: 0; }}
    QDialog QTreeWidget:focus, QDialog QListWidget:focus {{ border: 1px solid {c.accent}; }}
    QDialog QTreeWidget::item {{ padding: 6px 8px; }}
    QDialog QTreeWidget::item:hover {{ background: {c.hover}; }}
    QDialog QTreeWidget::item:selected {{ background: {c.selected}; color: {c.text}; }}
    QDialog QTreeWidget QHeaderView::section {{ background: {c.base}; color: {c.muted}; border: 0;
        border-bottom: 1px solid {c.line}; padding: 5px 8px; }}
    #words::item {{ padding: 4px 8px; border-radius: 6px; background: {c.chip}; }}
    #words::indicator {{ width: 13px; height: 13px; border: 1px solid {c.muted};
        border-radius: 4px; background: {c.base}; }}
    #words::indicator:checked {{ background: {c.accent}; border: 1px solid {c.accent}; }}
    QDialog #states::item:selected {{ background: {c.selected}; color: {c.text}; }}
    #words::item:selected {{ background: {c.selected}; color: {c.text}; }}
    QSpinBox {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 8px;
        padding: 4px 8px; }}
    QSpinBox QLineEdit {{ background: transparent; border: 0; padding: 0 0 0 6px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
    QSpinBox:focus {{ border: 1px solid {c.accent}; }}
    QTableView, QListWidget {{ border: 0; background: {c.base}; outline: 0; }}
    #list {{ border: 2px solid transparent; }}
    #list:focus {{ border: 2px solid {c.accent}; }}
    #reader {{ border: 2px solid transparent; }}
    #reader:focus {{ border: 2px solid {c.accent}; }}
    #sidebar QListWidget:focus {{ border: 2px solid {c.accent}; border-radius: 8px; }}
    #sidebar {{ background: {c.sidebar}; }}
    #sidebar QListWidget {{ background: {c.sidebar}; border: 2px solid transparent;
        padding: 4px 6px; }}
    #status {{ background: {c.sidebar}; border-top: 1px solid {c.line}; }}
    #facets {{ background: {c.window}; }}
    #facetTree {{ background: {c.window}; border: 2px solid transparent; outline: 0; }}
    #facetTree:focus {{ border: 2px solid {c.accent}; border-radius: 8px; }}
    #facetTree::item {{ padding: 3px 0; border-radius: 4px; }}
    #facetTree::item:selected, #facetTree::item:hover {{ background: {c.selected};
        color: {c.text}; }}
    #facetTree::indicator {{ width: 13px; height: 13px; border: 1px solid {c.muted};
        border-radius: 4px; background: {c.base}; }}
    #facetTree::indicator:checked {{ background: {c.accent}; border: 1px solid {c.accent}; }}
    #searchHead {{ background: {c.base}; border-bottom: 1px solid {c.line}; }}
    #searchHead QToolButton {{ border: 1px solid {c.line}; border-radius: 6px;
        padding: 3px 9px; }}
    #searchHead QToolButton:checked {{ background: {c.selected}; border-color: {c.accent}; }}
    #searchHead QToolButton:focus {{ border-color: {c.accent}; }}
    #sources, #themeTree {{ background: {c.base}; border: 2px solid transparent; outline: 0; }}
    #sources:focus, #themeTree:focus {{ border: 2px solid {c.accent}; }}
    #sources::item, #themeTree::item {{ padding: 6px 4px; }}
    #sources::item:hover, #themeTree::item:hover {{ background: {c.hover}; }}
    #sources::item:selected, #themeTree::item:selected {{ background: {c.selected}; color: {c.text}; }}
    #sources QHeaderView::section, #themeTree QHeaderView::section {{ background: {c.base}; color: {c.muted}; border: 0;
        border-bottom: 1px solid {c.line}; padding: 7px 8px; }}
    #sources QHeaderView::section:first, #themeTree QHeaderView::section:first {{ padding-left: 18px; }}
    #segment {{ border-radius: 8px; padding: 5px 12px; }}
    #segment:checked {{ background: {c.selected}; border-color: {c.accent}; }}
    #health {{ background: {c.card}; border-radius: 10px; }}
    #health[tone="bad"] {{ background: {c.warning}; }}
    #health[tone="bad"] QLabel {{ color: {c.warning_text}; }}
    #fact {{ background: transparent; border: 0; border-radius: 4px; padding: 2px 0; }}
    #fact:focus {{ border: 0; background: {c.selected}; }}
    #brought {{ background: transparent; border: 2px solid transparent; }}
    #brought:focus {{ border: 2px solid {c.accent}; border-radius: 8px; }}
    #brought::item {{ padding: 5px 6px; border-radius: 6px; }}
    #brought::item:selected {{ background: transparent; color: {c.text}; }}
    #brought::item:focus, #brought::item:hover {{ background: {c.selected}; color: {c.text}; }}
    #foot {{ background: {c.base}; border-top: 1px solid {c.line}; color: {c.muted};
        padding: 7px 18px; }}
    #muted {{ color: {c.muted}; }}
    #paneHead {{ background: {c.base}; border-bottom: 1px solid {c.line}; }}
    #reader {{ background: {c.paper}; }}
    #page {{ background: {c.paper}; }}
    #blank {{ background: {c.base}; }}
    #card {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 12px; }}
    #findBar {{ background: {c.base}; border-bottom: 1px solid {c.line}; }}
    #findBar QLineEdit {{ padding: 4px 9px; }}
    #keyHint {{ background: {c.card}; color: {c.muted}; border: 1px solid {c.line};
        border-radius: 9px; padding: 5px 12px; }}
    #banner {{ background: {c.warning}; color: {c.warning_text};
        border-bottom: 1px solid {c.line}; }}
    #banner QLabel {{ color: {c.warning_text}; }}
    QPushButton#segment:checked {{ background: {c.selected}; border: 1px solid {c.accent}; }}
    #quoteCard {{ background: {c.card}; border-top: 1px solid {c.line}; }}
    QLineEdit[tone="missing"] {{ background: {c.warning}; color: {c.warning_text};
        border: 1px solid {c.warning_text}; }}
    #notice {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 10px; }}
    #notice[tone="error"] {{ border: 1px solid {c.error}; }}
    QRadioButton::indicator {{ width: 14px; height: 14px; border-radius: 8px;
        border: 1px solid {c.muted}; background: {c.base}; }}
    QRadioButton::indicator:checked {{ background: {c.accent}; border: 1px solid {c.accent}; }}
    QRadioButton::indicator:focus {{ width: 12px; height: 12px; border: 2px solid {c.accent}; }}
    #choices {{ background: {c.warning}; border-bottom: 1px solid {c.line}; }}
    #choices > QLabel {{ color: {c.warning_text}; }}
    #choices QScrollArea, #choices QScrollArea > QWidget > QWidget {{ background: transparent; }}
    #choices:focus {{ border-bottom: 2px solid {c.accent}; }}
    #present {{ color: {c.accent}; padding-left: 12px; }}
    #warning {{ background: {c.warning}; color: {c.warning_text}; border-radius: 8px;
        padding: 8px 12px; }}
    #noteText {{ background: {c.paper}; border: 0; border-radius: 0; padding: 12px 28px; }}
    #noteText:focus {{ border: 0; }}
    #noteTitle {{ background: {c.paper}; border: 0; border-radius: 0; padding: 18px 28px 6px 28px; }}
    #noteTitle:focus {{ border: 0; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 4px; min-height: 36px; }}
    QScrollBar::handle:vertical:hover {{ background: {c.muted}; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
    QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 4px; min-width: 36px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{ background: {c.card}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
    """


_icons: dict[str, Path] = {}


def find_icons(folder: Path) -> None:
    """Say where the icons are."""
    _icons["folder"] = folder


def icon(name: str, colour: str = "") -> QIcon:
    """Give an icon in the colour of text, or in another role's colour; drawn when it is painted."""
    c = colours()
    return QIcon(Drawing(_path(name), colour or c.text, c.muted))


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Give an icon as a picture of ``size`` logical pixels."""
    made = QPixmap(drawn(_path(name), colour, round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    return made


def _path(name: str) -> Path:
    return _icons["folder"] / f"{name}.svg"
