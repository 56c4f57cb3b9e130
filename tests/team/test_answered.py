"""Deciding by answering the mail that tells what waits (MO7): with the code, and words for anything else."""

import pytest
from tests.incoming_mail import DOMAIN, arrive
from tests.outbox import code_in
from tests.team.test_briefing import now as now
from tests.team.test_moderating import carla as carla
from tests.team.test_moderating import waits as waits

from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.models import Decision
from meedoen.conversation.moderation.rules import Concern, Deed, Ground
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct
from meedoen.team import actions, answered


@pytest.fixture
def asked(waits, now, settings):
    """The mail to Carla about what waits, with its code."""
    settings.MAIL_IN_DOMAIN = DOMAIN
    waits()
    actions.brief(now=now)
    return OutgoingMail.objects.get(template="mail/team/decide.md", to="carla@voorbeeld.example")


def answer(mail, text):
    return arrive(text, to=mail.reply_to, author="carla@voorbeeld.example", proof="", now=clock.now())


def decided():
    return list(Decision.objects.filter(decided_by__isnull=False).values_list("deed", "ground", "reason"))


def test_the_code_alone_takes_the_decision_that_the_mail_offers(asked):
    assert "antwoord op deze mail" in asked.text
    assert answer(asked, f"{code_in(asked)}\n\nGroet, Carla") == "act: done"
    assert decided()[-1] == (Deed.APPROVE, "", "")


def test_something_else_is_typed_behind_the_code(asked):
    outcome = answer(
        asked, f"{code_in(asked)} haal weg, onvriendelijk: er wordt iemand uitgescholden\n\nMaak het aardiger."
    )
    assert outcome == "act: done"
    assert decided()[-1] == (Deed.REMOVE, Ground.UNKIND, "er wordt iemand uitgescholden\n\nMaak het aardiger.")


def test_the_words_of_who_reported_are_said_to_be_there_and_stay_on_the_site(waits, now, settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    waits()
    written = Contribution.objects.latest("pk")
    moderation.report(
        contribution=written, title="x", url="/x/", concern=Concern.UNKIND, text="Dit gaat over mijn zoon.", network="1",
        person=written.person, now=now,
    )  # fmt: skip
    actions.brief(now=now)
    mail = OutgoingMail.objects.get(template="mail/team/decide.md", to="carla@voorbeeld.example")
    assert ("Bij de melding staat een uitleg." in mail.text, "mijn zoon" in mail.text) == (True, False)


@pytest.mark.parametrize(
    "words", ["verberg", "verberg, omdat het niet leuk is", "verberg, onvriendelijk", "ik weet het niet zeker", "nee"]
)
def test_words_that_are_no_decision_take_none(asked, words):
    before = decided()
    assert answer(asked, f"{code_in(asked)} {words}") == "not taken"
    assert (decided(), Contribution.objects.latest("pk").state) == (before, State.WAITING)
    assert "Als regel kan" in OutgoingMail.objects.latest("pk").text
    assert answer(asked, f"{code_in(asked)} laat staan") == "act: done"  # the code was right, and still works


def test_without_the_code_nothing_is_decided(asked):
    before = decided()
    assert answer(asked, "haal weg, onvriendelijk: er wordt gescholden") == "act: no code"
    assert decided() == before


@pytest.mark.parametrize(
    ("text", "offered", "filled"),
    [
        ("", Deed.KEEP, {answered.UNREAD: ""}),
        ("Laat staan.", Deed.KEEP, {answered.UNREAD: "", "deed": "keep", "ground": "", "reason": ""}),
        ("laat staan", Deed.APPROVE, {answered.UNREAD: "", "deed": "approve", "ground": "", "reason": ""}),
        (
            "Laat veranderen\nonduidelijk\nWaar is dit?",
            Deed.APPROVE,
            {answered.UNREAD: "", "deed": "ask", "ground": "onduidelijk", "reason": "Waar is dit?"},
        ),
        ("verberg, wet", Deed.KEEP, {answered.UNREAD: "verberg, wet"}),
    ],
)
def test_what_stands_beside_the_code(text, offered, filled):
    assert answered.filled(PendingAct(payload={"deed": offered.value}), text) == filled
