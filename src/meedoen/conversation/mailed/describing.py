"""Saying by mail what is on a picture that came by mail (FW6): only then it stands beside the words it came with.

Who surely sent it says so at once; any other gets a code, and the description waits for that.
"""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.attachments import actions as attachments
from meedoen.conversation.attachments.forms import DESCRIBED, DescriptionForm
from meedoen.conversation.attachments.rules import Described
from meedoen.conversation.attachments.said import Said
from meedoen.conversation.models import Attachment, Contribution
from meedoen.conversation.rules import may_be_changed_by_writer
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from .telling import problems_of

DESCRIBE_OWN = "conversation.describe_own"


class DescribeOwnForm(acts.ActForm):
    """What was said by mail: it is said anew by another mail."""


def register() -> None:
    """Make the kind known; at start-up."""
    acts.register(
        acts.Kind(
            name=DESCRIBE_OWN,
            heading=gettext_lazy("Wat er op je foto staat"),
            button=gettext_lazy("Zet de foto bij mijn bericht"),
            form=DescribeOwnForm,
            place=_place,
            preview=_preview,
            carry_out=_carry_out,
            told=_told,
            is_fixed=True,
            is_listed=False,
            preview_heading=gettext_lazy("Dit zei je over je foto"),
        )
    )


def describe(letter: Letter, contribution: Contribution, said: list[Said], now: datetime) -> Came:
    """Keep what a mail says of the pictures of a contribution, and let these stand. Raises ``NotTaken``."""
    waiting = attachments.to_describe(contribution)
    if not waiting or not may_be_changed_by_writer(contribution):
        raise NotTaken(
            _("Er wacht geen foto meer op woorden. Staat er iets verkeerd? Open dan de pagina van je bericht.")
        )
    meant = _meant(waiting, said)
    person = contribution.person
    if person.address and letter.is_of(person.address.email):
        _apply(contribution, meant, now)
        left = len(attachments.to_describe(contribution))
        context = {**_context(contribution), "picture_count": left}
        return Came("own: described", Answer("mail/conversation/described.md", context, to=person.address.email, reply_to=letter.recipient if left else ""))  # fmt: skip
    return _ask_code(letter, contribution, meant, now)


def _meant(waiting: list[Attachment], said: list[Said]) -> list[list[str]]:
    """The key of each picture with how it is described. Raises ``NotTaken`` for a place or a description that is wrong."""
    found = []
    for each in said:
        if not 1 <= each.place <= len(waiting):
            raise NotTaken(_("We kennen foto %(place)s niet. Er wachten er %(count)s.") % {"place": each.place, "count": len(waiting)})  # fmt: skip
        form = DescriptionForm({"described": each.described, "description": each.description})
        if not form.is_valid():
            raise NotTaken(problems_of(form))
        found.append([waiting[each.place - 1].key, each.described.value, form.cleaned_data["description"]])
    return found


def _apply(contribution: Contribution, meant: list[list[str]], now: datetime) -> None:
    for key, described, description in meant:
        picture = contribution.attachments.present().filter(key=key).first()
        if picture:
            attachments.describe(picture, described=Described(described), description=description, now=now)


def _ask_code(letter: Letter, contribution: Contribution, meant: list[list[str]], now: datetime) -> Came:
    payload = {"contribution": contribution.pk, "said": meant, "mail": letter.message_id}
    try:
        act = people.keep(
            DESCRIBE_OWN,
            payload=payload,
            name=contribution.person.name,
            email=letter.author,
            network=f"mail:{letter.counts_for}",
            now=now,
        )
        people.ask_code(act, now=now, is_by_mail=True)
    except people.Refused as refused:
        raise NotTaken(str(refused)) from refused
    return Came("own: code asked")


def _contribution(act: PendingAct) -> Contribution:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Contribution.objects.select_related("thread", "person__address").get(pk=said["contribution"])


def _place(act: PendingAct) -> acts.Place:
    thread = _contribution(act).thread
    return acts.Place(thread.title, thread.url)


def _preview(act: PendingAct) -> SafeString:
    lines = ((words or DESCRIBED[Described(described)],) for _key, described, words in act.payload["said"])
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))


def _carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    contribution = _contribution(act)
    if person.address_id is None or contribution.person.address_id != person.address_id:
        raise acts.CannotDo(_("Dit is een bericht van iemand anders. Dat kun je niet veranderen."))
    if not may_be_changed_by_writer(contribution):
        raise acts.CannotDo(_("Dit bericht kun je niet meer veranderen."))
    _apply(contribution, act.payload["said"], now)
    own_page = reverse("conversation:own", args=[contribution.key])
    return acts.Done({"contribution": contribution.pk}, then=own_page)


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(_("De foto staat bij je bericht"), _("Dank je wel. Nu weet iedereen wat erop staat."), _place(act))


def _context(contribution: Contribution) -> dict[str, Any]:
    return {"place": contribution.thread.title, "path": reverse("conversation:own", args=[contribution.key])}
