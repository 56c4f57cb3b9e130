"""Facts as rows: told by their source and gone with it, contested and still contested, read for who is there now."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from meedoen.municipalities.facts import actions, reading, rules, tellers
from meedoen.municipalities.facts.actions import Contradicted
from meedoen.municipalities.facts.rules import For, Kind, Told
from meedoen.municipalities.facts.tellers import Source
from meedoen.municipalities.models import Fact, Municipality
from meedoen.pages.models import Area
from meedoen.themes.actions import load_themes

from .conftest import NOW

HOUR = datetime.timedelta(hours=1)
OF_FACTS = re.compile(r"INTO .pages_area.*'facts'|.municipalities_fact.")


@pytest.fixture(autouse=True)
def known(register):
    load_themes(now=NOW)


def key_of(slug) -> int:
    return Municipality.objects.get(slug=slug).pk


def told(slug="utrecht", theme="werk", says="Utrecht deelt een voorbeeld over werk.", kind=Kind.PRACTICE) -> Told:
    return Told(key_of(slug), kind, theme, says, "/kennisbank/hulp/", "Hulp bij werk", "2025")


def source(*facts, name="test-1", holds_from=NOW) -> Source:
    return Source(name, facts, holds_from)


def used(*slugs, now=NOW) -> dict[str, list[str]]:
    names = dict(Municipality.objects.values_list("pk", "slug"))
    found = reading.of([key_of(slug) for slug in slugs], now=now)
    return {names[key]: [fact.words for fact in facts] for key, facts in found.items()}


def areas_last(asked) -> bool:
    """Whether pages were told once, after the last query about facts: no fact is locked after an area's row."""
    tables = ["area" if "pages_area" in each["sql"] else "fact" for each in asked if OF_FACTS.search(each["sql"])]
    return tables.count("area") == 1 and tables[-1] == "area"


def test_a_source_tells_exactly_what_it_tells_now():
    assert actions.tell(source(told(), told(theme=None, says="Iets.")), now=NOW)
    assert used("utrecht", "stein") == {"utrecht": ["Iets.", "Utrecht deelt een voorbeeld over werk."]}
    kept = Fact.objects.get(theme="werk")
    assert actions.tell(source(told(says="Anders."), told("stein")), now=NOW + HOUR)
    assert used("utrecht", "stein") == {"utrecht": ["Anders."], "stein": ["Utrecht deelt een voorbeeld over werk."]}
    assert Fact.objects.get(theme="werk", statement="Anders.").pk == kept.pk
    assert actions.untell("test-1", now=NOW)
    assert not Fact.objects.exists()


def test_told_twice_nothing_changes_and_no_page_is_made_anew():
    actions.tell(source(told()), now=NOW)
    before = list(Fact.objects.values()), list(Area.objects.values())
    assert not actions.tell(source(told()), now=NOW + HOUR)
    assert not actions.untell("test-2", now=NOW + HOUR)
    assert (list(Fact.objects.values()), list(Area.objects.values())) == before


def test_several_sources_tell_at_once_and_pages_are_told_once_after_all_of_them():
    actions.tell(source(told("stein"), name="test-2"), now=NOW)
    with CaptureQueriesContext(connection) as asked:
        assert actions.tell_all([source(told()), source(name="test-2"), source(name="test-3")], now=NOW)
    assert list(Fact.objects.values_list("source", flat=True)) == ["test-1"]
    assert areas_last(asked)
    assert not actions.tell_all([source(told()), source(name="test-2")], now=NOW + HOUR)


def test_another_source_is_left_alone():
    actions.tell(source(told()), now=NOW)
    actions.tell(source(told(), name="test-10"), now=NOW)
    actions.untell("test-1", now=NOW)
    assert Fact.objects.get().source == "test-10"


def test_what_readers_have_later_is_used_later():
    actions.tell(source(told(), holds_from=NOW + HOUR), now=NOW)
    assert used("utrecht") == {}
    assert reading.next_change(NOW) == NOW + HOUR
    assert used("utrecht", now=NOW + HOUR) == {"utrecht": ["Utrecht deelt een voorbeeld over werk."]}
    assert reading.next_change(NOW + HOUR) is None


def test_withdrawn_is_used_no_more_and_can_be_put_back():
    actions.tell(source(told()), now=NOW)
    fact = Fact.objects.get()
    assert actions.withdraw(fact, why="Dat was vroeger.", for_whom=For.CONTACT, now=NOW)
    assert not actions.withdraw(fact, why="", for_whom=For.TEAM, now=NOW)
    assert used("utrecht") == {}
    assert Fact.objects.get().why == "Dat was vroeger."
    assert actions.put_back(fact, now=NOW)
    assert not actions.put_back(fact, now=NOW)
    assert used("utrecht") == {"utrecht": ["Utrecht deelt een voorbeeld over werk."]}


