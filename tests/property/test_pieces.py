"""A note cut in pieces says what it says whole: the same HTML, and never a line lost.

Reach, asserted at the end: texts are really cut, and every kind of block is in them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from veille.wiki import blocks
from veille.wiki.context import Context
from veille.wiki.embeds import Embedded, Target
from veille.wiki.engine import Engine
from veille.wiki.footnotes import numbered, told
from veille.wiki.harmless import harmless
from veille.wiki.outline import Block
from veille.wiki.pieces import split
from veille.wiki.render import Renderer

LINES = [
    "", "", "", "", " ", "\t", "un mot", "deux mots *en* **gras**", "  décalé", "    loin", "\tloin",
    "- point", "- ", "-", "* point", "+ [ ] à faire", "- [x] fait", "1. un", "2. deux", "10) dix",
    "  - dessous", "    - encore", "   suite", "      suite", "-\tpoint", " - point", "- ```",
    "> dit", ">", "> - dit", ">> deux", "> ```", "  > dit", "- > dit", "```", "~~~", "````", "  ```",
    "   ```", "    ```", "``` py", "# Titre", "#", "Titre\n---", "Titre\n===", "***", "- - -", "---",
    "===", "<div>", "</div>", "<table>", "</table>", "<!-- rien", "fin -->", "<script>", "</script>",
    "<b>gras</b>", "  <div>", "  <!--", "<span>", "| a | b |\n|---|---|", "| x | y |", "a | b",
    "Terme", ": sens", ":   sens", "  : sens", "!!! note", '!!! note "Titre"', "[a]: https://a.fr",
    "[b]: <https://b.fr>", "\n[c]: x\n", "\n[d]: y\n", "\n[e]: z\n",
    "[a]: b 'titre", "titre'", "[^1]: une note", "[^2]: autre", "mot[^1] et [a]", "[^2] [^1]",
    "*[HTML]: long", "HTML", "![[q-1]]", "  ![[q-2]]", "[[Note]] et ![[q-1]]", "fin\\", "`code", "<?",
    "2. ", "0. zéro", "-    - x", "\\- non", "- # Titre", "- <div>", ">     code", "1.  ```",
]  # fmt: skip
# A few kinds of lines for each text, else something in it is always left open.
TEXTS = (
    st.lists(st.sampled_from(LINES), min_size=1, max_size=7)
    .flatmap(
        lambda some: st.lists(st.sampled_from([*some, "", "", "mot"]), min_size=6, max_size=26)
    )
    .map("\n".join)
)
SEEN: Counter[str] = Counter()
ENGINE = Engine(french=True)


def _context(text: str) -> Context:
    whole = told(text)
    return Context(
        resolve=lambda target: Target("n-1", target) if target == "note" else None,
        embed=lambda target: Embedded("q-1", "mots", "réf.") if target == "q-1" else None,
        references=whole.references,
        numbers=numbered([whole], whole.notes),
        abbreviations=whole.abbreviations,
    )


def _kinds(block: Block) -> None:
    for one in block.inside:
        SEEN[one.kind] += 1
        _kinds(one)


@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
@example("- a\n\n  ```\n  b\n\nc\n```\n\nd\n```")
@example("<div>\n```\nx\n\n```\n\ny\n\nz")
@example("A\n: 1\n\nB\n\n: 2")
@example("A\n\n: 1\n\nb")
@example("- # a\nb\n  ```\n\nc\n\n  ```\n\nd")
@example("# T\n<span>\n```\n\nx\n\n```\n\ny\n\nz")
@example("````\n\n```\n\nx\n\n````\n\ny")
@example("1.  a\n\n   ```\n   b\n\nd")
@example("- ```\n</table>\n\n  <!--\n\nx\n\n-->")
@example("- a\n~~~\n~~~\n  ```\n\nx\n- b")
@example("en\n2. x\n  ```\n\ny\n\n  ```\n\nz")
def test_pieces_joined_are_the_note_rendered_whole(text: str) -> None:
    context = _context(text)
    sources = split(text)
    alone = [ENGINE.convert(one.text, context) for one in sources]
    assert "\n".join(filter(None, alone)) == ENGINE.convert(text, context)
    SEEN["pieces"] += len(sources)
    SEEN["texts"] += 1
    _kinds(blocks.read(text).root)


@settings(max_examples=300, deadline=None)
@given(TEXTS.filter(lambda text: "<" not in text))
def test_pieces_cleaned_one_by_one_are_the_note_cleaned_whole(text: str) -> None:
    context = _context("")
    kept = Renderer(resolve=context.resolve, embed=context.embed)
    shown = [one for one in kept.pieces(text) if '<ol class="footnotes">' not in one.html]
    whole = replace(_context(text), first_uses=frozenset(_context(text).numbers))
    assert "".join(one.html for one in shown).rstrip("\n") == harmless(ENGINE.convert(text, whole))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_splitting_never_loses_a_line(text: str) -> None:
    sources = split(text)
    assert "\n".join(one.text for one in sources) == text
    assert [one.first for one in sources] == [0, *(one.last + 1 for one in sources[:-1])]
    assert sources[-1].last == text.count("\n")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), max_size=16),
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from(LINES)), min_size=1, max_size=4),
)
def test_what_was_kept_never_shows_another_state(
    lines: list[str], edits: list[tuple[int, str]]
) -> None:
    context = _context("")
    kept = Renderer(resolve=context.resolve, embed=context.embed)
    kept.pieces("\n".join(lines))
    for at, line in edits:
        lines = [*lines[:at], line, *lines[at + 1 :]]
        text = "\n".join(lines)
        fresh = Renderer(resolve=context.resolve, embed=context.embed)
        assert kept.pieces(text) == fresh.pieces(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="[]()*_`~<>!^#|:-+\\&;\"'.= \n\tax1", max_size=120))
def test_nothing_that_is_typed_stops_the_rendering(text: str) -> None:
    shown = Renderer(resolve=lambda _one: None, embed=lambda _one: None).pieces(text)
    assert "\x02" not in "".join(one.html for one in shown)


def test_the_reach_of_these_texts() -> None:
    assert 2 * SEEN["pieces"] > 3 * SEEN["texts"] > 0
    holding = {"quote", "list", "item", "terms", "meaning", "admonition", "note"}
    plain = {"paragraph", "heading", "rule", "code", "fence", "html", "embed", "definition"}
    assert {one for one in holding | plain if SEEN[one] < 5} == set()
