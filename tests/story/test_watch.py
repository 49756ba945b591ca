"""Following a page that has no feed, through the whole house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler

import pytest

from tests.conftest import Clock, Site
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.extract import region

pytestmark = pytest.mark.usefixtures("intranet")
Open = Callable[..., Desk]
HOUR = 3_600_000
INBOX = Filter(kinds=("article",), states=("inbox",))
ACTS = [
    "Délibération du 12 mai : budget de la commune, adopté à l'unanimité",
    "Délibération du 12 mai : subventions aux associations sportives",
    "Arrêté du 3 mai : circulation rue des Tanneurs pendant les travaux",
    "Arrêté du 28 avril : ouverture de la baignade au plan d'eau",
    "Délibération du 14 avril : tarifs de la restauration scolaire",
    "Arrêté du 2 avril : stationnement place du Marché le samedi",
]


def page(acts: Sequence[str], *, aside: str = "12 visiteurs") -> bytes:
    items = "".join(f'<li><a href="/acte/{n}">{one}</a></li>' for n, one in enumerate(acts))
    return (
        "<!doctype html><html lang=fr><head><title>Actes administratifs</title></head><body>"
        "<nav><a href=/>Accueil</a> <a href=/agenda>Agenda</a></nav><main>"
        f"<h1>Actes administratifs</h1><h2>Derniers actes</h2><ul class=actes>{items}</ul></main>"
        f"<aside><p>{aside}</p></aside><footer>Mairie du Val, place de la République</footer></body></html>"
    ).encode()


class Watched:
    """A page, who follows it, and the time between two looks."""

    def __init__(self, desk: Desk, site: Site, clock: Clock) -> None:
        self.desk, self.site, self.clock = desk, site, clock
        self.url = site.page("/actes", page(ACTS))
        region = next(one for one in desk.feeds.regions(self.url) if "budget" in one.text)
        said = {"title": "Actes du Val", "block": region.mark}
        self.feed = desk.feeds.follow_page(self.url, said=said)
        self.look()

    def look(self) -> int:
        self.clock.ms += 2 * HOUR
        return self.desk.feeds.refresh([self.feed]).new

    def shows(self, body: bytes) -> int:
        self.site.page("/actes", body)
        return self.look()

    def told(self) -> list[str]:
        return [row.title for row in self.desk.rows(self.desk.ids(INBOX))]


@pytest.fixture
def watched(open_desk: Open, site: Site, clock: Clock) -> Watched:
    return Watched(open_desk("mairie", clock), site, clock)


def test_a_first_look_tells_nothing(watched: Watched) -> None:
    assert watched.told() == []
    assert watched.desk.feeds.one(watched.feed).health.code == "good"


def test_a_new_line_is_told_with_the_difference(watched: Watched) -> None:
    new = "Arrêté du 20 mai : feu d'artifice reporté au 15 juin"
    assert watched.shows(page([new, *ACTS])) == 1
    assert watched.told() == [f"Actes du Val : {new}"]
    state = watched.desk.feeds.one(watched.feed).state
    assert state.next_at - state.tried_at == HOUR, "a page that changes is not looked at less"
    told = watched.desk.read(watched.desk.ids(INBOX)[0])
    assert "<ins>" in told.html
    assert "feu d'artifice reporté" in told.text
    # The same state again is no news; the next change is another one.
    assert watched.look() == 0
    assert watched.shows(page(["Arrêté du 22 mai : fermeture du parc", new, *ACTS])) == 1
    assert len(watched.told()) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        (
            b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser"
            b" before accessing. Enable JavaScript and cookies to continue.</p></body></html>"
        ),
        b"<html><body><h1>Site en maintenance</h1><p>Revenez plus tard.</p></body></html>",
    ],
    ids=["empty", "robot wall", "maintenance"],
)
def test_what_is_not_the_page_is_never_told(watched: Watched, body: bytes) -> None:
    assert watched.shows(body) == 0
    assert watched.told() == []
    assert watched.desk.feeds.one(watched.feed).state.problem == "PageSuspicious"
    # The page comes back as it was: nothing changed.
    assert watched.shows(page(ACTS)) == 0
    assert watched.told() == []
    assert watched.desk.feeds.one(watched.feed).health.code == "good"


def test_what_moves_around_the_block_or_within_it_is_not_told(watched: Watched) -> None:
    assert watched.shows(page(ACTS, aside="14 897 visiteurs")) == 0
    assert watched.shows(page([*ACTS[3:], *ACTS[:3]])) == 0


def test_what_the_person_ignores_is_not_told(watched: Watched) -> None:
    watched.desk.feeds.change(watched.feed, {"ignore": ["Arrêté du *"]})
    assert watched.shows(page(["Arrêté du 20 mai : marché déplacé", *ACTS])) == 0
    assert watched.shows(page(["Délibération du 21 mai : plan vélo", *ACTS])) == 1


def test_another_part_is_looked_at_although_the_page_did_not_change(watched: Watched) -> None:
    body, asked = page(ACTS), []

    def versioned(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.headers.get("If-None-Match"))
        same = asked[-1] == '"1"'
        request.send_response(304 if same else 200)
        request.send_header("ETag", '"1"')
        request.send_header("Content-Type", "text/html; charset=utf-8")
        request.send_header("Content-Length", "0" if same else str(len(body)))
        request.end_headers()
        request.wfile.write(b"" if same else body)

    watched.site.routes["/actes"] = versioned
    for _turn in range(2):
        watched.look()
    assert asked == [None, '"1"'], "what did not change is not sent again"
    one = watched.desk.feeds.one(watched.feed)
    other = next(each for each in region.regions(body.decode(), url=watched.url) if each.mark)
    assert other.mark != one.block
    watched.desk.feeds.change(watched.feed, {"block": other.mark})
    watched.look()
    assert asked[-1] is None
    # It was seen: what comes next is a change of it.
    body = page(["Arrêté du 22 mai : fermeture du parc", *ACTS])
    watched.site.page("/actes", body)
    assert watched.look() == 1
