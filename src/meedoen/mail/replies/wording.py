"""The words that programs, gateways and councils put around what somebody wrote, in Dutch and English.

Each pattern is asked of one line, short and with single spaces, and stays linear in its length.
"""

import re

# What a mail of ours may say above itself; whoever answers writes above it.
ABOVE_THIS_LINE = "Schrijf je antwoord boven deze regel"

MAX_LINE_LOOKED_AT = 400  # characters; no formula is longer


def _any_of(*patterns: str) -> "re.Pattern[str]":
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# Who wrote what is quoted below ------------------------------------------------------------------------------

_WHEN = r"(?:\d{4}|\d{1,2}[:.]\d{2}|\d{1,2}[-/.]\d{1,2})"
MOMENT = re.compile(r"\d{1,2}[:.]\d{2}\b")
# The whole of it in one line; it may have been wrapped, and is joined before it is asked.
ATTRIBUTION = _any_of(
    rf"^op\b.{{0,120}}{_WHEN}.{{0,200}}\b(?:schreef|geschreven|schrijft|schreven)\b.{{0,120}}[:：]$",
    rf"^on\b.{{0,120}}{_WHEN}.{{0,200}}\b(?:wrote|writes|said)\b.{{0,40}}[:：]$",
    rf"^(?:am|le)\b.{{0,120}}{_WHEN}.{{0,200}}\b(?:schrieb|a écrit)\b.{{0,120}}[:：]$",
    rf"^(?:ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b.{{0,80}}{_WHEN}.{{0,200}}\b(?:schreef|geschreven)\b.{{0,60}}:$",
    rf"^.{{0,150}}\b(?:schreef|wrote)\b(?: (?:op|on|at|in)\b.{{0,120}})?{_WHEN}.{{0,60}}:$",
    rf"^{_WHEN}.{{0,30}}{_WHEN}.{{0,120}}<[^<>\s]+@[^<>\s]+>:?$",
    r"^.{0,120}[<(\[][^<>\s]+@[^<>\s]+[>)\]]\s*(?:schreef|wrote|schrijft|writes)\b.{0,80}:$",
    rf"^(?:van|from|quoting|citaat van|bericht van)\b.{{0,150}}\b(?:op|on|van)\b.{{0,60}}{_WHEN}.{{0,40}}:$",
    r"^(?:quoting|citeren) .{1,150}:$",
    r"^\S.{0,60}\b(?:schreef|wrote):$",
)
# Right above a quote, anything that names a moment or an address and ends so tells who wrote it.
ABOVE_QUOTE = _any_of(rf"{_WHEN}.{{0,200}}:$", r"[^<>\s]+@[^<>\s]+>?.{0,60}:$")
BEGINS_ATTRIBUTION = _any_of(
    r"^(?:op|on|am|le)\b.{0,80}\d",
    r"^(?:ma|di|wo|do|vr|za|zo)[a-z]{0,6}\.? \d",
    r"^\d{4}-\d\d-\d\d",
)

# Lines above what was answered or passed on ------------------------------------------------------------------

SEPARATOR = _any_of(
    r"^-{2,} ?(?:oorspronkelijk|origineel|original|ursprüngliche)\w* ?(?:bericht|message|e-?mail|nachricht|mail|appointment|afspraak).{0,20}-{2,}$",
    r"^[-_]{2,} ?(?:antwoord|reply) (?:boven|above).{0,40}$",
    r"^-{3,} ?.{1,120}(?:schreef|wrote):? ?-{2,}:?$",
    r"^-{2,} ?(?:bericht|message) (?:van|from) .{1,100}-{2,}$",
    rf"^[#\-–—* ]*{ABOVE_THIS_LINE}[#\-–—* ]*$",
)
FORWARDED = _any_of(
    r"^[->* ]*(?:doorgestuurd|doorgezonden|begin doorgestuurd|begin van doorgestuurd|forwarded|begin forwarded|start of forwarded)[\w -]{0,20}(?:bericht|message|e-?mail)\b.{0,20}$",
    r"^-{3,} ?(?:forwarded|doorgestuurd).{0,80}-{3,}$",
)
FIELD = re.compile(
    r"^\*{0,2}(?P<name>van|from|afzender|verzonden|verstuurd|sent|datum|date|aan|to|cc|kopie|onderwerp|subject|betreft|"
    r"beantwoorden|reply-to|antwoord aan|urgentie|prioriteit|belang|importance|bijlagen?|attachments?)\s*:\*{0,2}(?=\s|$)",
    re.IGNORECASE,
)
RULE = re.compile(r"^(?:[_\-=*~#–—]\s?){5,}$")
LAST_RULE = re.compile(r"^(?:[_\-=*~#–—]\s?){2,}$")  # with nothing below it, a short one is a rule too
GROUPWISE = re.compile(r"^>>> .{1,200} (?:>>>|schreef:|wrote:)$|^>>> .{0,120}<[^<>\s]+@[^<>\s]+>.{0,80}$")
LOTUS = re.compile(r"^(?:from|to|cc|date|subject|van|aan|datum|onderwerp)$", re.IGNORECASE)

