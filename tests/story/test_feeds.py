"""Feeds through the whole house: what arrives, what passes by, what is kept, what never returns."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Clock, Site
from tests.fakes.newsroom import Newsroom, Piece, pieces
from veille.desk.desk import Desk
from veille.domain.views import Filter

pytestmark = pytest.mark.usefixtures("intranet")
Open = Callable[..., Desk]
HOUR, DAY = 3_600_000, 86_400_000
INBOX = Filter(kinds=("article",), states=("inbox",))
DISCARDED = Filter(kinds=("article",), states=("discarded",))


@pytest.fixture
def room(site: Site, clock: Clock) -> Newsroom:
    made = Newsroom(site)
    titles = ["Budget participatif : les votes sont ouverts", "La piscine rouvre lundi",
              "Deux rues en travaux cet été"]  # fmt: skip
    made.pieces = pieces(titles, at=lambda number: clock.ms - number * HOUR)
    return made


@pytest.fixture
def reader(open_desk: Open, clock: Clock) -> Desk:
    return open_desk("lectrice", clock)


def titles(desk: Desk, wanted: Filter = INBOX) -> list[str]:
    return [row.title for row in desk.rows(desk.ids(wanted))]


def follow(desk: Desk, room: Newsroom, **more: str) -> str:
    feed = desk.feeds.follow(room.url, **more)
    desk.feeds.refresh([feed])
    return feed


def ask_again(desk: Desk, clock: Clock, feed: str) -> int:
    clock.ms += HOUR
    return desk.feeds.refresh([feed]).new


def test_what_a_feed_brings_is_to_be_sorted_newest_first(reader: Desk, room: Newsroom) -> None:
    feed = follow(reader, room)
    assert titles(reader) == [one.title for one in room.pieces]
    row = reader.rows(reader.ids(INBOX))[0]
    assert (row.source, row.verdict, row.passing) == ("Le Courrier du Val", "summary", 1)
    assert "Le détail suit." in reader.read(row.id).text
    assert reader.feeds.one(feed).title == "Le Courrier du Val"
    assert reader.verify().problems == ()


def test_what_passes_by_is_no_operation_until_somebody_acts(reader: Desk, room: Newsroom) -> None:
    feed = reader.feeds.follow(room.url)
    before = reader.verify().operations
    reader.feeds.refresh([feed])
    assert reader.feeds.one(feed).title == "Le Courrier du Val"
    assert reader.verify().operations == before
    reader.triage([reader.ids(INBOX)[0]], "discarded")
    assert reader.verify().operations == before + 1


def test_an_unchanged_feed_is_not_sent_again(reader: Desk, room: Newsroom, clock: Clock) -> None:
    feed = follow(reader, room)
    assert ask_again(reader, clock, feed) == 0
    assert "if-none-match" in room.asked[-1]
    assert reader.feeds.one(feed).health.code == "good"


def test_changed_identifiers_bring_nothing_back(reader: Desk, room: Newsroom, clock: Clock) -> None:
    feed = follow(reader, room)
    room.pieces = [dataclasses.replace(one, guid=f"new-{one.guid}") for one in room.pieces]
    assert ask_again(reader, clock, feed) == 0
    # Nor do changed addresses, while the words and the date are the same.
    room.pieces = [
        dataclasses.replace(one, guid="", path=f"/2026{one.path}") for one in room.pieces
    ]
    assert ask_again(reader, clock, feed) == 0
    assert len(titles(reader)) == 3


def test_what_was_discarded_never_returns_as_new(
    reader: Desk, room: Newsroom, clock: Clock
) -> None:
    feed = follow(reader, room)
    reader.triage(reader.ids(INBOX), "discarded")
    room.pieces[0].text = "Le texte a été corrigé, et le titre aussi."
    room.pieces[0].title = "Budget participatif : les votes sont ouverts (corrigé)"
    assert ask_again(reader, clock, feed) == 0
    assert titles(reader) == []


def test_a_correction_is_a_version_of_the_same_article(
    reader: Desk, room: Newsroom, clock: Clock
) -> None:
    feed = follow(reader, room)
    room.pieces[0].text = "Les votes sont ouverts jusqu'au 30 juin. Le montant a été corrigé."
    assert ask_again(reader, clock, feed) == 0
    first = reader.ids(INBOX)[0]
    texts = [one.text for one in reader.read(first).captures]
    assert len(texts) == 2
    assert "corrigé" in texts[0]
    assert len(titles(reader)) == 3


def test_a_page_clipped_before_is_not_brought_again(
    reader: Desk, room: Newsroom, site: Site, article_html: str
) -> None:
    url = site.page("/article-0", article_html.encode())
    kept = reader.clip(url).id
    reader.triage([kept], "archived")
    follow(reader, room)
    assert len(titles(reader)) == 2


def test_keeping_writes_it_down_and_has_its_page(
    reader: Desk, room: Newsroom, site: Site, article_html: str
) -> None:
    site.page("/article-0", article_html.encode())
    follow(reader, room)
    article = reader.ids(INBOX)[0]
    reader.triage([article], "kept")
    row = reader.rows([article])[0]
    assert (row.passing, row.state, row.created_by) == (0, "kept", reader.person)
    assert [one.article for one in reader.pending()] == [article]
    reader.finish_clip(article)
    assert reader.rows([article])[0].verdict == "complete"
    assert len(reader.read(article).captures) == 2
    assert reader.verify().problems == ()


def test_undo_of_keeping_leaves_it_to_be_sorted(reader: Desk, room: Newsroom) -> None:
    follow(reader, room)
    before = titles(reader)
    reader.triage([reader.ids(INBOX)[0]], "kept")
    assert len(titles(reader)) == 2
    reader.undo()
    assert titles(reader) == before


def test_a_bulk_discard_is_one_gesture_undone_after_a_restart(
    open_desk: Open, reader: Desk, room: Newsroom, clock: Clock
) -> None:
    follow(reader, room)
    before = titles(reader)
    reader.triage(reader.ids(INBOX), "discarded")
    assert titles(reader) == []
    reader.close()
    again = open_desk("lectrice", clock)
    again.undo()
    assert titles(again) == before


def test_a_theme_or_a_quote_makes_it_part_of_the_memory(reader: Desk, room: Newsroom) -> None:
    follow(reader, room)
    first, second, third = reader.ids(INBOX)
    reader.tag([first], add=["Démocratie locale"])
    reader.quote(second, "Le détail suit.")
    dossier = reader.new_dossier("Travaux")
    reader.add_to_dossier(dossier, [third])
    assert [row.passing for row in reader.rows([first, second, third])] == [0, 0, 0]
    reader.rebuild_tables()
    assert reader.rows([first])[0].tags == ("Démocratie locale",)
    assert reader.read(second).text.endswith("Le détail suit.")
    assert reader.verify().problems == ()


def test_clipping_what_a_feed_announced_keeps_one_article(
    reader: Desk, room: Newsroom, site: Site, article_html: str
) -> None:
    url = site.page("/article-0", article_html.encode())
    follow(reader, room)
    announced = reader.ids(INBOX)[0]
    assert reader.clip(url).id == announced
    row = reader.rows([announced])[0]
    assert (row.passing, row.verdict) == (0, "complete")


def test_what_was_never_kept_is_forgotten_and_not_new_again(
    reader: Desk, room: Newsroom, clock: Clock
) -> None:
    feed = follow(reader, room)
    kept, discarded, left = reader.ids(INBOX)
    reader.triage([kept], "kept")
    reader.triage([discarded], "discarded")
    clock.ms += 91 * DAY
    report = reader.feeds.refresh([feed])
    assert (report.new, report.forgotten) == (0, 2)
    assert [row.id for row in reader.rows([kept, discarded, left])] == [kept]
    assert titles(reader) == []
    # The site changes everything about them: they were seen all the same.
    room.pieces = [dataclasses.replace(one, guid=f"x{one.guid}") for one in room.pieces]
    assert ask_again(reader, clock, feed) == 0
    assert reader.verify().problems == ()


def test_retention_is_chosen(reader: Desk, room: Newsroom, clock: Clock) -> None:
    feed = follow(reader, room)
    reader.feeds.set_retention(7)
    clock.ms += 8 * DAY
    assert reader.feeds.refresh([feed]).forgotten == 3


def test_a_feed_that_moved_for_good_is_asked_at_its_new_home(
    reader: Desk, room: Newsroom, site: Site, clock: Clock
) -> None:
    old = "/old.xml"

    def moved(request: object) -> None:
        request.send_response(301)  # type: ignore[attr-defined]
        request.send_header("Location", room.url)  # type: ignore[attr-defined]
        request.send_header("Content-Length", "0")  # type: ignore[attr-defined]
        request.end_headers()  # type: ignore[attr-defined]

    site.routes[old] = moved
    feed = reader.feeds.follow(site.url(old))
    assert reader.feeds.refresh([feed]).new == 3
    ask_again(reader, clock, feed)
    assert site.seen.count(old) == 1
    assert reader.feeds.one(feed).asked == room.url


def test_a_feed_that_is_gone_is_asked_no_more(reader: Desk, room: Newsroom, clock: Clock) -> None:
    feed = follow(reader, room)
    room.status = 410
    clock.ms += 30 * DAY
    reader.feeds.refresh()
    assert reader.feeds.one(feed).health.code == "gone"
    asked = len(room.asked)
    clock.ms += 30 * DAY
    reader.feeds.refresh()
    assert len(room.asked) == asked
    # A person who insists is obeyed, and the feed may live again.
    room.status = 200
    reader.feeds.refresh([feed])
    assert reader.feeds.one(feed).health.code == "good"


def test_a_feed_that_fails_is_asked_less_and_less(
    reader: Desk, room: Newsroom, clock: Clock
) -> None:
    feed = follow(reader, room)
    room.status = 500
    waits = []
    for _turn in range(5):
        clock.ms = reader.feeds.one(feed).state.next_at
        reader.feeds.refresh()
        state = reader.feeds.one(feed).state
        waits.append(state.next_at - state.tried_at)
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0]
    assert reader.feeds.one(feed).state.problem == "ServerSaid"
    # What it had brought is still there.
    assert len(titles(reader)) == 3


def test_a_site_that_asks_for_patience_gets_it(reader: Desk, room: Newsroom, clock: Clock) -> None:
    feed = follow(reader, room)
    room.status, room.headers = 429, {"Retry-After": "43200"}
    clock.ms = reader.feeds.one(feed).state.next_at
    reader.feeds.refresh()
    state = reader.feeds.one(feed).state
    assert state.next_at - state.tried_at >= 12 * HOUR


def test_a_new_subscription_begins_with_its_recent_past(
    reader: Desk, site: Site, clock: Clock
) -> None:
    room = Newsroom(site, "/archives.xml")
    room.pieces = pieces([f"Séance numéro {n}" for n in range(40)], at=lambda n: clock.ms - n * DAY)
    follow(reader, room)
    assert 5 <= len(titles(reader)) <= 8


def test_dates_in_french_words_are_read_and_absurd_ones_are_not_believed(
    reader: Desk, site: Site, clock: Clock
) -> None:
    room = Newsroom(site, "/dates.xml")
    room.pieces = [
        Piece("Demain déjà : le festival commence", "/d1", "d1", dated="2099-01-01T00:00:00Z"),
        Piece("Sans date, la brocante de la place", "/d2", "d2"),
    ]
    feed = follow(reader, room)
    rows = {row.title: row for row in reader.rows(reader.ids(INBOX))}
    assert rows["Sans date, la brocante de la place"].published == ""
    assert all(int(str(row.fields["moment"])) <= clock.ms for row in rows.values())
    assert feed


def test_two_colleagues_sort_one_shared_feed_together(
    open_desk: Open, room: Newsroom, share_folder: Path, clock: Clock
) -> None:
    anne, bruno = open_desk("anne", clock), open_desk("bruno", clock)
    space = anne.create_space("Com", str(share_folder), full_text=True).id
    bruno.join_space(str(share_folder))
    follow(anne, room, space=space)
    for desk in (anne, bruno, anne):
        desk.sync()
    assert [one.url for one in bruno.feeds.listed()] == [room.url]
    bruno.feeds.refresh()
    assert titles(bruno) == titles(anne)
    kept, discarded, left = anne.ids(INBOX)
    anne.triage([kept], "kept")
    anne.triage([discarded], "discarded")
    for desk in (anne, bruno, anne):
        desk.sync()
    assert bruno.ids(INBOX) == [left]
    row = bruno.rows([kept])[0]
    assert (row.state, row.passing, row.created_by) == ("kept", 0, anne.person)
    # Both keep the same one at once: one article, no conflict.
    anne.triage([left], "kept")
    bruno.triage([left], "kept")
    for desk in (anne, bruno, anne, bruno):
        desk.sync()
    assert [desk.rows([left])[0].conflicts for desk in (anne, bruno)] == [0, 0]
    assert anne.verify().problems == bruno.verify().problems == ()


def test_a_colleague_who_follows_later_does_not_get_what_was_discarded(
    open_desk: Open, room: Newsroom, share_folder: Path, clock: Clock
) -> None:
    anne = open_desk("anne", clock)
    space = anne.create_space("Com", str(share_folder), full_text=True).id
    follow(anne, room, space=space)
    anne.triage(anne.ids(INBOX)[:2], "discarded")
    anne.sync()
    bruno = open_desk("bruno", clock)
    bruno.join_space(str(share_folder))
    bruno.sync()
    # Nothing of it is here yet: what was said of it waits for it.
    assert titles(bruno) == []
    bruno.feeds.refresh()
    assert titles(bruno) == titles(anne)
    assert len(titles(bruno, DISCARDED)) == 2


def test_what_is_to_be_sorted_is_found_and_what_was_discarded_is_not(
    reader: Desk, room: Newsroom
) -> None:
    follow(reader, room)
    reader.drain()
    assert reader.search("piscine").total == 1
    piscine = reader.search("piscine").items[0].row.id
    reader.triage([piscine], "discarded")
    reader.drain()
    assert reader.search("piscine").total == 0
    reader.undo()
    reader.drain()
    assert reader.search("piscine").total == 1


def test_a_saved_search_tells_what_comes_in(reader: Desk, room: Newsroom, clock: Clock) -> None:
    feed = follow(reader, room)
    reader.save_search("Piscines", "piscine", every="weekly")
    reader.drain()
    assert reader.saved_searches()[0].new == 0
    room.publish(Piece("La piscine ferme pour travaux", "/p9", "p9", at=clock.ms))
    ask_again(reader, clock, feed)
    reader.drain()
    assert reader.saved_searches()[0].new == 1
    assert reader.summaries() == []
    clock.ms += 8 * DAY
    (told,) = reader.summaries()
    assert (told.count, [row.title for row in told.rows]) == (1, ["La piscine ferme pour travaux"])
    reader.note_told([told.search.id])
    assert reader.summaries() == []


def test_following_no_more_and_again(reader: Desk, room: Newsroom) -> None:
    feed = follow(reader, room)
    reader.feeds.unfollow([feed])
    assert reader.feeds.listed() == []
    assert len(titles(reader)) == 3
    reader.undo()
    assert [one.id for one in reader.feeds.listed()] == [feed]


def test_a_hostile_feed_harms_nothing(reader: Desk, site: Site) -> None:
    items = [
        {"id": "1", "url": "javascript:alert(1)", "title": "Half a letter \ud800 and \u0000 nothing",
         "content_html": "<script>alert(1)</script><p onclick=x>Texte \udfff</p><img src=x onerror=y>"},
        {"id": "2", "url": "file:///etc/passwd", "title": "x" * 100_000, "content_text": "y" * 900_000},
        {"id": ["no"], "title": {"a": 1}, "authors": "z", "date_published": 12, "tags": [None, 3]},
        {"id": "4", "url": site.url("/sain"), "title": "Un titre sain", "content_text": "Un texte sain."},
    ]  # fmt: skip
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "H\ud800", "items": items}
    )
    feed = reader.feeds.follow(site.page("/h.json", body.encode(), "application/feed+json"))
    report = reader.feeds.refresh([feed])
    assert [one.problem for one in report.feeds] == [""]
    rows = reader.rows(reader.ids(INBOX))
    assert "Un titre sain" in [row.title for row in rows]
    for row in rows:
        assert row.text("url").startswith("http") or not row.text("url")
        read = reader.read(row.id)
        assert "script" not in read.html
        assert "onclick" not in read.html
        assert len(row.title) <= 500
        row.title.encode()
    reader.triage([row.id for row in rows], "kept")
    reader.drain()
    assert reader.verify().problems == ()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\x00" * 5_000, b"<html><body>Bonjour</body></html>", b"{}", b"<rss", b"\xff\xfe\x00",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><rss>&c;</rss>',
        b"<rss>" * 50_000,
    ],
    ids=["nothing", "zeros", "a page", "empty json", "cut", "marks", "entities", "deep"],
)  # fmt: skip
def test_what_is_no_feed_is_said_and_the_rest_goes_on(
    reader: Desk, room: Newsroom, site: Site, body: bytes
) -> None:
    reader.feeds.follow(site.page("/bad", body, "application/rss+xml"))
    reader.feeds.follow(room.url)
    report = reader.feeds.refresh()
    problems = {one.problem for one in report.feeds if one.problem}
    assert problems <= {"NotAFeed"}
    assert report.new == 3


def test_sorting_more_than_a_slice_is_still_one_gesture(
    reader: Desk, site: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("veille.desk.filing._AT_ONCE", 4)
    room = Newsroom(site, "/beaucoup.xml")
    room.pieces = pieces(
        [f"Nouvelle numéro {n}" for n in range(11)], at=lambda n: clock.ms - n * HOUR
    )
    follow(reader, room)
    before = titles(reader)
    changes = reader.triage(reader.ids(INBOX), "discarded")
    assert (len(changes.entities), titles(reader)) == (11, [])
    reader.undo()
    assert titles(reader) == before


def test_following_again_forgets_neither_name_nor_folder(reader: Desk, room: Newsroom) -> None:
    feed = follow(reader, room)
    reader.feeds.change(feed, {"title": "Le Val", "folder": "Presse"})
    assert reader.feeds.follow(room.url) == feed
    reader.feeds.unfollow([feed])
    reader.feeds.follow(room.url)
    one = reader.feeds.one(feed)
    assert (one.title, one.folder) == ("Le Val", "Presse")
