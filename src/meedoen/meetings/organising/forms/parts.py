"""What a meeting is about, when and where it is, how one attends it, and whom to ask."""

import datetime
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.clock import NoSuchTime, moment_of
from meedoen.meetings import rules
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.actions import Answers
from meedoen.meetings.rules import Form
from meedoen.meetings.words import FORMS
from meedoen.people.standing.forms import municipality_field
from meedoen.themes.records import THEMES

from .fields import PartForm, a_day, a_time, area, line, local, places, url

NOON = datetime.time(12)


class AboutForm(PartForm):
    """What it is about, and for whom."""

    part = "inhoud"
    heading = _("Wat en voor wie")
    own = frozenset({"themes", "series"})

    title = forms.CharField(
        label=_("Titel"),
        max_length=rules.MAX_TITLE_LENGTH,
        error_messages={"required": _("Vul een titel in."), "max_length": _("De titel is te lang. Maak hem korter.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    summary = line(_("Samenvatting"), _("Eén of twee zinnen, voor in de lijst."), most=rules.MAX_SUMMARY_LENGTH)
    for_whom = line(_("Voor wie is het?"), _("Bijvoorbeeld: ambtenaren en inwoners met een beperking."), most=rules.MAX_SENTENCE_LENGTH)  # fmt: skip
    body = area(_("Wat gaan jullie doen?"), most=rules.MAX_BODY_LENGTH, rows=10, markup="more")
    themes = forms.MultipleChoiceField(
        label=_("Over welke thema’s gaat het?"),
        required=False,
        choices=[(theme.id, theme.short) for theme in THEMES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies een thema uit de lijst.")},
    )
    series = line(
        _("Hoort dit bij een reeks?"),
        _("Schrijf de naam van de reeks. Is die er al, dan komt deze bijeenkomst erbij."),
        most=rules.MAX_TITLE_LENGTH,
    )
    takes_questions = forms.BooleanField(label=_("Mensen kunnen vooraf vragen sturen"), required=False)

    def initial_of(self, meeting: Meeting) -> dict[str, Any]:
        themes = [theme.pk for theme in meeting.themes.all()]
        return {
            **super().initial_of(meeting),
            "themes": themes,
            "series": meeting.series.title if meeting.series else "",
        }

    def answers(self) -> Answers:
        given = self.cleaned_data
        return Answers(fields=self.model_fields(), themes=given["themes"], series=" ".join(given["series"].split()))


class TimeForm(PartForm):
    """When it is, when there are breaks, and until when one can sign up and ask for what one needs."""

    part = "tijd"
    heading = _("Wanneer")
    own = frozenset({"day", "begins", "ends", "end_day", "closes_day", "closes"})

    day = a_day(_("Op welke dag?"))
    begins = a_time(_("Hoe laat begint het?"), _("Tijd in Nederland, zoals 14.00."))
    ends = a_time(_("Hoe laat is het klaar?"))
    end_day = a_day(_("Op welke dag is het klaar?"), _("Alleen als dat een andere dag is."))
    breaks = line(_("Wanneer is er pauze?"), _("Bijvoorbeeld: na elke 45 minuten 15 minuten."), most=rules.MAX_SENTENCE_LENGTH)  # fmt: skip
    needs_close_on = a_day(
        _("Tot wanneer kunnen mensen vragen wat zij nodig hebben?"),
        _("Kies ruim: een tolk vinden duurt vaak drie weken. Daarna mag vragen ook, maar dan lukt het misschien niet."),
    )
    closes_day = a_day(_("Tot welke dag kun je je aanmelden?"), _("Laat leeg als dat kan tot het begin."))
    closes = a_time(_("Tot hoe laat op die dag?"), _("Laat leeg voor de hele dag."))

    def initial_of(self, meeting: Meeting) -> dict[str, Any]:
        starts, ends, closes = (local(each) for each in (meeting.starts_at, meeting.ends_at, meeting.sign_up_closes_at))
        return {
            **super().initial_of(meeting),
            "day": starts and starts.date(),
            "begins": starts and starts.time(),
            "ends": ends and ends.time(),
            "end_day": ends.date() if starts and ends and ends.date() != starts.date() else None,
            "closes_day": closes and closes.date(),
            "closes": closes and closes.time(),
        }

    def clean(self) -> dict[str, Any]:
        """The moments under ``starts_at``, ``ends_at`` and ``sign_up_closes_at``."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = self._moment("day", "begins"), self._moment("end_day" if given.get("end_day") else "day", "ends")
        if not self.errors and bool(begins) != bool(ends):
            self.add_error("ends" if begins else "begins", _now("Vul in hoe laat het begint en hoe laat het klaar is."))
        if begins and ends and ends <= begins:
            self.add_error("ends", _now("Het einde ligt voor het begin. Duurt het tot na middernacht? Vul dan ook de dag van het einde in."))  # fmt: skip
        closes = self._moment("closes_day", "closes", else_at=datetime.time(23, 59))
        if closes and ends and closes > ends:
            self.add_error("closes_day", _now("Dan is de bijeenkomst al voorbij. Kies een eerdere dag."))
        given |= {"starts_at": begins, "ends_at": ends, "sign_up_closes_at": closes}
        return given

    def _moment(self, day: str, time: str, *, else_at: datetime.time | None = None) -> datetime.datetime | None:
        on, at = self.cleaned_data.get(day), self.cleaned_data.get(time) or else_at
        if on is None or {day, time} & set(self.errors):
            if on is None and self.cleaned_data.get(time) and not {day, time} & set(self.errors):
                self.add_error(day, _now("Kies ook de dag."))
            return None
        if at is None:
            self.add_error(time, _now("Vul ook in hoe laat."))
            return None
        try:
            return moment_of(on, at)
        except NoSuchTime:
            self.add_error(time, _now("Die nacht gaat de klok vooruit. Deze tijd bestaat niet. Kies een andere."))
            return None


class FormForm(PartForm):
    """Online, on site or both, and how many can come."""

    part = "vorm"
    heading = _("Hoe kun je meedoen")

    form = forms.ChoiceField(
        label=_("Hoe is de bijeenkomst?"),
        choices=[(form.value, FORMS[form]) for form in (Form.ON_SITE, Form.ONLINE, Form.BOTH)],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies online, op locatie of allebei.") for code in ("required", "invalid_choice")},
    )
    room_places = places(_("Hoeveel mensen kunnen in de zaal? Tel ook wie helpt of tolkt"))
    online_places = places(_("Hoeveel mensen kunnen online meedoen?"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("form") == Form.ONLINE:
            given["room_places"] = None
        if given.get("form") == Form.ON_SITE:
            given["online_places"] = None
        return given


class PlaceForm(PartForm):
    """Where it is, and how everybody gets in."""

    part = "plaats"
    heading = _("De plaats")

    place_name = line(_("Hoe heet de plek?"), _("Bijvoorbeeld: buurthuis De Kring."), most=rules.MAX_LINE_LENGTH)
    place_address = line(_("Adres"), _("Straat, nummer en postcode."), most=rules.MAX_LINE_LENGTH)
    place_municipality = municipality_field(_("In welke gemeente is het?"))
    route = area(_("Hoe kom je er?"), _("Beschrijf de route vanaf de halte of het station. Zijn er geleidelijnen, hellingen, drukke wegen?"), most=rules.MAX_ANSWER_LENGTH)  # fmt: skip
    public_transport = area(_("Met bus of trein"), most=rules.MAX_ANSWER_LENGTH)
    parking = area(_("Parkeren met een gehandicaptenkaart"), _("Waar, en hoeveel plekken?"), most=rules.MAX_ANSWER_LENGTH)  # fmt: skip
    entrance = area(_("De ingang"), _("Drempels, deuren, lift, bel."), most=rules.MAX_ANSWER_LENGTH)
    toilet = area(_("Het toilet"), _("Rolstoeltoilet, beugels, tillift of bed. En waar het is."), most=rules.MAX_ANSWER_LENGTH)  # fmt: skip
    quiet_room = area(_("Rustige kamer"), most=rules.MAX_ANSWER_LENGTH)
    assistance_dogs = area(_("Hulphonden"), _("Die mogen overal mee. Schrijf waar ze water krijgen en uit kunnen."), most=rules.MAX_ANSWER_LENGTH)  # fmt: skip
    companion = area(_("Komt er iemand mee om te helpen?"), _("Mag die gratis mee? Moet die zich aanmelden?"), most=rules.MAX_ANSWER_LENGTH)  # fmt: skip

    def shape(self) -> None:
        self.fields["place_municipality"].required = False


class OnlineForm(PartForm):
    """How one attends it online."""

    part = "online"
    heading = _("Online")

    online_program = line(_("Met welk programma?"), _("Bijvoorbeeld: Zoom, in je browser."), most=rules.MAX_LINE_LENGTH)
    online_by_phone = area(_("Kan het met de telefoon?"), _("Schrijf hier geen nummer: dat krijgt alleen wie zich aanmeldt."), most=rules.MAX_ANSWER_LENGTH)  # fmt: skip
    online_test = area(_("Kun je het vooraf proberen?"), most=rules.MAX_ANSWER_LENGTH)
    join_url = url(_("De link om mee te doen"), _("Die komt niet op de site. Alleen wie zich aanmeldt, krijgt hem."))
    join_by_phone = line(_("Het telefoonnummer en de code"), _("Ook dit krijgt alleen wie zich aanmeldt."), most=rules.MAX_LINE_LENGTH)  # fmt: skip


class ContactForm(PartForm):
    """Whom people can ask."""

    part = "contact"
    heading = _("Wie mensen kunnen vragen")

    contact_name = line(_("Wie kunnen mensen iets vragen?"), _("Een naam. Die staat op de site."), most=100)
    contact_email = forms.CharField(
        label=_("E-mailadres voor vragen"),
        required=False,
        max_length=254,
        validators=[EmailValidator(_("Dit is geen e-mailadres. Vul het in zoals naam@voorbeeld.nl."))],
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    contact_phone = line(_("Telefoonnummer voor vragen"), _("Voor wie niet mailt."), most=30)
