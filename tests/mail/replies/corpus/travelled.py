"""How a mail travelled: characters under a wrong label, parts, what was passed on."""

from .letters import HEADER, QUOTE, parts, plain, rich
from .mail import Leaf, divs, many, page
from .said import BRAM, CLOSINGS, ELIF

ACCENTS = "Eén café, géén drempel: dat is de coöperatie."
EURO = "Het kost € 12,50 – “alles inbegrepen” …"
for label in ("windows-1252", "iso-8859-15", "utf-7", "utf-8", "utf-16"):
    plain(f"charset-{label}", ACCENTS + "\n\nAns\n", ACCENTS, leaf={"charset": label, "encoding": "base64"})
plain("charset-15-euro", "Het kost € 12,50.\n", "Het kost € 12,50.", leaf={"charset": "iso-8859-15"})
plain("label-latin1-is-1252", EURO + "\n", EURO, leaf={"charset": "cp1252", "label": "iso-8859-1"})
plain("label-ascii-is-utf8", EURO + "\n", EURO, leaf={"label": "us-ascii"})
plain(
    "label-ascii-is-1252",
    EURO + "\n",
    EURO,
    leaf={"charset": "cp1252", "label": "us-ascii", "encoding": "quoted-printable"},
)
plain("label-utf8-is-1252", ACCENTS + "\n", ACCENTS, leaf={"charset": "cp1252", "label": "utf-8"})
plain("label-latin1-is-utf8", ACCENTS + "\n", ACCENTS, leaf={"label": "iso-8859-1"})
plain("label-none", ACCENTS + "\n", ACCENTS, leaf={"label": ""})
plain("label-unknown", ACCENTS + "\n", ACCENTS, leaf={"label": "x-unknown"})
plain("label-quoted-odd", ACCENTS + "\n", ACCENTS, leaf={"label": '"ISO-8859-1"', "charset": "latin-1"})
plain("decomposed", "Cafe\u0301 Noe\u0308l\n", "Café Noël")
plain("right-to-left", "مرحبا، أود الحضور.\n\nشكرا\n\n" + QUOTE, "مرحبا، أود الحضور.\n\nشكرا")
plain("direction-marks", "Ik kom \u202enegrom\u202c.\n", "Ik kom negrom.")
plain("turkish", "Teşekkürler, geleceğim.\n\nElif Yıldız\n", "Teşekkürler, geleceğim.", who=ELIF)
plain("hard-spaces", "Ik\u00a0kom\u00a0graag.\u00a0\n\n\u00a0\nGroet,\u00a0Ans\n", "Ik kom graag.")
plain("one-line-ends", "Ik kom.\r\rGroet,\rAns\r", "Ik kom.", leaf={"encoding": "base64"})


# Of more than one part ----------------------------------------------------------------------------------------


PICTURE = Leaf(
    "image/png",
    b"\x89PNG" + b"\x00" * 3000,
    "base64",
    more='; name="image001.png"',
    head=["Content-ID: <image001.png@01DC4C9A>", "Content-Disposition: inline"],
)
parts(
    "empty-plain",
    many("alternative", Leaf("plain", " \n\n"), Leaf("html", page("<div>Ik kom graag.</div>")), boundary="x"),
    "Ik kom graag.",
)
parts(
    "plain-says-nothing",
    many(
        "alternative",
        Leaf("plain", "Dit is een HTML-bericht. Uw e-mailprogramma kan dit niet weergeven."),
        Leaf("html", "<p>Ik kom graag.</p>"),
        boundary="x",
    ),
    "Ik kom graag.",
)
parts(
    "apple-picture-between",
    many(
        "mixed",
        Leaf("plain", "Zie de foto:\n\n"),
        PICTURE,
        Leaf("plain", "\n\nMooi hè?\n\nVerstuurd vanaf mijn iPhone\n"),
        boundary="x",
    ),
    "Zie de foto:\n\nMooi hè?",
)
parts(
    "related",
    many(
        "related",
        many(
            "alternative",
            Leaf("plain", "Ik kom.\n\nMet vriendelijke groet,\nBram\n[cid:image001.png@01DC4C9A]\n"),
            Leaf(
                "html",
                page('<p>Ik kom.</p><p>Met vriendelijke groet,<br>Bram</p><img src="cid:image001.png@01DC4C9A">'),
            ),
            boundary="y",
        ),
        PICTURE,
        boundary="x",
    ),
    "Ik kom.",
    who=BRAM,
)
parts(
    "footer-part",
    many(
        "mixed",
        Leaf("plain", "Ik kom.\n"),
        Leaf("plain", f"Disclaimer: {CLOSINGS['disclaimer'][1][-120:]}\n"),
        boundary="x",
    ),
    "Ik kom.",
)
parts(
    "signed",
    many(
        "signed",
        Leaf("plain", "Ik kom.\n"),
        Leaf("application/pgp-signature", "-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----", "7bit"),
        boundary="x",
        more="; micalg=pgp-sha256",
    ),
    "Ik kom.",
)
plain(
    "clear-signed",
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nIk kom.\n-----BEGIN PGP SIGNATURE-----\n\niQIzBAEB\n-----END PGP SIGNATURE-----\n",
    "Ik kom.",
)
plain("encrypted-armor", "-----BEGIN PGP MESSAGE-----\n\nhQEMA1\n=abcd\n-----END PGP MESSAGE-----\n", "", sure=False)
parts(
    "encrypted-mime",
    many(
        "encrypted",
        Leaf("application/pgp-encrypted", "Version: 1", "7bit"),
        Leaf("application/octet-stream", "-----BEGIN PGP MESSAGE-----\n", "7bit"),
        boundary="x",
    ),
    "",
    sure=False,
)
parts(
    "voice",
    many(
        "mixed",
        Leaf("plain", "\n"),
        Leaf("audio/m4a", b"\x00\x00ftyp", "base64", more='; name="Opname.m4a"'),
        boundary="x",
    ),
    "",
    sure=False,
)
parts(
    "invitation-accepted",
    many(
        "alternative",
        Leaf("plain", "\n"),
        Leaf("text/calendar", "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n", more="; method=REPLY"),
        boundary="x",
    ),
    "",
    sure=False,
    subject="Geaccepteerd: Drempels bij winkels",
)
plain("subject-only", "\n\n", "", sure=False)
plain("signature-only", "-- \nAns de Wit\n", "", sure=False)


