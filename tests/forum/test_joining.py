"""Bringing topics together and taking them apart: numbers, addresses, answers, followers, who writes meanwhile, undo."""

import threading

import pytest
from django.db import connection, connections
from django.db.utils import OperationalError
from django.test import Client
from lxml import html as parser
from tests.conversation.conftest import HOUR, approve, decide
from tests.forum.test_forum_pages import text_of
from tests.forum.test_steering import WHY, the
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow, Happening
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation import thanking
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.rules import Concern
from meedoen.conversation.moderation.rules import Deed as Decided
from meedoen.conversation.rules import State
from meedoen.forum import actions as forum
from meedoen.forum.models import Shelf, Topic
from meedoen.forum.rules import Kind
from meedoen.forum.steering import actions, rules
from meedoen.forum.steering.models import Step
from meedoen.forum.steering.rules import Deed
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy import actions as privacy

TITLES = ("Hoe maken we een stembureau toegankelijk?", "Stembureaus: wie heeft een hellingbaan?")


@pytest.fixture
def one(begin, answer, person, now):
    """A topic of Ans with two answers of Bram: numbers 1 to 3."""
    topic, bram = begin(person()), person("Bram")
    for number in (2, 3):
        answer(topic, bram, f"Een, bericht {number}.", now=now + HOUR)
    return topic


@pytest.fixture
def other(begin, answer, person, one, now):
    """A topic of Fatima with three answers of Joost, the last one to number 2."""
    topic, joost = begin(person("Fatima"), TITLES[1], text="Ander, bericht 1."), person("Joost")
    written = [answer(topic, joost, f"Ander, bericht {number}.", now=now + 2 * HOUR) for number in (2, 3)]
    answer(topic, joost, "Ander, bericht 4.", reply_to=written[0], now=now + 2 * HOUR)
    return topic


def rows(topic) -> list[tuple]:
    return list(
        Contribution.objects.filter(thread=topic.thread_id).order_by("number", "pk").values_list("number", "text")
    )


def counts(topic) -> tuple:
    topic = Topic.objects.select_related("thread").get(pk=topic.pk)
    return topic.is_shown, topic.reply_count, topic.thread.shown_count, topic.thread.last_number


def merged(other, one, carla, now):
    return actions.merge(other, one, by=carla, reason=WHY, now=now)


def split(topic, numbers, carla, now, **more):
    said = {"title": "Waar vind je een hellingbaan?", "category": "openbare-ruimte", "kind": Kind.QUESTION, **more}
    return actions.split(topic, numbers, by=carla, reason=WHY, now=now, **said)


def numbers(response) -> list[str]:
    return [
        " ".join(each.text_content().split())
        for each in parser.fromstring(response.content).xpath("//article[contains(@class, 'mee-contribution')]/*[1]")
    ]


# Merging ----------------------------------------------------------------------------------------------------


def test_the_box_knows_what_a_guest_began_in_what_was_brought_here(client, one, other, carla, now):
    kept = 'data-device="'
    before = {topic.pk: client.get(topic.get_absolute_url()).content.decode() for topic in (one, other)}
    names = {number: page.split(kept)[1].split('"')[0] for number, page in before.items()}
    assert len(set(names.values())) == 2
    assert "data-device-before" not in before[one.pk]
    merged(other, one, carla, now)
    page = client.get(one.get_absolute_url()).content.decode()
    assert f'{kept}{names[one.pk]}" data-device-before="{names[other.pk]}"' in page


def test_half_a_text_is_found_again_when_a_topic_gets_another_address(client, one, carla, now):
    name = client.get(one.get_absolute_url()).content.decode().split('data-device="')[1].split('"')[0]
    forum.call(one, "Hoe wordt een stembureau toegankelijk?")
    assert f'data-device="{name}"' in client.get(one.get_absolute_url()).content.decode()


