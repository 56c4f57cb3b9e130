"""Write a forum of any size for the bench, and one topic that has all there is; only on SQLite, only for measuring."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

CONTRIBUTIONS = 20  # in each topic
PEOPLE = 50
BATCH = 2_500  # topics written at once
TEXT = "Wij deden dit **samen** met inwoners.\n\n- Eerst keken we.\n- Toen praatten we.\n\nZo ging het goed. " * 2
TITLE = "Hoe zorgen jullie voor een goede ingang bij gebouw {number}?"
LONG_ANSWER = 650  # characters; all of them different, of the site's own articles


def people(now: datetime) -> list[Any]:
    """Those who write: known to the team, each with a role, in a municipality."""
    from meedoen.municipalities.models import Municipality
    from meedoen.people.models import Address, Person
    from meedoen.people.rules import Role

    roles, places = list(Role), list(Municipality.objects.current()[:PEOPLE])
    found = []
    for number in range(PEOPLE):
        address = Address.objects.of(f"forum-{number}@voorbeeld.example")
        address.verified_at = address.trusted_at = now
        address.save()
        found.append(
            Person.objects.create(
                address=address, name=f"Naam {number}", role=roles[number % len(roles)], joined_at=now,
                municipality=places[number % len(places)] if places else None,
            )
        )  # fmt: skip
    return found


def seed(size: int, writers: list[Any], now: datetime) -> Iterator[int]:
    """Write topics until there are ``size``, with what their rows keep; gives how many there are after each batch."""
    from django.db import connection, transaction

    from meedoen.conversation.models import Contribution, Thread
    from meedoen.forum.actions import shelve
    from meedoen.forum.categories import CATEGORIES
    from meedoen.forum.models import Topic

    with connection.cursor() as cursor:  # until this connection ends: nothing here has to outlive a power cut
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-500000")
    categories = list(CATEGORIES)
    next_id = 1 + max(
        model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0 for model in (Thread, Topic)
    )
    begun = Topic.objects.count()
    while begun < size:
        numbers = range(begun, min(begun + BATCH, size))
        topics = [_topic(next_id + place, number, categories, writers, now) for place, number in enumerate(numbers)]
        with transaction.atomic():
            Thread.objects.bulk_create(topic.thread for topic in topics)
            Topic.objects.bulk_create(topics)
            first = topics[0].thread
            Contribution.objects.bulk_create(
                Contribution(
                    thread=first, person=writers[place % PEOPLE], text=TEXT, number=place, state="shown",
                    created_at=now, shown_at=now,
                )
                for place in range(1, CONTRIBUTIONS + 1)
            )  # fmt: skip
            _copy_contributions(first.pk, topics[-1].thread.pk)
        begun, next_id = numbers[-1] + 1, next_id + len(topics)
        yield begun
    for category in categories:
        shelve(category)


def _topic(pk: int, number: int, categories: list[str], writers: list[Any], now: datetime) -> Any:
    from meedoen.conversation.models import Thread
    from meedoen.forum.actions import slug_of
    from meedoen.forum.models import THREAD, Topic
    from meedoen.forum.rules import Kind

    at, title = now - timedelta(days=400) + timedelta(seconds=number), TITLE.format(number=number)
    topic = Topic(
        pk=pk, category=categories[number % len(categories)], kind=Kind.QUESTION, title=title,
        slug=slug_of(title, Kind.QUESTION), author=writers[number % PEOPLE], begun_at=at, last_at=at,
        is_shown=True, reply_count=CONTRIBUTIONS - 1, is_answered=number // len(categories) % 3 == 0,
    )  # fmt: skip
    topic.thread = Thread(
        pk=pk, kind=THREAD, key=str(pk), title=title, url=topic.get_absolute_url(), created_at=now,
        last_number=CONTRIBUTIONS, shown_count=CONTRIBUTIONS,
    )  # fmt: skip
    return topic


def _copy_contributions(first: int, last: int) -> None:
    """Give the threads after ``first``, up to ``last``, what stands in that one; in one statement, whatever fields there are."""
    from django.db import connection

    from meedoen.conversation.models import Contribution

    columns = [field.column for field in Contribution._meta.concrete_fields if not field.primary_key]
    own = {"thread_id": "thread.id", "key": "lower(hex(randomblob(16)))"}
    into = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(own.get(column, f'each."{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO conversation_contribution ({into}) SELECT {values}"
            " FROM conversation_thread AS thread JOIN conversation_contribution AS each ON each.thread_id = %s"
            " WHERE thread.id > %s AND thread.id <= %s ORDER BY thread.id, each.number",
            [first, first, last],
        )


def fullest(writers: list[Any], now: datetime) -> Any:
    """A topic of several pages whose first has all that a page of a topic can have: long answers, all deeds and marks."""
    from meedoen.conversation.actions import recount
    from meedoen.conversation.models import Contribution
    from meedoen.forum.models import Topic
    from meedoen.library.models import Article

    words = re.sub(r"[#>*\-]+ ?", "", "\n\n".join(article.body for article in Article.objects.order_by("pk")))
    topic = Topic.objects.order_by("-pk").first()
    thread, others = topic.thread, Topic.objects.exclude(pk=topic.pk).order_by("-pk")
    topic.title = thread.title = "Hoe zorgen jullie dat iedereen kan meepraten over het plan voor het stationsplein?"
    topic.summary = words[:LONG_ANSWER]
    topic.similar = list(others.values_list("pk", flat=True)[:5])
    thread.save()
    topic.save()
    thread.contributions.all().delete()
    opening = answered = None
    for number in range(1, 4 * CONTRIBUTIONS + 1):
        at = (number - 1) * LONG_ANSWER % (len(words) - LONG_ANSWER)
        written = Contribution.objects.create(
            thread=thread, person=writers[number % PEOPLE], text=words[at : at + LONG_ANSWER], number=number, state="shown",
            created_at=now + timedelta(minutes=number), shown_at=now + timedelta(minutes=number),
            edited_at=now + timedelta(hours=3) if number % 3 == 0 else None,
            helped_at=now if number in (3, 6, 9) else None, thanks_count=number % 5,
            reply_to=answered or opening, talk=answered, hides_name=number % 7 == 0,
        )  # fmt: skip
        opening = opening or written
        answered = written if number % 2 == 0 else None
    recount(thread, now=now)
    topic.refresh_from_db()
    return topic
