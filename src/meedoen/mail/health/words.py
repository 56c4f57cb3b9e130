"""Each thing that can be found, in words: for the team in plain Dutch, for the administrator in a line of English."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .rules.finding import Finding, Kind, Weight


@dataclass(frozen=True)
class Words:
    """What is so, what it means for people, what to do about it. All take what a finding is about."""

    weight: Weight
    heading: Promise
    means: Promise
    do: Promise
    english: str


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


WELL = {
    "spf": _("In je domeinnaam staat dat wij mail mogen sturen (SPF)."),
    "dkim": _("De sleutel van onze handtekening is goed (DKIM)."),
    "dmarc": _("Anderen weten wat ze met valse mail moeten doen (DMARC)."),
    "mx": _("Mail aan ons kan binnenkomen (MX)."),
    "tls": _("Onze mail gaat op slot naar de mailserver (TLS)."),
    "bounces": _("Er komt weinig mail terug."),
    "queue": _("Geen mail blijft liggen."),
}

_KEEPER = _("Vraag het aan wie de domeinnaam beheert. Geef deze regel mee.")

SAID: dict[Kind, Words] = {
    # What the domain says about who may send ------------------------------------------------------------------
    Kind.SPF_MISSING: Words(
        Weight.BROKEN,
        _("In de domeinnaam %(domain)s staat niet wie mail mag sturen (SPF)"),
        _("Mail aan gemeenten kan in de map ongewenst komen, of niet aankomen."),
        _KEEPER,
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
        _("Het gaat om ‘%(part)s’ bij %(domain)s. Door die fout telt de hele regel niet. Onze mail kan ongewenst lijken."),
        _("Vraag wie de domeinnaam beheert om de fout eruit te halen. Zo is de regel zonder dat stuk."),
        "The SPF record of %(domain)s has a mistake: %(part)s",
    ),
    Kind.SPF_LOOKUPS: Words(
        Weight.BROKEN,
        _("De regel over wie mail mag sturen (SPF) is te lang"),
        _("De regel van %(domain)s verwijst %(count)s keer door. Meer dan %(most)s mag niet. Dan telt de hele regel niet."),
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
        _("Wij sturen vanaf %(address)s. De domeinnaam %(domain)s kent dat adres niet. Mail kan in de map ongewenst komen, of niet aankomen."),
        _KEEPER,
        "The SPF record of %(domain)s does not let %(address)s send.",
    ),
    Kind.SPF_MAYBE_NOT_US: Words(
        Weight.UNSURE,
        _("Misschien staat onze mailserver niet in de lijst van wie mail mag sturen (SPF)"),
        _("Wij geven mail af bij %(address)s. Dat adres staat niet in de regel van %(domain)s. Vaak stuurt zo'n server door vanaf een ander adres, dat er wel in staat."),
        _("Vraag wie de mailserver beheert vanaf welk adres de mail vertrekt. Zet dat in MEEDOEN_MAIL_OUT_IPS. Dan kijken we daarnaar. Gaat de mail toch vanaf dit adres, dan is dit de regel."),
        "The SPF record of %(domain)s does not name the smart host (%(address)s). If mail leaves from elsewhere, set MEEDOEN_MAIL_OUT_IPS.",
    ),
    Kind.SPF_ALL: Words(
        Weight.RISK,
        _("Iedereen mag mail sturen uit naam van %(domain)s (SPF)"),
        _("De regel eindigt op ‘+all’. Een ander kan zich voordoen als wij. Mailservers vertrouwen onze mail daardoor minder."),
        _KEEPER,
        "The SPF record of %(domain)s lets everybody send (+all).",
    ),
    Kind.SPF_OPEN_END: Words(
        Weight.ADVICE,
        _("De regel over wie mail mag sturen (SPF) heeft geen einde"),
        _("De regel van %(domain)s zegt niet wat er geldt voor anderen. Een ander kan zich voordoen als wij."),
        _KEEPER,
        "The SPF record of %(domain)s says nothing of all others (no ~all or -all).",
    ),
    Kind.SPF_UNSURE: Words(
        Weight.UNSURE,
        _("We kunnen niet zien of wij mail mogen sturen (SPF)"),
        _("De regel van %(domain)s hangt af van elke mail apart."),
        _("Vraag wie de domeinnaam beheert of onze mailserver erin staat."),
        "The SPF record of %(domain)s uses macros, exists or ptr: whether it lets us send cannot be seen.",
    ),
    # The signature --------------------------------------------------------------------------------------------
    Kind.DKIM_UNKNOWN: Words(
        Weight.UNSURE,
        _("We weten niet welke sleutel bij onze handtekening hoort (DKIM)"),
        _("Elke mail hoort een handtekening te hebben. Daaraan zien anderen dat de mail echt van ons is. Wij kunnen nu niet kijken of dat klopt."),
        _("Vraag wie de mailserver beheert naar de naam van de sleutel (de selector). Zet die in MEEDOEN_DKIM_SELECTORS."),
        "MEEDOEN_DKIM_SELECTORS is not set, so the DKIM key of %(domain)s cannot be looked at.",
    ),
    Kind.DKIM_MISSING: Words(
        Weight.BROKEN,
        _("De sleutel van onze handtekening staat er niet (DKIM)"),
        _("Bij %(name)s staat niets. Anderen kunnen niet zien dat onze mail echt is. De mail kan in de map ongewenst komen."),
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
        _("Vraag wie de mailserver beheert om met de nieuwe sleutel te tekenen. Zet die naam in MEEDOEN_DKIM_SELECTORS."),
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
    # What others are asked ------------------------------------------------------------------------------------
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
        _("Klopt alles hierboven en in de overzichten een maand lang? Geef dan deze regel aan wie de domeinnaam beheert."),
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
        _("Andere mailservers kunnen elke dag laten weten wat er uit naam van %(domain)s kwam. Zonder adres doen ze dat niet."),
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
        _("Wij mailen als %(domain)s. De handtekening is van %(other)s. Wordt onze mail doorgestuurd, dan lijkt hij vals."),
        _("Vraag wie de mailserver beheert om te tekenen met %(domain)s."),
        "Mail from %(domain)s is signed by %(other)s, which DMARC does not count.",
    ),
    # Where mail comes in --------------------------------------------------------------------------------------
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
        _("Mail die niet aankomt, gaat terug naar %(address)s. Dat adres lezen wij niet. Mensen met een fout adres krijgen dan nooit bericht."),
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
    # Our own server -------------------------------------------------------------------------------------------
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
        _("Het adres %(address)s heet %(name)s. Die naam heeft een ander adres. Veel mailservers weigeren daarom mail."),
        _("Vraag wie %(name)s beheert om deze regel."),
        "%(address)s is called %(name)s, which has another address.",
    ),
    Kind.HELO_UNKNOWN: Words(
        Weight.ADVICE,
        _("Onze mailserver noemt een naam die er niet is (HELO)"),
        _("De server %(name)s noemt zich ‘%(said)s’. Die naam heeft geen adres. Mailservers kunnen dat verdacht vinden."),
        _("Vraag wie de mailserver beheert om de echte naam te gebruiken."),
        "%(name)s calls itself %(said)s, which has no address.",
    ),
    Kind.SERVER_AWAY: Words(
        Weight.BROKEN,
        _("Onze mailserver geeft geen antwoord"),
        _("Wij kunnen nu niets sturen via %(name)s: ‘%(problem)s’. Mail blijft liggen tot het weer kan. Er raakt niets kwijt."),
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
        _("De server %(name)s kan niet laten zien dat hij echt is: ‘%(problem)s’. Wij sturen dan niets. Mail blijft liggen."),
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
        _("Het adres %(address)s staat op %(list)s. Mailservers die daarnaar kijken, weigeren onze mail. De lijst zegt: ‘%(said)s’."),
        _("Vraag wie de mailserver beheert waardoor dat komt. Los dat op. Vraag daarna de lijst om het adres weg te halen."),
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
    # Our own counts -------------------------------------------------------------------------------------------
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
        _("Van %(total)s mails in %(days)s dagen kwamen er %(count)s niet aan. Grote mailservers zien ons dan als ongewenst."),
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
        _("Vraag wie de site beheert om te kijken met ‘meedoen manage mail_aside’."),
        "%(count)s mails that came in were put aside. See 'meedoen manage mail_aside'.",
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
}  # fmt: skip
