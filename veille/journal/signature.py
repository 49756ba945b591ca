"""Who wrote a segment: Ed25519 (RFC 8032), one key a person.

A person's id is the hash of her public key, and the key travels in the header of every segment:
whoever reads computes the author and checks the signature, looks nothing up and trusts nobody
first. So it does not matter in which order segments arrive, and all posts decide the same.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES: Final = 32


def public_key(secret: bytes) -> bytes:
    """Give the public half of a secret of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def sign(secret: bytes, message: bytes) -> str:
    """Sign a message; base 64."""
    return written(Ed25519PrivateKey.from_private_bytes(secret).sign(message))


def is_signed(key: bytes, message: bytes, signature: str) -> bool:
    """Tell whether the holder of ``key`` signed ``message``."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(read(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def written(data: bytes) -> str:
    """Write bytes as base 64."""
    return base64.b64encode(data).decode("ascii")


def read(text: str) -> bytes:
    """Read base 64. Raises ValueError."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as problem:
        raise ValueError(text) from problem
