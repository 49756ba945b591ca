"""Feeds written for these tests: what each form says, and what broken or hostile ones still say."""

from __future__ import annotations

import builtins
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.domain.errors import NotAFeed
from veille.feeds.parse import parse
from veille.feeds.parsed import Entry, Feed

URL = "https://www.valmont.example/actualites/rss.xml"
RECEIVED = int(datetime(2024, 8, 2, 8, 0, tzinfo=UTC).timestamp() * 1000)
EVENING = int(datetime(2024, 8, 1, 16, 27, tzinfo=UTC).timestamp() * 1000)


def read(text: str | bytes, *, content_type: str = "", url: str = URL) -> Feed:
    data = text if isinstance(text, bytes) else text.encode()
    return parse(data, url=url, content_type=content_type, received=RECEIVED)


def rss(items: str, *, head: str = "<title>Valmont</title>", root: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"'
        f" {root}><channel>{head}{items}</channel></rss>"
    )


def atom(entries: str, *, head: str = "", root: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom" {root}><title>Valmont</title>{head}{entries}</feed>'
    )


def only(feed: Feed) -> Entry:
    assert len(feed.entries) == 1
    return feed.entries[0]


def item(inside: str, **told: str) -> Entry:
    return only(read(rss(f"<item>{inside}</item>", **told)))


def entry(inside: str, **told: str) -> Entry:
    return only(read(atom(f"<entry>{inside}</entry>", **told)))


# Forms


def test_rss_says_everything() -> None:
    feed = read(
        rss(
            """<item>
              <title>La piscine rouvre</title>
              <link>https://www.valmont.example/piscine?a=1&amp;b=2</link>
              <guid isPermaLink="false">valmont-12</guid>
              <pubDate>Thu, 01 Aug 2024 18:27:00 CEST</pubDate>
              <dc:creator>Élodie Martin</dc:creator>
              <category>Sports</category><category>Travaux</category><category>Sports</category>
              <description>Après &lt;b&gt;deux ans&lt;/b&gt; de travaux.</description>
              <content:encoded><![CDATA[<p>Après deux ans, <img src="/photo.jpg"> elle rouvre.</p>]]></content:encoded>
              <media:thumbnail url="/vignette.jpg"/>
            </item>""",
            head="""<title>Ville de Valmont</title><link>https://www.valmont.example/</link>
              <description>Les nouvelles</description><language>fr-FR</language><ttl>90</ttl>""",
        )
    )
    assert (feed.form, feed.title, feed.site) == (
        "rss20",
        "Ville de Valmont",
        "https://www.valmont.example/",
    )
    assert (feed.language, feed.description, feed.minutes) == ("fr-fr", "Les nouvelles", 90)
    assert only(feed) == Entry(
        guid="valmont-12",
        url="https://www.valmont.example/piscine?a=1&b=2",
        title="La piscine rouvre",
        authors=("Élodie Martin",),
        published=EVENING,
        updated=0,
        dated="Thu, 01 Aug 2024 18:27:00 CEST",
        summary="Après <b>deux ans</b> de travaux.",
        content='<p>Après deux ans, <img src="https://www.valmont.example/photo.jpg"> elle rouvre.</p>',
        sections=("Sports", "Travaux"),
        language="fr-fr",
    )


def test_atom_says_everything() -> None:
    feed = read(
        atom(
            """<entry xml:lang="fr-CA">
              <id>tag:valmont.example,2024:12</id>
              <title type="html">La piscine &lt;em&gt;rouvre&lt;/em&gt;</title>
              <link rel="self" href="/12.atom"/>
              <link rel="alternate" type="application/pdf" href="/12.pdf"/>
              <link rel="alternate" type="text/html" href="/12"/>
              <author><name>Élodie Martin</name><email>e@valmont.example</email></author>
              <published>2024-08-01T18:27:00+02:00</published>
              <updated>2024-08-01T17:27:00Z</updated>
              <category term="sports" label="Sports"/>
              <summary>Deux ans &lt; trois ans</summary>
              <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le 1<sup>er</sup>
              août<br/>à Valmont, 2 &lt; 3</p></div></content>
            </entry>""",
            head='<subtitle>Les nouvelles</subtitle><link href="https://www.valmont.example/"/>',
            root='xml:lang="fr"',
        )
    )
    assert (feed.form, feed.site, feed.language) == ("atom10", "https://www.valmont.example/", "fr")
    found = only(feed)
    assert found.guid == "tag:valmont.example,2024:12"
    assert found.url == "https://www.valmont.example/12"
    assert found.title == "La piscine rouvre"
    assert found.authors == ("Élodie Martin",)
    assert (found.published, found.updated) == (EVENING, EVENING + 3_600_000)
    assert found.sections == ("Sports",)
    assert found.language == "fr-ca"
    assert found.summary == "<p>Deux ans &lt; trois ans</p>"
    assert " ".join(found.content.split()) == (
        "<p>Le 1<sup>er</sup> août<br>à Valmont, 2 &lt; 3</p>"
    )


