"""What is said around what was said: counts, silences, the note that is made of quotes, angles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from veille.domain.views import Row
from veille.sentences import citing, dates, names
from veille.sentences.catalogue import _, n_, number

if TYPE_CHECKING:
    from veille.desk.angles import Angle, Spoken
    from veille.desk.saying import Gathered, Said, SaidItem
    from veille.desk.silences import Quiet

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|#])")
_FILTER: Final = re.compile(
    r"[-=]?[^\W\d_]+(?:['’][aà])?:\s?(?:[«\"“”]\s*([^»\"“”]*)[»\"“”]?|(\S+))"
)
_DATED: Final = re.compile(
    r"(?:depuis|since|jusqu['’]?[aà]|until|date)\s?:\s?(?:\"[^\"]*\"|\S+)", re.IGNORECASE
)
_EITHER: Final = re.compile(r"\s+(?:OU|OR)\s+")
_SPEAKER: Final = re.compile(r"\s*(?:qui|who|speaker)\s?:", re.IGNORECASE)
_OPERATORS: Final = re.compile(r"[«»\"“”()=]|(?<!\w)(?:OU|OR|ET|AND)(?!\w)|(?<!\w)-\w+")
_SPACES: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"\[\^(\d{1,6})\]")
_FOOTNOTE: Final = re.compile(r"\[\^[^\[\]\s]+\]:")


# --- counts --------------------------------------------------------------------------------------


def counts(said: Said) -> str:
    """Say how much was said, by how many, from when to when."""
    if not said.items:
        return ""
    shown = len(said.items)
    quotes = n_("{n} quote", "{n} quotes", shown)
    if said.total > shown:
        form = _("the {shown} newest of more than {total} quotes") if said.at_least else _(
            "the {shown} newest of {total} quotes"
        )  # fmt: skip
        quotes = form.format(shown=number(shown), total=number(said.total))
    sources = {one.source for one in said.items}
    voices = {one.speaker for one in said.items if one.speaker}
    parts = [
        quotes,
        n_("{n} source", "{n} sources", len(sources)),
        n_("{n} speaker", "{n} speakers", len(voices)) if voices else "",
        span(said.items[0].day, said.items[-1].day),
    ]
    return " · ".join(part for part in parts if part)


def cautions(said: Said) -> list[str]:
    """Say what is missing from an answer, and what was understood otherwise; [] for nothing."""
    told = [names.query_problem(code, word) for code, word in said.problems]
    if said.partial:
        told.append(_("Hardly anything holds all the words: here is what is nearest."))
    if said.looked < said.articles:
        looked, articles = number(said.looked), number(said.articles)
        form = _("Of {articles} articles about it, the quotes of the {looked} newest are here.")
        told.append(form.format(looked=looked, articles=articles))
    if said.waiting:
        told.append(n_("{n} thing to index", "{n} things to index", said.waiting))
    return told


def unkept(said: Said) -> str:
    """Say that articles may hold quotes that nobody kept, "" when none speaks of it."""
    if not said.articles:
        return ""
    return n_(
        "Only kept quotes are here; {n} article speaks of it.",
        "Only kept quotes are here; {n} articles speak of it.",
        said.articles,
    )


def selected(count: int) -> str:
    """Say how many quotes are selected, "" for none."""
    return n_("{n} selected", "{n} selected", count) if count else ""


def choice(name: str, count: int) -> str:
    """Say a value to choose, with how many quotes it has."""
    return _("{name} ({n})").format(name=name, n=number(count))


# --- one quote -----------------------------------------------------------------------------------


def speaker(item: SaidItem) -> str:
    """Say who speaks."""
    return item.speaker or names.unknown_speaker()


def where(item: SaidItem) -> str:
    """Say where a quote stands: source, date, title of the article."""
    title = item.about.title if item.about is not None else ""
    parts = (source(item.source), dated(item), title)
    return " · ".join(part for part in parts if part)


def source(name: str) -> str:
    """Name a source, or say that nothing tells."""
    return name or names.unknown_source()


def dated(item: SaidItem | Gathered | Angle) -> str:
    """Say when: published, else filed."""
    from veille.desk.angles import Angle

    about = item.row if isinstance(item, Angle) else item.about
    if item.dated and about is not None:
        return dates.published(about.published)
    return _("filed on {day}").format(day=dates.published(item.day))


def indirect() -> str:
    """Say why a quote is there whose words do not answer."""
    return _("in an article about it")


def month(day: str) -> str:
    """Name the month of a day."""
    return dates.published(day[:7])


def described(item: SaidItem, *, checked: bool) -> str:
    """Say a quote to a screen reader."""
    quoted = _("“{words}”").format(words=item.row.text("exact"))
    who = ", ".join(part for part in (speaker(item), item.role) if part)
    told = [quoted, who, where(item), *item.row.tags]
    told += [] if item.direct else [indirect()]
    told += [_("selected")] if checked else []
    return ", ".join(told)


def span(first: str, last: str) -> str:
    """Write a period: the two days, or one."""
    if first == last:
        return dates.published(first)
    return _("{first} – {last}").format(first=dates.published(first), last=dates.published(last))


# --- silences ------------------------------------------------------------------------------------


def silence(one: Quiet) -> str:
    """Say that a source was not heard, from when to when."""
    first, last = _days(one.first, one.last)
    if one.last and one.first == one.last:
        form = (
            _("The feed of “{source}” gave nothing on {day}")
            if one.followed
            else _("Nothing was clipped from “{source}” on {day}")
        )
        return form.format(source=one.source, day=dates.published(one.first))
    return _silent(one).format(source=one.source, first=first, last=last)


def _silent(one: Quiet) -> str:
    if one.last:
        if one.followed:
            return _("The feed of “{source}” gave nothing from {first} to {last}")
        return _("Nothing was clipped from “{source}” from {first} to {last}")
    if not one.followed:
        return _("Nothing has been clipped from “{source}” since {first}")
    return {
        "gone": _("The feed of “{source}” has been gone since {first}"),
        "failing": _("The feed of “{source}” has not answered since {first}"),
    }.get(one.code, _("The feed of “{source}” has given nothing since {first}"))


def usual(one: Quiet) -> str:
    """Say how often a source is heard, "" when that is not known."""
    if not one.usual:
        return ""
    return (
        _("usually every day")
        if one.usual <= 1
        else n_("usually every {n} day", "usually every {n} days", one.usual)
    )


def _days(first: str, last: str) -> tuple[str, str]:
    """Write two days; what they share is written once: « du 3 au 9 mai 2024 »."""
    whole = dates.published(first), dates.published(last) if last else ""
    if not last or first[:4] != last[:4]:
        return whole
    of_month, year = int(first[8:]), first[:4]
    if first[5:7] == last[5:7]:
        return dates.ordinal(of_month), whole[1]
    return whole[0].removesuffix(f" {year}"), whole[1]


# --- questions -----------------------------------------------------------------------------------


def about_theme(name: str) -> str:
    """Write the question about a theme."""
    return _('theme:"{name}"').format(name=name)


def about_person(name: str) -> str:
    """Write the question about a person."""
    return _('who:"{name}"').format(name=name)


def subject(query: str) -> str:
    """Say what a question is about, without the marks of its language."""
    named = _FILTER.sub(lambda one: f" {one[1] or one[2]} ", _DATED.sub(" ", query))
    listed = _EITHER.sub(", ", named)
    words = _SPACES.sub(" ", _OPERATORS.sub(" ", listed)).strip(" :?,")
    return words[:1].upper() + words[1:]


def note_title(query: str) -> str:
    """Propose the title of the note that is made of an answer."""
    about = subject(query)
    if not about:
        return _("What the press remembered")
    if _SPEAKER.match(query):
        return _("{subject}: what was said").format(subject=about)
    return _("{subject}: what the press remembered").format(subject=about)


# --- the note ------------------------------------------------------------------------------------


def note(gathered: Sequence[Gathered], *, style: str = "") -> str:
    """Write the text of a note: quotes in time order, source by source, each with its reference.

    A reference says author, title, source, date and address, and leads to the passage; author and
    source are said to be unknown when they are. ``style``: how the house cites.
    """
    groups: dict[str, list[Gathered]] = {}
    for one in gathered:
        groups.setdefault(one.about.source if one.about else "", []).append(one)
    lines = [_summary(gathered), ""]
    footnotes: list[str] = []
    for name, some in groups.items():
        lines += [f"## {_plain(source(name))}", ""]
        shown, referred = _numbered(some, len(footnotes) + 1, style)
        lines += shown
        footnotes += referred
    heading = _("References")
    return "\n".join([*lines, f"## {heading}", "", *footnotes])


def added(text: str, gathered: Sequence[Gathered], *, style: str = "") -> str:
    """Write quotes into a note: above its references, whose numbers go on; else at its end."""
    taken = [int(one) for one in _NUMBER.findall(text)]
    shown, referred = _numbered(gathered, max(taken, default=0) + 1, style)
    lines = text.split("\n")
    first, last = _references(lines)
    heading, *known = lines[first:last] or ["## " + _("References")]
    parts = (lines[:first], shown, [heading], [*_stripped(known), *referred], lines[last:])
    return "\n\n".join("\n".join(_stripped(part)) for part in parts if _stripped(part))


def _references(lines: Sequence[str]) -> tuple[int, int]:
    """Give where the last heading over the texts of footnotes stands, and where these end."""
    for at in reversed(range(len(lines))):
        if lines[at].startswith("#"):
            others = (n for n in range(at + 1, len(lines)) if not _is_of_footnote(lines[n]))
            end = next(others, len(lines))
            if any(_FOOTNOTE.match(one) for one in lines[at:end]):
                return at, end
    return len(lines), len(lines)


def _is_of_footnote(line: str) -> bool:
    return not line.strip() or line[0] in " \t" or _FOOTNOTE.match(line) is not None


def _stripped(lines: Sequence[str]) -> list[str]:
    """Leave out the empty lines at both ends."""
    return "\n".join(lines).strip("\n").split("\n") if any(lines) else []


def _numbered(gathered: Sequence[Gathered], first: int, style: str) -> tuple[list[str], list[str]]:
    """Write quotes with the numbers of their references, and those references."""
    shown: list[str] = []
    footnotes: list[str] = []
    for mark, one in enumerate(gathered, first):
        shown += [f"{_lead_in(one)}[^{mark}]", "", f"![[{one.row.id}]]", ""]
        footnotes.append(f"[^{mark}]: {_reference(one, style)}")
    return shown, footnotes


def _summary(gathered: Sequence[Gathered]) -> str:
    sources = {one.about.source if one.about else "" for one in gathered}
    parts = (
        n_("{n} quote", "{n} quotes", len(gathered)),
        n_("{n} source", "{n} sources", len(sources)),
        span(gathered[0].day, gathered[-1].day),
    )
    return " · ".join(parts)


def _lead_in(one: Gathered) -> str:
    who = one.row.text("speaker") or names.unknown_speaker()
    role = one.row.text("role")
    named = f"**{_plain(who[:1].upper() + who[1:])}**" + (f", {_plain(role)}" if role else "")
    return _("{who}, {when}").format(who=named, when=dated(one))


def _reference(one: Gathered, style: str) -> str:
    """Write where a quote comes from, with the link to the passage."""
    label = _("Read the passage")
    link = f"[[{one.row.id}|{label}]]"
    if one.about is None:
        return f"{names.unknown_author()}, {names.unknown_source()}. {link}"
    # A short reference lacks what is asked of a note: the title and the address.
    kept = style if style == "iso690" else "press"
    filled = {**citing.values(one.row, one.about, captured=one.captured), "quote": ""}
    return f"{citing.cite(kept, filled).markdown}. {link}"


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


# --- copying -------------------------------------------------------------------------------------


def copied(items: Sequence[tuple[Row, Row | None]], *, style: str = "") -> citing.Cited:
    """Write quotes with their references, one a paragraph, in the three forms of a clipboard."""
    cited = [citing.cite(style, citing.values(row, about)) for row, about in items]
    return citing.Cited(
        text="\n\n".join(one.text for one in cited),
        markdown="\n\n".join(one.markdown for one in cited),
        html="".join(f"<p>{one.html}</p>" for one in cited),
    )


# --- angles --------------------------------------------------------------------------------------


def authors(one: Angle) -> str:
    """Name the authors of an article."""
    return ", ".join(one.authors) or names.unknown_author()


def quoted_by(one: Spoken) -> str:
    """Say who speaks, and in which capacity."""
    who = one.speaker or names.unknown_speaker()
    return f"{who}, {one.role}" if one.role else who


def found_only() -> str:
    """Say that words were found in a text, and that nobody kept them."""
    return _("found in the text, not kept")


def told(angles: Sequence[Angle]) -> str:
    """Say how many sources tell a story, from when to when."""
    if not angles:
        return ""
    parts = (
        n_("{n} article", "{n} articles", len(angles)),
        n_("{n} source", "{n} sources", len({one.source for one in angles})),
        span(angles[0].day, angles[-1].day),
    )
    return " · ".join(parts)


def angle(one: Angle) -> str:
    """Say an angle to a screen reader."""
    parts = [source(one.source), dated(one), one.row.title, authors(one), one.lead]
    parts += [_("“{words}”").format(words=spoken.exact) for spoken in one.quotes]
    return ". ".join(parts)


def resembling(row: Row) -> str:
    """Say which article may be compared: its source, its date, its title."""
    parts = (source(row.source), dates.published(row.published), row.title)
    return " · ".join(part for part in parts if part)


def warned(one: Angle) -> str:
    """Say what is wrong with a capture, "" when it is whole."""
    is_whole = one.verdict in {"complete", ""} or one.row.passing
    return "" if is_whole else names.verdict(one.verdict)