# Around a person's words -------------------------------------------------------------------------------------

BANNER = _any_of(
    r"^\W{0,4}\[?(?:let op|waarschuwing|pas op|attentie|caution|warning|external|extern)\b\W.{0,200}\b(?:buiten|extern|externe|outside|external|origina|onbekende afzender|links?|bijlagen?)\b",
    r"^\W{0,4}(?:deze|dit) (?:e-?mail|mail|bericht)(?:bericht)? (?:is|komt|kwam|werd).{0,60}\b(?:van buiten|buiten de|externe?|outside)\b",
    r"^\W{0,4}this (?:e-?mail|message) (?:originated|comes|came|was sent).{0,40}\boutside\b",
    r"^(?:u ontvangt|je ontvangt|you don't often get|some people who received this|sommige personen die dit).{0,200}(?:e-?mail|bericht|message).{0,200}$",
    r"^klik niet op (?:links|koppelingen)\b.{0,160}",
    r"^do not click (?:on )?links\b.{0,160}",
    r"^\[?(?:extern(?:e mail|e e-mail|al)?|external(?: e-?mail| sender)?)\]?$",
)
DEVICE = _any_of(
    r"^\W{0,3}(?:verstuurd|verzonden|gestuurd|verzonden\W+via)\b\s?(?:vanaf|vanuit|van|met|via|door)\b.{1,90}$",
    r"^\W{0,3}(?:vanaf|vanuit|van) (?:mijn|m'n|de) .{1,60} (?:verstuurd|verzonden|gestuurd)\.?$",
    r"^\W{0,3}sent (?:from|via|with|using)\b.{1,90}$",
    r"^\W{0,3}(?:get|download|haal) outlook (?:for|voor) .{1,60}$",
    r"^\W{0,3}outlook (?:voor|for) .{1,40}(?:downloaden|ophalen|downloaden\W.{0,80})$",
    r"^\W{0,3}(?:outlook voor|outlook for) (?:ios|android|mac)\b.{0,90}$",
    r"^\W{0,3}verstuurd? .{0,30}\b(?:iphone|ipad|samsung|galaxy|huawei|android|telefoon|mobiel)\b.{0,60}$",
    r"^\W{0,3}(?:dit bericht|deze e-?mail) is (?:veilig |beveiligd )?(?:verzonden|verstuurd|getypt|gemaakt) (?:vanaf|met|op|via) .{1,90}$",
    r"^\W{0,3}(?:excuses?|sorry) voor (?:de )?(?:type|typ|tik|spel)\w*fout.{0,60}$",
    r"^\W{0,3}(?:please )?excuse (?:my |any )?(?:brevity|typos).{0,60}$",
)
CLOSING = re.compile(
    r"^(?:(?:met|alvast|heel|hele|veel|een|nogmaals) ){0,2}(?:(?:vriendelijke|hartelijke|hartelijk|warme|beste|zonnige|sportieve|collegiale|fijne|"
    r"lieve|vele|veel|bijzonder|de|oprechte|toegankelijke|inclusieve)[, ]{1,2}(?:en )?){0,3}(?:groet|groeten|groetjes|groetje)\b"
    r"|^(?:mvg|m\.v\.g\.?|gr|grt|grtz|groetn|hgr|vr\.? ?gr\.?|hoogachtend|met (?:de meeste )?hoogachting|liefs|hartelijks|warme groet)\b"
    r"|^(?:(?:kind|best|warm|warmest|kindest|many)(?: and warm)? )?regards\b|^(?:yours (?:sincerely|faithfully)|sincerely|cheers|best wishes|all the best|best),?$",
    re.IGNORECASE,
)
THANKS_THEN_CLOSING = re.compile(r"^.{0,60}\b(?:bedankt|dank|thanks)\b.{0,40}$", re.IGNORECASE)
POSTSCRIPT = re.compile(r"^(?:p\.?\s?s\.?|n\.?\s?b\.?|ps\d?)\s?[:.,;)\-–]?\s+\S|^ps:|^(?:p\.s\.|n\.b\.)", re.IGNORECASE)
DISCLAIMER = _any_of(
    r"^\W{0,4}disclaimer\b",
    r"^\W{0,4}proclaimer\b",
    r"^\W{0,4}(?:de|deze|dit|the|this|any|alle) .{0,60}(?:e-?mail|bericht|message|informatie|inhoud|information|content)\w*\b.{0,160}"
    r"\b(?:uitsluitend|alleen (?:bedoeld|bestemd)|vertrouwelijke?|bestemd|bedoeld voor|geadresseerden?|confidential|intended|privileged|no rights|geen rechten)\b",
    r"^\W{0,4}aan (?:deze?|dit|de inhoud van) .{0,80}\b(?:geen rechten|rechten worden)\b",
    r"^\W{0,4}(?:indien|als|mocht) (?:u|je|dit|deze).{0,80}\b(?:niet de (?:bedoelde|beoogde|geadresseerde)|niet voor u (?:bestemd|bedoeld)|abusievelijk|per ongeluk|ten onrechte|onbedoeld)\b",
    r"^\W{0,4}(?:is|bent u|ben je|heeft u|heb je) .{0,60}\b(?:niet voor u (?:bestemd|bedoeld)|per ongeluk|ten onrechte|abusievelijk|niet de bedoelde)\b",
    r"^\W{0,4}(?:openbaarmaking|vermenigvuldiging|gebruik van deze informatie)\b.{0,200}",
    r"^\W{0,4}if you (?:are not the intended|have received this|received this).{0,200}",
    r"^\W{0,4}.{0,60}\b(?:aanvaardt|accepteert|is) (?:geen|niet) (?:enkele )?(?:aansprakelijk|verantwoordelijk)",
    r"^\W{0,4}.{0,80}\b(?:sluit (?:iedere|elke|alle) aansprakelijkheid|staat niet in voor de (?:juiste|volledige))\b",
    r"^\W{0,4}(?:denk aan het milieu|spaar het milieu|bespaar papier|moet u deze e-?mail|please consider the environment|think before you print).{0,160}",
)
SCANNED = _any_of(
    r"^\W{0,4}(?:virusvrij|virus-vrij|virus-free|virusfrei)\b.{0,100}$",
    r"^\W{0,4}(?:deze|dit|this|the) (?:e-?mail|mail|bericht|message|inkomende|uitgaande).{0,40}\b(?:virus|avast|avg|gescand|scanned|gecontroleerd|checked)\w*\b.{0,160}$",
    r"^\W{0,4}(?:gescand|gecontroleerd|scanned|checked) (?:op|door|met|by|for) .{0,120}$",
    r"^\W{0,4}geen virus\w* (?:gevonden|aangetroffen).{0,120}$",
    r"^\W{0,4}(?:https?://)?www\.(?:avast|avg)\.\w+\S*$",
    r"^_{3,}\s*$",
)
# So long a paragraph of this kind is a lawyer's; a shorter one may be somebody's own sentence.
MIN_DISCLAIMER = 120  # characters
LIST_FOOTER = _any_of(
    r"^(?:you received this message because|je hebt dit bericht ontvangen omdat|u ontvangt dit bericht omdat)\b.{0,200}",
    r"^.{1,60} mailing list$",
    r"^to unsubscribe from this (?:group|list).{0,200}",
)

