"""What else a mail is: written by a program, a report, an invitation, passed on; what was sent along."""

import pytest

from meedoen.mail.replies import Attachment, DeliveryReport, Missing, read

from .corpus import SHAPES
from .corpus.mail import Leaf, Said, letter, many

ANS = Said("", "", "Ans de Wit", "ans@post.example")
HI = Leaf("plain", "Ik kom.")
PICTURE = b"\x89PNG" + b"\x01" * 3000


def with_head(*head: str, subject: str = "Re: Drempels", who: Said = ANS) -> bytes:
    return letter(who, HI, head=head, subject=subject)


def away(subject: str, words: str) -> bytes:
    return letter(ANS, Leaf("plain", words), subject=subject)


def named(name: str):
    return read(next(shape.raw for shape in SHAPES if shape.name == name))


@pytest.mark.parametrize(
    "raw",
    [
        with_head("Auto-Submitted: auto-replied"),
        with_head("auto-submitted: auto-generated (rejected)"),
        with_head("Precedence: bulk"),
        with_head("Precedence: auto_reply"),
        with_head("X-Auto-Response-Suppress: All"),
        with_head("X-Autoreply: yes"),
        with_head("List-Id: <toegankelijk.lijst.example>"),
        with_head("List-Unsubscribe: <https://lijst.example/uit>"),
        with_head(subject="Automatisch antwoord: Drempels"),
        with_head(subject="Automatic reply: Drempels"),
        with_head(subject="Out of Office: Drempels"),
        with_head(who=Said("", "", "Mail Delivery System", "MAILER-DAEMON@post.example")),
        with_head(who=Said("", "", "Nieuwsbrief", "noreply@winkel.example")),
        with_head().replace(b"Return-Path: <ans@post.example>", b"Return-Path: <>"),
        away("Afwezig", "Ik ben er weer op 7 december.\n\nIn dringende gevallen kunt u bellen met de receptie."),
        away("Ontvangstbevestiging", "Dank u. Wij hebben uw bericht in goede orde ontvangen."),
        away("Buiten kantoor", "Ik ben op reis. Uw mail wordt niet doorgestuurd."),
        away("Niet aanwezig: Re: Drempels", "Na 7 december lees ik uw mail bij terugkomst."),
        letter(ANS, many("report", HI, boundary="x", more="; report-type=disposition-notification")),
    ],
)
def test_what_a_program_sent_is_known_as_such(raw):
    assert read(raw).automatic


@pytest.mark.parametrize(
    "raw",
    [
        with_head(),
        with_head("Auto-Submitted: no"),
        with_head("X-Auto-Response-Suppress: None"),
        with_head("Precedence: normal"),
        with_head(subject="Ik ben vaak afwezig, kan het anders?"),
        away("Afwezig 3 december", "Ik kan er 3 december niet bij zijn."),
        away("Niet aanwezig 3 december", "Ik ben dan met vakantie. Groet, Ans"),
        away("Buiten kantoor toegankelijk?", "Is de stoep voor jullie kantoor breed genoeg?"),
        away("Ontvangstbevestiging gevraagd", "Kunnen jullie laten weten of mijn brief er is?"),
        with_head(who=Said("", "", "Noor", "noor.eply@post.example")),
    ],
)
def test_what_a_person_sent_is_not(raw):
    assert not read(raw).automatic


POSTFIX = (
    "Reporting-MTA: dns; mail.meedoen.example\nX-Postfix-Queue-ID: 4bZ\n\nFinal-Recipient: rfc822; Ans@Post.example\n"
    "Original-Recipient: rfc822;ans@post.example\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.post.example\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <ans@post.example>: Recipient address rejected: User\n    unknown"
)
DELAYED = POSTFIX.replace("failed", "delayed").replace("5.1.1", "4.4.1")


