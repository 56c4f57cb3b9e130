"""What is arranged so that everybody can take part, what it costs and pays, the programme, and what came of it."""

import datetime
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.languages import LANGUAGES
from meedoen.meetings import rules
from meedoen.meetings.afterwards.rules import Format
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.actions import Answers
from meedoen.meetings.organising.rules import MAX_PROGRAMME
from meedoen.meetings.rules import Answer, Need, State, needs_of
from meedoen.meetings.words import NEEDS

from .fields import TIME_FORMATS, PartForm, area, as_clock, line, url

STATES = [
    (State.UNKNOWN.value, _("Weten we nog niet")),
    (State.ARRANGED.value, _("Geregeld")),
    (State.ON_REQUEST.value, _("We regelen het als iemand erom vraagt")),
    (State.NOT_POSSIBLE.value, _("Kan niet. Hieronder staat wat wel kan")),
]
FORMATS = [("", _("Kies wat voor bestand")), *((each.value, each.value) for each in Format)]
YES_OR_NO = [("", _("Kies ja of nee")), (Answer.YES.value, _("Ja")), (Answer.NO.value, _("Nee"))]


class ArrangedForm(PartForm):
    """How it stands with each need that counts for the form of the meeting."""

    part = "meedoen"
    heading = _("Zo kan iedereen meedoen")

    def prepare(self, meeting: Meeting) -> None:
        self.needs = needs_of(meeting.form)

    def shape(self) -> None:
        for need in self.needs:
            self.fields[f"state_{need}"] = forms.ChoiceField(
                label=str(NEEDS[need]),
                choices=STATES,
                error_messages={code: _("Kies hoe het ermee staat.") for code in ("required", "invalid_choice")},
            )
            self.fields[f"words_{need}"] = line(
                _now("Toelichting: %(need)s") % {"need": _small(need)}, most=rules.MAX_SENTENCE_LENGTH
            )

    def initial_of(self, meeting: Meeting) -> dict[str, Any]:
        known = {each.need: each for each in meeting.provisions.all()}
        found: dict[str, Any] = {}
        for need in self.needs:
            each = known.get(need.value)
            found[f"state_{need}"] = each.state if each else State.UNKNOWN.value
            found[f"words_{need}"] = each.words if each else ""
        return found

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for need in self.needs:
            if given.get(f"state_{need}") == State.NOT_POSSIBLE and not given.get(f"words_{need}"):
                self.add_error(f"words_{need}", _now("Schrijf wat wel kan. Dan weet iemand wat er mogelijk is."))
        return given

    def answers(self) -> Answers:
        given = self.cleaned_data
        return Answers(provisions={need.value: (given[f"state_{need}"], given[f"words_{need}"]) for need in self.needs})


class MoneyForm(PartForm):
    """What it costs, and what experts by experience get."""

    part = "geld"
    heading = _("Kosten, betaling en reiskosten")

    costs = line(_("Wat kost het om mee te doen?"), _("Bijvoorbeeld: meedoen is gratis."), most=rules.MAX_SENTENCE_LENGTH)  # fmt: skip
    expert_pay = forms.ChoiceField(
        label=_("Krijgen ervaringsdeskundigen betaald?"), choices=YES_OR_NO, required=False,
        error_messages={"invalid_choice": _("Kies ja of nee.")},
    )  # fmt: skip
    expert_pay_words = line(_("Hoeveel, of waarom niet?"), most=rules.MAX_SENTENCE_LENGTH)
    expert_travel = forms.ChoiceField(
        label=_("Krijgen zij reiskosten terug?"), choices=YES_OR_NO, required=False,
        error_messages={"invalid_choice": _("Kies ja of nee.")},
    )  # fmt: skip
    expert_travel_words = line(_("Welke reiskosten, of waarom niet?"), most=rules.MAX_SENTENCE_LENGTH)


class ProgrammeForm(PartForm):
    """The programme, a part on each line."""

    part = "programma"
    heading = _("Programma")
    own = frozenset({"programme"})

    programme = area(
        _("Het programma"),
        _("Elk deel op een eigen regel: eerst de tijd, dan een streep, dan wat er is. Wil je zeggen wie er praat? Zet dan nog een streep en de naam. Zo: 13.30 | Welkom | Carla"),
        most=10_000,
        rows=8,
    )  # fmt: skip

    def initial_of(self, meeting: Meeting) -> dict[str, Any]:
        rows = [
            " | ".join(part for part in (f"{each.time:%H.%M}" if each.time else "", each.title, each.speakers) if part)
            for each in meeting.programme.all()
        ]
        return {"programme": "\n".join(rows)}

    def clean_programme(self) -> list[tuple[datetime.time | None, str, str]]:
        rows = [row for row in str(self.cleaned_data["programme"]).splitlines() if row.strip(" |")]
        if len(rows) > MAX_PROGRAMME:
            raise forms.ValidationError(_("Er passen %(most)s regels in."), params={"most": MAX_PROGRAMME})
        return [_part(row) for row in rows]

    def answers(self) -> Answers:
        return Answers(programme=self.cleaned_data["programme"])


