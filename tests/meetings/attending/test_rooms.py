"""Rooms at a server that the settings name: how one comes in, and what people read when that server does not answer."""

import socket
import threading
import time
import urllib.request
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.db import connection, transaction
from tests.meetings.attending.bigbluebutton import SECRET, Server, is_right
from tests.meetings.attending.test_pages import words_of

from meedoen.meetings.attending import actions, bigbluebutton, rooms
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.checking import gaps_of
from meedoen.people.models import Person

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
MINUTE = timedelta(minutes=1)
PHONE = "030 123, code 45"


@pytest.fixture
def server(settings):
    """A BigBlueButton server; the settings name it."""
    made = Server()
    settings.BBB_URL, settings.BBB_SECRET = made.url, SECRET
    bigbluebutton.forget()
    yield made
    made.shutdown()
    made.server_close()
    bigbluebutton.forget()


@pytest.fixture
def online(meeting, at):
    """A meeting without a link, of which the door is open."""
    made = meeting(
        "Praat mee",
        form="beide",
        place_name="De Kring",
        join_by_phone=PHONE,
        online_program="BigBlueButton",
        contact_phone="030 765",
    )
    at(made.starts_at - 10 * MINUTE)
    return made


@pytest.fixture
def comes(online, person, now):
    """A function that signs somebody up by name."""

    def sign_up(name, way=Way.ONLINE):
        who = Person.objects.filter(name=name).first() or person(name)
        return actions.sign_up(online, who, Coming(way), network=name, now=now)

    return sign_up


def press(client, attendee):
    return client.post(f"{attendee.door_url}binnen/", **HERE)


def follow(address):
    with urllib.request.urlopen(address, timeout=5) as page:
        return page.read().decode()


def test_the_server_of_the_tests_knows_the_documented_examples():
    """The example of the API's page, with its secret; and that a letter more or less is refused."""
    query = "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
    assert is_right("create", f"{query}&checksum=1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17")
    assert not is_right("create", f"{query}1&checksum=1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17")
    assert not is_right("join", f"{query}&checksum=1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17")
    assert not is_right("create", query)


@pytest.mark.parametrize("kind", ["sha1", "sha256", "sha384", "sha512"])
def test_who_presses_comes_in_under_their_own_name(client, server, comes, online, settings, kind):
    settings.BBB_CHECKSUM = kind
    ans = comes("Ans")
    page = client.get(ans.door_url)
    assert "Anderen zien daar je naam: Ans." in words_of(page)
    assert "Je hebt geen app nodig." in words_of(page)
    assert server.calls == []  # opening the door asks nobody anything
    answer = press(client, ans)
    assert answer.status_code == 302
    assert answer.url.startswith(f"{server.url}/api/join?fullName=Ans&")
    assert "In de zaal" in follow(answer.url)
    ((room, made),) = server.rooms.items()
    assert server.inside == {room: [("Ans", "VIEWER")]}
    assert (made["name"], made["record"]) == ("Praat mee", "false")
    assert made["logoutURL"] == settings.BASE_URL + online.get_absolute_url()
    assert server.calls == ["isMeetingRunning", "create", "join"]


def test_no_call_holds_the_link_of_somebody(client, server, comes, settings):
    """The room is of all who come: who leaves it lands on a page for everybody, and not on that of who was first."""
    both = [comes("Ans"), comes("Bram")]
    for each in both:
        follow(press(client, each).url)
        bigbluebutton.forget()
    assert len(server.paths) == len(server.calls) == 5
    for each in both:
        key = each.own_url.strip("/").rpartition("/")[2]
        assert len(key) > 20
        assert not any(key in path for path in server.paths)


def test_a_name_of_any_letters_and_a_room_that_is_there_already(client, server, comes, online):
    bram = comes("Bram")
    Person.objects.filter(name="Bram").update(name="Zoë & Søn + 100% 日本")
    follow(press(client, bram).url)
    bigbluebutton.forget()
    follow(press(client, comes("Dirk")).url)
    ((_room, inside),) = server.inside.items()
    assert [name for name, _role in inside] == ["Zoë & Søn + 100% 日本", "Dirk"]
    assert server.calls == ["isMeetingRunning", "create", "join", "isMeetingRunning", "join"]
    server.calls.clear()
    press(client, comes("Elif"))
    assert server.calls == []  # known a moment ago: nobody waits for a server


