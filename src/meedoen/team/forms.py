"""The shape of a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.moderation.rules import MAX_REASON_LENGTH, PAUSES, Ground
from meedoen.conversation.moderation.words import GROUNDS
from meedoen.conversation.quiet.models import MAX_NOTICE_LENGTH
from meedoen.kernel.keys import MomentKey
from meedoen.pages.listed import KeyField
from meedoen.people.forms import day_field, explanation_field

WHICH_GROUND = _("Welke regel geldt hier?")
WHY = _("Leg uit waarom")
HINT = _("De schrijver krijgt dit per mail. Zeg welke woorden het zijn, en wat wel kan.")
NO_GROUND = _("Kies de regel.")
NO_REASON = _("Schrijf waarom. De schrijver heeft recht op een reden.")


def ground_field(label: Any = WHICH_GROUND, *, hint: Any = "", must: bool = True) -> forms.ChoiceField:
    """The rule that a decision rests on."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[(ground.value, words) for ground, words in GROUNDS.items() if ground != Ground.UNCLEAR],
        required=must,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), NO_GROUND),
    )


def reason_field(label: Any = WHY, hint: Any = HINT, *, required: Any = None) -> forms.CharField:
    """Why, for who reads it by mail."""
    return explanation_field(label, hint, max_length=MAX_REASON_LENGTH, required=required)


class PlaceForm(forms.Form):
    """``/team/post/?na=…``: the place from which a page goes on."""

    na = KeyField(MomentKey.parse)


class ReasonForm(forms.Form):
    """Why something is decided against somebody: a rule, and a reason that they will read."""

    ground = ground_field()
    reason = reason_field(required=NO_REASON)


class AskForm(ReasonForm):
    """Why somebody is asked to change their words: also where no rule was broken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        field.label = _("Waarom vraag je het?")
        field.choices = [(Ground.UNCLEAR.value, GROUNDS[Ground.UNCLEAR]), *field.choices]  # type: ignore[attr-defined]


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

    reason = reason_field(
        _("Je antwoord"),
        _("Wie meldde, leest dit. Zeg wat je veranderde, of waarom niet."),
        required=_("Schrijf een antwoord."),
    )


class SettleForm(forms.Form):
    """Whether an objection is right, and why; turning round what stayed needs the rule that it breaks."""

    outcome = forms.ChoiceField(
        label=_("Wat besluit je?"),
        choices=[("blijft", _("Het besluit blijft")), ("terug", _("We draaien het besluit terug"))],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies wat je besluit.") for code in ("required", "invalid_choice")},
    )
    reason = reason_field(hint=_("Wie bezwaar maakte, krijgt dit per mail."), required=_("Schrijf waarom."))

    def __init__(self, *args: Any, needs_ground: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_ground:
            self.fields["ground"] = ground_field(_("Draai je het terug: welke regel geldt dan?"), must=False)
            self.fields["reason_for_writer"] = reason_field(
                _("En wat schrijf je de schrijver?"),
                _("De schrijver krijgt dit per mail. Zeg niet wie meldde of bezwaar maakte."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "ground" in self.fields and cleaned.get("outcome") == "terug":
            if not cleaned.get("ground"):
                self.add_error("ground", NO_GROUND)
            if not cleaned.get("reason_for_writer"):
                self.add_error("reason_for_writer", NO_REASON)
        return cleaned


class QuietForm(forms.Form):
    """Why and until when only the team writes."""

    notice = forms.CharField(
        label=_("Waarom kan niemand iets plaatsen?"),
        help_text=_("Dit leest iedereen. Bijvoorbeeld: ons team heeft vakantie."),
        max_length=MAX_NOTICE_LENGTH,
        error_messages={
            "required": _("Schrijf op waarom niemand iets kan plaatsen."),
            "max_length": _(
                "Je tekst is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    last_day = day_field(_("Tot en met welke dag?"), _("Bijvoorbeeld: 28-12-2026. Daarna kan iedereen weer schrijven."))
