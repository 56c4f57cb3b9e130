"""Answers between the lines, below what was answered, and in a colour."""

from .letters import HEADER, plain, rich
from .mail import ORIGINAL, page, paragraphs, quoted, text
from .said import BRAM, FATIMA

INLINE = (
    "Op ma 3 nov 2025 om 10:12 schreef Carla <carla@meedoen.example>:\n\n> Hallo Ans,\n>\n> Kom je online of in de zaal?\n\nIn de zaal.\n\n"
    "> Heb je een tolk nodig?\n\nNee, wel ondertiteling.\n\n> Groet,\n> Carla\n"
)
INLINE_EXPECTED = "> Kom je online of in de zaal?\n\nIn de zaal.\n\n> Heb je een tolk nodig?\n\nNee, wel ondertiteling."
plain("inline-nl", INLINE, INLINE_EXPECTED)
plain("inline-greeted", "Hoi Carla,\n\n" + INLINE + "\nGroet, Ans\n", "Hoi Carla,\n\n" + INLINE_EXPECTED)
plain(
    "inline-flowed",
    INLINE.replace("Nee, wel ondertiteling.", "Nee, maar wel ondertiteling, en graag \nop een groot scherm."),
    INLINE_EXPECTED.replace("Nee, wel ondertiteling.", "Nee, maar wel ondertiteling, en graag op een groot scherm."),
    leaf={"more": "; format=flowed"},
)
plain(
    "inline-en-mutt",
    "On Mon, Nov 03, 2025 at 10:12:44AM +0100, Carla wrote:\n> Can you come?\n\nYes.\n\n> Do you need a captioner?\n\nPlease!\n\n-- \nFatima\n",
    "> Can you come?\n\nYes.\n\n> Do you need a captioner?\n\nPlease!",
    who=FATIMA,
)
plain(
    "inline-no-space",
    "Op 3-11-2025 om 10:12 schreef Carla:\n>Hoe laat kom je?\ntwee uur\n>En hoe?\nmet de trein\n",
    "> Hoe laat kom je?\n\ntwee uur\n\n> En hoe?\n\nmet de trein",
)
plain(
    "inline-deep",
    "Op 3-11-2025 om 10:12 schreef Carla:\n> Op 2-11-2025 schreef Ans:\n>> Wie leidt het?\n> Dirk.\nFijn, die ken ik.\n> En jij?\nIk ook.\n",
    "> > Wie leidt het?\n> Dirk.\n\nFijn, die ken ik.\n\n> En jij?\n\nIk ook.",
)
rich(
    "inline-gmail-html",
    '<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Op ma 3 nov 2025 om 10:12 schreef Carla &lt;carla@meedoen.example&gt;:<br></div>'
    '<blockquote class="gmail_quote" style="border-left:1px solid"><div>Kom je online of in de zaal?</div></blockquote><div>In de zaal.</div><div><br></div>'
    '<blockquote class="gmail_quote" style="border-left:1px solid"><div>Heb je een tolk nodig?</div></blockquote><div>Nee, wel ondertiteling.</div></div></div>',
    INLINE_EXPECTED,
)
rich(
    "inline-apple-html",
    page(
        '<div>Op 3 nov 2025, om 10:12 heeft Carla &lt;carla@meedoen.example&gt; het volgende geschreven:</div><br><blockquote type="cite"><div>Kom je online of in de zaal?</div></blockquote><div><br></div>'
        '<div>In de zaal.</div><br><blockquote type="cite"><div>Heb je een tolk nodig?</div></blockquote><div><br></div>Nee, wel ondertiteling.<br>'
    ),
    INLINE_EXPECTED,
)
plain(
    "below-with-greeting",
    "Op 3-11-2025 om 10:12 schreef Meedoen:\n" + text(quoted(ORIGINAL)) + "\nHoi,\n\nPrima zo.\n\nGroet,\nAns\n",
    "Hoi,\n\nPrima zo.",
)
plain("below-unmarked-block", text(quoted(ORIGINAL)) + "\nGoed plan.\n", "Goed plan.")
plain(
    "above-and-below",
    "Zie mijn antwoord.\n\nOp 3-11-2025 om 10:12 schreef Meedoen:\n" + text(quoted(ORIGINAL)) + "\nWij doen mee.\n",
    "Zie mijn antwoord.\n\nWij doen mee.",
)
plain(
    "in-red",
    "Zie mijn antwoorden hieronder in rood.\n\nGroet, Bram\n\n" + HEADER.replace("Hallo,", "Hallo,\n\nWij doen mee!"),
    "Zie mijn antwoorden hieronder in rood.",
    who=BRAM,
    sure=False,
)
rich(
    "in-blue-html",
    page(
        paragraphs(["Mijn reactie staat in blauw in de tekst.", "", "Bram"])
        + '<div style="border:none;border-top:solid #E1E1E1 1.0pt">'
        + paragraphs(HEADER.split("\n"))
        + "</div>"
    ),
    "Mijn reactie staat in blauw in de tekst.",
    who=BRAM,
    sure=False,
)
plain(
    "own-quotation",
    "In de brief staat:\n\n> Iedereen moet mee kunnen doen.\n\nDat vind ik mooi gezegd.\n",
    "In de brief staat:\n\n> Iedereen moet mee kunnen doen.\n\nDat vind ik mooi gezegd.",
    sure=False,
)
