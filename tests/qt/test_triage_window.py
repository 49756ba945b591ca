"""A morning's triage, with the keyboard: what feeds brought, story by story, rules, history."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.conftest import Site
from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.views import Filter
from veille.ui.app import application
from veille.ui.browse import views
from veille.ui.browse.rows_model import RowsModel
from veille.ui.browse.stories import Stories, stories
from veille.ui.main_window import MainWindow
from veille.ui.ruling import RuleDialog

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TO_SORT = Filter(kinds=("article",), states=("inbox",))
BUDGET = "Budget participatif : trente projets soumis au vote des habitants"
SAYS_BUDGET = (
    "Trente projets du budget participatif sont soumis au vote des habitants dès seize ans,"
    " jusqu'au 30 novembre."
)
# Title, first words, section; the first of each feed is the newest.
FEEDS = {
    "Le Courrier": (
        (BUDGET, SAYS_BUDGET, "Val"),
        ("Handball : les Lionnes gagnent le match du championnat",
         "Les handballeuses gagnent leur match de championnat samedi soir.", "Sports"),
        ("La rue des Tanneurs rouvre après la crue",
         "Fermée depuis mardi, la rue des Tanneurs a rouvert jeudi matin.", "Val"),
    ),
    "La Gazette": (
        (f"{BUDGET}, dès seize ans", SAYS_BUDGET, "Local"),
        ("Handball : défaite des Aigles dans le derby du championnat",
         "Les handballeurs perdent le match du championnat à domicile.", "Sports"),
        ("La médiathèque ouvre le dimanche",
         "La médiathèque de la gare ouvrira chaque dimanche après-midi.", "Culture"),
    ),
    "Radio Val": (
        (f"{BUDGET} cette semaine", SAYS_BUDGET, "Info"),
        ("Le marché couvert sera rénové l'an prochain",
         "Les commerçants seront logés sous une tente pendant dix mois.", "Info"),
    ),
}  # fmt: skip


def rss(site: Site, name: str) -> bytes:
    """Write a feed of these last hours; each of its pages is served too."""
    now, told = datetime.fromtimestamp(clock.now_ms() / 1000, UTC), []
    for number, (title, text, section) in enumerate(FEEDS[name]):
        body = "".join(f"<p>{text} Le détail {one} est donné en mairie.</p>" for one in range(20))
        page = f"<!doctype html><html lang='fr'><head><title>{title}</title></head>"
        page += f"<body><article><h1>{title}</h1>{body}</article></body></html>"
        url = site.page(f"/{name[:5].strip()}/{number}".replace(" ", ""), page.encode())
        at = format_datetime(now - timedelta(minutes=40 * number + len(name)))
        dated = "" if title.startswith("La médiathèque") else f"<pubDate>{at}</pubDate>"
        told.append(
            f"<item><title>{title}</title><link>{url}</link><guid>{name}-{number}</guid>{dated}"
            f"<category>{section}</category><description>{text}</description></item>"
        )
    head = f"<title>{name}</title><link>{site.url('/')}</link>"
    body = f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(told)}</channel></rss>'
    return body.encode()


@pytest.fixture
def desk(open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, site: Site) -> Desk:
    """Open a desk on a morning: three feeds brought eight articles, three of them one story."""
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")
    made = open_desk(clock=clock.now_ms)
    made._house.limits = type(made._house.limits)(allow_private=True)
    for number, name in enumerate(FEEDS):
        made.feeds.follow(site.page(f"/{number}.xml", rss(site, name), "application/rss+xml"))
    assert made.feeds.refresh(every=True).new == 8
    return made


@pytest.fixture
def table(window: MainWindow) -> QWidget:
    """Show what is to be sorted, and give the list the focus."""
    window.list.table.setFocus()
    assert window.sidebar.chosen == "inbox"
    assert len(window.list.model.ids) == 6, "three articles of one story are one line"
    return window.list.table


def title(window: MainWindow, row: int | None = None) -> str:
    at = window.list.table.currentIndex().row() if row is None else row
    found = window.list.model.row_at(at)
    return found.title if found else ""


def go_to(window: MainWindow, words: str) -> str:
    """Go down to a line with J."""
    qt_rows = range(len(window.list.model.ids))
    assert any(words in title(window, row) for row in qt_rows)
    while words not in title(window):
        before = window.list.current
        window.actions_["next"].trigger()
        assert window.list.current != before
    return window.list.current


def told(window: MainWindow, thing: str) -> str:
    """Give what a screen reader is told of a line."""
    model = window.list.model
    index = model.index(model.row_of(thing), 0)
    return str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))


def state(desk: Desk, *things: str) -> list[str]:
    return [row.state for row in desk.rows(things)]


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing runs, and nothing is about to."""
    qtbot.waitUntil(
        lambda: window.jobs.running == 0 and not window.shelf._soon.isActive(), timeout=20_000
    )


