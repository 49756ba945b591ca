"""The second half: seen twice since (see tests/unit/test_walls.py), so no longer unseen."""

from __future__ import annotations

from collections.abc import Iterator

from tests.walls.parts import Wall, article, cards, foot, linked, menu, page, prose, sentences

CONSENTS = {
    "trustarc-en": ("en", "Cookie preferences", '<div id="truste-consent-track"><div class="truste-consent-content"><h2>Your cookie choices</h2><p>This site uses cookies and related technologies for site operation, analytics and third party advertising purposes as described in our notice. You may choose to consent to our use of these technologies.</p><p>Agree and proceed</p><p>Required only</p></div></div>'),
    "usercentrics-fr": ("fr", "Paramètres de confidentialité", '<div id="usercentrics-root"><div data-testid="uc-banner-content"><h1>Paramètres de confidentialité</h1><p>Ce site utilise des technologies de suivi de sites tiers afin de fournir ses services, de les améliorer sans cesse et d\'afficher des publicités qui correspondent aux intérêts des utilisateurs. J\'accepte et peux révoquer mon consentement à tout moment.</p><p>Plus d\'informations</p><p>Refuser</p><p>Accepter tout</p></div></div>'),
    "tarteaucitron-fr": ("fr", "La Dépêche des îles", '<div id="tarteaucitronRoot"><div id="tarteaucitronAlertBig"><p>En poursuivant votre navigation, vous acceptez l\'utilisation de services tiers pouvant installer des cookies</p><p>✓ OK, tout accepter</p><p>✗ Interdire tous les cookies</p><p>Personnaliser</p></div></div>'),
    "fc-en": ("en", "Harbour News", '<div class="fc-consent-root"><div class="fc-dialog"><h1>Harbour News asks for your consent to use your personal data to:</h1><ul><li>Personalised advertising and content, advertising and content measurement, audience research and services development</li><li>Store and/or access information on a device</li></ul><p>Your personal data will be processed and information from your device (cookies, unique identifiers, and other device data) may be stored by, accessed by and shared with 141 partners.</p><p>Consent</p><p>Do not consent</p><p>Manage options</p></div></div>'),
    "fc-fr": ("fr", "Îles Infos", '<div class="fc-consent-root"><h1>Îles Infos vous demande votre accord pour utiliser vos données personnelles</h1><p>Vos données personnelles seront traitées par nos fournisseurs, et les informations provenant de votre appareil (cookies, identifiants uniques) pourront être stockées et partagées.</p><p>Autoriser</p><p>Ne pas autoriser</p><p>Gérer les options</p></div>'),
    "consentmanager-en": ("en", "Welcome", '<div id="cmpbox"><div class="cmpboxinner"><h2>We care about your privacy</h2><p>Together with our 97 vendors we use cookies to offer you a better visit. Some are essential, others help us to improve this website and your experience. Click on accept to agree.</p><p>Settings</p><p>Accept all</p><p>Only necessary</p></div></div>'),
    "contentpass-fr": ("fr", "Lire avec ou sans publicité", '<div class="cp-wall"><h1>Lire avec publicité ou s\'abonner ?</h1><p>Lisez gratuitement en acceptant la publicité et le suivi habituels. Des cookies seront déposés par nos partenaires.</p><p>Ou prenez le forfait sans traceurs à 2,99 € par mois.</p><p>Accepter et lire</p><p>Déjà abonné ? Se connecter</p></div>'),
    "search-giant-en": ("en", "Before you continue", "<h1>Before you continue to Finder</h1><p>We use cookies and data to</p><ul><li>Deliver and maintain our services</li><li>Track outages and protect against spam, fraud, and abuse</li></ul><p>If you choose to accept all, we will also use cookies and data to develop new services and show personalised content.</p><p>Reject all</p><p>Accept all</p><p>More options</p>"),
    "portal-fr": ("fr", "Votre vie privée", '<form class="consent-form"><h2>Nous respectons votre vie privée</h2><p>Notre famille de marques et ses partenaires stockent ou accèdent à des informations sur votre appareil, par l\'intermédiaire de cookies, pour fournir nos services, mesurer leur usage et vous protéger du spam.</p><p>Si vous ne souhaitez pas que nous utilisions ces données, cliquez sur Refuser tout.</p><p>Accepter tout</p><p>Refuser tout</p><p>Gérer les paramètres de confidentialité</p></form>'),
    "iubenda-fr": ("fr", "Info", '<div id="iubenda-cs-banner"><h2>Information</h2><p>Nous et des tiers sélectionnés utilisons des cookies ou des technologies similaires à des fins techniques et, avec votre consentement, pour d\'autres finalités comme précisé dans notre politique.</p><p>Tout refuser</p><p>Tout accepter</p></div>'),
    "klaro-en": ("en", "Consent", '<div class="klaro cookie-modal"><h1>Services we would like to use</h1><p>Here you can assess and customize the services that we would like to use on this website. You are in charge! Enable or disable services as you see fit.</p><p>To learn more, please read our privacy policy.</p><p>Advertising: these services process personal information to show you adverts.</p><p>Accept selected</p><p>Accept all</p><p>I decline</p></div>'),
}  # fmt: skip

