"""The shape of what the team does with a topic: a reason, and what the deed needs beside it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.forum.categories import CATEGORIES
from meedoen.forum.forms import title_field
from meedoen.forum.models import Topic
from meedoen.people.forms import explanation_field

from .rules import MAX_REASON_LENGTH, MAX_SUMMARY_LENGTH, Deed, numbers_in


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


class SummaryForm(ReasonForm):
    """What it comes down to, in plain words."""

    summary = explanation_field(
        _("Wat is er gevraagd en geantwoord?"),
        _(
            "Schrijf het in een paar korte zinnen. Wie de rest niet leest, moet het begrijpen. Laat het leeg om het weg te halen."
        ),
        max_length=MAX_SUMMARY_LENGTH,
    )

    field_order = ("summary", "reason")


class MergeForm(ReasonForm):
    """Into which other topic."""

    into = forms.CharField(
        label=_("Bij welk onderwerp komt dit?"),
        help_text=_("Plak het adres van dat onderwerp, of vul het nummer uit dat adres in."),
        max_length=500,
        error_messages={"required": _("Vul in bij welk onderwerp dit komt.")},
    )

    field_order = ("into", "reason")

    def clean_into(self) -> Topic:
        said = str(self.cleaned_data["into"]).strip()
        number = re.search(r"/forum/[^/]+/(\d{1,12})-", said) or re.fullmatch(r"#?(\d{1,12})", said)
        topic = Topic.objects.readable().filter(pk=int(number[1])).first() if number else None
        if topic is None:
            raise forms.ValidationError(_("Dit onderwerp vinden we niet. Plak het hele adres."))
        return topic


class SplitForm(ReasonForm):
    """Which contributions, and what they become."""

    chosen = forms.TypedMultipleChoiceField(
        label=_("Welke berichten?"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Een van deze berichten staat hier niet meer.")},
    )
    numbers = forms.CharField(
        label=_("Of vul nummers in"),
        help_text=_("Bijvoorbeeld: 3, 5-8. Dat kan ook met berichten die op een andere bladzijde staan."),
        required=False,
        max_length=300,
    )
    title = title_field(_("De titel van het nieuwe onderwerp"), "")
    category = forms.ChoiceField(
        label=_("Waar hoort het?"),
        choices=[(each.id, each.name) for each in CATEGORIES.values()],
        error_messages={code: _("Kies waar het hoort.") for code in ("required", "invalid_choice")},
    )

    field_order = ("chosen", "numbers", "title", "category", "reason")

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["chosen"]

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_numbers(self) -> set[int]:
        try:
            return numbers_in(self.cleaned_data["numbers"])
        except ValueError:
            raise forms.ValidationError(_("Vul alleen nummers in, zoals 3, 5-8.")) from None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "numbers" in said and not (said["numbers"] or said.get("chosen")):
            self.add_error("numbers", _("Kies minstens een bericht."))
        return said

    @property
    def wanted(self) -> set[int]:
        """The numbers of all that was chosen."""
        return set(self.cleaned_data.get("chosen") or []) | self.cleaned_data["numbers"]


FORMS: dict[Deed, type[ReasonForm]] = {
    Deed.MOVE: MoveForm,
    Deed.RENAME: RenameForm,
    Deed.SUMMARIZE: SummaryForm,
}


def form_for(deed: Deed, data: Any, *, initial: dict[str, Any]) -> ReasonForm:
    """The form of a deed."""
    return FORMS.get(deed, ReasonForm)(data, initial=initial)
