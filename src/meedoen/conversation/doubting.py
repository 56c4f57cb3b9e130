"""Why the words of a mail may not be meant for everybody: then who sent them is asked first, and nothing is posted. Pure.

Who asks in a few words to be left alone, to be helped, or to have somebody stopped, says it to us; so does who says no more
than how often, or than yes or no. Who has somebody's number or address in their words may not have thought of who reads
it. In a longer text such a word stands in passing.
"""

import re
from enum import Enum, auto

from django.utils.translation import gettext as _

from meedoen.kernel.text import fold
from meedoen.mail.replies.commands import Word, is_courtesy, only_word

from . import personal_data
from .moderation.said import concern_in

MAX_SHORT_WORDS = 12  # a longer text with such a word in it tells something
MAX_REPORT_WORDS = 25  # who reports says why
MAX_ASKING_WORDS = 25  # who asks to be called, or to talk in confidence, says about what
_LOOKED_AT = 1_000  # characters; no text of so few words is longer


class Meant(Enum):
    """What somebody may ask of us."""

    STOP = auto()
    OFTEN = auto()
    ERASE = auto()
    AWAY = auto()
    REPORT = auto()
    HELP = auto()
    TEAM = auto()
    BARE = auto()


_BARE = frozenset({Word.YES, Word.NO, Word.LATER})  # in answer to what? Others cannot tell
_MAILS = r"(?:e ?)?(?:mail|mails|mailtje|mailtjes|mailen|nieuwsbrief|nieuwsbrieven)"
_LEAVING = r"(?:afmeld\w*|afgemeld|uitschrij\w*|uitgeschreven|unsubscribe)"
_OFTEN = r"(?:wekelijks\w*|dagelijks\w*|maandelijks\w*|(?:elke|iedere|per|in de) (?:week|dag|maand))"
# Words that say how often, what of, and that this is enough: who uses no others says no more than that.
_OF_HOW_OFTEN = frozenset(
    {"wekelijks", "wekelijkse", "dagelijks", "dagelijkse", "maandelijks", "maandelijkse", "elke", "iedere", "per", "in",
     "de", "week", "dag", "maand", "een", "1", "twee", "2", "keer", "maal", "x", "eens", "mail", "mails", "mailtje",
     "mailtjes", "overzicht", "samenvatting", "nieuws", "is", "lijkt", "vind", "vinden", "ik", "wij", "we", "ons", "me", "mij", "voor", "wil",
     "willen", "zou", "zouden", "hoef", "heb", "hebben", "krijg", "krijgen", "ontvang", "ontvangen", "sturen", "stuur", "mag", "mogen", "kan", "graag",
     "liever", "alleen", "maar", "hooguit", "maximaal", "niet", "vaker", "minder", "meer", "dan", "wel", "ook", "nu",
     "echt", "te", "genoeg", "voldoende", "prima", "goed", "fijn", "best", "beter", "ruim", "vaak", "zat", "hoor", "het", "dit", "dat", "doe", "zet", "op"}
)  # fmt: skip
_WANTING = r"(?:^(?:(?:graag|liever|nu|ja|nee|doe|maar|mij|me) )*|\b(?:wil|willen|wilde|zou|zouden|hoef|stuur|mail|graag|liever)\b(?: \w+){0,3} )"
_ONLY = r"(?:alleen|enkel|uitsluitend|slechts)\b"
# "Wij sturen elke week een mail" tells what somebody does.
_SENDERS = (
    r"(?!.*\b(?:(?:wij|we|ik) (?:stuur|sturen|verstuur|versturen|maak|maken|schrijf|schrijven)"
    r"|(?:sturen|versturen|maken|schrijven) (?:wij|we)|(?:stuurt|verstuurt|maakt|schrijft)(?! (?:je|jij|u)\b))\b)"
)
_FEW_EYES = (
    r"(?:vertrouwelijk|in vertrouwen|niet (?:voor|ter) publicatie|niet (?:plaatsen|publiceren)"
    r"|(?:alleen|enkel|uitsluitend) voor (?:jullie|u|het team|de redactie)|onder ons gezegd)"
)
_NOT_PUBLIC = r"niet (?:openbaar|op de site)"  # "dat staat niet op de site" tells something
_WISHES = r"(?:wil|willen|zet|hoef|hoeft|mag|moet|liever|graag)"
_MINE = r"\b(?:mijn|mn|m n|me)"
_ABOUT_ME = rf"{_MINE} (?:\w+ )?\w*(?:gegevens|account)\b"
# What stands on the site, or a part of that.
_OWN = rf"{_MINE} (?:\w+ )?\w*(?:naam|bericht|reactie|tekst|adres|nummer|foto|antwoord|vraag)(?:en|s|je)?\b"
_TAKE = r"(?:wis|wissen|verwijder|verwijderen|haal|schrap|vergeet)"
_TAKEN = r"(?:wissen|verwijderen|weghalen|schrappen|er ?af$|(?<!is )weg$)"
# Between "mij" and what is to be done: who is to mail "me het document" does not call.
_NO_THING = r"(?: (?!(?:het|de|een|dat|die|dit|deze|jullie|je|uw|iets)\b)\w+){0,4}"
_MESSAGE = r"(?:bericht|reactie|antwoord|nummer) (?:nummer )?\d+"
# Of a text as ``fold`` leaves it.
_SAID = {
    Meant.STOP: (
        r"^(?:graag |nu |alsjeblieft |alstublieft )?stop(?:pen)?\b",
        r"\b(?:(?:ik|wij|we) (?:wil|willen|zou|zouden)|(?:kan|kunnen|wil|willen|mag|mogen) (?:ik|wij|we))\b(?!.*\b(?:niet|nooit)\b).*\bstop(?:pen|zetten)(?: (?:graag|nu|ermee|hiermee|met (?:dit|deze|alles|meedoen|meedenken|volgen|jullie)\b.*))?$",
        r"\b(?:ik stop|stop ik)(?: nu)?(?: (?:er|hier)mee)?$",
        rf"^(?!.*\bzonder\b).*\b(?:stop\w*|minder|nooit meer|niet meer|genoeg)\b.*\b{_MAILS}\b",
        rf"\bgeen {_MAILS} (?:meer|graag|alsjeblieft|alstublieft|aub)\b|\b(?:wil|willen|hoef|stuur|graag|liever)\b.*\bgeen\b.*\b{_MAILS}\b",
        rf"(?:^(?:\w+ )?|\b(?:ik|me|mij|(?<!bij )ons|jullie)\b.*){_LEAVING}\b",
        rf"\b{_LEAVING}\b.*\b(?:me|mij|(?<!bij )ons)\b",
        r"\b(?:schrijf|meld) (?:me|mij|ons)\b.*\b(?:uit|af)\b",
    ),
    Meant.OFTEN: (
        rf"{_WANTING}{_ONLY}(?: \w+)? (?:antwoord\w*|reacties?|berichten|{_MAILS})\b.*\b(?:aan|voor|op|naar|over) (?:mij|me|mijn)\b",
        rf"{_WANTING}{_ONLY}.*\b(?:als|wanneer)\b.*\b(?:mij|me|mijn)\b.*\b(?:noem\w*|antwoord\w*|reage\w*)\b",
        rf"^{_SENDERS}.*\b(?:(?:liever|{_MAILS})\b.*|graag )\b{_OFTEN}\b",
        rf"^{_SENDERS}.*\b{_OFTEN}\b.*\b(?:(?:liever|graag)$|{_MAILS}\b)",
    ),
    Meant.ERASE: (
        rf"\b{_TAKE}\b.*{_ABOUT_ME}",
        rf"{_ABOUT_ME}.*\b{_TAKEN}",
        r"\b(?:wis|verwijder|haal|schrap|vergeet) (?:alsjeblieft |nu )?(?:mij|me)\b(?! niet\b)(?! \w*(?:naam|bericht|reactie|tekst|adres|nummer|foto|antwoord|vraag))",
        r"\b(?:mij|me) (?:\w+ ){0,3}(?:wissen|verwijderen|weghalen|schrappen)\b",
    ),
    Meant.AWAY: (
        rf"\b{_TAKE}\b.*{_OWN}",
        rf"{_OWN}.*\b{_TAKEN}",
    ),
    Meant.HELP: (
        r"^help\b",
        r"\bik (?:snap|begrijp) (?:het|dit|er|deze mail|jullie) (?:\w+ )?(?:niet|niets|niks)\b",
    ),
    Meant.TEAM: (
        rf"\b{_FEW_EYES}\b",
        rf"(?:^|\bdit (?:is )?|\b{_WISHES} (?:\w+ ){{0,3}}){_NOT_PUBLIC}\b(?! van\b)",
    ),
}  # fmt: skip
_ASKING = r"\b(?:kunnen jullie|willen jullie|kunt u|wilt u|kun je|wil je|kan iemand|wil iemand|kan er iemand)\b"
# Of a sentence as ``fold`` leaves it: who asks to be called or mailed, or to talk in confidence.
_TALKS = (
    rf"{_ASKING}.*\b(?:mij|me)\b{_NO_THING} (?:bellen|mailen|terugbellen|opbellen)\b",
    rf"{_ASKING}.*\bcontact met (?:mij|me) opnemen\b",
    r"^bel (?:mij|me)\b",
    r"\b(?:ik|wij|we) (?:wil|willen|word|worden|zou|zouden)\b.*\b(?:gebeld|teruggebeld)\b|^graag (?:\w+ ){0,3}(?:gebeld|teruggebeld)\b",
    r"\b(?:kan|mag|kunnen|mogen) (?:ik|wij|we) (?:(?:met|hier|hierover|ook|even|een|van) )*(?:iemand|jullie|u|het team)\b.*\b(?:spreken|praten|bellen)\b",
)  # fmt: skip
_CONFIDES = re.compile(
    r"^(?=.*\b(?:ik|wij|we)\b)(?=.*\b(?:wil|willen|zou|zouden|kan|kunnen|mag|mogen|graag|liever)\b)"
    r"(?=.*\b(?:vertrouwelijk\w*|in vertrouwen|onder vier ogen|prive|persoonlijk)\b)"
    r".*\b(?:praten|spreken|bellen|mailen|overleggen|bespreken|vertellen|melden|delen|zeggen|gesprek|overleg)\b"
)
_OF_OTHERS = re.compile(r"\b(?:dat|wie|iedereen|mensen|inwoners|bewoners|clienten|leden|ouders|jongeren)\b")
_SENTENCE_ENDS = re.compile(r"[.!?\n]+")
_REPORTS = (
    rf"\b(?:meld|melden|melding|aangeven|rapporteren|verwijder|verwijderen|weghalen|ongepast)\b.*\b{_MESSAGE}\b",
    rf"\b{_MESSAGE}\b.*\b(?:meld|melden|melding|aangeven|rapporteren|verwijderen|weghalen|weg|ongepast)\b",
    r"^melden\b",
    r"\b(?:ik (?:wil|zou|moet|kom|doe)|graag|hierbij|mag ik|kan ik)\b.*\b(?:melden(?! dat\b)|melding|aangifte)\b",
    r"\bhierbij meld ik\b",
)
_TELLS_THAT = re.compile(r"\bmelden dat\b")  # a report where something is wrong, and news otherwise
_BEGINS_FOR_FEW = re.compile(rf"^(?:(?:\w+ ){{0,3}}{_FEW_EYES}|{_NOT_PUBLIC})\b")
# A name right before it; "ik wil aangeven dat" tells something.
_REPORTS_NAME = re.compile(r"\b(?:[Ii]k|[Ww]ij|[Ww]e|[Gg]raag)\b[^.!?]{0,40}\s[A-Z]\w+\s+(?:aangeven|rapporteren)\b")


