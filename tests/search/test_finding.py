"""What is found for what people type, on both databases."""

import dataclasses
import datetime

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.search import rules, sources
from meedoen.search.actions import catch_up, read_unwatched, reindex
from meedoen.search.asking import question
from meedoen.search.documents import Document
from meedoen.search.engines import engine, postgresql
from meedoen.search.finding import Filters, find
from meedoen.search.finding import _public_of as public_of
from meedoen.search.models import Change, Counted, Entry, Term, Word

from .shelf import shelf as shelf
from .shelf import topics as topics

NOW = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()

pytestmark = pytest.mark.django_db


def doc(key: str, title: str, body: str = "", **more) -> Document:
    return Document(key, f"/{key}/", title, body=body, **more)


BOOTH = doc("stembureau", "Toegankelijke stembureaus", "Zo kan iedereen stemmen. Ook met een rolstoel kom je binnen.")
PLAY = doc("speeltuin", "Een speeltuin voor ieder kind", "Een kind dat blind is, hoort waar de glijbaan is.")
PARK = doc("parkeren", "Gehandicaptenparkeerplaats aanvragen", "Je vraagt de kaart aan bij je gemeente.")
SILL = doc("drempel", "Drempelvrij wonen", "Zonder drempel kom je overal.")
TALK = doc("tolk", "Een schrijftolk regelen", "Wat je hoort, staat op een scherm.")


def titles(text: str, **more) -> list[str]:
    """The keys of what says all of it."""
    return [each.key for each in find(text, today=TODAY, **more).results if each.has_all]


@pytest.fixture
def shelves(shelf):
    shelf.put(BOOTH, PLAY, PARK, SILL, TALK)
    catch_up(now=NOW)
    return shelf


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("stembureau rolstoel", ["stembureau"]),
        ("STEMBUREAU's", ["stembureau"]),
        ("toegankelijkheid stemmen", ["stembureau"]),
        ("speeltuin blind kind", ["speeltuin"]),
        ("parkeerplaats", ["parkeren"]),
        ("parkeerplaats voor gehandicapten", ["parkeren"]),
        ("drempel", ["drempel"]),
        ("teksttolk", ["tolk"]),
        ('"ieder kind"', ["speeltuin"]),
        ('"kind ieder"', []),
        ("kind -glijbaan", []),
        ("kind -rolstoel", ["speeltuin"]),
        ("stembureua", ["stembureau"]),
        ("gliijbaan", ["speeltuin"]),
        ("glijb", ["speeltuin"]),
        ("de het een", []),
        ("", []),
        ("xyzzy", []),
    ],
)
def test_what_is_meant_is_found(shelves, typed, expected):
    found = find(typed, today=TODAY)
    assert [each.key for each in found.results if each.has_all] == expected


def test_what_has_some_of_the_words_stands_below_what_has_all(shelves):
    found = find("stembureau rolstoel glijbaan", today=TODAY)

    assert [(each.url, each.has_all) for each in found.results] == [
        ("/stembureau/", False),
        ("/speeltuin/", False),
        ("/drempel/", False),  # who asks for a wheelchair may be helped by it
    ]
    assert (found.total, found.whole) == (3, 0)


def test_a_correction_is_told_and_a_word_that_was_found_is_not_corrected(shelves):
    assert (find("stembureua", today=TODAY).instead, find("stembureau", today=TODAY).instead) == ("stembureau", "")


def test_the_title_counts_for_more_than_the_body(shelf):
    shelf.put(doc("a", "Iets anders", "Hier staat een lift."), doc("b", "De lift", "Iets anders."))
    catch_up(now=NOW)

    assert titles("lift") == ["b", "a"]


def test_parts_of_one_thing_are_one_result_by_the_best_part(shelf, topics):
    topics.put(
        doc("1", "Lift stuk", "De lift is stuk.", group="topic:1"),
        doc("2", "Antwoord", "Bel de monteur van de lift.", group="topic:1", context="Lift stuk"),
    )
    catch_up(now=NOW)

    assert titles("monteur lift") == ["2"]
    assert titles("lift stuk") == ["1"]


