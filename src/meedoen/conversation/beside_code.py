"""Of who writes by mail and gets a code: what that mail shows of their words, and what they write beside the code."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.activity import mailed as following
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.kernel.text import fold
from meedoen.mail import actions as mail
from meedoen.mail.references import Reference
from meedoen.mail.rendering import Written
from meedoen.mail.replies import Word, first_word
from meedoen.mail.replies.commands import is_courtesy
from meedoen.mail.secret_words import secret
from meedoen.people import actions as people
from meedoen.people.acts import BESIDE, CannotDo
from meedoen.people.beside_code import TAKES_BACK, taking_back
from meedoen.people.models import PendingAct

from . import doubting
from .actions import subject_of
from .doubting import Meant
from .models import Thread
from .reading import words_of

BY_MAIL = "by_mail"  # in what came by mail: its pictures may stand later, once it is said what is on them
SHOWN_TO = "shown_to"  # the address that surely sent it, and may be mailed its words
LEFT_OUT = "left_out"  # sentences about files that were not taken
# A key of ours in an address of the site, or in one for mail.
_KEYED = re.compile(r"https?://\S+/[A-Za-z0-9_-]{22}(?:/|\b)|\b(?:antwoord|stop)\+[a-z2-7]{26}@")
_MENDED = re.compile(r"^[^\w\n]*tekst[ \t]*:\s*", re.IGNORECASE | re.MULTILINE)
_DIGITS = re.compile(r"\+?\d[\d .-]*\d")
MAX_UNREAD = 1_000  # characters of what was not understood that are mailed back
MAX_NAME_SHOWN = 40  # characters; a longer one may be no name
_ADDRESS = re.compile(r"\w\.\w")  # a mail program makes a link of it
# What asks for no name beside the text, and words around it that ask for nothing else.
_NO_NAME = re.compile(
    r"\b(?:anoniem|zonder (?:mijn )?naam|(?:mijn )?naam (?:(?:graag |liever |maar )?(?:weg|weglaten|eraf|er af|er niet bij|niet(?: erbij)?))|geen naam(?: erbij)?)\b"
)
_AROUND_NO_NAME = frozenset(
    {"graag", "liever", "ja", "maar", "wel", "dan", "dat", "dit", "het", "ik", "wil", "blijf", "plaats", "plaatsen", "zet",
     "laat", "haal", "mijn", "aub", "svp", "alsjeblieft", "alstublieft", "bedankt", "dank", "je", "u", "hoor"}
)  # fmt: skip
# Said of the code, or of a text that is as it should be.
_AGREES = frozenset(
    {"hier", "hierbij", "is", "de", "mijn", "dit", "code", "het", "klopt", "goed", "zo", "akkoord", "juist", "prima", "ok",
     "plaats", "plaatsen", "maar", "graag", "alles", "helemaal", "ja", "hoor", "in", "orde"}
)  # fmt: skip
# Beginnings of words by which somebody wants no text; also in a few words that name a theme, where "het moet bij
# Vervoer" and "nee, bij Vervoer" ask for nothing else.
_REFUSING = rf"{TAKES_BACK}|weg|niet|geen|wacht|stop|zonder|verander|nergens|anoniem|er ?af\b|delete|prive|vertrouwelijk|wis\b|wissen"
_REFUSES = re.compile(rf"\b(?:{_REFUSING})")
# The same, and those by which they want another.
_ASKS_OTHER = re.compile(
    rf"\b(?:{_REFUSING}|nee\b|neen\b|nooit|wijzig|aanpass|anders|ander|fout|haal|laat|moet|liever|nog|eerst|verbeter|schrap|verwijder|vergeten)"
)
_LEAVES_IT_SO = re.compile(r"\b(?:ik )?laat (?:(?:het|dit|hem|alles|maar|gewoon|graag|zo) )*(?:zo|staan)\b")


def shown(act: PendingAct) -> Mapping[str, object]:
    """The words, for who surely sent them, with how they are mended; nothing for anybody else's address.

    Nobody has us mail their words to another. Whether they are meant for everybody is asked of all who mailed them.
    """
    to = act.payload.get(SHOWN_TO)
    is_theirs = bool(to) and to == act.email
    said = "\n\n".join(filter(None, (act.payload.get("title", ""), act.payload.get("text", ""))))
    told = [_public(act), doubting.asked(said, tells_words=is_theirs, takes_words=_hears(act))]
    facts = {"before": " ".join(filter(None, told))} if act.payload.get(BY_MAIL) else {}
    if not is_theirs:
        return facts
    ask = _("Klopt je tekst niet? Typ dan onder de code: tekst: en daarachter je hele tekst, zoals het moet worden.")
    return {**facts, "words": Written(words_of(act.payload["text"])), "ask": ask}


def _public(act: PendingAct) -> str:
    """That everybody reads it, and under which name; a name that may be no name is not mailed."""
    if act.payload.get("hides_name"):
        return _("Iedereen kan het straks lezen, zonder je naam.")
    without = _("Liever zonder naam? Typ dan onder de code: zonder naam.")
    if len(act.name) > MAX_NAME_SHOWN or _ADDRESS.search(act.name):
        return _("Iedereen kan het straks lezen, met de naam uit je mail.") + f" {without}"
    named = _("Iedereen kan het straks lezen. Erbij staat je naam: %(name)s.") % {"name": act.name}
    return f"{named} {without}"


def typed(text: str) -> tuple[str, str]:
    """What stands beside the code, and the text anew that somebody typed after ``tekst:``; empty where they did not."""
    found = _MENDED.search(text)
    mended = without_keys(text[found.end() :]) if found else ""
    return (text[: found.start()], mended) if found and mended else (text, "")


def filled(
    act: PendingAct, text: str, *, is_understood: bool = False, is_heard: Callable[[str], bool] = lambda line: False
) -> dict[str, object]:
    """The words as their writer mends them beside the code, that they want no name there; and what else stands there.

    ``is_understood``: it names a theme, in few words; only what holds the text back is kept then. ``is_heard``: of a line
    that is taken for something else.
    """
    if not act.payload.get(BY_MAIL):
        return {}
    said, mended = typed(text)
    beside = left_over("\n".join(line for line in said.splitlines() if not is_heard(line)), act.name)
    told: dict[str, object] = {"text": mended} if mended else {}
    unnamed = [line for line in beside.splitlines() if asks_no_name(line, act.name)]
    if unnamed:
        told["hides_name"] = True
        beside = "\n".join(line for line in beside.splitlines() if line not in unnamed)
    is_all = is_understood and not _REFUSES.search(_asking(beside))
    return {BESIDE: "" if is_all else beside, **told}


def asks_no_name(line: str, name: str = "") -> bool:
    """Whether a line asks that no name stands beside the text, and nothing else; ``name`` is of who wrote it."""
    rest, count = _NO_NAME.subn(" ", fold(line))
    return bool(count) and set(rest.split()) <= _AROUND_NO_NAME | set(fold(name).split())


def left_over(text: str, name: str) -> str:
    """What somebody called ``name`` says beside a code, but for a greeting, their name, and that it is good so."""
    named = set(fold(name).split())
    kept = []
    for line in without_keys(text).splitlines():
        said = fold(line)
        asking = [word for word in _asking(line).split() if word not in named]
        asks_other = _ASKS_OTHER.search(" ".join(asking))
        is_fine = not asks_other and (is_courtesy(said) or first_word(line) == Word.YES)
        if said and not line.startswith(">") and not is_fine and not set(asking) <= _AGREES:
            kept.append(line)
    return "\n".join(kept)[:MAX_UNREAD]


def said_by_word(act: PendingAct, word: Word, now: datetime) -> str:
    """What a word in the place of the code does, and says, where it is about mail and not about the text.

    Who asked to be mailed less is heard: this was their answer to what the mail asked. *Stop* by any other throws their
    text away, and says what goes on.
    """
    if not act.payload.get(BY_MAIL) or word not in following.RHYTHMS:
        return ""
    follows = _follows(act)
    if _hears(act) and follows and {Meant.STOP, Meant.OFTEN} & set(doubting.meant_in(str(act.payload.get("text", "")))):
        for each in follows:
            came = following.said(each.person, each.subject, word, now)
            if came and came.answer:
                _send(
                    act, came.answer.template, {**came.answer.context, "is_unposted": True}, came.answer.reply_to, now
                )
        people.discard(act, now=now)
        return _("Je bericht komt niet op de site.")
    if following.RHYTHMS[word] != Rhythm.NEVER or word == Word.ANSWERS:
        return ""
    people.discard(act, now=now)
    goes_on = (
        _("Over dit gesprek krijg je nog wel mail. Wil je dat niet? Antwoord dan op zo’n mail met: stop.")
        if follows
        else ""
    )
    return " ".join(
        filter(
            None,
            [
                _("Je bericht komt niet op de site. We wissen het over een uur."),
                goes_on,
                _("Was het een vergissing? Antwoord dan binnen een uur met de code, de 6 cijfers uit onze mail."),
            ],
        )
    )


def _hears(act: PendingAct) -> bool:
    """Whether a word about mail in answer to the code is heard: there is a conversation that it is about, and it was mailed."""
    return bool(act.payload.get(BY_MAIL)) and bool(act.payload.get("thread")) and bool(_follows(act))


def _follows(act: PendingAct) -> list[Follow]:
    """Where those of this address follow the conversation; of several, who is called as the message is to be signed."""
    thread = Thread.objects.filter(pk=act.payload.get("thread")).first()
    if thread is None:
        return []
    subject = subject_of(thread.present)
    found = Follow.objects.alive().filter(person__address__email=act.email, person__erased_at=None, subject=subject)
    follows = list(found.select_related("person__address", "subject"))
    return [each for each in follows if each.person.name == act.name] or follows


def _send(act: PendingAct, template: str, context: Mapping[str, object], reply_to: str, now: datetime) -> None:
    mail.send(
        template, to=act.email, context=context, key=f"act-{act.pk}-{context['rhythm']}", now=now, reply_to=reply_to
    )


def _asking(text: str) -> str:
    """Its words, folded, but for what sounds like asking for another text and is not."""
    return _LEAVES_IT_SO.sub(" ", taking_back(text))


def must_be_understood(act: PendingAct) -> None:
    """Raise ``CannotDo`` where words beside the code may ask for another text, or for none."""
    beside = str(act.payload.get(BESIDE, ""))
    if _ASKS_OTHER.search(_asking(beside)) or doubting.meant_in(beside):
        raise CannotDo(
            _(
                "Je bericht staat nog niet op de site. Onder de code schreef je iets wat we niet begrepen. Is je bericht goed zo? Antwoord dan opnieuw met alleen de code. Moet het anders? Typ dan onder de code: tekst: en daarachter je hele tekst, zoals het moet worden. Moet het niet op de site? Antwoord dan met: nee."
            )
        )


def not_understood(act: PendingAct) -> Reference | str:
    """Other words beside the code, as they are mailed back to who typed it, sealed: they may tell of a need. Empty for none."""
    beside = str(act.payload.get(BESIDE, ""))
    return secret(" ".join(words_of(beside).split())) if beside else ""


def fit_name(name: str) -> str:
    """A name as it may stand beside words, of how a mail program says it: without a phone number or the digits of an address."""
    return " ".join(_DIGITS.sub(" ", name).split()) or name


def without_keys(text: str) -> str:
    """The text without the lines of a mail of ours that hold keys: links and addresses for its reader alone."""
    return "\n".join(line for line in text.splitlines() if not _KEYED.search(line)).strip()
