"""How somebody wants to leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.people.acts import ActForm

KEEP_TEXTS, ERASE_TEXTS = "laat", "wis"


class EraseForm(ActForm):
    """Erase everything about me, with or without what I wrote."""

    texts = forms.ChoiceField(
        label=_("Wat doen we met wat je schreef?"),
        choices=[
            (KEEP_TEXTS, _("Laat mijn teksten staan, zonder mijn naam")),
            (ERASE_TEXTS, _("Wis ook mijn teksten")),
        ],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies wat we doen met wat je schreef.") for code in ("required", "invalid_choice")},
    )

    def payload(self) -> dict[str, Any]:
        return {"with_texts": self.cleaned_data["texts"] == ERASE_TEXTS}


class DataForm(ActForm):
    """All that is known of me: there is nothing to choose."""
