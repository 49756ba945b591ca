"""What can be done with a passage of the text that is read, gathered for the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from veille.desk.desk import Desk
from veille.ui.bus import Bus
from veille.ui.citing import Citing
from veille.ui.commands import Focus
from veille.ui.exchanging import Exchanging
from veille.ui.jobs import Jobs
from veille.ui.marking import Marking
from veille.ui.quote_card import QuoteCard


class Passages:
    """Marking, citing, and the card of the quote that was just kept."""

    def __init__(self, desk: Desk, jobs: Jobs, bus: Bus, *, focus: Focus, window: QWidget) -> None:
        self.card = QuoteCard()
        self.citing = Citing(desk, jobs, bus, card=self.card, focus=focus, window=window)
        self.marking = Marking(
            desk, jobs, bus, focus=focus, quoted=self.citing.at_hand, window=window
        )
        self.exchanging = Exchanging(desk, jobs, bus, focus=focus, window=window)
        self.card.comment_wanted.connect(self.marking.comment_quote)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Give what each action does."""
        return {
            **self.exchanging.acts(),
            "quote": self.citing.quote,
            "copy_reference": self.citing.copy_reference,
            "citation_style": self.citing.choose_style,
            "highlight": self.marking.highlight,
            "meaning": self.marking.choose_meaning,
            "annotate": self.marking.annotate,
            "reply": self.marking.reply,
            "confirm_place": self.marking.confirm,
            "attach_here": self.marking.attach,
        }
