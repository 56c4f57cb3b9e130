"""The shape of what is said about a finding."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.mail.health.rules.finding import Weight

KEEPER = _("Vraag het aan wie de domeinnaam beheert. Geef deze regel mee.")


@dataclass(frozen=True)
class Words:
    """What is so, what it means for people, what to do about it. All take what a finding is about."""

    weight: Weight
    heading: Promise
    means: Promise
    do: Promise
    english: str
