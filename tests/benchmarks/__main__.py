"""What is measured, and by which command: ``python -m tests.benchmarks``."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent


def measures() -> list[tuple[str, str]]:
    """Give each measure: the module to run, and the first line it says of itself."""
    found = []
    for path in sorted(HERE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        runs = any(
            isinstance(one, ast.If) and "__name__" in ast.unparse(one.test) for one in tree.body
        )
        told = ast.get_docstring(tree) or ""
        if runs and path != Path(__file__):
            parts = path.relative_to(HERE.parents[1]).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__main__")
            found.append((name, told.partition("\n")[0]))
    return found


if __name__ == "__main__":
    for name, told in measures():
        print(f"python -m {name}\n    {told}")
