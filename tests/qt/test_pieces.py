"""The pieces of the window, each on its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFileDialog, QLabel
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
from veille.ui.browse.rows_model import RowsModel
from veille.ui.reading.browser import Browser
from veille.ui.reading.text_map import TextMap
from veille.ui.widgets.notice_bar import NoticeBar
from veille.ui.widgets.prose import for_qt


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
