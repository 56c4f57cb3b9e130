"""The examples: each says so, they read as a forum, and they are loaded once."""

import json
from urllib.parse import urlsplit

import pytest
from lxml import html as parser

from meedoen.conversation.models import Contribution
from meedoen.conversation.rules import State
from meedoen.forum.examples import EXAMPLES, load
from meedoen.forum.models import Topic
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Person

pytestmark = pytest.mark.django_db


def test_they_are_loaded_once_and_mail_nobody():
    now = clock.now()
    assert [load(now=now), load(now=now)] == [len(json.loads(EXAMPLES.read_text())["topics"]), 0]
    assert not OutgoingMail.objects.exists()
    assert set(Contribution.objects.values_list("state", flat=True)) == {State.SHOWN}


def test_each_says_that_it_is_an_example():
    load(now=clock.now())
    for topic in Topic.objects.all():
        assert topic.title.startswith("Voorbeeld: ")
        assert topic.opening.text.startswith("Dit is een voorbeeld")
    assert [each.name for each in Person.objects.all() if not each.name.endswith(" (voorbeeld)")] == []


def test_none_is_begun_where_people_write_already(client):
    load(now=clock.now())
    count = Contribution.objects.count()
    Topic.objects.exclude(pk=Topic.objects.earliest("pk").pk).update(is_shown=False)
    assert load(now=clock.now()) == 0
    assert Contribution.objects.count() == count


def test_the_lively_one_has_talks_thanks_and_what_helped(client):
    load(now=clock.now())
    lively = Topic.objects.order_by("-reply_count").first()
    assert (lively.is_answered, lively.reply_count) == (True, 8)
    page = parser.fromstring(client.get(lively.get_absolute_url()).content.decode())
    talks = [urlsplit(each).path for each in page.xpath("//section[@aria-labelledby='in-het-kort']//a/@href")]
    assert [each.rpartition("gesprek/")[2] for each in talks if "gesprek" in each] == ["2/", "3/"]
    assert "2 mensen zeggen dank je wel." in page.text_content()
