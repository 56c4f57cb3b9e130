"""Somebody asks a supporter to act along, who says yes and writes under their name: by keyboard, with and without script."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

ARTICLE = "/nieuws/kinderen-in-bergeijk-bedenken-speeltuin/"


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_acting_along_by_keyboard(visit, site, options):
    name, email = f"Kim{len(options)}", f"kim{len(options)}@voorbeeld.example"
    narrow = Mode({"viewport": NARROW})
    page = visit("/mijn/hulp/", narrow, who="dirk", **options).page
    go_by_tab(page, "Vraag iemand om je te helpen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/hulp/vragen/")
    go_by_tab(page, "Stuur de vraag")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    go_by_tab(page, "Hoe heet wie je helpt?")
    page.keyboard.type(name)
    go_by_tab(page, "Het e-mailadres van wie je helpt")
    page.keyboard.type(email)
    go_by_tab(page, "Stuur de vraag")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/hulp/?*")
    assert focused(page).startswith("Gelukt:")

    ((key,),) = site.asked("SELECT key FROM people_pendingact WHERE email = ? ORDER BY id DESC LIMIT 1", email)
    kims = visit(f"/bevestigen/{key}/", narrow, **options).page
    assert "Wat je schrijft, komt onder de naam Dirk te staan." in kims.locator("main").inner_text()
    go_by_tab(kims, "De code uit de mail")
    kims.keyboard.type(site.code(email))
    kims.keyboard.press("Enter")
    kims.wait_for_selector("text=Je kunt nu helpen")

    kims.goto(f"{site.url}/inloggen/?next=/mijn/hulp/")
    go_by_tab(kims, "Je e-mailadres")
    kims.keyboard.type(email)
    kims.keyboard.press("Enter")
    kims.wait_for_url("**/inloggen/code/**")
    go_by_tab(kims, "De code uit de mail")
    kims.keyboard.type(site.code(email))
    kims.keyboard.press("Enter")
    kims.wait_for_url("**/mijn/hulp/")
    go_by_tab(kims, "Doe nu mee met Dirk")
    kims.keyboard.press("Enter")
    kims.wait_for_selector("text=Doe niet meer mee met Dirk")
    kims.goto(f"{site.url}{ARTICLE}#reageren")
    assert "Je doet nu mee met Dirk" in kims.locator("main").inner_text()
    go_by_tab(kims, "Je bericht")
    kims.keyboard.type(f"Wij doen mee, zegt {name}.")
    go_by_tab(kims, "Kijk mijn bericht na")
    kims.keyboard.press("Enter")
    kims.wait_for_url("**/bevestigen/*/**")
    assert "Het komt onder de naam Dirk te staan." in kims.locator("main").inner_text()
    go_by_tab(kims, "Plaats mijn bericht")
    kims.keyboard.press("Enter")
    kims.wait_for_selector("text=Je bericht staat op de site")
    kims.goto(f"{site.url}{ARTICLE}")
    shown = kims.locator(".mee-contribution", has_text=f"zegt {name}.")
    assert "Dirk" in shown.locator("h3").inner_text()

    page.goto(f"{site.url}/mijn/hulp/")
    go_by_tab(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/hulp/*/")
    assert heading(page) == f"Hulp van {name}"
    assert "Kinderen in Bergeijk" in page.locator("main ol").inner_text()
    go_by_tab(page, f"Stop de hulp van {name}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stoppen/")
    go_by_tab(page, "Stop")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/hulp/?*")
    assert focused(page).startswith("Gelukt:")
