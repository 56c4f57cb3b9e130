"""What who comes needs to know, as (what, words): of the place, and of the program with which one attends online."""

from django.utils.translation import gettext as _

from .models import Meeting, ProgrammeItem


def in_the_room(meeting: Meeting) -> list[tuple[str, str]]:
    """Of the place; what is not known has no words."""
    return [
        (_("Adres"), ", ".join(part for part in (meeting.place_name, meeting.place_address) if part)),
        (_("Route"), meeting.route),
        (_("Met bus of trein"), meeting.public_transport),
        (_("Parkeren met een gehandicaptenkaart"), meeting.parking),
        (_("De ingang"), meeting.entrance),
        (_("Toilet"), meeting.toilet),
        (_("Rustige kamer"), meeting.quiet_room),
        (_("Hulphonden"), meeting.assistance_dogs),
        (_("Komt er iemand mee om je te helpen?"), meeting.companion),
    ]


def online(meeting: Meeting) -> list[tuple[str, str]]:
    """Of the program; what is not known has no words."""
    return [
        (_("Met welk programma?"), meeting.online_program),
        (_("Kan het met de telefoon?"), meeting.online_by_phone),
        (_("Vooraf proberen"), meeting.online_test),
    ]


def in_a_line(item: ProgrammeItem) -> str:
    """A part of the programme: ``14.00 uur: Welkom (Carla)``."""
    time = _("%(time)s uur: ") % {"time": f"{item.time:%H.%M}"} if item.time else ""
    return f"{time}{item.title}" + (f" ({item.speakers})" if item.speakers else "")
