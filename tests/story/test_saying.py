"""What was said, a year later: scenario D.2, steps 5 to 8."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from veille.cli.app import run
from veille.desk import passing
from veille.desk.desk import Desk
from veille.desk.record import record
from veille.desk.saying import Said
from veille.desk.subscribing import as_data
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.errors import NotFound
from veille.domain.facts import Changes, Fact
from veille.domain.operation import Json
from veille.domain.views import Filter
from veille.feeds.schedule import State
from veille.sentences import embedding, saying
from veille.store import following
from veille.store.arrivals import Arrival
from veille.wiki.links import links

Open = Callable[..., Desk]
DIGUE = "la digue tiendra tout l'hiver"
CAVES = "Personne ne doit descendre dans les caves"
CHEQUES = "la crue arrivera avant les chèques"
BALLON = "On ne joue pas au ballon dans une ville inondée"


@dataclass
class Memory:
    """A desk, its articles and its quotes by their words."""

    desk: Desk
    articles: dict[str, str] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)

    def article(
        self, name: str, source: str, published: str, text: str, *, tags: Iterable[str] = ()
    ) -> str:
        house = self.desk._house
        entity = str(ids.derived_entity("article", house.personal, name))
        said = {"title": f"Titre {name}", "url": f"https://x.example/{name}", "source": source,
                "canonical": f"x.example/{name}", "published": published,
                "authors": ["Camille R."] if source else []}  # fmt: skip
        capture = {"verdict": "complete", "words": 20, "text": text}
        themes = [Fact(entity, op.TAG_ADD, {"tag": one}) for one in tags]
        record(house, [Fact(entity, op.CLIP, said), Fact(entity, op.CAPTURE, capture), *themes])
        self.articles[name] = entity
        return entity

    def quote(self, name: str, exact: str, speaker: str, role: str = "") -> str:
        made = self.desk.quote(self.articles[name], exact, speaker=speaker, role=role)
        self.quotes[exact] = made
        return made

    def said(self, query: str, **narrowed: object) -> Said:
        return self.desk.saying.said(query, **narrowed)  # type: ignore[arg-type]


def words(said: Said) -> list[str]:
    return [one.row.text("exact") for one in said.items]


@pytest.fixture
def memory(desk: Desk) -> Memory:
    made = Memory(desk)
    made.article("crue", "Le Courrier", "2026-03-12", f"La crue monte. « {DIGUE} », dit-elle.",
                 tags=["Inondations"])  # fmt: skip
    made.article("caves", "France Bleu", "2026-03-14", f"« {CAVES} » pendant la crue.",
                 tags=["Inondations"])  # fmt: skip
    made.article("comptes", "La Gazette", "2026-04-13", f"Commerce. « {CHEQUES} », dit-elle.")
    made.article("stade", "", "2026-05", f"Le stade attend. « {BALLON} », dit Anne Lebrun.")
    made.quote("crue", DIGUE, "Anne Lebrun", "maire")
    made.quote("caves", CAVES, "Yves Tessier", "préfet")
    made.quote("comptes", CHEQUES, "Léa Nérac")
    made.quote("stade", BALLON, "Anne Lebrun", "maire")
    desk.drain()
    return made


# --- quotes --------------------------------------------------------------------------------------


def test_quotes_come_in_the_order_in_which_they_were_said(memory: Memory) -> None:
    said = memory.said("crue")
    assert words(said) == [DIGUE, CAVES, CHEQUES]
    assert [one.day for one in said.items] == ["2026-03-12", "2026-03-14", "2026-04-13"]
    assert [one.direct for one in said.items] == [False, False, True]
    assert [one.speaker for one in said.items] == ["Anne Lebrun", "Yves Tessier", "Léa Nérac"]
    (start, end) = said.items[2].marks[0]
    assert CHEQUES[start:end] == "crue"
    assert (said.total, said.articles, said.at_least) == (3, 3, False)
    assert words(memory.said("crue", around=False)) == [CHEQUES]
    assert words(memory.said("crues")) == words(said), "inflections are found"


def test_a_name_typed_plainly_is_who_speaks(memory: Memory) -> None:
    said = memory.said("Anne Lebrun")
    assert [(one.row.text("exact"), one.direct) for one in said.items] == [
        (DIGUE, True), (BALLON, True),
    ]  # fmt: skip
    assert words(memory.said('qui:"Lebrun"')) == [DIGUE, BALLON]


def test_a_theme_gathers_the_quotes_of_its_articles(memory: Memory) -> None:
    said = memory.said('theme:"Inondations"')
    assert words(said) == [DIGUE, CAVES]
    assert [one.direct for one in said.items] == [False, False]
    memory.desk.tag([memory.quotes[BALLON]], add=["Inondations"])
    memory.desk.drain()
    assert [one.direct for one in memory.said('theme:"Inondations"').items][-1] is True


def test_a_phrase_and_the_rest_of_the_query_language(memory: Memory) -> None:
    assert words(memory.said('"les chèques"')) == [CHEQUES]
    assert words(memory.said("digue OU ballon")) == [DIGUE, BALLON]
    assert words(memory.said('crue source:"La Gazette"')) == [CHEQUES]
    assert memory.said("soucre:x crue").problems == (("unknown_filter", "soucre:source"),)
    assert memory.said("").items == ()


def test_an_answer_is_narrowed_and_its_counts_stay_open(memory: Memory) -> None:
    said = memory.said("crue", source="France Bleu")
    assert words(said) == [CAVES]
    assert dict(said.sources) == {"France Bleu": 1, "La Gazette": 1, "Le Courrier": 1}
    assert dict(said.speakers) == {"Yves Tessier": 1}
    assert words(memory.said("crue", by="lebrun")) == [DIGUE], "also around, where words are not"
    assert words(memory.said("", by="Anne Lebrun")) == [DIGUE, BALLON]
    assert words(memory.said("crue", since="2026-03-13")) == [CAVES, CHEQUES]
    assert words(memory.said("crue", until="mars 2026")) == [DIGUE, CAVES]
    swallowed = words(memory.said('crue "la', since="2026-04"))
    assert swallowed == [CHEQUES], "an open quotation mark swallows no filter"


def test_the_newest_are_given_and_the_cut_is_said(memory: Memory) -> None:
    said = memory.said("crue", limit=2)
    assert words(said) == [CAVES, CHEQUES]
    assert said.total == 3
    assert saying.counts(said).startswith("the 2 newest of 3 quotes · 2 sources")


def test_a_date_that_is_not_known_is_that_of_the_filing(memory: Memory) -> None:
    memory.article("sans", "Radio Val", "", f"Hier : « {CHEQUES} », dit-elle.")
    memory.quote("sans", CHEQUES, "")
    memory.desk.drain()
    last = memory.said("chèques").items[-1]
    assert (last.dated, last.day[:4], last.source) == (False, "2026", "Radio Val")
    assert saying.dated(last).startswith("filed on ")
    assert saying.speaker(last) == "speaker not stated"
    month = next(one for one in memory.said("ballon").items)
    assert (month.dated, saying.dated(month)) == (True, "May 2026")


def test_what_is_deleted_is_not_said_any_more(memory: Memory) -> None:
    memory.desk.delete([memory.quotes[CHEQUES]])
    memory.desk.drain()
    assert words(memory.said("crue")) == [DIGUE, CAVES]


def test_what_moved_to_a_shared_space_is_said_once(memory: Memory, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    memory.desk.create_space("Équipe", str(tmp_path / "shared"), full_text=True)
    memory.desk.share([memory.articles["crue"]], "Équipe")
    memory.desk.drain()
    said = memory.said("crue")
    assert words(said) == [DIGUE, CAVES, CHEQUES]
    assert said.items[0].about is not None
    assert said.items[0].source == "Le Courrier"
    # Who did not know yet that it had moved names it as it was called.
    late = str(ids.derived_entity("quote", memory.desk._house.personal, "late"))
    known: dict[str, Json] = {
        "article": memory.articles["crue"],
        "exact": "dit-elle",
        "speaker": "",
    }
    record(memory.desk._house, [Fact(late, op.QUOTE_ADD, known)])
    memory.desk.drain()
    found = next(one for one in memory.said("crue").items if one.row.id == late)
    assert (found.source, found.direct) == ("Le Courrier", False)


# --- silences ------------------------------------------------------------------------------------


def every_day(memory: Memory, source: str, first: date, last: date, but: set[date]) -> None:
    day = first
    while day <= last:
        if day not in but:
            memory.article(f"{source} {day}", source, day.isoformat(), f"journal du {day}")
        day += timedelta(days=1)


def followed(memory: Memory, title: str, state: State) -> str:
    desk = memory.desk
    feed = desk.feeds.follow(
        f"https://{title.rsplit(maxsplit=1)[-1].lower()}.example/rss", said={"title": title}
    )
    with desk._house.database.writing() as db:
        following.keep_state(db, feed, as_data(state), next_at=state.next_at)
    return feed


def test_the_gap_of_a_source_stands_between_the_quotes(memory: Memory) -> None:
    mute = {date(2026, 4, 3) + timedelta(days=one) for one in range(7)}
    every_day(memory, "France Bleu", date(2026, 3, 1), date(2026, 4, 30), mute)
    memory.desk.drain()
    said = memory.said("crue")
    gap = next(one for one in said.silences if one.last)
    assert (gap.source, gap.first, gap.last, gap.days) == (
        "France Bleu", "2026-04-03", "2026-04-09", 7,
    )  # fmt: skip
    assert (gap.code, gap.usual, gap.followed) == ("gap", 1, False)
    assert saying.silence(gap) == "Nothing was clipped from “France Bleu” from 3 to 9\xa0April 2026"
    trailing = [one for one in said.silences if not one.last]
    assert [(one.source, one.first, one.code) for one in trailing] == [
        ("France Bleu", "2026-05-01", "silent")
    ]
    assert memory.said("crue", until="2026-04-02").silences == (), "only those of its time"
    assert memory.said("crue", silent=False).silences == ()


def test_what_was_discarded_was_heard_and_what_a_feed_said_too(memory: Memory) -> None:
    mute = {date(2026, 4, 3) + timedelta(days=one) for one in range(7)}
    every_day(memory, "France Bleu", date(2026, 3, 1), date(2026, 4, 30), mute)
    days = tuple((date(2026, 3, 1) + timedelta(days=one)).isoformat() for one in range(61))
    followed(memory, "France Bleu", State(days=days, heard_at=1))
    memory.desk.drain()
    assert [one for one in memory.said("crue").silences if one.last] == []


def test_what_only_passed_by_and_was_discarded_was_heard(memory: Memory) -> None:
    mute = {date(2026, 4, 3) + timedelta(days=one) for one in range(7)}
    every_day(memory, "France Bleu", date(2026, 3, 1), date(2026, 4, 30), mute)
    house = memory.desk._house
    feed = memory.desk.feeds.follow("https://bleu.example/rss", said={"title": "Autre nom"})
    new = []
    for number, day in enumerate(sorted(mute)):
        article = str(ids.derived_entity("article", house.personal, f"passing {day}"))
        fields: dict[str, Json] = {"title": f"Vite {day}", "source": "France Bleu", "feed": feed,
                                   "published": day.isoformat()}  # fmt: skip
        new.append((Arrival(article, feed, house.personal, 1, "g-0000000000000000", fields, ()),
                    (number,)))  # fmt: skip
    passing.receive(house, feed, State(heard_at=1), new=new)
    memory.desk.drain()
    assert memory.desk.count(Filter(states=("discarded",), passing="only")) == 7
    assert [one for one in memory.said("crue").silences if one.last] == []


def test_a_dead_feed_is_told_even_when_it_is_no_source_of_the_answer(memory: Memory) -> None:
    since = 1_780_000_000_000
    followed(memory, "Radio Val", State(problem="Unreachable", failing_since=since))
    (dead,) = memory.said("crue").silences
    assert (dead.source, dead.code, dead.first, dead.last) == (
        "Radio Val", "failing", "2026-05-28", "",
    )  # fmt: skip
    assert saying.silence(dead) == "The feed of “Radio Val” has not answered since 28\xa0May 2026"
    nothing = memory.said("zeppelin")
    assert (nothing.items, [one.source for one in nothing.silences]) == ((), ["Radio Val"])
    assert memory.said("crue", until="2026-05-01").silences == ()


# --- the note ------------------------------------------------------------------------------------


def test_one_gesture_makes_a_note_with_numbered_references(memory: Memory) -> None:
    desk = memory.desk
    chosen = [memory.quotes[one] for one in (BALLON, CHEQUES, DIGUE)]
    title = saying.note_title("inondation")
    assert title == "Inondation: what the press remembered"
    note = desk.saying.note_of(title, chosen, write=saying.note)
    read = desk.read(note)
    assert read.row.title == title
    assert [one.target for one in links(read.text) if one.embed] == [
        memory.quotes[DIGUE], memory.quotes[CHEQUES], memory.quotes[BALLON],
    ]  # fmt: skip
    assert "## Le Courrier" in read.text
    references = [line for line in read.text.split("\n") if line.startswith("[^")]
    assert [line[:5] for line in references] == ["[^1]:", "[^2]:", "[^3]:"]
    assert references[0].startswith(
        "[^1]: Camille R., *Titre crue*, Le Courrier, 12\xa0March 2026, <https://x.example/crue>."
    )
    assert "author not stated" in references[2]
    assert "source not stated" in references[2]
    html = desk.wiki.html(read.row.title, read.text, voice=embedding)
    assert html.count("<sup>") == 3
    assert all(f'href="veille:{one}"' in html for one in chosen)
    assert html.count("Read the passage") == 3
    assert len(desk.citing.passport(chosen[0]).used) > 0, "the quote knows where it stands"


def test_each_link_of_the_note_leads_to_its_passage(memory: Memory) -> None:
    desk = memory.desk
    note = desk.saying.note_of("Crue", [memory.quotes[DIGUE]], write=saying.note)
    targets = {one.target for one in links(desk.read(note).text)}
    assert targets == {memory.quotes[DIGUE]}
    passport = desk.citing.passport(memory.quotes[DIGUE])
    assert passport.about is not None
    article = desk.read(passport.about.id)
    placed = next(one for one in article.placed if one.row.id in targets)
    assert article.text[placed.anchor.start : placed.anchor.end] == DIGUE


def test_the_note_is_a_note_like_another(memory: Memory, tmp_path: Path) -> None:
    desk = memory.desk
    note = desk.saying.note_of("Crue", list(memory.quotes.values()), write=saying.note)
    text = desk.read(note).text
    desk.edit_note(note, text.replace("## Le Courrier", "## Au Courrier"))
    assert desk.read(note).text.count("[^1]") == 2
    (tmp_path / "shared").mkdir()
    desk.create_space("Équipe", str(tmp_path / "shared"), full_text=False)
    (there,) = desk.share([note], "Équipe")
    html = desk.wiki.html("X", desk.read(there).text, voice=embedding, note=there)
    assert html.count('<blockquote class="quote">') == 4
    assert 'class="gone"' not in html


def test_quotes_are_put_in_a_note_above_its_references(memory: Memory) -> None:
    desk = memory.desk
    first, second = memory.quotes[DIGUE], memory.quotes[BALLON]
    note = desk.new_note("Crue", "Mon texte.")
    desk.saying.put_in(note, [first], write=saying.added)
    desk.edit_note(note, f"{desk.read(note).text}\n\n## Suite\n\nEncore.")
    desk.saying.put_in(note, [first, second], write=saying.added)
    text = desk.read(note).text
    shape = [line[:5] for line in text.split("\n") if line]
    assert shape == [
        "Mon t", "**Ann", "![[q-", "**Ann", "![[q-", "## Re", "[^1]:", "[^2]:", "## Su", "Encor",
    ]  # fmt: skip
    shown = [one.target for one in links(text) if one.embed]
    assert shown == [first, second], "what stands there is not put there again"
    html = desk.wiki.html("Crue", text, voice=embedding)
    assert html.index("References") < html.index('<ol class="footnotes">') < html.index("Suite")
    assert desk.saying.put_in(note, [second], write=saying.added) == Changes()
    other = desk.new_note("Vide", "")
    changes = desk.saying.put_in(other, [second], write=saying.added)
    assert desk.read(other).text.startswith("**")
    desk.undo_gesture(changes.gesture)
    assert desk.read(other).text == ""


def test_undo_takes_the_note_back_and_leaves_the_quotes(memory: Memory) -> None:
    note = memory.desk.saying.note_of("Crue", list(memory.quotes.values()), write=saying.note)
    memory.desk.undo()
    assert memory.desk.read(note).row.hidden
    assert words(memory.said("crue")) == [DIGUE, CAVES, CHEQUES]


def test_a_note_of_nothing_or_of_what_is_no_quote_is_refused(memory: Memory) -> None:
    with pytest.raises(NotFound):
        memory.desk.saying.note_of("Rien", [], write=saying.note)
    with pytest.raises(NotFound):
        memory.desk.saying.note_of("Rien", [memory.articles["crue"]], write=saying.note)


def test_names_are_no_markup(memory: Memory) -> None:
    memory.article("x", "Le *Fil* [x]", "2026-06-01", f"« {CAVES} »")
    quoted = memory.quote("x", CAVES, "Jo_hn *Doe*")
    note = memory.desk.saying.note_of("X", [quoted], write=saying.note)
    html = memory.desk.wiki.html("X", memory.desk.read(note).text, voice=embedding)
    assert "<h2>Le *Fil* [x]</h2>" in html
    assert "<strong>Jo_hn *Doe*</strong>" in html


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("crue OU gel depuis:2024", "Crue, gel: what the press remembered"),
        ('qui:"Anne Lebrun"', "Anne Lebrun: what was said"),
        ('theme:"Inondations" -neige', "Inondations: what the press remembered"),
        ("« à la une »", "À la une: what the press remembered"),
        ("", "What the press remembered"),
    ],
)
def test_the_title_says_what_it_is_about(query: str, title: str) -> None:
    assert saying.note_title(query) == title


# --- angles --------------------------------------------------------------------------------------


def test_a_story_is_read_in_its_sources(memory: Memory) -> None:
    desk = memory.desk
    told = {memory.articles[one]: "story" for one in ("crue", "caves")}
    memory.article("late", "L'Écho", "2026-03-15", "Le maire a dit : « Nous tiendrons jusqu'au printemps prochain », selon Paul Martin.")  # fmt: skip
    told[memory.articles["late"]] = "story"
    with desk._house.database.writing() as db:
        following.tell(db, told, at=1)
    angles = desk.saying.angles(memory.articles["caves"])
    assert [one.source for one in angles] == ["Le Courrier", "France Bleu", "L'Écho"]
    assert [spoken.exact for spoken in angles[0].quotes] == [DIGUE]
    assert [spoken.kept for one in angles for spoken in one.quotes] == [True, True, False]
    assert angles[2].quotes[0].exact == "Nous tiendrons jusqu'au printemps prochain"
    assert angles[0].lead.startswith("La crue monte.")
    assert (angles[0].verdict, angles[0].authors) == ("complete", ("Camille R.",))
    assert desk.saying.angles(memory.quotes[CAVES]) == angles, "a quote stands for its article"


def test_chosen_articles_are_read_side_by_side(memory: Memory) -> None:
    some = [memory.articles["comptes"], memory.articles["crue"]]
    assert [one.source for one in memory.desk.saying.angles(some)] == ["Le Courrier", "La Gazette"]
    (alone,) = memory.desk.saying.angles(memory.articles["comptes"])
    assert alone.source == "La Gazette"
    with pytest.raises(NotFound):
        memory.desk.saying.angles("a-0000000000000000")


def test_what_can_be_asked_is_what_the_memory_speaks_of(memory: Memory) -> None:
    examples = memory.desk.saying.examples()
    assert examples.themes == ("Inondations",)
    assert examples.speakers[0] == "Anne Lebrun"


# --- the command line ----------------------------------------------------------------------------


@pytest.fixture
def veille(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(["--profile", str(tmp_path / "a"), *arguments])
        out, told = capsys.readouterr()
        return status, out, told

    return call


def test_said_prints_quotes_for_people_and_for_scripts(
    memory: Memory, veille: Callable[..., tuple[int, str, str]]
) -> None:
    status, out, told = veille("said", "crue", "--by", "Lebrun")
    assert status == 0
    assert f"« {DIGUE} »" in out
    assert CAVES not in out
    assert "in an article about it" in out
    assert "1 quote · 1 source · 1 speaker" in told
    status, out, _told = veille(
        "said", "crue", "--source", "gazette", "--since", "2026-04", "--json"
    )
    found = json.loads(out)
    assert [one["exact"] for one in found["items"]] == [CHEQUES]
    assert found["items"][0]["direct"] is True
    assert found["items"][0]["article"] == memory.articles["comptes"]
    assert found["period"][0] == "2026-04-01"
    status, out, told = veille("said", "zeppelin")
    assert (status, out) == (0, "")
    assert "No quote answers." in told


def test_said_makes_a_note(memory: Memory, veille: Callable[..., tuple[int, str, str]]) -> None:
    status, out, _told = veille("said", "crue", "--note", "La crue", "--json")
    note = json.loads(out)["note"]
    assert status == 0
    assert memory.desk.read(note).row.title == "La crue"
    assert memory.desk.read(note).text.count("![[") == 3
    status, _out, told = veille("said", "zeppelin", "--note", "Rien")
    assert status == 1
    assert told


def test_angles_are_printed(memory: Memory, veille: Callable[..., tuple[int, str, str]]) -> None:
    some = [memory.articles["comptes"], memory.articles["crue"]]
    status, out, told = veille("angles", *some)
    assert status == 0
    assert out.index("Le Courrier") < out.index("La Gazette")
    assert "2 articles · 2 sources" in told
    _status, out, _told = veille("angles", some[0], "--json")
    (one,) = json.loads(out)["items"]
    assert (one["id"], one["quotes"][0]["kept"]) == (some[0], True)
