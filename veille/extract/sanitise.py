"""Only harmless HTML gets in (nh3, the Rust library ammonia): see ``domain/markup``."""

from __future__ import annotations

import unicodedata

import nh3
from lxml import etree, html

from veille.domain import markup


def sanitise(fragment: str) -> str:
    """Drop everything that acts, loads or tracks; keep structure, links and image addresses.

    An accent comes out as one character, however the page wrote it.
    """
    clean = nh3.clean(
        fragment,
        tags=set(markup.TAGS),
        attributes={tag: set(names) for tag, names in markup.ATTRIBUTES.items()},
        url_schemes=set(markup.SCHEMES),
        clean_content_tags=set(markup.DROPPED_WITH_CONTENT),
        link_rel=None,
        url_relative="deny",
        strip_comments=True,
    )
    return unicodedata.normalize("NFC", clean)


def whole(fragment: str, *, url: str) -> str:
    """Make a fragment harmless, its addresses whole: those of a feed may be relative to its site."""
    try:
        root = html.fragment_fromstring(fragment, create_parent="div")
        if url:
            root.make_links_absolute(url, resolve_base_href=False, handle_failures="discard")
        fragment = html.tostring(root, encoding="unicode")
    except (etree.ParserError, ValueError):
        return sanitise(fragment)
    return sanitise(fragment)
