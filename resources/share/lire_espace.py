#!/usr/bin/env python3
"""Lit un espace partagé de Veille sans Veille. / Reads a shared space of Veille without Veille.

    python3 lire_espace.py            liste les titres / lists the titles
    python3 lire_espace.py --tout     écrit chaque fait, une ligne JSON / prints every fact

Python 3.8 ou plus récent, rien d’autre. Ne modifie rien.
"""

import gzip
import hashlib
import json
import pathlib
import sys


def segments(root):
    """Yield the bytes of every segment, loose, packed or put back."""
    for path in sorted(root.glob("journal/*/*.jsonl")) + sorted(root.glob("rescue/*/*.jsonl")):
        yield path, path.read_bytes()
    for path in sorted(root.glob("journal/*/p-*.jsonl.gz")):
        lines = gzip.decompress(path.read_bytes()).split(b"\n")
        while len(lines) > 1:
            count = json.loads(lines[0])["n"] + 2
            yield path, b"\n".join(lines[:count]) + b"\n"
            lines = lines[count:]


def facts(root):
    """Yield the facts of every whole segment, each once; say which files are damaged."""
    seen = set()
    for path, data in segments(root):
        body, _newline, trailer = data[:-1].rpartition(b"\n")
        body += b"\n"
        try:
            whole = json.loads(trailer)["sha256"] == hashlib.sha256(body).hexdigest()
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            print("abîmé / damaged:", path, file=sys.stderr)
            continue
        for line in body.decode("utf-8").split("\n")[1:-1]:
            fact = json.loads(line)
            if "i" in fact and (fact["i"], line) not in seen:
                seen.add((fact["i"], line))
                yield fact


def main():
    root = pathlib.Path(__file__).resolve().parent
    ordered = sorted(facts(root), key=lambda fact: (fact["h"], fact["i"]))
    if "--tout" in sys.argv:
        for fact in ordered:
            print(json.dumps(fact, ensure_ascii=False, sort_keys=True))
        return
    titles = {}
    for fact in ordered:
        title = fact["d"].get("title") or fact["d"].get("exact")
        if isinstance(title, str):
            titles[fact["e"]] = title
    for thing, title in sorted(titles.items(), key=lambda one: one[1].casefold()):
        print(thing, " ".join(title.split())[:100])


if __name__ == "__main__":
    main()
