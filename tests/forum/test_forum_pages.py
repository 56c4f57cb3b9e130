"""The forum's pages: reading, asking as a guest, answering and answering one answer."""

import pytest
from django.test import Client
from lxml import html as parser
from tests.conversation.conftest import DAY, HOUR, approve
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.forum.models import Topic
from meedoen.forum.rules import LONG, Kind
from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, PendingAct, Person
from meedoen.search.actions import catch_up

QUESTION = {
    "kind": "vraag",
    "category": "democratie",
    "title": "Hoe maken we een stembureau toegankelijk?",
    "text": "Wie heeft hier ervaring mee?",
}
GUEST = {"name": "Elif", "email": "elif@voorbeeld.example"}


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def headings(response) -> list[str]:
    found = parser.fromstring(response.content).xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
    return [" ".join(each.text_content().split()) for each in found]


def test_an_empty_forum_says_what_to_do(client, db):
    page = client.get("/forum/")
    assert (page.status_code, page.cookies) == (200, {})
    assert "Stel de eerste vraag, of vertel wat jij meemaakte." in text_of(page)
    assert "Nog geen berichten." in text_of(page)


def test_a_guest_asks_and_confirms_with_a_code(client, db, now):
    page = client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE).url
    assert not Topic.objects.exists()
    shown = text_of(client.get(page))
    for part in ("Een vraag: Meepraten en stemmen", QUESTION["title"], "Elif", QUESTION["text"]):
        assert part in shown
    client.post(f"{page}versturen/", **HERE)
    client.post(f"{page}code/", {"code": newest_code()}, **HERE)
    topic = Topic.objects.get()
    assert "Je bericht is bij ons" in text_of(client.get(page))
    assert client.get(topic.get_absolute_url()).status_code == 404
    approve(Contribution.objects.get(), now=now)
    address = topic.get_absolute_url()
    assert headings(client.get(address))[:3] == [QUESTION["title"], "1. Elif", "Antwoorden"]
    assert "Je bericht staat op het forum" in text_of(client.get(page))
    assert QUESTION["title"] in text_of(client.get("/forum/"))
    assert "1 open vraag." in text_of(client.get("/forum/"))


@pytest.mark.parametrize("chosen", [{}, {"mail_me": "on"}])
def test_who_asks_hears_of_answers_when_they_chose_to(client, db, now, answer, person, chosen):
    page = client.post("/forum/vraag/", {**QUESTION, **GUEST, **chosen}, **HERE).url
    assert ("Je krijgt mail als er een nieuw bericht bij komt." in text_of(client.get(page))) is bool(chosen)
    client.post(f"{page}versturen/", **HERE)
    client.post(f"{page}code/", {"code": newest_code()}, **HERE)
    asked = Contribution.objects.get()
    approve(asked, now=clock.now())
    answer(Topic.objects.get(), person("Bram"), "De deur is breed.", now=clock.now())
    activity.tell(now=clock.now() + HOUR)
    mails = OutgoingMail.objects.filter(to=GUEST["email"], template__startswith="mail/activity/")
    assert ["De deur is breed." in each.text for each in mails] == ([True] if chosen else [])


@pytest.mark.parametrize(("rhythm", "theirs"), [(Rhythm.EACH, True), (Rhythm.DAILY, True), (Rhythm.EACH, False)])
def test_the_mail_about_an_answer_leads_who_asked_to_say_what_helped(begin, answer, person, now, rhythm, theirs):
    asker, follower = person("Ans"), person("Elif")
    topic = begin(asker)
    other = begin(asker, "Nog een vraag", kind=Kind.EXPERIENCE)
    for each in (topic, other):
        activity.follow(asker if theirs else follower, conversation.subject_of(each.thread), rhythm=rhythm, now=now)
    for each in (topic, other):
        answer(each, person(f"Bram {each.pk}"), "De deur is breed.", now=now + HOUR)
    activity.tell(now=now + 2 * DAY)
    (mail,) = OutgoingMail.objects.filter(template__startswith="mail/activity/")
    way = f"/forum/hielp/{topic.opening.key}/"
    assert ("Zeg welk antwoord je hielp" in mail.text, way in mail.text) == (theirs, theirs)
    assert other.opening.key not in mail.text


