"""What our own counts tell, and when we last looked."""

from django.utils.translation import gettext_lazy as _

from meedoen.mail.health.rules.finding import Kind, Weight

from .saying import Words

SAID = {
    Kind.QUEUE_OLD: Words(
        Weight.BROKEN,
        _("Er blijft mail liggen"),
        _("Mails die wachten: %(count)s. De oudste wacht al %(minutes)s minuten. Mensen krijgen ook hun code niet."),
        _("Vraag wie de site beheert of de worker draait, en of de mailserver antwoordt."),
        "%(count)s mails wait to leave, the oldest for %(minutes)s minutes. Is the worker running?",
    ),
    Kind.BOUNCES_MANY: Words(
        Weight.BROKEN,
        _("Er komt veel mail terug: %(share)s procent"),
        _(
            "Van %(total)s mails in %(days)s dagen kwamen er %(count)s niet aan. Grote mailservers zien ons dan als ongewenst."
        ),
        _("Los eerst op wat hierboven staat. Staat daar niets? Vraag wie de site beheert om de redenen na te kijken."),
        "%(share)s %% of mail came back: %(count)s of %(total)s in %(days)s days.",
    ),
    Kind.BOUNCES_SOME: Words(
        Weight.RISK,
        _("Er komt meer mail terug dan gewoon: %(share)s procent"),
        _("Van %(total)s mails in %(days)s dagen kwamen er %(count)s niet aan."),
        _("Los eerst op wat hierboven staat. Kijk over een week weer."),
        "%(share)s %% of mail came back: %(count)s of %(total)s in %(days)s days.",
    ),
    Kind.DEAD_ADDRESSES: Words(
        Weight.ADVICE,
        _("Mail naar sommige adressen komt terug: %(count)s"),
        _("Naar die adressen gaat geen bericht meer. Wie inlogt, leest dat op zijn eigen pagina."),
        _("Je hoeft niets te doen. Belt iemand dat er geen mail komt? Vraag dan of het adres klopt."),
        "%(count)s addresses are paused because mail there came back.",
    ),
    Kind.ASIDE: Words(
        Weight.RISK,
        _("Mails die wij niet konden lezen: %(count)s"),
        _("Iemand mailde ons, en er gebeurde niets mee. Wie mailde, weet dat een mens ernaar kijkt."),
        _("Ga naar ‘Wat wacht er?’ en lees ze bij ‘Mail die bleef liggen’."),
        "%(count)s mails that came in were put aside. See /team/post/ on the site, or 'meedoen manage mail_aside'.",
    ),
    Kind.CLOCK: Words(
        Weight.RISK,
        _("Onze klok loopt %(minutes)s minuten anders dan die van de mailserver"),
        _("Codes kunnen te vroeg verlopen. Mail met een verkeerde tijd lijkt ongewenst."),
        _("Vraag wie de server beheert om de klok gelijk te laten lopen."),
        "Our clock differs %(minutes)s minutes from that of the mail server. Let both follow a time server.",
    ),
    Kind.NEVER_LOOKED: Words(
        Weight.UNSURE,
        _("We keken nog nooit naar de domeinnaam"),
        _("Dat gebeurt elke nacht vanzelf."),
        _("Wil je het nu weten? Kies ‘Kijk nu’."),
        "Nobody looked at the domain yet.",
    ),
    Kind.LOOK_LOST: Words(
        Weight.RISK,
        _("Het kijken naar de domeinnaam lukte niet"),
        _("We vroegen erom, en er kwam niets. Misschien draait de worker niet. Dan gaat er ook geen mail weg."),
        _("Vraag wie de site beheert of de worker draait. Kies daarna ‘Kijk nu’."),
        "A look that was asked for did not end. Is the worker running?",
    ),
    Kind.LOOK_OLD: Words(
        Weight.RISK,
        _("Het is lang geleden dat we keken"),
        _("Elke nacht kijken we vanzelf. Dat gebeurde niet. Misschien draait de worker niet."),
        _("Vraag wie de site beheert of de worker draait. Kies daarna ‘Kijk nu’."),
        "The last look is of more than a day ago. Is the worker running?",
    ),
}
