"""Pages written when the rules were done: the first run on them told what strange pages give."""

from __future__ import annotations

from tests.watched.follow import Case, State
from veille.feeds.watching import Watch

CAPTCHA = (
    "<html><head><title>Vérification</title></head><body><div class=container><h1>Un instant…</h1><p>"
    "Vérification que vous êtes un humain. Cela peut prendre quelques secondes.</p></div></body></html>"
)
BLANK = "<html><head><title>Commune</title></head><body><div id=content class=container></div></body></html>"
LATER = (
    "<html><head><title>Portail</title></head><body><div id=content class=container><h1>Nous revenons "
    "bientôt</h1><p>Une opération technique est en cours.</p></div></body></html>"
)


def site(body: str, *, day: int, old: bool = True) -> str:
    """Put a body in the page of a syndicate: menus, breadcrumb, share buttons, the hour."""
    menu = (
        "<ul>"
        + "".join(
            f"<li><a href='/r{n}?PHPSESSID={day}f{n}'>Rubrique {n}</a></li>" for n in range(6)
        )
        + "</ul>"
    )
    if old:
        return (
            f"<html><body><div id=header>{menu}</div><div id=content class='container theme-{day % 3}'><p class=fil>Accueil &gt; "
            f"Page</p>{body}<div class=partage>Partager : Facebook ({day * 3}) – Imprimer</div></div><div id=bottom>"
            f"{14 + day} °C à Vaubrun, 1{day % 9}:{day:02}</div></body></html>"
        )
    return (
        f"<html><body class=v2><header role=banner>{menu}</header><div data-x={day} class=shell><nav aria-label=fil>Accueil"
        f"</nav><div role=main class=shell__main>{body}</div><aside class=shell__aside>{14 + day} °C à Vaubrun</aside></div></body></html>"
    )


REPORTS = [
    f"Compte rendu du {d}"
    for d in ("18 décembre 2025", "20 novembre 2025", "16 octobre 2025", "11 septembre 2025")
]
HEALTH = [
    "Canicule : le plan bleu est levé",
    "Collecte de sang le 12 juillet",
    "Moustique tigre : les bons gestes",
]


def reports(items: list[str], *, new: bool = False) -> str:
    """Write the minutes of a council, in two designs."""
    if new:
        rows = "".join(
            f"<a class=doc href=/d/{len(one)}><span class=doc__t>{one}</span><span class=doc__w>PDF, 1,2 Mo</span></a><br><br>"
            for one in items
        )
        return f"<h1>Vie municipale</h1><h2 class=t2>Comptes rendus du conseil</h2><div class=docs>{rows}</div><h2 class=t2>Élus</h2><p>Claire Aubin, maire</p>"
    rows = "".join(f"<p><a href=/d/{len(one)}>{one}</a> (PDF, 1,2 Mo)</p>" for one in items)
    return f"<h1>Vie municipale</h1><h3>Comptes rendus du conseil</h3>{rows}<h3>Élus</h3><p>Claire Aubin, maire</p><p>Jean Morel, premier adjoint</p>"


MINUTES = Case(
    "comptes rendus du conseil",
    "Comptes rendus",
    (
        State("d'abord", site(reports(REPORTS), day=0)),
        State("le lendemain", site(reports(REPORTS), day=1)),
        State("élue nouvelle", site(reports(REPORTS).replace("Jean Morel", "Awa Diallo"), day=2)),
        State("compte rendu ajouté", site(reports(["Compte rendu du 22 janvier 2026", *REPORTS]), day=3), alerts=True, told="22 janvier 2026"),
        State("humain ?", CAPTCHA),
        State("vide", BLANK),
        State("bientôt", LATER),
        State("retour", site(reports(["Compte rendu du 22 janvier 2026", *REPORTS]), day=7)),
    ),
    url="https://commune.example/comptes-rendus",
)  # fmt: skip

TABLE = [
    ("A 69", "Travaux de nuit", "jusqu'au 14 mars"),
    ("RD 7", "Route barrée", "du 2 au 6 mars"),
    ("Quai Nord", "Alternat", "jusqu'au 20 mars"),
]


def roads(rows: list[tuple[str, str, str]], *, day: int) -> str:
    """Write a table of closed roads."""
    told = "".join(
        f"<tr class='l{n % 2}'><td>{a}</td><td>{b}</td><td>{c}</td></tr>"
        for n, (a, b, c) in enumerate(rows)
    )
    return f"<h1>Info route</h1><p>Actualisé à 1{day % 9} h {day:02}</p><table id=t{day}8812><thead><tr><th>Voie</th><th>Nature</th><th>Dates</th></tr></thead><tbody>{told}</tbody></table>"


ROADS = Case(
    "routes barrées",
    "Voie Nature",
    (
        State("d'abord", site(roads(TABLE, day=0), day=0)),
        State("actualisé", site(roads(TABLE, day=1), day=1)),
        State("ordre", site(roads(TABLE[::-1], day=2), day=2)),
        State("ligne de plus", site(roads([*TABLE, ("RD 31", "Inondation", "durée inconnue")], day=3), day=3), alerts=True, told="RD 31"),
        State("humain ?", CAPTCHA),
        State("dates changées", site(roads([TABLE[0], ("RD 7", "Route barrée", "du 2 au 13 mars"), TABLE[2], ("RD 31", "Inondation", "durée inconnue")], day=5), day=5), alerts=True, told="13 mars"),
        State("refonte", site(roads([TABLE[0], ("RD 7", "Route barrée", "du 2 au 13 mars"), TABLE[2], ("RD 31", "Inondation", "durée inconnue")], day=6), day=6, old=False)),
    ),
    url="https://routes.example/",
)  # fmt: skip


def health(items: list[str], *, day: int, seen: int) -> str:
    """Write short news with the number of times they were read."""
    rows = "".join(
        f"<div class=breve><h4>{one}</h4><p>Lu {seen + n} fois – il y a {day + n + 1} jours</p></div>"
        for n, one in enumerate(items)
    )
    return f"<h1>Agence de santé</h1><div class=breves><h2>Brèves</h2>{rows}</div><div class=breves><h2>Appels à projets</h2><p>Santé mentale des jeunes, avant le 30 juin</p></div>"


BRIEFS = Case(
    "brèves avec compteurs de lectures",
    "Brèves",
    (
        State("d'abord", site(health(HEALTH, day=0, seen=10), day=0)),
        State("lectures", site(health(HEALTH, day=1, seen=480), day=1)),
        State("appel à projets changé", site(health(HEALTH, day=2, seen=490).replace("30 juin", "15 juillet"), day=2)),
        State("brève de plus", site(health(["Alerte pollens : niveau rouge", *HEALTH], day=3, seen=500), day=3), alerts=True, told="Alerte pollens"),
        State("vide", BLANK),
        State("retour", site(health(["Alerte pollens : niveau rouge", *HEALTH], day=5, seen=501), day=5)),
        State("refonte", site(health(["Alerte pollens : niveau rouge", *HEALTH], day=6, seen=502).replace("breves", "c-news").replace("h4", "h3"), day=6, old=False)),
    ),
    Watch(ignore=("Lu * fois",)),
    url="https://sante.example/",
)  # fmt: skip

CASES = (MINUTES, ROADS, BRIEFS)