@pytest.mark.parametrize(
    ("status", "report", "is_permanent"),
    [
        (POSTFIX, DeliveryReport("ans@post.example", "failed", "5.1.1", "<m1@meedoen.example>"), True),
        (DELAYED, DeliveryReport("ans@post.example", "delayed", "4.4.1", "<m1@meedoen.example>"), False),
        (
            POSTFIX.replace("\n", "\r\n"),
            DeliveryReport("ans@post.example", "failed", "5.1.1", "<m1@meedoen.example>"),
            True,
        ),
        (
            POSTFIX.replace("5.1.1", "4.2.2", 1),
            DeliveryReport("ans@post.example", "failed", "4.2.2", "<m1@meedoen.example>"),
            False,
        ),
        (  # Exchange
            "Reporting-MTA: dns;AM9PR08.outlook.example\nReceived-From-MTA: dns;AM9\n\nFinal-Recipient: RFC822;bram@voorbeeldstad.example\n"
            "Action: Failed\nStatus: 5.7.1 (Delivery not authorized)\nX-Display-Name: Bram",
            DeliveryReport("bram@voorbeeldstad.example", "failed", "5.7.1", "<m1@meedoen.example>"),
            True,
        ),
        (  # two recipients: the one that failed
            "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@post.example\nAction: delivered\nStatus: 2.0.0\n\n"
            "Final-Recipient: rfc822; b@post.example\nAction: failed\nStatus: 5.2.2",
            DeliveryReport("b@post.example", "failed", "5.2.2", "<m1@meedoen.example>"),
            True,
        ),
        (  # only the first address is told
            "Original-Recipient: rfc822;ans@post.example\nFinal-Recipient: X400; c=nl\nAction: relayed\nStatus: 2.1.5",
            DeliveryReport("ans@post.example", "relayed", "2.1.5", "<m1@meedoen.example>"),
            False,
        ),
        ("onzin", DeliveryReport("", "", "", "<m1@meedoen.example>"), False),
        ("", DeliveryReport("", "", "", "<m1@meedoen.example>"), False),
    ],
)
def test_a_delivery_report_tells_of_whom_and_what(status, report, is_permanent):
    sent = Leaf("text/rfc822-headers", "Subject: Nieuw antwoord\r\nMessage-ID: <m1@meedoen.example>\r\n", "8bit")
    body = many(
        "report",
        HI,
        Leaf("message/delivery-status", status, "8bit"),
        sent,
        boundary="x",
        more="; report-type=delivery-status",
    )
    reply = read(letter(Said("", "", "Mail Delivery System", "MAILER-DAEMON@post.example"), body))
    assert (reply.delivery_report, reply.automatic) == (report, True)
    assert reply.delivery_report.is_permanent is is_permanent


def test_a_report_with_the_whole_mail_names_it_too():
    sent = Leaf("message/rfc822", "From: x@y.example\r\nmessage-id: <m2@meedoen.example>\r\n\r\nHallo", "8bit")
    body = many("report", HI, Leaf("message/delivery-status", POSTFIX, "8bit"), sent, boundary="x")
    assert read(letter(ANS, body)).delivery_report.original_id == "<m2@meedoen.example>"


def test_a_person_who_writes_is_no_report():
    assert read(with_head()).delivery_report is None


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("encrypted-armor", Missing.ENCRYPTED),
        ("encrypted-mime", Missing.ENCRYPTED),
        ("voice", Missing.VOICE),
        ("invitation-accepted", Missing.CALENDAR),
        ("signed", None),
        ("subject-only", None),
    ],
)
def test_it_is_known_why_there_are_no_words(name, missing):
    assert named(name).missing is missing


def test_smime_is_read_where_it_is_signed_and_not_where_it_is_sealed():
    sealed = Leaf("application/pkcs7-mime", b"\x30\x82", "base64", more="; smime-type=enveloped-data; name=smime.p7m")
    assert read(letter(ANS, sealed)).missing is Missing.ENCRYPTED
    signature = Leaf("application/pkcs7-signature", b"\x30\x82", "base64", more='; name="smime.p7s"')
    reply = read(letter(ANS, many("signed", HI, signature, boundary="x")))
    assert (reply.text, reply.encrypted, reply.attachments, reply.sure) == ("Ik kom.", False, (), True)


def test_a_spoken_message_comes_along():
    assert named("voice").attachments == (Attachment("Opname.m4a", "audio/m4a", b"\x00\x00ftyp"),)


@pytest.mark.parametrize("name", ["forward-gmail", "forward-apple", "forward-bare", "forward-thunderbird"])
def test_what_somebody_else_wrote_is_passed_on_and_asked_about(name):
    reply = named(name)
    assert (reply.forwarded, reply.sure, "De lift is stuk." in reply.left_out) == (True, False, True)


