"""The shape of a question beforehand."""

from typing import Any

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
        help_text=_(
            "Kies je dit? Dan hoef je geen naam in te vullen, en ziet wie de bijeenkomst leidt niet van wie de vraag is."
        ),
        required=False,
    )

    def clean_text(self) -> str:
        return "\n".join(line.strip() for line in str(self.cleaned_data["text"]).splitlines() if line.strip())


class QuestionForm(_Asks, GuestForm):
    """By somebody not signed in."""

    field_order = ("text", "is_anonymous", "name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("is_anonymous"):
            self.fields["name"].required = False

    def clean_name(self) -> str:
        return super().clean_name() if self.cleaned_data["name"] else ""


class MemberQuestionForm(_Asks):
    """By somebody who is signed in."""


STANDS = [(state.value, state.value) for state in State if state != State.WITHDRAWN]


class OutcomeForm(forms.Form):
    """What came of a question, as who leads the meeting says it."""

    stand = forms.ChoiceField(choices=STANDS)
    was = forms.ChoiceField(choices=STANDS)
