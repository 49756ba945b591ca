"""Pages on which the rules were tuned: a mairie, an agenda, jobs, a prefecture, a consultation."""

from __future__ import annotations

from collections.abc import Sequence

from tests.watched.follow import Case, State
from veille.feeds.watching import Watch

COOKIES = (
    "<html><head><title>Ville de Vaubrun</title></head><body><div class=page><div class=contenu>"
    "<h2>Votre vie privée</h2><p>Nous et nos 812 partenaires utilisons des cookies pour mesurer "
    "l'audience.</p><p>Continuer sans accepter</p><button>Tout accepter</button></div></div></body></html>"
)
MOMENT = (
    "<html><head><title>Just a moment...</title></head><body><div class=main-wrapper><div class="
    "main-content><h1>mairie.example</h1><p>Verifying you are human. This may take a few seconds."
    "</p><p>Ray ID: 8f2{}c</p></div></div></body></html>"
)
EMPTY = "<html><head><title>Ville</title></head><body></body></html>"
UPKEEP = (
    "<html><head><title>Maintenance</title></head><body><div id=contenu><h1>Site en maintenance</h1>"
    "<p>Le site est en maintenance, revenez plus tard.</p></div></body></html>"
)
LOGIN = (
    "<html><head><title>Connexion</title></head><body><main><h1>Connexion</h1><form method=post>"
    "<p>Identifiant</p><input name=u><p>Mot de passe</p><input type=password name=p></form>"
    "</main></body></html>"
)


def frame(body: str, *, day: int = 0, theme: str = "a", beside: str = "") -> str:
    """Put a body in the page of a mairie, with what changes on it every day for nobody."""
    head = (
        f"<html lang=fr><head><title>Ville de Vaubrun</title><script nonce=x{day}>var t={day}"
        f"</script></head><body><input type=hidden name=csrf value=t{day * 7919}>"
    )
    counter = (
        f"<p>{1204 + 37 * day} visites – page servie le {day + 1} mars 2026 à 9 h {day:02}</p>"
    )
    menu = "".join(
        f"<li><a href=/{n}>{n}</a></li>" for n in ("Accueil", "Vivre", "Sortir", "Démarches")
    )
    if theme == "a":
        return (
            f"{head}<header id=haut><a href=/>Ville de Vaubrun</a><nav><ul>{menu}</ul></nav></header>"
            f"<div id=contenu class=colonne>{body}</div>{beside}<footer>{counter}</footer></body></html>"
        )
    return (
        f"{head}<div class=wrap-2026><nav class=burger><ul>{menu}<li>Contact</li></ul></nav>"
        f"<main class=grid><section class=zone><div class=inner>{body}</div></section>{beside}</main>"
        f"<footer class=pied>{counter}</footer></div></body></html>"
    )


ACTS = [
    f"Délibération n° 2026-{n} : {what}"
    for n, what in (
        (14, "subvention au club de canoë"), (13, "vente du terrain des Aulnes"),
        (12, "tarifs de la cantine scolaire"), (11, "règlement du marché du samedi"),
        (10, "convention avec l'office de tourisme"), (9, "dénomination de la rue Louise-Michel"),
    )
]  # fmt: skip
NEW_ACT = "Délibération n° 2026-15 : création d'une réserve communale de sécurité civile"
NEWER_ACT = "Arrêté n° 2026-16 : circulation interdite quai des Tanneurs"


def acts(lines: Sequence[str], *, theme: str = "a", sid: str = "") -> str:
    """Write the list of acts, each leading to its file."""
    items = "".join(f"<li><a href='/actes/{len(one)}.pdf{sid}'>{one}</a></li>" for one in lines)
    if theme == "a":
        return f"<h1>Publications</h1><h2>Actes administratifs</h2><ul class=liste-actes>{items}</ul><h2>Bulletin municipal</h2><ul class=liste-actes><li>Numéro 42</li><li>Numéro 41</li></ul>"
    rows = "".join(f"<article class=carte><a href=/x><h3>{one}</h3></a></article>" for one in lines)
    return f"<h1>Publications</h1><h2>Nos actes administratifs</h2><div class=cartes>{rows}</div><h2>Le bulletin</h2><p>Numéro 42</p>"


