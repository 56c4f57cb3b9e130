"""Reports about mail that was not delivered, as mail servers write them; each with what it says.

Servers, people and domains are made up; how a report is put together is how that program does it.
"""

import textwrap
from dataclasses import dataclass

from meedoen.mail.replies import DeliveryReport

OURS = "<k3Vq9xT2mZ@meedoen.example>"
ANS = "ans@post.example"


@dataclass(frozen=True)
class Bounce:
    """One report: the program, the mail as it came, what it says."""

    name: str
    raw: bytes
    report: DeliveryReport | None


def failed(status, recipient=ANS, original_id=OURS, **more):
    return DeliveryReport(recipient, "failed", status, original_id, **more)


def late(status, recipient=ANS, original_id=OURS):
    return DeliveryReport(recipient, "delayed", status, original_id)


SENT = f"""\
Return-Path: <noreply@meedoen.example>
Received: from mail.meedoen.example (mail.meedoen.example [192.0.2.10])
\tby mx.post.example (Postfix) with ESMTPS id 4bZ1; Thu, 3 Dec 2026 14:00:01 +0100 (CET)
Content-Type: multipart/alternative;
 boundary="===============58=="
MIME-Version: 1.0
Subject: Nieuw: drempels bij winkels
From: Iedereen doet mee! <noreply@meedoen.example>
To: {ANS}
Reply-To: antwoord+abc@meedoen.example
Message-ID: {OURS}
Date: Thu, 03 Dec 2026 13:00:00 -0000
Auto-Submitted: auto-generated
"""
SENT_BODY = """\

--===============58==
Content-Type: text/plain; charset="utf-8"

Hallo Ans, Carla reageerde op jouw vraag.

--===============58==
Content-Type: text/html; charset="utf-8"

<p>Hallo Ans, Carla reageerde op jouw vraag.</p>

--===============58==--
"""


def multi(head, words, status, sent=SENT, kind="text/rfc822-headers", status_kind="message/delivery-status"):
    """A report of three parts (RFC 6522); without ``sent`` of two."""
    parts = [f'Content-Description: Notification\nContent-Type: text/plain; charset="utf-8"\n\n{words}']
    parts.append(f"Content-Description: Delivery report\nContent-Type: {status_kind}\n\n{status}")
    if sent:
        parts.append(f"Content-Description: Undelivered Message\nContent-Type: {kind}\n\n{sent}")
    body = "".join(f"--4bZ.17/mx\n{part}\n\n" for part in parts)
    return (
        f"{head}MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n"
        f'\tboundary="4bZ.17/mx"\n\nThis is a MIME-encapsulated message.\n\n{body}--4bZ.17/mx--\n'
    ).encode()


def head(sender, subject, *more):
    lines = ["Return-Path: <>", f"From: {sender}", f"Subject: {subject}", "To: noreply@meedoen.example", *more]
    return "\n".join(
        [*lines, "Date: Thu, 3 Dec 2026 14:00:05 +0100 (CET)", "Message-Id: <20261203@mx.post.example>", ""]
    )


def plain(head_text, words):
    return f"{head_text}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{words}".encode()


# Postfix -----------------------------------------------------------------------------------------------------


def postfix(
    action, status, said, recipient=ANS, original=None, sent=SENT, subject="Undelivered Mail Returned to Sender"
):
    words = textwrap.dedent(
        f"""\
        This is the mail system at host mail.meedoen.example.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients. It's attached below.

                           The mail system

        <{recipient}>: host mx.post.example[198.51.100.7] said: {said} (in reply to RCPT TO command)
        """
    )
    fields = (
        "Reporting-MTA: dns; mail.meedoen.example\nX-Postfix-Queue-ID: 4bZ1f20Kk2z1\n"
        "X-Postfix-Sender: rfc822; noreply@meedoen.example\nArrival-Date: Thu,  3 Dec 2026 14:00:01 +0100 (CET)\n\n"
        f"Final-Recipient: rfc822; {recipient}\nOriginal-Recipient: rfc822;{original or recipient}\n"
        f"Action: {action}\nStatus: {status}\nRemote-MTA: dns; mx.post.example\nDiagnostic-Code: smtp; {said}"
    )
    return multi(head("MAILER-DAEMON@mail.meedoen.example (Mail Delivery System)", subject), words, fields, sent)


