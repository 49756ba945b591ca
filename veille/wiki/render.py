"""From the Markdown of a note to harmless HTML, links and embedded quotes included."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from typing_extensions import override

from veille.domain import markup
from veille.wiki.links import LINK, target_of

SCHEME: Final = "veille"
_EXTENSIONS: Final = ("tables", "footnotes", "sane_lists", "fenced_code", "admonition", "def_list")
_CLASSES: Final = {
    "a": {"link", "red"},
    "div": {"admonition", "embed"},
    "p": {"admonition-title", "reference", "gone"},
    "blockquote": {"quote"},
}
# Before the patterns of code spans would be wrong: `[[x]]` in code is text (priority 190).
_PRIORITY: Final = 175


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to today."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is shown in place of an embed: the words, and where they come from."""

    id: str
    words: str
    reference: str


Resolve = Callable[[str], Target | None]
Embed = Callable[[str], Embedded | None]


def render(text: str, *, resolve: Resolve, embed: Embed) -> str:
    """Render a note.

    Args:
        text: Markdown.
        resolve: gives the target of an id or folded title, None for a note yet to be written.
        embed: gives what an id shows in place, None when it is gone.
    """
    converter = markdown.Markdown(
        extensions=[*_EXTENSIONS, _Links(resolve, embed)],
        # Links within a page are taken out below: an arrow back would lead nowhere.
        extension_configs={"footnotes": {"BACKLINK_TEXT": ""}},
        output_format="html",
    )
    try:
        converted = converter.convert(text)
    except RecursionError:
        # Thousands of nested marks: shown as it was typed rather than not at all.
        converted = f"<pre>{html.escape(text)}</pre>"
    return nh3.clean(
        converted,
        tags=set(markup.TAGS),
        attributes={tag: set(names) for tag, names in markup.ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
        url_schemes={*markup.SCHEMES, SCHEME},
        url_relative="deny",
        clean_content_tags=set(markup.DROPPED_WITH_CONTENT),
        link_rel=None,
    )


class _Links(Extension):
    def __init__(self, resolve: Resolve, embed: Embed) -> None:
        super().__init__()
        self._resolve = resolve
        self._embed = embed

    @override
    def extendMarkdown(self, md: markdown.Markdown) -> None:
        processor = _LinkProcessor(LINK.pattern, md)
        processor.resolve, processor.embed = self._resolve, self._embed
        md.inlinePatterns.register(processor, "veille", _PRIORITY)


class _LinkProcessor(InlineProcessor):
    resolve: Resolve
    embed: Embed

    @override
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        target = target_of(m[2])
        if m[1] and (shown := self.embed(target)) is not None:
            return self._stash(embedded_html(shown)), m.start(0), m.end(0)
        if m[1]:
            lost = f'<p class="gone">{html.escape(m[2])}</p>'
            return self._stash(lost), m.start(0), m.end(0)
        found = self.resolve(target)
        link = Element("a")
        link.set("class", "link" if found else "red")
        address = found.id if found else f"new/{m[2].strip()}"
        link.set("href", f"{SCHEME}:{address}")
        link.text = (m[3] or (found.title if found else "") or m[2]).strip()
        return link, m.start(0), m.end(0)

    def _stash(self, fragment: str) -> str:
        stashed: str = self.md.htmlStash.store(fragment)
        return stashed


def embedded_html(shown: Embedded) -> str:
    """Write an embedded quote with its reference; both lead to the exact passage."""
    words = "<br>".join(html.escape(line) for line in shown.words.split("\n"))
    return (
        f'<blockquote class="quote"><p>{words}</p>'
        f'<p class="reference"><a class="link" href="{SCHEME}:{shown.id}">'
        f"{html.escape(shown.reference)}</a></p></blockquote>"
    )
