"""Telling, deciding, withdrawing; names by consent; what became of it a year later; what is kept and erased."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.files.samples import picture

from meedoen.activity.models import Happening
from meedoen.celebrations import actions, privacy, rules, starting
from meedoen.celebrations.afterwards import actions as afterwards
from meedoen.celebrations.makers import actions as makers
from meedoen.celebrations.models import Celebration, Loaded, Maker, OldAddress, Outcome, Picture, Question
from meedoen.celebrations.pictures import actions as pictures
from meedoen.celebrations.rules import Deed, State
from meedoen.files import store
from meedoen.files.rules import Described
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.actions import load_register
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy.register import Erasing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR_LATER = timedelta(days=366)


def uploaded(content, name="feest.jpg"):
    return SimpleUploadedFile(name, content)


def mails(person=None):
    found = OutgoingMail.objects.order_by("pk")
    return [each.subject for each in (found.filter(to=person.address.email) if person else found)]


def test_who_tells_waits_for_the_team_and_is_mailed_the_way_back(offered):
    found = offered()
    assert (found.state, found.slug, found.dated_on) == (State.WAITING, "de-agenda-is-klaar", date(2026, 11, 12))
    mail = OutgoingMail.objects.get()
    assert mail.to == "ans@voorbeeld.example"
    assert found.own_url in mail.text
    assert not Happening.objects.exists()


def test_a_contact_places_at_once_what_is_of_their_own_municipality_alone(offered, contact):
    assert offered(by=contact).state == State.PUBLISHED
    assert offered("Samen gevierd", by=contact, of=("Utrecht", "Stein")).state == State.WAITING
    assert offered("Elders gevierd", by=contact, of=("Stein",)).state == State.WAITING


def test_who_may_not_write_now_tells_nothing(facts, person, now):
    banned = person("Dirk", banned_at=now)
    with pytest.raises(actions.CannotDo):
        actions.offer(facts(), person=banned, now=now)
    assert not Celebration.objects.exists()


def test_the_same_sentence_twice_has_two_addresses_and_none_of_ours(offered):
    assert [offered(title).slug for title in ("Feest", "Feest", "Vertellen", "!!!")] == [
        "feest",
        "feest-2",
        "vertellen-2",
        "succes",
    ]


def test_the_team_places_it_and_followers_hear_of_it(offered, carla, now):
    found = offered()
    actions.decide(found, Deed.PUBLISH, by=carla, seen=found.mark, now=now)
    found.refresh_from_db()
    assert (found.state, found.published_at, found.ask_on) == (State.PUBLISHED, now, date(2027, 12, 3))
    happening = Happening.objects.get()
    assert {each.kind for each in happening.subjects.all()} == {"municipality", "celebrations"}
    assert mails()[-1] == "Je succes staat op de site: De agenda is klaar"


@pytest.mark.parametrize("deed", [Deed.ASK, Deed.REFUSE])
def test_no_without_a_reason_is_no_answer(offered, carla, now, deed):
    found = offered()
    with pytest.raises(actions.CannotDo):
        actions.decide(found, deed, by=carla, seen=found.mark, reason=" ", now=now)
    actions.decide(found, deed, by=carla, seen=found.mark, reason="Noem de raad, niet de buurman.", now=now)
    assert Celebration.objects.get().state == rules.TO[deed]
    assert "Noem de raad, niet de buurman." in OutgoingMail.objects.latest("pk").text
    assert Celebration.objects.get().steps.get().reason == "Noem de raad, niet de buurman."


def test_only_the_team_decides_and_only_about_what_it_saw(offered, carla, contact, now):
    found = offered()
    with pytest.raises(actions.CannotDo):
        actions.decide(found, Deed.PUBLISH, by=contact, seen=found.mark, now=now)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.decide(found, Deed.PUBLISH, by=carla, seen="iets anders", now=now)
    assert Celebration.objects.get().state == State.WAITING


def test_what_was_asked_to_change_waits_again(offered, facts, carla, now):
    found = offered()
    found = actions.decide(found, Deed.ASK, by=carla, seen=found.mark, reason="Korter.", now=now)
    actions.change(found, facts("De agenda is af"), seen=found.mark, is_keeper=False, now=now + DAY)
    found.refresh_from_db()
    assert (found.state, found.slug, found.waits_since) == (State.WAITING, "de-agenda-is-af", now + DAY)


def test_two_who_change_at_once_write_nothing_over(offered, facts, now):
    found = offered()
    seen = found.mark
    actions.change(found, facts("Eerst"), seen=seen, is_keeper=False, now=now + DAY)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change(found, facts("Daarna"), seen=seen, is_keeper=False, now=now + DAY)
    assert Celebration.objects.get().title == "Eerst"


def test_what_stands_is_changed_by_its_keepers_alone_and_keeps_its_address(published, facts, now):
    found = published()
    with pytest.raises(actions.CannotDo):
        actions.change(found, facts("Anders"), seen=found.mark, is_keeper=False, now=now)
    actions.change(found, facts("Anders"), seen=found.mark, is_keeper=True, now=now)
    found.refresh_from_db()
    assert (found.title, found.slug) == ("Anders", "de-agenda-is-klaar")


def test_withdrawn_is_out_of_sight_and_comes_back_where_it_stood(published, offered, now):
    stood, waited = published(), offered("Wacht nog")
    for found, before in ((stood, State.PUBLISHED), (waited, State.WAITING)):
        actions.withdraw(found, now=now)
        actions.withdraw(found, now=now)
        assert Celebration.objects.get(pk=found.pk).state == State.WITHDRAWN
        assert not Happening.objects.exists()
        actions.put_back(found, now=now)
        assert Celebration.objects.get(pk=found.pk).state == before
        Happening.objects.all().delete()


def test_another_address_leads_on_and_one_that_was_stays_taken(published, now):
    found, other = published(), published("Iets anders")
    actions.rename(found, slug="klaar", now=now)
    assert OldAddress.objects.get().slug == "de-agenda-is-klaar"
    for taken in ("de-agenda-is-klaar", "klaar", "mijn"):
        with pytest.raises(actions.CannotDo):
            actions.rename(other, slug=taken, now=now)
    actions.rename(found, slug="de-agenda-is-klaar", now=now)
    assert [each.slug for each in OldAddress.objects.all()] == ["klaar"]


# Who made it


@pytest.fixture
def maker(published, now):
    return makers.ask(
        published(), name="Jan Jansen", role="inwoner", email="elif@voorbeeld.example", network="n", now=now
    )


def test_who_is_asked_is_mailed_nothing_that_was_typed(maker):
    mail = OutgoingMail.objects.latest("pk")
    assert mail.to == "elif@voorbeeld.example"
    for typed in ("Jan Jansen", "inwoner", "De agenda is klaar", "De hele raad"):
        assert typed not in mail.text + mail.html + mail.subject
    assert maker.url in mail.text
    assert "Utrecht" in mail.text
    assert not Maker.objects.shown().exists()


def test_nobody_is_asked_twice_and_no_more_than_fit(maker, now):
    with pytest.raises(actions.CannotDo):
        makers.ask(maker.celebration, name="J", role="", email=maker.email, network="n", now=now)
    for number in range(rules.MAX_MAKERS - 1):
        makers.ask(maker.celebration, name="X", role="", email=f"x{number}@voorbeeld.example", network="n", now=now)
    with pytest.raises(actions.CannotDo):
        makers.ask(maker.celebration, name="X", role="", email="veel@voorbeeld.example", network="n", now=now)


def test_a_name_stands_after_a_yes_and_is_gone_at_once(maker, person, now):
    elif_ = person("Elif")
    makers.consent(maker, elif_, name="Elif", role="dacht mee", now=now)
    shown = Maker.objects.shown().get()
    assert (shown.name, shown.role, shown.email) == ("Elif", "dacht mee", "")
    assert maker.url in OutgoingMail.objects.latest("pk").text
    makers.withdraw(shown, now=now)
    assert not Maker.objects.shown().exists()
    act = makers.come_back(Maker.objects.get(), network="n", now=now)
    assert (act.email, PendingAct.State(act.state)) == ("elif@voorbeeld.example", PendingAct.State.SENT)
    assert not Maker.objects.shown().exists()


def test_a_yes_to_somebody_else_or_to_what_is_gone_names_nobody(maker, person, now):
    makers.consent(maker, person("Elif"), name="Elif", role="", now=now)
    with pytest.raises(actions.CannotDo):
        makers.consent(maker, person("Fatima"), name="Fatima", role="", now=now)
    actions.withdraw(maker.celebration, now=now)
    with pytest.raises(actions.CannotDo):
        makers.consent(maker, Person.objects.get(name="Elif"), name="Elif", role="", now=now)


def test_names_of_who_said_no_or_nothing_are_forgotten(maker, now):
    makers.erase_old(now=now + rules.KEEP_ASKED - DAY)
    assert Maker.objects.exists()
    makers.withdraw(maker, now=now)
    makers.erase_old(now=now + rules.KEEP_NAME)
    assert not Maker.objects.exists()


# A year later


def test_a_year_later_is_asked_once_and_once_more_and_never_again(published, contact, now):
    found = published()
    ans = found.offered_by
    later = now + YEAR_LATER
    assert afterwards.ask(now=later - 3 * DAY) == 0
    assert (afterwards.ask(now=later), afterwards.ask(now=later + DAY)) == (2, 0)
    assert mails(ans)[-1] == mails(contact)[-1] == "Wat is ervan geworden? De agenda is klaar"
    assert afterwards.ask(now=later + rules.REMIND_AFTER) == 2
    assert afterwards.ask(now=later + 2 * rules.REMIND_AFTER) == 0
    actions.withdraw(found, now=later + 2 * rules.REMIND_AFTER)
    actions.put_back(found, now=later + 2 * rules.REMIND_AFTER)
    assert afterwards.ask(now=later + 2 * YEAR_LATER) == 0


def test_stop_works_and_so_does_an_answer(published, contact, now):
    found = published()
    later = now + YEAR_LATER
    afterwards.ask(now=later)
    stopped, answered = Question.objects.get(person=found.offered_by), Question.objects.get(person=contact)
    afterwards.stop(stopped, now=later)
    afterwards.answer(answered, text="De helft is gelukt.", now=later)
    afterwards.answer(answered, text="Bijna alles is gelukt.", now=later + DAY)
    told = Outcome.objects.shown().get()
    assert (told.text, told.municipality.name, told.told_at) == ("Bijna alles is gelukt.", "Utrecht", later + DAY)
    assert afterwards.ask(now=later + rules.REMIND_AFTER) == 0
    afterwards.take_away(answered, now=later)
    assert not Outcome.objects.shown().exists()


def test_where_there_is_nobody_to_ask_is_looked_again_later(published, contact, now):
    found = published(of=("Stein",))
    Celebration.objects.update(offered_by=None)
    later = now + YEAR_LATER
    assert afterwards.ask(now=later) == 0
    found.refresh_from_db()
    assert found.ask_on == (later + rules.LOOK_AGAIN).date()


def test_what_is_not_on_the_site_or_invented_is_not_asked_about(published, offered, now):
    actions.withdraw(published(), now=now)
    offered("Wacht nog")
    assert afterwards.ask(now=now + 2 * YEAR_LATER) == 0


# Pictures


def test_a_picture_stands_once_it_is_said_what_is_on_it(offered, person, now):
    found = offered()
    added = pictures.add(found, uploaded(picture()), person=found.offered_by, network="n", now=now)
    again = pictures.add(found, uploaded(picture()), person=found.offered_by, network="n", now=now)
    assert again.pk == added.pk
    assert not Picture.objects.shown().exists()
    pictures.describe(added, described=Described.WRITTEN, description="Een taart.", now=now)
    assert Picture.objects.shown().get().description == "Een taart."
    with pytest.raises(actions.CannotDo):
        pictures.add(found, uploaded(b"geen foto", "feest.jpg"), person=None, network="n", now=now)


def test_a_picture_of_what_is_erased_is_erased_too(offered, now, django_capture_on_commit_callbacks):
    found = offered()
    added = pictures.add(found, uploaded(picture()), person=found.offered_by, network="n", now=now)
    found.delete()
    with django_capture_on_commit_callbacks(execute=True):
        pictures.erase_old(now=now)
    assert not Picture.objects.exists()
    with pytest.raises(FileNotFoundError):
        store.read(added.name)


# What is held of people


def test_everything_of_somebody_goes_along_and_is_erased(published, offered, maker, person, now):
    ans, elif_ = Person.objects.get(name="Ans"), person("Elif")
    makers.consent(maker, elif_, name="Elif", role="inwoner", now=now)
    offered("Wacht nog")
    assert [each["zin"] for each in privacy.TOLD.export(ans)] == ["De agenda is klaar", "Wacht nog"]
    assert [each["naam"] for each in privacy.NAMED.export(elif_)] == ["Elif"]
    privacy.NAMED.erase(elif_, Erasing(with_texts=False, now=now))
    assert not Maker.objects.exists()
    privacy.TOLD.erase(ans, Erasing(with_texts=False, now=now))
    left = Celebration.objects.get()
    assert (left.title, left.state, left.offered_by) == ("De agenda is klaar", State.PUBLISHED, None)


def test_who_leaves_with_their_texts_leaves_no_celebration(published, now):
    found = published()
    privacy.TOLD.erase(found.offered_by, Erasing(with_texts=True, now=now))
    found.refresh_from_db()
    assert (found.state, found.text, found.offered_by) == (State.WITHDRAWN, "", None)
    assert "agenda" not in found.slug + found.title
    assert not Happening.objects.exists()
    actions.put_back(found, now=now)
    assert Celebration.objects.get().state == State.WITHDRAWN


def test_what_was_not_placed_goes_after_a_year(offered, carla, now):
    found = offered()
    actions.decide(found, Deed.REFUSE, by=carla, seen=found.mark, reason="Dit is reclame.", now=now)
    privacy.erase_left(now=now + rules.KEEP_LEFT - DAY)
    assert Celebration.objects.exists()
    privacy.erase_left(now=now + rules.KEEP_LEFT)
    assert not Celebration.objects.exists()


# Starting content


def test_the_starting_celebrations_load_once_and_what_changed_on_the_site_stays(now, carla, facts):
    load_register(now=now)
    assert starting.load_starting_celebrations(now=now, examples=False) == 12
    assert starting.load_starting_celebrations(now=now, examples=False) == 0
    found = Celebration.objects.get(slug="zuidplas-stelt-de-agenda-vast")
    assert found.sources.count() == 1
    assert found.ask_on is not None
    actions.change(found, facts("Zuidplas vertelt het zelf"), seen=found.mark, is_keeper=True, now=now)
    Loaded.objects.update(mark="een eerdere")
    assert starting.load_starting_celebrations(now=now, examples=False) == 11
    found.refresh_from_db()
    assert found.title == "Zuidplas vertelt het zelf"


def test_each_starting_celebration_has_a_source_and_a_kind():
    for entry in starting.entries():
        assert entry["sources"], entry["name"]
        assert entry["kind"] in list(rules.Kind), entry["name"]
        assert len(entry["title"]) <= rules.MAX_TITLE_LENGTH
        assert entry["name"] not in rules.RESERVED
        assert rules.dated_on(entry.get("happened", ""))
