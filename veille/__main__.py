"""Veille: no command opens the window, a command uses the command line, ``--worker`` serves one."""

from __future__ import annotations

import os
import sys

from veille.desk import paths, window_file
from veille.sentences import catalogue

_VALUED = ("--profile", "--lang")
# An address that the system hands over: it asks, the window decides.
SCHEME = "veille:"
# What ``veille check`` starts: see desk/checkup.py.
CHECK_WINDOW = "--check-window"


def main(arguments: list[str] | None = None) -> int:
    """Start. Returns the exit status."""
    # Our matrices are small: on busy cores, its threads wait for each other. A rule proposed from
    # an example took 0.23 s on two of them, and 0.03 s with one thread.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = {name: _option(words, name) for name in _VALUED}
    preferred = window_file.words(paths.profile(options["--profile"])).get("language", "")
    catalogue.use(catalogue.choose(options["--lang"], preferred), paths.resources() / "i18n")
    if "--worker" in words:
        from veille.worker.serve import serve

        return serve(_option(words, "--worker") or "", options["--profile"])
    if CHECK_WINDOW in words:
        from veille.ui.checking import check

        return check(options["--profile"] or "")
    link = next((word for word in words if word.startswith(SCHEME)), "")
    if not link and _has_command(words):
        from veille.cli.app import run

        return run(words)
    from veille.ui.app import start

    return start(options["--profile"], link)


def _option(words: list[str], name: str) -> str | None:
    for number, word in enumerate(words):
        if word == name and number + 1 < len(words):
            return words[number + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def _has_command(words: list[str]) -> bool:
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in _VALUED:
            skip = True
        elif not word.startswith(tuple(f"{name}=" for name in _VALUED)):
            return True
    return False


def run() -> None:
    """Start as a program: an interruption while starting ends quietly."""
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
