"""The themes about which a municipality knows something, and what somebody says to being asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.forum.categories import CATEGORIES

from .rules import Answer


class KnowledgeForm(forms.Form):
    """Which themes."""

    themes = forms.MultipleChoiceField(
        label=_("Waarover mogen we jullie vragen stellen?"),
        help_text=_("Kies wat jullie zelf doen of deden. Kies je niets, dan vragen we jullie niets."),
        choices=[(each.id, each.name) for each in CATEGORIES.values()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies uit de thema's die hier staan.")},
    )


class AnswerForm(forms.Form):
    """What somebody presses."""

    answer = forms.ChoiceField(choices=[(each.value, each.value) for each in Answer], required=False)
