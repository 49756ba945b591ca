"""x"""

from __future__ import annotations


def start(profile: str | None) -> int:
    """X"""
    return 0
