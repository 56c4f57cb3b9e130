"""The data: those who come to a meeting, alone or together, with their places or their turn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, F, Q, Sum, When
from django.urls import reverse

from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person
from meedoen.people.rules import MAX_EMAIL_LENGTH, MAX_NAME_LENGTH

from . import rules
from .rules import About, Places, Reminder, State, Way

if TYPE_CHECKING:
    from meedoen.meetings.models import Meeting

NOTHING_FORMER: dict[str, Any] = {"former_way": "", "former_companions": 0, "former_until": None}


class PartyQuerySet(models.QuerySet["Party"]):
    def in_line(self) -> Self:
        """Those who wait for places, who came first on top; without those of whom nobody comes any more."""
        coming = Attendee.objects.coming().filter(party=models.OuterRef("pk"))
        return self.filter(models.Exists(coming), state=State.WAITING).order_by("queued_at", "pk")

    def unanswered(self, now: datetime) -> Self:
        """Those who let the time go by in which a place was theirs to take."""
        return self.filter(state=State.OFFERED, offered_until__lte=now)


class Party(models.Model):
    """Those who come together: one person, or some as equals. They have their places as a whole, or wait as a whole."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="parties")
    state = models.CharField(max_length=7, choices=[(state.value, state.value) for state in State])
    made_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True)  # since when they wait: their turn
    offered_until = models.DateTimeField(null=True, blank=True)
    offer_count = models.PositiveSmallIntegerField(default=0)

    objects = PartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_party_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state is not known.",
            ),
            models.CheckConstraint(
                name="meetings_party_waits_since",
                condition=~Q(state__in=(State.WAITING, State.OFFERED)) | Q(queued_at__isnull=False),
                violation_error_message="Who waits has a turn.",
            ),
            models.CheckConstraint(
                name="meetings_party_offer_ends",
                condition=Q(state=State.OFFERED, offered_until__isnull=False)
                | (~Q(state=State.OFFERED) & Q(offered_until__isnull=True)),
                violation_error_message="An offer has an end, and nothing else has.",
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "state", "queued_at", "id"], name="meetings_party_line"),
            models.Index(fields=["offered_until"], name="meetings_party_offers", condition=Q(state=State.OFFERED)),
        ]

    def __str__(self) -> str:
        return f"party {self.pk}"


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that it is time for, at one meeting, for who attends it in one way."""

    meeting: "Meeting"
    way: Way
    kind: Reminder
    since: datetime


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    def coming(self) -> Self:
        """Those who did not cancel, invited ones included."""
        return self.filter(cancelled_at__isnull=True)

    def confirmed(self) -> Self:
        """Those of them who said yes themselves."""
        return self.coming().filter(confirmed_at__isnull=False)

    def of_email(self, email: str) -> Self:
        """Those of one address, who said yes or were asked along."""
        return self.filter(Q(email=email) | Q(person__address__email=email))

    def same_as(self, attendee: "Attendee") -> Self:
        """Those that are the same somebody, as far as we know who that is."""
        if attendee.person_id:
            return self.filter(person=attendee.person_id)
        if attendee.phone:
            return self.filter(phone=attendee.phone, name=attendee.name)
        return self.of_email(attendee.email)

    def placed(self) -> Self:
        """Those of them who have a place."""
        return self.confirmed().filter(party__state=State.PLACED)

    def holding(self, now: datetime) -> Self:
        """Those whose places are not free: who comes, and who cancelled or was asked so shortly ago that they may yet."""
        return self.filter(Q(cancelled_at__isnull=True) | Q(held_until__gt=now), party__state__in=rules.HOLDING)

    def places(self) -> Places:
        """The places that these take, by the way in which they attend; one query."""
        seats = Sum(Case(When(way=Way.ROOM, then=F("companions") + 1), default=1))
        return Places({Way(way): count for way, count in self.order_by().values_list("way").annotate(seats=seats)})

    def changed_places(self, now: datetime) -> Places:
        """The places that these had before they changed how they attend, which are held for them; one query."""
        changed = self.filter(former_until__gt=now, party__state__in=rules.HOLDING)
        return sum((each.changed_places(now) for each in changed), Places())

    def silent(self, now: datetime) -> Self:
        """Invited ones who let their time go by."""
        return self.coming().filter(confirmed_at__isnull=True, invited_until__lte=now)

    def to_release(self, now: datetime) -> Self:
        """Those whose place is not held any longer, which nobody noted yet."""
        return self.filter(cancelled_at__isnull=False, held_until__lte=now)

    def changed_for_good(self, now: datetime) -> Self:
        """Those whose way of attending of before is not held any longer, which nobody noted yet."""
        return self.filter(former_until__lte=now)

    def untold(self, now: datetime) -> Self:
        """Those who do not know yet what changed at a meeting that is to come, or that it is not held."""
        return self.confirmed().filter(
            ~Q(told=F("meeting__sequence")), meeting__ends_at__gt=now, meeting__withdrawn_at__isnull=True
        )

    def to_remind(self, due: Iterable["Due"]) -> Self:
        """Those with a place who heard nothing since it is time, and who know of all changes."""
        waits = Q(pk__in=[])
        for each in due:
            waits |= Q(meeting=each.meeting, way=each.way) & Q(informed_at__lt=each.since)
        known = Q(person__isnull=False) | ~Q(phone="")
        return self.placed().filter(waits, known, told=F("meeting__sequence"))

    def past_end(self, now: datetime) -> Self:
        """Those of meetings so long ago that nobody needs to know."""
        return self.filter(meeting__ends_at__lte=now - rules.KEEP_ATTENDEES)


class Attendee(models.Model):
    """Somebody who comes. ``key`` opens their own page; ``name`` and ``email`` are there until they said yes themselves.

    Who called and has no e-mail is no person of ours: of them there is a ``name`` and a ``phone``.

    ``companions`` help them and come along into the room; of these nothing is known but how many. ``former_way`` and
    ``former_companions`` are how they attended before they changed that, for as long as they can go back to it.
    """

    key = models.CharField(max_length=40, unique=True, default=unguessable)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="attendees")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="attendees")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="attending")
    name = models.CharField(max_length=MAX_NAME_LENGTH, blank=True)
    email = models.EmailField(max_length=MAX_EMAIL_LENGTH, blank=True)
    phone = models.CharField(max_length=rules.MAX_PHONE_LENGTH, blank=True)
    way = models.CharField(max_length=6, choices=[(way.value, way.value) for way in Way])
    companions = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    invited_until = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)  # the place of who cancelled, until then
    former_way = models.CharField(max_length=6, blank=True, choices=[(way.value, way.value) for way in Way])
    former_companions = models.PositiveSmallIntegerField(default=0)
    former_until = models.DateTimeField(null=True, blank=True)  # what they left is held for them, until then
    sequence = models.PositiveIntegerField(default=0)  # changes in how they come, for their calendar (RFC 5546)
    told = models.PositiveIntegerField(default=0)  # the meeting's own ``sequence`` that they know of

    informed_at = models.DateTimeField(null=True, blank=True)  # when a mail last told how they come, or what changed
    thanked_at = models.DateTimeField(null=True, blank=True)  # when they were mailed that the report is there

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="meetings_attendee_once",
                fields=["meeting", "person"],
                condition=Q(cancelled_at__isnull=True, person__isnull=False),
                violation_error_message="Somebody comes once.",
            ),
            models.UniqueConstraint(
                name="meetings_attendee_invited_once",
                fields=["meeting", "email"],
                condition=Q(cancelled_at__isnull=True) & ~Q(email=""),
                violation_error_message="Somebody is invited once.",
            ),
            models.UniqueConstraint(
                name="meetings_attendee_called_once",
                fields=["meeting", "phone", "name"],
                condition=Q(cancelled_at__isnull=True) & ~Q(phone=""),
                violation_error_message="Somebody who calls comes once.",
            ),
            models.CheckConstraint(
                name="meetings_attendee_person_or_phone",
                condition=Q(phone="") | (Q(person__isnull=True, email="") & ~Q(name="")),
                violation_error_message="Who has a telephone number here has no person and no e-mail address.",
            ),
            models.CheckConstraint(
                name="meetings_attendee_way_is_known",
                condition=Q(way__in=[way.value for way in Way]),
                violation_error_message="This way is not known.",
            ),
            models.CheckConstraint(
                name="meetings_attendee_companions",
                condition=Q(companions__lte=rules.MAX_COMPANIONS) & (Q(companions=0) | Q(way=Way.ROOM)),
                violation_error_message="Who helps takes a chair in the room, and there are not more than fit.",
            ),
            models.CheckConstraint(
                name="meetings_attendee_held_after_cancelling",
                condition=Q(held_until__isnull=True) | Q(cancelled_at__isnull=False),
                violation_error_message="Only the place of who cancelled is held.",
            ),
            models.CheckConstraint(
                name="meetings_attendee_former_way_is_known",
                condition=Q(former_until__isnull=True, former_way="", former_companions=0)
                | Q(former_until__isnull=False, former_way__in=[way.value for way in Way]),
                violation_error_message="What is held for who changed is a way to attend, and ends.",
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "cancelled_at"], name="meetings_attendee_coming"),
            models.Index(fields=["held_until"], name="meetings_attendee_held", condition=Q(held_until__isnull=False)),
            models.Index(
                fields=["former_until"], name="meetings_attendee_former", condition=Q(former_until__isnull=False)
            ),
            models.Index(
                fields=["invited_until"],
                name="meetings_attendee_invited",
                condition=Q(confirmed_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"attendee {self.pk}"

    @property
    def own_url(self) -> str:
        """Their own page: how it stands, change, cancel."""
        return reverse("meetings:attendee", args=[self.key])

    @property
    def door_url(self) -> str:
        """Where they go in online."""
        return reverse("meetings:own_door", args=[self.key])

    def changed_places(self, now: datetime) -> Places:
        """The places that they left by attending otherwise, which are held for them."""
        if self.former_until is None or self.former_until <= now:
            return Places()
        return rules.left_free((Way(self.former_way), self.former_companions), (Way(self.way), self.companions))

    def note_former(self, *, way: str = "", companions: int = 0, until: datetime | None = None) -> None:
        """Hold how they attended before; without end nothing is held."""
        self.former_way, self.former_companions, self.former_until = way, companions, until

    @property
    def called(self) -> str:
        """How they are called, for who comes with them and for who organises; empty for who was erased."""
        return self.person.name if self.person else self.name

    @property
    def address(self) -> str:
        """Where mail to them goes; empty for who was erased."""
        if self.person is None:
            return self.email
        return self.person.address.email if self.person.address else ""


class CallQuerySet(models.QuerySet["Call"]):
    def open(self, now: datetime) -> Self:
        """Those still to make: of who comes, to a meeting that is on the site and not over."""
        return self.filter(
            done_at__isnull=True,
            attendee__cancelled_at__isnull=True,
            attendee__meeting__ends_at__gt=now,
            attendee__meeting__withdrawn_at__isnull=True,
        )


class Call(models.Model):
    """What somebody without e-mail is to be told by telephone. ``key`` is that of the mail that others get: each once."""

    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="calls")
    about = models.CharField(max_length=8, choices=[(each.value, each.value) for each in About])
    key = models.CharField(max_length=80, unique=True)
    noted_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_call_is_known",
                condition=Q(about__in=[each.value for each in About]),
                violation_error_message="This is nothing to call about.",
            ),
        ]
        indexes = [
            models.Index(fields=["attendee"], name="meetings_call_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"
