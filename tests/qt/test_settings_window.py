"""The settings, the keys, what went wrong: through the window, by keys and clicks."""

from __future__ import annotations

import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QMainWindow, QSpinBox
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.sentences import catalogue
from veille.ui import actions, theme
from veille.ui import app as program
from veille.ui.app import application, dress
from veille.ui.bus import Bus
from veille.ui.frame import fill_menus
from veille.ui.jobs import Jobs
from veille.ui.keymap import Keymap
from veille.ui.main_window import MainWindow
from veille.ui.settings.choosing import Choosing, Effects
from veille.ui.settings.dialog import SettingsDialog
from veille.ui.settings.lines import OptionLine
from veille.ui.state import WindowState
from veille.ui.support.mishaps import Watch

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Stage:
    """A window with nothing in it but its menus: what the settings alone need."""

    actions_: Mapping[str, QAction]
    keymap: Keymap
    choosing: Choosing
    jobs: Jobs
    effects: list[str]


@pytest.fixture
def stage(desk: Desk, jobs: Jobs, qtbot: QtBot, answers: object) -> Iterator[Stage]:
    window = QMainWindow()
    qtbot.addWidget(window)
    state, bus, effects = WindowState(desk.paths.root), Bus(window), list[str]()
    made, keymap = actions.make(window), Keymap(state, window)
    fill_menus(window, made)
    keymap.changed.connect(lambda: keymap.apply(made))
    choosing = Choosing(
        desk, jobs, bus, state=state, keymap=keymap, made=made, window=window,
        effects=Effects(*(partial(effects.append, one) for one in ("dress", "read", "reopen"))),
    )  # fmt: skip
    for name, act in choosing.acts().items():
        made[name].triggered.connect(act)
    window.show()
    yield Stage(made, keymap, choosing, jobs, effects)
    jobs.drain()


@pytest.fixture
def dialog(stage: Stage, qtbot: QtBot) -> SettingsDialog:
    stage.actions_["settings"].trigger()
    shown = stage.choosing.dialog
    assert shown is not None
    qtbot.waitExposed(shown)
    return shown


def line(dialog: SettingsDialog, name: str) -> OptionLine:
    found = dialog.findChild(OptionLine, f"line_{name}")
    assert isinstance(found, OptionLine)
    return found


def pick(dialog: SettingsDialog, name: str, value: str) -> None:
    dialog.open_at(name)
    box = line(dialog, name).control
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_typing_narrows_across_the_sections(dialog: SettingsDialog, qtbot: QtBot) -> None:
    assert dialog.shown() == ["name", "service"]
    assert dialog.focusWidget() is dialog.field
    qtbot.keyClicks(dialog.field, "DÀRK")
    assert dialog.shown() == ["theme", "paper"]
    dialog.field.setText("archive")
    assert dialog.shown() == ["retention"], "another word for it"
    dialog.field.setText("merge themes")
    assert dialog.shown() == []
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_an_action_is_found_by_its_keys_from_the_same_field(dialog: SettingsDialog) -> None:
    dialog.field.setText("unfollow")
    assert dialog.keys.isVisible()
    dialog.sections.setCurrentRow(1)
    assert dialog.field.text() == ""
    assert dialog.shown() == ["language", "theme", "contrast", "size"]


