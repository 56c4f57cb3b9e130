"""What somebody needs to take part in a coupling: with their own yes, in the vault alone, until an end date (decisions 8)."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.mail.references import Reference
from meedoen.people.vault import actions as vault
from meedoen.people.vault.letters import mention as mention_of
from meedoen.people.vault.models import Sealed
from meedoen.people.vault.rules import Purpose

from . import rules
from .models import Party

CONSENT = "Ik vind het goed dat jullie dit bewaren. Zegt iedereen ja? Dan vertellen jullie het in de mail aan wie ik ontmoet. Na vier maanden wissen jullie het."
PART = "wat je nodig hebt"


def subject_of(party: Party) -> str:
    """By which the vault knows the coupling."""
    return f"coupling:{party.coupling_id}"


@transaction.atomic
def tell(party: Party, said: str, *, now: datetime.datetime) -> None:
    """Keep what somebody needs, who saw ``CONSENT`` and said yes to it. Raises ``CannotDo``."""
    party = Party.objects.whole().get(pk=party.pk)
    if party.person is None or party.coupling.state not in rules.OPEN:
        raise CannotDo(_("De mail is al weg. Vertel het zelf aan wie je ontmoet. Of bel of mail ons."))
    until = now + rules.KEEP_NEEDS
    try:
        agreed = vault.consent(
            party.person, kind=Purpose.COUPLING.value, words=CONSENT, subject=subject_of(party), until=until, now=now
        )
        vault.put(
            party.person,
            purpose=Purpose.COUPLING,
            subject=subject_of(party),
            title=_("Kennismaken"),
            content={PART: said},
            agreed=agreed,
            until=until,
            now=now,
        )
    except vault.Refused as refused:
        raise CannotDo(str(refused)) from refused


def has_told(party: Party) -> bool:
    """Whether they told something; nothing of what."""
    return _kept(party) is not None


def let_go(party: Party, *, now: datetime.datetime) -> None:
    """Take back the yes: what they told is erased. Twice is once."""
    kept = _kept(party)
    if kept:
        vault.withdraw(kept.consent, now=now)


def mention(party: Party, *, receiver: str) -> Reference | None:
    """What stands in a mail for what they need, and is looked up when it leaves; none where they told nothing."""
    kept = _kept(party)
    return mention_of(kept, purpose=Purpose.COUPLING, part=PART, receiver=receiver) if kept else None


def _kept(party: Party) -> Sealed | None:
    if party.person is None:
        return None
    return Sealed.objects.of(party.person, Purpose.COUPLING, subject_of(party)).select_related("consent").first()
