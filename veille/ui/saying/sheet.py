"""The looks of the page that says what was said."""

from __future__ import annotations

from veille.ui import theme


def sheet(c: theme.Colours) -> str:
    """Write them in these colours."""
    return f"""
    #said_list {{ background: {c.base}; border: 2px solid transparent; outline: 0; }}
    #said_list:focus {{ border: 2px solid {c.accent}; }}
    #saidFoot {{ background: {c.base}; border-top: 1px solid {c.line}; }}
    #primary:disabled {{ color: {c.muted}; background: {c.window}; border-color: {c.line}; }}
    #cautions {{ color: {c.warning_text}; background: {c.warning}; border-radius: 8px;
        padding: 6px 10px; }}
    #example {{ border-radius: 13px; padding: 4px 12px; background: {c.chip}; border: 1px solid
        transparent; }}
    #example:hover {{ background: {c.selected}; }}
    #example:focus {{ border: 1px solid {c.accent}; }}
    """
