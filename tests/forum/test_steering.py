"""Steering a topic: each deed done, refused, told, traced, redirected and undone; who writes meanwhile loses nothing."""

import pytest
from django.test import Client
from lxml import html as parser
from tests.conversation.conftest import HOUR, MINUTE
from tests.forum.test_forum_pages import headings, text_of
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.activity.models import Happening, Subject
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.forum.models import Shelf, Topic
from meedoen.forum.rules import Kind
from meedoen.forum.steering import actions, rules
from meedoen.forum.steering.models import Step
from meedoen.forum.steering.rules import Deed
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy import actions as privacy

WHY = "Dit past beter."
# Each deed with what its form asks beside the reason, and what it begins from where that is not what is new.
DEEDS = {
    Deed.CLOSE: ({}, None),
    Deed.REOPEN: ({}, Deed.CLOSE),
    Deed.PIN: ({}, None),
    Deed.UNPIN: ({}, Deed.PIN),
    Deed.MOVE: ({"category": "onderwijs"}, None),
    Deed.RENAME: ({"title": "Hoe stem je met een rolstoel?"}, None),
    Deed.ANNOUNCE: ({}, None),
    Deed.SUMMARIZE: ({"summary": "Zet de stemhokjes lager. En vraag het aan de mensen zelf."}, None),
}


@pytest.fixture
def topic(begin, person):
    return begin(person())


def how_it_is(topic) -> tuple:
    topic = Topic.objects.select_related("thread").get(pk=topic.pk)
    return topic.is_closed, topic.is_pinned, topic.category, topic.title, topic.kind, topic.summary, topic.thread.url


def prepared(topic, deed, by, now):
    wanted, first = DEEDS[deed]
    if first:
        actions.steer(topic, first, by=by, reason="Eerst dit.", now=now)
    return Topic.objects.select_related("thread").get(pk=topic.pk), wanted


def the(topic) -> str:
    return Topic.objects.get(pk=topic.pk).get_absolute_url()


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_done_traced_and_undone(desk, topic, carla, now, deed):
    topic, wanted = prepared(topic, deed, carla, now)
    before = how_it_is(topic)
    assert "Je kunt het daarna terugdraaien." in text_of(desk.get(f"{the(topic)}{deed.value}/"))
    done = desk.post(f"{the(topic)}{deed.value}/", {"reason": WHY, **wanted})
    after = how_it_is(topic)
    assert after != before
    step = Step.objects.latest("pk")
    assert (step.by, step.reason, step.topic_id) == (carla, WHY, topic.pk)
    assert done.url == f"{the(topic)}beheer/?klaar={step.pk}"
    assert "Draai dit terug" in text_of(desk.get(done.url))
    visitor = Client()
    assert WHY in text_of(visitor.get(the(topic)))
    assert WHY in text_of(visitor.get(f"{the(topic)}geschiedenis/"))
    assert "Carla" not in visitor.get(f"{the(topic)}geschiedenis/").content.decode()
    desk.post(f"{the(topic)}stap/{step.pk}/terugdraaien/")
    assert how_it_is(topic) == before
    assert WHY not in text_of(visitor.get(the(topic))), "what was taken back does not stand above it"
    assert "Lees wat het team met dit onderwerp deed" in text_of(visitor.get(the(topic)))
    assert "Dit is later teruggedraaid." in text_of(visitor.get(f"{the(topic)}geschiedenis/"))


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("who", ["visitor", "elif"])
def test_nobody_else_does_it(topic, person, carla, now, deed, who):
    topic, wanted = prepared(topic, deed, carla, now)
    client = Client()
    if who == "elif":
        person("Elif")
        sign_in(client, "elif@voorbeeld.example")
    before, count = how_it_is(topic), Step.objects.count()
    for path in (f"{deed.value}/", "beheer/"):
        for answer in (client.get(the(topic) + path), client.post(the(topic) + path, {"reason": WHY, **wanted})):
            assert answer.status_code == (302 if who == "visitor" else 403)
            assert who != "visitor" or answer.url.startswith("/inloggen/")
    step = Step.objects.first()
    if step:
        assert client.post(f"{the(topic)}stap/{step.pk}/terugdraaien/").status_code in (302, 403)
    assert (how_it_is(topic), Step.objects.count()) == (before, count)
    assert "Beheer dit onderwerp" not in text_of(client.get(the(topic)))
    with pytest.raises(actions.CannotSteer):
        actions.steer(topic, deed, by=Person.objects.get(name="Ans"), reason=WHY, now=now, **wanted)


