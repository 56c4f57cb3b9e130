"""What is too long, too many, strange or meant badly: each gives a page that can be read, and nothing is lost."""

import pytest
from lxml import html as parser
from tests.conversation.conftest import MINUTE, decide
from tests.forum.test_forum_pages import GUEST, QUESTION
from tests.forum.test_forum_reading import contribution
from tests.signed_in import HERE, sign_in

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation.rules import Deed, Ground
from meedoen.conversation.quiet import actions as quiet
from meedoen.forum import actions
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind
from meedoen.forum.steering import actions as steering
from meedoen.kernel import clock
from meedoen.kernel.clock import local_date
from meedoen.search.actions import catch_up

MANY = 5_000

STRANGE = {
    "right to left": "السلام عليكم، كيف نصل إلى مكتب البلدية؟",
    "emoji": "👩‍🦽👨🏿‍🦯 mooi 🏳️‍🌈",
    "zero-width": "on\u200bzicht\u200dbaar\ufeff \u202eomgedraaid\u202c",
    "a word of 500 letters": "toegankelijk" * 42,
    "code": "`<script>alert(1)</script>` en\n\n    een vier spaties\n\n```\nblok\n```",
    "nesting": "> " * 3_000 + "diep",
    "lists": "\n".join("  " * depth + "- punt" for depth in range(300)),
    "brackets": "[" * 5_000,
    "stars": "*_" * 4_000,
}


@pytest.fixture
def crowded(begin, person, now):
    """A topic with 5,000 answers; one in ten answers another, so that it has talks."""
    topic = begin(person("Ans"))
    bram = person("Bram")
    common = {"thread": topic.thread, "person": bram, "state": "shown", "created_at": now, "shown_at": now}
    Contribution.objects.bulk_create(
        (Contribution(number=number, text=f"Antwoord {number}.", **common) for number in range(2, MANY + 2)),
        batch_size=500,
    )
    beginning = contribution(topic, 2)
    topic.thread.contributions.filter(number__gt=2, number__lt=500).update(talk=beginning, reply_to=beginning)
    conversation.recount(topic.thread, now=now)
    return Topic.objects.select_related("thread").get(pk=topic.pk)


@pytest.mark.parametrize("page", ["", "?pagina=126", "?pagina=251", "gesprek/2/", "afdrukken/"])
def test_five_thousand_answers_are_read_page_by_page(client, crowded, page, django_assert_max_num_queries):
    assert crowded.reply_count == MANY
    with django_assert_max_num_queries(8):
        answer = client.get(f"{crowded.get_absolute_url()}{page}")
    main = parser.fromstring(answer.content.decode()).find(".//main")
    assert answer.status_code == 200
    assert 1 <= len(main.xpath(".//article")) <= 200
    assert len(main.xpath(".//nav[@aria-label='Meer bladzijden']//a")) <= 9


def test_one_more_answer_to_five_thousand_costs_what_one_to_one_costs(
    crowded, answer, begin, person, django_assert_max_num_queries
):
    elif_ = person("Elif")
    answer(crowded, elif_)  # makes what the first answer makes
    with django_assert_max_num_queries(24):
        answer(crowded, elif_)
    assert Thread.objects.get(pk=crowded.thread_id).last_number == MANY + 3


def test_a_text_that_is_far_too_long_comes_back_whole(client, db):
    text = "Dit is veel te lang. " * 5_000
    page = client.post("/forum/vraag/", {**QUESTION, **GUEST, "text": text}, **HERE)
    form = parser.fromstring(page.content.decode())
    assert "Er passen er 10000 in" in form.find(".//main").text_content().replace(".000", "000")
    assert form.xpath("//textarea")[0].text.strip() == text.strip()


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_texts_stand_there_and_harm_nothing(client, begin, answer, person, text):
    topic = begin(person("Ans"))
    answer(topic, person("Bram"), text)
    pages = [client.get(each) for each in (topic.get_absolute_url(), f"/feeds/onderwerp/{topic.pk}.atom", "/forum/")]
    assert [each.status_code for each in pages] == [200, 200, 200]
    main = parser.fromstring(pages[0].content.decode()).find(".//main")
    assert len(main.xpath(".//article")) == 2
    assert main.xpath(".//article//script | .//article//pre | .//article//*[@onclick]") == []
    assert "Geef antwoord" in main.text_content()  # nothing that was open swallowed the rest


def test_an_answer_whose_answered_one_went_stays_readable(client, begin, answer, person, now):
    topic = begin(person("Ans"))
    first = answer(topic, person("Bram"), "De deur is breed.")
    answer(topic, person("Elif"), "Hoe breed?", reply_to=contribution(topic, 2))
    conversation.retract(first, now=now + MINUTE)
    main = parser.fromstring(client.get(topic.get_absolute_url()).content.decode()).find(".//main")
    words = main.text_content()
    assert "De schrijver haalde dit bericht weg." in words
    assert "3. Elif, antwoord op 2" in words
    assert "De deur is breed." not in words


def test_who_answers_what_was_taken_away_meanwhile_keeps_their_words(client, begin, answer, ans, person, now):
    """Opened before, sent after: the answer stands in the topic, or comes back whole."""
    topic = begin(person("Bram"))
    answered = answer(topic, person("Elif"), "De deur is breed.")
    sign_in(client)
    form = {"text": "Hoe breed precies?"}
    page = client.post(f"/reacties/{answered.pk}/antwoord/", form, **HERE).url
    conversation.retract(answered, now=now + MINUTE)
    client.post(f"{page}plaatsen/", **HERE)
    written = Contribution.objects.get(person=ans)
    assert (written.text, written.thread_id, written.reply_to_id) == (form["text"], topic.thread_id, None)


