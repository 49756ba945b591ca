"""The way out that the system prescribes: environment, Windows or macOS settings."""

from __future__ import annotations

import urllib.request
from typing import Final

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def of(scheme: str, host: str) -> str:
    """Give the proxy for a host, "" when one goes there directly."""
    if host.lower() in _HERE or urllib.request.proxy_bypass(host):
        return ""
    found = urllib.request.getproxies()
    address = found.get(scheme) or found.get("all") or ""
    if address and "://" not in address:
        address = f"http://{address}"
    # SOCKS would need a library of its own.
    return address if address.startswith(("http://", "https://")) else ""
