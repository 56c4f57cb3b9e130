"""What is asked at each step of a text: begin, publish, remark, take down, another address; and the lists' own."""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.clock import NoSuchTime, moment_of
from meedoen.library.desk import rules
from meedoen.library.rules import ArticleKey
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import KeyField

from .fields import (
    TOO_LONG,
    DayField,
    area,
    line,
)


class BeginForm(forms.Form):
    """What somebody wants to write, and for which municipality."""

    soort = forms.ChoiceField(
        label=_("Wat wil je maken?"),
        widget=forms.RadioSelect,
        error_messages={code: _("Kies wat je wilt maken.") for code in ("required", "invalid_choice")},
    )
    gemeente = forms.ModelChoiceField(
        label=_("Voor welke gemeente?"),
        queryset=Municipality.objects.none(),
        empty_label=None,
        error_messages={code: _("Kies een gemeente uit de lijst.") for code in ("required", "invalid_choice")},
    )

    def __init__(
        self, *args: Any, kinds: list[tuple[str, Any]], municipalities: Any, is_team: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = kinds  # type: ignore[attr-defined]
        if is_team:
            del self.fields["gemeente"]
        else:
            self.fields["gemeente"].queryset = municipalities  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """When readers get it, and what changed."""

    changes = line(_("Wat veranderde er?"), _("Eén zin. Lezers zien die bij de tekst."), most=rules.MAX_SENTENCE)
    easy_is_right = forms.BooleanField(label=_("De tekst in makkelijke taal klopt nog"), required=False)
    when = forms.ChoiceField(
        label=_("Wanneer komt het op de site?"),
        choices=[("nu", _("Nu")), ("later", _("Op een dag die ik kies"))],
        initial="nu",
        widget=forms.RadioSelect,
        error_messages={code: _("Kies nu of later.") for code in ("required", "invalid_choice")},
    )
    day = DayField(_("Op welke dag?"), _("Alleen nodig als je later koos."))
    time = forms.TimeField(
        label=_("Hoe laat?"),
        required=False,
        help_text=_("Tijd in Nederland, zoals 9.00 of 14.30."),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={"invalid": _("Deze tijd begrijpen we niet. Schrijf het zoals 9.00 of 14.30.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": "6"}),
    )

    def __init__(self, *args: Any, was_public: bool, may_lag: bool, now: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        if was_public:
            self.fields["changes"].required = True
            self.fields["changes"].error_messages["required"] = _("Schrijf in één zin wat er veranderde.")
        else:
            del self.fields["changes"]
        if not may_lag:
            del self.fields["easy_is_right"]

    def clean(self) -> dict[str, Any]:
        """The moment under ``at``; None is now."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["at"] = None
        if cleaned.get("when") != "later" or {"day", "time"} & set(self.errors):
            return cleaned
        if not cleaned.get("day"):
            self.add_error("day", _now("Kies de dag waarop het op de site komt."))
            return cleaned
        try:
            cleaned["at"] = moment_of(cleaned["day"], cleaned.get("time") or datetime.time(9))
        except NoSuchTime:
            self.add_error("time", _now("Die nacht gaat de klok vooruit. Deze tijd bestaat niet. Kies een andere."))
            return cleaned
        if cleaned["at"] <= self.now:
            self.add_error("day", _now("Dit moment is voorbij. Kies een later moment, of kies nu."))
        return cleaned


class RemarkForm(forms.Form):
    """A remark about a text that is being made."""

    text = area(
        _("Je opmerking"), _("Wie aan deze tekst werkt, leest dit. Lezers niet."), most=rules.MAX_REMARK, rows=4
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        if not text:
            raise forms.ValidationError(_now("Schrijf eerst je opmerking."))
        return text


class WithdrawForm(forms.Form):
    """Why a text goes, and where readers go instead."""

    reason = area(_("Waarom gaat deze tekst weg?"), _("Lezers zien deze zin."), most=rules.MAX_REASON, rows=3)
    to = line(
        _("Welke tekst lezen mensen nu?"),
        _(
            "Plak het adres, zoals /kennisbank/routekaart/. Mag je leeg laten: dan lezen mensen alleen waarom het weg is."
        ),
        most=300,
    )

    def clean_reason(self) -> str:
        reason = " ".join(str(self.cleaned_data["reason"]).split())
        if not reason:
            raise forms.ValidationError(_now("Schrijf waarom de tekst weggaat. Lezers zien dit."))
        return reason

    def clean_to(self) -> str:
        """The last part of the address of a text; empty for none."""
        typed = str(self.cleaned_data["to"]).strip()
        if not typed:
            return ""
        parts = [part for part in urlsplit(typed).path.split("/") if part]
        if len(parts) != 2 or parts[0] not in ("nieuws", "kennisbank"):
            raise forms.ValidationError(_now("Plak het adres van een tekst uit het nieuws of de kennisbank."))
        return parts[1]


class RenameForm(forms.Form):
    """Another address."""

    slug = forms.SlugField(
        label=_("Het nieuwe adres"),
        help_text=_("Kleine letters, cijfers en streepjes, zoals speeltuin-voor-iedereen."),
        max_length=100,
        error_messages={
            "required": _("Vul het nieuwe adres in."),
            "invalid": _("Gebruik alleen letters, cijfers en streepjes."),
            "max_length": TOO_LONG,
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()


class ShelfForm(forms.Form):
    """A place in the list of published texts."""

    voor = KeyField(ArticleKey.parse)
    na = KeyField(ArticleKey.parse)


class CompareForm(forms.Form):
    """Two versions to compare."""

    van = forms.IntegerField(min_value=0, max_value=10**6)
    naar = forms.IntegerField(min_value=0, max_value=10**6)
