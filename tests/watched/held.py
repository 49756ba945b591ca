"""Pages written beside the rules, which were changed twice after a look: nothing slips back."""

from __future__ import annotations

from collections.abc import Sequence

from tests.watched.follow import Case, State
from veille.feeds.watching import Watch

DENIED = (
    "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1><p>You don't have "
    "permission to access this page. Reference #18.{}</p></body></html>"
)
UNAVAILABLE = (
    "<html><head><title>503 Service indisponible</title></head><body><div id=page><h1>Service "
    "indisponible</h1><p>Le serveur est momentanément surchargé. Merci de réessayer plus tard.</p>"
    "</div></body></html>"
)
SCRIPTS = (
    "<html><head><title>Enquêtes</title></head><body><div id=app><p>Veuillez activer JavaScript "
    "pour afficher cette page.</p></div></body></html>"
)
MISSING = (
    "<html><head><title>Page introuvable</title></head><body><main><h1>Page introuvable</h1><p>La "
    "page demandée n'existe plus. Erreur 404.</p><ul><li>Accueil</li><li>Plan du site</li></ul>"
    "</main></body></html>"
)
MOVED = (
    "<html><head><meta http-equiv=refresh content='0;url=/nouveau'><title>Redirection</title></head>"
    "<body><p>Cette page a changé d'adresse.</p></body></html>"
)


def shell(body: str, *, day: int, kind: str = "cms") -> str:
    """Put a body in one of two frames, with tokens, ads and counters of the day."""
    if kind == "cms":
        return (
            f"<html lang=fr><head><title>Département de la Vaubre</title></head><body class='page-{day}'>"
            f"<div class=region-header><a href='/?sid={day * 31337}'>Accueil</a><ul class=menu><li>Aides</li>"
            f"<li>Routes</li><li>Collèges</li></ul></div><div class='layout-container'><div class='region "
            f"region-content'>{body}</div><div class=sidebar><p>Publicité</p><p>{'PROFITEZ' if day % 2 else 'Profitez'} "
            f"de nos offres</p><p>{day + 3} personnes en ligne</p></div></div><div class=footer>Page générée en "
            f"0,{day}42 s</div></body></html>"
        )
    return (
        f"<html><head><title>Commune de Bourg-sur-Vaubre</title></head><body><form id=aspnetForm><input type=hidden "
        f"name=__VIEWSTATE value=dDw{day * 99991}><table width=100%><tr><td width=20%><font>Menu</font><br>Mairie<br>"
        f"École<br>Associations</td><td>{body}</td></tr></table><center>Vous êtes le {8842 + day * 13}e visiteur"
        f"</center></form></body></html>"
    )


def markets(rows: Sequence[tuple[str, str]], *, day: int, ad: str = "") -> str:
    """Write public contracts as cards."""
    cards = "".join(
        f"<div class='views-row row-{n}'><div class=titre><a href='/marche/{len(title)}?token={day}{n}'>{title}</a>"
        f"</div><div class=date>Publié {when}</div></div>"
        for n, (title, when) in enumerate(rows)
    )
    return f"{ad}<h1>Marchés publics</h1><div class='view view-marches view-dom-id-{day}ab{day}'><div class=view-content>{cards}</div><div class=pager>Page 1 sur {4 + day % 2}</div></div>"


MARKETS = [
    ("Réfection de la RD 12 entre Vaubrun et Saint-Aubin", "il y a 3 heures"),
    ("Fourniture de repas pour les collèges du secteur nord", "il y a 2 jours"),
    ("Entretien des espaces verts de l'hôtel du département", "il y a 5 jours"),
    ("Maîtrise d'œuvre pour l'extension des archives", "il y a 3 semaines"),
]
NEW_MARKET = ("Transport scolaire adapté, rentrée de septembre", "à l'instant")
AGED = [(title, "il y a 6 jours") for title, _when in MARKETS]