def test_asking_for_mail_changes_no_rhythm_that_was_chosen(client, begin, ans, person):
    Address.objects.filter(pk=ans.address_id).update(trusted_at=clock.now())
    topic = begin(person("Bram"))
    subject = conversation.subject_of(topic.thread)
    activity.follow(ans, subject, rhythm=Rhythm.WEEKLY, now=clock.now())
    sign_in(client)
    page = client.post(f"{topic.get_absolute_url()}reageren/", {"text": "Ik ook.", "mail_me": "on"}, **HERE).url
    client.post(f"{page}plaatsen/", **HERE)
    assert Contribution.objects.filter(person=ans).count() == 1
    assert Follow.objects.get().rhythm == Rhythm.WEEKLY


def test_what_was_asked_before_is_shown_before_sending(client, begin, person):
    earlier = begin(person(), "Toegankelijke stembureaus in een school")
    catch_up(now=clock.now())
    page = client.get(client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE).url)
    assert "Staat je antwoord hier al?" in text_of(page)
    assert parser.fromstring(page.content).xpath("//main//ul[last()]//a/@href")[-1:] == [earlier.get_absolute_url()]


def test_guides_about_the_same_are_shown_before_sending(client, db):
    now = clock.now()
    text = {"summary": "Kort.", "body": "Tekst.", "dated_on": now.date(), "written_on": now.date(), "published_at": now}
    Article.objects.create(slug="gids", title="Zo maak je stembureaus toegankelijk", kind="handreiking", **text)
    Article.objects.create(slug="anders", title="Iets heel anders", kind="handreiking", **text)
    Article.objects.create(slug="nieuws", title="Stembureaus in het nieuws", **text)
    catch_up(now=now)
    page = client.get(client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE).url)
    links = parser.fromstring(page.content).xpath("//main//ul[last()]//a")
    assert [(link.text_content(), link.get("href")) for link in links if "/kennisbank/" in link.get("href")] == [
        ("Zo maak je stembureaus toegankelijk (kennisbank)", "/kennisbank/gids/")
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "mededeling"}, "Kies wat je wilt plaatsen."),
        ({"category": "onzin"}, "Kies waar het over gaat."),
        ({"title": "Help!"}, "Maak je zin iets langer."),
        ({"title": "x" * 121}, "Je zin is 121 tekens lang."),
        ({"text": ""}, "Vertel iets meer."),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(client, db, changed, told):
    page = client.post("/forum/vraag/", {**QUESTION, **GUEST, **changed}, **HERE)
    assert told in text_of(page)
    assert "Elif" in page.content.decode()
    assert parser.fromstring(page.content).find(".//title").text.startswith("Fout:")


def test_the_team_announces_and_nobody_else(client, ans):
    sign_in(client)
    page = client.post("/forum/vraag/", {**QUESTION, "kind": "mededeling"}, **HERE)
    assert "Kies wat je wilt plaatsen." in text_of(page)
    act = client.post("/forum/vraag/", QUESTION, **HERE).url
    changed = client.post(f"{act}aanpassen/", {**QUESTION, "kind": "mededeling"}, **HERE)
    assert "Kies wat je wilt plaatsen." in text_of(changed)
    draft = PendingAct.objects.get()
    draft.payload["kind"] = "mededeling"  # kept while its writer was of the team
    draft.save()
    refused = client.post(f"{act}plaatsen/", **HERE)
    assert "Alleen het team plaatst mededelingen." in text_of(refused)
    Person.objects.filter(pk=ans.pk).update(is_team=True)
    client.post(f"{act}plaatsen/", **HERE)
    assert Topic.objects.get().kind == Kind.ANNOUNCEMENT


