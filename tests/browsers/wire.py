"""A websocket to a browser on this machine, on the standard library alone (RFC 6455, client side).

Both remote protocols are JSON over it: a command has an id, its answer the same id; what has
none are events, which nobody here listens to.
"""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class Refused(Exception):
    """The browser answered a command with an error, or closed the line."""


@dataclass
class Wire:
    """One connection. Every wait has an end: the timeout of the socket."""

    stream: socket.socket
    count: int = 0
    buffer: bytearray = field(default_factory=bytearray)

    def command(self, method: str, params: dict[str, Any] | None = None, **more: Any) -> Any:
        """Ask for something and wait for the answer. Raises Refused, TimeoutError."""
        self.count += 1
        told = {"id": self.count, "method": method, "params": params or {}, **more}
        self._send(_TEXT, json.dumps(told).encode())
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise Refused(f"{method}: {answer['error']} {answer.get('message', '')}")
                return answer["result"]

    def close(self) -> None:
        self.stream.close()

    def _message(self) -> bytes:
        """Put together the frames of one message; pings are answered on the way."""
        parts = bytearray()
        while True:
            first, second = self._exactly(2)
            size = second & 127
            if size == 126:
                (size,) = struct.unpack(">H", self._exactly(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", self._exactly(8))
            data, kind = self._exactly(size), first & 15
            if kind == _CLOSE:
                raise Refused("closed")
            if kind == _PING:
                self._send(_PONG, data)
            elif kind < _CLOSE:
                parts += data
                if first & 128:
                    return bytes(parts)

    def _send(self, kind: int, data: bytes) -> None:
        size, mask = len(data), os.urandom(4)
        if size < 126:
            head = struct.pack(">BB", 128 | kind, 128 | size)
        elif size < 1 << 16:
            head = struct.pack(">BBH", 128 | kind, 128 | 126, size)
        else:
            head = struct.pack(">BBQ", 128 | kind, 128 | 127, size)
        repeated = mask * (size // 4 + 1)
        masked = int.from_bytes(data, "big") ^ int.from_bytes(repeated[:size], "big")
        self.stream.sendall(head + mask + masked.to_bytes(size, "big"))

    def _exactly(self, size: int) -> bytes:
        while len(self.buffer) < size:
            chunk = self.stream.recv(1 << 16)
            if not chunk:
                raise Refused("closed")
            self.buffer += chunk
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        return data


def connect(address: str, *, timeout: float = 20) -> Wire:
    """Open ``ws://host:port/path``. No Origin is sent: browsers refuse what they do not know."""
    parts = urlsplit(address)
    stream = socket.create_connection((parts.hostname, parts.port), timeout=timeout)
    key = base64.b64encode(os.urandom(16)).decode()
    stream.sendall(
        f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    wire = Wire(stream)
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        head += wire._exactly(1)
    if b" 101 " not in head.split(b"\r\n")[0]:
        stream.close()
        raise Refused(head.decode("latin-1"))
    return wire
