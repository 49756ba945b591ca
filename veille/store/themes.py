"""Which theme a label belongs to: the words of concepts, and the things that bear them.

Things bear labels as people typed them; a label that is a word of a concept *is* that concept.
So a theme is renamed or merged everywhere by one operation, and taken back by another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from veille.domain.merge import Thing
from veille.domain.text import key
from veille.store import local
from veille.store.connection import Rows
from veille.themes.vocabulary import Concept

# The preferred word first, then the concept that began first: as ``themes.vocabulary`` decides.
_OWNER = """
    SELECT l.concept FROM labels l JOIN things t ON t.id = l.concept AND t.hidden = 0
    WHERE l.key = ? ORDER BY l.pref DESC, l.began, l.concept LIMIT 1"""

# The folded themes that a folded label stands for, narrower ones included; circles end.
UNDER = f"""
    WITH RECURSIVE below(concept) AS (
        SELECT * FROM ({_OWNER})
        UNION SELECT l.concept FROM below b JOIN labels l ON l.broader = b.concept
            JOIN things t ON t.id = l.concept AND t.hidden = 0
        UNION SELECT l.concept FROM below b JOIN aliases a ON a.new = b.concept AND a.thing = a.old
            JOIN labels l ON l.broader = a.old
            JOIN things t ON t.id = l.concept AND t.hidden = 0)
    SELECT DISTINCT l.key FROM labels l JOIN below b ON b.concept = l.concept WHERE l.pref"""  # noqa: S608


# Of what bears a theme, few are not to be seen: leaving them out takes a tenth of the time that
# looking each of 185,000 up took.
_UNSEEN: Final = """
    SELECT id FROM things WHERE n IN (
        SELECT n FROM things WHERE hidden <> 0
        UNION ALL SELECT n FROM things
            WHERE kind = 'article' AND state = 'discarded' AND hidden = 0 AND passing = 1)"""


def theme(db: Rows, said: str) -> tuple[str, str] | None:
    """Give ``(key, preferred label)`` of the concept that a folded label belongs to."""
    found = db.execute(
        f"SELECT key, label FROM labels WHERE pref AND concept = ({_OWNER})",  # noqa: S608 - ours
        (said,),
    ).fetchone()
    return (found[0], found[1]) if found else None


def write(db: Rows, concept: Thing) -> None:
    """Write the words of a concept."""
    label = concept.text_field("label")
    others = concept.fields.get("alts")
    said = [one for one in others if isinstance(one, str)] if isinstance(others, list) else []
    words = {key(one): one for one in reversed(said)}
    words.pop(key(label), None)
    rows = [(key(label), label, 1), *((folded, one, 0) for folded, one in sorted(words.items()))]
    broader = concept.text_field("broader")
    db.executemany(
        "INSERT INTO labels VALUES (?,?,?,?,?,?)",
        [(concept.id, *one, broader, concept.began) for one in rows if one[0]],
    )


def words(db: Rows, concept: str) -> set[str]:
    """Give the folded words of a concept; none for other things."""
    if not concept.startswith("t-"):
        return set()
    query = "SELECT key FROM labels WHERE concept = ?"
    return {one[0] for one in db.execute(query, (concept,))}


def settle(db: Rows, said: Iterable[str]) -> None:
    """Give things the themes that these labels belong to now, and have the index hear of it."""
    for one in sorted(said):
        bearing = db.execute("SELECT DISTINCT thing FROM tags WHERE said = ?", (one,)).fetchall()
        if not bearing:
            continue
        found = theme(db, one)
        if found is None:
            db.execute("UPDATE tags SET tag = said, label = typed WHERE said = ?", (one,))
        else:
            db.execute("UPDATE tags SET tag = ?, label = ? WHERE said = ?", (*found, one))
        local.tell(db, [row[0] for row in bearing])


def under(db: Rows, label: str) -> list[str]:
    """Give the folded themes that a label stands for: itself, and all that is narrower."""
    return [one[0] for one in db.execute(UNDER, (key(label),))] or [key(label)]


def concepts(db: Rows) -> list[Concept]:
    """Give every concept that stands, wherever I may read it."""
    query = "SELECT id, space, title, fields FROM things WHERE kind = 'concept' AND hidden = 0"
    began = dict(db.execute("SELECT concept, began FROM labels WHERE pref").fetchall())
    moved = dict(db.execute("SELECT old, new FROM aliases WHERE thing = old").fetchall())
    found = []
    for thing, space, label, written in db.execute(query).fetchall():
        fields = json.loads(written)
        broader = str(fields.get("broader", ""))
        found.append(
            Concept(
                thing, label, alts=tuple(fields.get("alts", ())), broader=moved.get(broader, broader),
                note=str(fields.get("note", "")), space=space, uri=str(fields.get("uri", "")),
                began=began.get(thing, ""),
            )
        )  # fmt: skip
    return found


def counts(db: Rows, *, exact: bool = True) -> dict[str, tuple[str, int]]:
    """Give ``{folded theme: (label, how many things bear it)}``, concepts and free labels alike.

    ``exact``: a thing that says a theme in two words counts once. In half the time, it counts twice.
    """
    many = "DISTINCT thing" if exact else "*"
    query = (
        f"SELECT tag, min(label), count({many}) FROM tags"  # noqa: S608 - ours
        f" WHERE thing NOT IN ({_UNSEEN}) GROUP BY tag"
    )
    return {one[0]: (one[1], int(one[2])) for one in db.execute(query)}


def labels(db: Rows) -> dict[str, str]:
    """Give ``{folded theme: label}`` of what things bear: as ``counts`` does, without counting."""
    query = """
        WITH RECURSIVE w(tag) AS (
            SELECT min(tag) FROM tags
            UNION ALL SELECT (SELECT min(tag) FROM tags WHERE tag > w.tag) FROM w WHERE w.tag <> '')
        SELECT w.tag, (SELECT g.label FROM tags g JOIN things t ON t.id = g.thing
            AND t.hidden = 0 AND NOT (t.passing AND t.state = 'discarded')
            WHERE g.tag = w.tag LIMIT 1) AS label FROM w WHERE label IS NOT NULL"""
    return {one[0]: one[1] for one in db.execute(query)}


def bearing(db: Rows) -> dict[str, frozenset[int]]:
    """Give, by folded theme, the numbers of the things that bear it: good for one answer only."""
    query = f"SELECT tag, thing FROM tags WHERE thing NOT IN ({_UNSEEN})"  # noqa: S608 - ours
    found: dict[str, set[int]] = {}
    numbers: dict[str, int] = {}
    for theme, thing in db.execute(query):
        found.setdefault(theme, set()).add(numbers.setdefault(thing, len(numbers)))
    return {one: frozenset(some) for one, some in found.items()}


def typed(db: Rows, thing: str, theme_key: str) -> list[str]:
    """Give the labels, as typed, by which a thing bears a theme."""
    query = "SELECT typed FROM tags WHERE thing = ? AND tag = ? ORDER BY said"
    return [one[0] for one in db.execute(query, (thing, theme_key))]
