"""The data: celebrations with their sources, and the addresses that they had before."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from meedoen.kernel.clock import local_date, next_local_day
from meedoen.kernel.dutch import partial_date_words
from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.keys import DayKey
from meedoen.municipalities.models import Municipality, Succession
from meedoen.pages.listed import ListPage, above, below, list_page
from meedoen.people.models import Person

from . import rules
from .afterwards.models import Outcome as Outcome
from .afterwards.models import Question as Question
from .makers.models import Maker as Maker
from .pictures.models import Picture as Picture
from .rules import Deed, Kind, State

AREA = "celebrations"


class CelebrationQuerySet(models.QuerySet["Celebration"]):
    def published(self) -> Self:
        """Those that everybody may read; the SQL twin of ``rules.may_be_read``."""
        return self.filter(state=State.PUBLISHED)

    def been(self, today: datetime.date) -> Self:
        """Those on the wall: of today, earlier, or of a day that is not known."""
        return self.filter(dated_on__lte=today)

    def coming(self, today: datetime.date) -> Self:
        """Those that are announced, the soonest first."""
        return self.filter(dated_on__gt=today).order_by("dated_on", "id")

    def newest_first(self) -> Self:
        """In the order of the wall."""
        return self.order_by("-dated_on", "-id")

    def oldest_first(self) -> Self:
        """In the opposite order."""
        return self.order_by("dated_on", "id")

    def in_year(self, year: int) -> Self:
        """Those of ``year``; 0: of which the year is not known."""
        return self.filter(dated_on__year=year) if year else self.filter(dated_on=rules.UNKNOWN_DAY)

    def older_than(self, key: DayKey) -> Self:
        """What stands below ``key`` on the wall."""
        return self.filter(below("dated_on", key.dated_on, key.id))

    def newer_than(self, key: DayKey) -> Self:
        """What stands above ``key`` on the wall."""
        return self.filter(above("dated_on", key.dated_on, key.id))

    def of_municipality(self, municipality: Municipality) -> Self:
        """Those of a municipality, and of those that went on in it."""
        former = Succession.objects.done().filter(new=municipality).values("old")
        ids = Celebration.municipalities.through.objects.filter(
            Q(municipality=municipality) | Q(municipality__in=former)
        ).values("celebration")
        return self.filter(pk__in=ids)

    def count_by_year(self) -> list[tuple[int, int]]:
        """(year, how many), the newest first; 0 for those of which the year is not known."""
        rows = self.order_by().values_list("dated_on__year").annotate(Count("id")).order_by("-dated_on__year")
        return [(year if year != rules.UNKNOWN_DAY.year else 0, count) for year, count in rows]

    def next_change(self, now: datetime.datetime) -> datetime.datetime | None:
        """When time alone changes the wall: what is announced comes on it at the beginning of its day."""
        return next_local_day(now) if self.published().coming(local_date(now)).exists() else None

    def page(self, *, before: DayKey | None = None, after: DayKey | None = None) -> "ListPage[Celebration]":
        """One page of the wall."""
        return list_page(self, size=rules.PAGE_SIZE, before=before, after=after)

    def waiting(self) -> Self:
        """Those that the team has to look at, the oldest first."""
        return self.filter(state=State.WAITING).order_by("waits_since", "pk")


class Celebration(models.Model):
    """A success of one or more municipalities, told or announced.

    ``happened`` is its day, month or year as far as known. ``secret`` stands in the address of the page of who
    offered it. ``ask_on``: when is asked what became of it; none: it was asked, or never will be.
    """

    slug = models.SlugField(max_length=100, unique=True)
    secret = models.CharField(max_length=40, unique=True, default=unguessable)
    kind = models.CharField(max_length=13, choices=[(kind.value, kind.value) for kind in Kind])
    title = models.CharField(max_length=rules.MAX_TITLE_LENGTH)
    text = models.TextField(help_text="Markdown-lite")
    happened = models.CharField(max_length=10, blank=True, help_text="2020-08-31, 2020-08 or 2020; empty: not known")
    dated_on = models.DateField(help_text="the day under which it stands in the list")
    place = models.CharField(max_length=rules.MAX_PLACE_LENGTH, blank=True)
    online_url = models.URLField(max_length=500, blank=True)
    uncertain = models.CharField(max_length=rules.MAX_UNCERTAIN_LENGTH, blank=True, help_text="what is not sure")
    municipalities = models.ManyToManyField(Municipality, related_name="celebrations")
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in State])
    was_state = models.CharField(max_length=9, blank=True)  # of what was withdrawn: where it goes when put back
    offered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    offered_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    ask_on = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False, help_text="invented, and marked so on the page")

    objects = CelebrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="celebrations_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state is not known.",
            ),
            models.CheckConstraint(
                name="celebrations_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in Kind]),
                violation_error_message="This kind of celebration is not known.",
            ),
            models.CheckConstraint(
                name="celebrations_published_once",
                condition=~Q(state="published") | Q(published_at__isnull=False),
                violation_error_message="What is published has the time at which that was.",
            ),
            models.CheckConstraint(
                name="celebrations_waits_since",
                condition=Q(state="waiting", waits_since__isnull=False)
                | (~Q(state="waiting") & Q(waits_since__isnull=True)),
                violation_error_message="What waits has the time since when.",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-dated_on", "-id"], name="celebrations_wall"),
            models.Index(fields=["ask_on"], name="celebrations_ask_on"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("celebrations:celebration", args=[self.slug])

    @property
    def own_url(self) -> str:
        """The page of who offered it."""
        return reverse("celebrations:own", args=[self.secret])

    @property
    def key(self) -> DayKey:
        """Its place on the wall."""
        return DayKey(self.dated_on, self.pk)

    @property
    def when(self) -> str:
        """The day, month or year, as far as known."""
        return partial_date_words(self.happened) if self.happened else ""

    @property
    def mark(self) -> str:
        """How it stands: another after each change."""
        said = (self.state, self.kind, self.title, self.text, self.happened, self.place, self.online_url)
        return rules.mark_of(*said, self.changed_at.isoformat())


class Source(models.Model):
    """Where its facts are from: who says it, and where that can be read."""

    celebration = models.ForeignKey(Celebration, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["celebration", "position"], name="celebrations_source_place")]

    def __str__(self) -> str:
        return self.text


class Step(models.Model):
    """A decision about one, with its reason; never changed, gone with the celebration."""

    celebration = models.ForeignKey(Celebration, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=7, choices=[(deed.value, deed.value) for deed in Deed])
    by: Any = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.deed} of celebration {self.celebration_id}"


class OldAddress(models.Model):
    """An address that a celebration had before; it leads there for as long as that exists."""

    slug = models.SlugField(max_length=100, primary_key=True)
    celebration = models.ForeignKey(Celebration, on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.slug


class Loaded(models.Model):
    """A celebration of the starting content that was loaded, so that it is not loaded twice.

    What was removed or changed on the site since stays so: such a one is no longer ``celebration`` here.
    """

    name = models.CharField(max_length=100, primary_key=True)
    mark = models.CharField(max_length=16, help_text="of what was in the file")
    celebration = models.OneToOneField(
        Celebration, on_delete=models.SET_NULL, null=True, blank=True, related_name="loaded"
    )

    def __str__(self) -> str:
        return self.name
