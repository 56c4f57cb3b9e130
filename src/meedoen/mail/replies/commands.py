"""Answers of one word: yes, later, no, stop, how often. Only where a mail says little else."""

import re
from enum import StrEnum

from meedoen.kernel.text import fold

from .courtesies import COURTEOUS

MAX_COMMAND_WORDS = 6  # "ja graag, tot dan!" is an answer of one word; a longer text is read by people


class Word(StrEnum):
    """What somebody can say in one word."""

    YES = "ja"
    LATER = "later"
    NO = "nee"
    STOP = "stop"
    FOLLOW = "volgen"
    DAILY = "dagelijks"
    WEEKLY = "wekelijks"
    ANSWERS = "alleen antwoorden aan mij"
    HELPED = "dit hielp"
    UNDO = "ongedaan maken"
    BACK = "zet terug"
    AWAY = "haal weg"
    CHANGE = "wijzigen"
    CANCEL = "afmelden"
    REPORT = "melden"
    HELP = "hulp"
    DATA = "mijn gegevens"
    ERASE = "wis mij"


# As ``fold`` leaves them; the longest that fits at the beginning wins.
SAID_AS: dict[Word, tuple[str, ...]] = {
    Word.YES: ("ja", "jawel", "jazeker", "jep", "jaa", "ja graag", "yes", "ok", "oke", "okay", "akkoord", "prima", "graag", "ik doe mee", "ik kom"),
    Word.LATER: ("later", "nu niet", "nog niet", "niet nu", "straks", "een andere keer", "andere keer", "misschien later"),
    Word.NO: ("nee", "neen", "no", "liever niet", "niet", "nee bedankt", "nee dank je", "ik kom niet"),
    Word.STOP: ("stop", "stoppen", "unsubscribe", "uitschrijven", "schrijf me uit", "schrijf mij uit", "geen mail meer", "geen mails meer", "geen mailtjes meer", "niet meer mailen", "niet meer volgen", "ontvolgen", "stop met mailen", "stop met mailtjes", "stop de mail", "stop deze mail", "stop deze mails"),
    Word.FOLLOW: ("volgen", "volg", "ik volg", "ik wil dit volgen"),
    Word.DAILY: ("dagelijks", "elke dag", "iedere dag", "daily", "per dag"),
    Word.WEEKLY: ("wekelijks", "elke week", "iedere week", "weekly", "per week"),
    Word.ANSWERS: ("alleen antwoorden aan mij", "alleen antwoorden", "alleen reacties aan mij", "alleen aan mij"),
    Word.HELPED: ("dit hielp", "dat hielp", "hielp", "dit helpt", "dat helpt", "dit heeft geholpen", "dat heeft geholpen"),
    Word.UNDO: ("ongedaan maken", "ongedaan", "maak ongedaan", "maak het ongedaan", "maak dit ongedaan", "undo", "terugdraaien", "draai terug"),
    Word.BACK: ("zet terug", "zet het terug", "zet hem terug", "zet dit terug", "zet mijn bericht terug", "terugzetten", "terug", "weer", "toch weer"),
    Word.AWAY: ("haal weg", "haal het weg", "haal dit weg", "haal mijn bericht weg", "weghalen"),
    Word.CHANGE: ("wijzigen", "wijzig", "aanpassen", "veranderen"),
    Word.CANCEL: ("afmelden", "ik meld me af", "meld me af", "afzeggen", "ik zeg af", "annuleren", "annuleer"),
    Word.REPORT: ("melden", "meld", "melding", "meld dit", "dit melden", "ik meld dit", "ik wil dit melden", "ongepast", "dit is ongepast", "report"),
    Word.HELP: ("hulp", "help"),
    Word.DATA: ("mijn gegevens", "stuur mijn gegevens", "gegevens opvragen"),
    Word.ERASE: ("wis mij", "wis me", "wis mijn gegevens", "wis al mijn gegevens", "wis mijn account", "verwijder mij", "verwijder me", "verwijder mijn gegevens", "verwijder al mijn gegevens", "verwijder mijn account"),
}  # fmt: skip
_BY_SAYING = {saying: word for word, sayings in SAID_AS.items() for saying in sayings}
_LONGEST = max(len(saying.split()) for saying in _BY_SAYING)
# Words that add nothing to an answer, also before it.
_POLITE = COURTEOUS | {"please", "thanks", "thank", "you", "gr", "tot", "dan", "ziens", "bvd", "liever", "maar"}
_LETTERS_APART = re.compile(r"\b(?:a u b|s v p|b v d|m v g)\b")  # as ``fold`` leaves "a.u.b."
_WISHED = re.compile(r"^ik (?:wil|zou)(?: graag)? ")
_GREETING = re.compile(r"^(?:dag|hallo|hoi|hey|hi|beste|geachte|goedemorgen|goedemiddag|goedenavond)\b")
# A closing or thanks with a name or a few words beside it; what turns or asks is more than that.
_CLOSING = re.compile(
    r"^(?:(?:met|alvast|heel|erg|hartelijk|nogmaals|veel|vriendelijke|hartelijke) )*(?:bedankt|dank|dankjewel|dankuwel|thanks|groet|groeten|groetjes|gr|mvg|liefs)\b"
)
_SAYS_MORE = frozenset(
    {
        "maar",
        "niet",
        "geen",
        "want",
        "ik",
        "we",
        "wij",
        "hoe",
        "wat",
        "waar",
        "wanneer",
        "als",
        "kan",
        "kun",
        "kunnen",
        "wil",
        "is",
        "hielp",
    }
)
# Words by which somebody wants something done or left: a line with one is read, however kindly it begins.
_WANTS = frozenset(
    {"haal", "zet", "wis", "weg", "bel", "stuur", "verwijder", "schrap", "stop", "wacht", "plaats", "doe", "laat", "moet",
     "mag", "anoniem", "nee", "nergens"}
)  # fmt: skip
_POINTS = frozenset({"dit", "dat", "het", "mijn", "me", "mij"})  # behind a greeting, at something to be told of it
MAX_CLOSING_WORDS = 5
_ASKS_MORE = frozenset({"maar"})  # after a yes, a later or a no, this begins a sentence


