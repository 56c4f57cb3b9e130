"""Words by which people say in a mail how they come, and with whom."""

ROOM_WORDS = frozenset({"zaal", "locatie", "fysiek", "live"})
ONLINE_WORDS = frozenset({"online", "digitaal", "thuis", "internet", "zoom", "teams"})
COUNTS = {
    "geen": 0,
    "niemand": 0,
    "een": 1,
    "iemand": 1,
    "mijn": 1,
    "twee": 2,
    "drie": 3,
    "0": 0,
    "1": 1,
    "2": 2,
    "3": 3,
}
# Whom we can arrange too: without "met mijn" or a number, who names them may be asking for one.
ARRANGED = frozenset({"tolk", "tolken", "hulp"})
HELPERS = ARRANGED | frozenset(
    {"begeleider", "begeleiders", "helper", "helpers", "assistent", "assistenten", "mens", "mensen", "persoon",
     "personen"}
)  # fmt: skip
ASKING = frozenset(
    {"wil", "graag", "nodig", "regel", "regelen", "geregeld", "vraag", "vragen", "zoek", "alsjeblieft", "alstublieft",
     "aub", "svp", "liever"}
)  # fmt: skip
BRINGING = frozenset({"neem", "breng", "meenemen", "meebrengen"})
# Words that add nothing to how somebody comes.
AROUND = frozenset(
    {"ik", "kom", "komen", "doe", "doen", "mee", "meedoen", "naar", "de", "het", "op", "in", "via", "van", "bij", "wil",
     "graag", "liever", "toch", "ook", "meld", "me", "mij", "aan", "aanmelden", "opgeven", "inschrijven", "voor", "deze", "bijeenkomst", "ja", "en",
     "huis", "wel", "dus", "dan", "zijn", "er", "ben", "dag", "hoi", "hallo", "beste", "goedemorgen", "goedemiddag",
     "goedenavond", "dank", "je", "bedankt", "dankjewel", "alvast", "groet", "groeten", "tot", "ziens", "alsjeblieft",
     "alstublieft", "aub", "svp", "allen", "allemaal", "nummer", "maar", "wordt", "dit", "met", "vriendelijke",
     "sorry", "helaas", "jammer", "leuk", "fijn", "super", "prima"}
)  # fmt: skip
