"""The frame of a part's form, and the fields that parts share."""

import datetime
import re
from typing import Any, ClassVar

from django import forms
from django.core.validators import URLValidator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.actions import Answers
from meedoen.meetings.rules import MAX_SENTENCE_LENGTH

TOO_LONG = _("Dit is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak het korter.")
WRONG_URL = _("Dit is geen adres van een website. Begin met https://.")
TIME_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
_HOUR = re.compile(r"(?<=\d)\s*(uur|u)\.?$", re.IGNORECASE)  # as people say and write it: 14.30 uur


def line(label: Any, hint: Any = "", *, most: int) -> forms.CharField:
    """A field of one line."""
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=False, error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def area(label: Any, hint: Any = "", *, most: int, rows: int = 3, markup: str = "") -> forms.CharField:
    """A field of more lines; ``markup``: with buttons above it."""
    widget = forms.Textarea(attrs={"rows": rows, **({"data-markup": markup} if markup else {})})
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=False, widget=widget, error_messages={"max_length": TOO_LONG}
    )  # fmt: skip


def a_day(label: Any, hint: Any = "") -> forms.DateField:
    """A day, as a browser asks it."""
    return forms.DateField(
        label=label, help_text=hint, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Deze datum begrijpen we niet. Vul dag, maand en jaar in.")},
    )  # fmt: skip


class TimeField(forms.TimeField):
    """A time of day as people write it, also with "uur" behind it, and a whole hour without minutes."""

    def to_python(self, value: Any) -> datetime.time | None:
        return super().to_python(as_clock(value) if isinstance(value, str) else value)


def as_clock(text: str) -> str:
    """A time as the clock shows it: 14.30 for "14.30 uur", 14.00 for "14 uur"; what is no time stays as it is."""
    bare = _HOUR.sub("", text.strip())
    return f"{bare}.00" if bare != text.strip() and bare.isdecimal() else bare


def a_time(label: Any, hint: Any = "") -> forms.TimeField:
    """A time of day in the Netherlands."""
    return TimeField(
        label=label, help_text=hint, required=False, input_formats=TIME_FORMATS,
        error_messages={"invalid": _("Deze tijd begrijpen we niet. Schrijf het zoals 9.00 of 14.30.")},
        widget=forms.TimeInput(format="%H.%M", attrs={"autocomplete": "off", "size": "6"}),
    )  # fmt: skip


def url(label: Any, hint: Any = "") -> forms.CharField:
    """An address of the web."""
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=500,
        validators=[URLValidator(["http", "https"], message=WRONG_URL)],
        widget=forms.URLInput(attrs={"autocomplete": "off"}), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip


def places(label: Any) -> forms.IntegerField:
    """How many can come; empty is no limit."""
    wrong = _("Vul een aantal in, zoals 40. Is er geen grens? Laat dit dan leeg.")
    return forms.IntegerField(
        label=label, help_text=_("Laat leeg als er geen grens is."), required=False, min_value=1, max_value=100_000,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "8"}),
    )  # fmt: skip


class PartForm(forms.Form):
    """A part of a meeting; what has the name of a field of the meeting is saved there.

    ``is_told``: readers have it, so that they are told in a sentence what changed.
    """

    part: ClassVar[str]
    heading: ClassVar[Any]
    own: ClassVar[frozenset[str]] = frozenset()  # fields of the form alone

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sentence = line(
        _("Wat veranderde er?"),
        _("Eén zin. Die staat dan op de pagina, en wie de bijeenkomsten volgt krijgt mail. Verander je dag, tijd of plaats? Vul dit dan altijd in."),
        most=MAX_SENTENCE_LENGTH,
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, meeting: Meeting, is_told: bool, typed: dict[str, Any] | None = None
    ) -> None:
        self.meeting = meeting
        self.prepare(meeting)
        super().__init__(data, initial={**self.initial_of(meeting), "seen": meeting.version, **(typed or {})})
        self.shape()
        if is_told:
            self.order_fields([*(name for name in self.fields if name != "sentence"), "sentence"])
        else:
            del self.fields["sentence"]

    def prepare(self, meeting: Meeting) -> None:
        """Before there are fields."""

    def shape(self) -> None:
        """Give the fields what depends on the meeting."""

    def initial_of(self, meeting: Meeting) -> dict[str, Any]:
        """What is known already."""
        names = [name for name in self.base_fields if name not in ("seen", "sentence") and hasattr(meeting, name)]
        return {name: getattr(meeting, name) for name in names if name not in self.own}

    def answers(self) -> Answers:
        """What was filled in, as the deed takes it."""
        return Answers(fields=self.model_fields())

    def model_fields(self) -> dict[str, Any]:
        """Of that, what the meeting itself keeps."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "sentence")}
        return {name: _plain(value) for name, value in kept.items() if name not in self.own}


def _plain(value: Any) -> Any:
    """Lines end as people see them; the rest is as it is."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def local(moment: datetime.datetime | None) -> datetime.datetime | None:
    """A moment on the clock of the Netherlands."""
    return localtime(moment) if moment else None
