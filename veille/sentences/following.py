"""How subscriptions are, what refreshing them brought, what rules do: in plain words.

The cause, the last success, what to do; never only "this feed has a problem".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from veille.feeds.health import Health
from veille.feeds.rules import Conditions, Rule
from veille.sentences import dates
from veille.sentences.catalogue import _, either, n_, quoted, series

if TYPE_CHECKING:
    from veille.desk.refreshing import Refreshed, Report
    from veille.desk.ruling import Preview
    from veille.desk.subscribing import Subscription
    from veille.desk.subscriptions_file import Imported


def status(told: Health) -> str:
    """Name how a subscription is, in a word or two."""
    return statuses().get(told.code, told.code)


def statuses() -> dict[str, str]:
    """Name every way a subscription can be, by its code."""
    return {
        "new": _("Not read yet"),
        "good": _("Good"),
        "passing": _("No answer for now"),
        "failing": _("Failing"),
        "silent": _("Silent"),
        "gone": _("Gone"),
        "paused": _("Paused"),
    }


def health(one: Subscription, now: int) -> str:
    """Say how a subscription is: the cause, the last success, what to do."""
    told = one.health
    if told.code == "good":
        return _good(told, now)
    if told.code == "silent":
        usual = (
            _("usually every day")
            if told.usual <= 1
            else n_("usually every {n} day", "usually every {n} days", told.usual)
        )
        since = n_("Silent for {n} day", "Silent for {n} days", told.days)
        return _("{what}, {usual}. Open its site to see whether it went on elsewhere.").format(
            what=since, usual=usual
        )
    said = {
        "new": _("Not read yet. Press F5 to read it now."),
        "paused": _("Paused: nothing is asked. Take it up again from its menu."),
        "gone": _(
            "The site says that this feed exists no more. Look for another one on its site, or"
            " unfollow it; what it brought stays."
        ),
    }.get(told.code)
    if said is not None:
        return said
    parts = [cause(told.problem, told.status)]
    if told.heard_at:
        parts.append(_("Last read {when}.").format(when=dates.moment(told.heard_at)))
    else:
        parts.append(_("It was never read."))
    parts.append(remedy(told.problem, told.status))
    if told.code == "passing" and one.state.next_at > now:
        parts.append(_("Asked again {when}.").format(when=dates.short(one.state.next_at, now)))
    return " ".join(part for part in parts if part)


def _good(told: Health, now: int) -> str:
    read = _("Read {when}.").format(when=dates.short(told.heard_at, now))
    if not told.news_at:
        return _("{what} It has brought nothing new yet.").format(what=read)
    return _("{what} Last news {when}.").format(what=read, when=dates.short(told.news_at, now))


def cause(problem: str, status_: int = 0) -> str:
    """Say why a subscription could not be read."""
    by_status = {
        401: _("The site asks for a login."),
        403: _("The site refuses to answer: it takes us for a robot, or asks for a login."),
        404: _("There is nothing at this address any more."),
        410: _("The site says that this feed exists no more."),
        429: _("The site finds that it is asked too often."),
        451: _("The site may not give this page, by law."),
    }
    if problem == "ServerSaid":
        broken = _("The site is out of order (error {status}).").format(status=status_)
        refused = _("The site answered with error {status}.").format(status=status_)
        return by_status.get(status_, broken if status_ >= 500 else refused)
    return {
        "NotAFeed": _("There is a page at this address, and no feed."),
        "Unreachable": _("The site does not answer."),
        "TooSlow": _("The site is too slow to answer."),
        "TooLarge": _("What the site sends is larger than a feed may be."),
        "TooManyRedirects": _("The site sends from address to address without end."),
        "PrivateAddress": _("This address leads inside a local network, which is refused."),
        "BadAddress": _("The site sends on to something that is no address of the web."),
        "PageSuspicious": _(
            "The page shows something else than itself: a wall, an error or nothing."
        ),
    }.get(problem, _("It could not be read ({code}).").format(code=problem))


def remedy(problem: str, status_: int = 0) -> str:
    """Say what to do about it."""
    if problem == "ServerSaid" and status_ in {404, 410}:
        return _("Look for its new address on the site, or unfollow it.")
    if problem == "ServerSaid" and status_ in {401, 403}:
        return _("Open it in the browser; save its pages in the watched folder meanwhile.")
    if problem == "NotAFeed":
        return _("Look for a feed on the site, or watch the page itself.")
    if problem == "PrivateAddress":
        return _("Allow private addresses in the settings if it is your intranet.")
    if problem == "PageSuspicious":
        return _("Nothing is told until the page is back; open it to see.")
    return _("Nothing to do: it is asked again by itself, less and less often.")


def refreshed(report: Report) -> str:
    """Say what a refresh brought."""
    failed = sum(1 for one in report.feeds if one.problem)
    told = (
        n_("{n} new thing to sort", "{n} new things to sort", report.new)
        if report.new
        else _("Nothing new")
    )
    parts = [told, n_("{n} source asked", "{n} sources asked", len(report.feeds))]
    if failed:
        parts.append(n_("{n} did not answer well", "{n} did not answer well", failed))
    return " · ".join(parts)


def one_refreshed(done: Refreshed) -> str:
    """Say what became of one subscription."""
    if done.problem:
        what = cause(done.problem, done.status)
    elif done.new:
        what = n_("{n} new", "{n} new", done.new)
    else:
        what = _("nothing new")
    return _("{label}: {what}").format(label=done.title, what=what)


def imported(one: Imported) -> str:
    """Say what became of a line of a list of subscriptions."""
    label = one.line.title or one.line.url or _("line {n}").format(n=one.line.number)
    if one.problem:
        what = {
            "no_address": _("has no address: skipped"),
            "bad_address": _("not an address: skipped"),
            "BadAddress": _("not an address: skipped"),
            "repeated": _("stands twice in the list"),
            "not_followed": _("leads to another list: skipped"),
        }.get(one.problem, one.problem)
    else:
        what = _("followed") if one.is_new else _("was followed already")
    return _("{label}: {what}").format(label=label, what=what)


def imported_all(some: Sequence[Imported]) -> str:
    """Say what reading a list came to."""
    new = sum(1 for one in some if one.is_new)
    bad = sum(1 for one in some if one.problem)
    known = len(some) - new - bad
    parts = [n_("{n} source added", "{n} sources added", new)]
    if known:
        parts.append(n_("{n} followed already", "{n} followed already", known))
    if bad:
        parts.append(n_("{n} line skipped", "{n} lines skipped", bad))
    return ", ".join(parts)


def rule(one: Rule) -> str:
    """Say a rule in words."""
    when, unless = _conditions(one.when), _conditions(one.unless)
    if one.spare:
        told = _("Never discard what {what}").format(what=series(when))
    else:
        told = _("Discard what {what}").format(what=series(when))
    return _("{what}, unless it {but}").format(what=told, but=either(unless)) if unless else told


def _conditions(some: Conditions) -> list[str]:
    parts = [
        (_("speaks of {what}"), some.words),
        (_("comes from {what}"), some.sources),
        (_("is filed under {what}"), some.sections),
        (_("is by {what}"), some.authors),
        (_("is written in {what}"), some.languages),
    ]
    told = [form.format(what=_or(values)) for form, values in parts if values]
    if some.like:
        told.append(_("resembles: {what}").format(what=", ".join(shown(some))))
    if some.least_sources:
        told.append(n_("is told by {n} source or more", "is told by {n} sources or more",
                       some.least_sources))  # fmt: skip
    if some.most_sources:
        told.append(n_("is told by {n} source at most", "is told by {n} sources at most",
                       some.most_sources))  # fmt: skip
    return told


def shown(some: Conditions) -> list[str]:
    """Give the words by which something resembles, as people write them."""
    return [one.shown for one in some.like]


def _or(values: Iterable[str]) -> str:
    return either([quoted(one) for one in values])


def why(code: str, value: str) -> str:
    """Say which condition of a rule something met."""
    if code == "size":
        sources = int(value) if value.isdecimal() else 0
        return n_("is told by {n} source", "is told by {n} sources", sources)
    form = {
        "word": _("speaks of {what}"),
        "source": _("comes from {what}"),
        "feed": _("comes from {what}"),
        "section": _("is filed under {what}"),
        "author": _("is by {what}"),
        "language": _("is written in {what}"),
        "like": _("resembles: {what}"),
    }.get(code)
    return form.format(what=value) if form else value


def reasons(why_: Iterable[tuple[str, str]]) -> str:
    """Say everything of a rule that something met."""
    grouped: dict[str, list[str]] = {}
    for code, value in why_:
        grouped.setdefault(code, []).append(value)
    return series([why(code, series(values)) for code, values in grouped.items()])


def preview(told: Preview) -> str:
    """Say what a rule would have done."""
    if not told.looked_at:
        return _("Nothing came in yet: the rule acts on what comes.")
    if not told.taken:
        return n_("Of the last {n} thing that came in, it would have discarded none.",
                  "Of the last {n} things that came in, it would have discarded none.",
                  told.looked_at)  # fmt: skip
    tried = n_("of the last {n} thing", "of the last {n} things", told.looked_at)
    taken = n_("It would have discarded {n}", "It would have discarded {n}", len(told.taken))
    return _("{what}, {among}:").format(what=taken, among=tried)
