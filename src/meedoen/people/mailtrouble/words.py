"""What it says on one's own page when mail came back, in the words of who reads it and not of a mail server."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from meedoen.kernel.dutch import date_words
from meedoen.mail.incoming import reports
from meedoen.people.models import Address


@dataclass(frozen=True)
class Told:
    """What somebody has to know; ``is_over``: it works again, and they have only to read it."""

    heading: str
    sentences: list[str]
    is_over: bool


def told(address: Address | None) -> Told | None:
    """What to tell the owner of an address; nothing where all is well."""
    trouble = reports.trouble_with(address.email) if address else None
    if trouble is None or address is None:
        return None
    facts = {"email": address.email, "since": date_words(trouble.since), "why": _why(trouble.status)}
    if trouble.recovered_at:
        over = {**facts, "until": date_words(trouble.recovered_at)}
        return Told(
            _("Je mail werkt weer"),
            [
                _("Van %(since)s tot %(until)s kwam mail aan %(email)s niet aan. %(why)s") % over,
                _("Wat je in die tijd miste over wat je volgt, sturen we je nog."),
            ],
            is_over=True,
        )
    return Told(
        _("Onze mail komt niet bij je aan"),
        [
            _("Op %(since)s kwam een mail aan %(email)s terug. %(why)s") % facts,
            _("Daarom sturen we je nu geen berichten over wat je volgt. Een code sturen we wel, als je die vraagt."),
            _what_to_do(trouble.status),
        ],
        is_over=False,
    )


def _why(status: str) -> str:
    """The code of a mail server in a sentence (RFC 3463)."""
    if status in ("5.2.2", "4.2.2"):
        return _("Je postvak is vol.")
    if status == "5.2.1":
        return _("Je postvak staat uit.")
    if status in ("5.1.2", "5.4.4", "5.4.310"):
        return _("Wat achter het apenstaartje staat, bestaat niet.")
    if status.startswith("4."):
        return _("De mailserver van dat adres gaf dagen lang geen antwoord.")
    if status.startswith("5.1.") or status == "5.4.1":
        return _("De mailserver kent dat adres niet.")
    return _("De mailserver zei niet waarom.")


def _what_to_do(status: str) -> str:
    if status in ("5.2.2", "4.2.2"):
        return _("Maak ruimte in je postvak. Druk daarna op de knop.")
    if status.startswith("4."):
        return _("Krijg je van anderen wel mail? Druk dan op de knop.")
    return _(
        "Kijk of het adres goed is getypt. Klopt het? Druk dan op de knop. Heb je een ander adres? Bel of mail ons, dan helpen we je."
    )
