"""What is to be arranged: tasks with a last day, numbers without names, and who asked for one kind."""

import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.kernel import clock
from meedoen.meetings.attending import actions, arranging, needs, rules
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.needs import CannotDo, Needs, Outcome
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Need
from meedoen.people.vault import actions as vault
from meedoen.people.vault.models import Look, Sealed

ASKED = Needs((Need.CAPTIONS, Need.BRAILLE, Need.DIET), "Ik ben allergisch voor zwenkwieken.")
NAMES = ("Ans", "Bram", "Dirk", "Elif", "Fatima", "Gijs")


@pytest.fixture
def coming(meeting, now):
    return meeting("Praat mee", form="beide", place_name="De Kring", begins=now + timedelta(days=20))


@pytest.fixture
def asks(coming, person, now):
    """A function that signs somebody up who needs something."""

    def make(name="Ans", what=ASKED, way=Way.ROOM, companions=0, to=coming):
        attendee = actions.sign_up(to, person(name), Coming(way, companions), network=name, now=now)
        needs.ask(attendee, what, now=now)
        return attendee

    return make


def settle(attendee, carla, now, **outcomes):
    """Say how it stands, by somebody of the team."""
    asked = needs.look(attendee, reader=carla, now=now)
    needs.settle(attendee, asked, outcomes, now=now)


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode().partition("<main")[2]))


def told(meeting, carla, now):
    found = arranging.tasks_of(meeting, reader=carla, now=now)
    return [(task.kind, task.last_day, [task.counts[each] for each in Outcome]) for task in found.tasks]


@pytest.mark.parametrize(
    ("need", "day"),
    [
        (Need.SIGN_LANGUAGE, date(2026, 12, 2)),
        (Need.CAPTIONS, date(2026, 12, 2)),
        (Need.BRAILLE, date(2026, 12, 9)),
        (Need.LARGE_PRINT, date(2026, 12, 16)),
        (Need.DIET, date(2026, 12, 19)),
        (None, date(2026, 12, 19)),
    ],
)
def test_each_kind_has_its_own_last_day(need, day):
    assert rules.last_day(need, starts_on=date(2026, 12, 23)) == day


def test_nothing_takes_longer_to_arrange_than_interpreters():
    start = date(2026, 12, 23)
    assert min(rules.last_day(need, starts_on=start) for need in Need) == rules.last_day(
        Need.SIGN_LANGUAGE, starts_on=start
    )


def test_the_soonest_last_day_comes_first_with_how_it_stands(coming, asks, carla, now):
    asks("Ans")
    bram = asks("Bram", Needs((Need.BRAILLE, Need.CAPTIONS)))
    settle(
        bram, carla, now, schrijftolk=(Outcome.ARRANGED, ""), braille=(Outcome.NOT_POSSIBLE, "Je krijgt het digitaal.")
    )
    assert told(coming, carla, now) == [
        ("schrijftolk", date(2026, 12, 2), [1, 1, 0]),
        ("braille", date(2026, 12, 9), [1, 0, 1]),
        ("eten", date(2026, 12, 19), [1, 0, 0]),
        ("eigen", date(2026, 12, 19), [1, 0, 0]),
    ]


def test_who_does_not_come_asks_nothing(coming, asks, carla, now):
    ans = asks("Ans")
    actions.cancel(ans, now=now)
    assert told(coming, carla, now) == []
    assert arranging.ahead(reader=carla, now=now) is None


def test_numbers_are_no_look_unless_they_tell_who(coming, asks, carla, now):
    for name in NAMES[: rules.FEW - 1]:
        asks(name)
    arranging.tasks_of(coming, reader=carla, now=now)
    assert set(Look.objects.values_list("sealed__person__name", "reader__name")) == {
        (name, "Carla") for name in NAMES[: rules.FEW - 1]
    }
    Look.objects.all().delete()
    asks(NAMES[rules.FEW - 1])
    found = arranging.tasks_of(coming, reader=carla, now=now)
    assert found.is_look is False
    assert found.tasks[0].counts == {Outcome.OPEN: rules.FEW}
    assert not Look.objects.exists()


