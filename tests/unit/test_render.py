"""Notes as they are read: what people write, and what must never come of it."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable

import pytest

from veille.wiki.links import links
from veille.wiki.plain import plain
from veille.wiki.render import Embedded, Line, Renderer, Target, render

Q, N, P, A, D = (
    "q-" + "1" * 16,
    "n-" + "2" * 16,
    "p-" + "3" * 16,
    "a-" + "4" * 16,
    "d-" + "5" * 16,
)
KNOWN = {
    "plan velo": Target(N, "Plan vélo"),
    "@cle2024": Target(N, "@cle2024"),
    "anne martin": Target(P, "Anne Martin"),
    P: Target(P, "Anne Martin"),
    N: Target(N, "Plan vélo"),
}
SHOWN = {
    Q: Embedded(Q, "« La crue\nmonte » l'a \"dit\"", "Anne <b>, 2026", notices=("La page a changé.",)),
    A: Embedded(A, "Un article", "Le Fil, 2026", kind="article", notices=("Retiré le 3 mars.",)),
    D: Embedded(D, "Inondations", "", kind="dossier", lines=(Line(Q, "Une ligne", "Le Fil"),)),
    N: Embedded(N, "", "Plan vélo", kind="note", html="<p>Le <strong>plan</strong></p>"),
    "?crue depuis:2024": Embedded(
        "?crue depuis:2024", "crue depuis:2024", "2 résultats", kind="search",
        lines=(Line(A, "Un article", ""), Line(Q, "Une citation", "Le Fil")),
    ),
}  # fmt: skip


def shown(text: str, *, french: bool = True) -> str:
    out = render(text, resolve=KNOWN.get, embed=SHOWN.get, french=french)
    return out.replace("&nbsp;", "\u00a0").rstrip("\n")


def words(text: str, *, french: bool = True) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", shown(text, french=french))).strip()


# --- what people write ---------------------------------------------------------------------------


def test_a_list_needs_no_empty_line_before_it() -> None:
    assert shown("Il faut :\n- du pain\n- du vin") == (
        "<p>Il faut\u00a0:</p>\n<ul>\n<li>du pain</li>\n<li>du vin</li>\n</ul>"
    )


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
def test_items_nest_however_they_are_indented(indent: str) -> None:
    out = shown(f"- a\n{indent}- b\n- c")
    assert re.sub(r"\n", "", out) == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


def test_a_numbered_list_begins_where_its_author_begins() -> None:
    assert '<ol start="4">' in shown("4. quatre\n5. cinq")
    assert shown("en\n2024. Une année") == "<p>en\n2024. Une année</p>"


def test_code_stands_inside_an_item() -> None:
    out = shown("1. lancer\n   ```\n   *tel quel*\n   ```\n2. voir")
    assert "<pre><code>*tel quel*\n</code></pre>" in out
    assert out.count("<li>") == 2


def test_emphasis_of_all_kinds() -> None:
    assert shown("*a* **b** ***c*** _d_ ~~e~~ nom_de_fichier 2*3*4") == (
        "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <em>d</em> <del>e</del>"
        " nom_de_fichier 2<em>3</em>4</p>"
    )


@pytest.mark.parametrize("end", ["  ", "\\"])
def test_lines_are_cut_where_asked(end: str) -> None:
    assert shown(f"un{end}\ndeux{end}").startswith("<p>un<br>\ndeux")


@pytest.mark.parametrize(
    ("typed", "address", "after"),
    [
        ("https://exemple.fr/a_b_c.", "https://exemple.fr/a_b_c", "."),
        ("(voir http://a.fr/x)", "http://a.fr/x", ")"),
        ("https://fr.wikipedia.org/wiki/Crue_(hydrologie), oui", None, ", oui"),
        ("https://a.fr/?q=1&b=2 !", "https://a.fr/?q=1&amp;b=2", "\u00a0!"),
        ("**https://a.fr/**", "https://a.fr/", ""),
    ],
)
def test_a_bare_address_is_a_link_without_what_follows(
    typed: str, address: str | None, after: str
) -> None:
    address = address or "https://fr.wikipedia.org/wiki/Crue_(hydrologie)"
    out = shown(typed)
    assert f'<a href="{address}">{address}</a>' in out
    assert words(typed).endswith(after)


def test_addresses_inside_links_and_code_stay_alone() -> None:
    assert shown("[https://a.fr](https://b.fr) `https://c.fr` ftp://d.fr").count("<a ") == 1


def test_a_table_may_follow_a_line_and_hold_links() -> None:
    out = shown("Bilan\n| a | b |\n|---|:-:|\n| [[plan velo|le plan]] | [[plan velo\\|l’autre]] |")
    assert out.startswith("<p>Bilan</p>\n<table>")
    assert ">le plan</a></td>" in out
    assert '<td align="center">' in out
    assert ">l’autre</a></td>" in out


def test_definitions_admonitions_and_abbreviations() -> None:
    out = shown(
        'Crue\n: Montée des eaux.\n\n!!! note "À savoir"\n    - un\n\n*[DDT]: Direction\nLa DDT.'
    )
    assert "<dl>\n<dt>Crue</dt>\n<dd>Montée des eaux.</dd>\n</dl>" in out
    assert '<p class="admonition-title">À savoir</p>\n<ul>\n<li>un</li>' in out
    assert '<abbr title="Direction">DDT</abbr>' in out


def test_what_follows_an_admonition_at_the_margin_is_outside() -> None:
    assert shown("!!! note\n    dedans\ndehors").endswith("</div>\n<p>dehors</p>")


def test_tasks_show_their_boxes() -> None:
    out = shown("- [ ] à faire\n- [x] **fait**\n- [X] aussi")
    assert '<ul class="tasks">' in out
    assert "<li>☐ à faire</li>" in out
    assert '<li>☑ <span class="done"><strong>fait</strong></span></li>' in out
    assert shown("- [ ]rien").count("☐") == 0


def test_a_task_of_a_spaced_list_is_greyed_in_its_paragraph() -> None:
    assert '<p>☑ <span class="done">fait</span></p>' in shown("- [x] fait\n\n- [ ] non")


# --- footnotes -----------------------------------------------------------------------------------


def test_footnotes_are_numbered_by_their_first_call_over_the_whole_note() -> None:
    out = shown("Un[^b].\n\nDeux[^a], encore[^b].\n\n[^a]: La a.\n[^b]: La b.\n\n    Suite.")
    assert re.findall(r">(\d)</a></sup>", out) == ["1", "2", "1"]
    assert '<li id="fn-1"><p>La b.</p>\n<p>Suite. <a href="veille:#fnref-1">↩</a></p></li>' in out
    assert '<sup><a href="veille:#fn-2" id="fnref-2">2</a></sup>' in out
    assert out.count('id="fnref-1"') == 1


def test_footnotes_call_one_another_and_nothing_is_lost() -> None:
    out = shown("x[^1]\n\n[^1]: vers[^2]\n[^2]: vers[^1]\n[^3]: seule\n[^1]: encore")
    assert re.findall(r'<li id="fn-(\d)">', out) == ["1", "2", "3"]
    assert "<p>seule</p></li>" in out
    assert "encore" not in out


def test_a_call_of_nothing_is_text() -> None:
    assert shown("x[^1] `[^2]`\n\n[^2]: y").startswith("<p>x[^1] <code>[^2]</code></p>")


def test_footnotes_are_a_last_piece() -> None:
    pieces = Renderer(resolve=KNOWN.get, embed=SHOWN.get).pieces("a[^1]\n\n[^1]: b\n\nc")
    assert [(one.first, one.last) for one in pieces] == [(0, 1), (2, 3), (4, 4), (4, 4)]
    assert pieces[1].html == ""
    assert "<ol" in pieces[-1].html


def test_footnotes_stand_under_the_heading_of_their_texts_and_what_follows_after_them() -> None:
    text = "a[^1] b[^2]\n\n## Références\n\n[^1]: une\n[^2]: deux\n\n"
    pieces = Renderer(resolve=KNOWN.get, embed=SHOWN.get).pieces(f"{text}## Suite\n\nfin")
    shows = [re.sub(r"<[^<>]+>|\s", "", one.html) for one in pieces]
    assert shows == ["a1b2", "Références", "", "une↩deux↩", "Suite", "fin"]
    assert not any("<hr>" in one.html for one in pieces), "the heading tells them apart"
    lines = [(one.first, one.last) for one in pieces]
    assert lines == sorted(lines)
    assert shown(f"{text}fin").endswith("</ol>\n<p>fin</p>")
    # Under a heading with other words, or none, they are the end of the note.
    for other in ("## Suite\n\nmots\n\n[^1]: une\n\nfin", "[^1]: une\n## Suite\n\nfin"):
        assert shown(f"a[^1]\n\n{other}").endswith("</ol>")


# --- typography ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ('Il dit "oui".', "Il dit «\u00a0oui\u00a0»."),
        ('"Oui", "non"', "«\u00a0Oui\u00a0», «\u00a0non\u00a0»"),
        ("L'eau qu'on aujourd'hui", "L’eau qu’on aujourd’hui"),
        ('l\'"eau"', "l’«\u00a0eau\u00a0»"),
        ('"**gras** et *ital*"', "«\u00a0gras et ital\u00a0»"),
        ("Ah... bon -- oui", "Ah… bon – oui"),
        ("Quoi ? Oui ! Non ; si : là", "Quoi\u00a0? Oui\u00a0! Non\u00a0; si\u00a0: là"),
        ("Quoi? Oui! Non; si: là", "Quoi\u00a0? Oui\u00a0! Non\u00a0; si\u00a0: là"),
        ("Vraiment ?!", "Vraiment\u00a0?!"),
        ("« oui » «non»", "«\u00a0oui\u00a0» «\u00a0non\u00a0»"),
        ("12 000 euros, 1 250 000", "12\u00a0000 euros, 1\u00a0250\u00a0000"),
        ("en 2024 300 personnes", "en 2024 300 personnes"),
        ("01 23 45 67 89", "01 23 45 67 89"),
        ("10:30, 1er, 2e, 12/03/2024", "10:30, 1er, 2e, 12/03/2024"),
        ("https://a.fr/x?y=1;z a:b@c.fr", "https://a.fr/x?y=1;z a:b@c.fr"),
        ("un écran de 24\" et 5'30", "un écran de 24\" et 5'30"),
        ('un seul " guillemet', 'un seul " guillemet'),
        ('`"x" l\'a...`', '"x" l\'a...'),
        ('\\"x\\" oui', '"x" oui'),
        ("a.*..* 12 *000* *bien*! L'*eau* *fin* !", "a... 12 000 bien\u00a0! L’eau fin\u00a0!"),
        ("Tom &amp; Léa, &copy; A&B", "Tom & Léa, © A&B"),
    ],
)
def test_french_typography(typed: str, read: str) -> None:
    assert words(typed) == read
    assert "\u202f" not in shown(typed)


def test_typography_of_other_languages() -> None:
    assert words('He said "it\'s fine"... no -- yes ! Why: 12 000', french=False) == (
        "He said “it’s fine”… no – yes ! Why: 12 000"
    )


def test_typography_leaves_code_quotes_and_attributes_alone() -> None:
    out = shown(f'    "x" l\'a !\n\n![[{Q}]]\n\n[a](https://a.fr "l\'un... !")')
    assert '<pre><code>"x" l\'a !\n</code></pre>' in out
    assert 'l\'a "dit"' in html.unescape(out)
    assert 'title="l\'un... !"' in out


# --- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "address", "read", "kind"),
    [
        ("[[Plan Vélo]]", N, "Plan vélo", "link"),
        ("[[dossier/plan velo]]", N, "Plan vélo", "link"),
        ("[[plan velo|le *plan*]]", N, "le <em>plan</em>", "link"),
        ("[[plan velo#Le coût]]", f"{N}#Le%20co%C3%BBt", "Plan vélo › Le coût", "link"),
        ("[[plan velo#^abc]]", N, "Plan vélo", "link"),
        (f"[[{N}|mots]]", N, "mots", "link"),
        ("[[@Anne Martin]]", P, "@Anne Martin", "person"),
        (f"[[{P}|Anne]]", P, "@Anne", "person"),
        ("[[@cle2024]]", N, "@cle2024", "link"),
        ("[[#Mobilités douces]]", "theme/Mobilit%C3%A9s%20douces", "#Mobilités douces", "theme"),
        ("[[#Eau|l’eau]]", "theme/Eau", "l’eau", "theme"),
        ("[[À écrire]]", "new/À écrire", "À écrire", "red"),
    ],
)
def test_wiki_links_lead_and_read(typed: str, address: str, read: str, kind: str) -> None:
    assert f'<a class="{kind}" href="veille:{address}">{read}</a>' in shown(typed)


def test_links_tell_their_kind() -> None:
    found = links(
        f"[[Note#S|x]] [[@Anne]] [[{P}|Anne]] [[#Eau|l’eau]] ![[?crue depuis:2024]] [[ ]]"
    )
    assert [(one.kind, one.target, one.label) for one in found] == [
        ("note", "note", "x"), ("person", "@anne", "@Anne"), ("person", P, "Anne"),
        ("theme", "", "#Eau"), ("search", "crue depuis:2024", "?crue depuis:2024"),
    ]  # fmt: skip
    assert [one.name for one in found][0::3] == ["Note", "Eau"]


# --- embeds --------------------------------------------------------------------------------------


def test_a_quote_alone_on_its_line_is_a_block_with_its_notices() -> None:
    out = shown(f"Avant\n![[{Q}]]\naprès")
    assert out.startswith('<p>Avant</p>\n<blockquote class="quote"><p>« La crue<br>monte »')
    assert f'<a class="link" href="veille:{Q}">Anne &lt;b&gt;, 2026</a>' in out
    assert '<p class="notice">La page a changé.</p></blockquote>\n<p>après</p>' in out


def test_a_quote_in_a_sentence_makes_no_block() -> None:
    out = shown(f"- il dit ![[{Q}]] oui")
    assert "<p" not in out
    assert "<blockquote" not in out
    assert (
        f'<span class="quote">« La crue monte » l\'a "dit"</span> (<a class="link" href="veille:{Q}"'
        in (out.replace("&quot;", '"'))
    )


def test_articles_dossiers_searches_and_notes_are_shown_in_place() -> None:
    out = shown(f"![[{A}]]\n\n![[{D}]]\n\n![[?crue depuis:2024]]\n\n![[{N}]]")
    assert f'<p class="title"><a class="link" href="veille:{A}">Un article</a></p>' in out
    assert '<p class="notice">Retiré le 3 mars.</p>' in out
    line = f'<li><a class="link" href="veille:{Q}">Une ligne</a> <span class="reference">Le Fil</span></li>'
    assert line in out
    assert 'href="veille:?crue%20depuis%3A2024">crue depuis:2024</a>' in out
    assert "<p>Le <strong>plan</strong></p></div>" in out


def test_what_is_unknown_is_told_from_text() -> None:
    assert shown("![[q-disparu]]") == '<p class="gone">q-disparu</p>'
    assert shown("x ![[photo.png|300]]") == '<p>x <span class="gone">photo.png</span></p>'


# --- images --------------------------------------------------------------------------------------


def test_only_our_images_are_shown() -> None:
    ours = f"blob:{'0a' * 32}"
    assert shown(f"![alt *x*]({ours})") == f'<p><img alt="alt x" src="{ours}"></p>'
    for other in (
        "http://a.fr/x.png",
        "data:image/png;base64,AA",
        "blob:xyz",
        f"{ours}0",
        "/etc/x",
    ):
        assert shown(f"![mots]({other})") == "<p>mots</p>"
        assert "<img" not in shown(f'<img src="{other}" alt="a>b" onerror="x">')


def test_our_images_are_no_addresses_to_follow() -> None:
    assert "blob" not in shown(f"[x](blob:{'0' * 64})")


# --- kept from one state to the next -------------------------------------------------------------


def test_only_what_changed_is_rendered_again() -> None:
    kept = Renderer(resolve=KNOWN.get, embed=SHOWN.get)
    first = kept.pieces("un\n\n[[plan velo]]\n\ntrois")
    second = kept.pieces("un\n\n[[plan velo]] bis\n\nde plus\n\ntrois")
    assert second[0].html is first[0].html
    assert second[3].html is first[2].html
    assert second[1].html != first[1].html


def test_a_piece_changes_with_what_it_leads_to() -> None:
    known: dict[str, Target] = {}
    gone: dict[str, Embedded] = {}
    kept = Renderer(resolve=known.get, embed=gone.get)
    text = f"[[plan velo]] [r]\n\n![[{Q}]]\n\nx[^1]\n\n"
    before = kept.pieces(text)
    known["plan velo"] = Target(N, "Plan vélo")
    gone[Q] = SHOWN[Q]
    after = kept.pieces(f"{text}[r]: https://a.fr\n[^1]: note")
    assert 'class="red"' in before[0].html
    assert f"veille:{N}" in after[0].html
    assert "https://a.fr" in after[0].html
    assert "gone" in before[1].html
    assert "La crue" in after[1].html
    assert "[^1]" in before[2].html
    assert "fn-1" in after[2].html


def test_each_target_is_asked_once_for_a_text() -> None:
    asked: list[str] = []

    def resolve(target: str) -> Target | None:
        asked.append(target)
        return None

    kept = Renderer(resolve=resolve, embed=SHOWN.get)
    kept.pieces("[[a]] [[b]]\n\n[[a]]\n\n[[A]]")
    assert asked == ["a", "b"]


# --- what must never come of it ------------------------------------------------------------------

MANY = 60_000


def _many(what: str) -> str:
    return what * (MANY // len(what))


@pytest.mark.parametrize(
    "text",
    [_many(one) for one in (
        "[[", "*", "[^", "> ", "`", "` `` ", "[", "](", "![", "[a](b ", '[a]("', "<", "<b>", "<div>",
        "<!--", "- ", "1. ", "*a **b ", "_a", "&", "\\", "|", "\t", '"', "' ", "« ", "...", "a@", "![[a",
        "[^1]: x\n\n", "[^a]: [^a]\n", "*[ab]: c\nab\n", "[a]: b\n", "x\n: y\n", "!!! a\n", "```\n",
        "<table>\n\n",
    )]
    + ["| " * 9_000 + "\n" + "|-" * 9_000 + "\n" + "x\n" * 9_000]
    + ["|" + "a|" * 90 + "\n|" + "-|" * 90 + "\n" + "x\n" * 20_000],
    ids=lambda text: repr(text[:9]),
)  # fmt: skip
@pytest.mark.parametrize("read", [shown, plain, links])
def test_hostile_texts_take_no_time(read: Callable[[str], object], text: str) -> None:
    begun = time.perf_counter()
    read(text)
    # A second at most here; what would be quadratic takes minutes.
    assert time.perf_counter() - begun < 10


def test_what_is_beyond_reason_is_shown_as_typed() -> None:
    assert "le fond" in shown("> " * 3_000 + "le fond")
    assert "le fond" in shown("- " * 3_000 + "le fond")
    assert shown("*a*" * 3_000).count("<em>") == 0


def test_marks_of_the_converter_are_no_way_in() -> None:
    stashed = "\x02wzxhzdk:0\x03"
    shown_in_place = Embedded(Q, stashed, stashed, notices=(stashed,))
    out = render(
        f"<b>x</b> {stashed} \x02klzzwxh:0000\x03 ![[{Q}]] \x0260\x03script>\n\n![[{Q}]]",
        resolve=KNOWN.get, embed=lambda _one: shown_in_place,
    )  # fmt: skip
    assert "wzxhzdk:0" in out
    assert out.count("<b>") == 1
    assert "<script" not in out


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))", "<javascript:alert(1)>", "[x]: javascript:a\n\n[x]",
        "[x](\tjavascript:a)", "[x](&#106;avascript:a)", "[x](java&#10;script:a)",
        '<a href="veille:q" onclick="a()">x</a>', "<svg><script>alert(1)</script></svg>",
        '<p style="position:fixed" id="fn-1">x</p>', '<li id="autre">x</li>', "[x](file:///etc/passwd)",
        '[[x" onclick="a]]', "[[a|<img src=x onerror=a()>]]", "![[<script>a</script>]]",
        '```" onclick="a\nx\n```', '!!! note" onclick="x', '*[a" b]: c" onclick="x\n\na" b',
    ],
)  # fmt: skip
def test_nothing_acts(text: str) -> None:
    out = shown(text)
    tags = re.findall(r"<[^>]*>", out)
    assert tags
    for tag in tags:
        assert not re.search(
            r"javascript|script|file:|style=| on\w+=\"|id=\"(?!fn)",
            re.sub(r'(title|href)="(veille:)?new[^"]*"|title="[^"]*"', "", tag),
        )
        assert "<script" not in tag


# --- the words alone -----------------------------------------------------------------------------


def test_the_words_of_a_note_without_its_marks() -> None:
    text = (
        '## Titre\n- [x] fait **gras *et* plus**[^1]\n> dit ![alt](http://a/b.png "t") [mots](http://a.fr)\n\n'
        f"[[#Mobilités]] [[a|b]] [[dossier/Note#S]] ![[{Q}]] ~~rayé~~ nom_de_x 2 * 3\n\n"
        "| a | b |\n|---|---|\n| x | `y` |\n\n```py\ncode\n```\n\n[^1]: La note\n[r]: http://a.fr\n"
    )
    assert plain(text) == (
        "Titre\nfait gras et plus\ndit alt mots\n\nMobilités b Note › S  rayé nom_de_x 2 * 3\n\n"
        "a b\n\nx y\n\ncode\n\nLa note"
    )