# Sentences that only our own mails say; where one stands among somebody's words, these were not parted from ours.
OURS = _any_of(
    r"^deze mail komt van .{1,80}\.$",
    r"^(?:kom je er niet uit\? )?bel .{1,30} of mail naar \S+@\S+$",
    r"^antwoord op deze mail met (?:één|het) woord\b",
    r"^antwoord op deze mail\. je antwoord komt\b",
    r"^je volgt .{1,200}\. dit is er nieuw\.$",
    r"^(?:meepraten per mail|minder mail, of geen mail)$",
    r"^nieuw bij: ",
)

# Inside a signature ------------------------------------------------------------------------------------------

CONTACT = _any_of(
    r"^(?:t|tel|telefoon|m|mob|mobiel|f|fax|e|mail|e-?mail|i|w|web|website|a|adres|bezoekadres|postadres|postbus|p|kvk|btw|"
    r"tel\.|t\.|m\.|e\.|i\.|w\.|whatsapp|linkedin|telefoonnummer|doorkiesnummer|algemeen nummer|teams|app)\s?[:.|+]?\s.{0,100}\d",
    r"^(?:t|tel|telefoon|m|mob|mobiel|e|e-?mail|mail|i|w|www|web|website|tel\.)\s?[:.|]",
    r"(?:^|\s|\()(?:\+31|0031|0[1-9])[\d\s()\-–.]{7,16}(?:$|\s|\|)",
    r"(?:^|[\s<|(])[\w.+-]+@[\w-]+\.[\w.-]+",
    r"^(?:\S+ ){0,2}<?(?:https?://|www\.)\S+$",
    r"\b\d{4} ?[a-z]{2} [a-z' -]{3,40}$",
    r"\bpostbus \d+",
)
STAFF = _any_of(
    r"\b(?:adviseur|beleidsadviseur|beleidsmedewerker|medewerker|coördinator|coordinator|projectleider|manager|wethouder|raadslid|griffier|"
    r"voorzitter|secretaris|consulent|ambtenaar|teamleider|programmamanager|communicatie|afdeling|gemeente|team|provincie|stichting|bestuurslid|"
    r"cliëntenraad|adviesraad|ervaringsdeskundige|policy|officer|municipality|wmo|sociaal domein|bezoekadres|postadres|burgemeester)\b",
    r"\b(?:aanwezig|werkdagen|werkdag|werk(?:t)? op|bereikbaar|afwezig|werkzaam|niet aanwezig|mijn werkdagen|parttime)\b",
    r"^(?:volg|bezoek|like|lees|kijk|meld u aan|abonneer|vind) (?:ons|mij|onze|u|je|op)\b",
    r"^.{1,60}\b(?:nieuwsbrief|website|social media)\b.{0,20}(?:https?:|www\.)\S+$",
    r"^(?:facebook|twitter|x|linkedin|instagram|youtube|mastodon|threads)\b",
)
# A sentence that stands in signatures: when somebody works.
WORKDAYS = _any_of(
    r"^(?:ik|wij|mijn|onze|werkdagen|werktijden|aanwezig|afwezig|bereikbaar|niet aanwezig|werkzaam)\b.{0,60}\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|ma|di|wo|do|vr|werkdagen)\b",
    r"^(?:in verband met|wegens|i\.v\.m\.) .{1,80}\b(?:afwezig|aanwezig|bereikbaar|vrij|gesloten)\b",
    r"^(?:bel|chat|app|mail).{0,30}\bvia (?:teams|whatsapp|signal)\b",
    r"^(?:i work|my working days|working days|office hours)\b.{0,80}",
)
# Said to somebody, so not part of a signature, however short.
SAID = re.compile(r"\b(?:ik|mijn|mij|me|je|jij|jou|jouw|jullie|i|my|you|your)\b|\?$", re.IGNORECASE)
# No lawyer speaks so.
SAID_BY_PERSON = re.compile(r"\b(?:ik|mijn|mij|jij|jou|jouw|jullie)\b", re.IGNORECASE)
IMAGE_PLACE = re.compile(
    r"^(?:\[(?:cid|image|afbeelding|logo|inline image)[:\s][^\]]{0,200}\]|<image\d+\.\w+>|\[cid:[^\]]{0,200}\](?:<[^>]*>)?)$",
    re.IGNORECASE,
)

