"""Every choice there is: declared once, said in both languages, kept where it acts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from veille.desk import paths, window_file
from veille.desk.desk import Desk
from veille.desk.options import FOLDER, NUMBER, OPTIONS, SECTIONS, Option, option
from veille.domain.errors import BadSetting, TooLong
from veille.sentences import catalogue, clipping, settings

PLAIN = [one for one in OPTIONS if one.values]


def other(one: Option, folder: Path) -> str:
    if one.kind == FOLDER:
        return str(folder / one.name)
    if one.kind == NUMBER:
        return str(one.most)
    return next((value for value in one.values if value != one.default), "Zoé")


@pytest.mark.parametrize("one", OPTIONS, ids=lambda one: one.name)
def test_a_choice_holds_and_goes_back(one: Option, desk: Desk, open_desk: Callable[..., Desk],
                                      tmp_path: Path) -> None:  # fmt: skip
    wanted = other(one, tmp_path)
    assert not desk.settings.is_changed(one.name)
    desk.settings.choose(one.name, wanted)
    assert desk.settings.value(one.name) == wanted
    assert desk.settings.is_changed(one.name)
    again = open_desk()
    assert again.settings.value(one.name) == wanted, "it is kept"
    assert not any(again.settings.is_changed(o.name) for o in OPTIONS if o is not one)
    desk.settings.choose(one.name, "")
    assert not desk.settings.is_changed(one.name)


@pytest.mark.parametrize("one", OPTIONS, ids=lambda one: one.name)
def test_what_makes_no_sense_is_refused(one: Option, desk: Desk) -> None:
    if one.kind == FOLDER:
        return
    wrong = "9" * 600 if one.name in {"name", "service", "citation"} else "no such value"
    with pytest.raises((BadSetting, TooLong)):
        desk.settings.choose(one.name, wrong)
    assert not desk.settings.is_changed(one.name)


def test_an_unknown_choice_is_refused(desk: Desk) -> None:
    with pytest.raises(BadSetting):
        desk.settings.value("colour")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_choice_is_said(language: str) -> None:
    catalogue.use(language, paths.resources() / "i18n")
    for one in OPTIONS:
        assert one.section in SECTIONS
        said = {settings.label(one.name), settings.effect(one.name), settings.also(one.name)}
        assert all(said)
        assert len(said) == 3
        for value in one.values or ([one.default] if one.default else []):
            assert settings.value(one.name, value) not in {"", value}, "a word of the program"


def test_choices_are_found_without_accents_and_by_other_words() -> None:
    catalogue.use("fr", paths.resources() / "i18n")

    def found(typed: str) -> set[str]:
        return {one.name for one in OPTIONS if settings.matches(one.name, typed)}

    assert "theme" in found("THEME sombre")
    assert "letters" in found("raccourcis")
    assert "language" in found("anglais")
    assert {"retention"} == found("anciennete")
    assert found("zzz") == set()


def test_addresses_of_inside_are_allowed_at_once(desk: Desk) -> None:
    assert not desk._house.client()._limits.allow_private
    desk.settings.choose("private", "on")
    assert desk._house.client()._limits.allow_private


def test_the_service_stays_when_the_name_changes(desk: Desk) -> None:
    desk.introduce("Anne", service="Presse")
    desk.introduce("Anne Roy")
    assert desk.settings.value("service") == "Presse"
    desk.settings.choose("name", "Anne")
    assert (desk.name(), desk.settings.value("service")) == ("Anne", "Presse")


def test_what_the_window_wrote_is_left_as_it_is(tmp_path: Path) -> None:
    place = paths.ProfilePaths(tmp_path)
    written = '[General]\nview=inbox\ngeometry="@ByteArray(\\x1\\xd9\\n)"\n\n[keys]\nclip=Ctrl+B\npaste=\n'
    window_file.path(place).write_text(written, encoding="utf-8")
    window_file.set_word(place, "theme", "dark")
    window_file.set_word(place, "theme", "light")
    assert window_file.words(place)["theme"] == "light"
    window_file.set_word(place, "theme", "")
    assert window_file.path(place).read_text(encoding="utf-8") == written
    assert window_file.keys(place) == 1


@pytest.mark.parametrize(
    ("told", "spoken"),
    [
        ({"LANG": "C.UTF-8", "LANGUAGE": "fr"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en_GB:fr"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "de:en:fr"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C", "LANGUAGE": ""}, "en"),
        ({"LANGUAGE": "en", "VEILLE_LANG": "fr"}, "fr"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE"}, "fr"),
    ],
)
def test_the_language_is_that_of_the_person(
    told: dict[str, str], spoken: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VEILLE_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(catalogue.locale, "getlocale", lambda: (None, None))
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert catalogue.choose(None) == spoken
    assert catalogue.choose("en", "fr") == "en"
    catalogue.use(catalogue.choose(None), paths.resources() / "i18n")
    named = desk.intake.folder(clipping.folders()).name
    assert named == {"fr": "À clipper", "en": "To clip"}[spoken]


def run(profile: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore", "LANG": "fr_FR"}
    for name in ("VEILLE_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "veille", "--profile", str(profile), *words],
        capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
        cwd=Path(__file__).resolve().parents[2], timeout=90,
    )  # fmt: skip


def test_the_command_line_reads_and_makes_choices(tmp_path: Path) -> None:
    assert run(tmp_path / "p", "settings", "language", "en").returncode == 0
    refused = run(tmp_path / "p", "settings", "retention", "0")
    assert refused.returncode == 1
    assert "Choose among: 1–3" in refused.stderr, "in English from now on"
    items = json.loads(run(tmp_path / "p", "settings", "--json").stdout)["items"]
    assert [one["name"] for one in items] == [one.name for one in OPTIONS]
    assert [one["name"] for one in items if one["changed"]] == ["language"]
    made = run(tmp_path / "p", "support", str(tmp_path / "a.zip"), "--json")
    assert json.loads(made.stdout)["file"] == str(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").stat().st_size > 500
    assert option("language").values == ("system", "fr", "en")
