"""The deeds of who offers a practice and of the team that reads it: what is kept, told, refused and erased."""

from datetime import timedelta

import pytest
from tests.library.offering.conftest import fresh

from meedoen.conversation.quiet import actions as quiet
from meedoen.library import tasks
from meedoen.library.desk import actions as desk
from meedoen.library.desk.checking import gaps_of
from meedoen.library.desk.reading import asked_count
from meedoen.library.models import Article, PracticeOffer, Remark, Withdrawal, Work
from meedoen.library.offering import actions, privacy, rules
from meedoen.library.offering.forms import MemberOfferForm
from meedoen.library.offering.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.models import Municipality, Succession
from meedoen.people.models import Person
from meedoen.people.privacy import actions as people
from meedoen.people.privacy.register import Erasing

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def letters():
    """Which mails went about offers."""
    return list(OutgoingMail.objects.filter(template__startswith="mail/library/").order_by("pk"))


def save(offer, by, now, **fields):
    """What Carla writes in it."""
    work = Work.objects.get(pk=offer.work_id)
    return desk.save(work, {**work.content, **fields}, base=work.number, by=by, now=now)


# Offering


def test_it_waits_at_the_desk_with_the_answers_filled_in(offered, ans, utrecht, now):
    made = offered()
    work = made.work
    told = {name: value for name, value in work.content.items() if value}
    assert told == {
        "title": "Een speeltuin voor ieder kind",
        "body": "We begonnen op school.",
        "happened": "2026-10",
        "with_whom": "Met kinderen.",
        "cost": "Weinig.",
        "themes": ["openbare-ruimte"],
        "municipalities": [utrecht.code],
    }
    assert (made.state, asked_count(), work.municipality) == (State.WAITING, 1, None)
    (letter,) = letters()
    assert (letter.template, letter.to) == ("mail/library/offered.md", "ans@voorbeeld.example")
    assert made.get_absolute_url() in letter.text


@pytest.mark.parametrize(("is_shown", "contact"), [(False, ""), (True, "Joost, 030 000 00 00")])
def test_whom_to_ask_comes_along_after_a_yes_alone(offered, is_shown, contact):
    work = offered(shows_contact=is_shown).work
    assert work.content["contact"] == contact
    blocking = [gap.field for gap in gaps_of(work) if gap.blocks]
    assert blocking == ["summary", "checked_on"] if is_shown else ["summary", "contact", "checked_on"]


def test_no_municipality_is_an_answer(offered):
    assert offered(municipality="geen").work.content["municipalities"] == []


def test_where_it_is_quiet_or_the_team_paused_somebody_nothing_is_offered(answers, ans, now):
    quiet.begin(notice="Vakantie", last_day=(now + DAY).date(), by=None, now=now)
    with pytest.raises(actions.CannotDo, match="Je kunt nu niets plaatsen"):
        actions.offer(answers(), person=ans, now=now)
    quiet.end(by=None, now=now)
    Person.objects.filter(pk=ans.pk).update(banned_at=now)
    with pytest.raises(actions.CannotDo, match="In de mail van ons team"):
        actions.offer(answers(), person=ans, now=now)
    assert not Work.objects.exists()


# Changing


def test_a_change_reaches_the_desk(offered, answers, now):
    made = offered()
    actions.change(made, answers(text="We begonnen thuis."), seen=made.mark, now=now + HOUR)
    made = fresh(made)
    assert (made.work.content["body"], made.answers["text"]) == ("We begonnen thuis.",) * 2
    assert made.work.number == 2


def test_what_the_team_edited_stays_and_the_new_words_are_a_remark(offered, answers, carla, ans, now):
    made = offered()
    save(made, carla, now, body="Het begon op school.", cost="Bijna niets.")
    actions.change(made, answers(text="We begonnen thuis.", result="Een schommel."), seen=made.mark, now=now + HOUR)
    content = fresh(made).work.content
    assert {name: content[name] for name in ("body", "cost", "result")} == {
        "body": "Het begon op school.",
        "cost": "Bijna niets.",
        "result": "Een schommel.",
    }
    remark = Remark.objects.get()
    assert (remark.by, remark.text) == (
        ans,
        "Ik veranderde dit. Jullie ook, dus jullie tekst staat er nog:\n\nTekst\nWe begonnen thuis.",
    )


def test_of_two_pages_the_second_is_told(offered, answers, now):
    made = offered()
    seen = made.mark
    actions.change(made, answers(cost="Veel."), seen=seen, now=now + HOUR)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change(made, answers(cost="Niets."), seen=seen, now=now + 2 * HOUR)
    assert fresh(made).work.content["cost"] == "Veel."


