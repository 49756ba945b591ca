"""Which HTML may be kept and shown: structure and meaning, nothing that acts or loads."""

from __future__ import annotations

from typing import Final

TAGS: Final = frozenset(
    {
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl",
        "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
        "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub",
        "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
    }
)  # fmt: skip

ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"src", "alt", "title"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}

# No file:, data:, cid: or protocol of an application.
SCHEMES: Final = frozenset({"http", "https", "mailto"})

# Their text goes with them: a fallback message is no part of an article.
DROPPED_WITH_CONTENT: Final = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "video", "audio", "svg"}
)