CONTRACTS = Case(
    "département, marchés publics",
    "Réfection",
    (
        State("d'abord", shell(markets(MARKETS, day=0), day=0)),
        State("âges, jetons, publicité", shell(markets(AGED, day=1), day=1)),
        State("annonce au-dessus", shell(markets(AGED, day=2, ad="<div class=annonce><h2>Enquête de satisfaction</h2><p>Répondez avant dimanche à nos questions.</p></div>"), day=2)),
        State("indisponible", UNAVAILABLE),
        State("marché ajouté", shell(markets([NEW_MARKET, *AGED], day=4), day=4), alerts=True, told="Transport scolaire"),
        State("trié autrement", shell(markets([*AGED[::-1], NEW_MARKET], day=5), day=5)),
        State("introuvable", MISSING),
    ),
    Watch(ignore=("Page * sur *",)),
    url="https://departement.example/marches",
)  # fmt: skip

NEWS = [
    f"<a href='/actu/{n}'>{title}</a>"
    for n, title in enumerate((
        "Rentrée : les inscriptions ouvrent lundi", "Un prix pour l'équipe de chimie",
        "La bibliothèque prolonge ses horaires", "Journée portes ouvertes du 7 février",
        "Conférence sur les fleuves d'Europe", "Fermeture du restaurant universitaire",
        "Bourses : date limite avancée", "Nouveau master de traduction",
    ))
]  # fmt: skip


def news(items: Sequence[str], *, new: bool = False, banner: str = "") -> str:
    """Write a rolling list of five news, in the old or the new design."""
    if new:
        cells = "".join(
            f"<div class='tile tile-{n}'><p class=lead>{one}</p></div>"
            for n, one in enumerate(items)
        )
        return f"<div class=hero><h1>Université de Vaubrun</h1></div><section class=tiles><h3>Actualités</h3>{cells}</section><section class=tiles><h3>Vie du campus</h3><div class=tile><p>Logement</p></div></section>"
    rows = "".join(f"<li>{one}</li>" for one in items)
    return f"{banner}<h1>Université de Vaubrun</h1><h2>Actualités</h2><ul>{rows}</ul><h2>Accès rapides</h2><ul><li>Annuaire</li><li>Emplois du temps</li><li>Messagerie</li></ul>"


BANNER = (
    "<div id=tarteaucitronRoot role=dialog><p>Nous utilisons des cookies pour mesurer l'audience et "
    "améliorer nos services.</p><button>Tout accepter</button><button>Personnaliser</button></div>"
)
UNIVERSITY = Case(
    "université, actualités qui défilent",
    "Actualités",
    (
        State("d'abord", shell(news(NEWS[:5]), day=0)),
        State("bandeau sur la page", shell(news(NEWS[:5], banner=BANNER), day=1)),
        State("refusé", DENIED.format("2f3a")),
        State("refusé encore", DENIED.format("9bc1")),
        State("deux nouvelles", shell(news([*NEWS[6:8], *NEWS[:3]]), day=4), alerts=True, told="Nouveau master"),
        State("refonte", shell(news([*NEWS[6:8], *NEWS[:3]], new=True), day=5)),
        State("nouvelle après refonte", shell(news([NEWS[5], *NEWS[6:8], *NEWS[:2]], new=True), day=6), alerts=True, told="Fermeture du restaurant"),
    ),
    url="https://universite.example/",
)  # fmt: skip

ORDERS = [
    "Arrêté n° 7 du 2 février 2026 : limitation de vitesse rue du Moulin",
    "Arrêté n° 6 du 30 janvier 2026 : occupation du domaine public, place du Puits",
    "Arrêté n° 5 du 21 janvier 2026 : battue aux sangliers dans le bois communal",
    "Arrêté n° 4 du 12 janvier 2026 : fermeture du cimetière pour travaux",
]
NEW_ORDER = "Arrêté n° 8 du 9 février 2026 : déviation pendant la foire aux plants"


def orders(lines: Sequence[str]) -> str:
    """Write orders as a village does: breaks and bold, no element of their own."""
    return (
        "<h2><font color=blue>Arrêtés du maire</font></h2>" + "<br><br>".join(lines)
        + "<h2>Comptes rendus</h2>Séance du 12 décembre 2025<br><br>Séance du 7 novembre 2025"
    )  # fmt: skip


