"""The lines of what is new as Qt asks for them."""

from __future__ import annotations

from veille.ui.home.lines import HEAD, Line
from veille.ui.widgets.lines_model import LinesModel


class NewsModel(LinesModel[Line]):
    """Shows the lines it is given."""

    def __init__(self) -> None:
        super().__init__(lambda line: line.spoken)

    def row_of(self, key: str) -> int:
        """Give the place of a line, -1 when it is not shown."""
        return self.place_of(lambda line: line.key == key)

    def head_of(self, group: str) -> int:
        """Give the place of the head of a group, -1 when it is not shown."""
        return self.place_of(lambda line: line.kind == HEAD and line.group == group)
