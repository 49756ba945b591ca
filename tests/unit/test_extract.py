"""What is the article in these bytes."""

from __future__ import annotations

import pytest

from veille.desk.words import grammar, wording
from veille.domain.errors import BadAddress
from veille.extract import address, article, canonical
from veille.extract.boilerplate import article_lines
from veille.extract.decode import decode
from veille.extract.quotes import find
from veille.extract.quotes.find import FoundQuote
from veille.extract.sanitise import sanitise
from veille.extract.verdict import Verdict


def find_quotes(text: str) -> list[FoundQuote]:
    return find.find_quotes(text, grammar())


FRENCH = "Été à l’école de la forêt, où l’on fête Noël et l’œuvre déjà achevée."


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (FRENCH.encode(), ""),
        (FRENCH.encode(), "iso-8859-1"),
        (FRENCH.encode("utf-8-sig"), "ascii"),
        (FRENCH.encode("utf-16"), ""),
        (FRENCH.encode("cp1252"), ""),
        (FRENCH.encode("cp1252"), "utf-8"),
        (FRENCH.encode("cp1252"), "iso-8859-1"),
        (FRENCH.encode("cp1252"), "no-such-charset"),
        (b"<meta charset='utf-8'>" + FRENCH.encode("cp1252"), ""),
        (FRENCH.encode("iso8859-15", "ignore"), "iso-8859-15"),
    ],
)
def test_text_is_decoded_whatever_the_page_claims(data: bytes, declared: str) -> None:
    text = decode(data, declared=declared)
    assert "forêt, où" in text
    assert "déjà achevée" in text


def test_a_few_broken_bytes_do_not_spoil_a_page() -> None:
    assert "forêt" in decode((FRENCH * 3).encode() + b"\xed\xa0\xbd")


def test_control_characters_never_come_in() -> None:
    assert decode(b"a\x00b\x0bc\x1b[2J\r\nd\te") == "abc[2J\nd\te"


def test_an_article_is_found_with_what_the_page_says_of_itself(article_html: str) -> None:
    found = article.from_html(
        article_html, url="https://phareduval.example/berges?utm_source=x", wording=wording()
    )
    assert found.title == "Les berges rendues aux piétons"
    assert found.source == "Le Phare du Val"
    assert found.authors == ("Léonie Carvin",)
    assert found.published == "2026-03-12"
    assert found.language == "fr"
    assert found.canonical == "https://www.phareduval.example/berges-pietons"
    assert found.verdict.name == "complete"
    assert "vol de données" not in found.html + found.text
    assert "file:" not in found.html
    assert "Mentions légales" not in found.text
    assert found.images == ("https://phareduval.example/photos/quai.png",)
    assert "étendre\u00a0: les pelouses" in found.text
    assert "«\u00a0Nous avons préféré montrer avant d'expliquer\u00a0»" in found.text


def test_the_text_is_a_function_of_the_clean_form(article_html: str) -> None:
    found = article.from_html(article_html, wording=wording())
    assert canonical.canonical_text(found.html) == found.text


@pytest.mark.parametrize(
    "page", ["", "<", "<html></html>", "\x00", "<p>", "<html><body></body></html>"]
)
def test_nothing_in_gives_an_honest_nothing(page: str) -> None:
    assert article.from_html(page, wording=wording()).verdict.name in {"empty", "not_article"}


def test_canonical_text_keeps_blocks_lines_and_cells() -> None:
    text = canonical.canonical_text(
        "<h2>Titre</h2><p>un  <b>deux</b>\n trois<br>quatre</p><ul><li>a</li><li>b</li></ul>"
        "<table><tr><td>1</td><td>2</td></tr></table>"
    )
    assert text == "Titre\n\nun deux trois\nquatre\n\na\nb\n\n1\t2"


def test_french_spaces_become_no_break_ones_and_nothing_else_moves() -> None:
    before = "Il dit : « oui » ; vraiment ? 12 % et 4 200 euros !"
    after = canonical.french_spaces(before)
    assert len(after) == len(before)
    assert (
        after
        == "Il dit\u00a0: «\u00a0oui\u00a0»\u202f; vraiment\u202f? 12\u202f% et 4\u202f200 euros\u202f!"
    )
    assert canonical.french_spaces("https://a.example/x?y") == "https://a.example/x?y"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "<svg onload=alert(1)>",
        '<a href="javascript:alert(1)">x</a>', '<img src="file:///etc/passwd">',
        '<img src="data:image/svg+xml,<svg onload=alert(1)>">', "<iframe src=//evil></iframe>",
        '<p style="background:url(//evil)">x</p>', "<base href=//evil>", "<form action=//evil>",
    ],
)  # fmt: skip
def test_what_acts_or_loads_does_not_get_in(hostile: str) -> None:
    clean = sanitise(f"<p>bon</p>{hostile}")
    assert "bon" in clean
    for bad in ("script", "onerror", "onload", "javascript:", "file:", "data:", "evil", "alert"):
        assert bad not in clean


def judged(body: str, *, title: str = "Titre", head: str = "") -> Verdict:
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return article.from_html(page, wording=wording()).verdict


def sentences(count: int) -> str:
    one = "Le conseil a voté hier soir le budget des écoles et des crèches de la ville. "
    return f"<article><h1>Le budget</h1><p>{one * count}</p></article>"


