"""Following as a guest: asked on a page, confirmed with a code, so that nobody is mailed unasked (EM4)."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.mail.incoming import addresses
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions, subjects
from .forms import RHYTHMS, FollowForm
from .models import Follow, Subject
from .rules import Rhythm

FOLLOW = "activity.follow"


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=FOLLOW,
            heading=gettext_lazy("Volgen"),
            button=gettext_lazy("Ga dit volgen"),
            form=FollowForm,
            place=_place,
            preview=_preview,
            carry_out=_follow,
            told=_told,
            preview_heading=gettext_lazy("Zo ga je het volgen"),
            change_text=gettext_lazy("Verander je keuze"),
            discard_text=gettext_lazy("Ik wil het toch niet volgen"),
            discard_question=gettext_lazy("Toch niet volgen?"),
            discard_words=gettext_lazy(
                "Dan krijg je hier geen mail over. We wissen je naam en je e-mailadres na een uur."
            ),
            discarded=gettext_lazy("Je volgt dit niet"),
            unconfirmed=gettext_lazy("Bevestig je het niet, dan krijg je geen mail."),
        )
    )


def _place(act: PendingAct) -> acts.Place:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    subject = Subject.objects.get(pk=said["subject"])
    return acts.Place(subjects.alone(subject), subject.url)


def _preview(act: PendingAct) -> SafeString:
    words = str(RHYTHMS[act.payload["rhythm"]])
    return format_html("<p>{}</p>", _("Je krijgt mail: %(rhythm)s.") % {"rhythm": words[:1].lower() + words[1:]})


def _follow(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    subject = Subject.objects.get(pk=act.payload["subject"])
    follow: Follow = actions.follow(person, subject, rhythm=Rhythm(act.payload["rhythm"]), now=now)
    return acts.Done({"subject": subject.pk}, then=reverse("activity:change", args=[follow.key]))


def _told(act: PendingAct) -> acts.Told:
    subject = Subject.objects.get(pk=act.outcome["subject"])
    stopping = _("In elke mail staat een link om te stoppen of iets te veranderen.")
    by_word = _("Je kunt zo’n mail ook beantwoorden met: stop.") if addresses.is_open() else ""
    heading = _("Je volgt nu %(what)s") % {"what": subjects.inside(subject)}
    return acts.Told(heading, " ".join(filter(None, [stopping, by_word])), _place(act))
