"""Positions of the text and of what Qt shows of it, whatever the page is made of."""

from __future__ import annotations

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QTextCursor, QTextDocument

from veille.extract.canonical import canonical_text
from veille.ui.reading import documents
from veille.ui.reading.text_map import TextMap
from veille.ui.widgets.slicing import append, slices

WORD = st.sampled_from(
    ["ville", "crue", "l’été", "🚒", "🏙️", "e\u0301cole", "10\u202f000", "«\u00a0oui\u00a0»", "x", "𝒜",
     "Œuvre", "–", "quoi\u202f?", "<b>", "&"]
)  # fmt: skip
WORDS = st.lists(WORD, min_size=1, max_size=8).map(lambda words: escape(" ".join(words)))
BLOCK = st.one_of(
    WORDS.map(lambda t: f"<p>{t}</p>"),
    WORDS.map(lambda t: f"<h2>{t}</h2>"),
    WORDS.map(lambda t: f"<p>{t}<br>{t}</p>"),
    WORDS.map(lambda t: f"<blockquote><p>{t}</p></blockquote>"),
    WORDS.map(lambda t: f"<p><img src='x' alt='rien'> {t}</p>"),
    st.tuples(WORDS, WORDS).map(lambda two: f"<ul><li>{two[0]}</li><li>{two[1]}</li></ul>"),
    st.tuples(WORDS, WORDS).map(
        lambda two: f"<table><tr><th>{two[0]}</th><td>{two[1]}</td></tr></table>"
    ),
)
REACH = {"astral": 0, "table": 0, "sliced": 0}


@settings(max_examples=160, deadline=None)
@given(blocks=st.lists(BLOCK, min_size=1, max_size=8), size=st.integers(60, 4_000))
def test_every_character_is_where_the_text_says(qapp: object, blocks: list[str], size: int) -> None:
    html = "".join(blocks)
    canonical = canonical_text(html)
    document = QTextDocument()
    document.setDefaultFont(QFont("Inter", 12))
    parts = list(
        slices(f"<h1>Tête 🙂</h1><p>{documents.BODY}</p>{documents.body(html)}", size=size)
    )
    document.setHtml(parts[0])
    for part in parts[1:]:
        append(document, part)
    head, mark, body = document.toRawText().partition(documents.BODY)
    places = TextMap(canonical, body, len((head + mark).encode("utf-16-le")) // 2)
    assert places.whole
    for start, character in enumerate(canonical):
        if character.isspace():
            continue
        place = places.to_document(start, start + 1)
        assert place is not None
        cursor = QTextCursor(document)
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        assert cursor.selectedText()[:1] == character
        assert places.to_canonical(*place) == (start, start + 1)
        REACH["astral"] += character > "\uffff"
    REACH["table"] += "<table" in html
    REACH["sliced"] += len(parts) > 1


def test_the_pages_were_of_every_kind() -> None:
    assert REACH["astral"] > 50
    assert REACH["table"] > 10
    assert REACH["sliced"] > 10
