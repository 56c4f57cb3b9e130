"""Noting who is there: by two hosts at once, taken back, somebody who was on no list, and hundreds of people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending import needs, places
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.needs import Needs
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.hosting import actions, reading
from meedoen.meetings.hosting.models import Hosted, Presence
from meedoen.meetings.hosting.rules import Seen
from meedoen.meetings.rules import Need
from meedoen.people.privacy import actions as privacy

HERE, ABSENT, UNKNOWN = Seen.HERE, Seen.ABSENT, Seen.UNKNOWN


def seen(attendee):
    return Presence.objects.get(attendee=attendee).seen


def path(meeting, more=""):
    return f"/team/bijeenkomsten/{meeting.pk}/aanwezig/{more}"


def words_of(answer):
    return " ".join(answer.content.decode().split())


def press(client, attendee, what, was="", **more):
    return client.post(path(attendee.meeting, f"{attendee.pk}/"), {"seen": what, "was": was, **more}, follow=True)


# The deeds


def test_twice_is_once_and_a_press_can_be_taken_back(comes, carla, now):
    ans = comes("Ans")
    for _each in range(2):
        actions.mark(ans, HERE, was=UNKNOWN, by=carla, now=now)
    assert seen(ans) == HERE
    actions.mark(ans, UNKNOWN, was=HERE, by=carla, now=now)
    assert seen(ans) == UNKNOWN


def test_what_another_host_noted_meanwhile_stays(comes, carla, bram, now):
    ans = comes("Ans")
    actions.mark(ans, HERE, was=UNKNOWN, by=bram, now=now)
    with pytest.raises(actions.CannotDo, match=r"om 14\.00 uur op: is er"):
        actions.mark(ans, ABSENT, was=UNKNOWN, by=carla, now=now)
    with pytest.raises(actions.CannotDo, match=r"zette Ans op donderdag 3 december 2026, 14\.00 uur op: is er"):
        actions.mark(ans, ABSENT, was=UNKNOWN, by=carla, now=now + timedelta(days=1))
    assert seen(ans) == HERE


def test_who_cancelled_meanwhile_is_not_noted(comes, carla, now):
    ans = comes("Ans")
    attending.cancel(ans, now=now)
    with pytest.raises(actions.CannotDo, match="meldde zich intussen af"):
        actions.mark(ans, HERE, was=UNKNOWN, by=carla, now=now)
    assert not Presence.objects.exists()


def test_nobody_stays_away_before_it_began_and_nothing_is_noted_days_before(comes, carla, now):
    ans = comes("Ans")
    with pytest.raises(actions.CannotDo, match="kan nog komen"):
        actions.mark(ans, ABSENT, was=UNKNOWN, by=carla, now=now - timedelta(hours=1))
    with pytest.raises(actions.CannotDo, match="een dag voor"):
        actions.mark(ans, HERE, was=UNKNOWN, by=carla, now=now - timedelta(days=2))


def test_who_stood_on_no_list_takes_a_chair_that_nobody_else_is_offered(comes, today, carla, municipality, now):
    early = now - timedelta(hours=3)
    comes("Ans", companions=2)
    for _each in range(2):
        found = actions.add_at_the_door(
            today, name="Elif", way=Way.ROOM, municipality=municipality(), once="een", by=carla, now=early
        )
    assert places.taken(today, now=early)[Way.ROOM] == 4
    assert (found.party.state, seen(found)) == (State.PLACED, HERE)
    assert Attendee.objects.filter(name="Elif").count() == 1
    assert not OutgoingMail.objects.filter(to="").exists()
    assert reading.one(found).about == "Utrecht; in de zaal; stond niet op de lijst"


def test_of_who_asks_to_be_erased_nobody_knows_that_they_were_there(comes, today, carla, now):
    ans = comes("Ans")
    actions.mark(ans, HERE, was=UNKNOWN, by=carla, now=now)
    rows = {kind["naam"]: kind["rijen"] for kind in privacy.everything_about(ans.person, now=now)["gegevens"]}
    name = "Of je er was, en wat je als gastheer of gastvrouw noteerde"
    assert [row["was je er"] for row in rows[name]] == ["er"]
    privacy.erase(ans.person, with_texts=False, now=now)
    assert not Presence.objects.exists()


def test_a_host_who_is_erased_leaves_what_was_noted(comes, carla, bram, now):
    ans = comes("Ans")
    actions.mark(ans, HERE, was=UNKNOWN, by=bram, now=now)
    privacy.erase(bram, with_texts=False, now=now)
    assert (seen(ans), Presence.objects.get().by) == (HERE, None)


# The page


def test_what_was_noted_on_another_day_says_which(host, comes, carla, today, now, at):
    ans = comes("Ans")
    actions.mark(ans, Seen.HERE, was=Seen.UNKNOWN, by=carla, now=now)
    assert "is er, genoteerd om 14.00 uur" in words_of(host.get(path(today)))
    at(now + timedelta(days=1))
    assert "is er, genoteerd op donderdag 3 december 2026, 14.00 uur" in words_of(host.get(path(today)))


def test_a_host_finds_somebody_without_accents_and_notes_them(host, comes, today):
    rene = comes("Rene")
    rene.person.name = "René"
    rene.person.save()
    comes("Dirk")
    page = words_of(host.get(path(today), {"zoek": "rene"}))
    assert "René is er" in page
    assert "Dirk is er" not in page
    page = words_of(press(host, rene, "er", zoek="rene"))
    assert "René: is er, genoteerd om 14.00 uur" in page
    assert "Haal weg wat bij René staat" in page
    assert "In de zaal: van de 2 zijn er 1." in page
    assert "Dirk is er" in page  # and the next one can be looked for
    assert "niets meer genoteerd" in words_of(press(host, rene, "", "er"))
    page = words_of(press(host, rene, "niet"))
    assert "In de zaal: van de 2 zijn er 0, en 1 kwam niet." in page


def test_those_who_come_together_stand_together_wherever_one_is_found(host, comes, today):
    ans = comes("Ans", partner="Zara")
    page = host.get(path(today), {"zoek": "zara"}).content.decode()
    assert page.count('id="wie-') == 1
    assert f'id="wie-{ans.pk}"' in page
    assert "Ans is er" in page
    assert "zei nog geen ja" in page


@pytest.mark.parametrize(("shown", "names"), [("open", ["Dirk"]), ("er", ["Ans"]), ("niet", ["Bram"]), ("alle", ["Ans", "Bram", "Dirk"])])  # fmt: skip
def test_a_host_sees_who_is_not_there_yet(comes, today, carla, now, host, shown, names):
    ans, bram, _dirk = comes("Ans"), comes("Bram"), comes("Dirk", Way.ONLINE)
    actions.mark(ans, HERE, was=UNKNOWN, by=carla, now=now)
    actions.mark(bram, ABSENT, was=UNKNOWN, by=carla, now=now)
    page = host.get(path(today), {"toon": shown}).content.decode()
    assert [name for name in ("Ans", "Bram", "Dirk") if f"<strong>{name}</strong>" in page] == names


def test_a_second_host_is_told_what_the_first_noted_and_where_they_were_stays(host, comes, today, bram, now):
    ans = comes("Ans")
    actions.mark(ans, HERE, was=UNKNOWN, by=bram, now=now)
    answer = press(host, ans, "niet", toon="open")
    assert answer.status_code == 409
    assert "Iemand anders zette Ans om 14.00 uur op: is er." in words_of(answer)
    assert '<option value="open" selected>' in answer.content.decode()


@pytest.mark.parametrize("query", ["?toon=onzin", "?blad=0", "?blad=x", "?blad=99999", f"?zoek={'x' * 500}", "?wie=x", "?wie=999999"])  # fmt: skip
def test_what_makes_no_sense_in_the_address_is_no_fault(host, comes, today, query):
    comes("Ans")
    assert host.get(path(today) + query).status_code == 200


@pytest.mark.parametrize("wrong", [{"seen": "onzin", "was": ""}, {}])
def test_what_makes_no_sense_in_a_press_changes_nothing(host, comes, wrong):
    ans = comes("Ans")
    assert host.post(path(ans.meeting, f"{ans.pk}/"), wrong).status_code == 302
    assert not Presence.objects.exclude(seen="").exists()


def test_somebody_of_another_meeting_is_not_found(host, comes, meeting):
    ans = comes("Ans")
    assert host.post(path(meeting("Iets anders"), f"{ans.pk}/"), {"seen": "er"}).status_code == 404


def test_nothing_about_needs_stands_on_it(host, comes, today, now):
    needs.ask(comes("Ans"), Needs((Need.BRAILLE,), "Ik ben allergisch voor zwenkwieken."), now=now - timedelta(days=1))
    page = words_of(host.get(path(today)))
    assert "Ans" in page
    assert "raille" not in page
    assert "zwenkwieken" not in page


def test_somebody_who_was_on_no_list_is_put_on_it(host, today, comes, municipality):
    page = host.get(path(today), {"zoek": "Elif"}).content.decode()
    assert "Niemand gevonden" in page
    assert "erbij/?naam=Elif" in page
    form = host.get(path(today, "erbij/"), {"naam": "Elif"}).content.decode()
    assert 'value="Elif"' in form
    assert "In de zaal: nog 4 van 4 plekken." in form
    sent = {"name": "Elif", "way": "zaal", "municipality": municipality("Zeist").pk, "once": "een"}
    for _each in range(2):
        answer = host.post(path(today, "erbij/"), sent, follow=True)
    assert "Elif: is er" in words_of(answer)
    assert Hosted.objects.get().attendee.called == "Elif"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Vul de naam in"),
        ({"name": "x" * 300}, "De naam is te lang"),
        ({"way": ""}, "Kies hoe"),
        ({"municipality": "0"}, "Kies een gemeente uit de lijst"),
    ],
)
def test_what_is_wrong_at_the_door_is_said_and_nothing_is_lost(host, today, at, fields, words):
    answer = host.post(path(today, "erbij/"), {"name": "Elif", "way": "online", "once": "een", **fields})
    assert answer.status_code == 200
    assert words in words_of(answer)
    assert not Hosted.objects.exists()
    assert 'value="een"' in answer.content.decode()


def test_before_the_day_nobody_can_be_put_on_it(host, today, at, now):
    at(now - timedelta(days=3))
    assert "is er</button>" not in host.get(path(today)).content.decode()
    answer = host.post(path(today, "erbij/"), {"name": "Elif", "way": "zaal"})
    assert "vanaf een dag voor de bijeenkomst" in words_of(answer)
    assert 'value="Elif"' in answer.content.decode()


def test_hundreds_page_by_name_for_as_many_queries_as_one(host, today, comes, now):
    comes("Ans")

    def queries(query=""):
        with CaptureQueriesContext(connection) as found:
            answer = host.get(path(today) + query)
        return len(found), answer.content.decode()

    before, _page = queries()
    parties = Party.objects.bulk_create(Party(meeting=today, state="placed", made_at=now) for _each in range(600))
    Attendee.objects.bulk_create(
        Attendee(party=party, meeting=today, way="online", name=f"Gast {number:03}", confirmed_at=now)
        for number, party in enumerate(parties)
    )
    after, page = queries()
    assert after == before
    assert page.count('id="wie-') == 50
    assert "Latere namen" in page
    last = queries("?blad=13")
    assert last[0] == before
    assert "Gast 599" in last[1]
    assert "Eerdere namen" in last[1]
