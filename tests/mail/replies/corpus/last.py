"""A second set written later, each seen once before anything was changed."""

from .letters import HEADER, QUOTE, plain, rich
from .mail import ADDRESS, ORIGINAL, divs, page, paragraphs, quoted, text

MARKED, UNMARKED = text(quoted(ORIGINAL)), text(ORIGINAL)
HENK = ("Henk Bos", "henkbos@post.example")
YASMINA = ("Yasmina Benali", "yasmina.benali@zorgkant.example")
PETER = ("Peter-Paul Kuijpers", "pp.kuijpers@oosthoek.example")
WIM = ("W. Dekker", "w.dekker@post.example")

A = "Beste mensen,\n\nHier in Oosthoek is het anders gegaan. De bewoners wilden zelf meedenken, en dat deden ze ook:\n\n* elke maand een avond\n* koffie met iets lekkers\n* een schrijftolk\n\nHet verslag volgt."
B = "Nee hoor, geen probleem."
C = "Kun je dit aan Carla doorgeven?\nHaar nummer heb ik niet."
D = "Wat een mooi verhaal van de mevrouw in Zuiderwaard. Ik herken het helemaal, want bij ons in de flat is de lift al drie weken stuk en de woningcorporatie zegt steeds dat het onderdeel er niet is."

