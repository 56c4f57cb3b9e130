"""Answers of one word: yes, later, no, stop, how often. Only where a mail says little else."""

from enum import StrEnum

from meedoen.kernel.text import fold

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
    Word.STOP: ("stop", "stoppen", "unsubscribe", "uitschrijven", "schrijf me uit", "schrijf mij uit", "geen mail meer", "geen mails meer", "niet meer mailen", "niet meer volgen", "ontvolgen"),
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
    Word.ERASE: ("wis mij", "wis me", "wis mijn gegevens", "verwijder mij", "verwijder me", "verwijder mijn gegevens"),
}  # fmt: skip
_BY_SAYING = {saying: word for word, sayings in SAID_AS.items() for saying in sayings}
_LONGEST = max(len(saying.split()) for saying in _BY_SAYING)
# Words that add nothing to an answer, also before it.
_POLITE = frozenset(
    {"dag", "hoi", "hallo", "beste", "goedemorgen", "goedemiddag", "goedenavond", "hey", "hi", "alsjeblieft",
     "alstublieft", "aub", "svp", "graag", "dank", "bedankt", "dankjewel", "je", "wel", "u", "hoor",
     "please", "thanks", "thank", "you", "groet", "groeten", "gr", "mvg", "tot", "dan", "ziens"}
)  # fmt: skip


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
    said = sum(not all(each in _POLITE for each in line.split()) or line in _BY_SAYING for line in lines)
    return word if said == 1 else None


def _lines(text: str) -> list[str]:
    return [folded for line in text.splitlines() if not line.startswith(">") and (folded := fold(line))]


def _first(lines: list[str]) -> Word | None:
    lines = lines.copy()
    while lines and lines[0] not in _BY_SAYING and all(word in _POLITE for word in lines[0].split()):
        del lines[0]  # a greeting stands on a line of its own
    if not lines:
        return None
    words = lines[0].split()
    while words and words[0] in _POLITE and " ".join(words) not in _BY_SAYING:
        del words[0]
    if not words or len(words) > MAX_COMMAND_WORDS:
        return None
    for count in range(min(_LONGEST, len(words)), 0, -1):
        word = _BY_SAYING.get(" ".join(words[:count]))
        if word is not None and all(rest in _POLITE for rest in words[count:]):
            return word
    return None
