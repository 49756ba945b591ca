"""Loads, once the window is there, the modules it left for later: no key waits for one.

Modules only, on a lane beside the window: nothing of Qt is made.
"""

from __future__ import annotations


def load() -> None:
    """Load what the window's keys may ask for; the welcome, shown once, is left out."""
    # ruff: noqa: F401 - they are loaded, not used
    from veille.desk import later
    from veille.ui import rulebook, ruling
    from veille.ui.dossiers import pane, strip
    from veille.ui.home import pane as home
    from veille.ui.notes import history, loose
    from veille.ui.settings import dialog
    from veille.ui.themes import pane as themes

    later.load_all()