def test_merged_contributions_get_new_numbers_in_order_and_their_answers_stay_theirs(client, one, other, carla, now):
    step = merged(other, one, carla, now)
    assert rows(one)[3:] == [(number + 3, f"Ander, bericht {number}.") for number in (1, 2, 3, 4)]
    assert rows(other) == []
    assert (counts(one), counts(other)) == ((True, 6, 7, 7), (False, 0, 0, 4))
    assert (step.topic_id, step.after["first"], step.after["last"]) == (one.pk, 4, 7)
    page = client.get(the(one))
    assert "7. Joost, antwoord op 5" in numbers(page)
    assert "Het team voegde hier een ander onderwerp bij op" in text_of(page)
    assert "Bericht 4 tot en met 7 komen daarvandaan." in text_of(page)
    assert Shelf.objects.get(category="democratie").topic_count == 1


def test_what_was_brought_keeps_its_title_as_long_as_its_words_can_be_read(client, one, other, carla, now):
    step = merged(other, one, carla, now)
    began = f"Begon als eigen vraag: ‘{TITLES[1]}’"
    for address in (the(one), f"{the(one)}gesprek/5/", f"{the(one)}afdrukken/"):
        found = text_of(client.get(address))
        assert (began in found) is ("gesprek" not in address)  # the talk began later
    opening = Contribution.objects.get(thread=one.thread_id, number=4)
    conversation.retract(opening, now=now)
    assert TITLES[1] not in client.get(the(one)).content.decode()
    conversation.put_back(opening, now=now)
    assert began in text_of(client.get(the(one)))
    actions.undo(step, by=carla, now=now)
    assert "Begon als eigen vraag" not in text_of(client.get(the(one)))
    assert "Het team voegde hier" not in text_of(client.get(the(one)))
    assert "Het team haalde de onderwerpen weer uit elkaar" in text_of(client.get(f"{the(one)}geschiedenis/"))


def test_old_addresses_of_a_merged_topic_lead_to_where_it_went(client, one, other, answer, person, carla, now):
    mo = person("Mo")
    for number in range(5, 25):
        answer(other, mo, f"Ander, bericht {number}.")
    old = the(other)
    merged(other, one, carla, now)
    assert client.get(old).url == f"{the(one)}#reactie-4"
    assert client.get(f"{old}?pagina=2").url == f"{the(one)}?pagina=2#reactie-24"
    assert client.get(f"{old}?pagina=99").status_code == 301
    assert client.get(f"/forum/werk/{other.pk}-iets/").url == f"{the(one)}#reactie-4"
    assert client.get(f"{old}gesprek/2/").url == f"{the(one)}#reactie-5"
    assert client.get(f"{old}geschiedenis/").url == f"{the(one)}geschiedenis/"
    assert TITLES[1] not in text_of(client.get("/forum/democratie/"))
    assert Topic.objects.count() == 2
    forum.erase_empty()
    assert client.get(old).status_code == 301


def test_undoing_a_merge_puts_all_back_at_its_own_number_and_leaves_what_was_written_since(
    client, one, other, answer, person, carla, now
):
    before = (rows(one), rows(other), counts(one), counts(other))
    step = merged(other, one, carla, now)
    since = answer(Topic.objects.select_related("thread").get(pk=one.pk), person("Mo"), "Na het samenvoegen.")
    actions.undo(step, by=carla, now=now + HOUR)
    since.refresh_from_db()
    assert (since.thread_id, since.number) == (one.thread_id, 8)
    assert rows(other) == before[1]
    assert rows(one) == [*before[0], (8, "Na het samenvoegen.")]
    assert counts(other) == before[3]
    assert counts(one) == (True, 3, 4, 8)
    assert client.get(the(other)).status_code == 200
    page = client.get(the(one))
    assert [each for each in numbers(page) if "verplaatst" in each] == [
        f"{number}. Dit bericht is verplaatst." for number in (4, 5, 6, 7)
    ]
    links = parser.fromstring(page.content).xpath("//a[contains(., 'op de nieuwe plek')]/@href")
    assert [client.get(each).url for each in links] == [f"{the(other)}#reactie-{number}" for number in (1, 2, 3, 4)]
    with pytest.raises(actions.CannotSteer):
        actions.undo(step, by=carla, now=now + HOUR)
    again = merged(Topic.objects.get(pk=other.pk), Topic.objects.get(pk=one.pk), carla, now)
    assert (again.after["first"], again.after["last"]) == (9, 12)


