"""The register of municipalities: present and former, their names, their mergers, and who signed the manifest."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meedoen.kernel import dutch
from meedoen.kernel.text import fold

from . import rules
from .facts.models import Fact as Fact  # Django finds the tables of a package where its models are


class Province(models.Model):
    """One of the twelve provinces."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def current(self) -> Self:
        """Those that exist now; the others are kept for their addresses and their history."""
        return self.filter(is_current=True)

    def in_province(self, slug: str) -> Self:
        """Those in one province."""
        return self.filter(province__slug=slug)

    def of_size(self, size: rules.SizeClass) -> Self:
        """Those in one size class; the SQL twin of ``rules.size_class``."""
        found = self.filter(population__gte=size.least)
        return found if size.below is None else found.filter(population__lt=size.below)

    def front_runners(self) -> Self:
        """Those that signed the manifest on the first day, or took over the place of one that did."""
        return self.filter(signatures__kind=Signature.Kind.FRONT_RUNNER).distinct()

    def signed(self) -> Self:
        """Those known by name among the 58 signatories, front-runners included."""
        return self.filter(signatures__kind__in=Signature.COUNTED).distinct()

    def named(self, text: str) -> Self:
        """Those with a present, former or other name that has the name in ``text`` in it, accents and marks aside."""
        return self.filter(names__folded__contains=rules.name_asked(text)).distinct()


class Municipality(models.Model):
    """A municipality that exists or existed; its code and its address are for ever.

    ``population`` is CBS's count on 1 January of ``population_year``, on the borders of today.
    """

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=80)
    official_name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    sort_name = models.CharField(max_length=80, editable=False)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, related_name="municipalities")
    population = models.PositiveIntegerField(null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)
    land_area_km2 = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "code"]
        indexes = [models.Index(fields=["is_current", "sort_name"], name="municipality_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_current=True, ended_on__isnull=True) | Q(is_current=False, ended_on__isnull=False),
                name="municipality_ends_when_it_is_not_current",
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True, population_year__isnull=True)
                | Q(population__isnull=False, population_year__isnull=False),
                name="municipality_population_has_its_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("municipalities:municipality", args=[self.slug])

    @property
    def size_class(self) -> rules.SizeClass | None:
        """The class of its population, where that is known."""
        return rules.size_class(self.population) if self.population is not None else None

    @property
    def density(self) -> float | None:
        """Residents on a square kilometre of land, where both are known."""
        return rules.density(self.population, self.land_area_km2)


def sort_name(name: str) -> str:
    """The name as it stands in the alphabet: *'s-Hertogenbosch* under the h, as on Dutch lists."""
    folded = fold(name)
    return folded.removeprefix("s ") if name.startswith(("'s-", "’s-")) else folded


class MunicipalityName(models.Model):
    """A name by which people look for a municipality."""

    class Kind(models.TextChoices):
        CURRENT = "current"
        OFFICIAL = "official"
        ALIAS = "alias"
        EARLIER = "earlier"

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="names")
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="municipality_name_once")]

    def __str__(self) -> str:
        return self.name


class OldSlug(models.Model):
    """An address that a municipality had before it was renamed; it leads on for ever."""

    slug = models.SlugField(max_length=80, primary_key=True)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def done(self) -> Self:
        """Those that took place."""
        return self.filter(status=Succession.Status.DONE)

    def presents(self) -> dict[int, int]:
        """Where each former municipality goes on as a whole, by primary key; one query."""
        return rules.present_of(self.done().order_by().values_list("old", "new"))

    def planned(self) -> Self:
        """Those that are a draft until a person carries them out."""
        return self.filter(status=Succession.Status.PLANNED)


class Succession(models.Model):
    """That a municipality, or a part of it, went on in another.

    *Renamed* is one that got another code with its name; who keeps the code is no succession.
    """

    class Kind(models.TextChoices):
        MERGED = "merged"
        ABSORBED = "absorbed"
        SPLIT = "split"
        RENAMED = "renamed"

    class Status(models.TextChoices):
        DONE = "done"
        PLANNED = "planned"

    effective_on = models.DateField()
    old = models.ForeignKey(Municipality, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Municipality, models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    status = models.CharField(max_length=7, choices=Status.choices)
    note = models.CharField(max_length=200, blank=True)
    sources = models.JSONField(default=list)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["effective_on", "old__sort_name", "new__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "effective_on"], name="succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_leads_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new} ({self.effective_on:%Y})"

    @property
    def source_links(self) -> list[tuple[str, str]]:
        """(words, address) of each source that has an address."""
        return rules.source_links(self.sources)


class SignatureQuerySet(models.QuerySet["Signature"]):
    def counted(self) -> Self:
        """The signatures that we count among the 58."""
        return self.filter(kind__in=Signature.COUNTED)


class Signature(models.Model):
    """What is known of a municipality's place in the manifest, with its source.

    ``signed_on`` is a date as far as it is known: year, month or day. ``name_then`` is the municipality as it
    signed; ``municipality`` the one that holds its place today.
    """

    class Kind(models.TextChoices):
        FRONT_RUNNER = "front_runner"
        LATER = "later"
        AFTERWARDS = "afterwards"
        INTENDED = "intended"

    COUNTED = (Kind.FRONT_RUNNER, Kind.LATER)

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="signatures")
    name_then = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    signed_on = models.CharField(max_length=10, blank=True)
    note = models.TextField(blank=True)
    sources = models.JSONField(default=list)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["signed_on", "municipality__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name_then"], name="signature_once"),
            models.CheckConstraint(
                condition=Q(kind="intended", signed_on="") | (~Q(kind="intended") & ~Q(signed_on="")),
                name="signature_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_then} ({self.signed_on or 'voornemen'})"

    @property
    def date_words(self) -> str:
        """The date as far as it is known, in words; empty when nothing was signed."""
        return dutch.partial_date_words(self.signed_on) if self.signed_on else ""

    @property
    def source_links(self) -> list[tuple[str, str]]:
        """(words, address) of each source."""
        return rules.source_links(self.sources)

    @property
    def is_renamed(self) -> bool:
        """Whether it signed under another name than the municipality has now."""
        return self.name_then != self.municipality.name


class RegisterImport(models.Model):
    """That a file was loaded into the register: which, for which year, when."""

    mark = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.year} {self.mark}"

    @classmethod
    def latest_mark(cls) -> str:
        """The mark of the file that was loaded last; empty when none was."""
        return cls.objects.values_list("mark", flat=True).first() or ""


def day_words(day: datetime.date) -> str:
    """``1 januari 2019``: mergers are told without a weekday."""
    return dutch.date_words(day, weekday=False)
