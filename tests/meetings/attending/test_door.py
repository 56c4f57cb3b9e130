"""The door of the online room: when it opens, how to go in, and who reads the way in."""

from datetime import timedelta

import pytest
from tests.meetings.attending.test_pages import words_of

from meedoen.meetings.attending import actions, rules
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.rules import Door, Way
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising import actions as organising

MINUTE = timedelta(minutes=1)
LINK = "https://overleg.voorbeeld.example/abc?code=1&naam=x"
PHONE = "030 123, code 45"


@pytest.fixture
def online(meeting, at):
    return meeting("Praat mee", form="beide", place_name="De Kring", room_places=2, join_url=LINK, join_by_phone=PHONE)


@pytest.fixture
def comes(online, person, now):
    """A function that signs somebody up by name."""

    def sign_up(name, way=Way.ONLINE):
        return actions.sign_up(online, person(name), Coming(way), network=name, now=now)

    return sign_up


def shows_the_way_in(page):
    """Whether any of it stands anywhere in what is sent."""
    content = page.content.decode()
    return "overleg.voorbeeld.example" in content or PHONE in content


@pytest.mark.parametrize(
    ("before", "door"),
    [
        (31 * MINUTE, Door.SHUT),
        (30 * MINUTE, Door.OPEN),
        (-119 * MINUTE, Door.OPEN),
        (-120 * MINUTE, Door.OVER),
    ],
)
def test_the_door_opens_on_time_and_ends_with_the_meeting(now, before, door):
    assert rules.door(starts_at=now, ends_at=now + 120 * MINUTE, now=now - before) == door


def test_who_comes_online_reads_the_way_in_from_when_it_opens_until_the_end(client, online, comes, at):
    ans = comes("Ans")
    at(online.starts_at - 31 * MINUTE)
    early = client.get(ans.door_url)
    assert "De deur gaat open op donderdag 10 december 2026, 13.30 uur" in words_of(early)
    at(online.starts_at - 30 * MINUTE)
    opened = client.get(ans.door_url)
    assert 'href="https://overleg.voorbeeld.example/abc?code=1&amp;naam=x"' in opened.content.decode()
    for words in ("Met je computer", "Met een app op je telefoon of tablet", f"Bel {PHONE}", "Het programma: Zoom"):
        assert words in words_of(opened)
    assert "no-store" in opened["Cache-Control"]
    at(online.ends_at)
    over = client.get(ans.door_url)
    assert "Deze bijeenkomst is voorbij." in words_of(over)
    assert [shows_the_way_in(page) for page in (early, opened, over)] == [False, True, False]


def test_a_meeting_that_moves_takes_its_door_along(client, online, comes, at):
    ans = comes("Ans")
    at(online.starts_at)
    later = {"starts_at": online.starts_at + 60 * MINUTE, "ends_at": online.ends_at + 60 * MINUTE}
    Meeting.objects.filter(pk=online.pk).update(**later)
    assert not shows_the_way_in(client.get(ans.door_url))


def test_who_has_no_place_online_does_not_read_the_way_in(client, online, comes, at, carla, now):
    gone, room, waits, off = comes("Ans"), comes("Bram", Way.ROOM), comes("Dirk"), comes("Elif")
    actions.cancel(gone, now=now)
    type(waits.party).objects.filter(pk=waits.party_id).update(state="waiting", queued_at=now)
    at(online.starts_at)
    pages = [client.get(each.door_url) for each in (gone, room, waits)]
    said = ["Je hebt nu geen plek", "Je hebt een plek in de zaal.", "Je hebt nu geen plek"]
    assert [words in words_of(page) for page, words in zip(pages, said, strict=True)] == [True] * 3
    at(now)
    organising.cancel(online, reason="De tolk is ziek.", by=carla, now=now)
    at(online.starts_at)
    pages.append(client.get(off.door_url))
    assert "De tolk is ziek." in words_of(pages[-1])
    assert [shows_the_way_in(page) for page in pages] == [False] * 4


def test_everybody_reads_when_it_opens_and_nobody_the_way_in(client, online, comes, at):
    comes("Ans")
    address = f"/bijeenkomsten/{online.slug}/meedoen/"
    said = []
    for moment in (online.starts_at - 60 * MINUTE, online.starts_at, online.ends_at):
        at(moment)
        page = client.get(address)
        assert not shows_the_way_in(page)
        said.append(words_of(page))
    assert "De deur gaat open op donderdag 10 december 2026, 13.30 uur" in said[0]
    assert "De deur is open." in said[1]
    assert "Meld je aan" in said[0]
    assert "Meld je aan" not in said[1]  # too late
    assert "voorbij" in said[2]


def test_who_is_signed_in_goes_on_to_their_own_door(client, online, comes, at, person):
    ans = comes("Ans")
    address = f"/bijeenkomsten/{online.slug}/meedoen/"
    client.force_login(ans.person.address)
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, ans.door_url)
    client.force_login(person("Fatima").address)
    assert "Met dit account ben je niet aangemeld." in words_of(client.get(address))


def test_a_link_that_is_not_there_yet_is_said_and_the_telephone_alone_will_do(client, online, comes, at):
    ans = comes("Ans")
    at(online.starts_at)
    Meeting.objects.filter(pk=online.pk).update(join_url="")
    assert f"Bel {PHONE}" in words_of(client.get(ans.door_url))
    Meeting.objects.filter(pk=online.pk).update(join_by_phone="")
    assert "De link om mee te doen is er nog niet" in words_of(client.get(ans.door_url))


def test_what_is_only_in_a_room_or_not_there_has_no_door(client, meeting, at, now):
    room = meeting("Aan tafel", form="locatie", online_program="", place_name="De Kring")
    draft = meeting("Nog niet", published_at=None)
    for path in (room.slug, draft.slug, "onzin"):
        assert client.get(f"/bijeenkomsten/{path}/meedoen/").status_code == 404
    assert client.get("/bijeenkomsten/aanmelding/onzin/meedoen/").status_code == 404


def test_the_own_page_and_the_meeting_lead_to_the_door(client, online, comes):
    ans = comes("Ans")
    assert ans.door_url in client.get(ans.own_url).content.decode()
    assert f"/bijeenkomsten/{online.slug}/meedoen/" in client.get(online.get_absolute_url()).content.decode()


def test_a_door_asks_a_fixed_number_of_queries(client, online, comes, django_assert_num_queries):
    ans = comes("Ans")
    for name in ("Bram", "Dirk"):
        comes(name)
    with django_assert_num_queries(1):
        client.get(ans.door_url)