ROBOTS = {
    "cf-turnstile-en": page('<h1>gazette.example</h1><p>Verify you are human by completing the action below.</p><div class="cf-turnstile"></div><p>gazette.example needs to review the security of your connection before proceeding.</p>', title="Just a moment...", lang="en", bare=True),
    "cf-block-en": page("<h1>Sorry, you have been blocked</h1><h2>You are unable to access gazette.example</h2><h3>Why have I been blocked?</h3><p>This website is using a security service to protect itself from online attacks. The action you just performed triggered the security solution. There are several actions that could trigger this block including submitting a certain word or phrase, a SQL command or malformed data.</p><h3>What can I do to resolve this?</h3><p>You can email the site owner to let them know you were blocked. Please include what you were doing when this page came up and the Ray ID found at the bottom of this page.</p>", title="Attention Required! | Cloudflare", lang="en", bare=True),
    "datadome-fr": page('<div class="captcha__human"><p>Faites glisser vers la droite pour compléter le puzzle</p><p>Vous avez été bloqué. Pourquoi cette vérification ? Quelque chose dans le comportement du navigateur nous a intrigué.</p></div><iframe src="https://geo.captcha-delivery.com/captcha/?x=1"></iframe>', title="journal.example", bare=True),
    "px-hold-en": page('<h1>Before we continue...</h1><p>Press &amp; Hold to confirm you are a human (and not a bot).</p><div id="px-captcha-wrapper"></div><p>Reference ID 9c2e</p>', title="Robot or human?", lang="en", bare=True),
    "imperva-en": page("<h1>Pardon Our Interruption</h1><p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen:</p><ul><li>You're a power user moving through this website with super-human speed.</li><li>You've disabled cookies in your web browser.</li></ul><p>To regain access, please make sure that cookies and JavaScript are enabled before reloading the page.</p>", title="Pardon Our Interruption", lang="en", bare=True),
    "kasada": page('<script>window.KPSDK={};</script><script src="/149e9513-01fa/2d206a39/ips.js"></script>', title="", lang="en", bare=True),
    "aws-waf": page('<noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that you\'re not a robot. This requires JavaScript. Enable JavaScript and then reload the page.</noscript><div id="challenge-container"></div><script src="https://x.token.awswaf.com/x/challenge.js"></script>', title="", lang="en", bare=True),
    "hcaptcha-fr": page('<h1>Vérification de sécurité</h1><p>Pour continuer, merci de confirmer que vous n\'êtes pas un robot.</p><div class="h-captcha"></div>', title="Une dernière étape", bare=True),
    "anubis-en": page("<h1>Making sure you're not a bot!</h1><p>Loading...</p><p>You are seeing this because the administrator of this website has set up protection against the scourge of companies aggressively scraping websites.</p>", title="Making sure you're not a bot!", lang="en", bare=True),
    "denied-fr": page("<h1>Accès refusé</h1><p>Vous n'avez pas l'autorisation d'accéder à cette page depuis votre adresse IP.</p>", title="Accès refusé", bare=True),
    "rate-fr": page("<h1>Trop de requêtes</h1><p>Vous avez effectué trop de requêtes en peu de temps. Réessayez dans quelques minutes.</p>", title="Erreur 429", bare=True),
}  # fmt: skip

