"""Finding the feed of a site, on pages written for this test as French sites write theirs."""

from __future__ import annotations

from time import process_time
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.feeds.discover import (
    MOST_CANDIDATES,
    MOST_GUESSES,
    MOST_PAGE,
    Candidate,
    absolute,
    candidates,
    guesses,
)

HERE = "https://www.valmont.fr/actualites/page.html"


def page(head: str = "", body: str = "") -> str:
    return f"<!doctype html><html lang=fr><head>{head}</head><body>{body}</body></html>"


def link(href: str, kind: str = "application/rss+xml", title: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" title="{title}">'


def urls(head: str = "", body: str = "", *, url: str = HERE) -> list[str]:
    return [one.url for one in candidates(page(head, body), url=url)]


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("application/rss+xml", "rss"),
        ("application/atom+xml", "atom"),
        ("Application/Feed+JSON; charset=utf-8", "json"),
        ("application/rdf+xml", "rss"),
        ("text/xml", ""),
        ("application/xml", ""),
    ],
)
def test_a_page_announces_its_feed(kind: str, form: str) -> None:
    told = candidates(page(link("/flux-du-site", kind, "Ville de Valmont – à la une")), url=HERE)
    title = "Ville de Valmont – à la une"
    assert told == [Candidate("https://www.valmont.fr/flux-du-site", title, form, "link")]


@pytest.mark.parametrize(
    "head",
    [
        "<LINK REL='Alternate Home' TYPE='application/rss+xml' HREF='/rss.xml'>",
        "<link href=/rss.xml rel=feed>",
        "<link rel=alternate href=/rss.xml>",
        "<link rel=alternate type=application/rss+xml href='  /rss.xml#haut\n'>",
        "<link rel=alternate type=application/rss+xml href='feed:https://www.valmont.fr/rss.xml'>",
        "<link rel=alternate type=application/rss+xml href='//www.valmont.fr/rss.xml'>",
        f"<script>var a = '{link('/faux.xml')}';</script><!-- {link('/faux.xml')} -->"
        + link("/rss.xml"),
    ],
)
def test_however_it_is_written(head: str) -> None:
    assert urls(head) == ["https://www.valmont.fr/rss.xml"]


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=stylesheet type=text/css href=/feed.css>",
        "<link rel='alternate stylesheet' type=text/xml href=/style.xml>",
        "<link rel=alternate hreflang=en href=/en/>",
        "<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/12>",
        "<link rel=alternate type=application/json+oembed href='/oembed?url=x'>",
        "<link rel=alternate type=text/xml href='/wp-json/oembed/1.0/embed?format=xml'>",
        "<link rel=sitemap type=application/xml href=/sitemap.xml>",
        "<link rel=alternate type=application/rss+xml>",
        "<link rel=alternate type=application/rss+xml href='http://['>",
        "<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>",
        "<link rel=alternate type=application/rss+xml href='file:///etc/passwd'>",
    ],
)
def test_what_is_no_feed_is_not_announced(head: str) -> None:
    assert urls(head) == []


def test_addresses_are_meant_from_the_base_of_the_page() -> None:
    assert urls(link("actus.xml")) == ["https://www.valmont.fr/actualites/actus.xml"]
    base = "<base href='/presse/'><base href='/ailleurs/'>"
    assert urls(link("actus.xml") + base) == ["https://www.valmont.fr/presse/actus.xml"]
    assert urls("<base href='data:,x'>" + link("/actus.xml")) == [
        "https://www.valmont.fr/actus.xml"
    ]


def test_the_order_of_the_page_is_kept_and_comments_come_last() -> None:
    head = (
        link("/comments/feed/", title="Valmont » Flux des commentaires")
        + link("/une-course/feed/", title="Valmont » Commentaires sur la course")
        + link("/feed/", title="Valmont » Flux")
        + link("/agenda/feed/", title="Valmont » Agenda")
    )
    body = "<a href=/rss/travaux.rss>Travaux</a>"
    assert urls(head, body) == [
        "https://www.valmont.fr/feed/",
        "https://www.valmont.fr/agenda/feed/",
        "https://www.valmont.fr/rss/travaux.rss",
        "https://www.valmont.fr/comments/feed/",
        "https://www.valmont.fr/une-course/feed/",
    ]


def test_the_feed_of_the_section_asked_for_is_the_best() -> None:
    head = link("/feed/", title="Le site") + link("/category/budget/feed/", title="Budget")
    told = candidates(page(head), url="https://www.valmont.fr/category/budget/")
    assert [(one.url, one.origin) for one in told] == [
        ("https://www.valmont.fr/category/budget/feed/", "link"),
        ("https://www.valmont.fr/feed/", "link"),
    ]


def test_mere_json_comes_late() -> None:
    body = "<a href=/rss.xml>Suivre</a>"
    told = urls(
        link("/donnees.json", "application/json") + link("/feed.json", "application/json"), body
    )
    assert [one.rpartition("/")[2] for one in told] == ["feed.json", "rss.xml", "donnees.json"]


