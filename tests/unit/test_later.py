"""What is loaded when it is asked for: written down once for the contracts, once for the start."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "veille" / "desk" / "desk.py"
WINDOW = ROOT / "veille" / "ui"


def test_what_the_desk_loads_later_is_what_it_says_it_imports() -> None:
    tree = ast.parse(DESK.read_text(encoding="utf-8"))
    (guarded,) = [one for one in tree.body if isinstance(one, ast.If)]
    imported = {
        f"{one.module}.{name.name}": name.name
        for one in guarded.body if isinstance(one, ast.ImportFrom)
        for name in one.names if one.module in {"veille.desk", "veille.search"}
    }  # fmt: skip
    later = {
        one.value.args[0].value: one.targets[0].id
        for one in guarded.orelse
        if isinstance(one, ast.Assign)
        and isinstance(one.value, ast.Call)
        and isinstance(one.value.args[0], ast.Constant)
        and isinstance(one.targets[0], ast.Name)
    }
    assert later == imported


def test_the_window_starts_without_what_it_may_never_be_asked() -> None:
    code = (
        "import sys, veille.ui.app; asked = {'lxml', 'rapidfuzz', 'email.parser', 'http.client', 'ssl',"
        " 'markdown', 'feedparser', 'veille.desk.clipping', 'veille.desk.following',"
        " 'veille.desk.intake', 'veille.desk.sync'}; print(sorted(asked & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_once_the_window_is_there_all_that_it_left_for_later_is_loaded() -> None:
    left = {
        module
        for file in WINDOW.rglob("*.py")
        if file.name != "ahead.py" and "welcome" not in file.parts
        for module in _imported_inside(ast.parse(file.read_text(encoding="utf-8")))
        if module.startswith("veille.")
    }
    assert len(left) > 5
    code = f"import sys, veille.ui.ahead as a; a.load(); print(sorted({left} - set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def _imported_inside(tree: ast.Module) -> Iterator[str]:
    """Give the modules that functions import; a package stands for what it gives of itself."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for one in ast.walk(function):
                if isinstance(one, ast.ImportFrom) and one.module:
                    for name in one.names:
                        inner = f"{one.module}.{name.name}"
                        yield inner if _is_module(inner) else one.module


def _is_module(dotted: str) -> bool:
    return (ROOT / dotted.replace(".", "/")).with_suffix(".py").exists()
