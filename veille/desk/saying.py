"""What was said of something, by whom, when; the same story as its sources tell it.

A part of the Desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from veille.desk import angles, clock, finding, noting, silences
from veille.desk.angles import Angle
from veille.desk.finding import SearchOptions
from veille.desk.house import House
from veille.desk.indexing import iso_day
from veille.desk.silences import Quiet
from veille.domain.errors import NotFound
from veille.domain.facts import Changes
from veille.domain.text import fold, key, order
from veille.domain.views import Row
from veille.search import moments, snippets
from veille.search.document import Answer
from veille.store import local, reading, things
from veille.store import saying as store
from veille.store.connection import Rows
from veille.store.saying import Light

SHOWN: Final = 500
# Quotes that are counted, and articles whose quotes are looked for: the newest.
_COUNTED: Final = 5_000
_LOOKED: Final = 10_000
# When hardly anything holds all the words, only what is nearest is worth reading.
_NEAREST: Final = 30
_EXAMPLES: Final = 5
_QUOTES: Final = str.maketrans(dict.fromkeys('«»"“”'))


@dataclass(frozen=True, slots=True)
class SaidItem:
    """One quote of an answer.

    Attributes:
        about: the article that it comes from, None when it is not here.
        day: ``YYYY-MM-DD``, of the article; of the filing when ``dated`` is False.
        direct: whether the quote answers by its words, its speaker or its themes; otherwise it
            stands in an article that answers.
        marks: the places to mark in its words.
    """

    row: Row
    about: Row | None
    day: str
    dated: bool
    source: str
    speaker: str
    role: str
    direct: bool
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of something, oldest first.

    Attributes:
        total: the quotes that answer; ``at_least`` when there are more than were counted.
        period: the first and the last day it is about: asked for, else of the first quote, today.
        sources: how many of them each source gave, the choice of a source left aside.
        speakers: how many each person said, the choice of a person left aside; "" for nobody.
        articles: the articles that answer; the quotes of the ``looked`` newest ones were added.
        partial: whether hardly anything holds all the words, and the nearest is given.
        waiting: things the index has still to hear of.
    """

    query: str
    items: tuple[SaidItem, ...]
    silences: tuple[Quiet, ...]
    sources: Mapping[str, int]
    speakers: Mapping[str, int]
    period: tuple[str, str] = ("", "")
    total: int = 0
    at_least: bool = False
    articles: int = 0
    looked: int = 0
    partial: bool = False
    waiting: int = 0
    problems: tuple[tuple[str, str], ...] = ()
    did_you_mean: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A quote that goes into a note, with when its page was captured (milliseconds, 0: unknown)."""

    row: Row
    about: Row | None
    day: str
    dated: bool
    captured: int


Write = Callable[[Sequence[Gathered]], str]
Add = Callable[[str, Sequence[Gathered]], str]


@dataclass(frozen=True, slots=True)
class Examples:
    """What is most spoken of, and who speaks most: themes and speakers, most frequent first."""

    themes: tuple[str, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, as it is put to the index."""

    query: str
    by: str
    source: str
    since: str
    until: str
    around: bool

    def text(self, *, narrowed: bool) -> str:
        """Write it in the query language; filters first, where nothing can swallow them."""
        filters = [_filter("since", self.since), _filter("until", self.until)]
        if narrowed or not self.query:
            filters += [_filter("qui", self.by), _filter("source", self.source)]
        return " ".join(one for one in (*filters, self.query) if one)