def meant_in(text: str) -> list[Meant]:
    """What the words may ask of us in place of telling it to everybody; mostly nothing."""
    lines = [fold(line) for line in text[:_LOOKED_AT].splitlines() if not line.startswith(">")]
    lines = [line for line in lines if line and not is_courtesy(line)]
    said = " ".join(lines)
    count = len(said.split()) if len(text) <= _LOOKED_AT else MAX_REPORT_WORDS + 1
    found = [Meant.BARE] if only_word(text) in _BARE else []
    if count <= MAX_SHORT_WORDS:
        found += [meant for meant, patterns in _SAID.items() if any(re.search(each, said) for each in patterns)]
    elif _BEGINS_FOR_FEW.search(said):
        found.append(Meant.TEAM)
    if count <= MAX_ASKING_WORDS and Meant.OFTEN not in found and says_only_how_often(said):
        found.append(Meant.OFTEN)
    if count <= MAX_ASKING_WORDS and Meant.TEAM not in found and _asks_to_talk(text):
        found.append(Meant.TEAM)
    reports = any(re.search(each, said) for each in _REPORTS) or bool(_REPORTS_NAME.search(text[:_LOOKED_AT]))
    names_it = re.search(rf"\b{_MESSAGE}\b", said) or _TELLS_THAT.search(said)
    accuses = count <= MAX_SHORT_WORDS and bool(names_it and concern_in(said))
    if (count <= MAX_REPORT_WORDS and reports) or accuses:
        found.append(Meant.REPORT)
    return found


