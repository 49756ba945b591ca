"""Where is the feed of this site? What its page announces, and the addresses worth a try.

A page is read as a stream of tags, never as a tree: one tag with 300,000 attributes costs a tree
six minutes (measured), the stream half a second; depth costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from veille.domain import text

MOST_PAGE: Final = 2_000_000
MOST_CANDIDATES: Final = 50
MOST_GUESSES: Final = 12
_MOST_LOOKED_AT: Final = 1_000
_LONGEST: Final = 4_000
_TITLE: Final = 200
_TYPES: Final = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
    "application/rdf+xml": "rss",
    "text/xml": "",
    "application/xml": "",
}
# Whatever may stand in the address of a feed: the rest of a page's links is not looked at twice.
_HINT: Final = re.compile(r"feed|flux|rss|atom|rdf|xml|backend|abonne|\bfils?\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"/(?:feeds?|rss2?|atom|rdf|(?:flux|fil)[-_]?rss|flux)/?(?:\?|\Z)"
    r"|/feeds?/(?:posts|atom|rss2?|rdf|json|videos)\b"
    r"|[./_-](?:rss|atom|rdf)(?:2|20)?(?:\.(?:xml|php|aspx?))?(?:\?|\Z)"
    r"|/[\w-]*(?:feed|rss|atom)[\w-]*\.(?:xml|json|php|aspx?)(?:\?|\Z)"
    r"|\.xml(?:\?|\Z)"
    r"|[?&](?:feed|format|type|alt|output|view)=(?:rss2?|atom|rdf|feed)(?:&|\Z)"
    r"|[?&](?:page=backend(?:-\w+)?|rss=1)(?:&|\Z)"
    r"|\Ahttps?://(?:feeds?|feedproxy|rss|flux)\.",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(
    r"\brss\b|\b(?:flux|fils?|feed) atom\b|\batom feed\b|\Aatom(?: 1\.0)?\Z"
    r"|\babonne[rz](?:-vous)? (?:au|aux|a (?:ce|nos|notre)) (?:flux|fils?)\b"
)
_ABOUT: Final = re.compile(r"\b(?:qu'est|c'est quoi|what|comment|how|aide|help|terms|conditions)\b")
_NO_FEED: Final = re.compile(
    r"sitemap|opensearch|wlwmanifest|browserconfig|crossdomain|oembed|/wp-json\b"
    r"|\Ahttps?://(?:[\w-]+\.)*(?:facebook|twitter|x|linkedin|instagram|wikipedia|feedly|netvibes"
    r"|inoreader|newsblur|addtoany)\.(?:com|org)[/:?]",
    re.IGNORECASE,
)
_COMMENTS: Final = re.compile(r"\bcomments\b|\bcommentaires?\b", re.IGNORECASE)
_FEED_SCHEME: Final = re.compile(r"\Afeed:(?://)?(?=(https?://)?)", re.IGNORECASE)
_NO_HOST: Final = re.compile(r"[\s<>\"{}|\\^`]")
_SECTION: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,2}")
# Where sites document that their feeds are, by the address of the page.
_SITES: Final = (
    (r"https?://(?:www\.|m\.)?youtube\.com/channel/(UC[\w-]{22})(?:[/?].*)?",
     r"https://www.youtube.com/feeds/videos.xml?channel_id=\1", "atom"),
    (r"https?://(?:www\.|m\.)?youtube\.com/user/([\w.-]+)(?:[/?].*)?",
     r"https://www.youtube.com/feeds/videos.xml?user=\1", "atom"),
    (r"https?://(?:www\.|m\.)?youtube\.com/(?:playlist|watch)\?(?:.*&)?list=([\w-]+)(?:&.*)?",
     r"https://www.youtube.com/feeds/videos.xml?playlist_id=\1", "atom"),
    (r"https?://github\.com/([\w-]+/[\w.-]+)(?:/releases(?:[/?].*)?)?/?",
     r"https://github.com/\1/releases.atom", "atom"),
    (r"https?://github\.com/([\w-]+/[\w.-]+)(?:/commits)?/?",
     r"https://github.com/\1/commits.atom", "atom"),
    (r"https?://github\.com/([\w-]+/[\w.-]+/commits/[^?#]+?)/?",
     r"https://github.com/\1.atom", "atom"),
    (r"https?://(?:www\.|old\.)?reddit\.com/((?:r|user)/[\w-]+)(?:[/?].*)?",
     r"https://www.reddit.com/\1/.rss", "atom"),
    (r"https?://(?:www\.)?medium\.com/(@?[\w.-]+)/?", r"https://medium.com/feed/\1", "rss"),
    (r"https?://(?!www\.)([\w-]+)\.medium\.com(?:/.*)?", r"https://\1.medium.com/feed", "rss"),
    (r"(https?://[\w-]+\.blogspot\.[a-z.]{2,6})(?:/.*)?", r"\1/feeds/posts/default", "atom"),
    (r"(https?://[\w-]+\.wordpress\.com)(?:/.*)?", r"\1/feed/", "rss"),
)  # fmt: skip
# The same for software found on any host: Mastodon, WordPress, SPIP.
_SOFTWARE: Final = (
    (r"(https?://(?!(?:www\.|m\.)?(?:youtube|medium|tiktok|threads)\.)[^/?#]+/@\w+)/?",
     r"\1.rss", "rss"),
    (r"(https?://[^/?#]+/(?:[^?#]*/)?(?:category|tag|author)/[^?#]+?)/?(?:page/\d+/?)?",
     r"\1/feed/", "rss"),
    (r"(https?://[^/?#]+/(?:[^?#]*/)?)spip\.php(?:\?.*)?", r"\1spip.php?page=backend", "rss"),
)  # fmt: skip
_USUAL: Final = (
    "/feed/", "/rss.xml", "/spip.php?page=backend", "/rss", "/feed.xml", "/atom.xml",
    "/index.xml", "/actualites/feed/", "/actualites/rss.xml", "/feed.json", "/flux-rss",
    "/?format=feed&type=rss",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address where a feed may be.

    Attributes:
        url: absolute, http or https.
        title: as announced, or the words of the link; may be empty.
        form: "rss", "atom", "json", or "" when nothing says it.
        origin: "link" (announced), "anchor" (a link of the page that looks like a feed) or
            "guess" (known of such sites).
    """

    url: str
    title: str
    form: str
    origin: str


