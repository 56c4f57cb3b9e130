"""Somebody new comes in, says who they are and goes out again: by keyboard only, with and without script, narrow."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser


def focused(page):
    """What the focus stands on; a page that gives it by ``autofocus`` does so a moment after it came."""
    page.wait_for_load_state()
    page.wait_for_selector(":focus")
    return page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_in_and_out_by_keyboard(visit, site, options):
    email = f"journey-{len(options)}@voorbeeld.example"
    page = visit("/nieuws/", Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Inloggen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inloggen/")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type("elif")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.press("Control+A")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inloggen/code/")
    assert focused(page).startswith("Gelukt: We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    code = site.code(email)
    page.keyboard.type(f"{code[:3]} {code[3:]}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inloggen/wie/*")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nieuws/")  # where she came from
    go_by_tab(page, "Elif")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/")
    assert heading(page) == "Mijn pagina"
    go_by_tab(page, "Verander: Je gemeente")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/profiel/#id_municipality")
    page.keyboard.press("Tab")
    page.keyboard.type("Zeist")
    go_by_tab(page, "Bewaar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/?klaar=profiel")
    assert focused(page).startswith("Gelukt: Bewaard.")
    assert "Zeist" in page.locator("main").inner_text()
    go_by_tab(page, "Uitloggen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/uitloggen/")
    go_by_tab(page, "Log uit")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Je bent uitgelogd')")
    assert page.context.cookies() == []