def says_only_how_often(said: str) -> bool:
    """Whether words, as ``fold`` leaves them, say how often, and that this is wished or enough; no more."""
    return bool(re.search(rf"^{_SENDERS}.*\b{_OFTEN}\b", said)) and set(said.split()) <= _OF_HOW_OFTEN


def _asks_to_talk(text: str) -> bool:
    """Whether one of its sentences asks to be called or mailed, or to talk in confidence."""
    own = "\n".join(line for line in text.splitlines() if not line.startswith(">"))
    sentences = [fold(each) for each in _SENTENCE_ENDS.split(own)]
    return any(
        any(re.search(each, said) for each in _TALKS) or (_CONFIDES.search(said) and not _OF_OTHERS.search(said))
        for said in sentences
    )


def is_doubtful(text: str) -> bool:
    """Whether who sent it is asked before it stands."""
    return bool(meant_in(text) or personal_data.found(text))


def asked(text: str, *, tells_words: bool, takes_words: bool = False) -> str:
    """What the mail with the code asks of such words; empty for others.

    ``tells_words``: it may repeat some of them. ``takes_words``: *stop* or *wekelijks* in answer to it is heard.
    """
    sentences = [_sentence(each, takes_words=takes_words) for each in meant_in(text)]
    found = personal_data.found(text)
    if tells_words:
        sentences += [personal_data.sentence(each) for each in found]
    else:
        sentences += [personal_data.sentence_without_words(kind) for kind in dict.fromkeys(each.kind for each in found)]
    if not sentences:
        return ""
    return " ".join(
        [
            _("Let op: moet dit op de site?"),
            *sentences,
            _("Moet het niet op de site? Antwoord dan op deze mail met: nee."),
        ]
    )