def test_who_organises_it_and_is_signed_in_comes_in_as_host(client, server, comes, carla):
    host, ans = comes("Carla"), comes("Ans")
    assert "role=VIEWER" in press(client, host).url  # by the link alone, which may be in other hands
    client.force_login(carla.address)
    assert "role=MODERATOR" in press(client, host).url
    assert "role=VIEWER" in press(client, ans).url


@pytest.mark.parametrize("mood", ["slow", "a byte at a time", "elsewhere", "broken", "no XML", "wrong secret", "down"])
def test_a_server_that_does_not_answer_gives_a_kind_page_with_other_ways(
    client, server, comes, settings, mood, monkeypatch
):
    monkeypatch.setattr(bigbluebutton, "ANSWER_SECONDS", 1)
    ans = comes("Ans")
    server.mood = mood
    if mood == "wrong secret":
        settings.BBB_SECRET = "anders"
    if mood == "down":
        server.shutdown()
        server.server_close()
    begun = time.monotonic()
    page = press(client, ans)
    assert time.monotonic() - begun < 10  # and not the twelve that it takes itself
    assert page.status_code == 503
    for words in (
        "De zaal is nu niet te bereiken",
        f"Bel {PHONE}",
        "030 765",
        "carla@voorbeeld.example",
        "Ga naar binnen",
    ):
        assert words in words_of(page)
    assert "inside" not in server.calls  # it asks nobody else than whom the settings name
    assert SECRET not in page.content.decode()
    asked = len(server.calls)
    assert press(client, ans).status_code == 503
    assert len(server.calls) == asked  # the next one does not wait for it as well
    assert list(rooms.problems())


def test_who_says_hello_a_byte_at_a_time_holds_nobody(settings, monkeypatch):
    """A greeting of TLS that never ends: the press has its answer in time, and the connection is gone."""
    monkeypatch.setattr(bigbluebutton, "ANSWER_SECONDS", 1)
    bigbluebutton.forget()
    is_cut = threading.Event()

    def drip():
        peer, _address = listening.accept()
        with peer:
            peer.settimeout(5)
            try:
                peer.sendall(b"\x16\x03\x03\x3f\xff")  # a record of 16 kB is to come
                for _byte in range(200):
                    peer.sendall(b"\x02")
                    time.sleep(0.1)
            except OSError:
                is_cut.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, daemon=True).start()
        settings.BBB_URL, settings.BBB_SECRET = f"https://127.0.0.1:{listening.getsockname()[1]}/bigbluebutton", SECRET
        begun = time.monotonic()
        with pytest.raises(bigbluebutton.Away, match="TimeoutError"):
            bigbluebutton.is_running("zaal")
        assert time.monotonic() - begun < 15  # and not the twenty of its greeting
        assert is_cut.wait(15)


def test_a_name_that_is_looked_up_slowly_holds_nobody(settings, monkeypatch):
    monkeypatch.setattr(bigbluebutton, "ANSWER_SECONDS", 1)
    known = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_how: known.wait(60) and [])
    settings.BBB_URL, settings.BBB_SECRET = "https://bbb.example/bigbluebutton", SECRET
    begun = time.monotonic()
    with pytest.raises(bigbluebutton.Away, match="TimeoutError"):
        bigbluebutton.is_running("zaal")
    assert not known.is_set()
    assert time.monotonic() - begun < 30
    known.set()


def test_it_comes_back_by_itself(client, server, comes):
    ans = comes("Ans")
    server.mood = "broken"
    assert press(client, ans).status_code == 503
    server.mood = "well"
    bigbluebutton.forget()  # as after some seconds
    assert press(client, ans).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_while_the_server_thinks(client, server, comes):
    ans = comes("Ans")
    wrote = []

    def somebody_else_writes():
        with transaction.atomic():
            wrote.append(Meeting.objects.update(body="Intussen."))
        connection.close()

    server.meanwhile = somebody_else_writes
    assert press(client, ans).status_code == 302
    assert wrote == [1, 1]


