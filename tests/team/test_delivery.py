"""The page that tells the team whether our mail arrives: words, presses, what it costs."""

from datetime import timedelta

import pytest
from tests.incoming_mail import known
from tests.signed_in import sign_in

from meedoen.kernel import clock
from meedoen.mail.health.models import Look
from meedoen.mail.incoming.models import DeadAddress
from meedoen.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
PAGE = "/team/bezorging/"
CARLA = "carla@voorbeeld.example"
FOUND = [
    {"kind": "dkim-weak", "about": {"name": "een._domainkey.meedoen.example", "bits": "1024"}, "line": ""},
    {"kind": "spf-not-us", "about": {"domain": "meedoen.example", "address": "203.0.113.7"}, "line": 'meedoen.example. IN TXT "v=spf1 ip4:203.0.113.7 -all"'},
]  # fmt: skip


@pytest.fixture
def carla(client):
    person = known("Carla", CARLA, clock.now())
    person.is_team = True
    person.save()
    sign_in(client, CARLA)
    return person


@pytest.fixture(autouse=True)
def _site(settings):
    settings.EMAIL_HOST = "smtp.meedoen.example"


def look(found=FOUND, *, ago=timedelta(hours=3)):
    return Look.objects.create(asked_at=clock.now() - ago, done_at=clock.now() - ago, found=found)


def test_what_is_wrong_is_told_the_worst_first_with_the_line_to_copy(client, carla):
    look()
    body = client.get(PAGE).content.decode()
    places = [
        body.index(words)
        for words in (
            "Dit gaat nu fout",
            "Onze mailserver staat niet in de lijst",
            "v=spf1 ip4:203.0.113.7 -all",
            "Dit kan beter",
            "De sleutel van onze handtekening kan sterker",
            "Dit is goed",
        )
    ]
    assert places == sorted(places)
    assert "3 uur geleden" in body


def test_the_page_asks_nobody_anything(client, carla, monkeypatch):
    def never(*_args, **_more):
        raise AssertionError("the page asked somebody")

    monkeypatch.setattr("socket.socket.connect", never)
    monkeypatch.setattr("socket.socket.sendto", never)
    assert client.get(PAGE).status_code == 200


def test_all_is_well(client, carla):
    look([])
    assert "Ja, voor zover we kunnen zien." in client.get(PAGE).content.decode()


def test_it_costs_the_same_with_little_and_with_much(client, carla, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    look([])
    client.get(PAGE)
    with CaptureQueriesContext(connection) as little:
        client.get(PAGE)
    for number in range(5):
        look()
        DeadAddress.objects.create(email=f"{number}@x.example", since=clock.now())
    with django_assert_num_queries(len(little)):
        client.get(PAGE)


def test_look_now_is_asked_once(client, carla):
    for _press in range(2):
        assert client.post(f"{PAGE}kijken/").url == f"{PAGE}?klaar=kijken"
    assert Look.objects.busy().count() == 1
    assert "We kijken nu" in client.get(f"{PAGE}?klaar=kijken").content.decode()


def test_a_test_mail_goes_to_who_presses_once_a_minute(client, carla):
    before = OutgoingMail.objects.count()
    for _press in range(2):
        assert client.post(f"{PAGE}proefmail/").url == f"{PAGE}?klaar=proef"
    assert list(OutgoingMail.objects.order_by("pk").values_list("to", "template")[before:]) == [
        (CARLA, "mail/test_mail.md")
    ]


def test_a_mail_to_ourselves_is_sent_once_and_told(client, carla, settings):
    assert "Stuur ons zelf een proefmail" not in client.get(PAGE).content.decode()
    settings.EMAIL_HOST, settings.MAIL_IN_DOMAIN = "mx.voorbeeld.example", "post.voorbeeld.example"
    assert "Stuur ons zelf een proefmail" in client.get(PAGE).content.decode()
    for _press in range(2):
        assert client.post(f"{PAGE}onszelf/").url == f"{PAGE}?klaar=onszelf"
    assert (
        OutgoingMail.objects.filter(template="mail/health/trial.md", to__endswith="@post.voorbeeld.example").count()
        == 1
    )
    assert "Hij is nog niet binnen" in client.get(f"{PAGE}?klaar=onszelf").content.decode()


def test_only_the_team_comes_here(client):
    known("Bram", "bram@voorbeeld.example", clock.now())
    sign_in(client, "bram@voorbeeld.example")
    assert [client.get(PAGE).status_code, client.post(f"{PAGE}kijken/").status_code] == [403, 403]
    assert not Look.objects.exists()
