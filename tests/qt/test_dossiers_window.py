"""The page of a dossier and its reading in order, from the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox, QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from tests.story.test_dossiers import Open, Team, order
from veille.desk.desk import Desk
from veille.desk.dossiers import Step
from veille.domain.errors import VeilleError
from veille.domain.facts import Changes
from veille.domain.views import Filter, Row
from veille.ui import theme
from veille.ui.app import application, dress
from veille.ui.bus import Bus, Notice
from veille.ui.dossiers.model import MIME, MembersModel
from veille.ui.dossiers.pane import DossierPane
from veille.ui.dossiers.route import Route
from veille.ui.dossiers.strip import ParcoursStrip
from veille.ui.jobs import Jobs

KEY = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
Answers = dict[str, Callable[[str], object]]


class Screen:
    """A page and a strip on one desk, wired as the window does."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.jobs, self.bus = Jobs(), Bus()
        self.notices: list[Notice] = []
        self.failed: list[VeilleError] = []
        self.crashed: list[Exception] = []
        self.wanted: list[str] = []
        self.jobs.failed.connect(self.failed.append)
        self.jobs.crashed.connect(self.crashed.append)
        self.bus.noticed.connect(self.notices.append)
        self.pane = DossierPane(desk, self.jobs, self.bus)
        self.strip = ParcoursStrip(desk, self.jobs, self.bus)
        self.strip.step_wanted.connect(self.wanted.append)
        for one in (self.pane, self.strip):
            qtbot.addWidget(one)
            self.bus.changed.connect(one.refresh)
        self.pane.resize(900, 700)

    def show(self, dossier: str) -> None:
        with self.qtbot.waitExposed(self.pane):
            self.pane.show()
        self.pane.show_dossier(dossier)
        self.settle()
        self.pane.list.setFocus()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.running == 0)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.qtbot.keyClick(self.pane.list, key, held)
        self.settle()

    def titles(self) -> str:
        model = self.pane.model
        return "".join(row.title[-1] for one in model.members for row in model.rows([one]))

    def chosen(self) -> str:
        return "".join(row.title[-1] for row in self.pane.model.rows(self.pane.list.selected))

    def step(self) -> str:
        return self.desk.title(self.wanted[-1])[-1]

    def close(self) -> None:
        assert self.jobs.drain()
        application().sendPostedEvents(None, QEvent.Type.MetaCall)
        assert self.crashed == []


def _dressed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEILLE_THEME", "light")
    dress(application(), desk)


@pytest.fixture
def screen(
    desk: Desk, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screen]:
    _dressed(desk, monkeypatch)
    made = Screen(desk, qtbot)
    yield made
    made.close()
    assert made.failed == []


@pytest.fixture
def dossier(desk: Desk) -> str:
    notes = [desk.new_note(f"Note {one}", f"Texte {one}.") for one in "ABCD"]
    made = desk.new_dossier("Berges", description="Le récit\ndu projet.")
    desk.add_to_dossier(made, notes)
    return made


# --- the list ------------------------------------------------------------------------------------


def test_members_are_put_in_order_with_the_keys(screen: Screen, dossier: str) -> None:
    screen.show(dossier)
    assert (screen.titles(), screen.chosen()) == ("ABCD", "A")
    screen.press(KEY.Key_Down, ALT)
    assert (screen.titles(), screen.chosen()) == ("BACD", "A"), "what moved stays selected"
    screen.press(KEY.Key_Down, SHIFT)
    assert screen.chosen() == "AC"
    screen.press(KEY.Key_Down, ALT)
    assert (screen.titles(), screen.chosen()) == ("BDAC", "AC")
    assert screen.notices[-1].text == "Moved: 2 things"
    screen.desk.undo_gesture(screen.notices[-1].undo)
    assert order(screen.desk, dossier)[0] == "B"
    said = len(screen.notices)
    screen.pane.show_dossier(dossier)
    screen.settle()
    for _turn in range(5):
        screen.press(KEY.Key_Up, ALT)
    assert screen.titles().startswith("AC")
    assert len(screen.notices) < said + 5, "at the top there is nothing to say"


