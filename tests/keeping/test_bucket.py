"""Backups with files in a bucket: they come back whole, and what tries them never touches the site's own."""

import io
import os

import pytest
from django.core.management import call_command
from tests.files.bucket_server import BUCKET, Server, storage

from meedoen.files import bucket, store
from meedoen.keeping import making, media, rehearsing, restoring
from meedoen.kernel import clock
from meedoen.municipalities.actions import load_register
from meedoen.people.models import Address
from meedoen.themes.actions import load_themes

pytestmark = pytest.mark.django_db(transaction=True)

LARGE = os.urandom(9_000_000)  # goes to the bucket in parts


@pytest.fixture
def server(place, settings, monkeypatch):
    monkeypatch.setattr(bucket, "REST_SECONDS", 0)
    one = Server()
    one.start()
    settings.STORAGES = {**settings.STORAGES, "default": storage(one.url)}
    yield one
    one.kill()


@pytest.fixture
def kept(server):
    """What people sent."""
    store.keep("ab/foto.jpg", b"een foto")
    store.keep("cd/film.mp4", LARGE)
    return {"ab/foto.jpg": b"een foto", "cd/film.mp4": LARGE}


def restore(path, *, over):
    return restoring.restore(path, over=over, now=clock.now(), tell=lambda _line: None)


def in_bucket(server):
    return {name: server.client().get_object(Bucket=BUCKET, Key=name)["Body"].read() for name in server.names()}


def test_what_was_there_comes_back_and_what_came_later_is_gone(ans, server, kept, back_up):
    made = back_up()
    assert (made.files, made.missing) == (2, [])
    store.forget("ab/foto.jpg")
    store.keep("ef/later.jpg", b"later")
    assert restore(made.path, over=True).files == 2
    assert in_bucket(server) == kept
    assert Address.objects.count() == 1


def test_a_new_machine_with_an_empty_bucket_gets_all_of_it(ans, server, kept, back_up):
    made = back_up()
    media.forget_all()
    assert in_bucket(server) == {}
    restore(made.path, over=True)
    assert in_bucket(server) == kept


def test_no_half_backup_is_made_while_the_bucket_is_away(ans, server, kept, back_up, settings):
    server.kill()
    with pytest.raises(making.CannotBackUp, match=r"The bucket for files \(meedoen-proef\) cannot be used"):
        back_up()
    assert [path.name for path in settings.BACKUPS.iterdir() if path.name.endswith(".age")] == []


@pytest.mark.parametrize("over", [True, False])
def test_nothing_is_touched_when_the_bucket_is_away(ans, server, kept, back_up, over):
    made = back_up()
    Address.objects.create(email="later@voorbeeld.example")
    server.kill()
    with pytest.raises(
        restoring.CannotRestore, match=r"^The bucket for files \(meedoen-proef\) cannot be used: it does"
    ):
        restore(made.path, over=over)
    assert Address.objects.count() == 2


def test_a_bucket_that_goes_away_half_way_is_told_with_what_to_do(ans, server, kept, back_up, monkeypatch):
    made = back_up()
    put_all = media.put_all

    def once_it_is_gone(folder):
        server.kill()
        return put_all(folder)

    monkeypatch.setattr(media, "put_all", once_it_is_gone)
    with pytest.raises(restoring.HalfRestored, match=r"It stopped half-way: The bucket for files .* with --over"):
        restore(made.path, over=True)
    monkeypatch.setattr(media, "put_all", put_all)
    server.start()
    restore(made.path, over=True)
    assert in_bucket(server) == kept


@pytest.mark.slow
def test_trying_a_backup_leaves_the_bucket_of_the_site_alone(ans, server, kept, monkeypatch):
    """It runs with the site's environment, and puts the files in a folder of its own."""
    load_themes(now=clock.now())
    load_register(now=clock.now())
    for name, value in {
        "BUCKET": BUCKET, "ENDPOINT": server.url, "REGION": "us-east-1", "ACCESS_KEY": "sleutel",
        "SECRET_KEY": "geheim", "ADDRESSING": "path",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"MEEDOEN_S3_{name}", value)
    call_command("backup", stdout=io.StringIO())
    store.forget("ab/foto.jpg")
    store.keep("ef/later.jpg", b"later")
    call_command("rehearse", stdout=io.StringIO())
    report = rehearsing.last()
    assert report is not None
    assert report.problems == []
    assert in_bucket(server) == {"cd/film.mp4": LARGE, "ef/later.jpg": b"later"}
