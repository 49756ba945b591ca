"""Lists of subscriptions: what other readers write, what a hostile file may be, and back again."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from veille.domain.errors import NotOpml
from veille.domain.text import CONTROLS, collapse
from veille.feeds import opml
from veille.feeds.opml import Line, Subscription, read, write

MADE = "Thu, 26 Nov 2026 08:30:00 +0100"


def listed(body: str, *, head: str = "<title>Veille de Valmont</title>") -> list[Line]:
    data = f'<?xml version="1.0"?><opml version="2.0"><head>{head}</head><body>{body}</body></opml>'
    return read(data.encode())


def only(body: str) -> Line:
    (line,) = listed(body)
    return line


PRESS = """
<outline text="Presse" title="Presse quotidienne">
  <outline text="Locale">
    <outline type="rss" text="L’Écho de Valmont" xmlUrl="https://echo.fr/rss" htmlUrl="https://echo.fr/"/>
    <outline text="Vide"/>
  </outline>
  <outline type="atom" title="La Dépêche" XMLURL="https://depeche.fr/atom.xml"/>
</outline>
<outline text="Vide aussi"></outline>
<outline text="Élus" xmlurl="https://elus.fr/feed"/>
"""


def test_folders_are_kept_from_the_outside_in_and_empty_ones_do_no_harm() -> None:
    assert listed(PRESS) == [
        Line(1, "L’Écho de Valmont", "https://echo.fr/rss", "https://echo.fr/", ("Presse", "Locale"), ""),
        Line(2, "La Dépêche", "https://depeche.fr/atom.xml", "", ("Presse",), ""),
        Line(3, "Élus", "https://elus.fr/feed", "", (), ""),
    ]  # fmt: skip


def test_a_line_with_something_wrong_says_what() -> None:
    lines = listed("""
      <outline text="Bon" xmlUrl="https://a.fr/rss"/>
      <outline text="Sans adresse" type="rss" xmlUrl="" htmlUrl="https://b.fr/"/>
      <outline text="Commande" type="rss" xmlUrl="|~/extraire.py"/>
      <outline text="Encore" xmlUrl="https://a.fr/rss"/>
      <outline text="Autre liste" type="link" url="https://c.fr/liste.opml"/>
      <outline text="Incluse" type="Include" url="https://c.fr/liste.opml"/>
      <outline text="Planète" type="source" xmlUrl="https://d.fr/planete.opml"/>
      <outline text="Dossier" type="folder"><outline text="Local" xmlUrl="file:///etc/passwd"/></outline>
      <outline text="Note" type="text"/>
      <outline text="Ancien" type="rss" xmlUrl=" " url="https://e.fr/rss"/>
      <outline text="Groupe" type="rss"><outline text="Fin" xmlUrl="https://f.fr/rss"/></outline>
    """)
    assert [(one.number, one.title, one.problem) for one in lines] == [
        (1, "Bon", ""),
        (2, "Sans adresse", "no_address"),
        (3, "Commande", "bad_address"),
        (4, "Encore", "repeated"),
        (5, "Autre liste", "not_followed"),
        (6, "Incluse", "not_followed"),
        (7, "Planète", "not_followed"),
        (8, "Local", "bad_address"),
        (9, "Note", "no_address"),
        (10, "Ancien", ""),
        (11, "Fin", ""),
    ]
    assert (lines[1].url, lines[1].site) == ("", "https://b.fr/")
    assert (lines[9].url, lines[10].folders) == ("https://e.fr/rss", ("Groupe",))
    assert (lines[2].url, lines[7].folders) == ("|~/extraire.py", ("Dossier",))


def test_a_feed_in_two_folders_is_said_twice_with_its_folders() -> None:
    feed = '<outline text="A" xmlUrl="https://a.fr/rss"/>'
    lines = listed(f'<outline text="Un">{feed}</outline><outline text="Deux">{feed}</outline>')
    assert [(one.folders, one.problem) for one in lines] == [(("Un",), ""), (("Deux",), "repeated")]


@pytest.mark.parametrize(
    ("attributes", "title"),
    [
        ('text="Un" title="Deux"', "Un"),
        ('text="  " title="Deux"', "Deux"),
        ('title=" Deux\n  mots "', "Deux mots"),
        ("", ""),
        ('text="https://a.fr/rss"', ""),
        ('text="&#1;Un&#x7f; &#xFFFF;"', "Un"),
    ],
)
def test_a_title_is_one_line_of_text(attributes: str, title: str) -> None:
    assert only(f'<outline {attributes} xmlUrl="https://a.fr/rss"/>').title == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = only(f'<outline text="{"mot " * 400}" xmlUrl="https://a.fr/rss"/>').title
    assert title == ("mot " * 125)[:-5] + "…"


@pytest.mark.parametrize(
    ("category", "folders"),
    [
        ("/Presse/Locale,Élus", ("Presse", "Locale")),
        ("Élus", ("Élus",)),
        (" , / Presse / ", ()),
        (",Presse", ("Presse",)),
        ("", ()),
    ],
)
def test_a_category_is_a_folder_when_there_is_none(category: str, folders: tuple[str, ...]) -> None:
    feed = f'<outline category="{category}" xmlUrl="https://a.fr/rss"/>'
    assert only(feed).folders == folders
    assert only(f'<outline text="Dossier">{feed}</outline>').folders == ("Dossier",)


def test_folders_are_ten_deep_at_most() -> None:
    deep = "".join(f'<outline text="{n}">' for n in range(5_000))
    line = only(f'{deep}<outline xmlUrl="https://a.fr/rss"/>{"</outline>" * 5_000}')
    assert line.folders == tuple("0123456789")


@pytest.mark.parametrize(
    "body",
    [
        '<outline text="Élus & budget" xmlUrl="https://a.fr/?x=1&copy=2&lt=3"/><outline text="Fin" xmlUrl="https://b.fr/"/>',
        '<outline text="Élus & budget" xmlUrl="https://a.fr/?x=1&amp;copy=2&amp;lt=3"><outline text="Fin" xmlUrl="https://b.fr/">',
        '<outline text="&Eacute;lus &amp; budget" xmlUrl=https://a.fr/?x=1&copy=2&lt=3 /></outline><outline text="Fin" xmlUrl="https://b.fr/"/>',
        '<outline xmlUrl="https://a.fr/?x=1&copy=2&lt=3" text="Élus & budget" text="Deux fois"/></dossier><x:outline text="Fin" xmlUrl="https://b.fr/"',
        '<!-- <outline xmlUrl="https://c.fr/"/> --><outline xmlUrl="https://a.fr/?x=1&copy=2&lt=3" text="Élus & budget"/></body></opml><?xml version="1.0"?><opml><body><outline text="Fin" xmlUrl="https://b.fr/"/>',
    ],
    ids=range(5),
)
def test_a_broken_list_is_read_whole(body: str) -> None:
    lines = listed(body + "\n")
    assert (lines[0].title, lines[0].url) == ("Élus & budget", "https://a.fr/?x=1&copy=2&lt=3")
    assert [(one.title, one.folders) for one in lines[1:]] == [("Fin", ())]


def test_quotes_in_a_title_cost_the_title_only() -> None:
    lines = listed(
        '<outline text="Le "grand" journal < a" xmlUrl="https://a.fr/"/><outline xmlUrl="https://b.fr/"/>'
    )
    assert [one.url for one in lines] == ["https://a.fr/", "https://b.fr/"]


@pytest.mark.parametrize(
    "head", ["<title/>", "<title>a</title><script/>", "<title>a</title><ownerName>", ""]
)
def test_an_odd_head_hides_no_line(head: str) -> None:
    assert (
        len(listed('<outline xmlUrl="https://a.fr/"/><outline xmlUrl="https://b.fr/"/>', head=head))
        == 2
    )


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-8", "ISO-8859-1"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("cp1252", "ISO-8859-1"),
        ("cp1252", ""),
        ("cp1252", "nimporte-quoi"),
        ("utf-32", "UTF-32"),
    ],
)
def test_accents_survive_whatever_the_encoding(encoding: str, said: str) -> None:
    declared = f' encoding="{said}"' if said else ""
    page = f'<?xml version="1.0"{declared}?><opml><body><outline text="L’élu d’Évreux" xmlUrl="https://a.fr/"/></body></opml>'
    assert [one.title for one in read(page.encode(encoding))] == ["L’élu d’Évreux"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"\0" * 100,
        bytes(range(256)),
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        b"<!doctype html><title>Signets</title><a href=https://a.fr/>A</a>",
        b'<rss version="2.0"><channel><title>A</title><item><title>B</title></item></channel></rss>',
        b'<rdf:RDF><channel rdf:about="https://a.fr/"/><foaf:Person><foaf:name>A</foaf:name>',
    ],
    ids=range(8),
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(NotOpml) as refused:
        read(data, path="liste.opml")
    assert refused.value.data == {"path": "liste.opml"}


def test_a_list_without_lines_is_a_list() -> None:
    assert listed("") == read(b"<opml xmlns>") == []


def test_no_entity_is_expanded_and_no_file_read() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 12))
    page = (
        f'<!DOCTYPE opml [<!ENTITY a0 "ha">{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<opml><body><outline text="&a11;&x;" xmlUrl="https://a.fr/"/></body></opml>'
    )
    assert [one.title for one in read(page.encode())] == ["&a11;&x;"]


@pytest.mark.parametrize(
    "body",
    [
        "<outline " + " ".join(f"a{n}='1'" for n in range(20_000)) + "/>",
        "<outline text='a'>" * 20_000,
        "<rdf:RDF>" + "<foaf:Group><foaf:Person><rss:channel rdf:about='https://a.fr/'/>" * 3_000,
        "<outline text='" * 20_000,
        "<i>" * 200 + "</b>" * 20_000,
        "<!--" * 20_000,
    ],
    ids=range(6),
)
def test_a_hostile_list_takes_no_time(body: str) -> None:
    begun = process_time()
    assert listed('<outline xmlUrl="https://a.fr/"/>' + body)[0].url == "https://a.fr/"
    assert process_time() - begun < 2


def test_a_list_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = '<outline xmlUrl="https://a.fr/"/>'
    monkeypatch.setattr(opml, "MOST_OUTLINES", 20)
    assert len(listed(feed * 20)) == 20
    monkeypatch.setattr(opml, "_MOST_TAGS", 20)
    for most, body in (
        ("MOST_OUTLINES", feed * 21),
        ("_MOST_TAGS", "<b>" * 21),
        ("MOST_BYTES", ""),
    ):
        monkeypatch.setattr(opml, "_MOST_TAGS", 20 if most == "_MOST_TAGS" else 1_000)
        monkeypatch.setattr(opml, "MOST_BYTES", 50 if most == "MOST_BYTES" else 10_000)
        with pytest.raises(NotOpml):
            listed(body)


def test_a_blogroll_is_a_list_too() -> None:
    lines = read(
        """<?xml version="1.0"?><rdf:RDF xmlns:foaf="http://xmlns.com/foaf/0.1/">
      <foaf:Group><foaf:name>Élus</foaf:name>
        <foaf:member><foaf:Agent>
          <foaf:weblog><foaf:Document rdf:about="https://a.fr/"><rdfs:seeAlso>
            <rss:channel rdf:about=" https://a.fr/rss "/></rdfs:seeAlso></foaf:Document></foaf:weblog>
          <foaf:knows><foaf:Person><foaf:name>Un autre</foaf:name></foaf:Person></foaf:knows>
          <foaf:name>Mme <b>Le Goff</b></foaf:name>
        </foaf:Agent></foaf:member>
        <foaf:member><foaf:Person><ya:feed rdf:resource=""/></foaf:Person></foaf:member>
        <foaf:Group><foaf:Person><ya:feed rdf:resource="https://b.fr/rss"/></foaf:Person>
          <foaf:name>Adjoints</foaf:name></foaf:Group>
      </foaf:Group>
      <foaf:Person><ya:feed rdf:resource="https://a.fr/rss"/></foaf:Person>""".encode()
    )
    assert lines == [
        Line(1, "Mme", "https://a.fr/rss", "https://a.fr/", ("Élus",), ""),
        Line(2, "", "", "", ("Élus",), "no_address"),
        Line(3, "", "https://b.fr/rss", "", ("Adjoints",), ""),
        Line(4, "", "https://a.fr/rss", "", (), "repeated"),
    ]


def subscriptions(lines: list[Line]) -> list[Subscription]:
    return [Subscription(one.title, one.url, one.site, one.folders) for one in lines]


def test_a_written_list_is_sorted_as_a_french_dictionary_is() -> None:
    titles = ["Zone", "élus", "Etats", "Œuvre", "Obs", "L’Humanité", "ostréiculture", "Élysée"]
    data = write(
        [Subscription(one, f"https://{n}.fr/", "") for n, one in enumerate(titles)],
        title="",
        made="",
    )
    assert [one.title for one in read(data)] == [
        "élus", "Élysée", "Etats", "L’Humanité", "Obs", "Œuvre", "ostréiculture", "Zone",
    ]  # fmt: skip


def test_a_written_list_is_opml_that_others_read() -> None:
    data = write(
        [
            Subscription(
                "Conseil & « budget »", "https://a.fr/?a=1&b=2", "", ("Élus", "Métropole")
            ),
            Subscription("", "https://b.fr/rss", "https://b.fr/"),
            Subscription("Écho", "https://c.fr/rss", "", ("Élus",)),
        ],
        title="Veille de Valmont",
        made=MADE,
    )
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    root = etree.fromstring(data)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [(one.tag, one.text) for one in root[0]] == [
        ("title", "Veille de Valmont"),
        ("dateCreated", MADE),
    ]
    outlines = [dict(one.attrib) for one in root.iter("outline")]
    assert all("text" in one for one in outlines)
    assert [one["text"] for one in outlines] == [
        "https://b.fr/rss",
        "Élus",
        "Écho",
        "Métropole",
        "Conseil & « budget »",
    ]
    assert outlines[0] | {"type": "rss", "htmlUrl": "https://b.fr/"} == outlines[0]
    assert root.xpath("count(body/outline/outline/outline)") == 1


def test_an_empty_list_is_written_and_read() -> None:
    assert read(write([], title="Rien", made=MADE)) == []


WORDS = st.text(max_size=12) | st.sampled_from(
    [
        "Élus",
        "« L’Œil »",
        "Presse",
        "presse",
        "🙂",
        "&eacute;",
        "a\x00b",
        "<outline/>",
        '"',
        "\ud800",
        "\x85",
    ]
)
TAIL = st.text("abé&?=#%/'\"<> 🙂", max_size=8)
ADDRESS = st.builds("https://{}.fr/{}".format, st.text("abé-", min_size=1, max_size=5), TAIL)
SUBSCRIPTION = st.builds(
    Subscription, WORDS, ADDRESS, ADDRESS | st.just(""), st.lists(WORDS, max_size=12).map(tuple)
)


def plain(words: str) -> str:
    return collapse(words.translate(CONTROLS))


def expected(one: Subscription) -> Subscription:
    title, url = plain(one.title), one.url.strip()
    folders = tuple(filter(None, map(plain, one.folders)))[:10]
    return Subscription("" if title == plain(url) else title, url, one.site.strip(), folders)


def order(one: Subscription) -> tuple[object, ...]:
    return one.url, one.title, one.site, one.folders


@settings(deadline=None, max_examples=60)
@given(st.lists(SUBSCRIPTION, max_size=5))
@example([Subscription("", "https://a.fr/  deux", "")])
@example(
    [
        Subscription("A & B", "https://a.fr/?a&b", "", ("Un", "Deux")),
        Subscription("C", "https://a.fr/?a&b", "", ("Un",)),
    ]
)
def test_what_is_written_is_read_again(written: list[Subscription]) -> None:
    lines = read(write(written, title="Veille", made=MADE))
    assert sorted(subscriptions(lines), key=order) == sorted(map(expected, written), key=order)
    assert {one.problem for one in lines} <= {"", "repeated"}
    again = write(subscriptions(lines), title="Veille", made=MADE)
    assert again == write(written, title="Veille", made=MADE)


PIECES = st.sampled_from(
    [
        "<opml>", "</opml>", "<outline ", "text=", "xmlUrl=", "url=", "type=link ", '"', "'", "/>", ">",
        "</outline>", "https://a.fr/", "é", "&", "&#0;", "&#xD800;", "<!--", "-->", "<![CDATA[", "]]>",
        "<!DOCTYPE opml [", "]>", "<foaf:Person>", "<foaf:Group>", "<foaf:name>", "</foaf:Person>",
        "<rss:channel rdf:about='https://b.fr/'/>", "<body>", "<title>", "\x00", "\ud800",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join) | st.binary(max_size=60))
def test_whatever_the_file_it_is_read_or_refused(given_: str | bytes) -> None:
    data = given_ if isinstance(given_, bytes) else given_.encode("utf-8", "surrogatepass")
    try:
        lines = read(data)
    except NotOpml:
        return
    assert [one.number for one in lines] == list(range(1, len(lines) + 1))
    assert all(one.url.startswith("https://") for one in lines if one.problem in {"", "repeated"})
    assert all(len(one.folders) <= 10 for one in lines)


# -- The lists of the shared assets ---------------------------------------------------------------


def lists(assets: Path) -> list[tuple[bytes, dict[str, Any]]]:
    folder = assets / "03-imports"
    rows = map(json.loads, (folder / "files.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        ((folder / row["file"]).read_bytes(), row["expected"])
        for row in rows
        if row["kind"] == "opml"
    ]


def read_or_none(data: bytes) -> list[Line]:
    try:
        return read(data)
    except NotOpml:
        return []


def as_its_author_says(lines: list[Line], said: str) -> bool:
    """Compare with the expectations that the authors of a list wrote in it."""
    told = re.search(r"len\(result\['feeds'\]\) == (\d+)", said)
    feeds = len([one for one in lines if not one.problem])
    others = [int(one) for one in re.findall(r"result\['feeds'\]\[(\d+)\]", said)]
    return feeds == int(told[1]) if told else bool(others) and feeds > max(others)


def counts_are_right(lines: list[Line], expected: dict[str, Any]) -> bool:
    """Tell whether every feed was found.

    The count of feeds beside a list stops at a “>” in a title, and knows no FOAF; the count of
    outlines, or what its authors say of it, then decides.
    """
    feeds = [one for one in lines if one.problem not in {"no_address", "not_followed"}]
    folders = {path for one in lines for path in accumulate((name,) for name in one.folders)}
    return (
        len(feeds) == expected["feeds"]
        or len(lines) + len(folders) == expected["outlines"]
        or as_its_author_says(lines, expected.get("listparser_comment") or "")
    )


def test_the_lists_of_the_assets_give_every_feed(assets: Path) -> None:
    told = [(read_or_none(data), expected) for data, expected in lists(assets)]
    assert len(told) > 50
    assert [expected for lines, expected in told if not counts_are_right(lines, expected)] == []


def test_most_lists_of_the_assets_give_the_very_count_beside_them(assets: Path) -> None:
    told = [(read_or_none(data), expected) for data, expected in lists(assets)]
    same = [
        expected["feeds"]
        == len([one for one in lines if one.problem not in {"no_address", "not_followed"}])
        for lines, expected in told
    ]
    assert same.count(True) >= 0.8 * len(same)
