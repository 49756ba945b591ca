"""Measure a finder of quotes against the gold: python score_quotes.py GOLD.jsonl PRED.jsonl."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

Row = dict[str, Any]
CIVILITY = re.compile(r"^(?:mme|mlle|m\.|monsieur|madame|me|maitre|dr|pr)\s+")
ARTICLE = re.compile(r"^(?:le |la |les |l'|un |une )")
MARKS = re.compile(r"[«»“”\"]")


def spaced(text: str) -> str:
    """The same words with single plain spaces."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """Lower case, no accents, one apostrophe, hyphens as spaces."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe"))
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return spaced(kept.lower().replace("-", " ").replace("\u2011", " "))


def name(text: str) -> str:
    """A speaker's name without its civility."""
    return CIVILITY.sub("", folded(text))


def role(text: str) -> str:
    """A capacity without its article."""
    return ARTICLE.sub("", folded(text)).strip(" ,.")


def joined(quotes: list[Row]) -> dict[str, list[Row]]:
    """Quotes over several paragraphs, by their whole text without marks."""
    groups: dict[int, list[Row]] = {}
    for quote in quotes:
        if "group" in quote:
            groups.setdefault(quote["group"], []).append(quote)
    return {spaced(" ".join(q["exact"] for q in group)): group for group in groups.values()}


def pair(gold: list[Row], preds: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row]]:
    """Pairs of a gold quote with what was found for it, and the predictions left over."""
    pairs: list[tuple[Row, Row]] = []
    left: list[Row] = []
    open_gold, wholes = list(gold), joined(gold)
    for pred in preds:
        text = spaced(str(pred.get("exact", "")))
        same = [q for q in open_gold if spaced(q["exact"]) == text]
        same.sort(key=lambda q: name(q["speaker"]) != name(str(pred.get("speaker") or "")))
        taken = same[:1] or [
            q for q in wholes.get(spaced(MARKS.sub(" ", text)), []) if q in open_gold
        ]
        if not taken:
            left.append(pred)
        for quote in taken:
            open_gold.remove(quote)
            pairs.append((quote, pred))
    return pairs, left


def judge(count: Counter[str], quote: Row, pred: Row) -> None:
    """Add what one found quote says of speaker and role; institutions are left out."""
    count["found"] += 1
    if quote.get("institution"):
        return
    said, true = name(str(pred.get("speaker") or "")), name(quote["speaker"])
    true = said if said in map(name, quote.get("speaker_alt", [])) else true
    count["judged"] += 1
    count["speaker"] += said == true
    count["wrong"] += bool(said) and said != true
    count["unnamed"] += not said and bool(true)
    told = role(quote["role"])
    right = role(str(pred.get("role") or "")) in {told, *map(role, quote.get("role_alt", []))}
    count["role"] += right
    count["told"] += bool(told)
    count["told_right"] += bool(told) and right


def measure(
    gold: list[Row], preds: dict[str, list[Row]]
) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Counts over all articles, then by form and by kind of marks."""
    total: Counter[str] = Counter()
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for article in gold:
        marks = "marks: " + str(article.get("marks", ""))
        pairs, left = pair(article["quotes"], preds.get(article["id"], []))
        scored = [q for q in article["quotes"] if not q.get("optional")]
        kept = [(q, p) for q, p in pairs if not q.get("optional")]
        for quote in scored:
            for count in (total, parts[quote["form"]], parts[marks]):
                count["gold"] += 1
        for quote, pred in kept:
            for count in (total, parts[quote["form"]], parts[marks]):
                judge(count, quote, pred)
        hits = len({id(p) for _, p in kept})
        refused = {spaced(text) for text in article["not_quotes"]}
        total["hit"] += hits
        total["pred"] += hits + len(left)
        total["optional"] += len(article["quotes"]) - len(scored)
        total["optional_found"] += len(pairs) - len(kept)
        total["refused"] += len(article["not_quotes"])
        total["false"] += sum(spaced(str(p.get("exact", ""))) in refused for p in left)
    return total, parts


def share(part: int, whole: int) -> str:
    """A share as text, a dash when nothing was counted."""
    return f"{100 * part / whole:5.1f}%" if whole else "    - "


def report(total: Counter[str], forms: dict[str, Counter[str]]) -> str:
    """The figures, ready to print."""
    recall, precision = total["found"] / max(total["gold"], 1), total["hit"] / max(total["pred"], 1)
    both = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    lines = [
        f"quotes   P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}  (gold {total['gold']}, pred {total['pred']})",
        f"speaker  right {share(total['speaker'], total['judged'])} of {total['judged']} found (institutions out)",
        f"         wrong name {share(total['wrong'], total['judged'])}   left unnamed {share(total['unnamed'], total['judged'])}",
        f"role     right {share(total['role'], total['judged'])}   where told {share(total['told_right'], total['told'])} of {total['told']}",
        f"refused  {total['false']} of {total['refused']} passages that are no quotes were taken for quotes",
        f"optional {total['optional_found']} of {total['optional']} answers without marks or doubtful words (not counted above)",
        "",
        f"{'form':28}{'gold':>5}{'found':>8}{'speaker':>9}{'wrong':>8}{'role':>8}",
    ]
    for form, c in sorted(
        forms.items(), key=lambda item: (item[0][:6] == "marks:", -item[1]["gold"], item[0])
    ):
        cells = [share(c["found"], c["gold"]), share(c["speaker"], c["judged"])]
        cells += [share(c["wrong"], c["judged"]), share(c["role"], c["judged"])]
        lines.append(f"{form:28}{c['gold']:5}{cells[0]:>8}{cells[1]:>9}{cells[2]:>8}{cells[3]:>8}")
    return "\n".join(lines)


def rows(path: str) -> list[Row]:
    """The JSON lines of a file."""
    text = Path(path).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def main(gold_path: str, pred_path: str) -> int:
    """Print the report; 2 when a file cannot be read."""
    try:
        gold, preds = rows(gold_path), {r["id"]: r.get("quotes", []) for r in rows(pred_path)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"unreadable: {error}", file=sys.stderr)
        return 2
    print(report(*measure(gold, preds)))
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: score_quotes.py GOLD.jsonl PRED.jsonl")
    sys.exit(main(sys.argv[1], sys.argv[2]))
