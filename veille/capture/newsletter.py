"""The articles that a newsletter or an alert points to: links that read like titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final
from urllib.parse import parse_qs, urlsplit

from lxml import etree, html

from veille.capture.caught import Linked
from veille.domain.text import clip, collapse, fold, word_count
from veille.extract.address import canonical
from veille.extract.tree import ancestors, parsed, runs

_MOST: Final = 100
_FEW_WORDS: Final = 4
_LONGEST: Final = 300
_EXCERPT: Final = 300
# A title may be about Facebook or about conditions of sale: what serves the letter itself begins
# with a verb that speaks to its reader, or is said in full.
_SERVICE: Final = re.compile(
    r"(?:pour |si )?(?:vous |te )?(?:se |me |vous )?(?:desabonn|desinscri|unsubscribe|opt out)"
    r"|(?:gerer|modifier|changer|mettre a jour|update|manage|edit)\b.{0,40}"
    r"\b(?:preferences?|abonnements?|alertes?|profil|inscription|subscriptions?|settings)"
    r"|(?:voir|lire|afficher|consulter|visualis\w+|ouvrir)\b.{0,50}\b(?:navigateur|en ligne|version (?:en ligne|web))"
    r"|(?:view|read|open|see)\b.{0,40}\b(?:browser|online|web version)"
    r"|(?:si |if )\b.{0,60}\b(?:n'affiche|ne s'affiche|visualis|display|trouble viewing)"
    r"|vous (?:recevez|avez recu) (?:ce|cet|cette)|you(?:'re| are) receiv\w+ this|you received this"
    r"|(?:suivez|retrouvez|rejoignez|contactez)[- ](?:nous|la redaction|l'equipe)|follow us|contact us"
    r"|(?:partager?|envoyer|transferer|recommander|share|forward)\b.{0,40}"
    r"\b(?:ami|amis|sur (?:facebook|twitter|x|linkedin|whatsapp|instagram)|friend|par (?:e-?mail|courriel))"
    r"|signaler comme|marquer comme non|flag as |see more results|afficher (?:plus|tous)"
    r"|(?:abonnez-vous|je m'abonne|s'abonner|inscrivez-vous|subscribe (?:to|now)|creez votre|cree(?:r|z) (?:une|un|votre))"
    r"|nous contacter|cliquez ici|telechargez (?:notre|l'appli)|ajoutez .{0,60} carnet d'adresses"
)
_WHOLE: Final = re.compile(
    r"(?:notre |la |our )?(?:politique de (?:confidentialite(?: (?:du|de) .{0,30})?|protection .{0,40}|gestion .{0,40})"
    r"|privacy policy.{0,30}|mentions legales.{0,40}|conditions generales(?: d'\w+| de \w+)?.{0,20}"
    r"|charte .{0,40}donnees personnelles|terms (?:of|and) .{0,20})\W*"
)
# Where nothing is read: buttons that share, shops of applications, ways out.
_ELSEWHERE: Final = re.compile(
    r"(?:^|\.)(?:facebook\.com/(?:sharer|share|dialog)|twitter\.com/(?:intent|share)"
    r"|x\.com/(?:intent|share)|linkedin\.com/share|google\.com/alerts|wa\.me/|t\.me/share"
    r"|apps\.apple\.com/|itunes\.apple\.com/|play\.google\.com/store)|unsubscribe|desabonnement"
)
_ALERT: Final = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/url\?")
_WRAPPED: Final = (
    "url", "u", "target", "redirect", "redirect_url", "dest", "destination", "q", "link",
)  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_TURNS: Final = 3


def links(page: str) -> tuple[Linked, ...]:
    """Give the articles a mail points to, in order, each once."""
    tree = parsed(page)
    if tree is None:
        return ()
    found: dict[str, Linked] = {}
    excerpts = _excerpts(tree)
    is_alert = False
    for node, href in _anchors(tree):
        title = _text(node, most=_LONGEST)
        url = unwrapped(href)
        if not url or _serves(title, href, url) or not _reads_like_a_title(node, title):
            continue
        is_alert = is_alert or _ALERT.match(href) is not None
        found.setdefault(canonical(url) or url, Linked(title, url, excerpts.get(title, "")))
        if len(found) == _MOST:
            break
    # One link alone is what a mail is about, not a list of articles, but in an alert.
    return tuple(found.values()) if len(found) > 1 or is_alert else ()


def _anchors(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for number, node in enumerate(tree.iter("a")):
        if number == 20 * _MOST:
            return
        yield node, (node.get("href") or "").strip()


def _text(node: etree._Element, *, most: int) -> str:
    """Give the first words of an element, however much there is in it."""
    words: list[str] = []
    room = 4 * most
    for piece in node.itertext("*"):
        words.append(piece[:room])
        room -= len(piece)
        if room <= 0:
            break
    return collapse("".join(words))[:most]


def _serves(title: str, href: str, url: str) -> bool:
    """Tell a link that is there for the letter's sake."""
    folded = fold(title)
    places = (one.partition("://")[2][:300].lower() for one in (href, url))
    if _SERVICE.match(folded) or _WHOLE.fullmatch(folded):
        return True
    return any(_ELSEWHERE.search(one.partition("?")[0]) for one in places)


def _reads_like_a_title(node: etree._Element, title: str) -> bool:
    words = word_count(title)
    in_heading = any(one.tag in _HEADINGS for one in ancestors(node, most=4))
    return words >= _FEW_WORDS or (in_heading and words >= 2)


def _excerpts(tree: html.HtmlElement) -> dict[str, str]:
    """Give what stands below each title: the first words that are no link, before the next one."""
    shown = runs(tree)
    found: dict[str, str] = {}
    for number, one in enumerate(shown):
        if not one.linked or one.text in found:
            continue
        below = takewhile(lambda run: not run.linked, shown[number + 1 : number + 4])
        told = next((run.text for run in below if word_count(run.text) > 2 * _FEW_WORDS), "")
        found[one.text] = clip(told, length=_EXCERPT) if told else ""
    return found


def unwrapped(url: str) -> str:
    """Take an address out of the one that counts clicks, where it can be read; "" for none."""
    for _turn in range(_TURNS):
        try:
            parts = urlsplit(url)
            asked = parse_qs(parts.query, max_num_fields=60)
        except ValueError:
            return ""
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            return ""
        told = (asked[name][0].strip() for name in _WRAPPED if name in asked)
        inner = next((one for one in told if one.startswith(("http://", "https://"))), "")
        if not inner:
            break
        url = inner
    return url[:4_000]
