"""The shape of what people say about following."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meedoen.kernel.dutch import date_words
from meedoen.kernel.keys import MomentKey
from meedoen.pages.listed import KeyField
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm

from .rules import BY_MAIL, PAUSES, Rhythm, pause_end

RHYTHMS = {
    Rhythm.EACH: _("Bij elk nieuw bericht"),
    Rhythm.DAILY: _("Een keer per dag, in de ochtend"),
    Rhythm.WEEKLY: _("Een keer per week, op maandag"),
    Rhythm.SITE: _("Geen mail. Ik kijk zelf op mijn pagina"),
    Rhythm.NEVER: _("Gestopt"),
}


def rhythm_field(rhythms: Iterable[Rhythm], *, initial: Rhythm | None = Rhythm.DAILY) -> forms.ChoiceField:
    """How often to hear."""
    return forms.ChoiceField(
        label=_("Hoe vaak wil je mail?"),
        choices=[(rhythm.value, RHYTHMS[rhythm]) for rhythm in rhythms],
        initial=initial.value if initial else None,
        widget=forms.RadioSelect,
        error_messages={code: _("Kies hoe vaak je mail wilt.") for code in ("required", "invalid_choice")},
    )


class FollowForm(GuestForm):
    """To follow without being signed in."""

    rhythm = rhythm_field(BY_MAIL)


class RhythmForm(ActForm):
    """How often, for who is known."""

    rhythm = rhythm_field([*BY_MAIL, Rhythm.SITE])


class AllForm(forms.Form):
    """How often, for all at once; nothing is chosen beforehand, because each may be different now."""

    rhythm = rhythm_field([*BY_MAIL, Rhythm.SITE], initial=None)


class PauseForm(forms.Form):
    """How long without mail, each with its last day."""

    weeks = forms.TypedChoiceField(
        label=_("Hoe lang wil je geen mail?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={code: _("Kies hoe lang je geen mail wilt.") for code in ("required", "invalid_choice")},
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["weeks"].choices = [(weeks, _pause_words(weeks, today)) for weeks in PAUSES]  # type: ignore[attr-defined]


def _pause_words(weeks: int, today: date) -> str:
    length = ngettext("%(count)s week", "%(count)s weken", weeks) % {"count": weeks}
    return _now("%(length)s, tot en met %(day)s") % {"length": length, "day": date_words(pause_end(weeks, today))}


class PlaceForm(forms.Form):
    """``/mijn/nieuw/?voor=…``: the place from which a page goes on."""

    voor = KeyField(MomentKey.parse)
    na = KeyField(MomentKey.parse)
