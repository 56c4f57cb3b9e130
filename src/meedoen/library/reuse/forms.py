"""The shape of what somebody says about their municipality's use of a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.library.models import Article, Reuse
from meedoen.municipalities.models import Municipality
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm, explanation_field

from .rules import MAX_CHANGED_LENGTH

DIRECT = ""


class _Use(ActForm):
    """What guests and members both fill in; the choices are known once it is known what text it is about."""

    municipality = forms.ModelChoiceField(
        label=_("Welke gemeente gebruikt dit?"),
        queryset=Municipality.objects.current(),
        empty_label=_("Kies een gemeente"),
        error_messages={code: _("Kies een gemeente uit de lijst.") for code in ("required", "invalid_choice")},
    )
    taken_from = forms.ChoiceField(
        label=_("Van wie namen jullie het over?"),
        required=False,
        error_messages={"invalid_choice": _("Deze gemeente staat er niet meer bij. Kies opnieuw.")},
    )
    changed = explanation_field(
        _("Wat deden jullie anders?"),
        _("Bijvoorbeeld: wij vroegen ook ouders. Zo leren anderen van jullie."),
        max_length=MAX_CHANGED_LENGTH,
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about(self.initial.get("article"))

    def about(self, article: int | None) -> None:
        """Let those be chosen who use the text already."""
        used = Reuse.objects.shown().filter(article=article).select_related("municipality").order_by("at", "pk")
        choices = [(str(each.pk), each.municipality.name) for each in used] if article else []
        self.fields["taken_from"].choices = [(DIRECT, _("Van deze pagina")), *choices]  # type: ignore[attr-defined]

    def payload(self) -> dict[str, Any]:
        """Numbers, which JSON can hold."""
        given = super().payload()
        return {**given, "municipality": given["municipality"].pk}


class UseForm(_Use, GuestForm):
    """By somebody not signed in."""

    field_order = ("municipality", "taken_from", "changed", "name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Je naam komt niet op de site.")


class MemberUseForm(_Use):
    """By somebody who is signed in."""


def form_for(article: Article, form: type[_Use], *args: Any, **kwargs: Any) -> _Use:
    """The form about one text."""
    made = form(*args, **kwargs)
    made.about(article.pk)
    return made
