"""The shape of what stands in the address of a search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.text import slug
from meedoen.search.finding import Filters
from meedoen.search.sources import sources
from meedoen.themes.records import THEMES

from . import rules

# Parts of the site that have a search of their own: their name, and what of all that is found belongs there.
PLACES: dict[str, tuple[Any, Filters]] = {
    "forum": (_("het forum"), Filters(group="topic:")),
    "kennisbank": (_("de kennisbank"), Filters(kinds=("guide", "practice", "tool", "agenda", "convention", "term"))),
    "nieuws": (_("het nieuws"), Filters(kinds=("news",))),
}


def name_of(kind: str) -> str:
    """A kind as it stands in the address: the word for one of them."""
    return next((slug(str(source.one)) for source in sources() if source.kind == kind), "")


class SearchForm(forms.Form):
    """``/zoeken/?q=stembureau+rolstoel&soort=handreiking&thema=…&gemeente=…&jaar=2026&makkelijk=ja&bladzijde=2``."""

    q = forms.CharField(
        label=_("Waar zoek je naar?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    waar = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in PLACES],
        error_messages={"invalid_choice": _("Dat deel van de site kennen we niet. Je zoekt nu overal.")},
    )
    soort = forms.SlugField(
        required=False, error_messages={"invalid": _("Deze soort kennen we niet. Je ziet nu alle soorten.")}
    )
    thema = forms.ChoiceField(
        required=False,
        choices=[(theme.id, theme.label) for theme in THEMES],
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Je ziet nu alle thema’s.")},
    )
    gemeente = forms.SlugField(
        required=False, error_messages={"invalid": _("Deze gemeente kennen we niet. Je ziet nu alle gemeenten.")}
    )
    jaar = forms.IntegerField(
        required=False,
        min_value=rules.FIRST_YEAR,
        max_value=rules.LAST_YEAR,
        error_messages={
            code: _("Dit jaar kennen we niet. Je ziet nu alle jaren.") for code in ("invalid", "min_value", "max_value")
        },
    )
    makkelijk = forms.ChoiceField(required=False, choices=[("ja", "ja")])
    bladzijde = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=rules.MAX_PAGE,
        error_messages={
            code: _("Die bladzijde is er niet. Je ziet nu de eerste.") for code in ("invalid", "min_value", "max_value")
        },
    )

    def clean_soort(self) -> str:
        name = self.cleaned_data["soort"]
        if name and name not in {name_of(source.kind) for source in sources()}:
            raise forms.ValidationError(_("Deze soort kennen we niet. Je ziet nu alle soorten."))
        return str(name)


class WordsForm(forms.Form):
    """``/zoeken/woorden/?q=stemb``: what somebody is typing."""

    q = forms.CharField(required=False, max_length=200)
