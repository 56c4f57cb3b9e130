"""The addresses at which somebody answers by mail: seen in words, taken back one by one or all, given back."""

from datetime import timedelta

import pytest
from lxml import html as parser
from tests.signed_in import HERE, ans, sign_in

from meedoen.conversation.models import Thread
from meedoen.kernel import clock
from meedoen.mail.incoming import addresses, routes, rules
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.people.models import Address, Person

__all__ = ["ans"]
PAGE = "/mijn/antwoordadressen/"


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = "post.voorbeeld.example"


@pytest.fixture
def made(ans):
    """A function that makes an address of Ans about a conversation; its number."""
    now = clock.now()

    def make(title, at=now):
        thread = Thread.objects.about("article", title, title=title, url="/nieuws/x/", now=now)
        made = addresses.answer_to("conversation.thread", owner=ans.pk, about=thread.pk, now=at)
        return ReplyAddress.objects.get(token=rules.parts_of(made)[1])

    return make


@pytest.fixture
def client_of_ans(client, ans):
    sign_in(client)
    return client


def main(response):
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def test_each_says_what_it_is_for_and_when_it_was_used(client_of_ans, made, ans):
    one = made("Een stembureau")
    addresses.answer_to("activity.stop_all", owner=ans.pk, about="x", now=clock.now())
    addresses.answer_to("of.a.feature.without.words", owner=ans.address.email, about="x", now=clock.now())
    ReplyAddress.objects.filter(pk=one.pk).update(used_at=clock.now())
    page = client_of_ans.get(PAGE)
    assert [each.text_content() for each in parser.fromstring(page.content).cssselect("main h2")] == [
        "Antwoorden op een mail van ons",
        "Stoppen met alle mail over wat je volgt",
        "Meepraten bij: Een stembureau",
    ]
    assert main(page).count("Nog nooit gebruikt.") == 2
    assert main(page).count("Het laatst gebruikt op") == 1
    assert one.token not in page.content.decode()


def test_one_is_taken_back_after_asking_and_given_back(client_of_ans, made):
    one, other = made("Een stembureau"), made("Een bus")
    page = f"{PAGE}{one.pk}/intrekken/"
    assert "Het gaat om: Meepraten bij: Een stembureau." in main(client_of_ans.get(page))
    assert addresses.found(one.token) == one
    answer = client_of_ans.post(page, **HERE)
    assert (addresses.found(one.token), addresses.found(other.token)) == (None, other)
    back = client_of_ans.get(answer.url)
    assert "1 adres is ingetrokken." in main(back)
    assert "Een stembureau" not in main(back)
    (field,) = parser.fromstring(back.content).cssselect("main button[name=weg]")
    answer = client_of_ans.post(f"{PAGE}terug/", {"weg": field.get("value")}, **HERE)
    assert "Het is teruggezet." in main(client_of_ans.get(answer.url))
    assert addresses.found(one.token) == one


def test_all_are_taken_back_and_given_back(client_of_ans, made):
    tokens = [made(title).token for title in ("Een stembureau", "Een bus", "Een park")]
    assert "Het gaat om 3 adressen." in main(client_of_ans.get(f"{PAGE}alles-intrekken/"))
    answer = client_of_ans.post(f"{PAGE}alles-intrekken/", **HERE)
    assert "3 adressen zijn ingetrokken." in main(client_of_ans.get(answer.url))
    assert "Je hebt geen antwoordadressen" in main(client_of_ans.get(PAGE))
    assert "Je hebt geen adressen die werken." in main(client_of_ans.get(f"{PAGE}alles-intrekken/"))
    assert [addresses.found(token) for token in tokens] == [None] * 3
    client_of_ans.post(f"{PAGE}terug/", {"weg": answer.url.partition("weg=")[2]}, **HERE)
    assert None not in [addresses.found(token) for token in tokens]


def test_a_second_press_takes_nothing_more_back(client_of_ans, made):
    one = made("Een stembureau")
    client_of_ans.post(f"{PAGE}{one.pk}/intrekken/", **HERE)
    assert client_of_ans.post(f"{PAGE}{one.pk}/intrekken/", **HERE).url == PAGE
    assert client_of_ans.get(f"{PAGE}{one.pk}/intrekken/").url == PAGE


def test_after_an_hour_it_stays_taken_back(client_of_ans, made, monkeypatch):
    one = made("Een stembureau")
    answer = client_of_ans.post(f"{PAGE}{one.pk}/intrekken/", **HERE)
    later = clock.now() + rules.UNDO_REVOKED + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Zet terug" not in main(client_of_ans.get(answer.url))
    answer = client_of_ans.post(f"{PAGE}terug/", {"weg": answer.url.partition("weg=")[2]}, **HERE)
    assert "Dat kan niet meer." in main(client_of_ans.get(answer.url))
    assert addresses.found(one.token) is None


@pytest.mark.parametrize("sent", [{}, {"weg": "onzin"}])
def test_what_is_no_moment_gives_nothing_back(client_of_ans, sent):
    assert client_of_ans.post(f"{PAGE}terug/", sent, **HERE).status_code == 404


def test_nobody_takes_back_or_sees_what_is_another_s(client, made, ans):
    one = made("Een stembureau")
    address = Address.objects.create(email="fatima@voorbeeld.example", verified_at=clock.now())
    Person.objects.create(address=address, name="Fatima", joined_at=clock.now())
    sign_in(client, "fatima@voorbeeld.example")
    assert "Een stembureau" not in main(client.get(PAGE))
    assert client.post(f"{PAGE}{one.pk}/intrekken/", **HERE).status_code == 404
    client.post(f"{PAGE}alles-intrekken/", **HERE)
    assert addresses.found(one.token) == one
    now = clock.now()
    addresses.revoke(ans.pk, now=now)
    client.post(f"{PAGE}terug/", {"weg": f"{one.key}"}, **HERE)
    assert addresses.found(one.token) is None


def test_many_stand_on_pages_and_ask_as_much_as_one(client_of_ans, made, django_assert_num_queries):
    now = clock.now()
    made("Nummer 0", now)
    with django_assert_num_queries(6):
        client_of_ans.get(PAGE)
    for number in range(1, 45):
        made(f"Nummer {number:02}", now + timedelta(seconds=number))
    with django_assert_num_queries(6):
        first = client_of_ans.get(PAGE)
    seen, page = [], first
    for _ in range(3):
        tree = parser.fromstring(page.content)
        seen += [each.text_content().rpartition(" ")[2] for each in tree.cssselect("main h2")]
        older = [link.get("href") for link in tree.cssselect("main nav a") if "voor=" in link.get("href")]
        page = client_of_ans.get(PAGE + older[0]) if older else page
    assert seen == [f"{number:02}" for number in range(44, 0, -1)] + ["0"]
    assert "Deze plek in de lijst kennen we niet." in main(client_of_ans.get(PAGE, {"voor": "onzin"}))


@pytest.mark.parametrize(
    ("purpose", "about"),
    [
        ("conversation.thread", "1"),
        ("conversation.own", "1"),
        ("activity.stop", "x"),
        ("activity.stop_all", "x"),
        ("people.act", "x"),
        ("coupling.follow_up", "1"),
    ],
)
def test_what_is_gone_meanwhile_is_shown_all_the_same(client_of_ans, ans, purpose, about):
    assert purpose in routes._told
    addresses.answer_to(purpose, owner=ans.pk, about=about, now=clock.now())
    assert "Nog nooit gebruikt." in main(client_of_ans.get(PAGE))
