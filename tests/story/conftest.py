"""What the stories share: a clock of one's own, and sites that stand on this machine."""

from __future__ import annotations

import pytest

from tests.conftest import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def intranet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow the sites of the tests: they are one host, whose pace is tried where it matters."""
    monkeypatch.setenv("VEILLE_ALLOW_PRIVATE", "1")
    monkeypatch.setattr("veille.fetch.client.PAGE_GAP", 0.0)
