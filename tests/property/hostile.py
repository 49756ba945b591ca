"""Queries that nobody should type, and what a search says: ``hostile.py 100000``."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter

from hypothesis import strategies as st

_WORDS = Path(__file__).resolve().parents[2] / "resources" / "words"
PARTS = (
    'crue élus Cap\'Com " « » “ ” ( ) - -( OU OR ET AND = =" : :: source: source:" soucre:x -source:x'
    " depuis: depuis:hier depuis:99/99/9999 jusqu'à:2024 date:mars etat:retenu type:note qui:x"
    ' theme:"a b" https://x.y/z C.N.I.L. 15 000 12/03/2024 \x00 \u200b \ud800 ́ 🙂 \' ’ * ? [ ] { } \\ / %'
    " zzzz" + "a" * 300
).split(" ")


def hostile() -> st.SearchStrategy[str]:
    """Pieces of the language, in any order."""
    return st.lists(st.sampled_from([*PARTS, " "]), max_size=25).map("".join) | st.lists(
        st.sampled_from(PARTS), max_size=15
    ).map(" ".join)


def main(count: int) -> None:
    """Ask so many random queries; any exception stops."""
    from veille.search.document import Document, Options
    from veille.search.index import create_index

    chance = Random(1)
    with tempfile.TemporaryDirectory() as folder:
        index = create_index(Path(folder) / "i", words=_WORDS)
        index.update(
            [Document(f"a-{n}", "article", "La crue", "Cap'Com 15 000 élus " * n, day=20240101)
             for n in range(20)], [],
        )  # fmt: skip
        started = perf_counter()
        for _ in range(count):
            glue = chance.choice(["", " "])
            typed = glue.join(chance.choices(PARTS, k=chance.randrange(1, 20)))
            wild = "".join(chr(chance.randrange(1, 0x3000)) for _ in range(chance.randrange(4)))
            options = Options(typing=chance.random() < 0.5, facets=chance.random() < 0.3,
                              newest_first=chance.random() < 0.3, today=date(2026, 11, 24))  # fmt: skip
            answer = index.search(typed + wild, options)
            assert len(answer.hits) <= answer.total <= 20
        print(f"{count} queries, {perf_counter() - started:.0f} s, no exception")
        index.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
