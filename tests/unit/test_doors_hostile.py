"""The doors, each with good, broken, huge and hostile things. Fixtures are written here."""

from __future__ import annotations

import base64
import contextlib
import plistlib
import struct
import time
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.pdfs import EXPECTED, assembled, two_columns, write
from veille.capture import door, newsletter, paste, pdf
from veille.capture.caught import Caught
from veille.domain.errors import (
    BadAddress,
    EmptyInput,
    FileUnreadable,
    Locked,
    TooLarge,
    UnknownFormat,
    VeilleError,
)

LIMIT = 30_000_000
HEAD = ("From: Anne Roux <a@ville.example>\r\nTo: b@ville.example\r\nSubject: {}\r\n"
        "Date: Tue, 03 Mar 2026 23:30:00 +0100\r\nMIME-Version: 1.0\r\n")  # fmt: skip


def png(width: int, height: int) -> bytes:
    """Draw a grey picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PHOTO, OTHER, SPACER = png(40, 30), png(41, 30), png(1, 1)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def taken(data: bytes | str, name: str) -> list[Caught]:
    data = data.encode() if isinstance(data, str) else data
    return door.open_bytes(data, name=name, limit=LIMIT)


def one(data: bytes | str, name: str) -> Caught:
    (caught,) = taken(data, name)
    return caught


def mail(kind: str, body: str, *, subject: str = "Essai") -> str:
    return f"{HEAD.format(subject)}Content-Type: {kind}; charset=utf-8\r\n\r\n{body}"


def related(*parts: str, head: str = "") -> str:
    head = head or HEAD.format("Essai")
    return (head + 'Content-Type: multipart/related; boundary="b"; type="text/html"\r\n\r\n'
            + "".join(f"--b\r\n{one}\r\n" for one in parts) + "--b--\r\n")  # fmt: skip


def picture(data: bytes, header: str) -> str:
    return f"Content-Type: image/png\r\n{header}\r\nContent-Transfer-Encoding: base64\r\n\r\n{b64(data)}"


# --- pages -------------------------------------------------------------------------------------


def test_pictures_written_in_a_page_come_out_and_spacers_stay() -> None:
    page = (f'<html><img alt="a > b" src="data:image/png;base64,{b64(PHOTO)}">'
            f'<img src="data:image/png;base64,{b64(SPACER)}" srcset="https://s.example/p.jpg 800w">'
            f"<style>p{{background:url(data:image/png;base64,{b64(OTHER)})}}</style>")  # fmt: skip
    caught = one(page, "a.html")
    assert list(caught.files.values()) == [PHOTO]
    assert all(address.startswith("https://veille.invalid/") for address in caught.files)
    assert next(iter(caught.files)).encode() in caught.data
    assert b64(OTHER).encode() not in caught.data


def test_single_file_gives_shared_pictures_back() -> None:
    page = ("<html><!--\n Page saved with SingleFile \n url: https://s.example/a \n saved date: x\n-->"
            f'<style>:root{{--sf-img-3: url("data:image/png;base64,{b64(PHOTO)}")}}</style>'
            '<img src="data:image/svg+xml,<svg/>" style="background-image:var(--sf-img-3)!important">')  # fmt: skip
    caught = one(page, "a.html")
    assert caught.url == "https://s.example/a"
    assert list(caught.files.values()) == [PHOTO]


@pytest.mark.parametrize("where", ["file:///C:/a.htm", "about:blank", "javascript:alert(1)"])
def test_only_the_web_is_where_a_page_comes_from(where: str) -> None:
    assert one(f"<!-- saved from url=(0016){where} --><p>a b", "a.html").url == ""
    windows = f"Version:0.9\r\nSourceURL:{where}\r\n<html><!--StartFragment--><p>Deux mots<!--EndFragment-->"
    assert paste.from_mime({"text/html": windows.encode()})[0].url == ""


def test_a_complete_page_takes_from_its_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a_fichiers"
    folder.mkdir()
    (folder / "p.png").write_bytes(PHOTO)
    (tmp_path / "secret.png").write_bytes(OTHER)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "way").symlink_to(tmp_path)
    sources = ("a_fichiers/p.png", "./a_fichiers/p.png", "secret.png", "a_fichiers/../secret.png",
               "a_fichiers/link.png", "a_fichiers/way/secret.png", "/etc/passwd", "a_fichiers/\x00")  # fmt: skip
    page = tmp_path / "a.html"
    page.write_text("<p>x" + "".join(f'<img src="{one}">' for one in sources), encoding="utf-8")
    (caught,) = door.open_file(page, limit=LIMIT)
    assert list(caught.files.values()) == [PHOTO]
    assert door.open_file(page, limit=page.stat().st_size)[0].files, "room counts pictures once"


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "a.html")
    for path in (tmp_path / "a.html", tmp_path, tmp_path / "none.html", Path("/dev/zero")):
        with pytest.raises(FileUnreadable):
            door.open_file(path, limit=LIMIT)


# --- archives ----------------------------------------------------------------------------------

BLINK = ("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://s.example/a/b\r\n"
         "Subject: =?utf-8?Q?Le_budget_vot=C3=A9?=\r\nMIME-Version: 1.0\r\n")  # fmt: skip


def test_an_archive_brings_the_pictures_its_page_shows() -> None:
    page = ('Content-Type: text/html\r\nContent-Location: https://s.example/a/b\r\n\r\n<p>Texte'
            '<img src="cid:i@x"><img data-src="../p.png" src="https://s.example/1.gif">'
            '<img srcset="/q.png 800w, /r.png 2x"><img src="//other.example/absent.png">')  # fmt: skip
    data = related(page, picture(PHOTO, "Content-ID: <i@x>"),
                   picture(OTHER, "Content-Location: https://s.example/p.png"),
                   picture(PHOTO, "Content-Location: https://s.example/q.png"),
                   picture(SPACER, "Content-Location: https://s.example/1.gif"), head=BLINK)  # fmt: skip
    caught = one(data, "")
    assert (caught.kind, caught.url, caught.title) == (
        "html",
        "https://s.example/a/b",
        "Le budget voté",
    )
    assert {"https://s.example/p.png", "https://s.example/q.png"} < set(caught.files)
    assert len(caught.files) == 3
    assert b"cid:" not in caught.data


def test_old_archives_of_frames_give_the_frame_that_speaks() -> None:
    head = 'From: "Saved by Windows Internet Explorer 8"\r\nX-MimeOLE: x\r\nMIME-Version: 1.0\r\n'
    data = related(
        'Content-Type: text/html\r\nContent-Location: http://s.example/\r\n\r\n<frameset><frame src="m">',
        'Content-Type: text/html; charset="windows-1252"\r\nContent-Transfer-Encoding: quoted-printable'
        "\r\nContent-Location: http://s.example/m\r\n\r\n<p>La l=E9gende de la ville", head=head)  # fmt: skip
    assert "La légende".encode() in one(data, "a.mht").data


def test_a_mail_with_pictures_is_a_mail() -> None:
    data = related('Content-Type: text/html\r\n\r\n<p>Bonjour<img src="cid:i@x">',
                   picture(PHOTO, "Content-ID: <i@x>"))  # fmt: skip
    for name in ("a.eml", ""):
        caught = one(data, name)
        assert caught.said == {"author": "Anne Roux", "published": "2026-03-03"}
        assert list(caught.files.values()) == [PHOTO]


# --- mails -------------------------------------------------------------------------------------

OUTLOOK = ("Pour info.\r\n\r\n-----Message d'origine-----\r\nDe : Claire Dumas <c@ville.example>\r\n"
           "Envoyé : lundi 2 mars 2026 09:12\r\nÀ : Tous <t@ville.example>;\r\n autre@ville.example\r\n"
           "Objet : TR: Budget des écoles\r\n\r\nLe budget est voté.\r\n")  # fmt: skip
GMAIL = ("---------- Forwarded message ---------\r\nFrom: Claire Dumas <c@ville.example>\r\n"
         "Date: Mon, Mar 2, 2026 at 9:12 AM\r\nSubject: Budget des écoles\r\nTo: <t@v.example>\r\n\r\n"
         "Le budget est voté.\r\n")  # fmt: skip
APPLE = ("Début du message transféré :\r\n\r\n> De: Claire Dumas <c@ville.example>\r\n"
         "> Objet: Budget des écoles\r\n> Date: 2 mars 2026 à 09:12:00 UTC+1\r\n> À: t@v.example\r\n"
         ">\r\n> Le budget est voté.\r\n")  # fmt: skip


def as_html(text: str) -> str:
    from html import escape

    lines = (escape(line) for line in text.split("\r\n"))
    return (
        "<div>" + "<br>\r\n".join(f"<b>{x.replace(' : ', ' :</b> ', 1)}" for x in lines) + "</div>"
    )


@pytest.mark.parametrize("text", [OUTLOOK, GMAIL, APPLE, OUTLOOK + "\r\n" + "mots " * 200])
@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_what_is_forwarded_takes_the_place_of_the_mail_around_it(text: str, kind: str) -> None:
    body = as_html(text) if kind == "text/html" else text
    caught = one(mail(kind, body, subject="TR: Budget des écoles"), "a.eml")
    assert caught.title == "Budget des écoles"
    assert caught.said == {"author": "Claire Dumas", "published": "2026-03-02"}
    assert "budget est vot" in caught.data.decode()
    assert "Pour info" not in caught.data.decode()
    assert "Dumas" not in caught.data.decode()


@pytest.mark.parametrize(
    "text", ["mots " * 100 + "\r\n" + OUTLOOK, "De : nous, à : vous.\r\nRien d'autre.\r\n"]
)
def test_a_mail_that_says_things_itself_stays(text: str) -> None:
    assert one(mail("text/plain", text), "a.eml").said["author"] == "Anne Roux"
    assert one(mail("text/plain", OUTLOOK, subject="RE: Budget"), "a.eml").title == "RE: Budget"


def test_a_forward_inside_a_forward_gives_the_innermost() -> None:
    text = OUTLOOK.replace("Le budget est voté.", GMAIL.replace("Budget", "Vrai"))
    assert one(mail("text/plain", text, subject="Fwd: x"), "a.eml").title == "Vrai des écoles"


def test_attached_documents_come_along_and_names_have_no_folder() -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "A <a@x.example>", "PJ", "n'importe quoi"
    message.set_content("Voir les pièces.")
    for data, main, sub, name in (
        (b"%PDF-1.4 x", "application", "pdf", "../../Note.pdf"),
        (b"%PDF-1.4 x", "application", "octet-stream", "C:\\x\\Autre.PDF"),
        (b"MZ", "application", "octet-stream", "virus.exe"),
        (b"<h1>Un article</h1>", "text", "html", "page.html"),
    ):
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    found = taken(message.as_bytes(), "a.eml")
    assert [(x.kind, x.title) for x in found] == [
        ("text", "PJ"), ("pdf", "Note"), ("pdf", "Autre"), ("html", "page"),
    ]  # fmt: skip
    assert "published" not in found[0].said


def test_text_that_flows_is_put_together() -> None:
    text = "Une phrase \r\ncoupée en \r\ndeux.\r\nUne autre.\r\n"
    assert one(mail("text/plain; format=flowed", text), "a.eml").data.startswith(
        "Une phrase coupée en deux.\nUne autre.".encode()
    )
    joined = one(mail("text/plain; format=flowed; delsp=yes", "com \r\nmune\r\n"), "a.eml")
    assert joined.data.startswith(b"commune")


def test_a_mailbox_is_parted_where_mails_begin_only() -> None:
    one_mail = (
        HEAD.format("N") + "\r\nBonjour\r\n\r\nFrom there we went on in 2026\r\nau revoir\r\n\r\n"
    )
    box = f"From a@b Tue Mar  3 10:00:00 2026\r\n{one_mail}" * 3
    assert len(taken(box, "a.mbox")) == 3


@pytest.mark.parametrize(
    "subject", ["=?utf-8?b?w4l0w6k=?=", "=?iso-8859-1?q?=C9t=E9?=", "Été", "=?x-no?q?=C9t=E9?="]
)
def test_subjects_are_read_however_they_are_written(subject: str) -> None:
    assert one(mail("text/plain", "a", subject=subject), "a.eml").title == "Été"
    for odd in ("=?utf-8?b?%%%?=", "=?utf-8?q?=ZZ?=", "=?a\x00b?q?x?=", "=?" * 2_000):
        one(mail("text/plain", "a", subject=odd), "a.eml")


# --- newsletters -------------------------------------------------------------------------------


def found_in(html: str) -> list[tuple[str, str, str]]:
    return [(x.title, x.url, x.excerpt) for x in newsletter.links(html)]


def test_an_alert_gives_its_articles_with_what_is_said_below() -> None:
    def result(title: str, url: str) -> str:
        return (f'<tr><td><a href="https://www.google.com/url?rct=j&amp;sa=t&amp;url={url}&amp;ct=ga">'
                f"<span>{title}</span></a><div><span>Le Journal</span></div><div>Les habitants de la "
                "vallée ont passé la nuit dans le gymnase de la commune.</div></td></tr>")  # fmt: skip

    foot = ('<a href="https://www.google.com/alerts/feedback?ffu=x">Signaler comme non pertinent</a>'
            '<a href="https://www.google.com/alerts/remove?s=x">Se désabonner de cette alerte</a>')  # fmt: skip
    alone = result("La crue surprend la vallée", "https://s.example/crue")
    ((title, url, excerpt),) = found_in(f"<table>{alone}</table>{foot}")
    assert (title, url) == ("La crue surprend la vallée", "https://s.example/crue")
    assert excerpt.startswith("Les habitants de la vallée")
    assert (
        len(found_in(alone + result("Une autre nouvelle du jour", "https://s.example/2") + foot))
        == 2
    )


def test_titles_about_networks_are_titles_and_services_are_not() -> None:
    good = ["Facebook condamné pour ses cookies en Europe", "Instagram : les maires s'y mettent",
            "Vos préférences alimentaires changent avec les prix", "Privacy week : ce que dit la loi",
            "Conditions générales de vente : ce qui change pour les mairies",
            "Se désinscrire des listes électorales, mode d'emploi"][:5]  # fmt: skip
    bad = ["Se désabonner de cette lettre", "Pour vous désinscrire, cliquez ici", "Gérer mes préférences de réception",
           "Voir cette lettre dans votre navigateur", "View this email in your browser", "Politique de confidentialité du site",
           "Vous recevez ce message car vous êtes inscrit", "Suivez-nous sur les réseaux sociaux",
           "Partager cet article sur Facebook", "Update your email preferences here", "Mentions légales et crédits du site",
           "Si ce message ne s'affiche pas correctement"]  # fmt: skip
    page = "".join(
        f'<p><a href="https://s.example/{n}">{x}</a></p>' for n, x in enumerate(good + bad)
    )
    page += '<a href="https://www.facebook.com/sharer/sharer.php?u=https://s.example/0">Dire à tous ce que je lis</a>'
    assert [title for title, _url, _text in found_in(page)] == good


def test_counted_links_are_unwrapped_and_nothing_else_is() -> None:
    inner = "https%3A%2F%2Fs.example%2Fa%3Fb%3D1"
    for outer in (f"https://t.example/c?url={inner}", f"https://x.safelinks.example/?url=https%3A%2F%2Ft.example%2F%3Fu%3D{inner.replace('%', '%25')}"):  # fmt: skip
        assert newsletter.unwrapped(outer) == "https://s.example/a?b=1"
    for bad in ("javascript:alert(1)", "https://", "file:///x", "http://[x", "mailto:a@b"):
        assert newsletter.unwrapped(bad) == ""


# --- shortcuts, texts, pastes ------------------------------------------------------------------


def test_shortcuts_lead_to_the_web_or_nowhere() -> None:
    good = {
        "a.url": b"[DEFAULT]\nBASEURL=https://n.example\n[InternetShortcut]\r\nURL=https://s.example/a\r\n",
        "a.webloc": plistlib.dumps({"URL": "https://s.example/a"}),
        "b.webloc": plistlib.dumps({"URL": "https://s.example/a"}, fmt=plistlib.FMT_BINARY),
        "a.desktop": b"[Desktop Entry]\nType=Link\nURL[$e]=https://s.example/a\n",
    }
    for name, data in good.items():
        assert (one(data, name).kind, one(data, name).url) == ("address", "https://s.example/a")
    for bad in ("file:///C:/Windows/x.exe", "javascript:alert(1)", "\\\\server\\share\\x"):
        with pytest.raises(BadAddress):
            one(f"[InternetShortcut]\nURL={bad}\n", "a.url")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><plist><dict/></plist>'
    for data in (bomb, bomb.decode().encode("utf-16"), b"bplist00\xff", b"<plist><array>" * 9_000):
        with pytest.raises(FileUnreadable):
            one(data, "x.webloc")


def test_texts_are_words_lists_of_addresses_or_refused() -> None:
    assert [x.url for x in taken("https://a.example/1\n\n# note\nhttps://a.example/2\n", "l.txt")] == [
        "https://a.example/1", "https://a.example/2",
    ]  # fmt: skip
    assert one("Lire https://a.example/1", "l.txt").kind == "text"
    assert one("Été".encode("utf-16"), "l.txt").kind == "text"
    for data, name in (
        (b"PK\x03\x04" + bytes(range(256)) * 9, ""),
        (b"\x7fELF" + b"\0" * 99, "a.txt"),
    ):
        with pytest.raises(UnknownFormat):
            taken(data, name)
    assert one(b"\r\n\x00junk %PDF-1.4 x", "a.pdf").kind == "pdf"


def test_what_is_pasted_is_taken_in_its_richest_form() -> None:
    copied = paste.from_mime(
        {"text/html": b'<img src="https://s.example/p.png">', "image/png": PHOTO}
    )
    assert [x.kind for x in copied] == ["image"]
    dropped = paste.from_mime({"text/uri-list": b"file:///home/x\r\nhttps://a.example/1\r\n"})
    assert [x.url for x in dropped] == ["https://a.example/1"]
    (text,) = paste.from_mime({"text/plain;charset=utf-8": "Été".encode()})
    assert text.data.decode() == "Été"
    (page,) = paste.from_mime({"text/html": "<p>Un été à la ville</p>".encode("utf-16")})
    assert "été".encode() in page.data
    assert paste.from_mime({}) == paste.from_mime({"text/html": b"\0\0", "text/plain": b"\0"}) == []


# --- documents ---------------------------------------------------------------------------------


@pytest.mark.parametrize("interleaved", [False, True])
def test_columns_are_read_one_after_the_other(interleaved: bool) -> None:
    data = write([two_columns(interleaved=interleaved, wide=n == 1, number=n) for n in (1, 2, 3)])
    read = pdf.read_pdf(data)
    assert read.title == "Le budget de la communication"
    text = read.html.replace("</p><p>", " ")
    assert [x for x in EXPECTED if x not in text] == []
    assert "Gazette" not in read.html
    assert "chapeau" in read.html
    assert not read.is_scanned


def test_words_cut_at_a_line_end_are_put_together_and_compounds_keep_their_hyphen() -> None:
    lines = ("La rénovation du centre-ville, que la maire avait promise, commence en mai. Peut-",
             "être ira-t-elle au bout, dit un commerçant du quartier de la gare qui dé-",
             "ménage en juin. Le plan de mobi-", "lité du pôle aéro-", "portuaire suit.")  # fmt: skip
    words = [(60.0, 700.0 - 13 * n, 10.0, one) for n, one in enumerate(lines)]
    title = [(60.0, 780.0, 24.0, "Un titre écrit en grand"), (60.0, 752.0, 24.0, "sur deux lignes")]
    read = pdf.read_pdf(write([[*title, *words]]))
    assert read.title == "Un titre écrit en grand sur deux lignes"
    for told in ("Peut-être ira-t-elle", "qui déménage en juin", "mobilité", "aéroportuaire"):
        assert told in read.html


def test_a_paragraph_without_end_is_put_together_in_time() -> None:
    pages = [[(60, 780 - 13 * k, 10, f"ligne {k} de la page {n} d'un rapport sans point final ni")
              for k in range(55)] for n in range(150)]  # fmt: skip
    start = time.perf_counter()
    assert len(pdf.read_pdf(write(pages)).html) > 300_000
    assert time.perf_counter() - start < 15


@pytest.mark.parametrize("spread", [1, 7, 50])
def test_a_page_of_scattered_letters_is_read_in_time(spread: int) -> None:
    letters = [(float(n * 37 % 590), float(n * spread % 840), 8.0, "a") for n in range(30_000)]
    start = time.perf_counter()
    assert pdf.read_pdf(write([letters])).html
    assert time.perf_counter() - start < 15


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Écoles", "12"), ("Voirie", "30"), ("Sports", "7"), ("Culture", "9")]
    words = [
        (x, 700.0 - 20 * n, 10.0, t)
        for n, row in enumerate(rows)
        for x, t in zip((60.0, 300.0), row, strict=True)
    ]
    html = pdf.read_pdf(
        write([[(60, 740, 10, "Les crédits de la ville en millions d'euros par service"), *words]])
    ).html
    assert html.index("12") < html.index("Voirie") < html.index("30")


def test_documents_that_say_nothing_or_cannot_be_read() -> None:
    assert pdf.read_pdf(write([[]])).is_scanned
    assert (
        pdf.read_pdf(write([[(60, 700, 10, "Un texte sans titre du tout")]])).title
        == "Un texte sans titre du tout"
    )
    for bad in (b"%PDF-1.4", write([[]])[:60], b"", b"%PDF-1.7\n" + bytes(range(256)) * 99):
        with pytest.raises(FileUnreadable):
            pdf.read_pdf(bad)
    # What a reader of the standard handler sees first: a dictionary it has no key for.
    locked = write([[(60, 700, 10, "secret")]]).replace(
        b"trailer<<", b"trailer<</ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -1/O<"
        + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>")  # fmt: skip
    with pytest.raises(Locked):
        pdf.read_pdf(locked)


def test_a_document_is_read_no_further_than_asked() -> None:
    pages = [
        [(60, 700 - 15 * n, 10, f"Une phrase de la page {n} et de nulle autre.")] for n in range(30)
    ]
    read = pdf.read_pdf(write(pages), limit_pages=3)
    assert (read.pages, "page 1" in read.html, "page 3" in read.html) == (30, True, False)
    assert len(pdf.read_pdf(write(pages), limit_chars=100).html) < 400


# --- what takes for ever -----------------------------------------------------------------------


def nested(depth: int, *, lines: int = 1) -> str:
    inner = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth)
    )
    return HEAD.format("x") + inner + "Content-Type: text/plain\r\n\r\n" + "a\r\n" * lines


HOSTILE = {
    "line of 10 MB": ("x" * 10_000_000, "a.txt"),
    "page in one line": ("<p>" + "mot " * 2_500_000, "a.html"),
    "divs": ("<div>" * 300_000, "a.html"),
    "open images": ("<img " * 1_000_000, "a.html"),
    "open images in an archive": (related("Content-Type: text/html\r\n\r\n" + "<img " * 1_000_000, picture(PHOTO, "Content-ID: <a>"), head=BLINK), "a.mhtml"),
    "quotes": ("<html>data:" + "<img \"<img '" * 400_000, "a.html"),
    "data images": (f"<img src='data:image/png;base64,{b64(PHOTO)}'>" * 100_000, "a.html"),
    "data styles": ("<style>" + "url(data:x" * 400_000, "a.html"),
    "shared": ("<img src=data: style=var(--sf-img-1" * 100_000, "a.html"),
    "200 multiparts": (nested(200), "a.eml"),
    "20 multiparts": (nested(20, lines=10), "a.eml"),
    "150 multiparts and lines": (nested(150, lines=500_000), "a.eml"),
    "2,000 messages": (HEAD.format("x") + "Content-Type: message/rfc822\r\n\r\n" * 2_000, "a.eml"),
    "parameters": (HEAD.format("x") + 'Content-Type: text/plain; x="' + "; " * 200_000 + '"\r\n\r\nhi', "a.eml"),
    "subject": (HEAD.format("=?utf-8?q?a?= " * 500_000) + "\r\nhi", "a.eml"),
    "parts": (HEAD.format("x") + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n" * 100_000, "a.eml"),
    "wrong boundary": (HEAD.format("x") + "Content-Type: multipart/mixed; boundary=c\r\n\r\n--b\r\n\r\nx", "a.eml"),
    "no boundary": (HEAD.format("x") + "Content-Type: multipart/mixed\r\n\r\nBonjour", "a.eml"),
    "zeros in names": (HEAD.format("x") + "Content-Type: application/pdf; name*=\0x''a\r\n\r\n%PDF-", "a.eml"),
    "zeros in charset": (HEAD.format("x") + 'Content-Type: text/plain; charset="a\0b"\r\n\r\n\xe9', "a.eml"),
    "mailbox": (("From a@b Tue Mar  3 10:00:00 2026\n" + HEAD.format("x") + "\nhi\n\n") * 20_000, "a.mbox"),
    "empty lines": ("[InternetShortcut]" + "\n" * 99_000 + "x", "a.url"),
    "forwards": (mail("text/plain", "De : x\r\nObjet : y\r\n" * 100_000, subject="TR: x"), "a.eml"),
    "links": (mail("text/html", "<div><a href=https://s.example/1>mot mot mot mot mot" * 100_000), "a.eml"),
    "spaces": (mail("text/html", "<img" + " " * 5_000_000 + "src=x>"), "a.eml"),
    "zeros": ("\0" * 1_000_000, "a.html"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_takes_for_ever(name: str) -> None:
    text, file = HOSTILE[name]
    start = time.perf_counter()
    with contextlib.suppress(VeilleError):
        taken(text, file)
    assert time.perf_counter() - start < 12


def test_a_bomb_of_a_document_is_read_or_refused_in_time() -> None:
    packer = zlib.compressobj(9)
    raw = b"".join(packer.compress(b" " * 1_000_000) for _ in range(200)) + packer.flush()
    data = assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(raw), raw),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 3 0 R>>", b"<<>>"])  # fmt: skip
    with contextlib.suppress(FileUnreadable):
        assert pdf.read_pdf(data).is_scanned


def test_limits_are_kept() -> None:
    with pytest.raises(EmptyInput):
        taken(b" \n", "a.html")
    with pytest.raises(TooLarge):
        door.open_bytes(b"x" * 9, name="a.txt", limit=8)
