"""What others are asked to do with mail that is false."""

from django.utils.translation import gettext_lazy as _

from meedoen.mail.health.rules.finding import Kind, Weight

from .saying import Words

SAID = {
    Kind.DMARC_MISSING: Words(
        Weight.RISK,
        _("Anderen weten niet wat ze met valse mail moeten doen (DMARC)"),
        _("Bij %(domain)s staat daar niets over. Grote mailservers weigeren zulke mail steeds vaker."),
        _("Vraag het aan wie de domeinnaam beheert. Begin met deze regel. Kies zelf het adres voor de overzichten."),
        "%(domain)s has no DMARC record.",
    ),
    Kind.DMARC_SEVERAL: Words(
        Weight.RISK,
        _("Er staat %(count)s keer wat anderen met valse mail moeten doen (DMARC)"),
        _("Bij %(domain)s mag één regel staan. Nu telt er geen."),
        _("Vraag wie de domeinnaam beheert om er één te laten staan, zoals deze."),
        "%(domain)s has %(count)s DMARC records; there may be one.",
    ),
    Kind.DMARC_SYNTAX: Words(
        Weight.RISK,
        _("In de regel over valse mail staat een fout (DMARC)"),
        _("Het gaat om ‘%(part)s’ bij %(domain)s. Door die fout telt de regel niet."),
        _("Vraag het aan wie de domeinnaam beheert. Dit is een goede regel. Kies zelf het adres voor de overzichten."),
        "The DMARC record of %(domain)s has a mistake: %(part)s",
    ),
    Kind.DMARC_NONE: Words(
        Weight.ADVICE,
        _("Valse mail uit naam van %(domain)s komt gewoon aan (DMARC)"),
        _("De regel vraagt anderen om niets te doen (p=none). Dat is goed voor het begin."),
        _(
            "Klopt alles hierboven en in de overzichten een maand lang? Geef dan deze regel aan wie de domeinnaam beheert."
        ),
        "The DMARC policy of %(domain)s is none: forged mail arrives.",
    ),
    Kind.DMARC_PART: Words(
        Weight.ADVICE,
        _("De regel over valse mail geldt voor een deel (DMARC)"),
        _("Bij %(domain)s geldt de regel voor %(share)s procent van de mail."),
        _("Gaat het goed? Geef dan deze regel aan wie de domeinnaam beheert."),
        "The DMARC policy of %(domain)s holds for %(share)s %% of mail.",
    ),
    Kind.DMARC_NO_REPORTS: Words(
        Weight.ADVICE,
        _("Niemand krijgt overzichten van valse mail (DMARC)"),
        _(
            "Andere mailservers kunnen elke dag laten weten wat er uit naam van %(domain)s kwam. Zonder adres doen ze dat niet."
        ),
        _("Kies een adres dat iemand leest, en vraag het aan wie de domeinnaam beheert."),
        "The DMARC record of %(domain)s names no address for reports (rua).",
    ),
    Kind.DMARC_REPORTS_REFUSED: Words(
        Weight.ADVICE,
        _("De overzichten van valse mail komen niet aan (DMARC)"),
        _("Ze gaan naar %(other)s. Die domeinnaam zegt niet dat dat mag. Andere mailservers sturen ze dan niet."),
        _("Vraag wie %(other)s beheert om deze regel."),
        "DMARC reports of %(domain)s go to %(other)s, which does not say that it takes them.",
    ),
    Kind.DMARC_NOT_ALIGNED: Words(
        Weight.RISK,
        _("Onze handtekening is van een andere domeinnaam (DMARC)"),
        _(
            "Wij mailen als %(domain)s. De handtekening is van %(other)s. Wordt onze mail doorgestuurd, dan lijkt hij vals."
        ),
        _("Vraag wie de mailserver beheert om te tekenen met %(domain)s."),
        "Mail from %(domain)s is signed by %(other)s, which DMARC does not count.",
    ),
}
