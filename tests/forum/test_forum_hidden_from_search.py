"""What somebody takes back in the forum is gone from a page of results that was kept, before the index knows."""

import pytest

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.kernel import clock
from meedoen.search.actions import catch_up
from meedoen.search.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/zoeken/?q=stembureau", "/zoeken/?q=stembureau&thema=democratie", "/feeds/zoeken.atom?q=stembureau"]
)
def test_what_is_taken_back_is_gone_at_once(client, begin, person, now, address):
    topic = begin(person())
    catch_up(now=now)
    assert topic.get_absolute_url() in client.get(address).content.decode()

    conversation.retract(Contribution.objects.get(thread=topic.thread), now=clock.now())
    assert topic.get_absolute_url() not in client.get(address).content.decode()
    assert Entry.objects.filter(kind="topic").exists()  # the worker did not come yet
    catch_up(now=clock.now())
    assert not Entry.objects.filter(kind="topic").exists()
