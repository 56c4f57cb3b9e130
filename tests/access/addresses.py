"""Every page that people can come to, in the states that look different; a named address that is missing fails."""

# name: (address, status). A house rule: each named address of a page for people stands here at least once.
PAGES = {
    "home": ("/", 200),
    "news": ("/nieuws/", 200),
    "news of a year": ("/nieuws/?jaar=2018", 200),
    "news, nothing found": ("/nieuws/?jaar=2018&thema=crisis", 200),
    "news, wrong filter": ("/nieuws/?jaar=onzin", 200),
    "article": ("/nieuws/25-koplopers-tekenen-het-manifest/", 200),
    "article in easy language": ("/nieuws/25-koplopers-tekenen-het-manifest/?taal=makkelijk", 200),
    "municipalities": ("/gemeenten/", 200),
    "municipalities of a province": ("/gemeenten/?provincie=zeeland", 200),
    "municipalities, former name": ("/gemeenten/?naam=geldermalsen", 200),
    "municipalities, near name": ("/gemeenten/?naam=amsteram", 200),
    "municipalities, nothing found": ("/gemeenten/?naam=qqqqqqq", 200),
    "municipalities, wrong filter": ("/gemeenten/?provincie=onzin", 200),
    "municipality, front-runner": ("/gemeenten/west-betuwe/", 200),
    "municipality, planned merger": ("/gemeenten/hilversum/", 200),
    "municipality, long name": ("/gemeenten/nuenen-gerwen-en-nederwetten/", 200),
    "municipality, split up": ("/gemeenten/haaren/", 200),
    "manifest": ("/manifest/", 200),
    "about": ("/over/", 200),
    "contact": ("/contact/", 200),
    "privacy": ("/privacy/", 200),
    "rules": ("/spelregels/", 200),
    "accessibility": ("/toegankelijkheid/", 200),
    "preferences": ("/voorkeuren/?terug=/nieuws/", 200),
    "preferences, saved": ("/voorkeuren/?bewaard=ja&terug=/nieuws/", 200),
    "sign in": ("/inloggen/", 200),
    "sign in, and back": ("/inloggen/?next=/nieuws/", 200),
    "signed out": ("/uitloggen/", 200),
    "report anything": ("/melden/", 200),
    "report a page": ("/melden/?pagina=/nieuws/", 200),
    "moderation in figures, nothing yet": ("/spelregels/cijfers/", 200),
    "showroom": ("/toonkamer/", 200),
    "postbox": ("/postbus/", 200),
    "not found": ("/niews/", 404),
}

# Error pages at the addresses that tests/site_urls.py gives them.
FAULTS = {
    **{f"fault {status}": (f"/fout/{status}/", status) for status in (400, 403, 405, 413, 429, 500, 503)},
    "fault, form run out": ("/fout/verlopen/", 403),
}

# A mail in the postbox, whose name the running site knows.
LETTERS = {
    "letter": ("{letter}", 200),
    "empty the postbox": ("/postbus/leegmaken/", 200),
    "postbox, nothing found": ("/postbus/?zoek=qqqqqqq", 200),
}

