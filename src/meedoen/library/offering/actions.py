"""The deeds: offer a practice, change it, take it back and put it back, refuse it; and their end."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.conversation.models import Thread
from meedoen.conversation.moderation.rules import may_write
from meedoen.conversation.quiet.actions import why_not
from meedoen.library import actions as library
from meedoen.library.desk import actions as desk
from meedoen.library.desk.comparing import merged
from meedoen.library.desk.content import Content, whole
from meedoen.library.desk.reading import LABELS, in_words, municipality_names
from meedoen.library.models import Article, Practice, PracticeOffer, Remark, Withdrawal, Work
from meedoen.library.rules import THREAD, Kind
from meedoen.municipalities import beside
from meedoen.pages.actions import changed
from meedoen.people import floods
from meedoen.people.models import Person

from . import letters, rules
from .content import content_of

DAY = datetime.timedelta(days=1)


class CannotDo(Exception):
    """It cannot be done as it stands now; the text is fit to show, and nothing that was typed is lost."""


class ChangedMeanwhile(CannotDo):
    """It was changed or decided since the page was opened."""


@transaction.atomic
def offer(answers: Mapping[str, Any], *, person: Person, now: datetime.datetime) -> PracticeOffer:
    """Offer a practice: it waits at the desk for the team, and its offerer is mailed the way to their page of it.

    Raises ``CannotDo`` when this person may not write now.
    """
    person = Person.objects.select_related("address").get(pk=person.pk)
    _must_write(person, now)
    work = Work.objects.create(kind=Kind.PRACTICE, begun_at=now, changed_by=person, changed_at=now)
    desk.save(work, content_of(answers), base=0, by=person, now=now)
    desk.ask(work, by=person, now=now)
    work.refresh_from_db()
    made = PracticeOffer.objects.create(
        work=work, answers=dict(answers), offered_by=person, offered_at=now, changed_at=now
    )
    letters.send(made, "offered", key="offered", now=now)
    return made


@transaction.atomic
def change(offer: PracticeOffer, answers: Mapping[str, Any], *, seen: str, now: datetime.datetime) -> None:
    """Change what was told; it waits for the team again.

    What the team edited stays as they have it. Where both changed an answer, the new words stand below the text as
    a remark. Raises ``ChangedMeanwhile`` when it does not stand as ``seen``, and ``CannotDo``.
    """
    offer = _locked(offer)
    if not rules.may_be_changed(offer.state):
        raise CannotDo(_("Dit kun je niet meer veranderen. Mail of bel ons, dan doen wij het."))
    if offer.mark != seen:
        raise ChangedMeanwhile(_("Dit veranderde intussen op een andere plek. Hieronder staat hoe het nu is."))
    _must_write(offer.offered_by, now)
    if floods.count("offer changed", str(offer.pk), per=DAY, now=now) > rules.MAX_CHANGES_PER_DAY:
        raise CannotDo(_("Je veranderde dit vandaag al heel vaak. Morgen kan het weer. Of mail of bel ons."))
    work, by = offer.work, offer.offered_by
    mine, theirs = content_of(answers), whole(work.content)
    result = merged(content_of(offer.answers), mine, theirs)
    kept = {name: theirs[name] for name in result.both}
    desk.save(work, {**result.content, **kept}, base=work.number, by=by, now=now)
    if result.both:
        Remark.objects.create(work=work, by=by, at=now, text=_told_anew(mine, result.both))
    offer.answers, offer.changed_at, offer.question, offer.question_at = dict(answers), now, "", None
    offer.save()
    desk.ask(work, by=by, now=now)


@transaction.atomic
def withdraw(offer: PracticeOffer, *, now: datetime.datetime) -> None:
    """Take it back, off the desk or off the site; it can be put back. Twice is once."""
    offer = _locked(offer)
    if not rules.may_be_withdrawn(offer.state):
        return
    if offer.work.is_published:
        why = _("Wie dit voorbeeld vertelde, nam het terug.")
        desk.withdraw(offer.work, reason=why, to=None, by=offer.offered_by, now=now)
    else:
        desk.discard(offer.work, by=offer.offered_by, now=now)
    offer.withdrawn_at = now
    offer.save(update_fields=["withdrawn_at"])


@transaction.atomic
def put_back(offer: PracticeOffer, *, now: datetime.datetime) -> None:
    """Put back what was withdrawn: on the site, or in the line for the team. Twice is once. Raises ``CannotDo``."""
    offer = _locked(offer)
    if offer.withdrawn_at is None:
        return
    _must_write(offer.offered_by, now)
    offer.withdrawn_at = None
    offer.save(update_fields=["withdrawn_at"])
    if offer.work.is_withdrawn:
        desk.put_back(offer.work, now=now)
    else:
        desk.take_back(offer.work)
        desk.ask(offer.work, by=offer.offered_by, now=now)


@transaction.atomic
def refuse(work: Work, *, reason: str, number: int, now: datetime.datetime) -> None:
    """Let the team not publish it; who offered it is mailed why. Twice is once.

    Raises ``CannotDo`` when it stands on the site, was taken back, or reads otherwise than text ``number`` that was
    decided about.
    """
    offer = _locked(work.offer)
    if offer.withdrawn_at:
        raise CannotDo(_("Wie dit voorbeeld aanbood, trok het zelf al in."))
    if offer.work.article_id:
        raise CannotDo(_("Dit voorbeeld staat of stond al op de site. Haal het van de site, met een reden."))
    if offer.refused_at:
        return
    if offer.work.number != number:
        raise CannotDo(_("Deze tekst veranderde intussen. Lees hem eerst nog eens."))
    desk.discard(offer.work, by=offer.offered_by, now=now)
    offer.refused_at, offer.reason, offer.question, offer.question_at = now, reason, "", None
    offer.save()
    letters.send(offer, "refused", key=f"refused-{now:%Y%m%dT%H%M%S}", now=now, words=reason)


def erase_old(*, now: datetime.datetime) -> None:
    """Erase what the team asked about and nobody answered, and the words of what was on the site and was taken back.

    What was refused or taken back before readers had it goes with all that was thrown away at the desk.
    """
    Work.objects.filter(offer__in=PracticeOffer.objects.unanswered(now)).delete()
    for each in PracticeOffer.objects.whole().left(now):
        if each.work.article:
            with transaction.atomic():
                _empty(each.work.article, each.work, now)
                changed(library.AREA, beside.AREA, now=now)


@transaction.atomic
def forget_person(person: Person, *, with_texts: bool, now: datetime.datetime) -> None:
    """Erase what somebody offered that nobody saw. What stands on the site stays without whom to ask, if they told
    that, unless they take their texts along."""
    for each in PracticeOffer.objects.whole().filter(offered_by=person):
        article = each.work.article
        if article is None:
            each.work.delete()
            continue
        if with_texts:
            _empty(article, each.work, now)
        else:
            _without_contact(article, each)
        each.delete()
    changed(library.AREA, beside.AREA, now=now)


def _empty(article: Article, work: Work, now: datetime.datetime) -> None:
    """Let nothing be left of its words; who comes to its address reads that it went."""
    gone = _("Wie dit voorbeeld vertelde, nam het terug.")
    was = article.published_at
    if was:
        library.withdraw(article, now=now)
        Withdrawal.objects.create(article=article, reason=gone, at=now, was_published_at=was)
    for name in ("easy_title", "easy_summary", "easy_body", "happened", "proposal", "changes"):
        setattr(article, name, "")
    article.title, article.summary, article.body, article.contact = _("Een voorbeeld dat weg is"), gone, gone, "-"
    article.slug = f"weg-{article.pk}"
    article.save()
    Practice.objects.filter(article=article).delete()
    article.sources.all().delete()
    article.old_addresses.all().delete()
    Thread.objects.filter(kind=THREAD, key=str(article.pk)).update(title=article.title, url=article.get_absolute_url())
    work.delete()


def _without_contact(article: Article, offer: PracticeOffer) -> None:
    """Whom they said to ask is asked no more: the team is."""
    told = offer.answers.get("contact") or ""
    if not told or told not in article.contact:
        return
    instead = _("Het projectteam van dit netwerk")
    article.contact = instead
    article.save(update_fields=["contact"])
    for row in (offer.work, *offer.work.versions.all()):
        row.content = {**row.content, "contact": instead}
        row.save(update_fields=["content"])


def _told_anew(mine: Content, names: tuple[str, ...]) -> str:
    """The new words of answers that the team changed too."""
    words = in_words(mine, municipality_names(mine))
    told = [f"{LABELS[name]}\n{words[name] or '-'}" for name in names]
    return "\n\n".join([_("Ik veranderde dit. Jullie ook, dus jullie tekst staat er nog:"), *told])


def _must_write(person: Person, now: datetime.datetime) -> None:
    if problem := why_not(person, now=now):
        raise CannotDo(problem)
    if not may_write(person, now=now):
        raise CannotDo(_("Je kunt nu niets plaatsen. In de mail van ons team lees je waarom."))


def _locked(offer: PracticeOffer) -> PracticeOffer:
    """As it stands, while nobody else changes it: first the text, as the desk does."""
    Work.objects.select_for_update().get(pk=offer.work_id)
    PracticeOffer.objects.select_for_update().get(pk=offer.pk)
    return PracticeOffer.objects.whole().get(pk=offer.pk)
