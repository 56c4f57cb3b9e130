"""Attacks: what somebody needs at a meeting goes its whole way, and stands nowhere in clear but on pages for who may read it.

A copy of the database that the site makes by itself is not there yet; who makes one has what these tests search.
"""

import io
import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from django.core import mail as postman
from django.core.management import call_command
from django.db import connection
from django.test import Client
from tests.meetings.attending.test_pages import confirm, sign_up
from tests.people.vault.test_nowhere import everything_in_the_database

from meedoen.activity import tasks as activity_tasks
from meedoen.mail import actions as mail
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, reminding, rules
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.needs import KEEP
from meedoen.people.models import Person
from meedoen.people.privacy import actions as privacy
from meedoen.people.vault import actions as vault
from meedoen.people.vault.models import Sealed

pytestmark = pytest.mark.django_db(transaction=True)
HERE = {"headers": {"sec-fetch-site": "same-origin"}}
DAY = timedelta(days=1)
ASKED, ARRANGED = "Wallebroek", "Zwenkwiek"  # stand nowhere but in what Ans asked, and in what the team told her
TRACES = (ASKED.encode(), ARRANGED.encode())
TITLE = "Samen aan tafel"


@pytest.fixture
def lived(client, meeting, person, carla, at, now, caplog, settings):
    """All that happens to a need, through the pages: asked, counted, looked at, arranged, reminded of; what was said."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.LOG_REQUESTS = True
    caplog.set_level(logging.DEBUG)
    coming = meeting(TITLE, form="locatie", place_name="De Kring", room_places=9)
    with structlog.testing.capture_logs() as lines:
        confirm(client, sign_up(client, coming).url)
        ans = Attendee.objects.get()
        asks = {"chosen": ["braille"], "words": f"Een zachte stoel, {ASKED}", "agrees": "on"}
        assert (
            client.post(f"{ans.own_url}wensen/", {**asks, "agrees": ""}, **HERE).status_code == 200
        )  # refused at first
        assert client.post(f"{ans.own_url}wensen/", asks, **HERE).status_code == 302
        actions.sign_up(coming, person("Bram"), actions.Coming(rules.Way.ROOM), network="", now=now)
        desk = Client()
        desk.force_login(carla.address)
        team = f"/team/bijeenkomsten/{coming.pk}"
        answers = {
            "braille-outcome": "geregeld",
            "braille-words": "",
            "eigen-outcome": "kan-niet",
            "eigen-words": ARRANGED,
        }
        pages = {
            path: desk.get(path)
            for path in ("/team/", f"{team}/", f"{team}/aanmeldingen/", f"{team}/wensen/", f"{team}/regelen/",
                         f"{team}/regelen/eigen/", f"{team}/wensen/{ans.pk}/")
        }  # fmt: skip
        assert desk.post(f"{team}/wensen/{ans.pk}/", answers, **HERE).status_code == 302
        at(coming.starts_at - DAY)
        reminding.remind(now=coming.starts_at - DAY)
        activity_tasks.tell()
        for row in OutgoingMail.objects.all():
            mail.deliver(row.pk, now=coming.starts_at)
        pages |= {
            path: Client().get(path)
            for path in (ans.own_url, coming.get_absolute_url(), f"{coming.get_absolute_url()}agenda.ics")
        }
    return {"ans": ans, "meeting": coming, "pages": pages, "said": caplog.text + repr(lines)}


def test_who_may_read_it_does(client, lived):
    team = f"/team/bijeenkomsten/{lived['meeting'].pk}"
    read = {path for path, page in lived["pages"].items() if ASKED in page.content.decode()}
    assert read == {f"{team}/wensen/{lived['ans'].pk}/", f"{team}/regelen/eigen/"}
    client.force_login(lived["ans"].person.address)
    own = client.get(lived["ans"].own_url).content.decode()
    assert ASKED in own
    assert ARRANGED in own


def test_in_no_row_and_no_dump(lived):
    stored = everything_in_the_database()
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    for found in (stored, out.getvalue().encode()):
        assert TITLE.encode() in found  # the search finds what is there
        assert [trace for trace in (*TRACES, b"zachte stoel") if trace in found] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the files of a server are not ours to read")
def test_in_no_byte_of_the_database_its_journal_and_pages_that_are_free(lived, tmp_path):
    actions.cancel(lived["ans"], now=lived["meeting"].starts_at - DAY)
    actions.look_after(now=lived["meeting"].starts_at)  # lets go of it: what it stood on is free
    name = Path(connection.settings_dict["NAME"])
    files = [path for path in name.parent.iterdir() if path.name.startswith(name.name)]
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.connection.backup(copy)
    copy.close()
    raw = b"".join(path.read_bytes() for path in [*files, tmp_path / "copy.sqlite3"])
    assert TITLE.encode() in raw
    assert [trace for trace in TRACES if trace in raw] == []


def test_in_no_log(lived):
    assert "meetings:needs" in lived["said"]  # the line of where she asked is there
    assert [trace for trace in (ASKED, ARRANGED) if trace in lived["said"]] == []


def test_in_no_mail_to_anybody_also_not_to_who_asked(lived):
    assert {to for message in postman.outbox for to in message.to} >= {
        "ans@voorbeeld.example",
        "bram@voorbeeld.example",
    }
    over_the_line = b"".join(message.message().as_bytes() for message in postman.outbox)
    kept = "".join(row.subject + row.text + row.html + row.calendar for row in OutgoingMail.objects.all())
    for told in (over_the_line, kept.encode()):
        assert TITLE.encode() in told
        assert [trace for trace in (*TRACES, b"raille") if trace in told] == []


def test_in_no_export_of_others(lived):
    ans = lived["ans"].person
    others = [
        repr(privacy.everything_about(person, now=lived["meeting"].starts_at))
        for person in Person.objects.exclude(pk=ans.pk)
    ]
    assert len(others) >= 2
    assert [each for each in others if ASKED in each or ARRANGED in each] == []
    own = repr(privacy.everything_about(ans, now=lived["meeting"].starts_at))
    assert ASKED in own
    assert ARRANGED in own


@pytest.mark.parametrize("end", ["past", "cancelled", "erased"])
def test_in_the_end_nothing_of_it_is_left_also_sealed(lived, end):
    coming, ans = lived["meeting"], lived["ans"]
    kept = Sealed.objects.exclude(content=b"")
    assert kept.count() == 2
    if end == "past":
        vault.erase_old(now=coming.ends_at + KEEP)
    elif end == "cancelled":
        actions.cancel(ans, now=coming.starts_at - DAY)
        actions.look_after(now=coming.starts_at)
    else:
        privacy.erase(ans.person, with_texts=True, now=coming.starts_at - DAY)
    assert kept.count() == 0
