"""The half on which rules are tuned."""

from __future__ import annotations

from collections.abc import Iterator

from tests.walls.parts import Wall, article, cards, foot, linked, menu, page, prose, sentences

CONSENTS = {
    "didomi-fr": ("fr", "Radio Vaubrun", '<div id="didomi-host"><div class="didomi-popup-container"><div class="didomi-popup-notice" role="dialog"><p class="didomi-popup-notice-text">Avec votre accord, nos 312 partenaires et nous utilisons des cookies ou technologies similaires pour stocker, consulter et traiter des données personnelles comme votre visite sur ce site. Vous pouvez retirer votre consentement à tout moment.</p><p>Avec nos partenaires, nous traitons les données suivantes : publicités et contenu personnalisés, mesure de performance, études d\'audience.</p><button class="didomi-button">En savoir plus</button><button>Accepter et fermer</button><span>Continuer sans accepter</span></div></div></div>'),
    "didomi-en": ("en", "Westmere Gazette", '<div id="didomi-host"><div class="didomi-popup-notice"><h1>Welcome to the Gazette</h1><p>We and our 842 partners store and access information on your device, such as cookies, and process personal data to show you tailored ads and content, and to measure audiences.</p><p>You can change your mind at any time from our privacy policy.</p><p>Learn more · Agree and close</p></div></div>'),
    "onetrust-en": ("en", "Privacy choices", '<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk"><div id="onetrust-policy"><h2>We value your privacy</h2><p id="onetrust-policy-text">By clicking "Accept All Cookies", you agree to the storing of cookies on your device to enhance site navigation, analyze site usage and assist in our marketing efforts.</p></div><div><a href="#">Cookie Settings</a><p>Reject All</p><p>Accept All Cookies</p></div></div></div>'),
    "onetrust-fr": ("fr", "Votre vie privée", '<div id="onetrust-consent-sdk"><div role="dialog"><h2>Le respect de votre vie privée est notre priorité</h2><p>En cliquant sur « Tout accepter », vous acceptez le dépôt de cookies sur votre appareil afin d\'améliorer la navigation, d\'analyser l\'usage du site et de contribuer à nos efforts de marketing.</p><p>Tout refuser</p><p>Tout accepter</p><p>Paramètres des cookies</p></div></div>'),
    "sp-fr": ("fr", "Le Courrier de Vaubrun", '<div id="sp_message_container_1" class="sp_message"><div class="message-component"><p>Bienvenue ! Pour accéder gratuitement à ce site, acceptez l\'utilisation des cookies, ou abonnez-vous pour lire sans publicité ciblée.</p><p>Nous et nos partenaires déposons des traceurs afin de financer le travail de notre rédaction.</p><p>Refuser et s\'abonner : 1 € le premier mois</p><p>Accepter et continuer</p></div></div>'),
    "sp-en": ("en", "Westmere Post", '<div class="sp_message_container"><div class="message type-modal"><p>It is your choice</p><p>We need your consent before you read this page. We use cookies and similar tools to keep our site working, to measure it and to show ads. Our partners do the same.</p><p>Yes, I agree</p><p>Manage my choices</p></div></div>'),
    "quantcast-en": ("en", "Consent", '<div id="qc-cmp2-container"><div class="qc-cmp2-summary-section"><h2>We value your privacy</h2><p>We and our partners store or access information on devices, such as cookies and process personal data, such as unique identifiers and standard information sent by a device for personalised ads.</p><p>MORE OPTIONS</p><p>AGREE</p></div></div>'),
    "cookiebot-fr": ("fr", "Cookies", '<div id="CybotCookiebotDialog"><h2>Ce site web utilise des cookies</h2><p>Les cookies nous permettent de personnaliser le contenu et les annonces, d\'offrir des fonctionnalités relatives aux médias sociaux et d\'analyser notre trafic. Nous partageons aussi des informations sur l\'utilisation de notre site.</p><p>Nécessaires Préférences Statistiques Marketing</p><p>Autoriser tous les cookies</p></div>'),
    "axeptio-fr": ("fr", "Bonjour", '<div id="axeptio_overlay"><h2>Hello, c\'est nous... les cookies !</h2><p>On a attendu d\'être sûrs que le contenu de ce site vous intéresse avant de vous déranger, mais on aimerait bien vous accompagner pendant votre visite... C\'est OK pour vous ?</p><p>Consentements certifiés</p><p>Non merci</p><p>Je choisis</p><p>OK pour moi</p></div>'),
    "plain-en": ("en", "Cookie notice", '<div class="gdpr-wall"><h1>Before you continue</h1><p>Your privacy matters. This website uses cookies. Some are needed for the site to work, others help us improve it. Please accept cookies to view this content.</p><p><a href="/ok">Accept all</a> <a href="/no">Reject all</a></p></div>'),
}  # fmt: skip

