"""What is kept of a topic while people answer: it only adds, in few statements, and is what counting anew would give."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conversation.conftest import DAY, HOUR, MINUTE, approve

from meedoen.activity.models import Happening, Subject
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.conversation.rules import State
from meedoen.forum import actions
from meedoen.forum.models import Shelf, Topic

KEPT = ("is_shown", "is_answered", "reply_count", "last_at", "title")
STATEMENTS = (
    12  # thread, person, address, quiet; the answer, its counts, the shelf; whom to tell; what pages are old now
)


def kept(topic) -> tuple:
    shelf = Shelf.objects.values_list("topic_count", "open_count", "last_at").get(category=topic.category)
    return (*Topic.objects.values_list(*KEPT).get(pk=topic.pk), *shelf)


def counted_anew(topic) -> tuple:
    actions.count_topic(Topic.objects.get(pk=topic.pk).thread)
    actions.shelve(topic.category)
    return kept(topic)


def asked(deed) -> int:
    with CaptureQueriesContext(connection) as found:
        deed()
    return sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries)


def test_an_answer_costs_the_same_few_statements_in_a_long_topic(begin, answer, person, now):
    ans, bram = person(), person("Bram")
    topic = begin(ans)
    answer(topic, bram)  # makes what is followed of it, once
    assert asked(lambda: answer(topic, bram, now=now + HOUR)) == STATEMENTS
    for number in range(30):
        answer(topic, bram, now=now + HOUR + number * MINUTE)
    assert asked(lambda: answer(topic, bram, now=now + DAY)) == STATEMENTS


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_counting_anew_gives_whatever_happened(begin, answer, person, now, seed):
    chance = random.Random(seed)
    ans, bram, elif_ = person(), person("Bram"), person("Elif", trusted=False)
    topic, other = begin(ans), begin(bram, title="Wie kent een goede gids?")
    for step in range(25):
        moment = now + step * HOUR
        each = chance.choice(list(Contribution.objects.filter(thread=topic.thread)))
        deed = chance.choice(["answer", "answer", "wait", "approve", "take back", "put back", "helped", "other"])
        if deed == "answer":
            answer(topic, bram, now=moment)
        elif deed == "wait":
            answer(topic, elif_, now=moment)
        elif deed == "approve" and each.state == State.WAITING:
            approve(each, now=moment)
            elif_.address.refresh_from_db()
        elif deed == "take back":
            conversation.retract(each, now=moment)
        elif deed == "put back":
            conversation.put_back(each, now=moment)
        elif deed == "helped" and each.state == State.SHOWN and each.number != 1:
            actions.say_helped(each, chance.random() < 0.5, now=moment)
        elif deed == "other":
            answer(other, ans, now=moment)
        before = kept(topic)
        assert before == counted_anew(topic), (seed, step, deed)


def test_an_answer_elsewhere_that_came_later_keeps_the_shelf(begin, answer, person, now):
    ans, bram = person(), person("Bram")
    one, other = begin(ans), begin(ans, title="Wie kent een goede gids?")
    answer(other, bram, now=now + DAY)
    answer(one, bram, now=now + HOUR)  # of two who write at once, the last to be written down may be the first
    assert Shelf.objects.get(category=one.category).last_at == now + DAY


def test_what_waits_counts_nowhere_and_tells_nobody(begin, answer, person, now):
    topic = begin(person())
    before, happened = kept(topic), Happening.objects.count()
    answer(topic, person("Elif", trusted=False), now=now + HOUR)
    assert kept(topic) == before
    assert Happening.objects.count() == happened


def test_an_answer_is_told_once_under_what_is_followed(begin, answer, person, now):
    topic = begin(person())
    written = answer(topic, person("Bram"), now=now + HOUR)
    happening = Happening.objects.get(mark=f"contribution-{written.pk}")
    assert list(happening.subjects.all()) == [Subject.objects.get(kind="thread", key=str(topic.thread_id))]
    assert (happening.words, happening.at, happening.actor) == (written.text, now + HOUR, written.person)
    conversation.edit(written, text="Kijk bij de bibliotheek.", now=now + HOUR + MINUTE)
    happening.refresh_from_db()
    assert happening.words == "Kijk bij de bibliotheek."
    assert Happening.objects.filter(mark=happening.mark).count() == 1
