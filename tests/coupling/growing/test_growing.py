"""Offers that grow: proposed to the contact, never assumed; no is remembered, and the mail is rare and can be stopped."""

from datetime import timedelta

import pytest
from django.test import Client
from lxml import html as parser
from tests.coupling.contesting.test_contesting import browser, links, text_of
from tests.coupling.contesting.test_contesting import tell as tell
from tests.people.standing.conftest import carla as carla
from tests.people.standing.conftest import fatima as fatima
from tests.people.standing.conftest import gijs as gijs
from tests.people.standing.conftest import person
from tests.people.standing.conftest import town as town
from tests.people.standing.conftest import village as village
from tests.signed_in import HERE, sign_in

from meedoen.coupling.growing import actions, reading, rules
from meedoen.coupling.growing.rules import EVERY, SETTLES, Said
from meedoen.coupling.models import CouplingRequest, GrowingMail, Growth
from meedoen.coupling.privacy import GROWN
from meedoen.kernel import clock
from meedoen.library import facts as library_facts
from meedoen.library.models import Article, Practice
from meedoen.library.rules import Kind as Shelf
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.facts import actions as facts
from meedoen.municipalities.facts.rules import For, Kind
from meedoen.municipalities.models import Fact, Succession
from meedoen.people.privacy import actions as privacy
from meedoen.people.standing import actions as standing
from meedoen.people.standing.models import Contact

pytestmark = pytest.mark.usefixtures("themes", "at")
PAGE = "/mijn/gemeente/aanbod/"
TITLE = "Hulp bij werk"
HOUR = timedelta(hours=1)


def letters() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(template="mail/coupling/growing.md").order_by("pk"))


def forms(response) -> dict[str, str]:
    """The buttons of the page, each with where it leads."""
    found = parser.fromstring(response.content).cssselect("main form")
    return {" ".join(form.cssselect("button")[-1].text_content().split()): form.get("action") for form in found}


@pytest.fixture
def settled(gijs, now):
    """A moment at which what is told now, and who is contact since now, may be mailed about."""
    return now + SETTLES


# The page -----------------------------------------------------------------------------------------------------


def test_what_was_shared_is_proposed_by_source_with_what_it_tells(gijs, tell):
    tell()
    tell("Voorbeeldstad maakt een Lokale Inclusie Agenda.", name="agenda-1", kind=Kind.AGENDA, title="De agenda")
    response = browser(gijs).get(PAGE)
    headings = [each.text_content() for each in parser.fromstring(response.content).cssselect("main h3")]
    assert headings == ["De agenda", TITLE, "Mail hierover"]
    assert "Voorbeeldstad deelt een voorbeeld over werk." in text_of(response)
    assert links(browser(gijs).get("/gemeenten/voorbeeldstad/feiten/"))["Bekijk wat jullie kunnen vertellen"] == PAGE
    assert PAGE in links(browser(gijs).get("/mijn/")).values()
    assert not CouplingRequest.objects.exists()


def test_yes_begins_an_offer_that_can_still_be_changed_and_counts_when_it_is_sent(gijs, tell, town):
    fact = tell()
    theirs = browser(gijs)
    way = links(theirs.get(PAGE))[f"Ja, vul een aanbod in: {TITLE}"]
    form = parser.fromstring(theirs.get(way).content).cssselect("main form")[0]
    given = dict(form.form_values())
    assert given["text"].strip() == f"Wij delen een voorbeeld: ‘{TITLE}’. We vertellen anderen graag hoe we dat deden."
    assert (given["themes"], given["kind"], given["municipality"]) == ("werk", "municipality", str(town.pk))
    assert (given["at_most"], given.get("not_before", ""), given["grown"]) == ("2", "", str(fact.pk))
    assert not Growth.objects.exists()
    kept = theirs.post("/koppelen/aanbieden/", {**given, "not_before": "1-2-2027", "at_most": "1"}, **HERE)
    assert not Growth.objects.exists()
    form = parser.fromstring(theirs.get(f"{kept.url}aanpassen/").content).cssselect("main form")[0]
    assert "grown" not in [label.get("for") for label in form.cssselect("label")]
    changed = {**dict(form.form_values()), "text": "Wij vertellen er graag over.", "not_before": "1-2-2027"}
    assert theirs.post(f"{kept.url}aanpassen/", changed, **HERE).status_code == 302
    sent = theirs.post(f"{kept.url}plaatsen/", **HERE)
    assert sent.status_code == 302
    offer = CouplingRequest.objects.get()
    assert (offer.at_most, offer.not_before.isoformat(), offer.municipality) == (1, "2027-02-01", town)
    assert Growth.objects.get().said == Said.YES
    page = theirs.get(PAGE)
    assert "Wat jullie aanboden" in text_of(page)
    assert f"Ja, vul een aanbod in: {TITLE}" not in links(page)


