"""A newcomer's first minutes: three steps, what is brought along, the demo memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.qt import audit
from tests.story.test_bringing import bookmarks, filed, in_folder
from veille.desk import demo, demo_place, paths
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.sentences import catalogue
from veille.ui import app, theme
from veille.ui.main_window import MainWindow
from veille.ui.welcome.bring import BringStep
from veille.ui.welcome.bringing import Outcome
from veille.ui.welcome.dialog import WelcomeDialog
from veille.ui.welcome.name import NameStep
from veille.ui.welcome.team import TeamStep

Answers = dict[str, Callable[[str], object]]
KEY = Qt.Key
PATIENCE = 30_000


@pytest.fixture
def welcome(window: MainWindow, qtbot: QtBot) -> WelcomeDialog:
    window.welcoming.show()
    dialog = window.welcoming.dialog
    assert dialog is not None
    qtbot.waitExposed(dialog)
    return dialog


def focused() -> object:
    return QApplication.focusWidget()


def team(welcome: WelcomeDialog) -> TeamStep:
    welcome.skip.click()
    step = welcome.step
    assert isinstance(step, TeamStep)
    step.team.button.setChecked(True)
    return step


def bring(window: MainWindow) -> BringStep:
    window.actions_["bring"].trigger()
    assert window.welcoming.dialog is not None
    step = window.welcoming.dialog.step
    assert isinstance(step, BringStep)
    return step


def ended(window: MainWindow, qtbot: QtBot, begin: Callable[[], object]) -> Outcome:
    with qtbot.waitSignal(window.welcoming.bringing.ended, timeout=PATIENCE) as told:
        begin()
    assert told.args is not None
    outcome = told.args[0]
    assert isinstance(outcome, Outcome)
    return outcome


# --- the steps -------------------------------------------------------------------------------


def test_whoever_has_nothing_is_welcomed_once(window: MainWindow, qtbot: QtBot) -> None:
    window.welcoming.start()
    dialog = window.welcoming.dialog
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert window.welcoming.dialog is None
    window.welcoming.start()
    assert window.welcoming.dialog is None
    window.actions_["welcome"].trigger()
    assert window.welcoming.dialog is not None
    window.welcoming.dialog.reject()


def test_whoever_has_something_is_not(desk: Desk, window: MainWindow) -> None:
    desk.new_note("Plan vélo", "")
    window.welcoming.start()
    assert window.welcoming.dialog is None


def test_the_keyboard_alone_is_enough(
    desk: Desk, window: MainWindow, welcome: WelcomeDialog, qtbot: QtBot
) -> None:
    name = welcome.step
    assert isinstance(name, NameStep)
    assert focused() is name.name, "the name is ready to be typed over"
    qtbot.keyClicks(name.name, "Anne Lebrun")
    qtbot.keyClick(name.name, KEY.Key_Tab)
    assert focused() is name.service
    qtbot.keyClicks(name.service, "Presse")
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(name.service, KEY.Key_Return)
    assert desk.name() == "Anne Lebrun"
    step = welcome.step
    assert isinstance(step, TeamStep)
    assert focused() is step.alone.button
    assert not welcome.next.isEnabled(), "nothing is chosen beforehand"
    qtbot.keyClick(step.alone.button, KEY.Key_Return)
    assert step.alone.button.isChecked(), "Enter chooses, and only then goes on"
    assert welcome.step is step
    qtbot.keyClick(step.alone.button, KEY.Key_Down)
    assert step.team.button.isChecked(), "the arrows choose"
    qtbot.keyClick(step.team.button, KEY.Key_Up)
    assert step.alone.button.isChecked()
    qtbot.keyClick(step.alone.button, KEY.Key_Return)
    assert isinstance(welcome.step, BringStep)
    assert focused() is welcome.step.buttons["feeds"]
    qtbot.keyClick(welcome, KEY.Key_Return)
    assert window.welcoming.dialog is None
    assert window.sidebar.chosen == "inbox"
    for key in ("Ctrl+N", "Ctrl+K", "F1"):
        assert key in window.notice.text


def test_passing_over_every_step_records_nothing(
    desk: Desk, window: MainWindow, welcome: WelcomeDialog
) -> None:
    welcome.skip.click()
    welcome.back.click()
    assert welcome.at == 0
    welcome.skip.click()
    welcome.skip.click()
    assert not welcome.skip.isVisible(), "the last step is left by its button"
    welcome.next.click()
    assert window.jobs.drain()
    assert desk.history() == []
    assert len(desk.spaces()) == 1


def test_each_step_says_where_it_stands(welcome: WelcomeDialog) -> None:
    assert welcome.progress.accessibleName() == "Step 1 of 3"
    welcome.skip.click()
    assert welcome.progress.accessibleName() == "Step 2 of 3"


@pytest.mark.parametrize(("language", "size"), [("fr", 200), ("en", 100)])
def test_each_step_can_be_used_by_all(
    desk: Desk, qtbot: QtBot, answers: Answers, language: str, size: int
) -> None:
    catalogue.use(language, paths.resources() / "i18n")
    app.dress(app.application(), desk)
    theme.apply(app.application(), "light", contrast="off", size=size)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    window.welcoming.show()
    dialog = window.welcoming.dialog
    assert dialog is not None
    wrong: list[str] = []
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for _step in dialog.steps:
        if isinstance(dialog.step, TeamStep):
            dialog.step.team.button.setChecked(True)
        qtbot.waitUntil(lambda: dialog.next.width() >= dialog.next.sizeHint().width())
        wrong += [str(one) for one in audit.audit(dialog)]
        dialog.skip.click()
    window.close()
    theme.apply(app.application(), "light", contrast="off")
    assert wrong == []


# --- with a team ------------------------------------------------------------------------------


def test_a_space_is_made_once_what_may_travel_was_said(
    desk: Desk, welcome: WelcomeDialog, qtbot: QtBot, share_folder: Path, answers: Answers
) -> None:
    step = team(welcome)
    assert not welcome.next.isEnabled()
    answers["folder"] = lambda _title: str(share_folder)
    step.folder.click()
    qtbot.waitUntil(step.name.isVisible, timeout=PATIENCE)
    assert focused() is step.name
    step.name.setText("Com")
    assert not welcome.next.isEnabled(), "there is no silent default"
    step.links.setChecked(True)
    assert (welcome.next.text(), welcome.next.isEnabled()) == ("Create the space", True)
    welcome.next.click()
    qtbot.waitUntil(lambda: welcome.at == 2, timeout=PATIENCE)
    (made,) = [one for one in desk.spaces() if not one.personal]
    assert (made.name, made.full_text) == ("Com", False)
    welcome.back.click()
    assert "You are in the space “Com”." in [one.text() for one in step.findChildren(QLabel)]
    assert welcome.next.text() == "Go on", "it is made once"


def test_a_space_that_is_there_is_joined(
    desk: Desk, welcome: WelcomeDialog, qtbot: QtBot, share_folder: Path, answers: Answers,
    open_desk: Callable[..., Desk],
) -> None:  # fmt: skip
    open_desk("bruno").create_space("Presse", str(share_folder), full_text=True)
    step = team(welcome)
    answers["folder"] = lambda _title: str(share_folder)
    step.folder.click()
    qtbot.waitUntil(lambda: welcome.next.text() == "Join the space", timeout=PATIENCE)
    assert not step.name.isVisible()
    welcome.next.click()
    qtbot.waitUntil(lambda: welcome.at == 2, timeout=PATIENCE)
    assert [one.name for one in desk.spaces() if not one.personal] == ["Presse"]


def test_a_folder_that_cannot_be_one_is_said_and_another_may_be_chosen(
    desk: Desk, welcome: WelcomeDialog, qtbot: QtBot, tmp_path: Path, answers: Answers
) -> None:
    step = team(welcome)
    answers["folder"] = lambda _title: str(tmp_path / "nowhere")
    step.folder.click()
    qtbot.waitUntil(lambda: not step.busy, timeout=PATIENCE)
    assert not welcome.next.isEnabled()
    assert step.folder.isEnabled()
    assert len(desk.spaces()) == 1
    step.alone.button.setChecked(True)
    assert welcome.next.isEnabled()


# --- what is brought --------------------------------------------------------------------------


def test_bookmarks_are_brought_told_line_by_line_and_taken_back(
    desk: Desk, window: MainWindow, qtbot: QtBot, tmp_path: Path, answers: Answers
) -> None:
    path = bookmarks(
        tmp_path,
        in_folder("Presse", *(f"http://127.0.0.1:9/{number}" for number in range(50))),
        '<DT><A HREF="javascript:1">Outil</A>',
    )
    answers["files"] = lambda _title: [path]
    answers["one_of"] = lambda _title: "dossier"
    step = bring(window)
    outcome = ended(window, qtbot, step.buttons["bookmarks"].click)
    assert (len(outcome.new), outcome.known, len(outcome.lines)) == (50, 0, 1)
    assert step.told.text().startswith("50 pages added, 1 line ")
    assert "50 pages are being fetched" in step.told.text()
    assert len(filed(desk, "Presse")) == 50
    shown: list[str] = []
    answers["report"] = lambda title: shown.append(title) or False  # type: ignore[func-returns-value]
    step.report.click()
    assert shown == ["What came in"]
    step.undo.click()
    qtbot.waitUntil(lambda: desk.count(Filter(kinds=("article",))) == 0)
    assert window.welcoming.dialog is not None
    window.welcoming.dialog.reject()


def test_stopped_it_keeps_what_was_taken(
    desk: Desk, window: MainWindow, qtbot: QtBot, tmp_path: Path, answers: Answers
) -> None:
    lines = [f'<DT><A HREF="http://127.0.0.1:9/{number}">x</A>' for number in range(100)]
    answers["files"] = lambda _title: [bookmarks(tmp_path, *lines)]
    step = bring(window)

    def stop_soon(told: tuple[int, int]) -> None:
        if told[0]:
            step.stop.click()

    window.welcoming.bringing.progressed.connect(stop_soon)
    outcome = ended(window, qtbot, step.buttons["bookmarks"].click)
    assert outcome.stopped
    assert 0 < desk.count(Filter(kinds=("article",))) == len(outcome.new) < 100
    assert step.told.text().startswith("Stopped: ")


def test_a_folder_of_saved_pages_is_read_behind(
    desk: Desk, window: MainWindow, qtbot: QtBot, tmp_path: Path, article_html: str,
    answers: Answers,
) -> None:  # fmt: skip
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "page.html").write_text(article_html, encoding="utf-8")
    answers["folder"] = lambda _title: str(tmp_path / "saved")
    outcome = ended(window, qtbot, bring(window).buttons["pages"].click)
    qtbot.waitUntil(lambda: not desk.pending(), timeout=PATIENCE)
    assert desk.rows(list(outcome.new))[0].verdict == "complete"


def test_a_list_of_feeds_is_followed(
    desk: Desk, window: MainWindow, qtbot: QtBot, tmp_path: Path, answers: Answers
) -> None:
    opml = tmp_path / "liste.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline xmlUrl="http://127.0.0.1:9/f"/></body></opml>'
    )
    answers["files"] = lambda _title: [str(opml)]
    answers["report"] = lambda _title: False
    bring(window).buttons["feeds"].click()
    qtbot.waitUntil(lambda: [one.url for one in desk.feeds.listed()] == ["http://127.0.0.1:9/f"])
    # Chosen as a page of bookmarks it is followed all the same.
    opml.write_text(
        '<opml version="2.0"><body><outline xmlUrl="http://127.0.0.1:9/g"/></body></opml>'
    )
    step = bring(window)
    step.buttons["bookmarks"].click()
    qtbot.waitUntil(lambda: len(desk.feeds.listed()) == 2, timeout=PATIENCE)
    assert all(one.isEnabled() for one in step.buttons.values())


def test_what_cannot_be_read_is_said(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, answers: Answers
) -> None:
    answers["files"] = lambda _title: [str(tmp_path / "nothing.html")]
    step = bring(window)
    outcome = ended(window, qtbot, step.buttons["bookmarks"].click)
    assert outcome.problem
    assert outcome.problem in step.told.text()
    assert not step.undo.isVisible()


# --- the demo memory --------------------------------------------------------------------------


def test_the_demo_opens_in_a_window_of_its_own_and_goes_without_trace(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    before = {one.name for one in desk.paths.root.iterdir()}
    there = demo_place.place(desk.paths)
    window.actions_["demo"].trigger()
    assert "made ready" in window.notice.text
    lock = QLockFile(str(there.lock))
    qtbot.waitUntil(lambda: there.lock.exists() and not lock.tryLock(0), timeout=PATIENCE)
    assert desk.count(Filter()) == 0
    with qtbot.waitSignal(window.welcoming.demo.changed, timeout=PATIENCE):
        window.actions_["remove_demo"].trigger()
    assert "gone" in window.notice.text
    left = {one.name for one in desk.paths.root.iterdir()} - before
    assert not {one for one in left if one.startswith("demo")}


def test_the_window_of_the_demo_says_so_and_removes_it_all(
    desk: Desk, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = demo.prepare(desk.paths)
    seen: list[object] = []

    def look() -> None:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, MainWindow) and one.isVisible():
                bar = one.welcoming.bar
                seen.extend((one.windowTitle(), bar is not None and bar.isVisible()))
                seen.append(any(one.actions_[name].isEnabled() for name in ("demo", "join_space")))
                seen.append(one.welcoming.dialog)
                if bar is not None:
                    bar.remove.click()

    QTimer.singleShot(1_000, look)
    assert app.start(str(profile)) == 0
    assert seen == ["Demo memory — Veille", True, False, None]
    assert not profile.exists()
    assert desk.paths.root.exists()


def test_nothing_is_shared_from_the_demo(
    desk: Desk, open_desk: Callable[..., Desk], qtbot: QtBot, answers: Answers
) -> None:
    profile = demo.prepare(desk.paths)
    window = MainWindow(Desk.open(str(profile)))
    qtbot.addWidget(window)
    asked: list[str] = []
    answers["text"] = answers["one_of"] = asked.append
    window.teaming.create_space()
    window.teaming.join_space()
    assert asked == []
    assert "demo memory" in window.notice._text.text()
    window.close()
    window._desk.close()
