"""A day of clipping: doors, verdicts, repairs; what is kept, what is said, what never replaces."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.conftest import Clock, Site
from tests.story.test_clip_web import png
from veille.desk import keeping
from veille.desk.arrivals import Arrived, FolderNames
from veille.desk.clipping import ClipOptions
from veille.desk.desk import Desk
from veille.domain.errors import BadDate, BadName, EmptyInput, NothingNew, PrivateAddress
from veille.domain.views import Filter
from veille.sentences import history

Open = Callable[..., Desk]
NAMES = FolderNames("À clipper", "Clippés", "Non lus", "lisez-moi.txt", "Enregistrez ici.\n")
SENTENCE = "Le conseil municipal de Valmont a voté hier soir le point numéro {} de son budget. "
WALL = "<p>Il vous reste 72 % de cet article à lire.</p>"


def story(count: int, *, title: str = "Le budget voté", extra: str = "", head: str = "") -> str:
    body = "".join(f"<p>{SENTENCE.format(n) * 2}</p>" for n in range(count))
    return (
        f"<html lang=fr><head><title>{title} | Le Courrier</title>{head}"
        '<meta property="og:site_name" content="Le Courrier"></head>'
        f"<body><article><h1>{title}</h1>{body}{extra}</article></body></html>"
    )


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, open_desk: Open) -> Desk:
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")
    return open_desk("web")


def settle(desk: Desk) -> list[Arrived]:
    """Look twice, a moment apart: what has not changed is whole; then read it."""
    arrived = [*desk.intake.collect(NAMES), *desk.intake.collect(NAMES)]
    return [desk.intake.read_arrived(one) for one in arrived]


def collected(desk: Desk) -> list[Arrived]:
    return [desk.intake.read_arrived(one) for one in desk.intake.collect(NAMES)]


def only_article(desk: Desk) -> str:
    (article,) = desk.ids(Filter(kinds=("article",)))
    return article


def test_d1_5_a_page_saved_in_the_folder_is_clipped_whole(desk: Desk) -> None:
    folder = desk.intake.folder(NAMES)
    assert (folder / "lisez-moi.txt").exists()
    page = folder / "Le budget.html"
    page.write_text(f"<!-- saved from url=(0028)https://courrier.example/b -->{story(30)}", "utf-8")
    (folder / "En cours.html.crdownload").write_text("…")
    (arrived,) = settle(desk)
    row = desk.rows([arrived.clipped[0].id])[0]
    assert (row.title, row.source, row.verdict) == ("Le budget voté", "Le Courrier", "complete")
    assert row.words > 800
    assert row.text("url") == "https://courrier.example/b"
    assert desk.intake.captures(row.id)[0].door == "folder"
    assert not page.exists()
    assert (folder / "Clippés" / "Le budget.html").exists()
    assert (folder / "En cours.html.crdownload").exists(), "what is being written is left alone"
    assert settle(desk) == []


def test_a_file_that_grows_is_left_until_it_stands(desk: Desk) -> None:
    folder = desk.intake.folder(NAMES)
    page = folder / "long.html"
    page.write_text(story(5), "utf-8")
    assert desk.intake.collect(NAMES) == []
    page.write_text(story(30), "utf-8")
    assert desk.intake.collect(NAMES) == [], "it has changed since"
    (arrived,) = collected(desk)
    assert desk.rows([arrived.clipped[0].id])[0].words > 800


def test_what_cannot_be_read_is_set_aside_and_said(desk: Desk) -> None:
    folder = desk.intake.folder(NAMES)
    (folder / "tableau.xlsx").write_bytes(b"PK\x03\x04 rien")
    (folder / "bon.txt").write_text("Titre\n\nUn texte.", "utf-8")
    arrived = settle(desk)
    assert {one.problem.code if one.problem else "" for one in arrived} == {"UnknownFormat", ""}
    assert (folder / "Non lus" / "tableau.xlsx").exists()
    assert desk.count(Filter(kinds=("article",))) == 1


def test_d1_6_a_truncated_page_is_said_so_and_completed_by_pasting(desk: Desk) -> None:
    clipped = desk.clip("-", ClipOptions(url="https://courrier.example/b"),
                        stdin=story(3, extra=WALL).encode())  # fmt: skip
    row = desk.rows([clipped.id])[0]
    assert row.verdict == "truncated"
    assert history.gesture(desk.gestures()[0]) == "Article clipped: “Le budget voté”"
    assert desk.intake.captures(row.id)[0].reason == "subscribers_wording"
    with pytest.raises(EmptyInput):
        desk.intake.complete(row.id, {"text/plain": b"  "})
    whole = "\n\n".join(SENTENCE.format(n) for n in range(40))
    desk.intake.complete(row.id, {"text/plain": whole.encode()})
    row = desk.rows([clipped.id])[0]
    assert (row.verdict, row.title, row.source) == ("complete", "Le budget voté", "Le Courrier")
    assert len(desk.intake.captures(row.id)) == 2
    assert "numéro 39" in desk.read(row.id).text
    assert history.gesture(desk.gestures()[0]) == "Page captured: “Le budget voté”"
    desk.undo()
    assert desk.rows([clipped.id])[0].verdict == "truncated", "and it is taken back"
    desk.drain()
    assert desk.verify().problems == ()


def test_d1_6_saving_the_page_completes_the_article_that_is_there(web: Desk, site: Site) -> None:
    url = site.page("/b", story(3, extra=WALL).encode())
    clipped = web.clip(url)
    assert web.rows([clipped.id])[0].verdict == "truncated"
    page = web.intake.folder(NAMES) / "b.html"
    page.write_text(f"<!-- saved from url=(0021){url}?utm_source=x -->{story(30)}", "utf-8")
    (arrived,) = settle(web)
    again = arrived.clipped[0]
    assert (again.id, again.duplicate_of, again.added) == (clipped.id, clipped.id, True)
    row = web.rows([clipped.id])[0]
    assert (row.verdict, row.words > 800) == ("complete", True)
    assert web.count(Filter(kinds=("article",))) == 1


def test_the_right_block_can_be_chosen(desk: Desk) -> None:
    other = "".join(
        f"<p>La météo du jour numéro {n} sera douce sur tout le littoral.</p>" for n in range(30)
    )
    page = f"<html><body><div id=a>{other}</div><div id=b>{story(4)}</div></body></html>"
    clipped = desk.clip("-", stdin=page.encode())
    blocks = desk.intake.blocks(clipped.id)
    assert len(blocks) >= 2
    wanted = next(
        n for n, one in enumerate(blocks) if "budget" in one.text and "météo" not in one.text
    )
    desk.intake.choose_block(clipped.id, wanted)
    read = desk.read(clipped.id)
    assert "budget" in read.text
    assert "météo" not in read.text
    assert read.captures[0].reason == "by_hand"


def test_d1_7_a_page_already_clipped_says_by_whom_and_gets_what_was_asked(
    web: Desk, site: Site
) -> None:
    web.introduce("Claire")
    url = site.page("/b", story(20).encode())
    clipped = web.clip(url, ClipOptions(dossier="Mobilités"))
    again = web.begin_clip(f"{url}?utm_campaign=lettre#haut", ClipOptions(tags=("Vélo",)))
    assert again.duplicate_of == clipped.id
    read = web.read(clipped.id)
    assert [one.title for one in read.dossiers] == ["Mobilités"]
    assert read.row.tags == ("Vélo",)
    assert web.people()[read.row.created_by] == "Claire"


def test_a_worse_capture_never_replaces_a_better_one(web: Desk, site: Site) -> None:
    url = site.page("/b", story(30).encode())
    clipped = web.clip(url)
    text = web.read(clipped.id).text
    worse = {
        "robot": "<html><body><h1>Just a moment...</h1><p>Checking your browser.</p></body></html>",
        "truncated": story(3, extra=WALL),
        "shorter": story(6),
        "empty": "<html><body></body></html>",
    }
    for count, page in enumerate(worse.values(), start=2):
        site.page("/b", page.encode())
        web.intake.again(clipped.id)
        web.finish_clip(clipped.id)
        assert len(web.intake.captures(clipped.id)) == count
        assert web.read(clipped.id).text == text
        assert web.rows([clipped.id])[0].title == "Le budget voté"
    site.page("/b", story(31).encode())
    web.intake.again(clipped.id)
    web.finish_clip(clipped.id)
    assert "numéro 30" in web.read(clipped.id).text, "a better one does"
    old = next(one for one in web.intake.captures(clipped.id) if one.text == text)
    web.intake.read_capture(clipped.id, old.name)
    assert web.read(clipped.id).text == text, "and a person has the last word"


def test_differences_between_two_captures_can_be_read(web: Desk, site: Site) -> None:
    url = site.page("/b", story(5).encode())
    clipped = web.clip(url)
    site.page(
        "/b", story(5, extra="<p>Le maire a démenti ce matin cette information.</p>").encode()
    )
    web.intake.again(clipped.id)
    web.finish_clip(clipped.id)
    pieces = web.intake.differences(clipped.id)
    assert [one.text.strip() for one in pieces if one.kind == "new"] == [
        "Le maire a démenti ce matin cette information."
    ]
    assert not [one for one in pieces if one.kind == "gone"]


def test_a_site_that_says_nothing_changed_is_believed(web: Desk, site: Site) -> None:
    asked: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.headers.get("If-None-Match", ""))
        known = request.headers.get("If-None-Match") == '"v1"'
        body = b"" if known else story(20).encode()
        request.send_response(304 if known else 200)
        request.send_header("ETag", '"v1"')
        request.send_header("Content-Type", "text/html; charset=utf-8")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    site.routes["/e"] = answer
    clipped = web.clip(site.url("/e"))
    web.intake.again(clipped.id)
    with pytest.raises(NothingNew):
        web.finish_clip(clipped.id)
    assert asked == ["", '"v1"']
    assert web.pending() == []
    assert len(web.intake.captures(clipped.id)) == 1


def test_near_identical_texts_meet_and_keep_both_pages(web: Desk, site: Site) -> None:
    first = web.clip(site.page("/agence", story(20).encode()))
    copied = story(20, title="Valmont : le budget", extra="<p>Avec notre correspondant.</p>")
    second = web.clip(site.page("/reprise", copied.encode()))
    assert second.duplicate_of == first.id
    captured = web.intake.captures(first.id)
    assert {one.url for one in captured} == {site.url("/agence"), site.url("/reprise")}
    assert web.rows([first.id])[0].title == "Le budget voté", "the page clipped first is read"
    other = web.clip(site.page("/autre", story(20, title="Autre").replace("budget", "tramway").replace(
        "conseil municipal", "bureau syndical").replace("hier soir", "lundi").encode()))  # fmt: skip
    assert other.duplicate_of == ""


def test_the_bulletin_of_another_day_is_another_page(web: Desk, site: Site) -> None:
    def bulletin(day: int) -> bytes:
        dated = f'<meta property="article:published_time" content="2026-03-{day:02d}T08:00:00Z">'
        free = f"<p>Salle {day}, entrée libre.</p>"
        return story(20, title=f"Agenda du {day} mars", extra=free, head=dated).encode()

    first = web.clip(site.page("/agenda/4", bulletin(4)))
    assert web.rows([first.id])[0].published == "2026-03-04"
    assert web.clip(site.page("/agenda/12", bulletin(12))).duplicate_of == ""
    assert web.clip(site.page("/reprise/5", bulletin(5))).duplicate_of == first.id


def test_a_colleague_is_told_that_it_is_here_already(open_desk: Open, tmp_path: Path) -> None:
    one, two = open_desk("one"), open_desk("two")
    one.introduce("Ahmed")
    (tmp_path / "V").mkdir()
    one.create_space("Com", str(tmp_path / "V"), full_text=False)
    two.join_space(str(tmp_path / "V"))
    clipped = one.clip("-", ClipOptions(url="https://courrier.example/b"), stdin=story(20).encode())
    (shared,) = one.share([clipped.id], "Com")
    one.sync()
    two.sync()
    by_address = two.begin_clip("https://www.courrier.example/b/?fbclid=1")
    by_words = two.clip("-", stdin=story(20, extra="<p>Une ligne de plus.</p>").encode())
    assert by_address.duplicate_of == by_words.duplicate_of == shared
    assert two.people()[two.rows([shared])[0].created_by] == "Ahmed"


def test_what_is_said_of_an_article_has_an_origin_and_a_correction_stays(
    web: Desk, site: Site
) -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Le budget voté",'
        '"datePublished": "2026-03-02T23:10:00Z", "articleSection": "Vie locale", "author":'
        '{"@type": "Person", "name": "Odile Rambert"}}</script>'
    )
    url = site.page("/2026/03/03/b", story(20, head=head).encode())
    clipped = web.clip(url)
    card = {one.name: one for one in web.intake.card(clipped.id)}
    assert card["published"].value == "2026-03-03", "the day it was there, not in Greenwich"
    assert (card["authors"].value, card["authors"].origin) == (["Odile Rambert"], "jsonld")
    assert (card["section"].value, card["source"].origin) == ("Vie locale", "opengraph")
    assert (card["rights"].value, card["rights"].origin) == ("", "")
    web.intake.correct(clipped.id, {"title": "Budget : le vote", "authors": ["O. Rambert"]})
    card = {one.name: one for one in web.intake.card(clipped.id)}
    assert (card["title"].origin, card["authors"].origin) == ("person", "person")
    assert "Le budget voté" in [one.value for one in card["title"].others]
    site.page("/2026/03/03/b", story(25, title="Un titre changé", head=head).encode())
    web.intake.again(clipped.id)
    web.finish_clip(clipped.id)
    assert web.rows([clipped.id])[0].title == "Budget : le vote"
    with pytest.raises(BadName):
        web.intake.correct(clipped.id, {"title": " "})
    with pytest.raises(BadDate):
        web.intake.correct(clipped.id, {"published": "2026-13-45"})


def test_nothing_is_invented(desk: Desk) -> None:
    clipped = desk.clip("-", stdin=story(10, extra="<footer>© 2024 Le Courrier</footer>").encode())
    row = desk.rows([clipped.id])[0]
    assert (row.authors, row.published) == ((), "")


def test_an_intranet_page_is_had_when_the_person_asks_for_it(desk: Desk, site: Site) -> None:
    url = site.page("/interne", story(20).encode())
    with pytest.raises(PrivateAddress):
        desk.clip(url)
    (waiting,) = desk.pending()
    assert waiting.problem == "PrivateAddress"
    desk.intake.again(waiting.article, intranet=True)
    desk.finish_clip(waiting.article)
    assert desk.rows([waiting.article])[0].verdict == "complete"
    assert desk.clip(site.page("/b", story(21, title="B").encode()), ClipOptions(intranet=True))


def test_pictures_are_kept_within_bounds_and_what_is_missing_is_listed(
    web: Desk, site: Site
) -> None:
    site.page("/large.png", png(2_400, 30), "image/png")
    site.page("/page.png", b"<html>", "image/png")
    images = "".join(f'<p><img src="{one}" alt="x"></p><p>{SENTENCE.format(one)}</p>'
                     for one in ("/large.png", "/page.png", "/absent.png"))  # fmt: skip
    clipped = web.clip(site.page("/b", story(10, extra=images).encode()))
    capture = web.intake.captures(clipped.id)[0]
    assert list(capture.images) == [site.url("/large.png")]
    assert set(capture.missing) == {site.url("/page.png"), site.url("/absent.png")}
    assert 0 < len(web.blob(capture.images[site.url("/large.png")])) < len(png(2_400, 30)) * 3


def test_a_mail_never_calls_its_sender(web: Desk, site: Site, tmp_path: Path) -> None:
    html = f'<p>{SENTENCE * 9}</p><img src="{site.url("/pixel.gif")}">'
    message = f"From: x <x@y>\nTo: z\nSubject: Alerte\nDate: Tue, 3 Mar 2026 10:00:00 +0100\nContent-Type: text/html\n\n{html}"
    (tmp_path / "a.eml").write_text(message, "utf-8")
    clipped = web.clip(str(tmp_path / "a.eml"))
    assert site.seen == []
    row = web.rows([clipped.id])[0]
    assert (row.title, row.authors, row.published) == ("Alerte", ("x",), "2026-03-03")


def test_a_gesture_of_the_browser_brings_the_page_and_the_quote(desk: Desk) -> None:
    desk.intake.spool.mkdir(parents=True)
    words = "a voté hier soir le point numéro 2 de son budget"
    gesture = {"v": 1, "gesture": "quote", "url": "https://courrier.example/b", "title": "x",
               "html": story(20), "selection": {"html": f"<b>{words}</b>", "text": words}}  # fmt: skip
    (desk.intake.spool / "1-a.json").write_text(json.dumps(gesture), "utf-8")
    (desk.intake.spool / "2-b.json").write_text("{", "utf-8")
    (desk.intake.spool / "3-c.json.new").write_text("half", "utf-8")
    done, refused = collected(desk)
    article = only_article(desk)
    assert done.clipped[0].quote in desk.ids(Filter(kinds=("quote",), about=article))
    assert desk.rows([done.clipped[0].quote])[0].text("exact") == words
    assert refused.problem is not None
    assert sorted(one.name for one in desk.intake.spool.iterdir()) == ["3-c.json.new", "unread"]
    (desk.intake.spool / "4-d.json").write_text(json.dumps(gesture), "utf-8")
    collected(desk)
    assert desk.count(Filter(kinds=("quote",))) == 1, "the same gesture twice is one"
    gesture |= {"gesture": "selection", "url": "https://courrier.example/c"}
    gesture["selection"] = {"html": f"<p>{SENTENCE.format(7) * 3}</p>", "text": "x"}
    (desk.intake.spool / "5-e.json").write_text(json.dumps(gesture), "utf-8")
    (kept,) = collected(desk)
    assert "numéro 2 " not in desk.read(kept.clipped[0].id).text, "only what was selected"


def test_every_step_of_the_queue_can_be_the_last(
    open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program stops after each write to the database in turn; the next start loses nothing."""
    from veille.store import connection

    class Stop(BaseException):
        pass

    real = connection.Database.writing
    for step in range(1, 40):
        desk = open_desk(f"kill{step}", Clock())
        left = [step]

        def writing(self: object, left: list[int] = left) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Stop
            return real(self)  # type: ignore[arg-type]

        monkeypatch.setattr(connection.Database, "writing", writing)
        finished = False
        try:
            desk.clip("-", ClipOptions(url="https://courrier.example/b", tags=("Budget",)),
                      stdin=story(20).encode())  # fmt: skip
            finished = True
        except Stop:
            pass
        monkeypatch.setattr(connection.Database, "writing", real)
        for one in desk.pending():
            desk.finish_clip(one.article)
        clipped = desk.clip("-", ClipOptions(url="https://courrier.example/b", tags=("Budget",)),
                            stdin=story(20).encode())  # fmt: skip
        assert only_article(desk) == clipped.id
        row = desk.rows([clipped.id])[0]
        assert (row.verdict, row.tags) == ("complete", ("Budget",))
        assert len(desk.intake.captures(clipped.id)) == 1
        assert desk.pending() == []
        desk.close()
        if finished:
            assert step > 4
            return
    pytest.fail("the clip never ended")