def test_no_is_remembered_and_taken_back(gijs, tell, now):
    fact = tell()
    theirs = browser(gijs)
    done = theirs.post(forms(theirs.get(PAGE))[f"Nee, vraag dit niet meer: {TITLE}"], **HERE)
    assert done.url == f"{PAGE}?klaar=nee"
    facts.untell("article-1", now=now)
    assert tell().pk != fact.pk  # it went and came back; the no holds
    page = theirs.get(PAGE)
    assert "Er wacht niets op jullie antwoord" in text_of(page)
    assert theirs.post(forms(page)[f"Toch wel: {TITLE}"], **HERE).url == f"{PAGE}?klaar=toch"
    assert f"Ja, vul een aanbod in: {TITLE}" in links(theirs.get(PAGE))


def test_what_is_withdrawn_is_proposed_no_more(gijs, tell, now):
    facts.withdraw(tell(), why="", for_whom=For.CONTACT, now=now)
    assert "Er wacht niets op jullie antwoord" in text_of(browser(gijs).get(PAGE))


def test_others_are_told_whose_page_it_is_and_can_answer_nothing(gijs, fatima, tell, town):
    fact = tell()
    theirs = browser(person("Elif"))
    assert "Dat ben je nu niet" in text_of(theirs.get(PAGE))
    for who in (theirs, browser(fatima)):
        for way in (f"{fact.pk}/nee/", f"{fact.pk}/toch/", f"mail-uit/{town.pk}/"):
            assert who.post(f"{PAGE}{way}", **HERE).status_code == 404
        form = parser.fromstring(who.get(f"/koppelen/aanbieden/?van={fact.pk}").content).cssselect("main form")[0]
        assert dict(form.form_values())["text"].strip() == ""
    actions.say_yes(fact.pk, by=fatima, now=clock.now())
    assert not Growth.objects.exists()
    assert Client().get(f"/koppelen/aanbieden/?van={fact.pk}").status_code == 200


@pytest.mark.parametrize("number", ["onzin", "-1", "9" * 30, "999", ""])
def test_a_wrong_number_begins_an_empty_offer(gijs, tell, number):
    tell()
    form = parser.fromstring(browser(gijs).get(f"/koppelen/aanbieden/?van={number}").content).cssselect("main form")[0]
    assert dict(form.form_values())["text"].strip() == ""


def test_no_after_an_offer_changes_nothing_and_yes_after_no_does(gijs, tell, now):
    number = tell().pk
    for said, after in (("no", Said.NO), ("yes", Said.YES), ("no", Said.YES)):
        if said == "yes":
            actions.say_yes(number, by=gijs, now=now)
        else:
            actions.say_no(reading.proposal_of(number, reading.municipalities_of(gijs), now), by=gijs, now=now)
        assert Growth.objects.get().said == after
    actions.take_back(reading.proposal_of(number, reading.municipalities_of(gijs), now))
    assert Growth.objects.get().said == Said.YES


def test_the_contact_of_what_it_went_on_in_answers_for_the_former_one(tell, fatima, town, village, now):
    tell()
    town.is_current, town.ended_on = False, "2026-01-01"
    town.save()
    Succession.objects.create(old=town, new=village, effective_on="2026-01-01", kind="absorbed", status="done")
    (proposal,) = reading.all_of({village.pk}, now)
    assert (proposal.municipality, reading.initial_of(proposal)["municipality"]) == (village.pk, village.pk)
    actions.say_no(proposal, by=fatima, now=now)
    assert [each.growth.said for each in reading.all_of({village.pk}, now)] == [Said.NO]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_begins_with_a_sentence_of_its_own(gijs, tell, now, town, kind):
    tell(kind=kind, theme=None)
    (proposal,) = reading.all_of({town.pk}, now)
    text = reading.initial_of(proposal)["text"]
    assert text.startswith("Wij ")
    assert text.endswith(".")
    assert reading.initial_of(proposal)["themes"] == []