@pytest.mark.parametrize("state", ["hidden", "retracted", "removed", "waiting"])
def test_what_is_not_to_be_read_stays_so(client, one, other, answer, person, carla, now, state):
    if state == "waiting":
        written = answer(other, person("Elif", trusted=False), "Geheim.")
    else:
        written = answer(other, person("Elif"), "Geheim.")
        if state == "retracted":
            conversation.retract(written, now=now)
        else:
            deed = Decided.HIDE if state == "hidden" else Decided.REMOVE
            decide(written, deed, now=now, ground="onvriendelijk", reason="Schelden.")
    step = merged(other, one, carla, now)
    written.refresh_from_db()
    assert (written.thread_id, written.state) == (one.thread_id, state)
    assert "Geheim" not in client.get(the(one)).content.decode()
    if state == "waiting":
        approve(written, now=now)
        written.refresh_from_db()
        assert written.number == 8
    actions.undo(step, by=carla, now=now)
    written.refresh_from_db()
    assert (written.thread_id, written.number) == (other.thread_id, 5)
    assert counts(other)[3] == 5


def test_reports_and_decisions_stay_with_what_they_are_about(one, other, carla, now, person):
    written = Contribution.objects.get(text="Ander, bericht 2.")
    report = moderation.report(
        contribution=written, title="x", url="", concern=Concern.UNKIND, text="", network="n", person=None, now=now
    )
    merged(other, one, carla, now)
    report.refresh_from_db()
    assert report.contribution_id == written.pk
    decide(written, Decided.HIDE, now=now, ground="onvriendelijk", reason="Schelden.")
    written.refresh_from_db()
    assert (written.thread_id, written.state) == (one.thread_id, State.HIDDEN)
    assert counts(one)[1] == 5


def test_followers_come_along_once_and_hear_no_more_than_they_asked(one, other, person, carla, answer, now):
    there, here = conversation.subject_of(one.thread), conversation.subject_of(other.thread)
    people = {name: person(name) for name in ("Kim", "Gijs", "Lot", "Sam")}

    def follow(name, subject, rhythm):
        return activity.follow(people[name], subject, rhythm=rhythm, now=now)

    follow("Kim", here, Rhythm.WEEKLY)
    follow("Gijs", here, Rhythm.DAILY)
    follow("Gijs", there, Rhythm.WEEKLY)
    follow("Lot", here, Rhythm.DAILY)
    follow("Lot", there, Rhythm.NEVER)
    follow("Sam", here, Rhythm.NEVER)
    step = merged(other, one, carla, now + HOUR)

    def those_who_follow():
        return {each.person.name: each.rhythm for each in Follow.objects.filter(subject=there).select_related("person")}

    assert those_who_follow() == {"Kim": Rhythm.WEEKLY, "Gijs": Rhythm.WEEKLY, "Lot": Rhythm.NEVER}
    told = Happening.objects.get(mark=f"step-{step.pk}")
    assert {each.pk for each in told.subjects.all()} == {there.pk, here.pk}
    actions.undo(step, by=carla, now=now + HOUR)
    assert those_who_follow() == {"Gijs": Rhythm.WEEKLY, "Lot": Rhythm.NEVER}