ROBOTS = {
    "cf-en": page('<div class="main-wrapper"><h1 class="zone-name-title">news.example</h1><h2>Checking if the site connection is secure</h2><div id="challenge-stage"></div><noscript>Enable JavaScript and cookies to continue</noscript><p>news.example needs to review the security of your connection before proceeding.</p></div><script>window._cf_chl_opt={cvId:"2"};</script><footer>Ray ID: 7a1bc Performance &amp; security by Cloudflare</footer>', title="Just a moment...", lang="en", bare=True),
    "cf-fr": page('<div class="main-wrapper"><h1>journal.example</h1><h2>Vérification de la sécurité de votre connexion en cours</h2><div id="cf-challenge"></div><p>journal.example doit vérifier la sécurité de votre connexion avant de continuer.</p></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>', title="Un instant…", bare=True),
    "datadome": page('<p id="cmsg">Please enable JS and disable any ad blocker</p><script>var dd={"rt":"c","host":"geo.captcha-delivery.com"}</script><script src="https://ct.captcha-delivery.com/c.js"></script>', title="news.example", lang="en", bare=True),
    "px": page('<div id="px-captcha"></div><h1>Access to this page has been denied</h1><p>Because we believe you are using automation tools to browse the website.</p><p>This may happen as a result of the following: Javascript is disabled or blocked by an extension. Your browser does not support cookies.</p><p>Reference ID: #5f2d</p>', title="Access to this page has been denied.", lang="en", bare=True),
    "incapsula": page('<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=4-1">Request unsuccessful. Incapsula incident ID: 891-43</iframe>', title="", lang="en", bare=True),
    "akamai": page('<h1>Access Denied</h1><p>You don\'t have permission to access "http://news.example/story" on this server.</p><p>Reference #18.5f1c1602.1700000000.2a3b</p>', title="Access Denied", lang="en", bare=True),
    "recaptcha-fr": page('<h1>Êtes-vous un robot ?</h1><p>Notre système a détecté un trafic inhabituel en provenance de votre réseau. Cochez la case ci-dessous pour poursuivre votre lecture.</p><form><div class="g-recaptcha" data-sitekey="x"></div></form>', title="Contrôle", bare=True),
    "403-nginx": page("<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>", title="403 Forbidden", lang="en", bare=True),
    "429": page("<h1>Too Many Requests</h1><p>You have sent too many requests in a given amount of time. Please try again later.</p>", title="429 Too Many Requests", lang="en", bare=True),
}  # fmt: skip

PAYS = {
    "monde-like": ("fr", 3, '<section class="paywall"><p>Il vous reste 68.4% de cet article à lire. La suite est réservée aux abonnés.</p></section>'),
    "box-fr": ("fr", 2, '<div class="article__paywall"><h3>Cet article est réservé aux abonnés</h3><p>Profitez de tous nos contenus en illimité dès 1 € le premier mois.</p><a href="/abo">Je m\'abonne</a> <p>Déjà abonné ? <a href="/login">Connectez-vous</a></p></div>'),
    "continue-fr": ("fr", 1, '<div class="offer"><p>Abonnez-vous pour lire la suite de cet article.</p></div>'),
    "credits-fr": ("fr", 2, '<div class="premium-wall"><p>Article payant : achetez-le à l\'unité (2 €) ou connectez-vous à votre compte.</p></div>'),
    "exclu-fr": ("fr", 2, '<div class="locked"><p>Contenu exclusif pour nos abonnés</p><p>Testez sans engagement</p></div>'),
    "meter-en": ("en", 2, '<div class="meter"><p>You have reached your limit of free articles this month.</p><p>Subscribe now for unlimited access.</p></div>'),
    "subs-en": ("en", 2, '<div class="gate"><h2>This article is for subscribers only</h2><p>Already a subscriber? <a href="/l">Log in</a></p></div>'),
    "continue-en": ("en", 3, '<div class="regwall"><p>Create a free account to continue reading.</p><a href="/r">Register</a></div>'),
    "unlock-en": ("en", 1, '<div class="piano-offer"><p>Subscribe to unlock this article and get full access to everything we publish.</p></div>'),
    "log-fr": ("fr", 2, '<div class="wall"><p>Créez un compte gratuit pour continuer votre lecture, ou identifiez-vous.</p></div>'),
}  # fmt: skip

