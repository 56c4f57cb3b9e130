"""Every row comes to the other database, and what visitors read there is the same to the byte."""

import ast
import contextlib
import io
import os
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult
from tests.people.vault.conftest import person

from meedoen.forum.examples import load as load_topics
from meedoen.keeping import moving
from meedoen.kernel import clock
from meedoen.library.actions import load_starting_content
from meedoen.mail.tasks import deliver_mail
from meedoen.municipalities.actions import load_register
from meedoen.people.models import Person
from meedoen.themes.actions import load_themes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# What visitors are shown, in a process of its own, as on a server that was started anew.
ASK = """
import hashlib, django, sys
django.setup()
from django.test import Client
for path in sys.argv[1:]:
    answer = Client(SERVER_NAME="localhost").get(path)
    print(path, answer.status_code, hashlib.sha256(answer.content).hexdigest())
"""
COUNT = """
import django
django.setup()
from meedoen.keeping import moving
print({model._meta.label: (model._base_manager.count(), moving.mark_of(model, "default")) for model in moving.models()
       if model._meta.label != "pages.Area"})  # the index was read anew there, and its pages too
"""
NEXT = """
import django
django.setup()
from meedoen.kernel import clock
from meedoen.people.models import Address, Person
address = Address.objects.create(email="nieuw@voorbeeld.example", verified_at=clock.now())
print("made", Person.objects.create(address=address, name="Nieuw", joined_at=clock.now()).pk)
"""
# Where the tables come from a copy of what the migrations make: these take twenty seconds each time.
MOVING = """
import django, sys
django.setup()
from meedoen.keeping import moving
from tests.migrated import put
really = moving._run_there
moving._run_there = lambda url, *words: put(url) if words[0] == "migrate" else really(url, *words)
"""
MOVED = f"{MOVING}moving.move(sys.argv[1], tell=str)"
SPOILED = f"""{MOVING}
moving.mark_of = lambda _model, using: using
try:
    moving.move(sys.argv[1], tell=str)
except moving.CannotMove as problem:
    print(problem)
"""
ROOT = Path(__file__).resolve().parents[2]
SHOWN = [
    "/",
    "/nieuws/",
    "/kennisbank/",
    "/forum/",
    "/gemeenten/",
    "/gemeenten/noordenveld/",
    "/manifest/",
    "/zoeken/?q=speeltuin",
]


@pytest.fixture
def opened(db):
    """A site with something of everything, and somebody."""
    now = clock.now()
    load_themes(now=now)
    load_register(now=now)
    load_starting_content(now=now, examples=True)
    load_topics(now=now)
    call_command("reindex", stdout=io.StringIO())
    deliver_mail.enqueue(1)
    DBTaskResult.objects.update(enqueued_at=now - timedelta(days=3))  # what was asked for before stays so old
    return person("Ans")


def url_of_this():
    name = connection.settings_dict["NAME"]
    return (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    )


def run(url, *words):
    """Run something on a database, in a process of its own, as whoever runs a site does: nobody else has it open."""
    connection.close()
    return subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def move(url, to):
    return run(url, "-m", "meedoen.config.cli", "move", to)


def refusal(done):
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1]


def shown(url):
    return run(url, "-c", ASK, *SHOWN).stdout


def rows(url):
    """How many rows each table has, and a mark of what they say."""
    return ast.literal_eval(run(url, "-c", COUNT).stdout)


@contextlib.contextmanager
def another(tmp_path):
    """The address of an empty database, of the same kind as the one that is in use."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'last.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_moved"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_every_row_comes_along_and_every_page_stays_the_same(opened, tmp_path):
    """To SQLite, and from there to the kind of database that is in use: on PostgreSQL both ways."""
    here, there = url_of_this(), f"sqlite:///{tmp_path / 'other.sqlite3'}"
    done = move(here, there)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "stand in the other database, and are the same; what is searched in was made anew there. Set DATABASE_URL to it"
        in done.stdout
    )
    before = shown(here)
    assert before.count(" 200 ") == len(SHOWN)
    assert shown(there) == before
    assert rows(there) == rows(here)
    with another(tmp_path) as last:
        once_more = connection.vendor == "sqlite"  # its migrations went there just now
        assert (run(there, "-c", MOVED, last) if once_more else move(there, last)).returncode == 0
        assert shown(last) == before
        assert rows(last) == rows(here)
        assert "made" in run(last, "-c", NEXT).stdout  # what comes next has a number that nobody has


def test_what_fails_leaves_the_other_database_empty_to_try_again(ans, tmp_path):
    with another(tmp_path) as last:
        for _time in range(2):
            assert "the other database says something else in" in run(url_of_this(), "-c", SPOILED, last).stdout


def test_a_database_with_something_in_it_is_left_alone(opened, tmp_path):
    other = tmp_path / "other.sqlite3"
    with contextlib.closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE letters (words)")
        database.commit()
    was = other.read_bytes()
    assert refusal(move(url_of_this(), f"sqlite:///{other}")) == (
        "CommandError: Not moved: the other database is not empty: it has letters and 0 other tables."
    )
    assert other.read_bytes() == was


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("onzin", "this is no address of a database"),
        ("postgres://nobody@127.0.0.1:1/nothing", "the other database does not serve"),
        ("sqlite:////nergens/te/vinden.sqlite3", "the other database does not serve"),
    ],
)
def test_what_is_no_place_is_refused(db, url, words):
    assert words in refusal(move(url_of_this(), url))


def test_the_database_in_use_is_no_other(db):
    assert "this is the database that is in use now" in refusal(move(url_of_this(), url_of_this()))


def test_a_row_that_differs_is_seen(ans):
    before = moving.mark_of(Person, "default")
    Person.objects.filter(pk=ans.pk).update(name="Anna")
    changed = moving.mark_of(Person, "default")
    Person.objects.filter(pk=ans.pk).update(name="Ans")
    assert changed != before
    assert moving.mark_of(Person, "default") == before


def test_the_address_with_its_password_need_not_stand_in_the_command(monkeypatch):
    """What is in a command, others on the machine can read."""
    told = []
    monkeypatch.setattr(moving, "move", lambda url, *, anyway, tell: told.append(url) or moving.Moved(1, 2))
    monkeypatch.setattr(sys, "stdin", io.StringIO("postgres://meedoen:geheim@localhost/meedoen\n"))
    call_command("move", stdout=io.StringIO())
    assert told == ["postgres://meedoen:geheim@localhost/meedoen"]
