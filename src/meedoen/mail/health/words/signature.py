"""What a mail showed that we sent to ourselves."""

from django.utils.translation import gettext_lazy as _

from meedoen.mail.health.rules.finding import Kind, Weight

from .saying import Words

_ASK = _("Vraag het aan wie de mailserver beheert. Stuur daarna nog een proefmail.")
SAID = {
    Kind.TRIAL_LOST: Words(
        Weight.BROKEN,
        _("Onze proefmail aan onszelf kwam niet binnen"),
        _("We stuurden hem meer dan een kwartier geleden. Mail van ons komt niet weg, of mail aan ons komt niet binnen."),
        _("Kijk of hierboven staat waarom. Vraag het anders aan wie de mailserver beheert."),
        "The mail that we sent to ourselves did not come in within 15 minutes.",
    ),
    Kind.SIGNED_NOT: Words(
        Weight.BROKEN,
        _("Onze mail heeft geen handtekening (DKIM)"),
        _("We stuurden onszelf een mail. Er stond geen handtekening onder. Anderen zien dan niet dat de mail echt van %(domain)s is. De mail kan in de map ongewenst komen."),
        _ASK,
        "The mail that we sent to ourselves bears no DKIM signature.",
    ),
    Kind.SIGNED_OTHER: Words(
        Weight.RISK,
        _("De handtekening onder onze mail is van een ander (DKIM)"),
        _("Onze mail komt van %(domain)s. De handtekening is van %(other)s. Voor anderen telt die niet voor ons."),
        _("Vraag wie de mailserver beheert om met onze eigen domeinnaam te tekenen."),
        "The mail is signed by %(other)s, and comes from %(domain)s.",
    ),
    Kind.SIGNED_CHANGED: Words(
        Weight.BROKEN,
        _("Onze mail is onderweg veranderd (DKIM)"),
        _("De handtekening van %(domain)s past niet bij wat er in de mail staat. Een server zette er iets onder of haalde er iets af."),
        _("Vraag wie de mailserver beheert om pas te tekenen als er niets meer verandert."),
        "The body of our mail does not fit its signature (%(domain)s): something changes it after it is signed.",
    ),
    Kind.SIGNED_NO_KEY: Words(
        Weight.BROKEN,
        _("Bij de handtekening onder onze mail is geen sleutel (DKIM)"),
        _("De mail is getekend voor %(domain)s, maar daar staat de sleutel niet die erbij hoort. Anderen kunnen niet kijken of de mail echt is."),
        _("Vraag wie de mailserver beheert om de sleutel, en wie de domeinnaam beheert om hem erin te zetten."),
        "Our mail is signed for %(domain)s with a key that is not in the DNS.",
    ),
    Kind.SIGNED_FALSE: Words(
        Weight.BROKEN,
        _("De handtekening onder onze mail klopt niet (DKIM)"),
        _("De sleutel van %(domain)s past niet bij de handtekening. Voor anderen is onze mail vals."),
        _("Vraag wie de mailserver beheert of er met de goede sleutel getekend wordt."),
        "The signature of our mail does not fit the key of %(domain)s.",
    ),
    Kind.SIGNED_BAD: Words(
        Weight.BROKEN,
        _("In de handtekening onder onze mail staat een fout (DKIM)"),
        _("Anderen kunnen de handtekening van %(domain)s niet lezen, of hij is te oud."),
        _ASK,
        "The signature of our mail (%(domain)s) cannot be used: %(why)s",
    ),
    Kind.SEEN_NOT: Words(
        Weight.RISK,
        _("Niemand kijkt of mail aan ons echt is"),
        _("Onze mailserver hoort bij elke mail te schrijven of de afzender klopt. Bij onze proefmail stond dat niet. Daarom vragen we nu bij elke mail een code."),
        _("Vraag wie de site beheert welke naam de mailserver gebruikt, en zet die in MEEDOEN_MAIL_IN_TRUSTED."),
        "No Authentication-Results of MEEDOEN_MAIL_IN_TRUSTED (%(names)s) stands above mail that comes in.",
    ),
    Kind.SEEN_DKIM: Words(
        Weight.BROKEN,
        _("Onze eigen mailserver vindt onze handtekening niet goed"),
        _("Hij schreef boven onze proefmail: dkim=%(result)s. Andere servers zien vaak hetzelfde."),
        _ASK,
        "Our own receiving server says dkim=%(result)s of our mail.",
    ),
    Kind.SEEN_SPF: Words(
        Weight.RISK,
        _("Onze eigen mailserver vindt dat onze mail van een verkeerde server komt"),
        _("Hij schreef boven onze proefmail: spf=%(result)s. Blijft de mail binnen één huis? Dan kan dat, en hoef je niets te doen."),
        _ASK,
        "Our own receiving server says spf=%(result)s of our mail.",
    ),
    Kind.SEEN_DMARC: Words(
        Weight.BROKEN,
        _("Voor onze eigen mailserver is onze mail vals"),
        _("Hij schreef boven onze proefmail: dmarc=%(result)s. Andere servers kunnen onze mail weigeren."),
        _ASK,
        "Our own receiving server says dmarc=%(result)s of our mail.",
    ),
}  # fmt: skip
