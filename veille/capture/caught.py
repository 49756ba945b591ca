"""What came through a door: one page, text, document or bare address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Linked:
    """An article that a newsletter or an alert points to."""

    title: str
    url: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Caught:
    """One page, text or document that came in.

    Attributes:
        data: the bytes as they came; empty for a bare address.
        kind: "html", "text", "pdf", "image" or "address".
        url: where it says it comes from, "" when it does not.
        charset: as its container declares it.
        title: what its container knows: the subject of a mail, the name of a shortcut.
        files: images that came along, by the address the page uses for them.
        said: what a mail's headers say: ``published`` (a day), ``author``, ``source``.
        inside: the articles that a newsletter or an alert points to.
        selection: HTML of what the person had selected, "" for nothing.
        quote: the words she wants to keep as a quote, "" for none.
    """

    data: bytes
    kind: str
    url: str = ""
    charset: str = ""
    title: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[Linked, ...] = ()
    selection: str = ""
    quote: str = ""
