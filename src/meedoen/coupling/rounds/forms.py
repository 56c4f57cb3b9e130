"""The shapes of what the team sends about rounds: how the parts weigh, words for the mail, why two are kept apart."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meedoen.coupling.introducing.rules import MAX_QUESTION_LENGTH, QUESTION_COUNT
from meedoen.coupling.scoring.rules import Factors, Part, Weight
from meedoen.coupling.scoring.words import PARTS
from meedoen.kernel.keys import MomentKey
from meedoen.pages.listed import KeyField
from meedoen.people.forms import explanation_field

from . import rules

CHOICES = [
    (str(Weight.NORMAL.value), _("Telt mee")),
    (str(Weight.HEAVY.value), _("Telt zwaar mee")),
    (str(Weight.NONE.value), _("Telt niet mee")),
]
QUESTIONS = (_("Eerste vraag"), _("Tweede vraag"), _("Derde vraag"))


class FactorsForm(forms.Form):
    """How heavy each part counts: a field for each, by the value of the part. What is left out counts as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            self.fields[part.value] = forms.ChoiceField(
                label=PARTS[part],
                choices=CHOICES,
                required=False,
                error_messages={"invalid_choice": format_lazy(_("Kies opnieuw bij ‘{part}’."), part=PARTS[part])},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(self._weight(given.get(part.value)) for part in Part):
            self.add_error(None, _("Zo telt er niets mee. Laat iets meetellen."))
        return given

    def factors(self) -> Factors:
        """What was chosen."""
        return {part: self._weight(self.cleaned_data.get(part.value)) for part in Part}

    @staticmethod
    def _weight(given: str | None) -> Weight:
        return Weight(int(given)) if given else Weight.NORMAL


class SeenForm(forms.Form):
    """How it stood when somebody looked."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)


class WordsForm(SeenForm):
    """What the mail says beside the reasons."""

    words = explanation_field(
        _("Waarom passen ze? Schrijf het in je eigen woorden"),
        _("Dit staat boven aan de mail. Schrijf kort: de redenen hierboven gaan ook mee."),
        max_length=rules.MAX_WORDS_LENGTH,
        rows=4,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, label in enumerate(QUESTIONS[:QUESTION_COUNT]):
            self.fields[f"question_{place}"] = forms.CharField(
                label=label,
                required=False,
                max_length=MAX_QUESTION_LENGTH,
                error_messages={
                    "max_length": _("Deze vraag is %(show_value)d tekens lang. Er passen er %(limit_value)d in.")
                },
            )

    def questions(self) -> list[str]:
        """Those that are filled in."""
        given = [self.cleaned_data.get(f"question_{place}", "").strip() for place in range(QUESTION_COUNT)]
        return [each for each in given if each]


class ApartForm(SeenForm):
    """Why two are kept apart; only the team reads it."""

    words = explanation_field(
        _("Waarom passen deze twee niet?"),
        _("Alleen het team leest dit. Zo weet een collega het later nog."),
        max_length=rules.MAX_REASON_LENGTH,
        required=_("Schrijf kort waarom deze twee niet passen."),
        rows=3,
    )


class TieForm(forms.Form):
    """Two whom the team wants together, of all that stands; ``titles`` are what they are called, by key."""

    one = forms.TypedChoiceField(label=_("Wie vraagt iets?"), coerce=int)
    other = forms.TypedChoiceField(label=_("Wie past daarbij?"), coerce=int)

    def __init__(self, asks: Mapping[int, str], titles: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices, missing in (
            ("one", asks, _("Kies wie iets vraagt.")),
            ("other", titles, _("Kies wie daarbij past.")),
        ):
            self.fields[name].choices = [("", _("Kies")), *choices.items()]  # type: ignore[attr-defined]
            self.fields[name].error_messages.update(required=missing, invalid_choice=missing)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("one") and given.get("one") == given.get("other"):
            self.add_error("other", _("Dit is dezelfde. Kies een ander."))
        return given


class ListForm(forms.Form):
    """``/team/koppelen/rondes/?na=…``."""

    na = KeyField(MomentKey.parse)
