"""Reporting by an answer (MO1): ``melden 3``, with what is wrong; the same report as the site makes.

Who surely sent it is counted at once; any other gets the code that the site mails too.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation import actions, letters, pointing, said, words
from meedoen.conversation.moderation.acts import REPORT
from meedoen.conversation.moderation.forms import ReportForm
from meedoen.conversation.moderation.models import Report
from meedoen.conversation.moderation.rules import Concern
from meedoen.conversation.moderation.said import Said
from meedoen.conversation.reading import name_shown
from meedoen.mail.incoming import routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.people import actions as people
from meedoen.people.models import Person

from .telling import GONE, problems_of


def register() -> None:
    """Say what is done with answers about which message a report is; at start-up."""
    routes.register(letters.WHICH, point_out, told=lambda keys: dict.fromkeys(keys, _("Zeggen welk bericht je meldt")))


def report(letter: Letter, asked: Said, *, person: Person, thread: Thread | None, now: datetime) -> Came:
    """Keep what an answer to a mail to ``person`` reports; ``thread`` is the one that the mail was about, if only one.

    Which message it is about is asked back where neither the answer nor what it quotes tells it. Raises ``NotTaken``.
    """
    if asked.concern is None:
        return _ask_why(asked)
    form = ReportForm({"concern": asked.concern, "text": asked.text})
    if not form.is_valid():
        raise NotTaken(problems_of(form))
    contribution = _meant(letter, asked, person, thread, now)
    if contribution is None and asked.number is not None:
        raise NotTaken(_("Bericht %(number)s staat er niet, of niet meer. Kijk nog eens naar het nummer in onze mail. Antwoord dan opnieuw.") % {"number": asked.number})  # fmt: skip
    is_sure = bool(person.address) and letter.is_of(person.address.email)  # type: ignore[union-attr]
    try:
        kept = actions.report(
            contribution=contribution,
            title=contribution.thread.title if contribution else thread.title if thread else _("Een mail van ons"),
            url=contribution.url if contribution else thread.url if thread else "",
            concern=Concern(form.cleaned_data["concern"]),
            text=form.cleaned_data["text"],
            network=f"mail:{letter.counts_for}",
            counts_as=f"mail:{letter.author.rpartition('@')[2]}",  # a domain of one's own has any number of addresses
            person=person if is_sure else None,
            email="" if is_sure else letter.author,
            asks_which=contribution is None,
            now=now,
        )
        if not is_sure:
            _ask_code(kept, letter, asks_which=contribution is None, now=now)
    except (actions.CannotReport, people.Refused) as problem:
        raise NotTaken(str(problem)) from problem
    return Came("report: kept" if is_sure else "report: code asked")


def point_out(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Let a report be about the message whose number somebody answers. Raises ``NotTaken``."""
    found = Report.objects.select_related("person__address").filter(pk=address.about).first()
    if found is None or found.person is None or str(found.person_id) != address.owner or found.person.address is None:
        return GONE
    number = said.number_in(letter.reply.own)
    contribution = pointing.answered(found, number) if number is not None else None
    if contribution is None:
        raise NotTaken(_("We zagen geen nummer uit onze mail. Antwoord met alleen het nummer van het bericht."))
    try:
        found = actions.point_out(found, contribution, now=now)
    except actions.CannotReport as problem:
        raise NotTaken(str(problem)) from problem
    context = {
        "number": contribution.number,
        "name": name_shown(contribution),
        "place": contribution.thread.title,
        "path": reverse("conversation:report", args=[found.key]),
    }
    assert found.person is not None and found.person.address is not None  # noqa: S101, PT018  it was looked at above
    return Came("report: pointed out", Answer("mail/conversation/report_pointed.md", context, to=found.person.address.email))  # fmt: skip


def _meant(letter: Letter, asked: Said, person: Person, thread: Thread | None, now: datetime) -> Contribution | None:
    """The message that it is about: by its number, else the only one in what the answer quotes."""
    quoted = said.numbers_quoted(letter.reply.left_out) if asked.number is None else []
    number = asked.number if asked.number is not None else quoted[0] if len(quoted) == 1 else None
    if number is None:
        return None
    return pointing.in_thread(thread, number) if thread else pointing.in_mail(person, number, now=now)


def _ask_why(asked: Said) -> Came:
    context = {
        "number": "" if asked.number is None else asked.number,
        "concerns": [str(each) for concern, each in words.CONCERNS.items() if concern != Concern.OTHER],
    }
    return Came("report: why?", Answer("mail/conversation/report_why.md", context, kind="report why"))


def _ask_code(kept: Report, letter: Letter, *, asks_which: bool, now: datetime) -> None:
    """Have its sender prove their address, as on the site: only then it counts, and is answered."""
    if kept.confirmed_at is not None:
        return
    payload = {"report": kept.pk, "concern": kept.concern, "text": kept.text, "asks_which": asks_which}
    act = people.keep(
        REPORT, payload=payload, name="", email=letter.author, network=f"mail:{letter.counts_for}", now=now
    )
    people.ask_code(act, now=now, is_by_mail=True)
