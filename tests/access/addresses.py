"""Every page that people can come to, in the states that look different; a named address that is missing fails."""

import zlib

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
    "showroom": ("/toonkamer/", 200),
    "postbox": ("/postbus/", 200),
    "not found": ("/niews/", 404),
}

# What is no page for people: pictures, downloads, what machines ask.
NO_PAGES = {
    "municipalities:csv", "municipalities:map", "home:security", "home:robots", "home:favicon", "healthz", "readyz", "metrics", "reference",
}  # fmt: skip


def chosen_modes(page: str, modes: list[str], *, every: bool) -> list[str]:
    """The modes in which a page is checked: plain and narrow always, and two that a fixed seed spreads evenly."""
    if every:
        return modes
    others = [mode for mode in modes if mode not in ("plain", "narrow")]
    start = zlib.crc32(page.encode())
    return ["plain", "narrow", *(others[(start + step * 4) % len(others)] for step in range(2))]