def test_who_types_while_it_is_merged_away_lands_there_and_is_told(client, one, other, carla, now):
    guest = {"text": "Dit typte ik een half uur.", "name": "Elif", "email": "elif@voorbeeld.example"}
    old = the(other)
    early = client.post(f"{old}reageren/", guest, **HERE).url
    step = merged(other, one, carla, now)
    late = client.post(f"{old}reageren/", {**guest, "text": "Dit ook."}, **HERE).url
    for act in (early, late):
        page = client.get(act)
        assert f"Dit gesprek is samengevoegd met een ander: ‘{TITLES[0]}’." in text_of(page)
        client.post(f"{act}versturen/", **HERE)
        client.post(f"{act}code/", {"code": newest_code()}, **HERE)
    landed = Contribution.objects.filter(text__in=["Dit typte ik een half uur.", "Dit ook."])
    assert {each.thread_id for each in landed} == {one.thread_id}
    third = client.post(f"{the(one)}reageren/", {**guest, "text": "Een derde keer."}, **HERE).url
    assert "samengevoegd" not in text_of(client.get(third))
    actions.undo(step, by=carla, now=now)
    assert Thread.objects.get(pk=other.thread_id).moved_to is None


def test_a_draft_about_a_merged_topic_is_found_there(client, ans, begin, answer, person, carla, now):
    one, other = begin(person("Bram")), begin(person("Fatima"), TITLES[1])
    sign_in(client)
    page = parser.fromstring(client.get(the(other)).content)
    about, tab = (page.xpath(f"//input[@name='{name}']/@value")[0] for name in ("about", "tab"))
    client.post("/concepten/bewaren/", {"about": about, "tab": tab, "text": "Half af."}, **HERE)
    step = merged(other, one, carla, now)
    assert "Half af." in client.get(the(one)).content.decode()
    act = PendingAct.objects.get()
    actions.undo(step, by=carla, now=now)
    assert "Half af." not in client.get(the(one)).content.decode()
    assert "Half af." in client.get(the(other)).content.decode()
    merged(Topic.objects.get(pk=other.pk), Topic.objects.get(pk=one.pk), carla, now)
    client.post(f"/bevestigen/{act.key}/plaatsen/", **HERE)
    assert Contribution.objects.get(text="Half af.").thread_id == one.thread_id


def test_a_closed_topic_takes_in_no_answer_of_who_wrote_in_the_merged_one(client, one, other, carla, now):
    guest = {"text": "Dit typte ik.", "name": "Elif", "email": "elif@voorbeeld.example"}
    merged(other, one, carla, now)
    actions.steer(Topic.objects.get(pk=one.pk), Deed.CLOSE, by=carla, reason=WHY, now=now)
    page = client.post(f"{the(other)}reageren/", guest, **HERE)
    assert (page.status_code, "Dit typte ik." in page.content.decode()) == (409, True)


def test_following_by_an_old_address_follows_where_it_went(client, ans, begin, person, carla, now):
    one, other = begin(person("Bram")), begin(person("Fatima"), TITLES[1])
    merged(other, one, carla, now)
    sign_in(client)
    client.post(f"{the(other)}volgen/", {"rhythm": "dag"}, **HERE)
    assert Follow.objects.get(person=ans).subject.key == str(one.thread_id)


def test_chains_lead_to_the_end_and_are_undone_from_the_end(client, begin, person, carla, now):
    a, b, c = (
        begin(person(name), title)
        for name, title in zip("ABC", ("Eerste vraag?", "Tweede vraag?", "Derde vraag?"), strict=True)
    )
    first = merged(c, b, carla, now)
    second = merged(Topic.objects.get(pk=b.pk), a, carla, now)
    assert client.get(the(c)).url == f"{the(a)}#reactie-3"
    with pytest.raises(actions.CannotSteer):
        actions.undo(first, by=carla, now=now)
    with pytest.raises(actions.CannotSteer):
        merged(Topic.objects.get(pk=a.pk), Topic.objects.get(pk=b.pk), carla, now)
    actions.undo(second, by=carla, now=now)
    actions.undo(first, by=carla, now=now)
    assert [counts(each)[:3] for each in (a, b, c)] == [(True, 0, 1)] * 3