# Pages of who began to sign in, of Carla, who has nothing yet, and of Dirk, who has a passkey: (address, status, who).
_OWN = {
    "sign in, code": ("/inloggen/code/", 200, "begun"),
    "sign in, passkey": ("/inloggen/sleutel/", 200, "begun"),
    "home, signed in": ("/", 200, "carla"),
    "who are you": ("/inloggen/wie/", 200, "carla"),
    "sign out": ("/uitloggen/?vraag", 200, "carla"),
    "mine": ("/mijn/", 200, "carla"),
    "mine, saved": ("/mijn/?klaar=profiel", 200, "carla"),
    "profile": ("/mijn/profiel/", 200, "carla"),
    "sessions": ("/mijn/apparaten/", 200, "carla"),
    "passkeys, none": ("/mijn/sleutels/?geen", 200, "carla"),
    "passkeys": ("/mijn/sleutels/", 200, "dirk"),
    "new passkey": ("/mijn/sleutels/toevoegen/", 200, "carla"),
    "what I follow, nothing": ("/mijn/volgen/", 200, "carla"),
    "what I follow": ("/mijn/volgen/?iets", 200, "dirk"),
    "what is new, nothing": ("/mijn/nieuw/", 200, "carla"),
    "what is new": ("{new}", 200, "dirk"),
    "my data": ("/mijn/gegevens/", 200, "carla"),
    "my needs, none": ("/mijn/gegevens/wensen/?niets", 200, "carla"),
    "my needs": ("/mijn/gegevens/wensen/", 200, "dirk"),
    "erase a need": ("/mijn/gegevens/wensen/{need}/wissen/", 200, "dirk"),
    "withdraw a consent": ("/mijn/gegevens/toestemming/{consent}/intrekken/", 200, "dirk"),
    "team": ("/team/", 200, "carla"),
    "team, mail": ("/team/mail/?klaar=mail", 200, "carla"),
    "team, a reaction": ("{waits}", 200, "carla"),
    "team, a reaction to take away": ("{waits}weghalen/", 200, "carla"),
    "team, a reported reaction": ("{reported}", 200, "carla"),
    "team, a reaction to hide": ("{reported}verbergen/", 200, "carla"),
    "team, a reaction to have changed": ("{reported}vragen/", 200, "carla"),
    "team, a report on a page": ("{page_report}", 200, "carla"),
    "team, an objection": ("{objection}", 200, "dirk"),
    "team, one's own decision": ("{objection}", 200, "carla"),
    "team, somebody": ("{writer}", 200, "carla"),
    "team, to warn somebody": ("{writer}waarschuwen/", 200, "carla"),
    "team, to pause somebody": ("{writer}pauzeren/", 200, "carla"),
    "team, to ban somebody": ("{writer}uitsluiten/", 200, "carla"),
    "erase my data": ("/mijn/gegevens/wissen/", 200, "carla"),
    "remove a passkey": ("/mijn/sleutels/{key}/weghalen/", 200, "dirk"),
}
# What somebody wrote and has yet to confirm, and what was written; the running site knows the addresses.
REACTIONS = {
    "reaction, to check": ("{draft}", 200),
    "reaction, to change": ("{draft}aanpassen/", 200),
    "reaction, to throw away": ("{draft}weggooien/", 200),
    "reaction, thrown away": ("{gone}", 200),
    "reaction, code asked": ("{sent}", 200),
    "reaction, one's own": ("{own}", 200),
    "reaction, to change later": ("{own}veranderen/", 200),
    "reaction, what stood there": ("{earlier}", 200),
    "report a reaction": ("/melden/?reactie={shown}", 200),
    "report, waiting": ("{report}", 200),
    "report, code asked": ("{report_sent}", 200),
    "report, decided": ("{report_decided}", 200),
    "report, to object": ("{report_decided}bezwaar/", 200),
    "decision": ("{decision}", 200),
    "decision, to object": ("{decision}bezwaar/", 200),
    "decision, objected": ("{objected}", 200),
    "moderation in figures": ("/spelregels/cijfers/?jaar={year}", 200),
    "follow": ("/nieuws/25-koplopers-tekenen-het-manifest/volgen/", 200),
    "follow, change": ("{follow}", 200),
    "follow, stop": ("{follow}stop/", 200),
    "follow a theme": ("/volgen/thema/thuis/", 200),
    "follow a municipality": ("/volgen/gemeente/groningen/", 200),
    "all I follow, from a mail": ("{all}", 200),
    "all I follow, stop": ("{all}stop/", 200),
    "erased": ("/gegevens-gewist/", 200),
}

# Addresses of the kind that the running site fills in.
LIKE_THESE = {
    "letter": "/postbus/een.eml/",
    **dict.fromkeys(("key", "need", "consent"), "1"),
    **dict.fromkeys(("draft", "sent", "gone"), "/bevestigen/sleutel/"),
    "own": "/bericht/sleutel/",
    "earlier": "/reacties/1/eerder/",
    "waits": "/team/bericht/1/",
    "follow": "/volgen/sleutel/",
    "reported": "/team/bericht/1/",
    "page_report": "/team/melding/1/",
    "objection": "/team/bezwaar/1/",
    "writer": "/team/persoon/1/",
    "shown": "1",
    "year": "2026",
    **dict.fromkeys(("report", "report_decided"), "/melding/sleutel/"),
    "report_sent": "/bevestigen/sleutel/",
    **dict.fromkeys(("decision", "objected"), "/besluit/sleutel/"),
    "all": "/volgen/alles/sleutel/",
    "new": "/mijn/nieuw/",
}

OWN = {name: (path, status) for name, (path, status, _who) in _OWN.items()}
WHO = {name: who for name, (_path, _status, who) in _OWN.items()}

ALL = PAGES | FAULTS | LETTERS | REACTIONS | OWN

# What is no page for people: pictures, downloads, what machines ask; a mail as mail programs show it.
NO_PAGES = {
    "municipalities:csv", "municipalities:map", "municipalities:locator", "home:security", "home:favicon", "home:robots",
    "healthz", "readyz", "metrics", "reference", "mail:letter_html",
    "people:new_code", "people:download", "people:ask_code", "people:confirm", "people:carry_out", "people:put_back",
    "conversation:retract", "conversation:put_back", "library:comment", "team:approve",
    "team:restore", "team:keep", "team:lift",
    "activity:undo", "activity:change_all", "activity:pause", "activity:resume", "activity:undo_all",
}  # fmt: skip
