"""What browsers and the desktop are told, in a home of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from veille.capture import register
from veille.capture.register import CHROMIUM_IDS, FIREFOX_ID, Where

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="places of Linux")


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Where:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return Where(
        home=tmp_path / "home",
        folder=tmp_path / "profil d’été 100 %" / "browser",
        host=("/bin/echo", "host"),
        program=("/opt/Veille 1/veille", "--profile", 'a "b" $c 50%'),
        spool=tmp_path / "profil d’été 100 %" / "spool",
    )


@linux
def test_firefox_and_chromium_always_others_when_they_are_there(where: Where) -> None:
    (where.home / ".config/google-chrome").mkdir(parents=True)
    written = register.register(where)
    told = {Path(one).parent.relative_to(where.home).as_posix() for one in written[1:]}
    assert told == {
        ".config/chromium/NativeMessagingHosts",
        ".config/google-chrome/NativeMessagingHosts",
        ".mozilla/native-messaging-hosts",
        ".local/share/applications",
    }
    assert all(Path(one).exists() for one in written)


@linux
def test_a_manifest_lets_our_extension_in_and_no_other(where: Where) -> None:
    written = register.register(where)
    chromium, firefox = (json.loads(Path(one).read_text()) for one in written[1:3])
    assert chromium["allowed_origins"] == [f"chrome-extension://{one}/" for one in CHROMIUM_IDS]
    assert firefox["allowed_extensions"] == [FIREFOX_ID]
    assert chromium["path"] == firefox["path"] == written[0]
    assert chromium["name"] == firefox["name"] == "org.veille.capture"


@linux
def test_the_launcher_says_what_it_was_told_to(where: Where) -> None:
    launcher = register.register(where)[0]
    done = subprocess.run([launcher, "chrome-extension://x/"], capture_output=True, check=True)
    assert done.stdout.decode() == f"host --spool {where.spool}\n"


@linux
def test_all_is_taken_back(where: Where) -> None:
    written = register.register(where)
    assert sorted(register.unregister(where)) == sorted(written)
    assert not any(Path(one).exists() for one in written)
    assert register.unregister(where) == []


@linux
def test_what_another_profile_registered_stays(where: Where) -> None:
    other = replace(where, folder=where.folder.parent / "other", program=("veille",))
    register.register(where)
    written = register.register(other)
    register.unregister(where)
    assert all(Path(one).exists() for one in written)


def test_the_entry_of_the_desktop_is_quoted(where: Where) -> None:
    entry = register.desktop_entry(where.program)
    command = r'Exec="/opt/Veille 1/veille" "--profile" "a \\"b\\" \\$c 50%%" %u'
    assert command in entry.splitlines()


def test_the_launcher_of_windows() -> None:
    command = ("C:\\Program Files\\Veille\\hôte.exe", "--spool", "C:\\Temp\\100%")
    assert register.script(command, windows=True).splitlines() == [
        "@echo off",
        "chcp 65001 >nul",
        '"C:\\Program Files\\Veille\\hôte.exe" --spool C:\\Temp\\100%%',
    ]
