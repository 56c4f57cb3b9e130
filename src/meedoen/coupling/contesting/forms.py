"""The shape of contesting: why a fact is withdrawn, and what it says instead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import cleaned_text
from meedoen.municipalities.facts.rules import MAX_STATEMENT, MAX_WHY
from meedoen.people.forms import explanation_field


class WithdrawForm(forms.Form):
    """Why, in a sentence; nobody has to say."""

    why = explanation_field(
        _("Waarom? (mag je leeg laten)"),
        _("Alleen jullie contactpersonen en ons team lezen dit."),
        max_length=MAX_WHY,
        rows=3,
    )

    def clean_why(self) -> str:
        why = str(self.cleaned_data["why"]).strip()
        return cleaned_text(why) if why else ""


class CorrectForm(forms.Form):
    """Better words for what a fact says."""

    words = forms.CharField(
        label=_("Hoe moet deze zin zijn?"),
        help_text=_("Schrijf een hele zin die ook anderen begrijpen. De tekst waar hij vandaan komt, verandert niet."),
        max_length=MAX_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf de zin zoals hij moet zijn. Willen jullie hem weg? Trek hem dan in."),
            "max_length": _("Je zin is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."),
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=MAX_STATEMENT)

    def clean_words(self) -> str:
        return " ".join(cleaned_text(str(self.cleaned_data["words"])).split())


def correct_form(data: Any, words: str) -> CorrectForm:
    """The form, beginning with what the fact says now."""
    return CorrectForm(data, initial={"words": words, "seen": words})
