"""An organiser makes a meeting, is refused, completes it and publishes it: by keyboard only, at 320 px, with and without script."""

import datetime

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_editing_desk import press, write
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser
NEEDS = (
    "Schrijftolk of ondertiteling", "Tolk Nederlandse Gebarentaal", "Stukken en dia’s vooraf", "Begrijpelijke taal",
    "Hulp van een persoon", "Meedoen met de telefoon",
)  # fmt: skip


def choose(page, words, letter):
    """Choose in a list by its first letter, as people do who do not see it."""
    go_by_tab(page, words, limit=120)
    page.keyboard.press(letter)


def day(page, words, when):
    """Type a day in the parts of its field."""
    go_by_tab(page, words, limit=120)
    page.keyboard.type(f"{when:%d%m%Y}")


def days_ahead():
    """Two days that come, of which day and month are the same number: whichever a browser asks first."""
    today = datetime.datetime.now(datetime.UTC).date()
    found = [datetime.date(today.year + later, number, number) for later in (0, 1) for number in range(1, 13)]
    return [each for each in found if each > today][:2]


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_meeting_is_made_refused_completed_and_published(visit, options):
    title = f"Vragenuur voor raadsleden, deel {len(options)}"
    closes, when = days_ahead()
    page = visit("/team/bijeenkomsten/", Mode({"viewport": NARROW}), who="carla", **options).page

    def save():
        press(page, "Bewaar")
        page.wait_for_url("**/?klaar=bewaard")
        if not options:
            assert focused(page) == "Gelukt: Bewaard"

    press(page, "Maak een bijeenkomst")
    page.wait_for_url("**/nieuw/")
    write(page, "Titel", title)
    go_by_tab(page, "Online bijeenkomst")
    page.keyboard.press("Space")
    press(page, "Begin")
    page.wait_for_url("**/team/bijeenkomsten/*/")
    assert heading(page).replace("\n", " ") == title
    press(page, "Zet op de site")
    page.wait_for_url("**/publiceren/")
    assert "Daarom kan het nog niet op de site." in page.inner_text("main")
    press(page, "Schrijf een korte samenvatting.")
    page.wait_for_url("**/deel/inhoud/#id_summary")
    page.keyboard.press("Shift+Tab")  # the link led to the field; one step back, so that Tab comes upon it
    write(page, "Samenvatting", "Stel je vraag over de agenda.")
    write(page, "Voor wie is het?", "Raadsleden en inwoners")
    save()
    press(page, "Wanneer")
    page.wait_for_url("**/deel/tijd/")
    day(page, "Op welke dag?", when)
    write(page, "Hoe laat begint het?", "12.00")
    write(page, "Hoe laat is het klaar?", "13.00")
    day(page, "Tot wanneer kunnen mensen vragen", closes)
    save()
    press(page, "Online")
    page.wait_for_url("**/deel/online/")
    write(page, "Met welk programma?", "Zoom, in je browser")
    write(page, "Kan het met de telefoon?", "Ja.")
    save()
    press(page, "Zo kan iedereen meedoen")
    page.wait_for_url("**/deel/meedoen/")
    for need in NEEDS:
        choose(page, need, "g")
    save()
    press(page, "Kosten, betaling en reiskosten")
    page.wait_for_url("**/deel/geld/")
    choose(page, "Krijgen ervaringsdeskundigen betaald?", "j")
    write(page, "Hoeveel, of waarom niet?", "50 euro.")
    choose(page, "Krijgen zij reiskosten terug?", "n")
    save()
    press(page, "Wie mensen kunnen vragen")
    page.wait_for_url("**/deel/contact/")
    write(page, "Wie kunnen mensen iets vragen?", "Carla")
    write(page, "E-mailadres voor vragen", "vragen@voorbeeld.example")
    write(page, "Telefoonnummer voor vragen", "070 000 00 00")
    save()
    press(page, "Zet op de site")
    page.wait_for_url("**/publiceren/")
    assert "moet nog" not in page.inner_text("main").replace("moeten nog", "moet nog")
    press(page, "Zet de bijeenkomst op de site")
    page.wait_for_url("**/?klaar=op-de-site")
    press(page, "Bekijk op de site")
    page.wait_for_url("**/bijeenkomsten/vragenuur-voor-raadsleden-deel-*/")
    assert "Geregeld." in page.inner_text("main")
    press(page, "Meld je aan")
    page.wait_for_url("**/aanmelden/")
