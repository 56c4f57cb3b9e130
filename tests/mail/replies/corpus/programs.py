"""The register of programs, and those of Google, Apple, Mozilla and makers of telephones."""

from collections.abc import Callable

from .mail import ADDRESS, ORIGINAL, Leaf, Said, brs, divs, escaped, flowed, letter, many, page, quoted, text, wrapped

Program = Callable[[Said], bytes]
PROGRAMS: dict[str, Program] = {}


def program(name: str, **options):
    """Put a way to write a mail in the register, once for each language or variant it has."""

    def register(write):
        PROGRAMS[name] = (lambda said: write(said, **options)) if options else write
        return write

    return register


# Gmail: plain wrapped at some 76, HTML in the first div; signature after "-- " in both.


@program("gmail-web-nl", attribution=f"Op ma 3 nov 2025 om 10:12 schreef Meedoen <{ADDRESS}>:")
@program("gmail-web-en", attribution=f"On Mon, Nov 3, 2025 at 10:12 AM Meedoen <{ADDRESS}> wrote:")
@program("gmail-android-nl", attribution=f"Op ma 3 nov. 2025 10:12 schreef Meedoen <{ADDRESS}>:", is_app=True)
@program("gmail-ios-en", attribution=f"On Mon, Nov 3, 2025 at 10:12 Meedoen <{ADDRESS}> wrote:", is_app=True)
@program("gmail-web-nl-html", attribution=f"Op ma 3 nov 2025 om 10:12 schreef Meedoen <{ADDRESS}>:", is_html_only=True)
@program(
    "gmail-workspace-nl",
    attribution=f"Op ma 3 nov 2025 om 10:12 schreef Netwerk Iedereen doet mee, namens de gemeente <{ADDRESS}>:",
)
def gmail(said, attribution, is_app=False, is_html_only=False):
    above = said.whole
    plain = text([*wrapped(above, 76), "", *wrapped([attribution], 78), "", *quoted(wrapped(ORIGINAL, 74)), ">"])
    first, _, address = attribution.partition("<")
    linked = f'{escaped(first)}&lt;<a href="mailto:{ADDRESS}">{ADDRESS}</a>&gt;{escaped(address.partition(">")[2])}'
    outer = "gmail_quote" if is_app else "gmail_quote gmail_quote_container"
    rich = (
        f'<div dir="{"auto" if is_app else "ltr"}">{divs(above)}</div><br><div class="{outer}"><div dir="ltr" class="gmail_attr">{linked}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
        f"{divs(ORIGINAL)}<br></blockquote></div>\n"
    )
    if is_html_only:
        return letter(said, Leaf("html", rich))
    return letter(said, many("alternative", Leaf("plain", plain), Leaf("html", rich), boundary="000000000000a1b2c3"))


@program("gmail-signature-html")
def gmail_signature(said):
    """The signature that Gmail itself puts there, in its own div."""
    rich = (
        f'<div dir="ltr">{divs(said.text.split(chr(10)))}<div><br clear="all"></div><div><br></div><span class="gmail_signature_prefix">-- </span><br>'
        f'<div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">{divs(said.closing.split(chr(10)))}</div></div></div><br>'
        f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">Op ma 3 nov 2025 om 10:12 schreef Meedoen &lt;{ADDRESS}&gt;:<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">{divs(ORIGINAL)}</blockquote></div>'
    )
    return letter(said, Leaf("html", rich, "base64"))


# Apple: a blockquote of type cite, the attribution inside it; plain is format=flowed with "> ".


