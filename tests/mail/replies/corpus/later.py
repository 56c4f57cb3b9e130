"""Mails written after the part held out was opened: what the reader makes of what it was never tuned on."""

from .letters import HEADER, QUOTE, parts, plain, rich
from .mail import ADDRESS, ORIGINAL, Leaf, brs, divs, many, page, paragraphs, quoted, text
from .said import BRAM, DIRK, ELIF, FATIMA

OWN = "Hallo,\n\nIn onze straat is het opgelost met een plank. Kosten: 85 euro.\n\nMeer weten? Vraag gerust."
MARKED, UNMARKED = text(quoted(ORIGINAL)), text(ORIGINAL)
TEUN = ("Teun Verhoeven | Wmo-raad", "teun@wmoraad.example")
NOOR = ("noor@post.example", "noor@post.example")
GRIFFIE = ("Griffie Waterrijk", "griffie@waterrijk.example")

plain(
    "later-airmail",
    f"{OWN}\n\nGroet, Dirk\n\nOp 3 november 2025 om 10:12:44, Meedoen ({ADDRESS}) schreef:\n\n{MARKED}",
    OWN,
    who=DIRK,
)
plain("later-mailbird", f"{OWN}\n\nOp 3-11-2025 10:12:44, Meedoen <{ADDRESS}> schreef:\n{UNMARKED}", OWN, who=DIRK)
plain(
    "later-canary",
    f"{OWN}\n\nSent using Canary Mail\n\nOn maandag, nov. 03, 2025 at 10:12 AM, Meedoen <{ADDRESS}> wrote:\n{MARKED}",
    OWN,
    who=ELIF,
)
plain("later-hey", f"{OWN}\n\nOn November 3, 2025, Meedoen <{ADDRESS}> wrote:\n\n{MARKED}", OWN, who=ELIF)
plain(
    "later-superhuman",
    f"{OWN}\n\nSent via Superhuman ( https://sprh.mn/?vip=elif )\n\nOn Mon, Nov 03, 2025 at 10:12 AM, Meedoen < {ADDRESS} > wrote:\n\n{MARKED}",
    OWN,
    who=ELIF,
)
plain("later-postbox", f"{OWN}\n\nMeedoen wrote on 11/3/25 10:12:\n{MARKED}", OWN, who=ELIF)
plain("later-seamonkey", f"{OWN}\n\nMeedoen schreef op 03-11-2025 10:12:\n{MARKED}", OWN, who=DIRK)
plain("later-pegasus", f"{OWN}\n\nOn 3 Nov 2025 at 10:12, Meedoen wrote:\n\n{MARKED}", OWN, who=DIRK)
plain(
    "later-the-bat",
    f"Hallo Meedoen,\n\nmaandag 3 november 2025, 10:12:44, schreef u:\n\n{MARKED}\n\n{OWN}\n\n-- \nDirk",
    f"Hallo Meedoen,\n\n{OWN}",
    who=DIRK,
)
plain(
    "later-sogo",
    f"{OWN}\n\nOn Monday, November 03, 2025 10:12 CET, Meedoen <{ADDRESS}> wrote:\n{MARKED}",
    OWN,
    who=DIRK,
)
plain(
    "later-nextcloud",
    f"{OWN}\n\nOp 3 november 2025 om 10:12 schreef Meedoen <{ADDRESS}> het volgende:\n{MARKED}",
    OWN,
    who=DIRK,
)
plain(
    "later-kopano",
    f"{OWN}\n\n-----Oorspronkelijk bericht-----\nVan: Meedoen <{ADDRESS}>\nVerzonden: maandag 3 november 2025 10:12\nAan: Dirk Jansen <dirk.jansen@post.example>\nOnderwerp: Drempels bij winkels\n\n{MARKED}",
    OWN,
    who=DIRK,
)
plain("later-horde", f"{OWN}\n\nCiteren Meedoen <{ADDRESS}>:\n\n{MARKED}", OWN, who=DIRK)
plain("later-squirrel", f"{MARKED}\n{OWN}\n", OWN, who=DIRK)
plain(
    "later-hotmail",
    f"{OWN}\n\nVan: Meedoen\nVerzonden: maandag 3 november 10:12\nOnderwerp: Drempels bij winkels\nAan: Elif Yıldız\n\n{UNMARKED}",
    OWN,
    who=ELIF,
)
plain(
    "later-outlook-android-nl",
    f"{OWN}\n\nVerzonden vanaf Outlook voor Android<https://aka.ms/AAb9ysg>\n________________________________\n{HEADER}",
    OWN,
    who=BRAM,
)
plain(
    "later-teams",
    f"{OWN}\n\nMet vriendelijke groet,\n\nBram de Vries\nGemeente Voorbeeldstad\nBel of chat met mij via Teams\n\n{HEADER}",
    OWN,
    who=BRAM,
)
plain(
    "later-new-look",
    f"{OWN}\n\nMet vriendelijke groet,\n\nBram de Vries\nBeleidsadviseur\n\n[Afbeelding met tekst, logo Automatisch gegenereerde beschrijving]\nRaadhuisplein 1\n1234 AB Voorbeeldstad\n\n{HEADER}",
    OWN,
    who=BRAM,
)
plain(
    "later-zivver",
    f"{OWN}\n\nGroet, Fatima\n\nDit bericht is veilig verzonden met Zivver.\n\n{HEADER}",
    OWN,
    who=FATIMA,
)
plain(
    "later-both-notices",
    f"{OWN}\n\nMet vriendelijke groet, / Kind regards,\nFatima el Amrani\n\nDit bericht is uitsluitend bestemd voor de geadresseerde.\nThis message is intended for the addressee only.\n\n{HEADER}",
    OWN,
    who=FATIMA,
)
plain(
    "later-griffie",
    f"{OWN}\n\nMet vriendelijke groet,\nnamens de griffier,\n\nH. de Boer\nraadsadviseur\n\n{HEADER}",
    OWN,
    who=GRIFFIE,
)
plain("later-teun", f"{OWN}\n\nvr.gr. Teun\n\n{QUOTE}", OWN, who=TEUN)
plain("later-teun-full", f"{OWN}\n\nTeun Verhoeven\nWmo-raad Voorbeeldstad\n\n{QUOTE}", OWN, who=TEUN)
plain("later-noor", f"{OWN}\n\nGroetjes, Noor\n\nVerstuurd vanaf mijn Fairphone\n\n{QUOTE}", OWN, who=NOOR)
plain("later-lots-of-greetings", f"{OWN}\n\nHeel veel groeten van Elif!\n\n{QUOTE}", OWN, who=ELIF)
plain(
    "later-thanks-greeting",
    f"{OWN}\n\nAlvast hartelijk dank en met vriendelijke groet,\n\nDirk Jansen\n\n{QUOTE}",
    f"{OWN}\n\nAlvast hartelijk dank en met vriendelijke groet,",
    who=DIRK,
)
plain(
    "later-excuse",
    f"{OWN}\n\nSorry voor eventuele typefouten, ik typ met één hand.\n\nGr Dirk\n\n{QUOTE}",
    f"{OWN}\n\nSorry voor eventuele typefouten, ik typ met één hand.",
    who=DIRK,
)
plain(
    "later-banner-box",
    f"*** LET OP: externe e-mail. Wees voorzichtig met links en bijlagen. ***\n\n{OWN}\n\n{QUOTE}",
    OWN,
    who=DIRK,
)
plain(
    "later-sending-away",
    f"{OWN}\n\nGroet, Fatima\n\nIn verband met vakantie ben ik afwezig van 20 tot en met 31 december.\n\n{HEADER}",
    OWN,
    who=FATIMA,
)
plain(
    "later-inline-numbered",
    "Op 3-11-2025 om 10:12 schreef Carla:\n> 1. Kom je?\nJa\n> 2. Met wie?\nMet Bram\n> 3. Wat heb je nodig?\nNiets\n",
    "> 1. Kom je?\n\nJa\n\n> 2. Met wie?\n\nMet Bram\n\n> 3. Wat heb je nodig?\n\nNiets",
    who=DIRK,
)
rich(
    "later-html-mailbird",
    page(
        f'<div id="__MailbirdStyleContent">{brs(OWN.split(chr(10)))}<br><br><div class="mb_sig"></div><blockquote class="history_container" type="cite" style="border-left-style:solid;border-width:1px"><p>Op 3-11-2025 10:12:44, Meedoen &lt;{ADDRESS}&gt; schreef:</p>{divs(ORIGINAL)}</blockquote></div>'
    ),
    OWN,
    who=DIRK,
)
rich(
    "later-html-spark",
    page(
        f'<div name="messageBodySection"><div dir="auto">{brs(OWN.split(chr(10)))}</div></div><div name="messageReplySection">Op 3 nov 2025 10:12 +0100, Meedoen &lt;{ADDRESS}&gt;, schreef:<br><blockquote type="cite" style="border-left-color: grey">{divs(ORIGINAL)}</blockquote></div>'
    ),
    OWN,
    who=ELIF,
)
rich(
    "later-html-outlook-com",
    page(
        f'<div dir="ltr">{divs(OWN.split(chr(10)))}</div><div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message"><hr><div id="divRplyFwdMsg"><strong>Van:</strong> Meedoen<br><strong>Verzonden:</strong> maandag 3 november 2025<br></div>{divs(ORIGINAL)}</div>'
    ),
    OWN,
    who=ELIF,
)
rich(
    "later-html-word",
    page(
        paragraphs(
            [
                *OWN.split("\n"),
                "",
                "Met vriendelijke groet,",
                "",
                "Bram de Vries",
                "Adviseur Wmo | Gemeente Voorbeeldstad",
                "aanwezig: ma-di-do",
            ]
        )
        + '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Van:</b> Meedoen &lt;x@meedoen.example&gt; <br><b>Verzonden:</b> maandag 3 november 2025 10:12<br><b>Aan:</b> Bram de Vries<br><b>Onderwerp:</b> Drempels<o:p></o:p></p></div></div>'
        + paragraphs(ORIGINAL)
    ),
    OWN,
    who=BRAM,
)
rich(
    "later-html-yahoo-mobile",
    page(
        f'{brs(OWN.split(chr(10)))}<br><br><div id="ymail_android_signature"><a href="https://mail.onelink.me/107872968">Verzonden vanuit Yahoo Mail op Android</a></div> <br> <blockquote style="margin: 0 0 20px 0;"> <div>Op ma, nov. 3, 2025 om 10:12 schreef Meedoen</div><div>&lt;{ADDRESS}&gt;:</div> <div style="padding: 10px 0 0 20px;border-left: 1px solid #6D00F6;">{divs(ORIGINAL)}</div> </blockquote>'
    ),
    OWN,
    who=ELIF,
)
rich(
    "later-html-paragraphs",
    f"<p>Hallo,</p><p>In onze straat is het opgelost met een plank. Kosten: 85 euro.</p><p>Meer weten? Vraag gerust.</p><p>Groet,<br>Dirk</p><p>Op 3-11-2025 om 10:12 schreef Meedoen:</p><blockquote>{divs(ORIGINAL)}</blockquote>",
    OWN,
    who=DIRK,
)
parts(
    "later-alternative-rich",
    many(
        "alternative",
        Leaf("plain", f"{OWN}\n\nVerstuurd vanaf mijn iPhone\n"),
        Leaf("html", page(divs(OWN.split("\n")))),
        boundary="x",
    ),
    OWN,
)