VILLAGE = Case(
    "village, arrêtés sans balises",
    "Arrêtés du maire",
    (
        State("d'abord", shell(orders(ORDERS), day=0, kind="old")),
        State("visiteurs", shell(orders(ORDERS), day=1, kind="old")),
        State("voisin changé", shell(orders(ORDERS).replace("12 décembre 2025", "23 janvier 2026"), day=2, kind="old")),
        State("vide", "<html><body><form></form></body></html>"),
        State("arrêté ajouté", shell(orders([NEW_ORDER, *ORDERS]), day=4, kind="old"), alerts=True, told="déviation"),
        State("espaces et tirets", shell(orders([NEW_ORDER, *ORDERS]).replace(" : ", "&nbsp;: "), day=5, kind="old")),
    ),
    url="https://bourg.example/arretes.aspx",
)  # fmt: skip


def inquiries(rows: Sequence[tuple[str, str]], *, day: int) -> str:
    """Write public inquiries as a list of definitions."""
    told = "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in rows)
    return f"<main id=main><h1>Enquêtes publiques</h1><p>Dernière mise à jour : {day + 1:02}/03/2026 à 1{day}:00</p><dl class=enquetes>{told}</dl></main>"


INQUIRIES = [
    ("Parc éolien des Hauts de Vaubre", "Du 2 mars au 3 avril 2026, mairies de Vaubrun et de Bourg"),
    ("Extension de la carrière de Saint-Aubin", "Du 9 mars au 10 avril 2026, mairie de Saint-Aubin"),
    ("Plan local d'urbanisme intercommunal", "Du 16 mars au 17 avril 2026, siège de la communauté"),
]  # fmt: skip
PROLONGED = [(INQUIRIES[0][0], INQUIRIES[0][1].replace("3 avril", "18 avril")), *INQUIRIES[1:]]
PREFECTURE = Case(
    "préfecture, enquêtes publiques",
    "",
    (
        State("d'abord", shell(inquiries(INQUIRIES, day=0), day=0)),
        State("mise à jour", shell(inquiries(INQUIRIES, day=1), day=1)),
        State("scripts", SCRIPTS),
        State("déménagement", MOVED),
        State("prolongation", shell(inquiries(PROLONGED, day=4), day=4), alerts=True, told="18 avril"),
        State("close", shell(inquiries(PROLONGED[1:], day=5), day=5), alerts=True),
        State("indisponible", UNAVAILABLE),
        State("retour", shell(inquiries(PROLONGED[1:], day=7), day=7)),
    ),
    Watch(ignore=("dernière mise à jour",)),
    url="https://prefecture.example/enquetes",
)  # fmt: skip

RULES = [
    "Les bacs gris sont ramassés le lundi et le jeudi à partir de 5 h.",
    "Les bacs jaunes sont ramassés le mercredi, une semaine sur deux.",
    "Le verre est à déposer dans les colonnes de la place du Puits.",
    "Les encombrants sont enlevés sur rendez-vous, deux fois par an et par foyer.",
]


def waste(lines: Sequence[str]) -> str:
    """Write a page of practical information."""
    return "<article><h1>Déchets</h1>" + "".join(f"<p>{one}</p>" for one in lines) + "</article>"


WASTE = Case(
    "déchets, avec un seuil",
    "",
    (
        State("d'abord", shell(waste(RULES), day=0)),
        State("une coquille", shell(waste([RULES[0].replace("gris", "gris,"), *RULES[1:]]), day=1)),
        State("un mot", shell(waste([RULES[0].replace("5 h", "6 h"), *RULES[1:]]), day=2)),
        State("tout un avis", shell(waste([*RULES, "Pas de collecte le lundi de Pâques : sortez vos bacs le mardi."]), day=3), alerts=True, told="Pâques"),
    ),
    Watch(minimum=20),
    url="https://agglo.example/dechets",
)  # fmt: skip

CASES = (CONTRACTS, UNIVERSITY, VILLAGE, PREFECTURE, WASTE)
