"""A keyring in a file, chosen with PYTHON_KEYRING_BACKEND: what the system offers on a real post."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """Keeps passwords in the file that VEILLE_TEST_KEYRING names."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        value = self._all().get(f"{service} {username}")
        return value if isinstance(value, str) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        told = {**self._all(), f"{service} {username}": password}
        _file().write_text(json.dumps(told), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        told = self._all()
        told.pop(f"{service} {username}", None)
        _file().write_text(json.dumps(told), encoding="utf-8")

    def _all(self) -> dict[str, object]:
        path = _file()
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _file() -> Path:
    return Path(os.environ["VEILLE_TEST_KEYRING"])
