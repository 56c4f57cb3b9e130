"""Saying thank you for a contribution: once a person, never for one's own words, and taken back as easily."""

from datetime import datetime

from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.pages.actions import changed
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import rules
from .actions import locked
from .forms import ThankForm
from .models import AREA, Contribution, Thanks
from .reading import gap_words, name_shown

THANK = "conversation.thank"


class CannotThank(Exception):
    """There is nothing to thank for; the text is fit to show."""


@transaction.atomic
def thank(contribution: Contribution, person: Person, *, now: datetime) -> None:
    """Say thank you; twice is once. Raises ``CannotThank`` for one's own words and for what is not there any more."""
    contribution = locked(contribution)
    if not rules.may_be_thanked(contribution, person):
        raise CannotThank(_("Voor dit bericht kun je geen dank je wel zeggen."))
    _thanks, is_new = Thanks.objects.get_or_create(contribution=contribution, person=person, defaults={"at": now})
    if is_new:
        recount(contribution, now=now)


@transaction.atomic
def take_back(contribution: Contribution, person: Person, *, now: datetime) -> None:
    """Take it back; twice is once."""
    contribution = locked(contribution)
    if Thanks.objects.filter(contribution=contribution, person=person).delete()[0]:
        recount(contribution, now=now)


def recount(contribution: Contribution, *, now: datetime) -> None:
    """Keep in the row how many said thank you."""
    count = Thanks.objects.filter(contribution=contribution).count()
    Contribution.objects.filter(pk=contribution.pk).update(thanks_count=count)
    changed(AREA, now=now)


def register() -> None:
    """Make known how a guest says it; at start-up."""
    acts.register(
        acts.Kind(
            name=THANK,
            heading=gettext_lazy("Dank je wel zeggen"),
            button=gettext_lazy("Zeg dank je wel"),
            form=ThankForm,
            place=_place,
            preview=_preview,
            carry_out=_carry_out,
            told=_told,
            preview_heading=gettext_lazy("Hiervoor zeg je dank je wel"),
            change_text=gettext_lazy("Verander je gegevens"),
            discard_text=gettext_lazy("Doe het toch niet"),
            discard_question=gettext_lazy("Toch geen dank je wel zeggen?"),
            discard_words=gettext_lazy("Dan wissen we je naam en je e-mailadres na een uur."),
            discarded=gettext_lazy("Je zegt geen dank je wel"),
            unconfirmed=gettext_lazy("Bevestig je het niet, dan tellen we je niet mee."),
        )
    )


def _contribution(act: PendingAct) -> Contribution:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Contribution.objects.select_related("thread", "person").get(pk=said["contribution"])


def _place(act: PendingAct) -> acts.Place:
    contribution = _contribution(act)
    return acts.Place(contribution.thread.title, contribution.url)


def _preview(act: PendingAct) -> SafeString:
    contribution = _contribution(act)
    if not rules.may_be_read(contribution):
        return format_html("<p>{}</p>", gap_words(contribution.state))
    words = _("Bericht %(number)s van %(name)s. Jouw naam komt er niet bij.")
    return format_html("<p>{}</p>", words % {"number": contribution.number, "name": name_shown(contribution)})


def _carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    contribution = _contribution(act)
    try:
        thank(contribution, person, now=now)
    except CannotThank as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"contribution": contribution.pk}, then=contribution.url)


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(_("Je zei dank je wel"), _("We tellen je mee. Je naam staat er niet bij."), _place(act))
