"""The pages of the guide: the same in both languages, and nothing in them that is not so."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import typer
from hatchling.builders.wheel import WheelBuilder

from veille.capture import register
from veille.cli.app import build
from veille.desk import backups, refreshing
from veille.desk.desk import Desk
from veille.desk.guide import Guide
from veille.feeds import schedule
from veille.share import doctor

ROOT = Path(__file__).resolve().parents[2]
HELP = ROOT / "resources" / "help"
LANGUAGES = ("fr", "en")
NAMES = [one.name for one in sorted((HELP / "fr").glob("*.md"))]
HOLE = re.compile(r"\{([a-z]+):([^{}\n]+)\}")
PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
PAGE = re.compile(r"\[\[([a-z-]+)\]\]")
COMMAND = re.compile(r"(?:^ {4}|`)(veille [^`\n]+)", re.MULTILINE)


def text(language: str, name: str) -> str:
    return (HELP / language / name).read_text(encoding="utf-8")


def everything() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for name in NAMES:
            yield language, name, text(language, name)


def guide(language: str = "en") -> Guide:
    return Guide(language, lambda asked, name: f"{asked} {name}")


def test_both_languages_have_the_same_pages() -> None:
    assert len(NAMES) == 13
    assert [one.name for one in sorted((HELP / "en").glob("*.md"))] == NAMES
    assert all(re.fullmatch(r"\d\d-[a-z]+\.md", one) for one in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_the_same_in_both(name: str) -> None:
    french, english = text("fr", name), text("en", name)
    shape = re.compile(r"^(#{1,6} |[-*] |\d+\. |\| |> |!\[| {4})", re.MULTILINE)
    assert shape.findall(french) == shape.findall(english)
    for pattern in (HOLE, PAGE, LINK):
        assert sorted(pattern.findall(french)) == sorted(pattern.findall(english))
    assert [one[1] for one in PICTURE.findall(french)] == [
        one[1] for one in PICTURE.findall(english)
    ]
    assert french.startswith("# ")
    assert english.startswith("# ")
    # Two minutes at an easy pace; the message for the IT service is there to be sent.
    assert len(french.split()) < 800


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages(language: str) -> None:
    pages = {one.name for one in guide(language).pages()}
    named = [one for _lang, _name, page in everything() for one in PAGE.findall(page)]
    assert named
    assert set(named) <= pages
    for one in pages:
        html = guide(language).html(one)
        assert 'class="link red"' not in html
        assert "[[" not in re.sub(r"<code>.*?</code>", "", html)


def test_pictures_are_there_said_in_words_and_used() -> None:
    used: set[tuple[str, str]] = set()
    for language, name, page in everything():
        for words, picture in PICTURE.findall(page):
            assert len(words) > 20, (name, picture)
            used.add((language, picture))
    kept = {
        (one.parent.name, re.sub(r"-(light|dark)$", "", one.stem))
        for language in LANGUAGES
        for one in (HELP / language).glob("*.png")
    }
    assert used == kept
    for language, picture in used:
        for theme in ("light", "dark"):
            assert (HELP / language / f"{picture}-{theme}.png").stat().st_size > 1_000
    assert sum(one.stat().st_size for one in HELP.rglob("*.png")) < 3_000_000


@cache
def commands() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}

    def walk(command: click.Command, name: str) -> None:
        found[name] = command
        for below, one in getattr(command, "commands", {}).items():
            walk(one, f"{name} {below}".strip())

    walk(typer.main.get_command(build()), "")
    return found


def test_commands_that_are_quoted_exist() -> None:
    quoted = [(name, one) for _lang, name, page in everything() for one in COMMAND.findall(page)]
    assert len(quoted) > 20
    options: dict[str, set[str]] = defaultdict(set)
    for name, line in quoted:
        _veille, *words = line.split()
        if words[0].startswith("--"):
            assert words[0] == "--profile"
            continue
        known = commands()
        command = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        assert command in known, (name, line)
        options[name] |= {option for one in known[command].params for option in one.opts}
        assert {one for one in words if one.startswith("--")} <= options[name], (name, line)
    # An option that is quoted alone is one of a command on the same page.
    for _lang, name, page in everything():
        assert set(re.findall(r"`(--[a-z-]+)`", page)) <= options[name], name


def test_what_is_said_of_searching_is_understood(desk: Desk) -> None:
    desk.fill_demo()
    desk.drain()
    for language in LANGUAGES:
        page = text(language, "06-search.md")
        cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
        queries = [one for cell in cells for one in re.findall(r"`([^`]+)`", cell)]
        assert len(queries) > 8
        for query in queries:
            assert not desk.search(query).problems, query


def test_figures_and_names_are_those_of_the_program() -> None:
    minutes = (schedule._SHORTEST // schedule.MINUTE_MS, schedule._LONGEST // schedule.HOUR_MS)
    assert minutes == (15, 12)
    assert (backups.DAYS, backups.WEEKS, backups.MONTHS) == (7, 5, 12)
    for language in LANGUAGES:
        assert str(refreshing.RETENTION_DAYS) in text(language, "03-sort.md")
        assert f" {backups.DAYS} " in text(language, "12-trouble.md").replace("\u00a0", " ")
        asked = text(language, "10-it.md")
        for one in (register.HOST, *register.CHROMIUM_IDS, register.FIREFOX_ID):
            assert one in asked
        assert str(doctor.LONGEST_BELOW) in asked


def test_french_is_typeset() -> None:
    for name in NAMES:
        words = re.sub(r"`[^`\n]*`|\{[^}\n]*\}|\]\([^)\n]*\)|^ {4}.*$", "", text("fr", name),
                       flags=re.MULTILINE)  # fmt: skip
        wrong = re.search(r" [;!?»:]|« |'|\.\.\.|\w[;!?]", words)
        assert wrong is None, (name, words[wrong.start() - 20 : wrong.end() + 20])


def test_the_wheel_ships_them(tmp_path: Path) -> None:
    (made,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(made) as wheel:
        shipped = set(wheel.namelist())
    every = [one for one in HELP.rglob("*") if one.is_file()]
    assert len(every) > 50
    assert {
        f"veille/_resources/help/{one.relative_to(HELP).as_posix()}" for one in every
    } <= shipped


# --- how the guide answers ---------------------------------------------------------------------


def test_words_are_found_by_their_beginnings_titles_first() -> None:
    french = guide("fr")
    found = french.find("panorama")
    assert found[0].page == "law"
    assert "anorama" in found[0].snippet
    assert french.find("PANORAM autorisatio")[0].page == "law"
    assert french.find("Données personnelles")[0].title == "Données personnelles et commentaires"
    assert french.find("zzzz") == []
    assert french.find("  ") == []
    # The middle of a word is not its beginning.
    assert french.find("norama") == []


def test_what_is_offered_to_be_copied_is_plain_text() -> None:
    for language in LANGUAGES:
        said = guide(language).message("it")
        assert said.startswith(("Bonjour,", "Hello,"))
        assert "fact profile" in said
        assert ">" not in said
        assert "`" not in said
    assert guide().message("start") == ""


def test_pictures_are_only_those_of_the_page(tmp_path: Path) -> None:
    one = guide("fr")
    html = one.html("clip")
    address = re.search(r'src="(blob:[0-9a-f]{64})"', html)
    assert address is not None
    light, dark = (one.picture(address[1], dark=dark) for dark in (False, True))
    assert light[:8] == b"\x89PNG\r\n\x1a\n"
    assert light != dark
    assert one.picture("blob:" + "0" * 64, dark=False) == b""
    assert one.picture("../../fr/10-it", dark=False) == b""


def test_an_unknown_page_is_the_first(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "01-one.md").write_text("# One\n\nSee [[two]].\n", encoding="utf-8")
    (tmp_path / "en" / "02-two.md").write_text("# Two {say:here}\n", encoding="utf-8")
    (tmp_path / "en" / "notes.md").write_text("# No page\n", encoding="utf-8")
    small = Guide("en", lambda _asked, name: name.upper(), tmp_path)
    assert [one.title for one in small.pages()] == ["One", "Two HERE"]
    assert small.html("nowhere") == small.html("one")
    assert 'href="veille:help/two"' in small.html("one").replace("%2F", "/")
    assert "Two HERE" in small.html("one")
