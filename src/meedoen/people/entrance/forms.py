"""What somebody fills in to come in: an address, a code, a name; and the name of a passkey."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.municipalities.models import Municipality
from meedoen.people import rules
from meedoen.people.forms import GuestForm
from meedoen.people.models import Person

MAX_KEY_NAME_LENGTH = 40  # characters
MAX_CREDENTIAL_LENGTH = 20_000  # characters of JSON; a passkey's answer is some 2,000


class SignInForm(forms.Form):
    """The address to which the code goes."""

    email = GuestForm.base_fields["email"]

    clean_email = GuestForm.clean_email


class NameForm(forms.Form):
    """Who somebody is."""

    name = GuestForm.base_fields["name"]

    clean_name = GuestForm.clean_name


ROLES = [
    ("", _("Dat zeg ik liever niet")),
    (rules.Role.EXPERT.value, _("Ik ben ervaringsdeskundige")),
    (rules.Role.OFFICIAL.value, _("Ik ben ambtenaar")),
    (rules.Role.GOVERNOR.value, _("Ik ben bestuurder")),
    (rules.Role.ADVOCATE.value, _("Ik werk voor een belangenorganisatie")),
    (rules.Role.OTHER.value, _("Ik doe mee om een andere reden")),
]
TEAM_ROLE = (rules.Role.TEAM.value, _("Ik hoor bij het projectteam"))


class ProfileForm(NameForm):
    """What others see of a person; only the name has to be there."""

    role = forms.ChoiceField(
        label=_("Waarom doe je mee?"),
        help_text=_(
            "Wat je kiest, ziet iedereen bij wat je schrijft. Kies je ervaringsdeskundige? Dan zien anderen dat je een beperking hebt, of daar ervaring mee hebt."
        ),
        choices=ROLES,
        required=False,
        widget=forms.RadioSelect,
    )
    municipality = forms.ModelChoiceField(
        label=_("In welke gemeente woon of werk je?"),
        help_text=_("Ook je gemeente staat bij wat je schrijft."),
        queryset=Municipality.objects.current(),
        required=False,
        empty_label=_("Dat zeg ik liever niet"),
        error_messages={"invalid_choice": _("Kies een gemeente uit de lijst.")},
    )
    about = forms.CharField(
        label=_("Wat wil je in één zin over jezelf vertellen?"),
        help_text=_("Vertel alleen wat iedereen mag weten."),
        max_length=rules.MAX_ABOUT_LENGTH,
        required=False,
        error_messages={"max_length": _("Deze zin is te lang. Er passen %(limit_value)d tekens in.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        initial = {
            "name": person.name,
            "role": person.role,
            "municipality": person.municipality_id,
            "about": person.about,
        }
        super().__init__(*args, **{**kwargs, "initial": {**initial, **(kwargs.get("initial") or {})}})
        if person.is_team:
            self.fields["role"].choices = [*ROLES, TEAM_ROLE]  # type: ignore[attr-defined]

    def clean_about(self) -> str:
        return " ".join(str(self.cleaned_data["about"]).split())


class CredentialForm(forms.Form):
    """The answer of a passkey, put in by script."""

    credential = forms.CharField(widget=forms.HiddenInput, max_length=MAX_CREDENTIAL_LENGTH)

    def clean_credential(self) -> Any:
        try:
            return json.loads(self.cleaned_data["credential"])
        except (ValueError, RecursionError) as problem:
            raise forms.ValidationError("no credential") from problem


class KeyForm(CredentialForm):
    """A new passkey, with a name by which its owner knows it."""

    name = forms.CharField(
        label=_("Hoe wil je deze sleutel noemen?"),
        help_text=_("Bijvoorbeeld: mijn telefoon. Zo herken je hem later."),
        max_length=MAX_KEY_NAME_LENGTH,
        error_messages={
            "required": _("Geef je sleutel een naam, zoals: mijn telefoon."),
            "max_length": _("Deze naam is te lang. Er passen %(limit_value)d tekens in."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ["name", "credential"]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())
