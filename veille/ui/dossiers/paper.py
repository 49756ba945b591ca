"""A dossier on paper: what it is, then what it holds, in order."""

from __future__ import annotations

from html import escape

from veille.sentences import dossiers
from veille.sentences.catalogue import _
from veille.ui.dossiers.lines import Line, Shown


def html(shown: Shown) -> str:
    """Write a dossier out."""
    row = shown.found.dossier
    who = shown.people.get(row.created_by, "")
    parts = [f"<h1>{escape(row.title)}</h1>", _meta(dossiers.opened(row, who, shown.where))]
    parts += [f"<p>{escape(one)}</p>" for one in row.text("description").splitlines() if one]
    if shown.cover is not None:
        parts.append(_meta(_("Cover note: {title}").format(title=shown.cover.row.title)))
    parts += [_line(one) for one in shown.lines]
    return "".join(parts)


def _line(one: Line) -> str:
    if one.step is None:
        return f"<h2>{escape(one.head)}</h2>"
    place = f"{one.place}.\u00a0" if one.place else ""
    detail = f"<br><small>{escape(one.detail)}</small>" if one.detail else ""
    return f"<p>{place}<b>{escape(dossiers.title(one.step.row))}</b>{detail}</p>"


def _meta(told: str) -> str:
    return f'<p class="meta">{escape(told)}</p>'
