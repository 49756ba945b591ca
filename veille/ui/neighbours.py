"""Windows of other profiles, and other starts of this one: what they are told through a socket."""

from __future__ import annotations

import hashlib
from typing import Final

from PySide6.QtNetwork import QLocalSocket

from veille.desk.paths import ProfilePaths

# What a window of the demo memory is told before it is removed.
LEAVE: Final = b"leave\n"
_ANSWERS_MS: Final = 1_000
_WRITTEN_MS: Final = 500


def address(place: ProfilePaths) -> str:
    """Give the name under which the window of a profile listens."""
    return "veille-" + hashlib.sha256(str(place.root).encode()).hexdigest()[:16]


def tell(place: ProfilePaths, line: bytes) -> bool:
    """Tell the window of a profile something; tells whether there was one."""
    socket = QLocalSocket()
    socket.connectToServer(address(place))
    if not socket.waitForConnected(_ANSWERS_MS):
        return False
    socket.write(line)
    socket.waitForBytesWritten(_WRITTEN_MS)
    return True
