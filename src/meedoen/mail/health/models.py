"""Each time that somebody looked whether mail arrives, when the mailbox was last looked into, and whose mail had trouble."""

from datetime import datetime

from django.db import models
from django.db.models import Q

MAILBOX = "mailbox"  # the pulse of looking into it


class LookQuerySet(models.QuerySet["Look"]):
    def done(self) -> "LookQuerySet":
        """Those with an outcome, the newest first."""
        return self.filter(done_at__isnull=False).order_by("-done_at", "-pk")

    def busy(self) -> "LookQuerySet":
        """Those that were asked for and are not done, the newest first."""
        return self.filter(done_at__isnull=True).order_by("-asked_at", "-pk")


class Look(models.Model):
    """A look at what others say of our mail. ``found`` is a list of findings, as JSON; about servers, never about people."""

    night = models.DateField(null=True, unique=True)  # the night it is of; none for one that somebody asked for
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    found = models.JSONField(default=list, blank=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="health_done", fields=["done_at"])]

    def __str__(self) -> str:
        return f"look {self.pk}"


class Trial(models.Model):
    """A mail that we sent to ourselves. ``mark`` is of the row in which it lay as it came in; ``found`` as of a look."""

    asked_at = models.DateTimeField()
    message_id = models.CharField(max_length=255, unique=True)
    came_at = models.DateTimeField(null=True, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    found = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"trial {self.pk}"


class PulseManager(models.Manager["Pulse"]):
    def beat(self, name: str, *, problem: str, now: datetime) -> None:
        """Note that something was just done, and how it went."""
        self.update_or_create(name=name, defaults={"at": now, "problem": problem[:200]})


class Pulse(models.Model):
    """When something that goes on by itself was last done, such as looking into the mailbox."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
    problem = models.CharField(max_length=200, blank=True)

    objects = PulseManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="health_pulse_has_name", condition=~Q(name=""), violation_error_message="A pulse has a name."
            )
        ]

    def __str__(self) -> str:
        return self.name


class Setback(models.Model):
    """A day on which mail to somebody could not be delivered for now, such as to a full mailbox."""

    email = models.CharField(max_length=254)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="health_setback_once", fields=["email", "day"])]

    def __str__(self) -> str:
        return f"setback {self.pk}"


class Recovered(models.Model):
    """An address from which mail came back for a while and that works again, until its owner read that."""

    email = models.CharField(max_length=254, unique=True)
    since = models.DateTimeField()
    status = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"recovered {self.pk}"