def _sentence(meant: Meant, *, takes_words: bool) -> str:
    if meant == Meant.STOP and takes_words:
        return _("Wil je hier geen mail meer over? Antwoord dan op deze mail, met alleen het woord: stop.")
    if meant == Meant.STOP:
        return _("Wil je geen mail meer? Antwoord dan op een andere mail van ons, met alleen het woord: stop.")
    if meant == Meant.OFTEN and takes_words:
        return _("Wil je vaker of minder vaak mail? Antwoord dan op deze mail, met alleen het woord: dagelijks. Of: wekelijks. Wil je alleen mail als iemand jou noemt? Antwoord dan: alleen antwoorden aan mij.")  # fmt: skip
    if meant == Meant.OFTEN:
        return _("Wil je vaker of minder vaak mail? Antwoord dan op een andere mail van ons, met alleen het woord: dagelijks. Of: wekelijks.")  # fmt: skip
    if meant == Meant.ERASE:
        return _("Wil je dat we je gegevens wissen? Antwoord dan op deze mail, met alleen de woorden: wis mij.")  # fmt: skip
    if meant == Meant.AWAY:
        return _("Wil je een bericht van jezelf weghalen? Antwoord dan op onze mail over dat bericht met: ongedaan maken. Moet er alleen iets uit, zoals een nummer of je naam? Bel of mail ons.")  # fmt: skip
    if meant == Meant.REPORT:
        return _("Wil je een bericht melden? Antwoord dan op een andere mail van ons: melden, het nummer van het bericht, en wat er mis is.")  # fmt: skip
    if meant == Meant.HELP:
        return _("Heb je hulp nodig? Bel of mail ons.")
    if meant == Meant.BARE:
        return _("Je schreef maar één woord. Op de site weten anderen dan niet wat je bedoelt. Gaf je antwoord op een andere mail van ons? Antwoord dan op die mail.")  # fmt: skip
    return _("Is het alleen voor ons team? Bel of mail ons dan.")
