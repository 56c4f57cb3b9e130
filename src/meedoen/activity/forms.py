"""The shape of what people say about following."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm

from .rules import Rhythm

RHYTHMS = [
    (Rhythm.EACH.value, _("Bij elk nieuw bericht")),
    (Rhythm.DAILY.value, _("Een keer per dag, in de ochtend")),
    (Rhythm.WEEKLY.value, _("Een keer per week, op maandag")),
]


def rhythm_field() -> forms.ChoiceField:
    """How often to hear."""
    return forms.ChoiceField(
        label=_("Hoe vaak wil je mail?"),
        choices=RHYTHMS,
        initial=Rhythm.DAILY.value,
        widget=forms.RadioSelect,
        error_messages={code: _("Kies hoe vaak je mail wilt.") for code in ("required", "invalid_choice")},
    )


class FollowForm(GuestForm):
    """To follow without being signed in."""

    rhythm = rhythm_field()


class RhythmForm(ActForm):
    """How often, for who is known."""

    rhythm = rhythm_field()
