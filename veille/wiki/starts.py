"""How the blocks of a note begin and end: what the first characters of a line mean."""

from __future__ import annotations

import re
from typing import Final

EMBED: Final = re.compile(r" {0,3}(!\[\[[^\[\]\n]{1,602}\]\])\s*\Z")
# “##Title” is one too; “#word” is a word.
HEADING: Final = re.compile(r" {0,3}(#{1,6}(?=[ \t]|\Z)|#{2,6}(?=[^#\s]))[ \t]*(.*?)\s*\Z")
HEADING_END: Final = re.compile(r"(?:\A|(?<=[ \t]))#++[ \t]*\Z")
UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)\s*\Z")
RULE: Final = re.compile(r" {0,3}(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})\Z")
FENCE: Final = re.compile(r" {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))\Z")
ITEM: Final = re.compile(r" {0,3}([-+*]|(\d{1,9})([.)]))(?=[ \t]|\Z)")
NOTE: Final = re.compile(r" {0,3}\[\^([^\[\]\s]{1,100})\]:[ \t]*")
MEANING: Final = re.compile(r" {0,3}:(?=[ \t]+\S)")
ADMONITION: Final = re.compile(r'!!! ?([\w-]+(?: +[\w-]+)*)(?: +"([^"]*)")?\s*\Z')
ABBREVIATION: Final = re.compile(r" {0,3}\*\[([^\[\]\n]{1,100})\][ ]?:[ \t]*(\S.*?)\s*\Z")

_PRINTED: Final = "script|pre|style|textarea"
_BLOCKS: Final = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header"
    "|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param"
    "|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
# A tag as CommonMark wants it; nothing is tried twice.
_VALUE: Final = r"""(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+")"""
OPENING_TAG: Final = (
    rf"<[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+{_VALUE})?)*+\s*+/?>"
)
CLOSING_TAG: Final = r"</[A-Za-z][A-Za-z0-9-]*+\s*+>"

_PRINTED_END: Final = rf"</({_PRINTED})>"
# A script that ends before the line does stands in a line of text.
_GOES_ON: Final = re.compile(rf"{_PRINTED_END}.*\S", re.IGNORECASE)

# How raw HTML begins, and what ends it: "" for an empty line.
_HTML: Final = (
    (re.compile(rf"<({_PRINTED})(?=[\s>]|\Z)", re.IGNORECASE), _PRINTED_END),
    (re.compile(r"<!--"), r"-->"),
    (re.compile(r"<\?"), r"\?>"),
    (re.compile(r"<![A-Za-z]"), r">"),
    (re.compile(r"<!\[CDATA\["), r"\]\]>"),
    (re.compile(rf"</?({_BLOCKS})(?=\s|/?>|\Z)", re.IGNORECASE), ""),
)
_ANY_TAG: Final = re.compile(rf"(?:{OPENING_TAG}|{CLOSING_TAG})\s*\Z")


def html_end(text: str, *, in_paragraph: bool) -> str | None:
    """Give the pattern that ends the raw HTML a line begins, None when it begins none."""
    if text[:1] != "<":
        return None
    for begins, end in _HTML:
        if begins.match(text):
            return None if end == _PRINTED_END and _GOES_ON.search(text) else end
    return "" if not in_paragraph and _ANY_TAG.match(text) else None
