"""How a fact is written down, and what happens to lines that are no facts."""

from __future__ import annotations

import hashlib
import json

import pytest

from veille.domain.operation import Operation
from veille.journal import line as lines
from veille.journal import segment as segments
from veille.journal.line import LineError
from veille.journal.segment import Header, SegmentError, SegmentTooRecent

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
        ("e", "z-" + "1" * 16), ("k", None), ("d", []), ("o", "x"), ("o", ["../x"]), ("g", 3),
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