def test_a_mail_that_was_sent_along_is_a_file():
    inner = Leaf("message/rfc822", "Subject: Lift stuk\r\n\r\nDe lift is stuk.", "8bit")
    reply = read(letter(ANS, many("mixed", HI, inner, boundary="x")))
    assert (reply.text, [file.name for file in reply.attachments]) == ("Ik kom.", ["Lift stuk.eml"])


def test_files_come_along_with_a_name_that_is_safe():
    plan = Leaf(
        "application/pdf",
        b"%PDF-1.7",
        "base64",
        head=["Content-Disposition: attachment; filename*=utf-8''Plan%20caf%C3%A9.pdf"],
    )
    bare = Leaf("image/jpeg", b"\xff\xd8" + b"x" * 300, "base64", head=["Content-Disposition: attachment"])
    encoded = Leaf("application/pdf", b"%PDF", "base64", more='; name="=?utf-8?q?Caf=C3=A9.pdf?="')
    reply = read(letter(ANS, many("mixed", HI, plan, bare, encoded, boundary="x")))
    assert [file.name for file in reply.attachments] == ["Plan café.pdf", "bijlage.jpeg", "Café.pdf"]
    assert reply.attachments[0] == Attachment("Plan café.pdf", "application/pdf", b"%PDF-1.7")


def related(html: str, *pictures: Leaf) -> bytes:
    return letter(
        Said("", "", "Bram de Vries", "bram@voorbeeldstad.example"),
        many("related", Leaf("html", html), *pictures, boundary="x"),
    )


def picture(cid: str, content: bytes = PICTURE) -> Leaf:
    return Leaf(
        "image/png",
        content,
        "base64",
        more='; name="image001.png"',
        head=[f"Content-ID: <{cid}>", "Content-Disposition: inline"],
    )


def test_pictures_of_signatures_and_quotes_and_pixels_do_not_come_along():
    html = (
        '<p>Zie de foto:</p><p><img src="cid:own"></p><p>Met vriendelijke groet,<br>Bram</p><img src="cid:logo"><img src="cid:pixel">'
        '<blockquote type="cite"><p>Hoi <img src="cid:quoted"></p></blockquote>'
    )
    small = Leaf("image/gif", b"GIF89a" + b"\x00" * 20, "base64", head=["Content-ID: <pixel>"])
    reply = read(related(html, picture("own", PICTURE + b"own"), picture("logo"), picture("quoted"), small))
    assert (reply.text, [file.content for file in reply.attachments]) == ("Zie de foto:", [PICTURE + b"own"])


def test_a_picture_that_is_nowhere_in_the_text_was_sent_along():
    assert len(read(related("<p>Zie de foto.</p>", picture("loose"))).attachments) == 1


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("Re: Antw: RE: Drempels", "Drempels"),
        ("FW: Doorst: Drempels", "Drempels"),
        ("Betr.: Drempels", "Drempels"),
        ("Re[2]: Drempels", "Drempels"),
        ("[EXTERN] Re: Drempels", "Drempels"),
        ("AW: WG: Drempels", "Drempels"),
        ("Reactie: graag!", "Reactie: graag!"),
        ("Re:", ""),
        ("=?iso-8859-15?q?Re=3A_caf=E9_=A4_5?=", "café € 5"),
        ("=?utf-8?b?UmU6IETDqQ==?=\r\n =?utf-8?b?IGxpZnQ=?=", "Dé lift"),
        ("Re: caf\udcc3\udca9".encode("utf-8", "surrogateescape").decode("latin-1"), "café"),
        ("=?utf-8?q?kapot", "=?utf-8?q?kapot"),
    ],
)
def test_a_subject_is_read_without_what_programs_put_before_it(subject, plain):
    assert read(letter(ANS, HI, subject=subject)).subject == plain


def test_answers_line_by_line_can_be_had_without_what_they_answer():
    assert named("inline-nl").own == "In de zaal.\n\nNee, wel ondertiteling."


def test_a_subject_of_who_is_away_is_shown_before_anything_is_done_with_it():
    assert not read(away("Afwezig", "Ik ben er niet.")).sure
