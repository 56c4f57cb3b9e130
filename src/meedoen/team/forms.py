"""The shape of a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.actions import GROUND_WORDS
from meedoen.conversation.rules import MAX_REASON_LENGTH


class RemovalForm(forms.Form):
    """Why something is taken away: a rule, and a reason that its writer will read."""

    ground = forms.ChoiceField(
        label=_("Welke regel geldt hier?"),
        choices=[(ground.value, words) for ground, words in GROUND_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies de regel.") for code in ("required", "invalid_choice")},
    )
    reason = forms.CharField(
        label=_("Leg uit waarom"),
        help_text=_("De schrijver krijgt dit per mail. Zeg welke woorden het zijn, en wat wel kan."),
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf waarom. De schrijver heeft recht op een reden.")},
    )
