"""A need in a mail: whole when it arrives, nowhere before and after, and gone when its consent is."""

import pytest
from django.core import mail as django_mail
from tests.people.vault.conftest import DAY, NEEDS, NOW, SECRET_WORDS

from meedoen.mail import actions as mail
from meedoen.mail import references
from meedoen.mail import rules as mail_rules
from meedoen.mail.actions import Outcome, delivering
from meedoen.mail.models import OutgoingMail
from meedoen.people.vault import actions, letters
from meedoen.people.vault.models import Look
from meedoen.people.vault.rules import Purpose

pytestmark = pytest.mark.django_db

SAID = " en ".join(NEEDS)


def stored(row: OutgoingMail) -> str:
    return repr(OutgoingMail.objects.filter(pk=row.pk).values_list().get())


def test_the_mail_that_arrives_tells_it_and_the_row_never_does(mailed):
    row = mailed()
    assert SECRET_WORDS not in stored(row)
    assert mail.deliver(row.pk, now=NOW) is Outcome.SENT
    [sent] = django_mail.outbox
    assert sent.body.count(SAID) == 2
    assert sent.alternatives[0][0].count(SAID) == 2
    assert SECRET_WORDS not in stored(row)
    row.refresh_from_db()
    assert "Ans heeft dit nodig: (…)." in row.shown_text


def test_what_is_told_is_a_look_that_its_person_sees_once(mailed):
    row = mailed()
    django_mail.outbox.clear()
    actions_seen = [mail.deliver(row.pk, now=NOW)]
    OutgoingMail.objects.filter(pk=row.pk).update(state="waiting", sent_at=None)  # the note of it got lost
    actions_seen.append(mail.deliver(row.pk, now=NOW + DAY))
    assert actions_seen == [Outcome.SENT, Outcome.SENT]
    assert list(Look.objects.values_list("reader", "receiver", "reason", "at")) == [
        (None, "de schrijftolk", "letter", NOW)
    ]


def test_what_somebody_typed_stays_letters(mailed, put):
    row = mailed(put(content={"needs": '<b>"vet"</b> & [klik](http://slecht.example)\nX-Kop: ja'}))
    mail.deliver(row.pk, now=NOW)
    [sent] = django_mail.outbox
    assert '<b>"vet"</b> & [klik](http://slecht.example) X-Kop: ja.' in sent.body
    html = sent.alternatives[0][0]
    assert "&lt;b&gt;&quot;vet&quot;&lt;/b&gt; &amp; [klik](http://slecht.example) X-Kop: ja" in html


@pytest.mark.parametrize("how", ["withdrawn", "erased", "ended", "all gone"])
def test_what_was_taken_back_meanwhile_is_not_told(mailed, put, how):
    sealed = put()
    row = mailed(sealed)
    now = NOW
    match how:
        case "withdrawn":
            actions.withdraw(sealed.consent, now=NOW)
        case "erased":
            actions.erase(sealed, now=NOW)
        case "ended":
            now = NOW + 10 * DAY
        case _:
            sealed.delete()
    assert mail.deliver(row.pk, now=now) is Outcome.SENT
    [sent] = django_mail.outbox
    assert "Ans heeft dit nodig: (dit is gewist)." in sent.body
    assert not Look.objects.exists()


def test_without_the_key_the_mail_waits(mailed, key_file):
    row = mailed()
    key = key_file.read_text(encoding="ascii")
    key_file.unlink()
    assert mail.deliver(row.pk, now=NOW) is Outcome.WAITS
    row.refresh_from_db()
    assert (row.last_error, django_mail.outbox) == ("NotNow", [])
    assert not Look.objects.exists()
    key_file.write_text(key, encoding="ascii")
    assert mail.deliver(row.pk, now=row.due_at) is Outcome.SENT


def test_a_subject_takes_no_reference(put):
    needs = letters.mention(put(), purpose=Purpose.MEETING, part="needs", receiver="de schrijftolk")
    with pytest.raises(mail_rules.Refused, match="a subject"):
        mail.send(
            "mail/people/code.md",  # its code stands in the subject
            to="tolk@voorbeeld.example",
            context={"code": needs, "path": "/", "what": "x", "place": "x", "until": NOW, "erased_on": NOW},
            key="x",
            now=NOW,
        )


def test_a_need_of_a_coupling_is_told_for_that_coupling_alone(ans):
    agreed = actions.consent(ans, kind="coupling", words="Ja.", now=NOW)
    sealed = actions.put(
        ans,
        purpose=Purpose.COUPLING,
        subject="coupling:1",
        title="Koppeling",
        content={"needs": "x"},
        agreed=agreed,
        until=NOW + DAY,
        now=NOW,
    )
    assert letters.mention(sealed, purpose=Purpose.COUPLING, part="needs", receiver="Bram").kind == letters.KIND
    with pytest.raises(actions.Refused):
        letters.mention(sealed, purpose=Purpose.MEETING, part="needs", receiver="de schrijftolk")


def test_a_server_that_quotes_what_it_refuses_is_not_quoted(mailed, monkeypatch):
    row = mailed()
    answers = {"550 5.7.1 Rejected: een schrijftolk Wallebroek": "550"}

    class Server:
        def open(self):
            return True

        def send_messages(self, messages):
            import smtplib

            raise smtplib.SMTPDataError(550, next(iter(answers)).encode())

        def close(self):
            return None

    monkeypatch.setattr(delivering, "get_connection", Server)
    assert mail.deliver(row.pk, now=NOW) is Outcome.GIVEN_UP
    row.refresh_from_db()
    assert row.last_error == "550"
    assert SECRET_WORDS not in stored(row)


def test_what_nobody_looks_up_waits():
    with pytest.raises(references.NotNow):
        references.looked_up({"fact1": {"kind": "onbekend"}}, occasion="x", now=NOW)


def test_a_kind_is_looked_up_in_one_way():
    with pytest.raises(ValueError, match="two ways"):
        references.register(letters.KIND, lambda about, occasion, now: "")
