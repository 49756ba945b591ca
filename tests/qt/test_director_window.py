"""The director looks for the past, by hand in the window: D.1 steps 8 and 9, D.2 steps 5 to 8."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import Site
from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.domain.errors import ServerSaid
from veille.domain.facts import Changes
from veille.domain.views import Filter, Row
from veille.sentences import citing
from veille.ui.main_window import MainWindow

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
Answers = dict[str, Callable[[str], object]]

SAID = (
    "Nous avons évacué quarante familles en une nuit",
    "Le plan de prévention des inondations sera prêt avant l’été",
    "Personne n’a vu venir une crue pareille",
)
TOPICS = (
    "La ville compte ses dégâts, rue après rue, jour {n}.",
    "Le conseil débat des digues à relever et vote la mesure {n}.",
    "Des bénévoles servent la soupe aux familles du gymnase {n}.",
)
SOURCES = ("Le Courrier de Valmont", "L’Écho des Rives", "La Gazette")


def page(number: int) -> bytes:
    filler = " ".join(TOPICS[number].format(n=n) for n in range(30))
    author = '<meta name="author" content="Léa Fontaine">' if number else ""
    return f"""<html lang="fr"><head><title>Inondations, jour {number}</title>{author}
<meta property="og:site_name" content="{SOURCES[number]}">
<meta property="article:published_time" content="2024-03-1{number + 2}"></head><body><article>
<p>L’inondation occupe toutes les conversations de la ville basse depuis dimanche soir. {filler}</p>
<p>« {SAID[number]} », dit Anne Lebrun, maire de Valmont, devant la digue.</p>
<p>La suite au prochain conseil, qui se tiendra mardi, en public.</p></article></body></html>""".encode()


@pytest.fixture
def articles(desk: Desk, window: MainWindow, site: Site, qtbot: QtBot) -> list[str]:
    here = ClipOptions(intranet=True)
    made = [desk.clip(site.page(f"/{n}", page(n)), here).id for n in range(3)]
    window.bus.changed.emit(Changes(frozenset(made)))
    return made


def select_sentence(window: MainWindow, qtbot: QtBot, words: str) -> None:
    browser = window.reader.browser
    found = browser.document().find(words)
    assert not found.isNull()
    cursor = browser.textCursor()
    cursor.setPosition(found.selectionStart())
    browser.setTextCursor(cursor)
    browser.setFocus()
    qtbot.keyClick(browser, KEY.Key_Right, SHIFT)


def quotes(desk: Desk) -> list[Row]:
    return desk.rows(desk.ids(Filter(kinds=("quote",))))


def indexed(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.unindexed() == 0, timeout=20_000)


def test_a_sentence_becomes_a_quote_with_its_card_and_a_comment(
    desk: Desk, window: MainWindow, qtbot: QtBot, articles: list[str], answers: Answers
) -> None:
    """D1.8 and D1.9."""
    window.open(articles[0])
    select_sentence(window, qtbot, SAID[0])
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_C)
    card = window.passages.card
    qtbot.waitUntil(card.isVisible)
    (quote,) = quotes(desk)
    assert quote.text("exact").startswith(SAID[0][:20])
    assert "Inondations, jour 0" in card.source.text()
    assert SOURCES[0] in card.source.text()
    assert "words" in card.meter.text()
    assert "article" in card.meter.text()
    assert card.author.property("tone") == "missing"
    assert "not stated" in card.author.placeholderText()
    card.copied.emit(quote.id)
    qtbot.waitUntil(lambda: "reference" in window.notice.text)
    mime = QGuiApplication.clipboard().mimeData()
    assert "author not stated" in mime.text()
    assert "<i>Inondations, jour 0</i>" in mime.html()
    assert "*Inondations, jour 0*" in bytes(mime.data("text/markdown").data()).decode()

    asked: list[str] = []
    answers["remark"] = lambda title: asked.append(title) or Remark("Chiffre à vérifier")
    select_sentence(window, qtbot, "La suite au prochain conseil")
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_A)
    (noted,) = desk.rows(desk.ids(Filter(kinds=("annotation",))))
    assert (noted.text("visibility"), noted.text("comment")) == ("private", "Chiffre à vérifier")
    assert asked == ["Comment"]


def test_what_was_said_becomes_a_note_whose_references_open_the_passage(
    desk: Desk, window: MainWindow, qtbot: QtBot, articles: list[str], site: Site
) -> None:
    """D2.5, D2.7 and D2.8: the page was changed, then taken down, since."""
    for number, article in enumerate(articles):
        desk.quote(article, SAID[number], speaker="Anne Lebrun", role="maire de Valmont")
    window.bus.changed.emit(Changes(frozenset(articles)))
    window.rounds.drain_soon()
    indexed(desk, qtbot)
    window.search.setFocus()
    window.search.setText("inondations")
    qtbot.keyClick(window.search, KEY.Key_F2)
    pane = window.said.pane
    assert window.pages.currentWidget() is pane
    assert window.sidebar.chosen == "said"
    qtbot.waitUntil(lambda: pane.model.rowCount() > 2, timeout=5_000)
    pane.list.setFocus()
    qtbot.keyClick(pane.list, KEY.Key_A, CTRL)
    with qtbot.waitSignal(window.bus.open_requested):
        qtbot.keyClick(pane.list, KEY.Key_N, CTRL | SHIFT)
    (note,) = desk.ids(Filter(kinds=("note",)))
    assert window.pages.currentWidget() is window.inner
    text = desk.read(note).text
    for one in quotes(desk):
        assert f"![[{one.id}]]" in text
        assert {link.note for link in desk.read(one.id).backlinks} == {note}
    assert "author not stated" in text
    assert "Léa Fontaine" in text

    rewritten = page(0).decode().replace(SAID[0], "Rien de ce qui fut dit ce jour-là n’est resté")
    desk.intake.complete(articles[0], {"text/html": rewritten.encode()})
    del site.routes["/0"]
    desk.intake.again(articles[0], intranet=True)
    with pytest.raises(ServerSaid):
        desk.fetch(articles[0])
    window.bus.changed.emit(Changes(frozenset(articles)))
    first = next(one for one in quotes(desk) if one.text("exact") == SAID[0])
    window.notes.link_chosen.emit(f"veille:{first.id}")
    assert window.reader.thing == articles[0]
    assert window.reader.browser.focused == first.id
    banner = window.reader.banner.text.text()
    assert "not found since" in banner
    assert "Capture of" in banner
    assert SAID[0] in window.reader.browser.toPlainText()


def test_a_quote_goes_from_its_card_into_a_note(
    desk: Desk, window: MainWindow, qtbot: QtBot, articles: list[str], answers: Answers
) -> None:
    note = desk.new_note("Inondations", "Mon texte.")
    window.open(articles[0])
    qtbot.keyClick(window.reader.browser, KEY.Key_C, SHIFT)
    assert "Choose a quote first" in window.notice.text
    select_sentence(window, qtbot, SAID[0])
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_C)
    qtbot.waitUntil(window.passages.card.isVisible)
    (quote,) = quotes(desk)
    answers["choose"] = lambda _title: note
    window.reader.browser.setFocus()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_C, SHIFT)
    text = desk.read(note).text
    assert text.startswith("Mon texte.")
    assert f"![[{quote.id}]]" in text
    assert "Inondations, jour 0" in text
    assert window.notice.text == "Put in “Inondations”."
    assert window.reader.thing == articles[0], "she goes on with the article"
    answers["choose"] = lambda _title: "+Une autre"
    button = next(one for one in window.passages.card.findChildren(QPushButton)
                  if one.text() == "In a note…")  # fmt: skip
    with qtbot.waitSignal(window.bus.changed):
        button.click()
    titles = {row.title for row in desk.rows(desk.ids(Filter(kinds=("note",))))}
    assert titles == {"Inondations", "Une autre"}


def test_a_story_is_read_side_by_side(
    desk: Desk, window: MainWindow, qtbot: QtBot, articles: list[str]
) -> None:
    """D2.6."""
    desk.quote(articles[1], SAID[1])
    window.sidebar.choose("inbox")
    window.list.table.setFocus()
    window.list.table.selectAll()
    qtbot.keyClick(window.list.table, KEY.Key_V)
    angles = window.said.angles
    assert window.pages.currentWidget() is angles
    qtbot.waitUntil(lambda: len(angles.cards) == 3, timeout=5_000)
    qtbot.keyClick(angles.cards[0], KEY.Key_Escape)
    assert window.pages.currentWidget() is window.inner


def test_everything_that_is_marked_is_one_list_that_is_searched(
    desk: Desk, window: MainWindow, qtbot: QtBot, articles: list[str]
) -> None:
    for number, article in enumerate(articles):
        desk.quote(article, SAID[number])
    noted = desk.annotate(articles[2], "La suite au prochain conseil", Remark("À suivre"))
    window.bus.changed.emit(Changes(frozenset(articles)))
    window.rounds.drain_soon()
    indexed(desk, qtbot)
    window.sidebar.choose("quotes")
    qtbot.waitUntil(lambda: len(window.list.model.ids) == 4, timeout=5_000)
    window.search.setFocus()
    qtbot.keyClicks(window.search, "crue")
    qtbot.waitUntil(lambda: len(window.list.model.ids) == 1, timeout=5_000)
    window.search.setText("")
    window.open(noted)
    assert window.reader.thing == noted
    assert "À suivre" in window.reader.browser.toPlainText()


def test_the_house_chooses_how_it_cites(
    desk: Desk, window: MainWindow, qtbot: QtBot, articles: list[str], answers: Answers
) -> None:
    window.open(articles[1])
    answers["choose"] = lambda _title: "own"
    patterns = iter(["{quote} {author}", "[{quote}] {author} / {source}"])
    answers["text"] = lambda _title: next(patterns)
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["citation_style"].trigger()
    assert desk.citing.style() == "[{quote}] {author} / {source}"
    window.actions_["copy_reference"].trigger()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == f"Léa Fontaine / {SOURCES[1]}")
    assert citing.style_name(desk.citing.style()) == "Our own pattern"


def test_annotations_leave_and_come_by_the_file_menu(
    desk: Desk, window: MainWindow, qtbot: QtBot, articles: list[str], answers: Answers,
    tmp_path: Path,
) -> None:  # fmt: skip
    desk.annotate(articles[0], "La suite au prochain conseil", Remark("Note"))
    window.open(articles[0])
    target = tmp_path / "notes.jsonld"
    answers["one_of"] = lambda _title: "one"
    answers["save_file"] = lambda _title: str(target)
    window.actions_["export_annotations"].trigger()
    qtbot.waitUntil(lambda: "Written" in window.notice.text, timeout=5_000)
    told = json.loads(target.read_text(encoding="utf-8"))
    told["items"][0]["id"] = "https://elsewhere.example/1"
    target.write_text(json.dumps(told), encoding="utf-8")
    answers["files"] = lambda _title: [str(target)]
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["import_annotations"].trigger()
    assert len(desk.ids(Filter(kinds=("annotation",)))) == 2
    assert "1 annotation added" in window.notice.text
