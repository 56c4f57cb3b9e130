"""Very many are told: some in one transaction, the same written out once, one whose mail fails in nobody's way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.activity import actions, letters, rules
from meedoen.activity.actions import telling
from meedoen.activity.models import Follow, Follower, Subject, Told
from meedoen.activity.rules import Rhythm
from meedoen.mail import rendering
from meedoen.mail.models import OutgoingMail
from meedoen.people import codes
from meedoen.people.models import Address, Person

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # donderdag 3 december 2026, 14.00 uur
MONDAY = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)  # maandag 7 december 2026, 8.00 uur
HOUR = timedelta(hours=1)


@pytest.fixture
def themes(db):
    """Two things to follow, each of which somebody told something."""
    return [Subject.objects.of("theme", key, title=key, url=f"/nieuws/?thema={key}") for key in ("thuis", "werk")]


def follow(themes, count, *, start=0):
    """So many people who hear of both once a week."""
    for number in range(start, start + count):
        address = Address.objects.of(f"r{number}@voorbeeld.example")
        person = Person.objects.create(address=address, name="", joined_at=NOW)
        for theme in themes:
            actions.follow(person, theme, rhythm=Rhythm.WEEKLY, now=NOW)


def happen(themes):
    for number, theme in enumerate(themes):
        actions.record(
            theme, mark=f"m{number}", sentence=f"Nieuws {number}", words="Woorden.", url="/", actor=None, now=NOW + HOUR
        )


def told():
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def test_what_many_are_told_is_written_out_once_and_leads_each_to_their_own_page(themes):
    follow(themes, 30)
    happen(themes)
    rendering._remembered.cache_clear()

    assert actions.tell(now=MONDAY) == 30
    assert rendering._remembered.cache_info().misses == 1
    for mail in OutgoingMail.objects.all():
        key = Follower.objects.get(person__address__email=mail.to).key
        assert mail.text.count(key) == mail.html.count(key) == 2
        assert "/fact" not in mail.text + mail.html


@pytest.mark.parametrize("followed", [1, 2], ids=["of one thing", "of several"])
def test_questions_to_the_database_do_not_grow_with_those_who_are_told(themes, followed, settings):
    settings.MAIL_IN_DOMAIN = "post.voorbeeld.example"
    follow(themes[:followed], 3)
    happen(themes)

    def queries():
        people = list(Person.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asked:
            telling._tell_some(people, Rhythm.WEEKLY, until=MONDAY, now=MONDAY)
        return len(asked)

    few = queries()
    follow(themes[:followed], 17, start=3)
    Told.objects.all().delete()
    OutgoingMail.objects.all().delete()
    Follow.objects.update(told_until=NOW)
    assert queries() == few
    assert len(told()) == OutgoingMail.objects.values("reply_to").distinct().count() == 20


def test_one_whose_mail_fails_keeps_nobody_else_from_theirs(themes, monkeypatch):
    follow(themes, 3)
    happen(themes)
    letter = letters._letter

    def fails(told, *given):
        if told.reader.person.address.email == "r1@voorbeeld.example":
            raise ValueError("this cannot be mailed")
        return letter(told, *given)

    monkeypatch.setattr(letters, "_letter", fails)
    assert actions.tell(now=MONDAY) == 2
    assert told() == ["r0@voorbeeld.example", "r2@voorbeeld.example"]
    monkeypatch.setattr(letters, "_letter", letter)
    assert actions.tell(now=MONDAY + HOUR) == 1
    assert told() == [f"r{number}@voorbeeld.example" for number in range(3)]


def test_people_with_one_address_share_the_days_notices(themes, monkeypatch):
    monkeypatch.setattr(rules, "MAX_NOTICES_PER_DAY", 3)
    follow(themes, 1)
    for number in range(4):
        person = Person.objects.create(address=Address.objects.get(), name=f"{number}", joined_at=NOW)
        actions.follow(person, themes[0], rhythm=Rhythm.WEEKLY, now=NOW)
    happen(themes)

    assert actions.tell(now=MONDAY) == 3
    assert Follower.objects.filter(waits_until=rules.next_morning(MONDAY)).count() == 2
    assert codes.counted("notices", "r0@voorbeeld.example", per=telling.DAY, now=MONDAY) == 3
    assert actions.tell(now=MONDAY + HOUR) == 0
    assert actions.tell(now=rules.next_morning(MONDAY)) == 2
    assert OutgoingMail.objects.values("key").distinct().count() == 5


def test_a_round_takes_so_many_and_the_next_one_the_others(themes, monkeypatch):
    follow(themes, 7)
    happen(themes)
    monkeypatch.setattr(telling, "TOLD_AT_ONCE", 4)
    monkeypatch.setattr(telling, "TOLD_TOGETHER", 3)

    assert [actions.tell(now=MONDAY) for _round in range(3)] == [4, 3, 0]
    assert told() == [f"r{number}@voorbeeld.example" for number in range(7)]
