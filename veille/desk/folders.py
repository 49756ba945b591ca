"""Opening a shared folder from what people write: a path, or an address with its login.

Logins live in the keyring of the system (extra ``s3`` or ``webdav``), never in the profile.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from veille.domain.errors import NoKeyring, ShareDenied, ShareNeedsExtra
from veille.share.address import S3, Address, Login, is_address, parse
from veille.share.directory import Directory
from veille.share.folder import ShareFolder

_SERVICE: Final = "veille"


def opened(folder: str) -> ShareFolder:
    """Open a shared folder. Nothing is read yet.

    Raises BadAddress, ShareNeedsExtra (a library is missing), NoKeyring, ShareDenied (no login).
    """
    if not is_address(folder):
        return Directory(Path(folder))
    address = parse(folder)
    login = known_login(address)
    if login is None:
        raise ShareDenied(folder=folder)
    return on_server(address, login)


def on_server(address: Address, login: Login) -> ShareFolder:
    """Open a folder on a server. Nothing is read yet. Raises ShareNeedsExtra."""
    try:
        if address.scheme == S3:
            from veille.share.bucket import Bucket

            return Bucket(address, login)
        from veille.share.webdav import WebDav

        return WebDav(address, login)
    except ImportError as problem:
        extra = "s3" if address.scheme == S3 else "webdav"
        raise ShareNeedsExtra(folder=address.text, extra=extra) from problem


def known_login(address: Address) -> Login | None:
    """Ask the keyring who one is at an address. Raises NoKeyring, ShareNeedsExtra."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as problem:
        raise ShareNeedsExtra(folder=address.text, extra="s3") from problem
    try:
        kept = keyring.get_password(_SERVICE, address.text)
    except (KeyringError, RuntimeError) as problem:
        raise NoKeyring(folder=address.text) from problem
    if kept is None:
        return None
    told = json.loads(kept)
    return Login(told["user"], told["password"])


def keep_login(folder: str, user: str, password: str) -> None:
    """Keep a login in the keyring. Raises BadAddress, NoKeyring, ShareNeedsExtra."""
    address = parse(folder)
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as problem:
        raise ShareNeedsExtra(folder=folder, extra="s3") from problem
    try:
        told = json.dumps({"user": user, "password": password})
        keyring.set_password(_SERVICE, address.text, told)
    except (KeyringError, RuntimeError) as problem:
        raise NoKeyring(folder=folder) from problem