PAYS = {
    "percent-fr": ("fr", 2, '<div class="end"><p>Il vous reste 81 % de l\'article à découvrir.</p><p>Offre sans engagement</p></div>'),
    "reserve-fr": ("fr", 3, '<div class="pw"><p>La suite de l\'article est réservée à nos abonnés</p><p>Soutenez un journalisme indépendant</p></div>'),
    "lire-fr": ("fr", 1, '<div class="pw"><h3>Pour lire la suite, abonnez-vous</h3><p>Sans engagement, dès 1 € par mois. Vous avez déjà un compte ? Se connecter</p></div>'),
    "edition-fr": ("fr", 2, '<div class="abo"><p>Vous devez être abonné pour lire cet article en intégralité.</p></div>'),
    "premium-fr": ("fr", 2, '<div class="abo"><h2>Article Premium</h2><p>Accédez à tous nos articles en vous abonnant.</p><p>J\'en profite</p></div>'),
    "compte-fr": ("fr", 2, '<div class="reg"><p>Inscrivez-vous gratuitement pour lire la suite</p></div>'),
    "quota-fr": ("fr", 1, '<div class="reg"><p>Vous avez lu vos trois articles gratuits du mois.</p><p>Abonnez-vous pour un accès illimité.</p></div>'),
    "rest-en": ("en", 2, '<div class="pw"><p>To read the full story, start your free trial.</p><p>Already have an account? Sign in</p></div>'),
    "members-en": ("en", 2, '<div class="pw"><h3>This story is available exclusively to members</h3><p>Become a member</p></div>'),
    "premium-en": ("en", 1, '<div class="pw"><p>You\'ve read your last free article.</p><p>Get unlimited digital access for $1 a week.</p></div>'),
    "log-en": ("en", 3, '<div class="pw"><p>Please log in or register to read the rest of this article.</p></div>'),
    "post-en": ("en", 2, '<div class="pw"><h2>This post is for paid subscribers</h2><p>Already a paid subscriber? Sign in</p></div>'),
}  # fmt: skip

HEADLINES_FR = (
    "Les vendanges débutent à Sernac",
    "Une école rurale sauvée",
    "Le phare de Penlan à vendre",
    "Rugby : Sernac surprend",
    "Deux loups aperçus au col",
    "La poste ferme jeudi",
    "Un festival de contes",
    "La digue consolidée",
    "Nouveau docteur au bourg",
    "Fuite d'eau rue Haute",
    "Le moulin tourne encore",
    "Tempête : le bilan",
)
HEADLINES_EN = (
    "Grape harvest begins early",
    "Village school is saved",
    "Lighthouse put up for sale",
    "Rugby upset in Sernby",
    "Two wolves seen on the pass",
    "Post office shuts Thursday",
    "Festival of tales",
    "Sea wall made stronger",
    "New doctor in town",
    "Leak floods High Road",
    "The mill still turns",
    "Storm: what it cost",
)