def test_colours_and_texts_hold_at_once_and_go_back(window: MainWindow, qtbot: QtBot) -> None:
    window.choosing.show("theme")
    dialog = window.choosing.dialog
    assert dialog is not None
    qtbot.waitExposed(dialog)
    back = line(dialog, "theme")._back
    assert not back.isVisible()
    pick(dialog, "theme", "dark")
    assert theme.colours() is theme.DARK
    assert window.actions_["theme_dark"].isChecked()
    assert back.isVisible()
    window.actions_["theme_light"].trigger()
    control = line(dialog, "theme").control
    assert isinstance(control, QComboBox)
    assert control.currentData() == "light", "the menu chooses the same"
    pick(dialog, "contrast", "on")
    assert theme.colours() is theme.LIGHT_CONTRAST
    line(dialog, "contrast")._back.click()
    assert theme.colours() is theme.LIGHT
    assert not line(dialog, "contrast")._back.isVisible()
    pick(dialog, "paper", "sepia")
    pick(dialog, "letter_size", "5")
    looks = window.reader.browser.looks
    assert (looks.paper, looks.size) == ("sepia", 5)
    line(dialog, "paper")._back.click()
    line(dialog, "letter_size")._back.click()
    assert window.reader.browser.looks.written() == "medium 2 serif window"


def test_each_choice_has_its_effect_and_no_other(stage: Stage, dialog: SettingsDialog) -> None:
    for name, value in (("contrast", "on"), ("column", "wide"), ("size", "150")):
        pick(dialog, name, value)
    assert stage.effects == ["dress", "read", "reopen"]