@pytest.mark.parametrize("deed", DEEDS)
def test_without_a_reason_nothing_is_done_and_nothing_typed_is_lost(desk, topic, carla, now, deed):
    topic, wanted = prepared(topic, deed, carla, now)
    before = how_it_is(topic)
    page = desk.post(f"{the(topic)}{deed.value}/", {"reason": " ", **wanted})
    assert "Schrijf kort waarom." in text_of(page)
    assert how_it_is(topic) == before
    if deed == Deed.RENAME:
        assert wanted["title"] in page.content.decode()


@pytest.mark.parametrize("deed", DEEDS)
def test_pressed_twice_is_once(desk, topic, carla, now, deed):
    topic, wanted = prepared(topic, deed, carla, now)
    address, count = the(topic), Step.objects.count()
    desk.post(f"{address}{deed.value}/", {"reason": WHY, **wanted})
    again = desk.post(f"{address}{deed.value}/", {"reason": WHY, **wanted})
    assert "al zo" in text_of(again)
    assert Step.objects.count() == count + 1
    step = Step.objects.latest("pk")
    for _ in range(2):
        answer = desk.post(f"{address}stap/{step.pk}/terugdraaien/")
    assert "Dit kan niet meer terug." in text_of(answer)
    assert Step.objects.count() == count + 2


def test_what_was_changed_again_is_not_undone(topic, carla, now):
    first = actions.steer(topic, Deed.MOVE, by=carla, reason=WHY, now=now, category="onderwijs")
    second = actions.steer(topic, Deed.MOVE, by=carla, reason=WHY, now=now, category="werk")
    with pytest.raises(actions.CannotSteer):
        actions.undo(first, by=carla, now=now)
    actions.undo(second, by=carla, now=now)
    actions.undo(first, by=carla, now=now)
    assert Topic.objects.get().category == "democratie"


def test_a_step_of_another_topic_is_not_undone_here(desk, topic, begin, person, carla, now):
    step = actions.steer(topic, Deed.CLOSE, by=carla, reason=WHY, now=now)
    other = begin(person("Bram"), "Waar vind ik een tolk gebarentaal?")
    assert desk.post(f"{the(other)}stap/{step.pk}/terugdraaien/").status_code == 404


def test_old_addresses_redirect_for_ever(client, topic, answer, person, carla, now):
    bram = person("Bram")
    for number in range(24):
        answer(topic, bram, f"Antwoord {number}.")
    oldest = the(topic)
    actions.steer(topic, Deed.RENAME, by=carla, reason=WHY, now=now, title="Hoe stem je met een rolstoel?")
    older = the(topic)
    actions.steer(topic, Deed.MOVE, by=carla, reason=WHY, now=now, category="onderwijs")
    assert the(topic) == f"/forum/onderwijs/{topic.pk}-hoe-stem-je-met-een-rolstoel/"
    for address in (oldest, older):
        answered = client.get(f"{address}?pagina=2")
        assert (answered.status_code, answered.url) == (301, f"{the(topic)}?pagina=2")
        assert client.get(f"{address}geschiedenis/").url == f"{the(topic)}geschiedenis/"
    assert Contribution.objects.get(number=22).url == f"{the(topic)}?pagina=2#reactie-22"
    assert [each.category for each in Shelf.objects.filter(topic_count=1)] == ["onderwijs"]


def test_the_old_title_is_told_nowhere(client, topic, carla, now):
    actions.steer(topic, Deed.RENAME, by=carla, reason=WHY, now=now, title="Hoe stem je met een rolstoel?")
    for address in (the(topic), f"{the(topic)}geschiedenis/", "/forum/", "/forum/democratie/"):
        assert "stembureau" not in client.get(address).content.decode()


def test_a_move_says_from_where_to_where(client, topic, carla, now):
    step = actions.steer(topic, Deed.MOVE, by=carla, reason=WHY, now=now, category="onderwijs")
    assert "Het team verplaatste dit van Meepraten en stemmen naar Leren op" in text_of(client.get(the(topic)))
    actions.undo(step, by=carla, now=now)
    assert "Het team verplaatste dit" not in text_of(client.get(the(topic)))
    assert "Het team zette dit terug waar het stond" in text_of(client.get(f"{the(topic)}geschiedenis/"))


def told(topic) -> list[tuple[str, str]]:
    subject = Subject.objects.get(kind="thread", key=str(topic.thread_id))
    return list(subject.happenings.filter(mark__startswith="step").values_list("sentence", "words"))


@pytest.mark.parametrize(("deed", "more"), [(Deed.CLOSE, {}), (Deed.MOVE, {"category": "onderwijs"})])
def test_followers_hear_of_it_and_not_of_a_slip(topic, carla, now, deed, more):
    step = actions.steer(topic, deed, by=carla, reason=WHY, now=now, **more)
    ((sentence, words),) = told(topic)
    assert sentence.startswith("Het team ")
    assert sentence.endswith(": Hoe maken we een stembureau toegankelijk?")
    assert words == WHY
    actions.undo(step, by=carla, now=now + MINUTE)
    assert told(topic) == []
    later = actions.steer(topic, deed, by=carla, reason=WHY, now=now + HOUR, **more)
    actions.undo(later, by=carla, now=now + 2 * HOUR)
    back = {Deed.CLOSE: "Het team draaide het sluiten terug", Deed.MOVE: "Het team zette dit terug waar het stond"}
    assert [sentence.split(":")[0] for sentence, _words in told(topic)][1] == back[deed]


