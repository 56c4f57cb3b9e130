"""The settings of the site that the browser visits: as people run it, and every error page has an address."""

from meedoen.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.site_urls"
