"""The memory that the benchmarks are run on: one generator, made once, kept in the temporary folder.

Real French sentences (``search/corpus``) recorded through the same door as work is: articles filed
over ten years, quotes of them, notes that hang together, themes, dossiers, what feeds brought this
morning and what three colleagues did meanwhile. The same memory for the same ``Size``.
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from itertools import chain, cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Final

from tests.benchmarks import hanging
from tests.benchmarks.search.corpus import Article, articles, demo_topics
from veille.desk import passing
from veille.desk.desk import Desk
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.facts import Fact
from veille.domain.operation import Json
from veille.domain.views import Filter
from veille.feeds.schedule import State
from veille.store import following
from veille.store.arrivals import Arrival

DAY_MS: Final = 86_400_000
SPEAKERS: Final = tuple(
    f"{first} {last}" for first in ("Anne", "Karim", "Léa", "Paul", "Sophie", "Yves")
    for last in ("Lebrun", "Belloumi", "Marchetti", "Aubrac", "Nérac", "Tessier")
)  # fmt: skip
SOURCES: Final = ("Le Courrier", "L'Écho", "La Gazette", "Le Quotidien", "Radio Val", "Le Fil")
_BATCH: Final = 1_200
_FEW: Final = 2_000
_TOLD_BY: Final = (1, 1, 1, 1, 1, 1, 2, 3)
_FILED_AS: Final = ("kept", "kept", "archived", "archived", "archived", "published", "discarded")
_SENTENCE: Final = re.compile(r"[^.!?\n]{30,240}[.!?]")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a memory is: the one of issue 9 by default."""

    articles: int = 100_000
    quotes: int = 20_000
    notes: int = 5_000
    inbox: int = 300
    comments: int = 2_000
    themes: int = 400
    dossiers: int = 60
    deeds: int = 1_000


def now() -> int:
    """Give the moment."""
    return int(datetime.now(UTC).timestamp() * 1000)


class Calendar:
    """A clock that is set to the day of what is recorded, and advances a little at each look."""

    def __init__(self, at: int) -> None:
        self.at = at

    def __call__(self) -> int:
        self.at += 1
        return self.at


# The whole memory --------------------------------------------------------------------------------


def kept(size: Size) -> Path:
    """Give the profile of this size, indexed; makes it when it is not there yet."""
    name = "-".join(map(str, astuple(size)))
    home = Path(tempfile.gettempdir()) / f"veille-memory-{name}"
    if home.exists():
        return home
    started, draft = perf_counter(), home.with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    fill(draft, size)
    print(f"{size.articles:,} articles recorded in {perf_counter() - started:.0f} s", flush=True)
    started = perf_counter()
    desk = Desk.open(str(draft))
    index_all(desk)
    desk.close()
    print(f"indexed in {perf_counter() - started:.0f} s", flush=True)
    draft.rename(home)
    return home


def copy(profile: Path, folder: Path) -> Path:
    """Give a copy of a memory that may be written in."""
    return Path(shutil.copytree(profile, folder / "profile"))


