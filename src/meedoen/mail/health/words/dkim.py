"""What others can find of our signature."""

from django.utils.translation import gettext_lazy as _

from meedoen.mail.health.rules.finding import Kind, Weight

from .saying import Words

SAID = {
    Kind.DKIM_UNKNOWN: Words(
        Weight.UNSURE,
        _("We weten niet welke sleutel bij onze handtekening hoort (DKIM)"),
        _(
            "Elke mail hoort een handtekening te hebben. Daaraan zien anderen dat de mail echt van ons is. Wij kunnen nu niet kijken of dat klopt."
        ),
        _(
            "Vraag wie de mailserver beheert naar de naam van de sleutel (de selector). Zet die in MEEDOEN_DKIM_SELECTORS."
        ),
        "MEEDOEN_DKIM_SELECTORS is not set, so the DKIM key of %(domain)s cannot be looked at.",
    ),
    Kind.DKIM_MISSING: Words(
        Weight.BROKEN,
        _("De sleutel van onze handtekening staat er niet (DKIM)"),
        _(
            "Bij %(name)s staat niets. Anderen kunnen niet zien dat onze mail echt is. De mail kan in de map ongewenst komen."
        ),
        _("Vraag wie de mailserver beheert om de sleutel, en zet die op de puntjes."),
        "There is no DKIM key at %(name)s.",
    ),
    Kind.DKIM_SEVERAL: Words(
        Weight.RISK,
        _("De sleutel van onze handtekening staat er %(count)s keer (DKIM)"),
        _("Bij %(name)s mag één sleutel staan. Anderen kunnen nu de verkeerde pakken."),
        _("Vraag wie de domeinnaam beheert om de oude sleutel weg te halen."),
        "There are %(count)s DKIM keys at %(name)s; there may be one.",
    ),
    Kind.DKIM_REVOKED: Words(
        Weight.BROKEN,
        _("De sleutel van onze handtekening is ingetrokken (DKIM)"),
        _("Bij %(name)s staat een lege sleutel. Mail met die handtekening is voor anderen vals."),
        _(
            "Vraag wie de mailserver beheert om met de nieuwe sleutel te tekenen. Zet die naam in MEEDOEN_DKIM_SELECTORS."
        ),
        "The DKIM key at %(name)s is revoked.",
    ),
    Kind.DKIM_SYNTAX: Words(
        Weight.BROKEN,
        _("In de sleutel van onze handtekening staat een fout (DKIM)"),
        _("Het gaat om ‘%(part)s’ bij %(name)s. Anderen kunnen de sleutel niet lezen."),
        _("Vraag wie de mailserver beheert om de sleutel opnieuw te geven. Zet hem er in zijn geheel in."),
        "The DKIM key at %(name)s cannot be read: %(part)s",
    ),
    Kind.DKIM_SHORT: Words(
        Weight.BROKEN,
        _("De sleutel van onze handtekening is te kort (DKIM)"),
        _("De sleutel bij %(name)s heeft %(bits)s bits. Anderen kijken niet naar een sleutel onder 1024."),
        _("Vraag wie de mailserver beheert om een sleutel van 2048 bits."),
        "The DKIM key at %(name)s has %(bits)s bits and is ignored; use 2048.",
    ),
    Kind.DKIM_WEAK: Words(
        Weight.ADVICE,
        _("De sleutel van onze handtekening kan sterker (DKIM)"),
        _("De sleutel bij %(name)s heeft %(bits)s bits. Dat werkt nog. Beter is 2048."),
        _("Vraag wie de mailserver beheert om een sleutel van 2048 bits."),
        "The DKIM key at %(name)s has %(bits)s bits; 2048 are wanted.",
    ),
    Kind.DKIM_TESTING: Words(
        Weight.ADVICE,
        _("De sleutel van onze handtekening staat op proef (DKIM)"),
        _("Bij %(name)s staat ‘t=y’. Sommige mailservers tellen de handtekening dan niet mee."),
        _("Vraag wie de domeinnaam beheert om ‘t=y’ weg te halen."),
        "The DKIM key at %(name)s is marked as a test (t=y).",
    ),
}
