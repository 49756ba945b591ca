"""The page of who comes back: what waits, what is new, from the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.desk.homing import Home
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.facts import Fact
from veille.domain.ids import derived_entity
from veille.domain.views import Draft
from veille.sentences import dates, homing
from veille.ui import letters, theme
from veille.ui.app import application, dress
from veille.ui.home.lines import COLLEAGUE, DOSSIER, HEAD, MORE, ROW, SHOWN, Around, arrange
from veille.ui.home.model import NewsModel
from veille.ui.home.news_list import NewsList
from veille.ui.home.pane import HomePane
from veille.ui.jobs import Jobs
from veille.ui.widgets.lines_model import LINE_ROLE

KEY = Qt.Key
NUMBERS = count()


class Colleague:
    """Somebody who records things here, as if they had arrived."""

    def __init__(self, desk: Desk, name: str) -> None:
        self._desk, self.name = desk, name
        self.id = str(derived_entity("person", "tests", name))
        record(desk._house, [Fact(self.id, op.PERSON_SET, {"name": name})], by=self.id)

    def note(self, title: str, text: str = "texte") -> str:
        made = str(derived_entity("note", self.name, f"{title} {next(NUMBERS)}"))
        facts = [
            Fact(made, op.NOTE_SET, {"title": title}),
            Fact(made, op.NOTE_REV, {"p": [], "x": text}),
        ]
        record(self._desk._house, facts, by=self.id)
        return made

    def ask(self, question: str) -> str:
        made = str(derived_entity("annotation", self.name, f"{question} {next(NUMBERS)}"))
        data = {"article": "", "exact": "", "comment": question, "visibility": "team",
                "motivation": "questioning"}  # fmt: skip
        record(self._desk._house, [Fact(made, op.COMMENT_ADD, data)], by=self.id)  # type: ignore[arg-type]
        return made

    def file(self, dossier: str, thing: str) -> None:
        record(self._desk._house, [Fact(dossier, op.MEMBER_ADD, {"item": thing})], by=self.id)

    def delete(self, thing: str) -> None:
        record(self._desk._house, [Fact(thing, op.DELETE, {})], by=self.id)


@pytest.fixture
def bruno(desk: Desk) -> Colleague:
    desk.introduce("Anne")
    made = Colleague(desk, "Bruno")
    desk.home.leave()
    return made


@pytest.fixture
def show(desk: Desk, jobs: Jobs, qtbot: QtBot) -> Callable[[], HomePane]:
    def make() -> HomePane:
        pane = HomePane(desk, jobs)
        qtbot.addWidget(pane)
        pane.resize(1060, 720)
        with qtbot.waitSignals([pane.shown, pane.shown]), qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        return pane

    return make


def again(pane: HomePane, qtbot: QtBot) -> None:
    """Have the page look again, to the end."""
    with qtbot.waitSignals([pane.shown, pane.shown]):
        pane.refresh()


def label(pane: HomePane, name: str) -> QLabel:
    found = pane.findChild(QLabel, name)
    assert found is not None
    return found


def listed(pane: HomePane) -> NewsList:
    found = pane.findChild(NewsList, "home_news")
    assert found is not None
    return found


def titles(pane: HomePane) -> list[str]:
    return [line.title for line in listed(pane).model_.lines]


def current(pane: HomePane) -> str:
    line = listed(pane).current
    return line.title if line is not None else ""


def press(pane: HomePane, qtbot: QtBot, *keys: Qt.Key) -> None:
    for one in keys:
        focused = pane.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, one)


def test_the_calm_line_tells_what_is_to_be_sorted(
    desk: Desk, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    pane = show()
    assert pane.calm.isVisible()
    assert pane.calm.told.text() == "Nothing waits for you."
    desk.clip("-", stdin=b"Titre\n\nUn texte de presse sur la ville.")
    again(pane, qtbot)
    assert pane.calm.told.text() == "Nothing waits for you but 1 article to sort."


# --- the head ------------------------------------------------------------------------------------


def test_the_head_says_since_when_and_how_much(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane]
) -> None:
    bruno.note("Une")
    Colleague(desk, "Chloé").note("Deux")
    pane = show()
    assert label(pane, "home_greeting").text() in {
        "Good morning, Anne", "Good afternoon, Anne", "Good evening, Anne",
    }  # fmt: skip
    told = pane.head.summary.text()
    assert told.startswith("Since ")
    assert told.endswith(": 2 things by 2 colleagues")


def test_moments_bear_the_day_of_the_week(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_795_000_000_000
    told = homing.moment(now - 3 * 86_400_000, now)
    weekday, _space, rest = told.partition(" ")
    assert weekday in homing.weekdays()
    day, _comma, hour = rest.partition(", ")
    assert day.split("\xa0")[1] in dates.months()
    assert re.fullmatch(r"\d{1,2}:\d\d", hour)
    assert homing.greeting("", now) in {"Good morning", "Good afternoon", "Good evening"}


def test_a_first_visit_says_so_and_what_to_do(show: Callable[[], HomePane], qtbot: QtBot) -> None:
    pane = show()
    assert "first visit" in pane.head.summary.text()
    assert not pane.head.all_seen.isEnabled()
    assert not listed(pane).isVisible()
    assert pane.calm.isVisible()
    button = next(one for one in pane.empty.findChildren(QPushButton) if one.isVisible())
    with qtbot.waitSignal(pane.opened) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["view:spaces"]


# --- what waits ----------------------------------------------------------------------------------


def test_only_what_waits_has_a_card_and_its_letter_goes_there(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    for number in range(3):
        bruno.ask(f"Question {number} ?")
    named = bruno.note("Réunion", "Avec [[@Anne]].")
    draft = desk.new_note("Brouillon", "Un début.")
    desk.keep_draft(draft, Draft("Brouillon", "Un début, et la suite", ()))
    pane = show()
    assert [one.card.name for one in pane.waiting.cards] == ["questions", "mentions", "drafts"]
    questions = pane.waiting.cards[0]
    assert questions.card.title == "3 questions from colleagues"
    assert [name for name, _target in questions.card.names] == ["Question 2 ?", "Question 1 ?"]
    assert questions.accessibleName().endswith("Key Q")
    assert not pane.calm.isVisible()
    pane.news.enter()
    for letter, target in (("q", "view:questions"), ("N", named), ("i", draft)):
        with qtbot.waitSignal(pane.opened) as asked:
            qtbot.keyClicks(pane.focusWidget(), letter)
        assert asked.args == [target]
    with qtbot.assertNotEmitted(pane.opened, wait=50):
        qtbot.keyClicks(pane.focusWidget(), "p")


def test_a_title_of_a_card_opens_what_it_names(
    bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    older, newer = bruno.note("Une", "[[@Anne]]"), bruno.note("Deux", "[[@Anne]]")
    pane = show()
    card = pane.findChild(QWidget, "waits_mentions")
    assert card is not None
    for y, target in ((52, newer), (74, older), (20, newer)):
        qtbot.mouseMove(card, QPoint(90, y))
        with qtbot.waitSignal(pane.opened) as asked:
            qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(90, y))
        assert asked.args == [target], y


def test_arrows_go_from_card_to_card_and_on_to_the_news(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    bruno.ask("Où ?")
    bruno.note("Réunion", "Avec [[@Anne]].")
    draft = desk.new_note("Brouillon", "a")
    desk.keep_draft(draft, Draft("Brouillon", "b", ()))
    pane = show()
    questions, mentions, drafts = pane.waiting.cards
    questions.setFocus()
    press(pane, qtbot, KEY.Key_Right)
    assert mentions.hasFocus()
    press(pane, qtbot, KEY.Key_Down)
    assert drafts.hasFocus()
    with qtbot.waitSignal(pane.opened) as asked:
        press(pane, qtbot, KEY.Key_Return)
    assert asked.args == [draft]
    press(pane, qtbot, KEY.Key_Down)
    assert listed(pane).hasFocus()
    assert current(pane) == "Bruno"
    press(pane, qtbot, KEY.Key_Up)
    assert drafts.hasFocus()


def test_a_card_that_leaves_gives_the_focus_on(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    bruno.note("Une")
    draft = desk.new_note("Brouillon", "a")
    desk.keep_draft(draft, Draft("Brouillon", "b", ()))
    pane = show()
    pane.waiting.cards[0].setFocus()
    desk.drop_draft(draft)
    again(pane, qtbot)
    assert pane.waiting.cards == []
    assert pane.calm.isVisible()
    assert listed(pane).hasFocus()


# --- what is new ---------------------------------------------------------------------------------


def test_news_are_by_colleague_then_by_dossier(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    dossier = desk.new_dossier("Berges")
    chloe = Colleague(desk, "Chloé")
    filed = bruno.note("Classée")
    bruno.note("Libre")
    chloe.file(dossier, filed)
    pane = show()
    assert titles(pane) == ["Chloé", "Classée", "Bruno", "Libre", "Classée"]
    first = listed(pane).model_.lines[1]
    assert (first.detail, first.held) == ("filed", "Berges")
    pane.news.enter()
    qtbot.keyClicks(listed(pane), "g")
    assert titles(pane) == ["Berges", "Classée", "Classée", "Elsewhere", "Libre"]
    first = listed(pane).model_.lines[1]
    assert (first.detail, first.held) == ("Chloé filed", ""), "its own dossier goes without saying"
    head = listed(pane).model_.lines[0]
    assert head.count == 1, "two colleagues, one thing"
    qtbot.keyClicks(listed(pane), "G")
    assert titles(pane)[0] == "Chloé"


def test_enter_opens_and_arrows_move_over_heads_and_lines(
    bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    older, newer = bruno.note("Une"), bruno.note("Deux")
    pane = show()
    pane.news.enter()
    assert current(pane) == "Bruno"
    for title, thing in (("Deux", newer), ("Une", older)):
        press(pane, qtbot, KEY.Key_Down)
        assert current(pane) == title
        with qtbot.waitSignal(pane.opened) as asked:
            press(pane, qtbot, KEY.Key_Return)
        assert asked.args == [thing]
    at = listed(pane).visualRect(listed(pane).model_.index(1)).center()
    with qtbot.waitSignal(pane.opened) as asked:
        qtbot.mouseClick(listed(pane).viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [newer]


def test_what_is_many_is_folded_and_unfolds(
    bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    for number in range(SHOWN + 12):
        bruno.note(f"Note {number:02d}")
    pane = show()
    news = listed(pane)
    assert len(titles(pane)) == 1 + SHOWN + 1
    assert titles(pane)[-1] == "and 12 more"
    pane.news.enter()
    press(pane, qtbot, KEY.Key_End, KEY.Key_Return)
    assert len(titles(pane)) == 1 + SHOWN + 12
    assert current(pane) == titles(pane)[1 + SHOWN], "the first of those that were folded"
    press(pane, qtbot, KEY.Key_Left)
    assert current(pane) == "Bruno"
    press(pane, qtbot, KEY.Key_Left)
    assert titles(pane)[-1] == "and 12 more"
    press(pane, qtbot, KEY.Key_Left)
    assert titles(pane) == ["Bruno"]
    head = news.current
    assert head is not None
    assert "folded" in head.spoken
    again(pane, qtbot)
    assert titles(pane) == ["Bruno"], "what was folded stays so"
    press(pane, qtbot, KEY.Key_Right)
    assert len(titles(pane)) == 1 + SHOWN + 1
    press(pane, qtbot, KEY.Key_Right)
    assert len(titles(pane)) == 1 + SHOWN + 12
    heights = [
        news.sizeHintForIndex(news.model_.index(n)).height() for n in range(len(titles(pane)))
    ]
    assert news.height() == sum(heights), "the page scrolls, not the list"


def test_one_line_is_not_folded_under_a_line(
    bruno: Colleague, show: Callable[[], HomePane]
) -> None:
    for number in range(SHOWN + 1):
        bruno.note(f"Note {number}")
    assert len(titles(show())) == 1 + SHOWN + 1


def test_a_thing_deleted_is_said_to_be_in_its_line(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane]
) -> None:
    gone, taken = bruno.note("Partie"), bruno.note("Retirée")
    bruno.delete(gone)
    desk.delete([taken])
    told = {line.title: line.detail for line in listed(show()).model_.lines}
    assert told["Partie"] == "deleted and wrote the note"
    assert told["Retirée"] == "wrote the note, deleted since"


def test_lines_are_said_to_a_screen_reader(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane]
) -> None:
    dossier = desk.new_dossier("Berges")
    bruno.file(dossier, bruno.note("Plan vélo"))
    model = listed(show()).model_
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken[0] == "Bruno, 1 thing, unfolded"
    assert spoken[1].startswith("Bruno wrote the note and filed, Note, Plan vélo, Berges, ")


def test_the_current_line_is_always_seen(
    bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    for number in range(60):
        bruno.note(f"Note {number:02d}")
    pane = show()
    scroll = pane.findChild(QScrollArea, "home_scroll")
    assert scroll is not None
    pane.news.enter()
    press(pane, qtbot, KEY.Key_Right)
    for one in (KEY.Key_End, KEY.Key_PageUp, KEY.Key_PageUp, KEY.Key_PageDown, KEY.Key_Up):
        press(pane, qtbot, one)
        rect = listed(pane).current_rect()
        top = listed(pane).mapTo(scroll.viewport(), rect.topLeft()).y()
        assert 0 <= top <= scroll.viewport().height() - rect.height(), one
    row = listed(pane).currentIndex().row()
    press(pane, qtbot, KEY.Key_PageUp)
    assert 5 < row - listed(pane).currentIndex().row() < 20, "a page, not the whole list"
    press(pane, qtbot, KEY.Key_Home)
    assert scroll.verticalScrollBar().value() == 0, "the head of the page comes along"


# --- looking again -------------------------------------------------------------------------------


def test_looking_again_keeps_focus_line_and_scroll(
    bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    for number in range(30):
        bruno.note(f"Note {number:02d}")
    pane = show()
    scroll = pane.findChild(QScrollArea, "home_scroll")
    assert scroll is not None
    pane.news.enter()
    press(pane, qtbot, KEY.Key_Right, KEY.Key_End, KEY.Key_Up, KEY.Key_Up)
    was = current(pane)

    def place() -> int:
        rect = listed(pane).current_rect()
        return listed(pane).mapTo(scroll.viewport(), rect.topLeft()).y()

    top = place()
    bruno.note("Toute nouvelle")
    bruno.ask("Et encore ?")
    again(pane, qtbot)
    assert titles(pane)[1:3] == ["Et encore ?", "Toute nouvelle"]
    assert (current(pane), place()) == (was, top)
    assert listed(pane).hasFocus()


def test_many_changes_are_one_look(
    bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    pane = show()
    told: list[Home] = []
    pane.shown.connect(told.append)
    bruno.note("Une")
    with qtbot.waitSignals([pane.shown, pane.shown]):
        for _turn in range(50):
            pane.refresh()
    qtbot.waitUntil(lambda: not pane._pause.isActive() and pane._jobs.running == 0)
    assert len(told) == 2, "the news, then what takes longer"


def test_a_page_that_is_not_shown_looks_when_it_is(
    bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    pane = show()
    pane.hide()
    bruno.note("Une")
    with qtbot.assertNotEmitted(pane.shown, wait=300):
        pane.refresh()
    with qtbot.waitSignals([pane.shown, pane.shown]):
        pane.show()
    assert titles(pane) == ["Bruno", "Une"]


def test_all_seen_marks_what_was_shown_and_nothing_later(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    bruno.note("Vue")
    pane = show()
    bruno.note("Arrivée depuis")
    button = pane.findChild(QPushButton, "home_seen")
    assert button is not None
    with qtbot.waitSignals([pane.seen_requested, pane.shown, pane.shown]):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert titles(pane) == ["Bruno", "Arrivée depuis"]
    with qtbot.waitSignals([pane.seen_requested, pane.shown, pane.shown]):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert titles(pane) == []
    assert pane.empty.isVisible()
    assert "nothing new" in pane.head.summary.text()
    assert desk.home.look().news == ()


# --- in the window -------------------------------------------------------------------------------


def test_its_letters_are_its_own_in_a_window_that_uses_them(
    desk: Desk, jobs: Jobs, bruno: Colleague, qtbot: QtBot
) -> None:
    bruno.note("Une")
    window = QMainWindow()
    qtbot.addWidget(window)
    pane = HomePane(desk, jobs)
    window.setCentralWidget(pane)
    outline = QAction("Headings", window)
    outline.setShortcut("G")
    window.addAction(outline)
    with qtbot.waitSignals([pane.shown, pane.shown]), qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    pane.news.enter()
    with qtbot.assertNotEmitted(outline.triggered, wait=50):
        qtbot.keyClick(listed(pane), KEY.Key_G)
    assert pane.news.by == DOSSIER
    letters.allow(allowed=False)
    try:
        qtbot.keyClick(listed(pane), KEY.Key_G)
        assert pane.news.by == DOSSIER, "switched off, they do nothing here either"
    finally:
        letters.allow(allowed=True)


def test_it_takes_the_colours_in_force(
    desk: Desk, bruno: Colleague, show: Callable[[], HomePane], monkeypatch: pytest.MonkeyPatch
) -> None:
    bruno.note("Une")
    pane = show()
    light = pane.grab().toImage().pixelColor(120, 400)
    monkeypatch.setenv("VEILLE_THEME", "dark")
    dress(application(), desk)
    pane.dress()
    dark = pane.grab().toImage().pixelColor(120, 400)
    assert light.lightness() > 200
    assert dark.lightness() < 60
    assert dark.name() in {theme.DARK.paper, theme.DARK.base}


def test_the_lines_are_readable_at_both_widths(
    bruno: Colleague, show: Callable[[], HomePane], qtbot: QtBot
) -> None:
    bruno.note("Une note au titre " + "très " * 60 + "long")
    pane = show()
    for width in (800, 1060, 1720):
        pane.resize(width, 900)
        qtbot.waitUntil(lambda wanted=width: pane.width() == wanted)
        news = listed(pane)
        assert news.width() <= 860
        left = news.mapTo(pane, QPoint(0, 0)).x()
        right = pane.width() - left - news.width()
        assert abs(left - right) <= 16, "the column stands in the middle"


# --- the model -----------------------------------------------------------------------------------


def test_the_model_of_the_news_is_a_list(desk: Desk, bruno: Colleague, qtbot: QtBot) -> None:
    for number in range(SHOWN + 4):
        bruno.note(f"Note {number}")
    news = desk.home.look(full=False).news
    around = Around(desk.people(), {}, 0)
    model = NewsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(arrange(news, by=COLLEAGUE, around=around, folds={}))
    kinds = [line.kind for line in model.lines]
    assert kinds == [HEAD, *([ROW] * SHOWN), MORE]
    assert model.rowCount(model.index(0)) == 0
    assert model.index(0).data(LINE_ROLE) is model.lines[0]
    model.show(arrange(news, by=COLLEAGUE, around=around, folds={bruno.id: "closed"}))
    assert model.rowCount(QModelIndex()) == 1
    model.show([])
    assert model.rowCount(QModelIndex()) == 0
    assert tester.model() is model
