"""Letters to those who come: to whom, read again first, each mail once, in parts, and kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.mail.models import OutgoingMail
from meedoen.meetings import tasks
from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.hosting import actions, reading, rules
from meedoen.meetings.hosting.actions import circulars
from meedoen.meetings.hosting.models import Circular
from meedoen.meetings.hosting.rules import To
from meedoen.people.privacy import actions as privacy

TEXT = "Neem je **laptop** mee.\n\nTot dan!"


@pytest.fixture
def cast(comes, now):
    """Ans and Bram come to the room, Bram without having said yes; Elif and Kim are online; Dirk waits."""
    return {
        "ans": comes("Ans", partner="Bram", companions=1),
        "elif": comes("Elif", Way.ONLINE),
        "kim": comes("Kim", Way.ONLINE),
        "dirk": comes("Dirk", companions=3),
    }


@pytest.fixture
def written(today, carla, now):
    def write(to=To.ALL, *, subject="Neem je laptop mee", text=TEXT, once="een"):
        return actions.write(today, to=to, subject=subject, text=text, once=once, by=carla, now=now)

    return write


def mails():
    found = OutgoingMail.objects.filter(template="mail/meetings/circular.md")
    return sorted(each.partition("@")[0] for each in found.values_list("to", flat=True))


def path(meeting, more=""):
    return f"/team/bijeenkomsten/{meeting.pk}/berichten/{more}"


def words_of(answer):
    return " ".join(answer.content.decode().split())


# To whom


@pytest.mark.parametrize(
    ("to", "names"),
    [
        (To.ALL, ["ans", "dirk", "elif", "kim"]),
        (To.ROOM, ["ans"]),
        (To.ONLINE, ["elif", "kim"]),
        (To.WAITING, ["dirk"]),
    ],
)
def test_it_goes_to_whom_it_is_for_and_to_nobody_who_did_not_say_yes(cast, today, written, carla, now, to, names):
    letter = written(to)
    assert reading.receiver_counts(today)[to] == len(names)
    assert actions.send(letter, seen=1, by=carla, now=now).receiver_count == len(names)
    actions.tell(now=now)
    assert mails() == names


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("way", Way)
def test_the_rule_and_its_query_agree(today, person, now, state, way):
    until = now if state == State.OFFERED else None
    party = Party.objects.create(meeting=today, state=state, made_at=now, queued_at=now, offered_until=until)
    Attendee.objects.create(party=party, meeting=today, person=person(), way=way, confirmed_at=now)
    for to in To:
        assert reading.receivers(today, to).exists() is rules.reaches(to, state=state, way=way)


# Sending


def test_each_mail_leaves_once_however_often_it_is_pressed(cast, written, carla, bram, now):
    letter = written()
    for by in (carla, bram):
        actions.send(letter, seen=1, by=by, now=now)
    for _each in range(3):
        tasks.send_circulars()
    assert mails() == ["ans", "dirk", "elif", "kim"]
    kept = Circular.objects.get()
    assert (kept.by, kept.receiver_count, kept.done_at) == (carla, 4, now)


def test_it_is_brought_to_the_outbox_in_parts_and_goes_on_after_a_halt(cast, written, carla, now, monkeypatch):
    monkeypatch.setattr(circulars, "AT_ONCE", 2)
    monkeypatch.setattr(circulars, "ROUNDS", 1)
    letter = actions.send(written(), seen=1, by=carla, now=now)
    actions.tell(now=now)
    assert len(mails()) == 2
    Circular.objects.filter(pk=letter.pk).update(
        told_to=0
    )  # as a worker that was killed before it noted how far it was
    for _each in range(4):
        actions.tell(now=now)
    assert mails() == ["ans", "dirk", "elif", "kim"]
    assert Circular.objects.get().done_at == now


def test_who_signs_up_after_it_was_sent_does_not_get_it(cast, today, written, person, carla, now):
    actions.send(written(), seen=1, by=carla, now=now)
    party = Party.objects.create(meeting=today, state="placed", made_at=now)
    later = now + timedelta(seconds=1)
    Attendee.objects.create(party=party, meeting=today, person=person("Gijs"), way="online", confirmed_at=later)
    actions.tell(now=later)
    assert "gijs" not in mails()


def test_who_cancelled_before_it_left_does_not_get_it(cast, written, carla, now):
    actions.send(written(), seen=1, by=carla, now=now)
    attending.cancel(cast["kim"], now=now)
    actions.tell(now=now)
    assert "kim" not in mails()


def test_the_mail_has_the_text_the_own_link_and_goes_back_to_the_contact(cast, today, written, carla, now):
    actions.send(written(To.ROOM), seen=1, by=carla, now=now)
    actions.tell(now=now)
    mail = OutgoingMail.objects.get(template="mail/meetings/circular.md")
    assert mail.subject == "Neem je laptop mee (Praat mee)"
    assert mail.reply_to == today.contact_email == "carla@voorbeeld.example"
    assert cast["ans"].own_url in mail.text
    assert "> Neem je laptop mee." in mail.text
    assert "<strong>laptop</strong>" in mail.html
    assert "14.00 tot 16.00 uur" in mail.text


def test_what_was_written_anew_meanwhile_is_read_again_first(cast, written, carla, bram, now):
    letter = written()
    actions.change(letter, to=To.ROOM, subject="Anders", text=TEXT, by=bram, now=now)
    with pytest.raises(actions.CannotDo, match="Lees het nog eens"):
        actions.send(letter, seen=1, by=carla, now=now)
    assert not Circular.objects.exclude(sent_at=None).exists()
    actions.send(letter, seen=2, by=carla, now=now)
    with pytest.raises(actions.CannotDo, match="intussen verstuurd"):
        actions.change(letter, to=To.ALL, subject="Weer", text=TEXT, by=bram, now=now)


def test_to_nobody_nothing_is_sent(today, written, carla, now):
    with pytest.raises(actions.CannotDo, match="niemand aan wie"):
        actions.send(written(To.WAITING), seen=1, by=carla, now=now)


def test_it_asks_as_many_queries_for_hundreds_as_for_one(today, written, person, carla, now, monkeypatch):
    def queries(count):
        parties = Party.objects.bulk_create(Party(meeting=today, state="placed", made_at=now) for _each in range(count))
        people = [person(f"P{Attendee.objects.count()}x{number}") for number in range(count)]
        Attendee.objects.bulk_create(
            Attendee(party=party, meeting=today, person=each, way="online", confirmed_at=now)
            for party, each in zip(parties, people, strict=True)
        )
        actions.send(written(once=f"{count}"), seen=1, by=carla, now=now)
        with CaptureQueriesContext(connection) as found:
            actions.tell(now=now)
        return len([each for each in found if "django_tasks" not in each["sql"]])

    assert queries(2) == queries(17)


def test_after_a_year_it_is_forgotten(cast, today, written, now):
    written()
    actions.erase_old(now=today.ends_at + timedelta(days=364))
    assert Circular.objects.exists()
    actions.erase_old(now=today.ends_at + timedelta(days=366))
    assert not Circular.objects.exists()


def test_a_host_who_is_erased_leaves_what_was_sent(cast, written, today, bram, now):
    actions.send(actions.write(today, to=To.ALL, subject="Kom", text=TEXT, once="x", by=bram, now=now), seen=1, by=bram, now=now)  # fmt: skip
    known = privacy.everything_about(bram, now=now)["gegevens"]
    assert any("Kom" in str(kind["rijen"]) for kind in known)
    privacy.erase(bram, with_texts=False, now=now)
    assert (Circular.objects.get().by, Circular.objects.get().subject) == (None, "Kom")


def test_in_a_day_five_leave_and_the_next_waits(cast, written, carla, now):
    for number in range(5):
        actions.send(written(once=f"{number}"), seen=1, by=carla, now=now)
    sixth = written(once="zes")
    with pytest.raises(actions.CannotDo, match="hoogstens 5 berichten"):
        actions.send(sixth, seen=1, by=carla, now=now + timedelta(hours=23))
    assert actions.send(sixth, seen=1, by=carla, now=now + timedelta(days=1)).sent_at


def test_a_month_after_the_meeting_nobody_is_written_to(cast, today, written, carla):
    with pytest.raises(actions.CannotDo, match="te lang voorbij"):
        actions.send(written(), seen=1, by=carla, now=today.ends_at + timedelta(days=30))
    assert not Circular.objects.exclude(sent_at=None).exists()


# The pages


def test_a_host_writes_reads_it_again_and_sends(host, cast, today, at):
    form = host.get(path(today, "nieuw/")).content.decode()
    assert "Aan iedereen die komt of wacht (4)" in form
    assert "Aan wie naar de zaal komt (1)" in form
    sent = {"to": "online", "subject": "Neem je laptop mee", "text": TEXT, "once": "een"}
    for _each in range(2):
        page = host.post(path(today, "nieuw/"), sent, follow=True)
    letter = Circular.objects.get()
    assert "Aan wie online meedoet: 2 personen." in words_of(page)
    assert "<strong>laptop</strong>" in page.content.decode()
    assert "Verstuur aan 2 personen" in words_of(page)
    assert mails() == []
    for _each in range(2):
        page = host.post(path(today, f"{letter.pk}/versturen/"), {"seen": "1"}, follow=True)
        assert "Je bericht is verstuurd" in words_of(page)
    tasks.send_circulars()
    assert mails() == ["elif", "kim"]
    listed = words_of(host.get(path(today)))
    assert "Aan wie online meedoet (2), op donderdag 3 december 2026, 14.00 uur" in listed
    assert "Verstuurd door Carla." in words_of(host.get(path(today, f"{letter.pk}/")))
    assert host.get(path(today, f"{letter.pk}/veranderen/")).status_code == 302


def test_a_draft_waits_in_the_list_and_can_be_written_anew(host, cast, today, written):
    letter = written()
    assert "Nog niet verstuurd" in words_of(host.get(path(today)))
    form = host.get(path(today, f"{letter.pk}/veranderen/")).content.decode()
    assert 'value="Neem je laptop mee"' in form
    page = host.post(path(today, f"{letter.pk}/veranderen/"), {"to": "zaal", "subject": "Kom", "text": "Hoi"}, follow=True)  # fmt: skip
    assert "Verstuur aan 1 persoon" in words_of(page)
    stale = host.post(path(today, f"{letter.pk}/versturen/"), {"seen": "1"})
    assert stale.status_code == 409
    assert "Lees het nog eens" in words_of(stale)


def test_a_draft_is_thrown_away_and_what_was_sent_is_not(host, cast, today, written, carla, now):
    draft, sent = written(), actions.send(written(once="twee"), seen=1, by=carla, now=now)
    assert "Gooi het bericht weg" in words_of(host.get(path(today, f"{draft.pk}/")))
    assert "Gooi het bericht weg" not in words_of(host.get(path(today, f"{sent.pk}/")))
    for _each in range(2):
        page = host.post(path(today, f"{draft.pk}/weg/"), follow=True)
        assert "Het bericht is weggegooid" in words_of(page)
    answer = host.post(path(today, f"{sent.pk}/weg/"))
    assert answer.status_code == 409
    assert "niet meer weggooien" in words_of(answer)
    assert list(Circular.objects.all()) == [sent]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"to": ""}, "Kies aan wie je schrijft"),
        ({"to": "iedereen"}, "Kies aan wie je schrijft"),
        ({"subject": ""}, "Vul in waar het over gaat"),
        ({"subject": "x" * 200}, "Dit is te lang"),
        ({"text": " "}, "Vul in wat je wilt zeggen"),
        ({"text": "x" * 6000}, "Maak hem korter"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(host, cast, today, fields, words):
    answer = host.post(path(today, "nieuw/"), {"to": "zaal", "subject": "Hoi", "text": "Kom", "once": "een", **fields})
    assert words in words_of(answer)
    assert 'value="een"' in answer.content.decode()
    assert not Circular.objects.exists()


def test_an_online_meeting_has_no_room_to_write_to(host, meeting, at):
    assert 'value="zaal"' not in host.get(path(meeting("Scherm"), "nieuw/")).content.decode()


def test_a_letter_of_another_meeting_is_not_found(host, cast, meeting, written):
    other = path(meeting("Iets anders"), f"{written().pk}/")
    assert host.get(other).status_code == 404
    assert host.post(f"{other}versturen/", {"seen": "1"}).status_code == 404


def test_a_contact_writes_to_those_of_the_own_municipality_alone(client, cast, today, meeting, bram):
    client.force_login(bram.address)
    assert client.get(path(today)).status_code == 200
    assert client.get(path(meeting("Van het team"))).status_code == 404