class _Page:
    """What is collected while the tags of a page go by."""

    def __init__(self) -> None:
        self.base = ""
        self.links: list[dict[str, str]] = []
        self.anchors: dict[str, tuple[dict[str, str], str]] = {}
        self._anchor: dict[str, str] | None = None
        self._words: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "link":
            told = {"alternate", "feed", "canonical"} & set(_relations(attributes))
            if told and attributes.get("href") and len(self.links) < _MOST_LOOKED_AT:
                self.links.append(dict(attributes))
        elif tag in {"a", "area"}:
            self.end("a")
            self._anchor = dict(attributes)
        elif tag == "img":
            self.data(attributes.get("alt") or "")
        elif tag == "base":
            self.base = self.base or attributes.get("href") or ""

    def data(self, words: str) -> None:
        # A link is known by its first words: what else a hostile one holds is not kept.
        if self._anchor is not None and len(self._words) < 20:
            self._words.append(text.collapse(words[:_TITLE]))

    def end(self, tag: str) -> None:
        if tag not in {"a", "area"} or self._anchor is None:
            return
        self._keep(self._anchor)
        self._anchor, self._words = None, []

    def _keep(self, anchor: dict[str, str]) -> None:
        told = [*self._words, anchor.get("title") or "", anchor.get("aria-label") or ""]
        words, href = " ".join(dict.fromkeys(told)), anchor.get("href") or ""
        known = self.anchors.get(href)
        # An icon and its caption are often two links.
        new = len(self.anchors) < _MOST_LOOKED_AT if known is None else not known[1]
        if new and (_HINT.search(href) or _HINT.search(words)):
            self.anchors[href] = (anchor, text.clip(words, length=_TITLE))

    def close(self) -> None:
        """Nothing is left open: the parser closes what the page does not."""


def candidates(page: str, *, url: str) -> list[Candidate]:
    """Give the feeds that a page announces, best first; feeds of comments come last.

    Never fails: what cannot be read announces nothing. An empty page gives what is known of the
    address alone.

    Args:
        page: its HTML, decoded; what is beyond ``MOST_PAGE`` characters is not read.
        url: where it was found.
    """
    seen = _read(page)
    base = absolute(url, seen.base) or url
    canonical = [absolute(base, link["href"]) for link in seen.links if _is_canonical(link)]
    known = [one for address in (url, *canonical[:1]) for one in _known(address)]
    ranked = [
        *_announced(seen.links, base, {_same(one.url) for one in known}),
        *((2, one) for one in known),
        *_linked([*seen.anchors.values()], base, url),
    ]
    return _best(ranked)


def guesses(url: str) -> list[str]:
    """Give the usual addresses of a feed on the host of a page, at most ``MOST_GUESSES``."""
    address = absolute("", url)
    if not address:
        return []
    parts = urlsplit(address)
    root = f"{parts.scheme}://{parts.netloc}"
    near = [
        f"{folder}{name}" for folder in _sections(parts.path) for name in ("/feed/", "/rss.xml")
    ]
    return list(dict.fromkeys(root + tail for tail in (*near, *_USUAL)))[:MOST_GUESSES]


