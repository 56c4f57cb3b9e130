"""What a meeting still misses before people are invited (EV8): gaps that block, and advice that does not."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.meetings import words
from meedoen.meetings.attending import rooms
from meedoen.meetings.models import Meeting, Provision
from meedoen.meetings.rules import Answer, Form, Need, State, needs_of

from . import rules


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing, in a sentence that says what to do; ``part`` and ``field`` are where. Advice blocks nothing."""

    words: str
    part: str
    field: str
    blocks: bool = True


def gaps_of(meeting: Meeting, provisions: Iterable[Provision], now: datetime.datetime) -> list[Gap]:
    """All of them, in the order in which one is filled in, what blocks first."""
    known = {need: state for need, state, _words in words.in_order(provisions)}
    found = [
        *_about(meeting),
        *_when(meeting, now),
        *_where(meeting),
        *_arranged(meeting, known),
        *_money(meeting),
        *_contact(meeting),
        *_advice(meeting, known),
    ]
    return sorted(found, key=lambda gap: not gap.blocks)


def _about(meeting: Meeting) -> Iterator[Gap]:
    if not meeting.summary:
        yield Gap(_("Schrijf een korte samenvatting."), "inhoud", "summary")
    if not meeting.for_whom:
        yield Gap(_("Schrijf voor wie deze bijeenkomst is."), "inhoud", "for_whom")


def _when(meeting: Meeting, now: datetime.datetime) -> Iterator[Gap]:
    if meeting.starts_at is None or meeting.ends_at is None:
        yield Gap(_("Vul in op welke dag en hoe laat het is."), "tijd", "day")
    elif meeting.ends_at <= now:
        yield Gap(_("Deze dag is al voorbij. Kies een dag die nog komt."), "tijd", "day")
    if not meeting.breaks:
        yield Gap(_("Schrijf wanneer er pauze is. Is er geen pauze? Schrijf dat dan op."), "tijd", "breaks")
    if meeting.needs_close_on is None:
        yield Gap(_("Kies tot wanneer mensen kunnen vragen wat zij nodig hebben."), "tijd", "needs_close_on")
    elif meeting.starts_at and meeting.needs_close_on > local_date(meeting.starts_at):
        yield Gap(_("Mensen vragen wat ze nodig hebben vóór de dag zelf. Kies een eerdere dag."), "tijd", "needs_close_on")  # fmt: skip


def _where(meeting: Meeting) -> Iterator[Gap]:
    if meeting.form == Form.UNKNOWN:
        yield Gap(_("Kies of het online is, op locatie of allebei."), "vorm", "form")
    if meeting.is_on_site:
        asked = {
            "place_name": _("Vul in hoe de plek heet."),
            "place_address": _("Vul het adres van de plek in."),
            "place_municipality": _("Vul in welke gemeente het is."),
            "route": _("Beschrijf de route naar de plek."),
            "public_transport": _("Schrijf hoe je er komt met bus of trein."),
            "parking": _("Schrijf waar je parkeert met een gehandicaptenkaart."),
            "entrance": _("Beschrijf de ingang."),
            "toilet": _("Beschrijf het toilet."),
            "quiet_room": _("Schrijf of er een rustige kamer is."),
            "assistance_dogs": _("Schrijf hoe het zit met hulphonden."),
            "companion": _("Schrijf of iemand die helpt gratis mee mag."),
        }
        yield from (Gap(asked[name], "plaats", name) for name in asked if not getattr(meeting, name))
    if meeting.is_online:
        online = {
            "online_program": _("Vul in met welk programma het is."),
            "online_by_phone": _("Schrijf of je met de telefoon kunt meedoen."),
            "online_test": _("Schrijf of je het vooraf kunt proberen."),
        }
        yield from (Gap(online[name], "online", name) for name in online if not getattr(meeting, name))


def _arranged(meeting: Meeting, known: dict[Need, State]) -> Iterator[Gap]:
    for need in needs_of(meeting.form):
        if known.get(need, State.UNKNOWN) == State.UNKNOWN:
            yield Gap(_("%(need)s: zeg hoe het daarmee staat.") % {"need": words.NEEDS[need]}, "meedoen", need.value)


def _money(meeting: Meeting) -> Iterator[Gap]:
    if not meeting.costs:
        yield Gap(_("Schrijf wat het kost. Is het gratis? Schrijf dat op."), "geld", "costs")
    if meeting.expert_pay == Answer.UNKNOWN:
        yield Gap(_("Zeg of ervaringsdeskundigen betaald krijgen. En hoeveel, of waarom niet."), "geld", "expert_pay")
    elif not meeting.expert_pay_words:
        how = _("Schrijf hoeveel ze krijgen.") if meeting.expert_pay == Answer.YES else _("Schrijf waarom niet.")
        yield Gap(how, "geld", "expert_pay_words")
    if meeting.expert_travel == Answer.UNKNOWN:
        yield Gap(_("Zeg of zij reiskosten terugkrijgen."), "geld", "expert_travel")


def _contact(meeting: Meeting) -> Iterator[Gap]:
    if not meeting.contact_name:
        yield Gap(_("Vul in wie mensen vragen kunnen stellen."), "contact", "contact_name")
    if not meeting.contact_email:
        yield Gap(_("Vul een e-mailadres in voor vragen."), "contact", "contact_email")
    if not meeting.contact_phone:
        yield Gap(_("Vul een telefoonnummer in. Niet iedereen kan mailen."), "contact", "contact_phone")


def _advice(meeting: Meeting, known: dict[Need, State]) -> Iterator[Gap]:
    if not meeting.body:
        yield Gap(_("Vertel wat jullie gaan doen."), "inhoud", "body", False)
    if meeting.is_online and not (meeting.join_url or meeting.join_by_phone or rooms.is_served()):
        yield Gap(_("De link om mee te doen is er nog niet."), "online", "join_url", False)
    waits = {Need.CAPTIONS, Need.SIGN_LANGUAGE} & {need for need, state in known.items() if state == State.ON_REQUEST}
    if waits and meeting.starts_at and meeting.needs_close_on:
        room = local_date(meeting.starts_at) - meeting.needs_close_on
        if room < rules.INTERPRETERS_NEED:
            yield Gap(
                _("Een tolk vinden duurt vaak drie weken. Laat mensen eerder zeggen wat zij nodig hebben."),
                "tijd",
                "needs_close_on",
                False,
            )
