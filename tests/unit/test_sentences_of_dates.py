"""Dates, numbers and lists, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from veille.domain import merge
from veille.sentences import catalogue, counting, dates, homing, marking, names, saying
from veille.sentences.catalogue import either, labelled, n_, number, series

CATALOGUES = Path(__file__).resolve().parents[2] / "resources" / "i18n"
THIN, FIXED = "\u202f", "\u00a0"


@pytest.fixture(autouse=True)
def language_spoken() -> Iterator[None]:
    yield
    catalogue.use("en", CATALOGUES)


def ms(*when: int) -> int:
    """Give a moment of the clock on the wall here."""
    return int(datetime(*when).astimezone(UTC).timestamp() * 1000)  # type: ignore[arg-type]


NOW = ms(2026, 5, 12, 17, 30)

SAID: list[tuple[Callable[[], str], str, str]] = [
    (lambda: dates.published("2026"), "2026", "2026"),
    (lambda: dates.published("2026-05"), "mai 2026", "May 2026"),
    (lambda: dates.published("2026-05-01"), "1er·mai 2026", "1·May 2026"),
    (lambda: dates.published("2026-11-03"), "3·novembre 2026", "3·November 2026"),
    (lambda: dates.period(202605, 202605), "mai 2026", "May 2026"),
    (lambda: dates.period(202601, 202612), "2026", "2026"),
    (lambda: dates.period(202401, 202612), "2024–2026", "2024–2026"),
    (lambda: dates.period(202511, 202605), "novembre 2025 – mai 2026", "November 2025 – May 2026"),
    (lambda: dates.published("vers 1990"), "vers 1990", "vers 1990"),
    (lambda: dates.moment(0), "jamais", "never"),
    (lambda: dates.moment(ms(2026, 5, 1, 9, 5)), "1er·mai 2026 à 9·h·05", "1·May 2026 at 9:05"),
    (lambda: dates.short(ms(2026, 5, 12, 14, 5), NOW), "14·h·05", "14:05"),
    (lambda: dates.short(ms(2026, 5, 1, 14, 5), NOW), "1er·mai", "1·May"),
    (lambda: dates.short(ms(2025, 12, 31, 14, 5), NOW), "31·décembre 2025", "31·December 2025"),
    (lambda: dates.since(ms(2026, 5, 12, 9, 5), NOW), "9·h·05", "9:05"),
    (lambda: dates.since(ms(2026, 5, 1, 9, 5), NOW), "le 1er·mai", "1·May"),
    (lambda: dates.when(ms(2026, 5, 12, 9, 5), NOW), "à 9·h·05", "at 9:05"),
    (lambda: dates.when(ms(2025, 5, 3, 9, 5), NOW), "le 3·mai 2025", "on 3·May 2025"),
    (lambda: dates.days(ms(2026, 5, 12, 0, 1), NOW), "Aujourd’hui", "Today"),
    (lambda: dates.days(ms(2026, 5, 11, 23, 59), NOW), "Hier", "Yesterday"),
    (lambda: dates.days(ms(2026, 5, 10, 23, 59), NOW), "10·mai 2026", "10·May 2026"),
    (
        lambda: homing.moment(ms(2026, 5, 1, 8, 0), NOW),
        "vendredi 1er·mai, 8·h·00",
        "Friday 1·May, 8:00",
    ),
    (
        lambda: homing.moment(ms(2025, 12, 31, 23, 59), NOW),
        "mercredi 31·décembre 2025, 23·h·59",
        "Wednesday 31·December 2025, 23:59",
    ),
    (lambda: "–".join(saying._days("2026-05-01", "2026-05-09")), "1er–9·mai 2026", "1–9·May 2026"),
    (
        lambda: "–".join(saying._days("2026-04-30", "2026-05-01")),
        "30·avril–1er·mai 2026",
        "30·April–1·May 2026",
    ),
    (
        lambda: "–".join(saying._days("2025-12-31", "2026-01-01")),
        "31·décembre 2025–1er·janvier 2026",
        "31·December 2025–1·January 2026",
    ),
    (lambda: number(0), "0", "0"),
    (lambda: number(1_234_567), "1⍽234⍽567", "1,234,567"),
    (lambda: number(-1_000), "-1⍽000", "-1,000"),
    (lambda: marking._percent(0.004), "moins de 1·%", "less than 1%"),
    (lambda: marking._percent(0.256), "26·%", "26%"),
    (lambda: n_("{n} word", "{n} words", 0), "0 mot", "0 words"),
    (lambda: n_("{n} word", "{n} words", 1), "1 mot", "1 word"),
    (lambda: n_("{n} word", "{n} words", 2_000), "2⍽000 mots", "2,000 words"),
    (lambda: series([]), "", ""),
    (lambda: series(["a"]), "a", "a"),
    (lambda: series(["a", "b"]), "a et b", "a and b"),
    (lambda: series(["a", "b", "c"]), "a, b et c", "a, b and c"),
    (lambda: either(["a", "b", "c"]), "a, b ou c", "a, b or c"),
    (lambda: labelled("Note", "x"), "Note·: x", "Note: x"),
    (
        lambda: counting.all_well(operations=0, things=1, blobs=1_200),
        "Tout va bien·: 0 opération, 1 élément et 1⍽200 fichiers.",
        "All is well: 0 operations, 1 thing and 1,200 files.",
    ),
    (
        lambda: counting.shared("2026-05", full=1, quotes=2, links=0),
        "mai 2026·: 1 article intégral, 2 citations, 0 lien",
        "May 2026: 1 article in full, 2 quotes, 0 links",
    ),
]


def test_every_operation_has_a_name() -> None:
    assert {one for one in merge.KINDS if names.operation(one) == one} == set()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("which", range(len(SAID)))
def test_it_is_written_as_people_of_the_language_write_it(which: int, language: str) -> None:
    catalogue.use(language, CATALOGUES)
    say, french, english = SAID[which]
    expected = french if language == "fr" else english
    assert say() == expected.replace("·", FIXED).replace("⍽", THIN)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_months_are_whole_and_brief(language: str) -> None:
    catalogue.use(language, CATALOGUES)
    whole, brief = dates.months(), dates.brief_months()
    assert len(set(whole)) == len(set(brief)) == 12
    assert all(one.startswith(short.rstrip(".")) for one, short in zip(whole, brief, strict=True))
    assert max(map(len, brief)) <= 5
