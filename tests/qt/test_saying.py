"""Quotes along a line of time, and a story in columns, from the keyboard: D.2, steps 5 to 7."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from tests.story.test_saying import BALLON, CAVES, CHEQUES, DIGUE, Memory, memory
from veille.desk.margin import Remark
from veille.desk.saying import Said
from veille.desk.silences import Quiet
from veille.store import following
from veille.ui.jobs import Jobs
from veille.ui.main_window import MainWindow
from veille.ui.saying.angles import AnglesPane
from veille.ui.saying.lines import arrange
from veille.ui.saying.model import SaidModel
from veille.ui.saying.pane import SaidPane
from veille.ui.widgets.lines_model import LINE_ROLE

__all__ = ["memory"]
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def pane(memory: Memory, jobs: Jobs, qtbot: QtBot) -> Iterator[SaidPane]:
    made = SaidPane(memory.desk, jobs)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: jobs.running == 0)
    yield made
    qtbot.waitUntil(lambda: jobs.running == 0)


def ask(pane: SaidPane, qtbot: QtBot, question: str) -> QListView:
    field = pane.findChild(QLineEdit, "said_question")
    assert field is not None
    field.clear()
    qtbot.keyClicks(field, question)
    with qtbot.waitSignal(pane.answered, timeout=10_000):
        qtbot.keyClick(field, KEY.Key_Return)
    settle(pane, qtbot)
    shown = pane.findChild(QListView, "said_list")
    assert shown is not None
    return shown


def settle(pane: SaidPane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: pane._jobs.running == 0)


def ids_of(memory: Memory, *exacts: str) -> list[str]:
    return [memory.quotes[one] for one in exacts]


# --- quotes --------------------------------------------------------------------------------------


def test_quotes_are_selected_and_become_a_note(
    pane: SaidPane, memory: Memory, qtbot: QtBot
) -> None:
    shown = ask(pane, qtbot, "crue")
    assert pane.model.ids == ids_of(memory, DIGUE, CAVES, CHEQUES)
    assert shown.hasFocus(), "Enter goes to the quotes"
    for _turn in range(3):
        qtbot.keyClick(shown, KEY.Key_Space)
        qtbot.keyClick(shown, KEY.Key_Down)
    selected = pane.findChild(QLabel, "selected")
    assert selected is not None
    assert selected.text() == "3 selected"
    with qtbot.waitSignal(pane.note_requested) as asked:
        qtbot.keyClick(shown, KEY.Key_N, CTRL | SHIFT)
    assert asked.args == [
        "Crue: what the press remembered", ids_of(memory, DIGUE, CAVES, CHEQUES),
    ]  # fmt: skip
    qtbot.keyClick(shown, KEY.Key_Space)
    assert pane.model.checked == ids_of(memory, DIGUE, CAVES), "the last is let go"


def test_the_note_key_is_ours_while_the_page_has_the_focus(
    memory: Memory, jobs: Jobs, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    pane = SaidPane(memory.desk, jobs)
    window.setCentralWidget(pane)
    empty = QAction("New note", window)
    empty.setShortcut(QKeySequence("Ctrl+Shift+N"))
    window.addAction(empty)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    shown = ask(pane, qtbot, "crue")
    qtbot.keyClick(shown, KEY.Key_A, CTRL)
    with qtbot.assertNotEmitted(empty.triggered), qtbot.waitSignal(pane.note_requested):
        qtbot.keyClick(shown, KEY.Key_N, CTRL | SHIFT)


def test_everything_is_selected_then_nothing(pane: SaidPane, qtbot: QtBot) -> None:
    shown = ask(pane, qtbot, "crue")
    assert not pane.note.isEnabled()
    qtbot.keyClick(shown, KEY.Key_A, CTRL)
    assert len(pane.model.checked) == 3
    assert pane.note.isEnabled()
    qtbot.keyClick(shown, KEY.Key_A, CTRL)
    assert pane.model.checked == []


def test_the_first_quote_is_reached_with_its_month_above_it(pane: SaidPane, qtbot: QtBot) -> None:
    shown = ask(pane, qtbot, "crue")
    pane.resize(1080, 260)
    settle(pane, qtbot)
    first = shown.currentIndex().row()
    assert first > 0, "a month stands above"
    for key, times in ((KEY.Key_Home, 1), (KEY.Key_Up, 2)):
        qtbot.keyClick(shown, KEY.Key_End)
        assert shown.verticalScrollBar().value() > 0
        for _time in range(times):
            qtbot.keyClick(shown, key)
        assert shown.currentIndex().row() == first
        qtbot.waitUntil(lambda: shown.verticalScrollBar().value() == 0)


def test_enter_opens_the_passage_and_escape_goes_back(
    pane: SaidPane, memory: Memory, qtbot: QtBot
) -> None:
    shown = ask(pane, qtbot, "crue")
    qtbot.keyClick(shown, KEY.Key_Down)
    with qtbot.waitSignal(pane.opened) as opened:
        qtbot.keyClick(shown, KEY.Key_Return)
    assert opened.args == ids_of(memory, CAVES)
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(shown, KEY.Key_Escape)
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane.question, KEY.Key_Escape)


def test_what_is_typed_asks_after_a_pause_and_older_answers_are_dropped(
    pane: SaidPane, memory: Memory, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(pane.answered, timeout=5_000):
        qtbot.keyClicks(pane.question, "ballon")
    assert pane.model.ids == ids_of(memory, BALLON)
    assert pane.question.hasFocus(), "who types goes on typing"
    told: list[int] = []
    pane.answered.connect(lambda: told.append(len(pane.model.ids)))
    pane.ask_about("crue")
    pane.ask_about("digue")
    settle(pane, qtbot)
    assert told == [1]
    assert pane.model.ids == ids_of(memory, DIGUE)


def test_an_answer_is_narrowed_by_a_source_and_a_person(
    pane: SaidPane, memory: Memory, qtbot: QtBot
) -> None:
    ask(pane, qtbot, "crue")
    source = pane.findChild(QComboBox, "said_source")
    assert source is not None
    assert [source.itemText(one) for one in range(source.count())] == [
        "All sources (3)", "France Bleu (1)", "La Gazette (1)", "Le Courrier (1)",
    ]  # fmt: skip
    source.setFocus()
    with qtbot.waitSignal(pane.answered):
        qtbot.keyClick(source, KEY.Key_Down)
    assert pane.model.ids == ids_of(memory, CAVES)
    assert source.count() == 4, "the others stay open"
    settle(pane, qtbot)
    ask(pane, qtbot, "digue")
    assert source.currentIndex() == 0, "another question is about all sources"


def test_around_is_let_go_and_offered_again(pane: SaidPane, memory: Memory, qtbot: QtBot) -> None:
    ask(pane, qtbot, "crue")
    with qtbot.waitSignal(pane.answered):
        pane.bar.around.click()
    assert pane.model.ids == ids_of(memory, CHEQUES)
    ask(pane, qtbot, "monte")
    assert pane.stack.currentWidget() is pane.empty
    assert "No quote answers." in pane.empty._text.text()
    with qtbot.waitSignal(pane.answered):
        pane.empty._button.click()
    assert pane.bar.around.isChecked()
    assert pane.model.ids == ids_of(memory, DIGUE)


def test_what_was_not_kept_is_hinted_at_and_searched(
    pane: SaidPane, memory: Memory, qtbot: QtBot
) -> None:
    ask(pane, qtbot, "crue")
    assert "Only kept quotes are here; 3 articles speak of it." in pane.unkept.told.text()
    with qtbot.waitSignal(pane.search_requested) as asked:
        pane.unkept.search.click()
    assert asked.args == ["crue"]
    memory.article("pont", "Le Courrier", "2026-06-01", "« Le pont rouvrira », dit-il.")
    memory.desk.drain()
    ask(pane, qtbot, "rouvrira")
    assert pane.stack.currentWidget() is pane.empty
    assert pane.unkept.isHidden()
    assert "1 article speaks of it" in pane.empty._text.text()
    with qtbot.waitSignal(pane.search_requested) as asked:
        pane.empty._other.click()
    assert asked.args == ["rouvrira"]


def test_what_can_be_asked_is_shown_first(pane: SaidPane, qtbot: QtBot) -> None:
    assert pane.stack.currentWidget() is pane.opening
    shown = {one.text(): one for one in pane.opening.findChildren(QPushButton, "example")}
    assert {"Inondations", "Anne Lebrun"} <= shown.keys()
    with qtbot.waitSignal(pane.answered):
        shown["Anne Lebrun"].click()
    assert pane.question.text() == 'who:"Anne Lebrun"'
    assert len(pane.model.ids) == 2
    assert "2 quotes · 2 sources · 1 speaker" in pane._counts.text()
    pane.ask_about("")
    assert pane.stack.currentWidget() is pane.opening
    settle(pane, qtbot)


def test_quotes_are_copied_with_their_references(
    pane: SaidPane, memory: Memory, qtbot: QtBot
) -> None:
    shown = ask(pane, qtbot, "crue")
    qtbot.keyClick(shown, KEY.Key_A, CTRL)
    with qtbot.waitSignal(pane.copied) as copied:
        qtbot.keyClick(shown, KEY.Key_C, CTRL)
    assert copied.args == [3]
    text = QGuiApplication.clipboard().text()
    assert text.index(DIGUE) < text.index(CAVES) < text.index(CHEQUES)
    assert "Le Courrier" in text
    assert text.count("Camille R.") == 3


def test_a_press_in_the_margin_selects_and_one_on_the_words_does_not(
    pane: SaidPane, memory: Memory, qtbot: QtBot
) -> None:
    shown = ask(pane, qtbot, "crue")
    rect = shown.visualRect(pane.model.index(pane.model.first_quote()))
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(70, rect.top() + 24))
    assert pane.model.checked == ids_of(memory, DIGUE)
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, rect.top() + 24))
    assert pane.model.checked == ids_of(memory, DIGUE)


def test_what_is_selected_stays_when_the_arrangement_changes(
    pane: SaidPane, memory: Memory, qtbot: QtBot
) -> None:
    shown = ask(pane, qtbot, "crue")
    qtbot.keyClick(shown, KEY.Key_Down)
    qtbot.keyClick(shown, KEY.Key_Space)
    pane.bar.arrangements.button(1).click()
    assert pane.model.checked == ids_of(memory, CAVES)
    assert pane.list.current == memory.quotes[CAVES]
    heads = [pane.model.index(one).data(LINE_ROLE).title for one in range(pane.model.rowCount())]
    assert [one for one in heads if one] == ["France Bleu", "La Gazette", "Le Courrier"]


# --- lines ---------------------------------------------------------------------------------------


def quiet(source: str, first: str, last: str = "") -> Quiet:
    return Quiet(source, first, last, "gap" if last else "silent", True, 5, 1)


def shape(said: Said, by: str) -> list[str]:
    return [
        line.title or (line.item.row.text("exact") if line.item is not None else "")
        or "/".join(one.source for one in line.silences)
        for line in arrange(said, by)
    ]  # fmt: skip


def test_silences_stand_between_the_quotes(memory: Memory) -> None:
    said = memory.said("crue", silent=False)
    silent = (quiet("A", "2026-03-01", "2026-03-09"), quiet("B", "2026-03-13", "2026-03-20"),
              quiet("C", "2026-03-20"), quiet("Le Courrier", "2026-03-21"),
              quiet("E", "2026-05-01"))  # fmt: skip
    whole = Said(said.query, said.items, silent, said.sources, said.speakers)
    assert shape(whole, "time") == [
        "March 2026", "A", DIGUE, "B", CAVES, "C/Le Courrier", "April 2026", CHEQUES, "E",
    ]  # fmt: skip
    assert shape(whole, "source") == [
        "France Bleu", CAVES, "La Gazette", CHEQUES, "Le Courrier", DIGUE, "Le Courrier",
        "A/B/C/E",
    ]  # fmt: skip
    assert shape(whole, "speaker") == [
        "Anne Lebrun", DIGUE, "Léa Nérac", CHEQUES, "Yves Tessier", CAVES,
    ]  # fmt: skip


def test_the_model_is_sound(memory: Memory, qapp: object) -> None:
    said = memory.said("crue", silent=False)
    whole = Said(said.query, said.items, (quiet("A", "2026-03-13"),), said.sources, said.speakers)
    model = SaidModel()
    tester = QAbstractItemModelTester(model)
    model.show(arrange(whole, "time"))
    model.toggle(0)
    assert model.checked == [], "a head is no quote"
    assert model.rowCount(model.index(0)) == 0
    assert model.rowCount(QModelIndex()) == 6
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(2)) & Qt.ItemFlag.ItemIsEnabled
    spoken = [model.index(one).data(Qt.ItemDataRole.AccessibleTextRole) for one in range(6)]
    assert spoken[0] == "March 2026, 2 quotes"
    assert spoken[1].startswith(f"“{DIGUE}”, Anne Lebrun, maire, Le Courrier · 12\xa0March 2026")
    assert spoken[2] == "The feed of “A” has given nothing since 13\xa0March 2026"
    model.show([])
    tester.deleteLater()


# --- angles --------------------------------------------------------------------------------------


@pytest.fixture
def columns(memory: Memory, jobs: Jobs, qtbot: QtBot) -> AnglesPane:
    told = {memory.articles[one]: "story" for one in ("crue", "caves", "comptes", "stade")}
    with memory.desk._house.database.writing() as db:
        following.tell(db, told, at=1)
    made = AnglesPane(memory.desk, jobs)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_angles_stand_side_by_side(columns: AnglesPane, memory: Memory, qtbot: QtBot) -> None:
    with qtbot.waitSignal(columns.shown):
        columns.show_angles(memory.articles["caves"])
    assert [card.angle.source for card in columns.cards] == [
        "Le Courrier", "France Bleu", "La Gazette", "",
    ]  # fmt: skip
    right = [card.mapTo(columns, QPoint(card.width(), 0)).x() for card in columns.cards]
    assert sum(one <= columns.width() for one in right) == 3, "three are seen at once"
    qtbot.waitUntil(columns.cards[0].hasFocus)
    qtbot.keyClick(columns.cards[0], KEY.Key_Left)
    assert columns.cards[0].hasFocus()
    for number in range(3):
        qtbot.keyClick(columns.cards[number], KEY.Key_Right)
        assert columns.cards[number + 1].hasFocus()
    last = columns.cards[3]
    assert last.mapTo(columns, QPoint(last.width(), 0)).x() <= columns.width(), "it came to light"
    with qtbot.waitSignal(columns.opened) as opened:
        qtbot.keyClick(last, KEY.Key_Return)
    assert opened.args == [memory.articles["stade"]]
    with qtbot.waitSignal(columns.closed):
        qtbot.keyClick(last, KEY.Key_Escape)


def test_a_story_of_one_source_offers_what_resembles_it(
    columns: AnglesPane, memory: Memory, qtbot: QtBot
) -> None:
    one = memory.article("seul", "Radio Val", "2026-06-01", "La crue monte encore, la digue tiendra tout l'hiver.")  # fmt: skip
    memory.desk.drain()
    with qtbot.waitSignal(columns.shown):
        columns.show_angles(one)
    assert columns.empty._title.text() == "Only Radio Val tells it"
    offers = columns.findChildren(QPushButton, "offer")
    assert offers
    with qtbot.waitSignal(columns.shown):
        offers[0].click()
    assert len(columns.cards) == 2
    assert one in {card.angle.row.id for card in columns.cards}


# --- the whole margin ----------------------------------------------------------------------------


def test_every_quote_and_annotation_is_listed_and_narrowed_as_one_types(
    memory: Memory, window: MainWindow, qtbot: QtBot
) -> None:
    desk, page = memory.desk, window.page
    remark = desk.annotate(memory.articles["crue"], "La crue monte", Remark("à suivre"))
    desk.drain()
    with qtbot.waitSignal(page.answered, timeout=10_000):
        page.list_citations()
    newest = [*ids_of(memory, BALLON, CHEQUES, CAVES), remark, *ids_of(memory, DIGUE)]
    assert set(window.list.model.ids) == set(newest)
    assert window.list.model.ids[:3] == newest[:3], "newest first"
    assert page._found is not None
    assert dict(page._found.facets["speaker"]) == {
        "Anne Lebrun": 2, "Yves Tessier": 1, "Léa Nérac": 1,
    }  # fmt: skip
    assert {"month", "source", "by"} <= page._found.facets.keys()
    window.search.setFocus()
    with qtbot.waitSignal(page.answered, timeout=10_000):
        qtbot.keyClicks(window.search, "digu")
    window.jobs.drain()
    qtbot.waitUntil(lambda: window.list.model.ids == ids_of(memory, DIGUE))
    with qtbot.waitSignal(page.answered, timeout=10_000):
        page.facets.chosen.emit({"speaker": ("Anne Lebrun",)})
    assert not page._citations, "articles are found again"