MAIRIE = Case(
    "mairie, actes administratifs",
    "Actes administratifs",
    (
        State("d'abord", frame(acts(ACTS))),
        State("compteurs et jetons", frame(acts(ACTS, sid="?sid=9f31"), day=1)),
        State("liste triée autrement", frame(acts(ACTS[::-1]), day=2)),
        State("un acte de plus", frame(acts([NEW_ACT, *ACTS]), day=3), alerts=True, told=NEW_ACT),
        State("mur de cookies", COOKIES),
        State("retour", frame(acts([NEW_ACT, *ACTS]), day=5)),
        State("bandeau à côté", frame(acts([NEW_ACT, *ACTS]), day=6, beside="<div class=colonne><h2>À la une</h2><ul class=liste-actes><li>Travaux rue Basse</li><li>Fête de la Loire</li></ul></div>")),
        State("refonte", frame(acts([NEW_ACT, *ACTS], theme="b"), day=7, theme="b")),
        State("page vide", EMPTY),
        State("acte après refonte", frame(acts([NEWER_ACT, NEW_ACT, *ACTS], theme="b"), day=9, theme="b"), alerts=True, told=NEWER_ACT),
        State("maintenance", UPKEEP),
        State("retour", frame(acts([NEWER_ACT, NEW_ACT, *ACTS], theme="b"), day=11, theme="b")),
    ),
)  # fmt: skip


def agenda(rows: Sequence[tuple[str, str]], *, updated: str) -> str:
    """Write the table of an agenda."""
    lines = "".join(
        f"<tr><td>{when}</td><td><a href=/a>{what}</a></td></tr>" for when, what in rows
    )
    return f"<h1>Agenda</h1><p>Mis à jour {updated}</p><table class=agenda><tr><th>Date</th><th>Rendez-vous</th></tr>{lines}</table><p>Partager</p>"


ROWS = [
    ("12 mars", "Conseil municipal, salle du conseil"), ("14 mars", "Marché des producteurs"),
    ("20 mars", "Réunion publique sur le plan de circulation"), ("2 avril", "Carnaval des écoles"),
]  # fmt: skip
MORE_ROWS = [*ROWS, ("9 avril", "Atelier compost au jardin partagé")]
AGENDA = Case(
    "agenda, en entier",
    "",
    (
        State("d'abord", frame(agenda(ROWS, updated="il y a 3 heures"))),
        State("l'âge change", frame(agenda(ROWS, updated="il y a 2 jours"), day=2)),
        State("rendez-vous ajouté", frame(agenda(MORE_ROWS, updated="à l'instant"), day=3), alerts=True, told="Atelier compost"),
        State("un instant", MOMENT.format(3)),
        State("un instant encore", MOMENT.format(4)),
        State("rendez-vous passé", frame(agenda(MORE_ROWS[1:], updated="il y a 1 jour"), day=6), alerts=True),
        State("capitales", frame(agenda([(a, b.upper()) for a, b in MORE_ROWS[1:]], updated="il y a 1 jour"), day=7)),
        State("date déplacée", frame(agenda([*MORE_ROWS[1:-1], ("16 avril", MORE_ROWS[-1][1])], updated="hier"), day=8), alerts=True, told="16 avril"),
    ),
    Watch(ignore=("Mis à jour",)),
)  # fmt: skip

OFFERS = [
    "Chargé de communication (h/f), service communication, titulaire ou contractuel",
    "Agent d'accueil à la médiathèque, temps non complet, catégorie C",
    "Jardinier municipal, service des espaces verts, catégorie C",
    "Directrice ou directeur de l'école de musique, catégorie A",
    "Technicien informatique, direction des systèmes d'information",
    "Policier municipal, brigade de soirée",
]


def jobs(offers: Sequence[str], *, day: int) -> str:
    """Write a page of jobs: cards that look alike."""
    cards = "".join(
        f"<div class=offre><h3>{one}</h3><p>Référence {len(one)} – consulter l'offre</p></div>"
        for one in offers
    )
    cards = cards or "<p>Aucune offre d'emploi n'est ouverte en ce moment.</p>"
    return (
        f"<h1>Recrutement</h1><div id=offres>{cards}</div><p>Offres consultées {310 + day} fois</p>"
    )


