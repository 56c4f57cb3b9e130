"""Somebody looks up what the Convention says of playgrounds and access, and reads it in easy language."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser

OVERVIEW = "/kennisbank/vn-verdrag/"


def test_an_article_is_found_and_read_in_easy_language_by_keyboard_on_a_small_screen(visit):
    page = visit(OVERVIEW, Mode({"viewport": NARROW}), **WITHOUT_SCRIPT).page
    go_by_tab(page, "Kies een thema")
    page.keyboard.press("Enter")
    go_by_tab(page, "Straat en gebouw")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kennisbank/vn-verdrag/?thema=openbare-ruimte")
    assert heading(page) == "Het VN-verdrag over: Straat en gebouw"
    go_by_tab(page, "Artikel 9: Toegankelijkheid")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kennisbank/vn-verdrag/9/")
    assert "de speeltuin" in page.locator("main").inner_text()
    go_by_tab(page, "Lees in makkelijke taal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kennisbank/vn-verdrag/9/?taal=makkelijk")
    assert "Jij moet overal kunnen komen." in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_who_prefers_easy_language_gets_it_at_once_and_asks_on_in_the_forum(visit):
    page = visit(f"{OVERVIEW}30/", Mode(preferences="m1")).page
    assert "Alle kinderen mogen samen spelen." in page.locator("main").inner_text()
    go_by_tab(page, "Stel je vraag op het forum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/vraag/?onderdeel=vrije-tijd")
    assert page.get_by_label("Waar gaat het over?").input_value() == "vrije-tijd"


def test_a_part_of_the_long_page_is_one_press_away(visit):
    page = visit(OVERVIEW).page
    go_by_tab(page, "Hoe landen samenwerken en opletten")
    page.keyboard.press("Enter")
    go_by_tab(page, "Artikel 32: Internationale samenwerking", limit=1)
