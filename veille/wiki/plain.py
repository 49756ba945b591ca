"""The words of a note without its markup: what is searched, listed and read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from veille.wiki.links import LINK, spoken
from veille.wiki.starts import CLOSING_TAG, OPENING_TAG

Replacement = str | Callable[[re.Match[str]], str]

_TITLE: Final = r"""(?:"[^"\n]*+"|'[^'\n]*+'|\([^()\n]*+\))"""
_WHERE: Final = rf"\((?:<[^<>\n]*+>|[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)(?:\s++{_TITLE})?\s*+\)"
# What stands for nothing or for other words, in this order. Nothing here is tried twice: a note
# of thousands of odd marks costs no more than another.
_REPLACED: Final[tuple[tuple[re.Pattern[str], Replacement], ...]] = (
    (LINK, lambda one: "" if one[1] else spoken(one)),
    # Rules, what stands under the heads of a table, the marks of fences.
    (re.compile(r"^[ \t:|*_=-]{3,}+$|^[ \t]*+(?:```|~~~)[^\n`]*+$", re.MULTILINE), ""),
    (
        re.compile(r'^!!! ?[\w-]+[^\n"]*(?:"([^"\n]*)")?[ \t]*$', re.MULTILINE),
        lambda one: one[1] or "",
    ),
    (re.compile(r"^ {0,3}\[\^[^\[\]\s]{1,100}\]:[ \t]*", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}\*\[([^\[\]\n]{1,100})\][ ]?:[ \t]*", re.MULTILINE), r"\1 "),
    (re.compile(r"^ {0,3}\[[^\[\]\n]{1,300}\]:[ \t]*\S+[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"(?<!\\)\[\^[^\[\]\s]{1,100}\]"), ""),
    (
        re.compile(
            r"^[ \t]*(?:(?:#{1,6}[ \t]|>|[-*+:][ \t]|\d{1,9}[.)][ \t])[ \t]*)+"
            r"(?:\[[ xX]\][ \t]+)?",
            re.MULTILINE,
        ),
        "",
    ),
    (re.compile(rf"!?\[([^\[\]]{{0,300}})\]{_WHERE}"), r"\1"),
    (re.compile(r"!?\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,300}\]"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]{1,2000}|[^<>\s@]{1,100}@[^<>\s]{1,200})>"), r"\1"),
    (re.compile(rf"{OPENING_TAG}|{CLOSING_TAG}"), ""),
)
_EMPHASIS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![`\\])(`++)([^\n`]{1,300})\1(?!`)",
        r"(?<![*\\])(\*{1,3})(?=\S)([^\n*]{1,300})(?<=\S)\1",
        r"(?<![\w\\])(_{1,3})(?=\S)([^\n_]{1,300})(?<=\S)\1(?!\w)",
        r"(?<![~\\])(~~)(?=\S)([^\n~]{1,300})(?<=\S)\1",
    )
)
_ESCAPED: Final = re.compile(r"\\(?:([!-/:-@\[-`{-~])|$)", re.MULTILINE)
_CELLS: Final = re.compile(r"(?<![ \t\\])[ \t]*+\|[ \t]*+")
_EMPTY: Final = re.compile(r"\n{3,}")


def plain(markdown: str) -> str:
    """Give the words; what is embedded is found under its own name and is left out."""
    text = markdown
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    # Twice: of marks inside marks the inner ones go first.
    for _ in range(2):
        for marks in _EMPHASIS:
            text = marks.sub(r"\2", text)
    text = _ESCAPED.sub(r"\1", _CELLS.sub(" ", text))
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _EMPTY.sub("\n\n", text).strip()
