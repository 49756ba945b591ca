"""Working with others, in the window: two versions, who is here, proposals, a folder that is tried."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.desk.round import Round
from veille.domain.facts import Changes
from veille.domain.views import Event, Filter, Present
from veille.sentences import doctor
from veille.share.doctor import GOOD, WATCH
from veille.ui.main_window import MainWindow

Answers = dict[str, Callable[[str], object]]
KEY = Qt.Key
SOON = 30_000
ACTIVE = Qt.ApplicationState.ApplicationActive


@pytest.fixture
def colleague(desk: Desk, open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """Give Bruno, who shares a space with the person at the window."""
    (tmp_path / "share").mkdir()
    desk.introduce("Anne")
    desk.create_space("Com", str(tmp_path / "share"), full_text=True)
    desk.sync()
    bruno = open_desk("bruno")
    bruno.introduce("Bruno")
    bruno.join_space(str(tmp_path / "share"))
    bruno.sync()
    return bruno


def in_two_versions(desk: Desk, colleague: Desk) -> str:
    note = desk.new_note("Plan vélo", "Il coûte 2 millions.", space=desk.space("Com").id)
    for one in (desk, colleague):
        one.sync()
    desk.edit_note(note, "Il coûte 3 millions.")
    colleague.edit_note(note, "Il coûte 4 millions.")
    for one in (desk, colleague, desk):
        one.sync()
    return note


def test_two_versions_are_compared_and_settled_from_the_keyboard(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = in_two_versions(desk, colleague)
    window.bus.changed.emit(Changes(frozenset({note})))
    window.open(note)
    assert not window.choices.isHidden()
    assert not window.choices.is_open, "a discreet line, until it is asked for"
    window.actions_["compare"].trigger()
    assert window.choices.is_open
    told = " ".join(label.text() for label in window.choices.findChildren(QLabel))
    for words in ("Anne", "Bruno", "3 millions", "4 millions"):
        assert words in told
    (choice,) = desk.choices(note)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.choices, KEY.Key_B)
    assert desk.read(note).text == choice.b.text
    assert window.choices.isHidden()
    assert "history" in window.notice.text


def test_what_stands_in_two_versions_is_a_list_that_is_gone_through(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    notes = {in_two_versions(desk, colleague), in_two_versions(desk, colleague)}
    window.bus.changed.emit(Changes(frozenset(notes)))
    window.sidebar.choose("home")
    home = window.organising.home
    qtbot.waitUntil(lambda: home.waiting.card_of("V") is not None, timeout=10_000)
    home.news.setFocus()
    home.waiting.card_of("V").click()
    assert window.sidebar.chosen == "conflicts"
    assert set(window.list.model.ids) == notes
    assert window.list.table.hasFocus()
    for left in (1, 0):
        window.choices.toggle()
        with qtbot.waitSignal(window.bus.changed):
            qtbot.keyClick(window.choices, KEY.Key_B)
        qtbot.waitUntil(lambda left=left: len(window.list.model.ids) == left, timeout=10_000)
    assert "Nothing stands in two versions" in window.list.empty.told


def test_keeping_both_with_the_button_and_taking_it_back(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = in_two_versions(desk, colleague)
    window.bus.changed.emit(Changes(frozenset({note})))
    window.open(note)
    window.choices.toggle()
    keep = window.choices.findChild(QPushButton, "keep_both")
    assert isinstance(keep, QPushButton)
    with qtbot.waitSignal(window.bus.changed):
        keep.click()
    assert desk.choices(note) == []
    with qtbot.waitSignal(window.bus.changed):
        window.triage.undo()
    assert len(desk.choices(note)) == 1


def test_who_else_is_writing_is_shown_beside_the_note(
    desk: Desk, colleague: Desk, window: MainWindow
) -> None:
    note = in_two_versions(desk, colleague)
    window.open(note)
    space = desk.space("Com").id
    window.rounds.present.emit([Present(space, colleague.person, note, 20_000)])
    assert "Bruno" in window.notes._present.text()
    assert "20" in window.notes._present.text()
    window.rounds.present.emit([])
    assert window.notes._present.isHidden()


def test_proposals_show_themselves_when_something_waits(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    row = next(name for name in range(window.sidebar.count())
           if window.sidebar.item(name).data(Qt.ItemDataRole.UserRole) == "proposed")  # fmt: skip
    assert window.sidebar.item(row).isHidden()
    window.actions_["view_proposed"].trigger()
    assert not window.sidebar.item(row).isHidden(), "what is shown can be seen in the sidebar"
    window.sidebar.choose("inbox")
    desk.agree("Com", proposals=True)
    desk.sync()
    colleague.sync()
    options = ClipOptions(url="https://site.example/1", space=colleague.space("Com").id)
    colleague.clip("-", options, stdin=b"Titre\n\nUn texte de presse sur la ville.")
    colleague.sync()
    desk.sync()
    window.bus.changed.emit(Changes(frozenset({"a-x"})))
    qtbot.waitUntil(lambda: not window.sidebar.item(row).isHidden(), timeout=10_000)
    window.sidebar.choose("proposed")
    window.list.table.setFocus()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_R)
    assert desk.count(Filter(kinds=("article",), states=("kept",))) == 1


def test_a_folder_is_tried_by_the_worker_and_the_verdict_shown(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    shown: list[str] = []
    answers["report"] = lambda title: shown.extend((title, window.notice.text))
    window.teaming.examine(desk.space("Com").folder)
    assert window.notice.text == "Trying the folder…"
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    assert shown[0] in {doctor.verdict(GOOD), doctor.verdict(WATCH)}
    assert shown[1] == "", "it is tried no longer"


def test_the_card_of_a_space_tells_who_is_in_it(
    desk: Desk, colleague: Desk, window: MainWindow
) -> None:
    window.sidebar.choose("spaces")
    told = " ".join(label.text() for label in window.spaces.findChildren(QLabel))
    assert "Anne" in told
    assert "référent" in told
    buttons = [one.text() for one in window.spaces.findChildren(QPushButton)]
    assert "Roles…" in buttons
    assert "Test the folder" in buttons


def test_a_folder_that_does_not_answer_is_told_and_the_work_goes_on(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.rounds.synced):
        window.rounds._on_patience_ended()
    assert desk.space("Com").problem == "ShareSlow"
    window.sidebar.choose("spaces")
    told = " ".join(label.text() for label in window.spaces.findChildren(QLabel))
    assert "does not answer any more" in told
    desk.new_note("Pendant ce temps", "texte", space=desk.space("Com").id)
    (done,) = desk.sync(whole=False)
    assert not done.failed
    assert desk.space("Com").problem == ""


def test_a_folder_that_is_away_is_looked_for_until_it_is_back(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    folder, elsewhere = tmp_path / "share", tmp_path / "elsewhere"
    folder.rename(elsewhere)
    for _turn in range(3):
        qtbot.waitUntil(lambda: not window.rounds.share.busy, timeout=SOON)
        with qtbot.waitSignal(window.rounds.synced, timeout=SOON):
            window.rounds.sync()
    assert window.rounds._clock.interval() <= 30_000
    note = desk.new_note("À partager", "Un texte.")
    window.bus.changed.emit(Changes(frozenset({note})))
    window.open(note)
    answers["choose"] = lambda _title: desk.space("Com").id
    qtbot.waitUntil(lambda: not window.rounds.share.busy, timeout=SOON)
    with qtbot.waitSignal(window.rounds.synced, timeout=SOON):
        window.actions_["share"].trigger()
    assert "“À partager”" in window.notice.text
    assert "away" in window.notice.text
    elsewhere.rename(folder)
    qtbot.waitUntil(lambda: not window.rounds.share.busy, timeout=SOON)
    with qtbot.waitSignal(window.rounds.synced, timeout=SOON):
        window.rounds.sync()
    assert "sent" in window.notice.text
    assert colleague.sync()[0].received


def test_a_quote_put_into_a_shared_note_is_said_to_stay_behind_and_shared(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    options = ClipOptions(url="https://site.example/1")
    page = desk.clip("-", options, stdin=b"La digue\n\nLa digue tiendra, dit la maire.").id
    quote = desk.quote(page, "La digue tiendra")
    note = desk.new_note("Plan vélo", "Voici.", space=desk.space("Com").id)
    window.bus.changed.emit(Changes(frozenset({note})))
    window.open(note)
    window.notes.write(writing=True)
    window.notes.text.setPlainText(f"Voici.\n\n![[{quote}]]")
    window.notes.save()
    qtbot.waitUntil(lambda: "your colleagues will not see it" in window.notice.text, timeout=SOON)
    share = next(one for one in window.notice.findChildren(QPushButton) if one.text() == "Share it")
    with qtbot.waitSignal(window.rounds.synced, timeout=SOON):
        share.click()
    qtbot.waitUntil(lambda: desk.space("Com").waiting == 0, timeout=SOON)
    colleague.sync()
    assert colleague.rows([quote])[0].text("exact") == "La digue tiendra"
    assert not desk.wiki.kept_back(note)


def test_what_was_to_be_shared_is_offered_once_there_is_a_space(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    note = desk.new_note("À partager", "Un texte.")
    window.bus.changed.emit(Changes(frozenset({note})))
    window.open(note)
    window.actions_["share"].trigger()
    answers["text"] = lambda _title: "Com"
    answers["folder"] = lambda _title: str(tmp_path)
    answers["one_of"] = lambda title: "folder" if title.startswith("Where") else "no"
    answers["report"] = lambda title: title.startswith("Good")
    window.actions_["create_space"].trigger()
    qtbot.waitUntil(lambda: "“À partager”" in window.notice.text, timeout=SOON)
    qtbot.waitUntil(lambda: not window.rounds.share.busy, timeout=SOON)
    share = next(
        one for one in window.notice.findChildren(QPushButton) if one.text() == "Share there"
    )
    share.click()
    qtbot.waitUntil(lambda: desk.rows([note])[0].space == desk.space("Com").id, timeout=SOON)


def test_a_folder_that_was_emptied_is_opened_again_from_its_card(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    folder = tmp_path / "share"
    shutil.rmtree(folder)
    folder.mkdir()
    desk.sync()
    window.sidebar.choose("spaces")
    told = " ".join(label.text() for label in window.spaces.findChildren(QLabel))
    assert "is there, but empty" in told
    assert "veille space" not in told
    again = next(
        one for one in window.spaces.findChildren(QPushButton) if one.text() == "Open again here…"
    )
    answers["one_of"] = lambda title: "yes" if "Com" in title else "no"
    again.click()
    qtbot.waitUntil(lambda: desk.space("Com").problem == "", timeout=SOON)
    assert not colleague.sync()[0].failed


def told(window: MainWindow, **what: object) -> str:
    """Play the end of a round; gives what stands in the notice bar then."""
    done = Round("0" * 26, "Com", **what)  # type: ignore[arg-type]
    window.rounds._on_synced({"rounds": [asdict(done)]})
    return window.notice.text


def test_what_a_round_met_is_told_in_one_notice_that_nothing_minor_replaces(
    window: MainWindow, qtbot: QtBot
) -> None:
    back = Event("went_back", count=41, age_ms=22 * 3_600_000)
    missing = Event("files_missing", count=318)
    text = told(window, notices=[back], problems=[missing], entities={"n-1"}, by={"p-1": 9})
    assert "went back by 22 hours: 41 changes were sent again" in text
    assert "318 files" in text
    assert "9 changes received" in text
    buttons = [one.text() for one in window.notice.findChildren(QPushButton) if one.isVisible()]
    assert "Put them back now" in buttons
    assert told(window, entities={"n-1"}, by={"p-1": 2}) == text, "an unread error stands"
    window.notice.dismiss()
    assert "2 changes received" in told(window, entities={"n-1"}, by={"p-1": 2})
    assert "5 files" in told(window, problems=[Event("files_missing", count=5)]), "again, today"
    damaged = [Event("damaged_segment", f"journal/{number}") for number in range(20)]
    assert told(window, problems=damaged).count("damaged") == 1
    window.notice.dismiss()
    assert told(window, problems=damaged) == "", "once"


def test_a_drive_that_is_not_mounted_is_no_alert(window: MainWindow) -> None:
    empty = Event("ShareEmpty", "/media/com")
    text = told(window, problems=[empty], failed=True)
    assert "/media/com is there, but empty" in text
    assert "Nothing is lost" in text
    assert window.notice._timer.isActive(), "it goes by itself"
    assert window.rounds._is_away, "it is looked for often"
    window.notice.dismiss()
    assert told(window, problems=[empty], failed=True) == "", "once"
    assert told(window) == ""
    assert "is there, but empty" in told(window, problems=[empty], failed=True), "another time"


def test_a_large_space_is_told_once_when_all_of_it_has_come(window: MainWindow) -> None:
    for _slice in range(3):
        assert told(window, entities={"a-1"}, by={"p-1": 400}, more=True) == ""
    assert "1,212 changes received" in told(window, entities={"a-1"}, by={"p-1": 12})
    assert "3 changes received" in told(window, entities={"a-1"}, by={"p-1": 3})


def test_a_round_is_done_for_who_comes_back_to_the_window(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    window.rounds._returning.start()
    note = colleague.new_note("De Bruno", "texte", space=desk.space("Com").id)
    colleague.sync()
    with qtbot.waitSignal(window.rounds.synced, timeout=SOON):
        QGuiApplication.instance().applicationStateChanged.emit(ACTIVE)  # type: ignore[union-attr]
    assert desk.title(note) == "De Bruno"
    qtbot.waitUntil(lambda: not window.rounds.share.busy, timeout=SOON)
    window.rounds.come_back()
    assert not window.rounds.share.busy, "one was just done"
    window.rounds._began_at, window.rounds._failures = 0, 2
    window.rounds.come_back()
    assert not window.rounds.share.busy, "a folder that hangs is not asked each time"


def test_what_the_command_line_recorded_is_there_for_who_comes_back(
    desk: Desk, window: MainWindow, open_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    window.sidebar.choose("notes")
    window.rounds._returning.start()
    qtbot.waitUntil(lambda: window.jobs.running == 0)
    app = QGuiApplication.instance()
    command_line = open_desk()
    note = command_line.new_note("Ailleurs", "texte")
    assert note not in window.list.model.ids
    with qtbot.waitSignal(window.bus.changed):
        app.applicationStateChanged.emit(ACTIVE)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: note in window.list.model.ids)
    asked_for = command_line.new_note("Demandée", "texte")
    window.actions_["sync"].trigger()
    qtbot.waitUntil(lambda: asked_for in window.list.model.ids)
    here = desk.new_note("Ici", "texte")
    window.bus.changed.emit(Changes(frozenset({here})))
    qtbot.waitUntil(lambda: not window.rounds._returning._soon.isActive())
    qtbot.waitUntil(lambda: window.jobs.running == 0)
    with qtbot.assertNotEmitted(window.bus.changed, wait=300):
        app.applicationStateChanged.emit(ACTIVE)  # type: ignore[union-attr]
    command_line.edit_note(here, "autre texte")
    with qtbot.waitSignal(window.bus.changed) as changed:
        app.applicationStateChanged.emit(ACTIVE)  # type: ignore[union-attr]
    assert changed.args[0].entities == {here}


def test_a_role_is_asked_for_somebody_whose_role_is_said(
    desk: Desk, colleague: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    asked: list[str] = []
    desk.sync()
    space = desk.space("Com").id

    def give(role: str) -> None:
        answers["choose"] = lambda _title: colleague.person
        answers["one_of"] = lambda title: asked.append(title) or role
        with qtbot.waitSignal(window.bus.changed):
            window.teaming.give_role(space)

    give("former")
    assert asked == ["Which role for Bruno?"]
    window.sidebar.choose("spaces")
    told = " ".join(label.text() for label in window.spaces.findChildren(QLabel))
    assert "Bruno" not in told
    give("writer")
    assert [one.here for one in desk.members(space)] == [True, True]
    answers["choose"] = lambda _title: "everybody"
    answers["one_of"] = lambda title: "yes" if "wait for a référent" in title else None
    with qtbot.waitSignal(window.bus.changed):
        window.teaming.give_role(space)
    assert desk.asks_proposals(space)
    answers["choose"] = lambda _title: desk.person
    answers["one_of"] = lambda _title: pytest.fail("who opened the space stays its référent")
    window.teaming.give_role(space)
