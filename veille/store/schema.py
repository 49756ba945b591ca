"""The tables. Those of DERIVED can be thrown away and projected again from ``operations``.

There is no migration of derived tables: when PROJECTION changes they are rebuilt (measured in
tests/benchmarks). FORMAT changes only when the operations or the local tables themselves change.
"""

from __future__ import annotations

from typing import Final

FORMAT: Final = 2
PROJECTION: Final = 7

# ``sum`` is what store/guard.py holds a row against: SQLite itself does not notice a flipped bit.
FACTS: Final = """
CREATE TABLE IF NOT EXISTS operations (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    digest TEXT NOT NULL,
    space TEXT NOT NULL,
    device TEXT NOT NULL,
    stamp TEXT NOT NULL,
    received INTEGER NOT NULL,
    by TEXT NOT NULL,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    gesture TEXT NOT NULL,
    undoes TEXT NOT NULL,
    line TEXT NOT NULL,
    segment TEXT NOT NULL,
    sum TEXT NOT NULL,
    UNIQUE (id, digest)
) STRICT;
CREATE INDEX IF NOT EXISTS operations_entity ON operations (entity);
CREATE INDEX IF NOT EXISTS operations_gesture ON operations (gesture);
CREATE INDEX IF NOT EXISTS operations_undone ON operations (undoes) WHERE undoes <> '';
CREATE INDEX IF NOT EXISTS operations_loose ON operations (space, n) WHERE segment = '';
CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    sum TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS spaces (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    device TEXT NOT NULL,
    personal INTEGER NOT NULL,
    synced_at INTEGER NOT NULL DEFAULT 0,
    looked_at INTEGER NOT NULL DEFAULT 0,
    audited_at INTEGER NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT '',
    remaining INTEGER NOT NULL DEFAULT 0,
    sum TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS segments (
    space TEXT NOT NULL,
    device TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    size INTEGER NOT NULL,
    count INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    mine INTEGER NOT NULL,
    shared INTEGER NOT NULL,
    pack TEXT NOT NULL DEFAULT '',
    missed INTEGER NOT NULL DEFAULT 0,
    data BLOB NOT NULL,
    sum TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (space, device, sequence, id)
) STRICT;
CREATE INDEX IF NOT EXISTS segments_waiting ON segments (space, count) WHERE mine AND NOT shared;
CREATE INDEX IF NOT EXISTS segments_mine ON segments (space, device, sequence) WHERE mine;
CREATE INDEX IF NOT EXISTS segments_id ON segments (space, id);
CREATE TABLE IF NOT EXISTS packs (
    space TEXT NOT NULL,
    device TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (space, device, name)
) STRICT;
CREATE TABLE IF NOT EXISTS posts (
    space TEXT NOT NULL,
    device TEXT NOT NULL,
    person TEXT NOT NULL,
    newest INTEGER NOT NULL,
    count INTEGER NOT NULL,
    app TEXT NOT NULL,
    at INTEGER NOT NULL,
    seen TEXT NOT NULL,
    PRIMARY KEY (space, device)
) STRICT;
CREATE TABLE IF NOT EXISTS strays (
    space TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (space, path)
) STRICT;
CREATE TABLE IF NOT EXISTS awaited (
    space TEXT NOT NULL,
    blob TEXT NOT NULL,
    PRIMARY KEY (space, blob)
) STRICT;
CREATE TABLE IF NOT EXISTS fetches (
    article TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    problem TEXT NOT NULL,
    data TEXT NOT NULL,
    tried_at INTEGER NOT NULL,
    sum TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS arrivals (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL UNIQUE,
    feed TEXT NOT NULL,
    space TEXT NOT NULL,
    received INTEGER NOT NULL,
    rule TEXT NOT NULL,
    data TEXT NOT NULL,
    sum TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS arrivals_received ON arrivals (received);
CREATE INDEX IF NOT EXISTS arrivals_feed ON arrivals (feed, received);
CREATE TABLE IF NOT EXISTS seen (
    key INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS feed_states (
    feed TEXT PRIMARY KEY,
    next_at INTEGER NOT NULL,
    data TEXT NOT NULL,
    sum TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS stories (
    article TEXT PRIMARY KEY,
    story TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stories_story ON stories (story);
CREATE TABLE IF NOT EXISTS reads (
    article TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS places (
    thing TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS places_at ON places (at);
CREATE TABLE IF NOT EXISTS outbox (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    thing TEXT NOT NULL UNIQUE
) STRICT;
"""

