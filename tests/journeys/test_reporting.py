"""Reporting, deciding and objecting, by keyboard only: a guest, the team with a full desk, and the writer."""

import re

import pytest

from tests.browser import NARROW, Mode, Site
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

ARTICLE = "/nieuws/peiling-2023/"
WAITING = 20
MAX_KEYS_EACH = 6  # keys to decide about one thing and stand at the next


def react(site, name: str) -> str:
    """Somebody new reacts and confirms; the address of their own page."""
    email = f"{name.lower()}@voorbeeld.example"
    draft = site.post(f"{ARTICLE}reageren/", text=f"Ik ben {name} en ik doe mee.", name=name, email=email)
    site.post(f"{draft}versturen/")
    return site.post(f"{draft}code/", code=site.code(email))


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_guest_reports_a_reaction_by_keyboard(visit, site, options):
    email = f"report-{len(options)}@voorbeeld.example"
    page = visit(f"/melden/?reactie={site.reactions['shown']}", Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Stuur mijn melding")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    go_by_tab(page, "Iemand is in gevaar, of dreigt een ander iets aan te doen")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    go_by_tab(page, "Leg uit wat je ziet")
    page.keyboard.type(f"Steeds dezelfde winkel, zegt {email}.")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    assert "Het is reclame, of steeds hetzelfde" in page.locator("main").inner_text()
    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/melding/*/")
    assert focused(page).startswith("Gelukt: We hebben je melding")
    assert site.newest_subject(email).startswith("We hebben je bericht aan ons team")
    assert page.context.cookies() == []


@pytest.fixture
def own_site(tmp_path):
    """A site on which nobody wrote anything yet."""
    running = Site(tmp_path)
    yield running
    running.close()


def test_the_team_clears_a_full_desk_by_keyboard(chromium, own_site):
    for number in range(WAITING):
        react(own_site, f"Inwoner{number}")
    context = chromium.new_context(locale="nl-NL")
    context.add_cookies([{"name": "sessie", "value": own_site.sessions["carla"], "url": own_site.url}])
    page = context.new_page()
    page.goto(f"{own_site.url}/team/")
    keys = 0

    def press(key: str) -> None:
        nonlocal keys
        keys += 1
        page.keyboard.press(key)

    page.get_by_role("link", name=re.compile("^Bericht van Inwoner0:")).focus()
    press("Enter")
    page.wait_for_url("**/team/bericht/*/")
    for number in range(WAITING):
        assert heading(page) == f"Bericht van Inwoner{number}"
        while page.evaluate("document.activeElement.textContent") != "Zet op de site":
            press("Tab")
        press("Enter")
        page.wait_for_url(re.compile(r"klaar=\d+"))
        if number == WAITING - 1:
            break
        page.wait_for_function(
            "number => !document.querySelector('h1').textContent.endsWith(`Inwoner${number}`)", arg=number
        )
        assert focused(page).startswith("Gelukt: Dit bericht staat nu op de site")
    page.wait_for_selector("text=Er wacht niets")
    context.close()
    assert keys <= 20 + WAITING * MAX_KEYS_EACH  # the first page begins at its top


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_writer_objects_by_keyboard_from_the_mail(visit, site, options):
    name = f"Bezwaar{len(options)}"
    react(site, name)
    ((number,),) = site.asked(
        "SELECT id FROM conversation_contribution WHERE state = 'waiting' ORDER BY id DESC LIMIT 1"
    )
    desk = visit(f"/team/bericht/{number}/", who="carla", **options).page
    go_by_tab(desk, "Haal weg")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/weghalen/")
    go_by_tab(desk, "Schelden, dreigen of iemand belachelijk maken mag niet.")
    desk.keyboard.press("Space")
    go_by_tab(desk, "Leg uit waarom")
    desk.keyboard.type("Je noemt iemand bij naam.")
    go_by_tab(desk, "Haal weg en mail de schrijver")
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile(r"klaar=\d+"))
    ((text,),) = site.asked(
        'SELECT text FROM mail_outgoingmail WHERE "to" = ? ORDER BY id DESC LIMIT 1',
        f"{name.lower()}@voorbeeld.example",
    )
    link = re.search(r"/besluit/[\w-]+/", text)[0]
    page = visit(link, Mode({"viewport": NARROW}), **options).page
    assert heading(page) == "Je bericht staat niet op de site"
    go_by_tab(page, "Maak bezwaar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bezwaar/")
    go_by_tab(page, "Waarom ben je het er niet mee eens?")
    page.keyboard.type("Ik noem mezelf.")
    go_by_tab(page, "Stuur mijn bezwaar")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Verander je bezwaar")
    assert "Iemand anders van het team kijkt opnieuw." in page.locator("main").inner_text()