def test_a_day_has_room_for_so_many_changes(offered, answers, now, monkeypatch):
    monkeypatch.setattr(rules, "MAX_CHANGES_PER_DAY", 1)
    made = offered()
    actions.change(made, answers(cost="Veel."), seen=made.mark, now=now)
    made = fresh(made)
    with pytest.raises(actions.CannotDo, match="Morgen kan het weer"):
        actions.change(made, answers(cost="Niets."), seen=made.mark, now=now)
    actions.change(made, answers(cost="Niets."), seen=made.mark, now=now + DAY)
    assert fresh(made).work.content["cost"] == "Niets."


def test_what_is_published_changes_by_the_team_alone(published, answers, now):
    made = published()
    with pytest.raises(actions.CannotDo, match="Mail of bel ons"):
        actions.change(made, answers(cost="Veel."), seen=made.mark, now=now)


# The team asks, publishes, refuses


def test_a_question_of_the_team_is_mailed_and_an_answer_brings_it_back(offered, answers, carla, now):
    made = offered()
    desk.remark(made.work, "Ken jij deze mensen?", by=carla, now=now)
    assert [each.template for each in letters()] == ["mail/library/offered.md"]  # what the team says among itself
    desk.send_back(made.work, "Wie kunnen we bellen?", by=carla, now=now)
    made = fresh(made)
    assert (made.state, made.question, asked_count()) == (State.ASKED, "Wie kunnen we bellen?", 0)
    assert letters()[-1].template == "mail/library/offer_asked.md"
    assert "Wie kunnen we bellen?" in letters()[-1].text
    assert "/beheer/" not in letters()[-1].text
    actions.change(made, answers(contact="Ans, 06"), seen=made.mark, now=now + HOUR)
    made = fresh(made)
    assert (made.state, made.question, asked_count()) == (State.WAITING, "", 1)


def test_published_it_is_thanked_once_with_its_address(published, carla, now):
    made = published()
    article = Article.objects.get()
    assert (made.state, article.contact) == (State.PUBLISHED, "Joost, 030 000 00 00")
    assert [each.template for each in letters()] == ["mail/library/offered.md", "mail/library/offer_published.md"]
    assert article.get_absolute_url() in letters()[-1].text
    work = save(made, carla, now + HOUR, body="Beter.")
    desk.publish(work, number=work.number, by=carla, now=now + HOUR, sentence="Beter gezegd.")
    assert len(letters()) == 2


def test_refused_it_is_mailed_why_and_can_be_taken_up_again(offered, carla, now):
    made = offered()
    actions.refuse(made.work, reason="Dit is reclame.", number=1, now=now)
    actions.refuse(made.work, reason="Dit is reclame.", number=1, now=now)
    made = fresh(made)
    assert (made.state, made.reason, asked_count()) == (State.REFUSED, "Dit is reclame.", 0)
    assert [each.template for each in letters()] == ["mail/library/offered.md", "mail/library/refused.md"]
    assert "Dit is reclame." in letters()[-1].text
    desk.take_back(made.work)
    assert (fresh(made).state, fresh(made).reason) == (State.WAITING, "")


def test_what_changed_meanwhile_is_read_before_it_is_refused(offered, answers, now):
    made = offered()
    actions.change(made, answers(cost="Veel."), seen=made.mark, now=now)
    with pytest.raises(actions.CannotDo, match="Lees hem eerst"):
        actions.refuse(made.work, reason="Nee.", number=1, now=now)


def test_what_is_on_the_site_is_not_refused(published, now):
    made = published()
    with pytest.raises(actions.CannotDo, match="Haal het van de site"):
        actions.refuse(made.work, reason="Nee.", number=made.work.number, now=now)


# Taking back


def test_taken_back_before_it_was_read_and_put_back_in_the_line(offered, now):
    made = offered()
    actions.withdraw(made, now=now)
    actions.withdraw(made, now=now)
    assert (fresh(made).state, asked_count()) == (State.WITHDRAWN, 0)
    actions.put_back(made, now=now)
    actions.put_back(made, now=now)
    assert (fresh(made).state, asked_count()) == (State.WAITING, 1)


def test_taken_back_from_the_site_and_put_back_there(published, now):
    made = published()
    actions.withdraw(made, now=now)
    assert (fresh(made).state, Article.objects.published(now).count()) == (State.WITHDRAWN, 0)
    assert Withdrawal.objects.get().reason == "Wie dit voorbeeld vertelde, nam het terug."
    actions.put_back(made, now=now)
    assert (fresh(made).state, Article.objects.published(now).count()) == (State.PUBLISHED, 1)


