"""What all tests share: a data folder of their own, and the cast."""

import os
import tempfile

import pytest

_folder = tempfile.mkdtemp(prefix="meedoen-tests-")
os.environ.update(
    MEEDOEN_DATA=_folder,
    MEEDOEN_SECRET_KEY="only for tests, not secret",
    MEEDOEN_SHOWROOM="yes",
    MEEDOEN_BENCH="yes",
    PORT="8000",
)


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Each test starts without kept pages, so that none sees another's."""
    from meedoen.pages.kept import store

    store.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """SQLite in a file, as people run it: threads and processes of a test then share it as they would there."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = os.path.join(_folder, "test.sqlite3")
