"""The shape of what stands in the addresses of agendas, and of what the team and contacts write about one."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import PageForm
from meedoen.kernel.partial_dates import understood
from meedoen.municipalities.forms import ProvinceField
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import KeyField
from meedoen.people.forms import explanation_field
from meedoen.themes.records import THEMES

from . import rules
from .reading import FIELDS, STAGES
from .rules import AgendaKey, Stage

YEAR_WRONG = {
    code: _("Dit jaar kennen we niet. Je ziet nu alle jaren.") for code in ("invalid", "min_value", "max_value")
}
ADDRESS_WRONG = {
    code: _("Dit is geen adres van een pagina. Het begint met https://") for code in ("invalid", "max_length")
}


class AgendaFilter(forms.Form):
    """``/kennisbank/agendas/?provincie=drenthe&thema=werk&fase=concept&jaar=2023``, and the place from which a page goes on."""

    provincie = ProvinceField(
        required=False, error_messages={"invalid": _("Die provincie kennen we niet. Je ziet nu alle provincies.")}
    )
    thema = forms.ChoiceField(
        required=False,
        choices=[(theme.id, theme.label) for theme in THEMES],
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Je ziet nu alle thema’s.")},
    )
    fase = forms.ChoiceField(
        required=False,
        choices=[(stage.value, stage.value) for stage in Stage],
        error_messages={"invalid_choice": _("Deze fase kennen we niet. Je ziet nu alle fases.")},
    )
    jaar = forms.IntegerField(
        required=False, min_value=rules.FIRST_YEAR, max_value=rules.LAST_YEAR, error_messages=YEAR_WRONG
    )
    voor = KeyField(AgendaKey.parse)
    na = KeyField(AgendaKey.parse)


class AgendaPageForm(PageForm):
    """``/kennisbank/agendas/<slug>/?pagina=2``: a page of what is said about it, and what was just done."""

    klaar = forms.ChoiceField(required=False, choices=[("ja", "ja"), ("nieuw", "nieuw"), ("terug", "terug")])


def agenda_field() -> forms.SlugField:
    """The address of an agenda."""
    return forms.SlugField(
        required=False,
        max_length=rules.MAX_SLUG_LENGTH,
        error_messages={code: _("Deze agenda kennen we niet. Kies een andere.") for code in ("invalid", "max_length")},
    )


class CompareForm(forms.Form):
    """``/kennisbank/agendas/vergelijken/?een=zuidplas&twee=stein``, or a name to find the other one by."""

    een = agenda_field()
    twee = agenda_field()
    naam = forms.CharField(
        label=_("Zoek op de naam van een gemeente"),
        help_text=_("Een deel van de naam is genoeg."),
        required=False,
        max_length=rules.MAX_SLUG_LENGTH,
        error_messages={"max_length": _("Die naam is te lang. Je ziet nu alle agenda’s.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ArticlesField(forms.CharField):
    """Numbers of articles of the Convention, as people type them: ``9, 19 en 24``."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if re.sub(r"\ben\b|[\d,;. ]", "", text):
            raise ValidationError(_("Schrijf alleen nummers, met een komma ertussen."))
        numbers = sorted({int(each[:4]) for each in re.findall(r"\d+", text)})
        if any(not 1 <= number <= rules.ARTICLES for number in numbers):
            raise ValidationError(_("Het VN-verdrag heeft artikel 1 tot en met 50."))
        return numbers


