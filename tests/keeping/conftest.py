"""A place for backups with a key of its own, and a file that somebody sent."""

import pytest

from meedoen.keeping import making
from meedoen.kernel import clock


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """The data folder of this test, with media on disk."""
    settings.DATA = tmp_path / "data"
    settings.SECRET_KEY_FILE = settings.DATA / "secret-key"
    settings.BACKUPS = tmp_path / "backups"
    settings.BACKUP_KEY = ""
    settings.BACKUP_KEY_FILE = tmp_path / "backup-key"
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    return tmp_path


@pytest.fixture
def sent(place):
    """A function that puts a file where people's files are."""

    def put(name="ab/abc.jpg", content=b"een foto"):
        path = place / "data" / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return put


@pytest.fixture
def back_up():
    """A function that makes a backup and gives its path."""

    def make(now=None):
        return making.back_up(now=now or clock.now(), tell=lambda _line: None)

    return make
