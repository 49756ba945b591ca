"""Addresses of links that are told apart from the text: ``[name]: https://… "title"``."""

from __future__ import annotations

import re
from typing import Final

from veille.domain.text import collapse

# What stands for what, by ``label``: (address, title).
References = dict[str, tuple[str, str]]

_WHAT: Final = (
    r"[ ]{0,3}\[((?:[^\[\]\\]|\\.){1,1000}+)\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*+)>|([^\s<]\S*+))"
)
_TITLE: Final = r"""(?:"((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\))"""
# Quotes inside quotes are common, where they end the line.
_QUOTES: Final = r"""(?:"([^\n]*)"|'([^\n]*)')"""
_BEFORE_TITLE: Final = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
_END: Final = r"[ \t]*(?=\n|\Z)"
_DEFINITIONS: Final = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        _WHAT + _BEFORE_TITLE + _TITLE + _END,
        _WHAT + _BEFORE_TITLE + _QUOTES + _END,
        _WHAT + _END,
    )
)


def label(name: str) -> str:
    """Give what two spellings of a name have in common."""
    return collapse(name).casefold()


def definitions(text: str) -> tuple[References, str]:
    """Take the definitions off the beginning of a paragraph: they, and what is left.

    The first of two with one name counts.
    """
    found: References = {}
    at = 0
    while text.startswith(("[", " [", "  [", "   ["), at):
        one = next((m for each in _DEFINITIONS if (m := each.match(text, at))), None)
        if one is None or not label(one[1]):
            break
        address = one[2] if one[2] is not None else one[3]
        title = next((part for part in one.groups()[3:] if part is not None), "")
        found.setdefault(label(one[1]), (address, title))
        at = one.end() + 1
    return found, text[at:] if at else text
