"""The fields of the index, and our analysis as Whoosh calls it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from whoosh import fields
from whoosh.analysis import Token
from whoosh.analysis.tokenizers import Tokenizer

from veille.search import french
from veille.search.engine.layout import MANIES, NUMBERS, SINGLES, TEXTS

# Raise it when the analysis, the files or what is told of things change: indexes are made again.
_FORMAT: Final = 5
_LAYOUT: Final = repr((TEXTS, SINGLES, MANIES, NUMBERS)).encode()
VERSION: Final = f"{_FORMAT}-{zlib.crc32(_LAYOUT):08x}"


class FrenchAnalyzer(Tokenizer):  # type: ignore[misc]
    """Whoosh's view of ``french.tokens``."""

    def __call__(  # noqa: PLR0913, PLR0917 - the signature is Whoosh's
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        """Yield the terms of a text, one reused token at a time, as Whoosh expects."""
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        for one in french.tokens(value):
            token.text = one.term
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = value[one.start : one.end]
            if positions:
                token.pos = start_pos + one.position
            if chars:
                token.startchar = start_char + one.start
                token.endchar = start_char + one.end
            yield token


@cache
def schema() -> fields.Schema:
    """Give the schema. Title, text and people are scored as separate fields."""
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        **{name: fields.TEXT(analyzer=FrenchAnalyzer(), phrase=True) for name in TEXTS},
        **{name: fields.ID(sortable=True) for name in SINGLES},
        **{name: fields.KEYWORD(commas=True, scorable=False) for name in MANIES},
        **{name: fields.NUMERIC(int, sortable=True, default=0) for name in NUMBERS},
    )
