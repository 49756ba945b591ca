"""Finding passages again: how often right, in doubt, wrong, and how fast; plain ways beside.

``python -m tests.benchmarks.annotate.anchoring``: real revisions of French pages (assets 04, when
they stand beside this checkout), two captures of one page made by editing 3, 10, 25 and 40 % of
its words, and 500 passages in a text of a million characters.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from veille.annotate.anchor import ORPHAN, Anchor, anchor, anchor_all
from veille.annotate.selectors import Selector, describe

ASSETS = Path(__file__).resolve().parents[4] / "shared" / "assets"
Way = Callable[[str, Selector], Anchor]
SHARES = (0.03, 0.10, 0.25, 0.40)
WORD = re.compile(r"\w+")


def exact_only(text: str, selector: Selector) -> Anchor:
    """Search the words: what most programs do."""
    at = text.find(selector.exact)
    return Anchor(at, at + len(selector.exact), "exact", 100.0) if at >= 0 else ORPHAN


def plain_fuzzy(text: str, selector: Selector) -> Anchor:
    """Align the words alone with the whole text, without what stood around them."""
    if (found := exact_only(text, selector)) is not ORPHAN:
        return found
    near = fuzz.partial_ratio_alignment(selector.exact, text, score_cutoff=70)
    if near is None:
        return ORPHAN
    return Anchor(near.dest_start, near.dest_end, "near", near.score)


def weighed(text: str, selector: Selector) -> Anchor:
    """Weigh as Hypothesis says it does: words 50, each side 20, place 2 (32 characters a side).

    Its published rule, on rapidfuzz's alignment: not its program, whose figures cannot be had here.
    """
    size = len(selector.exact)
    places = [found.start() for found in re.finditer(re.escape(selector.exact), text)][:200]
    spans = [(at, at + size) for at in places]
    if not spans:
        near = fuzz.partial_ratio_alignment(selector.exact, text, score_cutoff=50)
        spans = [(near.dest_start, near.dest_end)] if near is not None else []
    prefix, suffix = selector.prefix[-32:], selector.suffix[:32]

    def score(span: tuple[int, int]) -> float:
        start, end = span
        far = abs(start - selector.start) / max(len(text), 1)
        return (
            50 * fuzz.ratio(selector.exact, text[start:end])
            + 20 * fuzz.ratio(prefix, text[max(start - len(prefix), 0) : start])
            + 20 * fuzz.ratio(suffix, text[end : end + len(suffix)])
            + 2 * (1 - far) * 100
        ) / 92

    best = max(spans, key=score, default=None)
    return ORPHAN if best is None else Anchor(*best, "near", score(best))


WAYS: dict[str, Way] = {
    "ours": anchor, "weighed as Hypothesis": weighed, "words, nearly": plain_fuzzy,
    "words, exactly": exact_only,
}  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What came of some passages; times in milliseconds."""

    right: int = 0
    doubtful: int = 0
    wrong: int = 0
    unsure: int = 0
    lost: int = 0
    times: list[float] = field(default_factory=list)

    def add(self, found: Anchor, expected: tuple[int, int] | None, *, least: float) -> None:
        """Count one: right where it overlaps what was meant, wrong where it touches nothing of it.

        A passage that was taken out is right when it is an orphan.
        """
        if found.status == "orphan":
            self.lost += expected is not None
            self.right += expected is None
            return
        start, end = expected or (-2, -1)
        inside = max(0, min(found.end, end) - max(found.start, start))
        union = max(found.end, end) - min(found.start, start)
        is_right = inside / max(union, 1) >= least
        self.right += is_right
        self.doubtful += is_right and found.status == "doubtful"
        self.wrong += not inside
        self.unsure += not inside and found.status == "doubtful"
        self.lost += bool(inside) and not is_right

    def line(self) -> str:
        """Write the figures."""
        count = self.right + self.wrong + self.lost
        times = sorted(self.times) or [0.0]
        return (
            f"right {self.right / count:6.1%} (of which in doubt {self.doubtful / count:5.1%})  "
            f"wrong {self.wrong / count:6.2%} ({self.unsure / count:5.2%})  lost {self.lost / count:5.1%}  n {count:5}  "
            f"ms p50 {times[len(times) // 2]:6.2f}  p95 {times[int(len(times) * 0.95)]:6.2f}"
        )


def tried(way: Way, text: str, selector: Selector, tally: Tally) -> Anchor:
    """Find one passage, and note how long it took."""
    started = time.perf_counter()
    found = way(text, selector)
    tally.times.append((time.perf_counter() - started) * 1000)
    return found


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a compressed file of one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as told:
        return [json.loads(line) for line in told]


def drift(assets: Path) -> None:
    """Real revisions: with the surroundings of the set, and with ours."""
    documents = lines(assets / "04-annotations" / "drift-fr.jsonl.gz")
    print("\nReal revisions of French pages (drift-fr)")
    for name, way in WAYS.items():
        for ours in (False, True):
            every = Tally()
            for one in documents:
                for quote in one["quotes"]:
                    selector = (
                        describe(one["old"], quote["start"], quote["end"]) if ours
                        else Selector(quote["quote"], quote["prefix"], quote["suffix"],
                                      quote["start"], quote["end"])
                    )  # fmt: skip
                    expected = tuple(quote["expected"]) if quote["expected"] else None
                    least = 0.5 if quote["cls"] == "edited" else 0.85
                    every.add(tried(way, one["new"], selector, every), expected, least=least)
            around = "64 around" if ours else "as given "
            print(f"  {name:24} {around}  {every.line()}")


# --- two captures of one page ------------------------------------------------------------------

