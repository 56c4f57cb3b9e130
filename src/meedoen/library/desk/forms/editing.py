"""The form in which a text is written."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.library.desk import rules
from meedoen.library.desk.content import ANSWERS, Content, whole
from meedoen.library.rules import Kind
from meedoen.themes.records import THEMES

from .fields import (
    WRONG_URL,
    DayField,
    HappenedField,
    MunicipalitiesField,
    NumbersField,
    SourcesField,
    area,
    line,
)

FIRST_YEAR, LAST_YEAR = 1900, 2100
# What is asked of each kind, under which heading; in the order in which it is asked.
GROUPS: dict[str, Any] = {
    "words": _("De tekst"),
    "easy": _("In makkelijke taal"),
    "about": _("Waar gaat het over?"),
    "care": _("Wie houdt het bij?"),
}
_EASY = ("easy_title", "easy_summary", "easy_body")
_CARE = ("contact", "checked_on", "owner", "check_by")
_ABOUT = ("themes", "convention", "municipalities", "sources")
ASKED: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.NEWS: {
        "words": ("title", "summary", "body"),
        "easy": _EASY,
        "about": ("happened", "themes", "municipalities", "sources"),
    },
    Kind.GUIDE: {"words": ("title", "summary", "body", "proposal"), "easy": _EASY, "about": _ABOUT, "care": _CARE},
    Kind.PRACTICE: {
        "words": ("title", "summary", "body", *ANSWERS),
        "easy": _EASY,
        "about": ("happened", *_ABOUT),
        "care": _CARE,
    },
    Kind.TOOL: {
        "words": ("title", "summary", "body", "url", "publisher", "year"),
        "easy": _EASY,
        "about": _ABOUT,
        "care": _CARE,
    },
}


class EditForm(forms.Form):
    """A text, with what is asked of its kind. Nothing is required here: what is missing is told before publishing."""

    title = line(_("Titel"), _("Zeg waar het over gaat. Kort en gewoon."), most=120)
    summary = area(
        _("Samenvatting"), _("Een of twee zinnen. Die staan in lijsten en boven de tekst."), most=300, rows=3
    )
    body = area(
        _("Tekst"), _("Met een lege regel begin je een nieuwe alinea."), most=rules.MAX_BODY, rows=18, markup="more"
    )
    with_whom = area(_("Met wie deden jullie dat?"), most=rules.MAX_ANSWER, rows=3)
    residents = area(_("Hoe deden inwoners mee?"), most=rules.MAX_ANSWER, rows=3)
    cost = area(_("Wat kostte het?"), _("Geld en tijd. Ongeveer mag."), most=rules.MAX_ANSWER, rows=3)
    result = area(_("Wat kwam ervan?"), most=rules.MAX_ANSWER, rows=3)
    pitfalls = area(_("Waar moet een ander op letten?"), most=rules.MAX_ANSWER, rows=3)
    proposal = area(
        _("Tekst voor een raadsvoorstel"),
        _("Een stuk dat een ander kan overnemen in een voorstel."),
        most=rules.MAX_ANSWER * 2,
        rows=6,
    )
    url = forms.URLField(
        label=_("Adres van het hulpmiddel"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": WRONG_URL},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )
    publisher = line(_("Wie maakte het?"), most=120)
    year = forms.IntegerField(
        label=_("Uit welk jaar?"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={code: _("Vul een jaar in, zoals 2024.") for code in ("invalid", "min_value", "max_value")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": "6"}),
    )
    easy_title = line(_("Titel in makkelijke taal"), most=120)
    easy_summary = area(_("Samenvatting in makkelijke taal"), most=300, rows=3)
    easy_body = area(
        _("Tekst in makkelijke taal"),
        _("Korte zinnen. Elke zin op een nieuwe regel leest het makkelijkst."),
        most=rules.MAX_BODY,
        rows=12,
        markup="more",
    )
    happened = HappenedField()
    themes = forms.MultipleChoiceField(
        label=_("Thema’s"),
        required=False,
        choices=[(theme.id, theme.label) for theme in THEMES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Kies uit de lijst.")},
    )
    convention = NumbersField()
    municipalities = MunicipalitiesField()
    sources = SourcesField()
    contact = line(
        _("Wie kun je ernaar vragen?"), _("Een naam of team, en hoe je die bereikt. Lezers zien dit."), most=200
    )
    checked_on = DayField(_("Wanneer is dit nagekeken?"))
    owner = line(_("Wie houdt dit bij?"), _("Bijvoorbeeld: het projectteam."), most=100)
    check_by = DayField(_("Wanneer kijken we het weer na?"), _("Na deze dag staat de tekst bovenaan bij beheer."))

    def __init__(self, *args: Any, kind: str, is_team: bool, kept: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = ASKED[Kind(kind)]
        asked = [name for names in self.groups.values() for name in names]
        if not is_team:
            asked.remove("municipalities")  # of a municipality's own text that is known
        self.fields = {name: self.fields[name] for name in asked}
        if "municipalities" in self.fields:
            self.fields["municipalities"].kept = kept  # type: ignore[attr-defined]
        if kind == Kind.PRACTICE:
            self.fields["body"].label = _("Wat deden jullie?")
            for name in ("contact", "checked_on"):
                self.fields[name].label_suffix = ""
            self.fields["checked_on"].help_text = _("Een voorbeeld komt pas op de site als dit er staat.")

    def parts(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """(name, heading, fields) of each part of the page."""
        return [
            (name, GROUPS[name], [self[field] for field in fields if field in self.fields])
            for name, fields in self.groups.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea) and isinstance(cleaned.get(name), str):
                cleaned[name] = cleaned[name].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()
        return cleaned

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, right or wrong."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, name) or ""
            for name, field in self.fields.items()
        }

    def content(self, before: Mapping[str, Any]) -> Content:
        """All that is told of the text, after a valid form; what was not asked stays as it was."""
        found = whole(before)
        for name, value in self.cleaned_data.items():
            if isinstance(value, datetime.date):
                value = value.isoformat()
            found[name] = "" if value is None else str(value) if name == "year" else value
        return found


def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows of a text."""
    found = whole(content)
    return {**found, "sources": "\n".join(" | ".join(source) for source in found["sources"])}