# --- a line leaves, and comes back ---------------------------------------------------------------


def test_d1_3_a_line_leaves_before_it_is_written_and_comes_back_at_its_place(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    ids = list(window.list.model.ids)
    qtbot.keyClick(table, KEY.Key_J)
    qtbot.keyClick(table, KEY.Key_J)
    gone = window.list.current
    assert gone == ids[2]
    assert window.reader.thing == gone
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_E)
        assert window.list.model.ids == [one for one in ids if one != gone]
        assert window.list.current == ids[3], "the next is current before it is written"
        assert window.list.selected == [ids[3]]
        assert window.reader.thing == ids[3]
        assert window.jobs.running > 0
    assert state(desk, gone) == ["discarded"]
    assert application().focusWidget() is table
    settled(window, qtbot)
    assert window.list.model.ids == [one for one in ids if one != gone], "and it stays away"
    qtbot.keyClick(table, KEY.Key_J)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_Z, CTRL)
    assert window.list.model.ids == ids
    assert window.list.current == gone
    assert window.reader.thing == gone
    assert state(desk, gone) == ["inbox"]


def test_the_sidebar_counts_what_the_list_counts(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    def beside() -> object:
        rows = range(window.sidebar.count())
        items = {window.sidebar._view(row): window.sidebar.item(row) for row in rows}
        return items["inbox"].data(Qt.ItemDataRole.UserRole + 2)

    def told_alike() -> bool:
        return str(beside()) == window.list._count.text()

    qtbot.waitUntil(lambda: beside() == 8)
    go_to(window, BUDGET)
    qtbot.keyClick(table, KEY.Key_R)
    assert beside() == 5, "a story leaves at once, before it is written"
    assert told_alike()
    # What is counted meanwhile of what is not written yet is not shown either.
    with qtbot.waitSignal(window.around.told):
        window.around.look()
        qtbot.keyClick(table, KEY.Key_E)
    assert told_alike()
    settled(window, qtbot)
    window.actions_["undo"].trigger()
    settled(window, qtbot)
    assert told_alike()


def test_the_last_line_leaves_to_the_one_before_and_an_empty_list_says_so(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    ids = list(window.list.model.ids)
    window.list.select(ids[-1])
    qtbot.keyClick(table, KEY.Key_E)
    assert window.list.current == ids[-2]
    for _line in ids[:-1]:
        qtbot.keyClick(table, KEY.Key_E)
    assert window.list.model.ids == []
    assert window.list.empty.isVisible()
    assert window.reader.thing == ""
    settled(window, qtbot)
    assert desk.count(TO_SORT) == 0
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["undo"].trigger()
    assert window.list.model.ids == [ids[0]], "the last that left comes back"
    assert window.list.table.isVisible()


def test_keys_may_follow_each_other_faster_than_they_are_written(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    ids = list(window.list.model.ids)
    for key in (KEY.Key_E, KEY.Key_R, KEY.Key_E):
        qtbot.keyClick(table, key)
    assert window.list.model.ids == ids[3:]
    settled(window, qtbot)
    assert window.list.model.ids == ids[3:], "what is read again brings nothing back"
    assert state(desk, *ids[:3]) == ["discarded", "kept", "discarded"]


def test_what_cannot_be_written_comes_back_with_the_reason(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    ids = list(window.list.model.ids)
    settled(window, qtbot)
    desk._house.database.close()
    with sqlite3.connect(desk.paths.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        desk._house.database._busy = 0.05
        with qtbot.waitSignal(window.bus.noticed, timeout=10_000) as noticed:
            qtbot.keyClick(table, KEY.Key_E)
            assert window.list.model.ids == ids[1:]
        other.execute("ROLLBACK")
    other.close()
    assert noticed.args[0].tone == "error"
    assert window.list.model.ids == ids
    assert state(desk, ids[0]) == ["inbox"]


# --- stories -------------------------------------------------------------------------------------


def test_d1_2_a_story_unfolds_and_folds(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    head = go_to(window, "Budget participatif")
    assert "3 sources, folded" in told(window, head)
    assert "unread" in told(window, head)
    lines = len(window.list.model.ids)
    qtbot.keyClick(table, KEY.Key_Right)
    assert len(window.list.model.ids) == lines + 2
    assert window.list.current == head
    assert "3 sources, unfolded" in told(window, head)
    qtbot.keyClick(table, KEY.Key_Right)
    inside = window.list.current
    assert window.list.model.stories.under[inside] == head
    assert "same news as the line above" in told(window, inside)
    qtbot.keyClick(table, KEY.Key_Left)
    assert window.list.current == head
    qtbot.keyClick(table, KEY.Key_Left)
    assert len(window.list.model.ids) == lines
    qtbot.keyClick(table, KEY.Key_F)
    assert len(window.list.model.ids) == lines + 2
    qtbot.keyClick(table, KEY.Key_F)
    assert len(window.list.model.ids) == lines
    window.grab()
    rect = window.list.table.visualRect(window.list.table.currentIndex())
    chip = window.list.delegate._chips_at[head]
    assert min(chip.width(), chip.height()) >= 24
    qtbot.mouseClick(
        window.list.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=rect.topLeft() + QPoint(chip.center()),
    )
    assert len(window.list.model.ids) == lines + 2
    window.list.select(next(one for one in window.list.model.ids if one not in {head, inside}))
    said = len(window.list.model.ids)
    qtbot.keyClick(table, KEY.Key_Right)
    assert len(window.list.model.ids) == said, "what stands alone has nothing to unfold"


def test_discarding_a_folded_story_is_one_gesture(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    ids = list(window.list.model.ids)
    head = go_to(window, "Budget participatif")
    whole = window.list.model.stories.together(head)
    assert len(whole) == 3
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_E)
    assert state(desk, *whole) == ["discarded"] * 3
    assert "with 2 other sources" in window.notice.text
    with qtbot.waitSignal(window.bus.changed):
        window.notice._action.click()
    assert state(desk, *whole) == ["inbox"] * 3
    assert window.list.model.ids == ids, "folded, at its place"
    assert window.list.current == head


def test_keeping_a_folded_story_discards_the_others_and_has_the_whole_page(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    head = go_to(window, "Budget participatif")
    others = window.list.model.stories.behind[head]
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_R)
    assert state(desk, head, *others) == ["kept", "discarded", "discarded"]
    assert "2 other sources discarded" in window.notice.text
    said = window.notice.text
    qtbot.waitUntil(lambda: desk.rows([head])[0].verdict == "complete", timeout=60_000)
    qtbot.waitUntil(lambda: desk.pending() == [], timeout=20_000)
    qtbot.waitUntil(lambda: not window.rounds.index.busy, timeout=20_000)
    assert window.notice.text in {said, ""}, "the page that comes behind takes no notice away"
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_Z, CTRL)
    assert state(desk, head, *others) == ["inbox"] * 3


def test_an_unfolded_member_is_sorted_alone(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    head = go_to(window, "Budget participatif")
    second, third = window.list.model.stories.behind[head]
    qtbot.keyClick(table, KEY.Key_Right)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_E)
    assert state(desk, head, second, third) == ["discarded", "inbox", "inbox"]
    assert window.list.current == second, "the next of the story stands for it"
    assert window.list.model.stories.behind[second] == (third,)
    assert "2 sources, unfolded" in told(window, second)
    settled(window, qtbot)
    assert window.list.model.stories.behind[second] == (third,)
    assert second in window.list.model.stories.opened, "what is read again does not fold it"


def test_everything_at_once_is_one_gesture(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    ids = list(window.list.model.ids)
    every = set(desk.ids(TO_SORT))
    qtbot.keyClick(table, KEY.Key_A, CTRL)
    assert window.list.selected == ids
    with qtbot.waitSignal(window.bus.changed) as changed:
        qtbot.keyClick(table, KEY.Key_E)
        assert window.list.model.ids == []
    assert changed.args[0].entities == every
    assert desk.count(TO_SORT) == 0
    (newest, *_rest) = desk.gestures(limit=5)
    assert (newest.mine, [part.things for part in newest.parts]) == (True, [8])
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_Z, CTRL)
    assert window.list.model.ids == ids


def test_in_articles_a_kept_story_is_not_discarded_along(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    head = go_to(window, "Budget participatif")
    second, third = window.list.model.stories.behind[head]
    desk.tag([head, third], add=["budget"])
    desk.triage([second], "kept")
    window.sidebar.choose("articles")
    settled(window, qtbot)
    window.list.select(window.list.model.stories.head_of(head))
    window.list.table.setFocus()
    assert window.list.current == head
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_R)
    assert state(desk, head, second, third) == ["kept", "kept", "discarded"]
    assert window.list.current == head, "what is kept stays in the list of articles"
    assert window.list.model.stories.behind[head] == (second,)


def test_what_arrives_moves_nothing_under_the_cursor(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget, site: Site
) -> None:
    window.resize(1280, 620)
    window.list.select(window.list.model.ids[2])
    window.grab()
    current = window.list.current
    top = window.list.table.visualRect(window.list.table.currentIndex()).top()
    extra = {"Quotidien": (("Grève des bus lundi", "Aucun bus lundi matin dans le Val.", "Val"),)}
    FEEDS.update(extra)
    try:
        desk.feeds.follow(site.page("/9.xml", rss(site, "Quotidien"), "application/rss+xml"))
        report = desk.feeds.refresh(every=True)
    finally:
        del FEEDS["Quotidien"]
    assert report.new == 1
    shown: list[str] = []
    window.list.current_changed.connect(shown.append)
    window.bus.changed.emit(Changes(frozenset(report.entities), initiator="feeds"))
    settled(window, qtbot)
    assert len(window.list.model.ids) == 7
    assert window.list.current == current
    assert shown == [], "what is read is not opened again"
    assert window.list.table.visualRect(window.list.table.currentIndex()).top() == top


# --- what I read ---------------------------------------------------------------------------------


def test_what_is_looked_at_for_a_while_becomes_read(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    first, second = window.list.model.ids[:2]
    assert window.list.model.line_at(0).is_read is False
    qtbot.waitUntil(lambda: window.list.model.line_at(0).is_read is True, timeout=5_000)
    assert ", read" in told(window, first)
    qtbot.keyClick(table, KEY.Key_J)
    qtbot.keyClick(table, KEY.Key_U)
    assert window.list.model.line_at(1).is_read is True
    qtbot.keyClick(table, KEY.Key_U)
    assert window.list.model.line_at(1).is_read is False
    settled(window, qtbot)
    assert desk.sorting.read([first, second]) == {first}
    qtbot.keyClick(table, KEY.Key_Return)
    assert window.list.model.line_at(1).is_read is True, "what is opened is read at once"
    settled(window, qtbot)
    assert desk.sorting.read([first, second]) == {first, second}
    window.sidebar.choose("articles")
    window.sidebar.choose("inbox")
    assert [window.list.model.line_at(row).is_read for row in (0, 1, 2)] == [True, True, False]


def test_looking_elsewhere_reads_nothing(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    window.triage._look.stop()
    window.search.setFocus()
    window.triage._on_looked()
    assert window.list.model.line_at(0).is_read is False


def test_marking_all_as_read_can_be_taken_back(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    every = desk.ids(TO_SORT)
    desk.sorting.mark_read(every[:1])
    with qtbot.waitSignal(window.bus.noticed):
        qtbot.keyClick(table, KEY.Key_U, SHIFT)
    assert desk.sorting.read(every) == set(every)
    assert "7 articles marked as read" in window.notice.text
    qtbot.keyClick(table, KEY.Key_Z, CTRL)
    settled(window, qtbot)
    assert desk.sorting.read(every) == {every[0]}, "what was read before stays so"
    assert desk.count(TO_SORT) == 8, "and no other gesture was taken back"


def test_marking_all_as_read_is_in_the_history(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    with qtbot.waitSignal(window.bus.noticed):
        qtbot.keyClick(table, KEY.Key_U, SHIFT)
    assert window.list.model.line_at(2).is_read is True
    window.actions_["history"].trigger()
    history = window.history
    assert history is not None
    qtbot.waitUntil(lambda: "Marked as read: 8 articles" in lines(window))
    history.list.setCurrentItem(history.list.topLevelItem(1))
    with qtbot.waitSignal(window.bus.changed):
        history.undo.click()
    assert desk.sorting.read(desk.ids(TO_SORT)) == set()
    assert window.list.model.line_at(2).is_read is False
    qtbot.waitUntil(lambda: "Marked as read: 8 articles" not in lines(window))
    history.close()


# --- rules ---------------------------------------------------------------------------------------


def dialog(window: MainWindow, qtbot: QtBot) -> RuleDialog:
    """Wait for the rule that is proposed, tried."""
    found: list[RuleDialog] = []

    def is_tried() -> bool:
        active = application().activeModalWidget()
        found[:] = [active] if isinstance(active, RuleDialog) else []
        return bool(found) and found[0].tried.topLevelItemCount() > 0

    qtbot.waitUntil(is_tried, timeout=10_000)
    return found[0]


def tried(made: RuleDialog) -> list[str]:
    items = [made.tried.topLevelItem(row) for row in range(made.tried.topLevelItemCount())]
    return [one.text(0) for one in items if one is not None]


def test_d1_4_a_rule_by_example_is_shown_before_it_is_agreed_and_taken_back_after(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    example = go_to(window, "Lionnes")
    qtbot.keyClick(table, KEY.Key_E, SHIFT)
    made = dialog(window, qtbot)
    assert any("Lionnes" in one for one in tried(made))
    assert not any("Tanneurs" in one for one in tried(made))
    assert "Discard what" in made._told.text()
    assert "of the last 8" in made.verdict.text()
    assert made.tried.topLevelItem(0).text(1), "and why"  # type: ignore[union-attr]
    will = {one.id for one in desk.rows(desk.ids(TO_SORT)) if one.title in tried(made)}
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(made, KEY.Key_Return)
    (rule,) = desk.sorting.rules()
    assert rule.discards == len(will)
    assert {one for one in will if state(desk, one) == ["discarded"]} == will
    assert not will & set(window.list.model.ids)
    assert "Rule agreed" in window.notice.text
    row = desk.rows([example])[0]
    assert row.text("_state_by") == rule.rule.id
    with qtbot.waitSignal(window.bus.changed):
        window.notice._action.click()
    assert desk.sorting.rules() == []
    assert state(desk, example) == ["inbox"]
    assert example in window.list.model.ids


def test_a_rule_can_be_written_otherwise_while_it_is_tried(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    go_to(window, "Lionnes")
    qtbot.keyClick(table, KEY.Key_E, SHIFT)
    made = dialog(window, qtbot)
    for row in range(made.words.count()):
        made.words.item(row).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not made.accept_button.isEnabled())
    assert tried(made) == []
    made._fields["words"].setFocus()
    qtbot.keyClicks(made._fields["words"], "handball, crue")
    qtbot.waitUntil(lambda: len(tried(made)) == 3)
    assert made.title.text() == "handball, crue", "it is called by what was typed"
    qtbot.keyClicks(made.unless, "Tanneurs")
    qtbot.waitUntil(lambda: len(tried(made)) == 2)
    assert "speaks of “handball” or “crue”, unless" in made._told.text()
    made.title.setFocus()
    made.title.selectAll()
    qtbot.keyClicks(made.title, "Sports")
    qtbot.keyClicks(made._fields["words"], ", gel")
    assert made.title.text() == "Sports", "a name given by hand stays"
    made.title.setFocus()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(made.title, KEY.Key_Return)
    (rule,) = desk.sorting.rules()
    assert (rule.rule.title, rule.discards) == ("Sports", 2)
    assert window.list.model.ids, "the list is left with the others"
    assert desk.count(TO_SORT) == 6


def agreed(desk: Desk, words: str, *, title_: str = "Sports") -> str:
    """Agree on a rule on some words."""
    from dataclasses import replace

    blank = desk.sorting.blank_rule()
    when = replace(blank.when, words=(words,))
    return desk.sorting.agree(replace(blank, title=title_, when=when))[0]


def test_what_a_rule_discards_is_shown_and_comes_back(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    rule = agreed(desk, "handball")
    window.sidebar.choose("discarded")
    assert len(window.list.model.ids) == 2
    thing = window.list.current
    row = window.list.model.row_at(0)
    assert row is not None
    assert "by the rule “Sports”" in window.list.delegate._told(row)
    html = window.reader.browser.toHtml()
    assert f'href="veille:{rule}"' in html
    assert "Discarded by the rule “Sports”" in window.reader.browser.toPlainText()
    window._on_link_chosen(f"veille:{rule}")
    book = window.judging.book
    assert book is not None
    qtbot.waitUntil(lambda: book.taken.count() == 2)
    assert book.current is not None
    assert book.current.rule.id == rule
    assert "speaks of “handball”" in book.told.text()
    book.close()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.list.table.setFocus()
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_I)
    assert state(desk, thing) == ["inbox"]
    assert thing not in window.list.model.ids
    assert len(window.list.model.ids) == 1


def test_rules_are_paused_changed_and_given_up(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    agreed(desk, "handball")
    window.actions_["rules"].trigger()
    book = window.judging.book
    assert book is not None
    qtbot.waitUntil(lambda: book.rules.count() == 1)
    with qtbot.waitSignal(window.bus.changed):
        book.pause.click()
    assert desk.count(TO_SORT) == 8, "a rule that is paused discards nothing"
    qtbot.waitUntil(lambda: book.current is not None and book.current.paused)
    with qtbot.waitSignal(window.bus.changed):
        book.pause.click()
    assert desk.count(TO_SORT) == 6
    qtbot.waitUntil(lambda: book.current is not None and not book.current.paused)
    book.edit.click()
    made = dialog(window, qtbot)
    made._fields["words"].setText("médiathèque")
    qtbot.waitUntil(lambda: len(tried(made)) == 1)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(made, KEY.Key_Return)
    assert desk.count(TO_SORT) == 7
    qtbot.waitUntil(lambda: book.taken.count() == 1)
    with qtbot.waitSignal(window.bus.changed):
        book.give_up.click()
    assert desk.sorting.rules() == []
    assert desk.count(TO_SORT) == 8
    qtbot.waitUntil(book.empty.isVisible)
    with qtbot.waitSignal(window.bus.changed):
        window.notice._action.click()
    assert desk.count(TO_SORT) == 7
    book.close()


# --- history -------------------------------------------------------------------------------------


def lines(window: MainWindow) -> list[str]:
    history = window.history
    assert history is not None
    items = [history.list.topLevelItem(row) for row in range(history.list.topLevelItemCount())]
    return [one.text(1) for one in items if one is not None and one.text(1)]


def test_d1_4_the_history_outlives_a_restart(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget, open_desk: Callable[..., Desk]
) -> None:
    go_to(window, "Tanneurs")
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(table, KEY.Key_R)
    agreed(desk, "handball")
    desk.triage(desk.ids(TO_SORT), "discarded")
    settled(window, qtbot)

    again = MainWindow(open_desk(clock=clock.now_ms))
    qtbot.addWidget(again)
    again.show()
    again.actions_["history"].trigger()
    history = again.history
    assert history is not None
    qtbot.waitUntil(lambda: len(lines(again)) > 3)
    assert lines(again)[0] == "Discarded: 5 articles"
    assert "Rule agreed: “Sports”" in lines(again)
    assert "Kept: “La rue des Tanneurs rouvre après la crue”" in lines(again)
    qtbot.keyClicks(history.filter, "regle")
    qtbot.waitUntil(lambda: lines(again) == [])
    history.filter.clear()
    qtbot.keyClicks(history.filter, "sports")
    qtbot.waitUntil(lambda: lines(again) == ["Rule agreed: “Sports”"])
    qtbot.keyClick(history.filter, KEY.Key_Down)
    assert application().focusWidget() is history.list
    with qtbot.waitSignal(again.bus.changed):
        qtbot.keyClick(history.list, KEY.Key_Return)
    assert desk.sorting.rules() == []
    qtbot.waitUntil(lambda: "Rule agreed: “Sports”" in again.notice.text)
    qtbot.waitUntil(lambda: "taken back" in history.list.currentItem().text(3))
    assert not history.undo.isEnabled(), "what was taken back stands no more"
    history.filter.clear()
    qtbot.waitUntil(lambda: len(lines(again)) > 3)
    history.list.setCurrentItem(history.list.topLevelItem(1))
    with qtbot.waitSignal(again.bus.changed):
        history.undo.click()
    assert desk.count(TO_SORT) == 7
    assert again.list.model.stories.every() == 7, "the window shows it at once"
    history.filter.setText("sports")
    history.close()
    again.actions_["history"].trigger()
    assert history.filter.text() == "", "who opens it again sees everything"
    history.close()
    again.close()


def test_the_history_is_named_for_a_screen_reader(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    desk.triage(desk.ids(TO_SORT)[:1], "discarded")
    window.actions_["history"].trigger()
    history = window.history
    assert history is not None
    qtbot.waitUntil(lambda: len(lines(window)) > 0)
    item = history.list.topLevelItem(1)
    assert item is not None
    assert "Undo" in str(item.data(0, Qt.ItemDataRole.AccessibleTextRole))
    assert all(one.accessibleName() for one in history.findChildren(QLineEdit))
    history.close()


# --- the reader ----------------------------------------------------------------------------------


def test_the_reader_says_where_an_item_comes_from(
    desk: Desk, window: MainWindow, qtbot: QtBot, table: QWidget
) -> None:
    head = go_to(window, "Budget participatif")
    text = window.reader.browser.toPlainText()
    assert "published on" in text
    assert "received" in text
    assert "3 sources:" in text
    other = window.list.model.stories.behind[head][0]
    assert f'href="veille:{other}"' in window.reader.browser.toHtml()
    window._on_link_chosen(f"veille:{other}")
    assert window.reader.thing == other
    assert window.list.current == other, "its story is unfolded"
    go_to_top(window)
    go_to(window, "médiathèque")
    assert "date unknown, received on" in window.reader.browser.toPlainText()
    assert "received" in window.list.delegate._told(window.list.model.row_at(
        window.list.table.currentIndex().row()))  # type: ignore[arg-type]  # fmt: skip
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_E)
    window.sidebar.choose("discarded")
    assert f"Discarded by {desk.name()} on" in window.reader.browser.toPlainText()


def go_to_top(window: MainWindow) -> None:
    window.list.select(window.list.model.ids[0])


# --- the model -----------------------------------------------------------------------------------


def test_what_comes_and_goes_keeps_qts_rules(
    open_desk: Callable[..., Desk], qtmodeltester: ModelTester
) -> None:
    desk = open_desk("demo")
    desk.fill_demo()
    ids = desk.ids(Filter(kinds=("article",)))
    assert len(ids) > 12
    read: set[str] = set()
    model = RowsModel(desk.rows, views.describe, lambda some: read & set(some))
    spied: list[tuple[str, int, int]] = []
    model.rowsInserted.connect(lambda _p, a, b: spied.append(("in", a, b)))
    model.rowsRemoved.connect(lambda _p, a, b: spied.append(("out", a, b)))
    model.modelReset.connect(lambda: spied.append(("reset", 0, 0)))
    for force_py in (False, True):
        whole = stories(ids, {})
        folded = stories([ids[0], *ids[3:]], {ids[0]: (ids[1], ids[2])})
        model.show(folded, marked=True)
        qtmodeltester.check(model, force_py=force_py)
        spied.clear()
        model.become(folded.open(ids[0], shown=True))
        assert model.ids == ids
        assert spied == [("in", 1, 2)]
        model.become(model.stories.open(ids[0], shown=False))
        model.become(model.stories.without([ids[0]]))
        assert model.ids == [ids[1], *ids[3:]]
        assert model.stories.behind == {ids[1]: (ids[2],)}
        model.become(model.stories.without([*ids[4:6], ids[8]]))
        model.become(whole)
        assert model.ids == ids
        assert ("reset", 0, 0) not in spied
        model.become(stories([]))
        model.become(whole)
        model.become(stories(list(reversed(ids)), {}))
        assert spied[-1] == ("reset", 0, 0), "another order is another list"
        model.become(stories(ids[::2], {}))
        model.mark(ids[:1], read=True)
        assert model.ids == ids[::2]
    model.show(whole, marked=True)
    assert model.rowCount(model.index(0, 0)) == 0


def test_a_story_loses_its_head_and_keeps_open() -> None:
    made = stories(["a", "b", "e"], {"b": ("c", "d")})
    assert made.every() == 5
    assert (made.head_of("d"), made.head_of("a")) == ("b", "a")
    assert made.together("b") == ("b", "c", "d")
    opened = made.open("b", shown=True)
    assert opened.together("b") == ("b",)
    assert opened.visible() == ["a", "b", "c", "d", "e"]
    left = opened.without(["b"])
    assert (left.visible(), left.opened) == (["a", "c", "d", "e"], frozenset({"c"}))
    assert left.without(["c"]).behind == {}
    assert left.without(["c", "d"]).visible() == ["a", "e"]
    again = opened.become(stories(["x", "c", "e"], {"c": ("b", "d")}))
    assert again.visible() == ["x", "c", "b", "d", "e"], "what is open stays open under another"
    assert Stories().visible() == []