plain("last-henk", f"{A}\n\nMvg Henk Bos\n\n{QUOTE}", A, who=HENK)
plain("last-henk-initial", f"{B}\n\nGr. H.\n\n{QUOTE}", B, who=HENK)
plain("last-henk-trail", f"{B} Groetjes Henk\n\n{QUOTE}", f"{B} Groetjes Henk", who=HENK)
plain("last-wim", f"{D}\n\nMet vriendelijke groet,\n\nWim Dekker\n\n{QUOTE}", D, who=WIM)
plain("last-wim-bare", f"{D}\n\nWim\n\n{QUOTE}", f"{D}\n\nWim", who=WIM, sure=False)
plain("last-peter", f"{C}\n\nDank,\nPeter-Paul\n\n{HEADER}", f"{C}\n\nDank,", who=PETER)
plain("last-peter-pp", f"{C}\n\nGroet,\nPP\n\n{HEADER}", C, who=PETER)
plain(
    "last-yasmina",
    f"{A}\n\nHartelijke groet,\n\nYasmina Benali\nCliëntondersteuner\n\nZorgkant | Molenweg 3 | 4321 ZX Oosthoek\nTelefoon: 088 123 00 00\nE-mail: yasmina.benali@zorgkant.example\nInternet: www.zorgkant.example\nKvK 12345678\n\n{HEADER}",
    A,
    who=YASMINA,
)
plain("last-yasmina-days", f"{B}\n\nHartelijke groet,\nYasmina Benali\n(di, wo, vr)\n\n{HEADER}", B, who=YASMINA)
plain(
    "last-yasmina-pronoun",
    f"{B}\n\nGroet,\n\nYasmina Benali (zij/haar)\n\nHoe spreek je mij aan? Lees het op www.zorgkant.example\n\n{HEADER}",
    B,
    who=YASMINA,
    sure=False,
)
plain(
    "last-council",
    f"{A}\n\nMet vriendelijke groet,\n\n\nP.P. (Peter-Paul) Kuijpers\nStrategisch adviseur\n\nOosthoek, gemeente aan de rivier\n\nPostbus 9, 4300 AA Oosthoek\nT (0113) 45 67 89\n\nwww.oosthoek.example | @gemeenteoosthoek\n\n________________________________\nGemeente Oosthoek gebruikt e-mail niet voor formele besluiten. Aan deze e-mail kunt u geen rechten ontlenen.\n\n{HEADER}",
    A,
    who=PETER,
)
plain(
    "last-council-fax",
    f"{B}\n\nMet vriendelijke groet,\nCollege van Oosthoek,\nnamens dezen,\n\nP.P. Kuijpers\nTel: 0113-456789\nFax: 0113-456780\n\n{HEADER}",
    B,
    who=PETER,
)
plain("last-trail-dash", f"{B}\n\n- Henk\n\n{QUOTE}", B, who=HENK)
plain("last-trail-slash", f"{B}\n\n/Henk\n\n{QUOTE}", B, who=HENK)
plain("last-name-comma", f"Ans,\n\n{B}\n\nHenk\n\n{QUOTE}", f"Ans,\n\n{B}", who=HENK)
plain("last-thanks-comma-name", f"{B}\n\nBedankt, Henk\n\n{QUOTE}", f"{B}\n\nBedankt, Henk", who=HENK)
plain("last-see-you", f"{B}\n\nTot dan, groet Henk\n\n{QUOTE}", f"{B}\n\nTot dan, groet Henk", who=HENK)
plain(
    "last-android",
    f"{D}\n\nVerzonden vanaf mijn Android-telefoon via de KPN-mailapp.\n\n-------- Oorspronkelijk bericht --------\nVan: Meedoen <{ADDRESS}>\nDatum: ma 3 nov. 2025 10:12\nAan: Henk Bos <henkbos@post.example>\nOnderwerp: Drempels bij winkels\n\n{UNMARKED}",
    D,
    who=HENK,
)
plain(
    "last-xiaomi",
    f"{D}\n\nVerzonden vanaf Xiaomi\nOp ma 3 nov. 2025 om 10:12 schreef Meedoen\n<{ADDRESS}>:\n{MARKED}",
    D,
    who=HENK,
)
plain("last-hyphens", f"{D}\n\n---\nOp 3 november 2025 10:12, Meedoen <{ADDRESS}> schreef:\n\n{MARKED}", D, who=HENK)
plain(
    "last-marks-bar",
    f"{B}\n\nMeedoen schreef op 3-11-2025 om 10:12:\n" + text(quoted(ORIGINAL, "| ")),
    B,
    who=HENK,
    sure=False,
)
plain("last-original-bare", f"{B}\n\n--- Oorspronkelijk bericht ---\n{UNMARKED}", B, who=HENK)
plain(
    "last-time-in-text",
    "Om 10:30 uur schreef iemand op het bord: wij willen door de deur!\n\nDat was op 3-11-2025.\n",
    "Om 10:30 uur schreef iemand op het bord: wij willen door de deur!\n\nDat was op 3-11-2025.",
    who=HENK,
)
plain(
    "last-colon-then-list",
    f"Op 12-11-2025 gaan we langs bij:\n- de bakker\n- de slager\n\n{QUOTE}",
    "Op 12-11-2025 gaan we langs bij:\n- de bakker\n- de slager",
    who=HENK,
)
plain(
    "last-story",
    "Op 3 november 2025 om 9:30 uur hebben wij een brief geschreven:\nWij willen door de deur.\n\nTot nu toe geen antwoord.\n",
    "Op 3 november 2025 om 9:30 uur hebben wij een brief geschreven:\nWij willen door de deur.\n\nTot nu toe geen antwoord.",
    who=HENK,
    sure=False,
)
rich(
    "last-html-list",
    page(
        f'<div dir="auto">Beste mensen,<br><br>Nodig is:<ul><li>koffie</li><li>een tolk</li></ul></div><div dir="auto">Groet, Henk</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Op ma 3 nov. 2025 10:12 schreef Meedoen &lt;{ADDRESS}&gt;:<br></div><blockquote class="gmail_quote">{divs(ORIGINAL)}</blockquote></div>'
    ),
    "Beste mensen,\n\nNodig is:\n\n- koffie\n- een tolk",
    who=HENK,
)
rich(
    "last-html-outlook-list",
    page(
        paragraphs(["Nodig is:"])
        + '<ul type="disc"><li class="MsoListParagraph">koffie<o:p></o:p></li><li class="MsoListParagraph">een tolk<o:p></o:p></li></ul>'
        + paragraphs(["", "Groet,", "Henk", ""])
        + '<div style="border:none;border-top:solid #E1E1E1 1.0pt">'
        + paragraphs(HEADER.split("\n"))
        + "</div>"
    ),
    "Nodig is:\n\n- koffie\n- een tolk",
    who=HENK,
)
rich(
    "last-html-table-layout",
    page(
        f'<table width="100%"><tr><td><p>{B}</p><p>Groet, Henk</p></td></tr></table><blockquote type="cite">{divs(ORIGINAL)}</blockquote>'
    ),
    B,
    who=HENK,
)
rich(
    "last-html-small-print",
    page(
        f'<p>{B}</p><p>Groet,<br>Peter-Paul</p><p style="font-size:8pt;color:grey">De gemeente Oosthoek staat niet in voor de juiste en volledige overbrenging van de inhoud van een verzonden e-mail, noch voor tijdige ontvangst daarvan.</p>'
    ),
    B,
    who=PETER,
)

# What each part of the reader might cut too much of.
plain(
    "careful-story",
    "Er is meer.\n\nOp 3 november 2025 schreef de wethouder:\nwij doen mee.\n\nMaar er kwam niets van.\n",
    "Er is meer.",
    who=HENK,
    sure=False,
)
plain(
    "careful-private",
    "Dit bericht is alleen bedoeld voor de wethouder van Oosthoek, en voor niemand anders in het gemeentehuis.\n\nIk kom er namelijk niet in, en ik wil dat hij dat weet.\n\nHenk\n",
    "",
    who=HENK,
    sure=False,
)
plain(
    "careful-after-notice",
    f"{B}\n\nGroet, Henk\n\nDeze e-mail is uitsluitend bestemd voor de geadresseerde.\n\nO ja, mijn zus komt ook mee.\n",
    B,
    who=HENK,
    sure=False,
)
rich(
    "careful-barred",
    page(f'<div>{B}</div><div style="border-left:2px solid #1010ff;padding-left:8px">{divs(ORIGINAL)}</div>'),
    B,
    who=HENK,
)
