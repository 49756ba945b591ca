"""A site of the tests that publishes a feed: what it holds is set, how it answers too."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler

from tests.conftest import Site


@dataclass
class Piece:
    """An article as the feed announces it; ``at`` in milliseconds, 0 for no date."""

    title: str
    path: str = ""
    guid: str = ""
    text: str = "Le conseil municipal se réunit jeudi à l'hôtel de ville."
    at: int = 0
    section: str = ""
    dated: str = ""


@dataclass
class Newsroom:
    """Serves an RSS feed at ``path``, with a version that changes when what it holds does.

    Attributes:
        status: what it answers instead of the feed, 200 for the feed.
        asked: the headers of each request.
    """

    site: Site
    path: str = "/rss.xml"
    title: str = "Le Courrier du Val"
    pieces: list[Piece] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.routes[self.path] = self.answer

    @property
    def url(self) -> str:
        return self.site.url(self.path)

    def publish(self, *pieces: Piece) -> None:
        self.pieces = [*pieces, *self.pieces]

    def written(self) -> bytes:
        items = "".join(self._item(one) for one in self.pieces)
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{escape(self.title)}</title><link>{self.site.url('/')}</link>{items}"
            "</channel></rss>"
        ).encode()

    def _item(self, one: Piece) -> str:
        link = self.site.url(one.path) if one.path else ""
        dated = one.dated or (
            format_datetime(datetime.fromtimestamp(one.at / 1000, UTC)) if one.at else ""
        )
        parts = [
            ("title", one.title), ("link", link), ("guid", one.guid), ("description", one.text),
            ("category", one.section), ("pubDate", dated),
        ]  # fmt: skip
        inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parts if value)
        return f"<item>{inner}</item>"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append({name.lower(): value for name, value in request.headers.items()})
        body = self.written()
        version = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        status = self.status
        if status == 200 and request.headers.get("If-None-Match") == version:
            status = 304
        body = body if status == 200 else b""
        request.send_response(status)
        request.send_header("Content-Type", "application/rss+xml")
        if status in {200, 304}:
            request.send_header("ETag", version)
        for name, value in self.headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


def pieces(titles: Sequence[str], *, at: Callable[[int], int]) -> list[Piece]:
    """Write one piece for each title; ``at`` dates the n-th."""
    return [
        Piece(title, f"/article-{number}", f"id-{number}", f"{title}. Le détail suit.", at(number))
        for number, title in enumerate(titles)
    ]
