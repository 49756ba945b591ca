"""How the house cites: a pattern, filled for a quote or an article, in text, Markdown and HTML.

A pattern holds names between braces; ``*…*`` is in italics; what stands between square brackets
goes when one of its own names has nothing to say, and brackets may stand within brackets. Author
and source are never left out: when they are not known, that is what is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from veille.domain.views import Row
from veille.sentences import dates, names
from veille.sentences.catalogue import _

STYLES: Final = ("press", "iso690", "short")
NAMES: Final = (
    "quote", "speaker", "role", "author", "title", "source", "date", "address", "captured",
)  # fmt: skip
REQUIRED: Final = ("quote", "author", "source")
_TOKEN: Final = re.compile(r"\{([a-z]+)\}|([\[\]*])|([^{}\[\]*]+|[{}])")
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|#])")
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in the three forms that a clipboard carries."""

    text: str
    markdown: str
    html: str


def pattern(style: str) -> str:
    """Give the pattern of a style by its name; another text is a pattern of one's own."""
    return {
        "press": _(
            "[“{quote}” — {speaker}[, {role}] — ]{author}, *{title}*, {source}[, {date}][, {address}]"
        ),
        "iso690": _(
            "[“{quote}” {speaker}[, {role}]. In: ]{author}. {title}. *{source}*[, {date}]"
            "[. Captured on {captured}][. Available at: {address}]"
        ),
        "short": _("[“{quote}” ]([{speaker}, ]{author}, {source}[, {date}])"),
    }.get(style or "press", style)


def style_name(style: str) -> str:
    """Name a style."""
    return {
        "press": _("Press: who said it, then author, title, source, date"),
        "iso690": _("Bibliography, in the order of ISO 690"),
        "short": _("Short: in brackets after the quote"),
    }.get(style or "press", _("Our own pattern"))


def problem(written: str) -> str:
    """Say what is wrong with a pattern, "" when nothing is."""
    named = {found[1] for found in _TOKEN.finditer(written) if found[1]}
    if unknown := sorted(named - set(NAMES)):
        return _("Nothing is called {{{name}}}. Names: {names}.").format(
            name=unknown[0], names=", ".join(NAMES)
        )
    if missing := [one for one in REQUIRED if one not in named]:
        return _("A citation always says {{{name}}}: put it in the pattern.").format(
            name=missing[0]
        )
    depth = 0
    for found in _TOKEN.finditer(written):
        depth += {"[": 1, "]": -1}.get(found[2] or "", 0)
        if depth < 0 or depth > _DEEPEST:
            break
    return "" if depth == 0 else _("A square bracket has no other half.")


def values(row: Row, about: Row | None, *, captured: int = 0) -> dict[str, str]:
    """Give what a pattern is filled with, for a quote or an article.

    Args:
        row: the quote, or the article.
        about: the article of a quote.
        captured: when the page was captured, milliseconds; 0 when it does not matter.
    """
    is_quote = row.kind != "article"
    article = about if is_quote else row
    return {
        "quote": row.text("exact") if is_quote else "",
        "speaker": (row.text("speaker") or names.unknown_speaker()) if row.kind == "quote" else "",
        "role": row.text("role"),
        "author": ", ".join(article.authors if article else ()) or names.unknown_author(),
        "title": article.title if article else "",
        "source": (article.source if article else "") or names.unknown_source(),
        "date": dates.published(article.published) if article else "",
        "address": article.text("url") if article else "",
        "captured": dates.of_moment(captured) if captured else "",
    }


def cite(style: str, filled: Mapping[str, str]) -> Cited:
    """Write a citation, in three forms."""
    written = pattern(style)
    return Cited(
        text=_fill(written, filled, lambda _name, value: value, ("", "")),
        markdown=_fill(written, filled, _in_markdown, ("*", "*")),
        html=_fill(html.escape(written, quote=False), filled, _in_html, ("<i>", "</i>")),
    )


def _in_markdown(name: str, value: str) -> str:
    return f"<{value}>" if name == "address" and _is_web(value) else _MARKDOWN.sub(r"\\\1", value)


def _in_html(name: str, value: str) -> str:
    shown = html.escape(value)
    return f'<a href="{shown}">{shown}</a>' if name == "address" and _is_web(value) else shown


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://")) and not re.search(r"[\s<>]", address)


@dataclass(slots=True)
class _Section:
    parts: list[str]
    says: bool = True


def _fill(
    written: str, filled: Mapping[str, str], shown: Callable[[str, str], str],
    italics: tuple[str, str],
) -> str:  # fmt: skip
    """Fill a pattern; a section one of whose names says nothing goes, with those inside it."""
    open_sections = [_Section([])]
    slanted = False
    for found in _TOKEN.finditer(written):
        name, mark, plain = found.groups()
        if name:
            value = filled.get(name, "")
            open_sections[-1].says &= bool(value)
            open_sections[-1].parts.append(shown(name, value) if value else "")
        elif mark == "[":
            open_sections.append(_Section([]))
        elif mark == "]" and len(open_sections) > 1:
            done = open_sections.pop()
            open_sections[-1].parts.append("".join(done.parts) if done.says else "")
        elif mark == "*":
            open_sections[-1].parts.append(italics[slanted])
            slanted = not slanted
        else:
            open_sections[-1].parts.append(plain or "")
    return "".join(part for one in open_sections for part in one.parts).strip()
