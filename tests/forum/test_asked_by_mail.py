"""Answering the mail that asks who knows a theme: words stand on the forum, one word rests, stops or takes back."""

import pytest
from tests.conversation.conftest import NOW
from tests.forum.conftest import begin as begin
from tests.incoming_mail import DOMAIN, SERVER, arrive
from tests.people.standing.conftest import carla as carla
from tests.people.standing.conftest import municipality, person

from meedoen.conversation.models import Contribution
from meedoen.forum.asking import actions, rules
from meedoen.forum.asking.models import Knowledge
from meedoen.kernel import clock
from meedoen.kernel.text import fold
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address
from meedoen.people.standing import actions as standing
from meedoen.team import open_questions

pytestmark = pytest.mark.django_db
DUE = NOW + rules.ASK_AFTER


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def bram(carla, begin, settings, monkeypatch):
    """He knows about the theme of a question that waited, and was mailed it."""
    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = DOMAIN, [SERVER]
    monkeypatch.setattr(clock, "now", lambda: NOW)
    bram = person("Bram")
    Address.objects.filter(people=bram).update(verified_at=NOW, trusted_at=NOW)
    town = municipality("Bramstad", "9001")
    standing.make_contact(bram, town, by=carla, now=NOW)
    actions.say(bram, town, ["democratie"], now=NOW)
    begin(person("Ans"), text="Wie heeft hier ervaring mee?")
    open_questions.ask_around(now=DUE)
    return bram


def newest(bram):
    return OutgoingMail.objects.filter(to=bram.address.email).latest("pk")


def say(bram, words):
    email = bram.address.email
    proof = f"{SERVER}; dmarc=pass header.from={email.rpartition('@')[2]}"
    return arrive(words, to=newest(bram).reply_to, author=email, proof=proof, now=DUE)


def test_the_mail_says_how_and_words_stand_on_the_forum(bram):
    assert "Antwoord geven: antwoord op deze mail." in newest(bram).text.replace("\n", " ")
    assert say(bram, "Wij deden dit met een panel van inwoners.") == "thread: contributed"
    assert Contribution.objects.latest("pk").text == "Wij deden dit met een panel van inwoners."
    assert Contribution.objects.latest("pk").thread == Contribution.objects.earliest("pk").thread


def test_later_rests_and_undoing_takes_it_back(bram):
    assert say(bram, "Later, bedankt") == "asked: nu-niet"
    assert Knowledge.objects.get().rests_until == DUE + rules.REST
    assert newest(bram).subject == "We vragen je een maand niets"
    assert say(bram, "ongedaan maken") == "asked: again"
    assert Knowledge.objects.get().rests_until is None
    assert say(bram, "stop") == "asked: stop"
    assert Knowledge.objects.get().stopped_at == DUE
    assert newest(bram).subject == "We vragen je niets meer"
    assert Contribution.objects.count() == 1


def test_who_answered_and_undoes_that_hears_where_and_nothing_changes(bram):
    assert say(bram, "Wij deden dit met een panel van inwoners.") == "thread: contributed"
    asked = OutgoingMail.objects.get(template="mail/forum/asked.md")
    Knowledge.objects.update(rests_until=DUE + rules.REST)  # said to another question
    assert arrive("ongedaan maken", to=asked.reply_to, author=bram.address.email, now=DUE) == "not taken"
    assert "Antwoord dan op onze mail over dat bericht." in newest(bram).text.replace("\n", " ")
    assert Knowledge.objects.get().rests_until == DUE + rules.REST
    assert Contribution.objects.latest("pk").state == "shown"


def test_who_says_no_reads_how_that_becomes_an_answer(bram):
    assert say(bram, "Nee.") == "asked: nu-niet"
    text = newest(bram).text.replace("\n", " ")
    assert "Was dit toch je antwoord op de vraag?" in text
    assert "Je antwoordde" not in text
    assert say(bram, "Nee, dat mag bij ons niet van de brandweer.") == "thread: contributed"


@pytest.mark.parametrize(
    "words",
    [
        "Geen idee, sorry",
        "Nee, wij weten hier niets van",
        "Later, ik ben op vakantie tot 1 december",
        "Ik werk hier niet meer",
        "Je hebt de verkeerde persoon",
        "Hallo,\n\nGeen idee.\n\nGroeten, Bram",
    ],
)
def test_who_has_no_answer_is_not_quoted_as_one(bram, words):
    assert say(bram, words) == "asked: nu-niet"
    assert Contribution.objects.count() == 1
    assert "Wil je nooit meer een vraag?" in newest(bram).text


@pytest.mark.parametrize(
    "words", ["Ik weet het niet zeker, maar in Zeist werkt het", "Nu niet meer verplicht bij ons: kijk op de site."]
)
def test_who_begins_so_and_goes_on_answers(bram, words):
    assert say(bram, words) == "thread: contributed"


@pytest.mark.parametrize(
    ("words", "is_no"),
    [
        ("Geen idee", True),
        ("Daar heb ik echt geen idee van", True),
        ("Sorry, dat weet ik niet", True),
        ("Ik weet het antwoord helaas niet", True),
        ("Wij weten hier ook niets van, sorry", True),
        ("Wij hebben hier geen ervaring mee", True),
        ("Geen tijd nu, sorry", True),
        ("Nu niet, ik heb het te druk", True),
        ("Later, ik ben op vakantie", True),
        ("Later, ik reageer volgende week", True),
        ("Ik ben met verlof tot en met half januari", True),
        ("Ik ben helaas ziek", True),
        ("Nu komt het niet uit", True),
        ("Weet ik niet. Groeten, Bram de Boer", True),
        ("Ik zou het niet weten", True),
        ("Ik weet niet hoe dat zit", True),
        ("verkeerde persoon", True),
        ("Hier gaan wij niet over", True),
        ("Ik ben niet de juiste persoon voor deze vraag", True),
        ("Later deze week weten we meer", False),
        ("Ga naar de bieb, geen idee of ze open zijn", False),
        ("Mensen met geen tijd lezen de folder", False),
        ("Op vakantie letten wij op de drempels", False),
        ("Geen ervaring nodig, iedereen mag meedoen", False),
        ("Wij weten dat niet alles kan", False),
        ("Wij weten niet alles, bel de griffie", False),
        ("Nog niet alle stembureaus hebben een lift", False),
        ("Een lift werkt hier niet", False),
        ("Ik werk met een panel en dat is niet duur", False),
        ("Later hadden wij een panel", False),
        ("Sorry", False),
        ("Nee, dat mag niet van de brandweer", False),
        ("", False),
    ],
)
def test_a_no_says_nothing_else(words, is_no):
    assert rules.says_no(fold(words)) is is_no


def test_signing_off_is_stop(bram):
    assert say(bram, "afmelden") == "asked: stop"
    assert Knowledge.objects.get().stopped_at == DUE


def test_who_has_the_address_has_its_owner_mailed_three_times_a_day(bram):
    for _each in range(5):
        assert say(bram, "later") == "asked: nu-niet"
    assert OutgoingMail.objects.filter(template="mail/forum/asked_heard.md").count() == 3


def test_a_letter_that_begins_with_such_a_word_is_an_answer(bram):
    assert say(bram, "Later\n\nkwam er bij ons een panel.") == "thread: contributed"
    assert Knowledge.objects.get().rests_until is None
