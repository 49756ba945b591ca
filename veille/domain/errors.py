"""Everything that may go wrong and that a person can be told about.

    VeilleError
    ├── NotFound                what: the id or title that was asked for
    │   ├── PassageNotFound     exact: the words that are not in the text
    │   └── NothingToUndo
    ├── Refused                 a request that makes no sense as it stands
    │   ├── BadState            state
    │   ├── BadTheme            theme
    │   ├── BadAddress          url
    │   ├── AmbiguousPrefix     what, candidates
    │   ├── NotShareable        what
    │   ├── NotUndoable         what
    │   │   └── ErasedForGood   what
    │   ├── BadDate             date
    │   ├── BadName             name
    │   ├── NotEmpty            what
    │   ├── TooLong             limit (characters)
    │   ├── BadChoice           answers
    │   ├── BadSetting          answers
    │   ├── OnlyReads           name (of the space)
    │   └── OnlyReferents
    ├── FetchError              url
    │   ├── PrivateAddress      url, host
    │   ├── TooManyRedirects    url, limit
    │   ├── TooLarge            url, limit (bytes)
    │   ├── NotAPage            url, content_type
    │   ├── NotAFeed            url
    │   ├── ServerSaid          url, status
    │   ├── Unreachable         url
    │   ├── TooSlow             url, seconds
    │   ├── PageSuspicious      url, reason, seen
    │   └── NothingNew          url
    ├── ReadError
    │   ├── FileUnreadable      path
    │   ├── UnknownFormat       path
    │   ├── NotOpml             path
    │   ├── Locked              path
    │   ├── EmptyInput
    │   └── BlobDamaged         sha256
    ├── StoreError
    │   ├── StoreBusy
    │   ├── StoreFull
    │   ├── StoreDamaged        detail
    │   └── StoreTooRecent      version
    ├── IndexError_
    │   ├── IndexBusy
    │   └── IndexDamaged
    └── ShareError              folder
        ├── ShareUnavailable    folder
        ├── ShareNotASpace      folder
        │   ├── ShareEmpty
        │   └── ShareUnmarked
        ├── ShareOther          folder: another space than the one expected
        ├── ShareSlow           folder
        ├── ShareReadOnly       folder
        ├── ShareDenied         folder: no login, or a wrong one
        ├── ShareNeedsExtra     folder, extra: a library to install
        ├── NoKeyring           folder
        ├── ShareFull           folder
        ├── ShareTooRecent      folder, version
        ├── ShareExists         folder
        └── UnknownSpace        name

Exceptions carry data and a cause, never a sentence: the sentence is in
``sentences/errors.py``, and a test checks that every class has one.
"""

from __future__ import annotations


class VeilleError(Exception):
    """An expected failure. ``data`` holds what its sentence needs."""

    def __init__(self, **data: object) -> None:
        super().__init__(*data.values())
        self.data = data

    @property
    def code(self) -> str:
        """The name scripts see in ``--json``."""
        return type(self).__name__.strip("_")


class NotFound(VeilleError):
    """``what``: no such thing in this memory."""


class PassageNotFound(NotFound):
    """``exact``: these words are not in the text."""


class NothingToUndo(NotFound):
    """Nothing was recorded here that could be taken back."""


class Refused(VeilleError):
    """The request makes no sense as it stands."""


class BadState(Refused):
    """``state``: not a state of an article."""


class BadTheme(Refused):
    """``theme``: an empty or oversized theme name."""


class BadAddress(Refused):
    """``url``: not an http or https address."""


class AmbiguousPrefix(Refused):
    """``what``, ``candidates``: several things start with this id."""


class NotShareable(Refused):
    """``what``: this thing stays where it is."""


class NotUndoable(Refused):
    """``what``: colleagues may have it already."""


class ErasedForGood(NotUndoable):
    """What was erased is nowhere any more: there is nothing to bring back."""


class BadDate(Refused):
    """``date``: not a date of the calendar."""


class BadName(Refused):
    """``name``: empty, too long, or taken."""