def test_keys_pressed_in_a_row_all_count(screen: Screen, dossier: str) -> None:
    screen.show(dossier)
    for _turn in range(3):
        screen.qtbot.keyClick(screen.pane.list, KEY.Key_Down, ALT)
    screen.settle()
    assert screen.titles() == "BCDA"


def test_what_is_taken_out_is_not_deleted(screen: Screen, dossier: str) -> None:
    screen.show(dossier)
    screen.press(KEY.Key_Down)
    screen.press(KEY.Key_Delete)
    assert screen.titles() == "ACD"
    assert screen.chosen() == "C", "the one that took its place"
    assert screen.desk.count(Filter(kinds=("note",))) == 4
    assert screen.notices[-1].text == "Taken out of the dossier, kept in the memory: Note B"
    screen.desk.undo_gesture(screen.notices[-1].undo)
    assert sorted(order(screen.desk, dossier)) == ["A", "B", "C", "D"]


def test_enter_opens_and_shift_enter_reads_in_order(screen: Screen, dossier: str) -> None:
    screen.show(dossier)
    screen.press(KEY.Key_Down)
    with screen.qtbot.waitSignal(screen.pane.opened) as asked:
        screen.press(KEY.Key_Return)
    assert screen.desk.title(asked.args[0]) == "Note B"
    for pressed in (screen.pane.list, screen.pane):
        with screen.qtbot.waitSignal(screen.pane.parcours_requested) as asked:
            screen.qtbot.keyClick(pressed, KEY.Key_Return, SHIFT)
        assert asked.args == [dossier]


def test_space_marks_as_read_and_takes_it_back(screen: Screen, dossier: str) -> None:
    screen.show(dossier)
    screen.press(KEY.Key_Space)
    assert screen.desk.dossiers.parcours(dossier).read == 1
    spoken = screen.pane.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("1, Note A, Note, ")
    assert spoken.endswith(", read")
    screen.press(KEY.Key_Space)
    assert screen.desk.dossiers.parcours(dossier).read == 0


