"""How things are named: short, readable, and impossible to mistake for one another.

Chance enters as bytes given by the caller (``desk/chance.py``), so that this stays pure.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final, NewType

EntityId = NewType("EntityId", str)
PersonId = NewType("PersonId", str)

# Crockford's base 32 without i, l, o and u: nothing to confuse when read aloud.
ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"

PREFIX_OF_KIND: Final = {
    "article": "a",
    "quote": "q",
    "annotation": "c",
    "note": "n",
    "dossier": "d",
    "search": "r",
    "feed": "f",
    "rule": "g",
    "concept": "t",
    "person": "p",
    "space": "s",
}
KIND_OF_PREFIX: Final = {prefix: kind for kind, prefix in PREFIX_OF_KIND.items()}

ENTITY: Final = re.compile(r"[aqcndrfgtps]-[0-9a-hjkmnp-tv-z]{16}\Z")
# Of any kind, also those of a newer Veille: what it says is kept until it is understood.
ANY_ENTITY: Final = re.compile(r"[a-z]-[0-9a-hjkmnp-tv-z]{16}\Z")
OPERATION: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{16}\Z")
DEVICE: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{10}\Z")
SPACE: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{26}\Z")


def encode(data: bytes, *, length: int) -> str:
    """Write the first ``5 * length`` bits of ``data`` in ``ALPHABET``."""
    bits = int.from_bytes(data, "big")
    spare = len(data) * 8 - 5 * length
    bits >>= max(spare, 0)
    return "".join(ALPHABET[(bits >> (5 * i)) & 31] for i in range(length - 1, -1, -1))


def random_entity(kind: str, entropy: bytes) -> EntityId:
    """Name a new thing of ``kind`` from 10 random bytes (80 bits)."""
    return EntityId(f"{PREFIX_OF_KIND[kind]}-{encode(entropy, length=16)}")


def derived_entity(kind: str, space: str, key: str) -> EntityId:
    """Name a thing that two people must meet in: the same key in the same space, the same id."""
    digest = hashlib.sha256(f"veille-1\n{kind}\n{space}\n{key}".encode()).digest()
    return EntityId(f"{PREFIX_OF_KIND[kind]}-{encode(digest[:10], length=16)}")


def person_of(public_key: bytes) -> PersonId:
    """Name the person who holds a key: whoever has the key can check the name."""
    digest = hashlib.sha256(b"veille-person-1\n" + public_key).digest()
    return PersonId(f"p-{encode(digest[:10], length=16)}")


def unsigned_author(device: str) -> str:
    """Name who wrote without a signature: nobody but the post that the file belongs to."""
    return f"post-{device}"


def space_entity(space: str) -> EntityId:
    """Name the entity under which a space describes itself."""
    return derived_entity("space", space, "self")


def kind_of(entity: str) -> str:
    """Tell the kind of a thing from its id; ``""`` for an id of no known kind."""
    return KIND_OF_PREFIX.get(entity[:1], "") if entity[1:2] == "-" else ""
