"""The only place that draws lots."""

from __future__ import annotations

import secrets

from veille.domain import ids


def entity(kind: str) -> str:
    """Name a new thing."""
    return ids.random_entity(kind, secrets.token_bytes(10))


def operation() -> str:
    """Name a new operation: 80 random bits."""
    return ids.encode(secrets.token_bytes(10), length=16)


def device() -> str:
    """Name this profile in a space: 50 random bits."""
    return ids.encode(secrets.token_bytes(7), length=10)


def secret() -> bytes:
    """Draw the key that signs what this person shares: 256 random bits."""
    return secrets.token_bytes(32)


def space() -> str:
    """Name a new space: 130 random bits."""
    return ids.encode(secrets.token_bytes(17), length=26)
