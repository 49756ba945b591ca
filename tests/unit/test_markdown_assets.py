"""What other people's Markdown becomes: every difference from what they expect is known and has a reason.

Compared are structure, attributes and text: spaces outside code count as one and as none beside a
block, in code tabs count as spaces and those that end a line as none; addresses are compared without their per cent signs. Nothing
is sanitised, and typography is off: those are our wishes, not Markdown.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from typing_extensions import override

from veille.domain.text import key
from veille.wiki.context import Context
from veille.wiki.engine import Engine, cleaned
from veille.wiki.footnotes import numbered, told
from veille.wiki.links import LINK, links, read

KNOWN = Path(__file__).resolve().parents[1] / "data" / "markdown" / "differences.json"
# Beside these, spaces are nothing.
BLOCKS = frozenset(
    [
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "iframe",
        "li",
        "ol",
        "option",
        "p",
        "pre",
        "script",
        "section",
        "style",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "del",
    ]
)


class Case(NamedTuple):
    name: str
    source: str
    wanted: str


class _Tokens(HTMLParser):
    """Takes HTML apart: tags with sorted attributes, and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, ...]] = []
        self._code = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [
            f"{name}={unquote(value or '') if name in ('href', 'src') else value}"
            for name, value in sorted(attrs)
        ]
        self.found.append(("open", tag, *(re.sub(r"\s+", " ", one) for one in told)))
        self._code += tag == "pre"

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "hr", "img"):
            self.found.append(("close", tag))
        self._code -= tag == "pre"

    @override
    def handle_data(self, data: str) -> None:
        kind = "code" if self._code > 0 else "text"
        if self.found and self.found[-1][0] == kind:
            data = self.found.pop()[1] + data
        self.found.append((kind, data))

    @override
    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))

    @override
    def handle_decl(self, decl: str) -> None:
        self.found.append(("comment", decl))

    @override
    def unknown_decl(self, data: str) -> None:
        self.found.append(("comment", data))

    @override
    def handle_pi(self, data: str) -> None:
        self.found.append(("comment", data))


def normal(html: str) -> list[tuple[str, ...]]:
    parser = _Tokens()
    parser.feed(html)
    parser.close()
    found = parser.found
    out: list[tuple[str, ...]] = []
    for at, one in enumerate(found):
        if one[0] == "code":
            one = (
                "code",
                "\n".join(line.expandtabs(4).rstrip() for line in one[1].split("\n")).strip("\n"),
            )
        elif one[0] == "text":
            text = re.sub(r"\s+", " ", one[1])
            text = text.lstrip() if at == 0 or _is_block(found[at - 1]) else text
            last = at + 1 == len(found) or _is_block(found[at + 1])
            one = ("text", text.rstrip() if last else text)
        if one[1:] != ("",):
            out.append(one)
    return out


def _is_block(token: tuple[str, ...]) -> bool:
    return token[0] == "comment" or (token[0] in ("open", "close") and token[1] in BLOCKS)


def cases(assets: Path) -> Iterator[Case]:
    folder = assets / "06-markdown"
    for line in (folder / "commonmark.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        yield Case(f"commonmark/{one['example']}", one["markdown"], one["html"])
    for path in sorted((folder / "python-markdown").rglob("*.html")):
        source = next(one for one in path.parent.glob(f"{path.stem}.*") if one != path)
        name = f"python-markdown/{path.relative_to(folder / 'python-markdown').with_suffix('')}"
        yield Case(name, source.read_text("utf-8"), path.read_text("utf-8"))


def converted(engine: Engine, text: str) -> str:
    text = cleaned(text)
    note = told(text)
    return engine.convert(
        text,
        Context(
            references=note.references,
            numbers=numbered([note], note.notes),
            abbreviations=note.abbreviations,
        ),
    )


def test_every_difference_from_what_others_expect_has_its_reason(assets: Path) -> None:
    known = json.loads(KNOWN.read_text("utf-8"))
    engine = Engine(french=None)
    total: Counter[str] = Counter()
    different: list[str] = []
    for one in cases(assets):
        total[one.name.partition("/")[0]] += 1
        if normal(converted(engine, one.source)) != normal(one.wanted):
            different.append(one.name)
    for suite, count in total.items():
        equal = count - sum(name.startswith(f"{suite}/") for name in different)
        print(f"{suite}: {equal} of {count}")
    assert total == {"commonmark": 348, "python-markdown": 76}
    assert set(different) == known["differences"].keys()
    assert set(known["differences"].values()) == known["reasons"].keys()


def test_the_comparison_sees_differences() -> None:
    assert normal("<p>a  b</p>\n") == normal("<p>\na b</p>")
    assert normal("<p>ab</p>") != normal("<p>a b</p>")
    assert normal("<em>a</em>") != normal("<strong>a</strong>")
    assert normal("<pre>a\n\n b</pre>") != normal("<pre>a\n\nb</pre>")
    assert normal('<a href="x">a</a>') != normal('<a href="y">a</a>')


def test_real_links_find_their_notes_by_folded_title(assets: Path) -> None:
    lines = (assets / "06-markdown" / "wikilinks.jsonl").read_text("utf-8").splitlines()
    written = [json.loads(line) for line in lines]
    leading = [one for one in written if one["resolves_to"]]
    notes = {key(Path(path).stem): path for one in leading for path in one["resolves_to"]}
    found = [
        one for one in leading
        if notes.get(links(f"{'!' * one['embed']}[[{one['raw']}]]")[0].target) in one["resolves_to"]
    ]  # fmt: skip
    print(f"wiki links: {len(found)} of {len(leading)}")
    assert len(leading) == 38
    assert found == leading


def test_real_links_are_taken_apart_as_their_authors_mean(assets: Path) -> None:
    lines = (assets / "06-markdown" / "wikilinks.jsonl").read_text("utf-8").splitlines()
    for one in map(json.loads, lines):
        match = LINK.fullmatch(f"{'!' * one['embed']}[[{one['raw']}]]")
        if match is None:
            # Two programs' brackets on one line of code.
            assert "replace" in one["raw"]
            continue
        link = read(match[2], match[3], embed=one["embed"])
        assert (link.name, link.section, link.words) == (
            one["page"], one["heading"] or "", one["alias"] or "",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "target", "section"),
    [
        ("dossier/sous-dossier/Été à la mer", "ete a la mer", ""),
        ("../Été", "ete", ""),
        ("Note#Une section#sous elle", "note", "Une section#sous elle"),
        ("Note#^abc123", "note", ""),
        ("Note.md", "note", ""),
        ("Ouvert 24/7", "ouvert 24/7", ""),
        ("Eau / énergie", "eau / energie", ""),
        ("L’Œuvre", "l'oeuvre", ""),
    ],
)
def test_links_as_other_programs_write_them(written: str, target: str, section: str) -> None:
    (link,) = links(f"[[{written}]]")
    assert (link.target, link.section, link.kind) == (target, section, "note")
