"""Telling a celebration, congratulating as a guest, a name by consent and gone again: by keyboard, narrow."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser

WALL = "/successen/"
OLD = "/successen/zuidplas-stelt-de-agenda-vast/"


def press(page, name: str) -> None:
    go_by_tab(page, name)
    page.keyboard.press("Enter")


def type_in(page, name: str, words: str) -> None:
    go_by_tab(page, name)
    page.keyboard.type(words)


def confirm(page, site, email: str, button: str) -> None:
    """Ask the code on the page to check, and type it."""
    press(page, "Stuur mij de code")
    page.wait_for_selector("#id_code")
    type_in(page, "De code uit de mail", site.code(email))
    press(page, button)


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_resident_tells_one_and_names_who_made_it(visit, site, options):
    email, other = f"viert-{len(options)}@voorbeeld.example", f"maker-{len(options)}@voorbeeld.example"
    page = visit(WALL, Mode({"viewport": NARROW}), **options).page
    press(page, "Vertel een succes")
    page.wait_for_url("**/vertellen/")
    type_in(page, "Wat vier je?", "Iets voor")
    type_in(page, "Van welke gemeente is dit succes?", "Utrecht")
    type_in(page, "Je succes in een zin", "Onze eerste speeltuin voor iedereen")
    type_in(page, "Wat gebeurde er?", f"De hele buurt kwam. Er was taart. {len(options)}")
    type_in(page, "Wanneer was het, of wanneer wordt het?", "oktober 2026")
    type_in(page, "Je naam", "Elif")
    type_in(page, "Je e-mailadres", email)
    press(page, "Kijk mijn succes na")
    page.wait_for_url("**/bevestigen/*/")
    assert "Onze eerste speeltuin voor iedereen" in page.locator("main").inner_text()
    confirm(page, site, email, "Vertel mijn succes")
    page.wait_for_url("**/successen/aanbod/*/**")
    assert "Je succes is bij ons" in page.locator("main").inner_text()
    own = page.url

    press(page, "Vraag of een naam erbij mag")
    page.wait_for_url("**/maker/")
    type_in(page, "Hoe heet deze persoon?", "Joost")
    type_in(page, "Wat deed deze persoon?", "dacht mee")
    type_in(page, "Het e-mailadres van deze persoon", other)
    press(page, "Stuur de vraag")
    page.wait_for_url("**klaar=gevraagd")
    assert "gevraagd, nog geen antwoord" in page.locator("main").inner_text()

    ((act,),) = site.asked("SELECT key FROM people_pendingact WHERE email = ?", other)
    page = visit(f"/bevestigen/{act}/", Mode({"viewport": NARROW}), **options).page
    type_in(page, "De code uit de mail", site.code(other))
    press(page, "Ja, mijn naam mag erbij")
    page.wait_for_url("**/genoemd/*/**")
    assert "Joost, dacht mee" in page.locator("main").inner_text()
    press(page, "Haal mijn naam weg")
    page.wait_for_url("**klaar=weg")
    assert "Niemand ziet je naam hier nog." in page.locator("main").inner_text()

    page.goto(own)
    press(page, "Trek dit succes in")
    page.wait_for_url("**klaar=ingetrokken")
    assert "Je trok dit in." in page.locator("main").inner_text()


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_guest_congratulates(visit, site, options):
    email = f"feliciteert-{len(options)}@voorbeeld.example"
    page = visit(OLD, Mode({"viewport": NARROW}), **options).page
    assert heading(page) == "De raad van Zuidplas zegt ja tegen de agenda"
    type_in(page, "Je bericht", f"Van harte! {email}")
    type_in(page, "Je naam", "Elif")
    type_in(page, "Je e-mailadres", email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    press(page, "Stuur mij de code")
    page.wait_for_selector("#id_code")
    type_in(page, "De code uit de mail", site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bericht/*/**")
    assert "Van harte!" in page.locator("main").inner_text()
