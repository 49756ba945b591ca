"""Reading from the keyboard: sentences, finding, passages, looks, the place where one stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.domain.facts import Changes
from veille.domain.views import Filter, Row
from veille.ui import theme
from veille.ui.main_window import MainWindow
from veille.ui.reading import documents, looks
from veille.ui.reading.looks import Looks

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
Answers = dict[str, Callable[[str], object]]

PAGE = """<html lang="fr"><head><title>La crue de mars</title></head><body><article>
<h1>La crue de mars</h1>
<p>La crue a surpris la ville basse. Les secours 🚒 étaient là dès trois heures. M. Martin, hydrologue,
n’est pas surpris.</p>
<h2>Un plan avant l’été</h2>
<p>Le préfet promet un plan de prévention. La région paiera la moitié des travaux, dit la maire.</p>
<h2>Les riverains</h2>
{more}
<p>Les élèves révisent à l’école élémentaire en attendant.</p></article></body></html>"""
MORE = "".join(
    f"<p>Paragraphe numéro {n}, où l’on raconte la suite de la nuit.</p>" for n in range(60)
)


@pytest.fixture
def article(desk: Desk, window: MainWindow) -> str:
    made = desk.clip("-", stdin=PAGE.replace("{more}", MORE).encode()).id
    window.bus.changed.emit(Changes(frozenset({made})))
    window.open(made)
    window.reader.browser.setFocus()
    return made


def test_what_tells_the_same_news_names_each_source_once(desk: Desk, article: str) -> None:
    def tell(*sources: str) -> str:
        row = desk.rows([article])[0]
        others = [replace(row, id=f"a-{n}", title=f"Titre {n}", source=source)
                  for n, source in enumerate(sources)]  # fmt: skip
        read = replace(others[-1], id=article)
        return documents.head(
            read, filed="", missing=0, pending="", excerpt=False, tellers=[*others[:-1], read]
        )

    told = tell("Ouest-France", "France Bleu", "France Bleu", "Ouest-France")
    assert "2 sources: <b>Ouest-France</b>, " in told, "the one that is read stands for its source"
    assert (told.count("France Bleu</a>"), 'href="veille:a-1"' in told) == (1, True)
    assert "Titre 0</a>, <b>Titre 1</b>" in tell("Ouest-France", "Ouest-France")


def selected(window: MainWindow) -> str:
    return window.focus.words()


def only(desk: Desk, kind: str) -> Row:
    (found,) = desk.rows(desk.ids(Filter(kinds=(kind,))))
    return found


def at(window: MainWindow, words: str) -> None:
    found = window.reader.browser.document().find(words)
    cursor = window.reader.browser.textCursor()
    cursor.setPosition(found.selectionStart())
    window.reader.browser.setTextCursor(cursor)


def test_sentences_are_selected_whole_and_one_by_one(
    window: MainWindow, article: str, qtbot: QtBot
) -> None:
    browser = window.reader.browser
    at(window, "crue a surpris")
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)
    assert selected(window) == "La crue a surpris la ville basse."
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)
    assert selected(window).endswith("Les secours 🚒 étaient là dès trois heures.")
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)
    assert selected(window).endswith("M. Martin, hydrologue, n’est pas surpris.")
    qtbot.keyClick(browser, KEY.Key_Left, SHIFT)
    assert selected(window).endswith("dès trois heures.")
    qtbot.keyClick(browser, KEY.Key_Left, SHIFT)
    assert selected(window) == "La crue a surpris la ville basse."
    qtbot.keyClick(browser, KEY.Key_Escape)
    assert selected(window) == ""
    qtbot.keyClick(browser, KEY.Key_Right)
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)
    assert selected(window) == "Les secours 🚒 étaient là dès trois heures."


def test_the_first_sentence_is_the_first_to_be_selected(
    window: MainWindow, article: str, qtbot: QtBot
) -> None:
    browser = window.reader.browser
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)
    assert selected(window) == "La crue a surpris la ville basse."
    assert window.reader.selection() is not None
    assert browser.verticalScrollBar().value() == 0


def test_paragraphs_are_selected_with_control(
    window: MainWindow, article: str, qtbot: QtBot
) -> None:
    at(window, "préfet")
    qtbot.keyClick(window.reader.browser, KEY.Key_Down, SHIFT | CTRL)
    assert selected(window).startswith("Le préfet promet")
    assert selected(window).endswith("dit la maire.")
    qtbot.keyClick(window.reader.browser, KEY.Key_Down, SHIFT | CTRL)
    assert selected(window).endswith("Les riverains")
    qtbot.keyClick(window.reader.browser, KEY.Key_Up, SHIFT | CTRL)
    assert selected(window).endswith("dit la maire.")


def test_a_sentence_is_quoted_and_marked_without_a_mouse(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot
) -> None:
    browser, card = window.reader.browser, window.passages.card
    at(window, "La région")
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(browser, KEY.Key_C)
    assert only(desk, "quote").text("exact") == (
        "La région paiera la moitié des travaux, dit la maire."
    )
    qtbot.waitUntil(card.isVisible)
    assert card.author.property("tone") == "missing"
    assert "10 words" in card.meter.text()
    qtbot.keyClick(browser, KEY.Key_Escape)
    qtbot.keyClick(browser, KEY.Key_C)
    assert card.isAncestorOf(QApplication.focusWidget())
    card.speaker.setText("Anne Lebrun")
    card.author.setText("Léa Fontaine, Paul Roux")
    qtbot.keyClick(card.author, KEY.Key_Return)
    qtbot.waitUntil(lambda: desk.rows([article])[0].authors == ("Léa Fontaine", "Paul Roux"))
    assert only(desk, "quote").text("speaker") == "Anne Lebrun"
    assert not card.isVisible()


def quoted(window: MainWindow, qtbot: QtBot, words: str) -> str:
    """Keep a sentence as a quote, and give it once its card is there."""
    card, before = window.passages.card, window.passages.card.quoted
    at(window, words)
    qtbot.keyClick(window.reader.browser, KEY.Key_Right, SHIFT)
    qtbot.keyClick(window.reader.browser, KEY.Key_C)
    qtbot.waitUntil(lambda: card.quoted not in {"", before})
    return card.quoted


def test_what_was_typed_in_a_card_is_kept_however_it_is_left(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot
) -> None:
    browser, card = window.reader.browser, window.passages.card
    first = quoted(window, qtbot, "La région")
    qtbot.keyClick(browser, KEY.Key_C)
    card.speaker.setText("Anne Lebrun")
    qtbot.keyClick(card.speaker, KEY.Key_Escape)
    qtbot.waitUntil(lambda: desk.rows([first])[0].text("speaker") == "Anne Lebrun")
    assert (card.isVisible(), QApplication.focusWidget()) == (False, browser)
    qtbot.waitUntil(lambda: window.notice.text == "Corrected.")
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: desk.rows([first])[0].text("speaker") != "Anne Lebrun")

    qtbot.keyClick(browser, KEY.Key_C)
    qtbot.waitUntil(card.isVisible)
    card.role.setText("maire")
    browser.setFocus()
    assert quoted(window, qtbot, "Le préfet promet") != first
    qtbot.waitUntil(lambda: desk.rows([first])[0].text("role") == "maire")
    assert card.role.text() == "", "that of the other quote"

    last = card.quoted
    card.speaker.setText("Le préfet")
    window.open(desk.new_note("Autre chose", "Un texte."))
    assert not card.isVisible()
    qtbot.waitUntil(lambda: desk.rows([last])[0].text("speaker") == "Le préfet")


def test_a_quote_that_is_read_is_completed_and_commented_where_it_stands(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot, answers: Answers
) -> None:
    kept, card = desk.quote(article, "La région paiera la moitié"), window.passages.card
    window.reader.show_thing(kept)
    window.bus.changed.emit(Changes(frozenset({kept})))
    window.reader.browser.setFocus()
    answers["remark"] = lambda _title: Remark("Chiffre à vérifier")
    qtbot.keyClick(window.reader.browser, KEY.Key_A)
    qtbot.waitUntil(lambda: bool(desk.ids(Filter(kinds=("annotation",)))))
    assert only(desk, "annotation").text("exact") == "La région paiera la moitié"
    qtbot.keyClick(window.reader.browser, KEY.Key_C)
    qtbot.waitUntil(lambda: card.quoted == kept)


def test_c_on_a_kept_passage_goes_to_its_card_and_a_comments_it_for_oneself(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot, answers: Answers
) -> None:
    browser, card = window.reader.browser, window.passages.card
    kept = quoted(window, qtbot, "La région")
    assert not card.comment.isVisible(), "what the team reads is not asked for in passing"
    answers["remark"] = lambda _title: Remark("Chiffre à vérifier")
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(browser, KEY.Key_A)
    noted = only(desk, "annotation")
    assert noted.text("exact") == only(desk, "quote").text("exact")
    assert (noted.text("comment"), noted.text("visibility")) == ("Chiffre à vérifier", "private")
    assert only(desk, "quote").text("comment") == ""

    def goes_to_its_card() -> None:
        qtbot.keyClick(browser, KEY.Key_C)
        qtbot.waitUntil(lambda: card.isAncestorOf(QApplication.focusWidget() or window))
        assert card.quoted == kept
        qtbot.keyClick(card.speaker, KEY.Key_Return)
        assert QApplication.focusWidget() is browser

    goes_to_its_card()
    at(window, "La région")
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)
    goes_to_its_card()
    assert len(desk.ids(Filter(kinds=("quote",)))) == 1
    qtbot.keyClick(browser, KEY.Key_Escape)
    qtbot.keyClick(browser, KEY.Key_H)
    while window.focus.mark() != kept:
        qtbot.keyClick(browser, KEY.Key_H)
    goes_to_its_card()


def test_what_was_quoted_stays_in_view_above_its_card(
    window: MainWindow, article: str, qtbot: QtBot
) -> None:
    browser = window.reader.browser
    at(window, "Paragraphe numéro 40")
    browser.verticalScrollBar().setValue(
        browser.verticalScrollBar().value()
        + browser.cursorRect().bottom() - browser.viewport().height() + 4
    )  # fmt: skip
    high = browser.viewport().height()
    quoted(window, qtbot, "Paragraphe numéro 40")
    qtbot.waitUntil(lambda: browser.viewport().height() < high)
    assert browser.cursorRect().top() >= 0
    assert browser.cursorRect().bottom() <= browser.viewport().height()


def test_a_highlight_changes_meaning_by_its_key_and_is_visited(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot
) -> None:
    browser = window.reader.browser
    at(window, "Le préfet")
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(browser, KEY.Key_S)
    assert only(desk, "annotation").text("motivation") == "highlighting"
    qtbot.keyClick(browser, KEY.Key_Escape)
    qtbot.keyClick(browser, KEY.Key_H)
    assert window.focus.mark() == only(desk, "annotation").id
    for meaning in ("key", "fact"):
        with qtbot.waitSignal(window.bus.changed):
            qtbot.keyClick(browser, KEY.Key_S)
        assert only(desk, "annotation").text("meaning") == meaning
    (shown,) = [one for one in browser.highlights if one.kind == "annotation"]
    assert (shown.shape, shown.meaning) == ("▲", "fact")


def test_a_colleague_is_answered_from_the_card(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot, answers: Answers
) -> None:
    asked = desk.annotate(article, "la moitié des travaux", Remark("Qui le dit ?", asks=True))
    window.bus.changed.emit(Changes(frozenset({asked})))
    window.reader.browser.setFocus()
    qtbot.keyClick(window.reader.browser, KEY.Key_H)
    answers["remark"] = lambda _title: Remark("Le président de région, hier.")
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_A, SHIFT)
    (reply,) = desk.margin.replies(asked)
    assert reply.text("comment") == "Le président de région, hier."
    (shown,) = [one for one in window.reader.browser.highlights if one.thing == asked]
    assert shown.card is not None
    assert [one.text for one in shown.card.replies] == ["Le président de région, hier."]


def test_words_are_found_without_accents_and_stepped_through(
    window: MainWindow, article: str, qtbot: QtBot
) -> None:
    browser, bar = window.reader.browser, window.reader.seeker.bar
    qtbot.keyClick(browser, KEY.Key_F, CTRL)
    assert bar.isVisible()
    bar.field.setText("eleve")
    assert bar.count.text() == "1 of 1"
    bar.field.setText("paragraphe numero 1")
    assert bar.count.text().endswith("of 11")
    first = bar.count.text()
    qtbot.keyClick(bar.field, KEY.Key_Return)
    assert bar.count.text() != first
    qtbot.keyClick(bar.field, KEY.Key_Return, SHIFT)
    assert bar.count.text() == first
    qtbot.keyClick(bar.field, KEY.Key_Escape)
    assert not bar.isVisible()
    assert selected(window) == "Paragraphe numéro 1"
    bar.field.setText("nulle part")
    assert bar.count.text() == "not found"


def test_headings_are_gone_to(window: MainWindow, article: str, answers: Answers) -> None:
    told = [(one.level, one.text) for one in window.reader.headings()]
    assert told == [(1, "La crue de mars"), (2, "Un plan avant l’été"), (2, "Les riverains")]
    answers["choose"] = lambda _title: str(window.reader.headings()[2].position)
    window.actions_["outline"].trigger()
    assert window.reader.browser.verticalScrollBar().value() > 0


def test_the_place_where_one_stopped_is_found_again(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot
) -> None:
    other = desk.clip(
        "-", stdin=b"<title>Autre</title><p>Une autre page, courte et sans suite.</p>"
    )
    at(window, "Paragraphe numéro 40")
    window.reader.browser.ensureCursorVisible()
    window.reader.browser.scroll_to(window.reader.browser.textCursor().position())
    window.bus.changed.emit(Changes(frozenset({other.id})))
    window.open(other.id)
    qtbot.waitUntil(lambda: desk.sorting.place(article) > 0)
    window.open(article)
    assert "numéro 40" in window.reader.browser.textCursor().block().text()


def test_looks_are_chosen_seen_and_kept(window: MainWindow, article: str, qtbot: QtBot) -> None:
    browser = window.reader.browser
    before = browser.document().defaultFont().pointSizeF()
    window.actions_["bigger"].trigger()
    assert browser.document().defaultFont().pointSizeF() > before
    window.actions_["looks"].trigger()
    panel = window.reader.looks_panel
    assert panel.isVisible()
    panel.chosen.emit(Looks("narrow", 2, "sans", "sepia"))
    assert looks.read(window.state.text("reading")) == Looks("narrow", 2, "sans", "sepia")
    assert browser.looks.column() == looks.COLUMNS["narrow"]
    qtbot.keyClick(panel, KEY.Key_Escape)
    assert not panel.isVisible()
    window.perusal.wear(looks.LOOKS)
    assert looks.read("anything 99 else ?") == looks.LOOKS


def test_a_lost_passage_is_attached_by_hand(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot, answers: Answers
) -> None:
    noted = desk.annotate(article, "Les secours 🚒 étaient là dès trois heures", Remark("Vrai ?"))
    now = PAGE.replace("{more}", MORE).replace(
        "Les secours 🚒 étaient là dès trois heures.", "Des pompiers sont arrivés tard."
    )
    desk.intake.complete(article, {"text/html": now.encode()})
    window.bus.changed.emit(Changes(frozenset({article, noted})))
    assert [one.row.id for one in desk.margin.astray()] == [noted]
    at(window, "Des pompiers")
    qtbot.keyClick(window.reader.browser, KEY.Key_Right, SHIFT)
    answers["choose"] = lambda _title: noted
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_Y, SHIFT)
    assert desk.margin.astray() == []
    (placed,) = [one for one in desk.read(article).placed if one.row.id == noted]
    assert placed.anchor.status == "exact"
    assert placed.row.text("exact").startswith("Les secours")


def test_what_is_read_is_printed_with_its_marks(
    desk: Desk, window: MainWindow, article: str, answers: Answers, tmp_path: Path
) -> None:
    desk.annotate(article, "un plan de prévention", Remark(meaning="key"))
    window.bus.changed.emit(Changes(frozenset({article})))
    answers["save_file"] = lambda _title: str(tmp_path / "page.pdf")
    window.actions_["print"].trigger()
    assert str(tmp_path / "page.pdf") in window.notice.text
    pages = printed(tmp_path / "page.pdf")
    assert len(pages) > 1
    assert f"1 / {len(pages)}" in pages[0]
    assert "■" in "".join(pages)
    answers["save_file"] = lambda _title: str(tmp_path / "absent" / "page.pdf")
    window.actions_["print"].trigger()
    assert "could not be written" in window.notice.text


def printed(path: Path) -> list[str]:
    import pypdfium2

    return [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(path.read_bytes())]


def test_a_note_and_a_dossier_are_printed_and_not_what_was_read_before(
    desk: Desk, window: MainWindow, article: str, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "page.pdf"
    answers["save_file"] = lambda _title: str(path)
    note = desk.new_note("Plan vélo", "Un **plan** pour la ville.")
    dossier = desk.new_dossier("Presse du matin")
    desk.add_to_dossier(dossier, [article, note])
    window.bus.changed.emit(Changes(frozenset({note, dossier})))

    def print_out() -> str:
        path.unlink(missing_ok=True)
        window.actions_["print"].trigger()
        qtbot.waitUntil(path.exists)
        return " ".join(printed(path))

    window.open(note)
    told = print_out()
    assert "Un plan pour la ville." in told
    assert "La crue" not in told
    window.notes.write(writing=True)
    window.notes.insert("Et pour la plaine.")
    told = print_out()
    assert "Et pour la plaine." in told
    assert "**" not in told
    window.open(dossier)
    qtbot.waitUntil(lambda: window.organising.dossier.list.model().rowCount() == 2)
    told = print_out()
    assert "Presse du matin" in told
    assert "La crue de mars" in told
    assert "Les secours" not in told


def test_the_passage_that_is_visited_is_deleted_and_not_its_article(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot
) -> None:
    noted = desk.annotate(article, "la moitié des travaux", Remark("Vrai ?"))
    window.bus.changed.emit(Changes(frozenset({noted})))
    window.reader.browser.setFocus()
    qtbot.keyClick(window.reader.browser, KEY.Key_H)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_Delete)
    assert desk.rows([noted])[0].hidden
    assert not desk.rows([article])[0].hidden
    window.list.table.setFocus()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_Delete)
    assert desk.rows([article])[0].hidden


def test_other_colours_are_worn_by_what_stands_around_the_text(
    window: MainWindow, article: str, qtbot: QtBot
) -> None:
    browser = window.reader.browser
    assert theme.LIGHT.muted.lower() in browser.toHtml().lower()
    browser.verticalScrollBar().setValue(200)
    window.actions_["theme_dark"].trigger()
    qtbot.waitUntil(lambda: theme.DARK.muted.lower() in browser.toHtml().lower())
    assert theme.LIGHT.muted.lower() not in browser.toHtml().lower()
    assert browser.verticalScrollBar().value() == 200
    window.actions_["theme_light"].trigger()


def test_the_page_of_a_quote_leads_to_a_note(
    desk: Desk, window: MainWindow, article: str, answers: Answers, qtbot: QtBot
) -> None:
    quoted = desk.quote(article, "La crue a surpris la ville basse.")
    window.open(quoted)
    assert "Put in a note…" in window.reader.browser.toPlainText()
    answers["choose"] = lambda _title: "+Crues"
    with qtbot.waitSignal(window.bus.changed):
        window.reader.link_chosen.emit(f"veille:note/{quoted}")
    note = only(desk, "note")
    assert note.title == "Crues"
    assert {one.note for one in desk.read(quoted).backlinks} == {note.id}


def test_the_place_of_a_passage_is_confirmed_where_it_is_asked_for(
    desk: Desk, window: MainWindow, article: str, qtbot: QtBot
) -> None:
    said = "Le préfet promet un plan de prévention"
    lost = "La région paiera la moitié des travaux, dit la maire"
    quoted, gone = desk.quote(article, said), desk.annotate(article, lost, Remark())
    page = PAGE.replace("{more}", MORE).replace(said, "Le préfet promettait un plan de prévention")
    desk.intake.complete(article, {"text/html": page.replace(lost, "Rien de plus").encode()})
    window.bus.changed.emit(Changes(frozenset({article, quoted, gone})))
    window.open("view:astray")
    qtbot.waitUntil(lambda: set(window.list.model.ids) == {quoted, gone})
    window.list.select(gone)
    window.list.table.setFocus()
    qtbot.keyClick(window.list.table, KEY.Key_Y)
    qtbot.waitUntil(lambda: "no longer in the article" in window.notice.text)
    window.list.select(quoted)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_Y)
    assert [one.row.id for one in desk.margin.astray()] == [gone]
    qtbot.waitUntil(lambda: list(window.list.model.ids) == [gone])
