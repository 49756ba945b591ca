"""What the packages are made from: rules, descriptions, recipes, read by the tools that read them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
import yaml

from veille import __version__

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
CHANGES = """\
# Ce qui change

## À venir

- Rien n’est sorti.

## 1.2.0 — 27 novembre 2026

- **Un paquet.** Pour Debian, et un
  zip pour les clés USB.
- Le [guide](guide.md).

In English: a package
and a `zip`.

## [1.1] - 2026-03-01
"""


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the files of packaging import each other, as when they are started."""
    known = set(sys.modules)
    for folder in (ROOT / "packaging", LINUX):
        monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    yield
    for name in ("build", "deb", "notices", "portable", "releases", "trim"):
        if name not in known:
            sys.modules.pop(name, None)


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def accepts(*command: str | Path) -> None:
    done = subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def deb() -> ModuleType:
    import deb as found  # type: ignore[import-not-found]

    return found  # type: ignore[no-any-return]


def test_the_version_is_the_same_wherever_it_is_written() -> None:
    import build  # type: ignore[import-not-found]

    assert build.version() == __version__


def test_the_entry_of_the_menu_is_accepted_and_opens_links() -> None:
    entry = (LINUX / "veille.desktop").read_text("utf-8").splitlines()
    assert "Exec=veille %u" in entry
    assert "MimeType=x-scheme-handler/veille;" in entry
    accepts(tool("desktop-file-validate"), LINUX / "veille.desktop")


def test_the_description_is_accepted_and_tells_the_releases(tmp_path: Path) -> None:
    described = tmp_path / "org.veille.Veille.metainfo.xml"
    described.write_bytes(deb().metainfo("9.9.9"))
    newest = ET.parse(described).getroot().find("releases/release")
    assert newest is not None
    # This version is not in the changelog: it is told all the same, on the day of the commit.
    assert newest.attrib == {"version": "9.9.9", "date": "2026-11-18"}
    accepts(tool("appstreamcli"), "validate", "--no-net", described)


def test_the_changelog_is_read_as_it_is_written(tmp_path: Path) -> None:
    import releases  # type: ignore[import-not-found]

    (tmp_path / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    newest, oldest = releases.read(tmp_path / "CHANGELOG.md")
    assert (newest.version, newest.date) == ("1.2.0", "2026-11-27")
    assert newest.french == "Un paquet. Pour Debian, et un zip pour les clés USB. Le guide."
    assert newest.english == "A package and a zip."
    assert oldest == releases.Release("1.1", "2026-03-01")
    assert releases.read(tmp_path / "none.md") == []


def test_what_only_tests_need_never_ships_and_what_veille_needs_does() -> None:
    import trim  # type: ignore[import-not-found]

    left_out = set(trim.excluded(ROOT / "pyproject.toml"))
    assert {"pytest", "moto", "hypothesis", "mypy", "tkinter"} <= left_out
    assert not left_out & {"PySide6", "whoosh", "numpy", "s3fs", "webdav4", "keyring", "typer"}
    shipped = trim.shipped(ROOT / "pyproject.toml")
    # Asked for by name, by an extra, and by what was asked for.
    assert {"trafilatura", "keyring", "botocore"} <= shipped
    assert "pytest" not in shipped


@pytest.mark.parametrize(
    ("target", "ships"),
    [
        ("PySide6/Qt/translations/qtbase_fr.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/translations/qtbase_de.qm", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/platforms/qminimal.dll", False),
        ("babel/locale-data/fr_FR.dat", True),
        # English of Great Britain is told as what differs from it.
        ("babel/locale-data/en_001.dat", True),
        ("babel/locale-data/frr.dat", False),
        ("botocore/data/s3/2006-03-01/service-2.json.gz", True),
        ("botocore/data/endpoints.json", True),
        ("botocore/data/s3control/2018-08-20/service-2.json.gz", False),
        ("veille/_resources/words/familles.txt", True),
    ],
)
def test_what_is_left_out(target: str, ships: bool) -> None:
    import trim

    file = (target, f"/somewhere/{target}", "DATA")
    assert trim.kept([file]) == ([file] if ships else [])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries of Linux")
def test_of_the_systems_libraries_only_those_that_few_desktops_have_ship() -> None:
    import trim

    names = (
        "libssl.so.3",
        "libxcb-cursor.so.0",
        "libglib-2.0.so.0",
        "libgtk-3.so.0",
        "libX11.so.6",
    )
    files = [(name, f"/lib/x86_64-linux-gnu/{name}", "BINARY") for name in names]
    assert [one[0] for one in trim.kept(files)] == ["libssl.so.3", "libxcb-cursor.so.0"]


def test_the_portable_zip_is_the_same_twice_and_brings_its_profile(tmp_path: Path) -> None:
    import portable  # type: ignore[import-not-found]

    folder = tmp_path / "veille"
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "a.txt").write_text("é", "utf-8")
    (folder / "veille").write_text("#!/bin/sh\n")
    (folder / "veille").chmod(0o755)
    made = portable.pack(folder, tmp_path, version="1.0.0", moment=1_795_000_000)
    first = made.read_bytes()
    os.utime(folder / "veille", (0, 0))
    assert portable.pack(folder, tmp_path, version="1.0.0", moment=1_795_000_000) == made
    assert made.read_bytes() == first
    with zipfile.ZipFile(made) as zipped:
        assert zipped.read("veille/_internal/a.txt").decode() == "é"
        assert zipped.getinfo("veille/profil/").is_dir()
        modes = {one.filename: one.external_attr >> 16 & 0o777 for one in zipped.infolist()}
    assert modes["veille/veille"] == 0o755
    assert modes["veille/_internal/a.txt"] == 0o644


def test_the_installer_of_windows_compiles(tmp_path: Path) -> None:
    folder = tmp_path / "veille"
    (folder / "_internal").mkdir(parents=True)
    for name in ("veille.exe", "veille-cli.exe", "veille-host.exe", "_internal/a.dll"):
        (folder / name).write_bytes(b"MZ")
    made = tmp_path / "veille-1.0.0-setup.exe"
    defined = ["-DVERSION=1.0.0", f"-DSOURCE={folder}", f"-DOUTPUT={made}"]
    recipe = ROOT / "packaging" / "windows" / "veille.nsi"
    accepts(tool("makensis"), "-V2", "-WX", *defined, recipe)
    assert made.stat().st_size > 50_000


def test_the_workflow_calls_what_there_is() -> None:
    told = yaml.safe_load((ROOT / ".github/workflows/build.yml").read_text("utf-8"))
    assert set(told["jobs"]) == {"linux", "windows", "macos"}
    steps = [step for job in told["jobs"].values() for step in job["steps"]]
    words = " ".join(step.get("run", "") for step in steps).replace("\\", "/").split()
    called = [word for word in words if word.startswith("packaging/")]
    assert len(called) >= 10
    assert [word for word in called if not (ROOT / word).is_file()] == []
    assert all(job.get("timeout-minutes") for job in told["jobs"].values())


@pytest.mark.parametrize("script", ["linux/prove.sh", "macos/dmg.sh"])
def test_the_scripts_are_read_by_the_shell(script: str) -> None:
    accepts(tool("bash"), "-n", ROOT / "packaging" / script)
