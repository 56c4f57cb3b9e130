"""What is held of who was there, and of the hosts who wrote it down."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.meetings.attending.models import Call
from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import Circular, Hosted, Presence, Step


def declare() -> None:
    """Make it known; before who comes is forgotten, by whom it is found."""
    register(HOSTING)
    register(CALLING)


def _export(person: Person) -> list[dict[str, Any]]:
    was_there = Presence.objects.filter(attendee__person=person).exclude(seen="").select_related("attendee__meeting")
    put_there = Hosted.objects.filter(attendee__person=person).select_related("attendee__meeting", "municipality")
    steps = Step.objects.filter(attendee__person=person).select_related("attendee__meeting")
    helped = Step.objects.filter(by=person).select_related("attendee__meeting")
    noted = Presence.objects.filter(by=person).select_related("attendee__meeting")
    added = Hosted.objects.filter(by=person).select_related("attendee__meeting")
    return [
        *({"bijeenkomst": each.attendee.meeting.title, "was je er": each.seen, "op": _moment(each)} for each in was_there),
        *(
            {
                "bijeenkomst": each.attendee.meeting.title,
                "hoe je op de lijst kwam": each.made,
                "gemeente": each.municipality.name if each.municipality else "",
                "op": _moment(each),
            }
            for each in put_there
        ),
        *({"bijeenkomst": each.attendee.meeting.title, "aan de telefoon": each.did, "op": _moment(each)} for each in steps),
        *({"hielp wie belde bij": each.attendee.meeting.title, "met": each.did, "op": _moment(each)} for each in helped),
        *({"noteerde wie er was bij": each.attendee.meeting.title, "op": _moment(each)} for each in noted),
        *({"schreef aan wie komt naar": each.meeting.title, "onderwerp": each.subject, "tekst": each.text, "op": each.changed_at.isoformat(timespec="seconds")} for each in Circular.objects.filter(by=person).select_related("meeting")),
        *({"zette iemand op de lijst van": each.attendee.meeting.title, "op": _moment(each)} for each in added),
    ]  # fmt: skip


def _moment(row: Presence | Hosted | Step) -> str:
    return row.at.isoformat(timespec="seconds")


def _erase(person: Person, erasing: Erasing) -> None:
    """Erase whether somebody was there, and who wrote down that others were; of those it stays."""
    Presence.objects.filter(attendee__person=person).delete()
    Hosted.objects.filter(attendee__person=person).delete()
    Step.objects.filter(attendee__person=person).delete()
    Step.objects.filter(by=person).update(by=None)
    Circular.objects.filter(by=person).update(by=None)
    Presence.objects.filter(by=person).update(by=None)
    Hosted.objects.filter(by=person).update(by=None)


HOSTING = Holding(
    name=_("Of je er was, en wat je als gastheer of gastvrouw noteerde"),
    tables=(Presence, Hosted, Step, Circular),
    what=_(
        "Of je bij een bijeenkomst was, of iemand anders je aanmeldde, en wat je noteerde. En wat je schreef aan wie komt."
    ),
    why=_("Zo weet wie de bijeenkomst houdt wie er was, en wie je belde."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot een jaar na de bijeenkomst."),
    export=_export,
    erase=_erase,
)


def _export_calls(person: Person) -> list[dict[str, Any]]:
    """That they called, never whom: that is of somebody else."""
    found = Call.objects.filter(by=person).select_related("attendee__meeting").order_by("pk")
    return [
        {
            "belde iemand over": each.attendee.meeting.title,
            "op": each.done_at.isoformat(timespec="seconds") if each.done_at else "",
        }
        for each in found
    ]


def _erase_calls(person: Person, erasing: Erasing) -> None:
    """Erase who it was that called; that somebody was called stays."""
    Call.objects.filter(by=person).update(by=None)


CALLING = Holding(
    name=_("Wie je belde, omdat die geen e-mail heeft"),
    tables=(Call,),
    what=_(
        "Van wie belt en geen e-mail heeft: de naam, het telefoonnummer en waarover we bellen. En wie van ons belde. Het nummer ziet alleen wie de bijeenkomst houdt."
    ),
    why=_("Zo hoort ook wie geen e-mail heeft wat anderen in een mail lezen."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot een jaar na de bijeenkomst."),
    export=_export_calls,
    erase=_erase_calls,
)
