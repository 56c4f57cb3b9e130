"""The shape of what stands in the addresses of the library, and of what is sent about a text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import PageForm
from meedoen.pages.listed import KeyField
from meedoen.themes.records import THEMES

from .rules import SHELVED, ArticleKey, Reading

FIRST_YEAR = 2006  # the year of the Convention: there is no older news
LAST_YEAR = 2100


class NewsFilter(forms.Form):
    """``/nieuws/?jaar=2020&thema=werk``, and the place from which a page goes on."""

    jaar = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            code: _("Dit jaar kennen we niet. Je ziet nu alle jaren.") for code in ("invalid", "min_value", "max_value")
        },
    )
    thema = forms.ChoiceField(
        required=False,
        choices=[(theme.id, theme.label) for theme in THEMES],
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Je ziet nu alle thema’s.")},
    )
    voor = KeyField(ArticleKey.parse)
    na = KeyField(ArticleKey.parse)


class VersionForm(forms.Form):
    """``?taal=makkelijk``: the version that the reader asks for."""

    taal = forms.ChoiceField(
        required=False,
        choices=[(reading.value, reading.value) for reading in Reading],
        error_messages={"invalid_choice": _("Deze taal kennen we niet. Je kunt kiezen uit gewoon en makkelijk.")},
    )


class ReadingForm(VersionForm, PageForm):
    """``/nieuws/<slug>/?taal=makkelijk&pagina=2``: the version that the reader asks for, and a page of reactions."""

    geholpen = forms.ChoiceField(required=False, choices=[("ja", "ja"), ("nee", "nee")])


class ShelfFilter(forms.Form):
    """``/kennisbank/?soort=handreiking&thema=werk&gemeente=…&artikel=9``, and the place from which a page goes on."""

    soort = forms.ChoiceField(
        required=False,
        choices=[(kind.value, kind.value) for kind in SHELVED],
        error_messages={"invalid_choice": _("Deze soort kennen we niet. Je ziet nu alles.")},
    )
    thema = forms.ChoiceField(
        required=False,
        choices=[(theme.id, theme.label) for theme in THEMES],
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Je ziet nu alle thema’s.")},
    )
    gemeente = forms.SlugField(
        required=False,
        max_length=100,
        error_messages={
            code: _("Deze gemeente kennen we niet. Je ziet nu alle gemeenten.") for code in ("invalid", "max_length")
        },
    )
    artikel = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=50,
        error_messages={
            code: _("Het VN-verdrag heeft artikel 1 tot en met 50. Je ziet nu alles.")
            for code in ("invalid", "min_value", "max_value")
        },
    )
    voor = KeyField(ArticleKey.parse)
    na = KeyField(ArticleKey.parse)


class HelpedForm(forms.Form):
    """Whether a text helped."""

    geholpen = forms.ChoiceField(choices=[("ja", _("Ja")), ("nee", _("Nee"))])