def test_only_who_has_a_place_online_and_only_when_it_is_open(client, server, comes, online, at, now):
    room, gone, ans = comes("Bram", Way.ROOM), comes("Dirk"), comes("Ans")
    actions.cancel(gone, now=now)
    for each in (room, gone):
        assert press(client, each).url == each.door_url
    for moment in (online.starts_at - 31 * MINUTE, online.ends_at):
        at(moment)
        assert press(client, ans).url == ans.door_url
    at(online.starts_at)
    assert client.get(f"{ans.door_url}binnen/").status_code == 405
    assert client.post(f"{ans.door_url}binnen/", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert server.calls == []


def test_the_link_of_a_meeting_itself_goes_first(client, server, comes, online):
    Meeting.objects.filter(pk=online.pk).update(join_url="https://overleg.voorbeeld.example/abc")
    ans = comes("Ans")
    assert 'href="https://overleg.voorbeeld.example/abc"' in client.get(ans.door_url).content.decode()
    assert press(client, ans).url == "https://overleg.voorbeeld.example/abc"
    assert server.calls == []


def test_no_meeting_has_the_room_of_another_and_no_name_is_to_be_guessed(meeting, settings):
    one, other = meeting("Een"), meeting("Twee")
    names = {rooms.name_of(each) for each in (one, other)}
    assert len(names) == 2
    assert rooms.name_of(Meeting.objects.get(pk=one.pk)) in names
    assert not any(str(each.uid) in name or each.slug in name for each in (one, other) for name in names)
    settings.SECRET_KEY = "another"
    assert rooms.name_of(one) not in names


def test_a_room_at_jitsi_is_a_link_and_with_a_token_only_where_that_is_set(client, comes, online, settings, carla):
    settings.JITSI_URL = "https://jitsi.voorbeeld.example"
    ans = comes("Ans")
    plain = rooms.room_of(online, ans)
    assert plain.url == f"https://jitsi.voorbeeld.example/{rooms.name_of(online)}"
    assert f'href="{plain.url}"' in client.get(ans.door_url).content.decode()
    settings.JITSI_APP_ID, settings.JITSI_SECRET = "meedoen", "s" * 40
    url = urlsplit(rooms.room_of(online, ans).url)
    token = parse_qs(url.query)["jwt"][0]
    said = jwt.decode(
        token, "s" * 40, algorithms=["HS256"], audience="jitsi", issuer="meedoen", options={"verify_exp": False}
    )
    assert said["exp"] == int((online.ends_at + rooms.OVERTIME).timestamp())
    assert (said["sub"], said["room"]) == ("jitsi.voorbeeld.example", rooms.name_of(online))
    assert said["context"]["user"] == {"name": "Ans", "moderator": False}
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, "t" * 40, algorithms=["HS256"], audience="jitsi")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ""),
        ({"JITSI_URL": "https://jitsi.example"}, ""),
        ({"JITSI_URL": "jitsi.example"}, "MEEDOEN_JITSI_URL is no web address"),
        ({"BBB_URL": "file:///etc/passwd", "BBB_SECRET": "s"}, "MEEDOEN_BBB_URL is no web address"),
        ({"BBB_URL": "https://bbb.example"}, "MEEDOEN_BBB_SECRET belong together"),
        ({"JITSI_URL": "https://jitsi.example", "JITSI_SECRET": "s"}, "MEEDOEN_JITSI_SECRET belong together"),
    ],
)
def test_check_says_what_is_wrong_with_the_settings(settings, given, words):
    for name, value in given.items():
        setattr(settings, name, value)
    assert [words in problem for problem in rooms.problems()] == [True] * bool(words)


def test_check_asks_the_server_itself(server, settings):
    assert list(rooms.problems()) == []
    settings.BBB_SECRET = "anders"
    (problem,) = rooms.problems()
    assert "checksumError" in problem
    assert "anders" not in problem


def test_where_there_is_a_server_a_link_is_not_missed(online, settings):
    Meeting.objects.filter(pk=online.pk).update(join_by_phone="")
    online.refresh_from_db()

    def is_missed():
        return "join_url" in [gap.field for gap in gaps_of(online, [], online.starts_at)]

    assert is_missed()
    settings.JITSI_URL = "https://jitsi.example"
    assert not is_missed()
