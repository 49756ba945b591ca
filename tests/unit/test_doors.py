"""Doors: what each kind of thing becomes when it comes in, good, broken, huge or hostile."""

from __future__ import annotations

import base64
import plistlib
from email.message import EmailMessage
from pathlib import Path
from random import Random

import pytest

from tests.story.test_clip_web import png
from veille.capture import door, link, newsletter, pages, paste, pictures
from veille.capture.caught import Caught
from veille.domain.errors import (
    BadAddress,
    EmptyInput,
    FileUnreadable,
    TooLarge,
    UnknownFormat,
    VeilleError,
)

LIMIT = 30_000_000
BODY = "<p>Le conseil a voté le budget des écoles. </p>" * 4
PAGE = f"<html><head><title>Le budget</title></head><body><h1>Le budget</h1>{BODY}</body></html>"


def one(data: bytes, name: str) -> Caught:
    (caught,) = door.open_bytes(data, name=name, limit=LIMIT)
    return caught


def mhtml(*, line: str = "\r\n", broken: bool = False) -> bytes:
    picture = base64.b64encode(png(3, 2)).decode()
    page = PAGE.replace("<h1>", '<img src="cid:photo@x"><img src="/logo.png"><h1>')
    head = ["From: <Saved by Blink>", "Snapshot-Content-Location: https://site.example/a/budget",
            "Subject: =?utf-8?Q?Le_budget_vot=C3=A9?=", "MIME-Version: 1.0",
            'Content-Type: multipart/related; type="text/html"; boundary="----B--"', ""]  # fmt: skip
    if broken:
        head.insert(2, "X-Title: cut\nin two, without a space")
    parts = [
        "------B--", "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: 8bit", "Content-Location: https://site.example/a/budget", "",
        page, "------B--", "Content-Type: image/png", "Content-Transfer-Encoding: base64",
        "Content-ID: <photo@x>", "", picture, "------B--", "Content-Type: image/png",
        "Content-Transfer-Encoding: base64", "Content-Location: https://site.example/logo.png",
        "", picture, "------B----", "",
    ]  # fmt: skip
    return line.join([*head, *parts]).encode()


