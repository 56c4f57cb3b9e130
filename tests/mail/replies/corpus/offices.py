"""Programs of offices: Outlook in its many kinds, Windows, GroupWise, Notes, eM Client, Evolution."""

from .mail import ADDRESS, ORIGINAL, Leaf, divs, escaped, letter, many, page, paragraphs, quoted, text, wrapped
from .programs import program

NL = ("Van", "Verzonden", "Aan", "Onderwerp")
EN = ("From", "Sent", "To", "Subject")
WORD = "<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:Calibri} .MsoChpDefault {mso-style-type:export-only} --></style>"


def header(said, names, when="maandag 3 november 2025 10:12", cc=False):
    values = [f"Meedoen <{ADDRESS}>", when, f"{said.name} <{said.address}>", "Drempels bij winkels"]
    return [f"{name}: {value}" for name, value in zip(names, values, strict=True)]


def bold(fields, tag="b"):
    return "<br>".join(
        f"<{tag}>{name}:</{tag}> {escaped(value)}" for name, _, value in (field.partition(": ") for field in fields)
    )


@program("outlook-nl", names=NL)
@program("outlook-en", names=EN, when="Monday, 3 November 2025 10:12")
@program("outlook-nl-html", names=NL, is_html_only=True)
@program("outlook-en-html", names=EN, when="Monday, November 3, 2025 10:12 AM", is_html_only=True)
def outlook(said, names, when="maandag 3 november 2025 10:12", is_html_only=False):
    """On Windows; Exchange makes the plain text of the HTML."""
    fields = header(said, names, when)
    above = said.whole
    plain = text([line for word in (*above, "", *fields, "", *ORIGINAL) for line in (word or " ", "")])
    rich = page(
        f'<div class="WordSection1">{paragraphs(above)}{paragraphs([""])}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        f'<p class="MsoNormal">{bold(fields)}<o:p></o:p></p></div></div>{paragraphs(["", *ORIGINAL])}</div>',
        WORD,
    )
    if is_html_only:
        return letter(said, Leaf("html", rich), head=("X-Mailer: Microsoft Outlook 16.0",))
    return letter(
        said,
        many("alternative", Leaf("plain", plain), Leaf("html", rich), boundary="_000_AM9PR08MB", more=""),
        head=("Accept-Language: nl-NL",),
    )


@program("outlook-tekst-nl", names=NL, separator="-----Oorspronkelijk bericht-----")
@program("outlook-tekst-en", names=EN, separator="-----Original Message-----", when="Monday, November 3, 2025 10:12 AM")
def outlook_plain(said, names, separator, when="maandag 3 november 2025 10:12"):
    """Answering a plain text in plain text: wrapped at 76, windows-1252 where it can be."""
    fields = [field.replace(f" <{ADDRESS}>", f" [mailto:{ADDRESS}] ") for field in header(said, names, when)]
    plain = text([*wrapped(said.whole, 76), "", separator, *fields, "", *wrapped(ORIGINAL, 76)])
    try:
        plain.encode("cp1252")
    except UnicodeEncodeError:
        return letter(said, Leaf("plain", plain, "base64"))
    return letter(said, Leaf("plain", plain, charset="windows-1252"))


@program("outlook-oud-nl")
def outlook_prefixed(said):
    """Set to put "> " before the lines that were answered."""
    fields = ["-----Oorspronkelijk bericht-----", *header(said, NL), "", *wrapped(ORIGINAL, 74)]
    return letter(said, Leaf("plain", text([*wrapped(said.whole, 76), "", *quoted(fields)])))


