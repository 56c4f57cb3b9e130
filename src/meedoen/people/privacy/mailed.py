"""``gegevens@…``: ask for all that is known of you, or have it erased. Nothing is told or erased without the code."""

import re
from datetime import datetime
from enum import Enum

from django.utils.translation import gettext as _

from meedoen.kernel.text import fold
from meedoen.mail.incoming import routes, rules
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.replies import Word, only_word
from meedoen.mail.replies.courtesies import without_name
from meedoen.people import actions as people
from meedoen.people.models import PendingAct, Person

from .acts import BY_MAIL, DATA, ERASE

NAME = "gegevens"
_ERASE = re.compile(r"\b(?:wis|wissen|gewist|verwijder|verwijderen|verwijderd|vergeet|vergeten)\b")
_HAND = re.compile(
    r"\b(?:stuur|sturen|krijgen|inzage|inzien|zien|kopie|overzicht|download|opvragen|opsturen|weten|weet)\b"
)
_OTHER = re.compile(r"\b(?:verbeter|verbeteren|verander|veranderen|wijzig|wijzigen|corrigeer|corrigeren)\b")


class Wish(Enum):
    """What somebody asks about what is known of them."""

    DATA = DATA
    ERASE = ERASE


_BY_WORD = {Word.DATA: Wish.DATA, Word.ERASE: Wish.ERASE}


def register() -> None:
    """Make the address known; at start-up."""
    routes.register_name(NAME, ask, is_private=True)
    routes.register_anywhere(anywhere)


def ask(letter: Letter, now: datetime) -> Came:
    """Begin what a mail asks, and mail its code; where that is not one thing, ask which. Raises ``NotTaken``."""
    wish = wish_in(f"{letter.reply.subject}\n{letter.reply.own}")
    if wish is None:
        return Came("data: which?", Answer("mail/people/data_which.md", {"email": letter.recipient}, kind="data which"))
    return begin(letter, wish, now)


def wish_in(text: str) -> Wish | None:
    """What a text asks; None where it asks neither, both, or something else about one's data."""
    said = fold(text)
    asks_erasing, asks_data = bool(_ERASE.search(said)), bool(_HAND.search(said))
    if _OTHER.search(said) or (asks_erasing and asks_data):
        return None
    if asks_erasing:
        return Wish.ERASE
    return Wish.DATA if asks_data or "gegevens" in said.split() else None


def anywhere(letter: Letter, address: ReplyAddress | None, now: datetime) -> Came | None:
    """What a mail that says no more than *mijn gegevens* or *wis mij* begins, wherever it was sent; None for any other.

    In answer to the mail with the code for just that it begins nothing new: that code is asked.
    """
    wish = _wish_said(letter)
    is_told_there = rules.parts_of(letter.recipient)[0] == NAME or _waits(address, wish, now)
    return begin(letter, wish, now) if wish and not is_told_there else None


def _wish_said(letter: Letter) -> Wish | None:
    word = only_word(without_name(letter.reply.text))
    return _BY_WORD.get(word) if word else None


def _waits(address: ReplyAddress | None, wish: Wish | None, now: datetime) -> bool:
    """Whether it answers the mail with the code for that very wish."""
    if wish is None or address is None or address.purpose != people.BY_MAIL:
        return False
    waiting = PendingAct.objects.alive(now).filter(key=address.about, kind=wish.value)
    return waiting.exclude(state=PendingAct.State.DONE).exists()


def begin(letter: Letter, wish: Wish, now: datetime) -> Came:
    """Keep the act and mail its code to the address that the mail came from. Raises ``NotTaken``."""
    behind = list(Person.objects.filter(address__email=letter.author, erased_at__isnull=True).order_by("pk"))
    if not behind:
        return Came("data: nobody", Answer("mail/people/data_nobody.md", kind="data nobody"), erases=True)
    person = _meant(behind, f"{letter.reply.subject}\n{letter.reply.own}\n{letter.name}")
    if person is None:
        names = [each.name or _("(zonder naam)") for each in behind]
        context = {"names": names, "email": letter.recipient, "is_erasing": wish == Wish.ERASE}
        return Came("data: whose?", Answer("mail/people/data_whose.md", context, kind="data whose"))
    payload: dict[str, object] = {
        "asked": letter.message_id or now.isoformat()
    }  # asked again another day, it is another act
    if wish == Wish.ERASE:
        payload |= {"with_texts": False, BY_MAIL: True}
    try:
        act = people.keep(
            wish.value,
            payload=payload,
            name=person.name,
            email=letter.author,
            network=f"mail:{letter.counts_for}",
            now=now,
            person=person,
        )
        people.ask_code(act, now=now, is_by_mail=True)
    except people.Refused as refused:
        raise NotTaken(str(refused)) from refused
    return Came(f"data: {wish.name.lower()} asked", erases=wish == Wish.ERASE)


def _meant(behind: list[Person], text: str) -> Person | None:
    """Who it is about: the only one of the address, or the only one that the mail names."""
    said = fold(text)
    named = [each for each in behind if each.name and re.search(rf"\b{re.escape(fold(each.name))}\b", said)]
    found = named if len(behind) > 1 else behind
    return found[0] if len(found) == 1 else None