def mail(html: str = "", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = headers.get("subject", "Alerte : crue à Valmont")
    message["From"] = headers.get("sender", "Jeanne Élan <jeanne@exemple.fr>")
    message["Date"] = headers.get("date", "Tue, 03 Mar 2026 23:30:00 +0100")
    message.set_content("Bonjour,\n\nLa crue a atteint les quais.\n")
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_web_archive_brings_its_pictures() -> None:
    for data in (mhtml(), mhtml(line="\n"), mhtml(broken=True)):
        caught = one(data, "page.mhtml")
        assert caught.kind == "html"
        assert b"budget des \xc3\xa9coles" in caught.data
        if caught.url:
            assert caught.url == "https://site.example/a/budget"
            assert caught.title in {"Le budget voté", ""}
            assert set(caught.files.values()) == {png(3, 2)}
            assert "https://site.example/logo.png" in caught.files
            assert b"cid:" not in caught.data


def test_a_single_file_page_knows_where_it_comes_from() -> None:
    inside = base64.b64encode(png(2, 2)).decode()
    page = (
        "<html><!--\n Page saved with SingleFile \n url: https://site.example/budget \n saved date:"
        f' Tue --><body><img src="data:image/png;base64,{inside}">{BODY}</body></html>'
    )
    caught = one(page.encode(), "page.html")
    assert caught.url == "https://site.example/budget"
    assert list(caught.files.values()) == [png(2, 2)]
    assert b"data:image" not in caught.data
    saved = f"<!-- saved from url=(0031)https://site.example/b -->{PAGE}"
    assert one(saved.encode(), "b.htm").url == "https://site.example/b"


def test_a_complete_page_brings_its_folder_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "Le budget_fichiers"
    folder.mkdir()
    (folder / "photo.png").write_bytes(png(4, 4))
    (tmp_path / "secret.png").write_bytes(png(5, 5))
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    sources = ("Le%20budget_fichiers/photo.png", "secret.png", "Le budget_fichiers/../secret.png",
               "Le budget_fichiers/out.png", "/etc/passwd", "file:///etc/passwd")  # fmt: skip
    images = "".join(f'<img src="{one}">' for one in sources)
    page = tmp_path / "Le budget.html"
    page.write_text(PAGE.replace("<h1>", images + "<h1>"), encoding="utf-8")
    (caught,) = door.open_file(page, limit=LIMIT)
    assert list(caught.files.values()) == [png(4, 4)]
    assert door.companions(page) == [folder]


def test_a_mail_says_who_and_when_and_a_newsletter_what_it_points_to() -> None:
    html = (
        '<h2><a href="https://www.google.com/url?rct=j&q=x&url=https://site.example/crue-valmont">'
        "La crue de la Lys surprend Valmont</a></h2>"
        '<p><a href="https://t.example/c?u=1&url=https%3A%2F%2Fsite.example%2Fecoles">'
        "Cantines : ce qui change à la rentrée pour les familles</a></p>"
        '<a href="https://site.example/x">Se désabonner de cette lettre d\'information</a>'
        '<a href="https://site.example/y">Voir cette lettre dans votre navigateur</a>'
        '<a href="javascript:alert(1)">Un lien qui ne mène nulle part du tout</a>'
    )
    caught = one(mail(html).as_bytes(), "alerte.eml")
    assert (caught.title, caught.said) == (
        "Alerte : crue à Valmont",
        {"author": "Jeanne Élan", "published": "2026-03-03"},
    )
    assert [(x.title, x.url) for x in caught.inside] == [
        ("La crue de la Lys surprend Valmont", "https://site.example/crue-valmont"),
        ("Cantines : ce qui change à la rentrée pour les familles", "https://site.example/ecoles"),
    ]
    message = mail(date="hier soir", sender="Lettre <l@x.fr>")
    message["List-Unsubscribe"] = "<https://x.fr/u>"
    assert one(message.as_bytes(), "l.eml").said == {"source": "Lettre"}
    assert newsletter.unwrapped("https://a.example/r?url=javascript:x") == (
        "https://a.example/r?url=javascript:x"
    )


def test_what_is_forwarded_is_what_matters_and_a_mailbox_holds_several() -> None:
    outer = mail(subject="TR: à lire")
    outer.set_content("Pour info.")
    outer.add_attachment(mail(f"<div>{BODY}</div>", subject="Le budget"))
    outer.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="Note.pdf")
    found = door.open_bytes(outer.as_bytes(), name="tr.eml", limit=LIMIT)
    assert [(x.kind, x.title) for x in found] == [("html", "Le budget"), ("pdf", "Note")]
    box = b"".join(
        b"From x@y Tue Mar  3 10:00:00 2026\n" + mail(subject=f"N° {n}").as_bytes() + b"\n"
        for n in range(3)
    )
    assert [x.title for x in door.open_bytes(box, name="b.mbox", limit=LIMIT)] == [
        "N° 0", "N° 1", "N° 2",
    ]  # fmt: skip


def test_shortcuts_are_addresses() -> None:
    url = "https://site.example/a"
    files = {
        "a.url": f"[InternetShortcut]\r\nURL={url}\r\n".encode(),
        "a.webloc": plistlib.dumps({"URL": url}),
        "b.webloc": plistlib.dumps({"URL": url}, fmt=plistlib.FMT_BINARY),
        "a.desktop": f"[Desktop Entry]\nType=Link\nName=Un titre\nURL={url}\n".encode(),
    }
    for name, data in files.items():
        caught = one(data, name)
        assert (caught.kind, caught.url) == ("address", url)
    assert one(files["a.desktop"], "a.desktop").title == "Un titre"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><plist><dict/></plist>'
    for data in (bomb, b"[InternetShortcut]\n", b"bplist00garbage"):
        with pytest.raises(FileUnreadable):
            one(data, "x.webloc")


