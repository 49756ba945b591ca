"""Dates as feeds write them: what is written is read, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veille.feeds.dates import moment

# Thursday 1 August 2024, 18:27 in Paris: 16:27 in Greenwich.
EVENING = int(datetime(2024, 8, 1, 16, 27, tzinfo=UTC).timestamp() * 1000)
DAY = int(datetime(2024, 8, 1, tzinfo=UTC).timestamp() * 1000)
MINUTE = 60_000
HOUR = 60 * MINUTE


@pytest.mark.parametrize(
    "text",
    [
        # RFC 822, and what is made of it.
        "Thu, 01 Aug 2024 18:27:00 +0200",
        "Thu, 01 Aug 2024 16:27:00 GMT",
        "Thu, 1 Aug 2024 16:27 UT",
        "01 Aug 24 16:27:00 Z",
        "Thu, 01 Aug 2024 18:27:00 CEST",
        "Thu, 01 Aug 2024 18:27:00 MESZ",
        "Thu, 01 Aug 2024 17:27:00 WEST",
        "Thu, 01 Aug 2024 17:27:00 CET",
        "Thu, 01 Aug 2024 16:27:00 WET",
        "Thu, 01 Aug 2024 12:27:00 EDT",
        "Thu, 01 Aug 2024 09:27:00 PDT",
        "Thu, 01 Aug 2024 18:27:00 +02:00",
        "Thu, 01 Aug 2024 18:27:00 +02",
        "Thu, 01 Aug 2024 18:27:00 GMT+2",
        "Thu, 01 Aug 2024 18:27:00 +0200 (CEST)",
        "Thu, 01 Aug 2024 18:27:00 (heure de Paris)",
        "Sunday, 01-Aug-24 18:27:00 +0200",
        "Thursd, 1 August 2024 18:27",
        "Thu,01 Aug 2024 18:27:00+0200",
        "  Thu,  01  Aug\t2024 18:27:00\n+0200 ",
        "Thu Aug  1 18:27:00 2024",
        "Thu Aug  1 18:27:00 CEST 2024",
        "August 1, 2024, 6:27 pm",
        "Aug 1st, 2024 6:27 p.m.",
        # ISO 8601.
        "2024-08-01T16:27:00Z",
        "2024-08-01T16:27Z",
        "2024-08-01T18:27:00+02:00",
        "2024-08-01T18:27:00.000+0200",
        "2024-08-01t18:27:00+02",
        "2024-08-01 16:27:00 UTC",
        "2024-08-01 18:27",
        "2024-08-01T18:27:00",
        "20240801T162700Z",
        "2024-W31-4T16:27:00Z",
        "2024-214T16:27:00Z",
        "2024-08-01T18:27+02:00[Europe/Paris]",
        "2024/08/01 18:27",
        # In words.
        "jeu., 01 août 2024 18:27:00 +0200",
        "jeudi 1er août 2024 à 18h27",
        "Jeudi 1er août 2024, 18 h 27",
        "le jeudi 1 aout 2024 à 18:27",
        "JEUDI 1ER AOÛT 2024 À 18H27",
        "1 août 2024 – 18h27",
        "Publié le 1er août 2024 à 18h27min",
        "18h27, le 1er août 2024",
        "1. August 2024, 18:27 Uhr",
        "1 de agosto de 2024 18:27",
        "giovedì 1 agosto 2024 18:27",
        # In figures, the day first.
        "01/08/2024 18:27",
        "1/8/2024 18h27",
        "01.08.2024 18:27:00",
        "01-08-24 18:27",
        # Since 1970.
        "1722529620",
        "1722529620000",
    ],
)
def test_one_moment_in_many_forms(text: str) -> None:
    assert moment(text) == EVENING


@pytest.mark.parametrize(
    "text",
    [
        "2024-08-01",
        "20240801",
        "2024/08/01",
        "01/08/2024",
        "1.8.24",
        "1 août 2024",
        "1er août 2024",
        "jeu. 1 août 2024",
        "Aug 1, 2024",
        "Thu, 01 Aug 2024",
        # Programs write a day alone like this.
        "2024-08-01T00:00:00",
        "01/08/2024 00:00",
    ],
)
def test_a_day_alone_stays_that_day_from_greenwich_to_paris(text: str) -> None:
    assert moment(text) == DAY


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("le 3 févr. 2025", "2025-02-03"),
        ("mar. 6 août 2024", "2024-08-06"),
        ("Mar 6, 2024", "2024-03-06"),
        ("jeu., 6 juin. 2024", "2024-06-06"),
        ("mer, 16 nov 2022", "2022-11-16"),
        ("12 décembre 1998", "1998-12-12"),
        ("12/12/98", "1998-12-12"),
        ("3. März 2024", "2024-03-03"),
        ("3 maggio 2024", "2024-05-03"),
        ("3 enero 2024", "2024-01-03"),
        ("2024-08", "2024-08-01"),
        ("2024", "2024-01-01"),
        # No other reading makes a date.
        ("08/23/2024", "2024-08-23"),
        # Absurd, but written.
        ("1er janvier 1931", "1931-01-01"),
        ("2087-01-01", "2087-01-01"),
    ],
)
def test_days(text: str, iso: str) -> None:
    said = datetime.fromisoformat(iso).replace(tzinfo=UTC)
    assert moment(text) == int(said.timestamp() * 1000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bientôt",
        "31/02/2024",
        "30 février 2024",
        "2024-02-30T10:00:00Z",
        "2024-13-01",
        "32 août 2024",
        "Thu, 01 Aug 2024 25:00:00 GMT",
        "Thu, 01 Aug 2024 18:61:00 GMT",
        "2024-367",
        "2023-366",
        "2023-W53-1",
        "août 2024",
        "1 août à 18 h 27",
        "0001-01-01T00:00:00",
        "0000-00-00 00:00:00",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "99/99/9999",
        "12",
        # Nobody said when that was received.
        "hier",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert moment(text) == 0


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("aujourd'hui à 8h30", 9 * HOUR + 57 * MINUTE),
        ("Aujourd’hui, 18h00", 27 * MINUTE),
        ("hier à 18 h 27", 24 * HOUR),
        ("avant-hier 18:27", 48 * HOUR),
        ("il y a 2 heures", 2 * HOUR),
        ("il y a une heure", HOUR),
        ("il y a 12 min", 12 * MINUTE),
        ("il y a 3 jours", 72 * HOUR),
        ("2 hours ago", 2 * HOUR),
    ],
)
def test_what_is_counted_from_now(text: str, ago: int) -> None:
    assert moment(text, received=EVENING) == EVENING - ago


def test_yesterday_is_that_of_paris() -> None:
    # 23:30 in Greenwich is tomorrow already in Paris.
    received = int(datetime(2024, 8, 1, 23, 30, tzinfo=UTC).timestamp() * 1000)
    assert moment("hier", received=received) == DAY


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("31/03/2024 01:59", 60),
        ("31/03/2024 03:00", 120),
        ("27/10/2024 01:59", 120),
        ("27/10/2024 03:00", 60),
        ("15/01/2024 12:00", 60),
        ("24/09/1995 12:00", 60),
        ("15/07/1975 12:00", 60),
    ],
)
def test_the_time_of_paris(text: str, minutes: int) -> None:
    written = datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)
    assert moment(text) == int(written.timestamp() * 1000) - minutes * MINUTE


def test_paris_agrees_with_the_tables() -> None:
    zoneinfo = pytest.importorskip("zoneinfo")
    try:
        paris = zoneinfo.ZoneInfo("Europe/Paris")
    except zoneinfo.ZoneInfoNotFoundError:
        pytest.skip("this system has no table of zones")
    for days in range(0, 365 * 40, 5):
        local = datetime(1997, 1, 1, 12, 30, tzinfo=paris) + timedelta(days=days)
        assert moment(local.strftime("%d/%m/%Y %H:%M")) == int(local.timestamp() * 1000)


MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001 - zones follow
OFFSETS = st.integers(-12 * 60, 14 * 60)
MONTHS = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
]  # fmt: skip
DAYS = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."]


@given(MOMENTS, OFFSETS)
def test_iso_comes_back_to_the_millisecond(naive: datetime, offset: int) -> None:
    when = naive.replace(tzinfo=timezone(timedelta(minutes=offset)))
    expected = (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert moment(when.isoformat()) == expected


@given(MOMENTS, OFFSETS)
def test_french_words_come_back_to_the_second(naive: datetime, offset: int) -> None:
    when = naive.replace(tzinfo=timezone(timedelta(minutes=offset)), microsecond=0)
    text = f"{DAYS[when.weekday()]}, {when.day:02} {MONTHS[when.month - 1]} {when:%Y %H:%M:%S %z}"
    assert moment(text) == int(when.timestamp()) * 1000


@given(st.text(max_size=80), st.integers(-(10**15), 10**20))
def test_any_text_is_a_number(text: str, received: int) -> None:
    assert isinstance(moment(text, received=received), int)


ALPHABET = st.sampled_from(
    [
        "1", "12", "31", "24", "2024", "99", "août", "mar", "hier", "il y a", "min", "h", ":", "/",
        "-", ".", " ", "t", "z", "+", "w", "pm", "cest", ",", "à", "²", "٣", "aujourd'hui",
    ]
)  # fmt: skip


@given(st.lists(ALPHABET, max_size=12))
def test_pieces_of_dates_are_numbers_too(pieces: list[str]) -> None:
    assert isinstance(moment("".join(pieces), received=EVENING), int)