def test_rdf() -> None:
    feed = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://v.example/"><title>Valmont</title><link>https://v.example/</link>
        <items><rdf:Seq><rdf:li rdf:resource="https://v.example/12"/></rdf:Seq></items></channel>
        <item rdf:about="https://v.example/12"><title>La piscine</title>
        <dc:date>2024-08-01T18:27:00+02:00</dc:date><dc:subject>Sports</dc:subject></item></rdf:RDF>"""
    )
    found = only(feed)
    assert feed.form == "rss10"
    assert (found.guid, found.url) == ("https://v.example/12", "https://v.example/12")
    assert (found.published, found.updated, found.sections) == (EVENING, 0, ("Sports",))


def test_an_entry_alone_is_a_feed() -> None:
    feed = read('<entry xmlns="http://www.w3.org/2005/Atom"><title>Seule</title></entry>')
    assert only(feed).title == "Seule"


def json_feed(**told: object) -> Feed:
    return read(json.dumps({"version": "https://jsonfeed.org/version/1.1", **told}))


def test_json_feed() -> None:
    feed = json_feed(
        title="Valmont",
        home_page_url="https://v.example/",
        description="Les nouvelles",
        language="fr",
        authors=[{"name": "La rédaction"}],
        items=[
            {
                "id": 12,
                "url": "/12",
                "title": "La piscine &amp; le stade",
                "content_html": "<p>Elle rouvre <img src='p.jpg'></p>",
                "summary": "2 < 3",
                "date_published": "2024-08-01T18:27:00+02:00",
                "date_modified": "2024-08-01T17:27:00Z",
                "tags": ["Sports", 3, "Sports"],
            },
            {"id": "https://v.example/13", "content_text": "Un.\n\nDeux & trois.", "author": {"name": "É. Martin"}},
            {"id": "a", "external_url": "https://autre.example/x", "language": "en"},
            "rien",
        ],
    )  # fmt: skip
    assert (feed.form, feed.title, feed.site, feed.language) == (
        "json11",
        "Valmont",
        "https://v.example/",
        "fr",
    )
    first, second, third = feed.entries
    assert first == Entry(
        guid="12",
        url="https://v.example/12",
        title="La piscine & le stade",
        authors=("La rédaction",),
        published=EVENING,
        updated=EVENING + 3_600_000,
        dated="2024-08-01T18:27:00+02:00",
        summary="<p>2 &lt; 3</p>",
        content="<p>Elle rouvre <img src='https://v.example/p.jpg'></p>",
        sections=("Sports",),
        language="fr",
    )
    assert (second.url, second.authors) == ("https://v.example/13", ("É. Martin",))
    assert second.content == "<p>Un.</p><p>Deux &amp; trois.</p>"
    assert (third.url, third.language, third.title) == ("https://autre.example/x", "en", "")


def test_json_that_forgot_its_version_or_its_end() -> None:
    text = json.dumps({"title": "Valmont", "items": [{"id": "1", "title": "Un"}, {"id": "2"}]})
    assert [one.guid for one in read(text).entries] == ["1", "2"]
    cut = read(text[: text.rindex('{"id"') + 4])
    assert (cut.title, [one.title for one in cut.entries]) == ("Valmont", ["Un"])


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"title": "x", "items": 3}',
        '{"title": "x", "items": [{"name": "a"}]}',
        '{"items": [' + "[" * 100_000,
        "[1, 2]",
        "{",
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "9" * 9_000,
    ],
)
def test_other_json_is_no_feed(text: str) -> None:
    with pytest.raises(NotAFeed):
        read(text)


# Which field


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link>/12</link><guid>https://autre.example/</guid>", "https://www.valmont.example/12"),
        ("<link>//cdn.example/12</link>", "https://cdn.example/12"),
        ("<link> https://v.example/a b\n</link>", "https://v.example/a%20b"),
        ("<link>www.v.example/12</link>", "http://www.v.example/12"),
        ("<link>https://v.example/école</link>", "https://v.example/école"),
        ('<atom:link rel="alternate" href="https://v.example/12"/>', "https://v.example/12"),
        ("<link></link><guid>https://v.example/12</guid>", "https://v.example/12"),
        ('<guid isPermaLink="TRUE">https://v.example/12</guid>', "https://v.example/12"),
        ('<guid isPermaLink="false">https://v.example/12</guid>', ""),
        ("<guid>12</guid>", ""),
        (
            '<guid>12</guid><enclosure url="https://v.example/12.mp3" type="audio/mpeg"/>',
            "https://v.example/12.mp3",
        ),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>file:///etc/passwd</link>", ""),
        ("<link>data:text/html,x</link>", ""),
        ("<link>http://[::1</link>", ""),
        (f"<link>https://v.example/{'a' * 5_000}</link>", ""),
        (
            "<link>/~r/12</link><feedburner:origLink>https://v.example/12</feedburner:origLink>",
            "https://v.example/12",
        ),
    ],
)
def test_the_address_of_an_article(inside: str, url: str) -> None:
    assert item(inside).url == url


def test_relative_addresses_follow_the_site_or_what_the_feed_states() -> None:
    head = "<link>https://www.site.example/</link>"
    found = only(
        read(rss("<item><link>12</link></item>", head=head), url="https://feeds.example/v")
    )
    assert found.url == "https://www.site.example/12"
    based = entry('<link href="12"/>', root='xml:base="https://v.example/blog/"')
    assert based.url == "https://v.example/blog/12"
    nested = only(
        read(
            atom(
                '<entry xml:base="b/"><link href="12"/><content type="html" xml:base="c/">'
                "&lt;img src='d.png'&gt;</content></entry>",
                root='xml:base="/a/"',
            )
        )
    )
    assert nested.url == "https://www.valmont.example/a/b/12"
    assert nested.content == "<img src='https://www.valmont.example/a/b/c/d.png'>"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("L&amp;#039;&amp;eacute;cole", "L'école"),
        ("<![CDATA[L'&eacute;cole &amp; la mairie]]>", "L'école & la mairie"),
        ("Caf&eacute; &amp; th&eacute;&nbsp;: &laquo;&nbsp;oui&nbsp;&raquo;", "Café & thé : « oui »"),
        ("Art &amp;notations", "Art &notations"),
        ("&lt;b&gt;Gras&lt;/b&gt; et<br/>pas gras", "Gras et pas gras"),
        ("<![CDATA[<span class='a'>Un</span>\n   titre]]>", "Un titre"),
        ("2 &lt; 3 et 5 &gt; 4", "2 < 3 et 5 > 4"),
        ("", ""),
        ("&#147;Oui&#148;", "“Oui”"),
    ],
)  # fmt: skip
def test_titles_are_one_line_of_text(written: str, title: str) -> None:
    assert item(f"<title>{written}</title>").title == title


@pytest.mark.parametrize(
    ("kind", "written", "title"),
    [
        ("text", "La balise &lt;b&gt;", "La balise <b>"),
        ("html", "La balise &amp;lt;b&amp;gt; en &lt;b&gt;gras&lt;/b&gt;", "La balise <b> en gras"),
        ("xhtml", "<div>La balise &lt;b&gt; en <b>gras</b></div>", "La balise <b> en gras"),
    ],
)
def test_atom_says_what_a_tag_is(kind: str, written: str, title: str) -> None:
    assert entry(f'<title type="{kind}">{written}</title>').title == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = item(f"<title>{'mot ' * 400}</title>").title
    assert len(title) <= 500
    assert title.endswith("mot…")


@pytest.mark.parametrize(
    ("inside", "authors"),
    [
        ("<author>redaction@v.example (Élodie Martin)</author>", ("Élodie Martin",)),
        ("<author>Élodie Martin &lt;e@v.example&gt;</author>", ("Élodie Martin",)),
        ("<author>Élodie Martin (mailto:e@v.example)</author>", ("Élodie Martin",)),
        ("<author>redaction@v.example</author>", ()),
        ("<dc:creator>Élodie Martin</dc:creator><dc:creator>Paul Roy</dc:creator>", ("Élodie Martin", "Paul Roy")),
        ("<dc:creator><![CDATA[É. Martin &amp; AFP]]></dc:creator>", ("É. Martin & AFP",)),
        ("<author>Le Courrier (Valmont)</author>", ("Le Courrier (Valmont)",)),
        ("<atom:author><atom:name>Paul Roy</atom:name></atom:author>", ("Paul Roy",)),
        ("", ()),
    ],
)  # fmt: skip
def test_authors_are_names(inside: str, authors: tuple[str, ...]) -> None:
    head = "<title>V</title><managingEditor>chef@v.example (Le Chef)</managingEditor>"
    assert item(inside, head=head).authors == authors


def test_atom_lets_an_entry_have_the_author_of_its_feed() -> None:
    head = "<author><name>La rédaction</name></author>"
    source = "<source><author><name>AFP</name></author></source>"
    assert entry("", head=head).authors == ("La rédaction",)
    assert entry(source, head=head).authors == ("AFP",)
    own = f"<author><name>Paul Roy</name></author>{source}"
    assert entry(own, head=head).authors == ("Paul Roy",)


@pytest.mark.parametrize(
    ("inside", "summary", "content"),
    [
        ("<description>&lt;p&gt;Un&lt;/p&gt;</description>", "<p>Un</p>", ""),
        ("<content:encoded>&lt;p&gt;Un&lt;/p&gt;</content:encoded>", "", "<p>Un</p>"),
        ("<description>Un</description><content:encoded>Deux</content:encoded>", "Un", "Deux"),
        ("<content:encoded>Deux</content:encoded><description>Un</description>", "Un", "Deux"),
        ("<description>Un</description><media:description>Trois</media:description>", "Un", ""),
        ("<media:group><media:description>2 &lt; 3</media:description></media:group>", "<p>2 &lt; 3</p>", ""),
        ("<media:content><media:description>Photo</media:description></media:content>", "", ""),
        ("<description><p>Un <b>deux</b> &amp; trois</p></description>", "<p>Un <b>deux</b> &amp; trois</p>", ""),
        ("<description>Un</description><itunes:summary>Deux</itunes:summary>", "Un", ""),
    ],
)  # fmt: skip
def test_summary_and_article(inside: str, summary: str, content: str) -> None:
    found = item(inside)
    assert (found.summary, found.content) == (summary, content)


def test_what_xhtml_holds_is_not_taken_for_the_feed() -> None:
    found = entry(
        """<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><details><summary>Plus
        </summary>texte</details><svg><title>Carte</title></svg><a href="x"><link/></a></div>
        </content><title>Le titre</title><summary>Le début</summary>"""
    )
    assert (found.title, found.summary) == ("Le titre", "<p>Le début</p>")
    assert "<summary>Plus" in found.content


@pytest.mark.parametrize(
    ("inside", "published", "updated", "dated"),
    [
        ("<pubDate>jeudi 1er août 2024 à 18h27</pubDate>", EVENING, 0, "jeudi 1er août 2024 à 18h27"),
        ("<pubDate>01/08/2024 18:27</pubDate>", EVENING, 0, "01/08/2024 18:27"),
        ("<pubDate>?</pubDate><dc:date>2024-08-01T16:27Z</dc:date>", EVENING, 0, "2024-08-01T16:27Z"),
        ("<pubDate>un beau jour</pubDate>", 0, 0, "un beau jour"),
        ("<atom:updated>2024-08-01T16:27Z</atom:updated>", EVENING, EVENING, "2024-08-01T16:27Z"),
        ("<pubDate>hier à 18h27</pubDate>", EVENING, 0, "hier à 18h27"),
        # Greek, as feedparser reads it.
        ("<pubDate>Πεμ, 01 Αύγ 2024 18:27:00 +0200</pubDate>", EVENING, 0, "Πεμ, 01 Αύγ 2024 18:27:00 +0200"),
        ("", 0, 0, ""),
    ],
)  # fmt: skip
def test_dates_of_an_article(inside: str, published: int, updated: int, dated: str) -> None:
    found = item(inside)
    assert (found.published, found.updated, found.dated) == (published, updated, dated)


@pytest.mark.parametrize(
    ("head", "minutes"),
    [
        ("<ttl>60</ttl>", 60),
        ("<ttl> 60 </ttl>", 60),
        ("<ttl>99999999999</ttl>", 0),
        ("<ttl>une heure</ttl>", 0),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 720),
        ("<sy:updatePeriod> hourly\n</sy:updatePeriod>", 60),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60),
        ("", 0),
    ],
)
def test_how_often_a_feed_wants_to_be_asked(head: str, minutes: int) -> None:
    assert read(rss("", head=head)).minutes == minutes


def test_a_feed_says_that_it_moved() -> None:
    head = "<itunes:new-feed-url>https://nouveau.example/rss</itunes:new-feed-url>"
    assert read(rss("", head=head)).moved == "https://nouveau.example/rss"
    assert read(rss("", head=head.replace("https", "gopher"))).moved == ""


# Broken

ARTICLE = "<item><title>L’été à la « Halle », 5 €</title><link>https://v.example/1</link></item>"
PLAIN = f"<rss version='2.0'><channel><title>Été</title>{ARTICLE}</channel></rss>"
TITLE = "L’été à la « Halle », 5 €"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        b"\x00\x00\xfe\xff" + PLAIN.encode("utf-32-be"),
        b'<?xml version="1.0" encoding="windows-1252"?>' + PLAIN.encode("cp1252"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + PLAIN.encode("cp1252"),
        b'<?xml version="1.0" encoding="utf-8"?>' + PLAIN.encode("cp1252"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + PLAIN.encode(),
        b'<?xml version="1.0" encoding="klingon"?>' + PLAIN.encode(),
        b'<?xml version="1.0" encoding="punycode"?>' + PLAIN.encode("cp1252"),
        b"\n\n  \t" + b'<?xml version="1.0"?>' + PLAIN.encode(),
        b"<br />\n<b>Warning</b>: include() in <b>/a.php</b><br />" + PLAIN.encode(),
        b"<!-- <rss> d'avant -->" + PLAIN.encode(),
        b"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://x.example/a.dtd'>"
        + PLAIN.encode(),
        PLAIN.replace("é", "&eacute;").replace("à", "&agrave;").encode(),
        PLAIN.replace("été", "\x0bé\x00té\x1f").encode(),
        PLAIN.replace("</channel></rss>", "").encode(),
        PLAIN.replace("</item></channel></rss>", "</it").encode(),
        PLAIN.replace("</title><link>", "<link>").encode()[:-1],
        PLAIN.replace("<item>", "<item><media:title>Photo</media:title>").encode(),
        PLAIN.replace("<item>", "<item><description>a<br>b<p>c</description>").encode(),
        PLAIN.replace("version='2.0'", "version=2.0 xmlns:a").encode(),
        PLAIN.replace("<title>Été", "<description>sans fin<title>Été").encode(),
        PLAIN.replace("rss", "RSS").replace("item", "ITEM").replace("title", "TITLE").encode(),
    ],
)
def test_an_article_is_read_however_the_feed_is_broken(data: bytes) -> None:
    titles = [one.title for one in read(data, content_type="text/html").entries]
    assert [title[: len(TITLE)] for title in titles] == [TITLE]


def test_the_charset_of_the_answer_counts_when_the_feed_has_none() -> None:
    data = PLAIN.replace("5 €", "5").encode("iso8859-2", errors="ignore")
    data = data.replace(b"Halle", b"Ha\xb3a")
    told = only(read(data, content_type="text/xml; charset=iso-8859-2")).title
    assert "Hała" in told


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Pain & vin", "Pain & vin"),
        ("Pain &vin; &amp; fromage", "Pain &vin; & fromage"),
        ("5 < 6", "5 < 6"),
        ("L&#8217;eau & le feu &#0;", "L’eau & le feu"),
        ("<![CDATA[Un & deux", "Un & deux"),
        ("Un <b>gras & deux", "Un gras & deux"),
    ],
)
def test_titles_of_feeds_that_are_not_xml(written: str, title: str) -> None:
    assert only(read(f"<rss><channel><item><title>{written}")).title == title


def test_a_cut_feed_gives_what_came() -> None:
    whole = rss("".join(f"<item><title>Article {n}</title></item>" for n in range(50)))
    cut = read(whole[: whole.index("Article 30")])
    assert [one.title for one in cut.entries][:30] == [f"Article {n}" for n in range(30)]


def test_a_feed_without_articles_is_one() -> None:
    feed = read(rss("", head="<title>Rien</title>"))
    assert (feed.title, feed.entries) == ("Rien", ())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"\x00" * 100,
        b"%PDF-1.7",
        b"<!DOCTYPE html><html><head><title>x</title></head><body><p>rss</p></body></html>",
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><rss></rss></html>',
        b'<?xml version="1.0"?><opml version="2.0"><body/></opml>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a/></rdf:RDF>',
        b"<note>Bonjour</note>",
        b"Bonjour <rss",
        b"/etc/hostname",
        b"https://www.valmont.example/rss.xml",
    ],
)
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(NotAFeed) as problem:
        read(data, content_type="application/rss+xml")
    assert problem.value.data == {"url": URL}


# Hostile


def test_nothing_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read(PLAIN)  # what is imported at the first call is on a disk
    secret = tmp_path / "secret"
    secret.write_text(PLAIN, encoding="utf-8")
    external = (
        f"<!DOCTYPE rss [<!ENTITY a SYSTEM '{secret.as_uri()}'>]>{PLAIN.replace('Halle', '&a;')}"
    )

    def refuse(*told: object, **more: object) -> None:
        raise AssertionError(told)

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr("socket.socket", refuse)
    assert only(read(external)).title == TITLE.replace("Halle", "&a;")
    for name in (str(secret), secret.as_uri()):
        with pytest.raises(NotAFeed):
            read(name)


def bomb(levels: int) -> str:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels)]
    inside = "".join(lines)
    return (
        f'<!DOCTYPE rss [<!ENTITY a0 "boum">{inside}]>{PLAIN.replace("Halle", f"&a{levels - 1};")}'
    )


@pytest.mark.parametrize(
    "text",
    [
        bomb(30),
        '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + PLAIN.replace("Halle", "&a;"),
        PLAIN.replace("<channel>", f"<!DOCTYPE x [<!ENTITY a '{'a' * 999}'>]><channel>&a;&a;"),
        "<rss>" + "<a>" * 20_000,
        "<rss><channel>" + "<item>" * 4_000,
        "<rss><channel><item>" + "<!--" * 20_000,
        "<rss><channel><item>" + "<![CDATA[" * 10_000,
        "<rss><channel><item><title>" + '<a b="' * 10_000,
        "<rss><channel><item><a " + "b=" * 100_000,
        "<rss><channel><item><title>&" + "a" * 200_000,
        "<rss><channel><item><author>" + "a" * 200_000 + "</author></item></channel></rss>",
        "<rss><channel><item>"
        + "".join(f"<category>c{n}</category>" for n in range(10_000))
        + "</item></channel></rss>",
        "<!--" * 60_000 + PLAIN,
        "<!--<rss>-->" * 20_000 + PLAIN,
        '{"version": "https://jsonfeed.org/version/1", "items": [' + " " * 200_000,
    ],
)
def test_hostile_feeds_take_no_time(text: str) -> None:
    begun = time.perf_counter()
    try:
        feed = read(text)
    except NotAFeed:
        feed = None
    # 0.1 s here; a machine under load, and what would be quadratic takes minutes.
    assert time.perf_counter() - begun < 5
    assert feed is None or len(feed.entries) <= 2_000


def test_everything_has_an_end() -> None:
    many = "".join(f"<category>c{n}</category>" for n in range(500))
    body = "<p>long</p>" * 60_000
    items = f"<item>{many}<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    feed = read(rss(items + "<item><title>x</title></item>" * 2_100))
    assert len(feed.entries) == 2_000
    assert len(feed.entries[0].sections) == 50
    assert len(feed.entries[0].content) == 400_000
    long = {"id": 0, "content_text": "x" * 500_000}
    listed = json_feed(items=[long, *({"id": n} for n in range(2_100))])
    assert len(listed.entries) == 2_000
    assert len(listed.entries[0].content) == 400_000


def test_of_a_feed_with_too_many_tags_the_beginning_is_read() -> None:
    first = "<item><title>Un</title></item>"
    feed = read(f"<rss><channel>{first}<x>{'<!' * 1_000_000}</x>{first}</channel></rss>")
    assert [one.title for one in feed.entries] == ["Un"]


def well_kept(feed: Feed) -> None:
    """Check what the rest of the house counts on, whatever came in."""
    assert feed.form
    for line in (feed.title, feed.description, *(one.title for one in feed.entries)):
        assert line == " ".join(line.split())
        assert len(line) <= 500
    for one in feed.entries:
        assert not one.url or one.url.lower().startswith(("http://", "https://"))
        "".join((one.guid, one.url, one.title, one.summary, one.content, *one.authors)).encode()
        assert not {"\x00", "\x0b", "\ufffe"} & set(one.summary + one.content + one.title)


PIECES = st.sampled_from(
    [
        "<rss>", "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<feed>", "<entry>", "</entry>",
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<title>", "</title>", "<link>", "</link>", "<link href='a'/>", "<link href='http://[b'>",
        "<guid>", "</guid>", "<guid isPermaLink='false'>", "<author>", "</author>", "<name>", "</name>",
        "<source url='a'>", "</source>", "<dc:creator>", "</dc:creator>", "<dc:date>", "</dc:date>",
        "<pubDate>", "</pubDate>", "<updated>", "</updated>", "<category term='a'/>", "<category>",
        "<content type='xhtml'>", "<content mode='base64'>", "<content src='x' type='image/png'>",
        "</content>", "<summary type='html'>", "</summary>", "<description>", "</description>",
        "<media:group>", "</media:group>", "<media:content url='a'>", "</media:content>",
        "<media:thumbnail>", "</media:thumbnail>", "<enclosure/>", "<enclosure url='a' type='image/x'/>",
        "<image>", "</image>", "<textInput>", "</textInput>", "<ttl>", "</ttl>", "<itunes:new-feed-url>",
        "<div>", "</div>", "<p>", "<b a='&lt;'>", "<br/>", "<svg>", "</svg>", "<xml:a xml:base='//'>",
        "<![CDATA[", "]]>", "<!--", "-->", "<?a", "?>", "<!DOCTYPE a [", "&a;", "&#0;", "&#xD800;", "&",
        "<", ">", "'", '"', "1 août 2024", "a@b.example (C)", "été", "\x0b", "http://a/b", "9" * 5_000
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_any_pieces_of_feeds_are_read_or_refused(pieces: list[str], encoding: str) -> None:
    text = (
        "<rss>" + "".join(pieces) if pieces and not pieces[0].startswith("<f") else "".join(pieces)
    )
    try:
        well_kept(read(text.encode(encoding, errors="xmlcharrefreplace")))
    except NotAFeed:
        return


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(PLAIN)))
def test_any_bytes_in_a_feed_are_read_or_refused(data: bytes, at: int) -> None:
    try:
        well_kept(read(PLAIN.encode()[:at] + data + PLAIN.encode()[at:]))
    except NotAFeed:
        return


FIELDS = [
    "id", "url", "external_url", "title", "authors", "author", "name", "tags", "content_html",
    "content_text", "summary", "date_published", "date_modified", "language", "image", "items",
]  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(VALUES, max_size=3), VALUES)
def test_any_json_is_read_or_refused(items: list[object], other: object) -> None:
    told = {
        "version": "https://jsonfeed.org/version/1",
        "items": items,
        "author": other,
        "title": other,
    }
    well_kept(read(json.dumps(told)))
