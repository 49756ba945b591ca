"""What the Web Annotation Data Model (W3C, 2017) asks of an annotation, as codes of problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from veille.annotate.jsonld import CONTEXT, as_list
from veille.domain.operation import Json

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*\Z")
_MOMENT: Final = re.compile(
    r"-?[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]+)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?\Z"
)


def valid(annotation: Json) -> list[str]:
    """Give the codes of what the standard refuses in an annotation; none for a valid one.

    Of a page or a collection: what is refused of itself, not of what it holds.
    """
    if not isinstance(annotation, dict):
        return ["not_an_object"]
    if {"AnnotationPage", "AnnotationCollection"} & {
        one for one in as_list(annotation.get("type")) if isinstance(one, str)
    }:
        return [] if _is_iri(annotation.get("id")) else ["id"]
    checks = {
        "context": CONTEXT in as_list(annotation.get("@context")),
        "id": _is_iri(annotation.get("id")),
        "type": "Annotation" in as_list(annotation.get("type")),
        "target": bool(as_list(annotation.get("target")))
        and all(map(_is_resource, as_list(annotation.get("target")))),
        "body": all(map(_is_resource, as_list(annotation.get("body")))),
        "body_value": _is_body_value(annotation),
    }
    for name in ("created", "modified", "generated"):
        checks[name] = name not in annotation or _is_moment(annotation[name])
    for name in ("creator", "generator"):
        checks[name] = all(map(_is_resource, as_list(annotation.get(name))))
    return [code for code, is_met in checks.items() if not is_met]


def _is_body_value(annotation: Mapping[str, Json]) -> bool:
    value = annotation.get("bodyValue", "")
    return isinstance(value, str) and not ("bodyValue" in annotation and "body" in annotation)


def _is_iri(value: Json) -> bool:
    return isinstance(value, str) and _IRI.match(value) is not None


def _is_resource(value: Json) -> bool:
    return isinstance(value, dict) or _is_iri(value)


def _is_moment(value: Json) -> bool:
    return isinstance(value, str) and _MOMENT.match(value) is not None