CLOSED = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": %s}</script>'


@pytest.mark.parametrize(
    ("body", "head", "verdict", "reason"),
    [
        (sentences(40), "", "complete", ""),
        (sentences(40), CLOSED % "true", "complete", ""),
        ("", "", "empty", "no_text"),
        ("<h1>Just a moment...</h1><p>Checking your browser before you go on.</p>", "", "wall", "robot"),
        ("<p>Vérifiez que vous êtes un humain.</p>", "", "wall", "robot"),
        ("<p>Nous et nos 842 partenaires utilisons des cookies pour vous.</p><p>Continuer sans accepter</p>", "", "wall", "consent"),
        (sentences(9) + "<p>Il vous reste 72 % de cet article à lire.</p>", "", "truncated", "subscribers_wording"),
        (sentences(40) + "<p>La suite est réservée aux abonnés. Déjà abonné ? Se connecter</p>", "", "truncated", "subscribers_wording"),
        (sentences(6), CLOSED % "false", "truncated", "not_free"),
        (sentences(60), CLOSED % '"False"', "complete", ""),
        ("<h1>Page introuvable</h1><p>Cette page n'existe pas ou plus.</p>", "", "not_article", "error_page"),
        ("<p>Menu Accueil Contact</p>", "", "not_article", "too_short"),
        (sentences(3), "", "complete", ""),
    ],
)  # fmt: skip
def test_verdicts(body: str, head: str, verdict: str, reason: str) -> None:
    found = judged(body, head=head)
    assert (found.name, found.reason) == (verdict, reason)


def test_an_article_about_walls_is_no_wall() -> None:
    about = (
        "La CNIL rappelle que les sites doivent permettre de refuser les cookies aussi simplement "
        "que de les accepter. Plusieurs éditeurs ont été mis en demeure cet automne. Les captchas, "
        "eux, ne sont pas concernés. Les associations saluent la décision et demandent des "
        "contrôles. Le gouvernement annonce un rapport au printemps. "
    )
    assert (
        judged(f"<article><h1>Cookies</h1><p>{about}</p><p>{about}</p></article>").name
        == "complete"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.site.example/a/?utm_source=x&b=1#haut", "http://site.example/a?b=1"),
        ("https://site.example:443/a", "https://SITE.example/a/"),
        ("https://site.example/a?y=2&x=1", "https://site.example/a?x=1&y=2&fbclid=z"),
        ("https://site.example/été", "https://site.example/%C3%A9t%C3%A9"),
        ("https://m.site.example/a/index.html", "https://site.example/a"),
    ],
)
def test_two_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert address.canonical(one) == address.canonical(other) != ""


def test_different_pages_stay_different() -> None:
    keys = {
        address.canonical(f"https://site.example/{rest}")
        for rest in ("", "a", "b", "a?id=1", "a?id=2", "a/b", "A")
    }
    assert len(keys) == 7


@pytest.mark.parametrize(
    "bad", ["", "file:///etc/passwd", "javascript:1", "ftp://x", "http://", "http://[", "x" * 5_000]
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(BadAddress):
        address.web_address(bad)
    assert address.canonical(bad) == ""


def test_an_address_says_something_until_the_page_does() -> None:
    url = "https://www.site.example/2026/les-berges-rendues.html"
    assert address.provisional_title(url) == "Les berges rendues (site.example)"
    assert address.provisional_title("https://site.example/12") == "site.example"


def test_sharing_buttons_and_comments_are_not_the_article() -> None:
    body = ["Titre", *["Un paragraphe de l'article."] * 6]
    around = ["Partager", "Share on Facebook Tweet about this", "Une pensée sur “x”", "Répondre"]
    assert article_lines("\n".join(body + around)) == body
    early = ["Titre", "Partager", *["Un paragraphe de l'article."] * 6]
    assert article_lines("\n".join(early)) == early, "a heading may be called so"


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("« Nous ferons mieux demain », explique Anne Lebrun, maire de Valmont.", "Anne Lebrun", "maire de Valmont"),
        ("Anne Lebrun, directrice de la communication, affirme : « Nous ferons mieux demain ».", "Anne Lebrun", "directrice de la communication"),
        ("Selon Paul Vasseur, « rien ne sera plus comme avant ici ».", "Paul Vasseur", ""),
        ("Constat partagé par Zoé Martin-Ruiz : « rien ne sera plus comme avant ».", "Zoé Martin-Ruiz", ""),
        ("« Le lien est devenu le maillon faible ». Corine Gros l’affirme dans son livre.", "Corine Gros", ""),
        ("La réunion a duré : « rien ne sera plus comme avant ».", "", ""),
    ],
)  # fmt: skip
def test_who_says_it_and_in_which_capacity(text: str, speaker: str, role: str) -> None:
    (found,) = find_quotes(text)
    assert (found.speaker, found.role) == (speaker, role)
    assert text[found.start : found.end] == found.exact


def test_the_same_speaker_goes_on() -> None:
    text = "Léa Roux, consultante, suggère : « il faut essayer d'abord ». Et de préciser « puis mesurer ce qui change »."
    assert [one.speaker for one in find_quotes(text)] == ["Léa Roux", "Léa Roux"]
