"""The fields of the index, and our analysis as Whoosh calls it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from whoosh import fields
from whoosh.analysis import Token
from whoosh.analysis.tokenizers import Tokenizer

from veille.search import french

# Raise it when the analysis or the schema changes: indexes of another version are rebuilt.
FORMAT: Final = 1


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


def schema() -> fields.Schema:
    """Give the schema. Title, text and speaker are scored as separate fields."""
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        kind=fields.ID(stored=True, sortable=True),
        title=fields.TEXT(analyzer=FrenchAnalyzer(), phrase=True),
        text=fields.TEXT(analyzer=FrenchAnalyzer(), phrase=True),
        who=fields.TEXT(analyzer=FrenchAnalyzer(), phrase=True),
        space=fields.ID(sortable=True),
        state=fields.ID(sortable=True),
        source=fields.TEXT(analyzer=FrenchAnalyzer(), phrase=True),
        source_name=fields.ID(sortable=True),
        tag=fields.KEYWORD(commas=True, lowercase=False, scorable=False),
        by=fields.ID(sortable=True),
        day=fields.NUMERIC(int, sortable=True, default=0),
    )
