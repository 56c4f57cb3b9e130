"""Each thing that can be found, in words: for the team in plain Dutch, for the administrator in a line of English.

What is said about each stands by its subject; here it is put together and told.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meedoen.mail.health.rules.finding import Finding, Kind, Weight

from . import dkim, dmarc, incoming, servers, signature, spf, traffic
from .saying import Words

SAID: dict[Kind, Words] = {
    **spf.SAID,
    **dkim.SAID,
    **dmarc.SAID,
    **signature.SAID,
    **incoming.SAID,
    **servers.SAID,
    **traffic.SAID,
}
WELL = {
    "spf": _("In je domeinnaam staat dat wij mail mogen sturen (SPF)."),
    "dkim": _("De sleutel van onze handtekening is goed (DKIM)."),
    "dmarc": _("Anderen weten wat ze met valse mail moeten doen (DMARC)."),
    "mx": _("Mail aan ons kan binnenkomen (MX)."),
    "tls": _("Onze mail gaat op slot naar de mailserver (TLS)."),
    "bounces": _("Er komt weinig mail terug."),
    "queue": _("Geen mail blijft liggen."),
}


@dataclass(frozen=True)
class Told:
    """A finding in words."""

    kind: str
    subject: str  # as it is known among those who keep domains, such as SPF
    weight: Weight
    heading: str
    means: str
    do: str
    line: str


def told(finding: Finding) -> Told:
    """A finding, for who reads Dutch."""
    found = SAID[finding.kind]
    return Told(
        finding.kind.value,
        finding.kind.value.partition("-")[0].upper(),
        found.weight,
        str(found.heading) % finding.about,
        str(found.means) % finding.about,
        str(found.do) % finding.about,
        finding.line,
    )


def ago(moment: datetime, *, now: datetime) -> str:
    """How long ago that was, in a few words."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(count)s minuut geleden", "%(count)s minuten geleden", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        return _now("%(count)s uur geleden") % {"count": minutes // 60}
    return _now("%(count)s dagen geleden") % {"count": minutes // 60 // 24}


def in_english(finding: Finding) -> str:
    """A finding in a line, for ``meedoen check``."""
    line = f" The record: {finding.line}" if finding.line else ""
    return f"{SAID[finding.kind].english % finding.about} ({finding.kind}){line}"


def weight_of(kind: Kind) -> Weight:
    """How bad it is."""
    return SAID[kind].weight


def well(wrong: Collection[Kind]) -> list[str]:
    """What is as it should be, given all that is not; what nobody could see is not said to be well."""
    names = {kind.value.partition("-")[0] for kind in wrong}
    if Kind.DNS_AWAY in wrong:
        names |= {"spf", "dkim", "dmarc", "mx"}
    if Kind.SENDER_UNKNOWN in wrong:
        names.add("spf")
    return [str(sentence) for name, sentence in WELL.items() if name not in names]
