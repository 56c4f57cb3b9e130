"""The data: meetings with their programme, what is arranged at them, what changed, and addresses they had before."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meedoen.kernel.keys import MomentKey
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person
from meedoen.themes.models import Theme

from . import rules
from .afterwards.rules import Format
from .asking.models import Question as Question
from .attending.models import Attendee as Attendee
from .attending.models import Party as Party
from .evaluating.models import Asked as Asked
from .evaluating.models import Evaluation as Evaluation
from .evaluating.models import Figures as Figures
from .evaluating.models import Ticket as Ticket
from .hosting.models import Circular as Circular
from .hosting.models import Hosted as Hosted
from .hosting.models import Presence as Presence
from .hosting.models import Step as Step
from .querysets import MeetingQuerySet as MeetingQuerySet
from .rules import Answer, Form, Need, State

AREA = "meetings"


class Series(models.Model):
    """Meetings that belong together, such as five online sessions."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=rules.MAX_TITLE_LENGTH)
    summary = models.CharField(max_length=rules.MAX_SUMMARY_LENGTH, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:series", args=[self.slug])


class Meeting(models.Model):
    """A meeting of the network, of the project team or of a municipality.

    Times are moments; of an archived one ``is_time_known`` is false where only the day is known. ``join_url`` and
    ``join_by_phone`` are for who signed up, and never stand on a page for everybody. ``sequence`` counts changes that a
    calendar has to take over (RFC 5546), ``version`` every change: what somebody saves is about the one they saw.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False, help_text="by which calendars know it")
    slug = models.SlugField(max_length=100, unique=True)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings")
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        help_text="that organises it; none: the project team",
    )
    organiser = models.CharField(
        max_length=rules.MAX_LINE_LENGTH, blank=True, help_text="in words, where others organise it, or others too"
    )
    title = models.CharField(max_length=rules.MAX_TITLE_LENGTH)
    summary = models.CharField(max_length=rules.MAX_SUMMARY_LENGTH, blank=True)
    body = models.TextField(blank=True, help_text="Markdown")
    for_whom = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True)
    themes = models.ManyToManyField(Theme, related_name="meetings", blank=True)
    form = models.CharField(max_length=8, choices=[(form.value, form.value) for form in Form])
    # When
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    is_time_known = models.BooleanField(default=True)
    breaks = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True, help_text="when, in words")
    # Where, on site
    place_name = models.CharField(max_length=rules.MAX_LINE_LENGTH, blank=True)
    place_address = models.CharField(max_length=rules.MAX_LINE_LENGTH, blank=True)
    place_municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings_held"
    )
    route = models.TextField(blank=True)
    public_transport = models.TextField(blank=True)
    parking = models.TextField(blank=True, help_text="for people with a disability")
    entrance = models.TextField(blank=True)
    toilet = models.TextField(blank=True)
    quiet_room = models.TextField(blank=True)
    assistance_dogs = models.TextField(blank=True)
    companion = models.TextField(blank=True, help_text="whether somebody who helps comes along free of charge")
    # How, online
    online_program = models.CharField(max_length=rules.MAX_LINE_LENGTH, blank=True)
    online_by_phone = models.TextField(blank=True, help_text="whether one can take part by telephone")
    online_test = models.TextField(blank=True, help_text="how one tries it beforehand")
    join_url = models.URLField(max_length=500, blank=True, help_text="never shown to everybody")
    join_by_phone = models.CharField(
        max_length=rules.MAX_LINE_LENGTH, blank=True, help_text="number and code; never shown to everybody"
    )
    # Who can come
    room_places = models.PositiveIntegerField(null=True, blank=True, help_text="bodies in the room; none: no limit")
    online_places = models.PositiveIntegerField(null=True, blank=True, help_text="none: no limit")
    needs_close_on = models.DateField(null=True, blank=True, help_text="the last day to ask for what one needs")
    sign_up_closes_at = models.DateTimeField(null=True, blank=True)
    costs = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True)
    expert_pay = models.CharField(max_length=3, blank=True, choices=[(each.value, each.value) for each in Answer])
    expert_pay_words = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True, help_text="how much, or why")
    expert_travel = models.CharField(max_length=3, blank=True, choices=[(each.value, each.value) for each in Answer])
    expert_travel_words = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    takes_questions = models.BooleanField(default=False, help_text="whether questions can be sent beforehand")
    # Afterwards
    report = models.TextField(blank=True, help_text="Markdown")
    decided = models.TextField(blank=True, help_text="Markdown")
    reported_at = models.DateTimeField(null=True, blank=True, help_text="when the report first came; set once")
    answers_name = models.CharField(max_length=100, blank=True, help_text="to ask afterwards; none: the contact")
    answers_email = models.EmailField(blank=True)
    slides_url = models.URLField(max_length=500, blank=True)
    slides_title = models.CharField(max_length=rules.MAX_LINE_LENGTH, blank=True)
    slides_format = models.CharField(max_length=11, blank=True, choices=[(each.value, each.value) for each in Format])
    slides_language = models.CharField(max_length=3, blank=True, help_text="none: Dutch")
    recording_url = models.URLField(max_length=500, blank=True)
    recording_has_captions = models.BooleanField(default=False)
    transcript = models.TextField(blank=True, help_text="Markdown")
    # How it stands
    published_at = models.DateTimeField(null=True, blank=True, help_text="from when everybody may read it")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="when it was taken off the site")
    withdrawn_reason = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by: Any = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    uncertain = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True, help_text="what is not sure")
    is_archived = models.BooleanField(default=False, help_text="held before this site was; of it little may be known")
    is_example = models.BooleanField(default=False, help_text="invented, and marked so on the page")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_form_is_known",
                condition=Q(form__in=[form.value for form in Form]),
                violation_error_message="This form of meeting is not known.",
            ),
            models.CheckConstraint(
                name="meetings_ends_after_it_starts",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="Een bijeenkomst eindigt na het begin.",
            ),
            models.CheckConstraint(
                name="meetings_published_has_its_time",
                condition=Q(published_at__isnull=True) | Q(starts_at__isnull=False, ends_at__isnull=False),
                violation_error_message="Een bijeenkomst op de site heeft een begin en een einde.",
            ),
            models.CheckConstraint(
                name="meetings_sign_up_closes_before_the_end",
                condition=Q(sign_up_closes_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(sign_up_closes_at__lte=F("ends_at")),
                violation_error_message="Aanmelden sluit voor het einde van de bijeenkomst.",
            ),
            models.CheckConstraint(
                name="meetings_places_of_its_form",
                condition=(Q(room_places__isnull=True) | ~Q(form=Form.ONLINE))
                & (Q(online_places__isnull=True) | ~Q(form=Form.ON_SITE)),
                violation_error_message="Plaatsen horen bij een manier om mee te doen die er is.",
            ),
            models.CheckConstraint(
                name="meetings_answers_are_known",
                condition=Q(expert_pay__in=list(Answer), expert_travel__in=list(Answer)),
                violation_error_message="This answer is not known.",
            ),
            models.CheckConstraint(
                name="meetings_published_online_has_a_program",
                condition=Q(published_at__isnull=True)
                | Q(is_archived=True)
                | ~Q(form__in=(Form.ONLINE, Form.BOTH))
                | ~Q(online_program=""),
                violation_error_message="Een online bijeenkomst op de site zegt met welk programma.",
            ),
            models.CheckConstraint(
                name="meetings_published_on_site_has_a_place",
                condition=Q(published_at__isnull=True)
                | Q(is_archived=True)
                | ~Q(form__in=(Form.ON_SITE, Form.BOTH))
                | ~Q(place_name="")
                | Q(place_municipality__isnull=False),
                violation_error_message="Een bijeenkomst op locatie heeft op de site een plaats.",
            ),
            models.CheckConstraint(
                name="meetings_cancelled_says_why",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_reason=""),
                violation_error_message="Wie afzegt, zegt waarom.",
            ),
            models.CheckConstraint(
                name="meetings_slides_format_is_known",
                condition=Q(slides_format__in=["", *(each.value for each in Format)]),
                violation_error_message="This format is not known.",
            ),
            models.CheckConstraint(
                name="meetings_recording_has_captions",
                condition=Q(recording_url="") | (Q(recording_has_captions=True) & ~Q(transcript="")),
                violation_error_message="Een opname heeft ondertiteling en een uitgeschreven tekst.",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="meetings_by_start"),
            models.Index(fields=["ends_at"], name="meetings_by_end"),
            models.Index(fields=["published_at"], name="meetings_published"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.slug])

    @property
    def key(self) -> MomentKey:
        """Its place in the list; of one that has a time."""
        if self.starts_at is None:
            raise ValueError(f"meeting {self.pk} has no time yet")
        return MomentKey(self.starts_at, self.pk)

    @property
    def is_online(self) -> bool:
        """Whether one can attend it online."""
        return self.form in (Form.ONLINE, Form.BOTH)

    @property
    def is_on_site(self) -> bool:
        """Whether one can attend it in a room."""
        return self.form in (Form.ON_SITE, Form.BOTH)


class ProgrammeItem(models.Model):
    """A part of the programme."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="programme")
    position = models.PositiveSmallIntegerField()
    time = models.TimeField(null=True, blank=True)
    title = models.CharField(max_length=rules.MAX_LINE_LENGTH)
    speakers = models.CharField(max_length=rules.MAX_LINE_LENGTH, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="meetings_programme_place")]

    def __str__(self) -> str:
        return self.title