def test_it_is_merged_with_another_that_can_be_read_and_only_by_the_team(desk, one, begin, person, carla, now):
    waiting = begin(person("Elif", trusted=False), "Geheim geheim geheim")
    for wrong, said in ((one, "hetzelfde onderwerp"), (waiting, "vinden we niet"), ("onzin", "vinden we niet")):
        into = wrong if isinstance(wrong, str) else wrong.get_absolute_url()
        assert said in text_of(desk.post(f"{the(one)}samenvoegen/", {"into": into, "reason": WHY}))
    with pytest.raises(actions.CannotSteer):
        merged(waiting, one, carla, now)
    with pytest.raises(actions.CannotSteer):
        merged(one, waiting, carla, now)
    for path in ("samenvoegen/", "splitsen/"):
        assert Client().post(f"{the(one)}{path}", {"reason": WHY}).url.startswith("/inloggen/")
    sign_in(stranger := Client(), "bram@voorbeeld.example")
    for path in ("samenvoegen/", "splitsen/"):
        assert stranger.post(f"{the(one)}{path}", {"reason": WHY}).status_code == 403
    with pytest.raises(actions.CannotSteer):
        merged(one, waiting, Person.objects.get(name="Bram"), now)


def test_the_team_merges_and_undoes_through_the_pages(desk, one, other, carla):
    old = the(other)
    done = desk.post(f"{old}samenvoegen/", {"into": f"https://voorbeeld.example{the(one)}?pagina=1", "reason": WHY})
    step = Step.objects.get()
    assert done.url == f"{the(one)}beheer/?klaar={step.pk}"
    assert "Draai dit terug" in text_of(desk.get(done.url))
    desk.post(f"{the(one)}stap/{step.pk}/terugdraaien/")
    assert counts(other)[:3] == (True, 3, 4)


def test_erasing_who_began_a_merged_topic_keeps_its_address(client, one, other, carla, now):
    merged(other, one, carla, now)
    privacy.erase(Person.objects.get(name="Fatima"), with_texts=True, now=now)
    topic = Topic.objects.get(pk=other.pk)
    assert topic.title == "Een bericht dat weg is"
    assert client.get(the(other)).url == f"{the(one)}#reactie-4"
    assert "Ander, bericht 1." not in client.get(the(one)).content.decode()


# Splitting --------------------------------------------------------------------------------------------------


def test_a_split_leaves_gaps_that_lead_to_the_new_topic(client, one, answer, person, carla, now):
    mo = person("Mo")
    two = Contribution.objects.get(thread=one.thread, number=2)
    answer(one, mo, "Bericht 4, op 2.", reply_to=two)
    answer(one, mo, "Bericht 5.")
    step = split(one, {2, 4}, carla, now)
    new = Topic.objects.get(pk=step.after["topic"])
    assert rows(new) == [(1, "Een, bericht 2."), (2, "Bericht 4, op 2.")]
    assert (new.author.name, new.category, new.reply_count, new.is_shown) == ("Bram", "openbare-ruimte", 1, True)
    page = client.get(the(one))
    assert numbers(page)[1:] == ["2. Dit bericht is verplaatst.", "3. Bram", "4. Dit bericht is verplaatst.", "5. Mo"]
    links = parser.fromstring(page.content).xpath("//a[contains(., 'op de nieuwe plek')]/@href")
    assert [client.get(each).url for each in links] == [f"{the(new)}#reactie-1", f"{the(new)}#reactie-2"]
    assert counts(one) == (True, 2, 3, 5)
    assert "Het team maakte dit los van een ander onderwerp" in text_of(client.get(the(new)))
    assert "Het team gaf 2 berichten een eigen onderwerp" in text_of(page)
    sixth = answer(Topic.objects.select_related("thread").get(pk=one.pk), mo, "Zes.")
    assert sixth.number == 6


