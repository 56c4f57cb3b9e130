"""From the library to a proposal, and from an alderman's news to a wish: whole paths, by keyboard, at 320 px."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_celebrating import confirm, press, type_in
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser

SCRIPT = pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
SMALL = Mode({"viewport": NARROW})
FAR = 150  # steps with the tab key
EXAMPLE = "/kennisbank/bergeijk-samenspeeltuin/"

# The mail domains of two municipalities, known to be theirs.
SEED = """
import django
django.setup()
from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person
from meedoen.people.standing import actions
for name in ("Zeist", "Rijswijk"):
    actions.approve_domain(
        f"{name.lower()}.example", [Municipality.objects.get(name=name)],
        by=Person.objects.get(address__email="carla@voorbeeld.example"), now=clock.now(),
    )
"""


@pytest.fixture(scope="module")
def domains(site) -> None:
    assert site.sessions["carla"]  # she is made when she signs in
    subprocess.run([sys.executable, "-c", SEED], env=site.environment, check=True, timeout=60)


def go(page, name: str) -> None:
    """Press the link or button of that name, which may stand far down the page."""
    go_by_tab(page, name, limit=FAR)
    page.keyboard.press("Enter")


def fits(page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@SCRIPT
@pytest.mark.usefixtures("domains")
def test_an_officer_finds_an_example_takes_it_and_says_we_use_this_too(visit, site, options):
    municipality = "Zeist" if options else "Rijswijk"
    email = f"bram@{municipality.lower()}.example"
    page = visit("/kennisbank/", SMALL, **options).page
    go(page, "Kies een thema")
    go(page, "Vrije tijd")
    page.wait_for_url("**thema=vrije-tijd")
    go(page, "Kies wat je zoekt")
    go(page, "Praktijkvoorbeelden")
    page.wait_for_url("**soort=**")
    go(page, "Bergeijk: kinderen bedachten een samenspeeltuin")
    page.wait_for_url(f"**{EXAMPLE}")
    assert fits(page)

    go(page, "Lees in makkelijke taal")
    page.wait_for_url(f"**{EXAMPLE}?taal=*")
    assert heading(page) == "Een speeltuin voor alle kinderen"
    assert "Je leest deze tekst in makkelijke taal." in page.locator("main").inner_text()

    go(page, "Als pdf, met grote letters")
    page.wait_for_url(f"**{EXAMPLE}meenemen/**")
    assert "Dit is de tekst in makkelijke taal." in page.locator("main").inner_text()
    go_by_tab(page, "Download de pdf (")
    with page.expect_download() as waited:
        page.keyboard.press("Enter")
    assert waited.value.suggested_filename == "bergeijk-samenspeeltuin-makkelijk.pdf"
    assert Path(waited.value.path()).read_bytes().startswith(b"%PDF-")

    go(page, "Terug naar de tekst")
    page.wait_for_url(f"**{EXAMPLE}?taal=*")
    go(page, "Wij gebruiken dit ook")
    page.wait_for_url("**/wij-ook/")
    go(page, "Kijk het na")  # with nothing in it: what is missing is said, and leads to its field
    page.wait_for_selector("#fouten")
    go(page, "Kies een gemeente uit de lijst.")
    page.keyboard.type(municipality)
    type_in(page, "Wat deden jullie anders?", "Wij vroegen ook de ouders.")
    type_in(page, "Je naam", "Bram")
    type_in(page, "Je e-mailadres", email)
    go(page, "Kijk het na")
    page.wait_for_url("**/bevestigen/*/**")
    assert f"Gemeente {municipality} gebruikt dit ook." in page.locator("main").inner_text()
    confirm(page, site, email, "Zet het op de site")
    page.wait_for_url("**/gebruik/*/**")
    assert "Het staat op de site" in page.locator("main").inner_text()

    go(page, "Bergeijk: kinderen bedachten een samenspeeltuin")
    page.wait_for_url(f"**{EXAMPLE}")
    told = page.locator("section[aria-labelledby=ook]").inner_text()
    assert re.search(rf"{municipality}.*Wij vroegen ook de ouders\.", told)
    assert "Bram" not in told


@SCRIPT
def test_an_aldermans_celebration_is_congratulated_by_a_guest(visit, site, options):
    alderman, guest = f"wethouder-{len(options)}@voorbeeld.example", f"gast-{len(options)}@voorbeeld.example"
    title = f"Onze agenda is klaar, deel {len(options)}"
    wish = f"Gefeliciteerd, wat een werk! {len(options)}"
    page = visit("/successen/", SMALL, **options).page
    go(page, "Vertel een succes")
    page.wait_for_url("**/vertellen/")
    type_in(page, "Wat vier je?", "Een Lokale Inclusie Agenda v")
    type_in(page, "Van welke gemeente is dit succes?", "Houten")
    type_in(page, "Je succes in een zin", title)
    type_in(page, "Wat gebeurde er?", f"De raad zei ja. De zaal klapte. {len(options)}")
    type_in(page, "Wanneer was het, of wanneer wordt het?", "oktober 2026")
    type_in(page, "Je naam", "Fatima")
    type_in(page, "Je e-mailadres", alderman)
    go(page, "Kijk mijn succes na")
    page.wait_for_url("**/bevestigen/*/")
    confirm(page, site, alderman, "Vertel mijn succes")
    page.wait_for_url("**/successen/aanbod/*/**")

    desk = visit("/team/successen/", SMALL, who="carla", **options).page
    go(desk, title)
    desk.wait_for_url("**/team/successen/*/")
    go(desk, "Zet op de site")
    desk.wait_for_url("**klaar=**")

    reader = visit("/successen/", SMALL, **options).page
    go(reader, title)
    reader.wait_for_url("**/successen/onze-agenda-is-klaar-deel-*/")
    assert (heading(reader), fits(reader)) == (title, True)
    go_by_tab(reader, "Je bericht", limit=FAR)
    reader.keyboard.type(wish)
    type_in(reader, "Je naam", "Elif")
    type_in(reader, "Je e-mailadres", guest)
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/bevestigen/*/")
    assert wish in reader.locator("main").inner_text()
    press(reader, "Stuur mij de code")
    reader.wait_for_selector("#id_code")
    type_in(reader, "De code uit de mail", site.code(guest))
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/bericht/*/**")

    ((number,),) = site.asked("SELECT id FROM conversation_contribution WHERE text = ?", wish)
    desk.goto(f"{site.url}/team/bericht/{number}/")
    go(desk, "Zet op de site")
    desk.wait_for_url(re.compile(r"klaar=\d+"))

    go(reader, title)  # from the page of what she wrote
    reader.wait_for_url("**/successen/onze-agenda-is-klaar-deel-*/**")
    told = reader.locator("main").inner_text()
    assert wish in told
    assert guest not in told
