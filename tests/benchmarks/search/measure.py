"""Measures the engines on an invented corpus, and prints a Markdown table.

Each build and each series of queries runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from itertools import islice
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any, Final

from tests.benchmarks.search.corpus import articles
from tests.benchmarks.search.fts5 import Fts5, Fts5Plain
from tests.benchmarks.search.ours import Product, Terms
from tests.benchmarks.search.queries import query_sets
from tests.benchmarks.search.rivals import Analyse, Doc, Engine, Q, prepare
from tests.benchmarks.search.tantivy_ import Tantivy
from tests.benchmarks.search.whoosh_ import Whoosh

ADDED: Final = 30
_MODULE: Final = "tests.benchmarks.search.measure"
_WORD: Final = re.compile(r"[^\W_]+")
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})

Report = dict[str, Any]


def analyse(text: str) -> str:
    """A text as the terms that engines index: cut, folded, stemmed."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return " ".join(filter(None, map(_term, words)))


@lru_cache(maxsize=500_000)
def _term(word: str) -> str:
    """A word in small plain letters, without its plural, its final e, its final r."""
    folded = unicodedata.normalize("NFKD", word.lower().translate(_LIGATURES))
    term = "".join(one for one in folded if one in _PLAIN)
    for endings in ("sx", "e", "r"):
        if len(term) > 4 and term[-1] in endings:
            term = term[:-1]
    return term


# The corpus, analysed once -----------------------------------------------------------------------


