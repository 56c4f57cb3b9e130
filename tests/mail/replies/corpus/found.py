"""Whole mails as they lie in mailboxes: other attributions, closings, devices, disclaimers, and words that look like these."""

from .letters import HEADER, QUOTE, plain, rich
from .mail import ADDRESS, ORIGINAL, divs, page, paragraphs, quoted, text
from .said import BRAM, DIRK, ELIF, FATIMA

ANSWER = "Dat is een goed plan. Wij doen mee."
MARKED = text(quoted(ORIGINAL))
UNMARKED = text(ORIGINAL)

# Who wrote what: as programs and people set it -------------------------------------------------------------------

for name, attribution in {
    "via": f"Op ma 3 nov. 2025 om 10:12 schreef Ans de Wit via Meedoen <{ADDRESS}>:",
    "name-first": f"Meedoen <{ADDRESS}> schreef op 3 november 2025 10:12:",
    "date-only": "Op 3 november 2025 schreef Meedoen:",
    "german": f"Am 03.11.25 um 10:12 schrieb Meedoen <{ADDRESS}>:",
    "french": f"Le lun. 3 nov. 2025 à 10:12, Meedoen <{ADDRESS}> a écrit :",
    "short-day": f"ma 3 nov. 2025 10:12 schreef Meedoen <{ADDRESS}>:",
    "mailto": f"Op 3-11-2025 10:12 heeft Meedoen [mailto:{ADDRESS}] geschreven:",
    "quotes": f'On 3 November 2025 10:12:44 "Meedoen" <{ADDRESS}> wrote:',
    "iso": f"2025-11-03 10:12 GMT+01:00 Meedoen <{ADDRESS}>:",
    "slashes": f"On 3/11/2025 10:12 am, Meedoen <{ADDRESS}> wrote:",
    "outlook-mobile": f"Op 3 nov. 2025 om 10:12 heeft Meedoen <{ADDRESS}> geschreven:",
    "long-day": f"Op maandag 3 november 2025 schreef Meedoen <{ADDRESS}> het volgende:",
    "said": "Meedoen schreef:",
    "wrote": "Meedoen wrote:",
}.items():
    plain(f"attribution-{name}", f"{ANSWER}\n\n{attribution}\n{MARKED}", ANSWER)
for name, attribution in {
    "nl": f"Op ma 3 nov. 2025 om 10:12 schreef Netwerk Iedereen doet mee <{ADDRESS}>:",
    "en": f"On Mon, 3 Nov 2025 at 10:12, Netwerk Iedereen doet mee <{ADDRESS}> wrote:",
    "ios": f"Op 3 nov 2025 om 10:12 heeft Netwerk Iedereen doet mee <{ADDRESS}> het volgende geschreven:",
}.items():
    words = attribution.split(" ")
    for cut in (6, len(words) - 1):
        broken = " ".join(words[:cut]) + "\n" + " ".join(words[cut:])
        plain(f"attribution-broken-{name}-{cut}", f"{ANSWER}\n\n{broken}\n\n{UNMARKED}", ANSWER)

# How people end --------------------------------------------------------------------------------------------------