def test_what_is_pasted_is_taken_in_its_richest_form() -> None:
    windows = (
        "Version:0.9\r\nStartHTML:00\r\nEndHTML:00\r\nStartFragment:00\r\nEndFragment:00\r\n"
        f"SourceURL:https://site.example/a\r\n<html><body><!--StartFragment-->{BODY}"
        "<!--EndFragment--></body></html>"
    )
    (caught,) = paste.from_mime({"text/html": windows.encode(), "text/plain": b"x"})
    assert (caught.kind, caught.url) == ("html", "https://site.example/a")
    assert caught.data.startswith(b"<p>Le conseil")
    (utf16,) = paste.from_mime({"text/html": BODY.encode("utf-16-le")})
    assert "voté".encode() in utf16.data
    moz = "https://site.example/é\nUn titre".encode("utf-16-le")
    (dragged,) = paste.from_mime(
        {"text/x-moz-url": moz, "text/html": b'<a href="https://site.example/">Un titre</a>'}
    )
    assert (dragged.kind, dragged.title) == ("address", "Un titre")
    several = paste.from_mime({"text/plain": b"https://a.example/1\nhttps://a.example/2\n"})
    assert [x.url for x in several] == ["https://a.example/1", "https://a.example/2"]
    (text,) = paste.from_mime({"text/plain": "Une phrase copiée.".encode()})
    assert text.kind == "text"
    (picture,) = paste.from_mime({"image/png": png(2, 2)})
    assert picture.kind == "image"
    assert paste.from_mime({}) == paste.from_mime({"text/plain": b" "}) == []


def test_pictures_are_made_to_fit_and_bombs_refused() -> None:
    assert pictures.fit(png(10, 10)) == png(10, 10), "what fits stays as it came"
    shrunk = pictures.fit(png(3_000, 20))
    assert shrunk != b""
    assert shrunk != png(3_000, 20)
    assert pictures.fit(png(60_000, 60_000, rows=b"\x00" * 100)) == b"", "3.6 billion points"
    for odd in (b"", b"GIF89a", b"<svg onload=x>", png(10, 10)[:40], b"%PDF"):
        assert pictures.fit(odd) == b""


def test_an_address_of_ours_asks_and_no_more() -> None:
    asked = link.read("veille:clip?url=https%3A%2F%2Fsite.example%2Fa&text=Une%20phrase%00")
    assert (asked.wish, asked.url, asked.words) == ("clip", "https://site.example/a", "Une phrase")
    assert link.read("veille://a-0123456789abcdef").thing == "a-0123456789abcdef"
    for bad in ("veille:", "veille:clip?url=file:///etc/passwd", "veille:rm", "http://x",
                "veille:clip?url=" + "x" * 9_000, "veille:clip", "veille://[x"):  # fmt: skip
        with pytest.raises(BadAddress):
            link.read(bad)


def test_what_makes_no_sense_is_refused_in_time() -> None:
    with pytest.raises(EmptyInput):
        one(b"  \n", "x.html")
    with pytest.raises(TooLarge):
        door.open_bytes(b"x" * 100, name="x.txt", limit=99)
    with pytest.raises(UnknownFormat):
        one(b"MZ\x90\x00", "x.exe")
    huge = [
        (b"x" * 10_000_000, "x.txt"),
        (b"<div>" * 200_000, "x.html"),
        (b"<img src='data:image/png;base64,AAAAAAAAAAAAAAAAAAAA'>" * 100_000, "x.html"),
        (b"Content-Type: multipart/mixed; boundary=b\nSubject: x\nFrom: x\nTo: y\n\n"
         + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 2_000, "x.eml"),
    ]  # fmt: skip
    for data, name in huge:
        try:
            assert door.open_bytes(data, name=name, limit=LIMIT)
        except VeilleError:
            continue


def test_no_mutation_of_a_file_breaks_a_door() -> None:
    chance = Random(5)
    seeds = [(mhtml(), "a.mhtml"), (mail("<p>x</p>").as_bytes(), "a.eml"), (PAGE.encode(), "a.html"),
             (plistlib.dumps({"URL": "https://x.example"}), "a.webloc"), (png(3, 3), "a.png"),
             (b"[InternetShortcut]\nURL=https://x.example", "a.url")]  # fmt: skip
    for _turn in range(400):
        data, name = chance.choice(seeds)
        broken = bytearray(data)
        for _hit in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if chance.random() < 0.3:
            del broken[chance.randrange(len(broken)) :]
        try:
            for caught in door.open_bytes(bytes(broken) or b"x", name=name, limit=LIMIT):
                assert caught.kind in {"html", "text", "pdf", "image", "address"}
        except VeilleError:
            continue


def test_a_picture_has_an_address_that_can_never_be_fetched() -> None:
    assert pages.address_of(b"x").startswith("https://veille.invalid/")
