"""The terms of the index go with their documents, on both databases, and come through a change of the tables."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection

from meedoen.search.actions import catch_up
from meedoen.search.documents import Document
from meedoen.search.finding import find
from meedoen.search.models import Entry

from .shelf import shelf as shelf

NOW = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no such statement or table")


@pytest.fixture
def found(shelf):
    """Two documents in the index, and a function that tells which of them are found."""
    shelf.put(Document("stembureau", "/a/", "Stembureau"), Document("speeltuin", "/b/", "Speeltuin"))
    catch_up(now=NOW)
    return lambda: [
        each.key
        for word in ("stembureau", "speeltuin")
        for each in find(word, today=NOW.date()).results
        if each.has_all
    ]


def terms():
    """How many documents have terms."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_terms")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_document_that_goes_takes_its_terms_along(found):
    assert (found(), terms()) == (["stembureau", "speeltuin"], 2)
    Entry.objects.get(key="stembureau").delete()
    assert (found(), terms()) == (["speeltuin"], 1)
    Entry.objects.all().delete()
    assert (found(), terms()) == ([], 0)


@on_postgresql
@pytest.mark.django_db
def test_emptying_all_documents_at_once_does_too(found):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_entry")
    assert (found(), terms()) == ([], 0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_tables_change_there_and_back_with_documents_in_them(found):
    numbers = dict(Entry.objects.values_list("key", "pk"))
    call_command("migrate", "search", "0001", verbosity=0)
    call_command("migrate", "search", verbosity=0)
    catch_up(now=NOW)
    assert (found(), terms()) == (["stembureau", "speeltuin"], 2)
    assert dict(Entry.objects.values_list("key", "pk")) == numbers  # by which followers of a search were told of them