for name, closing, who, kept in [
    ("one-line", "Met vriendelijke groet, Bram de Vries | beleidsmedewerker Wmo", BRAM, ""),
    ("two-languages", "Met vriendelijke groet / Kind regards,\n\nBram de Vries", BRAM, ""),
    ("bare", "Groet", DIRK, ""),
    ("called", "Groet!\nDirk", DIRK, ""),
    ("from-town", "Warme groeten uit Voorbeeldstad,\nBram", BRAM, ""),
    ("short", "Vr. gr.,\nFatima", FATIMA, ""),
    ("hgr", "Hgr,\nElif", ELIF, ""),
    ("also-for", "Hartelijke groet, mede namens Dirk,\nFatima", FATIMA, ""),
    ("nice-day", "Fijne dag!\nBram", BRAM, "Fijne dag!"),
    ("weekend", "Fijn weekend,\n\nFatima", FATIMA, "Fijn weekend,"),
    ("till-friday", "Tot vrijdag!\n\nDirk Jansen", DIRK, "Tot vrijdag!"),
    ("thanks", "Dank je wel!\n\nGroetjes,\nElif", ELIF, "Dank je wel!"),
    ("name-in-capitals", "BRAM DE VRIES", BRAM, ""),
    ("name-turned", "Vries, Bram de", BRAM, ""),
    ("dots", "Groet,\n\n\nDirk\n.", DIRK, ""),
    ("yours", "Yours sincerely,\n\nFatima el Amrani\nPolicy officer", FATIMA, ""),
    ("cheers", "Cheers,\nElif", ELIF, ""),
    ("regards-all", "Best regards,\nElif Yıldız", ELIF, ""),
    ("phone-below", "Groetjes,\nElif\n06-12345678", ELIF, ""),
    (
        "table",
        "Met vriendelijke groet,\n\nBram de Vries | Adviseur | Gemeente Voorbeeldstad\n030-1234567 | b.devries@voorbeeldstad.example | www.voorbeeldstad.example\nma | di | wo | do",
        BRAM,
        "",
    ),
    ("slogan", "Met vriendelijke groet,\n\nFatima el Amrani\nGemeente Zuiderwaard\n\n“Iedereen doet mee”", FATIMA, ""),
    (
        "stars",
        "Met vriendelijke groet,\nBram\n\n***************\nGemeente Voorbeeldstad\nPostbus 100\n1230 AC Voorbeeldstad\n***************",
        BRAM,
        "",
    ),
    ("no-friday", "Met vriendelijke groet,\nFatima\n\nOp vrijdag ben ik niet aanwezig.", FATIMA, ""),
    ("my-days", "Vriendelijke groeten,\nBram de Vries\nMijn werkdagen zijn maandag, dinsdag en woensdag.", BRAM, ""),
    (
        "state",
        "Met vriendelijke groet,\nBram\n\nDit bericht kan informatie bevatten die niet voor u is bestemd. Indien u niet de geadresseerde bent of dit bericht abusievelijk aan u is toegezonden, wordt u verzocht dat aan de afzender te melden en het bericht te verwijderen. De Staat aanvaardt geen aansprakelijkheid voor schade, van welke aard ook.",
        BRAM,
        "",
    ),
    (
        "liability",
        "Groet, Bram\n\nDe gemeente Voorbeeldstad sluit iedere aansprakelijkheid uit die voortvloeit uit elektronische verzending.",
        BRAM,
        "",
    ),
    (
        "may-contain",
        "Groet, Fatima\n\nDeze e-mail (inclusief bijlagen) kan vertrouwelijke informatie bevatten.\nBent u niet de bedoelde ontvanger, laat het ons dan weten.",
        FATIMA,
        "",
    ),
    ("no-rights", "Groet, Fatima\n\nAan de inhoud van deze e-mail kunnen geen rechten worden ontleend.", FATIMA, ""),
    (
        "english-notice",
        "Regards,\nFatima\n\nThe information contained in this communication is confidential and may be legally privileged. It is intended solely for the use of the individual to whom it is addressed.",
        FATIMA,
        "",
    ),
    ("newsletter", "Groet, Bram\n\nMeld u aan voor onze nieuwsbrief: https://voorbeeldstad.example/nieuws", BRAM, ""),
]:
    expected = f"{ANSWER}\n\n{kept}" if kept else ANSWER
    plain(f"end-{name}", f"{ANSWER}\n\n{closing}\n\n{HEADER if who in (BRAM, FATIMA) else QUOTE}", expected, who=who)

for name, device in {
    "telephone": "Verzonden vanaf mijn telefoon",
    "turned": "Van mijn iPad verstuurd",
    "ziggo": "Verstuurd via de Ziggo Mail-app",
    "yahoo": "Verzonden via Yahoo Mail op Android",
    "yahoo-en": "Sent from Yahoo Mail on Android",
    "outlook": "Outlook voor iOS downloaden<https://aka.ms/o0ukef>",
    "outlook-en": "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    "kpn": "Verzonden met de KPN Mail app",
    "windows": "Verzonden vanuit Mail<https://go.microsoft.com/fwlink/?LinkId=550986> voor Windows",
    "typos": "Verstuurd vanaf mijn iPhone, excuses voor typfouten",
    "samsung": "Sent from Samsung tablet.",
    "gmail": "Verzonden vanuit Gmail Mobile",
}.items():
    plain(f"device-{name}", f"{ANSWER}\n\n{device}\n\n{QUOTE}", ANSWER)

# Words that look like something else -------------------------------------------------------------------------------

