"""One operation is one line: JSON, UTF-8, sorted keys, nothing a strange writer can hide in it.

Python's ``json`` accepts NaN, duplicate keys, lone surrogates and numbers without bound; SQLite
and other readers do not. What is refused here is refused whole, with a LineError, and quarantined
by the reader: it never reaches the tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, NoReturn, cast

from veille.domain import ids
from veille.domain.clock import Stamp
from veille.domain.operation import Json, Operation

MAX_LINE_BYTES: Final = 1536 * 1024
MAX_DEPTH: Final = 16
MAX_OVER: Final = 60_000
_MAX_NUMBER: Final = 2**53
_KNOWN: Final = frozenset({"i", "h", "by", "e", "k", "d", "o", "g", "u"})
_MAX_NAME: Final = 80


class LineError(ValueError):
    """The line is not an operation; ``args[0]`` says why, in a word for the diagnostic page."""


def write(operation: Operation) -> str:
    """Write an operation as one line, without its end of line."""
    record: dict[str, Json] = {
        **operation.extra,
        "i": operation.id,
        "h": operation.stamp,
        "by": operation.by,
        "e": operation.entity,
        "k": operation.kind,
        "d": dict(operation.data),
    }
    if operation.over:
        record["o"] = list(operation.over)
    if operation.gesture and operation.gesture != operation.id:
        record["g"] = operation.gesture
    if operation.undoes:
        record["u"] = operation.undoes
    return dumps(record)


def dumps(record: Mapping[str, Json]) -> str:
    """Write JSON the one way this project does, so that equal facts are equal bytes."""
    return json.dumps(
        record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def read(line: str, *, space: str) -> Operation:
    """Read one line back, as recorded in ``space``. Raises LineError."""
    if is_too_long(line):
        raise LineError("too long")
    record = loads(line)
    operation_id = _matching(record, "i", ids.OPERATION.match)
    gesture = record.get("g", operation_id)
    undoes = record.get("u", "")
    if not isinstance(gesture, str) or not isinstance(undoes, str):
        raise LineError("gesture")
    return Operation(
        id=operation_id,
        stamp=_stamp(record.get("h")),
        by=_name(record, "by"),
        space=space,
        entity=_matching(record, "e", ids.ANY_ENTITY.match),
        kind=_name(record, "k"),
        data=_data(record.get("d")),
        over=_over(record.get("o", [])),
        gesture=gesture,
        undoes=undoes,
        extra={name: value for name, value in record.items() if name not in _KNOWN},
    )


def is_too_long(line: str) -> bool:
    """Tell whether a line has more bytes than a line may have."""
    return len(line) * 4 > MAX_LINE_BYTES and len(line.encode()) > MAX_LINE_BYTES


def loads(text: str) -> dict[str, Json]:
    """Read one JSON object, strictly. Raises LineError."""
    try:
        text.encode("utf-8")
        record = json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constant)
    except (ValueError, RecursionError) as problem:
        raise LineError("not json") from problem
    if not isinstance(record, dict):
        raise LineError("not an object")
    _check(record, depth=0)
    return cast("dict[str, Json]", record)


def _no_twins(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise LineError("duplicate key")
    return record


def _no_constant(name: str) -> NoReturn:
    raise LineError(name)


def _check(value: object, *, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise LineError("too deep")
    if isinstance(value, dict):
        for name, one in value.items():
            _check(name, depth=depth + 1)
            _check(one, depth=depth + 1)
    elif isinstance(value, list):
        for one in value:
            _check(one, depth=depth + 1)
    else:
        _check_scalar(value)


def _check_scalar(value: object) -> None:
    if isinstance(value, str):
        # "\ud800" is valid JSON and no text: neither SQLite nor a file takes it.
        if "\x00" in value or not _is_text(value):
            raise LineError("not text")
    elif isinstance(value, int | float) and not -_MAX_NUMBER <= value <= _MAX_NUMBER:
        raise LineError("number")


def _is_text(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _matching(record: Mapping[str, Json], name: str, match: object) -> str:
    value = record.get(name)
    if not isinstance(value, str) or not callable(match) or match(value) is None:
        raise LineError(name)
    return value


def _name(record: Mapping[str, Json], name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _MAX_NAME:
        raise LineError(name)
    return value


def _stamp(value: Json) -> str:
    try:
        return str(Stamp.parse(value if isinstance(value, str) else ""))
    except ValueError as problem:
        raise LineError("h") from problem


def _data(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, dict):
        raise LineError("d")
    return value


def _over(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAX_OVER:
        raise LineError("o")
    named = [one for one in value if isinstance(one, str) and ids.OPERATION.match(one)]
    if len(named) != len(value):
        raise LineError("o")
    return tuple(named)