POSTFIX = [
    Bounce("postfix, unknown user", postfix("failed", "5.1.1", "550 5.1.1 <ans@post.example>: Recipient address rejected: User unknown in virtual mailbox table"), failed("5.1.1")),
    Bounce("postfix, no such domain", postfix("failed", "5.4.4", "X-Postfix; Host or domain name not found. Name service error for name=post.example type=AAAA: Host not found"), failed("5.4.4")),
    Bounce("postfix, code of the other server without detail", postfix("failed", "5.0.0", "550 No such user here"), failed("5.1.1")),
    Bounce("postfix, refused as unwanted", postfix("failed", "5.7.1", "554 5.7.1 Message rejected as spam by Content Filtering"), failed("5.7.1")),
    Bounce("postfix, full mailbox, for good", postfix("failed", "5.2.2", "552 5.2.2 <ans@post.example>: Quota exceeded (mailbox for user is full)"), failed("5.2.2")),
    Bounce("postfix, full mailbox, late", postfix("delayed", "4.2.2", "452 4.2.2 Mailbox full", subject="Delayed Mail (still being retried)"), late("4.2.2")),
    Bounce("postfix, server away, late", postfix("delayed", "4.4.1", "connect to mx.post.example[198.51.100.7]:25: Connection timed out"), late("4.4.1")),
    Bounce("postfix, server away, five days", postfix("failed", "4.4.1", "connect to mx.post.example[198.51.100.7]:25: Connection timed out"), failed("4.4.1")),
    Bounce("postfix, passed on to another address", postfix("failed", "5.1.1", "550 5.1.1 User unknown", recipient="ans@elders.example", original=ANS), failed("5.1.1", "ans@elders.example", original_recipient=ANS)),
    Bounce("postfix, whole mail below", postfix("failed", "5.1.1", "550 5.1.1 User unknown", sent=SENT + SENT_BODY).replace(b"text/rfc822-headers", b"message/rfc822"), failed("5.1.1")),
    Bounce("postfix, in capitals", postfix("failed", "5.1.1", "550 5.1.1 User unknown", recipient="Ans@Post.Example"), failed("5.1.1")),
    Bounce("postfix, CRLF", postfix("failed", "5.1.1", "550 5.1.1 User unknown").replace(b"\n", b"\r\n"), failed("5.1.1")),
    Bounce("postfix, delivered", postfix("delivered", "2.0.0", "250 2.0.0 Ok", subject="Successful Mail Delivery Report"), DeliveryReport(ANS, "delivered", "2.0.0", OURS)),
    Bounce("postfix, relayed", postfix("relayed", "2.1.5", "250 2.1.5 Ok"), DeliveryReport(ANS, "relayed", "2.1.5", OURS)),
    Bounce("postfix, internationalised", multi(head("MAILER-DAEMON@mx.post.example", "Undelivered"), "Could not be delivered.", "Reporting-MTA: dns; mx.post.example\n\nFinal-Recipient: utf-8; ans@post.example\nAction: failed\nStatus: 5.1.1", SENT, "message/global-headers", "message/global-delivery-status"), failed("5.1.1")),
]  # fmt: skip

# Exim --------------------------------------------------------------------------------------------------------

EXIM_HEAD = head("Mail Delivery System <Mailer-Daemon@mx.post.example>", "Mail delivery failed: returning message to sender", "Auto-Submitted: auto-replied", "X-Failed-Recipients: ans@post.example")  # fmt: skip


def exim(said, status="5.0.0", action="failed", sent=SENT):
    words = (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\n"
        f"recipients. This is a permanent error. The following address(es) failed:\n\n  {ANS}\n    {said}\n"
    )
    fields = (
        f"Reporting-MTA: dns; mx.post.example\n\nAction: {action}\nFinal-Recipient: rfc822;{ANS}\nStatus: {status}\n"
        f"Remote-MTA: dns; mail.post.example\nDiagnostic-Code: smtp; {said}"
    )
    return multi(EXIM_HEAD, words, fields, sent, "text/rfc822-headers")


def exim_old(said):
    return plain(
        EXIM_HEAD,
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\n"
        f"recipients. This is a permanent error. The following address(es) failed:\n\n  {ANS}\n    {said}\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n{SENT}{SENT_BODY}",
    )


