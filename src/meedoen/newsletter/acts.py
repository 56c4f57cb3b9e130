"""Asking for the letter as a guest: an e-mail address, confirmed with a code, so that nobody is mailed unasked (EM4)."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import letters
from .actions.subscribing import subscribe
from .forms import EASY, PLAIN, SHAPES, VERSIONS, SubscribeForm

SUBSCRIBE = "newsletter.subscribe"
BY_MAIL = "by_mail"  # in what somebody asks by mail: they are mailed how it stands


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=SUBSCRIBE,
            heading=gettext_lazy("Nieuwsbrief aanvragen"),
            button=gettext_lazy("Stuur mij de nieuwsbrief"),
            form=SubscribeForm,
            place=_place,
            letter_facts=lambda act: {"place": ""},  # what it is, says it
            preview=_preview,
            carry_out=_subscribe,
            told=_told,
            preview_heading=gettext_lazy("Zo krijg je de nieuwsbrief"),
            change_text=gettext_lazy("Verander je keuze"),
            discard_text=gettext_lazy("Ik wil de nieuwsbrief toch niet"),
            discard_question=gettext_lazy("Toch geen nieuwsbrief?"),
            discard_words=gettext_lazy("Dan krijg je geen nieuwsbrief. We wissen je e-mailadres na een uur."),
            discarded=gettext_lazy("Je krijgt geen nieuwsbrief"),
            unconfirmed=gettext_lazy("Bevestig je het niet, dan krijg je geen nieuwsbrief."),
        )
    )


def _place(act: PendingAct) -> acts.Place:
    return acts.Place(_("Nieuwsbrief"), reverse("newsletter:newsletter"))


def _preview(act: PendingAct) -> SafeString:
    version, shape = dict(VERSIONS)[act.payload["version"]], dict(SHAPES)[act.payload["shape"]]
    return format_html(
        "<p>{}</p>",
        _("Je krijgt een keer per week mail. Tekst: %(version)s. Vorm: %(shape)s.")
        % {"version": str(version).lower(), "shape": str(shape).lower()},
    )


def _subscribe(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    follow = subscribe(person, is_easy=act.payload["version"] == EASY, is_plain=act.payload["shape"] == PLAIN, now=now)
    if act.payload.get(BY_MAIL):
        letters.confirm(follow, to=act.email, key=f"act-{act.pk}-newsletter", now=now)
    return acts.Done({}, then=reverse("newsletter:own", args=[follow.key]))


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("Je krijgt de nieuwsbrief"),
        _("Hij komt een keer per week, op dinsdag. In elke nieuwsbrief staat hoe je stopt of iets verandert."),
        _place(act),
    )