def test_what_hid_its_words_is_in_no_output(client, begin, answer, ans, person, now):
    """A walk over all that tells of a topic, as a visitor and as somebody signed in."""
    secret, name = "Geheimewoorden", "Geheimenaam"
    topic = begin(person("Bram"))
    gone = answer(topic, person(name), f"{secret} staan hier.")
    quoted = answer(topic, person("Noor"), f"> [bericht 2](/reacties/{gone.pk}/)\n> {secret} staan hier.\n\nJa.")
    actions.say_helped(gone, True, now=now)
    conversation.retract(gone, now=now + MINUTE)
    base = topic.get_absolute_url()
    addresses = [
        base, f"{base}?sinds=20200101T0000", f"{base}gesprek/2/", f"{base}afdrukken/", f"{base}geschiedenis/",
        "/forum/", "/forum/democratie/", "/forum/open/", "/forum/?toon=open", "/feeds/forum.atom",
        "/feeds/forum/democratie.atom", f"/feeds/onderwerp/{topic.pk}.atom", f"/reacties/{gone.pk}/",
        f"/reacties/{gone.pk}/eerder/", f"/reacties/{gone.pk}/antwoord/", f"/reacties/{gone.pk}/citeren/",
        f"/reacties/{gone.pk}/dank/", f"/reacties/{quoted.pk}/eerder/", f"/reacties/{quoted.pk}/antwoord/",
        f"/reacties/{quoted.pk}/citeren/", f"/melden/?reactie={gone.pk}", f"/melden/?reactie={quoted.pk}", "/",
        f"{base}volgen/", f"/reacties/{quoted.pk}/dank/",
    ]  # fmt: skip

    def leaks():
        found = {url: client.get(url, follow=True).content.decode() for url in addresses}
        return [url for url, page in found.items() if secret in page or name in page]

    assert leaks() == []
    sign_in(client)
    assert leaks() == []


def test_what_was_said_about_a_hidden_question_is_in_no_output(client, begin, answer, ans, person, now):
    """The answers are fit to read, the question is not: nothing of either is shown, nor its title in an address."""
    topic = begin(person("Bram"), "Geheime titel over iemand", text="Geheimewoorden.")
    said = answer(topic, person("Noor"), "Geheimewoorden staan hier ook.")
    opening = contribution(topic, 1)
    decide(opening, Deed.HIDE, ground=Ground.UNKIND, reason="Schelden.", now=now + MINUTE)
    base = topic.get_absolute_url()
    ours = [
        f"/reacties/{each.pk}/{path}"
        for each in (opening, said)
        for path in ("", "eerder/", "antwoord/", "citeren/", "dank/")
    ]
    addresses = [
        *ours, f"/melden/?reactie={opening.pk}", f"/melden/?reactie={said.pk}", base, f"{base}afdrukken/",
        f"{base}gesprek/2/", f"{base}geschiedenis/", f"{base}volgen/", "/forum/", "/forum/democratie/", "/forum/open/",
        "/feeds/forum.atom", "/feeds/forum/democratie.atom", f"/feeds/onderwerp/{topic.pk}.atom", "/",
    ]  # fmt: skip

    def leaks():
        found = {url: client.get(url) for url in addresses}
        return [
            url
            for url, page in found.items()
            if "Geheim" in page.content.decode()
            or (url != base and "geheime-titel" in page.headers.get("Location", ""))
        ]

    assert leaks() == []
    sign_in(client)
    assert leaks() == []


def test_who_answers_what_was_hidden_while_they_typed_keeps_their_words(client, begin, answer, ans, person, now):
    topic = begin(person("Bram"))
    answered = answer(topic, person("Elif"), "De deur is breed.")
    conversation.retract(answered, now=now + MINUTE)
    guest = {"text": "Hoe breed precies?", "name": "Noor", "email": "noor@voorbeeld.example"}
    page = client.post(f"/reacties/{answered.pk}/antwoord/", guest, **HERE)
    assert page.status_code == 302
    assert guest["text"] in client.get(page.url).content.decode()


@pytest.mark.parametrize(("signed_in", "most"), [(False, 8), (True, 12)])
def test_a_topic_with_everything_at_once_asks_no_more(
    client, begin, answer, ans, person, now, django_assert_max_num_queries, signed_in, most
):
    """Long, solved, quoting, alike another, steered, with gaps, with an answer to what was moved, and quiet."""
    carla, bram = person("Carla", is_team=True), person("Bram")
    begin(person("Noor"), "Stembureaus toegankelijk in een school")
    catch_up(now=now)
    topic = begin(person("Elif"))
    written = [answer(topic, bram, f"Antwoord {number}.") for number in range(2, 14)]
    answer(topic, bram, "Ja.", reply_to=contribution(topic, 3))
    answer(topic, bram, f"> [Bericht 4](/reacties/{written[2].pk}/):\n>\n> Antwoord 4.\n\nKlopt.")
    actions.say_helped(contribution(topic, 5), True, now=now)
    moved = {"title": "Iets heel anders dan dat", "category": "werk", "kind": Kind.QUESTION}
    steering.split(topic, {3}, by=carla, reason="Iets anders.", now=now, **moved)
    quiet.begin(notice="Vakantie.", last_day=local_date(clock.now()), by=carla, now=clock.now())
    if signed_in:
        sign_in(client)
        client.get(topic.get_absolute_url())
    with django_assert_max_num_queries(most):
        page = client.get(topic.get_absolute_url()).content.decode()
    shown = ("In het kort", "dit hielp", "Dit bericht is verplaatst", "in een ander onderwerp", "Dit lijkt erop",
             "Bram in", "een eigen onderwerp", "Vakantie.")  # fmt: skip
    assert [each for each in shown if each not in page] == []
