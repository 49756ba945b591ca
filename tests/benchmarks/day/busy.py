"""The window's heart while everything goes on at once: indexing, sharing, reading sources, typing.

A colleague's operations wait in a shared folder, sources on a site of this machine have news, and
thousands of documents wait for the index when the hand begins to type and to scroll.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from tests.benchmarks import memory
from tests.benchmarks.beats import Beat, Heart, Witness, at, rest
from tests.benchmarks.day.figures import Figure
from tests.benchmarks.search.corpus import articles, demo_topics
from tests.conftest import Route, Site
from tests.fakes.newsroom import Newsroom, pieces
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.store import local
from veille.ui.main_window import MainWindow

BUDGET_MS: Final = 50
_KEY_MS: Final = 120
_TYPED: Final = "conseil municipal budget "


@contextmanager
def served() -> Iterator[Site]:
    """Serve a web site on this machine."""
    routes: dict[str, Route] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            routes[self.path.partition("?")[0]](self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(server.server_address[1], routes, [])
    server.shutdown()
    server.server_close()


def follow(desk: Desk, site: Site, *, sources: int, each: int) -> None:
    """Follow so many sources that have so many news each."""
    for number in range(sources):
        room = Newsroom(site, path=f"/rss-{number}.xml", title=f"Courrier {number}")
        titles = [f"Le conseil de Valmont vote la mesure {number}-{one}" for one in range(each)]
        room.publish(*pieces(titles, at=lambda one: memory.now() - 60_000 * one))
        desk.feeds.follow(room.url)


def share(desk: Desk, folder: Path, *, count: int, demo: bool = False) -> int:
    """Have a colleague share so many articles with a desk that does not know them yet; operations."""
    shared = folder / "share"
    shared.mkdir()
    space = desk.create_space("Équipe", str(shared), full_text=True).id
    desk.sync()
    other = Desk.open(str(folder / "colleague"))
    other.join_space(str(shared))
    told = articles(count, seed=7, topics=demo_topics() if demo else None)
    facts = [fact for one in told for fact in memory.article_facts(one, state="kept", space=space)]
    memory.record_all(other, iter(facts))
    other.sync()
    other.close()
    return len(facts)


def untold(desk: Desk, count: int) -> int:
    """Have so many documents wait for the index."""
    some = desk.ids(Filter(kinds=("article",)), limit=count)
    with desk._house.database.writing() as db:
        local.tell(db, some)
    return len(some)


class Person(QObject):
    """Types in the search, walks through a list and scrolls, a key every so often."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window, self._turn = window, 0
        self._timer = QTimer(self)
        self._timer.setInterval(_KEY_MS)
        self._timer.timeout.connect(self._do)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def stop(self) -> None:
        """Rest."""
        self._timer.stop()

    def _do(self) -> None:
        window, self._turn = self._window, self._turn + 1
        part, step = divmod(self._turn, 25)
        if part % 3 == 0:
            if step == 0:
                window.sidebar.choose("search")
                window.search.setFocus()
                window.search.clear()
            else:
                QTest.keyClicks(window.search, _TYPED[step % len(_TYPED)])
        elif part % 3 == 1:
            if step == 0:
                window.sidebar.choose("articles")
                window.list.table.setFocus()
            else:
                QTest.keyClick(window.list.table, Qt.Key.Key_J)
        else:
            bar = window.list.table.verticalScrollBar()
            bar.setValue((bar.value() + 7) % max(bar.maximum(), 1))


def beat(window: MainWindow, *, seconds: float, person: bool) -> tuple[Beat, ...]:
    """Have the heart beat for so long, with somebody at the desk or not."""
    heart, hand = Heart(), Person(window)
    if person:
        hand.start()
    heart.start()
    rest(int(1000 * seconds))
    beats = heart.stop()
    hand.stop()
    return tuple(beats)


def all_at_once(
    window: MainWindow, *, most: float, witness: bool = False
) -> tuple[tuple[Beat, ...], dict[str, bool], list[tuple[str, int]]]:
    """Index, sync and refresh while somebody types, until all is done; beats, what was done, workers."""
    heart, hand = Heart(), Person(window)
    done = {"indexed": False, "synced": False, "refreshed": False}
    rounds = window.rounds
    rounds.indexed.connect(lambda waiting: done.__setitem__("indexed", not waiting))
    rounds.synced.connect(lambda: done.__setitem__("synced", True))
    window.refreshing.refreshed.connect(lambda: done.__setitem__("refreshed", True))
    seen = Witness(heart) if witness else None
    heart.start()
    hand.start()
    if seen is not None:
        seen.start()
    rounds.start()
    window.refreshing.ask(every=True)
    left = most
    while left > 0 and not (all(done.values()) and not rounds.share.busy):
        rest(200)
        left -= 0.2
    beats = tuple(heart.stop())
    hand.stop()
    if seen is not None:
        for told, often in seen.stop().most_common(25):
            print(f"    {often:4} × {told}")
    return beats, done, workers(window)


def workers(window: MainWindow) -> list[tuple[str, int]]:
    """Give the processes of the window."""
    helpers = {"worker that indexes": window.rounds.index, "worker that shares": window.rounds.share,
               "worker that reads sources": window.refreshing._helper}  # fmt: skip
    return [(name, one._process.processId()) for name, one in helpers.items()
            if one._process is not None]  # fmt: skip


def told(name: str, beats: tuple[Beat, ...], *, budget: float = BUDGET_MS) -> list[Figure]:
    """Say how a heart beat."""
    gaps, own = [one.gap for one in beats], [one.own for one in beats]
    longest = max(beats, key=lambda one: one.own)
    return [
        Figure(f"{name}: median between two beats", at(gaps, 0.5), more=f"{len(beats)} beats"),
        Figure(f"{name}: 99 of 100", at(gaps, 0.99)),
        Figure(f"{name}: longest, as it was felt here", max(gaps)),
        Figure(f"{name}: longest, others' turns left out", max(own), budget,
               more=f"{longest.worked:.0f} ms of work; {sum(one > BUDGET_MS for one in own)} over"),
    ]  # fmt: skip