class ReportForm(PartForm):
    """What came of it; a recording only with captions and text."""

    part = "verslag"
    heading = _("Verslag")

    report = area(_("Wat is er gezegd?"), _("Schrijf op wat mensen willen weten die er niet bij waren."), most=rules.MAX_REPORT_LENGTH, rows=12, markup="more")  # fmt: skip
    decided = area(_("Wat is er besloten?"), _("Besluit en afspraken: wie doet wat, en wanneer?"), most=rules.MAX_BODY_LENGTH, rows=6, markup="more")  # fmt: skip
    answers_name = line(_("Wie kun je ernaar vragen?"), _("Laat dit leeg als het dezelfde is als vóór de bijeenkomst."), most=100)  # fmt: skip
    answers_email = line(_("E-mailadres van wie je ernaar kunt vragen"), most=254)
    slides_url = url(_("Adres van de dia’s"))
    slides_title = line(_("Titel van de dia’s"), most=rules.MAX_LINE_LENGTH)
    slides_format = forms.ChoiceField(
        label=_("Wat voor bestand zijn de dia’s?"), required=False, choices=FORMATS,
        error_messages={"invalid_choice": _("Kies wat voor bestand het is.")},
    )  # fmt: skip
    slides_language = forms.ChoiceField(
        label=_("In welke taal zijn de dia’s?"), required=False, choices=list(LANGUAGES.items()),
        error_messages={"invalid_choice": _("Kies een taal uit de lijst.")},
    )  # fmt: skip
    recording_url = url(_("Adres van de opname"), _("Alleen met ondertiteling, en met de tekst hieronder."))
    recording_has_captions = forms.BooleanField(label=_("De opname heeft ondertiteling"), required=False)
    transcript = area(_("Alles wat gezegd is, als tekst"), most=rules.MAX_REPORT_LENGTH, rows=8, markup="more")

    def clean_answers_email(self) -> str:
        given = str(self.cleaned_data["answers_email"])
        if given:
            EmailValidator(message=_("Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.nl."))(given)
        return given

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("answers_name") and not given.get("answers_email") and "answers_email" not in self.errors:
            self.add_error("answers_email", _now("Vul ook het e-mailadres in. Anders kan niemand het vragen."))
        if given.get("answers_email") and not given.get("answers_name"):
            self.add_error("answers_name", _now("Vul in van wie dit e-mailadres is."))
        if given.get("slides_url") and not given.get("slides_format"):
            self.add_error("slides_format", _now("Kies wat voor bestand het is. Dan weet iemand vooraf of het opengaat."))  # fmt: skip
        if given.get("recording_url") and not given.get("recording_has_captions"):
            self.add_error("recording_has_captions", _now("Zonder ondertiteling kan niet iedereen de opname volgen. Maak die eerst."))  # fmt: skip
        if given.get("recording_url") and not given.get("transcript"):
            self.add_error("transcript", _now("Schrijf uit wat er gezegd is. Dan kan iedereen het lezen."))
        return given


def _part(row: str) -> tuple[datetime.time | None, str, str]:
    parts = [part.strip() for part in row.split("|")]
    at = _time(parts[0]) if len(parts) > 1 else None
    rest = parts[1:] if at else parts
    title, speakers = rest[0], ", ".join(part for part in rest[1:] if part)
    if not title or len(title) > rules.MAX_LINE_LENGTH or len(speakers) > rules.MAX_LINE_LENGTH:
        raise forms.ValidationError(
            _("Deze regel begrijpen we niet: “%(row)s”. Schrijf het zo: 13.30 | Welkom | Carla"), params={"row": row[:60]}
        )  # fmt: skip
    return at, title, speakers


def _time(text: str) -> datetime.time | None:
    for shape in TIME_FORMATS:
        try:
            return datetime.datetime.strptime(as_clock(text), shape).time()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _small(need: Need) -> str:
    words = str(NEEDS[need])
    return words[0].lower() + words[1:]
