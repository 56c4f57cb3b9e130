"""Coupling by keyboard: the team runs a round and introduces five pairs; two guests say yes from their mails; a practice example grows."""

import re

import pytest

from tests.browser import NARROW, Mode, Site
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

PAIRS = 5
MAX_KEYS_EACH = 40  # keys to read a proposal from its top to its button, and send it


@pytest.fixture
def own_site(tmp_path):
    """A site on which nobody was coupled yet."""
    running = Site(tmp_path)
    yield running
    running.close()


def presses(page, words: str) -> int:
    """How often Tab is pressed until what starts with ``words`` has the focus."""
    for count in range(1, 120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return count
    raise AssertionError(f"{words} was not reached by Tab")


def told_to(site, name: str) -> str:
    """The text of the newest mail to somebody of the examples."""
    ((text,),) = site.asked(
        'SELECT text FROM mail_outgoingmail WHERE "to" = ? ORDER BY id DESC LIMIT 1', email_of(name)
    )
    return str(text)


def email_of(name: str) -> str:
    return f"{name.lower()}-koppelt@voorbeeld.example"


def test_five_pairs_are_introduced_and_two_guests_say_yes(visit, own_site, chromium):
    site, carla = own_site, own_site.sessions["carla"]
    context = chromium.new_context(locale="nl-NL", base_url=site.url)
    context.add_cookies([{"name": "sessie", "value": carla, "url": site.url}])
    desk = context.new_page()
    desk.goto("/team/koppelen/")
    go_by_tab(desk, "Zoek met een ronde wie bij elkaar passen")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/rondes/")
    go_by_tab(desk, "Begin een ronde")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/nieuw/")
    go_by_tab(desk, "Reken de ronde uit")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/rondes/*/?klaar=gerekend")
    assert focused(desk).startswith("Gelukt: De ronde is klaar. Er is nog niets gemaild.")
    presses(desk, "Groningen en Tilburg")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/rondes/*/1/")
    keys = 0
    for place in range(1, PAIRS + 1):
        keys += presses(desk, "Stel ze voor en mail") + 1
        desk.keyboard.press("Enter")
        desk.wait_for_url(f"**/rondes/*/{place + 1}/?klaar=voorgesteld")
        assert focused(desk).startswith("Gelukt: Ze kregen een mail.")
    context.close()
    assert keys <= PAIRS * MAX_KEYS_EACH
    assert site.asked("SELECT COUNT(*) FROM coupling_coupling") == [(PAIRS,)]

    for name in ("Bas", "Lieke"):  # of the first pair
        context = chromium.new_context(locale="nl-NL", base_url=site.url, viewport=NARROW, java_script_enabled=False)
        guest = context.new_page()
        text = told_to(site, name)
        guest.goto(re.search(r"/koppelen/kennismaken/[\w-]+/", text)[0])
        assert "Waarom jullie?" in guest.locator("main").inner_text()
        assert "@" not in guest.locator("main").inner_text()
        guest.get_by_label("De code uit de mail").fill(site.code(email_of(name)))
        guest.get_by_role("button", name="Ja, ik wil kennismaken").press("Enter")
        guest.wait_for_url("**/koppelen/kennismaken/**")
        assert context.cookies() == []
        context.close()
    met = told_to(site, "Bas")
    assert email_of("Lieke") in met
    assert site.newest_subject(email_of("Lieke")).startswith("Maak kennis met")


def test_what_a_coupling_left_becomes_a_practice_example(visit, site):
    page = visit(site.couplings["coupling_talked"], Mode({"viewport": NARROW}), who="carla", **WITHOUT_SCRIPT).page
    go_by_tab(page, "Maak er een praktijkvoorbeeld van")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer/**")
    assert "stembureau" in page.locator("main").inner_text()
    assert heading(page)
