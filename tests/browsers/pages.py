"""The pages that browsers are shown: all that a page in hand has and a fetched one has not."""

from __future__ import annotations

from typing import Any, Final

_ARTICLE: Final = """<!doctype html>
<html lang="fr"><head>
<meta charset="utf-8"><title>La passerelle du canal rouvre — Le Courrier fictif</title>
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-04"}</script>
<script>const secret = "un programme";</script>
</head><body>
<h1>La passerelle du canal rouvre</h1>
<p id="lead">Après dix mois de travaux, la <b>passerelle</b> a rouvert lundi&nbsp;🙂.</p>
<blockquote id="said">« Nous l’attendions tous », a dit la maire.</blockquote>
<form><input type="hidden" name="jeton" value="ne-pas-garder"></form>
<noscript><img src="/photo.png" alt="La passerelle"></noscript>
<template><p>Jamais montré</p></template>
<!-- un commentaire -->
<closed-box><photo-legend><span slot="who">Photo : la ville</span></photo-legend></closed-box>
<img id="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" srcset="/photo.png 1x">
<script>
  customElements.define("photo-legend", class extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({mode: "open"}).innerHTML = "<em>Légende :</em> <slot name=who></slot>";
    }
  });
  customElements.define("closed-box", class extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({mode: "closed"}).innerHTML =
        "<p>Dans une boîte fermée</p><div><slot></slot><slot name=none><i>À défaut</i></slot></div>";
    }
  });
  const late = document.createElement("p");
  late.textContent = "Ce paragraphe vient d’un programme.";
  document.body.append(late);
</script>
</body></html>
"""

_VAST: Final = """<!doctype html><html lang="fr"><title>Vaste</title><body><p hidden></p><script>
  const size = Number(location.search.slice(1)) * 1024 * 1024;
  document.querySelector("p").append("é".repeat(size / 2));
</script></body></html>
"""

# A site that forbids everything it can to whoever runs in its pages.
_STRICT: Final = """<!doctype html><html lang="fr"><head><title>Strict</title>
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'">
</head><body><h1>Rien ne passe</h1><noscript><p>Sans programme</p></noscript>
<form name="title"><input name="childElementCount"></form></body></html>
"""

_FRAME: Final = """<!doctype html><html lang="fr"><title>Cadre</title>
<body><p>Autour</p><iframe src="/article"></iframe></body></html>
"""

_PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

_PHOTO: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf50000004000180a9d3cb5b0000000049454e44ae426082"
)

_HTML: Final = "text/html; charset=utf-8"
PAGES: Final = {
    "/article": (_HTML, _ARTICLE.encode()),
    "/vast": (_HTML, _VAST.encode()),
    "/strict": (_HTML, _STRICT.encode()),
    "/frame": (_HTML, _FRAME.encode()),
    "/report.pdf": ("application/pdf", _PDF),
    "/photo.png": ("image/png", _PHOTO),
}


def assert_whole(told: dict[str, Any], address: str) -> None:
    """Check the gesture that clipped the article: all that a reader saw of it, and no more."""
    site = address.partition("/article")[0]
    expected = {"gesture": "page", "url": address, "lang": "fr", "referrer": "", "v": 1}
    assert {name: told[name] for name in expected} == expected
    assert told["title"] == "La passerelle du canal rouvre — Le Courrier fictif"
    assert told["captured_at"].startswith("20")
    page = told["html"]
    assert page.startswith("<!doctype html>")
    for seen in (
        "lundi&nbsp;🙂",
        "Ce paragraphe vient d’un programme.",
        "<p>Dans une boîte fermée</p><div><photo-legend><em>Légende :</em> <span",
        ">Photo : la ville</span></photo-legend><i>À défaut</i></div></closed-box>",
        '{"@type": "NewsArticle"',
        '<noscript><img src="/photo.png"',
        f'src="{site}/photo.png" srcset',
    ):
        assert seen in page
    for unseen in ("secret", "customElements", "Jamais montré", "un commentaire", "ne-pas-garder"):
        assert unseen not in page
