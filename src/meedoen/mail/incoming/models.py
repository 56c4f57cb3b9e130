"""Mail that came in, the addresses that people answer to, how often who was answered, and addresses that are dead."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length

from meedoen.kernel.keys import MomentKey
from meedoen.mail.incoming import rules
from meedoen.pages.listed import ListPage, above, below, list_page


class IncomingQuerySet(models.QuerySet["Incoming"]):
    """Questions to what came in, and the claims on it that only one worker can win."""

    def claim(self, mail_id: int, *, now: datetime) -> bool:
        """Take a due mail for one lease. True for exactly one of many who ask at the same time."""
        return (
            self.filter(pk=mail_id, state=Incoming.State.NEW, due_at__lte=now).update(
                state=Incoming.State.HANDLING, claimed_until=now + rules.LEASE, attempts=F("attempts") + 1
            )
            == 1
        )

    def claim_due(self, *, now: datetime, at_once: int, bytes_at_once: int) -> "list[Incoming]":
        """Take due mails for one lease, those that wait longest first; each goes to one of many who ask.

        One that was tried before is taken alone: what ends a worker costs no other mail a try. So is one that is larger
        than all of them may be together.
        """
        due = self.filter(state=Incoming.State.NEW, due_at__lte=now).order_by("due_at", "pk")
        if not due.exists():  # which is most often so; without a lock
            return []
        with transaction.atomic():
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            found = due.values_list("pk", "attempts", Length("raw"))[:at_once]
            ids = rules.taken_together(list(found), bytes_at_once=bytes_at_once)
            self.filter(pk__in=ids).update(
                state=Incoming.State.HANDLING, claimed_until=now + rules.LEASE, attempts=F("attempts") + 1
            )
        return list(self.filter(pk__in=ids).order_by("due_at", "pk"))

    def abandoned(self, *, now: datetime) -> "IncomingQuerySet":
        """Claimed by a worker that never came back."""
        return self.filter(state=Incoming.State.HANDLING, claimed_until__lte=now)

    def in_clear(self) -> "IncomingQuerySet":
        """Kept by a version that sealed nothing."""
        return self.filter(key_id="", erased_at__isnull=True)

    def sealed_by_none_of(self, key_ids: Sequence[str]) -> "IncomingQuerySet":
        """Sealed, and with another key than these."""
        return self.filter(key_id__gt="").exclude(key_id__in=key_ids)

    def aside(self) -> "IncomingQuerySet":
        """Put aside, so that a person has to look; who it was from and what it says is still there."""
        return self.filter(state=Incoming.State.ASIDE, erased_at__isnull=True)

    def oldest_first(self) -> "IncomingQuerySet":
        """In the order of a list for who has to look."""
        return self.order_by("received_at", "pk")

    def after(self, key: MomentKey) -> "IncomingQuerySet":
        """What came later than a place in that list."""
        return self.filter(above("received_at", key.at, key.id))

    def past_end(self, *, now: datetime) -> "IncomingQuerySet":
        """Handled or put aside, and kept as long as it may be."""
        return self.filter(erased_at__isnull=True).filter(
            Q(state=Incoming.State.HANDLED, closed_at__lte=now - rules.KEEP_RAW)
            | Q(state=Incoming.State.ASIDE, closed_at__lte=now - rules.KEEP_ASIDE)
        )


class Incoming(models.Model):
    """A mail to one of our addresses, as it came. ``mark`` tells it from all others, also when it is empty by now."""

    class State(models.TextChoices):
        NEW = "new"
        HANDLING = "handling"
        HANDLED = "handled"
        ASIDE = "aside"  # could not be handled; ``reason`` says why

    mark = models.CharField(max_length=64, unique=True)  # of Message-ID, content and recipient
    letter_mark = models.CharField(max_length=64, blank=True)  # the same for each address of ours that it came to
    door = models.CharField(max_length=10)
    raw = models.BinaryField()  # sealed; ``sealing.opened`` reads it
    key_id = models.CharField(
        max_length=16, blank=True, default="", db_default=""
    )  # of the vault; none: not sealed yet, or erased
    sender = models.CharField(max_length=254, blank=True)  # of the envelope
    author = models.CharField(max_length=254, blank=True)  # as its From says
    recipient = models.CharField(max_length=254, blank=True)
    is_proven = models.BooleanField(default=False)  # it surely comes from ``author``; known once it was looked at
    must_go = models.BooleanField(default=False)  # erased as soon as it is closed: its writer was, or its twin
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)  # what was done with it, in a word of ours
    reason = models.CharField(max_length=200, blank=True)  # why it failed or was put aside
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = IncomingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="incoming_state_is_known",
                condition=Q(state__in=["new", "handling", "handled", "aside"]),
                violation_error_message="A mail is new, being handled, handled, or put aside.",
            ),
            models.CheckConstraint(
                name="incoming_handling_has_lease",
                condition=Q(state="handling", claimed_until__isnull=False)
                | (~Q(state="handling") & Q(claimed_until__isnull=True)),
                violation_error_message="A mail has a lease exactly while it is being handled.",
            ),
            models.CheckConstraint(
                name="incoming_closed_has_time",
                condition=Q(state__in=["handled", "aside"], closed_at__isnull=False)
                | (Q(state__in=["new", "handling"]) & Q(closed_at__isnull=True)),
                violation_error_message="A mail that was handled or put aside has the time at which that was.",
            ),
            models.CheckConstraint(
                name="incoming_erased_has_no_words",
                condition=Q(erased_at__isnull=True) | Q(sender="", author="", recipient=""),
                violation_error_message="An erased mail has no addresses any more.",
            ),
        ]
        indexes = [
            models.Index(name="incoming_due", fields=["due_at"], condition=Q(state="new")),
            models.Index(name="incoming_claimed", fields=["claimed_until"], condition=Q(state="handling")),
            models.Index(name="incoming_closed", fields=["closed_at"], condition=Q(erased_at__isnull=True)),
            models.Index(name="incoming_author", fields=["author"], condition=~Q(author="")),
            models.Index(name="incoming_letter", fields=["letter_mark"], condition=~Q(letter_mark="")),
            models.Index(
                name="incoming_aside", fields=["received_at"], condition=Q(state="aside", erased_at__isnull=True)
            ),
            models.Index(name="incoming_clear", fields=["id"], condition=Q(key_id="", erased_at__isnull=True)),
            models.Index(name="incoming_forged", fields=["received_at"], condition=Q(outcome=rules.FORGED)),
        ]

    def __str__(self) -> str:
        return f"incoming {self.pk} ({self.state})"

    @property
    def key(self) -> MomentKey:
        """Its place in a list."""
        return MomentKey(self.received_at, self.pk)


class ReplyAddressQuerySet(models.QuerySet["ReplyAddress"]):
    def alive(self) -> "ReplyAddressQuerySet":
        """Those that still lead somewhere."""
        return self.filter(revoked_at__isnull=True)

    def of(self, owners: Sequence[object]) -> "ReplyAddressQuerySet":
        """Those of somebody; ``owners`` are what they are known by: a number, an address."""
        return self.filter(owner__in=[str(each) for each in owners])

    def newest_first(self) -> "ReplyAddressQuerySet":
        """In the order of the list."""
        return self.order_by("-made_at", "-pk")

    def oldest_first(self) -> "ReplyAddressQuerySet":
        """In the opposite order."""
        return self.order_by("made_at", "pk")

    def older_than(self, key: MomentKey) -> "ReplyAddressQuerySet":
        """What stands below ``key`` in the list."""
        return self.filter(below("made_at", key.at, key.id))

    def newer_than(self, key: MomentKey) -> "ReplyAddressQuerySet":
        """What stands above ``key`` in the list."""
        return self.filter(above("made_at", key.at, key.id))

    def page(self, *, before: MomentKey | None = None, after: MomentKey | None = None) -> "ListPage[ReplyAddress]":
        """One page of these, the newest first."""
        return list_page(self, size=rules.ADDRESSES_SHOWN, before=before, after=after)


class ReplyAddress(models.Model):
    """An address that a mail of ours asks to be answered to: of one person, about one thing, for one purpose.

    ``owner`` and ``about`` are what the package that asked for it knows them by. It says where a mail belongs, and
    not who sends it.
    """

    token = models.CharField(max_length=rules.TOKEN_LENGTH, unique=True)
    purpose = models.CharField(max_length=40)
    owner = models.CharField(max_length=254)  # a person's number, or an address
    about = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ReplyAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="incoming_one_address_each",
                fields=["purpose", "owner", "about"],
                condition=Q(revoked_at__isnull=True),
            )
        ]
        indexes = [models.Index(name="incoming_address_owner", fields=["owner"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    @property
    def key(self) -> MomentKey:
        """Its place in a list."""
        return MomentKey(self.made_at, self.pk)


class CountManager(models.Manager["Count"]):
    def add(self, name: str, day: date) -> int:
        """Count one more; the count with this one. One statement: of two at the same time none is lost."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        sql = (
            f"INSERT INTO {table} (name, day, count) VALUES (%s, %s, 1)"  # noqa: S608
            f" ON CONFLICT (name, day) DO UPDATE SET count = {table}.count + 1 RETURNING count"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [name, connection.ops.adapt_datefield_value(day)])
            (count,) = cursor.fetchone()
        return int(count)


class Count(models.Model):
    """How often something was done for or by an address on a day; the address only as a keyed hash."""

    name = models.CharField(max_length=90)
    day = models.DateField()
    count = models.PositiveIntegerField()

    objects = CountManager()

    class Meta:
        constraints = [models.UniqueConstraint(name="incoming_counted_once", fields=["name", "day"])]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"


class DeadAddress(models.Model):
    """An address from which a mail of ours came back for good; nothing that can wait is mailed there."""

    email = models.CharField(max_length=254, unique=True)
    since = models.DateTimeField()
    status = models.CharField(max_length=20, blank=True)  # as the other server says it, such as 5.1.1

    def __str__(self) -> str:
        return f"dead address {self.pk}"