HEADLINES_FR = (
    "Le maire de Vaubrun réélu de justesse",
    "Un cirque s'installe sur la place",
    "Pluie record au barrage",
    "Les Lions gagnent à Brissac",
    "La bibliothèque rouvre",
    "Grève des bacs lundi",
    "Un nouveau chef à l'auberge",
    "Trois ponts à réparer",
    "Le lycée fête ses cent ans",
    "Marché de Noël avancé",
    "Moins de bus l'été",
    "La fanfare recrute",
)
HEADLINES_EN = (
    "Mayor of Westmere wins again",
    "Circus comes to the square",
    "Record rain at the dam",
    "Lions win at Brissby",
    "Library opens again",
    "Ferry strike on Monday",
    "New chef at the inn",
    "Three bridges to mend",
    "School turns one hundred",
    "Christmas market early",
    "Fewer buses in summer",
    "Band seeks players",
)


def every() -> Iterator[Wall]:
    """Give every page of this half."""
    for name, (lang, title, dialog) in CONSENTS.items():
        yield Wall(
            f"consent-{name}", page(dialog, title=title, lang=lang, bare=True), ("wall",), "consent"
        )
        if name in {
            "didomi-fr",
            "onetrust-en",
            "sp-fr",
            "quantcast-en",
            "cookiebot-fr",
            "axeptio-fr",
        }:
            yield Wall(
                f"banner-{name}", article(7, title=title, lang=lang, after=dialog), ("complete",)
            )
    yield Wall(
        "consent-with-menu",
        page(
            f"<h1>Un cirque à Vaubrun</h1>{CONSENTS['didomi-fr'][2]}", title="Un cirque à Vaubrun"
        ),
        ("wall",),
        "consent",
    )
    for name, html in ROBOTS.items():
        yield Wall(
            f"robot-{name}",
            html,
            ("wall", "not_article") if name in {"403-nginx", "429"} else ("wall",),
            "robot",
        )
    for name, (lang, count, box) in PAYS.items():
        yield Wall(
            f"pay-{name}",
            article(count, title="Les quais de Vaubrun", lang=lang, inside=box),
            ("truncated",),
        )
    yield from _pays_by_data()
    yield from _softs()
    yield from _errors()
    yield from _lists()
    yield from _shells()
    yield from _whole()


def _pays_by_data() -> Iterator[Wall]:
    told = {
        "@type": "NewsArticle",
        "headline": "Les quais",
        "isAccessibleForFree": False,
        "hasPart": {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".paywalled",
        },
    }
    yield Wall("data-not-free", article(2, title="Les quais", head=linked(**told)), ("truncated",))
    yield Wall(
        "data-not-free-en",
        article(
            3,
            title="The market",
            lang="en",
            head=linked(**(told | {"headline": "The market", "isAccessibleForFree": "False"})),
        ),
        ("truncated",),
    )
    yield Wall(
        "data-count",
        article(2, title="Les quais", head=linked(**(told | {"wordCount": 940}))),
        ("truncated",),
    )
    yield Wall(
        "data-count-fade",
        article(
            2,
            title="Les quais",
            head=linked(**{"@type": "NewsArticle", "headline": "Les quais", "wordCount": 1200}),
            inside='<div class="paywall-fade"></div><p class="cta">Lire en illimité pour 1 €</p>',
        ),
        ("truncated",),
    )
    yield Wall(
        "ends-cut",
        article(
            1,
            title="Les quais",
            inside='<p>La préfecture, qui avait refusé le permis en juin, devra désormais…</p><div class="paywall"><p>Abonnez-vous dès 1 € par mois</p></div>',
        ),
        ("truncated",),
    )
    yield Wall(
        "ends-cut-en",
        article(
            1,
            title="The market",
            lang="en",
            inside='<p>The county, which had refused the permit in June, will now have to [...]</p><div class="subscriber-only"><p>Unlock this story. Subscribe today.</p></div>',
        ),
        ("truncated",),
    )


