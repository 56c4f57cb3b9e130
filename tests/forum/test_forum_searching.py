"""What search finds of the forum: topics and what was said in them, and what notes that they changed."""

from contextlib import nullcontext
from datetime import date

import pytest
from tests.conversation.conftest import decide
from tests.forum.test_forum_helped import WHY, contribution
from tests.forum.test_forum_helped import asked as asked
from tests.forum.test_forum_helped import asker as asker
from tests.people.standing.conftest import municipality
from tests.search.sourced import found, noted, notes, queries

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation.rules import Deed
from meedoen.forum import actions
from meedoen.forum.models import Topic
from meedoen.forum.steering import actions as steering
from meedoen.forum.steering.actions import joining
from meedoen.forum.steering.rules import Deed as Step
from meedoen.municipalities.models import Municipality
from meedoen.people.privacy import actions as privacy
from meedoen.search.documents import Document


@pytest.fixture
def topic(asked):
    Topic.objects.filter(pk=asked.pk).update(municipality=municipality("Voorbeeldstad", "9001"))
    return Topic.objects.get()


def test_a_topic_says_what_it_began_with_and_what_it_comes_down_to(topic):
    Topic.objects.update(summary="Vraag het de griffie.")
    Contribution.objects.filter(number=1).update(text="Wie heeft **ervaring**?\n\n> Citaat\n\nZie https://x.example/y")
    assert found("topic") == {
        str(topic.pk): Document(
            key=str(topic.pk),
            url=topic.get_absolute_url(),
            title="Hoe maken we een stembureau toegankelijk?",
            summary="Vraag het de griffie.",
            body="Wie heeft ervaring?\n\nZie",
            group=f"topic:{topic.pk}",
            date=date(2026, 12, 3),
            place="Voorbeeldstad",
            themes=("democratie",),
            municipalities=("voorbeeldstad",),
        )
    }


def test_an_answer_is_found_by_itself_in_the_group_of_its_topic(topic, now):
    answer = contribution(topic, 2)
    Contribution.objects.filter(pk=answer.pk).update(
        text="Bij ons: *drempelhulp*.", shown_files=[{"title": "Plan van de raad"}, {"description": "Een helling"}]
    )
    assert found("contribution", answer.pk) == {
        str(answer.pk): Document(
            key=str(answer.pk),
            url=f"{topic.get_absolute_url()}#reactie-2",
            title="Bij ons: drempelhulp.",
            body="Bij ons: drempelhulp.\n\nPlan van de raad\n\nEen helling",
            place="Hoe maken we een stembureau toegankelijk?",
            group=f"topic:{topic.pk}",
            date=date(2026, 12, 3),
            themes=("democratie",),
            municipalities=("voorbeeldstad",),
        )
    }
    assert set(found("contribution")) == {str(each.pk) for each in Contribution.objects.filter(number__gt=1)}


def test_what_helped_is_worth_more_and_so_is_its_topic(topic, now):
    answer = contribution(topic, 2)
    with notes(("topic", topic.pk), ("contribution", answer.pk)):
        actions.say_helped(answer, True, now=now)
    assert found("topic")[str(topic.pk)].worth == 1
    assert {each.key for each in found("contribution").values() if each.worth == 1} == {str(answer.pk)}


def test_what_the_team_takes_away_is_found_nowhere(topic, carla, now):
    answer, opening = contribution(topic, 2), contribution(topic, 1)
    with notes(("contribution", answer.pk)):
        decide(answer, Deed.REMOVE, now=now, **WHY)
    assert str(answer.pk) not in found("contribution")
    assert found("contribution")
    with notes(("topic", topic.pk)):
        decide(opening, Deed.REMOVE, now=now, **WHY)
    assert (found("topic"), found("contribution")) == ({}, {})
    assert found("topic", topic.pk) == found("contribution", answer.pk) == {}


def test_what_its_writer_takes_back_is_found_without_it(topic, now):
    opening = contribution(topic, 1)
    with notes(("topic", topic.pk), *(("contribution", key) for key in found("contribution"))):
        conversation.retract(opening, now=now)
    document = found("topic")[str(topic.pk)]
    assert (document.title, document.body) == (Topic.objects.get().title, "")
    assert document.title != topic.title


def test_another_title_changes_what_all_its_answers_are_about(topic):
    with notes(("topic", topic.pk), *(("contribution", key) for key in found("contribution"))):
        actions.call(topic, "Hoe maken we een gemeentehuis toegankelijk?")
    assert {each.place for each in found("contribution").values()} == {"Hoe maken we een gemeentehuis toegankelijk?"}


