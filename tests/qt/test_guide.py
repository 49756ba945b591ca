"""The guide as it is read: names and keys of today, links that lead somewhere, pictures that fit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.qt import audit
from veille import __version__
from veille.desk import paths
from veille.desk.guide import Guide
from veille.sentences import catalogue
from veille.ui import actions, theme
from veille.ui.app import application
from veille.ui.browse.sidebar import FEED, SAVED
from veille.ui.guide import words
from veille.ui.guide.sheet import SIZES, USUAL
from veille.ui.guide.window import GuideWindow
from veille.ui.guide.words import Words
from veille.ui.jobs import Jobs
from veille.ui.keymap import Keymap
from veille.ui.main_window import MainWindow
from veille.ui.state import WindowState

HELP = paths.resources() / "help"
HOLE = re.compile(r"\{([a-z]+):([^{}\n]+)\}")
FACTS = {"profile": "`/home/claire/veille`", "version": "1.2.3"}


@pytest.fixture
def keys(tmp_path: Path) -> Keymap:
    return Keymap(WindowState(tmp_path))


@pytest.fixture
def guide(qapp: object, qtbot: QtBot, keys: Keymap, answers: object) -> Iterator[GuideWindow]:
    theme.apply(application(), "light")
    jobs = Jobs()
    crashes: list[Exception] = []
    jobs.crashed.connect(crashes.append)
    made = GuideWindow(Guide("en", Words(keys, FACTS)), jobs)
    made.show()
    made.open_page("start")
    qtbot.waitUntil(lambda: made.page == "start")
    yield made
    assert jobs.drain()
    application().sendPostedEvents(None, QEvent.Type.MetaCall)
    made.close()
    made.deleteLater()
    assert crashes == []


def go(qtbot: QtBot, guide: GuideWindow, page: str) -> None:
    guide.open_page(page)
    qtbot.waitUntil(lambda: guide.page == page)


def row(guide: GuideWindow) -> str:
    item = guide.list.currentItem()
    return item.text() if item is not None else ""


# --- what the pages say of the program ---------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_hole_is_filled_with_what_the_window_says(language: str, keys: Keymap) -> None:
    catalogue.use(language, paths.resources() / "i18n")
    with (paths.resources() / "i18n/fr/LC_MESSAGES/veille.po").open("rb") as file:
        said = {one.id for one in read_po(file)}
    fill = Words(keys, FACTS)
    holes = {
        hole
        for file in (HELP / language).glob("*.md")
        for hole in HOLE.findall(file.read_text(encoding="utf-8"))
    }
    assert len(holes) > 50
    for asked, name in holes:
        assert fill(asked, name).strip("*` "), (asked, name)
        assert asked != "say" or name in said, name
    for page in Guide(language, fill).pages():
        assert not HOLE.search(page.text)


def test_a_key_that_was_changed_is_the_one_that_is_said(keys: Keymap) -> None:
    assert Words(keys, FACTS)("action", "keep") == "**Keep** (`R`)"
    keys.choose("keep", ["Shift+R"])
    assert Words(keys, FACTS)("action", "keep") == "**Keep** (`Shift+R`)"
    assert Words(keys, FACTS)("path", "keep") == "**Article → Keep**"
    keys.allow_letters(allowed=False)
    assert Words(keys, FACTS)("action", "keep") == "**Keep**"
    assert Words(keys, FACTS)("key", "keep") == "**Keep**"
    with pytest.raises(KeyError):
        Words(keys, FACTS)("action", "vanished")
    with pytest.raises(KeyError):
        Words(keys, FACTS)("vanished", "keep")


def test_pages_start_only_what_harms_nothing() -> None:
    told = actions.told()
    assert set(told) >= words.HARMLESS
    started = {
        name
        for file in HELP.glob("*/*.md")
        for name in re.findall(r"\(veille:do/(\w+)\)", file.read_text(encoding="utf-8"))
    }
    assert len(started) > 8
    assert started <= set(told)
    assert all(words.may_start(one) for one in started)
    for name in ("delete", "discard", "clip_inside", "quit", "unfollow", "share", "undo"):
        assert not words.may_start(name)


def test_every_view_has_a_page_about_it() -> None:
    pages = {file.stem[3:] for file in (HELP / "fr").glob("*.md")}
    for name in actions.told():
        if name.startswith("view_"):
            assert name.removeprefix("view_") in words._ABOUT
    assert set(words._ABOUT.values()) <= pages
    assert words.page_about(f"{SAVED}r-1") == "search"
    assert words.page_about(f"{FEED}f-1") == "sort"
    assert words.page_about("unheard of") == "start"


def test_pictures_are_of_this_version() -> None:
    """They are to be taken again: ``python packaging/pictures.py``."""
    told = json.loads((HELP / "pictures.json").read_text(encoding="utf-8"))
    assert told["version"] == __version__
    assert told["colours"] == {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)}
    taken = {file.stem.rsplit("-", 1)[0] for file in (HELP / "fr").glob("*.png")}
    for language, pictures in told["words"].items():
        catalogue.use(language, paths.resources() / "i18n")
        assert set(pictures) - {"window"} == taken
        for picture, sentences in pictures.items():
            # A text that is read says nothing of the window.
            assert sentences or picture == "read"
            for english, shown in sentences.items():
                assert catalogue._(english) == shown, (language, picture)


# --- reading -----------------------------------------------------------------------------------


def test_contents_lead_to_pages_and_the_foot_to_their_neighbours(
    qtbot: QtBot, guide: GuideWindow
) -> None:
    assert guide.list.count() == 13
    assert row(guide) == "Start in ten minutes"
    assert guide.before.isHidden()
    guide.list.setCurrentRow(2)
    qtbot.waitUntil(lambda: guide.page == "sort")
    assert guide.windowTitle() == "Sort in the morning – Guide to Veille"
    assert guide.before.accessibleName() == "Previous page: Clip"
    guide.behind.click()
    qtbot.waitUntil(lambda: guide.page == "read")
    assert row(guide) == "Read, mark, quote"
    qtbot.keyClick(guide.sheet, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: guide.page == "sort")
    qtbot.keyClick(guide.sheet, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: guide.page == "read")
    go(qtbot, guide, "leave")
    assert guide.behind.isHidden()


def test_links_lead_to_pages_and_back_to_the_place_that_was_left(
    qtbot: QtBot, guide: GuideWindow
) -> None:
    assert not guide.back.isEnabled()
    go(qtbot, guide, "read")
    guide.sheet.verticalScrollBar().setValue(210)
    guide.sheet.anchorClicked.emit(QUrl("veille:help/law"))
    qtbot.waitUntil(lambda: guide.page == "law")
    assert guide.sheet.verticalScrollBar().value() == 0
    guide.back.click()
    qtbot.waitUntil(lambda: guide.page == "read")
    assert guide.sheet.verticalScrollBar().value() == 210
    qtbot.keyClick(guide.sheet, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: guide.page == "law")
    guide.open_page("nowhere")
    qtbot.waitUntil(lambda: guide.page == "start")


def test_a_search_walks_through_all_pages(qtbot: QtBot, guide: GuideWindow) -> None:
    qtbot.keyClick(guide, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.field.hasFocus()
    qtbot.keyClicks(guide.field, "antivirus")
    qtbot.waitUntil(lambda: guide.told.text() == "1 place in the guide")
    item = guide.list.item(0)
    assert item.text() == "For the IT service"
    spoken = item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("For the IT service. ")
    assert "ntivirus" in spoken
    qtbot.keyClick(guide.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: guide.page == "it")
    assert guide.list.hasFocus()
    guide.field.setText("xylophone")
    qtbot.waitUntil(lambda: guide.list.count() == 0)
    assert "Try another word" in guide.told.text()
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: guide.list.count() == 13)
    assert row(guide) == "For the IT service"
    assert guide.told.isHidden()
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert guide.isHidden()


def test_an_answer_is_shown_at_its_heading(qtbot: QtBot, guide: GuideWindow) -> None:
    guide.field.setText("dated copies")
    qtbot.waitUntil(guide.told.isVisible)
    texts = [guide.list.item(at).text() for at in range(guide.list.count())]
    at = next(number for number, one in enumerate(texts) if one.endswith("Dated copies"))
    guide.list.setCurrentRow(at)
    qtbot.waitUntil(lambda: guide.page == "trouble")
    qtbot.waitUntil(lambda: guide.sheet.verticalScrollBar().value() > 300)


def test_keys_walk_through_the_panes(qtbot: QtBot, guide: GuideWindow) -> None:
    guide.field.setFocus()
    for pane in (guide.list, guide.sheet, guide.field):
        qtbot.keyClick(QApplication.focusWidget() or guide, Qt.Key.Key_F6)
        assert pane.hasFocus()
    qtbot.keyClick(guide.field, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert guide.sheet.hasFocus()
    go(qtbot, guide, "clip")
    guide.list.setFocus()
    for button in (guide.back, guide.smaller, guide.bigger):
        qtbot.keyClick(QApplication.focusWidget() or guide, Qt.Key.Key_Tab)
        assert button.hasFocus()
        assert button.accessibleName()
    qtbot.keyClick(guide.bigger, Qt.Key.Key_Tab)
    assert guide.sheet.hasFocus()
    # From link to link within the page.
    qtbot.keyClick(guide.sheet, Qt.Key.Key_Tab)
    with qtbot.waitSignal(guide.action_requested) as asked:
        qtbot.keyClick(guide.sheet, Qt.Key.Key_Return)
    assert asked.args == ["clip"]


def test_letters_grow_and_are_remembered(qtbot: QtBot, guide: GuideWindow) -> None:
    before = guide.sheet.document().defaultFont().pointSizeF()
    with qtbot.waitSignal(guide.size_chosen) as told:
        qtbot.keyClick(guide, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [USUAL + 1]
    assert guide.sheet.document().defaultFont().pointSizeF() > before
    for _ in SIZES:
        guide.bigger.click()
    assert guide.sheet.step == len(SIZES) - 1
    qtbot.keyClick(guide, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert guide.sheet.document().defaultFont().pointSizeF() == before


def picture(guide: GuideWindow, page: str) -> str:
    found = re.search(r'src="(blob:\w+)"', guide._guide.html(page))
    assert found is not None
    return found[1]


def test_pictures_fit_and_follow_the_colours(qtbot: QtBot, guide: GuideWindow) -> None:
    go(qtbot, guide, "sort")
    address = picture(guide, "sort")
    kind = QTextDocument.ResourceType.ImageResource.value
    light = guide.sheet.loadResource(kind, QUrl(address))
    column = light.deviceIndependentSize().width()
    assert 300 < column <= guide.sheet.viewport().width()
    theme.apply(application(), "dark")
    guide.dress()
    dark = guide.sheet.loadResource(kind, QUrl(address))
    assert dark.pixelColor(2, 2).lightness() < 100 < light.pixelColor(2, 2).lightness()
    guide.resize(760, 600)
    assert guide.sheet.loadResource(kind, QUrl(address)).deviceIndependentSize().width() < column
    # Nothing else is loaded, from the disk least of all.
    for other in ("file:///etc/hostname", "https://example.org/a.png", "../fr/sort-light.png"):
        assert guide.sheet.loadResource(kind, QUrl(other)).height() < 60
    assert guide.sheet.loadResource(QTextDocument.ResourceType.HtmlResource.value, "x") == b""
    # What a picture shows is said below it.
    assert "the text of the chosen article" in guide.sheet.toPlainText()


def test_no_line_begins_with_a_sign(qtbot: QtBot, guide: GuideWindow, keys: Keymap) -> None:
    catalogue.use("fr", paths.resources() / "i18n")
    guide.renew(Guide("fr", Words(keys, FACTS)))
    for page in ("access", "it", "share"):
        go(qtbot, guide, page)
        for width in range(900, 1300, 25):
            guide.resize(width, 700)
            block = guide.sheet.document().begin()
            while block.isValid():
                lines = (block.layout().lineAt(at) for at in range(block.layout().lineCount()))
                starts = [
                    block.text()[line.textStart() :].lstrip("\u00a0\u202f")[:1] for line in lines
                ]
                assert not set(starts) & set(";:!?»"), block.text()
                block = block.next()


def test_the_message_is_copied_whole(qtbot: QtBot, guide: GuideWindow) -> None:
    go(qtbot, guide, "it")
    guide.sheet.anchorClicked.emit(QUrl("veille:copy"))
    copied = QApplication.clipboard().text()
    assert copied.startswith("Hello,\n\nOur team would like to use Veille 1.2.3")
    assert "/home/claire/veille (SQLite" in copied
    assert copied.endswith("suits you.")


def test_the_same_page_tells_other_keys(qtbot: QtBot, guide: GuideWindow, keys: Keymap) -> None:
    go(qtbot, guide, "start")
    assert "Keep ( R )" in guide.sheet.toPlainText()
    keys.choose("keep", ["Shift+R"])
    guide.renew(Guide("en", Words(keys, FACTS)))
    qtbot.waitUntil(lambda: "Keep ( Shift+R )" in guide.sheet.toPlainText())


@pytest.mark.parametrize("looks", [("light", "off"), ("dark", "off"), ("dark", "on")])
def test_everybody_can_use_it(qtbot: QtBot, guide: GuideWindow, looks: tuple[str, str]) -> None:
    theme.apply(application(), looks[0], contrast=looks[1])
    guide.dress()
    go(qtbot, guide, "sort")
    assert audit.audit(guide) == []
    guide.field.setText("key")
    qtbot.waitUntil(guide.told.isVisible)
    guide.list.setCurrentRow(1)
    assert audit.audit(guide) == []


# --- from the window ---------------------------------------------------------------------------


def test_the_guide_opens_at_the_screen_and_does_what_its_pages_offer(
    qtbot: QtBot, window: MainWindow, answers: dict[str, Callable[[str], object]]
) -> None:
    window.sidebar.choose("spaces")
    window.actions_["guide"].trigger()
    guide = window.guide.window
    assert guide is not None
    qtbot.waitUntil(lambda: guide.page == "share")
    guide.sheet.anchorClicked.emit(QUrl("veille:do/view_notes"))
    assert window.sidebar.chosen == "notes"
    for harmful in ("delete", "quit", "vanished"):
        guide.sheet.anchorClicked.emit(QUrl(f"veille:do/{harmful}"))
    assert window.isVisible()
    asked: list[str] = []
    answers["text"] = asked.append
    guide.sheet.anchorClicked.emit(QUrl("veille:do/clip"))
    assert asked == ["Clip a page"]
    # Where it was, and as it was, when it is opened again.
    guide.bigger.click()
    window.keymap.choose("keep", ["Shift+R"])
    window.guide.open_guide("start")
    qtbot.waitUntil(lambda: "Keep ( Shift+R )" in guide.sheet.toPlainText())
    window.close()
    assert guide.isHidden()
    assert window.state.text("guide/size") == str(USUAL + 1)
