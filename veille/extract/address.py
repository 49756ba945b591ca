"""Two addresses, one page: the canonical form that recognises an article clipped before.

The rule has a version, which never changes for an article already filed: the original address is
kept beside it, and a new rule makes new keys without touching the old ones.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from veille.domain.errors import BadAddress

RULE: Final = 1
_TRACKERS: Final = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|mkt_tok"
    r"|_hsenc|_hsmi|oly_\w+|vero_\w+|at_(?:medium|campaign|custom\d|format|link\w*|send\w*|ptr\w*)"
    r"|xtor|xtref|cmpid|cmp|wt_mc|ns_\w+|ito|spm|share|smid|feature|__twitter_impression)\Z",
    re.IGNORECASE,
)
_PORTS: Final = {"http": ":80", "https": ":443"}


def web_address(text: str) -> str:
    """Check an address as typed or received. Raises BadAddress."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as problem:
        raise BadAddress(url=text[:200]) from problem
    if parts.scheme.lower() not in {"http", "https"} or not host or len(text) > 4_000:
        raise BadAddress(url=text[:200])
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port is not None else ""
    # An address with accents, as French sites write them, becomes one that travels.
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def canonical(url: str) -> str:
    """Give the key under which a page is recognised: "" when the address is none."""
    try:
        parts = urlsplit(web_address(url))
    except BadAddress:
        return ""
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, "\0"))
    host = host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    path = re.sub(r"/{2,}", "/", unquote(parts.path, errors="replace"))
    path = re.sub(r"/(?:amp|index\.(?:html?|php))?/?\Z", "", path)
    pairs = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKERS.match(name)
    ]
    query = urlencode(sorted(pairs))
    return f"{host}{quote(path, safe='/~-._')}{'?' if query else ''}{query}"


def provisional_title(url: str) -> str:
    """Make something readable of an address, until the page has said its title."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2], errors="replace")
    words = re.sub(r"\.(?:html?|php|aspx?)\Z", "", last)
    words = re.sub(r"[-_+]+", " ", words).strip()
    host = (parts.hostname or "").removeprefix("www.")
    return f"{words[:1].upper()}{words[1:]} ({host})" if re.search(r"[^\W\d_]{3}", words) else host
