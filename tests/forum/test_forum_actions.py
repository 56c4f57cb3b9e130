"""Beginning a topic, and the counts that lists show while people answer, take back and are refused."""

import pytest
from tests.conversation.conftest import DAY, HOUR, approve, decide

from meedoen.activity.models import Subject
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.rules import KEEP_SUSPECTS, Deed
from meedoen.forum import actions, reading, rules
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind, Order
from meedoen.kernel.keys import MomentKey
from meedoen.people.privacy import actions as privacy
from meedoen.search.actions import catch_up

WHY = {"ground": "reclame", "reason": "Dit is een webwinkel."}


def standing(topic) -> tuple:
    topic = Topic.objects.get(pk=topic.pk)
    return topic.is_shown, topic.reply_count, topic.last_at


def test_a_topic_of_somebody_known_stands_at_once(begin, person, now):
    topic = begin(person())
    assert standing(topic) == (True, 0, now)
    assert topic.get_absolute_url() == f"/forum/democratie/{topic.pk}-hoe-maken-we-een-stembureau-toegankelijk/"
    assert (topic.thread.url, topic.thread.title) == (topic.get_absolute_url(), topic.title)


def test_a_first_one_waits_and_stands_when_it_is_approved(begin, person, now):
    topic = begin(person("Elif", trusted=False))
    assert not Topic.objects.readable().exists()
    approve(Contribution.objects.get(), now=now + HOUR)
    assert standing(topic) == (True, 0, now + HOUR)


def test_answers_count_while_they_can_be_read(begin, answer, person, now):
    topic = begin(person())
    one = answer(topic, person("Bram"), now=now + HOUR)
    waiting = answer(topic, person("Elif", trusted=False), now=now + 2 * HOUR)
    assert standing(topic) == (True, 1, now + HOUR)
    approve(waiting, now=now + 3 * HOUR)
    assert standing(topic) == (True, 2, now + 3 * HOUR)
    conversation.retract(one, now=now + 4 * HOUR)
    assert standing(topic) == (True, 1, now + 3 * HOUR)
    conversation.put_back(one, now=now + 5 * HOUR)
    assert standing(topic) == (True, 2, now + 3 * HOUR)


def test_without_its_question_a_topic_stands_in_no_list(begin, answer, person, now):
    topic = begin(person())
    answer(topic, person("Bram"))
    decide(Contribution.objects.get(number=1), Deed.REMOVE, now=now, **WHY)
    assert standing(topic)[:2] == (False, 1)


def test_an_answer_to_another_topic_is_no_answer_here(begin, answer, person):
    one, other = begin(person()), begin(person("Bram"), "Waar vind ik een tolk gebarentaal?")
    elsewhere = answer(other, person("Fatima"))
    assert answer(one, person("Mo"), reply_to=elsewhere).reply_to is None
    assert answer(other, person("Joost"), reply_to=elsewhere).reply_to == elsewhere


def test_the_lists(begin, answer, person, now):
    asked = begin(person(), now=now)
    told = begin(person("Bram"), "Zo oefenden wij met stemmen", kind=Kind.EXPERIENCE, now=now + HOUR)
    answer(asked, person("Fatima"), now=now + DAY)
    lists = {order: list(Topic.objects.readable().listed(order).newest_first()) for order in Order}
    assert lists == {Order.NEWEST: [asked, told], Order.OPEN: [asked], Order.SILENT: [told]}


def test_pages_of_a_list_go_on_where_the_last_one_ended(begin, person, now):
    ans = person()
    topics = [begin(ans, f"Vraag nummer {number}?", now=now + number * HOUR) for number in range(45)][::-1]
    found = Topic.objects.readable()
    first = found.page()
    second = found.page(before=first.rows[-1].key)
    third = found.page(before=second.rows[-1].key)
    assert [*first.rows, *second.rows, *third.rows] == topics
    assert (first.has_newer, first.has_older, third.has_newer, third.has_older) == (False, True, True, False)
    assert found.page(after=third.rows[0].key).rows == second.rows
    assert found.page(after=second.rows[0].key).rows == first.rows
    assert found.page(before=MomentKey(now, 0)).rows == []


