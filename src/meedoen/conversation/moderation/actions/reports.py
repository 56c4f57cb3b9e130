"""Reporting: kept at once, counted once its sender proved an address, forgotten in time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from meedoen.conversation.actions import locked
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import letters, reading, rules
from meedoen.conversation.moderation.models import Objection, Report
from meedoen.conversation.moderation.rules import Concern, Deed, Found, Ground
from meedoen.conversation.rules import State
from meedoen.people import floods
from meedoen.people.models import Person

from .decisions import change

HOUR = timedelta(hours=1)
GONE = "gewist"  # stands where somebody typed what they reported
GROUNDS_NAMED = frozenset(ground.value for ground in Ground)  # concerns that are grounds of ours
MAX_TITLE_LENGTH = 200  # characters of what is reported


class CannotReport(Exception):
    """It cannot be reported now; the text is fit to show, and what was typed stays."""


@transaction.atomic
def report(
    *,
    contribution: Contribution | None,
    title: str,
    url: str,
    concern: Concern,
    text: str,
    network: str,
    person: Person | None,
    now: datetime,
    email: str = "",
    counts_as: str = "",
    asks_which: bool = False,
) -> Report:
    """Keep a report, whoever sends it; of who is surely ``person`` it counts at once.

    All or nothing. The same words from the same network are kept once, while nobody decided. ``counts_as`` is the
    network that it is counted as from, where that is another; ``asks_which`` has the receipt ask which message it is
    about. Raises ``CannotReport`` when a network reports more than people do.
    """
    about = [contribution.pk if contribution else url or title, concern, text, network, person.pk if person else email]
    fingerprint = salted_hmac("meedoen.conversation.report", repr(about), algorithm="sha256").hexdigest()
    found = Report.objects.filter(fingerprint=fingerprint).first()
    if found:
        return found
    if floods.count("reports", network, per=HOUR, now=now) > rules.MAX_REPORTS_PER_NETWORK_HOUR:
        raise CannotReport(
            _(
                "Vanaf jouw netwerk kwamen dit uur heel veel meldingen. Wacht een uur. Of bel ons: dan helpen we je meteen."
            )
        )
    kept, is_new = Report.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "contribution": contribution,
            "title": title[:MAX_TITLE_LENGTH],
            "url": url,
            "concern": concern,
            "text": text,
            "network": salted_hmac(
                "meedoen.conversation.network", counts_as or network, algorithm="sha256"
            ).hexdigest(),
            "created_at": now,
        },
    )
    if is_new and person:
        confirm(kept, person=person, asks_which=asks_which, now=now)
        kept.refresh_from_db()
    return kept


@transaction.atomic
def confirm(report: Report, *, person: Person, now: datetime, asks_which: bool = False) -> None:
    """Let a report count, since its sender proved an address; several of them take the words out of sight.

    The receipt says what happens next (DSA art. 16).
    """
    contribution = locked(report.contribution) if report.contribution else None  # its thread first, as who decides
    report = Report.objects.select_for_update(of=("self",)).select_related("decision").get(pk=report.pk)
    if report.confirmed_at is not None:
        return
    report.person, report.confirmed_at = person, now
    report.save(update_fields=["person", "confirmed_at"])
    if report.decision is not None:  # the team was quicker
        letters.tell_reporter(report, now=now)
        return
    letters.acknowledge(report, asks_which=asks_which, now=now)
    if contribution is not None:
        _hide_when_many_report(contribution, now)


@transaction.atomic
def point_out(report: Report, contribution: Contribution, *, now: datetime) -> Report:
    """Let a report of which we asked which message it is about, be about that one.

    Raises ``CannotReport`` when the team answered it meanwhile.
    """
    contribution = locked(contribution)  # its thread first, as who decides
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.contribution_id == contribution.pk:
        return report
    if report.decision_id is not None:
        raise CannotReport(_("Een mens van ons team beantwoordde je melding al. De uitkomst staat in je mail."))
    report.contribution, report.url = contribution, contribution.url
    report.title = contribution.thread.title[:MAX_TITLE_LENGTH]
    report.save(update_fields=["contribution", "url", "title"])
    if report.confirmed_at is not None:
        _hide_when_many_report(contribution, now)
    return report


def erase_old(*, now: datetime) -> int:
    """Forget who reported, from where and in which words, and what objectors wrote, when its time is over.

    How many reports that changed.
    """
    reading.suspects().filter(waits_since__lt=now - rules.KEEP_SUSPECTS, decisions=None).order_by().delete()
    Report.objects.filter(created_at__lt=now - rules.KEEP_NETWORK).exclude(network="").update(network="")
    long_ago = now - rules.KEEP_REPORTS
    Objection.objects.filter(settled_at__lt=long_ago).exclude(text="").update(text="", reason="")
    old = Report.objects.filter(decision__decided_at__lt=long_ago)
    old.filter(contribution=None).exclude(title=GONE).update(title=GONE)
    return old.filter(Q(person__isnull=False) | ~Q(text="")).update(person=None, confirmed_at=None, text="")


def _hide_when_many_report(contribution: Contribution, now: datetime) -> None:
    counting = [
        each
        for each in Report.objects.open().confirmed().filter(contribution=contribution).select_related("person")
        if each.person and each.concern in GROUNDS_NAMED and rules.may_write(each.person, now=now)
    ]
    approved = contribution.decisions.filter(mark=rules.mark_of(contribution.judged))
    if rules.hides(
        networks=len({each.network for each in counting}),
        people=len({each.person.address_id for each in counting if each.person}),
        is_shown=contribution.state == State.SHOWN,
        is_approved=approved.exists(),
    ):
        decision = change(
            contribution,
            Deed.HIDE,
            found=Found.COUNTED,
            by=None,
            ground=_usual_ground(counting),
            reason=_("Meer mensen vinden dat je bericht niet kan."),
            now=now,
        )
        letters.tell_person(decision, now=now)


def _usual_ground(reports: list[Report]) -> Ground:
    """The ground that most of the reports name."""
    named = [Ground(each.concern) for each in reports]
    return max(named, key=named.count)
