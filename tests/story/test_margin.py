"""Two colleagues in the margin of one article; passages that move; quotes with what proves them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Site
from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.desk.margin import Remark
from veille.domain.errors import BadName, BadState, PassageNotFound, ServerSaid, TooLong
from veille.domain.fields import MAX_LINE, MAX_PASSAGE
from veille.domain.views import Filter
from veille.sentences import citing, marking

Open = Callable[..., Desk]
PAGE = """<html lang="fr"><head><title>La crue de mars</title>
<meta property="og:site_name" content="Le Courrier de Valmont">
<meta property="article:published_time" content="2024-03-12"></head><body><article>
<p>La crue de mars a surpris la ville basse, et personne ne s’y attendait vraiment.</p>
<p>« Nous avons évacué quarante familles en une nuit », dit Anne Lebrun, maire de Valmont, devant
la digue. Les secours parlent d’une montée des eaux plus rapide qu’en 1995.</p>
<p>Le préfet promet un plan de prévention avant l’été. La région paiera la moitié des travaux.</p>
</article></body></html>"""
SAID = "Nous avons évacué quarante familles en une nuit"


@pytest.fixture
def article(desk: Desk) -> str:
    return desk.clip("-", stdin=PAGE.encode()).id


def two(open_desk: Open, share: Path) -> tuple[Desk, Desk, str]:
    anne, bruno = open_desk("anne"), open_desk("bruno")
    anne.introduce("Anne")
    bruno.introduce("Bruno")
    anne.create_space("Com", str(share), full_text=True)
    made = anne.clip("-", stdin=PAGE.encode()).id
    (made,) = anne.share([made], anne.space("Com").id)
    anne.sync()
    bruno.join_space(str(share))
    bruno.sync()
    return anne, bruno, made


def test_a_question_waits_until_a_colleague_answers(open_desk: Open, share_folder: Path) -> None:
    anne, bruno, article = two(open_desk, share_folder)
    asked = anne.annotate(
        article, "la moitié des travaux", Remark("Qui le dit ?", visibility="team", asks=True)
    )
    anne.sync()
    bruno.sync()
    assert [one.id for one in bruno.margin.questions()] == [asked]
    answer = bruno.margin.reply(asked, "Le président de région, hier.")
    again = bruno.margin.reply(answer, "Dans Le Courrier.")
    bruno.sync()
    anne.sync()
    assert anne.margin.questions() == []
    (placed,) = anne.read(article).placed
    assert [one.text("comment") for one in placed.replies] == [
        "Le président de région, hier.", "Dans Le Courrier.",
    ]  # fmt: skip
    assert {one.text("reply_to") for one in placed.replies} == {asked}, "one conversation"
    anne.margin.reply(again, "Et la date ?")
    assert [one.id for one in anne.margin.questions()] == [asked], "who asked has the last word"
    with pytest.raises(BadName):
        anne.margin.reply(asked, "  ")


def test_private_is_the_default_and_becomes_team_with_its_answers(
    open_desk: Open, share_folder: Path
) -> None:
    anne, bruno, article = two(open_desk, share_folder)
    noted = anne.annotate(article, "la ville basse", Remark("Pour moi", meaning="check"))
    anne.margin.reply(noted, "À revoir lundi")
    anne.margin.reply(noted, "Ou mardi")
    anne.sync()
    bruno.sync()
    assert bruno.read(article).placed == ()
    there = anne.margin.publish(noted)
    anne.sync()
    bruno.sync()
    (placed,) = bruno.read(article).placed
    assert placed.row.id == there
    assert (placed.row.text("comment"), placed.row.text("meaning")) == ("Pour moi", "check")
    assert [one.text("comment") for one in placed.replies] == ["À revoir lundi", "Ou mardi"]


def test_a_quote_is_commented_for_oneself_while_the_team_reads_the_quote(
    open_desk: Open, share_folder: Path
) -> None:
    anne, bruno, article = two(open_desk, share_folder)
    quoted = anne.quote(article, SAID)
    noted = anne.margin.comment(quoted, Remark("À vérifier avant lundi"))
    anne.sync()
    bruno.sync()
    assert [one.row.id for one in bruno.read(article).placed] == [quoted]
    mine = {one.row.id: one for one in anne.read(article).placed}
    assert mine[noted].anchor == mine[quoted].anchor
    assert mine[noted].row.text("comment") == "À vérifier avant lundi"
    assert not any("À vérifier avant" in text for text in _written(share_folder))
    for_all = anne.margin.comment(quoted, Remark("Chiffre confirmé", visibility="team"))
    anne.sync()
    bruno.sync()
    assert {one.row.id for one in bruno.read(article).placed} == {quoted, for_all}


def _written(folder: Path) -> list[str]:
    """Give what lies in a shared folder, as far as it is text."""
    return [
        one.read_text(encoding="utf-8", errors="replace")
        for one in folder.rglob("*")
        if one.is_file()
    ]


def test_a_comment_on_an_article_not_shared_goes_with_it(desk: Desk, article: str) -> None:
    noted = desk.annotate(article, "la ville basse", Remark("Pour plus tard"))
    assert desk.margin.publish(noted) == noted
    assert desk.rows([noted])[0].text("visibility") == "team"


def test_what_makes_no_sense_is_refused(desk: Desk, article: str) -> None:
    for remark in (Remark(visibility="world"), Remark(meaning="love")):
        with pytest.raises(BadState):
            desk.annotate(article, "la ville basse", remark)
    with pytest.raises(TooLong):
        desk.annotate(article, "la ville basse", Remark("x" * (MAX_PASSAGE + 1)))
    noted = desk.annotate(article, "la ville basse", Remark())
    for fields in ({"visibility": "team"}, {"meaning": "love"}):
        with pytest.raises(BadState):
            desk.margin.change(noted, fields)
    with pytest.raises(PassageNotFound):
        desk.annotate(article, "rien de tel", Remark())
    assert desk.rows([noted])[0].text("motivation") == "highlighting"


def changed(desk: Desk, article: str, old: str, new: str) -> None:
    assert old in PAGE
    desk.intake.complete(article, {"text/html": PAGE.replace(old, new).encode()})


def test_a_rewritten_passage_is_doubted_then_confirmed_for_good(desk: Desk, article: str) -> None:
    noted = desk.annotate(article, SAID, Remark("À vérifier", meaning="check"))
    changed(desk, article, SAID, "Nous avons dû évacuer une quarantaine de familles cette nuit")
    (placed,) = desk.margin.astray()
    assert (placed.row.id, placed.anchor.status) == (noted, "doubtful")
    desk.margin.confirm(noted)
    assert desk.margin.astray() == []
    reading = desk.read(article)
    (placed,) = reading.placed
    assert placed.anchor.status == "exact"
    assert reading.text[placed.anchor.start : placed.anchor.end].startswith("Nous avons dû")
    assert placed.row.text("exact") == SAID, "the words as they were first marked"
    first = reading.captures[-1].name
    (then,) = desk.read(article, capture=first).placed
    assert desk.read(article, capture=first).text[then.anchor.start : then.anchor.end] == SAID
    desk.undo()
    assert [one.row.id for one in desk.margin.astray()] == [noted]


def test_an_answer_to_what_was_deleted_stands_by_itself(desk: Desk, article: str) -> None:
    noted = desk.annotate(article, "la ville basse", Remark("Première"))
    reply = desk.margin.reply(noted, "Seconde")
    desk.delete([noted])
    (placed,) = desk.read(article).placed
    assert (placed.row.id, placed.anchor.status) == (reply, "orphan")
    assert placed.row.title == "Seconde"
    assert desk.margin.astray() == []


def test_a_quote_has_a_passport_and_a_measure(desk: Desk, article: str) -> None:
    quoted = desk.quote(article, SAID)
    desk.quote(article, "Le préfet promet un plan de prévention avant l’été", speaker="")
    note = desk.new_note("Crue", f"![[{quoted}]]")
    passport = desk.citing.passport(quoted)
    assert passport.row.text("speaker") == "Anne Lebrun"
    assert passport.about is not None
    assert passport.about.source == "Le Courrier de Valmont"
    assert [one.note for one in passport.used] == [note]
    assert passport.capture is not None
    assert passport.capture.page[:16] in marking.capture(passport)
    assert (passport.meter.words, passport.meter.quoted) == (8, 17)
    told = marking.meter(passport.meter)
    assert told.startswith("8 words · ")
    assert "all our quotes" in told
    assert desk.quote_at(article, *_places(desk, article, SAID)) == quoted, "kept once"
    changed(desk, article, SAID, "Rien de ce qui fut dit ne reste ici, pas même un mot de cela")
    lost = desk.citing.passport(quoted)
    assert lost.placed is not None
    assert (lost.placed.anchor.status, lost.meter.words) == ("orphan", 8)


def _places(desk: Desk, article: str, words: str) -> tuple[int, int]:
    start = desk.read(article).text.index(words)
    return start, start + len(words)


def test_no_citation_goes_without_author_and_source(desk: Desk, article: str) -> None:
    quoted = desk.quote(article, SAID)
    passport = desk.citing.passport(quoted)
    filled = citing.values(passport.row, passport.about)
    for style in citing.STYLES:
        assert citing.problem(citing.pattern(style)) == ""
        cited = citing.cite(style, filled)
        for form in (cited.text, cited.markdown, cited.html):
            assert "author not stated" in form
            assert "Le Courrier de Valmont" in form
            assert "Anne Lebrun" in form
            assert SAID in form
    alone = citing.cite("press", citing.values(desk.rows([article])[0], None))
    assert alone.text.startswith("author not stated, La crue de mars, Le Courrier de Valmont")
    assert "<i>La crue de mars</i>" in alone.html
    assert "*La crue de mars*" in alone.markdown
    bare = desk.clip(
        "-", stdin=b"<p>Un texte sans rien autour, ni auteur ni titre de presse.</p>"
    ).id
    told = citing.cite("short", citing.values(desk.rows([bare])[0], None)).text
    assert "source not stated" in told


def test_the_house_says_how_it_cites(open_desk: Open, share_folder: Path) -> None:
    anne, bruno, article = two(open_desk, share_folder)
    space = anne.space("Com").id
    own = "[{quote}] ({author}, *{source}*)"
    assert citing.problem(own) == ""
    anne.citing.set_style(own, space)
    anne.sync()
    bruno.sync()
    assert bruno.citing.style(space) == own
    assert bruno.citing.style() == ""
    row = bruno.rows([article])[0]
    assert citing.cite(own, citing.values(row, None)).text == (
        "(author not stated, Le Courrier de Valmont)"
    )
    with pytest.raises(TooLong):
        anne.citing.set_style("x" * (MAX_LINE + 1), space)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{quote} {author} {publisher}", "publisher"),
        ("{quote} {source}", "author"),
        ("[{quote} {author} {source}", "bracket"),
        ("{quote}] {author} {source}", "bracket"),
    ],
)
def test_a_pattern_that_makes_no_sense_says_why(pattern: str, told: str) -> None:
    assert told in citing.problem(pattern)


def test_what_is_cited_cannot_write_html_or_markdown(desk: Desk) -> None:
    page = "<title>*Gras* &lt;b&gt; [lien](x)</title><p>Une phrase de la page, assez longue.</p>"
    made = desk.clip("-", stdin=page.encode()).id
    cited = citing.cite("press", citing.values(desk.rows([made])[0], None))
    assert "<b>" not in cited.html
    assert "&lt;b&gt;" in cited.html
    assert r"\*Gras\* \<b\> \[lien\]" in cited.markdown


def test_a_page_taken_down_is_said_to_be_gone(desk: Desk, site: Site) -> None:
    here = ClipOptions(intranet=True)
    article = desk.clip(site.page("/crue", PAGE.encode()), here).id
    assert desk.rows([article])[0].verdict == "complete"
    del site.routes["/crue"]
    desk.intake.again(article, intranet=True)
    with pytest.raises(ServerSaid):
        desk.fetch(article)
    assert desk.pending() == [], "what is here whole does not wait"
    gone = desk.rows([article])[0].fields["gone"]
    assert isinstance(gone, int)
    assert gone > 0
    assert "not found since" in marking.gone(gone)
    assert not marking.gone(gone).endswith("."), "it stands before a dash, and in a list"
    site.page("/crue", PAGE.replace("crue de mars", "crue d’avril").encode())
    desk.intake.again(article, intranet=True)
    desk.finish_clip(article)
    assert desk.rows([article])[0].fields["gone"] == 0


def test_comments_are_searched_like_everything_else(desk: Desk, article: str) -> None:
    noted = desk.annotate(article, "la ville basse", Remark("Inondabilité à revoir"))
    reply = desk.margin.reply(noted, "Le PPRI date de 2011")
    desk.drain()
    assert [one.row.id for one in desk.search("ppri").items] == [reply]
    assert desk.ids(Filter(kinds=("annotation",), about=article)) == [reply, noted]


def test_what_is_said_of_a_quote_is_told_from_its_words(desk: Desk, article: str) -> None:
    quoted = desk.quote(article, SAID)
    desk.edit_quote(quoted, {"comment": "Chiffre invérifiable"})
    desk.drain()
    (found,) = [one for one in desk.search("invérifiable").items if one.row.id == quoted]
    words, mark, said = found.snippet.partition("\u00a0»")
    assert (words.endswith("en une nuit"), bool(mark), said.strip()) == (
        True, True, "Chiffre invérifiable",
    )  # fmt: skip
    row = desk.rows([quoted])[0]
    assert marking.lead(row) == "Comment: Chiffre invérifiable"
    assert marking.comment(desk.rows([desk.quote(article, "la moitié des travaux")])[0]) == ""
