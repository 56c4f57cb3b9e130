"""The shape of asking somebody to help, and of changing that."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.people.forms import GuestForm

from . import rules


class TermsForm(forms.Form):
    """Until when, and whether others see it."""

    ends_on = forms.DateField(
        label=_("Tot en met welke dag?"),
        help_text=_("Ten hoogste twee jaar. We vragen het je van tevoren nog een keer."),
        error_messages={code: _("Vul een dag in, zoals 24-11-2027.") for code in ("required", "invalid")},
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    is_shown = forms.BooleanField(
        label=_("Laat anderen zien dat ik hulp had"),
        help_text=_("Bij wat jullie samen schrijven, staat dan: geschreven met hulp van, en de naam."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("ends_on", today + rules.USUAL_TIME)

    def clean_ends_on(self) -> date:
        ends_on: date = self.cleaned_data["ends_on"]
        if not rules.fits(ends_on, today=self.today):
            raise forms.ValidationError(_("Kies een dag tussen vandaag en twee jaar verder."))
        return ends_on


class InviteForm(TermsForm):
    """Whom somebody asks to help."""

    name = forms.CharField(
        label=_("Hoe heet wie je helpt?"),
        help_text=_("De voornaam is genoeg."),
        max_length=GuestForm.base_fields["name"].max_length,  # type: ignore[attr-defined]
        error_messages={"required": _("Vul de naam in. De voornaam is genoeg.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("Het e-mailadres van wie je helpt"),
        help_text=_("We mailen een vraag. Pas na een ja kan de ander iets doen."),
        max_length=GuestForm.base_fields["email"].max_length,  # type: ignore[attr-defined]
        validators=GuestForm.base_fields["email"].validators,
        error_messages={"required": _("Vul het e-mailadres in, zoals naam@voorbeeld.nl.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    field_order = ("name", "email", "ends_on", "is_shown")

    clean_name = GuestForm.clean_name
    clean_email = GuestForm.clean_email
