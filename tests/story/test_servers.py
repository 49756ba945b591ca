"""The same space on an S3-compatible store and on a WebDAV server, both real, on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

keyring = pytest.importorskip("keyring")
wsgi = pytest.importorskip("cheroot.wsgi")

from tests.fakes.keyring_of_tests import FileKeyring  # noqa: E402
from veille.desk import folders  # noqa: E402
from veille.desk.desk import Desk  # noqa: E402
from veille.domain.errors import (  # noqa: E402
    BadAddress,
    NoKeyring,
    ShareDenied,
    ShareExists,
    ShareNotASpace,
    ShareUnavailable,
)
from veille.domain.views import Filter  # noqa: E402
from veille.share.folder import ShareFolder  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
Open = Callable[..., Desk]


@pytest.fixture(autouse=True)
def _keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("VEILLE_TEST_KEYRING", str(tmp_path / "keyring.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield
    keyring.set_keyring(before)


def serve(app: Any) -> tuple[Any, int]:
    server = wsgi.Server(("127.0.0.1", 0), app, numthreads=4)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    return server, server.bind_addr[1]


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    moto = pytest.importorskip("moto.server")
    app = moto.DomainDispatcherApplication(moto.create_backend_app)
    server, port = serve(app)
    endpoint = f"http://127.0.0.1:{port}"
    import botocore.session

    client = botocore.session.get_session().create_client(
        "s3", endpoint_url=endpoint, aws_access_key_id="anne", aws_secret_access_key="secret",
        region_name="us-east-1",
    )  # fmt: skip
    client.create_bucket(Bucket="veille")
    client.close()
    yield f"s3://veille/{{folder}}?endpoint={endpoint}&region=us-east-1"
    server.stop()


@pytest.fixture(scope="module")
def webdav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    wsgidav = pytest.importorskip("wsgidav.wsgidav_app")
    root = tmp_path_factory.mktemp("dav")
    app = wsgidav.WsgiDAVApp(
        {
            "provider_mapping": {"/": str(root)},
            "simple_dc": {"user_mapping": {"*": {"anne": {"password": "secret"}}}},
            "http_authenticator": {"accept_digest": False, "default_to_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
        }
    )
    server, port = serve(app)
    yield f"webdav+http://127.0.0.1:{port}/{{folder}}"
    server.stop()


@pytest.fixture(params=["s3", "webdav"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    text: str = request.getfixturevalue("bucket" if request.param == "s3" else "webdav")
    made = text.format(folder=f"com-{abs(hash(tmp_path)) % 10**8}")
    folders.keep_login(made, "anne", "secret")
    return made


def test_the_four_verbs(address: str) -> None:
    folder: ShareFolder = folders.opened(address)
    folder.make()
    assert not folder.list("")
    assert folder.list("journal/k7m2q9x4ab") in (None, {})
    assert folder.read("journal/k7m2q9x4ab/x", limit=9) is None
    path = "journal/k7m2q9x4ab/00000001-0123456789abcdef.jsonl"
    assert folder.create(path, b"bonjour")
    assert not folder.create(path, b"autre chose"), "never overwritten"
    assert folder.read(path, limit=100) == b"bonjour"
    assert folder.read(path, limit=3) == b"bonj", "one more than the limit tells there is more"
    assert folder.create("heads/empty", b"")
    assert folder.read("heads/empty", limit=9) == b""
    assert dict(folder.list("journal/k7m2q9x4ab") or {}) == {path.rpartition("/")[2]: 7}
    assert dict(folder.list("") or {}) == {"journal": -1, "heads": -1}
    folder.delete(path)
    folder.delete(path)
    assert folder.read(path, limit=9) is None


def test_a_team_shares_through_a_server(address: str, open_desk: Open) -> None:
    anne, bruno = open_desk("anne"), open_desk("bruno")
    with pytest.raises((ShareNotASpace, ShareUnavailable)):
        bruno.join_space(address)
    space = anne.create_space("Com", address, full_text=True).id
    with pytest.raises(ShareExists):
        bruno.create_space("Autre", address, full_text=True)
    bruno.join_space(address)
    anne.new_note("Plan vélo", "texte", space=space)
    for number in range(70):
        anne.new_note(f"note {number}", "texte", space=space)
        anne.sync(whole=number == 69)
    anne.sync()
    (round_,) = bruno.sync()
    assert round_.problems == []
    bruno.tag(bruno.ids(Filter(kinds=("note",))), add=["Mobilité"])
    bruno.sync()
    anne.sync()
    assert len(anne.ids(Filter(kinds=("note",), tag="Mobilité"))) == 71
    assert any(one["name"].startswith("p-") for one in listed(address, anne))
    assert bruno.examine_folder(address).verdict in {"good", "watch"}
    anne.drain()
    assert anne.verify().problems == ()


def listed(address: str, desk: Desk) -> list[dict[str, str]]:
    device = desk.space("Com").device
    return [{"name": one} for one in folders.opened(address).list(f"journal/{device}") or {}]


def test_a_wrong_login_is_said_and_nothing_is_kept_in_the_profile(
    webdav: str, open_desk: Open, tmp_path: Path
) -> None:
    address = webdav.format(folder="ailleurs")
    desk = open_desk("anne")
    with pytest.raises(ShareDenied):
        desk.create_space("Com", address, full_text=True)
    folders.keep_login(address, "anne", "faux")
    with pytest.raises(ShareDenied):
        desk.create_space("Com", address, full_text=True)
    folders.keep_login(address, "anne", "secret")
    desk.create_space("Com", address, full_text=True)
    assert b"secret" not in (tmp_path / "anne" / "veille.sqlite").read_bytes()
    with pytest.raises(BadAddress):
        folders.opened("webdav+https://anne:secret@host/x")
    with pytest.raises(BadAddress):
        folders.opened("ftp://host/x")


def test_a_server_that_is_away_changes_nothing(open_desk: Open) -> None:
    for address in ("webdav+http://127.0.0.1:9/x", "s3://b/x?endpoint=http://127.0.0.1:9"):
        folders.keep_login(address, "anne", "secret")
        with pytest.raises(ShareUnavailable):
            open_desk("anne").join_space(address)


def test_no_keyring_is_said() -> None:
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())
    with pytest.raises(NoKeyring):
        folders.keep_login("webdav+https://host/x", "anne", "secret")
    with pytest.raises(NoKeyring):
        folders.opened("webdav+https://host/x")
