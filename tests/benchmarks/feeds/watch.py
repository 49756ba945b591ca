"""Following pages without a feed: false alerts and missed changes, beside the naive ways.

    python -m tests.benchmarks.feeds.watch                # every written page, 60 neutral ones
    python -m tests.benchmarks.feeds.watch --skip 300     # pages that no rule was tuned on

The sequences are ours (``tests/watched``): the rules were tuned on ``dev``, and changed twice after
a look at ``held``; ``late`` was written when they were done. Neutral pages (extraction assets) tell whether
a block is found again on the same page, with other neighbours, without any class or id, with a
new first line, and whether one that was taken out is said to be gone. Rules were tuned on the
first 60 of them.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

from lxml import etree, html

from tests.conftest import ASSETS
from tests.watched import dev, held, late
from tests.watched.follow import Case, alerted, follow
from veille.desk.words import wording
from veille.domain.text import collapse
from veille.extract import article, landmarks, region
from veille.extract.decode import decode
from veille.extract.parts import Part, read_page
from veille.feeds.watching import Seen, Watch, look

NEIGHBOUR = "<div class='annonce zz'><h2>À ne pas manquer</h2><ul><li>Un concert dimanche</li><li>Une exposition</li></ul></div>"
SOME = 4


def page_text(page: str) -> str:
    """Give all that a page says, as a naive watcher reads it."""
    if not page.strip():
        return ""
    tree = html.document_fromstring(page)
    for one in tree.xpath("//script|//style"):
        one.drop_tree()
    return collapse(tree.text_content())


def by_hash(case: Case) -> Iterator[bool]:
    """Alert whenever the page's text is another one."""
    before = None
    for state in case.states:
        text = page_text(state.html)
        yield before is not None and text != before
        before = text


def by_diff(case: Case) -> Iterator[bool]:
    """Alert when more than a few words of the page's text are other ones."""
    before: list[str] | None = None
    for state in case.states:
        words = page_text(state.html).split()
        changed = 0
        if before is not None:
            codes = difflib.SequenceMatcher(None, before, words, autojunk=False).get_opcodes()
            changed = sum(max(b - a, d - c) for tag, a, b, c, d in codes if tag != "equal")
        yield changed > 5
        before = words


def ours(case: Case) -> Iterator[bool]:
    """Alert as Veille does; a change whose difference does not show it was missed."""
    for state, one, _found in follow(case):
        shown = not state.told or any(state.told in piece.text for piece in one.pieces)
        yield alerted(one) and (shown or not state.alerts)


def sequences() -> None:
    """Count the false alerts and the missed changes of each way."""
    ways: dict[str, Callable[[Case], Iterator[bool]]] = {
        "hash of the page": by_hash,
        "diff of the page": by_diff,
        "Veille": ours,
    }
    for name, cases in (("dev", dev.CASES), ("held", held.CASES), ("late", late.CASES)):
        states = [state for case in cases for state in case.states]
        due = sum(one.alerts for one in states)
        print(f"{name}: {len(cases)} pages, {len(states)} looks, {due} changes to tell")
        for way, alerts in ways.items():
            told = [one for case in cases for one in alerts(case)]
            false = sum(a and not s.alerts for a, s in zip(told, states, strict=True))
            missed = sum(s.alerts and not a for a, s in zip(told, states, strict=True))
            print(f"  {way:17} false alerts {false:3}   missed {missed:3}")


def neutral(folder: Path, skip: int, most: int) -> Iterator[tuple[str, str]]:
    """Give pages of the assets, decoded, and their addresses."""
    rows = {
        row["id"]: row
        for file in sorted(folder.glob("*.jsonl"))
        for row in map(json.loads, file.read_text("utf-8").splitlines())
        if "page" in row
    }
    for name in sorted(rows)[skip : skip + most]:
        row = rows[name]
        yield decode(gzip.decompress((folder / row["page"]).read_bytes())), row.get("url") or ""


def part_of(page: str, mark: str) -> Part:
    """Give the part that a mark names, with the tree it stands in."""
    wanted = landmarks.read(mark)
    assert wanted is not None
    best, _sure = region._best(read_page(page, url=""), wanted)
    assert best is not None
    return best[0]


def beside(page: str, mark: str, chance: random.Random) -> str:
    """Put neighbours before and after a block, and take some of those there out."""
    node = part_of(page, mark).node
    if node.getparent() is None:
        return page
    around = set(node.iterancestors()) | set(node.iter()) | {node}
    others = [one for one in node.getroottree().iter("div", "ul", "section") if one not in around]
    for one in chance.sample(others, min(3, len(others))):
        if one.getparent() is not None:
            one.drop_tree()
    node.addprevious(html.fragment_fromstring(NEIGHBOUR))
    node.tail, tail = "", node.tail
    node.addnext(html.fragment_fromstring(NEIGHBOUR.replace("manquer", "rater")))
    node.tail = tail
    return etree.tostring(node.getroottree(), encoding="unicode", method="html")


