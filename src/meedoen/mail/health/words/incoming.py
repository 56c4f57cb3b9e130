"""Whether mail to us comes in."""

from django.utils.translation import gettext_lazy as _

from meedoen.mail.health.rules.finding import Kind, Weight

from .saying import Words

SAID = {
    Kind.MX_MISSING: Words(
        Weight.BROKEN,
        _("Mail aan %(domain)s kan nergens heen (MX)"),
        _("Wie ons antwoordt of een vraag mailt, krijgt die mail terug."),
        _("Vraag het aan wie de domeinnaam beheert. Zet de naam van de mailserver op de puntjes."),
        "%(domain)s has no MX record and no address: no mail comes in.",
    ),
    Kind.MX_NULL: Words(
        Weight.BROKEN,
        _("De domeinnaam %(domain)s zegt dat er geen mail mag komen (MX)"),
        _("Wie ons antwoordt of een vraag mailt, krijgt die mail terug."),
        _("Vraag wie de domeinnaam beheert om onze mailserver erin te zetten."),
        "%(domain)s says that it takes no mail (null MX).",
    ),
    Kind.MX_DEAD_NAME: Words(
        Weight.RISK,
        _("Mail aan %(domain)s gaat naar een server die er niet is (MX)"),
        _("De naam %(name)s heeft geen adres. Mail kan vertragen, of komt terug."),
        _("Vraag wie de domeinnaam beheert om die naam weg te halen of te verbeteren."),
        "The MX of %(domain)s names %(name)s, which has no address.",
    ),
    Kind.MX_NO_ANSWER: Words(
        Weight.UNSURE,
        _("De mailserver van %(domain)s gaf ons geen antwoord"),
        _("Het gaat om %(name)s. Misschien mogen wij vanaf hier niet aankloppen. Misschien ligt de server stil."),
        _("Stuur zelf een mail aan vraag@%(domain)s. Krijg je binnen een kwartier antwoord? Dan is het goed."),
        "%(name)s, where mail to %(domain)s goes, gave no answer on port 25 from here.",
    ),
    Kind.MX_REFUSES: Words(
        Weight.BROKEN,
        _("De mailserver neemt geen mail aan voor %(domain)s"),
        _("De server %(name)s zegt: ‘%(said)s’. Wie ons mailt, krijgt die mail terug."),
        _("Vraag wie de mailserver beheert om alle adressen van %(domain)s aan te nemen."),
        "%(name)s takes no mail for %(domain)s: %(said)s",
    ),
    Kind.REPORTS_ELSEWHERE: Words(
        Weight.RISK,
        _("We zien niet welke mail terugkomt"),
        _(
            "Mail die niet aankomt, gaat terug naar %(address)s. Dat adres lezen wij niet. Mensen met een fout adres krijgen dan nooit bericht."
        ),
        _("Kies een afzender op de domeinnaam waar onze mail binnenkomt. Of laat dat adres doorsturen."),
        "Reports on mail that came back go to %(address)s, which is not where mail comes in.",
    ),
    Kind.DOOR_CLOSED: Words(
        Weight.BROKEN,
        _("Mail kan bij ons niet naar binnen"),
        _("Op %(name)s luistert niemand. De mailserver bewaart de mail een paar dagen. Daarna komt die terug."),
        _("Vraag wie de site beheert om ‘meedoen mail-in’ te starten."),
        "Nobody listens at %(name)s (LMTP). Start 'meedoen mail-in'.",
    ),
    Kind.MAILBOX_SILENT: Words(
        Weight.BROKEN,
        _("Niemand haalt de mail op"),
        _("We keken al meer dan tien minuten niet in de postbus. Wie ons mailt, krijgt geen antwoord."),
        _("Vraag wie de site beheert om ‘meedoen mail-in’ te starten."),
        "The mailbox was not looked into for ten minutes. Start 'meedoen mail-in'.",
    ),
    Kind.MAILBOX_PROBLEM: Words(
        Weight.BROKEN,
        _("We kunnen niet bij de mail"),
        _("De postbus zegt: ‘%(problem)s’. Wie ons mailt, krijgt geen antwoord."),
        _("Vraag wie de site beheert om naam, wachtwoord en server van de postbus na te kijken."),
        "The mailbox cannot be read: %(problem)s. Look at the MEEDOEN_IMAP_ settings.",
    ),
}
