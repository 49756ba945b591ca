"""The pages and images that captures and notes cite: posted before the operation, fetched when they arrive."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from veille.desk.house import House
from veille.domain import merge
from veille.domain import operation as op
from veille.domain.errors import BlobDamaged
from veille.domain.operation import Operation
from veille.share import carry
from veille.share.folder import ShareFolder
from veille.store import operations
from veille.store import segments as shelf
from veille.wiki.weave import body

_BLOB: Final = re.compile(r"[0-9a-f]{64}\Z")
_PICTURE: Final = re.compile(r"\(blob:([0-9a-f]{64})[ )]")
_MOST_PICTURES: Final = 500


def cited(one: Operation) -> list[str]:
    """Give the blobs that colleagues need to read a capture, or a note with its pictures."""
    if one.kind == op.NOTE_REV:
        return list(dict.fromkeys(_PICTURE.findall(body(one))))[:_MOST_PICTURES]
    if one.kind != op.CAPTURE or one.data.get("excerpt") is True:
        return []
    images = one.data.get("images")
    names = [one.data.get("clean"), *(images.values() if isinstance(images, dict) else ())]
    return [name for name in names if isinstance(name, str) and _BLOB.match(name)]


def post(house: House, folder: ShareFolder, written: Iterable[Operation]) -> list[str]:
    """Post what operations cite. Gives the names of those that are missing here."""
    missing = []
    for one in written:
        for name in cited(one):
            try:
                carry.post_blob(folder, name, house.blobs.get(name))
            except BlobDamaged:
                missing.append(name)
    return missing


def fetch(
    house: House, folder: ShareFolder, space: str, changed: Collection[str], *, late: bool,
    most: int,
) -> None:  # fmt: skip
    """Fetch what newly learned captures cite; now and then, also what had not arrived before."""
    new = _wanted(house, changed)
    with house.database.writing() as db:
        shelf.await_blobs(db, space, new)
        wanted = shelf.awaited(db, space) if late else new
    for name in wanted[: most or len(wanted)]:
        data = None if house.blobs.has(name) else carry.read_blob(folder, name)
        if data is not None:
            house.blobs.put(data)
        with house.database.writing() as db:
            if house.blobs.has(name):
                shelf.arrived(db, space, name)
            else:
                shelf.ask_later(db, space, name)


def _wanted(house: House, changed: Collection[str]) -> list[str]:
    names: set[str] = set()
    for thing_id in sorted(one for one in changed if one.startswith(("a-", "n-"))):
        with house.database.reading() as db:
            thing = merge.fold(operations.of_entity(db, thing_id), personal=house.personal)
        for saying in (*thing.captures, *thing.revision_heads) if thing else ():
            names.update(one for one in cited(saying) if not house.blobs.has(one))
    return sorted(names)