def test_the_last_one_moved_leaves_its_number_to_nobody(one, answer, person, carla, now):
    split(one, {3}, carla, now)
    assert answer(Topic.objects.select_related("thread").get(pk=one.pk), person("Mo"), "Vier.").number == 4


def test_what_answers_something_that_was_moved_leads_there(client, one, answer, person, carla, now):
    two = Contribution.objects.get(thread=one.thread, number=2)
    four = answer(one, person("Mo"), "Antwoord.", reply_to=two)
    step = split(one, {2}, carla, now)
    new = Topic.objects.get(pk=step.after["topic"])
    page = client.get(the(one))
    assert "4. Mo, antwoord op een bericht in een ander onderwerp" in numbers(page)
    (link,) = parser.fromstring(page.content).xpath("//a[contains(., 'in een ander onderwerp')]/@href")
    assert client.get(link).url == f"{the(new)}#reactie-1"
    later = answer(Topic.objects.select_related("thread").get(pk=one.pk), person("Kim"), "Daarop.", reply_to=four)
    assert (later.reply_to, later.talk) == (four, four)
    four.refresh_from_db()
    two.refresh_from_db()
    assert (four.answer_count, two.answer_count) == (1, 0)


def test_undoing_a_split_brings_all_back_and_what_was_written_since_too(client, one, answer, person, carla, now):
    before = rows(one)
    step = split(one, {2, 3}, carla, now)
    new = Topic.objects.select_related("thread").get(pk=step.after["topic"])
    answer(new, person("Mo"), "Na het splitsen.")
    old = the(new)
    actions.undo(step, by=carla, now=now)
    assert rows(one) == [*before, (4, "Na het splitsen.")]
    assert counts(one) == (True, 3, 4, 4)
    assert client.get(old).url == f"{the(one)}#reactie-2"
    assert "verplaatst" not in text_of(client.get(the(one)))
    with pytest.raises(actions.CannotSteer):
        actions.undo(step, by=carla, now=now)


def test_a_split_of_what_was_merged_meanwhile_is_not_undone(one, other, carla, now):
    step = split(one, {2}, carla, now)
    new = Topic.objects.get(pk=step.after["topic"])
    merged(other, new, carla, now)
    with pytest.raises(actions.CannotSteer):
        actions.undo(step, by=carla, now=now)
    assert counts(new)[2] == 5


@pytest.mark.parametrize(
    ("chosen", "said"),
    [({1, 2}, "Het eerste bericht blijft hier"), ({2, 99}, "Bericht 99 staat hier niet"), (set(), "Kies minstens")],
)
def test_what_cannot_be_split_off_is_said(one, carla, now, chosen, said):
    with pytest.raises(actions.CannotSteer, match=said):
        split(one, chosen, carla, now)
    assert Topic.objects.count() == 1


def test_a_new_topic_does_not_begin_with_what_is_not_to_be_read(client, one, carla, now):
    two = Contribution.objects.get(thread=one.thread, number=2)
    decide(two, Decided.HIDE, now=now, ground="onvriendelijk", reason="Schelden.")
    with pytest.raises(actions.CannotSteer, match="Begin met een bericht dat te lezen is"):
        split(one, {2, 3}, carla, now)
    assert Topic.objects.count() == 1


