"""Words and rules that ship as data: read once, handed to the rooms that touch no disk."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from veille.desk.paths import resources

if TYPE_CHECKING:
    from veille.extract.quotes.grammar import Grammar
    from veille.extract.wording import Wording


@cache
def wording() -> Wording:
    """Give how walls and subscribers' pages speak."""
    from veille.extract.wording import parse_wording

    folder = resources() / "capture"
    return parse_wording(*(one.read_text("utf-8") for one in sorted(folder.glob("wording-*.txt"))))


@cache
def grammar() -> Grammar:
    """Give how the press says who speaks."""
    from veille.extract.quotes.grammar import parse_grammar

    folder = resources() / "quotes"
    return parse_grammar(
        {
            one.relative_to(folder).as_posix(): one.read_text("utf-8")
            for one in sorted(folder.rglob("*.txt"))
        }
    )