def test_two_spellings_are_one_feed() -> None:
    head = link("/feed/") + link("/feed") + link("http://www.valmont.fr/feed/", title="Encore")
    assert urls(head) == ["https://www.valmont.fr/feed/"]


@pytest.mark.parametrize(
    ("anchor", "form"),
    [
        ("<a href='/feed/'>S'abonner</a>", ""),
        ("<a href='/rss'><img src=rss.png alt='Flux RSS'></a>", "rss"),
        ("<a href='/actus.rss'></a>", "rss"),
        ("<a href='/atom.xml'>Suivre</a>", "atom"),
        ("<a href='/spip.php?page=backend&id_rubrique=3'>Rubrique</a>", ""),
        ("<a href='/?feed=rss2'>Suivre</a>", "rss"),
        ("<a href='/index.php?format=feed&type=rss'>Suivre</a>", "rss"),
        ("<a href='https://feeds.example.net/valmont'>Suivre</a>", ""),
        ("<a href='/blog/feeds/posts/default'>Suivre</a>", ""),
        ("<a href='feed:https://www.valmont.fr/suivre'>Suivre</a>", ""),
        ("<a type='application/atom+xml' href='/flux-suivre'>Suivre</a>", "atom"),
        ("<a href='/suivre/'>Flux RSS des actualités</a>", ""),
        ("<a href='/suivre/'>S’abonner au flux</a>", ""),
        ("<a href='/suivre/' title='Fil RSS'>Suivre</a>", ""),
        ("<a href='/suivre/'><svg><title>RSS</title></svg></a>", ""),
        ("<map><area href='/feed.xml' alt='Suivre'></map>", ""),
        ("<map><area href='/a'><area href='/feed.xml'></map>RSS", ""),
    ],
)
def test_a_link_may_look_like_a_feed(anchor: str, form: str) -> None:
    told = candidates(page(body=f"<p>Suivez-nous : {anchor}</p>"), url=HERE)
    assert [(one.form, one.origin) for one in told] == [(form, "anchor")]


@pytest.mark.parametrize(
    "anchor",
    [
        "<a href='/transports/'>Un carrosse pour la rosière</a>",
        "<a href='/qu-est-ce/'>Qu’est-ce que le RSS ?</a>",
        "<a href='/sitemap.xml'>Plan</a>",
        "<a href='https://fr.wikipedia.org/wiki/RSS'>RSS</a>",
        "<a href='https://www.linkedin.com/feed/'>LinkedIn</a>",
        "<a href='/flux-migratoires/'>Les flux migratoires en 2026</a>",
        "<a href='/abonnes/'>Abonnez-vous à la lettre</a>",
        "<a href='mailto:rss@valmont.fr'>RSS</a>",
        "<a href='#rss'>RSS</a>",
        "<a name=rss>RSS</a>",
    ],
)
def test_most_links_do_not(anchor: str) -> None:
    assert urls(body=anchor) == []


def test_a_sure_address_comes_before_a_mere_word_and_titles_are_the_words() -> None:
    body = (
        "<a href=/abonnement/>Flux RSS</a> <a href=/rss.xml><i class=icone></i></a>"
        " <a href=/rss.xml>  Toutes\nles <b>actualités</b> </a>"
    )
    told = candidates(page(body=body), url=HERE)
    assert [(one.url.rpartition(".fr")[2], one.title) for one in told] == [
        ("/rss.xml", "Toutes les actualités"),
        ("/abonnement/", "Flux RSS"),
    ]


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
         "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"),
        ("https://m.youtube.com/user/villedevalmont",
         "https://www.youtube.com/feeds/videos.xml?user=villedevalmont"),
        ("https://www.youtube.com/watch?v=abc&list=PLab-c_d&index=2",
         "https://www.youtube.com/feeds/videos.xml?playlist_id=PLab-c_d"),
        ("https://github.com/valmont/open.data/releases/tag/v1",
         "https://github.com/valmont/open.data/releases.atom"),
        ("https://github.com/valmont/open-data/commits/main/",
         "https://github.com/valmont/open-data/commits/main.atom"),
        ("https://old.reddit.com/r/valmont/top/?t=week", "https://www.reddit.com/r/valmont/.rss"),
        ("https://medium.com/@mairie.valmont", "https://medium.com/feed/@mairie.valmont"),
        ("https://valmont.medium.com/un-titre-123", "https://valmont.medium.com/feed"),
        ("https://valmont.blogspot.com/2026/11/x.html",
         "https://valmont.blogspot.com/feeds/posts/default"),
        ("https://valmont.wordpress.com/2026/", "https://valmont.wordpress.com/feed/"),
        ("https://social.valmont.fr/@presse", "https://social.valmont.fr/@presse.rss"),
        ("https://www.valmont.fr/category/vie-locale/page/2/",
         "https://www.valmont.fr/category/vie-locale/feed/"),
        ("https://www.valmont.fr/site/spip.php?rubrique12",
         "https://www.valmont.fr/site/spip.php?page=backend"),
    ],
)  # fmt: skip
def test_some_sites_are_known_by_their_address(url: str, feed: str) -> None:
    told = candidates("", url=url)
    assert [(one.url, one.origin) for one in told] == [(feed, "guess")]


