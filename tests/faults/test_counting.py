"""The count after a fault finds what is lost, what is there twice and what is half; a check that finds nothing proves nothing."""

from collections import Counter

import pytest
from tests.faults.counting import wrong
from tests.faults.writers import Told
from tests.incoming_mail import take_in

from meedoen.activity.models import Happening
from meedoen.conversation import actions
from meedoen.conversation.models import Contribution, Thread
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Een bericht, om te zien of het blijft."


@pytest.fixture
def placed(db):
    """A reaction that stands, as its writer was told."""
    address = Address.objects.create(email="ans@voorbeeld.example", verified_at=clock.now(), trusted_at=clock.now())
    person = Person.objects.create(address=address, name="Ans", joined_at=clock.now())
    thread = Thread.objects.about("library.article", "1", title="Een bericht", url="/nieuws/bericht/", now=clock.now())
    how = {"hides_name": False, "score": 0, "looks_like_spam": False}
    return actions.contribute(thread, person=person, text=WORDS, **how, now=clock.now())


@pytest.fixture
def told():
    return Told(placed=[WORDS], kept=[WORDS])


def test_what_is_as_it_should_be_is_nowhere_wrong(placed, told):
    assert wrong(told, Counter()) == []


def test_what_somebody_was_told_and_is_not_there(placed, told):
    told.placed.append("Weg.")
    told.joined.append("elif@voorbeeld.example")
    told.mailed.append("<1@mail.example>")
    assert wrong(told, Counter()) == [
        "was placed, and is not there: Weg.",
        "joined, and is not there: elif@voorbeeld.example",
        "joined, and is not there: elif@voorbeeld.example",
        "was taken in, and is not there: <1@mail.example>",
        "1 mails were taken in, and 0 are there",
    ]


def test_a_mail_that_was_taken_in_is_found_by_what_it_says(placed, told):
    mail = take_in(b"From: ans@voorbeeld.example\r\nMessage-ID: <1@mail.example>\r\n\r\nDag", "vraag@voorbeeld.example")
    told.mailed.append("<1@mail.example>")
    assert wrong(told, Counter()) == [f"mail {mail.pk} is new: "]


def test_what_is_there_twice(placed, told):
    Contribution.objects.create(
        thread=placed.thread, person=placed.person, number=2, text=WORDS, state="shown", key="x" * 22,
        created_at=clock.now(), shown_at=clock.now(),
    )  # fmt: skip
    assert f"stands 2 times: {WORDS}" in wrong(told, Counter())


def test_what_is_half(placed, told):
    Happening.objects.all().delete()
    Thread.objects.update(last_number=7)
    assert wrong(told, Counter()) == [
        f"contribution {placed.pk} is told to nobody",
        f"thread {placed.thread_id} counts 7, 1; has 1, 1",
    ]


def test_a_mail_that_waits_or_never_came(placed, told):
    for key, state in (("een", "waiting"), ("twee", "sent")):
        OutgoingMail.objects.create(
            key=key, message_id=f"<{key}@voorbeeld.example>", template="mail/test_mail.md", to="ans@voorbeeld.example",
            state=state, created_at=clock.now(), due_at=clock.now(), sent_at=clock.now() if state == "sent" else None,
        )  # fmt: skip
    first = OutgoingMail.objects.get(key="een")
    assert wrong(told, Counter()) == [
        f"mail {first.pk} (mail/test_mail.md) is waiting: ",
        "mail <twee@voorbeeld.example> is sent and never came",
    ]
    assert wrong(told, Counter({"<twee@voorbeeld.example>": 1}))[1:] == []