@program("apple-mail-nl", attribution=f"Op 3 nov 2025, om 10:12 heeft Meedoen <{ADDRESS}> het volgende geschreven:")
@program("apple-mail-en", attribution=f"On 3 Nov 2025, at 10:12, Meedoen <{ADDRESS}> wrote:")
@program(
    "ios-nl",
    attribution=f"Op 3 nov 2025 om 10:12 heeft Meedoen <{ADDRESS}> het volgende geschreven:",
    device="Verstuurd vanaf mijn iPhone",
)
@program("ios-en", attribution=f"On 3 Nov 2025, at 10:12, Meedoen <{ADDRESS}> wrote:", device="Sent from my iPhone")
@program(
    "ipad-nl",
    attribution=f"Op 3 nov 2025 om 10:12 heeft Meedoen <{ADDRESS}> het volgende geschreven:",
    device="Verstuurd vanaf mijn iPad",
)
@program(
    "ios-nl-html",
    attribution=f"Op 3 nov 2025 om 10:12 heeft Meedoen &lt;{ADDRESS}&gt; het volgende geschreven:",
    device="Verstuurd vanaf mijn iPhone",
    is_html_only=True,
)
@program(
    "apple-mail-nl-html",
    attribution=f"Op 3 nov 2025, om 10:12 heeft Meedoen &lt;{ADDRESS}&gt; het volgende geschreven:",
    is_html_only=True,
)
def apple(said, attribution, device="", is_html_only=False):
    above = said.whole
    if is_html_only:
        signed = f'<div><br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{device}</div>' if device else "<div>"
        rich = page(
            f'<div dir="ltr">{divs(above)}</div>{signed}<div dir="ltr"><br><blockquote type="cite">{attribution}<br><br></blockquote></div>'
            f'<blockquote type="cite"><div dir="ltr">﻿{divs(ORIGINAL)}</div></blockquote></div>'
        )
        return letter(said, Leaf("html", rich))
    plain = text(
        [*above, *(["", device] if device else []), "", *quoted([attribution, "", *("" if device else []), *ORIGINAL])]
    )
    if device:
        return letter(said, Leaf("plain", plain, more="; format=flowed"), head=("X-Mailer: iPhone Mail (22H31)",))
    plain = text([*flowed(above), "", *quoted([attribution, "", *flowed(ORIGINAL)])])
    rich = page(
        f'{divs(above)}<div><br><blockquote type="cite"><div>{escaped(attribution)}</div><br><div>{divs(ORIGINAL)}</div></blockquote></div><br>'
    )
    parts = Leaf("plain", plain, more="; format=flowed; delsp=no"), Leaf("html", rich)
    return letter(
        said, many("alternative", *parts, boundary="Apple-Mail=_6F1D"), head=("X-Mailer: Apple Mail (2.3826.700.81)",)
    )


# Thunderbird: flowed, quotes above or below.


@program("thunderbird-nl", attribution="Op 3-11-2025 om 10:12 schreef Meedoen:")
@program("thunderbird-en", attribution="On 03/11/2025 10:12, Meedoen wrote:")
@program("thunderbird-nl-onder", attribution="Op 03-11-2025 om 10:12 schreef Meedoen:", is_below=True)
@program("thunderbird-en-below", attribution="On 11/3/25 10:12, Meedoen wrote:", is_below=True)
@program("thunderbird-oud-nl", attribution="Meedoen schreef op 3-11-2025 om 10:12:", is_below=True)
def thunderbird(said, attribution, is_below=False):
    answered = [attribution, *quoted(flowed(ORIGINAL))]
    own = flowed(said.whole)
    plain = text([*answered, "", *own] if is_below else [*own, "", *answered])
    return letter(said, Leaf("plain", plain, "8bit", more="; format=flowed"), head=("User-Agent: Mozilla Thunderbird",))


@program("thunderbird-nl-html", attribution="Op 3-11-2025 om 10:12 schreef Meedoen:")
@program("thunderbird-en-html-below", attribution="On 03/11/2025 10:12, Meedoen wrote:", is_below=True)
def thunderbird_html(said, attribution, is_below=False):
    quote = f'<div class="moz-cite-prefix">{attribution}<br></div><blockquote type="cite" cite="mid:forum-14-3@meedoen.example">{divs(ORIGINAL)}</blockquote>'
    own = "".join(f"<p>{line}</p>" if line else "" for line in brs(said.whole).split("<br><br>"))
    return letter(said, Leaf("html", page(f"{quote}{own}<br>" if is_below else f"{own}{quote}"), "8bit"))