def every() -> Iterator[Wall]:
    """Give every page of this half."""
    for name, (lang, title, dialog) in CONSENTS.items():
        yield Wall(
            f"consent-{name}", page(dialog, title=title, lang=lang, bare=True), ("wall",), "consent"
        )
        if name in {
            "trustarc-en",
            "usercentrics-fr",
            "tarteaucitron-fr",
            "fc-fr",
            "consentmanager-en",
            "iubenda-fr",
        }:
            yield Wall(
                f"banner-{name}",
                article(6, title=title, lang=lang, before=dialog, start=3),
                ("complete",),
            )
    yield Wall(
        "consent-with-menu",
        page(CONSENTS["portal-fr"][2], title="Les vendanges débutent à Sernac"),
        ("wall",),
        "consent",
    )
    for name, html in ROBOTS.items():
        yield Wall(
            f"robot-{name}",
            html,
            ("wall", "not_article") if name == "rate-fr" else ("wall",),
            "robot",
        )
    for name, (lang, count, box) in PAYS.items():
        yield Wall(
            f"pay-{name}",
            article(count, title="La digue", lang=lang, inside=box, start=5),
            ("truncated",),
        )
    yield from _data()
    yield from _errors()
    yield from _lists()
    yield from _shells()
    yield from _whole()


def _data() -> Iterator[Wall]:
    graph = {
        "@graph": [
            {"@type": "WebPage", "name": "La digue"},
            {
                "@type": "ReportageNewsArticle",
                "headline": "La digue",
                "isAccessibleForFree": "false",
                "wordCount": "1 100",
            },
        ]
    }
    yield Wall("data-graph", article(2, title="La digue", head=linked(**graph)), ("truncated",))
    yield Wall(
        "data-part",
        article(
            1,
            title="La digue",
            head=linked(
                **{
                    "@type": "Article",
                    "headline": "La digue",
                    "hasPart": [
                        {
                            "@type": "WebPageElement",
                            "isAccessibleForFree": False,
                            "cssSelector": ".suite",
                        }
                    ],
                }
            ),
            inside='<div class="suite"></div>',
        ),
        ("truncated",),
    )
    yield Wall(
        "meta-tier",
        article(
            1,
            title="Sea wall",
            lang="en",
            head='<meta property="article:content_tier" content="locked">',
        ),
        ("truncated",),
    )
    yield Wall(
        "body-longer",
        article(
            1,
            title="La digue",
            head=linked(
                **{"@type": "NewsArticle", "headline": "La digue", "articleBody": sentences(40)}
            ),
            inside='<div class="paywall">S\'abonner</div>',
        ),
        ("truncated",),
    )
    hidden = f'<section class="article-body locked" style="height:120px;overflow:hidden">{prose(9)}</section><div class="modal"><p>This story is available exclusively to members. Become a member.</p></div>'
    yield Wall(
        "soft-height",
        page(f"<article><h1>Sea wall</h1>{hidden}</article>", title="Sea wall"),
        ("complete",),
    )
    yield Wall(
        "soft-data",
        article(
            9,
            title="Sea wall",
            lang="en",
            head=linked(
                **{"@type": "NewsArticle", "headline": "Sea wall", "isAccessibleForFree": False}
            ),
        ),
        ("complete",),
    )
    yield Wall(
        "badge-fr",
        article(
            8,
            title="La digue",
            before='<p class="label">Article abonné</p><p class="label">Premium</p>',
        ),
        ("complete",),
    )


