"""The HTML of what is read: an article, a quote with its passport, a dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from veille.domain.ids import kind_of
from veille.domain.views import Backlink, Row
from veille.sentences import clipping, dates, marking, names, sorting
from veille.sentences.catalogue import _, n_
from veille.ui import theme
from veille.ui.widgets import prose

if TYPE_CHECKING:
    from veille.desk.citing import Passport
    from veille.desk.passages import Placed

# An invisible character that no page needs: what follows it is the page itself.
BODY: Final = "\u2063"
_TELLERS: Final = 12


def head(  # noqa: PLR0913 - what stands around an article, given by name
    row: Row,
    *,
    filed: str,
    missing: int,
    pending: str,
    excerpt: bool,
    reason: str = "",
    captures: int = 1,
    inside: int = 0,
    decided: str = "",
    tellers: Sequence[Row] = (),
) -> str:
    """Write what stands above an article: title, who and where, what was caught.

    ``decided``: who or what gave it its state; ``tellers``: what tells the same news.
    """
    parts = [f"<h1>{escape(row.title)}</h1>"]
    authors = ", ".join(row.authors) or _("author not stated")
    dated = sorting.received(row) or dates.published(row.published)
    length = [names.words(row.words), marking.reading_time(row.words)]
    lines = [_joined([authors, row.source, dated, *length]), escape(filed)]
    lines += [_decided(row, decided), _tellers(row, tellers)]
    parts.append(f'<p class="meta">{"<br>".join(one for one in lines if one)}</p>')
    if row.passing:
        parts.append(_promise(row))
    elif row.verdict not in {"complete", "pending"}:
        advice = (clipping.reason(reason), clipping.repair(row.verdict))
        why = " ".join(one for one in advice if one)
        parts.append(_warning(names.verdict(row.verdict), why))
    if pending:
        parts.append(_warning(names.verdict("pending"), pending))
    if excerpt:
        parts.append(
            _warning(
                _("Excerpt"),
                _("This space carries no full texts: the whole text stays with who clipped it."),
            )
        )
    if captures > 1:
        told = n_(
            "{n} capture of this page is kept.", "{n} captures of this page are kept.", captures
        )
        parts.append(f'<p class="meta">{escape(told)}</p>')
    if inside:
        told = n_("{n} article inside: File, Clip the articles inside.",
                  "{n} articles inside: File, Clip the articles inside.", inside)  # fmt: skip
        parts.append(f'<p class="meta">{escape(told)}</p>')
    if missing:
        told = n_("{n} image could not be kept.", "{n} images could not be kept.", missing)
        parts.append(f'<p class="meta">{escape(told)}</p>')
    if row.tags:
        parts.append(f'<p class="meta">{_chips(row.tags)}</p>')
    parts.append(f'<p style="font-size:2px;margin-bottom:0">{BODY}</p>')
    return "".join(parts)


def body(fragment: str) -> str:
    """Write the page itself, after its head."""
    return prose.for_qt(fragment.replace(BODY, ""))


def _decided(row: Row, told: str) -> str:
    by = sorting.decided_by(row)
    if kind_of(by) != "rule":
        return escape(told)
    return f'<a href="veille:{by}">{escape(told)}</a>'


def _tellers(row: Row, tellers: Sequence[Row]) -> str:
    """Name the sources that tell the same news, each leading to what it says."""
    if len(tellers) < 2:
        return ""
    several = len({one.source for one in tellers}) > 1
    # Each source once, by the article that is read if it is one of its own; one source, by titles.
    first: dict[str, Row] = {}
    for one in tellers:
        name = (one.source if several else "") or one.title
        if one.id == row.id or name not in first:
            first[name] = one
    named = [
        f"<b>{escape(name)}</b>"
        if one.id == row.id
        else f'<a href="veille:{one.id}">{escape(name)}</a>'
        for name, one in list(first.items())[:_TELLERS]
    ]
    more = ", …" if len(first) > _TELLERS else ""
    return f"{escape(sorting.tellers(tellers))} {', '.join(named)}{more}"


def _promise(row: Row) -> str:
    """Say of what a feed brought what becomes of it when it is kept."""
    if row.verdict == "complete":
        return ""
    told = _("This is what the feed gives. Keep it (R), and the whole page is fetched.")
    return f'<p class="meta"><i>{escape(told)}</i></p>'


def quote(
    row: Row,
    about: Row | None,
    backlinks: Sequence[Backlink],
    *,
    filed: str,
    passport: Passport | None = None,
) -> str:
    """Write a quote with its passport: who, in which capacity, where, when, used where."""
    speaker = row.text("speaker") or names.unknown_speaker()
    parts = [
        f'<p class="great">«\u00a0{escape(row.text("exact"))}\u00a0»</p>',
        f"<p><b>{escape(speaker)}</b>{_after_comma(row.text('role'))}</p>",
    ]
    if about is not None:
        parts.append(_label(_("From")))
        parts.append(f'<p><a href="veille:{row.id}#passage">{escape(about.title)}</a></p>')
        parts.append(
            f'<p class="meta">{_joined(_where(about))}<br>{_address(about.text("url"))}</p>'
        )
    if passport is not None:
        parts += _proved(passport)
    if row.text("comment"):
        parts += [_label(_("Comment")), f"<p>{escape(row.text('comment'))}</p>"]
    parts.append(_label(_("Used in")))
    nowhere = escape(_("No note uses it yet."))
    parts.append(_links(backlinks) or f'<p class="meta">{nowhere}</p>')
    put = escape(_("Put in a note…"))
    parts.append(f'<p class="meta"><a href="veille:note/{row.id}">{put}</a></p>')
    parts.append(f'<p class="meta"><br>{escape(filed)}</p>')
    return "".join(parts)


def annotation(
    row: Row, about: Row | None, replies: Sequence[Row], people: Mapping[str, str], *, filed: str
) -> str:
    """Write a comment: the passage, what is said of it, the answers, where it stands."""
    told = f"{marking.shape(row.text('meaning'))} {marking.meaning(row.text('meaning'))}".strip()
    parts = [_label(f"{told} · {marking.readers(row)}")]
    if row.text("exact"):
        parts.append(f'<p class="great">«\u00a0{escape(row.text("exact"))}\u00a0»</p>')
    if row.text("comment"):
        parts.append(f"<p>{_lines(row.text('comment'))}</p>")
    for one in replies:
        who = escape(people.get(one.created_by, ""))
        parts.append(f"<p><b>{who}</b><br>{_lines(one.text('comment'))}</p>")
    if row.tags:
        parts.append(f'<p class="meta">{_chips(row.tags)}</p>')
    if about is not None:
        parts.append(_label(_("On")))
        parts.append(f'<p><a href="veille:{row.id}#passage">{escape(about.title)}</a></p>')
        parts.append(f'<p class="meta">{_joined(_where(about))}</p>')
    parts.append(f'<p class="meta"><br>{escape(filed)}</p>')
    return "".join(parts)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _proved(passport: Passport) -> list[str]:
    """Write what makes a quote believable: where it was found, and how much it takes."""
    about, gone = passport.about, passport.about and passport.about.fields.get("gone")
    parts = [_label(_("Proof")), f'<p class="meta">{escape(marking.capture(passport))}']
    if passport.placed is not None and (place := marking.place(_standing(passport.placed))):
        parts.append(f"<br>{escape(place)}")
    if about is not None and isinstance(gone, int) and gone:
        parts.append(f"<br>{escape(marking.gone(gone))}")
    parts += [
        "</p>",
        _label(_("Measure")),
        f'<p class="meta">{escape(marking.meter(passport.meter))}</p>',
    ]
    return parts


def _where(about: Row) -> list[str]:
    """Give who wrote an article, where and when: author and source are never left out."""
    return [
        ", ".join(about.authors) or names.unknown_author(),
        about.source or names.unknown_source(),
        dates.published(about.published),
    ]


def _address(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        return escape(address)
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def dossier(row: Row, members: Sequence[Row], live: Sequence[Row], *, filed: str) -> str:
    """Write a dossier: what it is about, what is in it, in order, then what its search finds."""
    parts = [f"<h1>{escape(row.title)}</h1>"]
    told = n_("{n} item", "{n} items", len(members) + len(live))
    parts.append(f'<p class="meta">{escape(told)} · {escape(filed)}</p>')
    if row.text("description"):
        parts.append(f"<p>{escape(row.text('description'))}</p>")
    parts += [_line(one) for one in members]
    if row.text("query"):
        parts.append(_label(_("Found by “{query}”").format(query=row.text("query"))))
        parts += [_line(one) for one in live]
    return "".join(parts)


def differences(row: Row, pieces: Sequence[Mapping[str, str]]) -> str:
    """Write what changed between two captures: what is gone struck out, what is new underlined."""
    told = _(
        "What changed between the last two captures: taken out is struck out, put in is"
        " underlined. Choose the article again to read it."
    )
    nothing = _("Nothing changed.")
    c = theme.reading()
    looks = {
        "gone": f"background-color:{c.doubt};text-decoration:line-through",
        "new": f"background-color:{c.quote};text-decoration:underline",
    }
    parts = [
        f"<h1>{escape(row.title)}</h1>",
        f'<p class="meta">{escape(told)}</p>',
        "<p>",
    ]
    for one in pieces:
        text = escape(one["text"]).replace("\n", "<br>")
        look = looks.get(one["kind"])
        parts.append(f'<span style="{look}">{text}</span>' if look else text)
    if not any(one["kind"] in looks for one in pieces):
        parts.append(f'</p><p class="meta">{escape(nothing)}')
    return "".join([*parts, "</p>"])


def _standing(placed: Placed) -> str:
    return "beyond" if placed.beyond else placed.anchor.status


def orphans(lost: Sequence[Placed]) -> str:
    """Write the passages that do not stand in the text that is shown: never dropped."""
    if not lost:
        return ""
    rows = [one.row for one in lost]
    beyond = _("Passages of what is left out of this excerpt")
    label = _label(beyond if lost[0].beyond else _("Passages that are not in this text"))
    lines = "".join(
        f'<p><a href="veille:{row.id}">«\u00a0{escape(row.text("exact"))}\u00a0»</a><br>'
        f'<span class="meta">{_joined([row.text("speaker"), marking.comment(row)])}</span></p>'
        for row in rows
    )
    return f"<hr>{label}{lines}"


def mentions(backlinks: Sequence[Backlink]) -> str:
    """Write the notes that mention what is read, "" for none."""
    if not backlinks:
        return ""
    label = _label(_("Mentioned in"))
    return f"<hr>{label}{_links(backlinks)}"


def _line(one: Row) -> str:
    detail = [names.kind(one.kind), one.source, dates.published(one.published)]
    return (
        f'<p><a href="veille:{one.id}">{escape(one.title)}</a><br>'
        f'<span class="meta">{_joined(detail)}</span></p>'
    )


def _links(backlinks: Sequence[Backlink]) -> str:
    seen: dict[str, Backlink] = {}
    for one in backlinks:
        seen.setdefault(one.note, one)
    return "".join(
        f'<p><a href="veille:{one.note}">{escape(one.title)}</a><br>'
        f'<span class="meta">{escape(one.context)}</span></p>'
        for one in seen.values()
    )


def _warning(title: str, text: str) -> str:
    c = theme.reading()
    return (
        f'<table width="100%" cellspacing="0" cellpadding="10"><tr>'
        f'<td bgcolor="{c.warning}"><span class="meta" style="color:{c.warning_text}">'
        f"<b>{escape(title)}</b> — {escape(text)}</span>"
        '</td></tr></table><p style="font-size:4px;margin-bottom:0">&nbsp;</p>'
    )


def _label(text: str) -> str:
    return f'<p class="label">{escape(text)}</p>'


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(escape(part) for part in parts if part)


def _after_comma(text: str) -> str:
    return f", {escape(text)}" if text else ""


def _chips(tags: Sequence[str]) -> str:
    return "&nbsp; ".join(f'<span class="chip">&nbsp;{escape(tag)}&nbsp;</span>' for tag in tags)
