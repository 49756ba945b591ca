"""Lines taken out of a segment; names looked for in comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veille.desk.requests import is_named
from veille.domain import merge
from veille.domain import operation as op
from veille.domain.operation import Operation
from veille.journal import line as lines
from veille.journal import segment as segments
from veille.journal.segment import Header, SegmentError

SECRET = bytes(range(32))
SPACE = "0" * 26
KEY = segments.signatures.written(segments.signatures.public_key(SECRET))
HEADER = Header(SPACE, "z" * 10, 1, "", 0, "x", KEY)


def said(number: int, text: str) -> str:
    return lines.write(
        Operation(f"{number:016d}", "1795000000000-0000", HEADER.author, SPACE, "c-" + "0" * 16,
                  op.COMMENT_ADD, {"comment": text})
    )  # fmt: skip


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6), st.data())
def test_a_redacted_segment_keeps_its_id_its_signature_and_every_other_line(
    texts: list[str], data: st.DataObject
) -> None:
    written = [said(number, text.replace("\x00", "")) for number, text in enumerate(texts)]
    identity, whole = segments.seal(HEADER, written, secret=SECRET)
    out = data.draw(st.sets(st.sampled_from(range(len(written)))))
    hashes = [segments.line_hash(written[at]) for at in sorted(out)]
    left = segments.redact(whole, hashes)
    read = segments.open_segment(left)
    assert read.id == identity
    assert read.lines == tuple(one for at, one in enumerate(written) if at not in out)
    assert sorted(read.taken) == sorted(hashes)
    # In two goes, in another order, twice: the same bytes.
    again = whole
    for one in [*reversed(hashes), *hashes]:
        again = segments.redact(again, [one])
    assert again == left


def test_bytes_that_are_no_segment_are_refused() -> None:
    with pytest.raises(SegmentError):
        segments.redact(b"{}", [])


def test_a_mark_says_nothing() -> None:
    whole = lines.read(said(1, "mot"), space=SPACE)
    mark = Operation(whole.id, whole.stamp, whole.by, SPACE, whole.entity, whole.kind, op.TOMBSTONE)
    assert merge.fold([whole], personal="") is not None
    assert merge.fold([mark], personal="") is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Anne Dupont a parlé.", True),
        ("DUPONT (Anne)", True),
        ("Dupont, la maire, Anne", True),
        ("Anne Dupontel", False),
        ("Anne vient. Bien plus loin dans ce texte, une certaine Dupont.", False),
        ("Anne", False),
    ],
)
def test_all_words_of_a_name_close_together(text: str, named: bool) -> None:
    assert is_named(text, ["anne", "dupont"]) is named
