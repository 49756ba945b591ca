"""From a clipped page to a colleague's screen: the mission's main job, by two desks."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.desk.finding import SearchOptions
from veille.desk.margin import Remark
from veille.domain.errors import NothingToUndo, NotUndoable, PassageNotFound
from veille.domain.views import Filter
from veille.sentences import embedding

Open = Callable[..., Desk]


def test_a_clipped_page_a_quote_a_note_a_colleague(
    open_desk: Open, tmp_path: Path, article_html: str
) -> None:
    claire, malik = open_desk("claire"), open_desk("malik")
    claire.introduce("Claire")
    malik.introduce("Malik")
    page = tmp_path / "berges.html"
    page.write_text(article_html, encoding="utf-8")
    clipped = claire.clip(str(page), ClipOptions(tags=("Mobilité",), dossier="Berges"))
    row = claire.rows([clipped.id])[0]
    assert (row.title, row.verdict, row.state) == (
        "Les berges rendues aux piétons",
        "complete",
        "inbox",
    )

    quoted = claire.quote(clipped.id, "Nous avons préféré montrer avant d'expliquer")
    quote = claire.rows([quoted])[0]
    assert quote.text("speaker") == "Odile Rambert"
    assert quote.text("role") == "directrice de la communication de Port-Mirel"

    note = claire.new_note(
        "Berges : premiers enseignements", f"Montrer d'abord.\n\n![[{quoted}]]\n"
    )
    html = claire.wiki.html("Berges", claire.read(note).text, voice=embedding)
    assert "préféré montrer" in html
    assert "Odile Rambert" in html
    assert [one.note for one in claire.read(quoted).backlinks] == [note]

    share = tmp_path / "V"
    share.mkdir()
    claire.create_space("Com", str(share), full_text=False)
    malik.join_space(str(share))
    claire.share([note], "Com")
    (done,) = claire.sync()
    assert done.sent > 0
    # The clock of these tests is its own, and the drive's is the real one.
    assert {told.code for told in done.problems} <= {"clock_wrong"}
    (round_,) = malik.sync()
    assert round_.received > 0
    malik.drain()

    found = malik.search("enseignements berges")
    assert note in [one.row.id for one in found.items]
    assert "quote" in {one.row.kind for one in malik.search("montrer expliquer").items}
    theirs = malik.read(note)
    assert malik.people()[theirs.row.created_by] == "Claire"
    assert "préféré montrer" in malik.wiki.html("Berges", theirs.text, voice=embedding)
    about = malik.read(quoted).about
    assert about is not None
    assert about.title == "Les berges rendues aux piétons"
    excerpt = malik.read(about.id)
    assert excerpt.captures[0].excerpt, "no licence: only a short quotation travels"
    assert len(excerpt.text) <= 301
    mine = claire.read(claire.resolve(clipped.id))
    assert len(mine.text) > 800, "the clipper keeps her working copy"
    assert not mine.captures[0].excerpt
    for desk in (claire, malik):
        desk.drain()
        assert desk.verify().problems == ()


def _two_in(open_desk: Open, tmp_path: Path, *, full_text: bool) -> tuple[Desk, Desk]:
    """Give two people of one space, "Com"."""
    one, two = open_desk("one"), open_desk("two")
    share = tmp_path / "S"
    share.mkdir()
    one.create_space("Com", str(share), full_text=full_text)
    two.join_space(str(share))
    return one, two


def test_full_texts_travel_only_where_the_space_says_so(
    open_desk: Open, tmp_path: Path, article_html: str
) -> None:
    one, two = _two_in(open_desk, tmp_path, full_text=True)
    clipped = one.clip("-", stdin=article_html.encode())
    (shared,) = one.share([clipped.id], "Com")
    one.sync()
    two.sync()
    theirs = two.read(shared)
    assert theirs.text == one.read(shared).text
    assert theirs.html == one.read(shared).html != ""
    again = two.clip("-", stdin=article_html.encode())
    assert again.duplicate_of == shared, "a second clip of the same page says who has it"


@pytest.mark.parametrize("full_text", [True, False])
def test_what_is_quoted_keeps_its_proof_when_it_is_shared(
    open_desk: Open, tmp_path: Path, article_html: str, full_text: bool
) -> None:
    one, two = _two_in(open_desk, tmp_path, full_text=full_text)
    clipped = one.clip("-", stdin=article_html.encode()).id
    words = "la fréquentation du samedi a baissé"
    assert words not in one.read(clipped).text[:300]
    quoted = one.quote(clipped, words)
    note = one.new_note("Samedi", f"![[{quoted}]]")
    before = one.citing.passport(quoted)
    (shared,) = one.share([note], "Com")
    one.sync()
    two.sync()
    assert before.capture is not None
    written = one.wiki.html("Samedi", one.read(shared).text, voice=embedding)
    for desk in (one, two):
        passport = desk.citing.passport(quoted)
        assert passport.about is not None
        assert passport.placed is not None
        assert passport.capture is not None, "the capture that it was found in is still named"
        assert (passport.capture.name, passport.capture.at) == (
            before.capture.name,
            before.capture.at,
        )
        assert passport.meter.words == before.meter.words
        article = desk.read(passport.about.id)
        assert len(article.captures) == 1, "what was said again is the same capture"
        assert article.captures[0].excerpt is (desk is two and not full_text)
        assert passport.placed.beyond is article.captures[0].excerpt, "it is not lost: not shared"
        assert desk.margin.astray() == []
        assert desk.wiki.html("Samedi", desk.read(shared).text, voice=embedding) == written
    again = article_html.replace(
        "</article>", "<p>Un paragraphe de plus, le lendemain.</p></article>"
    )
    assert again != article_html
    one.clip("-", ClipOptions(url=one.rows([article.row.id])[0].text("url")), stdin=again.encode())
    assert len(one.read(article.row.id).captures) == 2, "what is captured there is one capture too"
    for gesture in one.gestures():
        if gesture.mine:
            with suppress(NotUndoable, NothingToUndo):
                one.undo_gesture(gesture.id)
    assert one.rows([shared])[0].hidden == 0, "what colleagues have is not taken back at home"
    if full_text:
        return
    with pytest.raises(PassageNotFound):
        two.margin.confirm(quoted)


def test_sharing_twice_changes_nothing_and_private_comments_stay(
    open_desk: Open, tmp_path: Path, article_html: str
) -> None:
    one, two = open_desk("one"), open_desk("two")
    for name in ("X", "Y"):
        (tmp_path / name).mkdir()
        one.create_space(name, str(tmp_path / name), full_text=True)
        two.join_space(str(tmp_path / name))
    article = one.clip("-", stdin=article_html.encode()).id
    one.quote(article, "la fréquentation du samedi a baissé")
    one.annotate(article, "Les commerçants restent partagés", Remark("à moi seule"))
    one.annotate(article, "4 200 cartes", Remark("pour tous", visibility="team"))
    (shared,) = one.share([article], "X")
    assert one.share([shared], "X") == [shared]
    for desk in (one, two, one):
        desk.sync()
    about = Filter(kinds=("quote", "annotation"), about=shared)
    assert sorted(r.text("comment") for r in two.rows(two.ids(about))) == ["", "pour tous"]
    assert one.count(about) == 3, "her private comment still stands beside the shared article"
    with pytest.raises(NotUndoable):
        one.undo()
    (copy,) = two.share([shared], "Y")
    assert two.share([shared], "Y") == [copy]
    assert two.rows([copy])[0].text("origin") == shared
    assert two.count(Filter(kinds=("quote", "annotation"), about=copy)) == 2
    for desk in (two, one):
        desk.sync()
    assert one.resolve(shared) == shared, "the copy does not hide what it comes from"
    one.delete([shared])
    assert one.rows([copy])[0].hidden == 0


def test_a_page_clipped_straight_into_a_space_without_licence_stays_with_the_clipper(
    open_desk: Open, tmp_path: Path, article_html: str
) -> None:
    one, two = open_desk("one"), open_desk("two")
    (tmp_path / "S").mkdir()
    space = one.create_space("Com", str(tmp_path / "S"), full_text=False)
    two.join_space(str(tmp_path / "S"))
    article = one.clip("-", ClipOptions(space=space.id), stdin=article_html.encode()).id
    one.sync()
    two.sync()
    assert len(one.read(article).text) > 800
    theirs = two.read(article)
    assert theirs.captures[0].excerpt
    assert len(theirs.text) <= 301
    for path in (tmp_path / "S").rglob("*.jsonl"):
        assert "pelouses inondables" not in path.read_text(encoding="utf-8")


def test_a_dossier_keeps_what_is_shared_and_travels_with_it(
    open_desk: Open, tmp_path: Path, article_html: str
) -> None:
    one, two = open_desk("one"), open_desk("two")
    (tmp_path / "S").mkdir()
    one.create_space("Com", str(tmp_path / "S"), full_text=True)
    two.join_space(str(tmp_path / "S"))
    article = one.clip("-", ClipOptions(dossier="Berges"), stdin=article_html.encode()).id
    (dossier,) = one.ids(Filter(kinds=("dossier",)))
    (shared,) = one.share([article], "Com")
    assert [row.id for row in one.read(dossier).members] == [shared]
    one.share([dossier], "Com")
    one.sync()
    two.sync()
    assert [row.id for row in two.read(dossier).members] == [shared]
    two.delete([shared])
    two.sync()
    one.sync()
    assert one.read(dossier).members == ()
    again = one.clip("-", stdin=article_html.encode())
    assert one.rows([again.id])[0].hidden == 0, "clipped again, it is back"


def test_undoing_my_revision_keeps_what_a_colleague_wrote(open_desk: Open, tmp_path: Path) -> None:
    one, two = open_desk("one"), open_desk("two")
    (tmp_path / "S").mkdir()
    space = one.create_space("Com", str(tmp_path / "S"), full_text=True).id
    two.join_space(str(tmp_path / "S"))
    note = one.new_note("Note", "un\n\ndeux\n\ntrois", space=space)
    for desk in (one, two):
        desk.sync()
    two.edit_note(note, "un\n\ndeux\n\nTROIS")
    one.edit_note(note, "UN\n\ndeux\n\ntrois")
    for desk in (two, one):
        desk.sync()
    assert one.read(note).text == "UN\n\ndeux\n\nTROIS"
    one.undo()
    assert one.read(note).text == "un\n\ndeux\n\nTROIS"


def test_the_page_this_project_was_created_from(
    open_desk: Open, tmp_path: Path, assets: Path
) -> None:
    claire, malik = open_desk("claire"), open_desk("malik")
    page = assets / "mission" / "claque-numerique.txt"
    article = claire.clip(str(page), ClipOptions(source="Cap’Com")).id
    claire.drain()
    for words in ("claque numérique", "aiguilleur", "Alfaiate"):
        found = claire.search(words)
        assert [one.row.id for one in found.items] == [article]
        assert found.items[0].marks
    text = claire.read(article).text
    assert "Tous les détails ici" in " ".join(text.split())
    assert "Share on Facebook" not in text
    assert "rester à la page" not in text, "a reader's comment is not the article"
    proposed = claire.found_quotes(article)
    assert [one.speaker for one in proposed] == [
        "Corine Gros", "Jean-Luc Touzé", "Jean Viard", "Franck Confino",
        "Séverine Alfaiate", "Séverine Alfaiate", "Camille Roux-Grave",
    ]  # fmt: skip
    quoted = claire.quote(
        article, "le communicant devient un aiguilleur de flux entrants et de flux sortants"
    )
    row = claire.rows([quoted])[0]
    assert (row.text("speaker"), row.text("role")) == (
        "Jean-Luc Touzé", "président de Communication et Entreprise",
    )  # fmt: skip
    note = claire.new_note("Un métier d'aiguillage", f"![[{quoted}]]")
    (tmp_path / "V").mkdir()
    claire.create_space("Com", str(tmp_path / "V"), full_text=False)
    malik.join_space(str(tmp_path / "V"))
    claire.share([note], "Com")
    claire.sync()
    malik.sync()
    malik.drain()
    # The note shows the quote: its words find both, who said them first.
    assert [one.row.kind for one in malik.search("aiguilleur").items] == ["quote", "note"]
    assert malik.search("aiguillage").items[0].row.id == note
    assert malik.search("Touzé").total >= 1


def test_two_hundred_pages_of_the_world(desk: Desk, assets: Path) -> None:
    folder = assets / "01-extraction"
    listed = [
        json.loads(line)
        for name in ("body-zyte.jsonl", "body-andy424.jsonl", "body-fundus.jsonl")
        for line in (folder / name).read_text(encoding="utf-8").splitlines()
    ][:200]
    verdicts: dict[str, int] = {}
    for one in listed:
        page = gzip.decompress((folder / one["page"]).read_bytes())
        options = ClipOptions(url=one["url"] if str(one.get("url", "")).startswith("http") else "")
        clipped = desk.clip("-", options, stdin=page)
        verdict = desk.rows([clipped.id])[0].verdict
        verdicts[verdict] = verdicts.get(verdict, 0) + 1
    desk.drain()
    assert sum(verdicts.values()) == 200
    assert verdicts["complete"] > 150
    total = desk.count(Filter(kinds=("article",)))
    assert total > 190
    everything = desk.search("type:article", SearchOptions(limit=1))
    assert everything.total == total
    assert desk.verify().problems == ()


def test_the_demo_is_a_living_memory(desk: Desk) -> None:
    desk.fill_demo()
    desk.drain()
    kinds = dict(desk.stats()["kind"])
    assert kinds == {"article": 40, "quote": 25, "annotation": 16, "note": 12, "dossier": 5}
    assert len(desk.people()) == 2
    for quote in desk.ids(Filter(kinds=("quote",))):
        read = desk.read(quote)
        assert read.about is not None
        placed = {one.row.id: one.anchor.status for one in desk.read(read.about.id).placed}
        assert placed[quote] == "exact"
    assert desk.search("crue").total > 5
    assert desk.verify().problems == ()
