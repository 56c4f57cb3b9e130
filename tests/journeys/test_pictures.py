"""A picture and a document along with a reaction, and a description for somebody else's: by keyboard, narrow."""

import pytest

from tests.browser import NARROW, Mode
from tests.files.samples import pdf, picture
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

ARTICLE = "/nieuws/25-koplopers-tekenen-het-manifest/"


def choose(page, name: str, content: bytes) -> None:
    """Press the button that chooses a file, and choose."""
    go_by_tab(page, name)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": content})


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_picture_and_a_document_by_keyboard(visit, site, options):
    email = f"foto-{len(options)}@voorbeeld.example"
    page = visit(f"{ARTICLE}#reageren", Mode({"viewport": NARROW}), **options).page
    page.on("filechooser", lambda chooser: None)  # from now on the browser leaves choosing to us
    go_by_tab(page, "Je bericht")
    page.keyboard.type(f"Bij ons ligt een helling. {email}")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")

    go_by_tab(page, "Voeg een foto toe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/foto/")
    choose(page, "Kies een foto", b"MZ geen foto")
    go_by_tab(page, "Voeg een foto toe")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    assert "Dit is geen foto die we kennen." in page.locator("#fouten").inner_text()

    choose(page, "Kies een foto", picture())
    go_by_tab(page, "Voeg een foto toe")
    page.keyboard.press("Enter")
    page.wait_for_selector("main img")
    assert heading(page) == "Je foto"  # it is kept, and only its description is asked
    go_by_tab(page, "Wat staat er op de foto?")
    page.keyboard.type("Een helling van hout.")
    go_by_tab(page, "Bewaar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/?bewaard=bij")
    assert focused(page).startswith("Gelukt: Dat is bewaard")
    assert page.locator("main img").get_attribute("alt") == "Een helling van hout."

    go_by_tab(page, "Voeg een document toe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/document/")
    choose(page, "Kies een document", pdf())
    go_by_tab(page, "Hoe heet het document?")
    page.keyboard.type("Verslag van mei")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/?bewaard=bij")

    go_by_tab(page, "Verander of haal weg: document ‘Verslag van mei’")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bestand/*/")
    go_by_tab(page, "Haal het document weg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/weg/")
    assert focused(page).startswith("Gelukt: Je haalde dit weg")
    go_by_tab(page, "Zet het terug")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/?bewaard=bij")

    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bericht/*/")
    main = page.locator("main")
    assert main.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 360
    assert main.locator("a", has_text="Verslag van mei (pdf").count() == 1
    go_by_tab(page, "Haal weg: foto ‘Een helling van hout.’")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Dit haalde je weg.")
    go_by_tab(page, "Zet terug: foto ‘Een helling van hout.’")
    page.keyboard.press("Enter")
    page.wait_for_selector("main img")
    assert page.context.cookies() == []


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_description_is_offered_by_keyboard(visit, site, options):
    email = f"beschrijft-{len(options)}@voorbeeld.example"
    page = visit(site.reactions["describe"], Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Wat staat er op de foto?")
    page.keyboard.type("Een trap met een helling ernaast.")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    assert "Een trap met een helling ernaast." in page.locator("main").inner_text()
    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Je beschrijving is bij ons")
