"""Coming back: two colleagues on one folder, and what one is told that the other did meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.conftest import Clock, Site
from tests.fakes.newsroom import Newsroom, pieces
from veille.cli import homing as command
from veille.cli.context import settings
from veille.desk import rebuild
from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.desk.homing import Home, News
from veille.desk.margin import Remark
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.facts import Fact
from veille.domain.ids import encode
from veille.domain.views import Draft, Filter
from veille.sentences import homing

Open = Callable[..., Desk]
HOUR, DAY = 3_600_000, 86_400_000
PAGE = b"La crue de mars\n\nLa crue de mars a surpris la ville basse, et personne ne s'y attendait."


class Two:
    """Anne, who comes back, and Bruno, who works meanwhile."""

    def __init__(self, open_desk: Open, share: Path) -> None:
        self.clocks = {"anne": Clock(), "bruno": Clock()}
        self._open = open_desk
        self.anne, self.bruno = (open_desk(name, clock) for name, clock in self.clocks.items())
        self.anne.introduce("Anne")
        self.bruno.introduce("Bruno")
        self.space = self.anne.create_space("Com", str(share), full_text=True).id
        self.anne.sync()
        self.bruno.join_space(str(share))
        self.meet()
        self.anne.home.leave()

    def meet(self) -> None:
        for desk in (self.anne, self.bruno, self.anne):
            desk.sync()

    def later(self, ms: int = HOUR) -> None:
        for clock in self.clocks.values():
            clock.ms += ms

    def article(self, desk: Desk, number: int = 1) -> str:
        options = ClipOptions(url=f"https://site.example/{number}", space=self.space)
        return desk.clip("-", options, stdin=PAGE + str(number).encode()).id

    def home(self) -> Home:
        self.meet()
        return self.anne.home.look()

    def told(self) -> set[tuple[str, tuple[str, ...]]]:
        return {(one.row.id, one.deeds) for one in self.home().news}

    def restart(self) -> None:
        self.anne.close()
        self.anne = self._open("anne", self.clocks["anne"])


@pytest.fixture
def two(open_desk: Open, share_folder: Path) -> Two:
    return Two(open_desk, share_folder)


def one_of(home: Home) -> News:
    (found,) = home.news
    return found


# --- what is new ---------------------------------------------------------------------------------


def test_what_a_colleague_did_is_told_once_and_survives(two: Two) -> None:
    assert two.home().news == ()
    note = two.bruno.new_note("Plan vélo", "Le plan.", space=two.space)
    article = two.article(two.bruno)
    expected = {(note, ("wrote_note",)), (article, ("clipped",))}
    assert two.told() == expected
    assert {one.by for one in two.home().news} == {two.bruno.person}
    rebuild.rebuild_tables(two.anne._house)
    assert two.told() == expected, "numbers of operations are not derived"
    two.restart()
    assert two.told() == expected
    before = two.home()
    two.later()
    two.anne.home.leave(before)
    after = two.home()
    assert after.news == ()
    assert after.since > before.since > 0
    two.restart()
    rebuild.rebuild_tables(two.anne._house)
    assert two.home().news == ()
    assert two.home().since == after.since, "the visit is remembered"
    two.bruno.edit_note(note, "Le plan, en mieux.")
    assert two.told() == {(note, ("edited_note",))}


def test_newest_first_and_by_whom(two: Two) -> None:
    first = two.bruno.new_note("Une", "texte", space=two.space)
    two.later()
    second = two.bruno.new_note("Deux", "texte", space=two.space)
    assert [one.row.id for one in two.home().news] == [second, first]
    two.later()
    two.bruno.edit_note(first, "autre texte")
    (newest, _other) = two.home().news
    assert (newest.row.id, newest.deeds) == (first, ("wrote_note",)), "one line a thing"


def test_my_own_acts_are_no_news_and_both_are_told_where_two_acted(two: Two) -> None:
    note = two.anne.new_note("À moi", "texte", space=two.space)
    assert two.home().news == ()
    two.bruno.edit_note(note, "texte de Bruno")
    two.anne.edit_note(note, "texte de Bruno, et de moi")
    assert [(one.by, one.deeds) for one in two.home().news] == [
        (two.bruno.person, ("edited_note",))
    ]


def test_what_was_done_on_monday_and_arrives_today_is_new_today(two: Two) -> None:
    note = two.bruno.new_note("Lundi", "texte", space=two.space)
    two.later(3 * DAY)
    two.anne.home.leave()
    two.meet()
    told = one_of(two.anne.home.look())
    assert told.row.id == note
    assert told.at < two.anne.home.look().since, "its date is that of the deed"


def test_what_arrives_while_the_page_is_read_stays_new(two: Two) -> None:
    seen = two.bruno.new_note("Vue", "texte", space=two.space)
    shown = two.home()
    assert one_of(shown).row.id == seen
    unseen = two.bruno.new_note("Pas encore vue", "texte", space=two.space)
    two.meet()
    two.anne.home.leave(shown)
    assert one_of(two.anne.home.look()).row.id == unseen


def test_a_first_visit_tells_what_there_is(two: Two, open_desk: Open, share_folder: Path) -> None:
    two.bruno.new_note("Déjà là", "texte", space=two.space)
    two.meet()
    chloe = open_desk("chloe")
    chloe.join_space(str(share_folder))
    chloe.sync()
    home = chloe.home.look()
    assert home.since == 0
    assert [one.row.title for one in home.news] == ["Déjà là"]
    assert "first visit" in homing.summary(home, 0)


def test_more_than_can_be_told_is_said_to_be_more(two: Two) -> None:
    record(
        two.bruno._house,
        [Fact(f"n-{encode(number.to_bytes(10, 'big'), length=16)}", op.NOTE_SET,
              {"title": f"Note {number}"}, two.space) for number in range(501)],
    )  # fmt: skip
    home = two.home()
    assert (len(home.news), home.more) == (500, True)
    assert "more than 500 things by 1 colleague" in homing.summary(home, home.since)
    two.anne.home.leave(home)
    assert two.home().news == (), "seen is seen, told or not"


def test_a_thing_deleted_is_said_to_be(two: Two) -> None:
    note = two.anne.new_note("Ancienne", "texte", space=two.space)
    two.meet()
    two.bruno.delete([note])
    told = one_of(two.home())
    assert (told.row.hidden, told.deeds) == (1, ("deleted",))
    two.bruno.undo()
    assert "deleted" not in one_of(two.home()).deeds
    two.anne.home.leave()
    article = two.article(two.bruno)
    two.meet()
    two.anne.delete([article])
    told = one_of(two.home())
    assert homing.gone(told) == "deleted since", "by me: she did not"
    assert homing.did(told) == "clipped"


def test_a_thing_moved_into_the_space_appears_once(two: Two) -> None:
    article = two.bruno.clip("-", ClipOptions(url="https://site.example/9"), stdin=PAGE).id
    two.bruno.tag([article], add=["Crue"])
    quote = two.bruno.quote(article, "La crue de mars a surpris la ville basse", speaker="")
    note = two.bruno.new_note("Avec lui", f"Voir ![[{quote}]]")
    assert two.home().news == ()
    (there,) = two.bruno.share([note], "Com")
    told = two.home()
    assert len(told.news) == 3
    by_kind = {one.row.kind: one for one in told.news}
    assert by_kind["note"].row.id == there
    assert {kind: one.deeds for kind, one in by_kind.items()} == {
        "article": ("clipped",), "quote": ("quoted",), "note": ("wrote_note",),
    }  # fmt: skip
    quoted = by_kind["quote"]
    assert quoted.about is not None
    assert quoted.about.id == by_kind["article"].row.id, "under the id it bears today"


def test_the_copy_of_a_thing_that_is_here_is_said_to_be_shared(two: Two, tmp_path: Path) -> None:
    (tmp_path / "autre").mkdir()
    two.bruno.create_space("Autre", str(tmp_path / "autre"), full_text=True)
    two.bruno.sync()
    two.anne.join_space(str(tmp_path / "autre"))
    note = two.anne.new_note("D’Anne", "texte", space=two.space)
    two.meet()
    two.anne.home.leave()
    two.bruno.share([note], "Autre")
    told = one_of(two.home())
    assert told.deeds == ("shared",)
    assert told.row.id != note


def test_filing_is_told_of_what_was_filed(two: Two) -> None:
    dossier = two.bruno.new_dossier("Berges")
    (dossier,) = two.bruno.share([dossier], "Com")
    article = two.article(two.anne)
    two.meet()
    two.anne.home.leave()
    two.bruno.add_to_dossier(dossier, [article])
    two.bruno.triage([article], "kept")
    told = one_of(two.home())
    assert (told.row.id, told.deeds, told.dossiers) == (article, ("kept", "filed"), (dossier,))
    two.anne.home.leave()
    two.bruno.annotate(article, "la ville basse", Remark("À relire", visibility="team"))
    told = one_of(two.home())
    assert told.deeds == ("commented",)
    assert told.dossiers == (dossier,), "of the article it is said of"
    two.anne.home.leave()
    two.bruno.remove_from_dossier(dossier, [article])
    told = one_of(two.home())
    assert (told.row.id, told.deeds) == (dossier, ("took_out",))


def test_deeds_are_told_in_words(two: Two) -> None:
    article = two.article(two.anne)
    two.meet()
    two.anne.home.leave()
    two.bruno.triage([article], "published")
    two.bruno.tag([article], add=["Crue"])
    asked = two.bruno.annotate(
        article, "la ville basse", Remark("Qui le dit ?", visibility="team", asks=True)
    )
    marked = two.bruno.annotate(article, "La crue", Remark(visibility="team"))
    told = {one.row.id: homing.did(one) for one in two.home().news}
    assert told == {
        article: "marked as published and added a theme", asked: "asked a question",
        marked: "highlighted",
    }  # fmt: skip
    assert homing.title(next(one for one in two.home().news if one.row.id == asked)) == (
        "Qui le dit ?"
    )


def test_what_a_newer_veille_did_is_said_to_have_changed(two: Two) -> None:
    note = two.anne.new_note("Connue", "texte", space=two.space)
    two.meet()
    two.anne.home.leave()
    record(two.bruno._house, [Fact(note, "note.sing", {"air": "do ré mi"})])
    assert one_of(two.home()).deeds == ("changed",)


def test_hostile_operations_break_nothing(two: Two) -> None:
    strange = f"a-{encode(bytes(10), length=16)}"
    record(
        two.bruno._house,
        [Fact(strange, op.CLIP, {"title": ["a"], "origin": {"b": 1}}, two.space),
         Fact(strange, op.ARTICLE_SET, {"state": {"x": [1]}, "y": 1}, two.space),
         Fact(strange, op.ARTICLE_SET, {"state": "kept,discarded"}, two.space),
         Fact(f"d-{encode(bytes(10), length=16)}", op.MEMBER_ADD, {"item": ["x"]}, two.space),
         Fact(f"d-{encode(bytes(10), length=16)}", op.MEMBER_ADD, {"item": 7}, two.space)],
    )  # fmt: skip
    assert {one.row.id for one in two.home().news} == {strange}
    assert all(homing.title(one) and homing.did(one) for one in two.home().news)


def test_private_comments_of_others_are_never_told(two: Two) -> None:
    article = two.article(two.anne)
    two.meet()
    two.anne.home.leave()
    two.bruno.annotate(article, "la ville basse", Remark("Pour moi seul"))
    assert two.home().news == ()
    # Even one that strayed into the space.
    data = {"article": article, "exact": "La crue", "comment": "Égarée", "visibility": "private",
            "motivation": "questioning"}  # fmt: skip
    record(two.bruno._house, [Fact(f"c-{encode(bytes(10), length=16)}", op.COMMENT_ADD, data, two.space)])  # type: ignore[arg-type]  # fmt: skip
    home = two.home()
    assert home.news == ()
    assert home.waiting.questions == ()


@pytest.mark.usefixtures("intranet")
def test_what_feeds_bring_is_no_news_and_what_is_kept_of_it_is(two: Two, site: Site) -> None:
    room = Newsroom(site)
    titles = ["Budget participatif", "La piscine rouvre", "Deux rues en travaux"]
    room.pieces = pieces(titles, at=lambda number: two.clocks["bruno"].ms - number * HOUR)
    feed = two.bruno.feeds.follow(room.url, space=two.space)
    two.bruno.feeds.refresh([feed])
    assert {one.row.kind for one in two.home().news} == {"feed"}, "that he follows it is his deed"
    two.anne.feeds.refresh([feed])
    two.anne.home.leave()
    inbox = two.bruno.ids(Filter(kinds=("article",), states=("inbox",)))
    two.bruno.triage(inbox[:1], "discarded")
    assert two.home().news == (), "what passed by and goes is nobody's news"
    two.bruno.triage(inbox[1:2], "kept")
    told = one_of(two.home())
    assert (told.row.id, told.deeds) == (inbox[1], ("kept",))
    two.anne.home.leave()
    two.bruno.margin.annotate(
        {"article": inbox[2], "exact": "x", "capture": ""}, Remark("Bien", visibility="team")
    )
    assert [one.row.kind for one in two.home().news] == ["annotation"], "not that it was had"


# --- what waits ----------------------------------------------------------------------------------


def test_questions_of_colleagues_wait_until_somebody_answers(two: Two) -> None:
    article = two.article(two.anne)
    two.meet()
    two.anne.annotate(article, "La crue", Remark("Et moi ?", visibility="team", asks=True))
    asked = two.bruno.annotate(
        article, "la ville basse", Remark("Qui le dit ?", visibility="team", asks=True)
    )
    assert [one.id for one in two.home().waiting.questions] == [asked]
    two.anne.home.leave()
    assert [one.id for one in two.home().waiting.questions] == [asked], "seen is not answered"
    two.anne.margin.reply(asked, "Le maire.")
    assert two.home().waiting.questions == ()


def test_proposals_wait_for_a_referent_only(two: Two) -> None:
    two.anne.agree("Com", proposals=True)
    two.meet()
    article = two.article(two.bruno)
    assert [one.id for one in two.home().waiting.proposals] == [article]
    assert two.bruno.home.look().waiting.proposals == ()
    two.anne.give_role("Com", two.bruno.person, "referent")
    two.meet()
    assert [one.id for one in two.bruno.home.look().waiting.proposals] == [article]


def test_two_versions_wait_until_one_is_chosen(two: Two) -> None:
    note = two.anne.new_note("Plan", "Le plan coûte 2 millions.", space=two.space)
    two.meet()
    two.anne.edit_note(note, "Le plan coûte 3,2 millions.")
    two.bruno.edit_note(note, "Le plan coûte 2,8 millions.")
    two.meet()
    assert [one.id for one in two.home().waiting.conflicts] == [note]
    two.anne.settle(note, 1, "a")
    assert two.home().waiting.conflicts == ()


def test_notes_that_name_me_wait_once_each(two: Two) -> None:
    named = two.bruno.new_note("Réunion", "Avec [[@Anne]] demain.", space=two.space)
    by_id = two.bruno.new_note("Suite", f"Pour [[{two.anne.person}]].", space=two.space)
    two.bruno.new_note("Sans elle", "Avec [[@Annette]] et Anne.", space=two.space)
    two.anne.new_note("De moi", "Je suis [[@Anne]].", space=two.space)
    assert {one.id for one in two.home().waiting.mentions} == {named, by_id}
    two.anne.home.leave()
    assert two.home().waiting.mentions == ()


def test_unfinished_notes_wait(two: Two) -> None:
    note = two.anne.new_note("Brouillon", "Un début.")
    same = two.anne.new_note("Pareille", "Rien de plus.")
    two.anne.keep_draft(note, Draft("Brouillon", "Un début, et la suite", ()))
    two.anne.keep_draft(same, Draft("Pareille", "Rien de plus.\n", ()))
    assert [one.id for one in two.home().waiting.drafts] == [note]
    two.anne.delete([note])
    assert two.home().waiting.drafts == ()


def test_what_takes_longer_is_told_after_the_rest(two: Two) -> None:
    search = two.anne.save_search("La crue", "crue")
    two.article(two.bruno)
    two.meet()
    two.anne.drain()
    first = two.anne.home.look(full=False)
    assert first.waiting.searches == ()
    assert len(first.news) == 1
    whole = two.anne.home.complete(first)
    assert [(one.id, one.new) for one in whole.waiting.searches] == [(search, 1)]
    assert whole == two.anne.home.look()


# --- the command line ----------------------------------------------------------------------------


def test_the_command_tells_scripts_and_marks_the_visit(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = two.bruno.new_note("Plan vélo", "Pour [[@Anne]].", space=two.space)
    two.meet()
    monkeypatch.setattr(settings, "profile", str(two.anne.paths.root))
    app = typer.Typer()
    command.register(app)
    app.callback()(lambda: None)
    runner = CliRunner()
    done = runner.invoke(app, ["home", "--json"], catch_exceptions=False)
    told = json.loads(done.stdout)
    (item,) = told["news"]
    assert set(item) >= {"id", "kind", "title", "by", "did", "at", "dossiers"}
    assert (item["id"], item["by"], item["did"]) == (note, "Bruno", ["wrote_note"])
    assert told["waiting"]["mentions"] == {"count": 1, "ids": [note]}
    assert told["since"] is not None
    done = runner.invoke(app, ["home", "--seen"], catch_exceptions=False)
    assert "1 thing by 1 colleague" in done.stdout
    assert "wrote the note" in done.stdout
    assert json.loads(runner.invoke(app, ["home", "--json"]).stdout)["news"] == []
