"""Refreshing many feeds from a server of this machine, beside the ``reader`` library.

    python -m tests.benchmarks.feeds.refresh [--feeds 200] [--entries 30] [--delay 50]

Each feed has a host of its own (127.0.1.1, 127.0.1.2, …), as 200 sources of a town have; the
server waits ``--delay`` milliseconds before it answers. Three rounds: all is new; nothing changed;
one entry more in every tenth feed. ``reader`` (pip install reader) does the same work with its 12
workers; where it is not installed, its column stays empty. Every run is a process of its own, so
that its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WORDS = [
    "ville",
    "commune",
    "habitants",
    "concertation",
    "budget",
    "communication",
    "crue",
    "canicule",
    "mobilité",
    "vélo",
    "école",
    "cantine",
    "bulletin",
    "élus",
    "services",
    "quartier",
    "projet",
    "enquête",
    "réunion",
    "presse",
    "réseau",
    "public",
    "mairie",
]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


class Newsstand:
    """The feeds, and how often they were asked."""

    def __init__(self, feeds: int, entries: int, delay: float) -> None:
        self.draw = random.Random(7)
        self.delay = delay
        self.now = time.time()
        self.items = [[self.entry(f, n) for n in range(entries)] for f in range(feeds)]
        self.requests = 0
        self.same = 0
        stand = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stand.answer(self)

            def log_message(self, *words: object) -> None:
                return

        self.server = Server(("0.0.0.0", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def entry(self, feed: int, number: int) -> str:
        words = " ".join(self.draw.choices(WORDS, k=60))
        title = f"{' '.join(self.draw.choices(WORDS, k=8))} {feed}-{number}"
        at = formatdate(self.now - number * 3_600, usegmt=True)
        link = f"http://127.0.1.{feed + 1}/a/{number}"
        return (
            f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
            f"<description>{words}</description><pubDate>{at}</pubDate></item>"
        )

    def url(self, feed: int) -> str:
        return f"http://127.0.1.{feed + 1}:{self.port}/{feed}.xml"

    def more(self) -> None:
        for feed in range(0, len(self.items), 10):
            self.items[feed].insert(0, self.entry(feed, -1))

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        time.sleep(self.delay)
        self.requests += 1
        feed = int(request.path.strip("/").partition(".")[0])
        inside = "".join(self.items[feed])
        body = (
            f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Source'
            f" {feed}</title><link>http://127.0.1.{feed + 1}/</link>{inside}</channel></rss>"
        ).encode()
        version = f'"{sha256(body).hexdigest()[:12]}"'
        same = request.headers.get("If-None-Match") == version
        self.same += same
        request.send_response(304 if same else 200)
        request.send_header("ETag", version)
        request.send_header("Content-Type", "application/rss+xml")
        request.send_header("Content-Length", "0" if same else str(len(body)))
        request.end_headers()
        if not same:
            request.wfile.write(body)


def ours(urls: list[str], folder: Path, tell: Callable[[dict[str, float]], None]) -> None:
    os.environ["VEILLE_ALLOW_PRIVATE"] = "1"
    from veille.desk.desk import Desk

    desk = Desk.open(str(folder))
    for url in urls:
        desk.feeds.follow(url)
    for _turn in range(3):
        sys.stdin.readline()
        started = time.perf_counter()
        report = desk.feeds.refresh(every=True)
        tell({"seconds": time.perf_counter() - started, "new": report.new})
    desk.close()


def theirs(urls: list[str], folder: Path, tell: Callable[[dict[str, float]], None]) -> None:
    from reader import make_reader

    made = make_reader(str(folder / "reader.sqlite"))
    for url in urls:
        made.add_feed(url)
    for _turn in range(3):
        sys.stdin.readline()
        started = time.perf_counter()
        new = sum(
            one.value.new for one in made.update_feeds_iter(workers=12, scheduled=False)
            if one.value is not None and not isinstance(one.value, Exception)
        )  # fmt: skip
        tell({"seconds": time.perf_counter() - started, "new": new})


def play(who: str, urls: list[str]) -> None:
    """Run one side in this process: a line in, a round, a line out."""

    def tell(figures: dict[str, float]) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        figures |= {"mb": used.ru_maxrss / 1024, "cpu": used.ru_utime + used.ru_stime}
        print(json.dumps(figures), flush=True)

    with tempfile.TemporaryDirectory() as folder:
        {"ours": ours, "reader": theirs}[who](urls, Path(folder), tell)


def measure(who: str, args: argparse.Namespace) -> list[dict[str, float]] | None:
    stand = Newsstand(args.feeds, args.entries, args.delay / 1000)
    urls = [stand.url(one) for one in range(args.feeds)]
    command = [sys.executable, "-m", "tests.benchmarks.feeds.refresh", "--play", who]
    side = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert side.stdin is not None
    assert side.stdout is not None
    side.stdin.write(json.dumps(urls) + "\n")
    rounds = []
    for turn in range(3):
        if turn == 2:
            stand.more()
        asked, same = stand.requests, stand.same
        side.stdin.write("\n")
        side.stdin.flush()
        line = side.stdout.readline()
        if not line:
            side.wait()
            return None
        done = json.loads(line)
        rounds.append({**done, "requests": stand.requests - asked, "same": stand.same - same})
    side.stdin.close()
    side.wait()
    stand.server.shutdown()
    return rounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--delay", type=float, default=50)
    parser.add_argument("--play", default="")
    args = parser.parse_args()
    if args.play:
        play(args.play, json.loads(sys.stdin.readline()))
        return
    print(f"{args.feeds} feeds of {args.entries} entries, {args.delay:.0f} ms away")
    print(
        f"{'':8} {'round':10} {'seconds':>8} {'cpu':>7} {'requests':>9} {'304':>5} {'new':>6} {'MB':>6}"
    )
    for who in ("ours", "reader"):
        rounds = measure(who, args)
        if rounds is None:
            print(f"{who:8} not installed")
            continue
        spent = 0.0
        for name, one in zip(("all new", "unchanged", "a few new"), rounds, strict=True):
            print(
                f"{who:8} {name:10} {one['seconds']:8.2f} {one['cpu'] - spent:7.2f}"
                f" {one['requests']:9.0f} {one['same']:5.0f} {one['new']:6.0f} {one['mb']:6.0f}"
            )
            spent = one["cpu"]


if __name__ == "__main__":
    main()
