"""Having mail tried again, as an act: the code is in the mail itself, so who types it read it."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

TRY_MAIL = "people.try_mail"


class TryForm(acts.ActForm):
    """Asks nothing: the address is known."""


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=TRY_MAIL,
            heading=gettext_lazy("Kijken of je mail weer werkt"),
            button=gettext_lazy("Mijn mail werkt weer"),
            form=TryForm,
            place=_place,
            preview=_preview,
            carry_out=_carry_out,
            told=_told,
            always_asks_code=True,
            is_fixed=True,
            is_listed=False,
            preview_heading=gettext_lazy("Dit gebeurt er als je de code invult"),
            discard_text=gettext_lazy("Stop hiermee"),
            discard_question=gettext_lazy("Hiermee stoppen?"),
            discard_words=gettext_lazy("Dan sturen we je nog geen berichten over wat je volgt."),
            discarded=gettext_lazy("We proberen het nu niet"),
            unconfirmed=gettext_lazy("Komt de code niet aan? Dan werkt je mail nog niet."),
        )
    )


def _place(act: PendingAct) -> acts.Place:
    return acts.Place(_("Mijn pagina"), reverse("home:mine"))


def _preview(act: PendingAct) -> SafeString:
    return format_html("<p>{}</p>", _("We sturen je weer berichten over wat je volgt."))


def _carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    """Nothing more: typing a code from a mail brought the address back already."""
    return acts.Done({}, then=reverse("home:mine"))


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(_("Je mail werkt weer"), _("We sturen je weer berichten over wat je volgt."), _place(act))
