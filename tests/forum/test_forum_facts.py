"""What the forum tells of municipalities as facts: answers that helped, by who shows where they work or for whom they speak."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conversation.conftest import decide
from tests.forum.test_forum_helped import WHY, contribution
from tests.forum.test_forum_helped import asked as asked
from tests.forum.test_forum_helped import asker as asker
from tests.municipalities.test_facts import areas_last
from tests.people.standing.conftest import municipality

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation.rules import Deed
from meedoen.forum import actions
from meedoen.forum.models import Topic
from meedoen.forum.steering import actions as steering
from meedoen.forum.steering.rules import Deed as Step
from meedoen.municipalities.facts.actions import fill
from meedoen.municipalities.models import Fact
from meedoen.people.models import Address, Person
from meedoen.people.privacy import actions as privacy
from meedoen.people.standing import actions as standing
from meedoen.people.standing.models import MailDomain
from meedoen.themes.actions import load_themes

SAYS = (
    "Iemand van Voorbeeldstad gaf een antwoord dat hielp, over meepraten en stemmen: "
    "‘Hoe maken we een stembureau toegankelijk?’."
)


@pytest.fixture
def domain(asked, carla, now):
    """That of a town where Bram works, whose answer is the second contribution."""
    load_themes(now=now)
    town = municipality("Voorbeeldstad", "9001")
    standing.approve_domain("voorbeeldstad.example", [town], by=carla, now=now)
    Address.objects.filter(email="bram@voorbeeld.example").update(email="bram@voorbeeldstad.example")
    return MailDomain.objects.get()


@pytest.fixture
def bram(domain, now):
    bram = Person.objects.get(name="Bram")
    standing.show_work(bram, domain, now=now)
    return bram


def statements() -> list[str]:
    return list(Fact.objects.values_list("statement", flat=True))


def test_an_answer_of_somebody_who_shows_where_they_work_tells_while_it_helps(asked, bram, now):
    assert statements() == []
    actions.say_helped(contribution(asked, 2), True, now=now)
    assert statements() == [SAYS]
    fact = Fact.objects.get()
    assert (fact.url, fact.theme_id, fact.since) == (f"{asked.get_absolute_url()}#reactie-2", "democratie", "2026")
    assert fill(now=now) == 0
    actions.say_helped(contribution(asked, 2), False, now=now)
    assert statements() == []


def test_an_answer_of_somebody_else_tells_nothing(asked, bram, now):
    actions.say_helped(contribution(asked, 3), True, now=now)
    assert statements() == []


def test_it_comes_and_goes_with_what_they_show_of_themselves(asked, domain, carla, now):
    actions.say_helped(contribution(asked, 2), True, now=now)
    bram = Person.objects.get(name="Bram")
    assert statements() == []
    standing.show_work(bram, domain, now=now)
    assert statements() == [SAYS]
    standing.show_work(bram, None, now=now)
    assert statements() == []
    standing.show_work(bram, domain, now=now)
    standing.withdraw_domain(domain, by=carla, reason="Vergissing.", now=now)
    assert statements() == []


def test_of_two_topics_pages_are_told_once_after_both(asked, domain, ans, begin, answer, now):
    bram, other = Person.objects.get(name="Bram"), begin(ans, "Wie helpt?", kind="vraag", category="werk")
    for each in (contribution(asked, 2), answer(other, bram, "Vraag het de griffie.")):
        actions.say_helped(each, True, now=now)
    with CaptureQueriesContext(connection) as queries:
        standing.show_work(bram, domain, now=now)
    assert len(statements()) == 2
    assert areas_last(queries)


def test_so_it_does_with_for_whom_they_speak(asked, domain, carla, now):
    actions.say_helped(contribution(asked, 2), True, now=now)
    bram = Person.objects.get(name="Bram")
    mandate = standing.give(bram, domain.municipality, by=carla, now=now)
    assert statements() == [SAYS]
    standing.withdraw(mandate, by=bram, reason="", now=now)
    assert statements() == []


def test_it_goes_when_the_answer_is_hidden_retracted_or_erased(asked, bram, carla, now):
    actions.say_helped(contribution(asked, 2), True, now=now)
    decide(contribution(asked, 2), Deed.REMOVE, now=now, **WHY)
    assert statements() == []


@pytest.mark.parametrize("with_texts", [True, False])
def test_it_goes_with_who_wrote_it(asked, bram, now, with_texts):
    actions.say_helped(contribution(asked, 2), True, now=now)
    assert statements() == [SAYS]
    privacy.erase(bram, with_texts=with_texts, now=now)
    assert statements() == []


def test_an_answer_under_no_name_tells_nothing(asked, bram, answer, now):
    hidden = answer(asked, bram, "Vraag het de griffie.", hides_name=True)
    actions.say_helped(hidden, True, now=now)
    assert statements() == []


def test_it_follows_the_topic_to_another_category_and_another_topic(asked, bram, ans, carla, begin, now):
    actions.say_helped(contribution(asked, 2), True, now=now)
    steering.steer(asked, Step.MOVE, by=carla, reason="Daar past het.", category="thuis", now=now)
    assert statements() == [SAYS.replace("meepraten en stemmen", "wonen")]
    other = begin(ans, "Wie helpt?", category="werk")
    steering.merge(Topic.objects.get(pk=asked.pk), other, by=carla, reason="Hetzelfde.", now=now)
    assert statements() == [SAYS.replace("meepraten en stemmen", "werk").replace(asked.title, other.title)]
    assert fill(now=now) == 0
    conversation.retract(Contribution.objects.get(text="Maak de deur breder."), now=now)
    assert statements() == []
