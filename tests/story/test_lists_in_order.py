"""What bears a name is listed as a dictionary lists it, wherever the names come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from veille.desk.desk import Desk

NAMES = ("Eau", "Élus", "énergie", "N° 9", "n° 10", "œuvres", "Ozone", "Zones")
MIXED = (NAMES[4], NAMES[7], NAMES[1], NAMES[5], NAMES[0], NAMES[6], NAMES[3], NAMES[2])


def searches(desk: Desk, _folder: Path) -> list[str]:
    for name in MIXED:
        desk.save_search(name, "eau")
    return [one.title for one in desk.saved_searches()]


def sources(desk: Desk, _folder: Path) -> list[str]:
    for number, name in enumerate(MIXED):
        desk.feeds.follow(f"https://s{number}.example/feed", said={"title": name})
    return [one.title for one in desk.feeds.listed()]


def folders(desk: Desk, _folder: Path) -> list[str]:
    for number, name in enumerate(MIXED):
        url = f"https://s{number}.example/feed"
        desk.feeds.follow(url, said={"title": "Une source", "folder": name})
    return [one.folder for one in desk.feeds.listed()]


def themes(desk: Desk, _folder: Path) -> list[str]:
    for name in MIXED:
        desk.themes.add(name)
    return [one.label for one in desk.themes.listed()]


def free_themes(desk: Desk, _folder: Path) -> list[str]:
    note = desk.new_note("Une note", "x")
    desk.tag([note], add=list(MIXED))
    return [one.label for one in desk.themes.listed()]


def dossiers(desk: Desk, _folder: Path) -> list[str]:
    note = desk.new_note("Une note", "x")
    for name in MIXED:
        desk.add_to_dossier(desk.new_dossier(name), [note])
    return [one.title for one in desk.read(note).dossiers]


def spaces(desk: Desk, folder: Path) -> list[str]:
    for name in MIXED:
        (folder / name).mkdir()
        desk.create_space(name, str(folder / name), full_text=False)
    return [one.name for one in desk.spaces() if not one.personal]


@pytest.mark.parametrize(
    "listed",
    [searches, sources, folders, themes, free_themes, dossiers, spaces],
    ids=lambda one: one.__name__,
)
def test_names_are_in_the_order_of_a_dictionary(
    listed: Callable[[Desk, Path], list[str]], desk: Desk, tmp_path: Path
) -> None:
    assert listed(desk, tmp_path) == list(NAMES)