@contextmanager
def lent(size: Size) -> Iterator[Path]:
    """Lend a copy of this memory that goes away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield copy(kept(size), Path(folder))


def index_all(desk: Desk) -> None:
    """Have the index hear of everything, in one large part."""
    desk.drain()
    while desk.tidy_index(slices=50):
        pass


def fill(profile: Path, size: Size, *, demo: bool = False) -> None:
    """Record a whole memory in a new profile.

    Args:
        profile: its folder.
        size: of it.
        demo: made of the sentences of the demo memory, which are always there.
    """
    today = now()
    calendar = Calendar(today - 3_650 * DAY_MS)
    desk = Desk.open(str(profile), now=calendar)
    record(desk._house, _themes(size.themes))
    record(desk._house, _dossiers(size.dossiers))
    told = articles(size.articles, topics=demo_topics() if demo else None)
    some = list(islice(told, 4_000))
    begun, step = calendar.at, 3_600 * DAY_MS // max(size.articles, 1)

    for number, few in enumerate(_by(_FEW, chain(some, told))):
        calendar.at = max(calendar.at, begun + number * _FEW * step)
        _file(desk, few, number * _FEW, size, random.Random(number))
    calendar.at = max(calendar.at, today - 20 * DAY_MS)
    record_all(desk, hanging.notes(size.notes, [one["text"] for one in some]))
    desk.home.leave()
    calendar.at = max(calendar.at, today - DAY_MS)
    colleagues(desk, size.deeds)
    calendar.at = max(calendar.at, today)
    morning(desk, size.inbox, seed=1, made_of=some, at=today)
    desk.close()


def record_all(desk: Desk, facts: Iterable[Fact]) -> None:
    """Record facts, so many at a time."""
    waiting: list[Fact] = []
    for one in facts:
        waiting.append(one)
        if len(waiting) >= _BATCH:
            record(desk._house, waiting)
            waiting = []
    record(desk._house, waiting)


def _by(count: int, told: Iterable[Article]) -> Iterator[list[Article]]:
    told = iter(told)
    while few := list(islice(told, count)):
        yield few


def _file(desk: Desk, few: list[Article], first: int, size: Size, dice: random.Random) -> None:
    """Record some articles, then what is said of them: a passage names the capture it stands in."""
    every = max(size.articles // max(size.quotes // 2, 1), 1)
    said: list[Fact] = []
    facts: list[Fact] = []
    for number, one in enumerate(few, start=first):
        for fact in _filed(one, number, size, dice):
            (said if fact.kind == op.COMMENT_ADD else facts).append(fact)
        if number % every == 0 and number // every < (size.quotes + 1) // 2:
            said += quotes_of(one, space="", first=2 * (number // every), dice=dice)
    record_all(desk, facts)
    with desk._house.database.reading() as db:
        captures = dict(db.execute("SELECT article, operation FROM captures WHERE chosen").fetchall()
                        if said else [])  # fmt: skip
    record_all(desk, [
        replace(one, data={**one.data, "capture": captures.get(str(one.data["article"]), "")})
        for one in said
    ])  # fmt: skip


# Articles, quotes --------------------------------------------------------------------------------


def article_facts(one: Article, *, state: str = "", space: str = "") -> list[Fact]:
    """Say what clipping an article records."""
    entity, day = hanging.bench_id("article", one["id"], space), str(one["day"])
    said: dict[str, Json] = {
        "title": one["title"], "source": one["source"], "url": f"https://x.example/{one['id']}",
        "canonical": f"x.example/{one['id']}",
        "authors": [one["speaker"]] if one["speaker"] else [],
        "published": f"{day[:4]}-{day[4:6]}-{day[6:]}", "language": "fr",
    }  # fmt: skip
    if state:
        said["state"] = state
    capture: dict[str, Json] = {
        "verdict": "complete", "words": len(one["text"].split()), "text": one["text"],
    }  # fmt: skip
    tags = [Fact(entity, op.TAG_ADD, {"tag": tag}, space) for tag in one["tags"]]
    return [
        Fact(entity, op.CLIP, said, space),
        Fact(entity, op.CAPTURE, capture, space),
        *tags,
    ]


def _filed(one: Article, number: int, size: Size, dice: random.Random) -> Iterator[Fact]:
    """Say what an article is once it was sorted: its state, who read it, its dossier, a remark."""
    facts = article_facts(one, state=dice.choice(_FILED_AS))
    yield from facts
    entity = facts[0].entity
    if size.dossiers and dice.random() < 0.1:
        dossier = hanging.bench_id("dossier", dice.randrange(size.dossiers))
        yield Fact(dossier, op.MEMBER_ADD, {"item": entity})
    if dice.random() < size.comments / max(size.articles, 1):
        found = _SENTENCE.search(one["text"])
        if found is not None:
            yield _comment(entity, found[0].strip(), one["text"], number)


def _comment(article: str, words: str, text: str, number: int) -> Fact:
    data: dict[str, Json] = {
        **_passage(article, words, text), "comment": "À vérifier auprès du service concerné.",
        "visibility": "team", "motivation": "commenting",
    }  # fmt: skip
    return Fact(hanging.bench_id("annotation", "filed", number), op.COMMENT_ADD, data)


def quotes_of(one: Article, *, space: str, first: int, dice: random.Random) -> Iterator[Fact]:
    """Say two sentences of an article to be quotes, numbered from the ``first``."""
    article = article_facts(one, space=space)[0].entity
    found = _SENTENCE.findall(one["text"])[:40]
    for number, words in enumerate(dice.sample(found, min(2, len(found))), start=first):
        data: dict[str, Json] = {
            **_passage(article, words.strip(), one["text"]), "speaker": dice.choice(SPEAKERS),
            "role": "élue", "comment": "",
        }  # fmt: skip
        yield Fact(hanging.bench_id("quote", number), op.QUOTE_ADD, data)


def _passage(article: str, words: str, text: str) -> dict[str, Json]:
    start = text.find(words)
    return {"article": article, "capture": "", "exact": words, "prefix": "", "suffix": "",
            "start": start, "end": start + len(words)}  # fmt: skip


def _themes(count: int) -> list[Fact]:
    """Say so many themes, under one another by tens."""
    return [
        Fact(hanging.bench_id("concept", one), op.CONCEPT_SET, {
            "label": f"Thème {one}", "alts": [f"sujet {one}"], "note": "",
            "broader": hanging.bench_id("concept", one // 10) if one >= 10 else "",
        }) for one in range(count)
    ]  # fmt: skip


def _dossiers(count: int) -> list[Fact]:
    return [
        Fact(hanging.bench_id("dossier", one), op.DOSSIER_SET, {"title": f"Dossier {one}"})
        for one in range(count)
    ]


# What happened meanwhile -------------------------------------------------------------------------


def colleagues(desk: Desk, count: int) -> None:
    """Record some deeds of three colleagues on the articles that are there, five operations each."""
    people = [hanging.bench_id("person", name) for name in ("Bruno", "Chloé", "Denis")]
    for one, name in zip(people, ("Bruno", "Chloé", "Denis"), strict=True):
        record(desk._house, [Fact(one, op.PERSON_SET, {"name": name})], by=one)
    old = desk.ids(Filter(kinds=("article",)), limit=4_000)
    filed = desk.ids(Filter(kinds=("dossier",))) or [hanging.bench_id("dossier", 0)]
    for number, person in zip(range(count if old else 0), cycle(people), strict=False):
        record(desk._house, _deed(number, old[number % len(old)], filed), by=person)


def _deed(number: int, old: str, filed: Sequence[str]) -> list[Fact]:
    note = hanging.bench_id("note", "of a colleague", number)
    return [
        Fact(note, op.NOTE_SET, {"title": f"Fiche {number}"}),
        Fact(note, op.NOTE_REV, {"p": [], "x": f"Le budget de la rue {number}."}),
        Fact(hanging.bench_id("annotation", number), op.COMMENT_ADD, {
            "article": old, "exact": f"le budget de la rue {number}", "comment": "À vérifier",
            "visibility": "team", "motivation": "commenting",
        }),
        Fact(old, op.ARTICLE_SET, {"state": "published"}),
        Fact(filed[number % len(filed)], op.MEMBER_ADD, {"item": old}),
    ]  # fmt: skip


def morning(
    desk: Desk, count: int, *, seed: int, made_of: Iterable[Article] | None = None, at: int = 0
) -> None:
    """Have feeds bring so many articles, some of them several times; what they brought before goes."""
    house, dice, at = desk._house, random.Random(seed), at or now()
    passing.forget(house, before=at + DAY_MS)
    told = articles(count) if made_of is None else made_of
    made = list(_arrivals(told, count, space=house.personal, dice=dice, at=at))
    for number, source in enumerate(SOURCES):
        new = [(one, (hash((one.article, seed)) % 2**40,))
               for one, _story in made if one.fields["source"] == source]  # fmt: skip
        feed = str(ids.derived_entity("feed", house.personal, source))
        passing.receive(house, feed, State(next_at=at + DAY_MS + number), new=new)
    with house.database.writing() as db:
        following.tell(db, {one.article: story for one, story in made}, at=at)


def _arrivals(
    told: Iterable[Article], count: int, *, space: str, dice: random.Random, at: int
) -> Iterator[tuple[Arrival, str]]:
    left = count
    for one in told if left else ():
        story = ""
        for source in dice.sample(SOURCES, min(dice.choice(_TOLD_BY), left)):
            address = f"https://x.example/{source}/{dice.getrandbits(60)}"
            article = str(ids.derived_entity("article", space, address))
            story = story or article
            left -= 1
            at -= dice.randrange(1_000, 60_000)
            yield Arrival(article, str(ids.derived_entity("feed", space, source)), space, at, "",
                          *_dispatch(one, source, address, at, space)), story  # fmt: skip
        if not left:
            return


def _dispatch(
    one: Article, source: str, address: str, at: int, space: str
) -> tuple[dict[str, Json], tuple[dict[str, Json], ...]]:
    text = " ".join(one["text"].split()[:60])
    fields: dict[str, Json] = {
        "title": one["title"], "url": address, "canonical": address.removeprefix("https://"),
        "source": source, "published": f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d}",
        "language": "fr", "lead": text[:400], "moment": at,
        "feed": str(ids.derived_entity("feed", space, source)),
    }  # fmt: skip
    capture: dict[str, Json] = {
        "verdict": "summary", "reason": "feed", "words": 60, "text": text,
        "html": f"<p>{text}</p>", "door": "feed", "at": at,
    }  # fmt: skip
    return fields, (capture,)
