"""Webmail of providers, and text programs."""

from .mail import ADDRESS, ORIGINAL, Leaf, divs, escaped, letter, many, page, quoted, text, wrapped
from .programs import program


@program("yahoo-nl", attribution=f"Op maandag 3 november 2025 om 10:12:44 CET schreef Meedoen <{ADDRESS}>:")
@program("yahoo-en", attribution=f"On Monday, November 3, 2025 at 10:12:44 AM GMT+1, Meedoen <{ADDRESS}> wrote:")
@program(
    "yahoo-nl-html",
    attribution=f"Op maandag 3 november 2025 om 10:12:44 CET schreef Meedoen <{ADDRESS}>:",
    is_html_only=True,
)
def yahoo(said, attribution, is_html_only=False):
    plain = text(
        [f" {line}" if line else "" for line in said.whole]
        + ["", f"    {attribution}  ", " ", *[f" {line}" for line in ORIGINAL], "  "]
    )
    rich = page(
        f'<div class="ydp8f2yahoo-style-wrap" style="font-size:16px"><div></div>{divs(said.whole)}<div><br></div></div>'
        f'<div id="ydp1ayahoo_quoted_3" class="ydp1ayahoo_quoted"><div style="font-size:13px"><div>{escaped(attribution)}</div><div><br></div><div><br></div><div>{divs(ORIGINAL)}</div></div></div>'
    )
    if is_html_only:
        return letter(said, Leaf("html", rich))
    return letter(said, many("alternative", Leaf("plain", plain), Leaf("html", rich), boundary="----=_Part_77"))


@program("ziggo-nl", attribution=f"Op 03-11-2025 10:12 CET schreef Meedoen <{ADDRESS}>:")
@program("kpn-nl", attribution=f"Op 3 november 2025 om 10:12 schreef Meedoen <{ADDRESS}>:")
@program("open-xchange-en", attribution=f"On 11/03/2025 10:12 AM CET Meedoen <{ADDRESS}> wrote:")
@program("ziggo-nl-html", attribution=f"Op 03-11-2025 10:12 CET schreef Meedoen <{ADDRESS}>:", is_html_only=True)
def open_xchange(said, attribution, is_html_only=False):
    """Its attribution stands inside the quote."""
    if is_html_only:
        rich = f'<!doctype html>{page(divs(said.whole) + f"""<blockquote type="cite"><div>{escaped(attribution)}</div><div><br></div><div><br></div>{divs(ORIGINAL)}</blockquote>""")}'
        return letter(said, Leaf("html", rich))
    return letter(
        said,
        Leaf("plain", text([*said.whole, "", *quoted([attribution, " ", " ", *ORIGINAL])])),
        head=("X-Originating-Client: open-xchange-appsuite",),
    )


@program("roundcube-nl", attribution="Meedoen schreef op 2025-11-03 10:12:")
@program("roundcube-en", attribution="On 2025-11-03 10:12, Meedoen wrote:")
@program("roundcube-nl-onder", attribution="Meedoen schreef op 03-11-2025 10:12:", is_below=True)
def roundcube(said, attribution, is_below=False):
    answered = [attribution, *quoted(wrapped(ORIGINAL, 70))]
    own = wrapped(said.whole, 72)
    return letter(
        said,
        Leaf("plain", text([*answered, "", *own] if is_below else [*own, "", *answered]), "8bit"),
        head=("User-Agent: Roundcube Webmail/1.6.11",),
    )


@program("roundcube-nl-html")
def roundcube_html(said):
    body = f'{divs(said.whole)}<p id="reply-intro">Meedoen schreef op 2025-11-03 10:12:</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0"><div id="replybody1">{divs(ORIGINAL)}</div></blockquote>'
    return letter(said, Leaf("html", page(body)))


@program("zimbra-nl", title="----- Oorspronkelijk bericht -----", names=("Van", "Aan", "Verzonden", "Onderwerp"))
@program("zimbra-en", title="----- Original Message -----", names=("From", "To", "Sent", "Subject"))
@program("zimbra-nl-streep", title="", names=("Van", "Aan", "Verzonden", "Onderwerp"))
def zimbra(said, title, names):
    values = (
        f'"Meedoen" <{ADDRESS}>',
        f'"{said.name}" <{said.address}>',
        "Maandag 3 november 2025 10:12:44",
        "Drempels bij winkels",
    )
    fields = [f"{name}: {value}" for name, value in zip(names, values, strict=True)]
    return letter(
        said,
        Leaf("plain", text([*said.whole, "", title, *fields, "", *ORIGINAL])),
        head=("X-Mailer: Zimbra 9.0.0_GA_4597",),
    )


