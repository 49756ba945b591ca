"""What may stay of the HTML of a note: structure and meaning, nothing that acts or loads."""

from __future__ import annotations

import re
from typing import Final

import nh3

from veille.domain import markup
from veille.wiki.embeds import SCHEME

BLOB: Final = re.compile(r"blob:[0-9a-f]{64}\Z")
_OWN: Final = re.compile(r"fn(?:ref)?-[0-9]{1,6}\Z")
_LEADS: Final = re.compile(rf"(?:{'|'.join(sorted({*markup.SCHEMES, SCHEME}))}):", re.IGNORECASE)
_ALIGNED: Final = frozenset({"left", "center", "right"})
_MORE: Final = {"a": {"id"}, "li": {"id"}, "td": {"align"}, "th": {"align"}}
_CLASSES: Final = {
    "a": {"link", "red", "person", "theme"},
    "blockquote": {"quote"},
    "div": {"admonition", "embed"},
    "li": {"done"},
    "ol": {"footnotes"},
    "p": {"admonition-title", "reference", "gone", "notice", "title"},
    "span": {"done", "gone", "notice", "quote", "reference"},
    "ul": {"tasks"},
}
_IMAGE: Final = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ALT: Final = re.compile(r' alt="([^"]*)"')


def _kept(_tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if _OWN.match(value) else None
    if name == "src":
        return value if BLOB.match(value) else None
    if name == "href":
        return value if _LEADS.match(value) else None
    if name == "align":
        return value if value in _ALIGNED else None
    return value


_CLEANER: Final = nh3.Cleaner(
    tags=set(markup.TAGS),
    attributes={
        tag: set(markup.ATTRIBUTES.get(tag, ())) | set(_MORE.get(tag, ()))
        for tag in {*markup.ATTRIBUTES, *_MORE}
    },
    attribute_filter=_kept,
    allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
    url_schemes={*markup.SCHEMES, SCHEME, "blob"},
    url_relative="deny",
    clean_content_tags=set(markup.DROPPED_WITH_CONTENT),
    link_rel=None,
)


def harmless(html: str) -> str:
    """Clean what was rendered; an image that is not ours leaves its words."""
    cleaned = _CLEANER.clean(html)
    return _IMAGE.sub(_shown, cleaned) if "<img" in cleaned else cleaned


def _shown(image: re.Match[str]) -> str:
    if " src=" in image[1]:
        return image[0]
    words = _ALT.search(image[1])
    return words[1] if words else ""
