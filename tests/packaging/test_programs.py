"""The programs of a package, where one was built; and how Veille knows that it is one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from veille.desk import paths, program

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "dist" / "veille"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder in which this program believes to be packed, as PyInstaller tells it."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "veille"))
    return tmp_path


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not BUILT.is_dir(), reason="nothing was built: python3 packaging/build.py")
def test_the_programs_that_were_built_do_the_main_job() -> None:
    smoke = [sys.executable, str(ROOT / "packaging" / "smoke.py"), str(BUILT)]
    done = subprocess.run(smoke, capture_output=True, text=True, check=False, timeout=590)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("The package works.\n")


def test_the_profile_beside_a_portable_program_is_taken(
    package: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = paths.profile().root
    assert elsewhere != package / "profil"
    (package / "profil").mkdir()
    assert paths.profile().root == package / "profil"
    # Whoever says which profile is heard.
    monkeypatch.setenv("VEILLE_PROFILE", str(tmp_path / "named"))
    assert paths.profile().root == tmp_path / "named"
    assert paths.profile(str(tmp_path / "chosen")).root == tmp_path / "chosen"


def test_a_profile_beside_python_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    (tmp_path / "profil").mkdir()
    assert paths.profile().root != tmp_path / "profil"


def test_a_package_starts_its_own_programs(package: Path) -> None:
    assert program.on_pipes() == (str(package / "veille"),)
    assert program.from_outside() == (str(package / "veille"),)
    assert program.beside("veille-host") == str(package / "veille-host")


@pytest.mark.usefixtures("package")
def test_on_windows_pipes_need_the_program_with_a_console(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "veille.exe"))
    assert program.on_pipes() == (str(tmp_path / "veille-cli.exe"),)
    # Connected from the command line, links still open the window.
    monkeypatch.setattr(sys, "executable", str(tmp_path / "veille-cli.exe"))
    assert program.from_outside() == (str(tmp_path / "veille.exe"),)
