"""Bookmarks of browsers and services: folders, tags, what is no page, what a stranger writes."""

from __future__ import annotations

import pytest

from veille.capture import bookmarks
from veille.domain.errors import TooLarge

HEAD = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks Menu</H1>\n"
FIREFOX = (
    HEAD
    + """<DL><p>
    <DT><A HREF="https://valmont.example/accueil" TAGS="mairie,élus">Mairie &amp; élus</A>
    <DD>Le site de la mairie
    <DT><H3 ADD_DATE="1" PERSONAL_TOOLBAR_FOLDER="true">Barre personnelle</H3>
    <DL><p>
        <DT><H3>Presse</H3>
        <DL><p>
            <DT><H3>Locale</H3>
            <DL><p>
                <DT><A HREF="https://courrier.example/crue" ICON="data:image/png;base64,AAAA">Crue</A>
            </DL><p>
            <DT><A HREF="https://gazette.example/">La Gazette</A>
            <HR>
        </DL><p>
        <DT><A HREF="javascript:void(0)">Clipper</A>
    </DL><p>
    <DT><A HREF="place:sort=8">Récents</A>
    <DT><A HREF="https://courrier.example/crue?utm_source=x">Crue encore</A>
    <DT><A>Rien</A>
</DL>
"""
)


def test_folders_are_kept_and_those_of_the_browser_are_not() -> None:
    found = bookmarks.read(FIREFOX.encode())
    assert [(one.title, one.folders) for one in found if not one.problem] == [
        ("Mairie & élus", ()),
        ("Crue", ("Presse", "Locale")),
        ("La Gazette", ("Presse",)),
    ]


def test_words_that_people_added_are_kept() -> None:
    assert bookmarks.read(FIREFOX.encode())[0].tags == ("mairie", "élus")


def test_what_is_no_page_is_a_line_with_its_reason() -> None:
    found = bookmarks.read(FIREFOX.encode())
    assert [(one.number, one.problem) for one in found if one.problem] == [
        (4, "not_web"), (5, "not_web"), (6, "repeated"), (7, "no_address"),
    ]  # fmt: skip


def test_a_list_of_a_service_is_one_too() -> None:
    pocket = """<html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>
    <li><a href="https://a.example/1" time_added="1" tags="eau">Un</a></li></ul></body></html>"""
    assert bookmarks.is_list(pocket.encode())
    assert [(one.url, one.tags) for one in bookmarks.read(pocket.encode())] == [
        ("https://a.example/1", ("eau",))
    ]


def test_a_page_is_no_list() -> None:
    page = b"<!doctype html><title>Bookmarks</title><dl><dt><a href='https://a.example'>A</a></dl>"
    assert not bookmarks.is_list(page)
    assert bookmarks.is_list(FIREFOX.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_it_is_read_in_the_letters_it_was_written_in(encoding: str) -> None:
    assert bookmarks.read(FIREFOX.encode(encoding))[0].title == "Mairie & élus"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00" * 64, b"<DL>" * 5_000, b"</DL>" * 50 + b"<A HREF=https://a.example>x",
        HEAD.encode() + b"<DL><p><DT><H3>" + b"x" * 100_000,
        HEAD.encode() + b"<DT><A HREF='https://[' >x</A><DT><A HREF='https://a.example:99999/'>y</A>",
    ],
    ids=["nothing", "zeros", "deep", "closed too often", "never closed", "bad addresses"],
)  # fmt: skip
def test_a_list_that_a_stranger_wrote_never_raises(data: bytes) -> None:
    found = bookmarks.read(data)
    assert all(len(one.folders) <= 10 and len(one.title) <= 300 for one in found)
    assert all(one.problem or one.url.startswith("https://a.example") for one in found)


def test_controls_never_come_in() -> None:
    told = (
        HEAD + "<DL><DT><H3>Pre\x1b[31msse</H3><DL><DT><A HREF='https://a.example'>U\u202en\x07</A>"
    )
    found = bookmarks.read(told.encode())[0]
    assert "\x1b" not in found.folders[0]
    assert "\x07" not in found.title


def test_a_bomb_of_tags_is_refused() -> None:
    with pytest.raises(TooLarge):
        bookmarks.read(b"<p>" * 400_000, path="x.html")
