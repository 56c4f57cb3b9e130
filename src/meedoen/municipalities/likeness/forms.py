"""The shape of how somebody weighs the parts, in the address of the page; what is left out counts as it is."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .rules import MAX_PAGE, Part, Weight

WEIGHTS = {"": Weight.NORMAL, "zwaar": Weight.HEAVY, "niet": Weight.NONE}
CHOICES = [("", _("Telt mee")), ("zwaar", _("Telt zwaar mee")), ("niet", _("Telt niet mee"))]


def _weight(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=CHOICES,
        error_messages={
            "invalid_choice": format_lazy(
                _("Je keuze bij ‘{label}’ kennen we niet. Dit telt nu gewoon mee."), label=label
            )
        },
    )


class LikenessForm(forms.Form):
    """``?grootte=zwaar&provincie=niet&bladzijde=2``: a field for each part, and the page."""

    grootte = _weight(_("Aantal inwoners"))
    provincie = _weight(_("Provincie"))
    dichtheid = _weight(_("Stad of platteland"))
    agenda = _weight(_("Hoe ver de agenda is"))
    themas = _weight(_("Thema’s"))
    bladzijde = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_PAGE,
        widget=forms.HiddenInput,
        error_messages={
            code: _("Die bladzijde is er niet. Je ziet nu de eerste.") for code in ("invalid", "min_value", "max_value")
        },
    )


def weights_of(form: forms.Form) -> dict[Part, Weight]:
    """How the parts weigh in a valid form."""
    return {part: WEIGHTS[form.cleaned_data.get(part.value) or ""] for part in Part}
