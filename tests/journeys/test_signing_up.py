"""A resident and an officer sign up as a duo, one says what they need and hears of it, one cancels: by keyboard, at 320 px."""

import re

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_celebrating import confirm, press
from tests.journeys.test_offering import fill, send
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser


def tick(page, name: str) -> None:
    go_by_tab(page, name)
    page.keyboard.press("Space")


def told(page) -> str:
    return page.locator("main").inner_text()


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_duo_signs_up_is_heard_and_keeps_its_places(visit, site, options):
    resident, officer = (f"{name}-{len(options)}@voorbeeld.example" for name in ("samen", "ambtenaar"))
    page = visit("/bijeenkomsten/", Mode({"viewport": NARROW}), **options).page
    press(page, "Praat mee over wonen zonder drempels")
    page.wait_for_url("**/voorbeeld-praat-mee-over-wonen/")
    press(page, "Meld je aan")
    page.wait_for_url("**/aanmelden/")
    send(page, "Kijk mijn aanmelding na")  # with nothing in it: what has to be told is said
    page.wait_for_selector("#id_name_error")
    fill(page, "Je naam", "Noor")
    fill(page, "Je e-mailadres", resident)
    tick(page, "Ik kom naar de zaal")
    go_by_tab(page, "Alleen")
    page.keyboard.press("ArrowDown")
    fill(page, "Naam van wie met je meekomt", "Sam")
    fill(page, "E-mailadres van wie met je meekomt", officer)
    send(page, "Kijk mijn aanmelding na")
    page.wait_for_url("**/bevestigen/*/")
    assert f"Samen met Sam ({officer})" in told(page)
    confirm(page, site, resident, "Meld mij aan")
    page.wait_for_url("**/aanmelding/*/?klaar=aangemeld")
    assert "Jullie hebben een plek." in told(page)
    assert "Sam (heeft nog geen ja gezegd)" in told(page)

    ((invitation,),) = site.asked('SELECT text FROM mail_outgoingmail WHERE "to" = ? ORDER BY id DESC LIMIT 1', officer)
    other = visit(re.search(r"/bevestigen/[^/]+/", invitation)[0], Mode({"viewport": NARROW}), **options).page
    assert "Samen met Noor" in told(other)
    fill(other, "De code uit de mail", site.code(officer))
    send(other, "Ja, ik kom mee")
    other.wait_for_url("**/aanmelding/*/?klaar=ja")
    assert "Jullie hebben een plek." in told(other)

    press(page, "Vertel wat je nodig hebt om mee te doen")
    page.wait_for_url("**/wensen/")
    assert heading(page) == "Wat heb je nodig om mee te doen?"
    tick(page, "Braille")
    send(page, "Bewaar wat ik nodig heb")
    page.wait_for_selector("#id_agrees_error")  # only with a yes, and what was ticked is still there
    assert page.get_by_label("Braille").is_checked()
    tick(page, "Ik vind het goed")
    send(page, "Bewaar wat ik nodig heb")
    page.wait_for_url("**/?klaar=wensen")
    assert "we zijn ermee bezig" not in told(page)  # the link may be in other hands
    press(page, "Log in om het te zien")
    page.wait_for_url("**/inloggen/**")
    fill(page, "Je e-mailadres", resident)
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_code")
    fill(page, "De code uit de mail", site.code(resident))
    page.keyboard.press("Enter")
    page.wait_for_url("**/aanmelding/*/")
    assert "we zijn ermee bezig" in told(page)

    ((number,),) = site.asked("SELECT id FROM meetings_meeting WHERE slug = ?", "voorbeeld-praat-mee-over-wonen")
    desk = visit(f"/team/bijeenkomsten/{number}/wensen/", Mode({"viewport": NARROW}), who="carla", **options).page
    press(desk, "Wat Noor nodig heeft")
    desk.wait_for_url("**/wensen/*/")
    go_by_tab(desk, "We zijn ermee bezig")
    desk.keyboard.press("ArrowDown")
    fill(desk, "Wat wil je erbij zeggen?", "Het ligt klaar bij de deur.")
    send(desk, "Bewaar en vertel het")
    desk.wait_for_url("**klaar=verteld")

    page.goto(page.url.partition("?")[0])
    assert "geregeld. Het ligt klaar bij de deur." in told(page)
    press(page, "Meld je af")
    page.wait_for_url("**/afmelden/")
    send(page, "Ik kom niet")
    page.wait_for_url("**klaar=afgemeld")
    other.reload()
    assert "Je hebt een plek." in told(other)
    send(page, "Ik kom toch")
    page.wait_for_url("**klaar=toch")
    assert "Jullie hebben een plek." in told(page)
