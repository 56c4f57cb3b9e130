"""What is mailed to who got stuck and wanted to hear of it; each mail says how to stop it."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from meedoen.kernel.dutch import date_words
from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules
from meedoen.mail.rendering import Written

from .models import StuckReport


def received(report: StuckReport, *, now: datetime) -> None:
    """Say that it arrived, and what happens next."""
    _send(report, "received", key=f"stuck-{report.pk}-received", now=now)


def answered(report: StuckReport, *, now: datetime) -> None:
    """Say how it stands: on the list, promised, fixed, or no barrier and why."""
    barrier = report.barrier
    _send(
        report,
        "answered",
        key=f"stuck-{report.pk}-{f'{barrier.state}-{barrier.changed_at:%Y%m%d%H%M%S}' if barrier else 'none'}",
        now=now,
        state=barrier.state if barrier else "none",
        title=barrier.title if barrier else "",
        promised_on=date_words(barrier.promised_on) if barrier and barrier.promised_on else "",
        said=Written(barrier.changed or barrier.reason if barrier else report.answer),
        public_path=barrier.get_absolute_url() if barrier else reverse("barriers:list"),
    )


def _send(report: StuckReport, template: str, *, key: str, now: datetime, **facts: object) -> None:
    if report.stopped_at or report.person is None or report.person.address is None:
        return
    stop_path = reverse("barriers:stop", args=[report.key])
    mail.send(
        f"mail/barriers/{template}.md",
        to=report.person.address.email,
        context={
            "where": report.where,
            "doing": Written(report.doing),
            "path": report.get_absolute_url(),
            "stop_path": stop_path,
            **facts,
        },
        key=key,
        now=now,
        headers=mail_rules.list_headers(
            f"vastgelopen-{report.pk}",
            domain=urlsplit(settings.BASE_URL).hostname or "localhost",
            unsubscribe_url=f"{settings.BASE_URL}{stop_path}",
        ),
    )
