"""The shape of what editors send of a picture in a text; as beside a message, without leaving its description to others."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.attachments import forms as attachments
from meedoen.files.rules import Described
from meedoen.library.desk.forms import line

from . import rules
from .reading import LANGUAGES

FOCI = {
    "midden": _("Het midden"),
    "boven": _("De bovenkant"),
    "onder": _("De onderkant"),
    "links": _("De linkerkant"),
    "rechts": _("De rechterkant"),
}


class TellPictureForm(attachments.DescriptionForm):
    """What is told of a picture."""

    caption = line(
        _("Onderschrift"), _("Een zin onder de foto, voor iedereen. Zeg hier niet nog eens wat erop staat."),
        most=rules.MAX_CAPTION,
    )  # fmt: skip
    credit = line(_("Wie maakte de foto?"), _("Dit staat onder de foto."), most=rules.MAX_CREDIT)
    focus = forms.ChoiceField(
        label=_("Welk deel moet je altijd zien?"),
        help_text=_("Deelt iemand de tekst op een andere site? Dan staat daar een stuk van de foto."),
        choices=list(FOCI.items()),
        initial="midden",
        widget=forms.RadioSelect,
        error_messages={code: _("Kies welk deel je altijd moet zien.") for code in ("required", "invalid_choice")},
    )

    field_order: Any = ("described", "description", "caption", "credit", "focus")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described: Any = self.fields["described"]
        described.choices = [each for each in described.choices if each[0] != Described.ASKED]
        for code in ("required", "invalid_choice"):
            described.error_messages[code] = _("Kies een van de twee. Een foto zonder beschrijving sluit mensen uit.")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name in ("caption", "credit"):
            given[name] = " ".join(str(given.get(name, "")).split())
        return given


def name_field(what: Any) -> forms.CharField:
    """The short name by which the text names it."""
    return line(_("Korte naam"), what, most=rules.MAX_NAME, spellcheck="false")


class PictureForm(TellPictureForm, attachments.PictureForm):
    """A picture to add; that what is told of it is not well yet keeps no picture back."""

    name = name_field(_("Zo noem je de foto in de tekst, zoals: helling. Anders maken wij een naam."))

    field_order: Any = ("file", "described", "description", "caption", "credit", "focus", "name")


class TellDocumentForm(attachments.TitleForm):
    """What is told of a document."""

    language = forms.ChoiceField(
        label=_("In welke taal is het document?"),
        choices=[(code, LANGUAGES[code]) for code in rules.LANGUAGES],
        initial="nl",
        error_messages={code: _("Kies de taal van het document.") for code in ("required", "invalid_choice")},
    )

    field_order: Any = ("title", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("Zo staat het in de tekst. Bijvoorbeeld: Begroting van de speeltuin.")


class DocumentForm(TellDocumentForm, attachments.DocumentForm):
    """A document to add."""

    name = name_field(_("Zo noem je het document in de tekst, zoals: begroting. Anders maken wij een naam."))

    field_order: Any = ("file", "title", "language", "name")
