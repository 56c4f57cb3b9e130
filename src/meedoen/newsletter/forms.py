"""The shape of what people say about the letter: that they want it, in which way; and what the team writes in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.library.rules import Reading
from meedoen.people import rules as people
from meedoen.people.acts import ActForm
from meedoen.people.forms import email_field

from . import rules

EASY, PLAIN = "makkelijk", "tekst"
VERSIONS = [("gewoon", _("Gewone tekst")), (EASY, _("Makkelijke taal, waar die er is"))]
SHAPES = [("opgemaakt", _("Met koppen en links")), (PLAIN, _("Alleen platte tekst"))]


class WayForm(ActForm):
    """In which way somebody wants the letter."""

    version = forms.ChoiceField(
        label=_("Welke tekst wil je?"),
        choices=VERSIONS,
        initial="gewoon",
        widget=forms.RadioSelect,
        error_messages={code: _("Kies welke tekst je wilt.") for code in ("required", "invalid_choice")},
    )
    shape = forms.ChoiceField(
        label=_("Hoe moet de mail eruitzien?"),
        choices=SHAPES,
        initial="opgemaakt",
        widget=forms.RadioSelect,
        error_messages={code: _("Kies hoe de mail eruit moet zien.") for code in ("required", "invalid_choice")},
    )


class SubscribeForm(WayForm):
    """The same, for who is not signed in: an e-mail address is all."""

    email = email_field(_("Hier komt de nieuwsbrief. Je krijgt eerst een code per mail."))

    field_order = ["email", "version", "shape"]

    def clean_email(self) -> str:
        return people.normalised_email(str(self.cleaned_data["email"]))


class VersionForm(forms.Form):
    """``/nieuwsbrief/2026-12-01/?taal=makkelijk``: the version that the reader asks for."""

    taal = forms.ChoiceField(
        required=False,
        choices=[(reading.value, reading.value) for reading in Reading],
        error_messages={"invalid_choice": _("Deze taal kennen we niet. Je kunt kiezen uit gewoon en makkelijk.")},
    )


class ArchiveForm(forms.Form):
    """``/nieuwsbrief/?bladzijde=2``."""

    bladzijde = forms.IntegerField(required=False, min_value=1, max_value=1000)


def _text(label: Any, hint: Any, *, letters: int, rows: int, too_long: Any) -> forms.CharField:
    """A text that may be left empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=letters,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": too_long},
    )


class ForewordForm(forms.Form):
    """What stands above a letter."""

    foreword = _text(
        _("Voorwoord"),
        _("Een paar zinnen boven de nieuwsbrief."),
        letters=rules.FOREWORD_LETTERS,
        rows=5,
        too_long=_("Je voorwoord is te lang. Er passen %(limit_value)d tekens in."),
    )
    easy_foreword = _text(
        _("Voorwoord in makkelijke taal"),
        _("Laat je dit leeg? Dan krijgt iedereen het gewone voorwoord."),
        letters=rules.FOREWORD_LETTERS,
        rows=5,
        too_long=_("Je voorwoord is te lang. Er passen %(limit_value)d tekens in."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {name: str(given.get(name, "")).replace("\r\n", "\n").strip() for name in self.fields}


class EasyForm(forms.Form):
    """An item in easy words."""

    words = _text(
        _("In makkelijke taal"),
        _("Korte zinnen en gewone woorden. Laat je dit leeg? Dan staat er de samenvatting."),
        letters=rules.EASY_LETTERS,
        rows=8,
        too_long=_("Je tekst is te lang. Er passen %(limit_value)d tekens in."),
    )
