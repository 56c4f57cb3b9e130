"""Who gets no mail reads it on their own page, until it works again and they read that too."""

from datetime import timedelta

import pytest
from tests.signed_in import ANS, newest_code, sign_in_by_code

from meedoen.kernel import clock
from meedoen.mail.incoming import reports
from meedoen.mail.incoming.models import DeadAddress

pytestmark = pytest.mark.django_db


def dies(status="5.1.1"):
    DeadAddress.objects.create(email=ANS, since=clock.now() - timedelta(days=2), status=status)


def page(client):
    return client.get("/mijn/").content.decode()


def test_nothing_is_said_where_all_is_well(client, ans):
    sign_in_by_code(client)
    assert "Onze mail komt niet bij je aan" not in page(client)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("5.1.1", "De mailserver kent dat adres niet."),
        ("5.1.2", "Wat achter het apenstaartje staat, bestaat niet."),
        ("5.2.2", "Je postvak is vol."),
        ("5.2.1", "Je postvak staat uit."),
        ("4.4.7", "De mailserver van dat adres gaf dagen lang geen antwoord."),
        ("", "De mailserver zei niet waarom."),
    ],
)
def test_who_is_signed_in_is_told_why_and_each_time(client, ans, status, why):
    sign_in_by_code(client)
    dies(status)
    for _visit in range(2):
        body = page(client)
        assert ("Onze mail komt niet bij je aan" in body, why in body, ANS in body) == (True, True, True)


def test_a_code_that_arrives_brings_it_back(client, ans):
    sign_in_by_code(client)
    dies()
    act = client.post("/mijn/mail/proberen/").url
    assert "We stuurden je een mail met een code" in client.get(act).content.decode()
    assert reports.is_dead(ANS)  # a press alone proves nothing
    client.post(f"{act}code/", {"code": newest_code()}, HTTP_SEC_FETCH_SITE="same-origin")
    assert not reports.is_dead(ANS)
    assert "Je mail werkt weer" in page(client)


def test_who_signs_in_with_a_code_is_told_that_it_was_so_until_they_read_it(client, ans):
    dies("5.2.2")
    sign_in_by_code(client)
    body = page(client)
    assert ("Je mail werkt weer" in body, "Je postvak is vol." in body) == (True, True)
    assert "Je mail werkt weer" in page(client)
    client.post("/mijn/mail/gelezen/")
    assert "Je mail werkt weer" not in page(client)


def test_a_double_press_mails_one_code(client, ans):
    from meedoen.mail.models import OutgoingMail

    sign_in_by_code(client)
    dies()
    before = OutgoingMail.objects.count()
    assert len({client.post("/mijn/mail/proberen/").url for _press in range(2)}) == 1
    assert OutgoingMail.objects.count() == before + 1


def test_what_is_read_while_it_goes_on_stays(client, ans):
    sign_in_by_code(client)
    dies()
    client.post("/mijn/mail/gelezen/")
    assert "Onze mail komt niet bij je aan" in page(client)
