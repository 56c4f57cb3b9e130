"""Mail domains and contacts of municipalities, who works there, and who speaks for them; each with when it ended."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from . import rules
from .rules import Deed, State


class MailDomainQuerySet(models.QuerySet["MailDomain"]):
    def valid(self) -> Self:
        """Those that prove something now: of a municipality that exists."""
        return self.filter(withdrawn_at__isnull=True, municipality__is_current=True)

    def of_email(self, email: str) -> Self:
        """Those in which an address lies, itself or as a subdomain."""
        domain = rules.domain_of(email)
        return self.filter(domain__in=rules.endings(domain)) if domain else self.none()


class MailDomain(models.Model):
    """That addresses of a domain are of people who work for a municipality, as the team approved.

    Municipalities that work together may share one: then there is a row for each.
    """

    domain = models.CharField(max_length=rules.MAX_DOMAIN_LENGTH)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="mail_domains")
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)

    objects = MailDomainQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="standing_domain_once",
                fields=["domain", "municipality"],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.domain} of {self.municipality_id}"


class WorkplaceQuerySet(models.QuerySet["Workplace"]):
    def shown(self) -> Self:
        """What stands beside a name now; the domain still proves it."""
        return self.filter(
            ended_at__isnull=True, domain__withdrawn_at__isnull=True, domain__municipality__is_current=True
        )


class Workplace(models.Model):
    """That somebody chose to show where they work, proven by the domain of their address."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="workplaces")
    domain = models.ForeignKey(MailDomain, on_delete=models.PROTECT, related_name="workplaces")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WorkplaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="standing_workplace_once", fields=["person"], condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"workplace {self.pk}"


class ContactQuerySet(models.QuerySet["Contact"]):
    def now(self) -> Self:
        """Those who decide now, for a municipality that exists."""
        return self.filter(withdrawn_at__isnull=True, municipality__is_current=True, person__erased_at__isnull=True)

    def municipalities_of(self, person: Person) -> frozenset[int]:
        """The municipalities for which ``person`` decides."""
        return frozenset(self.now().filter(person=person).values_list("municipality_id", flat=True))


class Contact(models.Model):
    """That somebody decides for a municipality who may speak for it, as the team arranged."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_of")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="contacts")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="standing_contact_once",
                fields=["person", "municipality"],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def open(self) -> Self:
        """Those that wait or hold."""
        return self.filter(state__in=[State.ASKED, State.GIVEN])

    def shown(self) -> Self:
        """What stands beside a name now; with a municipality that went on in another it ends too."""
        return self.filter(state=State.GIVEN, municipality__is_current=True)

    def waiting(self) -> Self:
        """Those that wait for a decision, the oldest first."""
        return self.filter(state=State.ASKED, municipality__is_current=True).order_by("changed_at", "pk")

    def decided_by(self, person: Person, contact_of: Iterable[int]) -> Self:
        """Those about which ``person`` may decide; the SQL twin of ``rules.may_decide``."""
        found = self.exclude(person=person)
        return found if person.is_team else found.filter(municipality__in=list(contact_of))

    def ended_by(self, person: Person, contact_of: Iterable[int]) -> Self:
        """Those that ``person`` may end; the SQL twin of ``rules.may_withdraw``."""
        if person.is_team:
            return self.all()
        return self.filter(Q(person=person) | Q(given_by=person) | Q(municipality__in=list(contact_of)))

    def past_end(self, now: datetime) -> Self:
        """Those whose history nobody needs any more."""
        return self.filter(state__in=[State.REFUSED, State.ENDED], changed_at__lte=now - rules.HISTORY_LIFE)


class Mandate(models.Model):
    """That somebody asked to speak for a municipality, and how it stands; its changes tell who did what and why."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="mandates")
    state = models.CharField(max_length=7, choices=[(state.value, state.value) for state in State])
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="given_mandates")
    words = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)  # why they ask
    changed_at = models.DateTimeField()

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standing_mandate_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state is not known.",
            ),
            models.UniqueConstraint(
                name="standing_one_ask_each",
                fields=["person", "municipality"],
                condition=Q(state__in=["asked", "given"]),
            ),
            models.UniqueConstraint(name="standing_speaks_for_one", fields=["person"], condition=Q(state="given")),
            models.CheckConstraint(
                name="standing_given_by_somebody",
                condition=~Q(state="given") | Q(given_by__isnull=False),
                violation_error_message="A mandate is given by somebody.",
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk} ({self.state})"


class MandateChange(models.Model):
    """One deed about a mandate; never changed, gone with the mandate."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="changes")
    deed = models.CharField(max_length=8, choices=[(deed.value, deed.value) for deed in Deed])
    by: Any = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.deed} of mandate {self.mandate_id}"
