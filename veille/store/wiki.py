"""Looking up how notes hang together: titles, links that lead somewhere or nowhere, orphans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from veille.domain.text import key
from veille.domain.views import Backlink
from veille.store.connection import Rows

_SLICE: Final = 500
_MOST_WORDS: Final = 6
# Under which id what was named by one is known today: itself, where it went, or its copy here.
_TODAY: Final = """CASE WHEN EXISTS (SELECT 1 FROM things i WHERE i.id = {0} AND i.hidden IN (0, 1))
    THEN {0} ELSE (SELECT a.new FROM aliases a WHERE a.old = {0}
        ORDER BY a.thing = a.old DESC, a.new LIMIT 1) END"""
# What bears a title, or bore it: notes, then dossiers, then articles, as ``things.titled`` has it.
_BEARER: Final = """coalesce((SELECT x.thing FROM titles x
        JOIN things o ON o.id = x.thing AND o.hidden = 0
        WHERE x.title_key = l.target ORDER BY x.today DESC, o.created_at, o.id LIMIT 1),
    (SELECT d.id FROM things d WHERE d.title_key = l.target AND d.kind IN ('dossier', 'article')
        AND d.hidden = 0 ORDER BY d.kind = 'article', d.created_at, d.id LIMIT 1),
    (SELECT p.id FROM things p WHERE substr(l.target, 1, 1) = '@'
        AND p.title_key = substr(l.target, 2) AND p.kind = 'person' AND p.hidden = 0
        ORDER BY p.created_at, p.id LIMIT 1))"""
# Where a link leads today: what it was bound to when written, else what it names. What was deleted
# gives way to what bears its title, and is led to again once it is back.
_LINKS: Final = f"""
    SELECT l.rowid AS n, l.source AS source, l.target AS target, l.embed AS embed,
        l.context AS context,
        CASE WHEN l.goes <> '' THEN {_TODAY.format("l.goes")} END AS bound,
        CASE WHEN l.target GLOB '?-*' THEN {_TODAY.format("l.target")} END AS named
    FROM links l"""  # noqa: S608 - our words
_STANDS: Final = "EXISTS (SELECT 1 FROM things v WHERE v.id = {0} AND v.hidden = 0)"
_LEADS: Final = f"""
    SELECT l.*, CASE WHEN {_STANDS.format("l.bound")} THEN l.bound
        ELSE coalesce(l.named, {_BEARER}, l.bound) END AS leads
    FROM ({_LINKS} {{where}}) l"""  # noqa: S608


def bindings(db: Rows, note: str) -> dict[str, str]:
    """Give ``{folded title: id}`` of the links of a note, as they were bound when written."""
    query = "SELECT DISTINCT target, goes FROM links WHERE source = ? AND goes <> ''"
    return {one[0]: one[1] for one in db.execute(query, (note,))}


def titled_like(db: Rows, typed: str, *, limit: int) -> list[str]:
    """Give the notes and dossiers whose title holds what is typed: begun by it first, then newest.

    Other titles of a note count, those of the past as well; the words may stand apart.
    """
    wanted = key(typed)
    words = wanted.split(" ")[:_MOST_WORDS]
    holds = " AND ".join(f"instr(title_key, ?{at})" for at in range(3, len(words) + 3))
    if len(wanted) == 1:
        # Nearly every title holds a letter: those that begin with it are meant.
        holds = "substr(title_key, 1, 1) = ?3"
    query = f"""
        SELECT found.id, min(found.rank) AS rank FROM (
            SELECT thing AS id, CASE WHEN title_key = ?1 THEN 0
                WHEN substr(title_key, 1, length(?1)) = ?1 THEN 2 - today
                WHEN instr(title_key, ' ' || ?1) THEN 4 - today
                WHEN instr(title_key, ?1) THEN 6 - today ELSE 8 - today END AS rank
            FROM titles WHERE {holds}
            UNION ALL SELECT id, CASE WHEN title_key = ?1 THEN 0
                WHEN substr(title_key, 1, length(?1)) = ?1 THEN 1
                WHEN instr(title_key, ?1) THEN 3 ELSE 7 END
            FROM things WHERE kind = 'dossier' AND {holds}
        ) found JOIN things t ON t.id = found.id AND t.hidden = 0
        GROUP BY found.id ORDER BY rank, t.updated_at DESC, found.id LIMIT ?2"""  # noqa: S608
    return [one[0] for one in db.execute(query, (wanted, limit, *words))]


def shared_titles(db: Rows, titles: Iterable[str]) -> set[str]:
    """Give, of these folded titles, those that several notes and dossiers bear today."""
    asked, found = sorted(set(titles)), set[str]()
    for start in range(0, len(asked), _SLICE):
        part = asked[start : start + _SLICE]
        query = f"""
            SELECT name FROM (
                SELECT x.title_key AS name, x.thing AS thing FROM titles x
                    JOIN things o ON o.id = x.thing AND o.hidden = 0
                    WHERE x.today AND x.title_key IN ({", ".join("?" * len(part))})
                UNION SELECT d.title_key, d.id FROM things d WHERE d.kind = 'dossier'
                    AND d.hidden = 0 AND d.title_key IN ({", ".join("?" * len(part))})
            ) GROUP BY name HAVING count(*) > 1"""  # noqa: S608
        found |= {one[0] for one in db.execute(query, (*part, *part))}
    return found


class Tie(NamedTuple):
    """One link from a note: what it names, where to, and whether it is shown in place.

    ``leads`` is "" for what nobody wrote yet, and may be something that was deleted.
    """

    target: str
    leads: str
    embed: int


def ties_of(db: Rows, note: str) -> list[Tie]:
    """Give where the links of a note lead, in the order in which they are written."""
    query = f"SELECT target, coalesce(leads, ''), embed FROM ({_leads('l.source = ?')}) ORDER BY n"  # noqa: S608
    return [Tie(*one) for one in db.execute(query, (note,))]


def backlinks(db: Rows, thing: str) -> list[Backlink]:
    """Give the notes whose links lead to a thing today, with the sentences in which they do."""
    # By any id it bears or bore, or by a title: each of the three has its index.
    ids = "(SELECT ?1 UNION SELECT old FROM aliases WHERE new = ?1)"
    said = f"""l.rowid IN (
        SELECT rowid FROM links WHERE target IN {ids}
        UNION ALL SELECT rowid FROM links WHERE goes <> '' AND goes IN {ids}
        UNION ALL SELECT rowid FROM links WHERE target IN (
            SELECT title_key FROM titles WHERE thing = ?1
            UNION SELECT CASE kind WHEN 'person' THEN '@' ELSE '' END || title_key FROM things
                WHERE id = ?1 AND title_key <> '' AND kind IN ('dossier', 'article', 'person')))"""  # noqa: S608
    query = f"""
        SELECT DISTINCT k.source, t.title, k.context, k.embed,
            coalesce(json_extract(t.fields, '$.template'), '') = 'letter' AS letter
        FROM ({_leads(said)}) k JOIN things t ON t.id = k.source AND t.hidden = 0
        WHERE k.leads = ?1 AND k.source <> ?1 ORDER BY t.title_key COLLATE names, k.source, k.n"""  # noqa: S608
    return [
        Backlink(one[0], one[1], one[2], bool(one[3]), bool(one[4]))
        for one in db.execute(query, (thing,))
    ]


def quotes_shown(db: Rows, note: str) -> list[str]:
    """Give the quotes that a note shows, in its order, by the ids they bear today."""
    query = (
        "SELECT coalesce((SELECT new FROM aliases WHERE old = l.target AND thing = old), l.target)"
        " FROM links l WHERE l.source = ? AND l.embed AND l.target LIKE 'q-%' ORDER BY l.rowid"
    )
    return list(dict.fromkeys(one[0] for one in db.execute(query, (note,))))


def notes_showing(db: Rows, quote: str) -> list[str]:
    """Give the notes that show a quote, by an id it bears or bore."""
    query = (
        "SELECT DISTINCT source FROM links WHERE embed AND target IN"
        " (SELECT ?1 UNION SELECT old FROM aliases WHERE new = ?1)"
    )
    return [one[0] for one in db.execute(query, (quote,))]


def orphans(db: Rows) -> list[str]:
    """Give the notes that link to nothing, that nothing links to and no dossier holds; newest first.

    What was deleted is nothing, and a note that links to itself is still on its own.
    """
    # Nearly every note has a link that still leads to what it was bound to: the first one tells.
    query = f"""
        WITH astray (source, leads) AS MATERIALIZED (
            SELECT k.source, k.leads FROM ({_leads(_ASTRAY)}) k
            JOIN things s ON s.id = k.source AND s.hidden = 0
            JOIN things o ON o.id = k.leads AND o.hidden = 0 WHERE k.leads <> k.source)
        SELECT t.id FROM things t WHERE t.kind = 'note' AND t.hidden = 0
            AND NOT EXISTS (SELECT 1 FROM links l JOIN things o ON o.id = l.goes AND o.hidden = 0
                WHERE l.source = t.id AND l.goes <> t.id)
            AND NOT EXISTS (SELECT 1 FROM links l JOIN things s ON s.id = l.source
                AND s.hidden = 0 WHERE l.goes <> '' AND l.goes = t.id AND l.source <> t.id)
            AND t.id NOT IN (SELECT source FROM astray UNION ALL SELECT leads FROM astray)
            AND t.id NOT IN (SELECT coalesce({_TODAY.format("m.item")}, '') FROM members m
                JOIN things d ON d.id = m.dossier AND d.hidden = 0)
            AND t.id NOT IN (SELECT coalesce(json_extract(fields, '$.cover'), '') FROM things
                WHERE kind = 'dossier' AND hidden = 0)
        ORDER BY t.sort_at DESC, t.n DESC"""  # noqa: S608
    return [one[0] for one in db.execute(query)]


def wanted(db: Rows) -> list[tuple[str, tuple[str, ...]]]:
    """Give the titles that notes link to and nothing bears, with those notes; most wanted first.

    Titles are folded. People, and things named by an id, are not written: they are left out.
    """
    query = f"""
        SELECT k.target, group_concat(DISTINCT k.source) AS notes FROM ({_leads(f"{_ASTRAY} AND {_WRITTEN}")}) k
        JOIN things s ON s.id = k.source AND s.hidden = 0
        LEFT JOIN things o ON o.id = k.leads AND o.hidden = 0 WHERE o.id IS NULL
        GROUP BY k.target ORDER BY count(DISTINCT k.source) DESC, k.target"""  # noqa: S608
    return [(one[0], tuple(sorted(one[1].split(",")))) for one in db.execute(query)]


# Links that were bound to nothing, or to something that is not there any more.
# Of thousands of links to a few hundred things, each thing is looked at once.
_ASTRAY: Final = f"""(l.goes = '' OR l.goes IN (SELECT g.goes FROM
    (SELECT DISTINCT goes FROM links WHERE goes <> '') g WHERE NOT {_STANDS.format("g.goes")}))"""  # noqa: S608
_WRITTEN: Final = "l.embed = 0 AND l.target <> '' AND l.target NOT GLOB '@*' AND NOT ({})".format(
    "l.target GLOB '[a-z]-*' AND length(l.target) = 18 AND instr(l.target, ' ') = 0"
)


def _leads(condition: str = "") -> str:
    return _LEADS.replace("{where}", f"WHERE {condition}" if condition else "")
