"""The shape of who made it: whom to ask, and how they want to be called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.celebrations.rules import MAX_ROLE_LENGTH
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm
from meedoen.people.standing.forms import OfferForm


def _role_field(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=MAX_ROLE_LENGTH, required=False)


class _Role(forms.Form):
    def clean_role(self) -> str:
        role = " ".join(str(self.cleaned_data["role"]).split())
        if "@" in role or "://" in role or "www." in role.lower():
            raise forms.ValidationError(_("Vul hier geen adres in."))
        return role


class AskForm(_Role):
    """Whom to ask."""

    name = OfferForm.base_fields["name"]
    role = _role_field(_("Wat deed deze persoon?"), _("Bijvoorbeeld: wethouder, of: dacht mee vanuit de adviesraad."))
    email = OfferForm.base_fields["email"]

    field_order = ("name", "role", "email")

    clean_name: Any = GuestForm.clean_name
    clean_email: Any = GuestForm.clean_email


class NamedForm(_Role, ActForm):
    """How somebody wants to be called; the address is the one that was asked."""

    name = GuestForm.base_fields["name"]
    role = _role_field(_("Wat deed je?"), _("Dit staat bij je naam. Bijvoorbeeld: wethouder, of: inwoner."))

    field_order = ("name", "role")

    clean_name: Any = GuestForm.clean_name
