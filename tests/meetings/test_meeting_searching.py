"""What search finds of meetings, and what notes that they changed."""

from datetime import date, time, timedelta

import pytest
from tests.search.sourced import found, noted, notes, queries

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Thread
from meedoen.meetings.models import Meeting, ProgrammeItem, Provision, Series, Source
from meedoen.meetings.organising import actions
from meedoen.meetings.rules import Need, State
from meedoen.people.models import Address
from meedoen.search.documents import Document
from meedoen.themes.actions import load_themes


@pytest.fixture
def held(at, meeting, municipality, now):
    load_themes(now=now)
    made = meeting(
        "Praat mee over wonen", form="locatie", municipality=municipality("Utrecht"), place_name="De Kring",
        place_municipality=municipality("Zeist"), for_whom="Voor iedereen.", body="## Waarom\n\nOm te **praten**.",
        report="Er kwam veel van.", decided="### Besluit\n\nWe gaan door.", transcript="Welkom.", slides_title="Dia’s",
        series=Series.objects.create(slug="wonen", title="Wonen in vijf delen"), join_url="https://geheim.example",
        join_by_phone="030 123", contact_name="Carla",
    )  # fmt: skip
    made.themes.set(["thuis"])
    ProgrammeItem.objects.create(meeting=made, position=1, time=time(10), title="Welkom", speakers="Fatima")
    Provision.objects.create(meeting=made, need=Need.CAPTIONS, state=State.ARRANGED)
    Source.objects.create(meeting=made, position=1, text="De krant", url="https://krant.example")
    return made


def test_a_meeting_says_what_everybody_reads_and_nothing_of_who_signed_up(held):
    assert found("meeting") == {
        str(held.pk): Document(
            key=str(held.pk),
            url="/bijeenkomsten/praat-mee-over-wonen/",
            title="Praat mee over wonen",
            summary="Samen praten over wonen.",
            headings="Waarom\nBesluit",
            body=(
                "Voor iedereen.\nWelkom. Fatima\nOm te praten.\nEr kwam veel van.\nWe gaan door.\nWelkom.\nDia’s\n"
                "Geregeld: schrijftolk of ondertiteling.\nGemeente Utrecht\nWonen in vijf delen\nDe krant"
            ),
            group=f"meeting:{held.pk}",
            date=date(2026, 12, 10),
            place="Op locatie. De Kring, Zeist",
            themes=("thuis",),
            municipalities=("utrecht", "zeist"),
            worth=1,
        )
    }


def test_a_draft_and_what_is_planned_or_taken_down_is_not_found(at, meeting, now):
    meeting("Concept", published_at=None)
    meeting("Later", published_at=now + timedelta(days=1))
    shown = meeting("Nu")
    assert [each.title for each in found("meeting").values()] == ["Nu"]
    with notes(("meeting", shown.pk)):
        actions.withdraw(shown, reason="Vergissing.", now=now)
    assert found("meeting", shown.pk) == {}
    with notes(("meeting", shown.pk)):
        actions.put_back(shown, now=now)
    assert len(found("meeting")) == 1


def test_one_that_is_not_held_is_worth_less(at, meeting, carla, now):
    shown = meeting("Nu")
    with notes(("meeting", shown.pk)):
        actions.cancel(shown, reason="De zaal is dicht.", by=carla, now=now)
    assert [each.worth for each in found("meeting").values()] == [-1]


def test_what_is_said_below_it_is_found_while_it_can_be_read(held, person, now):
    thread = Thread.objects.about("meeting", str(held.pk), title=held.title, url=held.get_absolute_url(), now=now)
    ans = person("Ans")
    Address.objects.update(trusted_at=now)
    ans.refresh_from_db()
    said = conversation.contribute(
        thread, person=ans, text="Ik kom.", hides_name=False, score=0, looks_like_spam=False, now=now
    )
    document = found("contribution")[str(said.pk)]
    assert (document.group, document.themes, document.municipalities) == (
        f"meeting:{held.pk}",
        ("thuis",),
        ("utrecht", "zeist"),
    )
    with notes(("contribution", said.pk)):
        actions.withdraw(held, reason="Vergissing.", now=now)
    assert found("contribution", said.pk) == {}
    with notes(("contribution", said.pk)):
        actions.put_back(held, now=now)
    assert set(found("contribution")) == {str(said.pk)}
    noted()
    Meeting.objects.update(report="Anders.", version=7)
    assert ("contribution", str(said.pk)) not in noted()
    for change in (
        lambda: held.themes.set(["vervoer"]),
        lambda: Meeting.objects.update(place_municipality=None),
        lambda: type(held.municipality).objects.filter(slug="utrecht").update(slug="utereg"),
    ):
        with notes(("contribution", said.pk)):
            change()
    document = found("contribution")[str(said.pk)]
    assert (document.themes, document.municipalities) == (("vervoer",), ("utereg",))


def test_all_that_it_says_notes_that_it_changed(held, now):
    for change in (
        lambda: Meeting.objects.update(report="Anders."),
        lambda: held.themes.clear(),
        lambda: ProgrammeItem.objects.update(title="Einde"),
        lambda: Provision.objects.update(state=State.UNKNOWN),
        lambda: Source.objects.all().delete(),
        lambda: Series.objects.update(title="Anders"),
        lambda: type(held.municipality).objects.filter(slug="zeist").update(name="Driebergen"),
    ):
        with notes(("meeting", held.pk)):
            change()
    noted()
    Meeting.objects.update(version=7, changed_at=now, contact_phone="1", join_url="https://anders.example")
    assert noted() == set()


def test_it_asks_as_much_of_one_as_of_many(held, meeting):
    keys = [held.pk, meeting("Nog een").pk, meeting("En een").pk]
    assert queries("meeting", keys[:1]) == queries("meeting", keys) == (5, 1)
