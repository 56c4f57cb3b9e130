"""Preferences: the rules of the cookie, and the page on which somebody chooses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.ui import views
from meedoen.ui.preferences import CHOICES, COOKIE, DEFAULT, Preferences, PreferencesMiddleware, from_values, parse

ELIF = {"size": "larger", "colours": "dark", "easy": "yes"}


def test_what_elif_chose_survives_the_cookie():
    chosen = from_values(ELIF)
    assert chosen.key == "g2k2m1"
    assert parse(chosen.key) == chosen
    assert chosen.values == {
        "size": "larger",
        "spacing": "normal",
        "typeface": "atkinson",
        "colours": "dark",
        "motion": "device",
        "images": "show",
        "easy": "yes",
        "aloud": "no",
    }


@pytest.mark.parametrize(
    ("cookie", "key"),
    [
        ("", ""),
        ("g2k2m1", "g2k2m1"),
        ("m1k2g2", "g2k2m1"),  # in any order: one key for one outcome
        ("g2g3", "g3"),
        ("g0k0", ""),  # the defaults are not kept
        ("g9", ""),
        ("x1g1", "g1"),
        ("g", ""),
        ("g²", ""),
        ("gé1", ""),
        ('g1"><script>', "g1"),
        ("g1" * 5000, "g1"),
    ],
)
def test_a_cookie_is_read_as_far_as_it_is_understood(cookie, key):
    assert parse(cookie).key == key


@given(st.text())
def test_no_cookie_breaks_the_page(cookie):
    read = parse(cookie)
    assert parse(read.key) == read
    assert read.key == "" or read.key.isalnum()


@given(st.fixed_dictionaries({}, optional={c.name: st.sampled_from([v for v, _ in c.options]) for c in CHOICES}))
def test_every_combination_comes_back_as_it_was(values):
    chosen = from_values(values)
    assert parse(chosen.key) == chosen
    assert len(chosen.key) <= 2 * len(CHOICES)
    assert all(chosen.value(name) == value for name, value in values.items())


def test_only_what_the_stylesheet_has_to_know_stands_in_the_page():
    assert from_values({**ELIF, "images": "hide", "aloud": "yes"}).html_attributes == [
        ("data-size", "larger"),
        ("data-colours", "dark"),
        ("data-images", "hide"),
    ]
    assert DEFAULT.html_attributes == []


@pytest.mark.parametrize(
    ("values", "easy", "aloud", "images"),
    [({}, False, False, True), ({"easy": "yes", "aloud": "yes", "images": "hide"}, True, True, False)],
)
def test_questions_that_pages_ask(values, easy, aloud, images):
    chosen = from_values(values)
    assert (chosen.easy_first, chosen.read_aloud, chosen.shows_images) == (easy, aloud, images)


def test_each_choice_has_a_letter_and_a_default_of_its_own():
    assert len({choice.letter for choice in CHOICES}) == len({choice.name for choice in CHOICES}) == 8
    assert {choice.default for choice in CHOICES} == {"normal", "atkinson", "device", "show", "no"}


def test_the_cookie_is_read_only_when_somebody_asks(rf):
    request = rf.get("/", headers={"cookie": f"{COOKIE}=g1"})
    seen = []
    PreferencesMiddleware(lambda request: seen.append(request.preferences))(request)
    assert seen[0]._wrapped.__class__ is object  # still unread
    assert seen[0].key == "g1"
    without = rf.get("/")
    PreferencesMiddleware(lambda request: None)(without)
    assert without.preferences is DEFAULT


# The page ------------------------------------------------------------------------------------------------------

PAGE = "/voorkeuren/"


def save(client, data):
    """Send the form as a browser does that stands on the page."""
    return client.post(PAGE, data, headers={"sec-fetch-site": "same-origin"})


def test_a_visitor_gets_no_cookie(client):
    response = client.get(PAGE)
    assert response.status_code == 200
    assert response.cookies == {}
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_saving_sets_one_cookie_and_the_page_shows_it(client):
    response = save(client, {**ELIF, "terug": "/nieuws/?jaar=2018"})
    assert (response.status_code, response["Location"]) == (
        302,
        "/voorkeuren/?bewaard=ja&terug=%2Fnieuws%2F%3Fjaar%3D2018",
    )
    cookie = response.cookies[COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["httponly"], cookie["max-age"], cookie["path"]) == (
        "g2k2m1",
        "Lax",
        True,
        31536000,
        "/",
    )
    shown = client.get(response["Location"]).content.decode()
    assert '<html lang="nl" data-size="larger" data-colours="dark">' in shown
    assert "Je voorkeuren zijn bewaard" in shown
    assert '<a class="nl-link" href="/nieuws/?jaar=2018">Ga terug naar waar je was</a>' in shown
    assert 'name="size" value="larger" id="id_size_2" checked' in shown
    assert 'data-sample data-size="larger" data-spacing="normal"' in shown


def test_choosing_everything_as_it_was_takes_the_cookie_away(client):
    client.cookies[COOKIE] = "g2"
    for data in ({"size": "normal"}, {**ELIF, "reset": "ja"}, {}):
        response = save(client, data)
        assert response.cookies[COOKIE]["max-age"] == 0
        assert response.cookies[COOKIE].value == ""
    shown = client.get(response["Location"]).content.decode()
    assert "Alles staat weer gewoon" in shown


def test_what_is_not_understood_is_left_out(client):
    assert save(client, {"size": "reusachtig", "colours": "dark", "x": "y"}).cookies[COOKIE].value == "k2"


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/nieuws/", "/nieuws/"),
        ("/nieuws/?jaar=2018", "/nieuws/?jaar=2018"),
        ("//kwaad.example/", ""),
        ("/\\kwaad.example/", ""),
        ("https://kwaad.example/", ""),
        ("javascript:alert(1)", ""),
        ("nieuws/", ""),
        ("", ""),
        ("/" + "a" * 2001, ""),
        ("/\n/kwaad.example", ""),
    ],
)
def test_the_way_back_stays_on_this_site(client, path, safe):
    assert views.safe_path(path) == safe
    shown = client.get(PAGE, {"terug": path}).content.decode()
    assert ('name="terug"' in shown) is bool(safe)


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/gemeenten/?naam=ede", "/gemeenten/?naam=ede"),
        ("http://testserver/", "/"),
        ("http://testserver/voorkeuren/?bewaard=ja", ""),
        ("https://kwaad.example/gemeenten/", ""),
        ("http://testserver//kwaad.example/", "//kwaad.example/"),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_the_page_knows_where_the_visitor_came_from(client, rf, settings, referer, back):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert views.came_from(rf.get(PAGE, headers={"referer": referer})) == back
    shown = client.get(PAGE, headers={"referer": referer}).content.decode()
    assert ('name="terug"' in shown) is (back.startswith("/") and not back.startswith("//"))


def test_the_preferences_of_a_page_without_the_middleware_are_the_defaults():
    assert Preferences() == DEFAULT
    assert DEFAULT.key == ""
