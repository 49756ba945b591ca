"""How a status looks: an icon and a colour, always beside its word."""

from __future__ import annotations

from typing import Final

from veille.ui import theme

# The icon, and the colour role it is drawn in.
_LOOKS: Final = {
    "good": ("circle-check", "accent"),
    "new": ("clock", "muted"),
    "passing": ("wifi-off", "muted"),
    "failing": ("circle-alert", "error"),
    "silent": ("triangle-alert", "warning_text"),
    "gone": ("circle-x", "error"),
    "paused": ("eye-off", "muted"),
}


def status(code: str) -> tuple[str, str]:
    """Give the icon of a status, and its colour now."""
    picture, role = _LOOKS.get(code, ("info", "muted"))
    return picture, str(getattr(theme.colours(), role))
