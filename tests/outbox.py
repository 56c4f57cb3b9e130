"""A mail of the outbox as its reader gets it: with the words that lie sealed in its row."""

from collections.abc import Mapping

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
    return code_among(mail.references)


def code_among(found: Mapping[str, Mapping[str, str]]) -> str:
    """The code among the references of a mail; none where there is none."""
    sealed = {mark: each for mark, each in found.items() if each["kind"] == secret_words.KIND}
    return next(iter(references.looked_up(sealed, occasion="", now=clock.now()).values()), "")
