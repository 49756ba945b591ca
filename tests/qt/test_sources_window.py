"""What is followed, in the window: added, imported, read by the real worker, looked at, filed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import Site
from veille.desk import clock, subscribing
from veille.desk.desk import Desk
from veille.domain.facts import Changes
from veille.domain.views import Filter
from veille.feeds.schedule import DAY_MS, State
from veille.sentences import sources
from veille.store import following
from veille.ui.app import application
from veille.ui.main_window import MainWindow

Answers = dict[str, Callable[[str], object]]
KEY = Qt.Key
SITE = """<!doctype html><html lang="fr"><head><title>Le Courrier de Valmont</title>
<link rel="alternate" type="application/rss+xml" title="Le Courrier" href="/flux.xml"></head>
<body><h1>Le Courrier</h1><p>Toute l'actualité de Valmont et de ses environs.</p></body></html>"""
PAGE = """<!doctype html><html lang="fr"><head><title>Délibérations</title></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/contact">Contact</a></li></ul></nav>
<main><h1>Délibérations du conseil municipal</h1>
<p>Les délibérations sont affichées pendant deux mois à la porte de la mairie de Valmont.</p>
<h2>Actes récents</h2><ul>{acts}</ul></main></body></html>"""
OPML = """<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Veille</title></head>
<body><outline text="Presse"><outline type="rss" text="Le Courrier" xmlUrl="{one}"/>
<outline type="rss" text="La Gazette" xmlUrl="{two}"/><outline type="rss" text="Sans adresse"
xmlUrl=""/></outline><outline type="rss" text="Disparu" xmlUrl="{gone}"/></body></opml>"""


def rss(title: str, *items: str) -> bytes:
    """Write a feed whose items were published these last hours."""
    now = datetime.fromtimestamp(clock.now_ms() / 1000, UTC)
    told = "".join(
        f"<item><title>{one}</title><link>https://courrier.example/{number}-{len(title)}</link>"
        f"<guid>{title}-{number}</guid><pubDate>{format_datetime(now - timedelta(hours=number))}"
        f"</pubDate><description>{one} : les élus en ont débattu hier soir.</description></item>"
        for number, one in enumerate(items, start=1)
    )
    head = f"<title>{title}</title><link>https://courrier.example/</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{told}</channel></rss>'.encode()


