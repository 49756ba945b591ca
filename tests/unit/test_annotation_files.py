"""W3C and Hypothesis files: written and read back, judged, and anchored by our anchor."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.w3c import valid
from veille.annotate import hypothesis, jsonld
from veille.annotate.anchor import anchor
from veille.annotate.jsonld import MAX_NOTES, Note, Problem
from veille.annotate.selectors import Selector
from veille.domain.operation import Json

WORDS = st.text(min_size=1, max_size=20).filter(str.strip)
FULL = Note(
    "urn:veille:c-1", "commenting", "Qui\u202f? 🌊", ("Eau", "Budget"), "Anne",
    "2024-03-12T08:00:00.000Z", source="https://a.example/", title="T", authors=("J. M.",),
    publisher="Le Courrier", capture="urn:sha256:00", captured="2024-03-12T08:00:00.000Z",
    exact="la digue", prefix="devant ", suffix=".", start=3, end=11, visibility="team",
    meaning="key",
)  # fmt: skip
ANSWER = Note("urn:veille:c-2", "replying", "Lui.", reply_to="urn:veille:c-1")
QUOTE = Note(
    "urn:veille:q-1", "describing", source="https://a.example/", exact="Nous", is_quote=True,
    speaker="Anne Lebrun", role="maire",
)  # fmt: skip


def test_what_is_written_is_read_back() -> None:
    page = jsonld.write([FULL, ANSWER, QUOTE], page="urn:veille:page:1")
    for document in (page, jsonld.collect(page, collection="urn:c", total=3), page["items"]):
        assert jsonld.read(json.loads(json.dumps(document))) == jsonld.Report(
            (FULL, ANSWER, QUOTE), ()
        )


@given(WORDS, WORDS, st.lists(WORDS, max_size=3), WORDS)
def test_any_words_come_back(text: str, exact: str, tags: list[str], creator: str) -> None:
    note = Note("urn:x", "commenting", text, tuple(tags), creator, source="urn:page", exact=exact)
    assert jsonld.read(jsonld.write([note], page="urn:p")).notes == (note,)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5)
    | st.sampled_from(["Annotation", "TextQuoteSelector", "TextualBody", "tagging"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(
            ["id", "type", "body", "target", "selector", "source", "items", "first", "next",
             "value", "purpose", "refinedBy", "state", "motivation", "rows", "uri", "creator"]
        ), inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@given(JSON)
def test_no_document_breaks_the_readers(document: Json) -> None:
    for reader in (jsonld, hypothesis):
        report = reader.read(document)
        assert all(one.id and (one.source or one.reply_to) for one in report.notes)
    assert isinstance(valid(document), list)


@pytest.mark.parametrize(
    "document",
    [{}, {"first": "https://a.example/page1"}, {"items": [], "next": "https://a.example/2"}, "x"],
)
def test_what_is_elsewhere_or_nothing_is_said(document: Json) -> None:
    assert jsonld.read(document).problems == (Problem("", "not_an_annotation"),)


def test_an_export_without_addresses_is_one_of_hypothesis_still() -> None:
    document: Json = {"total": 1, "rows": [{"id": "test", "target": []}]}
    assert hypothesis.is_hypothesis(document)
    assert hypothesis.read(document).problems == (Problem("test", "no_target"),)
    assert not hypothesis.is_hypothesis(jsonld.write([FULL], page="urn:p"))


def test_forms_of_other_programs() -> None:
    words: Json = {"type": "TextQuoteSelector", "exact": "eau"}
    item: Json = {
        "id": "urn:a", "type": "Annotation", "creator": [{"id": "urn:me"}],
        "body": [{"type": "Choice", "items": [{"value": "A"}]}, "https://a.example/film",
                 {"type": "SpecificResource", "purpose": "tagging", "source": {"value": "t"}}],
        "target": [{"source": {"id": "https://a.example/"},
                    "selector": {"type": "XPathSelector", "refinedBy": words}}, "urn:other"],
    }  # fmt: skip
    report = jsonld.read(item)
    (note,) = report.notes
    assert (note.text, note.tags, note.creator) == ("A", ("t",), "urn:me")
    assert (note.source, note.exact) == ("https://a.example/", "eau")
    assert {one.code for one in report.problems} == {
        "body_elsewhere", "more_targets", "selector_passed_over",
    }  # fmt: skip


def test_no_more_than_so_many() -> None:
    item: Json = {"id": "urn:a", "type": "Annotation", "target": "urn:page"}
    report = jsonld.read([item] * (MAX_NOTES + 1))
    assert (len(report.notes), report.problems) == (MAX_NOTES, (Problem("", "too_many"),))


@pytest.fixture
def folder(assets: Path) -> Path:
    return assets / "04-annotations"


def test_the_standard_s_own_cases(folder: Path) -> None:
    figures: Counter[tuple[str, bool]] = Counter()
    for line in (folder / "w3c.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["parses"]:
            document = json.loads((folder / case["file"]).read_text(encoding="utf-8"))
            figures[case["expected"], not valid(document)] += 1
            jsonld.read(document)
    assert figures == {("valid", True): 51, ("invalid", False): 20}


def test_an_export_of_hypothesis_is_read_and_anchored(folder: Path) -> None:
    name = "hypothesis/wikipedia-regression-testing"
    report = hypothesis.read(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
    page = html.fromstring((folder / f"{name}.html").read_text(encoding="utf-8"))
    text = str(page.text_content())
    assert (len(report.notes), report.problems) == (5, ())
    for one in report.notes:
        found = anchor(text, Selector(one.exact, one.prefix, one.suffix, one.start or 0, 0))
        assert (found.status, text[found.start : found.end]) == ("exact", one.exact)


def _place(page: html.HtmlElement, path: str, offset: int) -> int:
    """Give the place in the text of the page; offsets of the cases count UTF-16 units."""
    (node,) = page.xpath(path)
    before = 0
    for each in page.xpath("//text()"):
        if each.getparent() is node.getparent() and each.is_tail == node.is_tail:
            return before + len(node.encode("utf-16-le")[: 2 * offset].decode("utf-16-le"))
        before += len(each)
    raise AssertionError(path)


def test_the_cases_of_apache_annotator(folder: Path) -> None:
    file = folder / "apache-annotator" / "text-quote-match-cases.json"
    cases = json.loads(file.read_text(encoding="utf-8"))["testCases"]
    tried = 0
    for name, case in cases.items():
        page = html.fragment_fromstring(case["html"], create_parent="div")
        spans = {
            (
                _place(page, one["startContainerXPath"], one["startOffset"]),
                _place(page, one["endContainerXPath"], one["endOffset"]),
            )
            for one in case["expected"]
        }
        said = jsonld.quoted(case["selector"])
        found = anchor(str(page.text_content()), Selector(**said, start=0, end=0))
        if said["exact"] and spans:
            tried += 1
            assert (found.start, found.end) in spans, name
        elif name == "no matches":
            assert found.status == "orphan"
    # The others hold no words, or surroundings that are wrong on purpose: ours forgives those.
    assert tried == 7


def test_an_answer_of_hypothesis_is_about_its_conversation() -> None:
    row: Json = {"id": "b", "uri": "https://a.example/", "references": ["r", "a"], "text": "Oui",
                 "user": "acct:mark@host", "permissions": {"read": ["group:x"]}}  # fmt: skip
    (note,) = hypothesis.read({"rows": [row]}).notes
    assert (note.reply_to, note.motivation) == ("urn:hypothesis:r", "replying")
    assert (note.creator, note.visibility) == ("mark", "team")