@pytest.mark.parametrize(
    ("dragged", "on", "low", "wanted"),
    [("A", 2, True, "BCAD"), ("D", 0, False, "DABC"), ("AC", 3, True, "BDAC"), ("B", 1, True, "ABCD"),
     ("B", 99, True, "ACDB"), ("x", 0, False, "ABCD")],
)  # fmt: skip
def test_members_are_dragged_to_their_place(
    screen: Screen, dossier: str, dragged: str, on: int, low: bool, wanted: str
) -> None:
    screen.show(dossier)
    view, model = screen.pane.list, screen.pane.model
    mime = QMimeData()
    ids = [one for one in model.members if model.rows([one])[0].title[-1] in dragged]
    mime.setData(MIME, "\n".join(ids or ["nothing"]).encode())
    rect = view.visualRect(model.index(min(on, 3)))
    y = rect.bottom() - 2 if low else rect.top() + 2
    at = QPointF(rect.center().x(), y + 200 if on == 99 else y)
    event = QDropEvent(
        at, Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    view.dropEvent(event)
    screen.settle()
    assert screen.titles() == wanted
    assert event.dropAction() != Qt.DropAction.MoveAction, "Qt removes nothing by itself"


def test_what_the_search_finds_comes_after_and_stays_there(screen: Screen, dossier: str) -> None:
    screen.desk.new_note("Crue Z", "La crue de la Loire.")
    screen.desk.drain()
    screen.desk.set_live(dossier, "crue")
    screen.show(dossier)
    model = screen.pane.model
    assert model.rowCount() == 6
    head = model.index(4)
    assert head.data() == "Found by the search (1)"
    assert not head.flags() & Qt.ItemFlag.ItemIsSelectable
    assert not model.index(5).flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert model.index(5).data().endswith("found by the search")
    screen.press(KEY.Key_End)
    assert screen.chosen() == "Z"
    screen.press(KEY.Key_Up, ALT)
    screen.press(KEY.Key_Delete)
    assert model.rowCount() == 6
    assert screen.notices[-1].text.startswith("The search finds it")
    follows = [one.accessibleName() for one in screen.pane.head.findChildren(QLabel)]
    assert "Follows the search “crue”" in follows


@pytest.mark.parametrize("force_py", [False, True])
def test_the_model_keeps_its_promises(
    screen: Screen, dossier: str, force_py: bool, qtmodeltester: object
) -> None:
    screen.show(dossier)
    model = screen.pane.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtmodeltester.check(model, force_py=force_py)  # type: ignore[attr-defined]
    assert model.rowCount(model.index(0)) == 0
    screen.press(KEY.Key_Down, ALT)
    screen.press(KEY.Key_Delete)
    assert tester.model() is model
    empty = MembersModel()
    assert (empty.rowCount(), empty.data(QModelIndex()), empty.row_of("")) == (0, None, -1)


# --- what it is ----------------------------------------------------------------------------------


def test_an_empty_dossier_says_what_to_do(screen: Screen, desk: Desk) -> None:
    screen.show(desk.new_dossier("Rentrée"))
    told = [one.text() for one in screen.pane.empty.findChildren(QLabel)]
    assert any("press D" in one for one in told)
    assert not screen.pane.head.read.isEnabled()
    assert not screen.pane.readers.isVisible()
    with screen.qtbot.assertNotEmitted(screen.pane.parcours_requested):
        screen.qtbot.keyClick(screen.pane, KEY.Key_Return, SHIFT)


def test_title_and_description_are_edited(screen: Screen, dossier: str, answers: Answers) -> None:
    screen.show(dossier)
    answers["form"] = lambda _title: {"title": "Les quais", "description": "Le récit du projet."}
    edit = screen.pane.findChild(QPushButton, "dossier_edit")
    assert edit is not None
    edit.click()
    screen.settle()
    row = screen.desk.rows([dossier])[0]
    assert row.text("description") == "Le récit\ndu projet.", "its lines were not touched"
    title = screen.pane.findChild(QLabel, "dossier_title")
    assert title is not None
    assert title.text() == "Les quais"
    screen.desk.undo_gesture(screen.notices[-1].undo)
    assert screen.desk.title(dossier) == "Berges"
    answers["form"] = lambda _title: None
    edit.click()
    screen.settle()


def test_a_cover_note_is_chosen_written_and_opened(
    screen: Screen, dossier: str, answers: Answers
) -> None:
    screen.show(dossier)
    head = screen.pane.head
    note = screen.pane.model.members[2]
    answers["choose"] = lambda _title: note
    head.choose.click()
    screen.settle()
    assert screen.desk.rows([dossier])[0].text("cover") == note
    assert not head.write.isVisible()
    assert screen.titles() == "ABCD", "it stays a member"
    with screen.qtbot.waitSignal(screen.pane.opened) as asked:
        head._cover.linkActivated.emit(note)
    assert asked.args == [note]
    answers["choose"] = lambda _title: "-"
    head.choose.click()
    screen.settle()
    with screen.qtbot.waitSignal(screen.pane.cover_requested) as asked:
        head.write.click()
    assert asked.args == [dossier]
    with screen.qtbot.waitSignal(screen.pane.opened) as asked:
        screen.pane.write_cover(dossier)
    screen.settle()
    assert screen.desk.title(asked.args[0]) == "Berges: what to know first"
    assert screen.desk.dossiers.parcours(dossier).steps[0].row.id == asked.args[0]


def test_markup_in_a_title_is_not_read_as_such(screen: Screen, dossier: str) -> None:
    note = screen.desk.new_note("<b>Gras</b> & <img src=x>", "x")
    row = screen.desk.rows([dossier])[0]
    screen.desk.dossiers.describe(dossier, {"cover": note}, seen=row)
    screen.show(dossier)
    assert "&lt;b&gt;Gras" in screen.pane.head._cover.text()
    assert "<img" not in screen.pane.head._cover.text()


def test_another_dossier_takes_its_place_and_changes_elsewhere_do_not_count(
    screen: Screen, dossier: str, desk: Desk
) -> None:
    screen.show(dossier)
    other = desk.new_dossier("Rentrée")
    screen.pane.show_dossier(other)
    screen.pane.show_dossier(dossier)
    screen.settle()
    assert screen.titles() == "ABCD"
    with screen.qtbot.assertNotEmitted(screen.pane.shown):
        screen.bus.changed.emit(Changes(frozenset({other})))
        screen.settle()
    desk.rename_note(screen.pane.model.members[0], "Note E")
    screen.bus.changed.emit(Changes(frozenset({screen.pane.model.members[0]})))
    screen.settle()
    assert screen.titles() == "EBCD"
    theme.apply(application(), "dark")
    screen.pane.dress()
    screen.strip.dress()
    assert screen.titles() == "EBCD"


# --- who has read what ---------------------------------------------------------------------------


@pytest.fixture
def team(open_desk: Open, share_folder: Path) -> Team:
    made = Team(open_desk, share_folder)
    made.share()
    return made


@pytest.fixture
def brunos(
    team: Team, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screen]:
    _dressed(team.bruno, monkeypatch)
    made = Screen(team.bruno, qtbot)
    yield made
    made.close()


def bars(screen: Screen) -> list[tuple[str, int, int]]:
    found = screen.pane.readers.findChildren(QProgressBar)
    return [(one.accessibleName(), one.value(), one.maximum()) for one in found if one.isVisible()]


def test_bruno_sees_how_far_anne_is_and_his_own_progress(team: Team, brunos: Screen) -> None:
    team.anne.dossiers.tell(team.dossier, tells=True)
    for note in team.notes[:2]:
        team.anne.dossiers.mark(team.dossier, note, read=True)
    team.meet()
    team.bruno.dossiers.mark(team.dossier, team.notes[2], read=True)
    brunos.show(team.dossier)
    slash = "\u00a0/\u00a0"
    assert bars(brunos) == [
        (f"You: 1{slash}3 — only you see it", 1, 3), (f"Anne: 2{slash}3", 2, 3),
    ]  # fmt: skip
    team.anne.dossiers.tell(team.dossier, tells=False)
    team.meet()
    brunos.bus.changed.emit(Changes(frozenset({team.dossier})))
    brunos.settle()
    assert [one[0] for one in bars(brunos)] == [f"You: 1{slash}3 — only you see it"]
    assert brunos.failed == []


def test_many_people_fit_and_the_rest_is_counted(screen: Screen, dossier: str, desk: Desk) -> None:
    from dataclasses import replace

    from veille.ui.dossiers.lines import look

    shown = look(desk, dossier, now=0)
    ids = frozenset(one.row.id for one in shown.found.steps)
    people = {f"p-{number}": ids for number in range(60)}
    shown = replace(shown, found=replace(shown.found, people=people))
    screen.pane.readers.show_progress(shown, me="p-0")
    assert screen.pane.readers._more.text() == "and 11 others"


# --- parcours ------------------------------------------------------------------------------------


def begin(screen: Screen, dossier: str) -> None:
    screen.strip.resize(900, 44)
    screen.strip.begin(dossier)
    screen.settle()


def place(screen: Screen) -> str:
    return screen.strip.bar.place.text().replace("\u00a0", " ")


def test_a_dossier_is_read_from_its_cover_note_to_the_end(screen: Screen, dossier: str) -> None:
    cover = screen.desk.dossiers.new_cover(dossier, "Note O")
    begin(screen, dossier)
    assert (screen.wanted, place(screen)) == ([cover], "1 / 5")
    assert not screen.strip.bar.tells.isVisible(), "there is nobody to tell"
    read = ""
    for _turn in range(4):
        read += screen.step()
        screen.qtbot.keyClick(screen.strip, KEY.Key_Return)
    assert (read, screen.step(), place(screen)) == ("OABC", "D", "5 / 5")
    screen.strip.previous()
    assert (screen.step(), place(screen)) == ("C", "4 / 5")
    screen.strip.next()
    assert screen.step() == "D", "what is read is not read again"
    screen.strip.bar.next.click()
    screen.settle()
    assert screen.strip.bar.title.whole == "All read"
    assert screen.desk.dossiers.parcours(dossier).next is None
    with screen.qtbot.waitSignal(screen.strip.ended):
        screen.strip.bar.next.click()
    assert not screen.strip.isVisible()
    assert not screen.strip.active


def test_it_begins_where_one_stopped_and_escape_quits(screen: Screen, dossier: str) -> None:
    begin(screen, dossier)
    screen.strip.next()
    with screen.qtbot.waitSignal(screen.strip.ended):
        screen.qtbot.keyClick(screen.strip, KEY.Key_Escape)
    screen.settle()
    for act in (screen.strip.next, screen.strip.previous, screen.strip.quit):
        act()
    begin(screen, dossier)
    assert (screen.step(), place(screen)) == ("B", "2 / 4")


def test_who_has_read_all_of_it_reads_it_again_in_order(screen: Screen, dossier: str) -> None:
    for one in screen.desk.ids(Filter(dossier=dossier)):
        screen.desk.dossiers.mark(dossier, one, read=True)
    begin(screen, dossier)
    read = screen.step()
    for _turn in range(3):
        screen.strip.next()
        read += screen.step()
    assert read == "ABCD"
    screen.strip.next()
    screen.settle()
    assert screen.strip.bar.title.whole == "All read"


def test_what_is_taken_out_meanwhile_is_passed_over(screen: Screen, dossier: str) -> None:
    begin(screen, dossier)
    notes = screen.desk.ids(Filter(dossier=dossier))
    screen.strip.next()
    screen.settle()
    before = len(screen.wanted)
    changes = screen.desk.remove_from_dossier(dossier, [notes[1], notes[2]])
    screen.bus.changed.emit(changes)
    screen.settle()
    assert len(screen.wanted) == before, "what is before one's eyes stays there"
    screen.strip.next()
    screen.settle()
    assert (screen.step(), place(screen)) == ("D", "2 / 2")
    assert screen.desk.dossiers.parcours(dossier).read == 1, "what was taken out is not marked"
    with screen.qtbot.waitSignal(screen.strip.ended):
        screen.bus.changed.emit(screen.desk.delete([dossier]))


def test_what_is_put_in_at_the_end_is_still_to_be_read(screen: Screen, dossier: str) -> None:
    begin(screen, dossier)
    for _turn in range(4):
        screen.strip.next()
    screen.settle()
    assert screen.strip.bar.title.whole == "All read"
    screen.bus.changed.emit(
        screen.desk.add_to_dossier(dossier, [screen.desk.new_note("Note E", "x")])
    )
    screen.settle()
    assert screen.strip.bar.title.whole == "Berges"
    screen.strip.next()
    screen.settle()
    assert (screen.step(), place(screen)) == ("E", "5 / 5")


def test_there_is_nothing_to_read_in_an_empty_dossier(screen: Screen, desk: Desk) -> None:
    with screen.qtbot.waitSignal(screen.strip.ended):
        screen.strip.begin(desk.new_dossier("Vide"))
    assert screen.notices[-1].text == "There is nothing to read in this dossier yet."
    assert not screen.strip.active


def test_a_mark_that_cannot_be_noted_is_taken_back(
    screen: Screen, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(screen, dossier)
    known = screen.desk._house.database
    from veille.domain.errors import StoreBusy

    def busy(*_args: object, **_more: object) -> Changes:
        raise StoreBusy

    monkeypatch.setattr(screen.desk.dossiers, "mark", busy)
    screen.strip.next()
    screen.settle()
    assert screen.step() == "B", "the reading goes on"
    assert screen.strip._route is not None
    assert screen.strip._route.read == 0
    assert isinstance(screen.failed.pop(), StoreBusy)
    assert known is screen.desk._house.database


def test_telling_is_a_choice_that_says_what_it_does(team: Team, brunos: Screen) -> None:
    begin(brunos, team.dossier)
    tells = brunos.strip.findChild(QCheckBox, "parcours_tells")
    assert tells is not None
    assert tells.isVisible()
    assert not tells.isChecked()
    assert "taken back" in tells.accessibleDescription()
    brunos.strip.next()
    tells.click()
    brunos.settle()
    team.meet()
    assert team.told(team.anne) == {"Bruno": 1}
    assert tells.isChecked()
    for note in team.notes:
        team.anne.dossiers.mark(team.dossier, note, read=True)
    team.anne.dossiers.tell(team.dossier, tells=True)
    team.meet()
    brunos.bus.changed.emit(Changes(frozenset({team.dossier})))
    brunos.strip.next()
    brunos.strip.next()
    brunos.settle()
    assert brunos.strip.bar.over.whole == "Read to the end as well: Anne"
    tells.click()
    brunos.settle()
    team.meet()
    assert team.told(team.anne) == {"Anne": 3}
    assert brunos.failed == []


def test_who_may_only_read_is_told_why_she_cannot_tell(team: Team, brunos: Screen) -> None:
    team.anne.give_role("Veille com", team.bruno.person, "reader")
    team.meet()
    begin(brunos, team.dossier)
    tells = brunos.strip.bar.tells
    assert tells.isVisible()
    assert not tells.isEnabled()
    assert "“Veille com” you read only" in tells.toolTip()
    assert tells.accessibleDescription() == tells.toolTip()
    brunos.strip.next()
    brunos.settle()
    assert brunos.failed == []
    assert team.bruno.dossiers.parcours(team.dossier).read == 1


def test_a_role_that_changed_meanwhile_leaves_the_box_as_it_was(team: Team, brunos: Screen) -> None:
    begin(brunos, team.dossier)
    team.anne.give_role("Veille com", team.bruno.person, "reader")
    team.meet()
    brunos.strip.bar.tells.click()
    brunos.settle()
    assert not brunos.strip.bar.tells.isChecked()
    assert len(brunos.failed) == 1


# --- a route -------------------------------------------------------------------------------------


def step(name: int, *, read: bool) -> Step:
    row = Row(
        f"n-{name}",
        "note",
        "s",
        f"Note {name}",
        "",
        "",
        "",
        "",
        "",
        0,
        "",
        0,
        "p",
        0,
        "p",
        0,
        0,
        {},
    )
    return Step(row, read)


STEPS = st.dictionaries(st.integers(0, 5), st.booleans(), min_size=1).map(
    lambda some: [step(name, read=read) for name, read in some.items()]
)


@given(STEPS, st.lists(st.sampled_from(["advance", "back"]) | STEPS, max_size=20))
def test_a_route_always_stands_somewhere_and_always_ends(
    steps: list[Step], acts: list[str | list[Step]]
) -> None:
    route = Route(steps)
    for act in acts:
        if isinstance(act, list):
            route.follow(act)
        elif act == "back":
            route.back()
        elif not route.is_over:
            route.advance()
        assert 1 <= route.place <= len(route.steps)
        assert route.current in {"", *route.steps}
    left = len(route.steps) - route.read
    for _turn in range(len(route.steps) + 1):
        if not route.is_over:
            route.advance()
    assert route.is_over
    assert route.read == len(route.steps), left
