"""What stands above and below somebody's words: banners, postscripts, signatures without a mark."""

from .letters import HEADER, QUOTE, plain, rich
from .mail import ADDRESS, ORIGINAL, page, quoted, text
from .said import BRAM, DIRK, FATIMA

plain(
    "banner-nl",
    "Let op: deze e-mail komt van buiten de organisatie. Klik niet op links of bijlagen als u de afzender niet kent.\n\nHet is goed zo.\n\n"
    + QUOTE,
    "Het is goed zo.",
)
plain(
    "banner-en",
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments.\n\nFine with me.\n\n"
    + QUOTE,
    "Fine with me.",
)
plain(
    "banner-exchange",
    "U ontvangt niet vaak e-mail van ans.dewit@post.example. Ontdek waarom dit belangrijk is<https://aka.ms/LearnAboutSenderIdentification>\n\nHet is goed zo.\n",
    "Het is goed zo.",
)
plain("banner-extern", "[EXTERN]\n\nMooi, dank.\n\n" + HEADER, "Mooi, dank.", who=BRAM)
rich(
    "banner-table",
    page(
        '<table border="0"><tr><td style="background:#ffeb9c">Dit bericht is verzonden van buiten de organisatie. Open geen bijlagen van onbekende afzenders.</td></tr></table><br><div>Akkoord.</div>'
    ),
    "Akkoord.",
)
plain("postscript", "Ik kom.\n\nGroet,\nAns\n\nPS: ik neem taart mee.\n\n" + QUOTE, "Ik kom.\n\nPS: ik neem taart mee.")
plain(
    "postscript-council",
    "Ik kom.\n\nMet vriendelijke groet,\n\nBram de Vries\nGemeente Voorbeeldstad\nT 030 123 45 67\n\nP.S. Fatima komt ook.\n\n"
    + HEADER,
    "Ik kom.\n\nP.S. Fatima komt ook.",
    who=BRAM,
)
plain(
    "postscript-nb",
    "Akkoord.\n\nMvg, Dirk\n\nNB. Vrijdag ben ik er niet.\n",
    "Akkoord.\n\nNB. Vrijdag ben ik er niet.",
    who=DIRK,
)
plain(
    "sentence-below-closing",
    "Ik kom.\n\nGroet, Ans\n\nWil je ook nog even laten weten hoe laat de lift opengaat?\n\n" + QUOTE,
    "Ik kom.",
    sure=False,
)
plain(
    "away-in-signature",
    "Dat regel ik.\n\nMet vriendelijke groet,\nFatima el Amrani\nAanwezig: maandag t/m donderdag\nAfwezig: vrijdag\n",
    "Dat regel ik.",
    who=FATIMA,
)
plain(
    "contact-in-text",
    "Mail het verslag naar raad@voorbeeldstad.example en bel 030 123 45 67 als het niet lukt.\n\nAns\n",
    "Mail het verslag naar raad@voorbeeldstad.example en bel 030 123 45 67 als het niet lukt.",
)
plain(
    "number-asked", "Bram, mijn nummer is veranderd:\n\n06 11 22 33 44\n", "Bram, mijn nummer is veranderd:", sure=False
)
plain(
    "closing-in-text",
    "Groet iedereen van mij, want ik ben er niet bij.\n",
    "Groet iedereen van mij, want ik ben er niet bij.",
)
plain(
    "best-in-text",
    "Best lastig, zo'n drempel.\n\nWe vragen het de winkelier.\n\nAns",
    "Best lastig, zo'n drempel.\n\nWe vragen het de winkelier.",
)
plain("dashes-in-text", "Eerst dit.\n\n-----\n\nEn dan dat.\n", "Eerst dit.\n\n-----\n\nEn dan dat.")
plain("dash-list", "Nodig:\n-- een tolk\n-- een ringleiding\n\nGr. Ans\n", "Nodig:\n-- een tolk\n-- een ringleiding")
plain(
    "thanks-then-name",
    "Kun je het verslag sturen?\n\nAlvast bedankt,\nAns\n\n" + QUOTE,
    "Kun je het verslag sturen?\n\nAlvast bedankt,",
)
plain(
    "wrapped-attribution",
    "Prima.\n\nOp ma 3 nov. 2025 om 10:12 schreef Netwerk Iedereen doet mee <\nantwoord+k7Qm2x@meedoen.example>:\n\n> Hallo\n",
    "Prima.",
)
plain(
    "wrapped-attribution-3",
    "Prima.\n\nOn Mon, Nov 3, 2025 at 10:12 AM Netwerk Iedereen doet mee, namens de\ngemeente Voorbeeldstad en anderen\n<antwoord+k7Qm2x@meedoen.example> wrote:\n\n> Hallo\n",
    "Prima.",
)
plain(
    "attribution-unmarked",
    "Prima.\n\nOp 3 nov 2025 om 10:12 heeft Meedoen <" + ADDRESS + "> het volgende geschreven:\n\n" + text(ORIGINAL),
    "Prima.",
)
plain(
    "above-this-line",
    "Prima zo.\n\nOp ma 3 nov 2025 om 10:12 schreef Meedoen <"
    + ADDRESS
    + ">:\n\n> — Schrijf je antwoord boven deze regel —\n"
    + text(quoted(ORIGINAL)),
    "Prima zo.",
)
plain("above-this-line-only", "Prima zo.\n\n— Schrijf je antwoord boven deze regel —\n\n" + text(ORIGINAL), "Prima zo.")
plain(
    "bold-header",
    "Prima.\n\n*Van:* Meedoen <"
    + ADDRESS
    + ">\n*Verzonden:* maandag 3 november 2025 10:12\n*Aan:* Bram\n*Onderwerp:* Drempels\n\nHallo\n",
    "Prima.",
    who=BRAM,
)
plain(
    "header-with-cc",
    "Prima.\n\nVan: Meedoen <"
    + ADDRESS
    + ">\nVerzonden: maandag 3 november 2025 10:12\nAan: Bram\nCC: Fatima; Dirk\nOnderwerp: Drempels\nUrgentie: Hoog\n\nHallo\n",
    "Prima.",
    who=BRAM,
)
plain(
    "list-footer",
    "Goed idee.\n\n_______________________________________________\nToegankelijk mailing list\nToegankelijk@lijst.example\nhttps://lijst.example/listinfo/toegankelijk\n",
    "Goed idee.",
)
plain(
    "scanner-mid",
    "Goed.\n\nGroet, Ans\n\n\n--\nDeze e-mail is door Avast gecontroleerd op virussen.\nhttps://www.avast.com/antivirus\n",
    "Goed.",
)
plain(
    "device-only",
    "Verstuurd vanaf mijn iPhone\n\n> Op 3 nov 2025 om 10:12 heeft Meedoen <"
    + ADDRESS
    + "> het volgende geschreven:\n> \n> Hallo\n",
    "",
    sure=False,
)
plain(
    "device-in-text",
    "Dit is verstuurd vanaf mijn iPhone, dus het is kort. Ik kom.\n",
    "Dit is verstuurd vanaf mijn iPhone, dus het is kort. Ik kom.",
)
plain(
    "cid-in-plain",
    "Ik kom.\n\nMet vriendelijke groet,\n\nBram de Vries\n\n[cid:image001.png@01DC4C9A.7F0E2B10]\n\n" + HEADER,
    "Ik kom.",
    who=BRAM,
)
plain("logo-in-plain", "Ik kom.\n\n[Logo: Gemeente Voorbeeldstad]\n\n" + HEADER, "Ik kom.", who=BRAM)
plain(
    "safe-link",
    "Zie https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fvoorbeeldstad.example%2Fplan&data=05%7C02%7Cb.devries%40voorbeeldstad.example&sdata=x&reserved=0 voor het plan.\n",
    "Zie https://voorbeeldstad.example/plan voor het plan.",
    who=BRAM,
)
plain(
    "link-in-angles",
    "Zie ons plan<https://voorbeeldstad.example/plan> en www.voorbeeldstad.example<http://www.voorbeeldstad.example/>.\n",
    "Zie ons plan (https://voorbeeldstad.example/plan) en www.voorbeeldstad.example.",
    who=BRAM,
)
