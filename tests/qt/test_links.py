"""What hangs around a note, from the keyboard: links, mentions, other titles, the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QListWidget, QToolButton, QTreeWidget
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.desk.linking import MOST_NEAR, Near
from veille.ui import theme
from veille.ui.bus import Bus, Notice
from veille.ui.jobs import Jobs
from veille.ui.notes.around import Around
from veille.ui.notes.graph import Graph, Place, arranged
from veille.ui.notes.loose import LooseDialog
from veille.ui.notes.sections import FIRST

KEY = Qt.Key


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def notices(bus: Bus) -> list[Notice]:
    said: list[Notice] = []
    bus.noticed.connect(said.append)
    return said


@pytest.fixture
def plan(desk: Desk) -> str:
    note = desk.new_note("Plan vélo", "Voir [[Budget]], [[À écrire]] et [[Mobilités]].")
    desk.new_note("Budget", "Reprend le [[Plan vélo|plan]].")
    dossier = desk.new_dossier("Mobilités")
    desk.add_to_dossier(dossier, [note])
    desk.new_note("Encadré", "![[Plan vélo]]")
    desk.new_note("Lettre de mai", "Tout sur le [[Plan vélo]].", template="letter")
    for name in ("Un", "Deux"):
        desk.new_note(f"Verbatim {name}", "Ils citent le plan velo souvent.")
    desk.drain()
    return note


@pytest.fixture
def panel(desk: Desk, jobs: Jobs, bus: Bus, plan: str, qtbot: QtBot) -> Iterator[Around]:
    made = Around(desk, jobs, bus)
    qtbot.addWidget(made)
    made.resize(300, 900)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.shown):
        made.show_note(plan)
    bus.changed.connect(made.refresh)
    yield made
    made._soon.stop()
    qtbot.waitUntil(lambda: jobs.running == 0)


def listed(panel: Around, name: str) -> QListWidget:
    found = panel.findChild(QListWidget, f"around_{name}_list")
    assert found is not None
    return found


def head(panel: Around, name: str) -> QToolButton:
    found = panel.findChild(QToolButton, f"around_{name}")
    assert found is not None
    return found


def read_aloud(panel: Around, name: str) -> list[str]:
    shown = listed(panel, name)
    return [
        str(shown.item(row).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(shown.count())
    ]


# --- the panel -----------------------------------------------------------------------------------


def test_each_section_says_how_much_it_holds_and_what(panel: Around) -> None:
    assert {name: head(panel, name).accessibleName() for name in panel.sections} == {
        "namesakes": "Same title: nothing",
        "linked": "Linked from: 2 items",
        "letters": "Used in letters: 1 item",
        "mentions": "Mentions without a link: 2 items",
        "leads": "Leads to: 3 items",
        "aliases": "Other titles: nothing",
        "dossiers": "In dossiers: 1 item",
        "picture": "Picture: 4 items",
    }
    assert read_aloud(panel, "linked") == [
        "Budget. Reprend le plan.", "Encadré. shown in place. Plan vélo",
    ]  # fmt: skip
    assert read_aloud(panel, "letters") == ["Lettre de mai. Tout sur le Plan vélo."]
    assert read_aloud(panel, "leads") == [
        "Budget. Note", "Mobilités. Dossier", "À écrire. to be written",
    ]  # fmt: skip


def test_what_is_empty_is_folded_and_says_what_would_be_there(panel: Around, qtbot: QtBot) -> None:
    aliases = panel.sections["aliases"]
    assert not head(panel, "aliases").isChecked()
    assert aliases.body.isHidden()
    assert head(panel, "aliases").accessibleDescription() == "folded"
    qtbot.keyClick(head(panel, "aliases"), KEY.Key_Space)
    assert not aliases.body.isHidden()
    assert head(panel, "aliases").accessibleDescription() == "unfolded"
    assert panel.alias.isVisible()


def test_a_section_that_was_folded_stays_so_for_the_next_note(
    panel: Around, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClick(head(panel, "leads"), KEY.Key_Space)
    assert panel.sections["leads"].body.isHidden()
    void, full = desk.new_note("Vide", ""), desk.new_note("Plein", "[[Budget]]")
    for note in (void, full):
        with qtbot.waitSignal(panel.shown):
            panel.show_note(note)
    assert panel.sections["leads"].body.isHidden()
    assert len(read_aloud(panel, "leads")) == 1


def test_enter_opens_a_note_and_begins_one_that_is_to_be_written(
    panel: Around, desk: Desk, qtbot: QtBot
) -> None:
    leads = listed(panel, "leads")
    leads.setFocus()
    with qtbot.waitSignal(panel.link_chosen) as asked:
        qtbot.keyClick(leads, KEY.Key_Return)
    assert asked.args == [f"veille:{desk.resolve('Budget', kind='note')}"]
    qtbot.keyClick(leads, KEY.Key_End)
    with qtbot.waitSignal(panel.link_chosen) as asked:
        qtbot.keyClick(leads, KEY.Key_Enter)
    assert asked.args == ["veille:new/À écrire"]


def test_a_click_on_a_sentence_opens_its_note(panel: Around, desk: Desk, qtbot: QtBot) -> None:
    linked = listed(panel, "linked")
    middle = linked.visualItemRect(linked.item(0)).center()
    with qtbot.waitSignal(panel.link_chosen) as asked:
        qtbot.mouseClick(linked.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert asked.args == [f"veille:{desk.resolve('Budget', kind='note')}"]


@pytest.mark.parametrize("pressed", [KEY.Key_L, KEY.Key_Return])
def test_a_mention_becomes_a_link_and_undo_takes_it_back(
    panel: Around, desk: Desk, qtbot: QtBot, notices: list[Notice], pressed: Qt.Key
) -> None:
    mentions = listed(panel, "mentions")
    mentions.setFocus()
    with qtbot.waitSignal(panel.shown):
        qtbot.keyClick(mentions, pressed)
    qtbot.waitUntil(lambda: head(panel, "mentions").accessibleName().endswith(": 1 item"))
    one = desk.read(desk.resolve("Verbatim Deux", kind="note"))
    assert one.text == "Ils citent le [[plan velo]] souvent."
    (said,) = notices
    assert said.text == "1 mention is a link now."
    desk.undo_gesture(said.undo)
    assert desk.read(one.row.id).text == "Ils citent le plan velo souvent."


def test_a_click_on_link_links_and_beside_it_opens(panel: Around, desk: Desk, qtbot: QtBot) -> None:
    lines = panel.sections["mentions"].lines
    rect = lines.visualItemRect(lines.item(0))
    with qtbot.waitSignal(panel.link_chosen) as asked:
        qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert asked.args == [f"veille:{desk.resolve('Verbatim Deux', kind='note')}"]
    inside = rect.adjusted(10, 6, -10, -6)
    with qtbot.waitSignal(panel.shown), qtbot.assertNotEmitted(panel.link_chosen):
        qtbot.mouseClick(
            lines.viewport(), Qt.MouseButton.LeftButton, pos=lines.action_rect(inside).center()
        )
    assert "[[" in desk.read(desk.resolve("Verbatim Deux", kind="note")).text


def test_link_all_is_one_gesture(
    panel: Around, desk: Desk, qtbot: QtBot, notices: list[Notice]
) -> None:
    with qtbot.waitSignal(panel.shown):
        qtbot.keyClick(panel.link_all, KEY.Key_Space)
    qtbot.waitUntil(lambda: not read_aloud(panel, "mentions"))
    assert not head(panel, "mentions").isChecked(), "folded, now that it is empty"
    assert not panel.link_all.isVisible()
    assert notices[-1].text == "2 mentions are links now."
    desk.undo_gesture(notices[-1].undo)
    texts = {desk.read(desk.resolve(f"Verbatim {name}", kind="note")).text
             for name in ("Un", "Deux")}  # fmt: skip
    assert texts == {"Ils citent le plan velo souvent."}


def test_other_titles_are_added_and_removed(
    panel: Around, desk: Desk, plan: str, qtbot: QtBot, notices: list[Notice]
) -> None:
    qtbot.keyClick(head(panel, "aliases"), KEY.Key_Space)
    for typed in ("  Schéma   cyclable ", "schema cyclable", "PLAN VELO", "PDU"):
        panel.alias.setFocus()
        panel.alias.insert(typed)
        qtbot.keyClick(panel.alias, KEY.Key_Return)
        qtbot.waitUntil(lambda: panel._jobs.running == 0)
    assert read_aloud(panel, "aliases") == ["Schéma cyclable", "PDU"]
    shown = listed(panel, "aliases")
    shown.setFocus()
    qtbot.keyClick(shown, KEY.Key_Return)
    qtbot.waitUntil(lambda: panel._jobs.running == 0)
    assert len(read_aloud(panel, "aliases")) == 2, "Enter removes nothing"
    qtbot.keyClick(shown, KEY.Key_Delete)
    qtbot.waitUntil(lambda: read_aloud(panel, "aliases") == ["PDU"])
    assert desk.wiki.around(plan).aliases == ("PDU",)
    desk.undo_gesture(notices[-1].undo)
    assert desk.wiki.around(plan).aliases == ("Schéma cyclable", "PDU")


def test_what_changes_elsewhere_is_looked_at_again(
    panel: Around, desk: Desk, bus: Bus, plan: str, qtbot: QtBot
) -> None:
    budget = desk.resolve("Budget", kind="note")
    changes = desk.edit_note(budget, "Plus rien.")
    with qtbot.waitSignal(panel.shown):
        bus.changed.emit(changes)
    assert read_aloud(panel, "linked") == ["Encadré. shown in place. Plan vélo"]


def test_of_notes_shown_one_after_the_other_the_last_is_shown(
    panel: Around, desk: Desk, plan: str, qtbot: QtBot
) -> None:
    void = desk.new_note("Vide", "")
    with qtbot.waitSignal(panel.shown):
        panel.show_note(void)
        panel.show_note(plan)
    qtbot.waitUntil(lambda: panel._jobs.running == 0)
    assert len(read_aloud(panel, "leads")) == 3


def test_a_note_that_is_gone_for_good_leaves_the_panel_quiet(panel: Around, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.shown):
        panel.show_note("n-0000000000000000")


def test_of_many_links_the_first_are_laid_out_until_all_are_asked_for(
    panel: Around, desk: Desk, qtbot: QtBot
) -> None:
    hub = desk.new_note("Carrefour", "")
    for number in range(FIRST + 5):
        desk.new_note(f"Note {number:02}", "Vers [[Carrefour]].")
    with qtbot.waitSignal(panel.shown):
        panel.show_note(hub)
    assert listed(panel, "linked").count() == FIRST
    more = panel.sections["linked"]._all
    assert more.text() == f"Show all {FIRST + 5}"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert listed(panel, "linked").count() == FIRST + 5


@pytest.mark.parametrize("width", [260, 280, 420])
def test_nothing_is_wider_than_the_panel(panel: Around, width: int, qtbot: QtBot) -> None:
    panel.resize(width, 500)
    inside = panel.sections["linked"].parentWidget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.width() <= width)
    for one in panel.sections.values():
        if one.isHidden():
            continue
        assert one.geometry().right() < width
        assert one.lines.sizeHintForColumn(0) <= width


def test_lines_stand_whole_below_one_another(panel: Around) -> None:
    for one in panel.sections.values():
        tall = sum(one.lines.sizeHintForRow(row) for row in range(one.lines.count()))
        assert one.lines.height() == max(tall, 1)


# --- the picture ---------------------------------------------------------------------------------


def crowd(desk: Desk, *, to: int, back: int, both: int = 0) -> list[Near]:
    row = desk.rows([desk.new_note("Une note au titre plutôt long pour une image", "")])[0]

    def made(number: int, *, leads: bool, links: bool) -> Near:
        title = f"{number:02} {row.title}"
        return Near(replace(row, id=f"n-{number:016}", title=title), leads, links)

    ways = [(True, False)] * to + [(False, True)] * back + [(True, True)] * both
    return [made(at, leads=leads, links=links) for at, (leads, links) in enumerate(ways)]


def overlapping(places: list[Place]) -> list[tuple[str, str]]:
    boxes = [(one.near.row.title, one.whole) for one in places]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2)
            if one.intersected(other).height() > 0.5 and one.intersects(other)]  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(220, 160), (300, 220), (700, 420)])
@pytest.mark.parametrize(("to", "back", "both"), [(1, 0, 0), (8, 8, 8), (24, 0, 0), (0, 24, 0),
                                                  (3, 2, 0), (0, 0, 24), (12, 12, 0)])  # fmt: skip
def test_no_two_names_meet_and_all_stay_inside(
    desk: Desk, qapp: object, width: int, height: int, to: int, back: int, both: int
) -> None:
    places = arranged(crowd(desk, to=to, back=back, both=both), width, height)
    assert overlapping(places) == []
    assert len(places) >= min(to + back + both, 6)
    room = QFontMetricsF(theme.ui_font(0.84)).horizontalAdvance("Plan vélo")
    for one in places:
        assert 0 <= one.whole.left() <= one.whole.right() <= width
        assert 17 <= one.label.top() <= one.label.bottom() <= height - 17
        assert one.label.width() >= room or width < 300, "enough of a name to know it by"
        assert (one.icon.x() < width / 2) == one.left
        assert one.near.back if one.left else one.near.to, "each side keeps its meaning"


def test_all_have_room_in_a_large_picture(desk: Desk) -> None:
    places = arranged(crowd(desk, to=8, back=8, both=8), 700, 420)
    assert len(places) == MOST_NEAR


@pytest.fixture
def graph(desk: Desk, jobs: Jobs, qtbot: QtBot) -> Graph:
    made = Graph()
    qtbot.addWidget(made)
    made.resize(300, 220)
    made.show_near("Plan vélo", crowd(desk, to=2, back=2))
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def test_the_arrows_go_around_and_enter_opens(graph: Graph, qtbot: QtBot) -> None:
    went = []
    for _turn in range(5):
        with qtbot.waitSignal(graph.chosen) as asked:
            qtbot.keyClick(graph, KEY.Key_Return)
        went.append(asked.args[0][-1])
        qtbot.keyClick(graph, KEY.Key_Right)
    assert went == ["0", "1", "3", "2", "0"], "clockwise, from the top right"
    qtbot.keyClick(graph, KEY.Key_Left)
    qtbot.keyClick(graph, KEY.Key_Home)
    qtbot.keyClick(graph, KEY.Key_Down)
    assert graph.accessibleName().startswith("01 Une note")
    qtbot.keyClick(graph, KEY.Key_Right)
    qtbot.keyClick(graph, KEY.Key_Up)
    assert graph.accessibleName().startswith("02 Une note"), "up is up on the left side as well"
    assert graph.accessibleName().endswith("Note: links here")


def test_the_picture_is_told_in_words(graph: Graph) -> None:
    told = graph.accessibleDescription()
    assert told.startswith("Leads to: 00 Une note")
    assert "Linked from: 02 Une note" in told
    graph.show_near("Seule", [])
    assert graph.accessibleDescription() == "Nothing is linked to this note yet."


def test_a_click_on_a_name_opens_it(graph: Graph, qtbot: QtBot) -> None:
    place = graph.places[1].label.center().toPoint()
    with qtbot.waitSignal(graph.chosen) as asked:
        qtbot.mouseClick(graph, Qt.MouseButton.LeftButton, pos=place)
    assert asked.args[0].endswith("1")
    with qtbot.assertNotEmitted(graph.chosen):
        qtbot.mouseClick(graph, Qt.MouseButton.LeftButton, pos=graph.rect().center())


# --- on their own --------------------------------------------------------------------------------


@pytest.fixture
def dialog(desk: Desk, jobs: Jobs, bus: Bus, qtbot: QtBot) -> LooseDialog:
    made = LooseDialog(desk, jobs, bus)
    qtbot.addWidget(made)
    return made


def show(dialog: LooseDialog, qtbot: QtBot) -> None:
    dialog.look()
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.waitUntil(lambda: dialog._jobs.running == 0)


def tree(dialog: LooseDialog, name: str) -> QTreeWidget:
    found = dialog.findChild(QTreeWidget, f"loose_{name}")
    assert found is not None
    return found


def test_notes_on_their_own_open_and_wanted_ones_are_begun(
    dialog: LooseDialog, desk: Desk, bus: Bus, qtbot: QtBot
) -> None:
    alone = desk.new_note("Seule", "Un mot.")
    for number in range(5):
        desk.new_note(f"Note {number}", "Voir [[Budget 2027]] et [[Note 0]].")
    show(dialog, qtbot)
    assert tree(dialog, "alone").accessibleName() == "1 note on its own"
    item = tree(dialog, "wanted").topLevelItem(0)
    assert item is not None
    assert [item.text(0), item.text(1)] == [
        "Budget 2027", "“Note 0”, “Note 1”, “Note 2” and 2 more",
    ]  # fmt: skip
    with qtbot.waitSignal(bus.open_requested) as asked:
        qtbot.keyClick(tree(dialog, "alone"), KEY.Key_Return)
    assert asked.args == [alone]
    assert not dialog.isVisible()
    show(dialog, qtbot)
    with qtbot.waitSignal(dialog.write_requested) as asked:
        qtbot.keyClick(tree(dialog, "wanted"), KEY.Key_Return)
    assert asked.args == ["Budget 2027"]


def test_when_nothing_hangs_in_the_air_it_is_said(
    dialog: LooseDialog, desk: Desk, bus: Bus, qtbot: QtBot
) -> None:
    desk.new_note("Un", "[[Deux]]")
    two = desk.new_note("Deux", "")
    show(dialog, qtbot)
    assert not tree(dialog, "alone").isVisible()
    assert dialog._none_alone.isVisible()
    assert dialog._none_wanted.isVisible()
    changes = desk.delete([two])
    bus.changed.emit(changes)
    qtbot.waitUntil(lambda: tree(dialog, "alone").topLevelItemCount() == 1)
    qtbot.waitUntil(lambda: tree(dialog, "wanted").isVisible())
    assert not dialog._none_wanted.isVisible()
