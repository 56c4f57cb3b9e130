"""The outbox: one row for each mail that a transaction decided to send."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from meedoen.kernel import prepared
from meedoen.mail import references, rules


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Questions to the outbox, and the claims on it that only one worker can win."""

    def claim(self, mail_id: int, *, now: datetime) -> bool:
        """Take a due mail for one lease. True for exactly one of many who ask at the same time."""
        return (
            self.filter(pk=mail_id, state=OutgoingMail.State.WAITING, due_at__lte=now).update(
                state=OutgoingMail.State.SENDING,
                claimed_until=now + rules.LEASE,
                attempts=F("attempts") + 1,
            )
            == 1
        )

    def has_claim(self, mail_id: int, *, now: datetime) -> bool:
        """Whether it is claimed by who asked for it at that very moment."""
        return self.filter(pk=mail_id, state=OutgoingMail.State.SENDING, claimed_until=now + rules.LEASE).exists()

    def abandoned(self, *, now: datetime) -> "OutgoingMailQuerySet":
        """Claimed by a worker that never came back."""
        return self.filter(state=OutgoingMail.State.SENDING, claimed_until__lte=now)

    def forgotten(self, *, now: datetime) -> "OutgoingMailQuerySet":
        """Due so long ago that its task must be lost."""
        return self.filter(state=OutgoingMail.State.WAITING, due_at__lte=now - rules.TASK_LOST_AFTER)

    def waiting_for_server(self) -> "OutgoingMailQuerySet":
        """Fine in itself; our own mail server was away."""
        return self.filter(state=OutgoingMail.State.WAITING, server_away_at__isnull=False)

    def server_found_away_at(self, *, now: datetime) -> datetime | None:
        """When somebody found our mail server away a moment ago, if nobody got through since."""
        found = prepared.one(_last_that_found_it_away)
        last = found.server_away_at if found else None
        if last is None or last <= now - rules.SERVER_PAUSE or self.filter(sent_at__gte=last).exists():
            return None
        return last

    def with_words_past_end(self, *, now: datetime) -> "OutgoingMailQuerySet":
        """Sent or given up, and kept as long as its words may be."""
        return self.filter(_closed_by(now - rules.KEEP_WORDS), erased_at__isnull=True)

    def with_key_past_end(self, *, now: datetime) -> "OutgoingMailQuerySet":
        """Sent or given up so long ago that its key need not be remembered."""
        return self.filter(_closed_by(now - rules.KEEP_KEY))

    def counts(self) -> dict[str, int]:
        """How many mails are in each state, for the figures of the day."""
        found = dict(self.order_by().values_list("state").annotate(models.Count("pk")))
        return {state: found.get(state, 0) for state in OutgoingMail.State.values}

    def ids(self, *, limit: int) -> list[int]:
        """The ids, oldest due first, at most ``limit``."""
        return list(self.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def _last_that_found_it_away() -> OutgoingMailQuerySet:
    """By the index of the few that wait for the server; the largest of all rows would be looked for in each."""
    known = OutgoingMail.objects.filter(server_away_at__isnull=False)
    return known.only("server_away_at").order_by("-server_away_at")[:1]


class OutgoingMail(models.Model):
    """A mail on its way out, complete but for facts that may stand in no row. One receiver each, so that one "no" is about one person."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        GIVEN_UP = "given_up"

    key = models.CharField(max_length=200, unique=True)  # what this mail is; the same key is sent once
    message_id = models.CharField(max_length=255, unique=True)
    template = models.CharField(max_length=100)
    to = models.EmailField(max_length=320, blank=True)
    reply_to = models.EmailField(max_length=320, blank=True)
    subject = models.CharField(max_length=rules.MAX_SUBJECT_LENGTH, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)  # an invitation, its change or its end (RFC 6047), as iCalendar
    references = models.JSONField(
        default=dict, blank=True
    )  # what is looked up when it leaves, by its mark in the words
    headers = models.JSONField(default=dict, blank=True)
    is_urgent = models.BooleanField(default=False)  # somebody is waiting for it, such as for a code
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    left_count = models.PositiveSmallIntegerField(
        default=0, db_default=0
    )  # workers in a row that ended while they had it
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    server_away_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mail_state_known",
                condition=Q(state__in=["waiting", "sending", "sent", "given_up"]),
                violation_error_message="A mail waits, is being sent, was sent, or was given up.",
            ),
            models.CheckConstraint(
                name="mail_sending_has_lease",
                condition=Q(state="sending", claimed_until__isnull=False)
                | (~Q(state="sending") & Q(claimed_until__isnull=True)),
                violation_error_message="A mail has a lease exactly while it is being sent.",
            ),
            models.CheckConstraint(
                name="mail_sent_has_time",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                violation_error_message="A sent mail has the time at which it was sent, and no other has.",
            ),
            models.CheckConstraint(
                name="mail_given_up_has_time",
                condition=Q(state="given_up", given_up_at__isnull=False)
                | (~Q(state="given_up") & Q(given_up_at__isnull=True)),
                violation_error_message="A given-up mail has the time at which that was, and no other has.",
            ),
            models.CheckConstraint(
                name="mail_has_receiver_or_is_erased",
                condition=~Q(to="") | Q(erased_at__isnull=False),
                violation_error_message="Only an erased mail has no receiver.",
            ),
        ]
        indexes = [
            models.Index(name="mail_due", fields=["due_at"], condition=Q(state="waiting")),
            models.Index(name="mail_claimed", fields=["claimed_until"], condition=Q(state="sending")),
            models.Index(name="mail_server_away", fields=["server_away_at"], condition=Q(server_away_at__isnull=False)),
            models.Index(name="mail_sent", fields=["sent_at"]),
            models.Index(name="mail_given_up", fields=["given_up_at"], condition=Q(given_up_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"

    @property
    def shown_text(self) -> str:
        """The text as it may be shown afterwards: without the facts that stood only in the mail itself."""
        return references.filled(self.text, dict.fromkeys(self.references, references.LEFT_OUT))


def _closed_by(moment: datetime) -> Q:
    return Q(sent_at__lte=moment) | Q(given_up_at__lte=moment)