def test_who_asked_for_one_kind_is_a_look_at_them_alone(coming, asks, carla, now):
    asks("Ans")
    asks("Bram", Needs((Need.QUIET_PLACE,)))
    rows, following = arranging.who_asked_for(coming, "braille", reader=carla, now=now)
    assert [(each.called, asked.label, asked.outcome) for each, asked in rows] == [("Ans", "Braille", Outcome.OPEN)]
    assert following == 0
    assert list(Look.objects.values_list("sealed__person__name", flat=True)) == ["Ans"]


def test_who_asked_comes_in_pages_each_person_once(coming, asks, carla, now, monkeypatch):
    monkeypatch.setattr(arranging, "SHOWN", 2)
    for name in NAMES[:5]:
        asks(name)
    seen, after, pages = [], 0, 0
    while pages < 4:
        rows, after = arranging.who_asked_for(coming, "eten", reader=carla, now=now, after=after)
        seen += [each.called for each, _asked in rows]
        pages += 1
        if not after:
            break
    assert seen == list(NAMES[:5])
    assert pages == 3


def test_the_names_of_who_asked_come_in_pages_who_waits_first_and_are_no_look(
    client, coming, asks, carla, at, monkeypatch
):
    monkeypatch.setattr(arranging, "SHOWN", 2)
    people = {name: asks(name) for name in NAMES[:5]}
    for name in ("Ans", "Bram", "Dirk"):
        settle(people[name], carla, clock.now(), braille=(Outcome.ARRANGED, ""))
    Look.objects.all().delete()
    client.force_login(carla.address)
    path, seen, asked = f"/team/bijeenkomsten/{coming.pk}/wensen/", [], []
    while path:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path).content.decode()
        asked.append(len(queries))
        seen.append(re.findall(r"Wat (\w+) nodig heeft", page.partition("<h1")[2]))
        following = re.search(r'href="([^"]+)"[^>]*>[^<]*Meer mensen die iets vroegen', page)
        path = html.unescape(following[1]) if following else ""
    assert seen == [["Elif", "Fatima"], ["Ans", "Bram"], ["Dirk"]]
    assert len(set(asked)) == 1
    assert not Look.objects.exists()


def test_nobody_but_the_team_gets_numbers_or_names(coming, asks, bram, now):
    asks("Ans")
    for ask in (
        lambda: arranging.tasks_of(coming, reader=bram, now=now),
        lambda: arranging.who_asked_for(coming, "braille", reader=bram, now=now),
    ):
        with pytest.raises(CannotDo, match="alleen iemand zien die het regelt"):
            ask()
    assert not Look.objects.exists()


def test_what_is_ahead_counts_each_kind_at_each_meeting_once(coming, meeting, asks, carla, now):
    later = meeting("Later", form="locatie", place_name="De Kring", begins=now + timedelta(days=60))
    asks("Ans")
    asks("Bram")
    asks("Dirk", Needs((Need.SIGN_LANGUAGE,)), to=later)
    ahead = arranging.ahead(reader=carla, now=now)
    assert (ahead.count, ahead.last_day, ahead.meeting) == (5, date(2026, 12, 2), coming.pk)
    assert not Look.objects.exists()
    Meeting.objects.filter(pk=coming.pk).update(cancelled_at=now, cancelled_reason="De zaal is dicht.")
    ahead = arranging.ahead(reader=carla, now=now)
    assert (ahead.count, ahead.last_day, ahead.meeting) == (1, date(2027, 1, 11), later.pk)
    assert arranging.ahead(reader=carla, now=later.ends_at) is None


def test_the_desk_opens_the_vault_again_only_when_something_changed(coming, asks, carla, bram, now):
    ans = asks("Ans")

    def opened(moment):
        with CaptureQueriesContext(connection) as asked:
            found = arranging.ahead(reader=carla, now=moment)
        return (found.count if found else 0), any('"content"' in each["sql"] for each in asked)

    minutes = [now + timedelta(minutes=number) for number in range(9)]
    assert opened(minutes[0]) == (4, True)
    assert opened(minutes[1]) == (4, False)
    settle(ans, carla, minutes[2], braille=(Outcome.ARRANGED, ""))
    assert opened(minutes[2]) == (3, True)
    settle(ans, carla, minutes[3], braille=(Outcome.OPEN, ""))
    assert opened(minutes[3]) == (4, True)
    needs.ask(ans, Needs((Need.BRAILLE,)), now=minutes[4])
    assert opened(minutes[4]) == (1, True)
    with pytest.raises(vault.Refused):
        arranging.ahead(reader=bram, now=minutes[4])
    Meeting.objects.filter(pk=coming.pk).update(cancelled_at=now, cancelled_reason="Ziek.")
    assert opened(minutes[5]) == (0, False)
    Meeting.objects.filter(pk=coming.pk).update(cancelled_at=None, cancelled_reason="")
    assert opened(minutes[6]) == (1, False)
    needs.let_go(ans, now=minutes[7])
    assert opened(minutes[7]) == (0, False)


