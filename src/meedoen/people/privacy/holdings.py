"""What the packages up to this floor hold of a person."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meedoen.mail import actions as mail
from meedoen.mail.health.models import Recovered, Setback
from meedoen.mail.incoming import erasing as incoming
from meedoen.mail.incoming import reports, sealing
from meedoen.mail.incoming.models import Count, DeadAddress, Incoming, ReplyAddress
from meedoen.mail.incoming.rules import parts_of
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, PendingAct, Person, Tally

from .register import Erasing, Holding, register

MAX_MAIL_BYTES = 100_000  # of a mail that is handed over: its words; files in it stand among what they became


def declare() -> None:
    """Make them known, in the order in which they may be erased."""
    for holding in (TALLIES, ACTS, SIGN_IN, MAIL, MAILED, WHO):
        register(holding)


def _who(person: Person) -> list[dict[str, Any]]:
    address = person.address
    return [
        {
            "naam": person.name,
            "e-mailadres": address.email if address else "",
            "adres bevestigd op": _moment(address.verified_at if address else None),
            "rol": person.role,
            "gemeente": person.municipality.name if person.municipality else "",
            "over jou": person.about,
            "lid van het team": person.is_team,
            "doet mee sinds": _moment(person.joined_at),
        }
    ]


def _erase_who(person: Person, erasing: Erasing) -> None:
    """Empty the row; the address goes too, unless somebody else is behind it."""
    address = person.address
    person.address, person.municipality = None, None
    person.name = person.role = person.about = ""
    person.is_team = False
    person.erased_at = erasing.now
    person.save()
    if address and not Person.objects.behind(address).exists():
        Address.objects.filter(pk=address.pk).delete()


def _mails(person: Person) -> list[dict[str, Any]]:
    if person.address is None:
        return []
    sent = OutgoingMail.objects.filter(to=person.address.email).order_by("created_at")
    return [
        {"onderwerp": each.subject, "tekst": each.shown_text, "gemaakt op": _moment(each.created_at)} for each in sent
    ]


def _erase_mails(person: Person, erasing: Erasing) -> None:
    if person.address and not _is_shared(person):
        mail.erase_to(person.address.email, now=erasing.now)


def _mailed(person: Person) -> list[dict[str, Any]]:
    if person.address is None:
        return []
    email = person.address.email
    came = _came_from(person)
    back = [
        *DeadAddress.objects.filter(email=email).values_list("since", "status"),
        *Recovered.objects.filter(email=email).values_list("since", "status"),
    ]
    return [
        *(
            {
                "aan": each.recipient,
                "gekregen op": _moment(each.received_at),
                "de mail": _words_of(each),
            }
            for each in came
        ),
        *({"adres om op te antwoorden, gemaakt op": _moment(each.made_at)} for each in _addresses_of(person)),
        *({"mail naar jou kwam terug op": _moment(since), "omdat": status} for since, status in back),
        *({"mail naar jou kwam niet aan op": each.day.isoformat()} for each in Setback.objects.filter(email=email)),
    ]


def _words_of(mail: Incoming) -> str:
    try:
        return sealing.opened(mail)[:MAX_MAIL_BYTES].decode("utf-8", "replace")
    except sealing.CannotOpen:
        return "(ligt op slot, en de sleutel is weg)"


def _came_from(person: Person) -> list[Incoming]:
    """What they mailed us, the oldest first; where others share the address, only what came to addresses of theirs alone."""
    if person.address is None:
        return []
    came = Incoming.objects.filter(author=person.address.email).order_by("received_at", "pk")
    if not _is_shared(person):
        return list(came)
    theirs = set(_addresses_of(person).values_list("token", flat=True))
    return [each for each in came if parts_of(each.recipient)[1] in theirs]


def _erase_mailed(person: Person, erasing: Erasing) -> None:
    incoming.erase_to(list(_addresses_of(person).values_list("token", flat=True)), now=erasing.now)
    _addresses_of(person).delete()
    if person.address and not _is_shared(person):
        incoming.erase_from(person.address.email, now=erasing.now)
        reports.forget(person.address.email)


def _addresses_of(person: Person) -> QuerySet[ReplyAddress]:
    owners = [str(person.pk)]
    if person.address and not _is_shared(person):
        owners.append(person.address.email)
    return ReplyAddress.objects.filter(owner__in=owners).order_by("made_at", "pk")


def _sign_ins(person: Person) -> list[dict[str, Any]]:
    if person.address is None:
        return []
    sessions = UserSession.objects.filter(user=person.address)
    keys = Authenticator.objects.filter(user=person.address)
    return [{"apparaat": each.user_agent, "gezien op": _moment(each.last_seen_at)} for each in sessions] + [
        {"sleutel": str(each.wrap().name), "gemaakt op": _moment(each.created_at)} for each in keys
    ]


def _erase_sign_ins(person: Person, erasing: Erasing) -> None:
    if person.address is None or _is_shared(person):
        return
    # First the address, which the end of each session marks: who saves one of the others waits, and we not for them.
    Address.objects.select_for_update().get(pk=person.address.pk)
    for session in UserSession.objects.filter(user=person.address):
        session.end()
    Authenticator.objects.filter(user=person.address).delete()


def _acts(person: Person) -> list[dict[str, Any]]:
    return [
        {"soort": act.kind, "naam": act.name, "inhoud": act.payload, "gemaakt op": _moment(act.created_at)}
        for act in _acts_of(person)
    ]


def _erase_acts(person: Person, erasing: Erasing) -> None:
    PendingAct.objects.filter(pk__in=[act.pk for act in _acts_of(person)]).delete()


def _acts_of(person: Person) -> list[PendingAct]:
    """What they began: as this person, and, when nobody shares the address, all that was begun with it."""
    acts = PendingAct.objects.filter(person=person)
    if person.address and not _is_shared(person):
        acts = acts | PendingAct.objects.filter(email=person.address.email)
    return list(acts.order_by("created_at"))


def _is_shared(person: Person) -> bool:
    return bool(person.address) and Person.objects.behind(person.address).exclude(pk=person.pk).exists()  # type: ignore[arg-type]


def _moment(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


WHO = Holding(
    name=_("Wie je bent"),
    tables=(Person, Address),
    what=_("Je e-mailadres en je naam. En je rol, je gemeente en een zin over jou, als je die invulde."),
    why=_("Zo zien anderen wie iets schreef, en kunnen wij je bereiken."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je zegt dat we het moeten wissen. Een adres dat niemand bevestigt, wissen we na 7 dagen."),
    export=_who,
    erase=_erase_who,
)
MAILED = Holding(
    name=_("Wat je ons mailde"),
    tables=(Incoming, ReplyAddress, DeadAddress, Recovered, Setback, Count),
    what=_(
        "De mails die je ons stuurde, en de adressen waarop je ons antwoordt. Ook of mail naar jou terugkwam, en hoe vaak je ons vandaag mailde."
    ),
    why=_("Zo kun je per mail meedoen, en raakt je mail niet kwijt."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_(
        "Je mails 14 dagen, of 30 dagen als iemand van ons ernaar moet kijken. Ze liggen op slot. Wat je naar hulp mailt, wissen we zodra iemand van ons het heeft. De adressen tot je vraagt om alles te wissen. Een adres dat je intrekt, wissen we na een jaar. Dat mail naar jou terugkwam, weten we tot 60 dagen nadat het weer goed gaat."
    ),
    export=_mailed,
    erase=_erase_mailed,
    page="people:answer_addresses",
)
MAIL = Holding(
    name=_("Mails aan jou"),
    tables=(OutgoingMail,),
    what=_("De mails die wij je stuurden."),
    why=_("Zo kunnen we zien of een mail is aangekomen."),
    basis=_("Het is nodig om de site te laten werken (gerechtvaardigd belang)."),
    until=_("De tekst wissen we na 14 dagen. Na een jaar weten we ook niet meer dat er een mail was."),
    export=_mails,
    erase=_erase_mails,
)
SIGN_IN = Holding(
    name=_("Hoe je inlogt"),
    tables=(UserSession, Authenticator, Session),
    what=_("Op welke apparaten je bent ingelogd, en je sleutels."),
    why=_("Zo blijf je ingelogd, en zie je of iemand anders dat ook is."),
    basis=_("Het is nodig om in te loggen (overeenkomst)."),
    until=_("Tot je uitlogt, of na 30 dagen. Een sleutel tot je die weghaalt."),
    export=_sign_ins,
    erase=_erase_sign_ins,
)
ACTS = Holding(
    name=_("Wat nog een code nodig heeft"),
    tables=(PendingAct,),
    what=_("Teksten die je schreef en nog niet bevestigde."),
    why=_("Zo raak je niets kwijt."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("7 dagen. Na het bevestigen wissen we de tekst hier meteen, en na 30 dagen de rest."),
    export=_acts,
    erase=_erase_acts,
)
TALLIES = Holding(
    name=_("Hoe vaak iets gebeurt"),
    tables=(Tally,),
    what=_("Een getal per netwerk of adres. Wie het is, kunnen we er niet uit halen."),
    why=_("Zo houden we robots en raders van codes tegen."),
    basis=_("Het is nodig om de site veilig te houden (gerechtvaardigd belang)."),
    until=_("2 dagen."),
    export=lambda person: [],
    erase=lambda person, erasing: None,  # a keyed hash of two days at most, which nobody can lead back to a person
)
