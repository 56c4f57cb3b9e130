"""The shape of an answer about a meeting: four questions, of which one has to be answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .reading import TOOK_PART, USE
from .rules import MAX_WORDS


def _words(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=MAX_WORDS,
        error_messages={"max_length": _("Dit is te lang. Er passen %(limit_value)d tekens in. Haal weg wat kan.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EvaluationForm(forms.Form):
    """What somebody says of a meeting."""

    took_part = forms.ChoiceField(
        label=_("Kon je volledig meedoen?"),
        help_text=_("Bijvoorbeeld: je kon binnenkomen, alles volgen en iets zeggen."),
        choices=list(TOOK_PART.items()),
        error_messages={code: _("Kies of je volledig kon meedoen.") for code in ("required", "invalid_choice")},
        widget=forms.RadioSelect,
    )
    in_the_way = _words(_("Wat zat in de weg?"), _("Zo kunnen we het de volgende keer beter doen."))
    use = forms.ChoiceField(
        label=_("Had je er iets aan?"),
        choices=list(USE.items()),
        required=False,
        error_messages={"invalid_choice": _("Kies een van de antwoorden, of laat dit leeg.")},
        widget=forms.RadioSelect,
    )
    said = _words(_("Wat wil je nog zeggen?"), _("Schrijf geen namen op, dan weet niemand wie dit schreef."))