def _softs() -> Iterator[Wall]:
    hidden = f'<div class="paywall-content is-hidden">{prose(8, start=6)}</div><div class="paywall"><p>Cet article est réservé aux abonnés. Déjà abonné ? Connectez-vous</p></div>'
    yield Wall("soft-class", article(2, title="Les quais", inside=hidden), ("complete",))
    told = linked(
        **{
            "@type": "NewsArticle",
            "headline": "Les quais",
            "isAccessibleForFree": False,
            "wordCount": 470,
        }
    )
    yield Wall("soft-data", article(10, title="Les quais", head=told), ("complete",))
    yield Wall(
        "subscriber-copy",
        article(9, title="Les quais", head=told, before='<p class="badge">Réservé aux abonnés</p>'),
        ("complete",),
    )
    yield Wall(
        "subscriber-copy-en",
        article(
            9, title="The market", lang="en", before='<span class="badge">Subscribers only</span>'
        ),
        ("complete",),
    )


def _errors() -> Iterator[Wall]:
    yield Wall(
        "404-fr",
        page(
            "<h1>Oups, page introuvable</h1><p>La page que vous cherchez a peut-être été supprimée ou déplacée.</p><p>Retour à l'accueil</p>",
            title="Erreur 404",
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "404-en",
        page(
            "<h1>404</h1><p>Sorry, we couldn't find the page you were looking for.</p><p>Go back home or try a search.</p>",
            title="Page not found",
            lang="en",
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "410-fr",
        page(
            "<h1>Contenu retiré</h1><p>Cet article n'est plus disponible.</p>",
            title="410 - Contenu supprimé",
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "500-en",
        page(
            "<h1>500 Internal Server Error</h1><p>Something went wrong on our end. Please try again later.</p>",
            title="Internal Server Error",
            lang="en",
            bare=True,
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "503-maintenance",
        page(
            "<h1>Site en maintenance</h1><p>Nous revenons très vite. Merci de votre patience.</p>",
            title="Maintenance",
            bare=True,
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "502",
        page(
            "<h1>Error 502</h1><p>Bad gateway. The web server reported a bad gateway error.</p>",
            title="news.example | 502: Bad gateway",
            lang="en",
            bare=True,
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "404-with-list",
        page(
            "<h1>Page introuvable</h1><p>Cette page n'existe plus. Nos derniers articles :</p>"
            + cards(HEADLINES_FR),
            title="Page introuvable",
        ),
        ("not_article",),
    )


def _lists() -> Iterator[Wall]:
    leads = tuple(sentences(1, start=number) for number in range(6))
    yield Wall(
        "home-fr",
        page(
            cards(HEADLINES_FR, lead=leads),
            title="Le Courrier de Vaubrun - Actualités en direct",
            head='<meta property="og:type" content="website">',
        ),
        ("not_article",),
        "listing",
    )
    yield Wall(
        "home-en",
        page(
            cards(HEADLINES_EN),
            title="Westmere Gazette: news and views",
            lang="en",
            head='<meta property="og:type" content="website">'
            + linked(**{"@type": "WebSite", "name": "Gazette"}),
        ),
        ("not_article",),
    )
    yield Wall(
        "section-fr",
        page(
            "<h1>Culture</h1>" + cards(HEADLINES_FR, lead=leads),
            title="Culture : toute l'actualité",
            head=linked(**{"@type": "CollectionPage", "name": "Culture"}),
        ),
        ("not_article",),
        "listing",
    )
    yield Wall(
        "section-en",
        page(
            "<h1>Business</h1>"
            + cards(HEADLINES_EN, lead=tuple(sentences(1, lang="en", start=n) for n in range(6))),
            title="Business news",
            lang="en",
            head='<meta property="og:type" content="website">',
        ),
        ("not_article",),
    )
    results = "".join(
        f'<li class="result"><a href="/x/{n}">{one}</a><p>… {sentences(1, start=n)[:70]} …</p></li>'
        for n, one in enumerate(HEADLINES_FR)
    )
    yield Wall(
        "search-fr",
        page(
            f'<form><input name="q" value="quais"></form><h1>12 résultats pour « quais »</h1><ol>{results}</ol>',
            title="Recherche : quais",
            head=linked(**{"@type": "SearchResultsPage"}),
        ),
        ("not_article",),
    )
    yield Wall(
        "search-none",
        page(
            "<h1>Résultats de recherche</h1><p>Aucun résultat pour « quaiz ».</p>",
            title="Recherche",
        ),
        ("not_article",),
    )
    tags = "".join(
        f'<li><h2><a href="/t/{n}">{one}</a></h2></li>' for n, one in enumerate(HEADLINES_EN)
    )
    yield Wall(
        "tag-en",
        page(
            f"<h1>Tag: harbour</h1><ul>{tags}</ul><p>Page 1 of 14 <a href=?p=2>Next</a></p>",
            title="harbour Archives",
            lang="en",
        ),
        ("not_article",),
    )


def _shells() -> Iterator[Wall]:
    yield Wall(
        "spa-en",
        page(
            '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/js/main.js"></script>',
            title="Gazette",
            lang="en",
            bare=True,
        ),
        ("empty",),
        "no_text",
    )
    yield Wall(
        "spa-vue",
        page(
            '<noscript><strong>Nous sommes désolés, ce site ne fonctionne pas sans JavaScript.</strong></noscript><div id="app"></div><script>window.__STATE__={}</script>',
            title="Courrier",
            bare=True,
        ),
        ("empty",),
        "no_text",
    )
    yield Wall(
        "refresh",
        page(
            '<p>Si vous n\'êtes pas redirigé, <a href="/autre">cliquez ici</a>.</p>',
            title="Redirection",
            head='<meta http-equiv="refresh" content="0; url=/autre">',
            bare=True,
        ),
        ("not_article", "empty"),
    )
    yield Wall(
        "pdf-embed",
        page(
            '<embed type="application/pdf" src="/rapport.pdf" width="100%" height="100%">',
            title="rapport.pdf",
            bare=True,
        ),
        ("empty", "not_article"),
    )
    yield Wall(
        "pdfjs",
        page(
            '<div id="outerContainer"><div id="toolbarViewer"><button>Previous</button><button>Next</button><span>Page: of 12</span><button>Zoom In</button></div><div id="viewerContainer"><div id="viewer" class="pdfViewer"></div></div></div>',
            title="PDF.js viewer",
            lang="en",
            bare=True,
        ),
        ("empty", "not_article"),
    )
    yield Wall(
        "video-fr",
        page(
            '<h1>Le chantier filmé par un drone</h1><div class="player"><video src="/v.mp4"></video></div><p>Durée : 2 min 14</p><p>Partager</p>',
            title="Vidéo : le chantier",
            head='<meta property="og:type" content="video.other">'
            + linked(**{"@type": "VideoObject", "name": "Le chantier"}),
        ),
        ("not_article", "empty"),
    )
    yield Wall(
        "gallery-en",
        page(
            "<h1>The harbour in pictures</h1>"
            + "".join(
                f'<figure><img src="/p{n}.jpg"><figcaption>{n} / 9 Photo A. Lorne</figcaption></figure>'
                for n in range(1, 10)
            ),
            title="In pictures",
            lang="en",
            head=linked(**{"@type": "ImageGallery"}),
        ),
        ("not_article", "empty"),
    )
    yield Wall(
        "login-fr",
        page(
            '<h1>Connexion</h1><form><label>Adresse e-mail</label><input type=email><label>Mot de passe</label><input type=password><a href="/oubli">Mot de passe oublié ?</a></form><p>Pas encore de compte ? Créez-en un.</p>',
            title="Se connecter",
        ),
        ("wall", "not_article"),
        "login",
    )
    yield Wall(
        "login-en",
        page(
            '<h1>Sign in</h1><form action="/login"><p>Email</p><input name=e><p>Password</p><input type="password"></form><p>Forgot password? New here? Create an account.</p>',
            title="Sign in",
            lang="en",
            bare=True,
        ),
        ("wall", "not_article"),
        "login",
    )


def _whole() -> Iterator[Wall]:
    yield Wall("brief-fr", article(1, title="Brève", start=0), ("complete",))
    yield Wall("brief-en", article(1, title="Ferry strike", lang="en", start=4), ("complete",))
    yield Wall(
        "brief-two",
        page(
            f"<article><h1>Grève des bacs</h1><p>{sentences(2, start=4)}</p><p>{sentences(1, start=6)}</p></article>",
            title="Grève des bacs",
        ),
        ("complete",),
    )
    about_cookies = "<p>La CNIL a infligé une amende de dix millions d'euros à un éditeur dont le bandeau ne permettait pas de refuser les cookies aussi simplement que de les accepter.</p><p>« Tout accepter » s'affichait en vert, « continuer sans accepter » en gris pâle.</p><p>Le site a trois mois pour se mettre en conformité, sous astreinte.</p><p>L'éditeur a annoncé un recours devant le Conseil d'État.</p>"
    yield Wall(
        "about-cookies",
        page(
            f"<article><h1>Cookies : une amende record</h1>{about_cookies}</article>",
            title="Cookies : une amende record",
        ),
        ("complete",),
    )
    about_walls = (
        '<p>More and more papers ask readers to subscribe to continue reading, and the share of stories behind a paywall has doubled in five years.</p><p>A study counted forms of words such as "this article is for subscribers only" on nine hundred sites.</p><p>Its author says that small papers gain little from it.</p>'
        + prose(2, lang="en")
    )
    yield Wall(
        "about-paywalls",
        page(
            f"<article><h1>Behind the wall</h1>{about_walls}</article>",
            title="Behind the wall",
            lang="en",
        ),
        ("complete",),
    )
    about_captcha = "<p>Prouver que l'on n'est pas un robot devient un casse-tête pour les lecteurs aveugles.</p><p>Une association demande que les captchas visuels soient interdits dans les services publics.</p><p>Le ministère promet une réponse avant l'été, et cite l'exemple de trois mairies qui y ont renoncé.</p>"
    yield Wall(
        "about-captcha",
        page(
            f"<article><h1>Les captchas, un mur pour les aveugles</h1>{about_captcha}</article>",
            title="Les captchas",
        ),
        ("complete",),
    )
    about_404 = (
        "<p>Quand un site affiche « page introuvable », le lecteur s'en va : c'est ce que montre une étude.</p><p>Les auteurs ont suivi neuf cents visiteurs pendant un mois.</p>"
        + prose(1)
    )
    yield Wall(
        "about-404",
        page(
            f"<article><h1>Erreur 404, mode d'emploi</h1>{about_404}</article>",
            title="Erreur 404, mode d'emploi",
        ),
        ("complete",),
    )
    yield Wall(
        "newsletter-fr",
        article(
            5,
            title="Les quais",
            inside="<aside class=\"nl\"><h4>Abonnez-vous à notre newsletter</h4><p>Recevez chaque matin l'essentiel de l'actualité.</p><form><input type=email></form></aside>",
        ),
        ("complete",),
    )
    yield Wall(
        "newsletter-en",
        article(
            5,
            title="The market",
            lang="en",
            inside='<div class="box"><p>Sign up to our newsletter to continue reading stories like this every Friday.</p></div>',
        ),
        ("complete",),
    )
    yield Wall(
        "support-fr",
        article(
            6,
            title="Les quais",
            inside='<div class="don"><p>Ce média est gratuit et sans publicité. Soutenez-nous : faites un don ou abonnez-vous.</p></div>',
        ),
        ("complete",),
    )
    teasers = "".join(
        f'<li><a href="/s/{n}">{one}</a> <span>Réservé aux abonnés</span></li>'
        for n, one in enumerate(HEADLINES_FR[:5])
    )
    yield Wall(
        "teasers-reserved",
        article(
            4, title="Les quais", after=f"<aside><h3>À lire aussi</h3><ul>{teasers}</ul></aside>"
        ),
        ("complete",),
    )
    yield Wall(
        "ellipsis-end",
        article(5, title="Les quais", inside="<p>Reste à savoir quand finira le chantier…</p>"),
        ("complete",),
    )
    yield Wall(
        "signature-end", article(5, title="Les quais", inside="<p>Jeanne Lormel</p>"), ("complete",)
    )
    yield Wall(
        "recaptcha-comments",
        article(
            4,
            title="The market",
            lang="en",
            after='<section class="comments"><form><div class="g-recaptcha"></div></form></section>',
        ),
        ("complete",),
    )
    yield Wall(
        "cf-email",
        article(
            2,
            title="Brève du soir",
            after='<a class="__cf_email__">[email protected]</a><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        ),
        ("complete",),
    )
    yield Wall(
        "free-cut",
        article(
            3,
            title="Les quais",
            head=linked(
                **{"@type": "NewsArticle", "headline": "Les quais", "isAccessibleForFree": True}
            ),
        ),
        ("complete",),
    )
    yield Wall(
        "bare-article",
        f"<html><head><title>Note</title></head><body>{menu()}<h1>Note</h1>{prose(3)}{foot()}</body></html>",
        ("complete",),
    )
    yield from _briefs()


BRIEFS = {
    "police-en": ("en", "Police were called to Low Street on Sunday night after neighbours reported suspicious activity near the bank. The road was blocked by two patrol cars for an hour. Access was restricted until dawn, and a man aged 34 was held for questioning before he was let go."),
    "cyber-en": ("en", "The county library said on Monday that its catalogue had been hit by malicious traffic. Automated requests from abroad slowed the site for two days. The county has hired a security firm, and loans are free of fines until the end of the month."),
    "route-fr": ("fr", "La route du col est bloquée depuis dimanche par un éboulement. L'accès est interdit aux poids lourds, et limité pour les voitures. La préfecture espère une réouverture vendredi. Les riverains peuvent passer à pied, de six heures à vingt heures."),
    "panne-fr": ("fr", "Le site de la mairie est en maintenance jusqu'à lundi. Le service des naissances est momentanément indisponible en ligne, et les guichets restent ouverts. Une panne électrique a endommagé deux serveurs samedi. La mairie présente ses excuses aux habitants."),
    "404-en": ("en", "A small town in the hills has named its new pub Page Not Found. The owner, who used to build sites for banks, opened it on Friday with three beers of his own. Neighbours say that it is easy to miss, and that this is rather the point."),
    "abonnes-fr": ("fr", "Le quotidien de Vaubrun change de formule lundi. Ses articles d'opinion seront réservés aux abonnés, et les faits divers resteront gratuits. La direction promet deux pages locales de plus. Le prix ne bouge pas, à un euro vingt le numéro."),
    "traceurs-fr": ("fr", "La mairie installera des traceurs sur ses quarante camions dès mars. Les conducteurs, inquiets pour leurs données personnelles, ont obtenu que les relevés soient effacés chaque soir. Un bilan sera présenté en juin au comité social."),
    "login-en": ("en", "Pupils in Westmere will sign in with a card from Monday. The school has bought forty readers, and forgotten passwords will no longer cost lessons. Parents may say no until Friday. A report is due at Easter, the head teacher said."),
    "results-fr": ("fr", "Résultats de la recherche : trois équipes de Vaubrun ont mesuré le sel de la rivière. Elles ont trouvé deux fois moins de chlorures qu'en 2010. L'étude, payée par la région, sera suivie d'une autre au printemps, sur les poissons cette fois."),
}  # fmt: skip


def _briefs() -> Iterator[Wall]:
    """Give short news that uses the words of walls."""
    for name, (lang, text) in BRIEFS.items():
        yield Wall(
            f"brief-{name}",
            page(f"<article><h1>En bref</h1><p>{text}</p></article>", title="En bref", lang=lang),
            ("complete",),
        )
