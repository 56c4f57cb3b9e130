"""The fields of texts: a day, a time in words, sources, articles of the Convention, municipalities."""

import difflib
import re
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.dutch import MONTHS, join, partial_date_words
from meedoen.kernel.text import fold
from meedoen.library.desk import rules
from meedoen.library.rules import first_day
from meedoen.municipalities.actions import successor
from meedoen.municipalities.models import Municipality, MunicipalityName

PARTIAL = re.compile(r"(?:(?:(\d{1,2}) )?([a-z]+) )?(\d{4})")
TOO_LONG = _("Dit is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak het korter.")
WRONG_URL = _("Dit is geen adres van een website. Begin met https://.")


def line(label: Any, hint: Any = "", *, most: int, **attributes: str) -> forms.CharField:
    """A field of one line."""
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=False, error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", **attributes}),
    )  # fmt: skip


def area(label: Any, hint: Any = "", *, most: int, rows: int, markup: str = "") -> forms.CharField:
    """A field of more lines; ``markup``: with buttons above it, ``more`` also those of headings and tables."""
    widget = forms.Textarea(attrs={"rows": rows, **({"data-markup": markup} if markup else {})})
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=False, strip=False, widget=widget,
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip


class DayField(forms.DateField):
    """A day, as a browser asks it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, label: Any, hint: Any = "", *, required: bool = False) -> None:
        super().__init__(
            label=label, help_text=hint, required=required,
            error_messages={"invalid": _("Deze datum begrijpen we niet. Vul dag, maand en jaar in."), "required": _("Kies een dag.")},
        )  # fmt: skip


class HappenedField(forms.CharField):
    """When something happened, as far as known, in words; kept as 2020-08-31, 2020-08 or 2020."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Wanneer gebeurde het?"), required=False, max_length=40,
            help_text=_("Zo precies als je het weet: 2020, augustus 2020 of 31 augustus 2020."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        text = " ".join(str(super().clean(value)).lower().split())
        if not text:
            return ""
        try:
            first_day(text)
        except ValueError:
            pass
        else:
            return text
        found = PARTIAL.fullmatch(text)
        try:
            if found is None:
                raise ValueError(text)
            day, month, year = found.groups()
            parts = [year, *([f"{MONTHS.index(month) + 1:02}"] if month else []), *([f"{int(day):02}"] if day else [])]
            first_day("-".join(parts))
        except ValueError:
            raise forms.ValidationError(
                _now("Deze datum begrijpen we niet. Schrijf het zoals: augustus 2020, of 31 augustus 2020.")
            ) from None
        return "-".join(parts)

    def prepare_value(self, value: Any) -> Any:
        try:
            return partial_date_words(value) if value else ""
        except (ValueError, IndexError):
            return value  # as somebody typed it


class SourcesField(forms.CharField):
    """Where facts come from, one a line: words, a bar, an address."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Bronnen"), required=False, strip=False, max_length=20_000,
            help_text=_("Elke bron op een eigen regel. Eerst de woorden, dan een streep, dan het adres: VNG, peiling 2023 | https://vng.nl"),
            widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        )  # fmt: skip

    def clean(self, value: Any) -> list[list[str]]:
        rows = [row.strip() for row in str(super().clean(value)).splitlines() if row.strip()]
        if len(rows) > rules.MAX_SOURCES:
            raise forms.ValidationError(_now("Er passen %(most)s bronnen bij een tekst.") % {"most": rules.MAX_SOURCES})
        return [_source(row) for row in rows]


class NumbersField(forms.CharField):
    """Articles of the Convention, by number."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Artikelen van het VN-verdrag"), required=False, max_length=200,
            help_text=_("De nummers, met een komma ertussen: 9, 19, 24."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )  # fmt: skip

    def clean(self, value: Any) -> list[int]:
        parts = [part for part in re.split(r"[,;\s]+", str(super().clean(value))) if part]
        wrong = [part for part in parts if not (part.isascii() and part.isdecimal() and 1 <= int(part[:4]) <= 50)]
        if wrong:
            raise forms.ValidationError(
                _now("Artikel %(number)s kennen we niet. Het VN-verdrag heeft artikel 1 tot en met 50.")
                % {"number": wrong[0]}
            )
        return sorted({int(part) for part in parts})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value


class MunicipalitiesField(forms.CharField):
    """Names of municipalities, one a line; kept as codes. ``kept``: codes that may stay though they are no more."""

    kept: Collection[str] = ()

    def __init__(self) -> None:
        super().__init__(
            label=_("Over welke gemeenten gaat het?"), required=False, strip=False, max_length=4_000,
            help_text=_("Typ elke gemeente op een eigen regel."),
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        )  # fmt: skip

    def clean(self, value: Any) -> list[str]:
        names = [name.strip(" ,;") for name in str(super().clean(value)).splitlines() if name.strip(" ,;")]
        if len(names) > rules.MAX_MUNICIPALITIES:
            raise forms.ValidationError(
                _now("Er passen %(most)s gemeenten bij een tekst.") % {"most": rules.MAX_MUNICIPALITIES}
            )
        known = {fold(each.name): each.code for each in Municipality.objects.filter(code__in=self.kept)}
        known |= {fold(each.name): each.code for each in Municipality.objects.current()} if names else {}
        wrong = [name for name in names if fold(name) not in known]
        if wrong:
            raise forms.ValidationError([_unknown(name, known) for name in wrong])
        return list(dict.fromkeys(known[fold(name)] for name in names))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        names = dict(Municipality.objects.filter(code__in=value).values_list("code", "name")) if value else {}
        return "\n".join(names[code] for code in value if code in names)


def _source(row: str) -> list[str]:
    words, bar, url = (part.strip() for part in row.rpartition("|"))
    if not bar or not words or len(words) > 200:
        raise forms.ValidationError(
            _now("Deze bron begrijpen we niet: “%(row)s”. Schrijf eerst de woorden, dan een streep, dan het adres.")
            % {"row": row[:60]}
        )
    try:
        URLValidator(schemes=["http", "https"])(url)
        if len(url) > 500:
            raise forms.ValidationError("")
    except forms.ValidationError:
        raise forms.ValidationError(
            _now("Het adres van de bron “%(words)s” klopt niet. Begin met https://.") % {"words": words[:60]}
        ) from None
    return [words, url]


def _unknown(name: str, known: Iterable[str]) -> str:
    """What is wrong with the name of a municipality, and what could be meant."""
    former = MunicipalityName.objects.filter(folded=fold(name)).select_related("municipality").first()
    if former:
        present = former.municipality if former.municipality.is_current else successor(former.municipality)
        if present:
            return _now("%(old)s heet nu %(new)s. Typ die naam.") % {"old": name, "new": present.name}
        return _now("%(old)s ging op in meer dan één gemeente. Typ de gemeente van nu.") % {"old": name}
    near = difflib.get_close_matches(fold(name), list(known), n=3, cutoff=0.7)
    names = [each.name for each in Municipality.objects.current() if fold(each.name) in near]
    if names:
        return _now("De gemeente %(name)s kennen we niet. Bedoel je %(near)s?") % {
            "name": name,
            "near": join(names, "of"),
        }
    return _now("De gemeente %(name)s kennen we niet. Typ de naam zoals in de lijst met gemeenten.") % {"name": name}
