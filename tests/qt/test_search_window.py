"""The past, looked for in the window: scenario D.2, steps 1 to 5 and 9."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.ui.browse import search_page
from veille.ui.browse.histogram import bars
from veille.ui.main_window import MainWindow

KEY = Qt.Key
Answers = dict[str, Callable[[str], object]]


@pytest.fixture
def typed(desk: Desk, window: MainWindow, qtbot: QtBot) -> Callable[[str], list[str]]:
    desk.fill_demo()
    desk.drain()

    def type_(text: str) -> list[str]:
        window.search.setFocus()
        window.search.selectAll()
        with qtbot.waitSignal(window.page.answered, timeout=10_000):
            qtbot.keyClicks(window.search, text)
        window.jobs.drain()
        qtbot.wait(50)
        return list(window.list.model.ids)

    return type_


def values(window: MainWindow, name: str) -> dict[str, str]:
    """Give the values of a facet as they are shown, with their counts."""
    tree = window.page.facets.tree
    found = {}
    for number in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(number)
        for place in range(group.childCount()):
            item = group.child(place)
            if item.data(0, Qt.ItemDataRole.UserRole) == name:
                found[item.text(0)] = item.text(1)
    return found


def test_each_key_answers_with_counts_and_facets(
    typed: Callable[[str], list[str]], window: MainWindow
) -> None:
    ids = typed("crue")
    assert len(ids) == 9
    kinds = values(window, "kind")
    assert sum(map(int, kinds.values())) == 9
    assert len(values(window, "source")) >= 2
    assert window.page.facets.histogram.isVisible()
    assert window.page.facets.histogram.accessibleDescription()
    article = next(one for one in ids if one.startswith("a-"))
    assert window.list._extracts(article).detail.count(" · ") == 2, "source, date, who filed it"
    assert any(window.list._extracts(one).marks for one in ids)


def test_a_facet_is_chosen_from_the_keyboard(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot
) -> None:
    everything = typed("crue")
    tree = window.page.facets.tree
    tree.setFocus()
    tree.setCurrentItem(tree.topLevelItem(0).child(1))
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        qtbot.keyClick(tree, KEY.Key_Space)
    narrowed = window.list.model.ids
    assert 0 < len(narrowed) < len(everything)
    assert tree.currentItem().checkState(0) == Qt.CheckState.Checked
    assert sum(map(int, values(window, "kind").values())) == 9, "its own counts stay open"
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        qtbot.mouseClick(window.page.facets.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.list.model.ids) == len(everything), timeout=5_000)


def test_a_period_is_chosen_in_the_histogram(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot
) -> None:
    everything = typed("crue")
    histogram = window.page.facets.histogram
    histogram.setFocus()
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        qtbot.keyClick(histogram, KEY.Key_Space)
    assert 0 < len(window.list.model.ids) < len(everything)
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        qtbot.keyClick(histogram, KEY.Key_Delete)
    assert len(window.list.model.ids) == len(everything)
    end = QPoint(histogram.width() - 2, 10)
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        QTest.mouseClick(histogram, Qt.MouseButton.LeftButton, pos=end)
    assert 0 < len(window.list.model.ids) < len(everything)


def test_enter_takes_the_last_word_as_it_is(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot
) -> None:
    begun = typed("communi")
    assert begun
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        qtbot.keyClick(window.search, KEY.Key_Return)
    window.jobs.drain()
    assert window.list.table.hasFocus()
    assert window.list.model.ids != begun, "nobody writes communi: commune is meant"
    window.search.setFocus()
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        qtbot.keyClick(window.search, KEY.Key_C)
    assert not window.page._is_finished, "and it goes on"


def test_what_narrows_is_said_and_goes_with_the_query_it_narrowed(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot
) -> None:
    typed("crue")
    facets, page = window.page.facets, window.page
    assert not facets.period.isVisible()
    with qtbot.waitSignal(page.answered, timeout=10_000):
        facets.histogram.period_chosen.emit((199901, 199901))
    assert (facets.period.isVisible(), facets.period.text()) == (True, "January 1999")
    assert window.list.model.ids == []
    title, text, button = window.list.empty.told
    assert title == "Nothing found in what is chosen"
    assert "January 1999" in text
    assert button == "Show everything"
    window.search.setFocus()
    window.search.end(False)
    with qtbot.waitSignal(page.answered, timeout=10_000):
        qtbot.keyClick(window.search, KEY.Key_S)
    assert window.list.model.ids == [], "the same query goes on: what narrows it stays"
    with qtbot.waitSignal(page.answered, timeout=10_000):
        window.list.empty.action_requested.emit()
    assert len(window.list.model.ids) == 9
    for again in (lambda: typed("budget"), lambda: window.viewing.search_for("budget")):
        with qtbot.waitSignal(page.answered, timeout=10_000):
            facets.histogram.period_chosen.emit((199901, 199901))
        with qtbot.waitSignal(page.answered, timeout=10_000):
            again()
        assert window.list.model.ids
        assert not facets.period.isVisible()


def test_a_mistyped_filter_is_said_and_put_right_by_its_link(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot
) -> None:
    assert typed("crue soucre:courrier")
    message = window.page.head._message
    assert message.isVisible()
    assert "source:" in message.text()
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        message.linkActivated.emit("crue source:courrier")
    assert window.search.text() == "crue source:courrier"
    assert window.list.model.ids
    assert not message.isVisible()


def test_a_slip_is_said_while_it_is_typed(
    typed: Callable[[str], list[str]], window: MainWindow
) -> None:
    assert typed("budgt"), "what was probably meant is listed"
    assert "Did you mean" in window.page.head._message.text()
    assert "budget</a>" in window.page.head._message.text()


def test_the_arrow_leads_from_the_field_to_what_was_found(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot
) -> None:
    ids = typed("crue")
    qtbot.keyClick(window.search, KEY.Key_Down)
    assert window.list.table.hasFocus()
    assert window.list.current == ids[0]


def test_a_folder_that_is_back_is_told_under_the_answer(
    typed: Callable[[str], list[str]], window: MainWindow, desk: Desk, share_folder: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    team = desk.create_space("Com", str(share_folder), full_text=True)
    away = share_folder.with_name("away")
    share_folder.rename(away)
    desk.sync(space=team.id)
    typed("crue")
    foot = window.list._foot
    qtbot.waitUntil(lambda: "Com has not answered" in foot.text())
    away.rename(share_folder)
    desk.sync(space=team.id)
    window.rounds.synced.emit()
    qtbot.waitUntil(lambda: bool(foot.text()) and "Com" not in foot.text())


def test_a_summary_stays_until_it_is_read_or_closed(
    typed: Callable[[str], list[str]], window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    saved = desk.save_search("Inondations", "inondation", every="weekly")
    begun = desk._house.now()
    desk._house.now = lambda: begun + 60_000
    desk.new_note("La digue", "Une inondation de plus.")
    desk.drain()
    desk._house.now = lambda: begun + 8 * 86_400_000
    window.alerts.look()
    qtbot.waitUntil(lambda: "Inondations: 1 new" in window.notice.text)
    assert not window.notice._timer.isActive(), "it does not go by itself"
    window.bus.say("Something else")
    assert [one.search.id for one in desk.summaries()] == [saved], "nobody read it"
    window.alerts.look()
    qtbot.waitUntil(lambda: "Inondations: 1 new" in window.notice.text)
    qtbot.keyClick(window, KEY.Key_Escape)
    window.jobs.drain()
    assert desk.summaries() == []
    assert window.notice.isHidden()


def test_a_search_is_saved_and_tells_its_news(
    typed: Callable[[str], list[str]], window: MainWindow, desk: Desk, answers: Answers,
    qtbot: QtBot,
) -> None:  # fmt: skip
    typed("crue OU inondation")
    answers["text"] = lambda _title: "Inondations"
    answers["one_of"] = lambda _title: "now"
    with qtbot.waitSignal(window.page.saved_changed, timeout=5_000):
        window.actions_["save_search"].trigger()
    qtbot.waitUntil(lambda: "saved:" in str(_views(window)), timeout=5_000)
    saved = desk.saved_searches()
    assert [(one.title, one.alert, one.new) for one in saved] == [("Inondations", True, 0)]
    assert "told at once" in window.page.head._message.text()
    with qtbot.waitSignal(window.page.saved_changed, timeout=5_000):
        window.actions_["save_search"].trigger()
    assert len(desk.saved_searches()) == 1, "what is saved already is changed"
    desk._house.now = lambda: saved[0].visited + 60_000
    newest = desk.new_note("La digue", "Une inondation de plus.")
    desk.drain()
    window.viewing.refresh_saved()
    qtbot.waitUntil(lambda: _news(window) == 1, timeout=5_000)
    assert window.notice.isVisible()
    window.sidebar.choose(f"saved:{saved[0].id}")
    qtbot.waitUntil(lambda: _news(window) == 0, timeout=5_000)
    assert window.search.text() == "crue OU inondation"
    assert len(window.list.model.ids) > 9
    model = window.list.model
    lines = {one: model.line_at(row) for row, one in enumerate(model.ids)}
    assert [one for one in lines if lines[one].is_new] == [newest], "what is new is told apart"
    index = model.index(model.row_of(newest), 0)
    assert ", new" in model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    row = model.row_at(model.row_of(newest))
    assert row is not None
    said = window.list.delegate._second_line(row, lines[newest], window.list._extracts(newest))
    assert said.startswith("New · ")
    window.actions_["forget_search"].trigger()
    qtbot.waitUntil(lambda: "saved:" not in str(_views(window)), timeout=5_000)
    window.triage.undo()
    qtbot.waitUntil(lambda: "saved:" in str(_views(window)), timeout=5_000)


def _views(window: MainWindow) -> list[str]:
    return [window.sidebar._view(row) for row in range(window.sidebar.count())]


def _news(window: MainWindow) -> int:
    row = next(n for n, view in enumerate(_views(window)) if view.startswith("saved:"))
    return int(window.sidebar.item(row).data(Qt.ItemDataRole.UserRole + 2))


def test_a_list_that_ends_early_says_so_and_goes_on(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(search_page, "_LIMIT", 3)
    assert len(typed("crue")) == 3
    assert window.list._count.text() == "first 3 of 9"
    more = window.list.more
    assert more.isVisible()
    more.setFocus()
    with qtbot.waitSignal(window.page.answered, timeout=10_000):
        qtbot.keyClick(more, KEY.Key_Space)
    assert len(window.list.model.ids) == 9
    assert window.list._count.text() == "9"
    assert more.isHidden()
    assert window.list.table.hasFocus()
    assert len(typed("inondation")) == 3, "another question begins again"
    window.sidebar.choose("inbox")
    assert more.isHidden()


def test_why_similar_group_and_sort(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot
) -> None:
    ids = typed("maire")
    window.list.table.setFocus()
    qtbot.keyClick(window.list.table, KEY.Key_W)
    assert window.notice.isVisible()
    with qtbot.waitSignal(window.page.answered, timeout=5_000):
        window.actions_["sort_date"].trigger()
    assert sorted(window.list.model.ids) == sorted(ids)
    with qtbot.waitSignal(window.page.answered, timeout=5_000):
        window.actions_["group"].trigger()
    shown = {one: window.list._extracts(one) for one in window.list.model.ids}
    inside = [one for one, extract in shown.items() if extract is not None and extract.inside]
    assert inside
    for one in inside:
        above = window.list.model.ids[: window.list.model.ids.index(one)]
        assert any(other.startswith("a-") for other in above)
    article = next(one for one in window.list.model.ids if one.startswith("a-"))
    window.list.select(article)
    window.actions_["similar"].trigger()
    qtbot.waitUntil(window.page.head.isHidden, timeout=5_000)
    alike = list(window.list.model.ids)
    assert alike
    assert article not in alike
    window.viewing.on_indexed(0)
    window.bus.changed.emit(Changes(frozenset({article})))
    window.jobs.drain()
    qtbot.wait(50)
    assert window.list.model.ids == alike, "neither the index nor a change takes it away"
    assert len(typed("crue")) == 9, "the next key searches again"
    assert window.page.head.isVisible()


def test_a_list_leaves_with_sources_and_authors(
    typed: Callable[[str], list[str]], window: MainWindow, answers: Answers, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    typed("maire")
    for name in ("liste.csv", "liste.md", "absent/liste.csv"):
        answers["save_file"] = lambda _title, name=name: str(tmp_path / name)
        window.notice.hide()
        window.actions_["export_list"].trigger()
        qtbot.waitUntil(window.notice.isVisible, timeout=5_000)
    lines = list(
        csv.reader((tmp_path / "liste.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    )
    assert len(lines) > 5
    assert all(one[4] for one in lines[1:] if one[0] in {"Article", "Quote"}), "a source, always"
    assert "> " in (tmp_path / "liste.md").read_text("utf-8")


def test_a_dossier_follows_a_search(
    typed: Callable[[str], list[str]], window: MainWindow, desk: Desk, answers: Answers,
    qtbot: QtBot,
) -> None:  # fmt: skip
    typed("budget")
    made = desk.new_dossier("Budget vivant")
    window.open(made)
    answers["text"] = lambda _title: "budget participatif"
    window.actions_["live"].trigger()
    qtbot.waitUntil(lambda: len(desk.read(made).live) > 2, timeout=5_000)
    pane = window.organising.dossier
    assert pane is not None
    qtbot.waitUntil(
        lambda: any("budget participatif" in one.accessibleName()
                    for one in pane.findChildren(QLabel)), timeout=5_000,
    )  # fmt: skip


def test_what_the_list_of_quotes_narrows_is_its_own(
    typed: Callable[[str], list[str]], window: MainWindow, qtbot: QtBot
) -> None:
    everything = typed("crue")
    for view in ("quotes", "notes", "search"):
        window.sidebar.choose(view)
        window.jobs.drain()
    assert typed("crue") == everything


def test_bars_have_no_holes_and_say_their_period() -> None:
    few = bars({"202411": 2, "202502": 1})
    assert [(one.first, one.count) for one in few] == [
        (202411, 2), (202412, 0), (202501, 0), (202502, 1),
    ]  # fmt: skip
    many = bars({"201601": 2, "202602": 1, "202603": 4})
    assert [one.name for one in many] == [str(year) for year in range(2016, 2027)]
    assert (many[-1].first, many[-1].last, many[-1].count) == (202601, 202612, 5)
    assert bars({}) == []
