"""Addresses, the people behind them, acts that wait for their code, and counts that keep guessers out."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from meedoen.kernel import prepared
from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.text import fold
from meedoen.municipalities.models import Municipality

from . import rules

AREA = "people"  # what pages that show names, roles or municipalities of people name as an area of theirs


class AddressManager(BaseUserManager["Address"]):
    """Addresses are found and made by their normalised e-mail."""

    def get_by_natural_key(self, username: str | None) -> "Address":
        return self.get(email=rules.normalised_email(username or ""))

    def of(self, email: str) -> "Address":
        """The address of ``email``, made when it is new; nobody has proven it yet."""
        return self.get_or_create(email=rules.normalised_email(email))[0]

    def numbered(self, number: int) -> "Address | None":
        """The address with that number as it stands now, if there is one; a small query."""
        return prepared.one(_address, number=number)

    def mark_anew(self, number: int) -> None:
        """Say that one of the address's sessions changed or ended: copies of them no longer count."""
        self.filter(pk=number).update(sessions_mark=unguessable())


class Address(AbstractBaseUser):
    """An e-mail address: what somebody signs in with. There are no passwords; one address may be of several people."""

    password = None  # type: ignore[assignment]
    email = models.EmailField(max_length=rules.MAX_EMAIL_LENGTH, unique=True)
    verified_at = models.DateTimeField(null=True, blank=True)  # when somebody first typed a code that was sent there
    trusted_at = models.DateTimeField(null=True, blank=True)  # when the team first approved a contribution from it
    asked_at = models.DateTimeField(null=True, blank=True)  # when somebody last asked to sign in with it
    seal = models.CharField(max_length=40, default=unguessable)  # another one ends every session
    sessions_mark = models.CharField(max_length=40, default="", db_default="")  # another one with each change of one

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    is_active = True

    objects = AddressManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_address_is_normalised",
                condition=Q(email=Lower("email")),
                violation_error_message="An address is stored in lower case.",
            ),
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"  # never the e-mail: this text ends up in logs

    def get_session_auth_hash(self) -> str:
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Those of before the secret changed: nobody is signed out by that."""
        return (self._session_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str) -> str:
        return salted_hmac("meedoen.people.session", self.seal, secret=secret, algorithm="sha256").hexdigest()

    def set_password(self, raw_password: str | None) -> None:
        """Nothing: nobody has a password. Libraries ask for it all the same."""

    def set_unusable_password(self) -> None:
        """Nothing: nobody has a password."""

    def has_usable_password(self) -> bool:
        return False

    def check_password(self, raw_password: str | None) -> bool:
        return False


class PersonQuerySet(models.QuerySet["Person"]):
    def with_address(self, number: int | str) -> "Person":
        """One person as they stand now, with their address; two small queries. Raises ``Person.DoesNotExist``."""
        found = prepared.one(_person, number=int(number))
        if found is None:
            raise Person.DoesNotExist
        if found.address_id is not None:
            found.address = prepared.one(_address, number=found.address_id)
        return found

    def behind(self, address: Address) -> "PersonQuerySet":
        """The people of an address, the first one first."""
        return self.filter(address=address, erased_at__isnull=True).order_by("pk")

    def known_as(self, name: str, *, address: Address, now: datetime) -> "Person":
        """The person of ``address`` with that name; made when there is none.

        Somebody who only reported or follows may have no name yet, and gets it here. Who gives no name is the
        first person of the address.
        """
        people = list(self.behind(address))
        for person in people:
            if not name or fold(person.name) == fold(name):
                return person
        for person in people:
            if not person.name:
                person.name = name
                person.save(update_fields=["name"])
                return person
        return self.create(address=address, name=name, joined_at=now)

    def told_as(self, name: str, *, address: Address, now: datetime) -> "Person":
        """The person of ``address`` with that name, as others told it; made when there is none.

        Nobody has proven the address: a row that is there already stays as it is, also one without a name.
        """
        for person in self.behind(address):
            if fold(person.name) == fold(name):
                return person
        return self.create(address=address, name=name, joined_at=now)

    def team(self) -> "PersonQuerySet":
        """The project team."""
        return self.filter(is_team=True, erased_at__isnull=True)


class Person(models.Model):
    """Somebody who takes part. Erasing somebody empties the row, so that threads stay readable."""

    address = models.ForeignKey(Address, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=rules.MAX_NAME_LENGTH, blank=True)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in rules.Role], blank=True)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.SET_NULL)
    about = models.CharField(max_length=rules.MAX_ABOUT_LENGTH, blank=True)
    is_team = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    paused_until = models.DateTimeField(null=True, blank=True)  # may not write until then
    banned_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_person_role_is_known",
                condition=Q(role__in=["", *[role.value for role in rules.Role]]),
                violation_error_message="This role is not known.",
            ),
            models.CheckConstraint(
                name="people_person_is_somebody_or_erased",
                condition=Q(erased_at__isnull=True, address__isnull=False)
                | Q(erased_at__isnull=False, address__isnull=True, name="", about=""),
                violation_error_message="A person has an address, or is erased and has nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


def _person(*, number: int) -> PersonQuerySet:
    return Person.objects.filter(pk=number)


def _address(*, number: int) -> models.QuerySet[Address]:
    return Address.objects.filter(pk=number)


class PendingActQuerySet(models.QuerySet["PendingAct"]):
    def alive(self, now: datetime) -> "PendingActQuerySet":
        """What still has a page."""
        return self.filter(expires_at__gt=now)

    def drafts_of(self, person: "Person | int", now: datetime) -> "PendingActQuerySet":
        """What somebody is writing and can go on with, the newest first."""
        return (
            self.alive(now)
            .filter(person=person, discarded_at__isnull=True)
            .exclude(state="done")
            .order_by("-changed_at", "-pk")
        )

    def past_end(self, now: datetime) -> "PendingActQuerySet":
        """What has to be erased: never confirmed, or done long ago."""
        return self.filter(expires_at__lte=now)


class PendingAct(models.Model):
    """Something that somebody not signed in wants to do; it happens once, when the code from the mail is typed.

    ``key`` stands in the address of the act's own page, and nothing but knowing it gives access. ``payload`` is
    what the kind of act needs, as JSON; of a done act only ``outcome`` is left.
    """

    class State(models.TextChoices):
        DRAFT = "draft"  # kept; nobody was mailed
        SENT = "sent"  # a code was asked for
        DONE = "done"

    key = models.CharField(max_length=40, unique=True, default=unguessable)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=5, choices=State.choices, default=State.DRAFT)
    fingerprint = models.CharField(max_length=64, unique=True)  # a keyed hash: the same words are kept once
    payload = models.JSONField(default=dict)
    name = models.CharField(max_length=rules.MAX_NAME_LENGTH, blank=True)
    email = models.EmailField(max_length=rules.MAX_EMAIL_LENGTH, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="acts")
    outcome = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_count = models.PositiveSmallIntegerField(default=0)  # codes mailed for this act
    wrong_count = models.PositiveSmallIntegerField(default=0)  # wrong tries of the present code
    done_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)  # thrown away, and kept a moment to be put back

    objects = PendingActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_act_state_is_known",
                condition=Q(state__in=["draft", "sent", "done"]),
                violation_error_message="An act is a draft, waits for its code, or is done.",
            ),
            models.CheckConstraint(
                name="people_act_done_has_time_and_no_words",
                condition=(Q(state="done", done_at__isnull=False, payload={}, code_hash=""))
                | (~Q(state="done") & Q(done_at__isnull=True)),
                violation_error_message="A done act has the time at which it was done, and no words any more.",
            ),
        ]
        indexes = [models.Index(name="people_act_end", fields=["expires_at"])]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class TallyManager(models.Manager["Tally"]):
    def add(self, name: str, *, window: datetime, now: datetime) -> int:
        """Count one more under ``name`` in the window that began at ``window``; the count with this one."""
        tally, is_new = self.get_or_create(name=name, window=window, defaults={"count": 1, "counted_at": now})
        if is_new:
            return 1
        self.filter(pk=tally.pk).update(count=F("count") + 1, counted_at=now)
        return int(self.values_list("count", flat=True).get(pk=tally.pk))

    def count_of(self, name: str, *, window: datetime) -> int:
        """How often ``name`` was counted in the window."""
        found: Any = self.filter(name=name, window=window).values_list("count", flat=True).first()
        return int(found or 0)

    def add_all(self, times: Mapping[str, int], *, window: datetime, now: datetime) -> None:
        """Count so many more under each name, in a few queries for all of them."""
        self.bulk_create([Tally(name=name, window=window, counted_at=now) for name in times], ignore_conflicts=True)
        for more in set(times.values()):
            names = [name for name, count in times.items() if count == more]
            self.filter(name__in=names, window=window).update(count=F("count") + more, counted_at=now)

    def counts_of(self, names: Iterable[str], *, window: datetime) -> dict[str, int]:
        """How often each name was counted in the window; those that never were are not there."""
        return dict(self.filter(name__in=names, window=window).values_list("name", "count"))


class Tally(models.Model):
    """How often something was asked or tried in an hour or a day, by whom only as a keyed hash; gone after two days."""

    name = models.CharField(max_length=100)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    objects = TallyManager()

    class Meta:
        constraints = [models.UniqueConstraint(name="people_tally_once", fields=["name", "window"])]

    def __str__(self) -> str:
        return f"{self.count} times"
