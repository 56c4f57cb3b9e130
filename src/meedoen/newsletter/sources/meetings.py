"""Meetings to come: those that are new, and those of the next weeks; with when, where, what is arranged, and how to sign up."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import clock
from meedoen.mail.incoming import addresses
from meedoen.meetings import words
from meedoen.meetings.attending import answering
from meedoen.meetings.models import AREA, Meeting
from meedoen.newsletter import rules
from meedoen.search.sources import numbers

from .telling import Source, Told, fitting


def happened(since: datetime, until: datetime) -> list[str]:
    """What comes, the soonest first."""
    is_new = Q(published_at__gt=since, published_at__lte=until)
    is_soon = Q(starts_at__lte=until + rules.LOOKS_AHEAD)
    coming = Meeting.objects.published(until).going_on().filter(starts_at__gt=until)
    found = coming.filter(is_new | is_soon).soonest_first()
    return [str(pk) for pk in found.values_list("pk", flat=True)]


def told(keys: Sequence[str]) -> Mapping[str, Told]:
    """Their words; three queries. What was cancelled or withdrawn meanwhile is not told."""
    now = clock.now()
    rows = Meeting.objects.published(now).going_on().filter(pk__in=numbers(keys))
    rows = rows.select_related("municipality", "place_municipality").prefetch_related("provisions")
    return {str(each.pk): _told(each, now) for each in rows}


def _told(meeting: Meeting, now: datetime) -> Told:
    path = meeting.get_absolute_url()
    is_coming = meeting.starts_at is not None and meeting.starts_at > now
    facts = [
        (_("Wanneer"), words.when(meeting)),
        (_("Waar"), words.where(meeting)),
        (_("Wie organiseert dit?"), words.organiser(meeting)),
        (_("Voor wie"), meeting.for_whom),
        (_("Wat kost het?"), meeting.costs),
        (_("Toegankelijkheid"), " ".join(words.arranged(meeting.provisions.all()))),
        (_("Vragen? Bel of mail"), words.contact(meeting)),
        (_("Aanmelden per mail"), _by_mail(meeting) if is_coming else ""),
    ]
    sign_up = (_("Meld je aan"), reverse("meetings:sign_up", args=[meeting.slug]))
    return Told(
        title=meeting.title,
        path=path,
        words=fitting(meeting.summary),
        summary=meeting.summary,
        facts=tuple((label, value) for label, value in facts if value),
        ways=((sign_up,) if is_coming else ()) + ((_("Lees alles over deze bijeenkomst"), path),),
        is_example=meeting.is_example,
    )


def _by_mail(meeting: Meeting) -> str:
    """How one signs up from a mailbox; empty where no mail can come in."""
    email = addresses.named(answering.NAME)
    return _("mail naar %(email)s, met nummer %(number)s") % {"email": email, "number": meeting.pk} if email else ""


def _instead(key: str) -> str:
    return _("Wil je naar deze bijeenkomst? Mail naar %(email)s, met nummer %(number)s.") % {
        "email": addresses.named(answering.NAME),
        "number": key,
    }


SOURCE = Source(
    "meetings",
    gettext_lazy("Bijeenkomsten die komen"),
    happened,
    told,
    AREA,
    lambda: reverse("meetings:list"),
    instead=_instead,
)