def test_the_team_brings_nothing_back_that_was_taken_back(offered, published, carla, now):
    waits, stood = offered(), published(title="Op de site")
    ready = save(waits, carla, now, summary="Kort.", contact="Team", checked_on="2026-11-20")
    actions.withdraw(waits, now=now)
    actions.withdraw(stood, now=now)
    for deed in (
        lambda: desk.take_back(waits.work),
        lambda: desk.publish(ready, number=ready.number, by=carla, now=now),
        lambda: desk.put_back(stood.work, now=now),
        lambda: desk.publish(stood.work, number=stood.work.number, by=carla, now=now),
    ):
        with pytest.raises(desk.CannotDo, match="trok het in"):
            deed()
    with pytest.raises(actions.CannotDo, match="trok het zelf al in"):
        actions.refuse(ready, reason="Nee.", number=ready.number, now=now)
    assert Article.objects.published(now).count() == 0


def test_a_plan_goes_with_what_is_taken_back(offered, carla, now):
    made = offered()
    work = save(made, carla, now, summary="Kort.", contact="Team", checked_on="2026-11-20")
    desk.plan(work, number=work.number, at=now + DAY, by=carla, now=now)
    assert fresh(made).state == State.PLANNED
    actions.withdraw(made, now=now)
    assert desk.publish_due(now=now + 2 * DAY) == 0


# Municipalities, ends and people


def test_a_municipality_that_went_on_in_another_is_said_to_who_offers_and_to_the_team(offered, answers, utrecht, now):
    made = offered()
    almere = Municipality.objects.get(name="Almere")
    Succession.objects.create(
        effective_on=now.date(), old=utrecht, new=almere, kind=Succession.Kind.MERGED, status=Succession.Status.DONE
    )
    Municipality.objects.filter(pk=utrecht.pk).update(is_current=False, ended_on=now.date())
    assert MemberOfferForm(answers()).errors == {"municipality": ["Utrecht is opgegaan in Almere. Kies Almere."]}
    assert MemberOfferForm(answers(municipality="999999")).errors == {
        "municipality": ["Kies een gemeente uit de lijst."]
    }
    assert "De gemeente Utrecht heet nu Almere. Zet die naam erbij." in [gap.words for gap in gaps_of(made.work)]


def test_what_was_refused_taken_back_or_left_without_an_answer_is_erased_in_the_end(offered, published, carla, at, now):
    refused, back, asked = offered(title="Geweigerd"), offered(title="Terug"), offered(title="Gevraagd")
    stood, stays = published(title="Stond er"), published(title="Blijft staan")
    actions.refuse(refused.work, reason="Nee.", number=1, now=now)
    actions.withdraw(back, now=now)
    actions.withdraw(stood, now=now)
    desk.send_back(asked.work, "Waar was het?", by=carla, now=now)
    at(now + 29 * DAY)
    tasks.erase_old()
    assert PracticeOffer.objects.count() == 5
    at(now + 31 * DAY)
    tasks.erase_old()
    assert {each.title for each in PracticeOffer.objects.all()} == {"Gevraagd", "Blijft staan"}
    assert {each.title for each in Article.objects.all()} == {"Een voorbeeld dat weg is", "Blijft staan"}
    at(now + 366 * DAY)
    tasks.erase_old()
    assert [each.pk for each in PracticeOffer.objects.all()] == [stays.pk]


def test_who_offered_takes_along_all_that_was_told(offered, ans):
    offered()
    (row,) = privacy.OFFERED.export(ans)
    assert row["wie anderen kunnen vragen"] == "Joost, 030 000 00 00"
    assert row["wat je vertelde"]["body"] == "We begonnen op school."


def test_erased_nothing_that_nobody_saw_is_left_and_the_text_stays_without_whom_to_ask(offered, published, ans, now):
    offered(), published(title="Op de site")
    privacy.OFFERED.erase(ans, Erasing(with_texts=False, now=now))
    article = Article.objects.get()
    assert (article.title, article.contact) == ("Op de site", "Het projectteam van dit netwerk")
    assert "Joost" not in str(list(Work.objects.values_list("content", "versions__content")))
    assert (Work.objects.count(), PracticeOffer.objects.count()) == (1, 0)


def test_erased_with_their_texts_nothing_of_it_is_left(published, ans, now):
    published()
    people.erase(ans, with_texts=True, now=now)
    article = Article.objects.get()
    told = (article.title, article.slug, article.contact, article.published_at, article.withdrawal.reason)
    gone = "Wie dit voorbeeld vertelde, nam het terug."
    assert told == ("Een voorbeeld dat weg is", f"weg-{article.pk}", "-", None, gone)
    assert (article.summary, article.body, Work.objects.count()) == (gone, gone, 0)