def test_what_is_gone_is_not_shown_though_the_index_does_not_know_yet(shelves):
    shelves.take("tolk", is_noted=False)

    found = find("schrijftolk", today=TODAY)

    assert "tolk" not in [each.key for each in found.results]
    assert found.total == len(found.results)


def test_what_went_leaves_no_word_and_no_term(shelves):
    shelves.take("tolk")
    catch_up(now=NOW)

    assert not Entry.objects.filter(key="tolk").exists()
    assert not Word.objects.filter(word="schrijftolk").exists()
    assert Word.objects.get(word="kind").count == 1
    assert titles("schrijftolk") == []


def test_what_changed_is_found_by_its_new_words_alone(shelves):
    shelves.put(doc("tolk", "Een ringleiding huren"))
    catch_up(now=NOW)

    assert (titles("huren"), titles("regelen")) == (["tolk"], [])
    assert not Change.objects.exists()


def test_it_can_be_narrowed_and_tells_what_to(shelf, topics):
    shelf.put(
        doc("a", "Lift", themes=("wonen",), municipalities=("utrecht",), date=datetime.date(2024, 5, 1), has_easy=True),
        doc("b", "Lift", themes=("wonen", "werk"), date=datetime.date(2025, 5, 1)),
    )
    topics.put(doc("c", "Lift", themes=("werk",)))
    catch_up(now=NOW)

    found = find("lift", today=TODAY, filters=Filters(kinds=("guide",)))
    assert found.choices == {
        "place": {},
        "kind": {"guide": 2, "topic": 1},
        "theme": {"wonen": 2, "werk": 1},
        "municipality": {"utrecht": 1},
        "year": {2024: 1, 2025: 1},
        "easy": {True: 1},
    }
    assert titles("lift", filters=Filters(theme="werk")) == ["b", "c"]
    assert titles("lift", filters=Filters(municipality="utrecht")) == ["a"]
    assert titles("lift", filters=Filters(year=2025)) == ["b"]
    assert titles("lift", filters=Filters(only_easy=True)) == ["a"]


def test_too_many_are_narrowed_by_the_database_itself(shelf, monkeypatch):
    monkeypatch.setattr(rules, "MOST", 3)
    shelf.put(*(doc(f"{number}", "Een lift", themes=("wonen",) if number < 2 else ()) for number in range(6)))
    shelf.put(doc("x", "Anders", "De lift."))
    catch_up(now=NOW)

    found = find("lift", today=TODAY)
    assert (found.total, found.is_more) == (3, True)
    assert "x" not in [each.key for each in found.results]
    narrowed = find("lift", today=TODAY, filters=Filters(theme="wonen"))
    assert ([each.key for each in narrowed.results], narrowed.is_more) == (["1", "0"], False)


@pytest.mark.parametrize("dense", [0, 1, 3])
def test_many_are_found_the_newest_first_however_they_are_looked_for(shelf, monkeypatch, dense):
    """PostgreSQL looks among the last ones first, and further back as far as it has to."""
    monkeypatch.setattr(postgresql, "LAST_ROWS", 4)
    monkeypatch.setattr(postgresql, "FEW_ROWS", 4)
    there = [doc(f"{each:02}", "Ringleiding" if each % 4 <= dense else "Lift", "Te huur.") for each in range(40)]
    shelf.put(*there)
    catch_up(now=NOW)
    expected = [each.key for each in reversed(there) if each.title == "Ringleiding"]
    for most in (1, 2, 5, 9, 40):
        ids = engine().find(question("ringleiding").asked(), most=most)
        by_id = dict(Entry.objects.values_list("id", "key"))
        assert [by_id[each] for each in ids] == expected[:most]


def test_words_in_quotes_are_found_however_often_each_was_said_before(shelf):
    often = ("de ringleiding werkt en de lift staat. " * 300).strip()
    shelf.put(doc("lang", "Gebouwen", f"{often} Naast de lift ringleiding en trap."), doc("kort", "Gebouw", "De trap."))
    catch_up(now=NOW)
    assert titles('"lift ringleiding"') == ["lang"]
    assert titles('"ringleiding lift"') == []
    assert titles('"gebouwen de ringleiding"') == []  # from the title into the text


