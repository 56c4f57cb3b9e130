"""What search finds of the public list of barriers."""

from datetime import date

from tests.search.sourced import found, noted, notes, queries

from meedoen.barriers import actions
from meedoen.barriers.actions import Facts
from meedoen.search.documents import Document

FACTS = Facts(
    title="De kaart is niet te bedienen", text="Met het toetsenbord kom je er niet.", criterion="2.1.1", pages=()
)


def test_a_barrier_is_found_as_it_stands_on_the_list_and_what_people_told_is_not(at, told, carla, now):
    made = actions.make(FACTS, report=told("Ik kom er niet in, ik ben Ans."), by=carla, now=now)
    document = Document(
        key=str(made.pk),
        url=f"/toegankelijkheid/drempels/#drempel-{made.pk}",
        title="De kaart is niet te bedienen",
        body="Met het toetsenbord kom je er niet.\n2.1.1",
        date=date(2026, 11, 28),
    )
    assert found("barrier") == {str(made.pk): document}
    with notes(("barrier", made.pk)):
        actions.fix(made, words="Er staat een lijst naast.", on=date(2026, 11, 27), by=carla, now=now)
    fixed = found("barrier")[str(made.pk)]
    assert (fixed.body.splitlines()[1], fixed.date, fixed.worth) == (
        "Er staat een lijst naast.",
        date(2026, 11, 27),
        -1,
    )


def test_what_is_no_barrier_is_not_found(at, carla, now):
    made = actions.make(FACTS, report=None, by=carla, now=now)
    other = actions.make(FACTS, report=None, by=carla, now=now)
    assert queries("barrier", [made.pk]) == queries("barrier", [made.pk, other.pk]) == (1, 1)
    with notes(("barrier", made.pk)):
        actions.close(made, reason="Het werkt zo.", by=carla, now=now)
    assert set(found("barrier")) == {str(other.pk)}
    assert found("barrier", made.pk) == {}


def test_what_people_tell_notes_nothing(at, told):
    noted()
    told("Ik loop vast.")
    assert noted() == set()