def test_what_is_asked_for_one_meeting_counts_for_no_other(coming, meeting, asks, person, carla, now):
    later = meeting("Later", form="locatie", place_name="De Kring", begins=now + timedelta(days=60))
    ans = asks("Ans")
    actions.sign_up(later, ans.person, Coming(Way.ROOM), network="", now=now)
    assert told(later, carla, now) == []
    assert arranging.ahead(reader=carla, now=now).count == 4


def test_what_does_not_open_is_said_and_stops_nothing(client, coming, asks, carla, at):
    asks("Ans")
    asks("Bram", Needs((Need.QUIET_PLACE,)))
    Sealed.objects.filter(person__name="Ans").update(content=b"x" * 300)
    client.force_login(carla.address)
    page = words_of(client.get(f"/team/bijeenkomsten/{coming.pk}/regelen/"))
    assert "Van 1 mens kunnen we niet lezen wat er nodig is" in page
    assert "Rustige plek" in page
    assert client.get("/team/").status_code == 200


def test_the_page_tells_tasks_and_numbers_to_pass_on_without_names(client, coming, asks, carla, at):
    asks("Ans", companions=2)
    asks("Bram", Needs((Need.DIET, Need.HEARING_LOOP)))
    asks("Dirk", Needs((Need.DIET,)), way=Way.ONLINE)
    client.force_login(carla.address)
    page = words_of(client.get(f"/team/bijeenkomsten/{coming.pk}/regelen/"))
    assert "woensdag 2 december 2026 (te laat)" in page
    assert "woensdag 9 december 2026 (te laat)" not in page
    # On a phone one below the other: each number says what it is, beside the head of its column.
    assert re.search(
        r"Braille\s*Uiterlijk\s*\w+ \d+ december 2026[^<]*?Nog open\s*1\s*Geregeld\s*0\s*Kan niet\s*0", page
    )
    assert page.count("Er komen 4 mensen, wie helpt meegeteld.") == 2
    assert "Eten en drinken dat bij je past: 2." in page  # who comes online eats at home
    assert "Ringleiding: 1." in page
    assert not re.search("Ans|Bram|Dirk|zwenkwieken", page)
    one = words_of(client.get(f"/team/bijeenkomsten/{coming.pk}/regelen/eigen/"))
    assert "Wat Ans nodig heeft" in one
    assert "zwenkwieken" in one
    assert "Bram" not in one
    assert client.get(f"/team/bijeenkomsten/{coming.pk}/regelen/onzin/").status_code == 404


def test_the_desk_says_how_much_is_open_and_leads_to_what_comes_first(client, coming, asks, carla, at, now):
    client.force_login(carla.address)
    assert "Regel wat mensen nodig hebben" not in words_of(client.get("/team/"))
    ans = asks("Ans")
    page = client.get("/team/")
    assert (
        "Regel wat mensen nodig hebben: 4 taken zijn open, de eerste uiterlijk woensdag 2 december 2026 (te laat)"
        in words_of(page)
    )
    assert f"/team/bijeenkomsten/{coming.pk}/regelen/" in page.content.decode()
    settle(ans, carla, now, **dict.fromkeys(("schrijftolk", "braille", "eten"), (Outcome.ARRANGED, "")))
    page = words_of(client.get("/team/"))
    assert "1 taak is open, uiterlijk zaterdag 19 december 2026" in page
    assert "te laat" not in page


def test_many_ask_for_as_many_queries_as_one(client, coming, asks, carla, at):
    client.force_login(carla.address)

    def queries(path):
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(path).status_code == 200
        return len(found)

    paths = ["/team/", *(f"/team/bijeenkomsten/{coming.pk}/regelen/{kind}" for kind in ("", "eten/"))]
    asks("Ans")
    before = [queries(path) for path in paths]
    for name in NAMES[1:]:
        asks(name)
    assert all(after <= early for after, early in zip((queries(path) for path in paths), before, strict=True))