TABLES: Final = {
    "things": """
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        space TEXT NOT NULL,
        hidden INTEGER NOT NULL,
        passing INTEGER NOT NULL,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL,
        about TEXT NOT NULL,
        state TEXT NOT NULL,
        source TEXT NOT NULL,
        source_key TEXT NOT NULL,
        canonical TEXT NOT NULL,
        published TEXT NOT NULL,
        verdict TEXT NOT NULL,
        words INTEGER NOT NULL,
        lead TEXT NOT NULL,
        conflicts INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_by TEXT NOT NULL,
        updated_at INTEGER NOT NULL,
        sort_at INTEGER NOT NULL,
        body TEXT NOT NULL,
        fields TEXT NOT NULL""",
    # ``tag`` and ``label`` are those of the theme that a label belongs to; ``said``, as recorded.
    "tags": "thing TEXT NOT NULL, tag TEXT NOT NULL, label TEXT NOT NULL, said TEXT NOT NULL,"
    " typed TEXT NOT NULL",
    "labels": """concept TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL, pref INTEGER NOT NULL,
        broader TEXT NOT NULL, began TEXT NOT NULL""",
    "members": "dossier TEXT NOT NULL, item TEXT NOT NULL, position INTEGER NOT NULL,"
    " place TEXT NOT NULL",
    "progress": """dossier TEXT NOT NULL, person TEXT NOT NULL, item TEXT NOT NULL,
        at INTEGER NOT NULL""",
    # ``goes``: the id that a title led to when it was written, "" when it led nowhere yet.
    "links": """source TEXT NOT NULL, target TEXT NOT NULL, goes TEXT NOT NULL,
        embed INTEGER NOT NULL, context TEXT NOT NULL""",
    "titles": "title_key TEXT NOT NULL, thing TEXT NOT NULL, today INTEGER NOT NULL",
    "captures": """
        operation TEXT NOT NULL,
        name TEXT NOT NULL,
        article TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        chosen INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        words INTEGER NOT NULL,
        page TEXT NOT NULL,
        clean TEXT NOT NULL,
        text_hash TEXT NOT NULL""",
    "sketches": "article TEXT NOT NULL, band INTEGER NOT NULL",
    "revisions": """operation TEXT NOT NULL, note TEXT NOT NULL, parents TEXT NOT NULL,
        by TEXT NOT NULL, at INTEGER NOT NULL""",
    "aliases": "thing TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL",
}

# Which column of each derived table names the thing its rows belong to.
OWNER: Final = {
    "things": "id",
    "tags": "thing",
    "labels": "concept",
    "members": "dossier",
    "progress": "dossier",
    "links": "source",
    "titles": "thing",
    "captures": "article",
    "sketches": "article",
    "revisions": "note",
    "aliases": "thing",
}

_INDEXES: Final = """
CREATE INDEX IF NOT EXISTS things_listed ON things (kind, hidden, sort_at DESC);
CREATE INDEX IF NOT EXISTS things_conflicts ON things (space) WHERE conflicts > 0 AND hidden = 0;
CREATE INDEX IF NOT EXISTS things_state ON things (kind, state, hidden, sort_at DESC);
CREATE INDEX IF NOT EXISTS things_passing ON things (kind, state, hidden) WHERE passing = 1;
CREATE INDEX IF NOT EXISTS things_space ON things (space, hidden, kind);
CREATE INDEX IF NOT EXISTS things_title ON things (title_key, kind);
CREATE INDEX IF NOT EXISTS things_about ON things (about) WHERE about <> '';
CREATE INDEX IF NOT EXISTS things_canonical ON things (canonical) WHERE canonical <> '';
CREATE INDEX IF NOT EXISTS things_source ON things (source_key) WHERE kind = 'article';
CREATE INDEX IF NOT EXISTS tags_thing ON tags (thing);
CREATE INDEX IF NOT EXISTS tags_borne ON tags (tag, thing, label);
CREATE INDEX IF NOT EXISTS tags_said ON tags (said);
CREATE INDEX IF NOT EXISTS labels_key ON labels (key);
CREATE INDEX IF NOT EXISTS labels_concept ON labels (concept);
CREATE INDEX IF NOT EXISTS labels_broader ON labels (broader) WHERE broader <> '';
CREATE INDEX IF NOT EXISTS members_dossier ON members (dossier, position);
CREATE INDEX IF NOT EXISTS members_item ON members (item);
CREATE INDEX IF NOT EXISTS progress_dossier ON progress (dossier);
CREATE INDEX IF NOT EXISTS links_source ON links (source);
CREATE INDEX IF NOT EXISTS links_target ON links (target);
CREATE INDEX IF NOT EXISTS links_goes ON links (goes) WHERE goes <> '';
CREATE INDEX IF NOT EXISTS titles_key ON titles (title_key);
CREATE INDEX IF NOT EXISTS titles_thing ON titles (thing);
CREATE INDEX IF NOT EXISTS captures_article ON captures (article);
CREATE INDEX IF NOT EXISTS captures_text ON captures (text_hash);
CREATE INDEX IF NOT EXISTS sketches_article ON sketches (article);
CREATE INDEX IF NOT EXISTS sketches_band ON sketches (band);
CREATE INDEX IF NOT EXISTS revisions_note ON revisions (note);
CREATE INDEX IF NOT EXISTS aliases_old ON aliases (old);
CREATE INDEX IF NOT EXISTS aliases_new ON aliases (new);
CREATE INDEX IF NOT EXISTS aliases_thing ON aliases (thing);
"""

DERIVED: Final = (
    "".join(
        f"CREATE TABLE IF NOT EXISTS {name} ({columns}) STRICT;\n"
        for name, columns in TABLES.items()
    )
    + _INDEXES
)
DROP_DERIVED: Final = "".join(f"DROP TABLE IF EXISTS {name};\n" for name in TABLES)