# Passed on, and from before ------------------------------------------------------------------------------------

FORWARD_GMAIL = "\n---------- Forwarded message ---------\nVan: Dirk Jansen <dirk@post.example>\nDate: ma 3 nov 2025 om 09:00\nSubject: Lift\nTo: Ans\n\nDe lift is stuk.\n"
plain("forward-gmail", "Ter info.\n" + FORWARD_GMAIL, "Ter info.", sure=False, subject="Fwd: Drempels bij winkels")
plain(
    "forward-apple",
    "Zie dit.\n\nBegin doorgestuurd bericht:\n\nVan: Dirk Jansen <dirk@post.example>\nOnderwerp: Lift\nDatum: 3 november 2025 om 09:00\nAan: Ans\n\nDe lift is stuk.\n",
    "Zie dit.",
    sure=False,
    subject="Doorst: Drempels bij winkels",
)
plain("forward-bare", FORWARD_GMAIL, "", sure=False, subject="Fwd: Drempels bij winkels")
plain(
    "forward-thunderbird",
    "Kijk.\n\n-------- Doorgestuurd bericht --------\nOnderwerp: \tLift\nDatum: \tMon, 3 Nov 2025 09:00:00 +0100\nVan: \tDirk <dirk@post.example>\n\nDe lift is stuk.\n",
    "Kijk.",
    sure=False,
    subject="Fwd: Drempels bij winkels",
)
plain(
    "two-rounds",
    "Akkoord.\n\nOp di 4 nov 2025 om 09:00 schreef Carla <carla@meedoen.example>:\n\n> Zo goed?\n>\n> Op ma 3 nov 2025 om 10:12 schreef Ans:\n>\n> > Nee.\n",
    "Akkoord.",
)
plain("outlook-above-gmail", "Akkoord.\n\nGroet, Bram\n\n" + HEADER + "\n" + QUOTE, "Akkoord.", who=BRAM)
plain(
    "new-question",
    "Wie heeft ervaring met een toegankelijk stemlokaal?\n\nWij zoeken voorbeelden voor maart.\n\nGroet,\nAns\n",
    "Wie heeft ervaring met een toegankelijk stemlokaal?\n\nWij zoeken voorbeelden voor maart.",
)
rich(
    "word-bullets",
    page(
        '<p class="MsoListParagraph" style="text-indent:-18.0pt"><!--[if !supportLists]--><span>·<span style="font:7.0pt">&nbsp;&nbsp;&nbsp; </span></span><!--[endif]-->een tolk</p><p class="MsoNormal">Dat is alles.</p>'
    ),
    "· een tolk\nDat is alles.",
)
rich(
    "list-html",
    page(
        "<p>Nodig:</p><ul><li>een tolk</li><li>een <b>ringleiding</b></li></ul><ol><li>eerst bellen</li><li>dan komen</li></ol>"
    ),
    "Nodig:\n\n- een tolk\n- een ringleiding\n\n1. eerst bellen\n2. dan komen",
)
rich(
    "hidden-preheader",
    page(
        f'<div style="display:none">voorproefje</div><div>Ik kom.</div><img src="https://t.example/p.gif" width="1" height="1">{divs([])}'
    ),
    "Ik kom.",
)
rich(
    "link-html",
    page('<p>Zie <a href="https://voorbeeldstad.example/plan">ons plan</a>.</p>'),
    "Zie ons plan (https://voorbeeldstad.example/plan).",
)
rich(
    "upper-case-html",
    "<HTML><BODY><P>Ik kom.<BR>Met Bram.</P><BLOCKQUOTE TYPE=CITE><P>Kom je?</P></BLOCKQUOTE></BODY></HTML>",
    "Ik kom.\nMet Bram.",
)
rich(
    "indented-html",
    page(
        '<div>Zo staat het er:</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>drie treden</div></blockquote><div>Meer niet.</div>'
    ),
    "Zo staat het er:\n\ndrie treden\n\nMeer niet.",
)
