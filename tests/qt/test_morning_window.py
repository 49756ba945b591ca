"""Scenario D1, steps 1 and 10: the window opens on the morning, and what is kept is filed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.test_triage_window import TO_SORT, desk, go_to, settled, table
from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.ui.main_window import MainWindow

__all__ = ["desk", "table"]
KEY = Qt.Key


def test_d1_1_the_morning_is_there_although_the_share_is_not(
    open_desk: Callable[..., Desk], share_folder: Path, desk: Desk, qtbot: QtBot
) -> None:
    desk.create_space("Com", str(share_folder), full_text=True)
    desk.sync()
    shutil.rmtree(share_folder)
    desk.sync()
    again = MainWindow(open_desk(clock=clock.now_ms))
    qtbot.addWidget(again)
    again.show()
    assert again.sidebar.chosen == "inbox"
    assert again.list.model.stories.every() == desk.count(TO_SORT) == 8

    def said() -> str:
        return " ".join(one.text() for one in again.status.findChildren(QLabel))

    qtbot.waitUntil(lambda: "your additions leave later" in said())
    again.close()


def test_d1_10_what_is_kept_gets_its_theme_and_its_dossier(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget,
    answers: dict[str, Callable[[str], object]],
) -> None:  # fmt: skip
    desk.new_dossier("Plan vélo")
    chosen = go_to(window, "Tanneurs")
    for key, answer in ((KEY.Key_T, "+Mobilités"), (KEY.Key_D, "+Plan vélo")):
        answers["choose"] = lambda _title, answer=answer: answer  # type: ignore[misc]
        with qtbot.waitSignal(window.bus.changed):
            qtbot.keyClick(table, key)
        assert window.list.current == chosen, "nothing moves under the cursor"
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_R)
    settled(window, qtbot)
    row = desk.rows([chosen])[0]
    assert (row.state, row.tags, row.passing) == ("kept", ("Mobilités",), 0)
    dossier = desk.resolve("Plan vélo", kind="dossier")
    assert desk.ids(Filter(dossier=dossier)) == [chosen]
    assert chosen not in window.list.model.ids


def test_d1_10_who_keeps_then_files_means_what_was_kept(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget,
    answers: dict[str, Callable[[str], object]],
) -> None:  # fmt: skip
    desk.new_dossier("Plan vélo")
    chosen = go_to(window, "Tanneurs")
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_R)
    after = window.list.current
    assert after != chosen, "the next is before the eyes"
    assert "T gives it a theme" in window.notice.text
    hints = []
    ask_for = window.commands._filed
    window.commands._filed = (  # type: ignore[method-assign]
        lambda *some, **how: hints.append(ask_for(*some, **how)) or hints[-1]
    )
    for key, answer in ((KEY.Key_T, "+Mobilités"), (KEY.Key_D, "+Plan vélo")):
        answers["choose"] = lambda _title, answer=answer: answer  # type: ignore[misc]
        with qtbot.waitSignal(window.bus.changed):
            qtbot.keyClick(table, key)
    settled(window, qtbot)
    assert hints == ["Just kept: La rue des Tanneurs rouvre après la crue"] * 2
    assert window.list.current == after
    assert desk.rows([chosen])[0].tags == ("Mobilités",)
    dossier = desk.resolve("Plan vélo", kind="dossier")
    assert desk.ids(Filter(dossier=dossier)) == [chosen]
    # Whoever went on, and came back, means what is before the eyes.
    for key in (KEY.Key_K, KEY.Key_J):
        qtbot.keyClick(table, key)
    answers["choose"] = lambda _title: "+Urbanisme"
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_T)
    assert desk.rows([after])[0].tags == ("Urbanisme",)


def test_the_last_that_is_kept_can_still_be_filed(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget,
    answers: dict[str, Callable[[str], object]],
) -> None:  # fmt: skip
    last = window.list.model.ids[-1]
    desk.triage([one for one in desk.ids(TO_SORT) if one != last], "discarded")
    window.shelf.refresh()
    assert window.list.model.ids == [last]
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_R)
    assert window.list.model.ids == []
    answers["choose"] = lambda _title: "+Urbanisme"
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["tag"].trigger()
    assert desk.rows([last])[0].tags == ("Urbanisme",)
    window.triage._while_kept.stop()
    window.actions_["tag"].trigger()
    settled(window, qtbot)
    assert window.triage.just_kept() == (), "a while later nothing is meant any more"
