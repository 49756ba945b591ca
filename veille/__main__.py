"""Veille: no command opens the window, a command uses the command line, ``--worker`` serves one."""

from __future__ import annotations

import sys

from veille.desk import paths
from veille.sentences import catalogue

_VALUED = ("--profile", "--lang")
# An address that the system hands over: it asks, the window decides.
SCHEME = "veille:"


def main(arguments: list[str] | None = None) -> int:
    """Start. Returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = {name: _option(words, name) for name in _VALUED}
    catalogue.use(catalogue.choose(options["--lang"]), paths.resources() / "i18n")
    if "--worker" in words:
        from veille.worker.serve import serve

        return serve(_option(words, "--worker") or "", options["--profile"])
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