def undressed(page: str, mark: str, _chance: random.Random) -> str:
    """Take every class and id of a page away, as a redesign does."""
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for one in tree.iter(etree.Element):
        one.attrib.pop("class", None)
        one.attrib.pop("id", None)
    return etree.tostring(tree, encoding="unicode", method="html")


def without(page: str, mark: str, _chance: random.Random) -> str:
    """Take a block out of a page."""
    node = part_of(page, mark).node
    if node.getparent() is not None:
        node.drop_tree()
    return etree.tostring(node.getroottree(), encoding="unicode", method="html")


def renewed(page: str, mark: str, _chance: random.Random) -> str:
    """Put a new first line in a block."""
    node = part_of(page, mark).node
    if len(node):
        new = html.fragment_fromstring("<li>Une annonce toute nouvelle</li>")
        new.tag = node[0].tag if node[0].tag in {"li", "p", "div"} else "p"
        node.insert(0, new)
    return etree.tostring(node.getroottree(), encoding="unicode", method="html")


def assets(pages: Iterable[tuple[str, str]]) -> None:
    """Find blocks of neutral pages again, as they are and changed."""
    chance = random.Random(6)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    took: dict[str, list[float]] = {"regions": [], "find": [], "verdict": [], "look": []}
    for page, url in pages:
        begun = time.perf_counter()
        offered = region.regions(page, url=url)
        took["regions"].append(time.perf_counter() - begun)
        chosen = [one for one in offered if one.mark]
        for one in chosen:
            begun = time.perf_counter()
            first = region.find(page, one.mark, url=url)
            took["find"].append(time.perf_counter() - begun)
            total["same page"] += 1
            right["same page"] += first is not None and first.sure == 1.0 and first.mark == one.mark
        for one in chosen[:SOME]:
            changed(page, url, one.mark, chance, right, total)
        begun = time.perf_counter()
        article.from_html(page, url=url, wording=wording())
        took["verdict"].append(time.perf_counter() - begun)
        took["look"] += looked(page, url)
    for name, many in total.items():
        print(f"  {name:28} {right[name]:5} of {many:5}  {100 * right[name] / many:5.1f} %")
    for name, some in took.items():
        if some:
            print(
                f"  {name:28} median {median(some) * 1000:6.1f} ms, longest {max(some) * 1000:7.1f} ms"
            )


def changed(
    page: str, url: str, mark: str, chance: random.Random, right: Counter[str], total: Counter[str]
) -> None:
    """Look for a block on changed states of its page."""
    node = part_of(page, mark)
    if node.kind == "part":
        ways: Sequence[tuple[str, Callable[[str, str, random.Random], str]]] = (
            ("other neighbours", beside), ("no class, no id", undressed), ("a new line in it", renewed),
        )  # fmt: skip
    else:
        ways = (("no class, no id", undressed),)
    before = region.find(page, mark, url=url)
    assert before is not None
    for name, way in ways:
        after = region.find(way(page, mark, chance), mark, url=url)
        known = set(before.lines)
        total[name] += 1
        if after is not None:
            both = len(known & set(after.lines))
            right[name] += both >= 0.9 * len(known) and both >= 0.9 * (len(set(after.lines)) - 1)
    if node.kind == "part":
        total["taken out: said to be gone"] += 1
        right["taken out: said to be gone"] += (
            region.find(without(page, mark, chance), mark, url=url) is None
        )


def looked(page: str, url: str) -> list[float]:
    """Time a look at a page whose first line is new."""
    found = region.find(page, "", url=url)
    if found is None:
        return []
    begun = time.perf_counter()
    look(Seen(found.lines), ("Une ligne", *found.lines[:-1]), verdict="complete", watch=Watch(ignore=("dates", "Mis à jour")), now=0)  # fmt: skip
    return [time.perf_counter() - begun]


def main() -> None:
    """Measure both."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--assets", type=Path, default=ASSETS / "01-extraction")
    asked.add_argument("--pages", type=int, default=60)
    asked.add_argument("--skip", type=int, default=0)
    given = asked.parse_args()
    sequences()
    if given.assets.is_dir():
        print(f"{given.pages} neutral pages")
        assets(neutral(given.assets, given.skip, given.pages))


if __name__ == "__main__":
    main()
