"""The shape of what people ask and decide about speaking for a municipality."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.text import fold
from meedoen.municipalities.models import Municipality
from meedoen.people.forms import GuestForm, explanation_field
from meedoen.people.models import Address, Person

from . import rules

CHOOSE = _("Kies een gemeente")
WHICH = {code: _("Kies een gemeente uit de lijst.") for code in ("required", "invalid_choice")}


def municipality_field(label: Any) -> forms.ModelChoiceField:
    """One of the municipalities that exist."""
    return forms.ModelChoiceField(
        label=label, queryset=Municipality.objects.current(), empty_label=CHOOSE, error_messages=WHICH
    )


def reason_field(label: Any, hint: Any, *, required: Any = None) -> forms.CharField:
    """A few sentences that say why."""
    return explanation_field(label, hint, max_length=rules.MAX_REASON_LENGTH, required=required, rows=3)


class AskForm(forms.Form):
    """For which municipality somebody wants to speak."""

    municipality = municipality_field(_("Namens welke gemeente wil je spreken?"))
    words = reason_field(_("Wat doe je voor deze gemeente?"), _("De contactpersoon leest dit. Eén zin is genoeg."))


class DecideForm(forms.Form):
    """Yes or no, and a reason for no."""

    outcome = forms.ChoiceField(
        label=_("Wat besluit je?"),
        choices=[("ja", _("Ja, deze persoon spreekt namens ons")), ("nee", _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies ja of nee.") for code in ("required", "invalid_choice")},
    )
    reason = reason_field(_("Waarom?"), _("Zeg je nee? Leg dan uit waarom. De ander krijgt dit per mail."))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("outcome") == "nee" and not found.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Schrijf waarom je nee zegt. De ander leest dit."))
        return found


class EndForm(forms.Form):
    """Why something ends; who ends their own need not say."""

    reason = reason_field(
        _("Waarom stopt dit?"), _("De ander krijgt dit per mail."), required=_("Schrijf waarom het stopt.")
    )

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = _("Je hoeft niets uit te leggen.")


class OfferForm(forms.Form):
    """To whom a contact gives it."""

    municipality = municipality_field(_("Namens welke gemeente?"))
    name = forms.CharField(
        label=_("Hoe heet deze persoon?"),
        help_text=_("De voornaam is genoeg. De ander kan de naam nog veranderen."),
        max_length=GuestForm.base_fields["name"].max_length,  # type: ignore[attr-defined]
        error_messages={"required": _("Vul de naam in. De voornaam is genoeg.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("Het e-mailadres van deze persoon"),
        help_text=_("We mailen de ander. Pas na een ja staat het op de site."),
        max_length=GuestForm.base_fields["email"].max_length,  # type: ignore[attr-defined]
        validators=GuestForm.base_fields["email"].validators,
        error_messages={"required": _("Vul het e-mailadres in, zoals naam@voorbeeld.nl.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    clean_name = GuestForm.clean_name
    clean_email = GuestForm.clean_email

    def __init__(self, *args: Any, among: frozenset[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if among is not None:
            field: Any = self.fields["municipality"]
            field.queryset = Municipality.objects.current().filter(pk__in=among)
            if len(among) == 1:
                self.initial["municipality"] = next(iter(among))


class WorkForm(forms.Form):
    """Which of the municipalities of one's address is shown; none: nothing is."""

    domain = forms.IntegerField(required=False, min_value=1, max_value=2**31)


class DomainForm(forms.Form):
    """Which mail domain belongs to which municipalities; the team fills it in."""

    domain = forms.CharField(
        label=_("Wat staat er achter de @?"),
        help_text=_(
            "Bijvoorbeeld voorbeeldstad.nl. Adressen die daarop eindigen met een punt ervoor, horen er ook bij."
        ),
        max_length=rules.MAX_DOMAIN_LENGTH + 1,
        error_messages={
            "required": _("Vul in wat achter de @ staat, zoals voorbeeldstad.nl."),
            "max_length": _("Dit is te lang voor een domein."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    municipalities = forms.CharField(
        label=_("Van welke gemeente is het?"),
        help_text=_("Werken gemeenten samen? Typ elke gemeente op een eigen regel. Wie er werkt, kiest zelf."),
        max_length=2_000,
        error_messages={"required": _("Vul de naam van de gemeente in.")},
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def clean_municipalities(self) -> list[Municipality]:
        """The municipalities of those names, each once."""
        names = [name.strip() for name in str(self.cleaned_data["municipalities"]).splitlines() if name.strip()]
        by_name = {fold(each.name): each for each in Municipality.objects.current()}
        missing = [name for name in names if fold(name) not in by_name]
        if missing:
            raise forms.ValidationError(
                _("Deze gemeente kennen we niet: %(name)s. Typ de naam zoals in de lijst met gemeenten."),
                params={"name": missing[0]},
            )
        return list({by_name[fold(name)].pk: by_name[fold(name)] for name in names}.values())


class ContactForm(forms.Form):
    """Who becomes contact of which municipality; the team fills it in."""

    municipality = municipality_field(_("Van welke gemeente?"))
    email = forms.CharField(
        label=_("Het e-mailadres van de contactpersoon"),
        help_text=_("Die heeft hier al een keer een code ingevuld."),
        max_length=GuestForm.base_fields["email"].max_length,  # type: ignore[attr-defined]
        error_messages={"required": _("Vul het e-mailadres in, zoals naam@voorbeeld.nl.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("De naam van de contactpersoon"),
        help_text=_("Alleen nodig als meer mensen dit adres delen."),
        required=False,
        max_length=GuestForm.base_fields["name"].max_length,  # type: ignore[attr-defined]
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    clean_email = GuestForm.clean_email

    def clean(self) -> dict[str, Any]:
        """The person that is meant, under ``person``."""
        found: dict[str, Any] = super().clean() or {}
        if "email" not in found:
            return found
        address = Address.objects.filter(email=found["email"], verified_at__isnull=False).first()
        people = list(Person.objects.behind(address)) if address else []
        if found.get("name"):
            people = [each for each in people if fold(each.name) == fold(found["name"])]
        if len(people) == 1:
            found["person"] = people[0]
        elif people:
            self.add_error("name", _("Meer mensen delen dit adres. Vul de naam in."))
        else:
            self.add_error("email", _("Deze persoon kennen we nog niet. Vraag of die eerst een keer inlogt."))
        return found
