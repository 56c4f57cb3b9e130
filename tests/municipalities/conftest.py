"""The register as it ships, loaded once for the tests of this package."""

import datetime

import pytest
from tests.starting import load_once

from meedoen.municipalities.actions import load_register

NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def register(db):
    """The 342 municipalities, their history and the manifest."""
    load_once("register", lambda: load_register(now=NOW))