def year_field(label: Any) -> forms.IntegerField:
    """A year, typed."""
    wrong = _("Schrijf een jaar met vier cijfers, zoals 2026.")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=rules.FIRST_YEAR,
        max_value=rules.LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class AgendaForm(forms.Form):
    """What the team or a contact writes about an agenda."""

    name = forms.CharField(
        label=_("Hoe noemt de gemeente de agenda?"),
        help_text=_("Zonder jaren. Bijvoorbeeld: Lokale Inclusie Agenda."),
        max_length=rules.MAX_NAME_LENGTH,
        error_messages={
            "required": _("Schrijf hoe de agenda heet."),
            "max_length": _("Deze naam is te lang. Maak hem korter."),
        },
    )
    stage = forms.ChoiceField(
        label=FIELDS["stage"],
        choices=[(stage.value, words) for stage, words in STAGES.items()],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies hoe ver de gemeente is.") for code in ("required", "invalid_choice")},
    )
    stage_from = forms.CharField(
        label=_("Hoe weet je hoe ver de gemeente is?"),
        help_text=_("Bijvoorbeeld: het staat op de site van de gemeente. Ben je de contactpersoon? Dan mag dit leeg."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Dit is te lang. Maak het korter.")},
    )
    year_from = year_field(FIELDS["year_from"])
    year_to = year_field(FIELDS["year_to"])
    adopted_on = forms.CharField(
        label=_("Wanneer is de agenda vastgesteld?"),
        help_text=_("Een dag, een maand of een jaar. Bijvoorbeeld: 20 december 2022, of 2022."),
        required=False,
        max_length=40,
        error_messages={"max_length": _("Schrijf een dag, een maand of een jaar.")},
    )
    adopted_by = forms.CharField(
        label=_("Wie stelde de agenda vast?"),
        help_text=_("Bijvoorbeeld: de gemeenteraad."),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Dit is te lang. Maak het korter.")},
    )
    made_with = explanation_field(
        FIELDS["made_with"],
        _("Noem groepen en organisaties. Noem geen namen van inwoners."),
        max_length=rules.MAX_WORDS_LENGTH,
        rows=3,
    )
    summary = explanation_field(
        FIELDS["summary"], _("Een paar zinnen. Iedereen leest dit."), max_length=rules.MAX_WORDS_LENGTH, rows=4
    )
    page_url = forms.URLField(
        label=FIELDS["page_url"], required=False, max_length=500, assume_scheme="https", error_messages=ADDRESS_WRONG
    )
    document_url = forms.URLField(
        label=FIELDS["document_url"],
        help_text=_("Als de agenda zelf ergens te lezen is."),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages=ADDRESS_WRONG,
    )
    themes = forms.MultipleChoiceField(
        label=_("Over welke thema’s gaat de agenda?"),
        choices=[(theme.id, theme.short) for theme in THEMES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies uit de thema’s die hier staan.")},
    )
    convention = ArticlesField(
        label=_("Welke artikelen van het VN-verdrag noemt de agenda?"),
        help_text=_("Alleen de nummers, met een komma ertussen."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Dit is te lang. Maak het korter.")},
    )

    def clean_adopted_on(self) -> str:
        typed: str = self.cleaned_data["adopted_on"]
        if not typed:
            return ""
        try:
            found = understood(typed)
        except ValueError:
            raise ValidationError(_("Schrijf een dag, een maand of een jaar. Bijvoorbeeld: december 2022.")) from None
        if not rules.FIRST_YEAR <= int(found[:4]) <= rules.LAST_YEAR:
            raise ValidationError(_("Kijk het jaar nog eens na."))
        return found

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("year_from"), found.get("year_to")
        if last and not first and "year_from" not in self.errors:
            self.add_error("year_from", _("Schrijf ook het eerste jaar."))
        elif first and last and last < first:
            self.add_error("year_to", _("Het laatste jaar komt niet voor het eerste."))
        return found


class UpdateForm(AgendaForm):
    """The same, for an agenda that is there: whether it is on the site, and the last change that the writer saw."""

    is_published = forms.BooleanField(label=_("Iedereen mag deze agenda lezen"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class NewForm(AgendaForm):
    """The same, for a new one: of which municipality."""

    municipality = forms.ModelChoiceField(
        label=_("Van welke gemeente is de agenda?"),
        queryset=Municipality.objects.none(),
        empty_label=_("Kies een gemeente"),
        error_messages={code: _("Kies een gemeente uit de lijst.") for code in ("required", "invalid_choice")},
    )

    field_order = ("municipality",)


class UndoForm(forms.Form):
    """The change that somebody saw as the last."""

    seen = forms.IntegerField(min_value=1)
