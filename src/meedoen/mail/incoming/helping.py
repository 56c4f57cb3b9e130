"""``hulp@…``: a mail that a person of the team reads and answers.

It may tell of a need. So the outbox holds a mark in the place of its words, which are looked up in the sealed mail as that
leaves; then the sealed mail is erased too. Where a mail may not be kept even so long, its words lie sealed in the outbox.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _

from meedoen.kernel import sealing as kernel_sealing
from meedoen.kernel.identifiers import unguessable
from meedoen.mail import actions as mail
from meedoen.mail import references, replies
from meedoen.mail import rules as mail_rules
from meedoen.mail.references import Reference, Words
from meedoen.mail.replies import Reply

from . import answering, erasing, routes, sealing
from .models import Incoming
from .routes import Answer, Came, Letter

NAME = "hulp"
KIND = "incoming.help"  # of the references to a mail that lies sealed here
SEALED = "incoming.help.sealed"  # of those that hold the words themselves
NOT_PASSED_ON = "help: not passed on"  # the outcome where the mail to who helps could not be delivered
MAX_WORDS = 10_000  # characters that are passed on; a longer mail is rare, and its beginning tells what it is about
MAX_A_DAY = 5  # mails of one address that are passed on in a day


def register() -> None:
    """Make the address known; at start-up."""
    routes.register_name(NAME, pass_on)
    routes.register_name(routes.POSTMASTER, pass_on)
    references.register(KIND, _said, done=_done)
    references.register(SEALED, _opened)


def pass_on(letter: Letter, now: datetime, *, only: str = "") -> Came:
    """Send what somebody wrote to whoever helps, once; and say that it came. What is more than goes in a day stays aside.

    ``only``: of a mail that goes at once, since it may quote what we told, these words are passed on and nothing else.
    """
    if answering.count("help", letter.counts_for, now=now) > MAX_A_DAY:
        answer = Answer("mail/incoming/help_not_passed.md", kind="help too many")
        return Came("help: too many", answer, aside="more asked for help in a day than is passed on")
    words = _whole(letter.reply)
    told = {"words": _sealed(_with_around(only, letter.reply))} if only else _in_the_mail(letter)
    mail.send(
        "mail/incoming/help.md",
        to=settings.HELP_EMAIL,
        context={
            "sender": letter.author,
            **told,
            "is_proven": letter.is_proven,
            "file_count": len(letter.reply.attachments),
        },
        key=f"{mail_rules.PASSING if only else ''}help-{answering.keyed(letter.author + letter.message_id + words)[:40]}",
        now=now,
        reply_to=letter.author,
    )
    return Came("help", Answer("mail/incoming/help_received.md", kind="help"))


def _whole(reply: Reply) -> str:
    """What somebody wrote, with what was taken for their signature: it may tell where to call them, or that they are in only
    after two. Not what they answered to."""
    return _with_around(reply.text, reply) if reply.text else reply.left_out


def _with_around(words: str, reply: Reply) -> str:
    return f"{words}\n\n{reply.around}".strip()


def _in_the_mail(letter: Letter) -> dict[str, object]:
    """What is looked up in the mail as this leaves."""
    subject = Reference(KIND, {"mark": letter.mark, "part": "subject"}) if letter.reply.subject else ""
    return {"subject": subject, "words": Reference(KIND, {"mark": letter.mark, "part": "words"})}


def _sealed(words: str) -> Reference:
    place = unguessable()
    found = kernel_sealing.sealed(words[:MAX_WORDS].encode(), use=SEALED, place=place)
    return Reference(SEALED, {"place": place, "sealed": b64encode(found).decode()})


def _opened(about: Mapping[str, str], _occasion: str, _now: datetime) -> Words:
    try:
        found = kernel_sealing.opened(b64decode(about["sealed"]), use=SEALED, place=about["place"], may_be_earlier=True)
    except kernel_sealing.Foreign:
        raise references.NotNow("what is sealed in it was sealed with another secret of the site") from None
    return _quoted(found.decode().splitlines())


def _said(about: Mapping[str, str], occasion: str, now: datetime) -> str | Words:
    """What the mail says, or its subject, at the moment at which it is passed on."""
    found = Incoming.objects.filter(mark=about["mark"], erased_at__isnull=True).first()
    if found is None:
        return _("(dit is gewist)")
    try:
        reply = replies.read(sealing.opened(found))
    except sealing.CannotOpen as problem:
        raise references.NotNow("the mail that came in does not open") from problem
    if about["part"] == "subject":
        return reply.subject
    lines = _whole(reply)[:MAX_WORDS].splitlines()
    return _quoted(lines)


def _quoted(lines: Sequence[str]) -> Words:
    return Words("\n> ".join(lines), "<br>".join(map(escape, lines)))


def _done(about: Mapping[str, str], is_sent: bool, now: datetime) -> None:
    """Erase it once it is with who helps; where it could not be delivered, a person has to look."""
    ours = Incoming.objects.filter(mark=about["mark"], erased_at__isnull=True)
    if is_sent:
        erasing.erase(ours.filter(state__in=[Incoming.State.HANDLED, Incoming.State.ASIDE]), now)
        return
    ours.filter(state=Incoming.State.HANDLED).update(
        state=Incoming.State.ASIDE, outcome=NOT_PASSED_ON, reason="it could not be mailed to who helps", closed_at=now
    )