def test_pinning_and_renaming_are_mailed_to_nobody(topic, carla, now):
    count = Happening.objects.count()
    actions.steer(topic, Deed.PIN, by=carla, reason=WHY, now=now)
    actions.steer(topic, Deed.RENAME, by=carla, reason=WHY, now=now, title="Hoe stem je met een rolstoel?")
    assert Happening.objects.count() == count


def test_what_is_pinned_stands_first_once_and_only_on_the_first_page(client, begin, person, carla, now):
    ans = person()
    topics = [begin(ans, f"Vraag nummer {number}?", now=now + number * HOUR) for number in range(30)]
    pinned = topics[0]
    actions.steer(pinned, Deed.PIN, by=carla, reason=WHY, now=now)
    actions.steer(topics[25], Deed.PIN, by=carla, reason=WHY, now=now + HOUR)

    def titles(address):
        page = parser.fromstring(client.get(address).content)
        return [int(each.text_content().split()[2].strip("?")) for each in page.xpath("//main//article//a[@class]")]

    first = titles("/forum/democratie/")
    assert first == [25, 0, *[number for number in range(29, 9, -1) if number != 25]]
    older = parser.fromstring(client.get("/forum/democratie/").content).xpath("//a[contains(@href, 'voor=')]/@href")[0]
    assert titles(f"/forum/democratie/{older}" if older.startswith("?") else older) == list(range(9, -1, -1))
    assert headings(client.get("/forum/democratie/"))[1] == "Vastgezet"
    assert "Vastgezet" not in headings(client.get("/forum/democratie/?toon=open"))
    assert "Vastgezet door het team." in text_of(client.get(the(pinned)))
    assert "Vastgezet" not in text_of(client.get("/forum/werk/"))


def test_no_more_than_a_few_are_pinned(begin, person, carla, now):
    ans = person()
    topics = [begin(ans, f"Vraag nummer {number}?") for number in range(rules.MAX_PINNED + 1)]
    steps = [actions.steer(each, Deed.PIN, by=carla, reason=WHY, now=now) for each in topics[:-1]]
    with pytest.raises(actions.CannotSteer):
        actions.steer(topics[-1], Deed.PIN, by=carla, reason=WHY, now=now)
    loose = actions.steer(steps[0].topic, Deed.UNPIN, by=carla, reason=WHY, now=now)
    actions.steer(topics[-1], Deed.PIN, by=carla, reason=WHY, now=now)
    with pytest.raises(actions.CannotSteer):
        actions.undo(loose, by=carla, now=now)


def test_a_closed_topic_takes_no_answer_and_loses_no_text(client, topic, answer, person, carla, now):
    one = answer(topic, person("Bram"))
    guest = {"text": "Dit typte ik een half uur.", "name": "Elif", "email": "elif@voorbeeld.example"}
    act = client.post(f"{the(topic)}reageren/", guest, **HERE).url
    client.post(f"{act}versturen/", **HERE)
    step = actions.steer(topic, Deed.CLOSE, by=carla, reason=WHY, now=now)
    for address in (f"{the(topic)}reageren/", f"/reacties/{one.pk}/antwoord/"):
        page = client.post(address, guest, **HERE)
        assert page.status_code == 409
        assert "Dit gesprek is gesloten terwijl je schreef" in text_of(page)
        assert guest["text"] in page.content.decode()
    refused = client.post(f"{act}code/", {"code": newest_code()}, **HERE)
    assert "Het gesprek is gesloten." in text_of(refused)
    assert guest["text"] in refused.content.decode()
    assert Contribution.objects.filter(thread=topic.thread).count() == 2
    actions.undo(step, by=carla, now=now)
    client.post(f"{act}code/", {"code": newest_code()}, **HERE)
    assert Contribution.objects.filter(text=guest["text"]).count() == 1


def test_a_draft_saved_after_a_rename_does_not_bring_the_old_title_back(client, ans, begin, person, carla, now):
    topic = begin(person("Bram"))
    sign_in(client)
    page = parser.fromstring(client.get(the(topic)).content)
    about = page.xpath("//input[@name='about']/@value")[0]
    more = {name: page.xpath(f"//input[@name='{name}']/@value")[0] for name in ("tab",)}
    actions.steer(topic, Deed.RENAME, by=carla, reason=WHY, now=now, title="Hoe stem je met een rolstoel?")
    client.post("/concepten/bewaren/", {"about": about, "text": "Half af", **more}, **HERE)
    assert PendingAct.objects.count() == 1
    topic.thread.refresh_from_db()
    assert (topic.thread.title, topic.thread.url) == ("Hoe stem je met een rolstoel?", the(topic))