JOBS = Case(
    "recrutement",
    "Recrutement",
    (
        State("d'abord", frame(jobs(OFFERS, day=0))),
        State("un instant", MOMENT.format(1)),
        State("offre retirée", frame(jobs(OFFERS[:-1], day=2), day=2), alerts=True),
        State("plus aucune offre", frame(jobs((), day=3), day=3)),
        State("toujours aucune", frame(jobs((), day=4), day=4), alerts=True, told="Aucune offre"),
        State("nouvelle offre", frame(jobs([OFFERS[2], OFFERS[0]], day=5), day=5), alerts=True, told="Jardinier"),
        State("connexion", LOGIN),
    ),
    Watch(ignore=("consultées *",)),
)  # fmt: skip


def alert(level: str, *, text: str = "Pas de vigilance particulière.") -> str:
    """Write the page of a prefecture: one small block matters."""
    return (
        f"<h1>Préfecture de la Vaubre</h1><div id=vigilance class=encart><strong>Vigilance : {level}</strong>"
        f"<p>{text}</p></div><h2>Actualités</h2><ul><li>Cérémonie du 8 mai</li><li>Permis de conduire</li></ul>"
    )


RAIN = "Fortes pluies attendues dès 18 h : évitez les quais de la Vaubre."
PREFECTURE = Case(
    "préfecture, vigilance",
    "Vigilance",
    (
        State("d'abord", frame(alert("verte"))),
        State("autres nouvelles", frame(alert("verte").replace("Cérémonie du 8 mai", "Ouverture de la pêche"), day=1)),
        State("orange", frame(alert("orange", text=RAIN), day=2), alerts=True, told="orange"),
        State("robot", MOMENT.format(7)),
        State("capitales", frame(alert("ORANGE", text=RAIN), day=4)),
        State("verte de nouveau", frame(alert("verte"), day=5), alerts=True, told="verte"),
        State("page vide", EMPTY),
    ),
)  # fmt: skip

PLAN = [
    "La ville consulte les habitants sur le plan de circulation du centre, jusqu'au 30 avril 2026.",
    "Trois scénarios sont proposés : une boucle à sens unique, une rue piétonne, un statu quo amélioré.",
    "Chacun peut lire le dossier en mairie, aux heures d'ouverture, et donner son avis par écrit.",
    "Deux réunions publiques auront lieu, l'une au gymnase des Tanneurs, l'autre à la salle des fêtes.",
    "Le conseil municipal rendra sa décision en juin, après l'avis de la commission des mobilités.",
]


def consultation(texts: Sequence[str], *, count: int, updated: str) -> str:
    """Write the page of a consultation: prose, with a counter in it."""
    body = "".join(f"<p>{one}</p>" for one in texts)
    return f"<article><h1>Plan de circulation : donnez votre avis</h1><p>Mis à jour le {updated}</p>{body}<p>{count} contributions déposées</p></article>"


CONSULTATION = Case(
    "consultation",
    "",
    (
        State("d'abord", frame(consultation(PLAN, count=12, updated="3 mars 2026"))),
        State("contributions", frame(consultation(PLAN, count=1204, updated="9 mars 2026 à 10 h 30"), day=1)),
        State("connexion", LOGIN),
        State("délai prolongé", frame(consultation([PLAN[0].replace("30 avril", "15 mai"), *PLAN[1:]], count=1300, updated="10 mars"), day=3), alerts=True, told="15 mai"),
        State("maintenance", UPKEEP),
        State("bilan publié", frame(consultation([*PLAN[:1], *PLAN[1:], "Le bilan de la consultation est en ligne."], count=1300, updated="1er juin").replace("30 avril", "15 mai"), day=5), alerts=True, told="Le bilan"),
    ),
    Watch(ignore=("Mis à jour le *", "contributions déposées")),
)  # fmt: skip

CASES = (MAIRIE, AGENDA, JOBS, PREFECTURE, CONSULTATION)