WHO = ("La maire", "Le préfet", "L’adjointe aux mobilités", "Le président de l’intercommunalité",
       "Une riveraine", "Le syndicat des commerçants", "La directrice de l’agence de l’eau")  # fmt: skip
DOES = ("annonce", "promet", "redoute", "conteste", "présente", "reporte", "défend", "chiffre")
WHAT = ("le plan de prévention des inondations", "la nouvelle piste cyclable", "le budget participatif",
        "la réfection des digues", "la fermeture du marché couvert", "la ligne de bus du littoral",
        "les travaux de la place centrale", "la hausse des tarifs de l’eau")  # fmt: skip
WHEN = ("dès le mois de mars", "avant l’été", "après la réunion publique", "d’ici deux ans",
        "malgré les réserves du conseil", "sans attendre l’avis des services")  # fmt: skip
OTHER = ("cependant", "désormais", "toutefois", "récemment", "partout", "enfin", "quartier", "projet",
         "habitants", "services", "mesure", "calendrier")  # fmt: skip


def written(chance: random.Random, sentences: int = 120) -> str:
    """Write a page that repeats itself, as local news does: the hardest to find one's way in."""
    said = [
        f"{chance.choice(WHO)} {chance.choice(DOES)} {chance.choice(WHAT)} {chance.choice(WHEN)}"
        f"{chance.choice(('.', ', selon nos informations.', ' ; « c’est une étape », dit-on.'))}"
        for _ in range(sentences)
    ]
    return "\n\n".join(" ".join(said[i : i + 4]) for i in range(0, len(said), 4))


def pages(assets: Path, chance: random.Random) -> Iterator[str]:
    """Give texts to edit: our own, and real ones where they can be had."""
    for _ in range(10):
        yield written(chance)
    guides = assets / "09-volume-fr" / "etalab-guides.jsonl.gz"
    if guides.exists():
        for one in lines(guides):
            text = next((v for v in one.values()
                         if isinstance(v, str) and len(v) > 4_000), "")  # fmt: skip
            if text:
                yield text[:30_000]


def edited(
    text: str, passage: tuple[int, int], share: float, chance: random.Random
) -> tuple[str, tuple[int, int]]:
    """Edit a share of the words, and carry the edges of a passage through; a paragraph comes first."""
    start, end = passage
    done = [written(chance, 4) + "\n\n"]
    length, at, first, last = len(done[0]), 0, -1, -1
    for found in WORD.finditer(text):
        before = text[at : found.start()]
        if first < 0 and found.start() >= start:
            first = length + len(before)
        if found.start() < end:
            word = _changed(found[0], share, chance)
            last = length + len(before) + len(word)
        else:
            word = _changed(found[0], share, chance)
        done.append(before + word)
        length += len(done[-1])
        at = found.end()
    return "".join([*done, text[at:]]), (first, max(last, first + 1))


def _changed(word: str, share: float, chance: random.Random) -> str:
    if chance.random() >= share:
        return word
    return chance.choice((chance.choice(OTHER), "", f"{word} {chance.choice(OTHER)}"))


def passages(text: str, chance: random.Random, count: int) -> Iterator[tuple[int, int]]:
    """Give passages of 3 to 40 words."""
    words = list(WORD.finditer(text))
    for _ in range(count):
        first = chance.randrange(len(words) - 45)
        yield words[first].start(), words[first + chance.randrange(2, 40)].end()


def captures(assets: Path) -> None:
    """Two captures of one page."""
    print("\nTwo captures of one page, a paragraph put before, words edited")
    for share in SHARES:
        for name, way in WAYS.items():
            chance, tally = random.Random(7), Tally()
            for text in pages(assets, chance):
                for passage in passages(text, chance, 20):
                    new, expected = edited(text, passage, share, chance)
                    found = tried(way, new, describe(text, *passage), tally)
                    tally.add(found, expected, least=0.5)
            print(f"  {share:4.0%}  {name:24} {tally.line()}")
    print("\nThe passage was taken out, with what stood around it: right is to say so")
    for name, way in WAYS.items():
        chance, tally = random.Random(11), Tally()
        for text in pages(assets, chance):
            for start, end in passages(text, chance, 20):
                if text.count(text[start:end]) > 1:
                    continue
                new = text[: max(start - 80, 0)] + text[end + 80 :]
                tally.add(tried(way, new, describe(text, start, end), tally), None, least=1)
        print(f"        {name:24} {tally.line()}")


def volume() -> None:
    """500 passages in a text of a million characters: as it was, and after 10 % of the words."""
    chance = random.Random(5)
    text = "\n\n".join(f"{n}. {written(chance, 12)}" for n in range(1_150))[:1_000_000]
    described = [describe(text, *one) for one in passages(text, chance, 500)]
    chosen = Counter[str]()
    print(f"\n500 passages in {len(text):,} characters")
    new = edited(text, (0, 10), 0.10, chance)[0]
    for told, where in (("unchanged", text), ("10 % of the words edited", new)):
        started = time.perf_counter()
        anchor_all(where, described)
        total = (time.perf_counter() - started) * 1000
        alone = Tally()
        for one in described:
            chosen[f"{told}: {tried(anchor, where, one, alone).status}"] += 1
        times = sorted(alone.times)
        print(f"  {told:26} together {total:8.1f} ms  one: p50 {times[250]:.2f}  "
              f"p95 {times[475]:.2f}  worst {times[-1]:.2f} ms")  # fmt: skip
    print("  " + ", ".join(f"{name} {count}" for name, count in sorted(chosen.items())))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=Path, default=ASSETS)
    assets: Path = parser.parse_args().assets
    if (assets / "04-annotations").is_dir():
        drift(assets)
    else:
        print("The shared assets are not beside this checkout: only texts of our own.")
    captures(assets)
    volume()


if __name__ == "__main__":
    main()