@program("owa-nl", names=NL)
@program("owa-en", names=EN, when="Monday, November 3, 2025 10:12 AM")
@program("owa-nl-html", names=NL, is_html_only=True)
@program("owa-en-html", names=EN, when="03 November 2025 10:12", is_html_only=True)
@program("outlook-nieuw-nl-html", names=NL, is_html_only=True, is_new=True)
def on_the_web(said, names, when="maandag 3 november 2025 10:12", is_html_only=False, is_new=False):
    fields = header(said, names, when)
    plain = text([*said.whole, "________________________________", *fields, "", *ORIGINAL])
    own = "".join(
        f'<div class="elementToProof" style="font-family: Aptos, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);">{escaped(line) or "<br>"}</div>'
        for line in said.whole
    )
    if is_new:
        signature = said.closing.split("\n")
        own = "".join(f'<div class="elementToProof">{escaped(line) or "<br>"}</div>' for line in said.text.split("\n"))
        own += (
            f'<div class="elementToProof"><br></div><div id="Signature" class="elementToProof">{divs(signature)}</div>'
        )
    rich = page(
        f'{own}<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">{bold(fields)}</font><div>&nbsp;</div></div>'
        f'<div class="BodyFragment">{divs(ORIGINAL)}</div>'
    )
    if is_html_only:
        return letter(said, Leaf("html", rich, "base64"))
    return letter(said, many("alternative", Leaf("plain", plain), Leaf("html", rich), boundary="_000_DB7PR"))


@program("outlook-ios-nl", device="Verzonden vanuit Outlook voor iOS", link="https://aka.ms/o0ukef", names=NL)
@program(
    "outlook-ios-en",
    device="Get Outlook for iOS",
    link="https://aka.ms/o0ukef",
    names=EN,
    when="Monday, November 3, 2025 10:12:44 AM",
)
@program("outlook-android-nl", device="Outlook voor Android downloaden", link="https://aka.ms/AAb9ysg", names=NL)
@program(
    "outlook-ios-nl-html",
    device="Outlook voor iOS downloaden",
    link="https://aka.ms/o0ukef",
    names=NL,
    is_html_only=True,
)
@program(
    "outlook-android-en-html",
    device="Get Outlook for Android",
    link="https://aka.ms/AAb9ysg",
    names=EN,
    is_html_only=True,
)
def outlook_mobile(said, device, link, names, when="maandag 3 november 2025 10:12:44", is_html_only=False):
    fields = header(said, names, when)
    plain = text([*said.whole, "", f"{device}<{link}>", "________________________________", *fields, "", *ORIGINAL])
    words, _, place = device.rpartition("Outlook")
    rich = page(
        f'<div dir="auto">{divs(said.whole)}</div><div id="ms-outlook-mobile-body-separator-line" dir="auto"><br></div>'
        f'<div id="ms-outlook-mobile-signature" dir="auto"><div>{words}<a href="{link}">Outlook{place}</a></div></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">{bold(fields)}</font><div>&nbsp;</div></div>{divs(ORIGINAL)}'
    )
    if is_html_only:
        return letter(said, Leaf("html", rich))
    return letter(said, many("alternative", Leaf("plain", plain), Leaf("html", rich), boundary="_000_VI1PR"))


@program("outlook-mac-nl", names=("Van", "Datum", "Aan", "Onderwerp"))
@program("outlook-mac-en", names=("From", "Date", "To", "Subject"), when="Monday, 3 November 2025 at 10:12")
def outlook_mac(said, names, when="maandag 3 november 2025 om 10:12"):
    fields = header(said, names, when)
    rich = page(
        f'<div class="WordSection1">{paragraphs(said.whole)}{paragraphs([""])}<div id="mail-editor-reference-message-container"><div><div style="border:none;border-top:solid #B5C4DF 1.0pt">'
        f'<p class="MsoNormal"><span style="font-size:12.0pt;color:black">{bold(fields)}</span></p></div>{paragraphs(ORIGINAL)}</div></div></div>',
        WORD,
    )
    return letter(
        said,
        many(
            "alternative",
            Leaf("plain", text([*said.whole, "", *fields, *ORIGINAL])),
            Leaf("html", rich),
            boundary="B_3845",
        ),
    )


