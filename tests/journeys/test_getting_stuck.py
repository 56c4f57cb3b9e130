"""Getting stuck: a guest tells it, the team makes a barrier of it, promises and fixes; by keyboard, narrow."""

import datetime
import re

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_celebrating import press, type_in
from tests.journeys.test_reading import WITHOUT_SCRIPT, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

PAGE, LIST = "/contact/", "/toegankelijkheid/drempels/"


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_from_stuck_to_fixed(visit, site, options):
    narrow = Mode({"viewport": NARROW})
    email, title = f"vast-{len(options)}@voorbeeld.example", f"De kaart vraagt een muis {len(options)}"

    page = visit(PAGE, narrow, **options).page
    press(page, "Vertel waar je hier vastloopt")
    page.wait_for_url(f"**/vastgelopen/?pagina={PAGE}")
    press(page, "Stuur het naar het team")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    type_in(page, "Wat wilde je doen, en wat ging er mis?", f"Ik kom niet op de kaart, zegt {email}.")
    type_in(page, "Waarmee deed je het?", "Alleen het toetsenbord")
    type_in(page, "Je e-mailadres", email)
    press(page, "Stuur het naar het team")
    page.wait_for_url("**/bevestigen/*/")
    press(page, "Stuur mij de code")
    page.wait_for_selector("#id_code")
    type_in(page, "De code uit de mail", site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/vastgelopen/*/")
    assert focused(page).startswith("Gelukt: We weten waar je vastliep")
    own = page.url
    assert page.context.cookies() == []

    ((number,),) = site.asked("SELECT max(id) FROM barriers_stuckreport")
    desk = visit("/team/drempels/", narrow, who="carla", **options).page
    desk.goto(f"{site.url}/team/drempels/melding/{number}/")
    press(desk, "Maak er een drempel van")
    desk.wait_for_url("**/drempel/")
    type_in(desk, "De drempel in een paar woorden", title)
    type_in(desk, "Wat merk je ervan?", "Met alleen het toetsenbord kom je er niet.")
    press(desk, "Zet op de lijst")
    desk.wait_for_url("**klaar=drempel")
    assert focused(desk).startswith("Gelukt: De drempel staat op de lijst")
    press(desk, title)
    desk.wait_for_url(re.compile(r"/team/drempels/\d+/$"))
    press(desk, "Beloof een dag")
    desk.wait_for_url("**/beloven/")
    type_in(desk, "Wanneer is het opgelost?", "1-1-2020")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#fouten")
    assert "Kies vandaag of een dag hierna" in desk.locator("main").inner_text()
    soon = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=9)
    desk.locator("#id_on").focus()
    desk.keyboard.press("Control+A")
    desk.keyboard.type(f"{soon:%d-%m-%Y}")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**klaar=promised")
    assert "moet dit klaar zijn" in desk.locator("main").inner_text()
    page.goto(f"{site.url}{LIST}")
    assert title in page.locator("main").inner_text()
    press(desk, "Het is opgelost")
    desk.wait_for_url("**/opgelost/")
    type_in(desk, "Wat veranderde er?", "De pijltjes werken nu op de kaart.")
    press(desk, "Zet bij opgelost")
    desk.wait_for_url("**klaar=fixed")

    page.goto(f"{site.url}{LIST}")
    assert heading(page) == "Drempels op deze site"
    (card,) = [each for each in page.locator("main article").all_inner_texts() if each.startswith(title)]
    assert "Opgelost op" in card
    assert "De pijltjes werken nu op de kaart." in card
    assert email not in page.content()
    assert site.newest_subject(email) == f"Opgelost: {title}"
    page.goto(own)
    press(page, "Ik wil hierover geen mail meer")
    page.wait_for_url("**/stop/")
    press(page, "Stuur mij hierover geen mail")
    page.wait_for_url("**klaar=stop")
    assert focused(page).startswith("Gelukt: Je krijgt hierover geen mail meer")
