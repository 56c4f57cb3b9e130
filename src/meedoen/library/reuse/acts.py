"""Saying that a municipality uses a text, before or without being signed in."""

from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.library.models import Article, Reuse
from meedoen.municipalities.models import Municipality
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions
from .forms import MemberUseForm, UseForm
from .rules import State

USE = "library.use"
MEMBER_USE = "library.member_use"


def register() -> None:
    """Make the kinds known; at start-up."""
    for name, form in ((USE, UseForm), (MEMBER_USE, MemberUseForm)):
        acts.register(
            acts.Kind(
                name=name,
                heading=gettext_lazy("Wij gebruiken dit ook"),
                button=gettext_lazy("Zet het op de site"),
                form=form,
                place=_place,
                preview=_preview,
                carry_out=_carry_out,
                told=_told,
                preview_heading=gettext_lazy("Zo komt het op de site"),
            )
        )


def _article(act: PendingAct) -> Article:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Article.objects.get(pk=said["article"])


def _place(act: PendingAct) -> acts.Place:
    article = _article(act)
    return acts.Place(article.title, article.get_absolute_url())


def _preview(act: PendingAct) -> SafeString:
    municipality = Municipality.objects.get(pk=act.payload["municipality"])
    source = _source(act)
    words = _("Gemeente %(name)s gebruikt dit ook.") % {"name": municipality.name}
    if source:
        words = _("Gemeente %(name)s nam dit over van %(giver)s.") % {
            "name": municipality.name,
            "giver": source.municipality.name,
        }
    return format_html("<p>{}</p><p>{}</p>", words, act.payload.get("changed", ""))


def _source(act: PendingAct) -> Reuse | None:
    chosen = act.payload.get("taken_from", "")
    if not chosen:
        return None
    return (
        Reuse.objects.shown()
        .filter(pk=chosen, article=act.payload["article"])
        .select_related("municipality", "taken_from")
        .first()
    )


def _carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    municipality = Municipality.objects.current().filter(pk=act.payload["municipality"]).first()
    if municipality is None:
        raise acts.CannotDo(_("Deze gemeente bestaat niet meer. Kies de gemeente waar zij nu bij hoort."))
    try:
        reuse = actions.say(
            _article(act),
            municipality,
            taken_from=_source(act),
            changed_words=act.payload.get("changed", ""),
            person=person,
            now=now,
        )
    except actions.CannotSay as problem:
        raise acts.CannotDo(str(problem)) from problem
    if person.address:
        actions.tell(reuse, person.address.email, key=f"reuse-{act.pk}", now=now)
    return acts.Done({"article": reuse.article_id, "reuse": reuse.pk}, then=reuse.get_absolute_url())


def _told(act: PendingAct) -> acts.Told:
    reuse = Reuse.objects.filter(pk=act.outcome["reuse"]).first()
    if reuse and reuse.state == State.SHOWN:
        return acts.Told(_("Het staat op de site"), _("Dank je wel. Zo leren anderen van jullie."), _place(act))
    return acts.Told(_("Het is bij ons"), _("Het team leest het eerst. Je krijgt een mail."), _place(act))
