"""A resident offers a practice without an account, the team publishes it, a guest reads it: by keyboard, at 320 px."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_celebrating import confirm, press, type_in
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser

FAR = 150  # steps with the tab key: the form has the fourteen themes in it


def fill(page, name: str, words: str) -> None:
    go_by_tab(page, name, limit=FAR)
    page.keyboard.type(words)


def send(page, name: str) -> None:
    go_by_tab(page, name, limit=FAR)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_offered_published_and_read(visit, site, options):
    email = f"deelt-{len(options)}@voorbeeld.example"
    title = f"Samen langs de winkels, deel {len(options)}"
    page = visit("/kennisbank/", Mode({"viewport": NARROW}), **options).page
    press(page, "Vertel je eigen voorbeeld")
    page.wait_for_url("**/kennisbank/aanbieden/")
    assert heading(page) == "Vertel je voorbeeld"
    send(page, "Kijk mijn voorbeeld na")  # with nothing in it: what has to be told is said
    page.wait_for_selector("#id_title_error")
    type_in(page, "Hoe noem je het?", title)
    fill(page, "In welke gemeente was het?", "Utrecht")
    fill(page, "Wat deden jullie?", f"We gingen samen langs alle winkels. {len(options)}")
    fill(page, "Hoe deden inwoners mee?", "Zij kozen de straat.")
    fill(page, "Naam, en hoe je die persoon", "Winkelgroep, 030 000 00 00")
    go_by_tab(page, "Ja, dit mag op de site staan", limit=FAR)
    page.keyboard.press("Space")
    fill(page, "Je naam", "Elif")
    fill(page, "Je e-mailadres", email)
    send(page, "Kijk mijn voorbeeld na")
    page.wait_for_url("**/bevestigen/*/")
    assert "Zij kozen de straat." in page.locator("main").inner_text()
    confirm(page, site, email, "Bied mijn voorbeeld aan")
    page.wait_for_url("**/kennisbank/aanbieden/*/?klaar=aangeboden")
    own = page.url
    assert "Het team kijkt ernaar." in page.locator("main").inner_text()

    press(page, "Verander je tekst")
    page.wait_for_url("**/veranderen/")
    fill(page, "Wat kostte het?", "Een middag.")
    send(page, "Bewaar")
    page.wait_for_url("**klaar=veranderd")
    send(page, "Trek dit voorbeeld in")
    page.wait_for_url("**klaar=ingetrokken")
    send(page, "Zet dit voorbeeld terug")
    page.wait_for_url("**klaar=terug")

    desk = visit("/beheer/", Mode({"viewport": NARROW}), who="carla", **options).page
    send(desk, title)
    desk.wait_for_url("**/beheer/*/")
    assert email in desk.locator("main").inner_text()
    assert "Er is nog geen samenvatting." in desk.locator("main").inner_text()
    send(desk, "Schrijf verder")
    desk.wait_for_url("**/bewerken/**")
    fill(desk, "Samenvatting", "Inwoners keken welke winkel te bereiken is.")
    go_by_tab(desk, "Wanneer is dit nagekeken?", limit=FAR)
    desk.keyboard.type("11112026")  # the same in each order of day and month
    send(desk, "Bewaar")
    desk.wait_for_url("**/?klaar=bewaard")
    send(desk, "Publiceer")
    desk.wait_for_url("**/publiceren/")
    send(desk, "Publiceer deze tekst")
    desk.wait_for_url("**klaar=gepubliceerd")

    page.goto(own)
    press(page, "Bekijk het op de site")
    page.wait_for_url("**/kennisbank/samen-langs-de-winkels-deel-*/")
    told = page.locator("main").inner_text()
    for words in (title, "Een middag.", "Zij kozen de straat.", "Winkelgroep, 030 000 00 00"):
        assert words in told
    assert "Elif" not in told