def is_of_comments(one: Candidate) -> bool:
    """Tell whether a feed gives what readers say of the articles, as far as its names show."""
    return bool(_COMMENTS.search(one.title) or _COMMENTS.search(one.url))


def absolute(base: str, target: str) -> str:
    """Give an http(s) address as meant on a page; "" when it is none. ``feed:`` is undone."""
    target = re.sub(r"[\t\r\n]", "", target.translate(text.CONTROLS)).strip()
    target = _FEED_SCHEME.sub(lambda told: "" if told[1] else "http://", target, count=1)
    try:
        address = urljoin(base, target)
        parts = urlsplit(address)
        whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not whole or len(address) > _LONGEST:
        return ""
    return "" if _NO_HOST.search(parts.netloc) else address


def _read(page: str) -> _Page:
    seen = _Page()
    data = page[:MOST_PAGE].encode("utf-8", "replace")
    etree.fromstring(data, etree.HTMLParser(target=seen, encoding="utf-8", no_network=True))
    return seen


def _is_canonical(link: Mapping[str, str]) -> bool:
    return bool(link.get("href")) and "canonical" in _relations(link)


def _relations(link: Mapping[str, str]) -> list[str]:
    return (link.get("rel") or "").lower().split()


def _known(url: str) -> list[Candidate]:
    return _applied(_SITES, url) or _applied(_SOFTWARE, url)


def _applied(table: tuple[tuple[str, str, str], ...], url: str) -> list[Candidate]:
    told = [(re.fullmatch(page, url, re.IGNORECASE), feed, form) for page, feed, form in table]
    return [Candidate(one.expand(feed), "", form, "guess") for one, feed, form in told if one]


def _announced(
    links: list[dict[str, str]], base: str, known: set[str]
) -> Iterator[tuple[int, Candidate]]:
    for link in links:
        relations, kind = _relations(link), _kind(link)
        if "stylesheet" in relations or not {"alternate", "feed"} & set(relations):
            continue
        address = urldefrag(absolute(base, link.get("href") or "")).url
        looks = bool(_ADDRESS.search(address))
        if not address or _NO_FEED.search(address):
            continue
        if kind not in _TYPES and (kind or not (looks or "feed" in relations)):
            continue
        one = Candidate(address, _title(link), _TYPES.get(kind) or _form(address), "link")
        # Bare JSON is rather the data of the page than a feed.
        doubtful = kind == "application/json" and not looks
        yield (4 if doubtful else 0 if _same(address) in known else 1), one


def _linked(
    anchors: list[tuple[dict[str, str], str]], base: str, url: str
) -> Iterator[tuple[int, Candidate]]:
    for anchor, words in anchors:
        href = anchor.get("href") or ""
        address = urldefrag(absolute(base, href)).url
        if not address or _NO_FEED.search(address) or _same(address) == _same(url):
            continue
        form = _TYPES.get(_kind(anchor)) or _form(address)
        one = Candidate(address, words, form, "anchor")
        if _kind(anchor) in _TYPES or href.lower().startswith("feed:") or _ADDRESS.search(address):
            yield 3, one
        elif _says_feed(words):
            yield 4, one


def _best(ranked: list[tuple[int, Candidate]]) -> list[Candidate]:
    order = sorted(ranked, key=lambda told: 9 if is_of_comments(told[1]) else told[0])
    first: dict[str, Candidate] = {}
    for _rank, one in order:
        first.setdefault(_same(one.url), one)
    return list(first.values())[:MOST_CANDIDATES]


def _same(url: str) -> str:
    """Give what two spellings of an address have in common."""
    return url.partition("://")[2].rstrip("/")


def _kind(link: Mapping[str, str]) -> str:
    return (link.get("type") or "").partition(";")[0].strip().lower()


def _title(link: Mapping[str, str]) -> str:
    return text.clip((link.get("title") or "").translate(text.CONTROLS), length=_TITLE)


def _form(address: str) -> str:
    told = re.search(r"atom|rss|feed\.json", address.partition("://")[2].lower())
    return {"atom": "atom", "rss": "rss", "feed.json": "json"}[told[0]] if told else ""


def _says_feed(words: str) -> bool:
    plain = text.key(words)
    return len(plain) <= 80 and bool(_WORDS.search(plain)) and not _ABOUT.search(plain)


def _sections(path: str) -> list[str]:
    """Give the sections of a site that a path goes through, the deepest first, two at most.

    The path of an article is none: on many sites it answers with the comments of that article.
    """
    found: list[str] = []
    for name in path.split("/")[1:3]:
        if not _SECTION.fullmatch(name):
            break
        found.insert(0, f"{found[0] if found else ''}/{name}")
    return found