def _errors() -> Iterator[Wall]:
    yield Wall(
        "404-fr",
        page(
            "<h1>Nous n'avons pas trouvé cette page</h1><p>L'adresse que vous avez saisie est peut-être erronée.</p>",
            title="Page non trouvée - Îles Infos",
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "404-en",
        page(
            "<h1>We can't find that page</h1><p>It may have moved, or it may never have been here.</p>",
            title="404 Not Found",
            lang="en",
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "410-en",
        page(
            "<h1>Gone</h1><p>The requested resource is no longer available on this server and there is no forwarding address.</p>",
            title="410 Gone",
            lang="en",
            bare=True,
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "500-fr",
        page(
            "<h1>Une erreur est survenue</h1><p>Nos équipes techniques sont prévenues. Veuillez réessayer plus tard.</p>",
            title="Erreur 500",
            bare=True,
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "maintenance-en",
        page(
            "<h1>We'll be back soon</h1><p>The site is down for scheduled maintenance. Thank you for your patience.</p>",
            title="Maintenance",
            lang="en",
            bare=True,
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "504",
        page(
            "<center><h1>504 Gateway Time-out</h1></center><hr><center>nginx</center>",
            title="504 Gateway Time-out",
            lang="en",
            bare=True,
        ),
        ("not_article",),
        "error_page",
    )
    yield Wall(
        "404-search",
        page(
            "<h1>Page introuvable</h1><p>Le contenu demandé n'existe pas. Essayez une recherche.</p><form><input></form>"
            + cards(HEADLINES_FR[:6]),
            title="404",
        ),
        ("not_article",),
    )


def _lists() -> Iterator[Wall]:
    leads = tuple(sentences(1, start=number + 6) for number in range(6))
    yield Wall(
        "home-fr",
        page(
            "".join(
                f"<section><h2>{name}</h2>{cards(HEADLINES_FR[at : at + 4], lead=leads)}</section>"
                for name, at in (("À la une", 0), ("Sport", 4), ("Vie locale", 8))
            ),
            title="Îles Infos, le journal des îles",
            head='<meta property="og:type" content="website">',
        ),
        ("not_article",),
    )
    yield Wall(
        "home-en",
        page(
            "".join(
                f'<div class="teaser"><h2><a href="/s/{n}">{one}</a></h2></div>'
                for n, one in enumerate(HEADLINES_EN)
            ),
            title="Harbour News",
            lang="en",
        ),
        ("not_article",),
    )
    yield Wall(
        "section-fr",
        page(
            "<h1>Sport</h1>"
            + "".join(
                f'<div class="item"><a href="/s/{n}"><h2>{one}</h2></a><p>{leads[n % 6]}</p><span>Il y a {n + 1} heures</span></div>'
                for n, one in enumerate(HEADLINES_FR)
            ),
            title="Sport - Îles Infos",
            head='<meta property="og:type" content="website">',
        ),
        ("not_article",),
    )
    yield Wall(
        "author-en",
        page(
            "<h1>Mary Lorne</h1><p>Mary Lorne writes on the sea and its people.</p>"
            + cards(HEADLINES_EN),
            title="Mary Lorne | Harbour News",
            lang="en",
            head=linked(**{"@type": "ProfilePage", "name": "Mary Lorne"}),
        ),
        ("not_article",),
    )
    results = "".join(
        f'<div><h3><a href="/x/{n}">{one}</a></h3><p>{sentences(1, lang="en", start=n)[:60]}...</p></div>'
        for n, one in enumerate(HEADLINES_EN)
    )
    yield Wall(
        "search-en",
        page(
            f'<h1>Search results for "wall"</h1><p>Showing 1-12 of 204</p>{results}',
            title="Search results",
            lang="en",
        ),
        ("not_article",),
    )
    yield Wall(
        "search-none-en",
        page(
            "<h1>No results</h1><p>Your search did not match any articles.</p>",
            title="Search",
            lang="en",
        ),
        ("not_article",),
    )
    tags = "".join(f'<li><a href="/t/{n}">{one}</a></li>' for n, one in enumerate(HEADLINES_FR))
    yield Wall(
        "tag-fr",
        page(
            f"<h1>Mot-clé : digue</h1><ul>{tags}</ul><nav>1 2 3 … 9 Suivant</nav>",
            title="Archives des digue",
        ),
        ("not_article",),
    )


def _shells() -> Iterator[Wall]:
    yield Wall(
        "spa-next",
        page(
            '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{}}</script>',
            title="Harbour News",
            lang="en",
            bare=True,
        ),
        ("empty",),
        "no_text",
    )
    yield Wall(
        "spa-fr",
        page(
            '<app-root>Chargement…</app-root><noscript>Veuillez activer JavaScript pour afficher cette page.</noscript><script src="main.js"></script>',
            title="Îles Infos",
            bare=True,
        ),
        ("empty", "not_article"),
    )
    yield Wall(
        "refresh-en",
        page(
            '<p>Redirecting… If nothing happens, <a href="/n">follow this link</a>.</p>',
            title="Redirecting",
            lang="en",
            head='<meta http-equiv="Refresh" content="3;URL=/n">',
            bare=True,
        ),
        ("not_article", "empty"),
    )
    yield Wall(
        "pdf-object",
        page(
            '<object data="/bulletin.pdf" type="application/pdf"><p>Votre navigateur ne peut pas afficher ce PDF. <a href="/bulletin.pdf">Téléchargez-le</a>.</p></object>',
            title="bulletin.pdf",
        ),
        ("empty", "not_article"),
    )
    yield Wall(
        "pdf-iframe",
        page(
            '<iframe src="https://docs.example/viewer?url=x.pdf"></iframe>',
            title="Report",
            lang="en",
            bare=True,
        ),
        ("empty", "not_article"),
    )
    yield Wall(
        "video-en",
        page(
            '<h1>Wolves on the pass: watch</h1><div class="jwplayer"></div><p>Published 3 hours ago</p><p>0:48</p>',
            title="Watch: wolves",
            lang="en",
            head='<meta property="og:type" content="video.other">',
        ),
        ("not_article", "empty"),
    )
    yield Wall(
        "gallery-fr",
        page(
            "<h1>Les vendanges en images</h1>"
            + "".join(
                f'<figure><img src="/p{n}.jpg" alt=""><figcaption>© J. Lormel</figcaption></figure>'
                for n in range(8)
            ),
            title="Diaporama",
        ),
        ("not_article", "empty"),
    )
    yield Wall(
        "gallery-told",
        page(
            "<article><h1>Les vendanges en images</h1>"
            + "".join(
                f'<figure><img src="/p{n}.jpg" alt=""><figcaption>{sentences(2, start=n * 2)}</figcaption></figure>'
                for n in range(7)
            )
            + "</article>",
            title="Les vendanges en images",
        ),
        ("complete",),
    )
    yield Wall(
        "login-sso",
        page(
            '<h1>Identifiez-vous</h1><p>Accédez à votre espace personnel</p><form><input type="text" placeholder="Identifiant"><input type="password"><p>Mot de passe oublié</p><p>Rester connecté</p></form>',
            title="Identification",
            bare=True,
        ),
        ("wall", "not_article"),
        "login",
    )
    yield Wall(
        "login-en",
        page(
            "<h1>Log in to your account</h1><form method=post><input name=user><input type=password name=p></form><p>Don't have an account? Register now.</p>",
            title="Log in",
            lang="en",
        ),
        ("wall", "not_article"),
        "login",
    )


def _whole() -> Iterator[Wall]:
    yield Wall("brief-fr", article(1, title="Fuite d'eau", start=6), ("complete",))
    yield Wall(
        "brief-en",
        page(
            f'<div class="post"><h1>Leak floods High Road</h1><div class="content"><p>{sentences(3, lang="en", start=9)}</p></div></div>',
            title="Leak floods High Road",
            lang="en",
        ),
        ("complete",),
    )
    yield Wall(
        "brief-agency",
        article(1, title="Tempête", start=8, inside="<p>(avec agences)</p>"),
        ("complete",),
    )
    yield Wall(
        "about-cookies-en",
        page(
            '<article><h1>Regulator fines site over cookies</h1><p>The privacy regulator fined a news site four million pounds on Monday because its cookie banner made refusal too hard.</p><p>Readers could "accept all" in one click but needed six to say no.</p><p>The site said that it would appeal, and that it had changed the banner last year.</p><p>Campaigners want the same rule for phones.</p></article>',
            title="Regulator fines site over cookies",
            lang="en",
        ),
        ("complete",),
    )
    yield Wall(
        "about-paywalls-fr",
        page(
            f"<article><h1>La presse locale mise sur l'abonnement</h1><p>« Cet article est réservé aux abonnés » : la phrase s'affiche désormais sur deux articles sur trois.</p>{prose(3, start=3)}<p>Son concurrent, lui, demande de créer un compte gratuit pour lire, et s'en félicite.</p></article>",
            title="La presse locale mise sur l'abonnement",
        ),
        ("complete",),
    )
    yield Wall(
        "about-captcha-en",
        page(
            "<article><h1>Proving you are human</h1><p>Are you a robot? The question, asked millions of times a day, costs five hundred years of human time.</p><p>Engineers in Westmere have built a test that asks nothing at all.</p><p>It watches how a phone is held, and keeps the result on the phone.</p><p>A trial with two libraries starts in June.</p></article>",
            title="Proving you are human",
            lang="en",
        ),
        ("complete",),
    )
    yield Wall(
        "about-maintenance",
        page(
            f"<article><h1>Le site des impôts en maintenance</h1><p>Le service est indisponible depuis lundi, ce qui inquiète les contribuables.</p>{prose(2, start=2)}</article>",
            title="Le site des impôts en maintenance",
        ),
        ("complete",),
    )
    yield Wall(
        "newsletter-mid",
        article(
            6,
            title="La digue",
            inside='<div class="nl"><p>Inscrivez-vous à notre lettre pour continuer à suivre l\'actualité des îles.</p></div>'
            + prose(1, start=9),
        ),
        ("complete",),
    )
    yield Wall(
        "subscribe-bar",
        article(
            5,
            title="Sea wall",
            lang="en",
            before='<div class="bar"><a href="/sub">Subscribe</a> <a href="/in">Sign in</a> <span>Already a subscriber?</span></div>',
        ),
        ("complete",),
    )
    yield Wall(
        "support-en",
        article(
            5,
            title="Sea wall",
            lang="en",
            after='<div class="ask"><p>We keep our stories free for everyone. If you can, become a member and support our newsroom.</p></div>',
        ),
        ("complete",),
    )
    teasers = "".join(
        f'<div class="card"><span class="premium">Subscribers only</span><a href="/s/{n}">{one}</a></div>'
        for n, one in enumerate(HEADLINES_EN[:6])
    )
    yield Wall(
        "teasers-premium",
        article(
            4,
            title="Sea wall",
            lang="en",
            after=f"<section><h2>More stories</h2>{teasers}</section>",
        ),
        ("complete",),
    )
    yield Wall(
        "quote-end",
        article(5, title="La digue", inside="<p>« On verra bien », souffle un pêcheur</p>"),
        ("complete",),
    )
    yield Wall(
        "date-end",
        article(4, title="La digue", inside="<p>Mis à jour le 14 mars à 18 h 20</p>"),
        ("complete",),
    )
    yield Wall(
        "fade-class",
        article(
            5,
            title="Sea wall",
            lang="en",
            after='<div class="fade-out-ad"></div><div class="paywall-hidden"></div>',
        ),
        ("complete",),
    )
    yield Wall(
        "hcaptcha-contact",
        article(
            4, title="La digue", after='<form class="contact"><div class="h-captcha"></div></form>'
        ),
        ("complete",),
    )
    yield Wall(
        "no-dates-no-data",
        f"<html><head><title>Journal</title></head><body>{menu('en')}<h2>Notes</h2>{prose(3, lang='en', start=4)}{foot('en')}</body></html>",
        ("complete",),
    )
    yield Wall(
        "list-article",
        page(
            f"<article><h1>Dix choses à savoir</h1>{prose(1)}<ul>{''.join(f'<li>{sentences(1, start=n)}</li>' for n in range(3, 12))}</ul></article>",
            title="Dix choses à savoir",
        ),
        ("complete",),
    )
