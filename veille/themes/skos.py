"""Vocabularies as libraries and open data portals publish them: SKOS, in RDF/XML or Turtle.

SKOS Reference (W3C Recommendation, 2009). What is read: ``prefLabel``, ``altLabel``, ``broader``
and ``narrower``, ``scopeNote`` (else ``definition``), ``owl:deprecated``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal
from xml.sax.saxutils import escape, quoteattr

from veille.themes.rdf import NOWHERE, NotRead, parsed
from veille.themes.told import Problem, Told, ToldConcept, passage, settled, word
from veille.themes.vocabulary import Concept, Vocabulary

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Form = Literal["rdfxml", "turtle"]
SCHEME: Final = "urn:veille:themes"
_OURS: Final = "urn:veille:theme:"
# Of our labels: what we write is read as French elsewhere.
_LANGUAGE: Final = "fr"
_SOUND: Final = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`\x00-\x20]+\Z")
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMESPACES: Final = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
}
# A property, and what it says: words of the language, or an address.
_Said = tuple[str, str, bool]


def read(data: bytes) -> Told:
    """Read a vocabulary. Never raises: what is passed over is a problem of the report."""
    try:
        graph = parsed(data)
    except NotRead as why:
        return Told((), (why.problem,))
    problems: list[Problem] = []
    concepts = [(one, 0) for one in _concepts(graph, problems)]
    return settled(concepts, problems=problems)


def write(concepts: Iterable[Concept], *, name: str, form: Form = "rdfxml") -> bytes:
    """Write a vocabulary, broader concepts first; the same bytes for the same concepts.

    Args:
        concepts: those whose ``uri`` is an address keep it; others are named by their id.
        name: of the vocabulary.
        form: RDF/XML, which every program reads, or Turtle, which people read too.
    """
    vocabulary = Vocabulary(concepts)
    names = _names(vocabulary)
    tops = [("skos:hasTopConcept", names[one.id], False) for one in vocabulary.children()]
    nodes = [(SCHEME, "ConceptScheme", [("dcterms:title", word(name), True), *tops])]
    nodes += [
        (names[one.id], "Concept", _said(one, vocabulary, names)) for _, one in vocabulary.walk()
    ]
    written = _rdfxml(nodes) if form == "rdfxml" else _turtle(nodes)
    return written.encode("utf-8")


def _said(concept: Concept, vocabulary: Vocabulary, names: Mapping[str, str]) -> list[_Said]:
    parent = vocabulary.parent(concept.id)
    note = passage(concept.note)
    return [
        ("skos:prefLabel", word(concept.label), True),
        *(("skos:altLabel", word(alt), True) for alt in concept.alts),
        *([("skos:scopeNote", note, True)] if note else []),
        ("skos:inScheme", SCHEME, False),
        ("skos:broader", names[parent], False) if parent else ("skos:topConceptOf", SCHEME, False),
        *(("skos:narrower", names[one.id], False) for one in vocabulary.children(concept.id)),
    ]


def _rdfxml(nodes: Iterable[tuple[str, str, list[_Said]]]) -> str:
    spaces = "".join(f'\n  xmlns:{one}="{uri}"' for one, uri in _NAMESPACES.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<rdf:RDF xmlns:rdf="{_RDF}"{spaces}>']
    for subject, kind, said in nodes:
        lines.append(f"  <skos:{kind} rdf:about={quoteattr(subject)}>")
        lines += [
            f'    <{name} xml:lang="{_LANGUAGE}">{escape(value)}</{name}>'
            if is_words
            else f"    <{name} rdf:resource={quoteattr(value)}/>"
            for name, value, is_words in said
        ]
        lines.append(f"  </skos:{kind}>")
    return "\n".join([*lines, "</rdf:RDF>", ""])


def _turtle(nodes: Iterable[tuple[str, str, list[_Said]]]) -> str:
    lines = [f"@prefix {one}: <{uri}> ." for one, uri in _NAMESPACES.items()]
    for subject, kind, said in nodes:
        lines += ["", f"<{subject}> a skos:{kind}"]
        for name, value, is_words in said:
            lines[-1] += " ;"
            written = f'"{_escaped(value)}"@{_LANGUAGE}' if is_words else f"<{value}>"
            lines.append(f"    {name} {written}")
        lines[-1] += " ."
    return "\n".join([*lines, ""])


def _escaped(text: str) -> str:
    for mark, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(mark, written)
    return text


def _names(vocabulary: Vocabulary) -> dict[str, str]:
    """Give each concept an address of its own."""
    taken = {SCHEME}
    found: dict[str, str] = {}
    for _depth, one in vocabulary.walk():
        name = one.uri if _SOUND.match(one.uri) and one.uri not in taken else f"{_OURS}{one.id}"
        taken.add(name)
        found[one.id] = name
    return found


def _concepts(graph: Graph, problems: list[Problem]) -> Iterator[ToldConcept]:
    labels = _preferred(graph, problems)
    from rdflib import SKOS, URIRef

    for subject, chosen in labels.items():
        spoken = {"", *(language for _, language in chosen[:1])}
        alts = [
            text for text, language in _texts(graph, subject, SKOS.altLabel) if language in spoken
        ]
        uri = str(subject) if isinstance(subject, URIRef) else ""
        yield ToldConcept(
            chosen[0][0],
            alts=(*(text for text, _ in chosen[1:]), *alts),
            broader=_broader(graph, subject, labels, problems),
            note=_note(graph, subject),
            uri="" if uri.startswith(NOWHERE) else uri,
        )


def _preferred(graph: Graph, problems: list[Problem]) -> dict[Node, list[tuple[str, str]]]:
    """Give the labels of each concept in the language that was chosen, the preferred one first."""
    from rdflib import RDF, RDFS, SKOS

    groups = {
        subject
        for kind in (SKOS.ConceptScheme, SKOS.Collection, SKOS.OrderedCollection)
        for subject in graph.subjects(RDF.type, kind)
    }
    subjects = dict.fromkeys(graph.subjects(RDF.type, SKOS.Concept))
    subjects |= dict.fromkeys(graph.subjects(SKOS.prefLabel, None))
    found: dict[Node, list[tuple[str, str]]] = {}
    for subject in subjects:
        if subject in groups:
            continue
        said = _texts(graph, subject, SKOS.prefLabel) or _texts(graph, subject, RDFS.label)
        if not said:
            problems.append(Problem("no_label", str(subject)[:200]))
        elif _is_deprecated(graph, subject):
            problems.append(Problem("deprecated", _chosen(said)[0][0][:200]))
        else:
            found[subject] = _chosen(said)
    return found


def _is_deprecated(graph: Graph, subject: Node) -> bool:
    from rdflib import OWL

    return any(str(one).strip() in {"true", "1"} for one in graph.objects(subject, OWL.deprecated))


def _broader(
    graph: Graph,
    subject: Node,
    labels: dict[Node, list[tuple[str, str]]],
    problems: list[Problem],
) -> str:
    """Give the label of the first broader concept; others are told as problems."""
    from rdflib import SKOS

    said = dict.fromkeys(graph.objects(subject, SKOS.broader))
    said |= dict.fromkeys(graph.subjects(SKOS.narrower, subject))
    known = [labels[one][0][0] for one in said if one in labels and one != subject]
    label = labels[subject][0][0]
    problems += [Problem("other_broader", f"{label} < {other}"[:400]) for other in known[1:]]
    if said and not known:
        problems.append(Problem("unknown_broader", label[:200]))
    return known[0] if known else ""


def _note(graph: Graph, subject: Node) -> str:
    from rdflib import SKOS

    for kind in (SKOS.scopeNote, SKOS.definition):
        if said := _texts(graph, subject, kind):
            return "\n\n".join(text for text, _ in _chosen(said))
    return ""


def _texts(graph: Graph, subject: Node, kind: Node) -> list[tuple[str, str]]:
    """Give what is said in words, with its language; numbers, dates and addresses are none."""
    from rdflib import RDF, XSD
    from rdflib import Literal as Words

    return [
        (text, (one.language or "").partition("-")[0].lower())
        for one in graph.objects(subject, kind)
        if isinstance(one, Words)
        and one.datatype in {None, XSD.string, RDF.langString}
        and (text := passage(str(one)))
    ]


def _chosen(said: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choose French, else what has no language, else English, else the first by its tag."""
    rank = {"fr": "0", "": "1", "en": "2"}
    best = min(rank.get(language, f"3{language}") for _, language in said)
    return [one for one in said if rank.get(one[1], f"3{one[1]}") == best]
