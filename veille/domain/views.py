"""What the app shows of things: frozen rows, read from the tables, never written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from veille.domain.captures import Finding
from veille.domain.operation import Json


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. Times are milliseconds since 1970, UTC.

    ``passing`` is 1 for what a feed brought and nobody acted upon: it is not in the memory.
    """

    id: str
    kind: str
    space: str
    title: str
    about: str
    state: str
    source: str
    published: str
    verdict: str
    words: int
    lead: str
    conflicts: int
    created_by: str
    created_at: int
    updated_by: str
    updated_at: int
    hidden: int
    fields: Mapping[str, Json]
    passing: int = 0
    tags: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Give a field as text, "" when it was never said."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Give the authors as published; empty when the page does not say."""
        value = self.fields.get("authors")
        return (
            tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
        )


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture of an article, with the blobs of its page and of its clean form.

    Attributes:
        name: what passages know it by, wherever it was said again.
        reason: the sign that decided of the verdict, as a code.
        url: where it was had.
        door: through which it came in.
        found: what it says of each field, best first.
        state: what the site named its version by: ``etag``, ``modified``.
        inside: ``(title, address)`` of the articles that a newsletter points to.
    """

    name: str
    at: int
    by: str
    verdict: str
    words: int
    page: str
    clean: str
    text: str
    html: str
    images: Mapping[str, str]
    missing: tuple[str, ...]
    reason: str
    excerpt: bool
    url: str = ""
    door: str = ""
    found: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    state: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Backlink:
    """A note that links here, and the sentence in which it does.

    Attributes:
        embed: whether what is linked is shown in place.
        letter: whether the note is a letter: what was sent to people.
    """

    note: str
    title: str
    context: str
    embed: bool
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a note."""

    id: str
    parents: tuple[str, ...]
    by: str
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written, and the revisions its author had before her eyes."""

    title: str
    text: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """Where operations live together.

    Attributes:
        id: 26 characters.
        name: what people call it; "" for the personal space.
        folder: where it is shared, "" for the personal space.
        device: this profile's name in it.
        personal: whether nobody else ever sees it.
        full_text: whether full texts may travel in it.
        synced_at: last successful round, 0 for never.
        problem: code of the error that stopped the last round, "" when it went well.
        waiting: operations recorded here that have not left yet.
        remaining: segments announced in the folder that are still to be read here.
        looked_at: when the whole folder was last looked at.
        audited_at: when everything of ours was last read back from the folder.
    """

    id: str
    name: str
    folder: str
    device: str
    personal: bool
    full_text: bool
    synced_at: int
    problem: str
    waiting: int
    remaining: int = 0
    looked_at: int = 0
    audited_at: int = 0


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is here now.

    Attributes:
        thing: what she is editing, "" for nothing.
        since_ms: how long ago she last gave a sign.
    """

    space: str
    person: str
    thing: str
    since_ms: int


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two versions of something, who wrote it and when (0: unknown)."""

    text: str
    value: Json
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that two people changed at once.

    Attributes:
        number: from 1, to name it.
        where: "passage" of a note, else the name of a field.
        shown: what is shown meanwhile.
        answers: "a", "b", "both", "merged": what can be kept.
        mark: names it by what it is about, whatever its number becomes.
    """

    number: int
    where: str
    a: Version
    b: Version
    shown: str
    answers: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a round with a shared folder met: said to people by its code.

    Attributes:
        code: what it is.
        detail: the file, the version or the device concerned.
        count: how many things.
        age_ms: how far back, for a folder that went back.
    """

    code: str
    detail: str = ""
    count: int = 1
    age_ms: int = 0


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One recorded operation, for people."""

    operation: str
    gesture: str
    undoes: str
    by: str
    at: int
    kind: str
    entity: str
    title: str
    space: str
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list holds. Empty means no restriction.

    Attributes:
        kinds: article, quote, annotation, note, dossier, feed…
        states: of articles.
        space, tag, dossier, source: ids or folded names.
        about: the article that quotes and annotations are about.
        since, until: milliseconds; on the date of filing.
        feed: the subscription that brought it.
        passing: "no" leaves out what feeds brought and nobody acted upon; "only" gives just that.
    """

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    space: str = ""
    tag: str = ""
    dossier: str = ""
    source: str = ""
    about: str = ""
    since: int = 0
    until: int = 0
    passing: str = ""
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """An article whose page is still to be had, or could not be."""

    article: str
    url: str
    problem: str
    data: Mapping[str, Json]
    tried_at: int
