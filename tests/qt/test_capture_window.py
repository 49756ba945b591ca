"""Clipping by hand in the window: keys, notices with what to do, repairs, proposals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from tests.conftest import Site
from tests.story.test_capture import SENTENCE, WALL, story
from veille.desk.clipping import ClipOptions, Clipped
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.views import Filter
from veille.ui.main_window import MainWindow

Answers = dict[str, Callable[[str], object]]
KEY = Qt.Key
QUOTED = (
    "<p>« Nous voulons des rues calmes pour tous », affirme Claire Dubois, maire de Valmont.</p>"
)


def opened(window: MainWindow, desk: Desk, article: str) -> None:
    window.bus.changed.emit(Changes(frozenset({article})))
    window.open(article)


def buttons(window: MainWindow) -> list[str]:
    return [one.text() for one in window.notice._buttons if not one.isHidden()]


def test_d1_5_a_file_saved_in_the_folder_arrives_and_says_so(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    from veille.sentences import clipping

    folder = desk.intake.folder(clipping.folders())
    window.incoming.start()
    (folder / "budget.html").write_text(story(30), "utf-8")
    qtbot.waitUntil(lambda: "Le budget voté" in window.notice.text, timeout=30_000)
    assert "Complete" in window.notice.text
    assert "words" in window.notice.text
    assert desk.count(Filter(kinds=("article",))) == 1


def test_pages_that_arrive_at_once_are_told_in_one_sentence(
    desk: Desk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for name in ("Le budget", "Le marché", "La gare"):
        page = f"{name}\n\nUn texte de presse sur la ville, et {name.lower()}.".encode()
        made.append(desk.clip("-", ClipOptions(url=f"https://x.example/{name}"), stdin=page).id)
    asked: list[str] = []
    monkeypatch.setattr(window.incoming, "ask", lambda _do, one, **_how: asked.append(one))
    window.incoming._on_collected({"problems": [], "taken": made, "settling": False})
    assert asked == made
    for one in made[:2]:
        window.incoming._on_finished(one, Clipped(one), opens=False)
        assert window.notice.text == ""
    window.incoming._on_failed(made[2], "Abandoned", {})
    assert window.notice.text == "2 pages clipped: Le budget · Le marché"
    window.notice._buttons[0].click()
    assert window.reader.thing == made[0]


def test_d1_6_what_is_missing_is_said_with_the_repair_and_b_completes(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    clipped = desk.clip("-", stdin=story(3, extra=WALL).encode())
    opened(window, desk, clipped.id)
    window.incoming._on_finished(clipped.id, Clipped(clipped.id))
    assert "Truncated" in window.notice.text
    assert buttons(window) == ["Open", "Complete…", "Keep as it is"]
    assert "subscribers" in window.reader.browser.toPlainText()
    QGuiApplication.clipboard().setText("\n\n".join(SENTENCE.format(n) for n in range(30)))
    answers["choose"] = lambda _title: "copied"
    window.list.table.setFocus()
    qtbot.keyClick(window.list.table, KEY.Key_B)
    qtbot.waitUntil(lambda: desk.rows([clipped.id])[0].verdict == "complete", timeout=30_000)
    qtbot.waitUntil(lambda: "numéro 29" in window.reader.browser.toPlainText(), timeout=5_000)


def test_whoever_completes_from_a_notice_goes_on_in_the_text(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    clipped = desk.clip("-", stdin=story(3, extra=WALL).encode())
    opened(window, desk, clipped.id)
    window.incoming._on_finished(clipped.id, Clipped(clipped.id))
    opened(window, desk, desk.new_note("Autre chose", "Un texte."))
    QGuiApplication.clipboard().setText("\n\n".join(SENTENCE.format(n) for n in range(30)))
    asked: list[str] = []

    def answer(title: str) -> str:
        asked.append(title)
        return "copied"

    answers["choose"] = answer
    window.sidebar.setFocus()
    window.notice._buttons[1].click()
    qtbot.waitUntil(lambda: desk.rows([clipped.id])[0].verdict == "complete", timeout=30_000)
    assert desk.title(clipped.id) in asked[0]
    assert window.reader.thing == clipped.id
    assert window.focusWidget() is window.reader.browser


def test_d1_7_a_link_clipped_before_says_by_whom_and_in_which_dossier(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    desk.introduce("Ahmed")
    clipped = desk.clip(
        "-", ClipOptions(url="https://courrier.example/b", dossier="Mobilités"),
        stdin=story(9, extra=QUOTED).encode(),
    )  # fmt: skip
    answers["one_of"] = lambda _title: "clip"
    words = "Nous voulons des rues calmes pour tous"
    window.clipping.open_link(
        f"veille:clip?url=https%3A%2F%2Fcourrier.example%2Fb%3Futm_source%3Dx&text={words}"
    )
    qtbot.waitUntil(lambda: "Ahmed" in window.notice.text, timeout=5_000)
    assert "Mobilités" in window.notice.text
    assert buttons(window) == ["Open", "Add my quote"]
    assert window.reader.thing == clipped.id
    with qtbot.waitSignal(window.bus.changed):
        window.notice._buttons[1].click()
    (quote,) = desk.rows(desk.ids(Filter(kinds=("quote",))))
    assert (quote.text("exact"), quote.text("speaker")) == (words, "Claire Dubois")

    other = desk.clip("-", stdin=story(4).encode()).id
    window.open(other)
    window.sidebar.setFocus()
    window.incoming.tell_already(clipped.id)
    assert buttons(window) == ["Open", "Add my quote"]
    window.notice._buttons[1].click()
    assert window.reader.thing == clipped.id
    assert window.focusWidget() is window.reader.browser


def test_a_link_of_ours_never_acts_without_asking(
    desk: Desk, window: MainWindow, answers: Answers
) -> None:
    answers["one_of"] = lambda _title: "no"
    window.clipping.open_link("veille:clip?url=https%3A%2F%2Fcourrier.example%2Fb")
    window.jobs.drain()
    assert desk.count(Filter()) == 0
    window.clipping.open_link("veille:clip?url=file%3A%2F%2F%2Fetc%2Fpasswd")
    assert "not the address of a page" in window.notice.text


def test_quotes_found_are_proposed_beside_the_text_and_kept_with_one_key(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    clipped = desk.clip("-", stdin=story(4, extra=QUOTED).encode())
    opened(window, desk, clipped.id)
    qtbot.waitUntil(lambda: bool(window.reader.proposals.found), timeout=5_000)
    shown = [one for one in window.reader.browser.highlights if one.kind == "proposed"]
    assert [one.card.text for one in shown if one.card] == ["Claire Dubois, maire de Valmont"]
    window.list.table.setFocus()
    qtbot.keyClick(window.list.table, KEY.Key_N)
    assert "1 of 1" in window.notice.text
    assert window.reader.browser.textCursor().hasSelection()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.reader.browser, KEY.Key_C)
    (quote,) = desk.rows(desk.ids(Filter(kinds=("quote",))))
    assert quote.text("exact") == "Nous voulons des rues calmes pour tous"
    assert (quote.text("speaker"), quote.text("role")) == ("Claire Dubois", "maire de Valmont")
    qtbot.waitUntil(lambda: not window.reader.proposals.found, timeout=5_000)
    window.actions_["next_found"].trigger()
    assert window.notice.text == "Every quote found in this text is kept already."


def test_quotes_found_are_those_of_the_capture_that_is_read(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    clipped = desk.clip("-", stdin=story(4).encode())
    desk.intake.complete(clipped.id, {"text/html": story(4, extra=QUOTED).encode()})
    opened(window, desk, clipped.id)
    reader = window.reader
    qtbot.waitUntil(lambda: bool(reader.proposals.found), timeout=5_000)
    with qtbot.waitSignal(reader.found_wanted, timeout=5_000):
        reader.show_thing(clipped.id, capture=desk.intake.captures(clipped.id)[1].name)
    window.jobs.drain()
    qtbot.wait(50)
    assert reader.proposals.found == []
    assert not [one for one in reader.browser.highlights if one.kind == "proposed"]
    reader.show_thing(clipped.id, capture="")
    qtbot.waitUntil(lambda: bool(reader.proposals.found), timeout=5_000)


def test_a_page_that_was_taken_down_is_told_once(
    desk: Desk, window: MainWindow, site: Site, qtbot: QtBot
) -> None:
    here = ClipOptions(intranet=True)
    article = desk.clip(site.page("/budget", story(30).encode()), here).id
    opened(window, desk, article)
    del site.routes["/budget"]
    window.incoming._again(article, intranet=True)
    qtbot.waitUntil(lambda: "not found since" in window.reader.banner.text.text(), timeout=30_000)
    window.jobs.drain()
    assert window.notice.text == ""
    assert "Waiting" not in window.reader.browser.toPlainText()
    assert desk.pending() == []
    window.incoming._again(article, intranet=True)
    qtbot.waitUntil(lambda: "404" in window.notice.text, timeout=30_000)


def test_the_record_is_corrected_with_one_key(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    clipped = desk.clip("-", stdin=story(9).encode())
    opened(window, desk, clipped.id)
    answers["form"] = lambda _title: {
        "title": "Le budget voté", "authors": "Odile Rambert, Paul Vasseur", "published": "2026-03",
    }  # fmt: skip
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["correct"].trigger()
    row = desk.rows([clipped.id])[0]
    assert (row.authors, row.published) == (("Odile Rambert", "Paul Vasseur"), "2026-03")
    assert buttons(window) == ["Undo"]


def test_a_clipboard_that_holds_nothing_is_said(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    window.clipping.paste()
    assert "nothing to clip" in window.notice.text


def test_what_is_dropped_or_pasted_is_clipped(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setHtml("".join(f"<p>{SENTENCE.format(n)}</p>" for n in range(9)))
    entering = QDragEnterEvent(
        window.rect().center(), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(
        QDropEvent(
            QPointF(window.rect().center()), Qt.DropAction.CopyAction, mime,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip

    def complete() -> int:
        rows = desk.rows(desk.ids(Filter(kinds=("article",))))
        return sum(row.verdict == "complete" for row in rows)

    qtbot.waitUntil(lambda: complete() == 1, timeout=30_000)
    QGuiApplication.clipboard().setText("Une note copiée\n\n" + SENTENCE * 5)
    window.list.table.setFocus()
    qtbot.keyClick(window.list.table, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: complete() == 2, timeout=30_000)


def test_a_page_that_cannot_be_had_waits_where_one_can_see_it(
    desk: Desk, window: MainWindow, qtbot: QtBot, site: Site
) -> None:
    window.clipping.clip_address(site.page("/interne", story(20).encode()))
    qtbot.waitUntil(lambda: "network" in window.notice.text, timeout=10_000)
    assert buttons(window) == ["It is a page of our network"]
    (waiting,) = desk.pending()
    window.sidebar.choose("waiting")
    assert window.list.model.ids == [waiting.article]
    window.notice._buttons[0].click()
    qtbot.waitUntil(lambda: not desk.pending(), timeout=30_000)
    assert desk.rows([waiting.article])[0].verdict == "complete"


def test_title_and_address_are_in_the_list_before_anything_is_fetched(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.bus.open_requested, timeout=500):
        window.clipping.clip_address("https://no-such-host.invalid/les-berges-rendues")
    assert window.list.model.rowCount() == 1
    assert "Les berges rendues" in window.reader.browser.toPlainText()


def test_captures_are_listed_and_compared(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    clipped = desk.clip("-", stdin=story(4).encode())
    desk.intake.complete(clipped.id, {"text/html": story(4, extra=QUOTED).encode()})
    opened(window, desk, clipped.id)
    answers["choose"] = lambda _title: "diff"
    window.actions_["captures"].trigger()
    qtbot.waitUntil(lambda: "struck" in window.reader.browser.toPlainText(), timeout=30_000)
    first = desk.intake.captures(clipped.id)[1]
    answers["choose"] = lambda _title: first.name
    window.actions_["captures"].trigger()
    assert window.reader.capture == first.name
    assert "Capture of" in window.reader.banner.text.text()
    assert desk.intake.captures(clipped.id)[0].name != first.name
    with qtbot.waitSignal(window.bus.changed):
        window.reader.banner.answered.emit("always")
    assert desk.intake.captures(clipped.id)[0].name == first.name


def test_the_link_of_a_second_start_is_heard(
    desk: Desk, window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from veille import __main__ as program

    started: list[tuple[object, ...]] = []
    monkeypatch.setattr("veille.ui.app.start", lambda *words: started.append(words) or 0)
    program.main(["--profile", "/tmp/x", "veille:clip?url=https%3A%2F%2Fa.example"])
    assert started == [("/tmp/x", "veille:clip?url=https%3A%2F%2Fa.example")]
    assert QUrl("veille:clip?url=https%3A%2F%2Fa.example").isValid()


def test_a_wrong_address_is_said_and_can_be_corrected(
    desk: Desk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    typed = iter(("courrier point example", "https://courrier.example/b"))

    def answer(_parent: object, _title: str, hint: str, *, initial: str, label: str) -> str:
        asked.append((hint, initial))
        return next(typed)

    monkeypatch.setattr("veille.ui.clipping.ask.text", answer)
    monkeypatch.setattr(window.incoming, "fetch", lambda _article: None)
    with qtbot.waitSignal(window.bus.open_requested):
        window.actions_["clip"].trigger()
    assert len(asked) == 2
    hint, initial = asked[1]
    assert "is not the address of a page" in hint
    assert initial == "courrier point example"
    assert window.notice.text == ""
    assert desk.count(Filter(kinds=("article",))) == 1
