"""What belongs to the article, and what is the page around it, in text copied from a screen."""

from __future__ import annotations

import re
from typing import Final

from veille.domain.text import fold

_END: Final = re.compile(
    r"(?:partager(?: (?:cet article|sur .*|:))?|share(?: (?:on|this).*)?|tweet(?:er)?"
    r"|\[post-views\]|(?:une|\d+) pensees? sur .*|\d+ commentaires?|commentaires? ?:?"
    r"|laisser un commentaire.*|repondre(?: a .*)?|leave a (?:reply|comment).*|(?:a )?lire aussi.*"
    r"|articles? (?:similaires|lies)|related (?:posts|articles)|vous aimerez aussi.*"
    r"|votre adresse de messagerie ne sera pas publiee.*|permalink|tags? ?:.*)\s*\Z"
)
_BUTTONS: Final = re.compile(r"(?:share on |tweet about |partager sur |facebook|linkedin|whatsapp)")
# Short lines inside a page that lead elsewhere, in French and English.
_ASIDE: Final = re.compile(
    r"(?:(?:a |je )?lire (?:aussi|egalement|plus|la suite|l'article)|voir (?:aussi|egalement)"
    r"|sur le meme (?:sujet|theme)|pour aller plus loin|notre (?:dossier|selection)|a decouvrir"
    r"|(?:read|see|watch|hear) (?:more|also|next)|related(?: (?:articles?|stories|posts|content))?\b"
    r"|more (?:from|on|great|stories)\b|recommended|you (?:may|might) (?:also )?like|don't miss"
    r"|advertisement|publicite|passer la publicite|la suite apres (?:cette|la) publicite"
    r"|article content|partager|share(?: (?:on|this))?\b|suivez[- ]nous|follow us"
    r"|(?:inscrivez|abonnez)[- ]vous|s'inscrire|sign up|subscribe|get (?:our|the) newsletter"
    r"|recevez|newsletter|ecoutez? (?:cet|l')article|listen to this|temps de lecture"
    r"|(?:credits? )?photos? ?[:/]|\(photo|(?:image|photo) credit|credits? ?:|copyright|©"
    r"|tags? ?:|mots[- ]cles|cet article vous a|commentaires?\Z|comments?\Z|laissez un commentaire"
    r"|afficher les commentaires|show comments|retrouvez (?:cet article|toute? l)|en savoir plus\Z)"
)
_ADDRESS: Final = re.compile(r"https?://\S+\Z")
_LONGEST_ASIDE: Final = 30
_KEEP_AT_LEAST: Final = 0.35


def article_lines(text: str) -> list[str]:
    """Give the lines of the article, cut before sharing buttons, comments and forms.

    Only an ending is cut, never more than two thirds of the text: "Partager" may be a heading.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    total = sum(len(line) for line in lines) or 1
    before = 0
    for number, line in enumerate(lines):
        folded = fold(line.strip())
        is_end = _END.match(folded) or (len(folded) < 160 and len(_BUTTONS.findall(folded)) > 1)
        if is_end and before / total >= _KEEP_AT_LEAST:
            return lines[:number]
        before += len(line)
    return lines


def headline(lines: list[str]) -> tuple[str, list[str]]:
    """Part the title from the rest: the first line, when it is short and something follows."""
    for number, line in enumerate(lines):
        if line.strip():
            rest = lines[number + 1 :]
            line = re.sub(r"^#{1,6}\s+", "", line)
            is_title = len(line) <= 200 and any(one.strip() for one in rest)
            return (line.strip(), rest) if is_title else (line.strip()[:120], [])
    return "", []


def is_aside(line: str) -> bool:
    """Tell a line that leads away from the article: what to read next, a newsletter, a credit."""
    if _ADDRESS.match(line):
        return True
    return (
        line.count(" ") < _LONGEST_ASIDE
        and _ASIDE.match(fold(line).lstrip("\"'«» -–>•▶")) is not None
    )
