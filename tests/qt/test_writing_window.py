"""Writing in the window, by hand: templates, quotes gathered (D2.7), themes (D1.10), links, pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.views import Filter
from veille.ui.main_window import MainWindow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Answers = dict[str, Callable[[str], object]]


def told(window: MainWindow, *things: str) -> None:
    window.bus.changed.emit(Changes(frozenset(things)))


def notes(desk: Desk) -> list[str]:
    return desk.ids(Filter(kinds=("note",)))


def test_a_note_begins_from_a_template_that_the_team_may_change(
    desk: Desk, window: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    folder = desk.wiki.fill_templates_folder(language="en")
    (folder / "point.md").write_text(
        "---\nname: Our point\ntitle: Point of {{author}}\nthemes: Water\n---\n## To do\n\n- [ ] ",
        encoding="utf-8",
    )
    desk.introduce("Anne")
    offered: list[str] = []
    answers["choose"] = lambda title: offered.append(title) or "point"
    with qtbot.waitSignal(window.bus.open_requested):
        window.actions_["new_from_template"].trigger()
    assert offered == ["New note from a template"]
    (made,) = notes(desk)
    read = desk.read(made)
    assert (read.row.title, read.row.tags) == ("Point of Anne", ("Water",))
    assert read.text.startswith("## To do")
    assert window.notes.note == made


def test_five_quotes_chosen_by_hand_make_a_note_with_numbered_references(
    desk: Desk, window: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    desk.fill_demo()
    desk.drain()
    window.sidebar.choose("quotes")
    ids = window.list.model.ids
    qtbot.waitUntil(lambda: len(window.list.model.ids) > 5)
    ids = list(window.list.model.ids)
    table = window.list.table
    table.setFocus()
    table.selectRow(ids.index(next(one for one in ids if one.startswith("q-"))))
    chosen: list[str] = []
    for row, one in enumerate(ids):
        if one.startswith("q-") and len(chosen) < 5:
            index = table.model().index(row, 0)
            mode = table.selectionModel().SelectionFlag
            table.selectionModel().select(index, mode.Select | mode.Rows)
            chosen.append(one)
    before = set(notes(desk))
    answers["text"] = lambda _title: "Ce que la presse a retenu"
    with qtbot.waitSignal(window.bus.open_requested, timeout=10_000):
        qtbot.keyClick(table, KEY.Key_N, CTRL | SHIFT)
    (made,) = set(notes(desk)) - before
    read = desk.read(made)
    assert read.row.title == "Ce que la presse a retenu"
    assert all(f"![[{one}]]" in read.text for one in chosen)
    assert read.text.count("\n[^") == 5, "each has its numbered reference"
    qtbot.waitUntil(lambda: "↩" in window.notes.preview.toPlainText())
    # The reference of a quote opens its passage.
    about = desk.read(chosen[0]).about
    assert about is not None
    window.notes.preview.link_chosen.emit(f"veille:{chosen[0]}")
    qtbot.waitUntil(lambda: window.reader.thing == about.id, timeout=10_000)


def test_a_theme_is_found_by_its_path_and_by_its_synonyms(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    mobility = desk.themes.add("Mobilités")
    desk.themes.add("Vélo", broader=mobility, alts=("bicyclette",))
    article = desk.clip("-", stdin=b"<title>Titre</title><p>Un texte sur la ville.</p>").id
    told(window, article)
    window.sidebar.choose("articles")
    window.sidebar.choose("inbox")
    qtbot.waitUntil(lambda: article in window.list.model.ids)
    window.list.table.setFocus()
    shown: list[str] = []

    def answer() -> None:
        dialog = window.findChild(QDialog)
        assert dialog is not None
        field, listed = dialog.findChild(QLineEdit), dialog.findChild(QListWidget)
        assert field is not None
        assert listed is not None
        for typed in ("bicyc", "mob"):
            field.setText(typed)
            shown.append(listed.item(listed.count() - 2 if typed == "mob" else 0).text())
        field.setText("vélo")
        dialog.accept()

    from PySide6.QtCore import QTimer

    timer = QTimer(window)
    timer.setInterval(50)
    timer.timeout.connect(lambda: window.findChild(QDialog) and (timer.stop(), answer()))
    timer.start()
    with qtbot.waitSignal(window.bus.changed, timeout=10_000):
        qtbot.keyClick(window.list.table, KEY.Key_T)
    assert shown == ["Mobilités > Vélo", "Mobilités > Vélo"]
    assert desk.rows([article])[0].tags == ("Vélo",)
    assert desk.ids(Filter(kinds=("article",), tag="mobilites")) == [article], "what is broader"


def test_links_lead_where_they_say(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    other = desk.new_note("Charte", "## Ton\n\nSimple.\n\n## Règles\n\nCourt.")
    note = desk.new_note("Index", "Voir [[Charte#Règles]].")
    told(window, note, other)
    window.open(note)
    window.notes.preview.link_chosen.emit(f"veille:{other}#R%C3%A8gles")
    assert window.notes.note == other
    window.notes.preview.link_chosen.emit("veille:theme/Eau%20potable")
    assert window.search.text() == 'theme:"Eau potable"'
    window.notes.preview.link_chosen.emit("veille:?crue%20depuis%3A2024")
    assert window.search.text() == "crue depuis:2024"
    desk.introduce("Anne")
    window.notes.preview.link_chosen.emit(f"veille:{desk.person}")
    assert window.search.text() == 'par:"Anne"'
    with qtbot.waitSignal(window.bus.open_requested):
        window.notes.preview.link_chosen.emit("veille:new/À écrire")
    assert desk.rows([window.notes.note])[0].title == "À écrire"


def test_what_is_typed_is_completed_and_a_dropped_picture_is_kept(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    other = desk.new_note("Plan vélo", "x")
    note = desk.new_note("Index", "Début")
    told(window, note, other)
    window.open(note)
    window.notes.write(writing=True)
    text = window.notes.text
    text.moveCursor(text.textCursor().MoveOperation.End)
    window.activateWindow()
    text.setFocus()
    qtbot.keyClicks(text, " [[pla")
    qtbot.waitUntil(text._completion.list.isVisible)
    qtbot.keyClick(text, KEY.Key_Return)
    assert text.plain() == "Début [[Plan vélo]]"
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    mime = QMimeData()
    mime.setImageData(image)
    text.insertFromMimeData(mime)
    qtbot.waitUntil(lambda: "](blob:" in text.plain())
    address = text.plain().partition("](")[2].rstrip(")")
    assert desk.blob(address.removeprefix("blob:")).startswith(b"\x89PNG")


def test_a_theme_of_the_home_page_is_shown_among_the_others(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    concept = desk.themes.add("Mobilités")
    window.open(concept)
    qtbot.waitUntil(lambda: window.organising.themes.tree.chosen == [concept])


@pytest.mark.parametrize("width", [1000, 1500])
def test_a_note_that_is_written_has_its_preview_beside_it(
    desk: Desk, window: MainWindow, qtbot: QtBot, width: int, tmp_path: Path
) -> None:
    note = desk.new_note("Index", "Début")
    told(window, note)
    window.resize(width, 700)
    window.open(note)
    assert window.list.isVisible()
    window.notes.write(writing=True)
    assert window.list.isVisible() == (width >= 1_440)
    assert window.notes.preview.isVisible() == (window.notes.width() >= 820)
    window.notes.write(writing=False)
    assert window.list.isVisible()
    assert window.notes.preview.isVisible()


def test_a_note_that_is_read_is_gone_through_and_written_again_from_the_keyboard(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Index", "Une ligne.\n\n" * 200)
    told(window, note)
    window.open(note)
    window.notes.write(writing=True)
    qtbot.keyClick(window.notes.text, Qt.Key.Key_Escape)
    preview = window.notes.preview
    assert preview.hasFocus()
    bar = preview.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=5_000)
    for key, there in ((Qt.Key.Key_End, bar.maximum()), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(preview, key, Qt.KeyboardModifier.ControlModifier)
        assert bar.value() == there
    qtbot.keyClick(preview, Qt.Key.Key_Return)
    assert window.notes.is_writing
    assert window.notes.text.hasFocus()


def held(window: MainWindow) -> Callable[[], None]:
    """Keep the lane of writes busy, as a long import does; gives what lets it go."""
    gate = Event()
    window.jobs.write(gate.wait)
    return gate.set


def test_what_is_written_while_a_revision_waits_is_recorded_after_it(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Note", "Un début.")
    told(window, note)
    window.open(note)
    window.notes.write(writing=True)
    let_go = held(window)
    for words in (" Encore A.", " Encore B.", " Encore C."):
        window.notes.text.moveCursor(window.notes.text.textCursor().MoveOperation.End)
        window.notes.text.insertPlainText(words)
        window.notes.save()
    let_go()
    qtbot.waitUntil(lambda: desk.read(note).text == "Un début. Encore A. Encore B. Encore C.")
    qtbot.waitUntil(lambda: not window.notes.modified)
    assert desk.choices(note) == []
    assert len(desk.wiki.read(note).heads) == 1
    assert len(desk.revisions(note)) == 3, "what was superseded while it waited is no state"


def test_a_note_that_is_left_and_opened_again_while_it_is_recorded_keeps_its_words(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note, other = desk.new_note("Note", "Un début."), desk.new_note("Autre", "x")
    told(window, note, other)
    window.open(note)
    window.notes.write(writing=True)
    let_go = held(window)
    window.notes.text.setPlainText("Un début. Phrase importante.")
    window.open(other)
    window.open(note)
    assert window.notes.text.plain() == "Un début. Phrase importante."
    window.notes.write(writing=True)
    window.notes.text.moveCursor(window.notes.text.textCursor().MoveOperation.End)
    window.notes.text.insertPlainText(" Suite.")
    let_go()
    window.notes.save()
    qtbot.waitUntil(lambda: desk.read(note).text == "Un début. Phrase importante. Suite.")
    assert desk.choices(note) == []


def test_recording_leaves_the_cursor_and_the_new_line_where_they_are(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Note", "Un début.")
    told(window, note)
    window.open(note)
    window.notes.write(writing=True)
    text = window.notes.text
    text.moveCursor(text.textCursor().MoveOperation.End)
    text.insertPlainText(" Suite.\n\n")
    place = text.textCursor().position()
    with qtbot.waitSignal(window.bus.changed):
        window.notes.save()
    assert (text.plain(), text.textCursor().position()) == ("Un début. Suite.\n\n", place)
    assert text.document().isUndoAvailable()
    assert not window.notes.modified
    window.notes.save()
    assert window.jobs.drain()
    assert len(desk.revisions(note)) == 2, "empty lines at the end are no state"


def test_the_preview_follows_what_is_written(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    parts = [f"## Partie {n}\n\nUn paragraphe qui parle de la partie {n}." for n in range(60)]
    note = desk.new_note("Longue", "\n\n".join(parts))
    told(window, note)
    window.open(note)
    window.notes.write(writing=True)
    preview, text = window.notes.preview, window.notes.text
    qtbot.waitUntil(lambda: "Partie 59" in preview.toPlainText())
    text.moveCursor(text.textCursor().MoveOperation.End)
    text.insertPlainText(" Et voici la fin.")
    qtbot.waitUntil(lambda: "Et voici la fin" in preview.toPlainText())
    bar = preview.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > bar.maximum() // 2)
    before = bar.value()
    text.insertPlainText(" Encore.")
    qtbot.waitUntil(lambda: "Encore." in preview.toPlainText())
    assert abs(bar.value() - before) < 60, "it keeps its place"


def test_who_types_without_a_pause_loses_nothing_and_sees_what_it_will_be(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Note", "Un début.")
    told(window, note)
    window.open(note)
    window.notes.write(writing=True)
    qtbot.waitUntil(lambda: "début" in window.notes.preview.toPlainText())
    for each in (window.notes._pause, window.notes._render):
        each.after, each.most = 2_000, 150
    hand = QTimer()
    hand.timeout.connect(lambda: window.notes.text.insertPlainText("x"))
    hand.start(10)
    qtbot.waitUntil(lambda: "xxx" in window.notes.preview.toPlainText())
    qtbot.waitUntil(lambda: (kept := desk.draft(note)) is not None and "xxx" in kept.text)
    first = desk.draft(note)
    qtbot.waitUntil(lambda: desk.draft(note) != first)
    said = {window.notes.head.status.text() for _turn in range(5) if qtbot.wait(20) is None}
    hand.stop()
    assert said == {"Draft kept"}, "it does not blink at each key"
    assert len(desk.revisions(note)) == 1, "a draft is no state"


def test_one_goes_back_the_way_one_came(
    desk: Desk, window: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    desk.fill_demo()
    desk.drain()
    told(window, "a-x")
    note = next(one for one in notes(desk) if "Crue de janvier" in desk.title(one))
    window.open(note)
    quoted = desk.read(note).text.partition("![[")[2][:18]
    window.notes.preview.link_chosen.emit(f"veille:{quoted}")
    about = desk.read(quoted).about
    assert about is not None
    assert window.reader.thing == about.id
    window.actions_["back"].trigger()
    assert window.notes.note == note
    assert window.detail.currentWidget() is window.notes
    assert window.sidebar.chosen == "notes"
    window.notes.preview.link_chosen.emit("veille:n-9999999999999999")
    assert "not here" in window.notice.text


def test_keys_never_reach_a_text_that_is_hidden(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Note", "Un début.")
    article = desk.clip("-", stdin=b"<title>Titre</title><p>Un texte.</p>").id
    told(window, note, article)
    window.open(note)
    window.notes.write(writing=True)
    window.activateWindow()
    window.notes.text.setFocus()
    qtbot.keyClick(window.notes.text, KEY.Key_Escape)
    assert not window.notes.is_writing, "Esc ends writing"
    window.open(article)
    window.open(note)
    focused = window.focusWidget()
    assert focused is not window.notes.text
    qtbot.keyClicks(focused, "jk")
    assert window.notes.text.plain() == "Un début."


def test_closing_while_a_revision_waits_keeps_the_last_words(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note = desk.new_note("Note", "Un.")
    told(window, note)
    window.open(note)
    window.notes.write(writing=True)
    let_go = held(window)
    for words in (" A.", " B tapé avant de fermer."):
        window.notes.text.moveCursor(window.notes.text.textCursor().MoveOperation.End)
        window.notes.text.insertPlainText(words)
        window.notes.save()
    let_go()
    window.close()
    read = desk.wiki.read(note)
    kept = read.draft.text if read.draft else read.text
    assert kept == "Un. A. B tapé avant de fermer."
    if read.draft is not None:
        desk.edit_note(note, read.draft.text, parents=read.draft.parents)
        assert desk.read(note).text == kept, "it goes on from what was recorded"


def test_words_taken_out_while_a_revision_waits_are_taken_out(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    note, other = desk.new_note("Note", "Un."), desk.new_note("Autre", "x")
    told(window, note, other)
    window.open(note)
    window.notes.write(writing=True)
    let_go = held(window)
    window.notes.text.setPlainText("Un. X")
    window.notes.save()
    window.notes.text.setPlainText("Un.")
    window.open(other)
    let_go()
    qtbot.waitUntil(lambda: len(desk.revisions(note)) == 3)
    assert desk.read(note).text == "Un."


def test_a_title_is_typed_to_its_end_whatever_is_recorded_meanwhile(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    made = [desk.new_note(f"Note {n}", "x") for n in range(3)]
    told(window, *made)
    window.open(made[0])
    window.notes.write(writing=True)
    window.activateWindow()
    title = window.notes.title
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Mon ti")
    with qtbot.waitSignal(window.bus.changed):
        window.notes.save()
    assert window.jobs.drain()
    qtbot.waitUntil(lambda: not window.shelf._reading)
    assert window.focusWidget() is title
    qtbot.keyClicks(title, "tre")
    assert title.text() == "Mon titre"
    assert window.notes.text.plain() == "x"
