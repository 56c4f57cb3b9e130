"""The settings of the site, with a data folder of the tests' own and static files as they lie."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="meedoen-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.update(
    MEEDOEN_DATA=str(_folder),
    MEEDOEN_SECRET_KEY="only for tests, not secret",
    MEEDOEN_SHOWROOM="yes",
    MEEDOEN_BENCH="yes",
    MEEDOEN_MAIL_IN_DOMAIN="",
    PORT="8000",
)

from meedoen.config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir()
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # In a file, as people run it: threads and processes of a test then share it as they would there.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}  # noqa: F405
    # What a test writes may be lost when the machine falls over; waiting for the disk is most of the time.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # noqa: F405
    # Where twenty threads write at once on a busy machine: how long one waits for its turn is not what is tested.
    DATABASES["default"]["OPTIONS"]["timeout"] = 120  # noqa: F405  seconds
