"""Somebody searches: by keyboard, without script, on a small screen; with words to choose from; and finds nothing."""

import pytest

from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("mode", "options"),
    [("plain", {}), ("narrow", {}), ("narrow", WITHOUT_SCRIPT), ("forced colours", {})],
    ids=["plain", "narrow", "narrow, without script", "forced colours"],
)
def test_an_officer_finds_what_others_did_by_keyboard(visit, mode, options):
    page = visit("/manifest/", mode, **options).page
    go_by_tab(page, "Zoek op deze site")
    page.keyboard.type("speeltuin voor blind kind")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=speeltuin*")
    assert heading(page) == "Zoeken"
    assert "resultaten voor ‘speeltuin voor blind kind’" in page.locator("main h2").first.inner_text()
    go_by_tab(page, "Praktijkvoorbeelden")
    page.keyboard.press("Enter")
    page.wait_for_url("**soort=praktijkvoorbeeld*")
    go_by_tab(page, "Bergeijk")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kennisbank/bergeijk-samenspeeltuin/")


def test_words_to_choose_from_are_told_and_chosen_by_arrow(visit):
    page = visit("/zoeken/").page
    field = page.get_by_role("combobox", name="Waar zoek je naar?")
    field.press_sequentially("toeg")
    option = page.get_by_role("option").first
    option.wait_for()
    assert "Woorden om te kiezen" in page.locator("form [role=status]").inner_text()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    assert field.input_value() == "toegankelijkheid"
    assert (field.get_attribute("aria-expanded"), page.url.endswith("/zoeken/")) == ("false", True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=toegankelijkheid")


def test_who_finds_nothing_asks_with_the_same_words(visit):
    page = visit("/zoeken/?q=zwemvest", **WITHOUT_SCRIPT).page
    assert "Niets gevonden voor ‘zwemvest’" in page.locator("main h2").first.inner_text()
    go_by_tab(page, "Stel je vraag op het forum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/vraag/?titel=zwemvest")
    assert page.locator("input[name=title]").input_value() == "zwemvest"
