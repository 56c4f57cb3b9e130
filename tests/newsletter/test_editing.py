"""What the team may do with a draft, and nobody with a letter that went."""

import pytest
from tests.newsletter.conftest import HOUR, MADE, SENT

from meedoen.mail.models import OutgoingMail
from meedoen.newsletter.actions import composing, editing, sending
from meedoen.newsletter.models import Entry
from meedoen.newsletter.reading import entries_of, sections_of
from meedoen.newsletter.rules import State

pytestmark = pytest.mark.django_db


def titles(letter):
    return [item.title for each in sections_of(letter, is_easy=False) for item in each.items]


@pytest.fixture
def three(at, news):
    """A draft with three pieces of news, the newest first."""
    for number in (1, 2, 3):
        news(f"n{number}", title=f"Nieuws {number}", published_at=MADE - (4 - number) * HOUR)
    return composing.compose(now=MADE)


def entry(letter, title):
    return next(each for each, told in entries_of(letter) if told.title == title)


def test_what_is_taken_out_can_be_put_in_again(three):
    middle = entry(three, "Nieuws 2")
    editing.take_out(middle, True)
    editing.take_out(middle, True)
    without = titles(three)
    editing.take_out(middle, False)

    assert (without, titles(three)) == (["Nieuws 3", "Nieuws 1"], ["Nieuws 3", "Nieuws 2", "Nieuws 1"])


def test_things_go_higher_and_lower_among_their_kind_and_no_further(three):
    editing.move(entry(three, "Nieuws 1"), -1)
    assert titles(three) == ["Nieuws 3", "Nieuws 1", "Nieuws 2"]
    editing.move(entry(three, "Nieuws 3"), 1)
    editing.move(entry(three, "Nieuws 2"), 1)
    assert titles(three) == ["Nieuws 1", "Nieuws 3", "Nieuws 2"]


def test_easy_words_of_the_team_go_before_all_else(letter):
    editing.write_easy(entry(letter, "Een stembureau zonder drempels"), "Stemmen **kan** nu.")
    item = sections_of(letter, is_easy=True)[0].items[0]

    assert (item.words, item.note) == ("Stemmen **kan** nu.", "")


def test_what_waits_for_the_team_does_not_go_and_goes_once_it_may(letter, at):
    editing.hold(letter, True, now=MADE)
    at(SENT)
    held = sending.begin_due(now=SENT)
    editing.hold(letter, False, now=SENT)

    assert held is None
    assert sending.begin_due(now=SENT).state == State.SENDING


def test_a_letter_that_went_changes_no_more(sent):
    first = Entry.objects.first()
    for deed in (
        lambda: editing.take_out(first, True),
        lambda: editing.move(first, 1),
        lambda: editing.write_easy(first, "Anders."),
        lambda: editing.write_foreword(sent, foreword="Hoi", easy_foreword=""),
        lambda: editing.hold(sent, True, now=SENT),
    ):
        with pytest.raises(editing.CannotChange):
            deed()
    first.refresh_from_db()
    sent.refresh_from_db()

    assert (first.is_out, first.easy_words, sent.foreword, sent.held_at) == (False, "", "", None)


def test_both_versions_can_be_tried_out(letter, person):
    carla = person("Carla", is_team=True)
    editing.write_foreword(letter, foreword="Een week vol **stemmen**.", easy_foreword="")
    for is_easy in (False, True):
        editing.try_out(letter, to=carla, is_easy=is_easy, now=MADE)
    plain, easy = OutgoingMail.objects.filter(to="carla@mail.example").order_by("pk")

    assert [each.subject for each in (plain, easy)] == ["Proef: Nieuwsbrief van dinsdag 1 december 2026"] * 2
    assert ("Een week vol stemmen." in plain.text, "Een week vol stemmen." in easy.text) == (True, True)
    assert ("Het stembureau is verbouwd." in plain.text, "Je kunt nu stemmen." in easy.text) == (True, True)
    assert "Dit is een proef, alleen voor jou." in plain.text
    assert "Antwoord op deze mail" not in plain.text
