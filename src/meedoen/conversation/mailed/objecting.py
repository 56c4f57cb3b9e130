"""Objecting by an answer to the mail that tells a decision (MO3): somebody else of the team looks again.

The address does what the link in that mail does: an objection takes nothing from anybody, and can be written anew.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.conversation.moderation import actions, letters
from meedoen.conversation.moderation.forms import ObjectionForm
from meedoen.conversation.moderation.models import Decision, Objection, Report
from meedoen.kernel.text import fold
from meedoen.mail.incoming import routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.rendering import Written
from meedoen.mail.replies import Word, first_word
from meedoen.mail.replies.commands import is_courtesy
from meedoen.mail.replies.courtesies import COURTEOUS

from .telling import GONE, problems_of, unfit

# Words with which somebody says that they read it and leave it at that.
_AGREES = COURTEOUS | {
    "duidelijk", "helder", "begrepen", "goed", "is", "dat", "het", "dit", "ik", "snap", "begrijp", "prima", "ok", "oke",
    "eens", "mee", "er", "ben", "akkoord", "fijn", "jullie", "voor", "uitleg", "de", "antwoord", "zo",
}  # fmt: skip


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(
        letters.DECIDED, about_own, told=lambda keys: dict.fromkeys(keys, _("Bezwaar maken tegen een besluit"))
    )
    routes.register(
        letters.REPORTED, about_report, told=lambda keys: dict.fromkeys(keys, _("Antwoorden over je melding"))
    )


def about_own(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Object to a decision about oneself or one's words. Raises ``NotTaken``."""
    found = Decision.objects.filter(pk=address.about, person_id=address.owner).first()
    return _object(letter, found, None, now)


def about_report(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Object to what was decided on one's report. Raises ``NotTaken``."""
    found = Report.objects.select_related("decision").filter(pk=address.about, person_id=address.owner).first()
    return _object(letter, found.decision if found else None, found, now)


def _object(letter: Letter, decision: Decision | None, report: Report | None, now: datetime) -> Came:
    if decision is None:
        return GONE
    if refused := unfit(letter):
        return refused
    if _only_thanks(letter.reply.own):
        raise NotTaken(
            _(
                "Je mail zegt niet dat je het oneens bent met het besluit. Daarom maakten we er geen bezwaar van. Ben je het er niet mee eens? Antwoord dan opnieuw, en schrijf waarom."
            )
        )
    form = ObjectionForm({"text": letter.reply.text})
    if not form.is_valid():
        raise NotTaken(problems_of(form))
    before = Objection.objects.made(decision, report).first()
    try:
        objection = actions.object_to(decision, report=report, text=form.cleaned_data["text"], now=now)
    except actions.CannotObject as problem:
        raise NotTaken(str(problem)) from problem
    if before is None:
        return Came("objection: made")  # its receipt is in the outbox already
    to, path = letters.objector_of(objection)
    context = {"text": Written(objection.text), "path": path}
    return Came("objection: changed", Answer("mail/conversation/objection_received.md", context, to=to) if to else None)


def _only_thanks(text: str) -> bool:
    """Whether somebody greets, thanks or agrees, and says nothing more."""
    said = [line for line in map(fold, text.splitlines()) if line and not is_courtesy(line)]
    return all(first_word(line) == Word.YES or set(line.split()) <= _AGREES for line in said)