EXIM = [
    Bounce("exim, code in the words", exim("550 5.1.1 <ans@post.example> User doesn't exist"), failed("5.1.1")),
    Bounce("exim, words without code", exim("550 Unrouteable address"), failed("5.1.1")),
    Bounce("exim, refused as unwanted", exim("550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n 550 5.7.26 SPF and DKIM did not pass"), failed("5.7.26")),
    Bounce("exim, policy without code", exim("554 Denied by policy"), failed("5.7.0")),
    Bounce("exim, full", exim("552 Mailbox quota exceeded"), failed("5.2.2")),
    Bounce("exim, older, in words, unknown", exim_old("Unrouteable address"), failed("5.1.1")),
    Bounce("exim, older, in words, full", exim_old("mailbox is full (MTA-imposed quota exceeded while writing to file /var/mail/ans): 550 over quota"), failed("5.2.2")),
    Bounce("exim, older, retry time exceeded", exim_old("retry timeout exceeded"), failed("")),
    Bounce("exim, warning", plain(head("Mail Delivery System <Mailer-Daemon@mx.post.example>", "Warning: message 1k delayed 24 hours"), f"This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.post.example.\n\nThe address to which the message has not yet been delivered is:\n\n  {ANS}\n    Delay reason: mailbox is full\n\nNo action is required on your part. Delivery attempts will continue for\nsome time, and this warning may be repeated at intervals if the message\nremains undelivered. The message has been delayed.\n\nMessage-ID: {OURS}\n"), late("4.2.2")),
]  # fmt: skip

# Exchange and Microsoft 365 ----------------------------------------------------------------------------------


def exchange(
    status,
    said,
    *,
    sent=SENT,
    subject="Undeliverable: Nieuw: drempels bij winkels",
    words="",
    answers=OURS,
    kind="message/rfc822",
):
    words = words or f"Your message to {ANS} couldn't be delivered.\nans wasn't found at post.example.\n"
    fields = (
        "Reporting-MTA: dns;AM0PR05MB5412.eurprd05.prod.outlook.example\nReceived-From-MTA: dns;mail.meedoen.example\n"
        f"Arrival-Date: Thu, 3 Dec 2026 13:00:04 +0000\n\nFinal-Recipient: rfc822;{ANS}\nAction: failed\n"
        f"Status: {status}\nDiagnostic-Code: smtp;{said}\nX-Display-Name: Ans"
    )
    more = [f"In-Reply-To: {answers}", f"References: {answers}"] if answers else []
    top = head(
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@gemeente.onmicrosoft.example>",
        subject, "X-MS-Exchange-Message-Is-Ndr:", "Auto-Submitted: auto-replied", "Content-Language: nl-NL", *more,
    )  # fmt: skip
    return multi(top, words, fields, sent, kind)


