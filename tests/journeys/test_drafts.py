"""Somebody signed in writes half a reaction and goes on later: by keyboard only, with and without script, narrow."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser


@pytest.fixture
def article(site):
    """An article that no other test writes under."""
    ((slug,),) = site.asked("SELECT slug FROM library_article ORDER BY id LIMIT 1 OFFSET 3")
    return f"/nieuws/{slug}/"


def text(page):
    return page.locator("textarea").input_value().strip()


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_draft_by_keyboard(visit, site, article, options):
    words = f"Wij schrijven dit {len(options)}"
    page = visit(f"{article}#reageren", Mode({"viewport": NARROW}), who="dirk", **options).page
    go_by_tab(page, "Je bericht")
    page.keyboard.press("Control+A")  # the draft of the other way of doing this
    page.keyboard.type(words)
    if options:
        go_by_tab(page, "Bewaar voor later")
        page.keyboard.press("Enter")
        page.wait_for_url("**/aanpassen/?bewaard=ja")
        page.wait_for_selector("[data-focus]:focus")
        assert focused(page).startswith("Gelukt: Je tekst is bewaard")
    else:
        page.wait_for_function(
            "() => document.querySelector('[data-draft-status]').textContent.startsWith('Bewaard om ')"
        )
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.goto(f"{site.url}/mijn/")
    go_by_tab(page, f"Ga verder met schrijven {words}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/aanpassen/")
    assert text(page) == words
    go_by_tab(page, "Je bericht")
    page.keyboard.press("Control+End")
    page.keyboard.type(" verder.")
    go_by_tab(page, "Bewaar en kijk het na")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    assert f"{words} verder." in page.locator("main").inner_text()
    page.goto(f"{site.url}/mijn/")
    go_by_tab(page, f"Gooi dit concept weg {words} verder.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/weggooien/")
    go_by_tab(page, "Gooi je tekst weg")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Haal het terug")
    assert heading(page) == "Het is weg"
    go_by_tab(page, "Haal het terug")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"text={words} verder.")


def test_each_save_is_seen_and_only_the_first_is_spoken(visit, article):
    page = visit(f"{article}#reageren", who="dirk").page
    status = page.locator("[data-draft-status]")
    assert (status.get_attribute("role"), status.inner_text()) == ("status", "")
    page.fill("textarea", "Eerst dit.")
    page.wait_for_function("() => document.querySelector('[data-draft-status]').textContent")
    assert status.get_attribute("aria-live") == "polite"
    first = page.locator("[name=seen]").input_value()
    page.fill("textarea", "Toen dat.")
    page.wait_for_function("first => document.querySelector('[name=seen]').value !== first", arg=first)
    assert status.get_attribute("aria-live") == "off"


def test_a_line_that_is_down_is_told_and_tried_again(visit, article):
    page = visit(f"{article}#reageren", who="dirk").page
    page.clock.install()
    page.reload()
    page.route("**/concepten/bewaren/", lambda route: route.abort())
    page.fill("textarea", "Zonder verbinding.")
    page.clock.run_for(2100)
    page.get_by_text("Bewaren lukt nu niet. We proberen het straks weer.").wait_for()
    page.unroute("**/concepten/bewaren/")
    page.clock.run_for(40_000)
    page.get_by_text("Bewaard om ").wait_for()
    assert text(page) == "Zonder verbinding."


def test_a_page_out_of_sight_saves_at_once(visit, article):
    page = visit(f"{article}#reageren", who="dirk").page
    page.fill("textarea", "Nog even dit.")
    with page.expect_request("**/concepten/bewaren/"):
        page.evaluate(
            """() => { Object.defineProperty(document, "visibilityState", { value: "hidden" });
                document.dispatchEvent(new Event("visibilitychange")); }"""
        )


def test_a_session_that_ended_is_told_while_typing(visit, article):
    page = visit(f"{article}#reageren", who="dirk").page
    page.context.clear_cookies()
    page.fill("textarea", "Ik ben er niet meer.")
    page.get_by_text("Je bent niet meer ingelogd.").wait_for()
    page.get_by_role("button", name="Bewaar voor later").click()
    page.wait_for_url("**/inloggen/?next=*")
    assert "Wat je typte, is bewaard." in page.locator("main").inner_text()


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_question_by_keyboard_survives_a_session_that_ended(visit, site, options):
    title = f"Wie heeft een stille kamer, vraag {len(options)}?"
    assert site.sessions["carla"]
    page = visit("/forum/vraag/?nieuw", Mode({"viewport": NARROW}), who="carla", **options).page
    go_by_tab(page, "Waar gaat het over?")
    page.keyboard.type("Werk")
    go_by_tab(page, "Je vraag of bericht in een zin")
    page.keyboard.type(title)
    if not options:
        page.wait_for_function(
            "() => document.querySelector('[data-draft-status]').textContent.startsWith('Bewaard om ')"
        )
    page.context.clear_cookies()
    go_by_tab(page, "Vertel meer")
    page.keyboard.type("Voor een overleg.")
    if not options:
        page.get_by_text("Je bent niet meer ingelogd.").wait_for()
    go_by_tab(page, "Bewaar voor later")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inloggen/?next=*")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type("carla@voorbeeld.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inloggen/code/")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code("carla@voorbeeld.example"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/vraag/?ingevuld=*")
    page.wait_for_selector("text=Hier staat je tekst weer")
    assert (page.locator("[name=title]").input_value(), text(page)) == (title, "Voor een overleg.")
    assert page.locator("[name=category]").input_value() == "werk"
    go_by_tab(page, "Kijk mijn bericht na")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    go_by_tab(page, "Plaats mijn bericht")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bericht/*/")
    ((count,),) = site.asked("SELECT count(*) FROM forum_topic WHERE title = ?", title)
    assert count == 1
    page.goto(f"{site.url}/mijn/")
    assert title not in page.locator("main").inner_text().partition("Wat anderen van je zien")[0]
