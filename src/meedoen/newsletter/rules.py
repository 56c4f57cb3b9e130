"""When a letter is made and goes, how much it tells, what an answer to it says. Pure: no database, no clock, no request."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from meedoen.kernel.text import fold
from meedoen.mail.replies.courtesies import without_name

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MADE_ON = 0  # Monday: the team sees the letter a day before it goes
HOUR = time(9, 0)  # in the Netherlands, also on days on which the clock changes
TO_LOOK = timedelta(hours=20)  # the least that the team has to look at it, also when it was made late
MADE_WITHIN = timedelta(days=3)  # a letter that could not be made by then is left to the next week
WEEK = timedelta(days=7)
LOOKS_BACK = timedelta(weeks=4)  # the most that one letter tells, after weeks without one
LOOKS_AHEAD = timedelta(weeks=2)  # meetings that begin within this time stand in it, also when they are not new

MOST_OF_A_KIND = 6  # items; the rest is counted, with the way to all of them
WHOLE_LETTERS = 2_000  # of a text that stands in the letter as a whole: two minutes of reading
OPENING_LETTERS = 1_000  # of the beginning of a longer one, beside its summary
FOREWORD_LETTERS, EASY_LETTERS = 1_500, 1_500  # that the team may write

AT_ONCE = 300  # mails in one transaction, which takes some 0.1 s: what else wants to write waits for that
ROUNDS = 20  # of these in a row: codes are mailed between one minute's and the next
KEEP_EDITIONS = timedelta(days=14)  # the rendered letter, after it went: as long as the outbox keeps words
KEEP_STOPPED = timedelta(days=30)  # what somebody chose, after they stopped: so long it can be undone
PAGE_SIZE = 20  # letters in the archive

_NUMBERED = re.compile(r"\s*(?:nummer|nr\.?)?\s*(\d{1,2})\s*[:.)\-–](?!\d)\s*", re.IGNORECASE)

_WAYS = {
    "makkelijke taal": ("is_easy", True),
    "gewone taal": ("is_easy", False),
    "platte tekst": ("is_plain", True),
    "met opmaak": ("is_plain", False),
}
_WAY = re.compile(rf"\b(?:{'|'.join(_WAYS)})\b")
# All that may stand beside a way: any other word ("geen", "stop met", "wat is") can turn it round.
_SAYS_NO = frozenset(
    ["af", "afmelden", "annuleren", "eraf", "eruit", "geen", "haal", "niet", "niks", "nooit", "opzeggen", "ophouden", "stop",
     "stoppen", "stopt", "uit", "uitschrijven", "unsubscribe", "verwijder", "verwijderen", "weg", "wis"]
)  # fmt: skip
# A mail of these words alone asks for the letter, and so does any that says it with a verb.
_ASKING = frozenset(
    ["ja", "jazeker", "ok", "oke", "prima", "graag", "weer", "toch", "ook", "volgen", "aanmelden", "aanmelding", "inschrijven", "abonneren",
     "abonneer", "abonnement", "subscribe",
     "ik", "wij", "we", "wil", "willen", "zou", "me", "mij", "ons", "voor", "de", "die", "deze", "jullie", "een", "nieuwsbrief",
     "newsletter", "weekbrief", "brief", "krijgen", "ontvangen", "hebben", "lezen", "in", "als", "met", "en", "of", "van",
     "makkelijke", "makkelijk", "gewone", "gewoon", "taal", "platte", "tekst", "opmaak", "alstublieft", "alsjeblieft", "aub", "svp",
     "op", "lijst", "maillijst", "mailinglijst", "mailinglist", "verzendlijst", "staan", "komen", "zet", "zetten", "mag", "mogen", "kan", "kunnen",
     "hallo", "hoi", "dag", "dank", "je", "u", "bedankt"]
)  # fmt: skip
_THE_LETTER = (
    r"(?: (?:ik|wij|we|me|mij|ons|u|je|jullie|uw|ook|graag|eens|weer|voortaan|de|deze|die|een|elke|iedere|week|digitale|wekelijkse))*"
    r" (?:nieuwsbrief|newsletter|weekbrief)(?! (?:op|naar|van (?:gisteren|vandaag|vorige|\d))\b)"
)
_ASKS = re.compile(
    r"\b(?:(?P<signs_up>meld(?: ik| wij| we)? (?:me|mij|ons)(?: \w+){0,5} aan|schrijf(?: ik| wij| we)? (?:me|mij|ons)(?: \w+){0,5} in)"
    r"|(?:aanmelden|inschrijven|abonneren) (?:voor|op)"
    r"|(?:stuur|mail) (?:me|mij|ons)?(?: \w+){0,3} ?nieuwsbrief|nieuwsbrief(?: \w+){0,4} (?:krijgen|ontvangen|hebben)"
    rf"|(?:graag (?:ontvang|krijg)|(?:ontvang|krijg)(?: ik| wij| we)? graag){_THE_LETTER}"
    rf"|(?:mag|mogen|kunt u|kun je|kunnen jullie|wilt u|wil je|willen jullie){_THE_LETTER}(?: ook| alstublieft| alsjeblieft| aub| svp)*(?: (?:sturen|toesturen|mailen))?$)\b"
)
_MEETING = re.compile(r"\bbijeenkomst(?:en)?\b")  # the letter tells of these, and one can be signed up for them too
_BESIDE_WAY = frozenset({"graag", "in", "als", "met", "en", "ook", "de"})


class State(StrEnum):
    """How far a letter is."""

    DRAFT = "draft"
    SENDING = "sending"  # on the site, and on its way to its readers
    SENT = "sent"
    SKIPPED = "skipped"


class Why(StrEnum):
    """Why a letter was skipped."""

    EMPTY = "empty"  # nothing happened, or the team took everything out
    QUIET = "quiet"  # the site was quiet
    HELD = "held"  # the team held it


def last_made(now: datetime) -> datetime:
    """The latest moment at which a letter had to be made."""
    local = now.astimezone(AMSTERDAM)
    day = local.date() - timedelta(days=(local.date().weekday() - MADE_ON) % 7)
    if day == local.date() and local.time() < HOUR:
        day -= WEEK
    return _at(day)


def next_made(now: datetime) -> datetime:
    """The first moment after ``now`` at which a letter is made."""
    return _at(last_made(now).date() + WEEK)


def may_be_made(made: datetime, *, now: datetime) -> bool:
    """Whether it is not too late for the letter of that moment."""
    return made <= now < made + MADE_WITHIN


def day_of(made: datetime) -> date:
    """The day on which the letter of that moment goes, which is its name too."""
    return made.astimezone(AMSTERDAM).date() + timedelta(days=1)


def sends_at(made: datetime, *, now: datetime) -> datetime:
    """When it goes: the morning after, or the first one that leaves the team time to look."""
    moment = _at(day_of(made))
    while moment < now + TO_LOOK:
        moment = _at(moment.date() + timedelta(days=1))
    return moment


def since(made: datetime, told_until: datetime | None) -> datetime:
    """From when a letter tells: from where the last one ended, and never longer ago than a few weeks."""
    if told_until is None:
        return made - WEEK
    return max(told_until, made - LOOKS_BACK)


def number_in(text: str) -> tuple[int, str]:
    """The number of an item with which an answer begins, and what is said about it; 0 where it begins with none."""
    found = _NUMBERED.match(text)
    return (int(found[1]), text[found.end() :].strip()) if found else (0, text.strip())


def day_in(text: str) -> date | None:
    """The day that names a letter in its address; None for what is no day."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _at(day: date) -> datetime:
    return datetime.combine(day, HOUR, tzinfo=AMSTERDAM).astimezone(UTC)


def asks_for_it(subject: str, text: str) -> bool:
    """Whether a mail surely asks for the letter: in words that say so and no word by which it may ask for the opposite.

    Where the mail itself is empty, its subject is asked; one without any words was sent to get it too.
    """
    if not _SAYS_NO.isdisjoint(re.findall(r"[a-z]+", fold(f"{subject} {text}"))):
        return False
    said = fold(without_name(text)) or fold(subject)
    asks = _ASKS.search(said)
    is_of_letter = asks and not (asks["signs_up"] and _MEETING.search(said))
    is_only_asked = _ASKING.issuperset(said.split()) and not _MEETING.search(fold(f"{subject} {text}"))
    return is_only_asked or bool(is_of_letter)


def way_said(text: str) -> dict[str, bool]:
    """How somebody wants the letter, where a mail says that and no more; nothing where it says both of one thing."""
    said = fold(text)
    if said in ("gewoon", "graag gewoon"):  # letters that went before this named it
        return {"is_easy": False, "is_plain": False}
    found = {_WAYS[words] for words in _WAY.findall(said)}
    ways = dict(found)
    is_all = _BESIDE_WAY.issuperset(_WAY.sub(" ", said).split())
    return ways if is_all and len(ways) == len(found) else {}
