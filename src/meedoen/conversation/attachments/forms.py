"""The shape of a file that goes along with a text, and of what is said about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.files.rules import ACCEPTED
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm

from .rules import MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, Described

DESCRIBED = {
    Described.WRITTEN: _("Ik zeg wat erop staat"),
    Described.DECORATIVE: _("Dat hoeft niet: de foto is alleen versiering"),
    Described.ASKED: _("Ik kan het niet zeggen. Iemand anders mag het doen."),
}


def description_field(**more: Any) -> forms.CharField:
    """What is on a picture, in words."""
    return forms.CharField(
        label=_("Wat staat er op de foto?"),
        help_text=_(
            "Schrijf op wat iemand moet weten die de foto niet ziet. Staan er woorden op? Schrijf die dan ook over. Bijvoorbeeld: een helling van hout voor de deur van het buurthuis."
        ),
        max_length=MAX_DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf op wat er op de foto staat."),
            "max_length": _(
                "Je beschrijving is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
        **more,
    )


class DescriptionForm(forms.Form):
    """What is on a picture, or why that is not said."""

    described = forms.ChoiceField(
        label=_("Kunnen mensen die de foto niet zien, horen wat erop staat?"),
        choices=[(value.value, words) for value, words in DESCRIBED.items()],
        widget=forms.RadioSelect,
        error_messages={
            code: _("Kies een van de drie. Een foto zonder beschrijving sluit mensen uit.")
            for code in ("required", "invalid_choice")
        },
    )
    description = description_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("described") != Described.WRITTEN:
            self.fields["description"].required = False

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["description"] = " ".join(str(given.get("description", "")).split())
        return given


def _file_field(label: Any, hint: Any, missing: Any) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=hint,
        allow_empty_file=True,  # what takes it in says it more kindly
        error_messages={"required": missing, "invalid": missing, "missing": missing},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class PictureForm(DescriptionForm):
    """A picture to add; that its description is not well yet keeps no picture back."""

    file = _file_field(
        _("Kies een foto"),
        _("Een jpg, png, webp, gif of avif van hoogstens 10 MB. Waar en wanneer je hem maakte, halen wij eruit."),
        _("Kies eerst een foto."),
    )

    field_order = ("file", "described", "description")


class TitleForm(forms.Form):
    """What a document is called."""

    title = forms.CharField(
        label=_("Hoe heet het document?"),
        help_text=_("Zo staat het bij je bericht. Bijvoorbeeld: Verslag van de bijeenkomst in mei."),
        max_length=MAX_TITLE_LENGTH,
        error_messages={
            "required": _("Vul in hoe het document heet."),
            "max_length": _(
                "De titel is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
    )

    def clean_title(self) -> str:
        words = " ".join(str(self.cleaned_data["title"]).split())
        return "".join(char for char in words if char.isprintable())


class DocumentForm(TitleForm):
    """A document to add."""

    file = _file_field(
        _("Kies een document"),
        _(
            "Een pdf, docx, odt, xlsx, pptx of txt van hoogstens 10 MB. Wie het maakte, halen wij uit de gegevens van het bestand."
        ),
        _("Kies eerst een document."),
    )

    field_order = ("file", "title")


class OfferForm(GuestForm):
    """A description for a picture of somebody else, by who is not signed in."""

    text = description_field()

    field_order = ("text", "name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Je naam komt niet op de site.")


class MemberOfferForm(ActForm):
    """The same by who is signed in."""

    text = description_field()
