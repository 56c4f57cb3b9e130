"""The shape of what guests send: who they are, and the code from the mail."""

from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from . import rules
from .acts import TRAP, ActForm
from .drafts import Opened


def email_field(hint: Any, *, required: bool = True) -> forms.CharField:
    """Where mail to somebody goes; ``rules.normalised_email`` makes it the address that we know."""
    return forms.CharField(
        label=_("Je e-mailadres"),
        help_text=hint,
        required=required,
        max_length=rules.MAX_EMAIL_LENGTH,
        error_messages={
            "required": _("Vul je e-mailadres in, zoals naam@voorbeeld.nl."),
            "max_length": _("Dit e-mailadres is te lang. Kijk of het klopt."),
        },
        validators=[EmailValidator(_("Dit is geen e-mailadres. Vul het in zoals naam@voorbeeld.nl."))],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class GuestForm(ActForm):
    """Who sends something: a name and an e-mail address. Forms of features add their own fields before these."""

    name = forms.CharField(
        label=_("Je naam"),
        help_text=_("Zo staat je naam erbij. Je voornaam is genoeg."),
        max_length=rules.MAX_NAME_LENGTH,
        error_messages={
            "required": _("Vul je naam in. Je voornaam is genoeg."),
            "max_length": _("Je naam is te lang. Er passen %(limit_value)d tekens in."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = email_field(_("Je krijgt een code per mail. Je e-mailadres komt niet op de site."))
    website = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(char.isalpha() for char in name):
            raise forms.ValidationError(_("In je naam staat geen letter. Je voornaam is genoeg."))
        if "@" in name or "://" in name or "www." in name.lower():
            raise forms.ValidationError(_("Vul hier alleen je naam in, geen adres."))
        return name

    def clean_email(self) -> str:
        return rules.normalised_email(str(self.cleaned_data["email"]))

    @property
    def fell_in_trap(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get(TRAP))


class DraftForm(forms.Form):
    """What an open page knows of the draft in it; put there by us, and by script."""

    draft = forms.CharField(required=False, max_length=40)
    seen = forms.CharField(required=False, max_length=40)
    tab = forms.CharField(required=False, max_length=40)

    def opened(self) -> Opened:
        """The same, as the deeds take it; what makes no sense is nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Opened(key=given.get("draft", ""), seen=given.get("seen", ""), tab=given.get("tab", ""))


def explanation_field(
    label: Any, hint: Any, *, max_length: int, required: Any = None, rows: int = 5
) -> forms.CharField:
    """A few sentences that say why; ``required`` is what to say when they are missing, None where they may be."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=max_length,
        required=required is not None,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": required or "",
            "max_length": _(
                "Je uitleg is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
    )


def day_field(label: Any, hint: Any) -> forms.DateField:
    """A day that somebody types, as 28-12-2026."""
    return forms.DateField(
        label=label,
        help_text=hint,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        error_messages={code: _("Vul een dag in, zoals 28-12-2026.") for code in ("required", "invalid")},
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CodeForm(forms.Form):
    """The code from the mail, as people type or paste it."""

    code = forms.CharField(
        label=_("De code uit de mail"),
        help_text=_("Zes cijfers. Spaties mogen."),
        max_length=40,
        error_messages={
            "required": _("Typ de 6 cijfers uit de mail."),
            "max_length": _("Dit is te lang voor een code. Typ alleen de 6 cijfers uit de mail."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "size": "10"}
        ),
    )