EXCHANGE = [
    Bounce("365, recipient not found", exchange("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ans@post.example not found by SMTP address lookup"), failed("5.1.10")),
    Bounce("365, access denied at the gateway", exchange("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"), failed("5.4.1")),
    Bounce("365, domain gone", exchange("5.4.310", "550 5.4.310 DNS domain post.example does not exist"), failed("5.4.310")),
    Bounce("365, full", exchange("5.2.2", "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException"), failed("5.2.2")),
    Bounce("365, only a group may write", exchange("5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup"), failed("5.7.133")),
    Bounce("365, expired after days", exchange("4.4.7", "550 4.4.7 QUEUE.Expired; message expired"), failed("4.4.7")),
    Bounce("365, our mail not along", exchange("5.1.10", "550 5.1.10 RecipientNotFound", sent=""), failed("5.1.10")),
    Bounce("365, Dutch", exchange("5.1.1", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", subject="=?utf-8?Q?Onbestelbaar:_Nieuw:_drempels?=", words=f"Uw bericht aan {ANS} kan niet worden bezorgd.\nans is niet gevonden op post.example.\n"), failed("5.1.1")),
    Bounce("Exchange at a council, headers only", exchange("5.1.1", "550 5.1.1 User unknown", kind="text/rfc822-headers", answers=""), failed("5.1.1")),
    Bounce("Exchange, late", multi(head("postmaster@gemeente.example", "Delivery delayed: Nieuw"), "Delivery is delayed to these recipients.", f"Reporting-MTA: dns;ex.gemeente.example\n\nFinal-recipient: RFC822; {ANS}\nAction: delayed\nStatus: 4.4.7\nWill-Retry-Until: Sat, 5 Dec 2026 13:00:00 +0000", SENT), late("4.4.7")),
]  # fmt: skip

# Gmail -------------------------------------------------------------------------------------------------------


def gmail(status, said, words, subject="Delivery Status Notification (Failure)", action="failed"):
    fields = (
        f"Reporting-MTA: dns; googlemail.example\nReceived-From-MTA: dns; noreply@meedoen.example\n"
        f"Arrival-Date: Thu, 03 Dec 2026 05:00:02 -0800 (PST)\nX-Original-Message-ID: {OURS}\n\n"
        f"Final-Recipient: rfc822; {ANS}\nAction: {action}\nStatus: {status}\nRemote-MTA: dns; mx.post.example. (198.51.100.7, the server for\n"
        f" the domain post.example.)\nDiagnostic-Code: smtp; {said}\nLast-Attempt-Date: Thu, 03 Dec 2026 05:00:03 -0800 (PST)"
    )
    top = head(
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", subject, f"X-Failed-Recipients: {ANS}",
        "Auto-Submitted: auto-replied", f"References: {OURS}", f"In-Reply-To: {OURS}",
    )  # fmt: skip
    return multi(top, words, fields, SENT + SENT_BODY, "message/rfc822")


GMAIL = [
    Bounce("gmail, not found", gmail("5.1.1", "550-5.1.1 The email account that you tried to reach does not exist.", f"** Address not found **\n\nYour message wasn't delivered to {ANS} because the address couldn't be found."), failed("5.1.1")),
    Bounce("gmail, Dutch", gmail("5.1.1", "550 5.1.1 NoSuchUser", f"** Adres niet gevonden **\n\nJe bericht is niet bezorgd bij {ANS} omdat het adres niet is gevonden.", "=?UTF-8?Q?Bezorgstatusmelding_(mislukt)?="), failed("5.1.1")),
    Bounce("gmail, over quota", gmail("4.2.2", "452 4.2.2 The email account that you tried to reach is over quota.", "** Message not delivered **"), failed("4.2.2")),
    Bounce("gmail, inbox out of storage", gmail("5.2.2", "552 5.2.2 The recipient's inbox is out of storage space.", "** Recipient inbox full **"), failed("5.2.2")),
    Bounce("gmail, disabled", gmail("5.2.1", "550 5.2.1 The email account that you tried to reach is inactive.", "** Address not found **"), failed("5.2.1")),
    Bounce("gmail, late", gmail("4.4.1", "The recipient server did not accept our requests to connect.", "There was a temporary problem delivering your message.", "Delivery Status Notification (Delay)", "delayed"), late("4.4.1")),
]  # fmt: skip

# Sendmail ----------------------------------------------------------------------------------------------------


def sendmail(action, status, said, kind="text/rfc822-headers"):
    words = (
        f"The original message was received at Thu, 3 Dec 2026 14:00:01 +0100\nfrom mail.meedoen.example [192.0.2.10]\n\n"
        f"   ----- The following addresses had permanent fatal errors -----\n<{ANS}>\n    (reason: {said})\n\n"
        f"   ----- Transcript of session follows -----\n... while talking to mx.post.example.:\n>>> DATA\n<<< {said}\n"
    )
    fields = (
        f"Reporting-MTA: dns; relay.example\nReceived-From-MTA: DNS; mail.meedoen.example\n\nOriginal-Recipient: rfc822;{ANS}\n"
        f"Final-Recipient: RFC822; {ANS}\nAction: {action}\nStatus: {status}\nRemote-MTA: DNS; mx.post.example\n"
        f"Diagnostic-Code: SMTP; {said}"
    )
    return multi(
        head("Mail Delivery Subsystem <MAILER-DAEMON@relay.example>", "Returned mail: see transcript for details"),
        words,
        fields,
        SENT,
        kind,
    )


SENDMAIL = [
    Bounce("sendmail, unknown user", sendmail("failed", "5.1.1", "550 5.1.1 <ans@post.example>... User unknown"), failed("5.1.1")),
    Bounce("sendmail, host unknown", sendmail("failed", "5.1.2", "550 5.1.2 Host unknown"), failed("5.1.2")),
    Bounce("sendmail, too large", sendmail("failed", "5.2.3", "552 5.2.3 Message size exceeds fixed maximum"), failed("5.2.3")),
    Bounce("sendmail, warning", sendmail("delayed", "4.4.1", "Deferred: Connection timed out with mx.post.example."), late("4.4.1")),
    Bounce("sendmail, action with a remark", sendmail("failed (never to be tried again)", "5.1.1", "550 User unknown"), failed("5.1.1")),
]  # fmt: skip

# In words: qmail and its like, gateways, Dutch providers ------------------------------------------------------

QMAIL = (
    "Hi. This is the qmail-send program at relay.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<{recipient}>:\n{said}\n\n"
    "--- Below this line is a copy of the message.\n\n{sent}"
)


def qmail(said, recipient=ANS, sent=SENT + SENT_BODY):
    return plain(
        head("MAILER-DAEMON@relay.example", "failure notice"), QMAIL.format(said=said, recipient=recipient, sent=sent)
    )


WORDS = [
    Bounce("qmail, code of the other", qmail("198.51.100.7 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 198.51.100.7."), failed("5.1.1")),
    Bounce("qmail, no mailbox", qmail("Sorry, no mailbox here by that name. (#5.1.1)"), failed("5.1.1")),
    Bounce("qmail, no host", qmail("Sorry, I couldn't find any host named post.example. (#5.1.2)"), failed("5.1.2")),
    Bounce("qmail, full", qmail("Mail quota exceeded."), failed("5.2.2")),
    Bounce("qmail, cannot tell", qmail("I'm not going to try again; this message has been in the queue too long."), failed("")),
    Bounce("gateway, in Dutch", plain(head("Postmaster <postmaster@gemeente.example>", "Onbestelbaar: Nieuw"), f"Je bericht kon niet worden bezorgd bij de volgende ontvanger:\n\n{ANS}\n\nReden: dit e-mailadres bestaat niet.\n\nOorspronkelijk bericht:\n{SENT}"), failed("5.1.1")),
    Bounce("provider, in Dutch, full", plain(head("Mail Delivery System <MAILER-DAEMON@provider.example>", "Niet bezorgde e-mail"), f"Uw e-mail aan <{ANS}> kon niet worden afgeleverd.\nHet postvak van de ontvanger is vol.\n\n{SENT}"), failed("5.2.2")),
    Bounce("provider, in Dutch, late", plain(head("Mail Delivery System <MAILER-DAEMON@provider.example>", "Vertraagde e-mail"), f"De bezorging van uw bericht aan {ANS} is vertraagd.\nU hoeft niets te doen: het wordt opnieuw geprobeerd.\n\nMessage-ID: {OURS}\n"), late("4.0.0")),
    Bounce("gateway, HTML beside it", plain(head("postmaster@gateway.example", "Undeliverable"), f"Delivery has failed to these recipients:\n\n{ANS}\nThe mailbox was not found.\n\nOriginal message headers:\n\n{SENT}"), failed("5.1.1")),
]  # fmt: skip

# Odd ---------------------------------------------------------------------------------------------------------

ODD = [
    Bounce("two recipients, the second failed", multi(head("MAILER-DAEMON@x.example", "Undelivered"), "x", f"Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; bram@post.example\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; {ANS}\nAction: failed\nStatus: 5.1.1"), failed("5.1.1")),
    Bounce("no status at all", multi(head("MAILER-DAEMON@x.example", "Undelivered"), "x", f"Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; {ANS}\nAction: failed"), failed("")),
    Bounce("of somebody else's mail", multi(head("MAILER-DAEMON@x.example", "Undelivered"), "x", f"Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; {ANS}\nAction: failed\nStatus: 5.1.1", SENT.replace(OURS, "<ander@elders.example>")), failed("5.1.1", original_id="<ander@elders.example>")),
    Bounce("no mail along, none named", multi(head("MAILER-DAEMON@x.example", "Undelivered"), "x", f"Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; {ANS}\nAction: failed\nStatus: 5.1.1", ""), failed("5.1.1", original_id="")),
    Bounce("lower case fields, address in brackets", multi(head("MAILER-DAEMON@x.example", "Undelivered"), "x", f"reporting-mta: dns; x.example\n\nfinal-recipient: rfc822; <{ANS}>\naction: FAILED\nstatus: 5.1.1 (bad destination mailbox address)"), failed("5.1.1")),
    Bounce("original in base64", multi(head("MAILER-DAEMON@x.example", "Undelivered"), "x", f"Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; {ANS}\nAction: failed\nStatus: 5.1.1", SENT + SENT_BODY, "message/rfc822"), failed("5.1.1")),
    Bounce("cut off in our mail", multi(head("MAILER-DAEMON@x.example", "Undelivered"), "x", f"Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; {ANS}\nAction: failed\nStatus: 5.1.1")[:-80], failed("5.1.1")),
    Bounce("a person who tells of it", plain("Return-Path: <bram@post.example>\nFrom: Bram <bram@post.example>\nSubject: Re: Nieuw\nTo: noreply@meedoen.example\n", f"Mijn mail aan {ANS} kon niet worden bezorgd. Zien jullie waarom?\n\nMessage-ID: {OURS}\n"), None),
    Bounce("away from office, with our mail below", plain(head("Ans <ans@post.example>", "Automatisch antwoord: Nieuw", f"In-Reply-To: {OURS}"), f"Ik ben er niet.\n\nOorspronkelijk bericht\n{SENT}"), None),
    Bounce("a postmaster who only writes", plain(head("postmaster@gemeente.example", "Onderhoud"), "Zondag is er onderhoud aan de mail."), None),
]  # fmt: skip

BOUNCES = [*POSTFIX, *EXIM, *EXCHANGE, *GMAIL, *SENDMAIL, *WORDS, *ODD]