def corpus_folder(work: Path, n: int) -> tuple[Path, Report]:
    """The folder of the analysed documents and of their queries, made when it is missing."""
    folder = work / f"corpus-{n}"
    if not (folder / "report.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        report = _write_docs(folder / "docs.jsonl", n, analyse)
        sets = query_sets(read_docs(folder))
        plain = {name: [asdict(one) for one in queries] for name, queries in sets.items()}
        (folder / "queries.json").write_text(json.dumps(plain), encoding="utf-8")
        (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return folder, json.loads((folder / "report.json").read_text(encoding="utf-8"))


def _write_docs(path: Path, n: int, analysed_by: Analyse) -> Report:
    """The n documents to build with, then those to add one by one."""
    made = analysing = raw = 0.0
    start = perf_counter()
    with path.open("w", encoding="utf-8") as out:
        for number, article in enumerate(articles(n + ADDED)):
            before = perf_counter()
            made += before - start
            doc = prepare(article, analysed_by)
            analysing += perf_counter() - before
            raw += len(article["text"].encode()) if number < n else 0
            out.write(json.dumps(asdict(doc), ensure_ascii=False) + "\n")
            start = perf_counter()
    return {"generate_s": made, "analyse_s": analysing, "raw_bytes": raw}


def read_docs(folder: Path) -> Iterator[Doc]:
    """The analysed documents."""
    with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield Doc(**json.loads(line))


def read_queries(folder: Path) -> dict[str, list[Q]]:
    """The sets of queries."""
    sets = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    return {
        name: [Q(**{**one, "words": tuple(one["words"])}) for one in queries]
        for name, queries in sets.items()
    }


def engine(name: str) -> Engine:
    """Make the engine of that name."""
    known: dict[str, Callable[[Analyse], Engine]] = {
        "fts5": Fts5, "fts5-plain": Fts5Plain, "tantivy": Tantivy, "whoosh": Whoosh,
        "terms": Terms, "veille": Product,
    }  # fmt: skip
    return known[name](lru_cache(maxsize=200_000)(analyse))


# What runs in a child process --------------------------------------------------------------------


def build(name: str, corpus: Path, index: Path, n: int) -> Report:
    """Build, without counting the time it takes to read the documents."""
    made = engine(name)
    docs = _Timed(islice(read_docs(corpus), n))
    cpu, wall = _cpu(), perf_counter()
    made.build(docs, index)
    cpu, wall = _cpu() - cpu - docs.cpu, perf_counter() - wall - docs.wall
    peak = _memory("VmHWM")
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    return {"cpu_s": cpu, "wall_s": wall, "peak": peak, "size": size, "raw": made.raw_bytes(index)}


class _Timed:
    """Documents, and the time that this thread spent on reading them, in seconds."""

    def __init__(self, docs: Iterator[Doc]) -> None:
        self._docs = docs
        self.cpu = self.wall = 0.0

    def __iter__(self) -> Iterator[Doc]:
        return self

    def __next__(self) -> Doc:
        cpu, wall = thread_time(), perf_counter()
        try:
            return next(self._docs)
        finally:
            self.cpu += thread_time() - cpu
            self.wall += perf_counter() - wall


def ask(name: str, corpus: Path, index: Path, n: int) -> Report:
    """Open, ask everything once, then add."""
    sets = read_queries(corpus)
    extra = list(islice(read_docs(corpus), n, n + ADDED))
    made = engine(name)
    before = _memory("VmRSS")
    start = perf_counter()
    made.open(index)
    made.run(sets["term, rare"][0])
    opened, held = 1000 * (perf_counter() - start), _memory("VmRSS")
    if isinstance(made, Product):
        made.prepare()
    report: Report = {
        "open_ms": opened, "rss_before": before,
        "rss_open": held,
    }  # fmt: skip
    report["times"], report["totals"] = _ask_all(made, sets)
    report["rss_asked"] = _memory("VmRSS")
    report["times"]["one added, until found"] = [_add(made, doc) for doc in extra]
    return report


def _ask_all(
    made: Engine, sets: dict[str, list[Q]]
) -> tuple[dict[str, list[float]], dict[str, list[int]]]:
    """Each query once: a second time, an engine that remembers would not be searching."""
    times: dict[str, list[float]] = {}
    totals: dict[str, list[int]] = {}
    for name, queries in sets.items():
        times[name], totals[name] = [], []
        for query in queries:
            start = perf_counter()
            found = made.run(query)
            times[name].append(1000 * (perf_counter() - start))
            totals[name].append(found.total)
    return times, totals


def _add(made: Engine, doc: Doc) -> float:
    """Milliseconds until a search for a word of its own finds the document."""
    word = "zz" + doc.article["id"].replace("-", "")
    doc = Doc(doc.article, doc.title, f"{doc.text} {word}")
    start = perf_counter()
    made.add(doc)
    found = made.run(Q("term", (word,)))
    spent = perf_counter() - start
    if found.ids != [doc.article["id"]]:
        raise RuntimeError(f"{made.name} does not find {word}")
    return 1000 * spent


def _cpu() -> float:
    """CPU seconds, all threads and children counted."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _memory(line: str) -> int:
    """Bytes, from the system: VmRSS is now, VmHWM the most so far."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"^{line}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


# The table ---------------------------------------------------------------------------------------


def measure(name: str, n: int, work: Path) -> Report:
    """Everything about an engine."""
    corpus, made = corpus_folder(work, n)
    index = work / f"index-{name}-{n}"
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir(parents=True)
    report: Report = {"n": n, "corpus": made}
    for step in ("build", "ask"):
        asked = (
            sys.executable,
            "-W",
            "ignore",
            "-m",
            _MODULE,
            "--step",
            step,
            name,
            str(corpus),
            str(index),
            str(n),
        )
        done = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True)
        report |= json.loads(done.stdout)
    return report


def table(reports: dict[str, Report]) -> str:
    """One line for each figure, one column for each engine."""
    rows = [["", *reports], ["---", *("---:" for _ in reports)]]
    rows += [[label, *(figure(one) for one in reports.values())] for label, figure in _FIGURES]
    lines = next(iter(reports.values()))["times"]
    rows += [
        [
            f"{line}, p50 / p95 ms",
            *(_middle_and_worst(one["times"][line]) for one in reports.values()),
        ]
        for line in lines
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def disagreements(reports: dict[str, Report]) -> list[str]:
    """Where engines that searched the same corpus count different totals."""
    found = []
    first, *others = reports
    for other in others:
        if reports[other]["n"] != reports[first]["n"]:
            continue
        for line, totals in reports[first]["totals"].items():
            pairs = zip(totals, reports[other]["totals"][line], strict=True)
            differing = sum(one != two for one, two in pairs)
            if differing:
                found.append(f"{line}: {other} counts otherwise than {first}, {differing} times")
    return found


def _middle_and_worst(times: Sequence[float]) -> str:
    ordered = sorted(times)
    middle, worst = (ordered[int(share * (len(ordered) - 1) + 0.5)] for share in (0.5, 0.95))
    return f"{middle:.2f} / {worst:.2f}"


def _mb(size: float) -> str:
    return f"{size / 1e6:.1f}"


_FIGURES: Final[tuple[tuple[str, Callable[[Report], str]], ...]] = (
    ("articles", lambda one: f"{one['n']:,}"),
    ("raw text, MB", lambda one: _mb(one["corpus"]["raw_bytes"])),
    ("analysis before, s (the same for all)", lambda one: f"{one['corpus']['analyse_s']:.1f}"),
    ("build, CPU s", lambda one: f"{one['cpu_s']:.1f}"),
    ("build, wall s", lambda one: f"{one['wall_s']:.1f}"),
    ("build, peak MB", lambda one: _mb(one["peak"])),
    ("index without the raw text, MB", lambda one: _mb(one["size"] - one["raw"])),
    ("raw text kept, MB", lambda one: _mb(one["raw"])),
    ("open and first answer, ms", lambda one: f"{one['open_ms']:.1f}"),
    ("memory before opening, MB", lambda one: _mb(one["rss_before"])),
    ("memory once open, MB", lambda one: _mb(one["rss_open"])),
    ("memory after the queries, MB", lambda one: _mb(one["rss_asked"])),
)


def main(argv: Sequence[str]) -> None:
    """Measure, or run one step of a measure."""
    if argv[:1] == ["--step"]:
        step = {"build": build, "ask": ask}[argv[1]]
        print(json.dumps(step(argv[2], Path(argv[3]), Path(argv[4]), int(argv[5]))))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20_000)
    parser.add_argument("--engines", default="fts5,fts5-plain,tantivy,terms,veille,whoosh")
    parser.add_argument("--whoosh-n", type=int, default=5_000, help="Whoosh takes very long")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "veille-bench")
    options = parser.parse_args(argv)
    reports = {
        name: measure(name, min(options.n, options.whoosh_n) if name == "whoosh" else options.n,
                      options.work)
        for name in options.engines.split(",")
    }  # fmt: skip
    print(table(reports))
    print("\n".join(["", *disagreements(reports)]))


if __name__ == "__main__":
    main(sys.argv[1:])
