"""What somebody fills in to come in: an address, a code, a name; and the name of a passkey."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.people.forms import GuestForm

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


class CredentialForm(forms.Form):
    """The answer of a passkey, put in by script."""

    credential = forms.JSONField(widget=forms.HiddenInput, max_length=MAX_CREDENTIAL_LENGTH)


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
