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