for name, words in {
    "invitation": "Datum: 12 december\nTijd: 14.00 uur\nPlaats: Utrecht\n\nKom je ook?",
    "from-till": "Van: 10.00 uur\nTot: 12.00 uur\n\nDaarna is er koffie.",
    "letter": "Op 3 november 2025 schreef de gemeente een brief aan alle winkeliers. Die hielp niet.",
    "who-wrote": "Wie schreef er ook weer over de lift in 2024?",
    "rule-between": "Eerst het plan.\n\n---\n\nDan het geld.",
    "greeting-first": "Groetjes terug!\n\nHet ging goed vandaag.",
    "regards-to": "Met groeten aan iedereen die meehielp sluit ik het onderwerp af. Tot de volgende keer.",
    "confidential": "Is dit gesprek vertrouwelijk? Ik wil niet dat mijn naam erbij staat.",
    "sent-from": "Hij is verstuurd vanaf het stadhuis en kwam nooit aan.",
    "virus": "Deze e-mail over het virus kreeg ik ook. Niet openen dus.",
    "team": "Ons team heeft vier adviseurs en een coördinator.",
    "best": "Beste is om eerst te bellen.",
    "thanks": "Bedankt!",
    "lines": "Ja\nNee\nMisschien",
    "question-list": "1. Ja\n2. Nee, want de deur is te smal\n3. Weet ik niet",
    "dash": "– ik kom\n– Bram komt\n– Fatima niet",
    "percent": "Bij 40% van de winkels > 2 cm drempel, bij 60% < 2 cm.",
    "arrow": "Stadhuis -> balie 3 -> vraag naar Dirk",
    "code": "Mijn code is 482 913.",
    "smile": "Leuk :-)",
}.items():
    plain(f"looks-like-{name}", f"{words}\n\nGroet, Ans\n\n{QUOTE}", words)
    if "\n\n" not in words:
        rich(
            f"looks-like-{name}-html",
            page(
                f"<div>{divs(words.split(chr(10)))}<div><br></div><div>Ans</div></div><blockquote type=cite>{divs(ORIGINAL)}</blockquote>"
            ),
            words,
        )
plain("own-form", "Onderwerp: stemlokalen\nVan: Ans\nAan: allen\n\nWie weet hoe het moet?\n", "", sure=False)

# HTML of other programs ----------------------------------------------------------------------------------------------

rich(
    "html-table-signature",
    page(
        f'<div>{ANSWER}</div><br><div>Met vriendelijke groet,</div><br><table><tr><td><img src="https://voorbeeldstad.example/logo.png" width="120" alt="Logo gemeente"></td><td>Bram de Vries<br>Adviseur<br>T 030 123 45 67</td></tr></table><br>{divs(HEADER.split(chr(10)))}'
    ),
    ANSWER,
    who=BRAM,
)
rich(
    "html-moz-signature",
    page(
        f'<p>{ANSWER}</p><div class="moz-signature">-- <br>Dirk Jansen<br>Cliëntenraad</div><div class="moz-cite-prefix">Op 3-11-2025 om 10:12 schreef Meedoen:<br></div><blockquote type="cite">{divs(ORIGINAL)}</blockquote>'
    ),
    ANSWER,
    who=DIRK,
)
rich(
    "html-outlook-signature",
    page(
        paragraphs([ANSWER, "", "Met vriendelijke groet,", "", "Bram de Vries"])
        + '<p class="MsoNormal"><img width="200" src="cid:image001.png@01DC"></p><div style="border:none;border-top:solid #E1E1E1 1.0pt">'
        + paragraphs(HEADER.split("\n"))
        + "</div>"
    ),
    ANSWER,
    who=BRAM,
)
rich(
    "html-quote-in-div",
    page(
        f'<div>{ANSWER}</div><div><br></div><div style="border-left:1px solid #ccc"><div>Op ma 3 nov 2025 om 10:12 schreef Meedoen:</div>{divs(ORIGINAL)}</div>'
    ),
    ANSWER,
)
rich(
    "html-nbsp",
    page("<div>Wij&nbsp;doen&nbsp;mee.</div><div>&nbsp;</div><div>Tot&nbsp;dan.</div>"),
    "Wij doen mee.\n\nTot dan.",
)
rich("html-spans", page("<p><span>Wij </span><span>doen</span><span> mee</span><b>.</b></p>"), "Wij doen mee.")
rich("html-broken", "<div>Wij doen mee.<p>Tot dan<br>Ans</body>", "Wij doen mee.\n\nTot dan")
rich(
    "html-entities",
    page("<div>Caf&eacute; &amp; re&uuml;nie &euro; 5 &ndash; &lt;gratis&gt;</div>"),
    "Café & reünie € 5 – <gratis>",
)
rich("html-style", "<style>p{margin:0}</style><p>Wij doen mee.</p><script>alert(1)</script>", "Wij doen mee.")
rich(
    "html-emoji",
    page('<div>Top! <img data-emoji="👍" alt="👍" src="https://fonts.example/1f44d.png"></div>'),
    "Top! 👍",
)
rich(
    "html-banner",
    page(
        f'<div style="background:#fdd;padding:4px">LET OP: Deze e-mail is afkomstig van een externe afzender. Klik niet op links.</div><div>{ANSWER}</div>'
    ),
    ANSWER,
)
