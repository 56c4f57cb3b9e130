"""What is mailed for nobody else lies at no desk and in no row, whatever becomes of the mail."""

import pytest
from tests.incoming_mail import ANS, DOMAIN, NOW, PASSES, SERVER, answers, arrive, mail, said_by, take_in

from meedoen.mail import actions as outbox
from meedoen.mail.incoming import actions, addresses, answering, rules
from meedoen.mail.incoming.actions import placing
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
NEED = "Ik heb een schrijftolk nodig."
MEETINGS, DATA, HELP = f"bijeenkomst@{DOMAIN}", f"gegevens@{DOMAIN}", f"hulp@{DOMAIN}"


def for_purpose(purpose):
    return addresses.answer_to(purpose, owner="1", about="1", now=NOW)


def fails_for_good(monkeypatch, to, **more):
    """A mail whose sixth try fails too."""
    monkeypatch.setattr(placing, "came_of", lambda *given: 1 / 0)
    row = take_in(mail(NEED, to=to, **more), to)
    Incoming.objects.filter(pk=row.pk).update(attempts=rules.MAX_ATTEMPTS - 1)
    actions.handle(row.pk, now=NOW)
    row.refresh_from_db()
    return row


def left_of(row):
    return bytes(row.raw), row.author, row.sender, row.recipient


@pytest.mark.parametrize("to", [MEETINGS, DATA, f"antwoord+{'a' * 26}@{DOMAIN}"])
def test_what_fails_is_erased_and_its_sender_is_told_to_send_it_again(monkeypatch, to):
    row = fails_for_good(monkeypatch, to)
    assert left_of(row) == (b"", "", "", "")
    assert Incoming.objects.aside().count() == 0
    assert answers() == [("not_kept.md", ANS)]
    text = OutgoingMail.objects.get().text
    assert "Daarom bewaren we hem niet" in text
    assert "Stuur je mail morgen nog een keer" in text


@pytest.mark.parametrize("purpose", ["meetings.coming", "meetings.sign_up", "people.act"])
def test_so_is_an_answer_about_something_private(monkeypatch, purpose):
    row = fails_for_good(monkeypatch, for_purpose(purpose))
    assert left_of(row) == (b"", "", "", "")
    assert answers() == [("not_kept.md", ANS)]


@pytest.mark.parametrize("purpose", ["conversation.thread"])
def test_what_fails_elsewhere_lies_at_the_desk(monkeypatch, purpose):
    assert NEED.encode() in said_by(fails_for_good(monkeypatch, for_purpose(purpose)))
    assert answers() == [("stuck.md", ANS)]


def test_the_same_mail_at_another_address_goes_too(monkeypatch):
    raw = mail(NEED, to=f"{MEETINGS}, {HELP}")
    other = take_in(raw, HELP)
    actions.handle(other.pk, now=NOW)
    monkeypatch.setattr(placing, "came_of", lambda *given: 1 / 0)
    row = take_in(raw, MEETINGS)
    Incoming.objects.filter(pk=row.pk).update(attempts=rules.MAX_ATTEMPTS - 1)
    actions.handle(row.pk, now=NOW)
    assert [left_of(each) for each in Incoming.objects.all()] == [(b"", "", "", "")] * 2


def test_what_ends_its_worker_is_erased():
    row = take_in(mail(NEED, to=MEETINGS), MEETINGS)
    Incoming.objects.filter(pk=row.pk).update(
        state=Incoming.State.HANDLING, attempts=rules.MAX_ATTEMPTS, claimed_until=NOW
    )
    actions.sweep(now=NOW)
    row.refresh_from_db()
    assert (left_of(row), row.reason) == ((b"", "", "", ""), "the worker ended")


def test_too_many_in_a_day_is_told_once_and_kept_nowhere():
    for _each in range(rules.MAX_A_DAY):
        answering.count("mails", ANS, now=NOW)
    assert [arrive(NEED, to=MEETINGS) for _each in range(2)] == ["too many"] * 2
    assert [left_of(each) for each in Incoming.objects.all()] == [(b"", "", "", "")] * 2
    assert answers() == [("not_kept.md", ANS)]


@pytest.mark.parametrize("proof", [PASSES, f"{SERVER}; dmarc=fail (p=reject) header.from=mail.example"])
def test_what_comes_of_no_person_is_not_kept_either(proof):
    arrive(NEED, to=MEETINGS, proof=proof, Auto_Submitted="auto-replied")
    assert left_of(Incoming.objects.get()) == (b"", "", "", "")


def test_a_notice_of_absence_with_our_mail_below_it_is_not_kept():
    assert arrive(f"Ik ben er niet.\n\n> {NEED}", to=HELP, Auto_Submitted="auto-replied") == "automatic"
    assert left_of(Incoming.objects.get()) == (b"", "", "", "")


def test_a_report_that_brings_our_mail_back_is_not_kept(settings):
    outbox.send("mail/incoming/help_received.md", to=ANS, context={}, key="a", now=NOW)
    OutgoingMail.objects.update(state="sent", sent_at=NOW)
    sent = OutgoingMail.objects.get()
    raw = "\r\n".join(
        [
            "From: mailer-daemon@mail.example",
            f"To: noreply@{DOMAIN}",
            "Subject: Undelivered",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mail.example",
            "",
            f"Final-Recipient: rfc822; {ANS}",
            "Action: failed",
            "Status: 5.1.1",
            "",
            "--b",
            "Content-Type: message/rfc822",
            "",
            f"Message-ID: {sent.message_id}",
            "",
            NEED,
            "--b--",
            "",
        ]
    ).encode()
    row = take_in(raw, f"noreply@{DOMAIN}")
    actions.handle(row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.outcome, left_of(row)) == ("came back", (b"", "", "", ""))
