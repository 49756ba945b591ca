"""The pieces of the window, each on its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from veille.desk import paths
from veille.desk.desk import Desk
from veille.domain.errors import StoreDamaged
from veille.domain.views import Filter, Row
from veille.extract.canonical import canonical_text
from veille.sentences import catalogue
from veille.ui import theme
from veille.ui.app import application, dress, go_back
from veille.ui.browse import views
from veille.ui.browse.list_pane import ListPane
from veille.ui.browse.rows_model import RowsModel
from veille.ui.reading.browser import Browser
from veille.ui.reading.text_map import TextMap
from veille.ui.widgets.empty_state import EmptyState
from veille.ui.widgets.fitting import fitted
from veille.ui.widgets.notice_bar import NoticeBar
from veille.ui.widgets.prose import for_qt
from veille.ui.widgets.prose import sheet as sheet_of


def test_calls_into_qt_do_not_eat_none(qapp: object) -> None:
    """PySide6 6.12.0 drops one reference to None a void call: CPython 3.11 aborts after 5,200."""
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(400):
        label.setText(str(number))
        label.resize(10, 10)
    assert abs(sys.getrefcount(None) - before) < 100


def test_the_list_model_keeps_qts_rules(desk: Desk, qtmodeltester: ModelTester) -> None:
    desk.fill_demo()
    model = RowsModel(desk.rows, views.describe)
    ids = desk.ids(Filter())
    for force_py in (False, True):
        model.show(ids)
        qtmodeltester.check(model, force_py=force_py)
        model.show(ids[:3])
        model.show([])
    model.show(ids)
    assert model.rowCount(model.index(0, 0)) == 0
    row = model.row_at(0)
    assert isinstance(row, Row)
    assert model.row_of(ids[70]) == 70
    assert model.row_of("nothing") == -1


@pytest.mark.parametrize(
    "html",
    [
        "<p>Un emoji 🙂 puis « des\u00a0guillemets\u00a0» et la suite.</p>",
        "<h2>Titre</h2><ul><li>un 🙂</li><li>deux</li></ul><p>la fin</p>",
        "<table><tr><th>a</th><td>b 🙂</td></tr><tr><td>c</td><td>d</td></tr></table><p>après</p>",
        "<p>image <img src='x' alt='rien'> et texte</p><blockquote><p>cité</p></blockquote>",
        "<p>ligne<br>suivante</p><pre>  du   code</pre><p>e\u0301 combinant</p>",
    ],
)
def test_passages_stand_where_the_canonical_text_says(qapp: object, html: str) -> None:
    canonical = canonical_text(html)
    document = QTextDocument()
    document.setHtml("<h1>Un en-tête 🙂</h1><p>\u2063</p>" + for_qt(html))
    head, mark, body = document.toRawText().partition("\u2063")
    mapping = TextMap(canonical, body, len((head + mark).encode("utf-16-le")) // 2)
    assert mapping.whole
    for start in range(len(canonical)):
        if canonical[start].isspace():
            continue
        place = mapping.to_document(start, start + 1)
        assert place is not None
        cursor = QTextCursor(document)
        cursor.setPosition(place[0])
        cursor.movePosition(
            QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
        )
        assert cursor.selectedText()[:1] == canonical[start]
        assert mapping.to_canonical(*place) == (start, start + 1)
    assert mapping.to_document(len(canonical), len(canonical) + 5) is None


def test_nothing_is_ever_loaded_from_outside(qtbot: QtBot, tmp_path: Path, qapp: object) -> None:
    asked: list[str] = []
    browser = Browser(lambda name: asked.append(name) or b"")  # type: ignore[func-returns-value]
    qtbot.addWidget(browser)
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG")
    html = f'<img src="{secret.as_uri()}"><img src="http://evil.example/x.png"><img src="https://kept/x">'
    browser.show_html(html, "", {"https://kept/x": "blob"}, blocked="not kept")
    browser.resize(600, 400)
    browser.grab()
    assert set(asked) == {"blob"}
    assert browser.loadResource(3, QUrl("http://evil.example/style.css")) == b""


def test_narrow_spaces_never_end_a_line_and_places_stay(qtbot: QtBot, qapp: object) -> None:
    html = "<p>Vraiment\u202f? Il y en a 4\u202f100, <a href='https://x.example/\u202f'>là</a></p>"
    browser = Browser(lambda _name: b"")
    qtbot.addWidget(browser)
    browser.show_html(html, "", {}, blocked="")
    assert browser.document().toRawText() == "Vraiment\u00a0? Il y en a 4\u00a0100, là"
    links = [one.toCharFormat().anchorHref() for one in browser.document().allFormats()]
    assert "https://x.example/\u202f" in links


def test_the_bar_of_a_quotation_is_beside_all_of_it(qtbot: QtBot, qapp: object) -> None:
    theme.apply(application(), "light", contrast="off")
    browser = Browser(lambda _name: b"")
    qtbot.addWidget(browser)
    quoted = "<blockquote><p>un</p><p>deux</p><ul><li>trois</li></ul><p>quatre</p></blockquote>"
    html = f"<p>avant</p>{quoted}<p>après</p><blockquote>seul</blockquote><p>fin</p>"
    sheet = sheet_of(12.0, theme.LIGHT, theme.UI_FONT)
    browser.resize(700, 800)
    browser.show_html(html, sheet, {}, blocked="")
    browser.show()
    picture = browser.viewport().grab().toImage()
    left = round(browser.document().rootFrame().frameFormat().leftMargin()) + 7
    accent = QColor(theme.LIGHT.accent)
    barred = {y for y in range(picture.height()) if picture.pixelColor(left, y) == accent}

    def lines(words: str) -> range:
        cursor = browser.document().find(words)
        box = browser.cursorRect(cursor)
        return range(box.top() + 4, box.bottom() - 4)

    assert barred >= set(range(lines("un").start, lines("quatre").stop)), "without a gap"
    assert barred >= set(lines("seul"))
    for words in ("avant", "après", "fin"):
        assert barred.isdisjoint(lines(words))


def test_names_are_cut_before_dates(qapp: object) -> None:
    theme.apply(application(), "light", contrast="off")
    metrics = QFontMetrics(theme.ui_font(theme.SMALL))
    told = "La Gazette des Trois-Rivières · 15 septembre 2025 · par Malik Benhaddou"
    wide = metrics.horizontalAdvance(told)
    assert fitted(told, metrics, wide) == told
    for room in range(wide - 1, 40, -7):
        shown = fitted(told, metrics, room)
        assert metrics.horizontalAdvance(shown) <= room
        assert "…" in shown
        if room > 210:
            assert " · 15 septembre 2025 · " in shown
    assert fitted("", metrics, 100) == ""
    assert fitted("15 septembre 2025", metrics, 40).endswith("…")


def test_a_line_that_is_cut_has_all_of_it_in_its_hint(desk: Desk, qtbot: QtBot) -> None:
    desk.fill_demo()
    pane = ListPane(desk.rows, views.describe, lambda: 0)
    qtbot.addWidget(pane)
    pane.resize(340, 500)
    pane.show_list("Articles", desk.ids(Filter(kinds=("article",))))
    pane.show()
    pane.grab()
    index, option = pane.model.index(0, 0), QStyleOptionViewItem()
    row = pane.model.row_at(0)
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), pane.mapToGlobal(QPoint(5, 5)))
    assert row is not None
    assert pane.delegate.helpEvent(event, pane.table, option, index)
    assert escape(row.title) in QToolTip.text()
    assert escape(row.source) in QToolTip.text()
    pane.resize(2000, 500)
    pane.grab()
    assert not pane.delegate.helpEvent(event, pane.table, option, index), "all of it is seen"


def test_marks_within_quotation_marks_are_of_the_second_kind() -> None:
    assert catalogue.quoted("“Breathe”: a region") == "“‘Breathe’: a region”"
    catalogue.use("fr", paths.resources() / "i18n")
    told = catalogue.quoted("«\u00a0Respirez large\u00a0»\u00a0: la Région")
    assert told == "«\u00a0“Respirez large”\u00a0: la Région\u00a0»"


def test_what_an_empty_view_offers_is_reached_in_a_low_window(qtbot: QtBot, qapp: object) -> None:
    theme.apply(application(), "light", contrast="off")
    window, field, empty = QWidget(), QLineEdit(), EmptyState()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(empty, 1)
    picture = theme.pixmap("inbox", "#000000", 40)
    empty.tell(picture, "Nothing to sort", "What you clip arrives here. " * 8, "Clip a page…")
    window.resize(300, 180)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    (button,) = [one for one in empty.findChildren(QPushButton) if one.isVisible()]
    assert button.visibleRegion().isEmpty()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert button.visibleRegion().boundingRect().size() == button.size(), "scrolled to, whole"


def luminance(colour: QColor) -> float:
    parts = [channel / 255 for channel in (colour.red(), colour.green(), colour.blue())]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "c", [theme.LIGHT, theme.DARK, theme.SEPIA], ids=["light", "dark", "sepia"]
)
def test_every_text_can_be_read(c: theme.Colours) -> None:
    grounds = (c.window, c.sidebar, c.base, c.paper, c.selected, c.hover, c.card, c.chip)
    pairs = [
        (c.text, ground)
        for ground in (*grounds, c.found, c.quote, c.mark, c.fact, c.check, c.use, c.doubt)
    ]
    pairs += [
        (c.muted, ground) for ground in (c.window, c.sidebar, c.base, c.paper, c.selected, c.card)
    ]
    pairs += [
        (c.on_accent, c.accent),
        (c.warning_text, c.warning),
        (c.accent, c.paper),
        (c.error, c.base),
        *((edge, c.paper) for edge in (c.mark_edge, c.fact_edge, c.check_edge, c.use_edge)),
        *((edge, c.card) for edge in (c.mark_edge, c.fact_edge, c.check_edge, c.use_edge)),
        (c.muted, c.card),
        (c.warning_text, c.warning),
    ]
    worst = min(pairs, key=lambda pair: contrast(*pair))
    assert contrast(*worst) >= 4.5, worst


def test_the_notice_bar_stays_for_errors_and_offers_what_to_do(qtbot: QtBot, qapp: object) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.say("Clippé : tronqué", actions=["Ouvrir", "Compléter…", "Garder ainsi"])
    with qtbot.waitSignal(bar.action_requested, timeout=1_000) as pressed:
        bar._buttons[1].click()
    assert pressed.args == [1]
    assert bar.text == ""
    bar.say("Écarté", actions=["Annuler"])
    assert [one.isHidden() for one in bar._buttons] == [False, True, True]
    bar.say("Le disque est plein", tone="error")
    assert not bar._timer.isActive()


def test_a_long_notice_has_its_buttons_below(qtbot: QtBot, qapp: object) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    some = ["Compléter…", "Garder ainsi", "Ouvrir"]
    for text, actions, below in (
        ("Capté.", some, False),
        ("Capté : une page dont le titre est long. " * 3, some, True),
        ("Capté : une page dont le titre est long. " * 3, some[:1], False),
    ):
        bar.say(text, actions=actions)
        bar.fit(620)
        application().processEvents()
        button, words = bar._buttons[0], bar._text
        at = button.mapTo(bar, QPoint(0, 0))
        assert (at.y() >= words.geometry().bottom()) == below, (text, actions)
        assert (at.x() >= words.geometry().right()) != below
        assert bar.rect().contains(bar._buttons[len(actions) - 1].geometry().translated(
            bar._acts.pos()
        ))  # fmt: skip
        assert words.height() >= words.heightForWidth(words.width())


def test_what_is_said_behind_another_window_stays_until_it_can_be_read(
    qtbot: QtBot, qapp: object
) -> None:
    window, other = QWidget(), QWidget()
    bar = NoticeBar(window)
    for one in (window, other):
        qtbot.addWidget(one)
        one.show()
    for active, counts in ((other, False), (window, True)):
        active.activateWindow()
        qtbot.waitUntil(active.isActiveWindow)
        if active is other:
            bar.say("Capté")
        assert bar._timer.isActive() == counts
    bar.say("Écarté")
    assert bar._timer.isActive()


def test_every_view_says_what_to_do_when_it_is_empty() -> None:
    for view in (
        "inbox",
        "waiting",
        "articles",
        "quotes",
        "notes",
        "dossiers",
        "search",
    ):
        told = views.empty(view, "")
        assert told.title
        assert told.text


def test_the_dialogs_of_qt_are_in_the_language_of_the_person(
    desk: Desk, qtbot: QtBot, qapp: object
) -> None:
    catalogue.use("fr", paths.resources() / "i18n")
    dress(application(), desk)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Regarder" in told
    assert "type" not in told.replace("&Type de fichiers", "")
    assert application().translate("QAbstractFileIconProvider", "Folder") == "Dossier"
    catalogue.use("en", paths.resources() / "i18n")
    dress(application(), desk)
    assert application().translate("QAbstractFileIconProvider", "Folder") == "Folder"


def test_a_memory_that_cannot_be_read_can_go_back_to_a_copy(
    qapp: object, tmp_path: Path, answers: dict[str, Callable[[str], object]]
) -> None:
    desk = Desk.open(str(tmp_path / "one"))
    desk.new_note("avant", "texte")
    desk.back_up()
    desk.close()
    place = paths.profile(str(tmp_path / "one"))
    place.database.write_bytes(b"not a database at all" * 400)
    with pytest.raises(StoreDamaged) as caught:
        Desk.open(str(place.root))
    answers["one_of"] = lambda _title: "quit"
    assert not go_back(place, caught.value)
    answers["one_of"] = lambda _title: "back"
    assert go_back(place, caught.value)
    desk = Desk.open(str(place.root))
    assert [row.title for row in desk.rows(desk.ids(Filter(kinds=("note",))))] == ["avant"]
    desk.close()
