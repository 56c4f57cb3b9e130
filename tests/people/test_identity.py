"""Who somebody is: what a request costs, what others see, and how the first member of the team comes in."""

import io

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from tests.signed_in import ANS, sign_in, sign_in_by_code

from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.pages.models import versions
from meedoen.people.entrance import devices
from meedoen.people.models import Address, Person

pytestmark = pytest.mark.django_db


def make_team(*arguments):
    said = io.StringIO()
    call_command("create_team", *arguments, stdout=said)
    return said.getvalue()


# What a request costs ---------------------------------------------------------------------------------------


def test_a_visitor_costs_no_query_for_who_they_are(client, django_assert_num_queries):
    client.get("/over/")
    with django_assert_num_queries(0):
        client.get("/over/")


def test_somebody_signed_in_costs_three(client, ans, django_assert_num_queries):
    sign_in(client)
    client.get("/over/")
    with django_assert_num_queries(3):  # the session, the address, the people behind it
        response = client.get("/over/")
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert not response.cookies


@pytest.mark.parametrize("cookie", ["a" * 32, "", "x", "'; drop table", "é" * 40])
def test_a_session_that_is_not_ours_is_a_visitors(client, cookie):
    visitors = client.get("/over/")
    stale = Client()
    stale.cookies["sessie"] = cookie
    response = stale.get("/over/")
    assert response.content == visitors.content
    assert response["Cache-Control"] == visitors["Cache-Control"] == "public, no-cache"
    assert Session.objects.count() == 0


def test_what_is_kept_for_visitors_and_what_is_made_for_a_person_never_mix(client, ans):
    visitor = Client()
    first = visitor.get("/over/")
    sign_in(client)
    mine = client.get("/over/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert mine.status_code == 200
    assert "Ans" in mine.content.decode()
    assert "Inloggen" not in mine.content.decode()
    assert visitor.get("/over/").content == first.content
    assert visitor.get("/over/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert (
        set(mine["Vary"].split(", ")) == set(first["Vary"].split(", ")) == {"Accept-Encoding", "Cookie", "HX-Request"}
    )


@pytest.mark.parametrize("path", ["/", "/voorkeuren/", "/nergens/", "/gemeenten/", "/mijn/"])
def test_no_page_with_a_name_on_it_is_kept(client, ans, path):
    sign_in(client)
    response = client.get(path)
    assert "Ans" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_what_has_no_name_on_it_is_the_same_for_all(client, ans):
    sign_in(client)
    for path in ("/robots.txt", "/.well-known/security.txt"):
        assert client.get(path)["Cache-Control"] == "public, no-cache"


def test_a_name_is_no_markup(client):
    address = Address.objects.create(email=ANS, verified_at=clock.now())
    Person.objects.create(address=address, name="<script>alert(1)</script>", joined_at=clock.now())
    sign_in(client)
    assert "<script>alert" not in client.get("/").content.decode()


# What others see --------------------------------------------------------------------------------------------


def test_somebody_changes_what_others_see(client, ans):
    municipality = Municipality.objects.create(code="GM0001", name="Dorp", official_name="Dorp", slug="dorp")
    sign_in(client)
    before = dict(versions(("people",)))
    response = client.post(
        "/mijn/profiel/",
        {
            "name": "Ans Bakker",
            "role": "ervaringsdeskundige",
            "municipality": municipality.pk,
            "about": " Ik  zie weinig. ",
        },
    )
    assert response["Location"] == "/mijn/?klaar=profiel"
    ans.refresh_from_db()
    assert (ans.name, ans.role, ans.municipality, ans.about) == (
        "Ans Bakker", "ervaringsdeskundige", municipality, "Ik zie weinig.",
    )  # fmt: skip
    assert dict(versions(("people",))) != before
    client.post("/mijn/profiel/", {"name": "Ans"})
    ans.refresh_from_db()
    assert (ans.role, ans.municipality, ans.about) == ("", None, "")


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "Ans", "role": "projectteam"}, {"name": "Ans", "municipality": "0"}, {"name": "Ans", "about": "x" * 201}, {"name": "123"}],
)  # fmt: skip
def test_what_is_wrong_is_told_and_changes_nothing(client, ans, wrong):
    sign_in(client)
    response = client.post("/mijn/profiel/", wrong)
    assert response.status_code == 200
    assert "Dit klopt nog niet" in response.content.decode()
    ans.refresh_from_db()
    assert (ans.name, ans.role) == ("Ans", "")


def test_the_role_says_what_it_reveals(client, ans):
    sign_in(client)
    page = client.get("/mijn/profiel/").content.decode()
    assert "Dan zien anderen dat je een beperking hebt" in page
    assert "projectteam" not in page.partition("<main")[2].partition("</main")[0]


# The team ---------------------------------------------------------------------------------------------------


def test_the_first_of_the_team_is_made_and_comes_in_with_a_code(client):
    said = make_team("Carla@Voorbeeld.example", "--name", "Carla")
    assert said == (
        "Carla <carla@voorbeeld.example> is on the team now.\n"
        "Sign in at http://localhost:8000/inloggen/ with a code by mail.\n"
    )
    make_team("carla@voorbeeld.example")
    (carla,) = Person.objects.team()
    assert (carla.name, carla.role, carla.address.verified_at) == ("Carla", "projectteam", None)
    assert carla.address.trusted_at
    assert sign_in_by_code(client, "carla@voorbeeld.example")["Location"] == "/mijn/"
    assert "Ik hoor bij het projectteam" in client.get("/mijn/profiel/").content.decode()


def test_somebody_known_joins_and_keeps_their_name_and_role(ans):
    Person.objects.filter(pk=ans.pk).update(role="ambtenaar")
    make_team(ANS)
    ans.refresh_from_db()
    assert (ans.is_team, ans.name, ans.role) == (True, "Ans", "ambtenaar")


def test_the_command_asks_who_is_meant(ans):
    with pytest.raises(CommandError, match="nobody is known here"):
        make_team("nieuw@voorbeeld.example")
    Person.objects.create(address=ans.address, name="Bram", joined_at=clock.now())
    with pytest.raises(CommandError, match="behind this address are Ans, Bram"):
        make_team(ANS)
    with pytest.raises(CommandError, match="is no e-mail address"):
        make_team("geen adres")
    assert not Person.objects.team()
    assert not Address.objects.filter(email="nieuw@voorbeeld.example")


# Devices in words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox op Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome op Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge op Windows"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25.0 Chrome/121 Mobile Safari/537.36", "Samsung Internet op Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17 Safari/605", "Safari op een Mac"),
        ("", "Een andere browser op een ander apparaat"),
        ("<b>", "Een andere browser op een ander apparaat"),
    ],
)  # fmt: skip
def test_a_device_is_told_in_words(user_agent, words):
    assert devices.in_words(user_agent) == words
