"""How often somebody may ask and try; counted where all processes count; what bounds guessing is counted in the database alone."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from meedoen.people import codes, floods, rules

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAX_ASKS_PER_NETWORK_HOUR = 60  # new sign-ins: a whole town hall may sit behind one network


class Refused(Exception):
    """It cannot be done now; the text is fit to show."""


def count_ask(email: str, network: str, *, now: datetime) -> None:
    """Count that a code is asked for ``email``. Raises ``Refused`` when it is once too often.

    The answer depends on what was asked, never on whether the address is known.
    """
    if floods.count("asks", network, per=HOUR, now=now) > MAX_ASKS_PER_NETWORK_HOUR:
        raise Refused(
            _("Vanaf jouw netwerk is dit uur heel vaak een code gevraagd. Wacht een uur. Of bel of mail ons.")
        )
    if codes.count("codes", email, per=DAY, now=now) > rules.MAX_CODE_MAILS_PER_DAY:
        raise Refused(
            _(
                "Naar dit e-mailadres gingen vandaag al veel codes. Morgen kan het weer. Komt er geen mail aan? Bel of mail ons."
            )
        )


def count_try(code: str, network: str, *, now: datetime) -> None:
    """Count a try of the code that is known here as ``code``, before it is compared. Raises ``Refused``."""
    if codes.counted("wrong", network, per=HOUR, now=now) >= rules.MAX_TRIES_PER_NETWORK_HOUR:
        raise Refused(_("Er zijn te veel verkeerde codes getypt. Wacht een uur en vraag dan een nieuwe code."))
    if codes.count("tries", code, per=DAY, now=now) > rules.MAX_TRIES_PER_CODE:
        raise Refused(_("Er is te vaak een verkeerde code getypt. Vraag een nieuwe code."))


def count_wrong(network: str, *, now: datetime) -> None:
    """Count that a try was wrong."""
    codes.count("wrong", network, per=HOUR, now=now)


def count_key(network: str, *, now: datetime) -> None:
    """Count that somebody begins with a passkey. Raises ``Refused`` when it is once too often."""
    if floods.count("keys", network, per=HOUR, now=now) > MAX_ASKS_PER_NETWORK_HOUR:
        raise Refused(
            _("Vanaf jouw netwerk is dit uur heel vaak een sleutel geprobeerd. Wacht een uur, of log in met een code.")
        )