def first_word(text: str) -> Word | None:
    """What somebody says in one word, or None where the first line says more than that.

    ``Ja, graag!`` is ``YES``; ``Ja, maar mag ik ook een dag later?`` is None: that has to be read. What stands in the
    lines below it is for who asks: see ``only_word``.
    """
    return _first(_lines(text))


def only_word(text: str) -> Word | None:
    """What somebody says in one word, where the whole mail says no more: for words that could also begin a letter.

    ``Stop!`` and, two lines below it, ``Dat plan is niet goed.`` is None.
    """
    lines = _lines(text)
    word = _first(lines)
    said = sum(line in _BY_SAYING or not is_courtesy(line) for line in lines)
    return word if said == 1 else None


def is_courtesy(line: str) -> bool:
    """Whether a line, as ``fold`` leaves it, greets, thanks or closes, and says no more."""
    words = line.split()
    if all(word in _POLITE for word in words):
        return True
    if len(words) > MAX_CLOSING_WORDS or (_SAYS_MORE | _WANTS) & set(words):
        return False
    greets = bool(_GREETING.match(line)) and not _POINTS & set(words)
    return bool(_CLOSING.match(line)) or (greets and not any(_said(each) for each in words[1:]))


def _lines(text: str) -> list[str]:
    folded = (fold(line) for line in text.splitlines() if not line.startswith(">"))
    return [_LETTERS_APART.sub(lambda found: found[0].replace(" ", ""), line) for line in folded if line]


def _first(lines: list[str]) -> Word | None:
    lines = lines.copy()
    while lines and lines[0] not in _BY_SAYING and is_courtesy(lines[0]):
        del lines[0]  # a greeting stands on a line of its own
    if not lines:
        return None
    words = lines[0].split()
    while words and words[0] in _POLITE and " ".join(words) not in _BY_SAYING:
        del words[0]
    if " ".join(words) not in _BY_SAYING:
        words = _WISHED.sub("", " ".join(words)).split()
    for count in range(min(_LONGEST, len(words)), 0, -1):
        word = _said(" ".join(words[:count]))
        if word is not None and _adds_nothing(word, words[count:]):
            return word if len(words) <= MAX_COMMAND_WORDS else None
    return None


def _said(saying: str) -> Word | None:
    """The word of a saying; a finger that stays on the last letter is forgiven."""
    return _BY_SAYING.get(saying) or _BY_SAYING.get(re.sub(r"(\w)\1+$", r"\1", saying))


def _adds_nothing(word: Word, rest: list[str]) -> bool:
    if word in (Word.YES, Word.LATER, Word.NO) and _ASKS_MORE & set(rest):
        return False
    return all(each in _POLITE for each in rest) or is_courtesy(" ".join(rest))
