"""The words of a note without its markup: what is searched, listed and read aloud."""

from __future__ import annotations

import re
from typing import Final

from veille.wiki.links import LINK

_MARKS: Final = re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+]|\d+\.)[ \t]+", re.MULTILINE)
_EMPHASIS: Final = re.compile(r"(\*{1,3}|_{2,3}|`+)(?=\S)([^\n*_`]{1,300})(?<=\S)\1")
_CELLS: Final = re.compile(r"[ \t]*\|[ \t]*")
_RULE: Final = re.compile(r"^[ \t]*(?:[-*_]{3,}|\|?[ \t:|-]+\|[ \t:|-]*)$", re.MULTILINE)


def plain(markdown: str) -> str:
    """Give the words; an embedded quote is found under its own name and is left out."""
    text = LINK.sub(lambda one: "" if one[1] else (one[3] or one[2]).strip(), markdown)
    text = _MARKS.sub("", _RULE.sub("", text))
    text = _EMPHASIS.sub(lambda one: one[2], text)
    text = "\n".join(line.strip() for line in _CELLS.sub(" ", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