def test_only_the_team_is_offered_an_announcement_where_a_draft_is_changed(ans, carla):
    for email, is_offered in ((ans.address.email, False), (carla.address.email, True)):
        client = Client()
        sign_in(client, email)
        draft = client.post("/forum/vraag/", QUESTION, **HERE).url
        page = text_of(client.get(f"{draft}aanpassen/"))
        assert ("Een vraag" in page, "Een mededeling van het team" in page) == (True, is_offered)


def test_a_question_that_waits_has_no_link_to_where_it_is_not_yet(client, begin, person):
    topic = begin(person(trusted=False))
    opening = topic.opening
    own = client.get(f"/bericht/{opening.key}/")
    assert f"Over: {topic.title}" in text_of(own)
    assert topic.get_absolute_url() not in own.content.decode()
    approve(opening, now=clock.now())
    assert topic.get_absolute_url() in client.get(f"/bericht/{opening.key}/").content.decode()


@pytest.mark.parametrize("who", ["guest", "new", "known"])
def test_who_is_new_hears_that_the_team_reads_it_first(client, ans, who):
    if who != "guest":
        Address.objects.filter(pk=ans.address_id).update(trusted_at=clock.now() if who == "known" else None)
        sign_in(client)
    page = text_of(client.get(client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE).url))
    assert ("Is dit je eerste bericht hier? Dan leest het team het eerst." in page) is (who == "guest")
    assert ("Het team leest je eerste bericht eerst." in page) is (who == "new")


def test_who_has_no_name_yet_says_who_they_are_and_not_their_mail_again(client, ans):
    Person.objects.filter(pk=ans.pk).update(name="")
    sign_in(client)
    assert client.get("/forum/vraag/").url == "/inloggen/wie/?next=%2Fforum%2Fvraag%2F"


def test_of_a_title_the_letters_are_counted(client, db):
    page = client.get("/forum/vraag/")
    (title,) = parser.fromstring(page.content).xpath("//input[@name='title']")
    assert title.get("data-max") == "120"
    assert title.get("maxlength") is None
    assert "Je kunt 120 tekens schrijven." in text_of(page)


def test_the_code_mail_of_a_question_tells_no_forum_twice(client, db):
    page = client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE).url
    client.post(f"{page}versturen/", **HERE)
    mail = OutgoingMail.objects.get(template="mail/people/code.md")
    assert "Hiermee bevestig je: Je bericht op het forum." in mail.text
    assert "Het gaat over" not in mail.text
    assert QUESTION["title"] not in mail.text


def test_an_answer_names_what_it_answers(client, begin, answer, person):
    topic = begin(person())
    one = answer(topic, person("Bram"), "Bij ons staat er een hellingbaan.")
    page = client.get(f"/reacties/{one.pk}/antwoord/")
    assert "Je antwoordt op 2. Bram" in text_of(page)
    assert "Bij ons staat er een hellingbaan." in text_of(page)
    act = client.post(f"/reacties/{one.pk}/antwoord/", {"text": "Hoe breed is die?", **GUEST}, **HERE).url
    client.post(f"{act}versturen/", **HERE)
    client.post(f"{act}code/", {"code": newest_code()}, **HERE)
    approve(Contribution.objects.latest("pk"), now=topic.last_at + DAY)
    shown = client.get(topic.get_absolute_url())
    assert headings(shown)[1:5] == ["1. Ans", "Antwoorden", "2. Bram", "3. Elif, antwoord op 2"]
    assert "Antwoord op bericht 2" in text_of(shown)


def test_a_topic_of_many_answers_has_numbered_pages(client, begin, answer, person):
    topic, bram = begin(person()), person("Bram")
    for number in range(24):
        answer(topic, bram, f"Antwoord {number}.")
    address = topic.get_absolute_url()
    second = client.get(address, {"pagina": "2"})
    assert headings(second)[1:3] == ["Antwoorden, bladzijde 2 van 2", "21. Bram"]
    assert "Lees waar het mee begon" in text_of(second)
    assert "bladzijde 2" in parser.fromstring(second.content).find(".//title").text
    turns = [
        [(each.text_content(), each.get("href")) for each in parser.fromstring(page.content).xpath("//a[@rel]")]
        for page in (client.get(address), second)
    ]
    assert turns == [
        [("Volgende bladzijde", f"{address}?pagina=2#reacties")],
        [("Vorige bladzijde", f"{address}#reacties")],
    ]
    assert parser.fromstring(second.content).xpath("//a[@href='#reageren']/text()") == ["Schrijf een antwoord"]


