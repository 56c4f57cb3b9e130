"""The shape of what editors send of a picture in a text; as beside a message, without leaving its description to others."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.attachments import forms as attachments
from meedoen.files.rules import MAX_TITLE_LENGTH, Described
from meedoen.kernel.languages import LANGUAGES, OWN
from meedoen.library.desk.forms import area, line
from meedoen.library.desk.forms.fields import TOO_LONG, WRONG_URL

from . import rules

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
        choices=list(LANGUAGES.items()),
        initial=OWN,
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


def _url_field(label: Any, hint: Any) -> forms.URLField:
    return forms.URLField(
        label=label,
        help_text=hint,
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": WRONG_URL},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )


def _file(label: Any, hint: Any, accept: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=hint,
        required=False,
        allow_empty_file=True,  # what takes it in says it more kindly
        widget=forms.FileInput(attrs={"accept": accept}),
    )


def _title_field() -> forms.CharField:
    return forms.CharField(
        label=_("Hoe heet de video?"),
        help_text=_("Bijvoorbeeld: Een rondje door de speeltuin."),
        max_length=MAX_TITLE_LENGTH,
        error_messages={"required": _("Vul in hoe de video heet."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class VideoForm(forms.Form):
    """A video to add: its file, or the page of another site where it stands."""

    title = _title_field()
    file = _file(_("Kies een video"), _("Een mp4 van hoogstens 150 MB."), "video/mp4,.mp4")
    url = _url_field(_("Of vul in waar de video staat"), _("Het adres op een andere site. Lezers krijgen een link."))
    name = name_field(_("Zo noem je de video in de tekst, zoals: rondje. Anders maken wij een naam."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "url"):
            self.fields[name].label_suffix = ""  # one of the two has to be there

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("file") and given.get("url"):
            self.add_error("url", _now("Kies een van de twee: een bestand of een adres."))
        elif not given.get("file") and not given.get("url") and "url" not in self.errors:
            self.add_error("file", _now("Kies een video, of vul in waar hij staat."))
        return given


class TellVideoForm(forms.Form):
    """What is told of a video, and what it has for who does not hear it or does not see it."""

    title = _title_field()
    captions = _file(_("Ondertiteling"), _("Een bestand dat eindigt op vtt of srt."), ".vtt,.srt,text/vtt")
    is_captioned = forms.BooleanField(label=_("De video op die site heeft ondertiteling"), required=False)
    transcript = area(
        _("Wat er te horen en te zien is"),
        _("Schrijf uit wat mensen zeggen, wie dat is, en wat je moet zien om het te begrijpen."),
        most=rules.MAX_TRANSCRIPT, rows=12, markup="more",
    )  # fmt: skip
    sign = _file(_("Dezelfde video in gebarentaal"), _("Een mp4 van hoogstens 150 MB."), "video/mp4,.mp4")
    sign_url = _url_field(_("Of vul in waar de video in gebarentaal staat"), _("Het adres op een andere site."))

    def __init__(self, *args: Any, is_elsewhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["captions" if is_elsewhere else "is_captioned"]
        for name in ("captions", "is_captioned", "transcript"):
            if name in self.fields:
                self.fields[name].label_suffix = ""  # it may come later, but has to come

    def clean_transcript(self) -> str:
        return str(self.cleaned_data["transcript"]).replace("\r\n", "\n").replace("\x00", "").strip()
