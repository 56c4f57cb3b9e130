"""A guest reacts to an article, confirms, follows and stops: by keyboard only, with and without script, narrow."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

ARTICLE = "/nieuws/25-koplopers-tekenen-het-manifest/"


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_reaction_by_keyboard(visit, site, options):
    email = f"reaction-{len(options)}@voorbeeld.example"
    page = visit(f"{ARTICLE}#reageren", Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Kijk mijn bericht na")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    go_by_tab(page, "Je bericht")
    page.keyboard.type(f"Wij doen mee. {email}")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    assert "Wij doen mee." in page.locator("main").inner_text()
    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    assert focused(page).startswith("Gelukt: We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    code = site.code(email)
    page.keyboard.type(f"{(int(code) + 1) % 1_000_000:06}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert "Wij doen mee." in page.locator("main").inner_text()
    go_by_tab(page, "De code uit de mail")
    page.keyboard.press("Control+A")
    page.keyboard.type(f"{code[:3]} {code[3:]}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bericht/*/")
    assert focused(page).startswith("Gelukt: Je bericht is bij ons")
    go_by_tab(page, "Haal mijn bericht weg")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Zet mijn bericht terug")
    go_by_tab(page, "Zet mijn bericht terug")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Haal mijn bericht weg")
    assert page.context.cookies() == []


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_following_and_stopping_by_keyboard(visit, site, options):
    email = f"follow-{len(options)}@voorbeeld.example"
    page = visit(ARTICLE, Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Krijg mail bij nieuwe reacties")
    page.keyboard.press("Enter")
    page.wait_for_url("**/volgen/")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/volgen/*/")
    assert heading(page) == "Volgen"
    assert focused(page).startswith("Gelukt: Je volgt dit")
    go_by_tab(page, "Stop met volgen")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Je volgt dit niet meer")
    assert focused(page).startswith("Gelukt: Je volgt dit niet meer")
