"""The shape of the filters in the list of municipalities."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules
from .models import Province

MAX_NAME_LENGTH = 100  # characters; the longest name of a municipality has 29


class ProvinceField(forms.SlugField):
    """The slug of a province, checked against the register."""

    def clean(self, value: object) -> str:
        slug = str(super().clean(value) or "").lower()
        if slug and not Province.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Die provincie kennen we niet. Je ziet nu alle provincies."))
        return slug


class MunicipalityFilter(forms.Form):
    """Filters in the address of ``/gemeenten/``; each may be left out."""

    naam = forms.CharField(
        label=_("Naam van de gemeente"),
        help_text=_("Ook een oude naam mag, en een deel van de naam."),
        required=False,
        max_length=MAX_NAME_LENGTH,
        error_messages={"max_length": _("Die naam is te lang. Je ziet nu alle gemeenten.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    provincie = ProvinceField(
        label=_("Provincie"),
        required=False,
        error_messages={"invalid": _("Die provincie kennen we niet. Je ziet nu alle provincies.")},
    )
    grootte = forms.ChoiceField(
        label=_("Aantal inwoners"),
        required=False,
        choices=[("", _("Alle groottes")), *((each.id, each.label) for each in rules.SIZE_CLASSES)],
        error_messages={"invalid_choice": _("Die grootte kennen we niet. Je ziet nu alle groottes.")},
    )
    manifest = forms.ChoiceField(
        label=_("Manifest"),
        required=False,
        choices=[
            ("", _("Alle gemeenten")),
            ("koploper", _("Koplopers van 2018")),
            ("getekend", _("Alle ondertekenaars")),
        ],
        error_messages={"invalid_choice": _("Die keuze kennen we niet. Je ziet nu alle gemeenten.")},
    )

    def clean_naam(self) -> str:
        name: str = self.cleaned_data["naam"]
        if name and not rules.name_asked(name):
            raise forms.ValidationError(_("In die naam staat geen letter. Je ziet nu alle gemeenten."))
        return name


def choose_province(form: forms.Form, provinces: list[Province]) -> None:
    """Show the province as a list to choose from; the list comes from the register, once a page."""
    form.fields["provincie"].widget = forms.Select(
        choices=[("", _("Alle provincies")), *((each.slug, each.name) for each in provinces)]
    )
