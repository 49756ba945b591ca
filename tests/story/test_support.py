"""The support file: what a helper needs, and no word of what somebody reads, writes or follows."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from veille.desk import doctoring, support
from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.domain.errors import ShareUnavailable, StoreDamaged, VeilleError
from veille.sentences import support as sentences
from veille.worker import serve

# Words that stand nowhere in the program; each is planted in a place of its own.
PLANTED = [f"zq{one}" for one in (
    "title", "text", "author", "site", "path", "source", "theme", "dossier", "speaker", "role", "comment",
    "person", "service", "search", "feed", "folder", "space", "share", "watched", "templates", "pattern",
    "wanted", "crash", "draft", "words",
)]  # fmt: skip


def plant(desk: Desk, folder: Path) -> None:
    desk.introduce("Zqperson", service="Zqservice")
    page = folder / "zqpath.html"
    page.write_text(
        "<!doctype html><html lang=fr><head><title>Zqtitle</title>"
        "<meta name=author content='Zqauthor Roy'></head><body><article><h1>Zqtitle</h1>"
        + "".join(
            f"<p>Le zqtext de la ville avance avec les habitants du quartier numéro {turn}.</p>"
            for turn in range(20)
        )
        + "</article></body></html>",
        encoding="utf-8",
    )
    clipped = desk.clip(
        str(page),
        ClipOptions(url="https://zqsite.example/zqpath", source="Zqsource", title="Zqtitle"),
    )
    desk.tag([clipped.id], add=["Zqtheme"])
    desk.add_to_dossier(desk.new_dossier("Zqdossier"), [clipped.id])
    desk.quote(
        clipped.id, "zqtext de la ville", speaker="Zqspeaker", role="zqrole", comment="zqcomment"
    )
    note = desk.new_note("Zqdraft", "Zqwords")
    desk.save_search("Zqsearch", "zqwanted")
    feed = desk.feeds.follow(
        "https://zqfeed.example/zqpath", said={"title": "Zqfeed", "folder": "Zqfolder"}
    )
    assert feed
    (folder / "zqshare").mkdir()
    space = desk.create_space("Zqspace", str(folder / "zqshare"), full_text=False)
    desk.share([note], space.id)
    desk.sync()
    desk.settings.choose("watched", str(folder / "zqwatched"))
    desk.settings.choose("templates", str(folder / "zqtemplates"))
    desk.settings.choose("citation", "{quote} {author} {source} zqpattern")
    desk.drain()


def members(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as made:
        return {name: made.read(name).decode() for name in made.namelist()}


def test_no_planted_word_leaves_in_the_log_nor_in_the_file(desk: Desk, tmp_path: Path) -> None:
    plant(desk, tmp_path)
    for line in (
        '{"id": 1, "do": "examine", "folder": "/zqwords"}',
        '{"id": 2, "do": "zqwords"}',
        "zqwords",
    ):
        serve._answer(desk, serve.TASKS["share"], line)
    desk.log.failed(RuntimeError("zqcrash"), "window")
    with pytest.raises(VeilleError):
        desk.resolve("zqcrash zqwords")
    facts = desk.support.gather(language="fr")
    file = desk.support.write(facts, sentences.told(facts), name=sentences.file_name())
    read = members(file)
    assert set(read) == {"read-me.txt", "figures.json", "veille.log"}
    everything = "\n".join([*read.values(), desk.log.text(), *sentences.inside(facts)]).lower()
    memory = desk.paths.database.read_bytes().lower() + desk.paths.database.with_suffix(
        ".sqlite-wal").read_bytes().lower()  # fmt: skip
    planted = [one for one in PLANTED if one.encode() in memory]
    assert len(planted) >= 20, "most words are really in the memory"
    assert [one for one in PLANTED if one in everything] == []
    for place in (tmp_path, Path.home(), desk.paths.root):
        assert str(place).lower() not in everything
    assert not any(one.id.lower() in everything for one in desk.spaces())


def test_the_figures_are_those_of_the_memory(desk: Desk, tmp_path: Path) -> None:
    plant(desk, tmp_path)
    facts = desk.support.gather(language="en")
    assert facts.kinds["article"] == 1
    assert facts.kinds["note"] == 1
    assert facts.sources == {"new": 1}
    assert (
        facts.settings["watched"]
        == facts.settings["name"]
        == facts.settings["citation"]
        == "changed"
    )
    assert (facts.settings["theme"], facts.settings["retention"]) == ("system", "90")
    assert facts.problems == {}
    assert facts.sizes["database"] > 10_000
    personal, shared = facts.spaces
    assert (personal.where, personal.verdict) == ("personal", "")
    assert (shared.where, shared.full_text) == ("folder", False)
    assert {what for what, _verdict, _figure in shared.findings} >= {"list", "create", "delay"}
    assert json.loads(json.dumps(support.document(facts)))["kinds"]["article"] == 1
    told = sentences.told(facts)
    assert "My name: chosen" in told
    assert "Files can be created and read back." in told


def test_a_folder_that_hangs_is_told_as_silent(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(desk, tmp_path)
    held = threading.Event()

    def hang(*_all: object) -> object:
        held.wait(20)
        raise ShareUnavailable(folder="zqshare")

    monkeypatch.setattr(doctoring, "examine", hang)
    facts = desk.support.gather(language="en", patience=0.05)
    held.set()
    assert facts.spaces[1].verdict == support.SILENT
    assert "The folder did not answer in time." in sentences.told(facts)


def test_a_folder_that_is_gone_is_told_as_such(desk: Desk, tmp_path: Path) -> None:
    plant(desk, tmp_path)
    (tmp_path / "zqshare").rename(tmp_path / "elsewhere")
    facts = desk.support.gather(language="en")
    assert facts.spaces[1].verdict in {"bad", "ShareUnavailable"}
    assert "zqshare" not in sentences.told(facts)


def test_the_newest_files_are_kept(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk("p")
    facts = desk.support.gather(language="en")
    for turn in range(5):
        later = support.replace(facts, at=facts.at + turn * 1_000)
        newest = desk.support.write(later, "told", name="read-me.txt")
    kept = sorted((desk.paths.root / "support").iterdir())
    assert len(kept) == 3
    assert kept[-1] == newest
    chosen = desk.support.write(facts, "told", name="read-me.txt", file=tmp_path / "mine.zip")
    assert members(chosen)["read-me.txt"] == "told"


def test_a_memory_that_does_not_open_has_its_file_too(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk("p")
    desk.introduce("Zqperson")
    desk.log.failed(RuntimeError("zqcrash"), "window")
    place = desk.paths
    desk.close()
    place.database.write_bytes(b"zqwords" * 5_000)
    with pytest.raises(StoreDamaged) as told:
        Desk.open(str(place.root))
    facts = support.of_a_closed_memory(place, told.value, at=1_795_000_000_000, language="en")
    file = support.written(place, facts, sentences.told(facts), name="read-me.txt")
    read = members(file)
    assert "Differences were found: StoreDamaged: 1" in read["read-me.txt"]
    assert "crashed window" in read["veille.log"]
    assert "zq" not in "".join(read.values()).lower()