def test_the_page_asks_as_much_for_one_as_for_three(gijs, tell, now, django_assert_num_queries):
    theirs = browser(gijs)
    for count in (1, 3):
        while Fact.objects.count() < 3 * count:
            number = Fact.objects.count()
            for place, say in enumerate((None, actions.say_no, actions.say_yes)):
                fact = tell(f"Feit {number}.", name=f"article-{number}{place}", title=f"Titel {number}{place}")
                proposal = reading.proposal_of(fact.pk, reading.municipalities_of(gijs), now)
                if say:
                    say(proposal if place == 1 else fact.pk, by=gijs, now=now)
        with django_assert_num_queries(9):
            theirs.get(PAGE)


# The mail -----------------------------------------------------------------------------------------------------


def test_one_mail_tells_all_of_it_once_a_quarter_and_only_beside_something_new(tell, settled, gijs, at):
    tell()
    tell(name="article-2", title="Testen met inwoners")
    assert actions.mail_contacts(now=settled - HOUR) == 0
    assert actions.mail_contacts(now=settled) == 1
    (letter,) = letters()
    assert (letter.to, letter.subject) == (
        "gijs@voorbeeldstad.example", "Willen jullie anderen vertellen wat Voorbeeldstad deed?"
    )  # fmt: skip
    assert TITLE in letter.text
    assert "Testen met inwoners" in letter.text
    assert letter.headers["List-Unsubscribe"]
    assert actions.mail_contacts(now=settled + HOUR) == 0
    assert actions.mail_contacts(now=settled + EVERY) == 0  # nothing new
    at(settled)
    fact = tell("Iets nieuws.", name="article-3", title="Nieuw")
    Fact.objects.filter(pk=fact.pk).update(written_at=settled)
    assert actions.mail_contacts(now=settled + EVERY - HOUR) == 0
    assert actions.mail_contacts(now=settled + EVERY) == 1
    assert "Nieuw" in letters()[-1].text
    assert TITLE in letters()[-1].text


def test_who_said_something_is_not_asked_again(tell, settled, gijs, now):
    actions.say_no(reading.proposal_of(tell().pk, reading.municipalities_of(gijs), now), by=gijs, now=now)
    assert actions.mail_contacts(now=settled) == 0


def test_without_a_contact_nobody_is_mailed_and_of_two_one_is(tell, gijs, town, carla, settled):
    tell()
    second = person("Kim", "kim@voorbeeldstad.example")
    standing.make_contact(second, town, by=carla, now=clock.now())
    contact = Contact.objects.get(person=gijs)
    standing.withdraw_contact(contact, by=carla, reason="Andere baan.", now=clock.now())
    assert actions.mail_contacts(now=settled) == 1
    assert [letter.to for letter in letters()] == ["kim@voorbeeldstad.example"]
    standing.withdraw_contact(Contact.objects.now().get(), by=carla, reason="Weg.", now=clock.now())
    GrowingMail.objects.all().delete()
    assert actions.mail_contacts(now=settled + HOUR) == 0


def test_ten_titles_stand_in_a_mail_and_the_rest_is_counted(tell, settled):
    for number in range(12):
        tell(name=f"article-{number}", title=f"Titel {number:02}")
    actions.mail_contacts(now=settled)
    assert letters()[0].text.count("Titel") == rules.MAX_TITLES
    assert "En nog 2 andere dingen." in letters()[0].text


def test_a_press_from_the_mail_stops_it_without_account_and_another_takes_that_back(client, tell, settled):
    tell()
    actions.mail_contacts(now=settled)
    way = f"/koppelen/voorstellen/{GrowingMail.objects.get().key}/stop/"
    assert way in letters()[0].text
    assert not GrowingMail.objects.get().is_off
    assert "Zullen we hier niet meer over mailen?" in text_of(client.get(way))
    assert not GrowingMail.objects.get().is_off  # opening it does nothing
    assert client.post(way, {"List-Unsubscribe": "One-Click"}).status_code == 302
    assert GrowingMail.objects.get().is_off
    GrowingMail.objects.update(mailed_at=None)
    assert actions.mail_contacts(now=settled + EVERY) == 0
    stopped = client.get(way)
    assert client.post(forms(stopped)["Toch weer mailen"], **HERE).url == way
    assert not GrowingMail.objects.get().is_off
    assert client.get("/koppelen/voorstellen/sleutel/stop/").status_code == 404


