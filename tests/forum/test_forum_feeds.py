"""Feeds: valid, complete, and nothing in them that cannot be read on the site."""

import pytest
from lxml import etree
from tests.conversation.conftest import MINUTE, decide

from meedoen.conversation import actions as conversation
from meedoen.conversation import quotes
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation.rules import Deed, Ground

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return etree.fromstring(response.content)


def entries(found) -> list[tuple[str, str, str, str]]:
    """Of each entry the title, author, link and words."""
    return [
        (
            each.findtext("a:title", namespaces=ATOM),
            each.findtext("a:author/a:name", namespaces=ATOM),
            each.find("a:link", ATOM).get("href"),
            each.findtext("a:summary", namespaces=ATOM),
        )
        for each in found.findall("a:entry", ATOM)
    ]


def test_the_forum_its_categories_and_each_topic_have_a_feed(client, begin, answer, person, settings):
    topic = begin(person("Ans"))
    other = begin(person("Kim"), "Heeft jullie zwembad een tillift?", category="vrije-tijd")
    answer(topic, person("Bram"), "Kijk bij **ons**.")
    site, url = settings.BASE_URL, topic.get_absolute_url()
    words = "<p>Wie heeft hier ervaring mee?</p>\n"
    asked = (topic.title, "Ans", f"{site}{url}#reactie-1", words)
    assert entries(feed(client, "/feeds/forum.atom")) == [
        (other.title, "Kim", f"{site}{other.get_absolute_url()}#reactie-1", words),
        asked,
    ]
    assert entries(feed(client, "/feeds/forum/democratie.atom")) == [asked]
    assert entries(feed(client, f"/feeds/onderwerp/{topic.pk}.atom")) == [
        ("Bericht 2", "Bram", f"{site}{url}#reactie-2", "<p>Kijk bij <strong>ons</strong>.</p>\n"),
        ("Bericht 1", "Ans", f"{site}{url}#reactie-1", words),
    ]
    head = client.get(url).content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" href="/feeds/onderwerp/{topic.pk}.atom"' in head


def test_a_feed_says_what_atom_asks(client, begin, person):
    begin(person("Ans"))
    found = feed(client, "/feeds/forum.atom")
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    assert {link.get("rel") for link in found.findall("a:link", ATOM)} == {"alternate", "self"}
    (entry,) = found.findall("a:entry", ATOM)
    pk = Contribution.objects.get().pk
    assert entry.findtext("a:id", namespaces=ATOM) == f"tag:localhost,2026:contribution-{pk}"
    assert entry.findtext("a:updated", namespaces=ATOM) == "2026-12-03T13:00:00+00:00"


def test_nothing_hidden_is_in_a_feed(client, begin, answer, person, now):
    topic = begin(person("Ans"))
    answer(topic, person("Geertruida"), "Zonder naam.", hides_name=True)
    secret = answer(topic, person("Bram"), "Een geheim.")
    answer(topic, person("Kim"), quotes.quote(secret, ["Een geheim."]) + "Ik ook.")
    answer(topic, person("Elif", trusted=False), "Dit wacht nog.")
    decide(secret, Deed.REMOVE, now=now, ground=Ground.UNKIND, reason="Nee.")
    text = client.get(f"/feeds/onderwerp/{topic.pk}.atom").content.decode()
    found = [hidden for hidden in ("Geertruida", "geheim", "wacht nog", "voorbeeld.example") if hidden in text]
    assert found == []
    assert "Ik ook." in text
    conversation.retract(Contribution.objects.get(number=1), now=now)
    for address in ("/feeds/forum.atom", "/feeds/forum/democratie.atom", f"/feeds/onderwerp/{topic.pk}.atom"):
        text = client.get(address).content.decode()
        assert ("stembureau" in text, "ervaring" in text) == (False, False)


@pytest.mark.parametrize(
    "text", ["a\x0bb\x1f", "<script>alert(1)</script> & ]]>", "\u202eomgekeerd", "👩‍🦽 mee", "\ufffe"]
)
def test_any_text_gives_a_feed_that_can_be_read(client, begin, answer, person, text, now):
    topic = begin(person("Ans"), f"Wie weet raad? {text}")
    answer(topic, person("Bram"), text, now=now + MINUTE)
    assert len(entries(feed(client, "/feeds/forum.atom"))) == 1
    assert len(entries(feed(client, f"/feeds/onderwerp/{topic.pk}.atom"))) == 2


@pytest.mark.parametrize("address", ["/feeds/forum/onzin.atom", "/feeds/onderwerp/99.atom"])
def test_there_is_no_feed_of_nothing(client, db, address):
    assert client.get(address).status_code == 404


def test_a_feed_asks_as_much_for_many_as_for_one(client, begin, answer, person, django_assert_max_num_queries):
    for number in range(5):
        topic = begin(person(f"Ans{number}"), f"Vraag nummer {number}?")
        answer(topic, person(f"Bram{number}"))
    for address, most in (("/feeds/forum.atom", 3), (f"/feeds/onderwerp/{topic.pk}.atom", 3)):
        with django_assert_max_num_queries(most):
            client.get(address)
