"""The shape of what editors send. A text may be half done: only what cannot be understood is refused."""

import datetime
import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.dutch import MONTHS, join, partial_date_words
from meedoen.kernel.text import fold
from meedoen.library.rules import ArticleKey, Kind, first_day
from meedoen.municipalities.actions import successor
from meedoen.municipalities.models import Municipality, MunicipalityName
from meedoen.pages.listed import KeyField
from meedoen.themes.records import THEMES

from . import rules
from .content import ANSWERS, Content, whole

FIRST_YEAR, LAST_YEAR = 1900, 2100
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
            cleaned["at"] = rules.moment_of(cleaned["day"], cleaned.get("time") or datetime.time(9))
        except rules.NoSuchTime:
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