def test_a_name_is_recorded_once(
    desk: Desk, stage: Stage, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    before = len(desk.history())
    field = line(dialog, "name").control
    assert isinstance(field, QLineEdit)
    field.setFocus()
    dialog.field.setFocus()
    assert len(desk.history()) == before, "passing by records nothing"
    field.selectAll()
    qtbot.keyClicks(field, "Anne Roy")
    with qtbot.waitSignal(stage.choosing.kept.chosen):
        qtbot.keyClick(field, KEY.Key_Return)
    assert desk.name() == "Anne Roy"
    assert dialog.isVisible(), "Enter in a field closes nothing"
    dialog.field.setFocus()
    stage.jobs.drain()
    assert len(desk.history()) == before + 1


def test_what_comes_in(desk: Desk, stage: Stage, dialog: SettingsDialog, qtbot: QtBot,
                       answers: dict[str, Callable[[str], object]], tmp_path: Path) -> None:  # fmt: skip
    dialog.open_at("retention")
    kept = stage.choosing.kept
    days, private = line(dialog, "retention").control, line(dialog, "private").control
    assert isinstance(days, QSpinBox)
    assert isinstance(private, QCheckBox)
    with qtbot.waitSignal(kept.chosen):
        days.setValue(30)
    assert desk.feeds.retention() == 30
    assert days.suffix() == " days"
    with qtbot.waitSignal(kept.chosen):
        qtbot.keyClick(private, KEY.Key_Space)
    assert desk.settings.value("private") == "on"
    answers["folder"] = lambda _title: str(tmp_path / "Là")
    with qtbot.waitSignal(kept.chosen):
        stage.actions_["choose_folder"].trigger()
    assert desk.settings.value("watched") == str(tmp_path / "Là")
    assert line(dialog, "watched")._back.isVisible()


def test_a_pattern_of_ones_own_is_asked_for_until_it_makes_sense(
    desk: Desk, stage: Stage, dialog: SettingsDialog, qtbot: QtBot,
    answers: dict[str, Callable[[str], object]],
) -> None:  # fmt: skip
    dialog.open_at("citation")
    said = iter(["{nothing}", "{quote}, {author}, {source}"])
    answers["text"] = lambda _title: next(said)
    with qtbot.waitSignal(stage.choosing.kept.chosen):
        pick(dialog, "citation", "own")
    assert desk.citing.style() == "{quote}, {author}, {source}"
    control = line(dialog, "citation").control
    assert isinstance(control, QComboBox)
    assert control.currentData() == "own"
    with qtbot.waitSignal(stage.choosing.kept.chosen):
        line(dialog, "citation")._back.click()
    assert control.currentData() == "press"


# --- keys ----------------------------------------------------------------------------------------


def press(page: object, qtbot: QtBot, *keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    for key, held in keys:
        qtbot.keyClick(page.press, key, held)  # type: ignore[attr-defined]
    page.press._end()  # type: ignore[attr-defined]


def test_keys_are_changed_by_pressing_them(
    stage: Stage, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    dialog.open_at("keys")
    page, keymap = dialog.keys, stage.keymap
    page.choose("clip")
    press(page, qtbot, (KEY.Key_F11, Qt.KeyboardModifier.NoModifier))
    assert keymap.keys("clip") == ("F11",)
    assert stage.actions_["clip"].shortcut().toString() == "F11"
    press(page, qtbot, (KEY.Key_E, CTRL), (KEY.Key_F11, CTRL))
    assert keymap.keys("clip") == ("Ctrl+E, Ctrl+F11",), "two strokes, one after the other"
    press(page, qtbot, (KEY.Key_B, Qt.KeyboardModifier.NoModifier))
    assert "typed in texts" in page.told.text()
    press(page, qtbot, (KEY.Key_E, CTRL))
    assert "begins the keys of" in page.told.text()
    assert not page.take.isVisible()
    assert keymap.keys("clip") == ("Ctrl+E, Ctrl+F11",)
    page.none.click()
    assert keymap.keys("clip") == ()
    page.back.click()
    assert keymap.keys("clip") == ("Ctrl+N",)


def test_keys_of_another_action_are_said_and_may_be_taken(
    stage: Stage, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    dialog.open_at("keys")
    page, keymap = dialog.keys, stage.keymap
    page.choose("clip_file")
    press(page, qtbot, (KEY.Key_N, CTRL))
    assert "“Clip a page”" in page.told.text()
    assert page.take.isVisible()
    page.take.click()
    assert (keymap.keys("clip_file"), keymap.keys("clip")) == (("Ctrl+N",), ())
    page.choose("clip")
    page.back.click()
    assert "“Clip saved pages”" in page.told.text(), "its keys are another's now"
    assert keymap.keys("clip") == ()
    page.all_back.click()
    assert (keymap.keys("clip_file"), keymap.keys("clip")) == (("Ctrl+O",), ("Ctrl+N",))
    assert not page.all_back.isVisible()


def test_nobody_is_caught_in_the_field_of_keys(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.open_at("keys")
    dialog.keys.choose("clip")
    dialog.keys.press.setFocus()
    qtbot.keyClick(dialog.keys.press, KEY.Key_Tab)
    assert dialog.focusWidget() is dialog.keys.none
    dialog.keys.press.setFocus()
    qtbot.keyClick(dialog.keys.press, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_single_letters_are_one_choice(stage: Stage, dialog: SettingsDialog) -> None:
    dialog.open_at("keys")
    dialog.keys.letters.click()
    assert not stage.actions_["letters"].isChecked()
    assert stage.choosing.kept.value("letters") == "off"
    stage.actions_["letters"].trigger()
    assert dialog.keys.letters.isChecked()


# --- another language, another size ---------------------------------------------------------------


def begin_writing(window: MainWindow, note: str, seen: list[str]) -> None:
    seen.append(window.menuBar().actions()[0].text())
    window.open(note)
    window.notes.write(writing=True)
    window.notes.text.setPlainText("un, deux")


def choose_french(window: MainWindow, _note: str, _seen: list[str]) -> None:
    window.choosing.show("language")
    window.choosing.kept.choose("language", "fr")


def close(window: MainWindow, _note: str, seen: list[str]) -> None:
    seen.append(window.menuBar().actions()[0].text())
    seen.append(window.choosing.dialog.windowTitle() if window.choosing.dialog else "")
    window.close()


def test_another_language_holds_at_once_and_loses_nothing(
    open_desk: Callable[..., Desk], qapp: object, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("VEILLE_THEME", "light")
    desk = open_desk("p")
    note = desk.new_note("Note", "un")
    desk.close()
    seen: list[str] = []
    steps = iter((begin_writing, choose_french, close))
    clock = QTimer()
    clock.setInterval(50)

    def step() -> None:
        windows = [one for one in QApplication.topLevelWidgets()
                   if isinstance(one, MainWindow) and one.isVisible()]  # fmt: skip
        if windows and windows[-1].jobs.running == 0:
            try:
                next(steps, close)(windows[-1], note, seen)
            except BaseException:
                QApplication.exit(9)
                raise

    clock.timeout.connect(step)
    clock.start()
    with capture_exceptions() as wrong:
        assert program.start(str(tmp_path / "p")) == 0
    clock.stop()
    assert wrong == []
    assert seen == ["&File", "&Fichier", "Réglages"]
    assert catalogue.language() == "fr"
    again = open_desk("p")
    assert again.read(note).text == "un, deux"
    log = again.log.text()
    assert "opened window" in log
    assert log.rstrip().endswith("closed window")


def test_the_sidebar_has_its_words_again_once_there_is_room(
    qapp: object, desk: Desk, qtbot: QtBot
) -> None:
    state = WindowState(desk.paths.root)
    for size, wide in (("100", 200), ("100", 260), ("150", 96), ("100", 200)):
        state.set_text("size", size)
        # The screen of the tests is too narrow for what is restored.
        state.set_data("geometry", QByteArray())
        dress(application(), desk)
        made = MainWindow(desk)
        made.show()
        qtbot.waitExposed(made)
        assert made.outer.sizes()[0] == wide
        if wide == 200:
            made.outer.setSizes([260, 1020])
        made.close()
        made.deleteLater()


def test_what_was_looked_for_is_still_found_at_another_size(
    stage: Stage, dialog: SettingsDialog
) -> None:
    dialog.open_at("size")
    dialog.field.setText("size")
    stage.choosing.kept.choose("size", "150")
    assert stage.effects[-1] == "reopen"
    dialog.close()
    stage.choosing.again()
    assert dialog.field.text() == "size"
    assert dialog.shown() == ["size", "letter_size"]


# --- what went wrong ------------------------------------------------------------------------------


def test_what_nobody_expected_is_said_and_noted(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    window.mishaps._on_crashed(RuntimeError("Mme Lefèvre"))
    assert "RuntimeError" in window.notice.text
    offered = [one.text() for one in window.notice._buttons if one.isVisible()]
    assert offered == ["Prepare a support file…"]
    assert "crashed window" in desk.log.text()
    assert "Lefèvre" not in desk.log.text()


def test_errors_outside_of_jobs_are_heard_while_the_window_is_open(
    desk: Desk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *told: passed.append(told[1]))
    monkeypatch.setattr(threading, "excepthook", lambda told: passed.append(told.exc_value))
    watch = Watch(desk.log)
    watch.begin()
    watch.tell(window.mishaps)

    def fail() -> None:
        raise LookupError("Mme Lefèvre")

    with qtbot.waitSignal(window.mishaps.seen):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    try:
        fail()
    except LookupError as problem:
        sys.excepthook(LookupError, problem, problem.__traceback__)
    watch.end()
    assert len(passed) == 2, "they are shown on the terminal all the same"
    log = desk.log.text()
    assert log.count("crashed window") == 2
    assert "test_settings_window.py fail" in log
    assert "Lefèvre" not in log


def test_a_support_file_in_one_click(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.new_note("Lefèvre", "Lefèvre")
    window.actions_["support"].trigger()
    qtbot.waitUntil(lambda: window.preparing.shown is not None, timeout=30_000)
    shown = window.preparing.shown
    assert shown is not None
    assert "WHAT THE MEMORY HOLDS" in shown.text.toPlainText()
    (made,) = (desk.paths.root / "support").iterdir()
    with zipfile.ZipFile(made) as file:
        told = file.read("read-me.txt").decode()
        assert told.replace("\u202f", " ").split() == shown.text.toPlainText().split()
        assert "Lefèvre" not in file.read("read-me.txt").decode()
        assert "screen 1" in file.read("figures.json").decode()
        assert "opened support" in file.read("veille.log").decode()