def test_snippets_show_the_words_where_they_stand(shelf):
    shelf.put(doc("a", "Lang verhaal", "Begin. " * 80 + "Daar staat de <b>lift</b> bij de deur. " + "Eind. " * 80))
    catch_up(now=NOW)

    pieces = find("liften", today=TODAY).results[0].snippet
    assert [piece.text for piece in pieces if piece.is_marked] == ["lift"]
    assert len("".join(piece.text for piece in pieces)) < rules.SNIPPET + 10
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"


def test_one_that_cannot_be_read_keeps_no_other_from_being_found_and_goes_in_the_end(shelf, monkeypatch):
    shelf.put(doc("bad", "Brandtrap"))
    catch_up(now=NOW)

    def documents(keys):
        if "bad" in keys:
            raise RuntimeError("broken")
        return shelf.source.documents(keys)

    monkeypatch.setitem(sources._sources, "guide", dataclasses.replace(shelf.source, documents=documents))
    shelf.put(doc("bad", "Slecht"), doc("good", "Lift"))
    catch_up(now=NOW)
    assert titles("lift") == ["good"]
    assert [(change.key, change.attempts) for change in Change.objects.all()] == [("bad", 1)]

    for hour in range(1, 6):
        catch_up(now=NOW + datetime.timedelta(hours=hour))
    assert not Change.objects.exists()
    assert not Entry.objects.filter(key="bad").exists()


def test_a_database_that_is_held_by_another_is_no_fault_of_what_is_read(shelf, monkeypatch):
    shelf.put(doc("a", "Lift"))

    def held(prepared):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr("meedoen.search.actions.write", held)
        with pytest.raises(OperationalError):
            catch_up(now=NOW)
    assert list(Change.objects.values_list("key", "attempts")) == [("a", 0)]
    catch_up(now=NOW)
    assert titles("lift") == ["a"]


def test_a_group_is_found_by_the_part_that_is_asked_for(topics, shelf):
    topics.put(doc("1", "Lift", "Over de trap.", group="topic:1", date=datetime.date(2020, 1, 1)))
    shelf.put(doc("2", "Lift lift lift", "De lift.", group="topic:1", date=datetime.date(2025, 1, 1)))
    catch_up(now=NOW)

    assert titles("lift") == ["2"]
    assert titles("lift", filters=Filters(kinds=("topic",))) == ["1"]
    assert find("lift", today=TODAY).choices["year"] == {2020: 1, 2025: 1}
    shelf.take("2", is_noted=False)
    assert titles("lift") == ["1"]


def test_counts_are_of_what_is_public_while_the_index_is_behind(shelves):
    Change.objects.create(kind="guide", key="tolk")
    shelves.take("tolk", is_noted=False)

    found = find("schrijftolk", today=TODAY)
    assert [each.key for each in found.results] == ["speeltuin"]  # it has to do with hearing
    assert found.choices["kind"] == {"guide": 1}


@pytest.mark.parametrize(("most", "asked"), [(1_000, {"tolk"}), (0, {"tolk", "speeltuin"})])
def test_only_what_changed_is_asked_whether_it_is_public_unless_very_much_did(shelves, monkeypatch, most, asked):
    Change.objects.create(kind="guide", key="tolk")
    shelves.take("tolk", is_noted=False)
    first: list[set[str]] = []

    def public(rows):
        rows = list(rows)
        first.append({row.key for row in rows})
        return public_of(rows)

    monkeypatch.setattr("meedoen.search.rules.MOST_NOTED", most)
    monkeypatch.setattr("meedoen.search.finding._public_of", public)
    assert find("schrijftolk", today=TODAY).choices["kind"] == {"guide": 1}
    assert first[0] == asked


def test_the_newest_are_those_with_a_date_that_say_all_of_it(shelf):
    shelf.put(
        doc("oud", "Lift", date=datetime.date(2020, 1, 1)),
        doc("nieuw", "Trap", "Bij de lift.", date=datetime.date(2026, 1, 1)),
        doc("zonder", "Lift"),
    )
    catch_up(now=NOW)

    assert titles("lift", is_newest=True) == ["nieuw", "oud"]


