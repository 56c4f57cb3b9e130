"""Answering what is mailed of an ask or offer: a word stops it or lets it stand again, and more is read by a person."""

import pytest
from django.conf import settings as ours
from tests.incoming_mail import DOMAIN, SERVER, arrive

from meedoen.coupling import actions
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side, State
from meedoen.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
ANS = "ans@voorbeeld.example"


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


def newest(to=ANS):
    return OutgoingMail.objects.filter(to=to).latest("pk")


def say(words, now):
    return arrive(words, to=newest().reply_to, author=ANS, proof="", now=now)


def state():
    return CouplingRequest.objects.get().state


@pytest.mark.parametrize(("side", "what"), [(Side.ASK, "vraag"), (Side.OFFER, "aanbod")])
def test_one_word_stops_it_and_another_lets_it_stand_again(asked, now, side, what):
    asked(side)
    assert "met het woord: stop." in newest().text
    assert say("Stop, bedankt!", now) == "coupling: stopped"
    assert (state(), newest().subject) == (State.WITHDRAWN, f"Je {what} is gestopt")
    assert say("ongedaan maken", now) == "coupling: put back"
    assert (state(), newest().subject) == (State.STANDS, f"Je {what} doet weer mee")


def test_what_says_more_is_read_by_a_person(asked, now):
    asked()
    assert say("Stop.\n\nNee wacht, mag het ook met een tolk?", now) == "help"
    assert state() == State.STANDS
    assert newest(ours.HELP_EMAIL).reply_to == ANS


def test_what_the_team_ended_is_answered_to_a_person_and_not_put_back_by_a_word(asked, carla, now):
    request = asked()
    actions.end(request, State.HANDLED, reason="Jullie spraken elkaar.", by=carla, now=now)
    assert "Antwoord op deze mail" in newest().text
    assert say("ongedaan maken", now) == "not taken"
    assert "Het team sloot dit af." in newest().text
    assert state() == State.HANDLED


def test_what_is_gone_is_told(asked, now):
    request = asked()
    to = newest().reply_to
    request.delete()
    assert arrive("stop", to=to, author=ANS, proof="", now=now) == "coupling: gone"


def test_without_mail_that_comes_in_it_says_nothing_of_it(asked, settings, now):
    settings.MAIL_IN_DOMAIN = ""
    asked()
    assert (newest().reply_to, "antwoord op deze mail" in newest().text.lower()) == ("", False)


@pytest.mark.parametrize(("side", "what"), [(Side.ASK, "vraag"), (Side.OFFER, "aanbod")])
def test_what_stands_is_not_said_to_be_put_back(asked, now, side, what):
    asked(side)
    assert say("ongedaan maken", now) == "not taken"
    assert f"Je {what} doet al mee. Er is niets veranderd." in newest().text.replace("\n", " ")
    assert state() == State.STANDS
