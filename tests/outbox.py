"""A mail of the outbox as its reader gets it: with the words that lie sealed in its row."""

from django.core.mail import EmailMultiAlternatives

from meedoen.kernel import clock
from meedoen.mail import envelope, references, secret_words
from meedoen.mail.models import OutgoingMail


def as_read(mail: OutgoingMail) -> EmailMultiAlternatives:
    """Its subject and its words."""
    facts = references.looked_up(mail.references, occasion=f"mail-{mail.pk}", now=clock.now())
    return envelope.message_of(mail, facts=facts)


def code_in(mail: OutgoingMail) -> str:
    """The code that it brings; none where it brings none."""
    sealed = {mark: each for mark, each in mail.references.items() if each["kind"] == secret_words.KIND}
    return next(iter(references.looked_up(sealed, occasion="", now=clock.now()).values()), "")
