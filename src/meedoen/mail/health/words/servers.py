"""Our own server: its names, its lock, the lists on which it stands."""

from django.utils.translation import gettext_lazy as _

from meedoen.mail.health.rules.finding import Kind, Weight

from .saying import Words

SAID = {
    Kind.FILES_ONLY: Words(
        Weight.UNSURE,
        _("Deze site stuurt geen echte mail"),
        _("Alle mail wordt een bestand. Zo hoort het op een proefsite."),
        _("Is dit de echte site? Vraag wie de site beheert om een mailserver in te stellen."),
        "MEEDOEN_SMTP_HOST is not set: mail goes to files.",
    ),
    Kind.SENDER_UNKNOWN: Words(
        Weight.UNSURE,
        _("We weten niet vanaf welk adres onze mail vertrekt"),
        _("Daardoor zien we niet of anderen onze mailserver vertrouwen."),
        _("Vraag wie de mailserver beheert om het adres. Zet het in MEEDOEN_MAIL_OUT_IPS."),
        "The address that mail leaves from is not known. Set MEEDOEN_MAIL_OUT_IPS.",
    ),
    Kind.PTR_MISSING: Words(
        Weight.RISK,
        _("Onze mailserver heeft geen naam (PTR)"),
        _("Bij het adres %(address)s hoort geen naam. Veel mailservers weigeren daarom mail."),
        _("Vraag het aan wie de server verhuurt. Zet de naam van de mailserver op de puntjes."),
        "%(address)s has no name (PTR).",
    ),
    Kind.PTR_MISMATCH: Words(
        Weight.RISK,
        _("De naam van onze mailserver klopt niet (PTR)"),
        _(
            "Het adres %(address)s heet %(name)s. Die naam heeft een ander adres. Veel mailservers weigeren daarom mail."
        ),
        _("Vraag wie %(name)s beheert om deze regel."),
        "%(address)s is called %(name)s, which has another address.",
    ),
    Kind.HELO_UNKNOWN: Words(
        Weight.ADVICE,
        _("Onze mailserver noemt een naam die er niet is (HELO)"),
        _(
            "De server %(name)s noemt zich ‘%(said)s’. Die naam heeft geen adres. Mailservers kunnen dat verdacht vinden."
        ),
        _("Vraag wie de mailserver beheert om de echte naam te gebruiken."),
        "%(name)s calls itself %(said)s, which has no address.",
    ),
    Kind.SERVER_AWAY: Words(
        Weight.BROKEN,
        _("Onze mailserver geeft geen antwoord"),
        _(
            "Wij kunnen nu niets sturen via %(name)s: ‘%(problem)s’. Mail blijft liggen tot het weer kan. Er raakt niets kwijt."
        ),
        _("Vraag wie de mailserver beheert om te kijken."),
        "%(name)s does not answer: %(problem)s",
    ),
    Kind.TLS_NOT_OFFERED: Words(
        Weight.BROKEN,
        _("De mailserver biedt geen slot aan (TLS)"),
        _("Wij sturen mail alleen op slot. De server %(name)s kan dat niet. Mail blijft liggen."),
        _("Vraag wie de mailserver beheert om STARTTLS aan te zetten."),
        "%(name)s offers no STARTTLS, which MEEDOEN_SMTP_SECURITY asks.",
    ),
    Kind.TLS_NOT_USED: Words(
        Weight.RISK,
        _("Onze mail gaat zonder slot naar de mailserver (TLS)"),
        _("Onderweg naar %(name)s kunnen anderen meelezen, ook codes."),
        _("Vraag wie de site beheert om MEEDOEN_SMTP_SECURITY op ‘starttls’ te zetten."),
        "Mail travels readable to %(name)s: set MEEDOEN_SMTP_SECURITY to starttls or tls.",
    ),
    Kind.TLS_CERTIFICATE: Words(
        Weight.BROKEN,
        _("Het bewijs van de mailserver klopt niet (TLS)"),
        _(
            "De server %(name)s kan niet laten zien dat hij echt is: ‘%(problem)s’. Wij sturen dan niets. Mail blijft liggen."
        ),
        _("Vraag wie de mailserver beheert om een goed certificaat."),
        "The certificate of %(name)s is not good: %(problem)s",
    ),
    Kind.TLS_ENDS_SOON: Words(
        Weight.RISK,
        _("Het bewijs van de mailserver verloopt over %(days)s dagen (TLS)"),
        _("Daarna kunnen wij niets meer sturen via %(name)s."),
        _("Vraag wie de mailserver beheert om een nieuw certificaat."),
        "The certificate of %(name)s ends in %(days)s days.",
    ),
    Kind.LISTED: Words(
        Weight.BROKEN,
        _("Onze mailserver staat op een lijst van ongewenste afzenders"),
        _(
            "Het adres %(address)s staat op %(list)s. Mailservers die daarnaar kijken, weigeren onze mail. De lijst zegt: ‘%(said)s’."
        ),
        _(
            "Vraag wie de mailserver beheert waardoor dat komt. Los dat op. Vraag daarna de lijst om het adres weg te halen."
        ),
        "%(address)s is listed by %(list)s: %(said)s",
    ),
    Kind.LIST_REFUSES: Words(
        Weight.UNSURE,
        _("De lijst %(list)s geeft ons geen antwoord"),
        _("Veel lijsten antwoorden alleen als je met een eigen naamserver vraagt."),
        _("Vraag wie de server beheert om een eigen naamserver. Of haal de lijst uit MEEDOEN_BLOCKLISTS."),
        "%(list)s does not answer who asks through a public resolver.",
    ),
    Kind.DNS_AWAY: Words(
        Weight.UNSURE,
        _("We konden %(name)s niet opzoeken"),
        _("Er kwam geen antwoord op tijd. Daarom weten we niet of daar alles klopt."),
        _("Kijk straks nog eens. Blijft het zo? Vraag wie de server beheert om te kijken."),
        "No answer in time about %(name)s.",
    ),
}
