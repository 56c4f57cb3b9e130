"""Asking somebody along by mail: an address to which we mail, so the code is asked first (decisions 1)."""

from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.mail.incoming.routes import Came, Letter
from meedoen.meetings.attending import actions
from meedoen.meetings.attending.forms import InviteForm
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.models import Meeting
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from .about import attendee_of, place_of
from .needing import hear
from .reading import Said
from .standing import stands

INVITE = "meetings.invite"


class InviteAct(InviteForm, acts.ActForm):
    """Whom to ask, on the page of the act."""


def register() -> None:
    """Make the kind known; at start-up."""
    acts.register(
        acts.Kind(
            name=INVITE,
            heading=gettext_lazy("Iemand meevragen"),
            button=gettext_lazy("Vraag mee"),
            form=InviteAct,
            place=place_of,
            preview=_preview,
            carry_out=_ask_along,
            told=_told,
            heard=hear,
            unread=acts.in_doubt,
            always_asks_code=True,
            is_fixed=True,
            is_listed=False,
            preview_heading=gettext_lazy("Wie je meevraagt"),
            discard_text=gettext_lazy("Vraag niemand mee"),
            discard_question=gettext_lazy("Niemand meevragen?"),
            discard_words=gettext_lazy("Je eigen plek blijft van jou. Je kunt dit nog een uur terughalen."),
            discarded=gettext_lazy("Je vroeg niemand mee"),
            unconfirmed=gettext_lazy("Bevestig je het niet? Dan vragen we niemand mee."),
        )
    )


def ask(attendee: Attendee, meeting: Meeting, said: Said, letter: Letter, now: datetime) -> Came:
    """Keep whom somebody wants to ask along, and mail them a code; or say what is missing."""
    form = InviteForm({"partner_name": said.partner_name, "partner_email": said.partner_email})
    if not form.is_valid():
        why = " ".join(str(each) for errors in form.errors.values() for each in errors)
        return Came("meeting: whom to ask", stands(attendee, meeting, now=now, why=why, by=letter))
    try:
        act = people.keep(
            INVITE,
            payload={**form.cleaned_data, "attendee": attendee.pk},
            name=attendee.called,
            email=attendee.address,
            network=f"mail:{letter.counts_for}",
            person=attendee.person,
            now=now,
        )
        people.ask_code(act, now=now)
    except people.Refused as refused:
        raise actions.CannotDo(str(refused)) from refused
    return Came("meeting: code asked to invite")


def _preview(act: PendingAct) -> SafeString:
    return format_html("<p>{} ({})</p>", act.payload.get("partner_name", ""), act.payload.get("partner_email", ""))


def _ask_along(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    attendee = attendee_of(act)
    if attendee is None or attendee.person_id != person.pk:
        raise acts.CannotDo(_("Je aanmelding is er niet meer. Meld je opnieuw aan."))
    name, email = act.payload["partner_name"], act.payload["partner_email"]
    try:
        actions.invite(attendee, name=name, email=email, network=f"act {act.pk}", now=now)
    except actions.CannotDo as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"attendee": attendee.pk}, then=f"{attendee.own_url}?klaar=gevraagd")


def _told(act: PendingAct) -> acts.Told:
    text = _("We mailden wie je meevraagt. Je krijgt een mail als die ja zegt.")
    return acts.Told(_("We hebben het gevraagd"), text, place_of(act))
