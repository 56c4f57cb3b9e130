"""What the domain says about who may send."""

from django.utils.translation import gettext_lazy as _

from meedoen.mail.health.rules.finding import Kind, Weight

from .saying import KEEPER, Words

SAID = {
    Kind.SPF_MISSING: Words(
        Weight.BROKEN,
        _("In de domeinnaam %(domain)s staat niet wie mail mag sturen (SPF)"),
        _("Mail aan gemeenten kan in de map ongewenst komen, of niet aankomen."),
        KEEPER,
        "%(domain)s has no SPF record.",
    ),
    Kind.SPF_SEVERAL: Words(
        Weight.BROKEN,
        _("In de domeinnaam %(domain)s staat %(count)s keer wie mail mag sturen (SPF)"),
        _("Het mag er maar één keer staan. Andere mailservers kijken nu naar geen enkele regel."),
        _("Vraag wie de domeinnaam beheert om er één regel van te maken. Dit zijn ze samen."),
        "%(domain)s has %(count)s SPF records; there may be one.",
    ),
    Kind.SPF_SYNTAX: Words(
        Weight.BROKEN,
        _("In de regel over wie mail mag sturen (SPF) staat een fout"),
        _(
            "Het gaat om ‘%(part)s’ bij %(domain)s. Door die fout telt de hele regel niet. Onze mail kan ongewenst lijken."
        ),
        _("Vraag wie de domeinnaam beheert om de fout eruit te halen. Zo is de regel zonder dat stuk."),
        "The SPF record of %(domain)s has a mistake: %(part)s",
    ),
    Kind.SPF_LOOKUPS: Words(
        Weight.BROKEN,
        _("De regel over wie mail mag sturen (SPF) is te lang"),
        _(
            "De regel van %(domain)s verwijst %(count)s keer door. Meer dan %(most)s mag niet. Dan telt de hele regel niet."
        ),
        _("Vraag wie de domeinnaam beheert welke verwijzingen weg kunnen."),
        "The SPF record of %(domain)s asks %(count)s lookups; %(most)s are allowed.",
    ),
    Kind.SPF_VOID: Words(
        Weight.RISK,
        _("De regel over wie mail mag sturen (SPF) wijst naar namen die er niet zijn"),
        _("Bij %(domain)s zijn het er %(count)s. Sommige mailservers lezen de regel dan niet."),
        _("Vraag wie de domeinnaam beheert om de oude namen weg te halen."),
        "The SPF record of %(domain)s has %(count)s lookups that lead to nothing; two are allowed.",
    ),
    Kind.SPF_INCLUDE: Words(
        Weight.BROKEN,
        _("De regel over wie mail mag sturen (SPF) wijst naar een regel die niet werkt"),
        _("Bij %(name)s staat geen goede regel. Daardoor telt ook de regel van %(domain)s niet."),
        _("Vraag wie de domeinnaam beheert of %(name)s nog nodig is. Haal die anders weg."),
        "The SPF record of %(domain)s leads to %(name)s, which has no good record.",
    ),
    Kind.SPF_NOT_US: Words(
        Weight.BROKEN,
        _("Onze mailserver staat niet in de lijst van wie mail mag sturen (SPF)"),
        _(
            "Wij sturen vanaf %(address)s. De domeinnaam %(domain)s kent dat adres niet. Mail kan in de map ongewenst komen, of niet aankomen."
        ),
        KEEPER,
        "The SPF record of %(domain)s does not let %(address)s send.",
    ),
    Kind.SPF_MAYBE_NOT_US: Words(
        Weight.UNSURE,
        _("Misschien staat onze mailserver niet in de lijst van wie mail mag sturen (SPF)"),
        _(
            "Wij geven mail af bij %(address)s. Dat adres staat niet in de regel van %(domain)s. Vaak stuurt zo'n server door vanaf een ander adres, dat er wel in staat."
        ),
        _(
            "Vraag wie de mailserver beheert vanaf welk adres de mail vertrekt. Zet dat in MEEDOEN_MAIL_OUT_IPS. Dan kijken we daarnaar. Gaat de mail toch vanaf dit adres, dan is dit de regel."
        ),
        "The SPF record of %(domain)s does not name the smart host (%(address)s). If mail leaves from elsewhere, set MEEDOEN_MAIL_OUT_IPS.",
    ),
    Kind.SPF_ALL: Words(
        Weight.RISK,
        _("Iedereen mag mail sturen uit naam van %(domain)s (SPF)"),
        _(
            "De regel eindigt op ‘+all’. Een ander kan zich voordoen als wij. Mailservers vertrouwen onze mail daardoor minder."
        ),
        KEEPER,
        "The SPF record of %(domain)s lets everybody send (+all).",
    ),
    Kind.SPF_OPEN_END: Words(
        Weight.ADVICE,
        _("De regel over wie mail mag sturen (SPF) heeft geen einde"),
        _("De regel van %(domain)s zegt niet wat er geldt voor anderen. Een ander kan zich voordoen als wij."),
        KEEPER,
        "The SPF record of %(domain)s says nothing of all others (no ~all or -all).",
    ),
    Kind.SPF_UNSURE: Words(
        Weight.UNSURE,
        _("We kunnen niet zien of wij mail mogen sturen (SPF)"),
        _("De regel van %(domain)s hangt af van elke mail apart."),
        _("Vraag wie de domeinnaam beheert of onze mailserver erin staat."),
        "The SPF record of %(domain)s uses macros, exists or ptr: whether it lets us send cannot be seen.",
    ),
}
