"""Parts that both halves share: the frame of a page, invented prose, and what one case is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

FR = (
    "Le conseil municipal de Vaubrun a adopté mardi soir le plan de rénovation des quais.",
    "Les travaux commenceront en avril et dureront quatorze mois, selon la maire.",
    "Trois bancs sur quatre seront remplacés par des assises en bois de châtaignier.",
    "« Nous voulons que les familles reviennent au bord de l'eau », explique l'adjoint chargé des parcs.",
    "L'opposition regrette un chantier trop long et demande un calendrier plus précis.",
    "Le budget, voté à une large majorité, atteint deux millions d'euros.",
    "Les commerçants de la rue basse craignent de perdre des clients pendant l'été.",
    "Une réunion publique est prévue le 12 mars à la salle des fêtes.",
    "La région financera un tiers de la dépense, l'État le reste.",
    "Une première tranche concerne le vieux pont et ses abords.",
    "Les riverains ont obtenu que le bruit cesse à dix-neuf heures.",
    "L'architecte promet de planter cent vingt arbres avant l'automne.",
    "Le marché du samedi déménagera sur la place haute pendant les travaux.",
    "Les pêcheurs, eux, garderont leur accès près de l'écluse.",
)
EN = (
    "The harbour board of Westmere voted on Tuesday to rebuild the old fish market.",
    "Work will start in April and last fourteen months, the mayor said.",
    "Three of the four piers will be closed to the public until the autumn.",
    '"We want families back on the waterfront," said the councillor in charge of parks.',
    "The opposition called the plan slow and asked for a clearer timetable.",
    "The budget, passed by a wide margin, reaches two million pounds.",
    "Shopkeepers on Low Street fear that they will lose customers over the summer.",
    "A public meeting will be held on 12 March in the town hall.",
    "A third of the cost will be met by the county, the rest by the state.",
    "The first stage concerns the old bridge and what lies around it.",
    "Residents won a promise that the noise will stop at seven in the evening.",
    "The architect says that a hundred and twenty trees will be planted.",
    "The Saturday market will move to High Square while the works last.",
    "Anglers will keep their path near the lock.",
)
MENU_FR = (
    "Accueil",
    "Politique",
    "Économie",
    "Sport",
    "Culture",
    "Météo",
    "Contact",
    "Mentions légales",
)
MENU_EN = ("Home", "Politics", "Business", "Sport", "Culture", "Weather", "Contact", "Legal notice")


@dataclass(frozen=True, slots=True)
class Wall:
    """One written page, the verdicts that are right for it (best first) and a right reason."""

    name: str
    html: str
    expected: tuple[str, ...]
    reason: str = ""


def prose(count: int, *, lang: str = "fr", start: int = 0, each: int = 3) -> str:
    """Write some paragraphs of an invented article."""
    bank = FR if lang == "fr" else EN
    return (
        "".join(
            f"<p>{sentences(each, lang=lang, start=start + number * each)}</p>"
            for number in range(count)
        )
        or bank[0]
    )


def sentences(count: int, *, lang: str = "fr", start: int = 0) -> str:
    """Write some sentences; each turn through the bank counts, so that none repeats itself."""
    bank = FR if lang == "fr" else EN
    turn = ("", "Jour {} : " if lang == "fr" else "Day {}: ")
    out = []
    for number in range(start, start + count):
        again, at = divmod(number, len(bank))
        out.append((turn[1].format(again + 1) if again else "") + bank[at])
    return " ".join(out)


def menu(lang: str = "fr") -> str:
    """Write the navigation of a site."""
    names = MENU_FR if lang == "fr" else MENU_EN
    links = "".join(
        f'<li><a href="/r/{number}">{name}</a></li>' for number, name in enumerate(names)
    )
    return f'<header class="site-header"><nav><ul>{links}</ul></nav></header>'


def foot(lang: str = "fr") -> str:
    """Write the foot of a site."""
    told = (
        "Qui sommes-nous Gérer mes cookies S'abonner"
        if lang == "fr"
        else "About us Manage cookies Subscribe"
    )
    return f'<footer class="foot"><ul>{"".join(f"<li><a href=/f>{one}</a></li>" for one in told.split())}</ul><p>© Vaubrun</p></footer>'


def linked(**told: object) -> str:
    """Write a script of JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **told})}</script>'


def page(body: str, *, title: str, lang: str = "fr", head: str = "", bare: bool = False) -> str:
    """Write a page: with the site's menu and foot, unless ``bare``."""
    inside = body if bare else f"{menu(lang)}<main>{body}</main>{foot(lang)}"
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{inside}</body></html>'


def article(
    count: int,
    *,
    title: str,
    lang: str = "fr",
    before: str = "",
    after: str = "",
    head: str = "",
    start: int = 0,
    inside: str = "",
) -> str:
    """Write the page of an article, with something before or after its text."""
    body = f'{before}<article class="story"><h1>{title}</h1>{prose(count, lang=lang, start=start)}{inside}</article>{after}'
    return page(body, title=title, lang=lang, head=head)


def cards(titles: Sequence[str], *, lead: Sequence[str] = ()) -> str:
    """Write the cards of a list of articles."""
    out = []
    for number, one in enumerate(titles):
        said = f"<p>{lead[number % len(lead)]}</p>" if lead else ""
        out.append(
            f'<article class="card"><a href="/a/{number}"><img src="/i/{number}.jpg" alt=""><h3>{one}</h3></a>{said}<time>12 mars</time></article>'
        )
    return f'<section class="list">{"".join(out)}</section>'