def test_every_address_of_a_topic_leads_to_the_one_it_has(client, begin, person):
    topic = begin(person())
    for wrong in (f"/forum/werk/{topic.pk}-iets/", f"/forum/democratie/{topic.pk}-anders/"):
        answer = client.get(wrong, {"pagina": "1"})
        assert (answer.status_code, answer.url) == (301, f"{topic.get_absolute_url()}?pagina=1")


@pytest.mark.parametrize("address", ["/forum/onzin/", "/forum/werk/99-iets/", "/forum/werk/0-x/"])
def test_what_is_not_there_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_what_waits_or_was_hidden_is_nowhere(client, begin, person):
    topic = begin(person("Elif", trusted=False), "Geheim geheim geheim", text="Verborgen woorden")
    for address in ("/forum/", "/forum/democratie/", "/forum/?toon=open", "/forum/?toon=zonder-antwoord"):
        assert "eheim" not in client.get(address).content.decode()
    for path in ("", "reageren/", "volgen/"):
        page = client.get(f"{topic.get_absolute_url()}{path}")
        assert page.status_code == 404
        assert "Verborgen" not in page.content.decode()


def test_who_hides_their_name_is_named_nowhere(client, begin, person):
    topic = begin(person("Geertruida"), hides_name=True)
    for address in ("/forum/", "/forum/democratie/", topic.get_absolute_url()):
        assert "Geertruida" not in client.get(address).content.decode()
    assert "1. Naam bekend bij het team" in headings(client.get(topic.get_absolute_url()))


@pytest.mark.parametrize(("signed_in", "most"), [(False, 8), (True, 12)])
def test_a_topic_asks_as_much_for_one_as_for_many(
    client, ans, begin, answer, person, django_assert_max_num_queries, signed_in, most
):
    begin(person("Fatima"), "Toegankelijke stembureaus in een school")
    topic = begin(person())
    if signed_in:
        sign_in(client)
        client.get(topic.get_absolute_url())
    counts = []
    for more in (LONG, 20, 30):
        for number in range(more):
            somebody = person(f"Bram{more}{number}")
            answer(topic, somebody, reply_to=Contribution.objects.filter(thread=topic.thread).order_by("pk")[number])
        with django_assert_max_num_queries(most) as asked:
            assert client.get(topic.get_absolute_url()).status_code == 200
        counts.append(len(asked))
    assert counts == [counts[0], counts[0] + 1, counts[0] + 1]  # with more pages the outline is asked for


def test_a_list_asks_as_much_for_one_as_for_many(client, begin, person, django_assert_max_num_queries):
    counts = []
    for number in range(3):
        begin(person(f"Ans{number}"), f"Vraag nummer {number}?")
        with django_assert_max_num_queries(4) as asked:
            assert client.get("/forum/democratie/").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1


@pytest.mark.parametrize("query", ["toon=onzin", "voor=onzin", "na=-1", "voor=9999999999999999999-1", "toon="])
def test_any_query_gives_the_page(client, db, query):
    assert client.get(f"/forum/?{query}").status_code == 200


def test_who_asks_reads_what_could_be_plainer_in_title_and_text(client, db):
    page = client.post("/forum/vraag/", {**QUESTION, **GUEST, "title": "Hoe doen jullie de monitoring?"}, **HERE).url
    shown = text_of(client.get(page))
    assert "Eén tip om je tekst makkelijker te maken" in shown
    assert "In plaats van ‘monitoring’ kun je ook schrijven: ‘volgen hoe het gaat’." in shown
    assert "tip om je tekst" not in text_of(client.get(client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE).url))
