"""Files in a bucket of a real server: kept, read by parts, forgotten; and what happens when that server goes away."""

import os
import socket
import subprocess
import sys
import time

import pytest
from django.core.files.storage import default_storage, storages
from django_tasks_db.models import DBTaskResult

from meedoen.files import bucket, place, store
from meedoen.files.refusing import Away, NotTaken
from tests.files.bucket_server import BUCKET, Server, storage

LARGE = os.urandom(3_000_000)


@pytest.fixture
def server(settings):
    """A server that is the place for files."""
    one = Server()
    one.start()
    settings.STORAGES = {**settings.STORAGES, "default": storage(one.url)}
    yield one
    one.kill()


@pytest.fixture
def silent():
    """An address at which somebody listens and never says anything."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def seconds_of(deed) -> float:
    started = time.monotonic()
    with pytest.raises(Away):
        deed()
    return time.monotonic() - started


def test_files_are_kept_read_by_parts_and_forgotten(server):
    assert store.keep("ab/groot.mp4", LARGE) == "ab/groot.mp4"
    store.keep("ab/klein.jpg", b"foto")
    assert server.names() == ["ab/groot.mp4", "ab/klein.jpg"]
    assert (store.read("ab/groot.mp4"), store.read("ab/klein.jpg")) == (LARGE, b"foto")
    assert b"".join(store.part("ab/groot.mp4", 1_234_567, 2_999_999)) == LARGE[1_234_567:]
    assert b"".join(store.part("ab/groot.mp4", 0, 9)) == LARGE[:10]
    assert (default_storage.size("ab/groot.mp4"), default_storage.exists("ab/weg.jpg")) == (len(LARGE), False)
    assert default_storage.listdir("") == (["ab"], [])
    with default_storage.open("ab/klein.jpg") as file:
        assert (file.seek(0, os.SEEK_END), file.read(), file.seek(1), file.read()) == (4, b"", 1, b"oto")
    store.forget("ab/groot.mp4", "ab/weg.jpg")
    assert server.names() == ["ab/klein.jpg"]
    for deed in (lambda: store.read("ab/groot.mp4"), lambda: store.part("ab/groot.mp4", 0, 9)):
        with pytest.raises(FileNotFoundError):
            deed()


@pytest.mark.django_db
def test_who_does_not_answer_is_not_asked_again_for_a_while(server, monkeypatch):
    monkeypatch.setattr(bucket, "REST_SECONDS", 1)
    store.keep("ab/foto.jpg", b"foto")
    server.kill()
    assert seconds_of(lambda: store.read("ab/foto.jpg")) < 3
    with pytest.raises(Away, match="a moment ago"):
        default_storage.exists("ab/foto.jpg")
    with pytest.raises(NotTaken, match="We kunnen je bestand nu niet bewaren"):
        store.keep("ab/nieuw.jpg", b"nieuw")
    time.sleep(1.1)
    assert seconds_of(lambda: store.read("ab/foto.jpg")) < 3  # asked again, and still away
    server.start()
    time.sleep(1.1)
    store.keep("ab/nieuw.jpg", b"nieuw")
    assert store.read("ab/nieuw.jpg") == b"nieuw"


def test_who_says_nothing_is_waited_for_seconds_only(silent, settings, monkeypatch):
    monkeypatch.setattr(bucket, "READ_SECONDS", 1)
    settings.STORAGES = {**settings.STORAGES, "default": storage(silent)}
    assert seconds_of(lambda: store.read("ab/foto.jpg")) < 2 * 1 + 2
    assert seconds_of(lambda: store.read("ab/andere.jpg")) < 0.1


def test_a_server_that_dies_while_a_file_is_read_gives_no_half_file(server):
    """What came is never taken for all of it."""
    store.keep("ab/groot.mp4", os.urandom(40_000_000))
    pieces = store.part("ab/groot.mp4", 0, 39_999_999)
    assert len(next(pieces)) == store.PIECE
    server.kill()
    with pytest.raises(Away):
        list(pieces)


@pytest.mark.django_db
def test_what_cannot_be_deleted_now_is_deleted_later(server, monkeypatch):
    monkeypatch.setattr(bucket, "REST_SECONDS", 0)
    server.kill()
    store.forget("ab/weg.jpg")
    [waiting] = DBTaskResult.objects.all()
    assert (waiting.args_kwargs["args"], waiting.status) == ([["ab/weg.jpg"]], "READY")
    assert waiting.run_after is not None
    # It was not away for long enough to be forgotten, and is away no more.
    server.start()
    store.keep("ab/weg.jpg", b"foto")
    store.forget_later.call(*waiting.args_kwargs["args"])
    assert server.names() == []
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_what_still_cannot_be_deleted_is_tried_again(server):
    server.kill()
    store.forget_later.call(["ab/weg.jpg"])
    assert [each.args_kwargs["args"] for each in DBTaskResult.objects.all()] == [[["ab/weg.jpg"]]]


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_away_too(settings, tmp_path):
    (tmp_path / "vol").touch()
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "vol"}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    with pytest.raises(NotTaken, match="We kunnen je bestand nu niet bewaren"):
        store.keep("ab/foto.jpg", b"foto")


def problems_at(url, name=BUCKET):
    settings = storage(url, name)
    return list(bucket.problems(bucket.Bucket(**settings["OPTIONS"])))


def test_a_bucket_that_is_well_has_no_problems_and_nothing_is_left_in_it(server):
    assert problems_at(server.url) == []
    assert server.names() == []


def test_a_bucket_that_is_not_there_is_told(server):
    assert problems_at(server.url, "een-andere") == [
        "The bucket for files (een-andere) cannot be used: there is no such bucket; make it, or set MEEDOEN_S3_BUCKET."
    ]


def test_a_bucket_that_everybody_can_read_is_told(server):
    server.client().put_bucket_acl(Bucket=BUCKET, ACL="public-read")
    server.client().put_bucket_policy(
        Bucket=BUCKET,
        Policy='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",'
        f' "Resource": "arn:aws:s3:::{BUCKET}/*"}}]}}',
    )
    assert problems_at(server.url) == [
        "Everybody can read what is in the bucket for files (meedoen-proef), also what was hidden or erased."
        " Take away its public policy."
    ]


def test_a_server_that_is_not_there_is_told(server):
    server.kill()
    assert problems_at(server.url) == [
        "The bucket for files (meedoen-proef) cannot be used: it does not answer (EndpointConnectionError)."
    ]


def test_the_check_asks_the_bucket_of_the_settings(server, settings):
    settings.S3_BUCKET = ""
    assert list(place.problems()) == []
    settings.S3_BUCKET, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = BUCKET, "sleutel", ""
    assert list(place.problems()) == [
        "MEEDOEN_S3_ACCESS_KEY or its secret is empty. Set MEEDOEN_S3_SECRET_KEY,"
        " or let MEEDOEN_S3_SECRET_KEY_FILE name a file that we may read."
    ]
    settings.S3_SECRET_KEY = "geheim"
    assert list(place.problems()) == []
    assert isinstance(storages["default"], bucket.Bucket)
    server.kill()
    assert len(list(place.problems())) == 1


def elsewhere(code: str, folder, **environment: str) -> str:
    """What ``code`` prints in a process of its own, with the settings of ``environment`` beside those of a laptop."""
    started = "import django; django.setup(); "
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")}
    done = subprocess.run(
        [sys.executable, "-c", started + code],
        env={**plain, "DJANGO_SETTINGS_MODULE": "meedoen.config.settings", "MEEDOEN_DATA": str(folder), **environment},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


def test_the_environment_names_the_bucket_and_a_file_its_secret(server, tmp_path):
    secret = tmp_path / "geheim"
    secret.write_text("geheim\n", encoding="utf-8")
    named = {
        "MEEDOEN_S3_BUCKET": BUCKET,
        "MEEDOEN_S3_ENDPOINT": f"{server.url}/",
        "MEEDOEN_S3_REGION": "us-east-1",
        "MEEDOEN_S3_ACCESS_KEY": "sleutel",
        "MEEDOEN_S3_SECRET_KEY_FILE": str(secret),
        "MEEDOEN_S3_ADDRESSING": "path",
    }
    code = (
        "from django.conf import settings; from meedoen.files import place, store; store.keep('ab/x.jpg', b'foto');"
        "print(list(place.problems()), store.read('ab/x.jpg'), settings.S3_SECRET_KEY)"
    )
    assert elsewhere(code, tmp_path, **named) == "[] b'foto' geheim"
    assert server.names() == ["ab/x.jpg"]


def test_without_a_bucket_nothing_of_it_is_loaded(tmp_path):
    code = (
        "import sys; from meedoen.files import place, store; store.keep('ab/x.jpg', b'foto');"
        "print(list(place.problems()), store.read('ab/x.jpg'), {'boto3', 'storages'} & set(sys.modules))"
    )
    assert elsewhere(code, tmp_path) == "[] b'foto' set()"
    assert (tmp_path / "media" / "ab" / "x.jpg").read_bytes() == b"foto"