def test_what_its_writer_took_back_keeps_the_title_of_that(topic, answer, person, carla, now):
    answer(topic, person("Bram"))
    opening = Contribution.objects.get(number=1)
    conversation.retract(opening, now=now)
    gone = Topic.objects.select_related("thread").get(pk=topic.pk)
    with pytest.raises(actions.CannotSteer):
        actions.steer(gone, Deed.RENAME, by=carla, reason=WHY, now=now, title="Hoe stem je met een rolstoel?")
    actions.steer(gone, Deed.MOVE, by=carla, reason=WHY, now=now, category="onderwijs")
    conversation.put_back(opening, now=now)
    assert Topic.objects.get(pk=topic.pk).title == "Hoe maken we een stembureau toegankelijk?"


def test_erasing_leaves_no_name_and_no_old_title(topic, carla, answer, person, now):
    answer(topic, person("Bram"))
    actions.steer(topic, Deed.RENAME, by=carla, reason="Ans stond erin.", now=now, title="Hoe stem je met een stok?")
    privacy.erase(Person.objects.get(name="Ans"), with_texts=True, now=now)
    privacy.erase(carla, with_texts=False, now=now)
    step = Step.objects.get()
    assert (step.by, step.reason, step.before, step.after) == (None, "gewist", {}, {})


def test_the_team_finds_the_way_from_topic_and_desk(desk, topic):
    assert "Beheer dit onderwerp" in text_of(desk.get(the(topic)))
    opening = Contribution.objects.get()
    page = desk.get(f"{the(topic)}beheer/")
    links = parser.fromstring(page.content).xpath("//main//a/@href")
    assert f"/team/bericht/{opening.pk}/" in links
    assert f"/team/persoon/{opening.person_id}/" in links
    assert {desk.get(link).status_code for link in links} == {200}
    assert f"{the(topic)}beheer/" in parser.fromstring(desk.get(f"/team/bericht/{opening.pk}/").content).xpath(
        "//a/@href"
    )


def test_a_topic_that_waits_has_no_trace_for_others(client, begin, person):
    waiting = begin(person("Elif", trusted=False), "Geheim geheim geheim")
    assert client.get(f"{waiting.get_absolute_url()}geschiedenis/").status_code == 404


@pytest.mark.parametrize("kind", Kind)
def test_rule_and_reason_hold_in_the_database(begin, person, carla, now, kind):
    topic = begin(carla, kind=kind)
    if kind == Kind.ANNOUNCEMENT:
        assert not rules.may(Deed.ANNOUNCE, topic)
    else:
        actions.steer(topic, Deed.ANNOUNCE, by=carla, reason=WHY, now=now)
    assert Topic.objects.get().kind == Kind.ANNOUNCEMENT


def test_a_trace_costs_no_query(client, topic, carla, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as before:
        client.get(the(topic))
    actions.steer(topic, Deed.PIN, by=carla, reason=WHY, now=now)
    with django_assert_max_num_queries(8) as after:
        client.get(the(topic))
    assert len(after) == len(before)


def test_a_summary_stands_above_the_answers_and_on_paper_and_goes_again(desk, topic, carla, now):
    words = "Zet de stemhokjes **lager**.\n\n<b>Vraag</b> het de mensen."
    for summary, shown in ((words, True), ("", False)):
        assert desk.post(f"{the(topic)}samenvatting/", {"summary": summary, "reason": WHY}).status_code == 302
        for url in (the(topic), f"{the(topic)}afdrukken/"):
            page = Client().get(url).content.decode()
            assert ("&lt;b&gt;Vraag&lt;/b&gt; het de mensen." in page) is shown
            assert "<b>Vraag" not in page
    trace = text_of(Client().get(f"{the(topic)}geschiedenis/"))
    for told in ("Het team schreef een samenvatting", "Het team haalde de samenvatting weg"):
        assert told in trace
    long = desk.post(f"{the(topic)}samenvatting/", {"summary": "x" * 601, "reason": WHY})
    assert "601 tekens lang" in text_of(long)
    assert "x" * 601 in long.content.decode()


def test_a_summary_leaves_with_who_asked(topic, carla, now):
    actions.steer(topic, Deed.SUMMARIZE, by=carla, reason=WHY, now=now, summary="Ans zoekt een stembureau.")
    privacy.erase(topic.author, with_texts=True, now=now)
    assert Topic.objects.get(pk=topic.pk).summary == ""
    assert "Ans" not in str(list(Step.objects.values_list("before", "after", "reason")))
