"""Signing in at another provider, a process of its own, from a site that has it switched on; in a real browser."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from make.ports import free_port
from playwright.sync_api import expect
from tests.browser import Site

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
# Whom the site knows, beside those of the examples.
ADDRESSES = (  # but those of the examples
    "SELECT email, verified_at IS NOT NULL FROM people_address"
    " WHERE email NOT LIKE '%-op-het-forum@%' AND email NOT LIKE '%-koppelt@%'"
)


@pytest.fixture(scope="module")
def provider():
    """The provider's address."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.people.provider", str(port)], cwd=ROOT)
    until = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://localhost:{port}/.well-known/openid-configuration", timeout=5).close()
            break
        assert time.monotonic() < until, "The provider did not start."
        time.sleep(0.05)
    yield f"http://localhost:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def site_with(tmp_path, provider):
    """A site that knows the provider, by the name that a test gives."""
    running = []

    def start(client, server=provider):
        running.append(
            Site(
                tmp_path,
                MEEDOEN_OIDC_SERVER=server,
                MEEDOEN_OIDC_NAME="Voorbeeld-ID",
                MEEDOEN_OIDC_CLIENT_ID=client,
                MEEDOEN_OIDC_CLIENT_SECRET="geheim",
            )
        )
        return running[-1]

    yield start
    for site in running:
        site.close()


def go(chromium, site):
    """Press the button; the page on which it ends."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/inloggen/?next=/nieuws/")
    page.get_by_role("button", name="Log in bij Voorbeeld-ID").click()
    page.wait_for_load_state()
    return page


def test_who_the_provider_knows_comes_in(chromium, site_with):
    site = site_with("proven")
    page = go(chromium, site)
    expect(page.get_by_role("heading", name="Wie ben je?")).to_be_visible()
    page.get_by_label("Je naam").fill("Elif")
    page.get_by_role("button", name="Ga verder").click()
    expect(page).to_have_url(f"{site.url}/nieuws/")
    assert site.asked(ADDRESSES) == [("elif@voorbeeld.example", 1)]
    assert site.asked("SELECT count(*) FROM socialaccount_socialaccount") == [(0,)]
    page.context.close()
    page = go(chromium, site)  # the second time there is nothing to ask
    expect(page).to_have_url(f"{site.url}/nieuws/")
    page.context.close()
    # An answer that this browser never asked for signs nobody in.
    with urllib.request.urlopen(f"{site.url}/inloggen/aanbieder/own/terug/?code=x&state=y", timeout=20) as answer:
        assert "Daar inloggen lukte niet" in answer.read().decode()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{site.url}/inloggen/aanbieder/", data=b"", timeout=20)


@pytest.mark.parametrize("client", ["unproven", "says-nothing", "says-true-in-words", "no-address", "refused"])
def test_an_address_that_is_not_proven_there_is_nobodys(chromium, site_with, client):
    site = site_with(client)
    page = go(chromium, site)
    expect(page.get_by_text("Daar inloggen lukte niet")).to_be_visible()
    expect(page.get_by_role("link", name="Inloggen")).to_be_visible()
    assert site.asked(ADDRESSES) == []
    page.context.close()


def test_a_provider_that_is_away_is_told(chromium, site_with):
    page = go(chromium, site_with("proven", "http://localhost:9"))
    expect(page.get_by_text("Daar inloggen lukte niet")).to_be_visible()
    page.context.close()


def test_nothing_of_it_is_there_when_it_is_off():
    assert not os.environ.get("MEEDOEN_OIDC_SERVER")
    from django.urls import NoReverseMatch, reverse

    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_callback", args=["own"])
