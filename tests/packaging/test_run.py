"""What run.py says while it sets everything up: in whose language, how far, and when a tool fails."""

from __future__ import annotations

import ast
import importlib.util
import io
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("VEILLE_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


class Terminal(io.StringIO):
    """A standard output that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    found = importlib.util.spec_from_file_location("run_of_the_project", ROOT / "run.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("told", "french"),
    [
        ({"LANG": "fr_FR.UTF-8"}, True),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8", "VEILLE_LANG": "fr"}, True),
    ],
)
def test_the_language_is_that_of_the_person(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, told: dict[str, str], french: bool
) -> None:
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert ("installe" in run.say("first", folder="x")) is french


def test_a_system_that_sets_no_variable_is_asked(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANG")
    monkeypatch.setattr(run.locale, "getlocale", lambda: ("French_France", "1252"))
    assert run.say("libraries") == "Bibliothèques"
    monkeypatch.setattr(run.locale, "getlocale", lambda: (None, None))
    assert run.say("libraries") == "Libraries"


def test_each_sentence_said_is_known_with_its_words(run: ModuleType) -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    named = {
        argument.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("say", "watch")
        for argument in ast.walk(call.args[0])
        if isinstance(argument, ast.Constant)
    }
    assert named == set(run.SENTENCES)
    for english, french in run.SENTENCES.values():
        words = ("version", "install", "folder", "packages", "n", "all")
        assert [f"{{{one}}}" in english for one in words] == [
            f"{{{one}}}" in french for one in words
        ]
        assert "'" not in french
        assert not any(f" {mark}" in french for mark in ":;!?")


def test_what_a_tool_writes_is_hidden_unless_it_fails(
    run: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    warns = "import sys; print('WARNING: as root'); print('and this', file=sys.stderr)"
    assert run.watch("libraries", [sys.executable, "-c", warns])
    assert capfd.readouterr() == ("Libraries…\n", "")
    assert not run.watch("libraries", [sys.executable, "-c", f"{warns}; sys.exit(2)"])
    told = capfd.readouterr()
    assert told.out == "Libraries…\n"
    assert "WARNING: as root" in told.err
    assert "and this" in told.err


def test_a_terminal_is_told_how_far_it_is_on_one_line(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    waits = "import time; print('12', flush=True); time.sleep(1.2)"
    assert run.watch("libraries", [sys.executable, "-c", waits], lambda log: log.read_text()[:2])
    told = sys.stdout.getvalue()  # type: ignore[attr-defined]
    assert told.count("\n") == 1
    assert told.endswith("\n")
    assert "\rLibraries · 12 · 0:01 " in told


def test_libraries_are_counted_as_they_come_then_as_they_are_installed(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / "venv")
    hashed = "".join(f"{one}==1.0 \\\n    --hash=sha256:00\n" for one in ("a", "b", "c", "d"))
    (tmp_path / "requirements.txt").write_text(f"# By hand.\n{hashed}", encoding="utf-8")
    log = tmp_path / "log" / "log.txt"
    log.parent.mkdir()
    received = (
        "Ignoring d: markers 'win32' don't match\nCollecting a==1.0\n  Downloading a\n"
        "WARNING: as root\nProcessing /wheels/b.whl\n"
    )
    log.write_text(received, encoding="utf-8")
    assert run.libraries(log) == "2 of 3 received"
    log.write_text(f"{received}Installing collected packages: c, b, a\n", encoding="utf-8")
    assert run.libraries(log) == "0 of 3 installed"
    folder = Path(run.sysconfig.get_path("purelib", "venv", {"base": str(run.VENV)}))
    (folder / "a-1.0.dist-info").mkdir(parents=True)
    assert run.libraries(log) == "1 of 3 installed"
