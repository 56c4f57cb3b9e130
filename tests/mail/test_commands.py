from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meedoen.kernel import clock
from meedoen.mail import actions
from meedoen.mail.models import OutgoingMail


def send_test_mail(address):
    out = StringIO()
    call_command("send_test_mail", address, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_test_mail_is_sent_and_its_number_told(mail_server):
    said = send_test_mail("ans@voorbeeld.example")
    mail = OutgoingMail.objects.get()
    assert said == f"Sent to 127.0.0.1, Message-ID {mail.message_id}.\n"
    assert [envelope.rcpt_tos for envelope in mail_server.received] == [["ans@voorbeeld.example"]]


@pytest.mark.django_db
def test_a_server_that_is_away_is_told_in_plain_words(mail_server):
    mail_server.stop()
    with pytest.raises(CommandError) as problem:
        send_test_mail("ans@voorbeeld.example")
    said = str(problem.value)
    assert said.startswith("Not sent: ConnectionRefusedError")
    assert said.endswith("The mail stays in the outbox and is tried again.")


@pytest.mark.django_db
def test_the_servers_no_is_told(mail_server):
    mail_server.answers = ["550 5.1.1 Not here"]
    with pytest.raises(CommandError) as problem:
        send_test_mail("ans@voorbeeld.example")
    assert str(problem.value) == "Not sent: 550 5.1.1 Not here. Look at the MEEDOEN_SMTP_ settings (docs/settings.md)."


@pytest.mark.django_db
def test_an_address_that_is_none_is_refused():
    with pytest.raises(CommandError, match="'ans': not an e-mail address"):
        send_test_mail("ans")
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_takes_mail_from_the_line(mail_server):
    now = clock.now()
    actions.send("mail/test_mail.md", to="ans@voorbeeld.example", context={"sent_at": now}, key="x", now=now)
    call_command("db_worker", queue_name="*", batch=True, startup_delay=False, interval=0, verbosity=0)
    assert OutgoingMail.objects.counts() == {"waiting": 0, "sending": 0, "sent": 1, "given_up": 0}
    assert len(mail_server.received) == 1
