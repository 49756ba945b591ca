"""What went wrong, why, and what to do next, for every error of ``domain/errors``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from veille.domain import errors
from veille.domain.errors import VeilleError
from veille.sentences.catalogue import _


def sentence(problem: VeilleError) -> str:
    """Say an error to a person."""
    for kind in type(problem).__mro__:
        if kind in table():
            return _filled(table()[kind](), problem.data)
    return _("Something unexpected happened ({code}).").format(code=problem.code)


def sentence_of_code(code: str, **data: object) -> str:
    """Say an error known by its code alone (kept in a report)."""
    for kind, text in table().items():
        if kind.__name__.strip("_") == code:
            return _filled(text(), data)
    return _("Something unexpected happened ({code}).").format(code=code)


def _filled(text: str, data: dict[str, object]) -> str:
    # A report may have kept the code alone: what is not known any more is said so.
    values = defaultdict(lambda: "…", {name: _plain(value) for name, value in data.items()})
    return text.format_map(values)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return value


def table() -> dict[type[VeilleError], Callable[[], str]]:
    """Give the sentence of each class, chosen when it is spoken."""
    return {
        errors.VeilleError: lambda: _("Something unexpected happened."),
        errors.NotFound: lambda: _(
            "Nothing here is called “{what}”. Search for it, or list what there is."
        ),
        errors.PassageNotFound: lambda: _(
            "These words are not in the article: “{exact}”. Copy them from the text itself."
        ),
        errors.NothingToUndo: lambda: _("There is nothing to undo."),
        errors.Refused: lambda: _("That cannot be done as asked. Check what was typed."),
        errors.BadState: lambda: _(
            "“{state}” is not known here. Use inbox, kept, discarded, archived; private or team."
        ),
        errors.ShareSlow: lambda: _(
            "{folder} does not answer any more. Your work goes on here and leaves when it answers."
        ),
        errors.ShareDenied: lambda: _(
            "The server of {folder} does not accept this login. Give it again: veille space login"
            " ADDRESS"
        ),
        errors.ShareNeedsExtra: lambda: _(
            "{folder} needs a library that is not installed here. Install it: pip install"
            ' "veille[{extra}]"'
        ),
        errors.NoKeyring: lambda: _(
            "This system has no keyring where the password of {folder} could be kept. Install one"
            " (GNOME Keyring, KWallet), then try again."
        ),
        errors.BadChoice: lambda: _("Of these two versions, keep one of: {answers}."),
        errors.BadSetting: lambda: _("That is not possible here. Choose among: {answers}."),
        errors.OnlyReads: lambda: _(
            "In the space “{name}” you read only. Ask its référent for the right to write."
        ),
        errors.OnlyReferents: lambda: _(
            "Only a référent of this space decides this. Ask one of them."
        ),
        errors.BadTheme: lambda: _("A theme needs a name of one to five hundred characters."),
        errors.BadAddress: lambda: _(
            "“{url}” is not the address of a page. It should begin with https:// or http://."
        ),
        errors.Locked: lambda: _(
            "This document asks for a password. Open it, print it to another PDF, then clip that."
        ),
        errors.PageSuspicious: lambda: _(
            "{url} shows something else than itself now. Open it to see; nothing is told until it is"
            " back."
        ),
        errors.NothingNew: lambda: _("The page has not changed since it was captured: {url}"),
        errors.AmbiguousPrefix: lambda: _(
            "Several things begin with “{what}”: {candidates}. Type more of the identifier."
        ),
        errors.NotShareable: lambda: _(
            "This cannot be shared there. Choose a shared space, and an article, a quote, a"
            " note or a dossier."
        ),
        errors.NotUndoable: lambda: _(
            "What was shared cannot be taken back: colleagues may have it already. Delete it in"
            " the space instead."
        ),
        errors.ErasedForGood: lambda: _(
            "An erasure cannot be undone: the words are nowhere any more."
        ),
        errors.BadDate: lambda: _("“{date}” is not a date such as 2024, 2024-06 or 2024-06-30."),
        errors.BadName: lambda: _("“{name}” cannot be a name here. Choose another one."),
        errors.NotEmpty: lambda: _(
            "There are things in this profile already. Choose a new one: veille --profile FOLDER"
            " demo"
        ),
        errors.TooLong: lambda: _(
            "This note is longer than {limit} characters. Cut it into several notes; nothing was"
            " lost."
        ),
        errors.FetchError: lambda: _("The page could not be fetched: {url}. Try again later."),
        errors.PrivateAddress: lambda: _(
            "{url} leads inside a local network ({host}), which is refused. Allow private"
            " addresses in the settings if it is your intranet."
        ),
        errors.TooManyRedirects: lambda: _(
            "{url} sends from page to page without end. Open it in the browser, then clip the"
            " address you arrive at."
        ),
        errors.TooLarge: lambda: _(
            "{url} is larger than a page may be. Save the part you need as a file, then clip it."
        ),
        errors.NotAPage: lambda: _(
            "{url} is not a page but “{content_type}”. Download it and keep it as a file."
        ),
        errors.NotAFeed: lambda: _(
            "{url} is not a feed. Give the address of the site itself: its feeds are looked for"
            " there."
        ),
        errors.ServerSaid: lambda: _(
            "The site answered with error {status} for {url}. Check the address, or try again"
            " later."
        ),
        errors.Unreachable: lambda: _(
            "No answer from {url}. Check the address and the connection, then try again."
        ),
        errors.TooSlow: lambda: _(
            "{url} did not finish within {seconds} seconds. Try again later."
        ),
        errors.ReadError: lambda: _("This could not be read."),
        errors.FileUnreadable: lambda: _(
            "The file {path} cannot be read. Check that it exists and that you may open it."
        ),
        errors.UnknownFormat: lambda: _(
            "Veille does not read this kind of file: {path}. Save it as HTML or text first."
        ),
        errors.NotOpml: lambda: _(
            "{path} is not a list of subscriptions, or is larger than 20 MB or 50,000 lines. In the"
            " program you come from, export the feeds as OPML, then import that file."
        ),
        errors.EmptyInput: lambda: _("Nothing came in. Give a page, a file or some text."),
        errors.BlobDamaged: lambda: _(
            "A kept file is missing or damaged ({sha256}). Its text is still here; fetch the page"
            " again to have it whole."
        ),
        errors.StoreError: lambda: _("The local memory could not be used. Try again."),
        errors.StoreBusy: lambda: _(
            "Another Veille is writing in this memory. Nothing was lost: try again in a moment."
        ),
        errors.StoreFull: lambda: _(
            "The disk is full. Nothing recorded so far was lost: make room, then try again."
        ),
        errors.StoreDamaged: lambda: _(
            "The local memory cannot be read ({detail}). Do not delete anything: go back to a"
            " dated copy (veille restore), or join the shared spaces from a new profile."
        ),
        errors.StoreTooRecent: lambda: _(
            "This memory was written by a newer Veille. Update Veille on this computer."
        ),
        errors.IndexError_: lambda: _(
            "The search index could not be used. It will be made again from the memory."
        ),
        errors.IndexBusy: lambda: _(
            "Another Veille is updating the search index. What was added is searchable in a moment."
        ),
        errors.IndexDamaged: lambda: _(
            "A part of the search index was damaged. It is being made again from the memory."
        ),
        errors.ShareError: lambda: _(
            "The shared folder {folder} did not do as asked. Try again, or test it on the screen of"
            " spaces."
        ),
        errors.ShareUnavailable: lambda: _(
            "The shared folder {folder} cannot be reached. Everything goes on here and will be"
            " sent when it is back."
        ),
        errors.ShareNotASpace: lambda: _(
            "There is no Veille space in {folder}. Check the folder, or create a space in it. If"
            " your team’s folder was emptied, open the space in it again: nothing is lost."
        ),
        errors.ShareEmpty: lambda: _(
            "{folder} is there, but empty: its drive is probably not connected. Nothing is lost;"
            " Veille goes on by itself when it is back. Only if somebody emptied it for good, open"
            " the space in it again."
        ),
        errors.ShareUnmarked: lambda: _(
            "{folder} still holds what the team wrote, but no longer the file that marks a space:"
            " files were taken out of it. Nothing is lost: open the space in it again, and what is"
            " missing comes back."
        ),
        errors.ShareOther: lambda: _(
            "{folder} holds another space than before. Nothing was read or written: check which"
            " drive is connected."
        ),
        errors.ShareReadOnly: lambda: _(
            "You may read {folder} but not write in it. What you add stays here and will be sent"
            " when you may."
        ),
        errors.ShareFull: lambda: _(
            "There is no room left in {folder}. What you add stays here and will be sent when"
            " there is."
        ),
        errors.ShareTooRecent: lambda: _(
            "The space in {folder} was made by a newer Veille. Update Veille on this computer."
        ),
        errors.ShareExists: lambda: _("There is a space in {folder} already. Join it instead."),
        errors.UnknownSpace: lambda: _(
            "No space is called “{name}” here. List the spaces, or join one by its folder."
        ),
    }
