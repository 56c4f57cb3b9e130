"""The shape of a report and of an objection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.people.acts import ActForm
from meedoen.people.forms import email_field, explanation_field
from meedoen.people.rules import normalised_email

from .rules import MAX_OBJECTION_LENGTH, MAX_REPORT_LENGTH, Concern
from .words import CONCERNS

MAX_PLACE_LENGTH = 200  # characters


class ReportForm(ActForm):
    """What is wrong, for who is signed in."""

    concern = forms.ChoiceField(
        label=_("Wat is er mis?"),
        choices=[(concern.value, words) for concern, words in CONCERNS.items()],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies wat er mis is.") for code in ("required", "invalid_choice")},
    )
    text = explanation_field(
        _("Leg uit wat je ziet"), _("Welke woorden zijn het? Waarom kan het niet?"), max_length=MAX_REPORT_LENGTH
    )

    def ask_where(self) -> None:
        """Ask where it is, since nobody came from there."""
        where = forms.CharField(
            label=_("Waar zie je het?"),
            help_text=_("Het adres of de naam van de pagina."),
            max_length=MAX_PLACE_LENGTH,
            error_messages={
                "required": _("Vul in waar je het ziet."),
                "max_length": _("Dit is te lang. Er passen %(limit_value)d tekens in."),
            },
        )
        self.fields = {"where": where, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("concern") == Concern.UNLAWFUL and not cleaned.get("text"):
            self.add_error("text", _("Leg uit waarom het volgens jou niet mag van de wet."))
        if cleaned.get("concern") == Concern.OTHER and not cleaned.get("text"):
            self.add_error("text", _("Leg uit wat er mis is."))
        return cleaned


class GuestReportForm(ReportForm):
    """What is wrong, and perhaps where the answer may go."""

    email = email_field(
        _("Dan krijg je een mail met wat we besluiten. De schrijver krijgt je adres niet."), required=False
    )

    def clean_email(self) -> str:
        return normalised_email(str(self.cleaned_data["email"]))


class ConfirmReportForm(GuestReportForm):
    """The same, to change before the address is confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class ObjectionForm(forms.Form):
    """Why somebody does not agree."""

    text = explanation_field(
        _("Waarom ben je het er niet mee eens?"),
        _("Schrijf wat wij niet goed zagen, of wat we moeten weten."),
        max_length=MAX_OBJECTION_LENGTH,
        required=_("Schrijf waarom je het er niet mee eens bent."),
        rows=6,
    )
