"""Why the words of a mail may not be meant for everybody: then who sent them is asked first, and nothing is posted. Pure.

Who asks in a few words to be left alone, to be helped, or to have somebody stopped, says it to us; and who has somebody's
number or address in their words may not have thought of who reads it. In a longer text such a word stands in passing.
"""

import re
from enum import Enum, auto

from django.utils.translation import gettext as _

from meedoen.kernel.text import fold
from meedoen.mail.replies.commands import is_courtesy

from . import personal_data
from .moderation.said import concern_in

MAX_SHORT_WORDS = 12  # a longer text with such a word in it tells something
MAX_REPORT_WORDS = 25  # who reports says why
_LOOKED_AT = 1_000  # characters; no text of so few words is longer


class Meant(Enum):
    """What somebody may ask of us."""

    STOP = auto()
    OFTEN = auto()
    ERASE = auto()
    REPORT = auto()
    HELP = auto()
    TEAM = auto()


_MAILS = r"(?:e ?)?(?:mail|mails|mailtje|mailtjes|mailen|nieuwsbrief|nieuwsbrieven)"
_LEAVING = r"(?:afmeld\w*|afgemeld|uitschrij\w*|uitgeschreven|unsubscribe)"
_OFTEN = r"(?:wekelijks\w*|dagelijks\w*|(?:elke|per) (?:week|dag))"
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
_OWN = (
    r"\bmijn (?:\w+ )?\w*(?:naam|bericht|reactie|tekst|gegevens|account|adres|nummer|foto|antwoord|vraag)(?:en|s|je)?\b"
)
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
        rf"^(?:\w+ ){{0,3}}{_OFTEN}$",
        rf"^{_SENDERS}.*\b(?:(?:liever|{_MAILS})\b.*|graag )\b{_OFTEN}\b",
        rf"^{_SENDERS}.*\b{_OFTEN}\b.*\b(?:(?:liever|graag)$|{_MAILS}\b)",
    ),
    Meant.ERASE: (
        rf"\b(?:wis|wissen|verwijder|verwijderen|haal|schrap|vergeet)\b.*{_OWN}",
        rf"{_OWN}.*\b(?:wissen|verwijderen|weghalen|schrappen|er ?af$|(?<!is )weg$)",
        r"\b(?:wis|verwijder|haal|schrap|vergeet) (?:alsjeblieft |nu )?(?:mij|me)\b(?! niet\b)",
        r"\b(?:mij|me) (?:\w+ ){0,3}(?:wissen|verwijderen|weghalen|schrappen)\b",
    ),
    Meant.HELP: (
        r"^help\b",
        r"\bik (?:snap|begrijp) (?:het|dit|er|deze mail|jullie) (?:\w+ )?(?:niet|niets|niks)\b",
    ),
    Meant.TEAM: (
        rf"\b{_FEW_EYES}\b",
        rf"(?:^|\bdit (?:is )?|\b{_WISHES} (?:\w+ ){{0,3}}){_NOT_PUBLIC}\b(?! van\b)",
        r"\b(?:kunnen jullie|willen jullie|kunt u|wilt u|kun je|kan iemand|wil iemand)\b.*\b(?:mij|me)\b" + _NO_THING + r" (?:bellen|mailen|terugbellen)\b",
        r"^bel (?:mij|me)\b",
    ),
}  # fmt: skip
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
    found = []
    if count <= MAX_SHORT_WORDS:
        found = [meant for meant, patterns in _SAID.items() if any(re.search(each, said) for each in patterns)]
    elif _BEGINS_FOR_FEW.search(said):
        found = [Meant.TEAM]
    reports = any(re.search(each, said) for each in _REPORTS) or bool(_REPORTS_NAME.search(text[:_LOOKED_AT]))
    names_it = re.search(rf"\b{_MESSAGE}\b", said) or _TELLS_THAT.search(said)
    accuses = count <= MAX_SHORT_WORDS and bool(names_it and concern_in(said))
    if (count <= MAX_REPORT_WORDS and reports) or accuses:
        found.append(Meant.REPORT)
    return found


def is_doubtful(text: str) -> bool:
    """Whether who sent it is asked before it stands."""
    return bool(meant_in(text) or personal_data.found(text))


def asked(text: str, *, tells_words: bool) -> str:
    """What the mail with the code asks of such words; empty for others. ``tells_words``: it may repeat some of them."""
    sentences = [_sentence(each) for each in meant_in(text)]
    if tells_words:
        sentences += [personal_data.sentence(each) for each in personal_data.found(text)]
    if not sentences:
        return ""
    return " ".join(
        [
            _("Let op: moet dit op de site?"),
            *sentences,
            _("Moet het niet op de site? Antwoord dan op deze mail met: nee."),
        ]
    )


def _sentence(meant: Meant) -> str:
    if meant == Meant.STOP:
        return _("Wil je geen mail meer? Antwoord dan op een andere mail van ons, met alleen het woord: stop.")
    if meant == Meant.OFTEN:
        return _("Wil je vaker of minder vaak mail? Antwoord dan op een andere mail van ons, met alleen het woord: dagelijks. Of: wekelijks.")  # fmt: skip
    if meant == Meant.ERASE:
        return _("Wil je dat we je gegevens wissen? Antwoord dan op een andere mail van ons, met alleen de woorden: wis mij.")  # fmt: skip
    if meant == Meant.REPORT:
        return _("Wil je een bericht melden? Antwoord dan op een andere mail van ons: melden, het nummer van het bericht, en wat er mis is.")  # fmt: skip
    if meant == Meant.HELP:
        return _("Heb je hulp nodig? Bel of mail ons.")
    return _("Is het alleen voor ons team? Bel of mail ons dan.")