def test_a_filter_is_asked_of_each_row_in_turn(shelves):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by its own figures")
    with CaptureQueriesContext(connection) as queries:
        engine().find(question("kind").asked(), most=9, where="e.kind IN (%s)", values=["guide"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries.captured_queries[0]['sql']}")
        plan = [row[-1] for row in cursor.fetchall()]
    assert "SEARCH e USING INTEGER PRIMARY KEY (rowid=?)" in plan
    assert not [step for step in plan if "TEMP B-TREE" in step]


def test_reading_all_anew_finds_what_was_never_noted_and_forgets_what_went(shelves):
    shelves.documents["nieuw"] = doc("nieuw", "Een ringleiding")
    shelves.take("tolk", is_noted=False)

    assert reindex() == {"guide": 5}
    assert (titles("ringleiding"), Entry.objects.filter(key="tolk").count()) == (["nieuw"], 0)
    before = set(Entry.objects.values_list("id", "mark"))
    reindex(is_anew=True)
    assert set(Entry.objects.values_list("id", "mark")) == before


def test_what_was_noted_before_all_is_read_anew_is_read_once_and_what_comes_meanwhile_after_it(shelves, monkeypatch):
    def documents(keys):
        if "bad" in keys:
            raise RuntimeError("broken")
        if not Change.objects.filter(key="drempel").exists():
            shelves.put(shelves.documents["drempel"])
        return shelves.source.documents(keys)

    shelves.put(doc("nieuw", "Een ringleiding"), doc("bad", "Slecht"))
    shelves.take("tolk")
    monkeypatch.setitem(sources._sources, "guide", dataclasses.replace(shelves.source, documents=documents))
    reindex()
    assert titles("ringleiding") == ["nieuw"]
    assert sorted(Change.objects.values_list("key", flat=True)) == ["bad", "drempel"]


def test_a_page_of_the_site_itself_is_read_at_the_start(shelves):
    shelves.documents["over"] = doc("over", "Over de ringleiding")
    shelves.take("tolk", is_noted=False)

    read_unwatched()
    assert (titles("ringleiding"), Entry.objects.filter(key="tolk").count()) == (["over"], 0)


def test_a_word_that_is_dutch_is_not_taken_for_another(shelves):
    found = find("klagen over een kind", today=TODAY)
    assert (found.instead, [each.key for each in found.results][:1]) == ("", ["speeltuin"])


def test_how_common_terms_are_is_counted(shelves):
    assert Counted.objects.get().documents == 5
    shelves.put(doc("kind", "Nog een kind"))
    catch_up(now=NOW)
    assert Counted.objects.get().documents == 6
    assert Term.objects.get(term="kind").count == 2


def test_it_costs_as_much_whatever_there_is(shelves, django_assert_num_queries):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find("kind", today=TODAY)
        return len(queries)

    few = cost()
    shelves.put(*(doc(f"k{number}", f"Kind {number}", "Over een kind.") for number in range(30)))
    catch_up(now=NOW)
    assert cost() == few


HOSTILE = [
    '"', '""', "'", "''", "\\", "%", "_", "*", "NEAR(a b)", "a AND", "OR OR", "NOT x", "title:kind", "^kind", "(((", "kind)",
    "kind:*", "kind & | !", "<->", "<b>kind</b>", "'; DROP TABLE search_entry; --", "\x00kind", "😀", "مرحبا kind", "​kind",
    "-", "--", "- -", "-kind", '-"kind"', "kind-", "[a-z]+(", "a" * 10_000, "kind " * 2_000, "een twee " * 1_000, "{kind}",
    "kind\u202e", "ß", "İ", "=kind", "~kind", "==", "a.b,c:d", "1.000", "2026", "&amp;",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_goes_wrong(shelves, typed):
    found = find(typed, today=TODAY)
    assert all(each.url for each in found.results)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    typed=st.text(max_size=120)
    | st.lists(st.sampled_from([*HOSTILE[:20], "kind", "lift", "-", '"']), max_size=6).map(" ".join)
)
def test_nothing_that_could_be_typed_goes_wrong(shelves, typed):
    find(typed, today=TODAY)
