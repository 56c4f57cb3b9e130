"""The shape of a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.moderation.rules import MAX_REASON_LENGTH, PAUSES
from meedoen.conversation.moderation.words import GROUNDS

TOO_LONG = _("Je uitleg is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter.")


class ReasonForm(forms.Form):
    """Why something is decided against somebody: a rule, and a reason that they will read."""

    ground = forms.ChoiceField(
        label=_("Welke regel geldt hier?"),
        choices=[(ground.value, words) for ground, words in GROUNDS.items()],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies de regel.") for code in ("required", "invalid_choice")},
    )
    reason = forms.CharField(
        label=_("Leg uit waarom"),
        help_text=_("De schrijver krijgt dit per mail. Zeg welke woorden het zijn, en wat wel kan."),
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Schrijf waarom. De schrijver heeft recht op een reden."),
            "max_length": TOO_LONG,
        },
    )


class PauseForm(ReasonForm):
    """The same, and for how long."""

    days = forms.TypedChoiceField(
        label=_("Hoe lang?"),
        choices=[(days, _("%(days)s dagen") % {"days": days}) for days in PAUSES],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={code: _("Kies hoe lang.") for code in ("required", "invalid_choice")},
    )

    field_order = ("days", "ground", "reason")


class AnswerForm(forms.Form):
    """What a reporter reads about a page of ours."""

    reason = forms.CharField(
        label=_("Je antwoord"),
        help_text=_("Wie meldde, leest dit. Zeg wat je veranderde, of waarom niet."),
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf een antwoord."), "max_length": TOO_LONG},
    )


class SettleForm(forms.Form):
    """Whether an objection is right, and why; turning round what stayed needs the rule that it breaks."""

    outcome = forms.ChoiceField(
        label=_("Wat besluit je?"),
        choices=[("blijft", _("Het besluit blijft")), ("terug", _("We draaien het besluit terug"))],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies wat je besluit.") for code in ("required", "invalid_choice")},
    )
    reason = forms.CharField(
        label=_("Leg uit waarom"),
        help_text=_("Wie bezwaar maakte, krijgt dit per mail."),
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf waarom."), "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, needs_ground: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_ground:
            self.fields["ground"] = forms.ChoiceField(
                label=_("Draai je het terug: welke regel geldt dan?"),
                choices=[(ground.value, words) for ground, words in GROUNDS.items()],
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Kies de regel.")},
            )
            self.fields["reason_for_writer"] = forms.CharField(
                label=_("En wat schrijf je de schrijver?"),
                help_text=_("De schrijver krijgt dit per mail. Zeg niet wie meldde of bezwaar maakte."),
                required=False,
                max_length=MAX_REASON_LENGTH,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"max_length": TOO_LONG},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "ground" in self.fields and cleaned.get("outcome") == "terug" and not cleaned.get("ground"):
            self.add_error("ground", _("Kies de regel. De schrijver heeft recht op een reden."))
        if "ground" in self.fields and cleaned.get("outcome") == "terug" and not cleaned.get("reason_for_writer"):
            self.add_error("reason_for_writer", _("Schrijf waarom. De schrijver heeft recht op een reden."))
        return cleaned