def test_withdrawn_stays_so_when_its_source_falls_silent_and_comes_back_and_no_word_is_left_meanwhile():
    actions.tell(source(told()), now=NOW)
    actions.withdraw(Fact.objects.get(), why="Nee.", for_whom=For.CONTACT, now=NOW)
    actions.untell("test-1", now=NOW)
    gone = Fact.objects.get()
    assert (gone.statement, gone.title, gone.url, gone.why, gone.gone_at) == ("", "", "", "", NOW)
    for deed in (
        lambda: actions.put_back(gone, now=NOW),
        lambda: actions.correct(gone, "Iets.", seen="", now=NOW),
    ):
        with pytest.raises(Contradicted, match="nergens meer"):
            deed()
    actions.tell(source(told()), now=NOW + HOUR)
    assert used("utrecht", now=NOW + HOUR) == {}
    assert Fact.objects.get().withdrawn_at == NOW
    actions.untell("test-1", now=NOW + HOUR)
    actions.erase_old(now=NOW + HOUR + rules.KEEP_GONE - HOUR)
    assert Fact.objects.exists()
    actions.erase_old(now=NOW + HOUR + rules.KEEP_GONE)
    assert not Fact.objects.exists()


def test_corrected_words_are_used_until_the_source_says_something_else():
    actions.tell(source(told()), now=NOW)
    fact = Fact.objects.get()
    with pytest.raises(Contradicted, match="veranderde intussen"):
        actions.correct(fact, "Beter.", seen="Wat er eerder stond.", now=NOW)
    assert actions.correct(fact, "Beter.", seen=fact.statement, now=NOW)
    assert not actions.correct(fact, "Beter.", seen="Beter.", now=NOW)
    assert used("utrecht") == {"utrecht": ["Beter."]}
    actions.tell(
        source(Told(key_of("utrecht"), Kind.PRACTICE, "werk", fact.statement, "/nieuw/", "Nieuwe titel")), now=NOW
    )
    assert used("utrecht") == {"utrecht": ["Beter."]}  # only its address changed
    assert actions.correct(fact, "", seen="Beter.", now=NOW)
    assert used("utrecht") == {"utrecht": [fact.statement]}
    actions.correct(fact, "Beter.", seen=fact.statement, now=NOW)
    actions.tell(source(told(says="Sinds dit jaar niet meer.")), now=NOW)
    assert used("utrecht") == {"utrecht": ["Sinds dit jaar niet meer."]}


def test_what_was_told_of_a_former_municipality_counts_for_the_one_it_went_on_in(django_assert_num_queries):
    actions.tell(
        source(told("geldermalsen", says="Geldermalsen deed iets."), told("west-betuwe", None, "Zij ook.")), now=NOW
    )
    assert used("west-betuwe") == {"west-betuwe": ["Zij ook.", "Geldermalsen deed iets."]}
    assert used("stein") == {}
    keys = list(Municipality.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert len(reading.of(keys, now=NOW, presents={})) == 2
    with django_assert_num_queries(2):
        assert len(reading.of(keys, now=NOW)) == 1


def test_filling_tells_all_and_silences_what_nobody_tells_any_more(monkeypatch):
    monkeypatch.setattr(tellers, "_tellers", {})
    stands = [source(told()), source(told("stein"), name="test-2")]
    tellers.register("test", lambda: stands)
    actions.tell(source(told(), name="other-1"), now=NOW)
    actions.tell(source(told(), name="test-3"), now=NOW)
    assert actions.fill(now=NOW) == 3
    assert sorted(Fact.objects.values_list("source", flat=True)) == ["other-1", "test-1", "test-2"]
    assert actions.fill(now=NOW) == 0
    stands.pop()
    call_command("fill_facts")
    assert sorted(Fact.objects.values_list("source", flat=True)) == ["other-1", "test-1"]
    with pytest.raises(ValueError, match="two tell"):
        tellers.register("test", list)


def test_filling_locks_all_facts_before_it_asks_what_is_told(monkeypatch):
    """So that who hides a source meanwhile waits, and silences what was filled in."""
    monkeypatch.setattr(tellers, "_tellers", {})
    actions.tell(source(told(), name="second-1"), now=NOW)
    locked = []
    with CaptureQueriesContext(connection) as asked:
        for prefix in ("first", "second"):
            tellers.register(prefix, lambda: locked.append(sum("_fact" in each["sql"] for each in asked)) or [])
        assert actions.fill(now=NOW) == 1
    assert locked == [1, 1]


def test_the_database_takes_no_fact_twice_and_none_without_words():
    actions.tell(source(told(), told(theme=None)), now=NOW)
    for theme, changes in (("werk", {}), (None, {}), ("thuis", {"statement": ""}), ("thuis", {"gone_at": NOW})):
        row = Fact.objects.get(theme="werk")
        row.pk, row.theme_id = None, theme
        for name, value in changes.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_a_title_inside_a_sentence_is_cut_between_words():
    assert rules.shortened("Kort.") == "Kort"
    long = rules.shortened("woord " * 30)
    assert long.endswith("woord…")
    assert len(long) <= rules.MAX_TITLE
