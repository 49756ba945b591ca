"""How a fact is written down, and what happens to lines that are no facts."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from veille.domain import merge
from veille.domain import operation as op
from veille.domain.merge import KINDS
from veille.domain.operation import Operation
from veille.journal import line as lines
from veille.journal import pack as packs
from veille.journal import segment as segments
from veille.journal.line import LineError
from veille.journal.segment import Header, SegmentError, SegmentTooRecent
from veille.journal.signature import public_key, written

SPACE = "0" * 26
GOOD = {
    "i": "1" * 16, "h": "1763922000123-0000", "by": "p-1", "e": "a-" + "1" * 16,
    "k": "article.set", "d": {"title": "Été\u2028suite"},
}  # fmt: skip


def read(**changed: object) -> Operation:
    return lines.read(json.dumps({**GOOD, **changed}), space=SPACE)


def test_a_line_comes_back_as_it_was_written() -> None:
    operation = read(o=["2" * 16], g="3" * 16, u="4" * 16, later={"of": ["a", "newer", 1.5]})
    assert operation.extra == {"later": {"of": ["a", "newer", 1.5]}}
    assert lines.read(lines.write(operation), space=SPACE) == operation


def test_a_thing_of_a_newer_kind_is_kept_until_it_is_understood() -> None:
    operation = read(e="z-" + "1" * 16, k="zeppelin.set")
    assert lines.read(lines.write(operation), space=SPACE) == operation
    assert merge.fold([operation], personal="p") is None


@pytest.mark.parametrize(
    "bad",
    [
        "", "[]", "nul", "{", '{"a":NaN}', '{"a":1e999}', '{"a":1,"a":2}', "1" * 5_000,
        '{"a":"\\ud800"}', '{"a":"\\u0000"}', '{"a":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' + "9" * 4_000 + "}", "x" * (lines.MAX_LINE_BYTES + 1),
    ],
)  # fmt: skip
def test_strange_json_is_refused_whole(bad: str) -> None:
    with pytest.raises(LineError):
        lines.read(bad, space=SPACE)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("i", "short"), ("i", 3), ("h", "now"), ("by", ""), ("by", "x" * 81), ("e", "../../etc"),
        ("e", "zz" + "1" * 16), ("k", None), ("d", []), ("o", "x"), ("o", ["../x"]), ("g", 3),
        ("d", {"deep": [[[[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]]]}),
    ],
)  # fmt: skip
def test_a_field_that_makes_no_sense_is_refused(field: str, value: object) -> None:
    with pytest.raises(LineError):
        read(**{field: value})


def sealed(written: list[str], **changed: object) -> bytes:
    header = Header(SPACE, "k7m2q9x4ab", 1, "", 1_763_922_000_123, "test")
    return segments.seal(header, written)[1]


def test_a_segment_comes_back_verbatim_even_with_line_separators_inside() -> None:
    line = lines.write(read())
    assert "\u2028" in line
    header = Header(SPACE, "k7m2q9x4ab", 81, "a" * 64, 1_763_922_000_123, "test")
    identity, data = segments.seal(header, [line, line])
    opened = segments.open_segment(data)
    assert opened.header == header
    assert opened.id == identity
    assert opened.lines == (line, line)
    assert hashlib.sha256(data.rpartition(b'{"end"')[0]).hexdigest().encode() in data


def test_a_torn_tail_is_no_segment() -> None:
    data = sealed([lines.write(read())])
    for cut in range(len(data)):
        with pytest.raises(SegmentError):
            segments.open_segment(data[:cut])


def test_every_altered_byte_is_noticed() -> None:
    data = sealed([lines.write(read())])
    for at in range(len(data) - 1):
        altered = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(SegmentError):
            segments.open_segment(altered)


def test_one_line_that_is_no_operation_does_not_stop_the_others() -> None:
    good = lines.write(read())
    opened = segments.open_segment(sealed([good, '{"i":"forged"}', good]))
    assert len(opened.operations) == 2
    assert [(one.number, one.reason) for one in opened.quarantined] == [(2, "i")]


def test_a_newer_envelope_stops_the_stream() -> None:
    head = {
        "app": "9", "dev": "k7m2q9x4ab", "fmt": "veille-seg", "n": 0, "prev": "", "seq": 1,
        "space": SPACE, "t": 1, "v": 2,
    }  # fmt: skip
    body = (lines.dumps(head) + "\n").encode()
    end = lines.dumps({"end": 1, "sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n"
    with pytest.raises(SegmentTooRecent):
        segments.open_segment(body + end)


def test_batches_stay_below_their_limits() -> None:
    assert segments.batches([]) == []
    many = segments.batches(["x"] * 1_201)
    assert [len(one) for one in many] == [500, 500, 201]
    large = segments.batches(["y" * 200_000] * 3)
    assert [len(one) for one in large] == [1, 1, 1]


SECRET = bytes(range(32))
PERSON = segments.Header(SPACE, "k7m2q9x4ab", 1, "", 0, "t", written(public_key(SECRET))).author


def signed(lines_: list[str]) -> tuple[str, bytes]:
    header = Header(SPACE, "k7m2q9x4ab", 1, "", 1_763_922_000_123, "test", seen={"p3m2q9x4ab": 7})
    return segments.seal(header, lines_, secret=SECRET)


def test_who_signed_is_who_speaks() -> None:
    mine, forged = lines.write(read(by=PERSON)), lines.write(read(by="p-1"))
    opened = segments.open_segment(signed([mine, forged])[1])
    assert opened.header.author == PERSON
    assert opened.header.seen == {"p3m2q9x4ab": 7}
    assert [one.by for one in opened.operations] == [PERSON]
    assert [(one.number, one.reason) for one in opened.quarantined] == [(2, segments.FORGED)]


def test_a_signature_that_is_not_the_keys_is_refused() -> None:
    _identity, data = signed([lines.write(read(by=PERSON))])
    other = segments.seal(Header(SPACE, "k7m2q9x4ab", 1, "", 1, "t"), [], secret=bytes(32))[1]
    stolen = json.loads(other.split(b"\n")[-2])["sig"]
    own = json.loads(data.split(b"\n")[-2])["sig"]
    with pytest.raises(SegmentError, match="signature"):
        segments.open_segment(data.replace(own.encode(), stolen.encode()))


def test_without_a_signature_only_the_post_answers() -> None:
    opened = segments.open_segment(sealed([lines.write(read(by=PERSON))]))
    assert [one.by for one in opened.operations] == ["post-k7m2q9x4ab"]


def test_a_redacted_line_leaves_the_chain_and_the_signature_whole() -> None:
    kept, gone = lines.write(read(by=PERSON)), lines.write(read(by=PERSON, d={"title": "secret"}))
    identity, data = signed([kept, gone])
    mark = lines.dumps({"l": hashlib.sha256(gone.encode()).hexdigest(), "x": "redacted"})
    body = data.rpartition(b'{"end"')[0].replace(gone.encode(), mark.encode())
    end = json.loads(data.split(b"\n")[-2])
    end["sha256"] = hashlib.sha256(body).hexdigest()
    opened = segments.open_segment(body + lines.dumps(end).encode() + b"\n")
    assert opened.id == identity
    assert len(opened.operations) == 1
    assert opened.quarantined == ()


def test_the_format_of_today_is_read_for_ever() -> None:
    """A segment and a pack kept in the repository, byte for byte: never written again."""
    golden = Path(__file__).parents[1] / "data" / "format-1"
    data = (golden / "segment.jsonl").read_bytes()
    opened = segments.open_segment(data)
    # Kinds that came later are read as any other; the file stays as it was written.
    assert [one.kind for one in opened.operations] == sorted(
        KINDS
        - {op.SEARCH_SET, op.ARRIVE, op.RULE_SET, op.PURGE}
        - {op.CONCEPT_SET, op.READ_ADD, op.READ_RM}
    )
    assert opened.quarantined == ()
    assert {one.by for one in opened.operations} == {PERSON}
    header = Header(SPACE, "k7m2q9x4ab", 1, "", 1_763_922_000_123, "test", seen={"p3m2q9x4ab": 7})
    assert segments.seal(header, opened.lines, secret=SECRET) == (opened.id, data)
    assert packs.unpacked((golden / "pack.jsonl.gz").read_bytes()) == [data]