@pytest.mark.parametrize("is_shown", [True, False])
def test_rule_and_queryset_agree_on_who_may_read(begin, person, is_shown):
    topic = begin(person())
    Topic.objects.update(is_shown=is_shown)
    topic.refresh_from_db()
    assert Topic.objects.readable().exists() == rules.may_be_read(topic)


def test_similar_topics_share_telling_words_and_can_be_read(begin, person, now):
    ans = person()
    best = begin(ans, "Toegankelijke stembureaus in een school")
    begin(ans, "Waar vind ik een tolk gebarentaal?")
    good = begin(ans, "Een stembureau in de kerk")
    begin(person("Elif", trusted=False), "Stembureau toegankelijk maken, wie helpt?")
    catch_up(now=now)
    assert reading.similar("Hoe maken we een stembureau toegankelijk?") == [best, good]
    assert reading.similar("En wat nu?") == []


def test_erasing_who_asked_leaves_a_readable_topic_and_no_trace(begin, answer, person, now):
    ans = person()
    topic = begin(ans, "Mijn naam is Ans de Vries", text="Ik ben Ans.")
    answer(topic, person("Bram"), "Dag!")
    begin(person("Elif", trusted=False), "Wacht nog op het team")
    privacy.erase(ans, with_texts=True, now=now)
    topic.refresh_from_db()
    assert (topic.title, topic.slug) == ("Een bericht dat weg is", "een-bericht-dat-weg-is")
    thread = Thread.objects.get(pk=topic.thread_id)
    assert (thread.title, thread.url) == (topic.title, topic.get_absolute_url())
    assert Contribution.objects.readable().filter(thread=thread).count() == 1


def test_erasing_who_waits_leaves_nothing(begin, person, now):
    elif_ = person("Elif", trusted=False)
    begin(elif_)
    privacy.erase(elif_, with_texts=False, now=now)
    assert not Topic.objects.exists()
    assert not Thread.objects.exists()


def told(subject_kind, key) -> list[tuple[str, str]]:
    subject = Subject.objects.filter(kind=subject_kind, key=key).first()
    return list(subject.happenings.order_by("pk").values_list("sentence", "words")) if subject else []


def test_who_follows_the_theme_hears_of_a_new_topic_and_of_nothing_that_waits(begin, answer, person, now):
    waiting = begin(person("Elif", trusted=False), "Wie helpt ons met stemmen?")
    assert told("theme", "democratie") == []
    first = Contribution.objects.get()
    approve(first, now=now + HOUR)
    news = ("Nieuw op het forum: Wie helpt ons met stemmen?", "Wie heeft hier ervaring mee?")
    assert told("theme", "democratie") == [news]
    answer(waiting, person("Bram"))
    assert told("theme", "democratie") == [news]
    first.refresh_from_db()
    conversation.retract(first, now=now + HOUR)
    assert told("theme", "democratie") == []


def test_what_is_about_the_network_itself_belongs_to_no_theme(begin, person):
    begin(person(), "Hoe werkt dit forum eigenlijk?", category="netwerk")
    assert not Subject.objects.filter(kind="theme").exists()


def test_a_topic_that_looked_like_advertising_goes_with_its_words(begin, answer, person, now):
    spam = begin(person("Elif", trusted=False), "Goedkope schoenen te koop")
    other = begin(person("Mo", trusted=False), "Wie helpt ons met stemmen?")
    Contribution.objects.filter(thread=spam.thread).update(score=8)
    moderation.erase_old(now=now + KEEP_SUSPECTS + DAY)
    assert actions.erase_empty() == 1
    assert [topic.pk for topic in Topic.objects.all()] == [other.pk]
    assert Thread.objects.count() == 1


def test_an_answer_asks_a_fixed_number_of_queries_and_looks_for_nothing_alike(
    begin, answer, person, django_assert_max_num_queries
):
    topic, bram = begin(person("Ans")), person("Bram")
    asked = []
    for number in range(3):
        begin(person(f"Elif{number}"), f"Onderwerp {number} over vissen?")
        with django_assert_max_num_queries(24) as queries:
            answer(topic, bram)
        asked.append(len(queries))
        assert not [query for query in queries.captured_queries if "LIKE" in query["sql"].upper()]
    assert len(set(asked[1:])) == 1
