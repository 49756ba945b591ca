"""One design: contrast of every pair, steps of space and of type, and a size that all things share."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.qt.painted import contrast
from veille.ui import fields as searched
from veille.ui import theme
from veille.ui.app import application
from veille.ui.design import measures
from veille.ui.design.palettes import Colours, on_paper
from veille.ui.widgets.flow import Flow

UI = Path(__file__).resolve().parents[2] / "veille" / "ui"
LOOKS = {
    "light": (theme.LIGHT, 4.5),
    "dark": (theme.DARK, 4.5),
    "sepia": (theme.SEPIA, 4.5),
    "light, more contrast": (theme.LIGHT_CONTRAST, 7.0),
    "dark, more contrast": (theme.DARK_CONTRAST, 7.0),
}
GROUNDS = ("window", "sidebar", "base", "paper", "selected", "hover", "card", "chip")
MARKS = ("found", "quote", "mark", "fact", "check", "use", "doubt", "warning")
# What is written on what.
WRITTEN = {
    "text": (*GROUNDS, *MARKS),
    "muted": GROUNDS,
    "accent": GROUNDS,
    "error": GROUNDS,
    "on_accent": ("accent",),
    "warning_text": ("warning", "base", "paper"),
}


@pytest.fixture(autouse=True)
def _as_it_was(qapp: object) -> Iterator[None]:
    yield
    theme.apply(application(), "light", contrast="off")


def ratio(c: Colours, one: str, other: str) -> float:
    return contrast(QColor(getattr(c, one)), QColor(getattr(c, other)))


@pytest.mark.parametrize(("c", "least"), LOOKS.values(), ids=LOOKS)
def test_every_text_can_be_read_on_every_ground(c: Colours, least: float) -> None:
    low = {
        (ink, ground): round(ratio(c, ink, ground), 1)
        for ink, grounds in WRITTEN.items()
        for ground in grounds
        if ratio(c, ink, ground) < least
    }
    assert low == {}


@pytest.mark.parametrize(("c", "least"), LOOKS.values(), ids=LOOKS)
def test_edges_and_rings_are_seen_on_every_ground(c: Colours, least: float) -> None:
    pairs = [(edge, ground) for edge in ("edge", "ring") for ground in GROUNDS]
    pairs += [(f"{one}_edge", one) for one in ("mark", "fact", "check", "use")]
    low = {pair: round(ratio(c, *pair), 1) for pair in pairs if ratio(c, *pair) < 3}
    assert low == {}


def test_every_role_is_measured_or_only_parts_things() -> None:
    told = {*WRITTEN, *GROUNDS, *MARKS, "edge", "ring",
            *(f"{one}_edge" for one in ("mark", "fact", "check", "use"))}  # fmt: skip
    assert {one.name for one in fields(Colours)} - told == {"line"}


@pytest.mark.parametrize("wanted", ["light", "dark"])
@pytest.mark.parametrize("more", ["off", "on"])
def test_what_qt_paints_by_itself_can_be_read_too(wanted: str, more: str, qapp: object) -> None:
    theme.apply(application(), wanted, contrast=more)
    palette, role, group = application().palette(), QPalette.ColorRole, QPalette.ColorGroup
    least = 7.0 if more == "on" else 4.5
    pairs = [(role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button),
             (role.HighlightedText, role.Highlight), (role.ToolTipText, role.ToolTipBase),
             (role.PlaceholderText, role.Base), (role.Link, role.Base)]  # fmt: skip
    for state in (group.Active, group.Inactive, group.Disabled):
        for ink, ground in pairs:
            under = palette.color(state, ground)
            over = composited(palette.color(state, ink), under)
            assert contrast(over, under) >= least, (state, ink, ground)


def composited(ink: QColor, ground: QColor) -> QColor:
    """Lay a colour that may be seen through over another: a naive ratio would call it black."""
    alpha = ink.alphaF()
    parts = zip(ink.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*(a * alpha + b * (1 - alpha) for a, b in parts))


def test_more_contrast_comes_before_any_paper() -> None:
    assert on_paper("sepia", theme.LIGHT) is theme.SEPIA
    assert on_paper("sepia", theme.LIGHT_CONTRAST) is theme.LIGHT_CONTRAST
    assert on_paper("dark", theme.LIGHT_CONTRAST) is theme.DARK_CONTRAST
    assert on_paper("window", theme.DARK) is theme.DARK


def test_colours_contrast_and_size_are_as_chosen(qapp: object) -> None:
    chosen = {"theme": "dark", "contrast": "on", "size": "150"}
    theme.dress(application(), chosen.get)
    assert theme.colours() is theme.DARK_CONTRAST
    assert application().palette().color(QPalette.ColorRole.Window).name() == "#000000"
    assert theme.ui_font().pointSizeF() == pytest.approx(15)
    assert theme.px(100) == 150
    theme.dress(application(), lambda _name, default: default)
    assert theme.px(100) == 100


@pytest.mark.parametrize("odd", ["", "huge", "-5", "9999999", "٣"])
def test_a_size_that_makes_no_sense_leaves_a_window_that_can_be_used(
    odd: str, qapp: object
) -> None:
    theme.dress(application(), lambda name, default: odd if name == "size" else default)
    assert 1 <= measures.zoom() <= 2


def test_a_palette_of_one_ground_is_of_high_contrast() -> None:
    plain = QPalette(QColor("#f0f0f0"), QColor("#f0f0f0"))
    plain.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
    stark = QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.Button):
        stark.setColor(role, QColor("#000000"))
    assert (theme._is_stark(plain), theme._is_stark(stark)) == (False, True)


def drawn_at(size: int) -> tuple[int, int]:
    """Draw a word and a picture in units at a size; gives how wide and high the ink is."""
    theme.apply(application(), "light", contrast="off", size=size)
    side = theme.px(120)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    with theme.units(painter, QRect(0, 0, side, side)) as box:
        assert (box.width(), box.height()) == (120, 120)
        painter.setFont(theme.ui_font())
        painter.drawText(10, 60, "Veille")
        painter.drawPixmap(60, 60, theme.pixmap("check", "#000000", 40))
    painter.end()
    inked = [
        (x, y) for x in range(side) for y in range(side) if image.pixelColor(x, y).value() < 128
    ]
    wide, high = ([one[axis] for one in inked] for axis in (0, 1))
    return max(wide) - min(wide), max(high) - min(high)


def test_what_is_drawn_in_units_grows_with_the_size(qapp: object) -> None:
    small, large = drawn_at(100), drawn_at(200)
    assert large[0] == pytest.approx(2 * small[0], abs=6)
    assert large[1] == pytest.approx(2 * small[1], abs=6)


# --- one scale, everywhere -----------------------------------------------------------------------

_SPACED = frozenset({
    "setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing", "addSpacing",
})  # fmt: skip
_SIZED = frozenset({
    "setFixedSize", "setFixedWidth", "setFixedHeight", "setMinimumWidth", "setMinimumHeight",
    "setMinimumSize", "setMaximumWidth", "setMaximumHeight", "setIconSize", "setDefaultSectionSize",
})  # fmt: skip


def off_the_scale(source: str) -> list[str]:
    """Give the spaces, letters and sizes of a module that are not decided in ``design``."""
    found = []
    for one in ast.walk(ast.parse(source)):
        if not isinstance(one, ast.Call):
            continue
        name = one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
        if name in _SPACED:
            found += [
                f"{one.lineno}: {name}({ast.unparse(x)})" for x in one.args if not _is_space(x)
            ]
        elif name == "ui_font":
            bad = [x for x in one.args[:1] if not _is_step(x)]
            found += [f"{one.lineno}: ui_font({ast.unparse(x)})" for x in bad]
        elif name in {"setPointSize", "setPixelSize"}:
            found.append(f"{one.lineno}: {name}: letters are of the type scale")
        elif name in _SIZED:
            bad = [x for part in one.args for x in ast.walk(part) if _is_bare(x, part)]
            found += [f"{one.lineno}: {name}({ast.unparse(x)}) is not in units" for x in bad]
    return found


def _is_space(one: ast.expr) -> bool:
    if isinstance(one, ast.Constant):
        return one.value in measures.SPACES
    # A name stands for an indent of its own, a star for four margins checked where they are written.
    return True


def _is_step(one: ast.expr) -> bool:
    if isinstance(one, ast.IfExp):
        return _is_step(one.body) and _is_step(one.orelse)
    return not isinstance(one, ast.Constant)


def _is_bare(one: ast.AST, part: ast.expr) -> bool:
    """Tell whether a number of pixels stands outside ``px``."""
    if not (isinstance(one, ast.Constant) and isinstance(one.value, int) and one.value > 1):
        return False
    inside = [x for x in ast.walk(part) if isinstance(x, ast.Call)
              and ast.unparse(x.func).endswith("px")]  # fmt: skip
    # A share of something that is measured is no measure.
    inside += [x for x in ast.walk(part) if isinstance(x, ast.BinOp)
               and isinstance(x.op, ast.FloorDiv | ast.Div)]  # fmt: skip
    return not any(one in ast.walk(x) for x in inside)


def test_spaces_letters_and_sizes_are_on_the_scale() -> None:
    # A printed page has its own size, whatever that of the window.
    modules = [one for one in UI.rglob("*.py")
               if "design" not in one.parts and one.name != "printing.py"]  # fmt: skip
    assert len(modules) > 100
    wrong = [
        f"{path.relative_to(UI)}:{told}"
        for path in modules
        for told in off_the_scale(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


@pytest.mark.parametrize("bad", [
    "column.setSpacing(7)", "row.setContentsMargins(0, 13, 0, 0)", "column.addSpacing(10)",
    "label.setFont(theme.ui_font(0.93))", "font.setPointSize(9)", "button.setFixedSize(30, 30)",
    "view.setIconSize(QSize(theme.px(16), 16))",
])  # fmt: skip
def test_the_scale_sees_what_is_off_it(bad: str) -> None:
    assert off_the_scale(bad) != []


@pytest.mark.parametrize("good", [
    "column.setSpacing(8)", "row.setContentsMargins(0, 12, 0, 0)", "theme.ui_font(theme.SMALL)",
    "theme.ui_font()", "button.setFixedSize(theme.px(30), theme.px(30))",
    "view.setMaximumWidth(theme.px(_WIDEST))", "view.setMaximumWidth(width)",
])  # fmt: skip
def test_the_scale_lets_through_what_is_on_it(good: str) -> None:
    assert off_the_scale(good) == []


# --- parts ---------------------------------------------------------------------------------------


def test_a_row_goes_on_below_where_there_is_no_room(qtbot: QtBot) -> None:
    row = Flow()
    qtbot.addWidget(row)
    buttons = [QPushButton(f"Button number {number}") for number in range(4)]
    for one in buttons:
        row.add(one)
    wide = sum(one.sizeHint().width() for one in buttons) + 3 * 8
    high = buttons[0].sizeHint().height()
    assert (row.sizeHint().width(), row.heightForWidth(wide)) == (wide, high)
    assert row.heightForWidth(wide - 1) == 2 * high + 8
    assert row.minimumSizeHint().width() == max(one.minimumSizeHint().width() for one in buttons)
    buttons[3].hide()
    assert row.heightForWidth(wide - 1) == high, "what is hidden takes no room"
    row.resize(buttons[0].sizeHint().width() + 4, 400)
    row.show()
    tops = [one.y() for one in buttons[:3]]
    assert tops == sorted(set(tops)), "one below the other"
    assert all(one.geometry().right() <= row.width() for one in buttons[:3])
    assert not buttons[3].isVisible()
    late = QPushButton("Late")
    row.add(late)
    qtbot.waitUntil(lambda: late.y() > buttons[2].y() and late.isVisible())


def test_the_button_that_empties_a_field_is_large_enough(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    searched.clearable(field, picture="search")
    field.resize(240, 32)
    field.show()
    _picture, button = field.findChildren(QToolButton)
    assert button.isHidden(), "there is nothing to empty"
    qtbot.keyClicks(field, "crue")
    assert button.isVisible()
    assert min(button.width(), button.height()) >= theme.TARGET
    assert field.rect().contains(button.geometry())
    assert button.accessibleName() == "Empty this field"
    with qtbot.waitSignal(field.textEdited):
        button.click()
    assert (field.text(), button.isHidden()) == ("", True)
