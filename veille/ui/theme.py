"""Colours, letters, measures and icons: the one door to how things look (``design`` decides).

``tests/qt/test_theme.py`` measures the contrast of every pair (WCAG 2.2 AA: 4.5 to 1; 7 to 1 with
more contrast), and holds the whole of ``ui`` to the steps of space and of type.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from veille.ui.design import measures
from veille.ui.design.measures import (
    BODY,
    BUTTON,
    DISPLAY,
    HEAD,
    ICON,
    LEAD,
    SIZES,
    SMALL,
    TARGET,
    TINY,
    TITLE,
    in_units,
    measuring,
    px,
    units,
)
from veille.ui.design.palettes import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    PAPERS,
    SEPIA,
    Colours,
    choose,
    on_paper,
)
from veille.ui.design.sheet import sheet
from veille.ui.design.states import box_ground, line_ground
from veille.ui.widgets.drawing import Drawing, drawn

__all__ = [
    "BODY", "BUTTON", "DARK", "DARK_CONTRAST", "DISPLAY", "HEAD", "ICON", "LEAD", "LIGHT",
    "LIGHT_CONTRAST", "PAPERS", "READING_FONT", "SEPIA", "SIZES", "SMALL", "TARGET", "TINY",
    "TITLE", "UI_FONT", "Colours", "apply", "box_ground", "brush", "choose_paper", "colours",
    "dress", "find_icons", "icon", "in_units", "line_ground", "load_fonts", "make_room", "measuring", "pixmap", "points",
    "px", "reading", "reading_font", "ui_font", "units", "watch",
]  # fmt: skip

UI_FONT: Final = "Inter"
READING_FONT: Final = "Source Serif 4"

_now: dict[str, Colours] = {"colours": LIGHT}
_paper: dict[str, str] = {"paper": "window"}
_icons: dict[str, Path] = {}


# --- colours -----------------------------------------------------------------------------------


def colours() -> Colours:
    """Give the colours in force."""
    return _now["colours"]


def reading() -> Colours:
    """Give the colours of the text that is read, which may be on another paper."""
    return on_paper(_paper["paper"], _now["colours"])


def choose_paper(name: str) -> None:
    """Choose the paper of what is read, one of PAPERS."""
    _paper["paper"] = name


def brush(role: str) -> QBrush:
    """Give a brush of a colour role, for items that take no style sheet."""
    return QBrush(QColor(getattr(colours(), role)))


# --- dressing ----------------------------------------------------------------------------------


def dress(app: QApplication, chosen: Callable[[str, str], str]) -> None:
    """Dress the application as a person chose.

    Args:
        app: the application.
        chosen: gives what was chosen under a name, or the default it is told: ``theme`` (system,
            light, dark), ``contrast`` (system, on, off), ``size`` (one of SIZES).
    """
    size = chosen("size", "100")
    apply(
        app,
        chosen("theme", "system"),
        contrast=chosen("contrast", "system"),
        size=int(size) if size.isascii() and size.isdigit() else 100,
    )


def apply(app: QApplication, wanted: str, *, contrast: str = "system", size: int = 100) -> None:
    """Dress the application, at once.

    What was given a size when it was made keeps it: a window is made again for another size.

    Args:
        app: the application.
        wanted: "light", "dark", or "system" to follow it.
        contrast: "on", "off", or "system" to follow it.
        size: of letters and of what goes with them, in per cent: one of SIZES.
    """
    scheme = app.styleHints().colorScheme()
    dark = wanted == "dark" or (wanted != "light" and scheme == Qt.ColorScheme.Dark)
    more = contrast == "on" or (contrast != "off" and _system_wants_contrast(app))
    measures.set_size(size, app.primaryScreen().logicalDotsPerInch())
    _now["colours"] = choose(dark=dark, contrast=more)
    drawn.cache_clear()
    if not app.property("styled"):
        app.setStyle("Fusion")
        app.setProperty("styled", True)
    app.setFont(ui_font())
    # Asking the platform for a scheme does nothing on many desktops: the palette is set too.
    app.setPalette(_palette(colours()))
    app.setStyleSheet(sheet(colours(), _icons.get("folder")))


def watch(changed: Callable[[], object]) -> None:
    """Have ``changed`` called when the system changes its colours, or how much contrast it wants."""
    styled = QApplication.styleHints()
    styled.colorSchemeChanged.connect(changed)
    # Qt tells it from 6.10 on.
    hints = getattr(styled, "accessibility", None)
    if hints is not None:
        hints().contrastPreferenceChanged.connect(changed)


def _system_wants_contrast(app: QApplication) -> bool:
    hints = getattr(app.styleHints(), "accessibility", None)
    if hints is not None:
        return bool(hints().contrastPreference() == Qt.ContrastPreference.HighContrast)
    return _is_stark(_born(app))


def _born(app: QApplication) -> QPalette:
    """Give the palette the system gave, before ours; for a Qt that does not tell the contrast."""
    if "born" not in _palettes:
        _palettes["born"] = QPalette(app.palette())
    return _palettes["born"]


_palettes: dict[str, QPalette] = {}


def _is_stark(palette: QPalette) -> bool:
    """Tell whether a palette is of high contrast: Windows gives windows, fields, buttons one ground."""
    role = QPalette.ColorRole
    grounds = {palette.color(one).name() for one in (role.Window, role.Base, role.Button)}
    return len(grounds) == 1


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
        role.Dark: c.edge,
        role.Light: c.base,
        role.Shadow: c.line,
        role.Accent: c.accent,
    }
    for one, colour in pairs.items():
        palette.setColor(one, QColor(colour))
    for one in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(c.muted))
    return palette


def make_room(dialog: QWidget, wide: int, high: int) -> None:
    """Give a dialog so many units, or what the screen has."""
    screen = QApplication.primaryScreen().availableGeometry()
    dialog.resize(min(px(wide), screen.width() - 40), min(px(high), screen.height() - 80))


# --- letters -----------------------------------------------------------------------------------


def load_fonts(folder: Path) -> None:
    """Load the fonts that ship with the program."""
    for path in sorted(folder.glob("*.[to]tf")):
        QFontDatabase.addApplicationFont(str(path))


def ui_font(step: float = BODY, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Give the font of the interface, at a step of the type scale."""
    font = QFont(UI_FONT)
    font.setPointSizeF(measures.points(step))
    font.setWeight(weight)
    return font


def reading_font(size: float) -> QFont:
    """Give the font of texts that are read, of ``size`` points at 100 %."""
    font = QFont(READING_FONT)
    font.setPointSizeF(points(size))
    return font


def points(size: float) -> float:
    """Give the points of letters that have ``size`` of them at 100 %."""
    return measures.points(BODY, base=size)


# --- icons -------------------------------------------------------------------------------------


def find_icons(folder: Path) -> None:
    """Say where the icons are."""
    _icons["folder"] = folder


def icon(name: str, colour: str = "") -> QIcon:
    """Give an icon in the colour of text, or in another role's colour; drawn when it is painted."""
    c = colours()
    return QIcon(Drawing(_path(name), colour or c.text, c.muted))


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Give an icon as a picture of ``size`` units, for a screen of some pixel ratio."""
    made = QPixmap(drawn(_path(name), colour, round(size * measures.zoom() * ratio)))
    made.setDevicePixelRatio(measures.ratio(ratio))
    return made


def _path(name: str) -> Path:
    return _icons["folder"] / f"{name}.svg"