def test_other_words_change_it_and_so_do_those_of_many_at_once(topic, now):
    with notes(("topic", topic.pk)):
        conversation.edit(contribution(topic, 1), text="Iets anders.", now=now)
    with notes(("contribution", contribution(topic, 2).pk), ("contribution", contribution(topic, 3).pk)):
        Contribution.objects.update(text="Alles anders.")
    with notes(("topic", topic.pk)):
        Topic.objects.update(is_shown=False)


def test_what_is_counted_of_them_changes_nothing(topic, person, now):
    noted()
    Topic.objects.update(reply_count=7, last_at=now, similar=[1])
    Contribution.objects.update(thanks_count=3, answer_count=2, mentioned=[1])
    assert noted() == set()


def test_another_name_of_its_municipality_changes_it(topic):
    with notes(("topic", topic.pk)):
        topic.municipality.name = "Nieuwstad"
        topic.municipality.save()
    assert found("topic")[str(topic.pk)].place == "Nieuwstad"


def test_it_asks_as_much_of_one_as_of_many(topic, begin, answer, person):
    again = begin(person("Dirk"), "Wie heeft een drempelhulp te leen?")
    answer(again, person("Elif"))
    topics, replies = list(found("topic")), list(found("contribution"))
    assert queries("topic", topics[:1]) == queries("topic", topics) == (3, 1)
    assert queries("contribution", replies[:1]) == queries("contribution", replies) == (3, 1)


def test_keys_that_are_none_find_nothing(topic):
    for kind in ("topic", "contribution"):
        assert found(kind, "x", "", "-1", "٣", str(10**30)) == {}


@pytest.mark.parametrize("with_texts", [True, False])
def test_of_who_is_erased_nothing_is_found_that_they_wanted_gone(topic, with_texts, now):
    Topic.objects.update(title="Vraag van Ans over de stembus")
    theirs = contribution(topic, 2)
    bram = theirs.person
    with notes(("contribution", theirs.pk)) if with_texts else nullcontext():
        privacy.erase(bram, with_texts=with_texts, now=now)
    assert (str(theirs.pk) in found("contribution")) is not with_texts
    ans = contribution(topic, 1).person
    with notes(("topic", topic.pk), *(("contribution", key) for key in found("contribution"))):
        privacy.erase(ans, with_texts=with_texts, now=now)
    assert [each.municipalities for each in found("contribution").values()] == [()] * len(found("contribution"))
    assert [each.place for each in found("topic").values()] == [""]
    assert ("stembus" in str(found("topic"))) is not with_texts


def test_what_was_joined_is_found_where_it_stands_now(topic, begin, answer, person, carla, now):
    into = begin(person("Dirk"), "Wie leent ons een mobiele helling uit?", category="openbare-ruimte")
    answers = [contribution(topic, number) for number in (1, 2, 3)]
    with notes(("topic", topic.pk), *(("contribution", each.pk) for each in answers)):
        step = joining.merge(topic, into, by=carla, reason="Hetzelfde.", now=now)
    assert set(found("topic")) == {str(into.pk)}
    documents = found("contribution")
    assert set(documents) == {str(each.pk) for each in answers}
    assert {each.group for each in documents.values()} == {f"topic:{into.pk}"}
    assert {each.themes for each in documents.values()} == {("openbare-ruimte",)}
    assert {each.place for each in documents.values()} == {into.title}
    with notes(("topic", topic.pk), *(("contribution", each.pk) for each in answers[1:])):
        joining.undo_merge(step, by=carla, now=now)
    assert set(found("topic")) == {str(into.pk), str(topic.pk)}
    assert {each.group for each in found("contribution").values()} == {f"topic:{topic.pk}"}


def test_another_category_changes_what_was_said_there(topic, carla, now):
    with notes(("topic", topic.pk), *(("contribution", key) for key in found("contribution"))):
        steering.steer(topic, Step.MOVE, by=carla, reason="Past hier beter.", now=now, category="informatie")
    assert {each.themes for each in found("contribution").values()} == {("informatie",)}


def test_another_address_of_its_municipality_changes_what_was_said_there(topic):
    with notes(*(("contribution", key) for key in found("contribution"))):
        Municipality.objects.update(slug="anders")
    assert {each.municipalities for each in found("contribution").values()} == {("anders",)}
