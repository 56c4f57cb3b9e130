"""About which theme a mail is: taken where it names one and no other, else asked beside the code."""

from django.utils.translation import gettext as _

from meedoen.conversation.beside_code import BY_MAIL, typed
from meedoen.kernel.dutch import join
from meedoen.kernel.text import fold
from meedoen.people.models import PendingAct
from meedoen.themes.records import THEMES

from .categories import CATEGORIES

MAX_NAMING_WORDS = 6  # "Het gaat over vervoer, dank je wel" names a theme; what is longer may say more
# Words in the names of themes that stand in mails about any theme.
_SMALL = frozenset(
    [
        "en",
        "van",
        "de",
        "het",
        "met",
        "bij",
        "zelf",
        "gelijke",
        "gemeente",
        "gemeentelijk",
        "doen",
        "samen",
        "meedoen",
        "tijd",
        "worden",
        "samenwerken",
        "netwerk",
    ]
)

# Words with which somebody says that a theme is the one.
_NAMING = frozenset(
    {"het", "dit", "dat", "mijn", "de", "een", "vraag", "tekst", "bericht", "gaat", "hoort", "past", "valt", "is", "moet",
     "mag", "kan", "komt", "zet", "doe", "kies", "over", "bij", "onder", "thema", "onderwerp", "onderdeel", "rubriek",
     "categorie", "denk", "ik", "me", "vind", "maar", "graag", "liever", "liefst", "beter", "meer", "eerder", "eigenlijk",
     "toch", "ook", "dan", "en", "van", "zelf", "nee", "ja", "hoor", "dank", "bedankt", "je", "wel", "aub", "svp"}
)  # fmt: skip
# Words in the names of themes that stand in many mails about others; alone beside a code they do name one.
_LOOSE = frozenset({"werk", "leren", "zorg", "straat", "gelijk"})


def theme_in(text: str) -> str:
    """The category of which a telling word stands in a mail, where that is one and no other; else nothing."""
    return _theme_of(set(fold(text).split()) - _LOOSE)


def _theme_of(words: set[str]) -> str:
    found = [each for each in CATEGORIES if _telling(each) & words]
    return found[0] if len(found) == 1 else ""


def filled(act: PendingAct, text: str) -> dict[str, object]:
    """The theme that somebody names beside the code: by its name, or by a word of it."""
    category = _named_in(fold(typed(text)[0]))
    return {"category": category} if category else {}


def _named_in(said: str) -> str:
    named = [each.id for each in CATEGORIES.values() if fold(str(each.name)) in said]
    return named[0] if len(named) == 1 else _theme_of(set(said.split()))


def only_names(line: str) -> bool:
    """Whether a line names one theme, and says nothing else: *het gaat over vervoer, denk ik*."""
    said = fold(line)
    category = _named_in(said)
    if not category:
        return False
    theme_words = set(fold(str(CATEGORIES[category].name)).split()) | _telling(category)
    return set(said.split()) <= theme_words | _NAMING


def told(act: PendingAct) -> str:
    """What the mail with the code says of the theme of a mail, where we think that we know it."""
    category = CATEGORIES.get(act.payload.get("category", "")) if act.payload.get(BY_MAIL) else None
    if category is None:
        return ""
    words = _("Het komt bij: %(name)s. Hoort het ergens anders? Schrijf het dan achter de code, zoals: 123456 Vervoer.")
    return words % {"name": category.name}


def asked(act: PendingAct) -> str:
    """What the mail with the code asks beside it: the theme, where we do not know it."""
    if act.payload.get("category"):
        return ""
    names = join([str(each.name) for each in CATEGORIES.values()], "of")
    return _("Schrijf erachter waar je vraag over gaat, zoals: 123456 Vervoer. Kies uit: %(names)s.") % {"names": names}


def _telling(category: str) -> set[str]:
    label = next((theme.label for theme in THEMES if theme.id == category), "")
    name = CATEGORIES[category].name
    return set(fold(f"{name} {label} {category.replace('-', ' ')}").split()) - _SMALL
