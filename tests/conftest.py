"""What all tests share."""

import pytest

pytest_plugins = ["tests.browser", "tests.signed_in", "tests.access.results"]


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Each test starts without kept pages, so that none sees another's."""
    from meedoen.pages.kept import store

    store.clear()
    from meedoen.terms import reading as terms

    terms._known_at.cache_clear()
