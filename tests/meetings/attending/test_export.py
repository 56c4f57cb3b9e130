"""The list of who comes as a file: for who organises, without needs and mail addresses, for a fixed number of queries."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.meetings.attending import actions, needs
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.needs import Needs
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.rules import Need

HEAD = ["aanmelding", "naam", "gemeente", "hoe", "mensen om te helpen", "hoe het staat", "aangemeld op", "was er"]


@pytest.fixture
def coming(meeting, municipality, at):
    return meeting("Praat mee", form="beide", place_name="De Kring", room_places=4, municipality=municipality())


@pytest.fixture
def duo(coming, person, municipality, now):
    """Ans of Utrecht comes with an assistant and with Bram, who did not say yes yet; Dirk waits."""
    ans = person("Ans", municipality=municipality())
    how = Coming(Way.ROOM, 1, "Bram", "bram@voorbeeld.example")
    attendee = actions.sign_up(coming, ans, how, network="", now=now)
    needs.ask(attendee, Needs((Need.BRAILLE,), "Ik ben allergisch voor zwenkwieken."), now=now)
    actions.sign_up(coming, person("Dirk"), Coming(Way.ROOM, 3), network="", now=now)
    return attendee


def csv_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def workbook_of(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [["" if each is None else str(each) for each in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(("ending", "read"), [("csv", csv_of), ("xlsx", workbook_of)])
def test_each_who_comes_has_a_row_without_address_or_need(client, coming, duo, carla, ending, read):
    client.force_login(carla.address)
    answer = client.get(f"/team/bijeenkomsten/{coming.pk}/aanmeldingen.{ending}")
    assert answer["Content-Disposition"] == f'attachment; filename="aanmeldingen-{coming.pk}.{ending}"'
    assert "no-store" in answer["Cache-Control"]
    rows = read(answer)
    assert rows == [
        HEAD,
        ["1", "Ans", "Utrecht", "zaal", "1", "heeft een plek", "2026-12-03 14:00", ""],
        ["1", "Bram", "", "zaal", "0", "zei nog geen ja", "", ""],
        ["2", "Dirk", "", "zaal", "3", "op de wachtlijst", "2026-12-03 14:00", ""],
    ]


def test_who_cancelled_and_what_anybody_needs_is_not_in_it(client, coming, duo, carla, now):
    actions.cancel(duo, now=now)
    client.force_login(carla.address)
    answer = client.get(f"/team/bijeenkomsten/{coming.pk}/aanmeldingen.csv").content.decode()
    assert "Ans" not in answer
    assert "Dirk" in answer
    for word in ("raille", "zwenkwieken", "@"):
        assert word not in answer


def test_a_name_is_no_formula(client, coming, person, carla, now):
    actions.sign_up(coming, person("=1+1"), Coming(Way.ONLINE), network="", now=now)
    client.force_login(carla.address)
    assert csv_of(client.get(f"/team/bijeenkomsten/{coming.pk}/aanmeldingen.csv"))[1][1] == "'=1+1"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_contact_gets_the_list_of_the_own_municipality_alone(client, coming, duo, meeting, bram, ending):
    other = meeting("Van het team")
    client.force_login(bram.address)
    assert client.get(f"/team/bijeenkomsten/{coming.pk}/aanmeldingen.{ending}").status_code == 200
    assert client.get(f"/team/bijeenkomsten/{other.pk}/aanmeldingen.{ending}").status_code == 404


def test_thousands_ask_for_as_many_queries_as_one(client, coming, duo, carla, now):
    client.force_login(carla.address)
    path = f"/team/bijeenkomsten/{coming.pk}/aanmeldingen.csv"

    def queries():
        with CaptureQueriesContext(connection) as found:
            answer = client.get(path)
        return len(found), len(csv_of(answer))

    before, _rows = queries()
    parties = Party.objects.bulk_create(Party(meeting=coming, state="placed", made_at=now) for _each in range(3000))
    Attendee.objects.bulk_create(
        Attendee(party=party, meeting=coming, way="online", confirmed_at=now) for party in parties
    )
    assert queries() == (before, 3004)
