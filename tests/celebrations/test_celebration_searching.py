"""What search finds of celebrations, and what notes that they changed."""

from datetime import date

import pytest
from tests.search.sourced import found, noted, notes, queries

from meedoen.celebrations import actions
from meedoen.celebrations.models import Celebration, Maker, Outcome, Source
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Thread
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Address, Person
from meedoen.search.documents import Document


@pytest.fixture
def celebrated(at, published, now):
    made = published(of=("Utrecht", "Zeist"), text="De **hele** raad stemde voor.", place="Het stadhuis")
    Outcome.objects.create(celebration=made, text="Er kwam een tweede.", told_at=now)
    Outcome.objects.create(celebration=made, text="Weg.", told_at=now, removed_at=now)
    Source.objects.create(celebration=made, position=1, text="De krant", url="https://krant.example")
    ans = Person.objects.get(name="Ans")
    Maker.objects.create(celebration=made, name="Ans Maker", person=ans, asked_at=now, consented_at=now)
    return made


def test_a_celebration_says_what_was_celebrated_and_what_became_of_it_but_not_who_made_it(celebrated):
    assert found("celebration") == {
        str(celebrated.pk): Document(
            key=str(celebrated.pk),
            url="/successen/de-agenda-is-klaar/",
            title="De agenda is klaar",
            summary="Een Lokale Inclusie Agenda vastgesteld",
            body="De hele raad stemde voor.\nEr kwam een tweede.\nHet stadhuis\nDe krant",
            group=f"celebration:{celebrated.pk}",
            date=date(2026, 11, 12),
            place="Utrecht en Zeist",
            municipalities=("utrecht", "zeist"),
        )
    }


def test_what_waits_or_was_taken_back_is_not_found(at, offered, published, now):
    offered("Dit wacht")
    shown = published("Dit staat er")
    assert [each.title for each in found("celebration").values()] == ["Dit staat er"]
    with notes(("celebration", shown.pk)):
        actions.withdraw(shown, now=now)
    assert found("celebration", shown.pk) == found("celebration") == {}


def test_of_a_day_that_is_not_known_no_day_is_told(at, published):
    published("Ooit", happened="")
    assert [each.date for each in found("celebration").values()] == [None]


def test_congratulations_are_found_while_it_can_be_read(celebrated, now):
    address = celebrated.get_absolute_url()
    thread = Thread.objects.about("celebration", str(celebrated.pk), title=celebrated.title, url=address, now=now)
    Address.objects.update(trusted_at=now)
    said = conversation.contribute(
        thread,
        person=Person.objects.get(name="Ans"),
        text="Gefeliciteerd!",
        hides_name=False,
        score=0,
        looks_like_spam=False,
        now=now,
    )
    document = found("contribution")[str(said.pk)]
    assert (document.group, document.municipalities) == (f"celebration:{celebrated.pk}", ("utrecht", "zeist"))
    with notes(("contribution", said.pk)):
        actions.withdraw(celebrated, now=now)
    assert found("contribution", said.pk) == {}
    with notes(("contribution", said.pk)):
        actions.put_back(celebrated, now=now)
    assert set(found("contribution")) == {str(said.pk)}
    noted()
    Celebration.objects.update(text="Anders.", ask_on=None)
    assert ("contribution", str(said.pk)) not in noted()
    for change in (
        lambda: celebrated.municipalities.remove(Municipality.objects.get(slug="zeist")),
        lambda: Municipality.objects.filter(slug="utrecht").update(slug="utereg"),
    ):
        with notes(("contribution", said.pk)):
            change()
    assert found("contribution")[str(said.pk)].municipalities == ("utereg",)


def test_all_that_it_says_notes_that_it_changed(celebrated, now):
    for change in (
        lambda: Celebration.objects.update(text="Anders."),
        lambda: Outcome.objects.update(text="Anders."),
        lambda: Source.objects.all().delete(),
        lambda: Municipality.objects.filter(slug="zeist").update(name="Driebergen"),
        lambda: celebrated.municipalities.remove(Municipality.objects.get(slug="zeist")),
    ):
        with notes(("celebration", celebrated.pk)):
            change()
    noted()
    Celebration.objects.update(ask_on=None, changed_at=now)
    assert noted() == set()


def test_it_asks_as_much_of_one_as_of_many(celebrated, published):
    keys = [celebrated.pk, published("Nog een").pk]
    assert queries("celebration", keys[:1]) == queries("celebration", keys) == (5, 1)