@pytest.fixture
def desk(open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Open a desk at the hour of the worker, which is another process, on a network of its own."""
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")
    return open_desk(clock=clock.now_ms)


@pytest.fixture
def courrier(site: Site) -> str:
    """Serve a site that announces a feed of three articles."""
    feed = rss("Le Courrier de Valmont", "Le budget voté", "La digue", "Le marché couvert")
    site.page("/flux.xml", feed, "application/rss+xml")
    return site.page("/", SITE.encode())


def shown(window: MainWindow, qtbot: QtBot, *feeds: str) -> None:
    """Show the sources, once they are known."""
    window.sidebar.choose("sources")
    window.following.look()
    qtbot.waitUntil(
        lambda: {one.id for one in window.following.known} >= set(feeds), timeout=10_000
    )


def known(desk: Desk, feed: str, state: State) -> None:
    """Have a source been in a state."""
    with desk._house.database.writing() as db:
        following.keep_state(db, feed, subscribing.as_data(state), next_at=state.next_at)


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.refreshing.busy, timeout=60_000)


def buttons(window: MainWindow) -> list[str]:
    return [one.text() for one in window.notice._buttons if not one.isHidden()]


def row(window: MainWindow, feed: str) -> str:
    """Give what a screen reader is told of the line of a source, "" when it is not listed."""
    item = window.sources.tree._items.get(feed)
    return str(item.data(0, Qt.ItemDataRole.AccessibleTextRole)) if item is not None else ""


# --- adding --------------------------------------------------------------------------------------


def test_the_address_of_a_site_is_enough(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, courrier: str
) -> None:
    asked: list[str] = []
    answers["text"] = lambda title: asked.append(title) or courrier
    window.actions_["add_source"].trigger()
    qtbot.waitUntil(lambda: bool(desk.feeds.listed()), timeout=20_000)
    (one,) = desk.feeds.listed()
    assert one.url == f"{courrier}flux.xml"
    assert asked == ["Add a source"], "neither a space nor a folder is asked for without a choice"
    qtbot.waitUntil(lambda: "3 things to sort" in window.notice.text, timeout=60_000)
    assert window.sidebar.chosen == "sources"
    assert buttons(window) == ["Sort its articles", "Undo"]
    qtbot.waitUntil(lambda: "3 to sort" in row(window, one.id), timeout=10_000)
    assert [each.id for each in window.sources.chosen] == [one.id]
    window.notice._buttons[0].click()
    assert len(window.list.model.ids) == 3
    assert window.sidebar.chosen == f"feed:{one.id}"
    assert {each.passing for each in desk.rows(window.list.model.ids)} == {1}


def test_what_was_just_followed_is_taken_back(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, courrier: str
) -> None:
    window.following.adding.find(courrier)
    qtbot.waitUntil(lambda: "Undo" in buttons(window), timeout=60_000)
    with qtbot.waitSignal(window.bus.changed):
        window.notice._buttons[-1 if len(buttons(window)) == 3 else 1].click()
    assert desk.feeds.listed() == []
    qtbot.waitUntil(lambda: window.following.known == [], timeout=10_000)
    assert window.sources.empty.isVisible()


def test_of_several_feeds_one_is_chosen_and_a_known_one_is_said_to_be(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, site: Site, courrier: str
) -> None:
    feed = rss("Sports", "Le derby")
    site.page("/sports.xml", feed, "application/rss+xml")
    two = SITE.replace("</head>", '<link rel="alternate" type="application/rss+xml" '
                       'title="Sports" href="/sports.xml"></head>')  # fmt: skip
    address = site.page("/rubriques", two.encode())
    known_one = desk.feeds.follow(f"{courrier}flux.xml", said={"title": "Le Courrier"})
    shown(window, qtbot, known_one)
    answers["choose"] = lambda _title: site.url("/sports.xml")
    window.following.adding.find(address)
    qtbot.waitUntil(lambda: len(desk.feeds.listed()) == 2, timeout=20_000)
    settled(window, qtbot)
    answers["choose"] = lambda _title: site.url("/flux.xml")
    window.following.adding.find(address)
    qtbot.waitUntil(lambda: "Followed already" in window.notice.text, timeout=20_000)
    assert len(desk.feeds.listed()) == 2


def test_without_a_feed_the_page_itself_is_offered_and_watched(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, site: Site
) -> None:
    acts = "".join(f"<li>Délibération n° {n} : voirie communale</li>" for n in range(1, 9))
    url = site.page("/actes", PAGE.format(acts=acts).encode())
    window.following.adding.find(url)
    qtbot.waitUntil(lambda: "No feed was found" in window.notice.text, timeout=20_000)
    assert buttons(window) == ["Watch the page itself"]
    offered: list[str] = []
    answers["choose"] = lambda title: offered.append(title) or ""
    answers["text"] = lambda _title: "Actes de Valmont"
    window.notice._buttons[0].click()
    qtbot.waitUntil(lambda: bool(desk.feeds.listed()), timeout=20_000)
    (one,) = desk.feeds.listed()
    assert (one.watched, one.title, one.block) == ("page", "Actes de Valmont", "")
    assert offered == ["Which part of the page?"]
    settled(window, qtbot)
    # The first look is taken behind, by the worker that reads sources.
    qtbot.waitUntil(lambda: desk.feeds.one(one.id).state.heard_at > 0, timeout=20_000)
    shown(window, qtbot, one.id)
    window.sources.tree.select(one.id)
    window.sources._show_chosen()
    assert window.actions_["choose_part"].isEnabled()
    assert "whole text" in window.sources.detail._facts["part"].text()


def test_a_site_that_does_not_answer_is_said_so_and_asked_again(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, site: Site
) -> None:
    window.following.adding.find(site.url("/nowhere"))
    qtbot.waitUntil(lambda: "404" in window.notice.text, timeout=20_000)
    assert buttons(window) == ["Try again…"]
    answers["text"] = lambda _title: None
    window.notice._buttons[0].click()
    assert desk.feeds.listed() == []


def test_the_clipboard_fills_the_field(
    window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from veille.ui import adding

    for held, expected in (
        ("https://courrier.example/", "https://courrier.example/"),
        ("feed:https://courrier.example/flux", "feed:https://courrier.example/flux"),
        ("Un texte qui parle de https://x.example", ""),
        ("", ""),
    ):
        QGuiApplication.clipboard().setText(held)
        assert adding._copied() == expected


def test_with_a_shared_space_one_says_for_whom(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, courrier: str,
    share_folder: Path,
) -> None:  # fmt: skip
    space = desk.create_space("Com", str(share_folder), full_text=False).id
    mine = desk.feeds.follow("https://a.example/flux", said={"folder": "Presse"})
    shown(window, qtbot, mine)
    asked: list[str] = []

    def choose(title: str) -> str:
        asked.append(title)
        return space if title == "Who follows it?" else "+Presse locale"

    answers["choose"] = choose
    window.following.adding.find(courrier)
    qtbot.waitUntil(lambda: len(desk.feeds.listed()) == 2, timeout=20_000)
    assert asked == ["Who follows it?", "In which folder?"]
    (one,) = [each for each in desk.feeds.listed() if each.space == space]
    assert one.folder == "Presse locale"
    qtbot.waitUntil(lambda: "Com" in row(window, one.id), timeout=10_000)
    settled(window, qtbot)
    assert window.sources.tree.select(one.id)
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["unfollow"].trigger()
    assert "for the whole team" in window.notice.text
    answers["choose"] = lambda _title: None
    with qtbot.waitSignal(window.jobs.idled, timeout=20_000):
        window.following.adding.find(courrier)
    assert len(desk.feeds.listed()) == 1, "who gives up follows nothing"


# --- lists ---------------------------------------------------------------------------------------


def test_a_list_is_imported_with_its_report_and_taken_back(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, site: Site, courrier: str,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from veille.ui import ask

    reports: list[tuple[str, list[tuple[str, str]]]] = []

    def report(_parent: object, title: str, _hint: str, lines: list[tuple[str, str]]) -> bool:
        reports.append((title, lines))
        return False

    monkeypatch.setattr(ask, "report", report)
    gazette = site.page("/gazette.xml", rss("La Gazette", "Les crues"), "text/xml")
    opml = OPML.format(one=f"{courrier}flux.xml", two=gazette, gone=site.url("/disparu.xml"))
    (tmp_path / "liste.opml").write_text(opml, "utf-8")
    answers["files"] = lambda _title: [str(tmp_path / "liste.opml")]
    window.actions_["import_sources"].trigger()
    qtbot.waitUntil(lambda: bool(reports), timeout=10_000)
    ((title, lines),) = reports
    assert "3 sources added" in title
    assert [told for verdict, told in lines if verdict == "watch"] == [
        "Sans adresse: has no address: skipped"
    ]
    settled(window, qtbot)
    assert "1 did not answer well" in window.notice.text
    assert buttons(window) == ["Sort", "Undo"]
    listed = {one.title: one for one in desk.feeds.listed(counted=True)}
    assert listed["Le Courrier"].folder == "Presse"
    assert (listed["Le Courrier"].to_sort, listed["La Gazette"].to_sort) == (3, 1)
    assert listed["Disparu"].state.status == 404
    with qtbot.waitSignal(window.bus.changed):
        window.notice._buttons[1].click()
    assert desk.feeds.listed() == []
    assert desk.count(Filter(kinds=("article",), states=("inbox",))) == 4, "what came stays"


def test_a_file_that_is_no_list_and_a_place_that_cannot_be_written_are_said(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, courrier: str, tmp_path: Path
) -> None:
    (tmp_path / "photo.opml").write_bytes(b"\x89PNG nothing of the kind")
    for name in ("photo.opml", "absent.opml"):
        answers["files"] = lambda _title, name=name: [str(tmp_path / name)]
        window.notice.hide()
        with qtbot.waitSignal(window.jobs.failed, timeout=10_000):
            window.actions_["import_sources"].trigger()
        assert name in window.notice.text
    desk.feeds.follow(f"{courrier}flux.xml", said={"title": "Le Courrier"})
    answers["save_file"] = lambda _title: str(tmp_path / "absent" / "liste.opml")
    with qtbot.waitSignal(window.jobs.failed, timeout=10_000):
        window.actions_["export_sources"].trigger()
    answers["save_file"] = lambda _title: str(tmp_path / "liste.opml")
    window.actions_["export_sources"].trigger()
    qtbot.waitUntil(lambda: "1 source written" in window.notice.text, timeout=10_000)
    assert "Le Courrier" in (tmp_path / "liste.opml").read_text("utf-8")


# --- looking at them -----------------------------------------------------------------------------


def test_how_each_is_stands_in_words_and_what_misleads_is_counted(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    now = clock.now_ms()
    today = clock.today(now)
    days = tuple((today - timedelta(days=back)).isoformat() for back in range(40, 12, -1))
    told = {
        "good": State(heard_at=now, news_at=now),
        "new": State(),
        "failing": State(
            problem="ServerSaid", status=404, failing_since=now - 5 * DAY_MS, heard_at=now - DAY_MS
        ),
        "silent": State(heard_at=now, news_at=now - 12 * DAY_MS, days=days),
        "gone": State(gone=True, failing_since=now - 9 * DAY_MS),
    }
    feeds = {}
    for code, state in told.items():
        feeds[code] = desk.feeds.follow(f"https://{code}.example/flux", said={"title": code})
        known(desk, feeds[code], state)
    shown(window, qtbot, *feeds.values())
    words = {code: row(window, feed) for code, feed in feeds.items()}
    assert "Good" in words["good"]
    assert "Not read yet" in words["new"]
    assert "Failing" in words["failing"]
    assert "Silent" in words["silent"]
    assert "Gone" in words["gone"]
    assert window.sources._told.text() == "5 sources, 3 to look at"
    qtbot.waitUntil(lambda: _count(window) == 3, timeout=5_000)
    pane = window.sources
    pane.tree.select(feeds["failing"])
    pane._show_chosen()
    assert "nothing at this address" in pane.detail._health.text()
    pane.tree.select(feeds["silent"])
    pane._show_chosen()
    assert "Silent for 13 days, usually every day" in pane.detail._health.text()
    caption = pane.detail._caption.text()
    assert caption == "News on 28 of the last 90 days."
    assert pane.detail.strip.accessibleDescription() == caption, "what is painted is also said"
    pane._filters[True].click()
    assert set(pane.tree._items) == {feeds[code] for code in ("failing", "silent", "gone")}
    pane.select(feeds["good"])
    assert [one.id for one in pane.chosen] == [feeds["good"]], "the filter gives way"


def _count(window: MainWindow) -> int:
    views = [window.sidebar._view(row) for row in range(window.sidebar.count())]
    item = window.sidebar.item(views.index("sources"))
    return int(item.data(Qt.ItemDataRole.UserRole + 2) or 0)


def test_what_misleads_is_said_where_nothing_was_found(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    now = clock.now_ms()
    feed = desk.feeds.follow("https://bleu.example/flux", said={"title": "France Bleu"})
    known(desk, feed, State(problem="Unreachable", failing_since=now - 3 * DAY_MS))
    assert [title for title, _health in desk.freshness().dead] == ["France Bleu"]
    (told,) = sources.worries(desk.feeds.listed(), now)
    assert told.startswith("France Bleu: The site does not answer. It was never read.")
    desk.new_note("Une note", "sur autre chose")
    desk.drain()
    window.search.setFocus()
    qtbot.keyClicks(window.search, "zzyzx")
    qtbot.waitUntil(lambda: "France Bleu failing since" in window.list._foot.text(), timeout=10_000)
    assert window.list.empty.isVisible()
    qtbot.waitUntil(
        lambda: "Not heard at the moment: France Bleu." in window.list.empty._text.text(),
        timeout=5_000,
    )


def test_a_thousand_sources_are_shown_and_kept_where_one_was(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    one = replace(
        desk.feeds.one(desk.feeds.follow("https://a.example/flux")), title="Source", folder="Presse"
    )
    many = [
        replace(one, id=f"f-{number:016}", title=f"Source {number:04}", folder=f"D{number % 20:02}")
        for number in range(1_000)
    ]
    many.sort(key=lambda each: (each.folder, each.title))
    window.sidebar.choose("sources")
    window.jobs.drain()
    pane = window.sources
    started = clock.seconds()
    pane.show_listed(many)
    first = clock.seconds() - started
    pane.tree.select(many[700].id)
    scroll = pane.tree.verticalScrollBar().value()
    started = clock.seconds()
    pane.show_listed([*many[:10], replace(many[10], title="Autre titre"), *many[11:]])
    again = clock.seconds() - started
    assert pane.tree.current == many[700].id
    assert pane.tree.verticalScrollBar().value() == scroll
    pane.show_listed([each for each in many if each.id != many[700].id])
    assert pane.tree.current == many[701].id, "what left gives its place to the next"
    assert first < 3, "seconds, on a loaded machine; 0.12 on a quiet one"
    assert again < 1, "seconds, on a loaded machine; 0.03 on a quiet one"


# --- acting on them ------------------------------------------------------------------------------


def test_everything_is_done_from_the_keyboard(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers, site: Site, courrier: str
) -> None:
    site.page("/autre.xml", rss("Autre", "Une autre nouvelle"), "text/xml")
    one = desk.feeds.follow(f"{courrier}flux.xml", said={"title": "Le Courrier"})
    two = desk.feeds.follow(site.url("/autre.xml"), said={"title": "Voisin"})
    shown(window, qtbot, one, two)
    tree = window.sources.tree
    window.sidebar.setFocus()
    window.actions_["next_pane"].trigger()
    assert application().focusWidget() is tree
    qtbot.keyClick(tree, KEY.Key_Home)
    assert tree.current == one
    qtbot.keyClick(tree, KEY.Key_Down)
    assert tree.current == two
    qtbot.keyClick(tree, KEY.Key_Up)

    synced: list[str] = []
    window.actions_["sync"].triggered.connect(lambda: synced.append("sync"))
    qtbot.keyClick(tree, KEY.Key_F5)
    qtbot.waitUntil(lambda: window.refreshing.busy, timeout=5_000)
    settled(window, qtbot)
    assert "3 new" in window.notice.text
    assert synced == [], "F5 is the list's here"
    assert desk.feeds.one(two).state.heard_at == 0, "the other one was not asked"

    answers["form"] = lambda _title: {"title": "Courrier", "folder": "Presse / Locale"}
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(tree, KEY.Key_F2)
    assert (desk.feeds.one(one).title, desk.feeds.one(one).folder) == (
        "Courrier", "Presse / Locale",
    )  # fmt: skip
    qtbot.waitUntil(lambda: "Presse / Locale" in tree._groups, timeout=5_000)
    assert tree.current == one, "filed elsewhere, it is still the one that is chosen"

    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(tree, KEY.Key_Space)
    assert desk.feeds.one(one).paused
    qtbot.waitUntil(lambda: "Paused" in row(window, one), timeout=5_000)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(tree, KEY.Key_Space)
    assert not desk.feeds.one(one).paused

    qtbot.waitUntil(lambda: "Paused" not in row(window, one), timeout=5_000)
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(tree, KEY.Key_Delete)
    assert [each.id for each in desk.feeds.listed()] == [two]
    assert "Unfollowed: Courrier" in window.notice.text
    qtbot.waitUntil(lambda: one not in tree._items, timeout=5_000)
    with qtbot.waitSignal(window.bus.changed):
        window.notice._buttons[0].click()
    back = desk.feeds.one(one)
    assert (back.title, back.folder, back.state.brought) == ("Courrier", "Presse / Locale", 3)

    qtbot.waitUntil(lambda: one in tree._items, timeout=5_000)
    assert tree.select(one)
    qtbot.keyClick(tree, KEY.Key_Return)
    assert len(window.list.model.ids) == 3
    assert application().focusWidget() is window.list.table
    with qtbot.waitSignal(window.bus.changed):
        qtbot.keyClick(window.list.table, KEY.Key_E)
    qtbot.waitUntil(lambda: len(window.list.model.ids) == 2, timeout=5_000)


def test_several_are_filed_and_unfollowed_at_once(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    feeds = [desk.feeds.follow(f"https://s{n}.example/flux", said={"title": f"S{n}"})
             for n in range(5)]  # fmt: skip
    shown(window, qtbot, *feeds)
    window.sources.tree.selectAll()
    assert len(window.sources.chosen) == 5
    assert not window.actions_["open_site"].isEnabled(), "one site at a time"
    window.sources._show_chosen()
    assert window.sources.detail._title.text() == "5 sources chosen"
    answers["choose"] = lambda _title: "+Institutions"
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["edit_source"].trigger()
    assert {one.folder for one in desk.feeds.listed()} == {"Institutions"}
    with qtbot.waitSignal(window.bus.changed):
        window.notice._buttons[0].click()
    assert {one.folder for one in desk.feeds.listed()} == {""}, "one gesture"
    qtbot.waitUntil(lambda: not window.sources.tree._groups, timeout=5_000)
    window.sources.tree.selectAll()
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["unfollow"].trigger()
    assert desk.feeds.listed() == []
    assert "5 sources" in window.notice.text


def test_what_of_a_page_is_ignored_is_written_as_people_write_it(
    desk: Desk, window: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    feed = desk.feeds.follow_page(
        "https://valmont.example/actes", said={"title": "Actes", "ignore": ["dates", "Vu * fois"]}
    )
    shown(window, qtbot, feed)
    window.sources.tree.select(feed)
    window.sources._show_chosen()
    assert window.sources.detail._facts["ignored"].text() == "dates ; Vu * fois"
    answers["form"] = lambda _title: {
        "title": "Actes", "folder": "", "ignore": "Numbers; Mis à jour *", "least": "20",
    }  # fmt: skip
    with qtbot.waitSignal(window.bus.changed):
        window.actions_["edit_source"].trigger()
    one = desk.feeds.one(feed)
    assert (one.ignore, one.least) == (("numbers", "Mis à jour *"), 20)
    assert sources.ignored(one.ignore) == "numbers ; Mis à jour *"


def test_what_it_brought_is_opened_from_the_detail(
    desk: Desk, window: MainWindow, qtbot: QtBot, courrier: str
) -> None:
    feed = desk.feeds.follow(f"{courrier}flux.xml", said={"title": "Le Courrier"})
    desk.feeds.refresh([feed])
    shown(window, qtbot, feed)
    window.sources.tree.select(feed)
    window.sources._show_chosen()
    listed = window.sources.detail.brought
    titles = [listed.item(place).text() for place in range(listed.count())]
    assert sorted(titles) == ["La digue", "Le budget voté", "Le marché couvert"]
    listed.setCurrentRow(titles.index("La digue"))
    listed.setFocus()
    qtbot.keyClick(listed, KEY.Key_Return)
    assert window.pages.currentWidget() is window.inner
    assert "La digue" in window.reader.browser.toPlainText()


def test_nothing_behind_the_screen_is_acted_upon(
    desk: Desk, window: MainWindow, qtbot: QtBot, courrier: str
) -> None:
    article = desk.clip("-", stdin=b"Titre\n\nUn texte de presse sur la ville.").id
    window.bus.changed.emit(Changes(frozenset({article})))
    window.open(article)
    assert window.focus.targets() == [article]
    window.sidebar.choose("sources")
    assert window.focus.targets() == []
    assert not window.actions_["keep"].isEnabled()
    assert not window.actions_["unfollow"].isEnabled(), "nothing is chosen"
    feed = desk.feeds.follow(f"{courrier}flux.xml")
    shown(window, qtbot, feed)
    window.sources.tree.select(feed)
    assert window.actions_["unfollow"].isEnabled()
    window.sidebar.choose("articles")
    assert not window.actions_["unfollow"].isEnabled()
    assert window.sources.chosen == []


# --- reading them --------------------------------------------------------------------------------


def test_what_is_due_is_read_by_itself_and_nothing_is_said(
    desk: Desk, window: MainWindow, qtbot: QtBot, courrier: str
) -> None:
    told: list[str] = []
    window.refreshing.progressed.connect(lambda what, far: told.append(f"{what} {far}".strip()))
    feed = desk.feeds.follow(f"{courrier}flux.xml", said={"title": "Le Courrier"})
    window.following.start()
    qtbot.waitUntil(lambda: desk.feeds.one(feed).state.heard_at > 0, timeout=60_000)
    settled(window, qtbot)
    assert window.notice.text == ""
    assert any("1/1" in one and "Le Courrier" in one for one in told)
    assert told[-1] == ""
    assert window.status._reading.isHidden()
    qtbot.waitUntil(lambda: len(window.list.model.ids) == 3, timeout=10_000)
    assert window.refreshing._clock.isActive(), "it looks again later"


def test_reading_is_stopped_and_taken_up_again(
    desk: Desk, window: MainWindow, qtbot: QtBot, site: Site, courrier: str
) -> None:
    import threading

    held = threading.Event()

    def slow(request: object) -> None:
        held.wait(30)

    site.routes["/lent.xml"] = slow  # type: ignore[assignment]
    feeds = [desk.feeds.follow(f"{courrier}flux.xml"), desk.feeds.follow(site.url("/lent.xml"))]
    shown(window, qtbot, *feeds)
    window.actions_["refresh_all"].trigger()
    qtbot.waitUntil(lambda: desk.feeds.one(feeds[0]).state.heard_at > 0, timeout=60_000)
    assert window.status._reading.isVisible()
    stop = window.status._stop
    assert isinstance(stop, QPushButton)
    assert stop.width() >= 24
    stop.click()
    held.set()
    assert not window.refreshing.busy
    assert "What was read is kept" in window.notice.text
    assert window.status._reading.isHidden()
    assert desk.count(Filter(kinds=("article",), states=("inbox",))) == 3
    window.actions_["refresh_all"].trigger()
    settled(window, qtbot)
    assert "2 sources asked" in window.notice.text


def test_when_nobody_answers_it_is_the_network(window: MainWindow, desk: Desk) -> None:
    driver = window.refreshing
    driver._started = True
    driver._waiting[(), False] = None
    everyone = {"asked": 8, "failed": 8, "new": 0, "entities": [], "told": ""}
    driver._on_refreshed(((), False), everyone)
    assert driver.offline
    assert driver._clock.interval() == 60_000
    for _turn in range(6):
        driver._on_refreshed((("f-x",), False), {**everyone, "asked": 1, "failed": 1})
    assert driver._clock.interval() == 5 * 60_000, "less and less often, and not never"
    driver._on_refreshed((("f-x",), False), {**everyone, "asked": 3, "failed": 2})
    assert not driver.offline
    assert driver._clock.interval() < 60_000, "what is due is read at once"
    driver._on_refreshed(((), False), {**everyone, "asked": 2, "failed": 2})
    assert not driver.offline, "two that fail are two that fail"


def test_a_reading_that_dies_is_said_to_have_and_can_be_begun_again(
    desk: Desk, window: MainWindow, qtbot: QtBot, site: Site, courrier: str
) -> None:
    import threading

    held = threading.Event()
    site.routes["/lent.xml"] = lambda _request: held.wait(30) and None  # type: ignore[assignment]
    slow = desk.feeds.follow(site.url("/lent.xml"))
    shown(window, qtbot, slow)
    window.actions_["refresh_all"].trigger()
    qtbot.waitUntil(lambda: "/lent.xml" in site.seen, timeout=60_000)
    process = window.refreshing._helper._process
    assert process is not None
    process.kill()
    qtbot.waitUntil(lambda: "interrupted" in window.notice.text, timeout=10_000)
    held.set()
    assert not window.refreshing.busy
    desk.feeds.unfollow([slow])
    feed = desk.feeds.follow(f"{courrier}flux.xml")
    shown(window, qtbot, feed)
    window.actions_["refresh_all"].trigger()
    settled(window, qtbot)
    assert "3 new things to sort" in window.notice.text


def test_closing_the_window_stops_a_reading(
    desk: Desk, window: MainWindow, qtbot: QtBot, site: Site
) -> None:
    import threading

    held = threading.Event()
    site.routes["/lent.xml"] = lambda _request: held.wait(30) and None  # type: ignore[assignment]
    feed = desk.feeds.follow(site.url("/lent.xml"))
    shown(window, qtbot, feed)
    window.actions_["refresh_all"].trigger()
    qtbot.waitUntil(lambda: "/lent.xml" in site.seen, timeout=60_000)
    started = clock.seconds()
    window.close()
    held.set()
    assert clock.seconds() - started < 10
    assert window.refreshing._helper._process is None


def test_everything_of_the_screen_is_named_and_large_enough(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    feed = desk.feeds.follow("https://a.example/flux", said={"title": "Le Courrier"})
    shown(window, qtbot, feed)
    window.sources.tree.select(feed)
    window.sources._show_chosen()
    for one in window.sources.findChildren(QWidget):
        if not one.isVisible() or one.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(one, QAbstractButton | QLineEdit):
            interface = QAccessible.queryAccessibleInterface(one)
            assert interface.text(QAccessible.Text.Name), type(one).__name__
        if isinstance(one, QAbstractButton):
            assert min(one.width(), one.height()) >= 24
    assert window.sources.tree.accessibleName()
    item = window.sources.tree._items[feed]
    assert item.icon(2).isNull() is False
    assert item.text(2), "never an icon alone"
