"""The shape of what the team does with a topic: a reason, and what the deed needs beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.forum.categories import CATEGORIES
from meedoen.forum.forms import title_field
from meedoen.people.forms import explanation_field

from .rules import MAX_REASON_LENGTH, Deed


class ReasonForm(forms.Form):
    """Why; everybody can read it."""

    reason = explanation_field(
        _("Waarom doe je dit?"),
        _("Iedereen kan dit lezen. Een zin is genoeg. Noem geen namen."),
        max_length=MAX_REASON_LENGTH,
        required=_("Schrijf kort waarom."),
        rows=2,
    )

    def clean_reason(self) -> str:
        return " ".join(str(self.cleaned_data["reason"]).split())


class MoveForm(ReasonForm):
    """Where it goes."""

    category = forms.ChoiceField(
        label=_("Waar hoort het?"),
        choices=[(each.id, each.name) for each in CATEGORIES.values()],
        error_messages={code: _("Kies waar het hoort.") for code in ("required", "invalid_choice")},
    )

    field_order = ("category", "reason")


class RenameForm(ReasonForm):
    """How it is called from now on."""

    title = title_field(_("De nieuwe titel"), "")

    field_order = ("title", "reason")

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())


FORMS: dict[Deed, type[ReasonForm]] = {Deed.MOVE: MoveForm, Deed.RENAME: RenameForm}


def form_for(deed: Deed, data: Any, *, initial: dict[str, Any]) -> ReasonForm:
    """The form of a deed."""
    return FORMS.get(deed, ReasonForm)(data, initial=initial)