def test_a_repository_has_releases_and_changes() -> None:
    told = urls(url="https://github.com/valmont/open-data")
    assert [one.rpartition("/")[2] for one in told] == ["releases.atom", "commits.atom"]


def test_the_page_may_say_which_channel_it_is() -> None:
    head = "<link rel=canonical href=https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv>"
    told = urls(head, url="https://www.youtube.com/@villedevalmont")
    assert told == ["https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"]


def test_what_a_page_announces_comes_before_what_is_known_of_its_address() -> None:
    told = candidates(page(link("/blog.atom")), url="https://social.valmont.fr/@presse")
    assert [one.origin for one in told] == ["link", "guess"]


def test_guesses_are_few_near_first_and_stay_on_the_host() -> None:
    told = guesses("https://www.valmont.fr:8443/presse/communiques/2026/un-titre.html?x=1#y")
    assert told[:3] == [
        "https://www.valmont.fr:8443/presse/communiques/feed/",
        "https://www.valmont.fr:8443/presse/communiques/rss.xml",
        "https://www.valmont.fr:8443/presse/feed/",
    ]
    assert "https://www.valmont.fr:8443/spip.php?page=backend" in told
    assert len(told) == len(set(told)) == MOST_GUESSES
    assert {urlsplit(one).netloc for one in told} == {"www.valmont.fr:8443"}


def test_an_article_is_no_section() -> None:
    # What stands there on many sites is the feed of its comments.
    told = guesses("https://www.valmont.fr/une-ligne-de-bus-vers-la-gare/")
    assert told[0] == "https://www.valmont.fr/feed/"
    assert not [one for one in told if "bus" in one]


def test_what_follows_a_year_is_no_section() -> None:
    assert guesses("https://www.valmont.fr/2026/presse/")[0] == "https://www.valmont.fr/feed/"


def test_no_address_no_guess() -> None:
    assert [guesses(one) for one in ("", "valmont", "ftp://valmont.fr", "http://[")] == [[]] * 4


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (" feed://valmont.fr/rss ", "http://valmont.fr/rss"),
        ("FEED:https://valmont.fr/rss", "https://valmont.fr/rss"),
        ("https://valmont.fr/\n  rss", "https://valmont.fr/  rss"),
        ("https://valmont.fr/société.rss", "https://valmont.fr/société.rss"),
        ("https://valmont.fr:99999/rss", ""),
        ("https:///rss", ""),
        ("https://val mont.fr/rss", ""),
        ("valmont.fr/rss", ""),
        ("https://valmont.fr/" + "a" * 4_000, ""),
    ],
)
def test_an_address_is_a_web_address_or_nothing(written: str, meant: str) -> None:
    assert absolute("", written) == meant


@pytest.mark.parametrize(
    "hostile",
    [
        "<a " + " ".join(f"a{n}='1'" for n in range(20_000)) + ">",
        "<div>" * 50_000 + "<a href=/x>",
        "<a href=/rss>" * 30_000,
        "".join(f"<a href=/{n}/feed/>rss</a>" for n in range(5_000)),
        "<a href='" * 20_000,
        "<i>" * 200 + "</b>" * 50_000,
        "<" * 100_000,
        "<!--" * 50_000,
        "<a href='/category/" + "category/" * 400 + "#'>flux</a>",
    ],
    ids=range(9),
)
def test_a_hostile_page_takes_no_time_and_hides_nothing_before_it(hostile: str) -> None:
    begun = process_time()
    told = candidates(page(link("/rss.xml"), hostile), url=HERE)
    assert process_time() - begun < 2
    assert told[0].url == "https://www.valmont.fr/rss.xml"
    assert len(told) <= MOST_CANDIDATES


def test_a_page_is_read_up_to_a_limit() -> None:
    blank = " " * MOST_PAGE
    assert urls(link("/a.xml") + blank + link("/b.xml")) == ["https://www.valmont.fr/a.xml"]


PIECES = st.sampled_from(
    [
        "<link", "rel=alternate", "rel=canonical", "type=application/rss+xml", "href=", "<a", "<base",
        ">", "</a>", "/feed/", "rss", "'", '"', "&", "&amp;", "//", ":", "http://", "[", "]", "\x00",
        "\ud800", "é", "#", "?", "feed:", "<!--", "-->", "<script>", "javascript:", "\n",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=5), max_size=30).map(" ".join), st.sampled_from([HERE, ""])
)
def test_whatever_the_page_all_that_is_given_is_a_web_address(html: str, url: str) -> None:
    told = candidates(html, url=url)
    assert all(urlsplit(one.url).scheme in {"http", "https"} for one in told)
    assert all(urlsplit(one.url).hostname for one in told)
    assert len({one.url for one in told}) == len(told)
