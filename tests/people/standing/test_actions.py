"""What is shown beside a name, by whose word, and how it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.people.standing.conftest import person

from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Person
from meedoen.people.privacy import actions as privacy
from meedoen.people.standing import actions, rules
from meedoen.people.standing.models import Contact, MailDomain, Mandate, MandateChange, Workplace
from meedoen.people.standing.reading import capacity, domains_in_use, standing_of, work_choices

DAY = timedelta(days=1)


def words(person) -> str:
    return capacity(Person.objects.get(pk=person.pk))


def mails() -> list[tuple[str, str]]:
    return [(each.template.removeprefix("mail/people/"), each.to) for each in OutgoingMail.objects.order_by("pk")]


def test_working_somewhere_is_shown_only_by_ones_own_choice(bram, domain):
    assert [(each.municipality.name, shown) for each, shown in work_choices(bram)] == [("Voorbeeldstad", False)]
    assert words(bram) == ""
    actions.show_work(bram, domain, now=clock.now())
    assert words(bram) == "werkt bij gemeente Voorbeeldstad"
    actions.show_work(bram, None, now=clock.now())
    assert words(bram) == ""
    assert Workplace.objects.filter(ended_at__isnull=False).count() == 1


def test_role_and_municipality_are_said_once(bram, domain, town, village):
    actions.show_work(bram, domain, now=clock.now())
    Person.objects.filter(pk=bram.pk).update(role="ambtenaar", municipality=town)
    assert words(bram) == "ambtenaar, werkt bij gemeente Voorbeeldstad"
    Person.objects.filter(pk=bram.pk).update(municipality=village)
    assert words(bram) == "ambtenaar in Anderdorp, werkt bij gemeente Voorbeeldstad"


@pytest.mark.parametrize(
    ("email", "fits"),
    [
        ("mo@voorbeeldstad.example", True),
        ("mo@post.voorbeeldstad.example", True),
        ("mo@nietvoorbeeldstad.example", False),
        ("mo@voorbeeldstad.example.boef.example", False),
        ('"x@voorbeeldstad.example"@boef.example', False),
    ],
)
def test_only_an_address_of_the_domain_proves_it(domain, email, fits):
    mo = person("Mo", email)
    assert bool(work_choices(mo)) is fits
    if not fits:
        with pytest.raises(actions.Refused):
            actions.show_work(mo, domain, now=clock.now())


def test_an_address_that_nobody_proved_proves_nothing(bram, domain):
    bram.address.verified_at = None
    bram.address.save()
    assert work_choices(bram) == []
    with pytest.raises(actions.Refused):
        actions.show_work(bram, domain, now=clock.now())


@pytest.mark.parametrize("name", ["gmail.com", "ziggo.nl", "mail.ziggo.nl", "nl", "co.uk", "", "een twee"])
def test_a_domain_of_everybody_is_refused(town, carla, name):
    with pytest.raises(actions.Refused):
        actions.approve_domain(name, [town], by=carla, now=clock.now())
    assert not MailDomain.objects.exists()


def test_municipalities_that_work_together_share_a_domain_and_the_person_chooses(bram, town, village, carla):
    actions.approve_domain("voorbeeldstad.example", [town, village], by=carla, now=clock.now())
    actions.approve_domain("voorbeeldstad.example", [town, village], by=carla, now=clock.now())
    choices = [each for each, _shown in work_choices(bram)]
    assert [each.municipality.name for each in choices] == ["Anderdorp", "Voorbeeldstad"]
    actions.show_work(bram, choices[0], now=clock.now())
    actions.show_work(bram, choices[1], now=clock.now())
    assert words(bram) == "werkt bij gemeente Voorbeeldstad"


def test_a_domain_that_is_withdrawn_disappears_everywhere_and_is_told(bram, domain, carla):
    actions.show_work(bram, domain, now=clock.now())
    actions.withdraw_domain(domain, by=carla, reason="Het was een ander bedrijf.", now=clock.now())
    actions.withdraw_domain(domain, by=carla, reason="Nog eens.", now=clock.now())
    assert (words(bram), work_choices(bram)) == ("", [])
    assert mails() == [("work_ended.md", "bram@voorbeeldstad.example")]
    assert "Het was een ander bedrijf." in OutgoingMail.objects.get().text


def test_domains_in_use_are_listed_until_they_are_known(bram, gijs, domain, carla):
    person("Mo", "mo@gmail.com")
    person("Joke", "joke@polderdorp.example")
    person("Jan", "jan@polderdorp.example")
    assert domains_in_use() == [("polderdorp.example", 2), ("voorbeeld.example", 1)]


def test_asking_mails_the_contacts_and_nobody_else(asked, fatima):
    assert mails()[-2:] == [
        ("mandate_asked.md", "gijs@voorbeeldstad.example"),
        ("contact_made.md", "fatima@anderdorp.example"),
    ]
    assert words(asked.person) == ""


def test_asking_mails_the_team_where_there_is_no_contact(bram, town, carla):
    actions.ask(bram, town, words="", now=clock.now())
    actions.ask(bram, town, words="", now=clock.now())
    assert mails() == [("mandate_asked.md", "carla@voorbeeld.example")]


def test_a_contact_says_yes(given):
    assert words(given.person) == "spreekt namens gemeente Voorbeeldstad"
    assert mails()[-1] == ("mandate_given.md", "bram@voorbeeldstad.example")
    assert [(each.deed, each.by.name) for each in MandateChange.objects.all()] == [("ask", "Bram"), ("give", "Gijs")]


def test_a_contact_says_no_with_a_reason_and_the_asker_waits_before_asking_again(asked, gijs, bram, town):
    now = clock.now()
    actions.decide(asked, granted=False, by=gijs, reason="Je werkt hier niet meer.", now=now)
    assert mails()[-1] == ("mandate_refused.md", "bram@voorbeeldstad.example")
    assert "Je werkt hier niet meer." in OutgoingMail.objects.latest("pk").text
    with pytest.raises(actions.Refused):
        actions.ask(bram, town, words="", now=now + DAY)
    assert actions.ask(bram, town, words="", now=now + rules.ASK_AGAIN + DAY).state == "asked"


@pytest.mark.parametrize("who", ["bram", "fatima", "ans"])
def test_nobody_else_decides(request, asked, who, fatima, ans):
    by = request.getfixturevalue(who)
    with pytest.raises(actions.Refused):
        actions.decide(asked, granted=True, by=by, reason="", now=clock.now())
    with pytest.raises(actions.Refused):
        actions.give(asked.person, asked.municipality, by=by, now=clock.now())
    assert Mandate.objects.get().state == "asked"


def test_a_contact_who_is_one_no_more_decides_no_more(asked, gijs, carla):
    actions.withdraw_contact(Contact.objects.get(), by=carla, reason="Andere baan.", now=clock.now())
    with pytest.raises(actions.Refused):
        actions.decide(asked, granted=True, by=gijs, reason="", now=clock.now())


def test_only_the_team_approves_and_makes_contacts(bram, town, domain, gijs):
    for deed in (
        lambda: actions.approve_domain("anders.example", [town], by=bram, now=clock.now()),
        lambda: actions.withdraw_domain(domain, by=bram, reason="", now=clock.now()),
        lambda: actions.make_contact(bram, town, by=gijs, now=clock.now()),
        lambda: actions.withdraw_contact(Contact.objects.get(), by=bram, reason="", now=clock.now()),
    ):
        with pytest.raises(actions.Refused):
            deed()


@pytest.mark.parametrize("who", ["bram", "gijs", "carla"])
def test_it_is_withdrawn_by_who_speaks_a_contact_or_the_team(request, given, who):
    by = request.getfixturevalue(who)
    actions.withdraw(given, by=by, reason="Klaar.", now=clock.now())
    actions.withdraw(given, by=by, reason="Klaar.", now=clock.now())
    assert words(given.person) == ""
    assert MandateChange.objects.filter(deed="withdraw").count() == 1
    told = mails()[-1] == ("mandate_ended.md", "bram@voorbeeldstad.example")
    assert told is (who != "bram")


def test_others_withdraw_nothing(given, fatima, ans):
    for by in (fatima, ans):
        with pytest.raises(actions.Refused):
            actions.withdraw(given, by=by, reason="", now=clock.now())
    assert words(given.person) == "spreekt namens gemeente Voorbeeldstad"


def test_where_one_worked_is_shown_again_when_one_speaks_no_more(given, domain, gijs, bram):
    actions.show_work(bram, domain, now=clock.now())
    assert words(bram) == "spreekt namens gemeente Voorbeeldstad"
    actions.withdraw(given, by=gijs, reason="", now=clock.now())
    assert words(bram) == "werkt bij gemeente Voorbeeldstad"


def test_somebody_speaks_for_one_municipality(given, village, fatima, bram):
    other = actions.ask(bram, village, words="", now=clock.now())
    with pytest.raises(actions.Refused):
        actions.decide(other, granted=True, by=fatima, reason="", now=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=other.pk).update(state="given", given_by=fatima)


def test_a_municipality_that_is_no_more_is_spoken_for_no_more(given, domain, gijs, bram, town):
    actions.show_work(bram, domain, now=clock.now())
    town.is_current, town.ended_on = False, clock.now().date()
    town.save()
    assert words(bram) == ""
    assert work_choices(bram) == []
    assert Contact.objects.municipalities_of(gijs) == frozenset()


@pytest.mark.parametrize("name", ["bram", "gijs", "fatima", "carla", "ans"])
def test_the_querysets_say_what_the_rules_say(request, given, asked, name, fatima, ans):
    who = request.getfixturevalue(name)
    contact_of = Contact.objects.municipalities_of(who)
    for mandate in Mandate.objects.all():
        decides = Mandate.objects.decided_by(who, contact_of).filter(pk=mandate.pk).exists()
        ends = Mandate.objects.ended_by(who, contact_of).filter(pk=mandate.pk).exists()
        assert decides is rules.may_decide(who, mandate, contact_of=contact_of)
        assert ends is rules.may_withdraw(who, mandate, contact_of=contact_of)


def test_who_leaves_speaks_for_nobody_and_leaves_no_words(given, domain, bram):
    actions.show_work(bram, domain, now=clock.now())
    privacy.erase(bram, with_texts=False, now=clock.now())
    mandate = Mandate.objects.get()
    assert (mandate.state, mandate.words, Workplace.objects.count()) == ("ended", "", 0)
    assert standing_of(Person.objects.get(pk=bram.pk)) is None


def test_history_goes_at_its_end_and_not_before(given, gijs):
    ended = actions.withdraw(given, by=gijs, reason="Klaar.", now=clock.now())
    actions.erase_old(now=ended.changed_at + rules.HISTORY_LIFE - DAY)
    assert MandateChange.objects.count() == 3
    actions.erase_old(now=ended.changed_at + rules.HISTORY_LIFE)
    assert (Mandate.objects.count(), MandateChange.objects.count()) == (0, 0)