# Subjects ----------------------------------------------------------------------------------------------------

SUBJECT_PREFIX = re.compile(
    r"^\s*(?:(?:re|antw|antwoord|ant|betr|betreft|fw|fwd|doorst|doorgestuurd|dgst|tr|aw|wg|sv|vs|rv|odp)\.?\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s*[:：]"
    r"|\[(?:ext|extern|external|externe mail|spam\??)\]\s*:?)\s*",
    re.IGNORECASE,
)
FORWARDED_SUBJECT = re.compile(r"^\s*(?:fw|fwd|doorst|doorgestuurd|dgst|tr|wg)\s*:", re.IGNORECASE)
# What only programs put above an answer of theirs; the second a person may say too, who cannot come to a meeting.
AUTOMATIC_SUBJECT = re.compile(
    r"^\s*(?:automatisch antwoord|automatische? (?:beantwoording|reactie)|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|"
    r"afwezigheids?(?:bericht|assistent)|out of (?:the )?office)",
    re.IGNORECASE,
)
AWAY_SUBJECT = re.compile(
    r"^\s*(?:afwezig\b|afwezigheids?melding|niet aanwezig|buiten kantoor|ontvangstbevestiging)", re.IGNORECASE
)
# Sentences of such answers about the mail that they answer; nobody says so who writes themselves.
AWAY = _any_of(
    r"\b(?:uw|je|jouw) (?:e-?mail|mail|bericht)(?:bericht)? (?:wordt|worden|zal|is|hebben|heb|beantwoord|lees)\b.{0,80}\b(?:gelezen|doorgestuurd|beantwoord|ontvangen|behandeld|terug\w*)",
    r"\b(?:ontvangen wij|wij ontvingen|hebben wij|wij hebben|we hebben|ik heb) (?:uw|je|jouw) (?:e-?mail|mail|bericht)\b.{0,80}\bontvangen\b",
    r"\b(?:beantwoord|lees|reageer)\b.{0,60}\b(?:uw|je|jouw|mijn) (?:e-?mails?|mails?|bericht(?:en)?)\b.{0,60}\b(?:terug\w*|terugkomst)",
    r"\b(?:in|bij|voor) (?:zeer )?(?:dringende?|spoedeisende|urgente) (?:zaken|vragen|gevallen|kwesties|aangelegenheden)\b",
    r"\b(?:tijdens|gedurende) mijn afwezigheid\b",
    r"\bdit is een automatisch\w* (?:antwoord|bericht|mail|e-?mail|reactie)\b",
    r"\b(?:automatisch gegenereerd|automatically generated|this is an automat\w+)\b",
    r"\bfor urgent (?:matters|questions|requests)\b|\bin urgent cases\b|\b(?:upon|on) my return\b",
)
# Says that answers stand where we cannot see them: between what was quoted, in a colour.
ELSEWHERE = re.compile(
    r"\b(?:hieronder|onder(?:aan|staand)?|tussen de regels|tussendoor|in (?:het )?(?:rood|blauw|groen|geel|vet|kleur)|in de (?:tekst|mail)|bij je vragen|"
    r"inline|below|in (?:red|blue|green|bold))\b",
    re.IGNORECASE,
)
NO_HTML = re.compile(
    r"\b(?:html)\b.{0,80}\b(?:programma|client|ondersteun|support|weergeven|view|display|lezen)", re.IGNORECASE
)

