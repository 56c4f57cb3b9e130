"""The shape of what stands in the addresses of the news."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import PageForm
from meedoen.pages.listed import KeyField
from meedoen.themes.records import THEMES

from .rules import ArticleKey, Reading

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


class ReadingForm(PageForm):
    """``/nieuws/<slug>/?taal=makkelijk&pagina=2``: the version that the reader asks for, and a page of reactions."""

    taal = forms.ChoiceField(
        required=False,
        choices=[(reading.value, reading.value) for reading in Reading],
        error_messages={"invalid_choice": _("Deze taal kennen we niet. Je kunt kiezen uit gewoon en makkelijk.")},
    )
