"""What is said of what comes in while it is sorted: how many tell it, when it came, who decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veille.domain.ids import kind_of
from veille.domain.views import Row
from veille.sentences import dates, names
from veille.sentences.catalogue import _, n_


def told_by(sources: int, articles: int) -> str:
    """Say how many tell the same news."""
    if sources > 1:
        return n_("{n} source", "{n} sources", sources)
    return n_("{n} article", "{n} articles", articles)


def story(sources: int, articles: int, *, folded: bool) -> str:
    """Say how many tell the same news, and whether they are shown: for a screen reader."""
    told = told_by(sources, articles)
    return (_("{what}, folded") if folded else _("{what}, unfolded")).format(what=told)


def dated(row: Row, now: int) -> str:
    """Say in a list when an article was published; when it was received, if its feed says not."""
    moment = row.fields.get("moment")
    if not isinstance(moment, int):
        return dates.published(row.published) or dates.short(row.created_at, now)
    if row.published:
        return dates.short(moment, now)
    return _("received {when}").format(when=dates.when(moment, now))


def received(row: Row) -> str:
    """Say when what a feed brought was published and received; "" for anything else."""
    moment = row.fields.get("moment")
    if not isinstance(moment, int):
        return ""
    if not row.published:
        return _("date unknown, received on {when}").format(when=dates.moment(moment))
    published = _("published on {when}").format(when=dates.moment(moment))
    if not row.passing:
        return published
    same = dates.days(moment, row.created_at) == dates.days(row.created_at, row.created_at)
    came = (
        _("received at {time}").format(time=dates.hour(row.created_at))
        if same
        else _("received on {when}").format(when=dates.moment(row.created_at))
    )
    return _("{published}, {received}").format(published=published, received=came)


def decided_by(row: Row) -> str:
    """Give the id of who, or of the rule that, gave an article its state; "" for nobody."""
    who = row.text("_state_by")
    return "" if kind_of(who) == "feed" else who


def decided(row: Row, people: Mapping[str, str], rules: Mapping[str, str]) -> str:
    """Say the state of an article, with who gave it and when, or by which rule."""
    state, by, at = names.state(row.state), decided_by(row), row.fields.get("_state_at")
    if not by:
        return state
    if row.state == "inbox":
        # Not “to be sorted by her”: she put it there.
        state = _("Put to sort")
    if kind_of(by) == "rule":
        title = rules.get(by, "")
        if not title:
            return _("{state} by a rule").format(state=state)
        return _("{state} by the rule “{title}”").format(state=state, title=title)
    who = people.get(by) or _("somebody")
    when = dates.moment(at) if isinstance(at, int) else ""
    if not when:
        return _("{state} by {who}").format(state=state, who=who)
    return _("{state} by {who} on {when}").format(state=state, who=who, when=when)


def in_list(row: Row, people: Mapping[str, str], rules: Mapping[str, str], now: int) -> str:
    """Say in a list who or what discarded an article, then where and when it was published."""
    by = decided_by(row)
    if kind_of(by) == "rule":
        title = rules.get(by, "")
        who = _("by the rule “{title}”").format(title=title) if title else _("by a rule")
    else:
        who = _("by {who}").format(who=people.get(by) or _("somebody")) if by else ""
    return " · ".join(part for part in (who, row.source, dated(row, now)) if part)


def kept(what: str, others: int) -> str:
    """Say that an article was kept, and how many others that tell the same news were discarded."""
    told = _("{label}: {what}").format(label=names.state("kept"), what=what)
    if not others:
        return told
    along = n_("{n} other source discarded", "{n} other sources discarded", others)
    return _("{what} — {more}").format(what=told, more=along)


def still_filed(told: str, articles: int) -> str:
    """Add to what is said of articles that were kept that they can still be filed."""
    keys = n_("T gives it a theme, D a dossier.", "T gives them a theme, D a dossier.", articles)
    return f"{told}\n{keys}"


def tellers(rows: Sequence[Row]) -> str:
    """Say how many sources tell the same news, before their names."""
    sources = len({row.source for row in rows})
    told = told_by(sources, len(rows))
    return _("{what}:").format(what=told)


def given(state: str, what: str, along: int) -> str:
    """Say that an article was given a state, and how many others that tell the same news."""
    told = _("{label}: {what}").format(label=names.state(state), what=what)
    if not along:
        return told
    more = n_("with {n} other source", "with {n} other sources", along)
    return _("{what} — {more}").format(what=told, more=more)


def agreed(title: str, discarded: int) -> str:
    """Say that a rule was agreed on, and what it discarded at once."""
    told = _("Rule agreed: {title}").format(title=title)
    if not discarded:
        return _("{what} — it acts on what comes").format(what=told)
    more = n_("{n} thing discarded", "{n} things discarded", discarded)
    return _("{what} — {more}").format(what=told, more=more)