@program(
    "proton-nl",
    device="Verzonden met [Proton Mail](https://proton.me/mail/home) beveiligde e-mail.",
    attribution=f"Op maandag 3 november 2025 om 10:12, schreef Meedoen <{ADDRESS}>:",
)
@program(
    "proton-en",
    device="Sent with Proton Mail secure email.",
    attribution=f"On Monday, November 3rd, 2025 at 10:12 AM, Meedoen <{ADDRESS}> wrote:",
)
def proton(said, device, attribution):
    return letter(
        said, Leaf("plain", text([*said.whole, "", device, "", attribution, "", *quoted(ORIGINAL)]), "base64")
    )


@program("proton-nl-html")
def proton_html(said):
    body = (
        f'<div style="font-family: Arial, sans-serif; font-size: 14px;">{divs(said.whole)}</div><div class="protonmail_signature_block" style="font-size: 14px;"><div class="protonmail_signature_block-proton">'
        'Verzonden met <a target="_blank" href="https://proton.me/mail/home">Proton Mail</a> beveiligde e-mail.</div></div><div style="font-size: 14px;"><br></div><div class="protonmail_quote">'
        f'Op maandag 3 november 2025 om 10:12, schreef Meedoen &lt;{ADDRESS}&gt;:<br><br><blockquote class="protonmail_quote" type="cite">{divs(ORIGINAL)}</blockquote><br></div>'
    )
    return letter(said, Leaf("html", body))


@program("tuta-nl", attribution=f"3 nov. 2025 10:12 door {ADDRESS}:")
@program("tuta-en", attribution=f"Nov 3, 2025, 10:12 by {ADDRESS}:")
def tuta(said, attribution):
    body = f'{divs(said.whole)}<div><br></div><div>{attribution}<br></div><blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8; padding-left: 10px; margin-left: 5px;">{divs(ORIGINAL)}</blockquote>'
    return letter(said, Leaf("html", body))


@program("fastmail-en", attribution="On Mon, 3 Nov 2025, at 10:12, Meedoen wrote:")
@program("fastmail-nl", attribution="Op ma 3 nov 2025, om 10:12, schreef Meedoen:")
def fastmail(said, attribution):
    return letter(
        said, Leaf("plain", text([*wrapped(said.whole, 76), "", attribution, *quoted(wrapped(ORIGINAL, 74))]))
    )


@program("gmx-html")
def gmx(said):
    body = (
        f'<div style="font-family: Verdana;font-size: 12.0px;">{divs(said.whole)}<div><div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;">'
        f'<div style="margin:0 0 10px 0;"><b>Sent:</b>&nbsp;Monday, November 03, 2025 at 10:12 AM<br/><b>From:</b>&nbsp;Meedoen &lt;{ADDRESS}&gt;<br/><b>To:</b>&nbsp;{said.address}<br/><b>Subject:</b>&nbsp;Drempels bij winkels</div>'
        f"<div>{divs(ORIGINAL)}</div></div></div></div>"
    )
    return letter(said, Leaf("html", body))


@program("mutt-nl", attribution="Op ma 03 nov 2025 om 10:12:44 +0100 schreef Meedoen:", is_below=True)
@program("mutt-en", attribution="On Mon, Nov 03, 2025 at 10:12:44AM +0100, Meedoen wrote:", is_below=True)
@program("mutt-en-top", attribution="On Mon, Nov 03, 2025 at 10:12:44AM +0100, Meedoen wrote:")
@program("alpine-en", attribution="On Mon, 3 Nov 2025, Meedoen wrote:", is_below=True)
@program("claws-en", attribution=f"On Mon, 3 Nov 2025 10:12:44 +0100\nMeedoen <{ADDRESS}> wrote:", is_below=True)
@program(
    "kmail-nl",
    attribution="Op maandag 3 november 2025 10:12:44 Midden-Europese standaardtijd schreef Meedoen:",
    is_below=True,
)
@program("kmail-en", attribution="On Monday, 3 November 2025 10:12:44 Central European Standard Time Meedoen wrote:")
@program("gnus-en", attribution="Meedoen <antwoord+k7Qm2x@meedoen.example> writes:", is_below=True)
@program("sylpheed-nl", attribution=f"Op Mon, 3 Nov 2025 10:12:44 +0100\nschreef Meedoen <{ADDRESS}>:")
def in_text(said, attribution, is_below=False):
    answered = [
        *attribution.split("\n"),
        *([] if "Nov 2025 10:12:44 +0100\n" not in attribution else [""]),
        *quoted(wrapped(ORIGINAL, 70)),
    ]
    own = wrapped(said.whole, 72)
    return letter(said, Leaf("plain", text([*answered, "", *own] if is_below else [*own, "", *answered]), "8bit"))
