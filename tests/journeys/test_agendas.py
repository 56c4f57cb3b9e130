"""Agendas: compared by keyboard, and kept right by the team; with and without script, on a small screen."""

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser

LIST = "/kennisbank/agendas/"
SCRIPT = pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
SMALL = Mode({"viewport": NARROW})


@SCRIPT
def test_two_agendas_are_found_and_compared_by_keyboard(visit, options):
    page = visit("/kennisbank/", SMALL, **options).page
    go_by_tab(page, "Bekijk de Lokale Inclusie Agenda’s")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LIST}")
    go_by_tab(page, "Kies een provincie")
    page.keyboard.press("Enter")
    go_by_tab(page, "Drenthe")
    page.keyboard.press("Enter")
    page.wait_for_url("**?provincie=drenthe")
    assert page.locator("#uitkomst").inner_text() == "2 agenda’s"
    go_by_tab(page, "Noordenveld: Lokale Inclusie Agenda, 2023")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LIST}noordenveld-2023/")
    go_by_tab(page, "Kies zelf een agenda", limit=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/vergelijken/?een=noordenveld-2023")
    go_by_tab(page, "Zoek op de naam van een gemeente")
    page.keyboard.type("zuid")
    page.keyboard.press("Enter")
    page.wait_for_url("**naam=zuid**")
    go_by_tab(page, "Zuidplas: Lokale Inclusie Agenda")
    page.keyboard.press("Enter")
    page.wait_for_url("**?een=noordenveld-2023&twee=zuidplas")
    assert heading(page).replace("\n", " ") == "Noordenveld en Zuidplas naast elkaar"
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    row = page.get_by_role("row", name="Vastgesteld door")
    assert [cell.inner_text().split("\n")[-1] for cell in row.get_by_role("cell").all()] == ["de gemeenteraad"] * 2
    assert [each.inner_text() for each in page.get_by_role("columnheader").all()] == ["Wat", "Noordenveld", "Zuidplas"]


def test_side_by_side_is_a_table_for_who_hears_it_also_where_each_row_is_a_block(visit):
    visited = visit(f"{LIST}vergelijken/?een=noordenveld-2023&twee=zuidplas", SMALL)
    assert visited.page.evaluate("getComputedStyle(document.querySelector('.mee-comparison td')).display") == "block"
    nodes = visited.devtools.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    rows = roles.count("row") - 1  # the first has the names
    assert rows > 5
    assert (roles.count("table"), roles.count("columnheader")) == (1, 3)
    assert (roles.count("rowheader"), roles.count("cell")) == (rows, 2 * rows)


@SCRIPT
def test_the_team_keeps_an_agenda_right_and_puts_it_back_by_keyboard(visit, options):
    page = visit(f"{LIST}stein/", SMALL, who="carla", **options).page
    go_by_tab(page, "Werk deze agenda bij")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bijwerken/")
    go_by_tab(page, "niet bekend")
    for _step in range(4):
        page.keyboard.press("ArrowDown")
    go_by_tab(page, "Bewaar")
    page.keyboard.press("Enter")
    page.locator("#fouten").wait_for()
    assert "Schrijf hoe je weet hoe ver de gemeente is." in page.locator("#fouten").inner_text()
    go_by_tab(page, "Schrijf hoe je weet")
    page.keyboard.press("Enter")
    page.keyboard.type("De gemeente mailde het.")
    go_by_tab(page, "Bewaar")
    page.keyboard.press("Enter")
    page.wait_for_url("**klaar=ja*")
    main = page.locator("main")
    assert "De agenda is bijgewerkt" in main.inner_text()
    assert "eerst ‘niet bekend’, nu ‘de agenda is vastgesteld’" in main.inner_text()
    go_by_tab(page, "Zet de laatste verandering terug")
    page.keyboard.press("Enter")
    page.wait_for_url("**klaar=terug*")
    assert page.get_by_label("niet bekend", exact=True).is_checked()