# Telephones.


@program(
    "k9-nl",
    attribution=f"Op 3 november 2025 10:12:44 CET schreef Meedoen <{ADDRESS}>:",
    device="Verzonden vanaf mijn Android-apparaat met K-9 Mail. Excuseer mijn beknoptheid.",
)
@program(
    "k9-en",
    attribution=f"On 3 November 2025 10:12:44 CET, Meedoen <{ADDRESS}> wrote:",
    device="Sent from my Android device with K-9 Mail. Please excuse my brevity.",
)
@program("fairemail-nl", attribution=f"3 november 2025 10:12:44 Meedoen <{ADDRESS}>:", device="Verstuurd met FairEmail")
def k9(said, attribution, device):
    plain = text([*said.whole, "", "-- ", device, "", attribution, *quoted(wrapped(ORIGINAL, 72), ">")])
    return letter(said, Leaf("plain", plain))


@program(
    "samsung-nl",
    device="Verzonden vanaf mijn Galaxy",
    separator="-------- Oorspronkelijk bericht --------",
    fields=("Van", "Datum", "Aan", "Onderwerp"),
)
@program(
    "samsung-en",
    device="Sent from my Galaxy",
    separator="-------- Original message --------",
    fields=("From", "Date", "To", "Subject"),
)
@program(
    "samsung-html",
    device="Verzonden vanaf Samsung-tablet.",
    separator="-------- Oorspronkelijk bericht --------",
    fields=("Van", "Datum", "Aan", "Onderwerp"),
    is_html=True,
)
@program(
    "huawei-nl",
    device="Verstuurd vanaf mijn Huawei-telefoon",
    separator="-------- Oorspronkelijk bericht --------",
    fields=("Van", "Datum", "Aan", "Onderwerp"),
)
def samsung(said, device, separator, fields, is_html=False):
    values = (
        f"Meedoen <{ADDRESS}>",
        "03-11-2025 10:12 (GMT+01:00)",
        f"{said.name} <{said.address}>",
        "Drempels bij winkels",
    )
    header = [separator, *(f"{name}: {value}" for name, value in zip(fields, values, strict=True))]
    if not is_html:
        return letter(
            said, Leaf("plain", text([*said.whole, "", "", "", device, "", "", *header, "", *ORIGINAL]), "base64")
        )
    rich = page(
        f'<div dir="auto">{divs(said.whole)}</div><div dir="auto"><br></div><div dir="auto"><br></div><div id="composer_signature" dir="auto"><div style="font-size:12px">{device}</div></div>'
        f'<div dir="auto"><br></div><div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>{separator}</div>'
        f"{divs(header[1:])}<div><br></div></div>{divs(ORIGINAL)}"
    )
    return letter(said, Leaf("html", rich))


@program("spark-nl", attribution=f"Op 3 nov. 2025 10:12 +0100 schreef Meedoen <{ADDRESS}>:")
@program("spark-en", attribution=f"On 3 Nov 2025 at 10:12 +0100, Meedoen <{ADDRESS}>, wrote:")
def spark(said, attribution):
    return letter(said, Leaf("plain", text([*said.whole, attribution, *quoted(ORIGINAL)])))


@program("edison-nl", device="Verzonden met Edison Mail")
@program("blue-en", device="Sent with BlueMail for Android")
def with_advert(said, device):
    attribution = (
        f"Op 3 nov. 2025, om 10:12, Meedoen <{ADDRESS}> schreef:"
        if "Verzonden" in device
        else f"On Nov 3, 2025, at 10:12 AM, Meedoen <{ADDRESS}> wrote:"
    )
    return letter(said, Leaf("plain", text([*said.whole, "", device, "", attribution, "", *quoted(ORIGINAL)])))
