"""Mails with a life in them: long, untidy, typed on a telephone, sent through a gateway, by people with other names."""

from .letters import HEADER, QUOTE, parts, plain, rich
from .mail import ADDRESS, ORIGINAL, Leaf, divs, many, page, paragraphs, quoted, text
from .said import ANS, BRAM, DIRK, DISCLAIMER, ELIF, FATIMA

JAN = ("J.P. van der Meer", "jpvandermeer@post.example")
TURNED = ("Berg, Saskia van den (Gemeente Waterrijk)", "s.vandenberg@waterrijk.example")
COUNCIL = ("Gemeente Waterrijk", "samenleving@waterrijk.example")
NAMELESS = ("", "karin.smit@post.example")
MARIA = ("Maria Oliveira-Pinto", "m.oliveira@noorderland.example")
COUNCIL_BLOCK = "Saskia van den Berg\nSenior beleidsadviseur Inclusie\nDomein Samenleving\n\nGemeente Waterrijk\nBezoekadres: Kade 12, Waterrijk\nT 14 0599 / M 06-55 66 77 88\nWerkdagen: ma t/m do\n\n[cid:image002.jpg@01DC]"

TALE = (
    "Goedemiddag,\n\nIk ben Karin, 58 jaar, en ik zit sinds 2011 in een rolstoel. In de Kerkstraat kom ik bij vier van de negen winkels niet binnen.\n\n"
    "Wat ik heb gedaan:\n1. foto's gemaakt van elke drempel\n2. de winkeliers gebeld (drie waren aardig!)\n3. een brief gestuurd aan de wethouder, op 2 oktober 2025\n\n"
    "Ik heb nog niets gehoord. Is dat normaal?"
)
plain("life-karin", f"{TALE}\n\nMet vriendelijke groet,\nKarin Smit\n\n{QUOTE}", TALE, who=NAMELESS)
plain("life-karin-first", f"{TALE}\n\nKarin\n\n{QUOTE}", TALE, who=NAMELESS)
plain(
    "life-saskia",
    f"Hoi Karin,\n\nNormaal niet, maar het gebeurt wel.\n\nHartelijke groet,\n\n{COUNCIL_BLOCK}\n\n{HEADER}",
    "Hoi Karin,\n\nNormaal niet, maar het gebeurt wel.",
    who=TURNED,
)
plain("life-saskia-first", f"Ja, dat klopt.\n\nSaskia\n\n{HEADER}", "Ja, dat klopt.", who=TURNED)
plain(
    "life-council-box",
    f"Ja, dat klopt.\n\nMet vriendelijke groet,\n\nTeam Samenleving\nGemeente Waterrijk\n14 0599\n\n{HEADER}",
    "Ja, dat klopt.",
    who=COUNCIL,
)
plain(
    "life-council-person", f"Ja, dat klopt.\n\nSaskia\n\n{HEADER}", "Ja, dat klopt.\n\nSaskia", who=COUNCIL, sure=False
)
plain(
    "life-initials",
    f"Ik heb er geen bezwaar tegen.\n\nMet vriendelijke groet,\nJ.P. van der Meer\n\n{QUOTE}",
    "Ik heb er geen bezwaar tegen.",
    who=JAN,
)
plain(
    "life-initials-given",
    f"Ik heb er geen bezwaar tegen.\n\nVriendelijke groeten van Jan-Piet\n\n{QUOTE}",
    "Ik heb er geen bezwaar tegen.",
    who=JAN,
)
plain("life-hyphen", f"Wij ook.\n\nGroeten,\nMaria\n\n{QUOTE}", "Wij ook.", who=MARIA)
plain("life-two-people", f"Wij komen samen.\n\nGroet, Ans en Elif\n\n{QUOTE}", "Wij komen samen.")
plain(
    "life-no-blank",
    f"Ik kom.\nGroet, Ans\nOp ma 3 nov. 2025 om 10:12 schreef Meedoen <{ADDRESS}>:\n{text(quoted(ORIGINAL))}",
    "Ik kom.",
)
plain(
    "life-spoken",
    f"ja ik kom dinsdag om drie uur punt kunnen jullie zorgen voor een stoel met leuning vraagteken\n\nVerstuurd vanaf mijn iPhone\n\n{QUOTE}",
    "ja ik kom dinsdag om drie uur punt kunnen jullie zorgen voor een stoel met leuning vraagteken",
    who=DIRK,
)
plain(
    "life-capitals",
    f"IK KAN DE LINK NIET OPENEN. WAT NU?\n\nGROETEN ANS\n\n{QUOTE}",
    "IK KAN DE LINK NIET OPENEN. WAT NU?",
)
plain("life-lower", f"kan niet eerder he\n\ngroetjes ans\n\n{QUOTE}", "kan niet eerder he")
plain("life-kisses", f"Wat fijn!\n\nLiefs, Ans xx\n\n{QUOTE}", "Wat fijn!")
plain(
    "life-day-then-closing",
    f"Dan doen we dat.\n\nFijne dag en groet,\nBram\n\n{HEADER}",
    "Dan doen we dat.\n\nFijne dag en groet,",
    who=BRAM,
)
plain(
    "life-three-rounds",
    f"Eens.\n\nGroet, Bram\n\n{HEADER}\n\nVan: Fatima el Amrani <f@zuiderwaard.example>\nVerzonden: zondag 2 november 2025 09:00\nAan: Meedoen\nOnderwerp: RE: Drempels\n\nOok eens.\n\n{QUOTE}",
    "Eens.",
    who=BRAM,
)
plain("life-disclaimer-straight", f"Eens.\n\n{DISCLAIMER}\n\n{HEADER}", "Eens.", who=BRAM)
plain("life-disclaimer-below-quote", f"Eens.\n\nGroet, Bram\n\n{QUOTE}\n\n{DISCLAIMER}\n", "Eens.", who=BRAM)
plain("life-scanner-below-quote", f"Eens.\n\n{QUOTE}\n\nVirusvrij.www.avast.com\n", "Eens.")
plain("life-signature-below-quote", f"Eens.\n\n{QUOTE}\n-- \nDirk Jansen\n06 12 34 56 78\n", "Eens.", who=DIRK)
plain(
    "life-below-with-signature",
    f"{QUOTE}\nDaar ben ik het mee eens, al zou ik met de bushalte beginnen. Die\ngebruiken de meeste mensen.\n\nMet vriendelijke groet,\nDirk Jansen\n",
    "Daar ben ik het mee eens, al zou ik met de bushalte beginnen. Die gebruiken de meeste mensen.",
    who=DIRK,
)
plain(
    "life-narrow",
    "Wij hebben het besproken\nmet de ondernemers en die\nwillen wel meedoen als de\ngemeente de helft betaalt.\n",
    "Wij hebben het besproken\nmet de ondernemers en die\nwillen wel meedoen als de\ngemeente de helft betaalt.",
    who=FATIMA,
)
plain(
    "life-wrapped-list",
    "Nodig zijn:\n\n- een plank van minstens negentig centimeter breed, met aan beide kanten\n  een rand\n- iemand die hem neerlegt\n",
    "Nodig zijn:\n\n- een plank van minstens negentig centimeter breed, met aan beide kanten een rand\n- iemand die hem neerlegt",
)
plain(
    "life-address",
    "Stuur het maar naar:\n\nAns de Wit\nDorpsstraat 12\n1234 AB Voorbeeldstad\n\nDan krijg ik het zeker.\n\nAns\n",
    "Stuur het maar naar:\n\nAns de Wit\nDorpsstraat 12\n1234 AB Voorbeeldstad\n\nDan krijg ik het zeker.",
)
plain(
    "life-quoted-speech",
    f'Hij zei: "ik schreef op 3 november een mail aan de gemeente".\n\nDaar kwam niets op.\n\nAns\n\n{QUOTE}',
    'Hij zei: "ik schreef op 3 november een mail aan de gemeente".\n\nDaar kwam niets op.',
)
plain(
    "life-link-line",
    f"Dit is het:\n\nhttps://voorbeeldstad.example/plan.pdf\n\nGroet, Bram\n\n{HEADER}",
    "Dit is het:\n\nhttps://voorbeeldstad.example/plan.pdf",
    who=BRAM,
)
plain(
    "life-link-last",
    f"Dit is het: https://voorbeeldstad.example/plan.pdf\n\n{QUOTE}",
    "Dit is het: https://voorbeeldstad.example/plan.pdf",
    who=ELIF,
)
plain("life-out-of-band", f"(Getypt met spraak)\n\nMooi voorstel.\n\n{QUOTE}", "(Getypt met spraak)\n\nMooi voorstel.")
plain(
    "life-after-closing",
    f"Mooi voorstel.\n\nGroet, Ans\n\nVrijdag kan ik niet.\n\n{QUOTE}",
    "Mooi voorstel.",
    sure=False,
)
plain(
    "life-question-after-closing",
    f"Mooi voorstel.\n\nGroet, Ans\n\nWie komt er?\n\n{QUOTE}",
    "Mooi voorstel.",
    sure=False,
)
plain("life-private", "Deze informatie is vertrouwelijk, dus zet mijn naam er niet bij.\n", "", sure=False)
plain(
    "life-mobile-english",
    f"On my way, 5 min late. Sorry!\n\nSent from Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Meedoen <{ADDRESS}>\nSent: Monday, November 3, 2025 10:12:44 AM\nTo: Fatima\nSubject: Drempels bij winkels\n\nHallo\n",
    "On my way, 5 min late. Sorry!",
    who=FATIMA,
)
plain(
    "life-tabs",
    f"Ik kom.\n\n\t\tGroet,\n\t\tDirk\n\nVan:\tMeedoen\t<{ADDRESS}>\nAan:\t'Dirk'\nDatum:\t3-11-2025 10:12\nOnderwerp:\tDrempels\n\nHallo\n",
    "Ik kom.",
    who=DIRK,
)
plain(
    "life-no-break",
    f"Ik kom.\u00a0\u00a0Tot dan.\n\nOp\u00a0ma\u00a03\u00a0nov.\u00a02025\u00a0om\u00a010:12\u00a0schreef\u00a0Meedoen\u00a0<{ADDRESS}>:\n\n{text(quoted(ORIGINAL))}",
    "Ik kom. Tot dan.",
)
plain(
    "life-narrow-space",
    f"I will come.\n\nOn Mon, Nov 3, 2025 at 10:12\u202fAM Meedoen <{ADDRESS}> wrote:\n\n{text(quoted(ORIGINAL))}",
    "I will come.",
    who=ELIF,
)
rich(
    "life-html-only-council",
    page(
        paragraphs(
            [
                "Beste Karin,",
                "",
                "Dat gebeurt wel vaker.",
                "",
                "Met vriendelijke groet,",
                "",
                *COUNCIL_BLOCK.split("\n")[:-1],
            ]
        )
        + '<div style="border:none;border-top:solid #E1E1E1 1.0pt">'
        + paragraphs(HEADER.split("\n"))
        + "</div>"
    ),
    "Beste Karin,\n\nDat gebeurt wel vaker.",
    who=TURNED,
)
rich(
    "life-html-said-in-signature",
    page(
        f'<div class="elementToProof"><br></div><div id="Signature"><div>Ja, ik kom graag, samen met twee collega’s.</div><div>Saskia van den Berg</div></div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{divs(HEADER.split(chr(10)))}</div>'
    ),
    "",
    who=TURNED,
    sure=False,
)
rich(
    "life-html-apple-below",
    page(
        f'<blockquote type="cite">{divs(["Op 3 nov 2025 om 10:12 heeft Meedoen het volgende geschreven:", *ORIGINAL])}</blockquote><br><div>Eens met Carla.</div><div>Groet, Elif</div>'
    ),
    "Eens met Carla.",
    who=ELIF,
)
rich(
    "life-html-grey",
    page(
        f'<div style="color:#222"><font face="Arial"><span>Ik kom.</span><br><span>Met twee man.</span></font></div><br><br><hr><b>Van:</b> Meedoen [mailto:{ADDRESS}] <br><b>Verzonden:</b> maandag 3 november 2025 10:12<br><b>Aan:</b> Bram<br><b>Onderwerp:</b> Drempels<br><br>Hallo'
    ),
    "Ik kom.\nMet twee man.",
    who=BRAM,
)
parts(
    "life-both-differ",
    many(
        "alternative",
        Leaf("plain", f"Ik kom.\n\nGroet, Ans\n\n{QUOTE}"),
        Leaf(
            "html", page(f"<div>Ik kom.</div><div>Groet, Ans</div><blockquote type=cite>{divs(ORIGINAL)}</blockquote>")
        ),
        Leaf("text/calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        boundary="x",
    ),
    "Ik kom.",
    who=ANS,
)
parts(
    "life-mixed-alternative-file",
    many(
        "mixed",
        many(
            "alternative",
            Leaf("plain", f"Zie de bijlage.\n\nGroet, Bram\n\n{HEADER}"),
            Leaf("html", page(f"<p>Zie de bijlage.</p><p>Groet, Bram</p>{divs(HEADER.split(chr(10)))}")),
            boundary="y",
        ),
        Leaf("application/pdf", b"%PDF", "base64", more='; name="plan.pdf"'),
        boundary="x",
    ),
    "Zie de bijlage.",
    who=BRAM,
)
