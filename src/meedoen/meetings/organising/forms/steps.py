"""What is asked at each step: begin, publish, cancel, take down, another address."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.clock import NoSuchTime, moment_of
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.actions import templates
from meedoen.meetings.rules import MAX_SENTENCE_LENGTH, MAX_TITLE_LENGTH
from meedoen.municipalities.models import Municipality

from .fields import TOO_LONG, a_day, a_time

EARLIER = "eerder"
IN_THE_MORNING = datetime.time(9)


class BeginForm(forms.Form):
    """From what to begin, and for whom."""

    title = forms.CharField(
        label=_("Titel"),
        max_length=MAX_TITLE_LENGTH,
        help_text=_("Je kunt de titel later nog veranderen."),
        error_messages={"required": _("Vul een titel in."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    start = forms.ChoiceField(
        label=_("Waarmee begin je?"),
        widget=forms.RadioSelect,
        error_messages={code: _("Kies waarmee je begint.") for code in ("required", "invalid_choice")},
    )
    earlier = forms.ModelChoiceField(
        label=_("Welke eerdere bijeenkomst?"),
        help_text=_("Alleen als je een eerdere koos. Wat daar geregeld was, regel je opnieuw."),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("Kies een bijeenkomst"),
        error_messages={"invalid_choice": _("Kies een bijeenkomst uit de lijst.")},
    )
    gemeente = forms.ModelChoiceField(
        label=_("Van welke gemeente is het?"),
        queryset=Municipality.objects.none(),
        empty_label=None,
        error_messages={code: _("Kies een gemeente uit de lijst.") for code in ("required", "invalid_choice")},
    )

    def __init__(self, *args: Any, earlier: Any, municipalities: Any, is_team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, each["label"]) for name, each in templates().items()]
        if earlier:
            choices.append((EARLIER, _now("Een eerdere bijeenkomst")))
            self.fields["earlier"].queryset = Meeting.objects.filter(pk__in=[each.pk for each in earlier])  # type: ignore[attr-defined]
        else:
            del self.fields["earlier"]
        self.fields["start"].choices = choices  # type: ignore[attr-defined]
        if is_team:
            del self.fields["gemeente"]
        else:
            self.fields["gemeente"].queryset = municipalities  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("start") == EARLIER and not given.get("earlier") and "earlier" not in self.errors:
            self.add_error("earlier", _now("Kies met welke bijeenkomst je begint."))
        return given


class PublishForm(forms.Form):
    """When everybody may read it; the moment comes under ``at``, None for now."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    when = forms.ChoiceField(
        label=_("Wanneer komt het op de site?"),
        choices=[("nu", _("Nu")), ("later", _("Op een dag die ik kies"))],
        initial="nu",
        widget=forms.RadioSelect,
        error_messages={code: _("Kies nu of later.") for code in ("required", "invalid_choice")},
    )
    day = a_day(_("Op welke dag?"), _("Alleen nodig als je later koos."))
    time = a_time(_("Hoe laat?"), _("Tijd in Nederland, zoals 9.00 of 14.30."))

    def __init__(self, *args: Any, now: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["at"] = None
        if given.get("when") != "later" or {"day", "time"} & set(self.errors):
            return given
        if not given.get("day"):
            self.add_error("day", _now("Kies de dag waarop het op de site komt."))
            return given
        try:
            given["at"] = moment_of(given["day"], given.get("time") or IN_THE_MORNING)
        except NoSuchTime:
            self.add_error("time", _now("Die nacht gaat de klok vooruit. Deze tijd bestaat niet. Kies een andere."))
            return given
        if given["at"] <= self.now:
            self.add_error("day", _now("Dit moment is voorbij. Kies een later moment, of kies nu."))
        return given


class ReasonForm(forms.Form):
    """Why it is cancelled or taken down; readers see it."""

    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Lezers zien deze zin."),
        max_length=MAX_SENTENCE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf waarom. Lezers zien dit."), "max_length": TOO_LONG},
    )

    def clean_reason(self) -> str:
        return " ".join(str(self.cleaned_data["reason"]).split())


class RenameForm(forms.Form):
    """Another address."""

    slug = forms.SlugField(
        label=_("Het nieuwe adres"),
        help_text=_("Kleine letters, cijfers en streepjes, zoals praat-mee-over-wonen."),
        max_length=100,
        error_messages={
            "required": _("Vul het nieuwe adres in."),
            "invalid": _("Gebruik alleen letters, cijfers en streepjes."),
            "max_length": TOO_LONG,
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()
