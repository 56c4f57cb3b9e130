"""A topic as others than readers of its page get it: as structured data, and on paper."""

from django.utils import timezone
from lxml import html as parser
from tests.conversation.conftest import MINUTE, decide
from tests.forum.test_forum_reading import WHY, contribution

from meedoen.conversation import actions as conversation
from meedoen.conversation.moderation.rules import Deed
from meedoen.forum import actions
from meedoen.forum.rules import Kind
from meedoen.forum.views import topic as views


def items(page):
    """Each item on a page: what it is of its parent, its type and its own properties."""
    found = []
    for each in page.xpath("//*[@itemscope]"):
        own = [
            prop
            for prop in each.xpath(".//*[@itemprop]")
            if prop.xpath("ancestor::*[@itemscope][1]")[0] is each and prop.get("itemscope") is None
        ]
        told = {
            prop.get("itemprop"): prop.get("content") or prop.get("href") or prop.get("datetime") or prop.text_content()
            for prop in own
        }
        found.append((each.get("itemprop"), each.get("itemtype").rpartition("/")[2], told))
    return found


def page_at(client, url):
    return parser.fromstring(client.get(url).content.decode())


def test_a_question_tells_search_engines_what_was_asked_and_what_helped(client, begin, answer, person, now):
    ans, bram = person("Ans"), person("Bram")
    topic = begin(ans)
    first, second = answer(topic, bram, "De deur is breed."), answer(topic, bram, "Vraag het **ons**.")
    actions.say_helped(second, True, now=now)
    asked_at = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M:%S%z")
    (page, question, who, answered, _bram, helped, _bram_too) = items(page_at(client, topic.get_absolute_url()))
    assert page == (None, "QAPage", {})
    assert question == (
        "mainEntity",
        "Question",
        {
            "name": topic.title,
            "answerCount": "2",
            "url": topic.get_absolute_url(),
            "dateCreated": asked_at,
            "text": "Wie heeft hier ervaring mee?\n",
        },
    )
    assert who == ("author", "Person", {"name": ans.name})
    assert answered == (
        "suggestedAnswer",
        "Answer",
        {"dateCreated": asked_at, "url": first.url, "text": "De deur is breed.\n"},
    )
    assert helped[:2] == ("acceptedAnswer", "Answer")


def test_what_was_told_is_a_posting_with_comments(client, begin, answer, person):
    topic = begin(person("Ans"), kind=Kind.EXPERIENCE)
    answer(topic, person("Bram"))
    kinds = [(prop, kind) for prop, kind, _told in items(page_at(client, topic.get_absolute_url()))]
    assert kinds == [
        (None, "DiscussionForumPosting"),
        ("author", "Person"),
        ("comment", "Comment"),
        ("author", "Person"),
    ]


def test_structured_data_keeps_names_and_words_that_are_kept(client, begin, answer, person, now):
    topic = begin(person("Noor"), hides_name=True)
    answer(topic, person("Bram"), "Iets onaardigs.")
    decide(contribution(topic, 2), Deed.REMOVE, **WHY, now=now + MINUTE)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert [told for prop, _kind, told in items(parser.fromstring(page)) if prop == "author"] == [
        {"name": "Naam bekend bij het team"}
    ]
    assert [word for word in ("Noor", "Iets onaardigs", "suggestedAnswer") if word in page] == []


def test_all_of_a_topic_on_paper(client, begin, answer, person, now, monkeypatch):
    monkeypatch.setattr(views, "ON_PAPER", 2)
    topic, bram = begin(person("Ans")), person("Bram")
    for number in range(2, 5):
        answer(topic, bram, f"Antwoord {number}.")
    conversation.retract(contribution(topic, 3), now=now + MINUTE)
    page = page_at(client, f"{topic.get_absolute_url()}afdrukken/")
    assert [each.text_content().split(",")[0] for each in page.xpath("//main//h2")] == ["1. Ans", "2. Bram"]
    assert page.xpath("//main//article//a | //main//article//button | //main//article//form") == []
    (onward,) = page.xpath("//main//a[contains(text(), 'verder')]/@href")
    rest = page_at(client, onward)
    assert [each.text_content().split(",")[0] for each in rest.xpath("//main//h2")] == [
        "3. De schrijver haalde dit bericht weg.",
        "4. Bram",
    ]
    assert "Antwoord 3" not in rest.text_content()
