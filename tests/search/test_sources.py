"""What all sources have in common, and that nothing with a page of its own is forgotten."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils.translation import override
from tests.search.sourced import noted, notes

from meedoen.config.preparation import migrate
from meedoen.search.sources import areas, source, sources, watches_of
from meedoen.search.watching import _triggers
from meedoen.terms.models import Term

pytestmark = pytest.mark.django_db
# Each model with an address, and the sources by which it is found.
FOUND = {
    "barriers.Barrier": ("barrier",),
    "celebrations.Celebration": ("celebration",),
    "conversation.Contribution": ("contribution",),
    "forum.Topic": ("topic",),
    "library.Article": ("news", "guide", "practice", "tool"),
    "library.InclusionAgenda": ("agenda",),
    "meetings.Meeting": ("meeting",),
    "municipalities.Municipality": ("municipality",),
    "newsletter.Letter": ("letter",),
    "terms.Term": ("term",),
    "themes.ConventionArticle": ("convention",),
}
# And why each other one is not.
NOT_FOUND = {
    "barriers.StuckReport": "the page of who got stuck, for them alone",
    "celebrations.Maker": "the page of who is named, for them alone",
    "celebrations.Question": "where one person answers what became of it",
    "coupling.CouplingRequest": "what somebody asks or offers never stands on the site",
    "coupling.Party": "the page of who is introduced, for them alone",
    "coupling.Proposal": "for the team alone",
    "coupling.Round": "for the team alone",
    "library.PracticeOffer": "the page of who offered it; what came of it is an article",
    "library.Reuse": "the page of who said it; its words stand with the article and are found there",
    "library.Work": "for who writes alone; what readers have of it is an article",
    "meetings.Attendee": "the page of who comes, for them alone",
    "meetings.Question": "the page of who asked, for them alone",
    "meetings.Series": "a list of meetings, which say its name",
}
WITHOUT_ADDRESS = {"conversation.Contribution", "themes.ConventionArticle"}  # the page is another's


def test_whatever_has_a_page_is_found_or_says_why_not():
    models = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("meedoen.") and (hasattr(model, "get_absolute_url") or hasattr(model, "own_url"))
    }
    models |= {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("meedoen.") and isinstance(vars(model).get("url"), property)
    }
    assert models | WITHOUT_ADDRESS == FOUND.keys() | NOT_FOUND.keys()
    assert {kind for kinds in FOUND.values() for kind in kinds} | {"page"} == {each.kind for each in sources()}


def test_what_has_a_source_tells_when_it_changed():
    for label, kinds in FOUND.items():
        for kind in kinds:
            tables = {watch.model()._meta.label for watch in watches_of(source(kind))}
            assert label in tables, kind


def test_each_kind_is_called_something_and_changes_with_an_area():
    names = [(str(each.one), str(each.many)) for each in sources()]
    assert all(one and many for one, many in names)
    assert len(set(names)) == len(names)
    assert all(each.areas for each in sources() if each.kind != "page")
    assert "news" in areas()
    with override("nl"):
        assert str(source("guide").many) == "Handreikingen"


def test_each_watch_names_a_table_and_columns_that_there_are():
    for each in sources():
        for watch in watches_of(each):
            columns = {field.column for field in watch.model()._meta.concrete_fields}
            assert {watch.key, *watch.columns} <= columns, (each.kind, watch.model())
            for step in watch.through.steps() if watch.through else ():
                there = {field.column for field in step.model()._meta.concrete_fields}
                assert {step.by, step.key} <= there, (each.kind, step)


def test_no_name_of_a_trigger_is_longer_than_each_database_takes():
    names = [each.name for each in _triggers()]
    assert max(map(len, names)) <= 63
    assert len(set(names)) == len(names)


def test_without_anything_nothing_is_found_and_all_keys_are_taken():
    for each in sources():
        for keys in ([], ["0"], ["x'; --"], ["9" * 40], ["-1"]):
            assert list(each.documents(keys)) == list(each.public(keys)) == []


def test_what_is_watched_is_right_at_each_start_without_a_migration_too():
    each = next(each for each in _triggers() if each.table == "terms_term" and each.fires == "DELETE")
    on = "" if connection.vendor == "sqlite" else f' ON "{each.table}"'
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{each.name}"{on}')
    Term.objects.create(id="lia", word="LIA", explanation="Een plan.").delete()
    assert ("term", "lia") in noted()
    Term.objects.create(id="lia", word="LIA", explanation="Een plan.")
    noted()
    Term.objects.all().delete()
    assert noted() == set()
    migrate()
    with notes(("term", "lia")):
        Term.objects.create(id="lia", word="LIA", explanation="Een plan.")
    with notes(("term", "lia")):
        Term.objects.all().delete()
