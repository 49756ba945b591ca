"""Where the packaged program begins: PyInstaller wants a file that stands outside the package."""

from __future__ import annotations

import os

from veille.__main__ import run


def leave_no_trace() -> None:
    """Give the programs that we start (a browser, a file manager) the environment we were given.

    PyInstaller has its libraries found by a variable that children inherit: the system's browser
    would load our copies of the libraries it knows.
    """
    for name in [one for one in os.environ if one.startswith("_PYI_")]:
        del os.environ[name]
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        os.environ.pop(name, None)
        if before:
            os.environ[name] = before


if __name__ == "__main__":
    leave_no_trace()
    run()
