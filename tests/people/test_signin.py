"""Signing in with a code: the same for everybody, limited, once; and nothing of it before somebody begins."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.outbox import as_read, code_in
from tests.signed_in import ANS, HERE, ask, newest_code, sign_in, sign_in_by_code, type_code

from meedoen.config.worker import forget_old_sign_ins
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people import rules
from meedoen.people.entrance import flow, limits
from meedoen.people.models import Address, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch):
    """Let time go on: ``later(minutes=59)``."""
    real = clock.now

    def go(**much):
        monkeypatch.setattr(clock, "now", lambda: real() + datetime.timedelta(**much))

    return go


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


# Coming in --------------------------------------------------------------------------------------------------


def test_somebody_known_comes_in_with_the_code(client, ans):
    assert ask(client, next="/nieuws/?jaar=2018")["Location"] == "/inloggen/code/"
    code = newest_code()
    response = type_code(client, f" {code[:3]} {code[3:]} ")
    assert (response.status_code, response["Location"]) == (302, "/nieuws/?jaar=2018")
    assert "Ans" in client.get("/").content.decode()


def test_somebody_new_proves_the_address_and_says_their_name_once(client):
    ask(client, "Elif@Voorbeeld.example", next="/nieuws/")
    assert Address.objects.get().verified_at is None
    assert type_code(client, newest_code())["Location"] == "/inloggen/wie/?next=%2Fnieuws%2F"
    assert Address.objects.get().verified_at
    assert client.get("/inloggen/wie/?next=/nieuws/").status_code == 200
    assert client.post("/inloggen/wie/", {"name": " Elif  de Boer ", "next": "/nieuws/"})["Location"] == "/nieuws/"
    assert [person.name for person in Person.objects.all()] == ["Elif de Boer"]
    client.post("/inloggen/wie/", {"name": "elif de boer"})
    assert Person.objects.count() == 1
    other = Client()
    assert sign_in_by_code(other, "elif@voorbeeld.example")["Location"] == "/mijn/"


def test_two_people_of_one_address_say_who_they_are(client, ans):
    bram = Person.objects.create(address=ans.address, name="Bram", joined_at=clock.now())
    assert sign_in_by_code(client)["Location"] == "/inloggen/wie/?next=%2Fmijn%2F"
    assert client.get("/mijn/apparaten/")["Location"] == "/inloggen/wie/?next=%2Fmijn%2Fapparaten%2F"
    page = client.get("/inloggen/wie/").content.decode()
    assert "Ik ben Ans" in page
    assert "Ik ben Bram" in page
    client.post("/inloggen/wie/", {"person": bram.pk})
    assert "Bram" in client.get("/").content.decode()


def test_nobody_can_be_a_person_of_another_address(client, ans):
    sign_in_by_code(client, "fatima@voorbeeld.example")
    assert client.post("/inloggen/wie/", {"person": ans.pk}).status_code == 200
    assert "Ans" not in client.get("/").content.decode()


def test_the_code_takes_the_session_to_another_key(client, ans):
    ask(client)
    before = client.cookies["sessie"].value
    type_code(client, newest_code())
    assert client.cookies["sessie"].value != before
    thief = Client()
    thief.cookies["sessie"] = before
    assert "Ans" not in thief.get("/").content.decode()


def test_cookies_are_for_this_site_and_out_of_reach_of_script(client, ans):
    ask(client)
    assert client.cookies["sessie"]["max-age"] == 24 * 3600
    type_code(client, newest_code())
    client.get("/uitloggen/")
    for name in ("sessie", "formulier"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 24 * 3600)


def test_a_session_that_somebody_made_up_is_not_taken(client, ans):
    client.cookies["sessie"] = "a" * 32
    sign_in_by_code(client)
    assert client.cookies["sessie"].value != "a" * 32


# The same for everybody -------------------------------------------------------------------------------------


def test_known_and_unknown_addresses_get_the_same_answer_mail_and_work(ans):
    seen = {}
    Client().post("/inloggen/", {"email": "warm@voorbeeld.example"}, **HERE)
    for email in (ANS, "niemand@voorbeeld.example"):
        client = Client()
        with CaptureQueriesContext(connection) as asked:
            answer = ask(client, email)
        page = client.get("/inloggen/code/")
        mail = OutgoingMail.objects.latest("pk")
        code = newest_code()
        wrong_page = type_code(client, wrong(code))
        seen[email] = [
            answer.status_code,
            answer["Location"],
            sorted(answer.cookies),
            len(asked),
            *(
                re.sub(r"\d\d\.\d\d|\d{6}", "", text.replace(email, "X"))
                for text in (
                    page.content.decode(),
                    as_read(mail).subject,
                    as_read(mail).body,
                    wrong_page.content.decode(),
                )
            ),
        ]
        assert mail.to == email
    assert seen[ANS] == seen["niemand@voorbeeld.example"]


# Guessing, replaying, waiting -------------------------------------------------------------------------------


def test_after_five_wrong_tries_the_right_code_is_refused_too(client, ans):
    ask(client)
    code = newest_code()
    for _ in range(rules.MAX_TRIES_PER_CODE):
        assert "Deze code klopt niet" in type_code(client, wrong(code)).content.decode()
    response = type_code(client, code)
    assert response.status_code == 429
    assert "te vaak een verkeerde code" in response.content.decode()
    assert "Ans" not in client.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_too(client, ans):
    ask(client)
    guesses = [f"{number:06}" for number in range(20) if f"{number:06}" != newest_code()]
    start = Barrier(len(guesses))

    def guess(code):
        other = Client()
        other.cookies["sessie"] = client.cookies["sessie"].value
        start.wait()
        try:
            return type_code(other, code).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(guesses)) as threads:
        answers = list(threads.map(guess, guesses))
    assert answers.count(200) <= rules.MAX_TRIES_PER_CODE
    assert set(answers) == {200, 429}


def test_what_is_no_code_costs_no_try(client, ans):
    ask(client)
    for typed in ("", "12", "1234567", "abc", "x" * 50):
        assert type_code(client, typed).status_code == 200
    for _ in range(rules.MAX_TRIES_PER_CODE - 1):
        type_code(client, wrong(newest_code()))
    assert type_code(client, newest_code()).status_code == 302


def test_a_network_that_guesses_a_lot_has_to_wait(ans, later):
    for number in range(rules.MAX_TRIES_PER_NETWORK_HOUR // rules.MAX_TRIES_PER_CODE):
        client = Client()
        ask(client, f"raden{number}@voorbeeld.example")
        for _ in range(rules.MAX_TRIES_PER_CODE):
            type_code(client, wrong(newest_code()))
    client = Client()
    ask(client)
    code = newest_code()
    assert type_code(client, code).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").get("/inloggen/").status_code == 200


def test_a_code_works_once(client, ans):
    ask(client)
    code = newest_code()
    cookie = client.cookies["sessie"].value
    type_code(client, code)
    assert type_code(client, code)["Location"] == "/mijn/"  # in already
    again = Client()
    again.cookies["sessie"] = cookie
    assert type_code(again, code)["Location"] == "/inloggen/"


def test_a_code_works_only_in_the_browser_that_asked(client, ans):
    ask(client)
    other = Client()
    assert type_code(other, newest_code())["Location"] == "/inloggen/"
    ask(other, "fatima@voorbeeld.example")
    code_of_ans = code_in(OutgoingMail.objects.get(to=ANS))
    if code_of_ans != newest_code():
        assert type_code(other, code_of_ans).status_code == 200


@pytest.mark.parametrize(("minutes", "is_in"), [(59, True), (61, False)])
def test_a_code_lives_an_hour(client, ans, later, minutes, is_in):
    ask(client)
    later(minutes=minutes)
    response = type_code(client, newest_code())
    assert (response.status_code == 302) is is_in
    if not is_in:
        assert "Deze code is verlopen" in response.content.decode()
        assert "Je code is verlopen" in client.get("/inloggen/code/").content.decode()
        assert client.post("/inloggen/code/nieuw/", **HERE)["Location"] == "/inloggen/code/"
        assert type_code(client, newest_code()).status_code == 302


def test_a_new_code_ends_the_old_one(client, ans, later):
    ask(client)
    old = newest_code()
    later(minutes=2)
    client.post("/inloggen/code/nieuw/", **HERE)
    assert OutgoingMail.objects.count() == 2
    if old != newest_code():
        assert type_code(client, old).status_code == 200
    assert type_code(client, newest_code()).status_code == 302


def test_a_double_click_sends_one_mail(client, ans):
    ask(client)
    ask(client)
    client.post("/inloggen/code/nieuw/", **HERE)
    assert OutgoingMail.objects.count() == 1


# Flooding ---------------------------------------------------------------------------------------------------


def test_an_address_gets_so_many_mails_a_day(ans):
    answers = [ask(Client(), REMOTE="x") for _ in range(rules.MAX_CODE_MAILS_PER_DAY + 3)]
    assert OutgoingMail.objects.filter(to=ANS).count() == rules.MAX_CODE_MAILS_PER_DAY
    assert [answer.status_code for answer in answers[-3:]] == [429] * 3
    assert "Morgen kan het weer" in answers[-1].content.decode()
    assert not answers[-1].cookies


def test_a_network_asks_so_often_an_hour(monkeypatch, later):
    monkeypatch.setattr(limits, "MAX_ASKS_PER_NETWORK_HOUR", 3)
    answers = [ask(Client(), f"a{number}@voorbeeld.example").status_code for number in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert Address.objects.count() == 3
    later(hours=1)
    assert ask(Client()).status_code == 302


def test_addresses_that_nobody_proved_are_erased_after_a_week(ans):
    ask(Client(), "nooit@voorbeeld.example")
    now = clock.now()
    assert flow.erase_unproven(now=now + datetime.timedelta(days=6)) == 0
    assert flow.erase_unproven(now=now + datetime.timedelta(days=8)) == 1
    assert [address.email for address in Address.objects.all()] == [ANS]


def test_the_worker_forgets_sessions_past_their_end(client, ans, later):
    sign_in_by_code(client)
    ask(Client(), "begonnen@voorbeeld.example")
    assert Session.objects.count() == 2
    later(days=2)
    forget_old_sign_ins()
    assert Session.objects.count() == 1  # what was only begun lives a day
    assert "Ans" in client.get("/").content.decode()
    later(days=31)
    forget_old_sign_ins()
    assert Session.objects.count() == 0
    assert flow.sessions_of(ans.address) == []


# Cookies, origins, redirects --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/inloggen/", "/inloggen/?next=/nieuws/", "/inloggen/code/", "/inloggen/sleutel/", "/inloggen/wie/", "/uitloggen/", "/mijn/apparaten/", "/mijn/sleutels/", "/", "/nieuws/", "/voorkeuren/"])  # fmt: skip
def test_reading_sets_no_cookie_and_makes_no_session(client, path):
    response = client.get(path)
    assert not response.cookies
    assert Session.objects.count() == 0


@pytest.mark.parametrize("path", ["/inloggen/", "/inloggen/code/", "/inloggen/code/nieuw/", "/inloggen/sleutel/"])
@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}]
)
def test_a_post_from_elsewhere_begins_nothing(path, headers):
    client = Client(enforce_csrf_checks=True)
    response = client.post(path, {"email": ANS, "code": "123456"}, **headers)
    assert response.status_code == 403
    assert not response.cookies
    assert OutgoingMail.objects.count() == Session.objects.count() == Address.objects.count() == 0


@pytest.mark.parametrize(
    "evil",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil.example", "\t//evil.example", "evil", "/inloggen/", "/uitloggen/", "/" + "x" * 3000],
)  # fmt: skip
def test_next_leads_only_to_a_page_of_ours(client, ans, evil):
    assert sign_in_by_code(client, next=evil)["Location"] == "/mijn/"
    assert client.post("/inloggen/wie/", {"name": "Ans", "next": evil})["Location"] == "/mijn/"
    assert client.get("/inloggen/", {"next": evil})["Location"] == "/mijn/"


def test_the_page_that_somebody_came_from_is_where_they_go_back(client, ans):
    page = client.get("/inloggen/", HTTP_REFERER="http://testserver/nieuws/?jaar=2018").content.decode()
    assert 'name="next" value="/nieuws/?jaar=2018"' in page
    assert 'name="next"' not in client.get("/inloggen/", HTTP_REFERER="http://evil.example/nieuws/").content.decode()


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "a@voorbeeld.example\nBcc: b@voorbeeld.example", "x" * 300 + "@voorbeeld.example"])  # fmt: skip
def test_what_is_no_address_is_told_and_begins_nothing(client, email):
    response = ask(client, email)
    assert response.status_code == 200
    assert "Dit klopt nog niet" in response.content.decode()
    assert not response.cookies
    assert OutgoingMail.objects.count() == 0


def left_by(way, client, email):
    """The session, without times; the cookies; and the rows of signing in."""
    way(client, email)
    session = client.session
    data = dict(session.items())
    data["_auth_user_hash"] = bool(data["_auth_user_hash"])  # of a seal by chance
    ways = [
        {name: said for name, said in each.items() if name != "at"}
        for each in data.pop("account_authentication_methods")
    ]
    address = Address.objects.get(email=email)
    device = UserSession.objects.get(user=address)
    return {
        "session": {name: "theirs" if said == str(address.pk) else said for name, said in data.items()},
        "ways": ways,
        "ends": session.get_expiry_age(),
        "cookies": {name: len(morsel.value) for name, morsel in client.cookies.items()},
        "address": (bool(address.verified_at), bool(address.asked_at), bool(address.last_login)),
        "device": (device.ip, device.user_agent, device.session_key == session.session_key, device.data),
    }


@pytest.mark.parametrize("email", [ANS, "nieuw@voorbeeld.example"])
def test_who_comes_in_straight_away_in_tests_is_in_as_by_the_code(ans, email):
    """``tests/signed_in.py``: the same is left, so that what is tested after it holds for who types the code."""
    after_code = left_by(sign_in_by_code, Client(HTTP_USER_AGENT="Proef"), email)
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    Address.objects.filter(email="nieuw@voorbeeld.example").delete()
    Address.objects.update(asked_at=None, last_login=None)
    assert left_by(sign_in, Client(HTTP_USER_AGENT="Proef"), email) == after_code


# Going out --------------------------------------------------------------------------------------------------


def test_reading_the_page_to_sign_out_does_nothing(client, ans):
    sign_in_by_code(client)
    assert "Wil je uitloggen?" in client.get("/uitloggen/").content.decode()
    assert "Ans" in client.get("/").content.decode()


def test_signing_out_leaves_nothing(client, ans):
    sign_in_by_code(client)
    client.get("/uitloggen/")
    cookie = client.cookies["sessie"].value
    response = client.post("/uitloggen/")
    assert {name: morsel["max-age"] for name, morsel in response.cookies.items()} == {"sessie": 0, "formulier": 0}
    assert Session.objects.count() == 0
    thief = Client()
    thief.cookies["sessie"] = cookie
    assert "Ans" not in thief.get("/").content.decode()


@pytest.mark.parametrize("path", ["/uitloggen/", "/inloggen/wie/", "/mijn/apparaten/"])
def test_a_post_of_somebody_signed_in_needs_the_token(ans, path):
    client = Client(enforce_csrf_checks=True)
    sign_in_by_code(client)
    for headers in ({}, {"HTTP_ORIGIN": "https://evil.example"}):
        assert client.post(path, {"name": "Dief", "others": "ja"}, **headers).status_code == 403
    assert [person.name for person in Person.objects.all()] == ["Ans"]
    assert "Ans" in client.get("/").content.decode()


# Devices ----------------------------------------------------------------------------------------------------


def test_devices_are_seen_and_signed_out_one_by_one(client, ans):
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU) Version/17 Mobile Safari/604")
    sign_in_by_code(client)
    sign_in_by_code(phone)
    page = client.get("/mijn/apparaten/").content.decode()
    assert "Safari op een iPhone" in page
    assert "Dit apparaat gebruik je nu." in page
    session = next(each for each in flow.sessions_of(ans.address) if "iPhone" in each.user_agent)
    assert session.ip == "0.0.0.0"
    client.post("/mijn/apparaten/", {"session": session.pk})
    assert "Ans" in client.get("/").content.decode()
    assert "Ans" not in phone.get("/").content.decode()


def test_all_other_devices_are_signed_out_at_once(client, ans):
    others = [Client() for _ in range(3)]
    for each in (client, *others):
        sign_in_by_code(each)
    client.post("/mijn/apparaten/", {"others": "ja"})
    assert "Ans" in client.get("/").content.decode()
    assert ["Ans" in each.get("/").content.decode() for each in others] == [False] * 3
    assert len(flow.sessions_of(ans.address)) == 1


def test_nobody_ends_the_session_of_another(client, ans):
    fatima = Client()
    sign_in_by_code(client)
    sign_in_by_code(fatima, "fatima@voorbeeld.example")
    fatima.post("/inloggen/wie/", {"name": "Fatima"})
    session = flow.sessions_of(ans.address)[0]
    for number in (session.pk, "0", "x", "-1", ""):
        assert fatima.post("/mijn/apparaten/", {"session": number}).status_code == 404
    assert "Ans" in client.get("/").content.decode()


def test_another_seal_ends_every_session(client, ans):
    sign_in_by_code(client)
    flow.seal_anew(ans.address)
    assert "Ans" not in client.get("/").content.decode()


def test_none_of_the_pages_of_allauth_exists(client):
    from django.urls import get_resolver

    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not [name for name in names if name.startswith(("account_", "mfa_", "usersessions_", "socialaccount_"))]
    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/inloggen/signup/"):
        assert client.get(path).status_code == 404
