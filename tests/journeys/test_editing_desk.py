"""A contact writes a practice and the team publishes it; a version comes back: by keyboard only, at 320 px, with and without script."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser


def press(page, words, *, limit=120):
    go_by_tab(page, words, limit=limit)
    page.keyboard.press("Enter")


def write(page, words, text):
    go_by_tab(page, words, limit=120)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_contact_writes_and_the_team_publishes(visit, site, options):
    assert site.desk
    title = f"Zo doen wij het in Utrecht, deel {len(options)}"
    page = visit("/beheer/", Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type("bram@voorbeeld.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inloggen/code/")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code("bram@voorbeeld.example"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer/")
    press(page, "Begin een nieuwe tekst")
    page.wait_for_url("**/beheer/nieuw/")
    go_by_tab(page, "Nieuws: wat er gebeurt")
    page.keyboard.press("ArrowDown")  # to the practice example
    press(page, "Begin met schrijven")
    page.wait_for_url("**/bewerken/")
    write(page, "Titel", title)
    write(page, "Samenvatting", "Wij begonnen bij de kinderen.")
    write(page, "Wat deden jullie?", "We gingen naar school.")
    if not options:
        page.wait_for_function(
            "() => document.querySelector('[data-draft-status]').textContent.startsWith('Bewaard voor jou om ')"
        )
    press(page, "Bewaar")
    page.wait_for_url("**/?klaar=bewaard")
    assert focused(page) == "Gelukt: Bewaard. Lezers zien het nog niet."
    assert heading(page).replace("\n", " ") == title
    press(page, "Schrijf wie je naar dit voorbeeld kunt vragen.")
    page.wait_for_url("**/bewerken/#id_contact")
    page.keyboard.press("Shift+Tab")  # the link led to the field; one step back, so that Tab comes upon it
    write(page, "Wie kun je ernaar vragen?", "Team spelen")
    go_by_tab(page, "Wanneer is dit nagekeken?")
    page.keyboard.type("01112026")
    press(page, "Bewaar")
    page.wait_for_url("**/?klaar=bewaard")
    press(page, "Vraag het team om te kijken")
    page.wait_for_url("**/?klaar=gevraagd")
    address = page.url.split("?")[0].removeprefix(site.url)

    team = visit("/team/", Mode({"viewport": NARROW}), who="carla", **options).page
    press(team, "Kijk naar ")
    team.wait_for_url("**/beheer/")
    press(team, title)
    team.wait_for_url(f"**{address}")
    press(team, "Bekijk het voorbeeld")
    team.wait_for_url("**/voorbeeld/")
    assert "Dit is een voorbeeld" in team.locator("main").inner_text()
    press(team, "Klaar met kijken")
    team.wait_for_url(f"**{address}")
    press(team, "Publiceer")
    team.wait_for_url("**/publiceren/")
    press(team, "Publiceer deze tekst")
    team.wait_for_url("**/?klaar=gepubliceerd")
    press(team, "Bekijk de tekst op de site")
    team.wait_for_url("**/kennisbank/**")
    assert heading(team).replace("\n", " ") == title


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_an_earlier_version_comes_back(visit, site, options):
    number = site.desk["live"]
    page = visit(f"/beheer/{number}/", Mode({"viewport": NARROW}), who="dirk", **options).page
    press(page, "Bekijk en vergelijk de versies")
    page.wait_for_url("**/versies/")
    press(page, "Vergelijk versie 1 en 2")
    page.wait_for_url("**/vergelijken/**")
    assert "erbij:" in page.locator("main ins").first.inner_text()
    press(page, "Ga verder met versie 1")
    page.wait_for_url("**/?klaar=hersteld")
    ((content,),) = site.asked("SELECT content FROM library_work WHERE id = ?", number)
    assert '"body": "Dat was gisteren."' in content


def test_the_buttons_of_the_toolbar_put_marks_around_the_words(visit, site):
    page = visit(f"/beheer/{site.desk['planned']}/bewerken/", who="carla").page
    box = page.locator("#id_body")
    tools = page.locator("[data-markup-tools=id_body]")
    box.fill("Zo begon het")
    tools.get_by_role("button", name="Kop", exact=True).click()
    assert box.input_value() == "## Zo begon het"
    tools.get_by_role("button", name="Kleine kop").click()
    assert box.input_value() == "### Zo begon het"
    tools.get_by_role("button", name="Kleine kop").click()
    assert box.input_value() == "Zo begon het"
    box.fill("eerst\ndan")
    box.select_text()
    tools.get_by_role("button", name="Stappen").click()
    assert box.input_value() == "1. eerst\n2. dan"
    box.fill("")
    tools.get_by_role("button", name="Tabel").click()
    assert box.input_value().startswith("| kop van de kolom 1 | kop van de kolom 2 |\n| --- | --- |\n")
    page.keyboard.type("Wie")
    assert box.input_value().startswith("| Wie | kop van de kolom 2 |")
