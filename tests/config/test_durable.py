"""What is acknowledged lies on the disk by then: SQLite waits for it at each commit."""

import subprocess
import sys

import pytest
from tests.config.test_running import environment

pytestmark = pytest.mark.slow

ASK = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    print(*(cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")))
"""


def test_sqlite_waits_for_the_disk_at_each_commit(tmp_path):
    """The settings of a site, since those of the tests do not wait for a disk."""
    settings = environment(MEEDOEN_DATA=tmp_path, DJANGO_SETTINGS_MODULE="meedoen.config.settings")
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=settings, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["wal", "2"]  # 2: FULL
