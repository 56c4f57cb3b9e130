"""Consents with the words that were shown; what they let us keep, sealed; who looked; and counts without content."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person

from . import rules


class Wording(models.Model):
    """Words to which people said yes, exactly as they stood on the page; ``digest`` is their SHA-256."""

    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    words = models.TextField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="vault_wording_once", fields=["kind", "digest"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def given(self, person: Person, kind: str, subject: str = "") -> "ConsentQuerySet":
        """What this person said yes to and did not take back."""
        return self.filter(person=person, kind=kind, subject=subject, withdrawn_at__isnull=True)

    def past_end(self, now: datetime) -> "ConsentQuerySet":
        """Withdrawn or ended so long ago that nobody needs to know."""
        limit = now - rules.KEEP_TRACES
        return self.filter(Q(withdrawn_at__lte=limit) | Q(until__lte=limit))


class Consent(models.Model):
    """That somebody said yes, to what, when, and by whose hand; and when they took it back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=40)  # "meeting", "coupling", "newsletter"
    subject = models.CharField(max_length=100, blank=True)  # of which one, such as "meeting:12"
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="consents_typed")
    until = models.DateTimeField(null=True, blank=True)  # none: until it is withdrawn
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vault_consent_once",
                fields=["person", "kind", "subject"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Key(models.Model):
    """That a key is in use; never the key. What is sealed points here, so the database keeps a needed key's row."""

    id = models.CharField(max_length=16, primary_key=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.id


class SealedQuerySet(models.QuerySet["Sealed"]):
    def kept(self) -> "SealedQuerySet":
        """What still has content."""
        return self.filter(erased_at__isnull=True)

    def of(self, person: Person, purpose: rules.Purpose, subject: str) -> "SealedQuerySet":
        """What this person keeps here for this."""
        return self.kept().filter(person=person, purpose=purpose.value, subject=subject)

    def ended(self, now: datetime) -> "SealedQuerySet":
        """What has content and should not have it any more."""
        return self.kept().filter(until__lte=now)

    def traces_past_end(self, now: datetime) -> "SealedQuerySet":
        """Erased so long ago that nobody needs to know."""
        return self.filter(erased_at__lte=now - rules.KEEP_TRACES)


class Sealed(models.Model):
    """Something of a person that only the vault's key opens; after erasing, the trace that it was there."""

    mark = models.CharField(max_length=40, unique=True, default=unguessable)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sealed")
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="sealed")
    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=100)  # "meeting:12"; tasks and outcomes have their own: "meeting:12/tasks"
    title = models.CharField(max_length=200)  # what the person reads it is about: that meeting, and no need
    key = models.ForeignKey(Key, null=True, blank=True, on_delete=models.PROTECT, related_name="sealed")
    content = models.BinaryField(default=b"")
    put_at = models.DateTimeField()
    until = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=20, blank=True)

    objects = SealedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="vault_purpose_is_known",
                condition=Q(purpose__in=[purpose.value for purpose in rules.Purpose]),
                violation_error_message="The vault keeps nothing without a purpose.",
            ),
            models.CheckConstraint(
                name="vault_sealed_or_erased",
                condition=Q(erased_at__isnull=True, key__isnull=False, ending="")
                | Q(erased_at__isnull=False, key__isnull=True, content=b"")
                & Q(ending__in=[ending.value for ending in rules.Ending]),
                violation_error_message="What is erased has no content, no key, and a reason.",
            ),
            models.UniqueConstraint(
                name="vault_sealed_once",
                fields=["person", "purpose", "subject"],
                condition=Q(erased_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="vault_end", fields=["until"], condition=Q(erased_at__isnull=True))]

    def __str__(self) -> str:
        return f"sealed {self.pk}"

    @property
    def bound_to(self) -> tuple[str, ...]:
        """What its content is bound to: nobody can move it to another person, purpose, subject or row."""
        return (self.mark, str(self.person_id), self.purpose, self.subject)


class Waiting(models.Model):
    """What somebody wrote and did not agree to yet, or what is on its way to whom they wrote it; sealed, for a short time.

    Nothing of it may stand anywhere else meanwhile: a mail or an act holds its ``mark``.
    """

    mark = models.CharField(max_length=40, unique=True, default=unguessable)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="waiting_sealed")
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="waiting")
    content = models.BinaryField()
    put_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="vault_waiting_end", fields=["until"])]

    def __str__(self) -> str:
        return f"waiting {self.pk}"

    @property
    def bound_to(self) -> tuple[str, ...]:
        """What its content is bound to."""
        return ("waiting", self.mark, str(self.person_id))


class Look(models.Model):
    """That somebody saw it, when and why. No reader: a mail told it, to ``receiver`` in words such as "de schrijftolk"."""

    sealed = models.ForeignKey(Sealed, on_delete=models.CASCADE, related_name="looks")
    reader = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="looks_taken")
    receiver = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()
    occasion = models.CharField(max_length=100, null=True, blank=True, unique=True)

    def __str__(self) -> str:
        return f"look {self.pk}"


class CountManager(models.Manager["Count"]):
    def add(self, purpose: str, what: str, *, year: int) -> None:
        """Count one more."""
        self.get_or_create(purpose=purpose, what=what, year=year)
        self.filter(purpose=purpose, what=what, year=year).update(count=F("count") + 1)


class Count(models.Model):
    """How often something was asked in a year, of all people together; what is left when the rest is erased."""

    purpose = models.CharField(max_length=20)
    what = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    objects = CountManager()

    class Meta:
        constraints = [models.UniqueConstraint(name="vault_count_once", fields=["purpose", "what", "year"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.year}: {self.count}"