def test_the_team_splits_through_the_page(desk, one, carla):
    page = desk.get(f"{the(one)}splitsen/")
    labels = [each.text_content() for each in parser.fromstring(page.content).xpath("//main//label")]
    assert labels[:2] == ["2. Bram: ‘Een, bericht 2.’", "3. Bram: ‘Een, bericht 3.’"]
    said = {"title": "Waar vind je een hellingbaan?", "category": "werk", "reason": WHY}
    assert "Kies minstens een bericht." in text_of(desk.post(f"{the(one)}splitsen/", said))
    assert "Vul alleen nummers in" in text_of(desk.post(f"{the(one)}splitsen/", {**said, "numbers": "drie"}))
    done = desk.post(f"{the(one)}splitsen/", {**said, "chosen": ["2"], "numbers": "3"})
    step = Step.objects.get(topic=one)
    assert done.url == f"{the(one)}beheer/?klaar={step.pk}"
    assert rows(Topic.objects.get(pk=step.after["topic"])) == [(1, "Een, bericht 2."), (2, "Een, bericht 3.")]
    new = Topic.objects.get(pk=step.after["topic"])
    assert "Draai terug" not in text_of(desk.get(f"{the(new)}beheer/"))
    refused = desk.post(f"{the(new)}stap/{Step.objects.get(topic=new).pk}/terugdraaien/")
    assert "Dit draai je terug bij het onderwerp" in text_of(refused)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("3", {3}),
        ("3, 5-8", {3, 5, 6, 7, 8}),
        ("3 en 4", {3, 4}),
        ("5 t/m 6; 9", {5, 6, 9}),
        ("2 4", {2, 4}),
        ("", set()),
    ],
)
def test_numbers_are_read_as_people_type_them(said, found):
    assert rules.numbers_in(said) == found


@pytest.mark.parametrize("said", ["x", "8-5", "0", "1-9999999", "3,,x", "-4", "٣" * 9])
def test_other_words_are_no_numbers(said):
    with pytest.raises(ValueError, match=r"\S"):
        rules.numbers_in(said)


# Many, and at once ------------------------------------------------------------------------------------------


def many(topic, by, count, now):
    topic.thread.refresh_from_db()
    first = topic.thread.last_number
    Contribution.objects.bulk_create(
        [
            Contribution(
                thread=topic.thread, number=first + number, person=by, text=f"Bericht {number}", state=State.SHOWN,
                created_at=now, shown_at=now,
            )
            for number in range(1, count + 1)
        ],
        batch_size=300,
    )  # fmt: skip
    conversation.recount(topic.thread, now=now)


def test_thousands_are_moved_in_few_statements(one, other, person, carla, now, django_assert_max_num_queries):
    joost = Person.objects.get(name="Joost")
    many(other, joost, 5_000, now)
    other, one = Topic.objects.get(pk=other.pk), Topic.objects.get(pk=one.pk)
    with django_assert_max_num_queries(140):
        step = merged(other, one, carla, now)
    assert counts(one)[2:] == (5007, 5007)
    with django_assert_max_num_queries(140):
        actions.undo(step, by=carla, now=now)
    assert counts(other)[2:] == (5004, 5004)
    with django_assert_max_num_queries(150):
        step = split(Topic.objects.get(pk=other.pk), set(range(100, 5_000)), carla, now)
    assert counts(Topic.objects.get(pk=step.after["topic"]))[2] == 4_900