class NotEmpty(Refused):
    """``what``: something is in it already."""


class TooLong(Refused):
    """``limit`` in characters: more than a note holds."""


class BadChoice(Refused):
    """``answers``: what can be kept of two versions."""


class BadSetting(Refused):
    """``answers``: what the setting takes, or the settings there are."""


class OnlyReads(Refused):
    """``name``: in this space, this person agreed to read only."""


class OnlyReferents(Refused):
    """Only a référent of the space decides this."""


class FetchError(VeilleError):
    """``url``: the page could not be had."""


class PrivateAddress(FetchError):
    """``url``, ``host``: the address leads inside the local network."""


class TooManyRedirects(FetchError):
    """``url``, ``limit``: sent from page to page without end."""


class TooLarge(FetchError):
    """``url``, ``limit`` in bytes: more than a page has."""


class NotAPage(FetchError):
    """``url``, ``content_type``: something else than a page."""


class NotAFeed(FetchError):
    """``url``: something else than a feed, often a page."""


class ServerSaid(FetchError):
    """``url``, ``status``: the site answered with an HTTP error."""


class Unreachable(FetchError):
    """``url``: no answer, no such host, or a broken connection."""


class TooSlow(FetchError):
    """``url``, ``seconds``: the site did not finish in time."""


class NothingNew(FetchError):
    """``url``: the site says that the page is still what was captured."""


class PageSuspicious(FetchError):
    """``url``, ``reason``: a watched page that shows something else than itself."""


class ReadError(VeilleError):
    """A file or stream could not be read as an article."""


class FileUnreadable(ReadError):
    """``path``: missing, forbidden or not a file."""


class UnknownFormat(ReadError):
    """``path``: a format Veille does not read."""


class NotOpml(ReadError):
    """``path``: not a list of subscriptions."""


class Locked(ReadError):
    """``path``: a document that asks for a password."""


class EmptyInput(ReadError):
    """Nothing came in."""


class BlobDamaged(ReadError):
    """``sha256``: the kept file is missing or is not what it was."""


class StoreError(VeilleError):
    """The local memory could not be read or written."""


class StoreBusy(StoreError):
    """Another program holds the memory for too long."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreDamaged(StoreError):
    """``detail``: the database is not readable."""


class StoreTooRecent(StoreError):
    """``version``: written by a newer Veille."""


class IndexError_(VeilleError):  # noqa: N801 - the plain name is Python's
    """The search index could not be used."""


class IndexBusy(IndexError_):
    """Another process is writing the index."""


class IndexDamaged(IndexError_):
    """A part of the index was not what was written, and has been left out."""


class ShareError(VeilleError):
    """``folder``: a shared folder did not do as asked."""


class ShareUnavailable(ShareError):
    """``folder``: cannot be reached now."""


class ShareSlow(ShareError):
    """``folder``: a call did not come back in time."""


class ShareNotASpace(ShareError):
    """``folder``: reachable, without a Veille space in it."""


class ShareEmpty(ShareNotASpace):
    """``folder``: held a space, and holds nothing at all now: its drive is most often not there."""


class ShareUnmarked(ShareNotASpace):
    """``folder``: held a space, and holds what a team wrote, but not what marks a space."""


class ShareOther(ShareError):
    """``folder``: holds another space than the one it held."""


class ShareReadOnly(ShareError):
    """``folder``: may be read, not written."""


class ShareDenied(ShareError):
    """``folder``: the server does not know the login, or there is none."""


class ShareNeedsExtra(ShareError):
    """``folder``, ``extra``: a library that reaches such servers is not installed."""


class NoKeyring(ShareError):
    """``folder``: this system has no place to keep a password safely."""


class ShareFull(ShareError):
    """``folder``: no room left."""


class ShareTooRecent(ShareError):
    """``folder``, ``version``: made by a newer Veille."""


class ShareExists(ShareError):
    """``folder``: a space is already there."""


class UnknownSpace(ShareError):
    """``name``: no such space in this profile."""
