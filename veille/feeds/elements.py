"""Which elements of feeds Veille reads, under which names, and how much of each."""

from __future__ import annotations

from typing import Final

ATOM: Final = "http://www.w3.org/2005/Atom"
USUAL: Final = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
# RSS and Atom of all ages, and XHTML: their names need no prefix.
_PLAIN: Final = (
    "http://www.w3.org/2005/atom",
    "http://purl.org/atom/ns",
    "http://www.w3.org/1999/xhtml",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://cyber.law.harvard.edu/rss",
    "http://purl.org/rss/1.0",
    "http://purl.org/rss/1.0/modules/rss091",
    "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9",
)
_PREFIXES: Final = {uri.rstrip("/#"): prefix for prefix, uri in USUAL.items()} | dict.fromkeys(
    _PLAIN, ""
)

# Whose text is a name, when they hold no element of that name.
BYLINES: Final = frozenset({"author", "dc:creator", "dc:author"})
# What may stand in what: frames hold articles, both hold the others, groups hold texts.
FRAMES: Final = frozenset({"rss", "rdf:rdf", "feed", "channel"})
ARTICLES: Final = frozenset({"item", "entry"})
GROUPS: Final = frozenset({"author", "source", "media:group", "media:content"})

# The longest that each may be, in characters. An address that is longer is none: one more is kept
# so that it is seen.
ADDRESS: Final = 4_001
BASE: Final = 500
_LINE: Final = 200
SHORT: Final = {
    **dict.fromkeys(("link", "guid", "id", "url", "uri", "enclosure", "media:thumbnail"), ADDRESS),
    **dict.fromkeys(("feedburner:origlink", "itunes:new-feed-url", "newlocation"), ADDRESS),
    **dict.fromkeys(("category", "dc:subject", "keywords"), 500),
    **dict.fromkeys(("author", "source", "name", "email", "dc:creator", "dc:author"), _LINE),
    **dict.fromkeys(("pubdate", "published", "issued", "updated", "modified", "created"), _LINE),
    **dict.fromkeys(("dc:date", "dcterms:created", "dcterms:issued", "dcterms:modified"), _LINE),
    **dict.fromkeys(("language", "dc:language", "ttl"), _LINE),
    **dict.fromkeys(("sy:updateperiod", "sy:updatefrequency"), _LINE),
}
BODY: Final = 400_000
RICH: Final = {
    **dict.fromkeys(("title", "dc:title", "media:title"), 5_000),
    **dict.fromkeys(("description", "subtitle", "tagline", "summary", "abstract"), BODY),
    **dict.fromkeys(("content", "content:encoded", "fullitem", "body"), BODY),
    **dict.fromkeys(("dc:description", "media:description"), BODY),
}
# Under other names, where feedparser would take a caption for the article, or mix two dates; and
# authors as contributors, in whom it looks for no mail address.
RENAMED: Final = {
    "body": "content:encoded",
    "author": "contributor",
    "dc:creator": "contributor",
    "dc:author": "contributor",
    "dc:description": "dcabstract",
    "media:description": "mediatext",
    "media:title": "mediatitle",
    "dc:date": "dcterms:created",
    "rdf:rdf": "rdf:RDF",
}
# feedparser loses the text of these when they have an attribute.
BARE: Final = frozenset(
    {"dc:description", "media:description", "media:title", "feedburner:origlink", "ttl"}
    | {"itunes:new-feed-url", "sy:updateperiod", "sy:updatefrequency"}
)
ATTRIBUTES: Final = frozenset(
    {"version", "type", "mode", "rel", "href", "hreflang", "url", "length", "medium", "width"}
    | {"height", "term", "scheme", "label", "domain", "ispermalink", "rdf:about", "xml:lang"}
    | {"lastmod", "src"}
)
# Of a picture: they say nothing of the article.
CAPTIONS: Final = frozenset({"media:title", "media:description"})
# How many of a name one article may have.
FEW: Final = {"author": 20, "dc:creator": 20, "title": 4, "media:content": 30}
MANY: Final = 100


def prefix_of(uri: str, *, written: str) -> str:
    """Give the usual prefix of a namespace: "" for those of RSS and Atom, "?" for a strange one.

    Args:
        uri: as declared; "" when it is not.
        written: the prefix that the feed uses, believed when it is a usual one.
    """
    known = uri.strip().lower().replace("https://", "http://", 1).rstrip("/#")
    if known.startswith("http://backend.userland.com/rss"):
        return ""
    usual = written.lower() if written.lower() in USUAL else ""
    return _PREFIXES.get(known, usual or ("?" if written else ""))
