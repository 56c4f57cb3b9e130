"""Annotations and queries whose SQL is written once: the same answers as a queryset gives, for whoever asks and whenever."""

from datetime import timedelta

import pytest
from django.db.models import Count, OuterRef, QuerySet, Subquery
from tests.conversation.conftest import HOUR, NOW
from tests.conversation.conftest import now as now
from tests.conversation.conftest import person as person
from tests.conversation.conftest import thread as thread
from tests.conversation.conftest import write as write

from meedoen.conversation.models import Contribution, Thread
from meedoen.kernel import prepared
from meedoen.people.models import Person


def told(rows: QuerySet, *, person: int, since) -> QuerySet:
    mine = Contribution.objects.filter(thread=OuterRef("pk"), person=person, shown_at__gt=since).order_by()
    return rows.annotate(
        mine=Subquery(mine.values("thread").annotate(count=Count("pk")).values("count")),
        first=Subquery(mine.order_by("number").values("shown_at")[:1]),
    )


def answers(found) -> list:
    return [(each.mine, each.first) for each in found]


@pytest.fixture
def people(person, write):
    ans, bram = person("Ans"), person("Bram")
    for hour in range(1, 5):
        write(ans if hour % 3 else bram, now=NOW + hour * HOUR)
    return ans, bram


def test_each_reader_and_each_moment_gets_its_own_answer(people, thread):
    ans, bram = people
    for reader in (ans, bram, ans):
        for since in (NOW, NOW + 3 * HOUR, NOW + timedelta(days=9)):
            values = {"person": reader.pk, "since": since}
            plain, written = (
                told(Thread.objects.all(), **values),
                prepared.annotate(Thread.objects.all(), told, **values),
            )
            assert answers(written) == answers(plain)
    assert answers(prepared.annotate(Thread.objects.all(), told, person=ans.pk, since=NOW)) == [(3, NOW + HOUR)]
    assert answers(prepared.annotate(Thread.objects.all(), told, person=bram.pk, since=NOW)) == [(1, NOW + 3 * HOUR)]


def test_it_goes_with_what_a_queryset_does_beside_it(people, thread):
    ans, _bram = people
    rows = Thread.objects.filter(kind="article").order_by("-pk")
    found = prepared.annotate(rows, told, person=ans.pk, since=NOW).filter(title__contains="bericht")
    assert answers(found[:1]) == [(3, NOW + HOUR)]
    assert found.count() == 1
    assert found.exists()
    assert found.get(pk=thread.pk).mine == 3


def test_what_is_asked_without_values_is_the_same_each_time(people):
    def named(rows: QuerySet) -> QuerySet:
        return rows.annotate(
            last=Subquery(Contribution.objects.filter(person=OuterRef("pk")).order_by("-pk").values("pk")[:1])
        )

    for _ in range(2):
        found = prepared.annotate(Person.objects.order_by("pk"), named)
        assert list(found.values_list("last", flat=True)) == list(
            named(Person.objects.order_by("pk")).values_list("last", flat=True)
        )


def asked(*, person: int, since, day, title: str) -> QuerySet:
    long_ago = Contribution.objects.filter(created_at__date__gte=day, thread__title=title)
    return long_ago.filter(person=person, shown_at__gt=since).order_by("number")[:2]


def test_a_small_query_gives_each_reader_moment_and_thing_their_own_rows(people, thread):
    for reader in (*people, people[0]):
        for since in (NOW, NOW + 3 * HOUR):
            for day in (NOW.date(), NOW.date() + timedelta(days=1)):
                for title in (thread.title, "iets anders", "'; --", "100 %"):
                    values = {"person": reader.pk, "since": since, "day": day, "title": title}
                    assert prepared.ask(asked, **values) == list(asked(**values))
    values = {"person": people[0].pk, "since": NOW, "day": NOW.date(), "title": thread.title}
    assert [each.number for each in prepared.ask(asked, **values)] == [1, 2]
    assert prepared.ask(asked, **values)[0].person == people[0]
