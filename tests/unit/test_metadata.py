"""Pages written for these tests: what a page says of itself, and what it must not be made to say."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.extract import linked_data, people, titles
from veille.extract.dates import day_of, find_dates
from veille.extract.metadata import Metadata, read
from veille.extract.tree import parsed

LONG = "Le conseil municipal s'est réuni pour parler de la piscine, qui rouvrira au printemps. " * 5


def told(
    head: str = "",
    body: str = "",
    *,
    url: str = "https://www.lepetitport.example/a",
    text: str = "",
) -> Metadata:
    page = f"<html lang=fr><head>{head}</head><body>{body}<p>{LONG}</p></body></html>"
    tree = parsed(page)
    assert tree is not None
    return read(tree, page=page, url=url, text=text)


def script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


# Dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("lundi 3 mars 2024 à 14 h 05", "2024-03-03"),
        ("le 1er février 2021", "2021-02-01"),
        ("le 03/03/2024", "2024-03-03"),
        ("12.03.2024", "2024-03-12"),
        ("mars 2024", "2024-03"),
        ("Publié le 4\u00a0août\u202f2022", "2022-08-04"),
        ("December 22, 2023 at 8:48 p.m.", "2023-12-22"),
        ("Sept. 5th, 2023", "2023-09-05"),
        ("22nd of December 2023", "2023-12-22"),
        ("12-Mar-2024", "2024-03-12"),
        ("02/23/2024", "2024-02-23"),
        ("2024/03/12", "2024-03-12"),
        ("FÉVRIER 2021", "2021-02"),
    ],
)
def test_a_date_is_read_with_its_precision(text: str, iso: str) -> None:
    assert [one.iso for one in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "Publié hier",
        "3 mars",
        "il y a 2 heures",
        "31/02/2024",
        "192.168.10.2024",
        "© 2024",
        "1 2 3",
        "",
    ],
)
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert find_dates(text) == []


def test_a_date_knows_where_it_stands() -> None:
    text = "Élu le 3 mars 2024, réélu le 4 avril 2025."
    assert [text[start:end] for _iso, start, end in find_dates(text)] == [
        "3 mars 2024",
        "4 avril 2025",
    ]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-03-12T23:30:00+01:00", "2024-03-12"),
        ("20240312", "2024-03-12"),
        ("2024-03", "2024-03"),
        ("Tue, 12 Mar 2024 10:00:00 GMT", "2024-03-12"),
        ("2024-13-40", ""),
        ("hier", ""),
    ],
)
def test_a_machine_says_a_day(text: str, iso: str) -> None:
    assert day_of(text) == iso


def test_the_day_is_that_of_the_page_where_machines_speak_universal_time() -> None:
    head = script(
        {"@type": "NewsArticle", "headline": "Le port", "datePublished": "2024-03-12T23:30:00Z"}
    )
    found = told(head, "<h1>Le port</h1><p>Publié le 13 mars 2024</p>")
    assert [(one.value, one.origin) for one in found.published] == [
        ("2024-03-13", "page"),
        ("2024-03-12", "jsonld"),
    ]


def test_a_change_is_no_publication() -> None:
    found = told("", "<h1>Le port</h1><p>Mis à jour le 4 avril 2024</p>")
    assert (found.published, found.modified) == ((), "2024-04-04")
    both = told("", "<h1>Le port</h1><p>Publié le 3 avril 2024, mis à jour le 4 avril 2024</p>")
    assert (both.published[0].value, both.modified) == ("2024-04-03", "2024-04-04")


def test_no_date_is_made_of_a_copyright_of_today_or_of_a_comment() -> None:
    assert told("", "<h1>Le port</h1><footer>© 2019 Le Petit Port</footer>").published == ()
    assert (
        told(
            "", "<div>jeudi 26 novembre 2026</div><p>a</p><p>b</p><p>c</p><h1>Le port</h1>"
        ).published
        == ()
    )
    comments = (
        "<h1>Le port</h1><p>texte</p><div class=comment-list><p>Par Zoé, le 3 mai 2024</p></div>"
    )
    assert told("", comments).published == ()


def test_an_address_is_believed_last() -> None:
    url = "https://www.lepetitport.example/2024/03/12/le-port"
    assert [(one.value, one.origin) for one in told("", "<h1>Le port</h1>", url=url).published] == [
        ("2024-03-12", "address")
    ]
    head = '<meta property="article:published_time" content="2024-03-20T10:00:00+01:00">'
    assert told(head, "", url=url).published[0].value == "2024-03-20"


# Titles


@pytest.mark.parametrize(
    "window",
    [
        "Le port rouvre - Le Petit Port",
        "Le port rouvre | Le Petit Port",
        "Le Petit Port : Le port rouvre",
    ],
)
def test_a_title_goes_without_the_site(window: str) -> None:
    head = f'<title>{window}</title><meta property="og:site_name" content="Le Petit Port">'
    assert told(head).title[0].value == "Le port rouvre"


def test_a_title_keeps_its_own_dash() -> None:
    assert (
        told("<title>Paris - Brest : la course est lancée</title>").title[0].value
        == "Paris - Brest : la course est lancée"
    )


def test_several_titles_are_offered_once_each_the_shown_one_first() -> None:
    head = '<title>Port : ce qui change</title><meta property="og:title" content="Le port rouvre enfin">'
    found = told(head, "<h1>Le port  rouvre</h1>")
    assert [(one.value, one.origin) for one in found.title] == [
        ("Le port rouvre", "page"), ("Le port rouvre enfin", "opengraph"), ("Port : ce qui change", "meta"),
    ]  # fmt: skip


def test_a_heading_in_pieces_gets_its_spaces_back() -> None:
    head = '<meta property="og:title" content="Urbanisme Le port rouvre au printemps">'
    assert told(
        head, "<h1><span>Urbanisme</span><span>Le port rouvre au printemps</span></h1>"
    ).title[0].value == ("Urbanisme Le port rouvre au printemps")


def test_the_address_tells_the_article_from_its_teaser() -> None:
    rivals = [
        ("Notre direct de la soirée", "page"),
        ("La piscine municipale rouvre en avril", "opengraph"),
    ]
    url = "https://x.example/la-piscine-municipale-rouvre-en-avril"
    assert titles.ranked(rivals, sources=(), url=url)[0][1] == "opengraph"
    assert titles.ranked(rivals, sources=(), url="https://x.example/12345")[0][1] == "page"


def test_a_heading_that_is_the_site_is_passed_over() -> None:
    head = "<title>Carnets du port : La pêche reprend</title><meta property='og:title' content='La pêche reprend'>"
    assert told(head, "<h1>Carnets du port</h1>").title[0].value == "La pêche reprend"


def test_no_title_is_no_error() -> None:
    assert told().title == ()


# Authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Par Jeanne Martin", ("Jeanne Martin",)),
        ("Jeanne Martin, avec AFP", ("Jeanne Martin",)),
        ("Propos recueillis par Jeanne Martin", ("Jeanne Martin",)),
        ("Par Jeanne Martin et Paul Durand", ("Jeanne Martin", "Paul Durand")),
        ("By Ann Lee, Bob Ray and Cy Doe", ("Ann Lee", "Bob Ray", "Cy Doe")),
        ("Jeanne MARTIN", ("Jeanne MARTIN",)),
        ("Jean de La Fontaine", ("Jean de La Fontaine",)),
        ("Anne d'Ornano • publié le 3 mars", ("Anne d'Ornano",)),
        ("Élodie Ñandú-Müller", ("Élodie Ñandú-Müller",)),
        ("ByJeanne Martin", ("Jeanne Martin",)),
        ("AFP", ("AFP",)),
        ("Le Petit Port et AFP", ("Le Petit Port et AFP",)),
        ("Jeanne Martin, correspondante, Le Petit Port", ("Jeanne Martin",)),
    ],
)
def test_names_are_read_out_of_a_byline(text: str, names: tuple[str, ...]) -> None:
    assert people.cleaned([text], sources=("Le Petit Port",)) == names


@pytest.mark.parametrize(
    "text",
    ["Le Petit Port", "La rédaction", "admin", "@jmartin", "https://x.example/jm", "Publié le 3 mars 2024",
     "Par", "", "Voir plus", "contact@x.example", "Se connecter", "12 commentaires"],
)  # fmt: skip
def test_nobody_is_made_an_author(text: str) -> None:
    assert people.cleaned([text], sources=("Le Petit Port", "lepetitport.example")) == ()


@pytest.mark.parametrize(
    "byline",
    [
        '<span class="article__author">Jeanne Martin</span>',
        '<a rel="author" href="/jm">Jeanne Martin</a>',
        '<span itemprop="author"><span itemprop="name">Jeanne Martin</span></span>',
        '<div class="ArticleHeader--authName--x1">Par <b>Jeanne</b> <b>Martin</b></div>',
        "<p>Par Jeanne Martin</p>",
        "<div><span>Jeanne Martin</span><time>3 mars 2024</time></div>",
        "<div>3 mars 2024 à 8 h | Par Jeanne Martin</div>",
        "<h4>Auteur</h4><p>Jeanne Martin</p>",
    ],
)
def test_a_byline_is_found_in_the_page(byline: str) -> None:
    assert told("", f"<h1>Le port rouvre</h1>{byline}").authors[0].value == ("Jeanne Martin",)


def test_those_named_side_by_side_sign_together() -> None:
    body = "<h1>Le port</h1><p><a rel=author>Jeanne Martin</a> <a rel=author>Paul Durand</a></p>"
    assert told("", body).authors[0].value == ("Jeanne Martin", "Paul Durand")


def test_authors_of_other_articles_and_of_comments_are_not_ours() -> None:
    body = (
        "<h1>Le port</h1><div class=related><span class=author>Paul Durand</span></div>"
        '<a href="/b"><h3>Un autre article, sur la voirie de la ville</h3><span class=author>Luc Petit</span></a>'
        "<div class=comments><span class=author>Zoé Blanc</span></div>"
    )
    assert told("", body).authors == ()


def test_a_signature_at_the_end_of_the_text_is_one() -> None:
    body = f"<h1>Le port</h1><p>{LONG}</p><p><strong>Jeanne Martin</strong></p>"
    found = told("", body, text=f"{LONG}\n\nJeanne Martin").authors
    assert [(one.value, one.origin) for one in found] == [(("Jeanne Martin",), "text")]


def test_an_agency_that_signs_is_kept_and_the_site_comes_last() -> None:
    agency = script({"@type": "NewsArticle", "author": {"@type": "Organization", "name": "AFP"}})
    assert told(agency).authors[0].value == ("AFP",)
    head = script(
        {
            "@type": "NewsArticle",
            "author": {"name": "Le Petit Port"},
            "publisher": {"name": "Le Petit Port"},
        }
    )
    found = told(head, "<h1>Le port</h1><p>Par Jeanne Martin</p>").authors
    assert [one.value for one in found] == [("Jeanne Martin",), ("Le Petit Port",)]
    assert (
        told(script({"@type": "Article", "author": {"@type": "Person", "name": "admin"}})).authors
        == ()
    )


# JSON-LD


@pytest.mark.parametrize(
    "source",
    [
        '{"@type":"NewsArticle","headline":"Le port","author":{"@type":"Person","name":"Jeanne Martin"},}',
        '<!-- {"@type":"NewsArticle","headline":"Le port","author":["Jeanne Martin"]} -->',
        '// <![CDATA[\n{"@type":"NewsArticle","headline":"Le\tport","author":"Jeanne Martin"}\n// ]]>',
        (
            '{"@graph":[{"@type":"NewsArticle","headline":"Le port","author":{"@id":"#j"}},'
            '{"@type":"Person","@id":"#j","name":"Jeanne Martin"}]}'
        ),
        (
            "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Le port&quot;,"
            "&quot;author&quot;:&quot;Jeanne Martin&quot;}"
        ),
    ],
)
def test_broken_linked_data_is_read(source: str) -> None:
    found = told(f'<script type="application/ld+json">{source}</script>')
    assert (found.title[0].value, found.authors[0].value) == ("Le port", ("Jeanne Martin",))


def test_of_several_articles_the_page_s_own_is_chosen() -> None:
    head = script(
        [
            {"@type": "NewsArticle", "headline": "La voirie", "datePublished": "2020-01-05"},
            {
                "@type": "NewsArticle",
                "headline": "Le port rouvre",
                "datePublished": "2024-03-12",
                "isAccessibleForFree": "False",
            },
        ]
    )
    found = told(head, "<h1>Le port rouvre</h1>")
    assert (found.published[0].value, found.free, found.kind) == (
        "2024-03-12",
        False,
        "newsarticle",
    )


@pytest.mark.parametrize(
    "source", ["", "null", "[" * 5_000, '{"@type": 3, "author": [[[]]]}', '{"a":' * 2_000, "\x00{"]
)
def test_nonsense_is_no_error(source: str) -> None:
    assert told(f'<script type="application/ld+json">{source}</script>').authors == ()


def test_linked_data_is_bounded() -> None:
    tree = parsed(
        "<html><head>"
        + script([{"@type": "Article", "headline": str(n)} for n in range(5_000)])
        + "</head><body><p>a</body></html>"
    )
    assert tree is not None
    assert len(linked_data.nodes(tree)) <= 400


@pytest.mark.parametrize(
    "url", ["", "http://[", "not an address", "https://x.example/%ff%fe/2024/99/99/"]
)
def test_a_bad_address_is_no_error(url: str) -> None:
    assert told("", "<h1>Le port</h1>", url=url).title[0].value == "Le port"


@pytest.mark.parametrize(
    "body",
    [
        "<div class=author>" * 3_000 + "Jeanne Martin",
        "<div>Par Jeanne Martin</div>" * 5_000,
        "<a class=author>" + "x " * 100_000 + "</a>",
        "<p>" + "3 mars 2024 " * 30_000 + "</p>",
        "<h1>" + "a | " * 50_000 + "</h1>",
        "<p class=byline>" + ", ".join(["Jeanne Martin"] * 5_000) + "</p>",
        "<time>" * 2_000 + "1" * 50_000,
    ],
)
def test_a_hostile_page_is_read_all_the_same(body: str) -> None:
    told("", body)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_is_read_without_error(text: str, other: str) -> None:
    assert all(text[one.start : one.end] for one in find_dates(text))
    assert all(0 < len(name) <= 60 for name in people.cleaned([text, other], sources=(other,)))
    ranked = titles.ranked(
        [(text, "page"), (other, "meta"), (f"{text} - {other}", "opengraph")],
        sources=(other,),
        url=text,
    )
    assert len(ranked) <= 4
    told(
        f"<title>{text}</title>{script({'@type': 'Article', 'author': other, 'datePublished': text})}",
        f"<h1>{other}</h1>",
    )


def test_many_dates_are_read_within_bounds() -> None:
    assert len(find_dates("3 mars 2024 " * 20_000)) > 8_000
