"""What all tests share."""

import gc
import os

import pytest
from hypothesis import settings

gc.disable()  # until all tests are found: what is imported stays, and looking through it is a tenth of that time

# The gate tries the same examples each time: a fault found by luck should not stop somebody else's change. `make test-all`
# looks for new ones. How long one takes says more of what else the machine does; what grows too fast is asked by name.
settings.register_profile("gate", derandomize=True, database=None, deadline=None)
settings.register_profile("wide", print_blob=True, deadline=None)
settings.load_profile(os.environ.get("MEEDOEN_EXAMPLES", "gate"))

pytest_plugins = ["tests.migrated", "tests.browser", "tests.signed_in", "tests.access.results"]


def pytest_collection_finish():
    """Look for what is no longer used less often: all that was imported stays anyhow, and one in twenty seconds goes to it."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Each test starts without kept pages, so that none sees another's."""
    from meedoen.meetings.attending import arranging
    from meedoen.pages.kept import store

    store.clear()
    arranging.forget()
    from meedoen.library import reading as library
    from meedoen.terms import reading as terms

    terms._known_at.cache_clear()
    library._counted_at.cache_clear()
