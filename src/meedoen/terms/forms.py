"""The shape of a word with its explanation, as the team writes it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import MAX_EXPLANATION, MAX_FORMS, MAX_WORD, Term

_LETTER = re.compile(r"[^\W\d_]")


class TermForm(forms.Form):
    """A word, how else it is spelled, and what it means."""

    word = forms.CharField(
        label=_("Het woord"),
        help_text=_("Zoals het in een tekst staat. Een hoofdletter maakt niets uit."),
        max_length=MAX_WORD,
        error_messages={
            "required": _("Vul het woord in dat je uitlegt."),
            "max_length": _("Dit woord is %(show_value)d tekens lang. Er passen er %(limit_value)d in."),
        },
    )
    spellings = forms.CharField(
        label=_("Andere woorden met dezelfde uitleg"),
        help_text=_("Bijvoorbeeld een afkorting, of een andere manier om het te schrijven. Zet elk woord op een eigen regel. Meervoud met -s of -en herkennen we zelf."),
        required=False,
        max_length=MAX_FORMS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("Hier staan %(show_value)d tekens. Er passen er %(limit_value)d in. Haal een woord weg."),
        },
    )  # fmt: skip
    explanation = forms.CharField(
        label=_("Wat betekent het?"),
        help_text=_("Een tot drie korte zinnen, in gewone taal."),
        max_length=MAX_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Schrijf wat het woord betekent."),
            "max_length": _(
                "Je uitleg is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
    )
    is_in_texts = forms.BooleanField(
        label=_("Maak er in teksten een link van"),
        help_text=_("Zet dit uit voor een gewoon woord, zoals ‘melding’. Het staat dan alleen op de lijst."),
        required=False,
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_word(self) -> str:
        return _said(self.cleaned_data["word"])

    def clean_spellings(self) -> list[str]:
        given = (" ".join(line.split()) for line in re.split(r"[\n|]", str(self.cleaned_data["spellings"])))
        return [_said(line) for line in dict.fromkeys(given) if line]

    def clean_explanation(self) -> str:
        explanation = " ".join(str(self.cleaned_data["explanation"]).split())
        if not _LETTER.search(explanation):
            raise forms.ValidationError(_("Schrijf wat het woord betekent."))
        return explanation

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        word = given.get("word", "").casefold()
        if "spellings" in given:
            given["spellings"] = [each for each in given["spellings"] if each.casefold() != word]
        return given


def _said(text: object) -> str:
    """A word as it stands in a text: one line, with a letter in it."""
    word = " ".join(str(text).split())
    if "|" in word:
        raise forms.ValidationError(_("Zet in het woord geen |. Andere woorden vul je hieronder in."))
    if not _LETTER.search(word):
        raise forms.ValidationError(_("In ‘%(word)s’ staat geen letter.") % {"word": word})
    return word


def of_term(term: Term) -> dict[str, Any]:
    """What the form says when it opens on a word."""
    return {
        "word": term.word,
        "spellings": term.forms.replace("|", "\n"),
        "explanation": term.explanation,
        "is_in_texts": term.is_in_texts,
        "seen": term.mark,
    }