class Provision(models.Model):
    """How it stands with one thing that a meeting can arrange; ``words`` tells more, or what can be done instead."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="provisions")
    need = models.CharField(max_length=20, choices=[(need.value, need.value) for need in Need])
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in State], default=State.UNKNOWN.value
    )
    words = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "need"], name="meetings_provision_once"),
            models.CheckConstraint(
                name="meetings_provision_is_known",
                condition=Q(need__in=[need.value for need in Need], state__in=[state.value for state in State]),
                violation_error_message="This provision is not known.",
            ),
            models.CheckConstraint(
                name="meetings_not_possible_has_an_alternative",
                condition=~Q(state=State.NOT_POSSIBLE.value) | ~Q(words=""),
                violation_error_message="Wat niet kan, zegt wat wel kan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.state}"


class Change(models.Model):
    """What changed at a meeting after it was published, in a sentence for who reads it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by: Any = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=rules.MAX_SENTENCE_LENGTH)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.words


class Source(models.Model):
    """Where the facts about a meeting of before are from: who says it, and where that can be read."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="meetings_source_place")]

    def __str__(self) -> str:
        return self.text


class OldAddress(models.Model):
    """An address that a meeting had before; it leads there for as long as that exists."""

    slug = models.SlugField(max_length=100, primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.slug


class Loaded(models.Model):
    """A meeting of the starting content that was loaded, so that it is not loaded twice.

    What was removed or changed on the site since stays so: such a one is no longer ``meeting`` here.
    """

    name = models.CharField(max_length=100, primary_key=True)
    mark = models.CharField(max_length=16, help_text="of what was in the file")
    meeting = models.OneToOneField(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="loaded")

    def __str__(self) -> str:
        return self.name
