"""The main job, played through the command line on the demo memory, with a picture of the window.

For machines without a screen: ``python run.py`` calls it there. Everything happens in a folder of
its own, which it names; nothing of a real profile is touched.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import indent
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from run import language  # noqa: E402 - found where the line above says

SENTENCES = {
    "theirs": (
        "On the colleague's side: {title} · {snippet}",
        "Chez le collègue\u00a0: {title} · {snippet}",
    ),
    "picture": ("The picture of the window: {file}", "L’image de la fenêtre\u00a0: {file}"),
    "places": (
        "The two memories and the shared folder: {folder}",
        "Les deux mémoires et le dossier partagé\u00a0: {folder}",
    ),
}


def veille(profile: Path, *words: str, stdin: str = "") -> dict[str, Any]:
    """Run one command, show it, and give its JSON document."""
    document: dict[str, Any] = json.loads(_done(profile, *words, "--json", stdin=stdin))
    return document


def say(name: str, **words: object) -> str:
    """Give one of the sentences, in the language of the person."""
    return SENTENCES[name][language()].format(**words)


def tell(profile: Path, *words: str) -> None:
    """Run one command, and show what it says."""
    print(indent(_done(profile, *words).rstrip(), "   "))


def _done(profile: Path, *words: str, stdin: str = "") -> str:
    shown = " ".join(f"'{one}'" if " " in one else one for one in words if one != "--json")
    print(f"\n$ veille {shown}", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "veille", "--profile", str(profile), *words],
        input=stdin, capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr.strip() or f"exit {done.returncode}")
    return done.stdout


def first(document: dict[str, Any]) -> dict[str, str]:
    """Give the first item of a list."""
    found: dict[str, str] = next(iter(document["items"]))
    return found


def main() -> int:
    """Play the main job. Returns the exit status."""
    home = Path(tempfile.mkdtemp(prefix="veille-demo-"))
    claire, malik, share = home / "claire", home / "malik", home / "partage"
    share.mkdir()
    tell(claire, "demo")
    found = first(veille(claire, "search", "crue", "--kind", "article"))
    print("  ", found["title"], "·", found["snippet"])
    proposed = first(veille(claire, "quotes", found["id"], "--found"))
    print("  ", f"« {proposed['exact']} » {proposed['speaker']}, {proposed['role']}")
    quote = veille(claire, "quote", found["id"], "--exact", proposed["exact"])
    print("  ", quote["reference"])
    body = f"Ce qu'il faut retenir :\n\n![[{quote['id']}]]\n"
    note = veille(claire, "note", "new", "Ce que la crue nous apprend", "--file", "-", stdin=body)
    print("  ", note["id"], note["title"])
    tell(claire, "space", "create", "Communication", str(share), "--full-text", "no")
    tell(claire, "share", str(note["id"]), "--space", "Communication")
    tell(claire, "sync")
    tell(malik, "space", "join", str(share))
    theirs = first(veille(malik, "search", "retenir"))
    print("  ", say("theirs", title=theirs["title"], snippet=theirs["snippet"]))
    for profile in (claire, malik):
        tell(profile, "verify")
    print("\n" + say("picture", file=picture(claire, home / "veille.png")))
    print(say("places", folder=home))
    return 0


def picture(profile: Path, target: Path) -> Path:
    """Paint the window of a profile, without a screen, and keep the picture."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false;qt.qpa.*=false")
    from PySide6.QtCore import QEventLoop, QTimer

    from veille.desk import paths
    from veille.desk.desk import Desk
    from veille.sentences import catalogue
    from veille.ui.app import application, dress
    from veille.ui.main_window import MainWindow

    catalogue.use(catalogue.choose(None), paths.resources() / "i18n")
    app = application()
    desk = Desk.open(str(profile))
    dress(app, desk)
    window = MainWindow(desk)
    window.resize(1440, 900)
    window.sidebar.choose("articles")
    window.show()
    loop = QEventLoop()
    QTimer.singleShot(400, loop.quit)
    loop.exec()
    window.grab().save(str(target))
    window.close()
    desk.close()
    return target


if __name__ == "__main__":
    sys.exit(main())