class Saying:
    """One method for each thing that can be asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def said(  # noqa: PLR0913 - what narrows an answer, given by name
        self,
        query: str,
        *,
        by: str = "",
        source: str = "",
        since: str = "",
        until: str = "",
        around: bool = True,
        silent: bool = True,
        limit: int = SHOWN,
    ) -> Said:
        """Give the quotes that answer a query, in the order in which they were said.

        Args:
            query: words, a phrase, ``theme:``, ``qui:``…: the whole query language; a name.
            by: who says it: her name, or words that begin its parts.
            source: the source, named likewise.
            since: the first day, as people write it: ``2024-01``, ``hier``…
            until: the last one.
            around: whether the quotes of articles that answer are given too.
            silent: whether silences are looked up; ``silences`` does it later.
            limit: how many are given, the newest.
        """
        asked = _Asked(query.strip(), by.strip(), source.strip(), since, until, around)
        said = _said(self._house, asked, limit)
        return replace(said, silences=self.silences(said)) if silent else said

    def silences(self, said: Said) -> tuple[Quiet, ...]:
        """Tell when sources of an answer were not heard in its time, and which feeds are dead.

        Of an answer that holds nothing: who is not heard now.
        """
        if not said.items:
            return silences.mute(self._house)
        return silences.silences(self._house, list(said.sources), said.period)

    def examples(self) -> Examples:
        """Give what can be asked: the most frequent themes, and who speaks most."""

        def counted(kind: str, facet: str) -> tuple[str, ...]:
            options = SearchOptions(limit=0, facets=True, kinds=(kind,))
            counts = finding.answer(self._house, "", options).facets.get(facet, {})
            return tuple(sorted(counts, key=lambda one: (-counts[one], one))[:_EXAMPLES])

        return Examples(counted("article", "tag"), counted("quote", "speaker"))

    def gathered(self, quotes: Sequence[str]) -> tuple[Gathered, ...]:
        """Give quotes with what a reference to them says, oldest first. Raises NotFound."""
        with self._house.database.reading() as db:
            found = [_gathered(db, one) for one in dict.fromkeys(quotes)]
        return tuple(
            sorted(found, key=lambda one: (one.day, one.row.about, angles.start_of(one.row)))
        )

    def note_of(self, title: str, quotes: Sequence[str], *, write: Write) -> str:
        """Make a note of quotes and give its id. Raises NotFound, Refused, TooLong.

        ``write`` writes its text in the reader's language: ``sentences.saying.note``.
        """
        gathered = self.gathered(quotes)
        if not gathered:
            raise NotFound(what=title)
        return noting.new(self._house, title, write(gathered))

    def put_in(self, note: str, quotes: Sequence[str], *, write: Add) -> Changes:
        """Put quotes in a note that is written already; those that stand there change nothing.

        ``write`` writes its text with them: ``sentences.saying.added``. Raises NotFound, OnlyReads,
        TooLong.
        """
        with self._house.database.reading() as db:
            text = things.note_text(db, note)
        missing = [one for one in self.gathered(quotes) if f"![[{one.row.id}]]" not in text]
        return noting.edit(self._house, note, write(text, missing)) if missing else Changes()

    def angles(self, things_: str | Sequence[str]) -> tuple[Angle, ...]:
        """Give the story of one article in its sources, or these articles; oldest first.

        A quote stands for its article. Raises NotFound.
        """
        ids = [things_] if isinstance(things_, str) else list(things_)
        return angles.angles(self._house, ids)


# --- quotes --------------------------------------------------------------------------------------


def _said(house: House, asked: _Asked, limit: int) -> Said:
    """Answer; what was cut because there is too much is asked for again, narrowed by the index."""
    narrows = bool(asked.by or asked.source)
    direct, near = _answers(house, asked, narrowed=False)
    if narrows and (direct.total > _COUNTED or near.total > _LOOKED):
        direct, near = _answers(house, asked, narrowed=True)
    answering = {hit.id for hit in direct.hits}
    with house.database.reading() as db:
        every = _light(db, answering, [hit.id for hit in near.hits])
        called = _called(asked.source, {one.source for one in every})
        named = _called(asked.by, {one.speaker for one in every})
        kept = [one for one in every if one.source in called and one.speaker in named]
        shown = sorted(kept, key=_when)[-limit:] if limit else []
        items = _items(db, shown, answering, {**near.forms, **direct.forms})
        waiting = local.outbox_length(db)
    return Said(
        query=asked.query,
        items=tuple(items),
        silences=(),
        sources=_counted(one.source for one in every if one.speaker in named),
        speakers=_counted(one.speaker for one in every if one.source in called),
        period=_period(house, asked, items),
        total=len(kept),
        at_least=direct.total > _COUNTED or near.total > _LOOKED,
        articles=near.total,
        looked=len(near.hits),
        partial=direct.partial or near.partial,
        waiting=waiting,
        problems=tuple(dict.fromkeys((*direct.problems, *near.problems))),
        did_you_mean=direct.did_you_mean or near.did_you_mean,
    )


def _light(db: Rows, quotes: set[str], articles: Sequence[str]) -> list[Light]:
    found = store.quotes(db, sorted(quotes)) + store.quotes_about(db, articles)
    return list({one.quote: one for one in found}.values())


def _period(house: House, asked: _Asked, items: Sequence[SaidItem]) -> tuple[str, str]:
    today = clock.today(house.now())
    since = moments.span(fold(asked.since), today=today) if asked.since else None
    until = moments.span(fold(asked.until), today=today) if asked.until else None
    first = since[0].isoformat() if since else items[0].day if items else ""
    return first, (until[1] if until else today).isoformat()


def _answers(house: House, asked: _Asked, *, narrowed: bool) -> tuple[Answer, Answer]:
    """Ask for quotes, and for articles whose quotes are wanted too."""
    if not asked.text(narrowed=narrowed):
        return Answer(0, (), {}), Answer(0, (), {})
    direct = _answer(house, asked.text(narrowed=narrowed), "quote", _COUNTED)
    if not asked.around or not asked.query:
        return direct, Answer(0, (), {})
    # Articles have no speaker: theirs are told apart once their quotes are known.
    of_source = replace(asked, by="").text(narrowed=narrowed)
    return direct, _answer(house, of_source, "article", _LOOKED)


def _answer(house: House, text: str, kind: str, most: int) -> Answer:
    options = SearchOptions(kinds=(kind,), limit=most, newest_first=True)
    found = finding.answer(house, text, options)
    if not found.partial:
        return found
    return finding.answer(house, text, replace(options, limit=_NEAREST, newest_first=False))


def _items(
    db: Rows, shown: Sequence[Light], answering: set[str], forms: Mapping[str, str]
) -> list[SaidItem]:
    rows = {one.id: one for one in things.rows(db, [one.quote for one in shown])}
    wanted = list(dict.fromkeys(one.article for one in shown if one.article))
    articles = {one.id: one for one in things.rows(db, wanted)}
    return [
        SaidItem(
            row=rows[one.quote],
            about=articles.get(one.article),
            day=iso_day(one.published, one.filed),
            dated=bool(one.published),
            source=one.source,
            speaker=one.speaker,
            role=rows[one.quote].text("role"),
            direct=one.quote in answering,
            # In one that does not answer by itself, there is nothing to look for.
            marks=tuple(snippets.marks(rows[one.quote].text("exact"), forms))
            if one.quote in answering
            else (),
        )
        for one in shown
        if one.quote in rows
    ]


def _when(one: Light) -> tuple[str, str, int, str]:
    return iso_day(one.published, one.filed), one.article, one.start, one.quote


def _counted(values: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda one: (-one[1], order(one[0]))))


def _called(wanted: str, values: set[str]) -> set[str]:
    """Give the values so called; when none bears that very name, those whose words begin so."""
    folded = key(wanted)
    if not folded:
        return values
    exact = {one for one in values if key(one) == folded}
    words = folded.replace("-", " ").split()
    return exact or {
        one
        for one in values
        if all(f" {word}" in f" {key(one).replace('-', ' ')}" for word in words)
    }


def _filter(name: str, value: str) -> str:
    value = value.translate(_QUOTES).strip()
    return f'{name}:"{value}"' if value else ""


def _gathered(db: Rows, quoted: str) -> Gathered:
    row = things.row(db, things.resolve(db, quoted, kind="quote"))
    article = (things.moved_to(db, row.about) or row.about) if row.about else ""
    about = next(iter(things.rows(db, [article])), None)
    captured = reading.captures(db, article) if about is not None else []
    at = next((one.at for one in captured if one.name == row.text("capture")), 0)
    published = about.published if about is not None else ""
    return Gathered(row, about, iso_day(published, row.created_at), bool(published), at)
