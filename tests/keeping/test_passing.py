"""After a restore nobody is mailed again what they had before; unless who restores asks for it."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string

from meedoen.activity import actions
from meedoen.activity.models import Subject
from meedoen.activity.rules import Rhythm
from meedoen.config import worker
from meedoen.keeping import restoring
from meedoen.kernel import clock
from meedoen.mail import actions as mail
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person

pytestmark = pytest.mark.django_db(transaction=True)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
State = OutgoingMail.State


@pytest.fixture
def due(ans):
    """A mail that waits, one that a worker had in hand, one that goes tomorrow; and something that Ans is due to hear."""
    now = clock.now()
    for name in ("waits", "in-hand", "tomorrow"):
        mail.send("mail/test_mail.md", to="bram@voorbeeld.example", context={"sent_at": clock.now()}, key=name, now=now)
    OutgoingMail.objects.filter(key="in-hand").update(state=State.SENDING, claimed_until=now + MINUTE)
    OutgoingMail.objects.filter(key="tomorrow").update(due_at=now + 24 * HOUR)
    bram = Person.objects.create(address=Address.objects.of("bram@voorbeeld.example"), name="Bram", joined_at=now)
    subject = Subject.objects.of("thread", "1", title="Een bericht", url="/nieuws/een-bericht/")
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=now - 2 * HOUR)
    actions.record(
        subject, mark="contribution-1", sentence="Bericht van Bram", words="Woorden.", url="/nieuws/een-bericht/",
        actor=bram, now=now - HOUR,
    )  # fmt: skip


def rows():
    return sorted(OutgoingMail.objects.values_list("to", "state", "last_error"))


def restore(path, **more):
    return restoring.restore(path, over=True, now=clock.now(), tell=[].append, **more)


def test_what_waited_and_what_became_due_is_taken_as_sent(due, back_up):
    done = restore(back_up().path)
    assert done.taken_as_sent == 3
    assert rows() == [
        ("ans@voorbeeld.example", State.SENT, mail.TAKEN),
        ("bram@voorbeeld.example", State.SENT, mail.TAKEN),
        ("bram@voorbeeld.example", State.SENT, mail.TAKEN),
        ("bram@voorbeeld.example", State.WAITING, ""),
    ]
    assert OutgoingMail.objects.get(state=State.WAITING).key == "tomorrow"
    # The worker finds nothing more to tell, and what comes later goes as ever.
    for round_of in worker.TELLING:
        round_of()
    assert OutgoingMail.objects.count() == 4
    mail.send(
        "mail/test_mail.md", to="ans@voorbeeld.example", context={"sent_at": clock.now()}, key="new", now=clock.now()
    )
    assert OutgoingMail.objects.get(key="new").state == State.WAITING


def test_who_asks_for_it_sends_all_of_it(due, back_up):
    done = restore(back_up().path, resend=True)
    assert (done.taken_as_sent, OutgoingMail.objects.filter(state=State.SENT).count()) == (0, 0)
    actions.tell(now=clock.now())
    assert {row[:2] for row in rows()} >= {("ans@voorbeeld.example", State.WAITING)}


def test_who_restores_reads_how_many_stay_and_how_they_go_after_all(due, back_up):
    said = io.StringIO()
    call_command("restore", str(back_up().path), "--over", stdout=said)
    assert "Mails that were due before this moment and stay here, as most went before: 3." in said.getvalue()
    assert "--over --resend" in said.getvalue()


def test_a_fault_in_finding_what_is_due_keeps_no_site_closed(due, back_up, settings, monkeypatch):
    def tell():
        raise ValueError("no such thing")

    monkeypatch.setattr(worker, "TELLING", [tell, *worker.TELLING])
    said = []
    done = restoring.restore(back_up().path, over=True, now=clock.now(), tell=said.append)
    assert (done.taken_as_sent, restoring.half_restored()) == (3, False)
    assert said[-1] == "Some mail may go to people who have it already (tell: no such thing)."


def test_those_that_tell_are_rounds_of_the_worker(settings):
    assert import_string(settings.TELLING) is worker.TELLING
    assert [each for each in worker.TELLING if each not in worker.ROUNDS] == []