@program("windows-mail-nl", names=NL, device="Verzonden vanuit Mail voor Windows")
@program("windows-mail-en", names=("From", "Sent", "To", "Subject"), device="Sent from Mail for Windows 10")
def windows_mail(said, names, device):
    fields = header(said, names)
    rich = page(
        f'<div class="WordSection1">{paragraphs(said.whole)}{paragraphs(["", device, ""])}<div style="mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt">'
        f'<p class="MsoNormal" style="border:none;padding:0cm">{bold(fields)}</p></div>{paragraphs(["", *ORIGINAL])}</div>',
        WORD,
    )
    return letter(said, Leaf("html", rich))


@program("groupwise-nl", mark=">>> Meedoen <{}> 3-11-2025 10:12 >>>")
@program("groupwise-en", mark='>>> "Meedoen" <{}> 11/3/2025 10:12 AM >>>')
def groupwise(said, mark):
    """As some councils still have it: three angles, and all that follows stands there as it is."""
    return letter(
        said,
        Leaf("plain", text([*said.whole, "", mark.format(ADDRESS), *ORIGINAL]), charset="utf-8"),
        head=("X-Mailer: Novell GroupWise Internet Agent 14.2.3",),
    )


@program("groupwise-nl-html")
def groupwise_html(said):
    rich = page(
        f'<div>{divs(said.whole)}</div><div>&nbsp;</div>&gt;&gt;&gt; Meedoen &lt;{ADDRESS}&gt; 3-11-2025 10:12 &gt;&gt;&gt;<br><div style="border-left:solid 1px">{divs(ORIGINAL)}</div>'
    )
    return letter(said, Leaf("html", rich, "8bit"))


@program("notes-nl", names=("Van", "Aan", "Datum", "Onderwerp"))
@program("notes-en", names=("From", "To", "Date", "Subject"))
def notes(said, names):
    values = (f"Meedoen <{ADDRESS}>", f"{said.name} <{said.address}>", "03-11-2025 10:12", "Drempels bij winkels")
    fields = [f"{name}:   {value}" for name, value in zip(names, values, strict=True)]
    return letter(
        said,
        Leaf("plain", text([*said.whole, "", "", "", *fields, "", "", "", *ORIGINAL, "", ""])),
        head=("X-Mailer: HCL Notes Release 12.0.2",),
    )


@program("notes-web-nl", line="-----Meedoen <{}> schreef: -----")
@program("notes-web-en", line='-----"Meedoen" <{}> wrote: -----')
def notes_web(said, line):
    fields = [
        "Aan: " + said.address,
        f"Van: Meedoen <{ADDRESS}>",
        "Datum: 03-11-2025 10:12",
        "Onderwerp: Drempels bij winkels",
    ]
    return letter(said, Leaf("plain", text([*said.whole, "", line.format(ADDRESS), *fields, "", *ORIGINAL])))


@program("emclient-nl", title="------ Origineel bericht ------", names=("Van", "Aan", "Verzonden", "Onderwerp"))
@program("emclient-en", title="------ Original Message ------", names=("From", "To", "Date", "Subject"))
def emclient(said, title, names):
    values = (f'"Meedoen" <{ADDRESS}>', f"{said.name} <{said.address}>", "3-11-2025 10:12:44", "Drempels bij winkels")
    fields = [
        f"{name} {value}" if title.startswith("------ Origineel") else f"{name}: {value}"
        for name, value in zip(names, values, strict=True)
    ]
    return letter(said, Leaf("plain", text([*said.whole, "", title, *fields, "", *ORIGINAL])))


@program("evolution-nl", attribution="Meedoen schreef op ma 03-11-2025 om 10:12 [+0100]:")
@program("evolution-en", attribution="On Mon, 2025-11-03 at 10:12 +0100, Meedoen wrote:")
def evolution(said, attribution):
    return letter(
        said,
        Leaf("plain", text([*wrapped(said.whole, 71), "", attribution, *quoted(wrapped(ORIGINAL, 69))])),
        head=("User-Agent: Evolution 3.56.1",),
    )
