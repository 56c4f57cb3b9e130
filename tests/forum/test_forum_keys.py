"""Lists page by key: every topic once and in order, also where many have the same moment, from both ends."""

import pytest
from tests.conversation.conftest import DAY, MINUTE

from meedoen.forum import rules
from meedoen.forum.models import Topic
from meedoen.kernel.keys import MomentKey


@pytest.fixture
def many(begin, person, now, monkeypatch):
    """Twelve topics, of which each three came at the same moment."""
    monkeypatch.setattr(rules, "PAGE_SIZE", 2)
    ans = person()
    topics = [begin(ans, title=f"Vraag {number}", now=now + DAY + number // 3 * MINUTE) for number in range(12)]
    return [topic.pk for topic in topics]


def walked(way: str, key_of: str, start: str | None) -> list[list[int]]:
    pages, key = [], MomentKey.parse(start) if start else None
    while True:
        page = Topic.objects.readable().page(**({way: key} if key else {}))
        pages.append([topic.pk for topic in page.rows])
        if not (text := getattr(page, key_of)):
            return pages
        key = MomentKey.parse(text)


def test_going_down_shows_each_once(many):
    pages = walked("before", "older_key", None)
    assert [pk for page in pages for pk in page] == many[::-1]
    assert all(len(page) == 2 for page in pages)


def test_going_up_shows_each_once(many):
    oldest = Topic.objects.readable().oldest_first()[1]
    pages = walked("after", "newer_key", str(oldest.key))
    assert [pk for page in reversed(pages) for pk in page] == many[:1:-1]


def test_what_waits_longest_goes_on_where_it_was(many):
    waiting = Topic.objects.readable().waiting_after(None)
    assert [topic.pk for topic in waiting] == many
    for place, topic in enumerate(waiting):
        after = Topic.objects.readable().waiting_after(MomentKey(topic.begun_at, topic.pk))
        assert [each.pk for each in after] == many[place + 1 :]
