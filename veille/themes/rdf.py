"""From the bytes of a file to a graph of RDF, without a step outside: the one place that parses.

Nothing is ever fetched: a document type, which could name other files or entities that swell, is
refused, and so is JSON-LD, whose contexts are addresses. A file is read whole or not at all.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat
from xml.sax import SAXException

from veille.themes.told import MOST_BYTES, Problem

if TYPE_CHECKING:
    from rdflib import Graph

# What an address without a beginning is completed with; such an address says nothing to others.
NOWHERE: Final = "http://veille.invalid/"
_DEEPEST: Final = 200
_XML: Final = re.compile(r"\s*<(?:\?xml\b|!|(?:[\w.-]+:)?RDF[\s>/])")
_TURTLE: Final = re.compile(r"(?im)^\s*(?:@?prefix|@?base)\b.*<")
_JSON: Final = re.compile(r"\s*(?:\{|\[\s*[{\]])")
# What its parsers raise on files that are none; most of it is said nowhere.
_UNREADABLE: Final = (
    SyntaxError, ValueError, LookupError, AttributeError, TypeError, AssertionError,
    RecursionError, ArithmeticError, SAXException,
)  # fmt: skip


class NotRead(Exception):
    """``problem``: why a file gives nothing. Never leaves the room."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def is_rdf(data: bytes) -> bool:
    """Tell RDF/XML or Turtle from a table, by how it begins."""
    head = _text(data[:4096])
    return bool(_XML.match(head) or _TURTLE.search(head))


def _text(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def parsed(data: bytes) -> Graph:
    """Read RDF/XML or Turtle; raises ``NotRead``."""
    if len(data) > MOST_BYTES:
        raise NotRead(Problem("too_big"))
    text = _text(data)
    if _JSON.match(text):
        raise NotRead(Problem("json_ld"))
    if _XML.match(text):
        _check_xml(data)
        return _graph(data, "xml")
    return _graph(text.encode("utf-8", errors="replace"), "turtle")


def _graph(data: bytes, form: str) -> Graph:
    from rdflib import Graph
    from rdflib.exceptions import Error

    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(data=data, format=form, publicID=NOWHERE)
    except (*_UNREADABLE, Error) as why:
        lines_before = getattr(why, "lines", None)
        line = lines_before + 1 if isinstance(lines_before, int) else 0
        raise NotRead(Problem("unreadable", line=line)) from why
    return graph


def _check_xml(data: bytes) -> None:
    """Refuse a document type, an absurd depth, and what is no XML, before anything is built."""
    parser = expat.ParserCreate()
    depth = 0

    def declared(*_what: object) -> None:
        raise NotRead(Problem("doctype", line=parser.CurrentLineNumber))

    def opened(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise NotRead(Problem("unreadable", line=parser.CurrentLineNumber))

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as why:
        line = getattr(why, "lineno", 0)
        raise NotRead(Problem("unreadable", line=line)) from why
