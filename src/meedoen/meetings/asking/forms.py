"""The shape of a question beforehand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm

from .rules import MAX_LENGTH, State


class _Asks(ActForm):
    """What guests and members both fill in."""

    text = forms.CharField(
        label=_("Je vraag"),
        help_text=_("Eén vraag, zoals je hem zou zeggen. Heb je er meer? Stuur ze dan een voor een."),
        max_length=MAX_LENGTH,
        error_messages={
            "required": _("Schrijf je vraag op."),
            "max_length": _("Je vraag is te lang. Er passen %(limit_value)d tekens in. Haal weg wat kan."),
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_anonymous = forms.BooleanField(
        label=_("Zeg niet wie dit vraagt"),
        help_text=_("Wie de bijeenkomst leidt, ziet je naam dan niet."),
        required=False,
    )

    def clean_text(self) -> str:
        return "\n".join(line.strip() for line in str(self.cleaned_data["text"]).splitlines() if line.strip())


class QuestionForm(_Asks, GuestForm):
    """By somebody not signed in."""

    field_order = ("text", "is_anonymous", "name", "email")


class MemberQuestionForm(_Asks):
    """By somebody who is signed in."""


STANDS = [(state.value, state.value) for state in State if state != State.WITHDRAWN]


class OutcomeForm(forms.Form):
    """What came of a question, as who leads the meeting says it."""

    stand = forms.ChoiceField(choices=STANDS)
    was = forms.ChoiceField(choices=STANDS)