def test_a_page_that_kills_its_reader_is_kept_unread_in_the_end(
    web: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dead(BaseException):
        pass

    def dies(*_given: object, **_named: object) -> None:
        raise Dead

    options = ClipOptions(url="https://courrier.example/mortel")
    with monkeypatch.context() as patched:
        patched.setattr(keeping, "extract", dies)
        with pytest.raises(Dead):
            web.clip("-", options, stdin=story(20).encode())
        (waiting,) = web.pending()
        for _again in range(2):
            with pytest.raises(Dead):
                web.finish_clip(waiting.article)
        web.finish_clip(waiting.article)
    row = web.rows([waiting.article])[0]
    assert (row.verdict, web.pending()) == ("unreadable", [])
    assert len(web.intake.captures(waiting.article)) == 1, "the page itself is kept"


def test_where_one_only_reads_nothing_is_left_waiting(open_desk: Open, tmp_path: Path) -> None:
    from veille.domain import roles
    from veille.domain.errors import OnlyReads

    one, two = open_desk("one"), open_desk("two")
    (tmp_path / "V").mkdir()
    one.create_space("Com", str(tmp_path / "V"), full_text=True)
    two.join_space(str(tmp_path / "V"))
    two.sync()
    one.sync()
    one.give_role("Com", two.person, roles.READER)
    one.sync()
    two.sync()
    options = ClipOptions(space=two.space("Com").id)
    with pytest.raises(OnlyReads):
        two.clip("-", options, stdin=story(9).encode())
    assert two.pending() == []
    assert two.count(Filter()) == 0