def test_a_page_with_gaps_asks_one_query_more(client, one, carla, now, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(8) as found:
            client.get(the(one))
        return len(found)

    before = asked()
    split(one, {2}, carla, now)
    assert asked() == before + 1


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_and_two_who_answer_at_once_lose_nothing(begin, answer, person, now):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    carla, bram = person("Carla", is_team=True), person("Bram")
    one, other = begin(person()), begin(person("Fatima"), TITLES[1])
    problems, refused = [], []
    start = threading.Barrier(4)

    def run(deed):
        try:
            start.wait()
            for number in range(10):
                deed(number)
        except actions.CannotSteer as problem:
            refused.append(problem)
        except OperationalError as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    def steer(topic, into):
        def deed(_number):
            try:
                step = actions.merge(
                    Topic.objects.get(pk=topic.pk), Topic.objects.get(pk=into.pk), by=carla, reason=WHY, now=now
                )
                actions.undo(step, by=carla, now=now)
            except actions.CannotSteer as problem:
                refused.append(problem)

        return deed

    deeds = [
        steer(one, other),
        steer(other, one),
        lambda number: answer(one, bram, f"Een {number}."),
        lambda number: answer(other, bram, f"Ander {number}."),
    ]
    running = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for each in running:
        each.start()
    for each in running:
        each.join(60)
    assert problems == []
    assert Contribution.objects.count() == 22
    for thread in Thread.objects.all():
        assert thread.shown_count == thread.contributions.count()


# What came later: what helped, thanks, quotes, feeds and paper ----------------------------------------------------


def test_what_helped_thanks_and_quotes_go_along(client, one, other, answer, person, carla, now):
    helped = Contribution.objects.get(text="Ander, bericht 2.")
    thanking.thank(helped, person("Noor"), now=now)
    forum.say_helped(helped, True, now=now)
    quoting = answer(one, person("Mo"), f"> [Joost](/reacties/{helped.pk}/)\n> Ander, bericht 2.\n\nDat klopt.")
    merged(other, one, carla, now)
    page = client.get(the(one))
    assert "6. Joost, dit hielp" in numbers(page)
    assert "1 mens zegt dank je wel." in text_of(page)
    assert Topic.objects.get(pk=one.pk).is_answered
    assert not Topic.objects.get(pk=other.pk).is_answered
    assert "Ander, bericht 2." in client.get(f"/reacties/{quoting.pk}/antwoord/").content.decode()
    assert client.get(f"/reacties/{helped.pk}/").url == f"{the(one)}#reactie-6"


def test_feed_and_paper_of_a_merged_topic_lead_to_where_it_went(client, one, other, carla, now):
    step = merged(other, one, carla, now)
    feed = f"/feeds/onderwerp/{other.pk}.atom"
    assert client.get(feed).url == f"/feeds/onderwerp/{one.pk}.atom"
    assert "Ander, bericht 4." in client.get(feed, follow=True).content.decode()
    assert client.get(f"{the(other)}afdrukken/").url == f"{the(one)}#reactie-4"
    actions.undo(step, by=carla, now=now)
    assert client.get(feed).status_code == 200
    assert client.get("/feeds/onderwerp/999.atom").status_code == 404


def test_nobody_reads_by_an_old_place_what_was_hidden_since(client, one, carla, now):
    split(one, {2}, carla, now)
    two = Contribution.objects.get(text="Een, bericht 2.")
    decide(two, Decided.HIDE, now=now, ground="onvriendelijk", reason="Schelden.")
    for url in (the(one), f"{the(one)}afdrukken/", f"/feeds/onderwerp/{one.pk}.atom", f"/reacties/{two.pk}/"):
        assert "Een, bericht 2." not in client.get(url, follow=True).content.decode()


def test_where_it_went_is_told_to_nobody_while_that_is_hidden(client, one, other, carla, now):
    """The addresses of a hidden topic hold its title."""
    old, opening = the(other), Contribution.objects.get(thread=one.thread_id, number=1)
    moved = Contribution.objects.get(text="Ander, bericht 2.")
    merged(other, one, carla, now)
    decide(opening, Decided.HIDE, now=now, ground="onvriendelijk", reason="Schelden.")
    for path in ("", "?pagina=2", "gesprek/2/", "afdrukken/", "geschiedenis/", "volgen/"):
        page = client.get(f"{old}{path}")
        assert (page.status_code, one.slug in str(page.headers)) == (404, False)
    assert client.get(f"/feeds/onderwerp/{other.pk}.atom").status_code == 404
    assert client.get(f"/reacties/{moved.pk}/").status_code == 404


def test_a_gap_stands_on_paper_too(client, one, carla, now):
    split(one, {2}, carla, now)
    page = client.get(f"{the(one)}afdrukken/")
    assert numbers(page) == ["1. Ans", "2. Dit bericht is verplaatst.", "3. Bram"]