# Reports in words --------------------------------------------------------------------------------------------

BOUNCE_FAILED = re.compile(
    r"this is the qmail-send program|(?:could|can) ?not be delivered|(?:couldn't|wasn't|was not|were not) (?:be )?delivered|"
    r"undeliver(?:able|ed)|delivery (?:has )?fail|failed permanently|permanent (?:fatal )?error|returned to sender|"
    r"kon(?:den)? niet (?:worden )?(?:bezorgd|afgeleverd)|niet (?:bezorgd|afgeleverd) (?:worden|kon)|onbestelbaar|"
    r"kan niet worden (?:bezorgd|afgeleverd)|is niet (?:bezorgd|afgeleverd|aangekomen)",
    re.IGNORECASE,
)
BOUNCE_LATE = re.compile(
    r"this is a warning message only|you do not need to resend|will be (?:re)?tried|has been delayed|delivery (?:is )?delayed|"
    r"\bdelayed\b.{0,60}\b(?:hours|attempt)|vertraagd|wordt opnieuw geprobeerd|nog niet (?:bezorgd|afgeleverd)",
    re.IGNORECASE,
)
# Where our own mail begins, below what is said of it.
BOUNCE_OF_MAIL = re.compile(
    r"^[ \t-]*(?:below this line is a copy of the message|this is a copy of (?:the|your) message|original message follows|"
    r"unsent message follows|message header follows|returned message|oorspronkelijk bericht|kopie van (?:het|je|uw) bericht|"
    r"the body of the message|original message headers?|kopteksten van)\b|^return-path: ",
    re.IGNORECASE | re.MULTILINE,
)
BOUNCE_FULL = re.compile(
    r"quota|mailbox (?:is )?full|mailbox .{0,40}full|inbox .{0,20}full|out of storage|over(?:\s|-)?quota|mailbox size limit|"
    r"insufficient (?:disk|storage|system storage)|postvak .{0,40}vol\b|mailbox .{0,20}vol\b|opslagruimte",
    re.IGNORECASE,
)
BOUNCE_UNKNOWN = re.compile(
    r"user unknown|unknown (?:user|recipient|mailbox|address)|no such (?:user|recipient|mailbox|address|domain|person)|"
    r"(?:does not|doesn't|didn't|not) exist|recipient (?:not found|unknown)|(?:mailbox|address|user|account) (?:was |is |were |could ?n[o']?t be )?"
    r"(?:unavailable|not found|disabled|inactive|unrouteable)|unrouteable address|invalid (?:recipient|mailbox|user)|no mailbox|not our customer|"
    r"couldn't be found|host (?:or domain name )?not found|wasn't found|bestaat niet|adres niet gevonden|onbekende? (?:gebruiker|ontvanger|adres)|"
    r"niet gevonden|account (?:has been |is )?(?:disabled|closed)|no longer (?:available|valid|in use|active)",
    re.IGNORECASE,
)