def test_so_does_a_press_on_the_page(tell, gijs, settled):
    tell()
    theirs = browser(gijs)
    assert theirs.post(forms(theirs.get(PAGE))["Mail Voorbeeldstad niet meer"], **HERE).url == f"{PAGE}?klaar=uit"
    assert actions.mail_contacts(now=settled) == 0
    assert theirs.post(forms(theirs.get(PAGE))["Mail Voorbeeldstad weer"], **HERE).url == f"{PAGE}?klaar=aan"
    assert actions.mail_contacts(now=settled) == 1


def test_looking_for_whom_to_mail_asks_as_much_for_one_as_for_three(
    tell, gijs, fatima, village, settled, now, django_assert_num_queries
):
    tell()
    actions.say_no(reading.proposal_of(Fact.objects.get().pk, reading.municipalities_of(gijs), now), by=gijs, now=now)
    with django_assert_num_queries(5):
        assert actions.mail_contacts(now=settled) == 0
    for number in (2, 3):
        fact = tell(name=f"article-{number}", place=village)
        actions.say_no(reading.proposal_of(fact.pk, reading.municipalities_of(fatima), now), by=fatima, now=now)
    with django_assert_num_queries(5):
        assert actions.mail_contacts(now=settled) == 0


# The team, and what stays ---------------------------------------------------------------------------------------


def test_the_team_sees_how_many_wait(client, tell, gijs, carla, now, village):
    tell()
    tell("En over wonen.", name="article-2", theme="thuis")
    tell("Anderdorp doet iets.", name="article-3", place=village)  # nobody to ask
    assert reading.waiting_count(now) == 2
    sign_in(client, carla.address.email)
    assert "Er wachten 2 voorstellen op een contactpersoon" in text_of(client.get("/team/koppelen/"))
    actions.say_yes(Fact.objects.get(source="article-1").pk, by=gijs, now=now)
    assert "Er wacht 1 voorstel op een contactpersoon" in text_of(client.get("/team/koppelen/"))
    actions.say_yes(Fact.objects.get(source="article-2").pk, by=gijs, now=now)
    assert "op een contactpersoon" not in text_of(client.get("/team/koppelen/"))


def test_who_said_so_is_handed_over_and_erased_and_what_was_said_stays(tell, gijs, now):
    actions.say_yes(tell().pk, by=gijs, now=now)
    assert [(row["gemeente"], row["wat je zei"]) for row in GROWN.export(gijs)] == [("Voorbeeldstad", "ja")]
    privacy.erase(gijs, with_texts=True, now=now)
    assert [(each.said, each.by) for each in Growth.objects.all()] == [(Said.YES, None)]


def test_what_was_said_goes_a_year_after_it_when_nothing_tells_it_any_more(tell, gijs, now):
    actions.say_yes(tell().pk, by=gijs, now=now)
    later = now + rules.KEEP_ANSWER
    actions.erase_old(now=later)
    assert Growth.objects.exists()
    facts.untell("article-1", now=now)
    actions.erase_old(now=later - HOUR)
    assert Growth.objects.exists()
    actions.erase_old(now=later)
    assert not Growth.objects.exists()


# On the page of what was shared


@pytest.fixture
def example(town, now):
    """A practice example that Voorbeeldstad shared, with its facts."""
    found = Article.objects.create(
        slug="hulp-bij-werk", kind=Shelf.PRACTICE, title=TITLE, summary="Kort.", body="Tekst.", published_at=now,
        dated_on=now.date(), written_on=now.date(), contact="Bel de gemeente.", checked_on=now.date(),
    )  # fmt: skip
    Practice.objects.create(article=found)
    found.municipalities.add(town)
    library_facts.tell_article(found, now=now)
    return found


def ways_on(found, who) -> list[str]:
    response = (browser(who) if who else Client()).get(found.get_absolute_url())
    assert response.status_code == 200
    page = parser.fromstring(response.content)
    return [each.get("href") for each in page.cssselect("section[aria-labelledby=vertellen] a")]


def test_the_contact_goes_from_the_page_of_the_example_to_the_offer(gijs, fatima, example, now):
    assert ways_on(example, None) == ways_on(example, fatima) == []
    (url,) = ways_on(example, gijs)
    assert TITLE in browser(gijs).get(url).content.decode()
    actions.say_no(reading.all_of(reading.municipalities_of(gijs), now)[0], by=gijs, now=now)
    assert ways_on(example, gijs) == [PAGE]
