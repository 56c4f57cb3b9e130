"""The shape of what stands in the addresses of the pages about the Convention."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.library.rules import Reading
from meedoen.themes.records import THEMES


class ConventionFilter(forms.Form):
    """``/kennisbank/vn-verdrag/?thema=werk``."""

    thema = forms.ChoiceField(
        required=False,
        choices=[(theme.id, theme.label) for theme in THEMES],
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Je ziet nu alle artikelen.")},
    )


class ExplanationForm(forms.Form):
    """``/kennisbank/vn-verdrag/9/?taal=makkelijk``: the version that the reader asks for."""

    taal = forms.ChoiceField(
        required=False,
        choices=[(reading.value, reading.value) for reading in Reading],
        error_messages={"invalid_choice": _("Deze taal kennen we niet. Je kunt kiezen uit gewoon en makkelijk.")},
    )
