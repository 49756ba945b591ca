"""What people bring along: bookmarks and saved pages become articles, filed, taken back at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Site
from veille.cli.app import run
from veille.desk.bringing import Item
from veille.desk.desk import Desk
from veille.domain.errors import FileUnreadable
from veille.domain.views import Filter

ARTICLES = Filter(kinds=("article",))
DOSSIERS = Filter(kinds=("dossier",))


def bookmarks(folder: Path, *lines: str) -> str:
    path = folder / "favoris.html"
    told = "\n".join(lines)
    path.write_text(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>{told}</DL>", encoding="utf-8")
    return str(path)


def in_folder(name: str, *addresses: str) -> str:
    inside = "".join(f'<DT><A HREF="{one}">{one[-8:]}</A>' for one in addresses)
    return f"<DT><H3>{name}</H3><DL><p>{inside}</DL><p>"


def filed(desk: Desk, title: str) -> list[str]:
    rows = desk.rows(desk.ids(Filter(dossier=desk.resolve(title, kind="dossier"))))
    return sorted(row.text("url") for row in rows)


def test_each_folder_becomes_a_dossier_and_nothing_waits_to_be_sorted(
    desk: Desk, tmp_path: Path
) -> None:
    desk.new_dossier("Presse")
    path = bookmarks(
        tmp_path,
        in_folder("presse", "https://a.example/un", "https://a.example/deux"),
        in_folder("Inondations", "https://b.example/crue"),
        '<DT><A HREF="javascript:alert(1)">Outil</A>',
    )
    found = desk.bringing.look(path)
    brought = desk.bringing.take(found.items)
    assert found.kind == "bookmarks"
    assert [one.problem for one in brought.lines] == ["", "", "", "not_web"]
    assert filed(desk, "Presse") == ["https://a.example/deux", "https://a.example/un"]
    assert filed(desk, "Inondations") == ["https://b.example/crue"]
    assert desk.count(DOSSIERS) == 2, "the dossier that was there took what bears its name"
    assert desk.count(Filter(kinds=("article",), states=("kept",))) == 3
    assert {one.article for one in desk.pending()} == {
        one.article for one in brought.lines if one.article
    }


def test_however_many_slices_one_gesture_takes_all_of_it_back(
    desk: Desk, tmp_path: Path, site: Site
) -> None:
    before = desk.begin_clip("https://a.example/3").id
    addresses = [f"https://a.example/{number}" for number in range(9)]
    items = desk.bringing.look(bookmarks(tmp_path, in_folder("Presse", *addresses))).items
    gesture = ""
    for start in range(0, 9, 2):
        gesture = desk.bringing.take(items[start : start + 2], gesture=gesture).changes.gesture
    assert desk.count(ARTICLES) == 9
    assert len(filed(desk, "Presse")) == 9
    desk.undo()
    assert desk.ids(ARTICLES) == [before], "what was here before stays"
    assert desk.count(DOSSIERS) == 0
    gone = next(one.article for one in desk.pending() if one.article != before)
    desk.fetch(gone)
    assert gone not in {one.article for one in desk.pending()}
    assert site.seen == [], "nobody asks the web for what was taken back"


def test_folders_may_be_themes_and_words_of_the_list_are_themes_too(
    desk: Desk, tmp_path: Path
) -> None:
    tagged = '<DT><A HREF="https://a.example/x" TAGS="eau,crue">X</A>'
    path = bookmarks(tmp_path, in_folder("Presse, locale", "https://a.example/un"), tagged)
    desk.bringing.take(desk.bringing.look(path).items, into="theme")
    tags = {row.text("url"): set(row.tags) for row in desk.rows(desk.ids(ARTICLES))}
    assert tags == {
        "https://a.example/un": {"Presse locale"},
        "https://a.example/x": {"eau", "crue"},
    }
    assert desk.count(DOSSIERS) == 0


def test_a_page_says_its_own_title_once_it_is_read(
    desk: Desk, site: Site, tmp_path: Path, article_html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk._house, "limits", type(desk._house.limits)(allow_private=True))
    url = site.page("/article", article_html.encode())
    path = bookmarks(tmp_path, f'<DT><A HREF="{url}">à lire !!</A>')
    made = desk.bringing.take(desk.bringing.look(path).items).lines[0].article
    assert desk.title(made) == "à lire !!"
    desk.finish_clip(made)
    assert desk.title(made) != "à lire !!"
    assert desk.rows([made])[0].verdict == "complete"


def test_a_folder_of_saved_pages_keeps_its_folders(
    desk: Desk, tmp_path: Path, article_html: str
) -> None:
    root = tmp_path / "saved"
    (root / "Crue" / "page_files").mkdir(parents=True)
    (root / "Crue" / "page.html").write_text(article_html, encoding="utf-8")
    (root / "Crue" / "page_files" / "frame.html").write_text("<p>ad</p>", encoding="utf-8")
    (root / ".trash").mkdir()
    (root / ".trash" / "old.html").write_text(article_html, encoding="utf-8")
    (root / "raccourci.url").write_text("[InternetShortcut]\nURL=https://c.example/x\n")
    (root / "vide.html").write_bytes(b"")
    (root / "photo.raw").write_bytes(b"\x00")
    found = desk.bringing.look(str(root))
    assert [(Path(one.where).name, one.folders) for one in found.items] == [
        ("raccourci.url", ()), ("vide.html", ()), ("page.html", ("Crue",)),
    ]  # fmt: skip
    brought = desk.bringing.take(found.items)
    assert [one.problem for one in brought.lines] == ["", "EmptyInput", ""]
    page = brought.lines[2].article
    desk.finish_clip(page)
    assert desk.ids(Filter(dossier=desk.resolve("Crue", kind="dossier"))) == [page]
    desk.undo()
    assert desk.count(ARTICLES) == 0


def test_what_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        desk.bringing.look(str(tmp_path / "nothing.html"))
    taken = desk.bringing.take([Item("file", str(tmp_path / "gone.pdf"), "gone")])
    assert [one.problem for one in taken.lines] == ["FileUnreadable"]
    assert not taken.changes.gesture


def test_the_command_line_tells_each_line(
    open_desk: Callable[..., Desk], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    article_html: str,
) -> None:  # fmt: skip
    (tmp_path / "page.html").write_text(article_html, encoding="utf-8")
    opml = tmp_path / "list.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline xmlUrl="https://f.example/rss"/></body></opml>'
    )
    listed = bookmarks(
        tmp_path, in_folder("P", "https://a.example/1"), '<DT><A HREF="about:x">X</A>'
    )
    profile = str(tmp_path / "p")
    sources = [listed, str(opml), str(tmp_path / "page.html")]
    assert run(["--profile", profile, "import", *sources, "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert [(one["kind"], one["added"], one["problem"]) for one in told["items"]] == [
        ("page", True, ""), ("page", False, "not_web"), ("feed", True, ""), ("file", True, ""),
    ]  # fmt: skip
    assert told["waiting"] == 1, "the file was read at once, the page of the web waits"
    desk = open_desk("p")
    assert desk.rows([told["items"][3]["id"]])[0].verdict == "complete"
    assert len(desk.feeds.listed()) == 1
    assert run(["--profile", profile, "import", listed, "--format", "opml"]) == 1
    assert run(["--profile", profile, "import", listed, "--folders", "none"]) == 3
    assert "1 was here already, 1 line skipped" in capsys.readouterr().err
