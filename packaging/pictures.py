"""Takes the pictures of ``resources/help`` from the running window, so that they never age."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "help"


def main() -> int:
    """Paint the window on the demo memory, light and dark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from veille.desk import paths
    from veille.desk.desk import Desk
    from veille.domain.views import Filter
    from veille.sentences import catalogue
    from veille.ui.app import application, dress
    from veille.ui.main_window import MainWindow

    catalogue.use("fr", paths.resources() / "i18n")
    app = application()
    desk = Desk.open(tempfile.mkdtemp(prefix="veille-pictures-"))
    desk.fill_demo()
    desk.drain()
    TARGET.mkdir(parents=True, exist_ok=True)
    annotated = desk.rows(desk.ids(Filter(kinds=("annotation",))))
    for theme in ("light", "dark"):
        os.environ["VEILLE_THEME"] = theme
        dress(app, desk)
        window = MainWindow(desk)
        window.resize(1440, 900)
        window.show()
        window.sidebar.choose("articles")
        window.open(annotated[2].about)
        window.list.table.setFocus()
        settle(400)
        window.grab().save(str(TARGET / f"window-{theme}.png"))
        window.close()
    desk.close()
    return 0


def settle(milliseconds: int) -> None:
    """Let the window lay itself out."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
