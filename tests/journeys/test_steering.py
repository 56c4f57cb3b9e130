"""The team by keyboard: two topics become one and come apart again, and the whole site is quiet for a while."""

import datetime
import subprocess
import sys

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

SCRIPT = pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
SMALL = Mode({"viewport": NARROW})
ARTICLE = "/nieuws/25-koplopers-tekenen-het-manifest/"
NOTICE = "Ons team heeft een dag vrij."

# Two topics of Dirk about one thing; the second has an answer.
SEED = r"""
import django
django.setup()
from meedoen.conversation import actions as conversation
from meedoen.forum import actions
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind
from meedoen.kernel import clock
from meedoen.people.models import Person
now = clock.now()
dirk = Person.objects.get(name="Dirk")
common = {"person": dirk, "hides_name": False, "score": 0, "looks_like_spam": False, "now": now}
for title in ("Wie heeft een rustig zwembad?", "Waar kun je rustig zwemmen?"):
    first = actions.begin(category="vrije-tijd", kind=Kind.QUESTION, title=title, text="Het is er zo vol.", **common)
    print(Topic.objects.get(thread=first.thread).get_absolute_url())
conversation.contribute(first.thread, text="Op dinsdag is het stil.", reply_to=first, **common)
"""


@pytest.fixture
def topics(site) -> list[str]:
    """The addresses of two topics about one thing."""
    assert site.sessions["dirk"]  # he is made when he signs in
    made = [sys.executable, "-c", SEED]
    seeded = subprocess.run(made, env=site.environment, check=True, timeout=60, capture_output=True, text=True)
    return seeded.stdout.split()


@SCRIPT
def test_two_topics_become_one_and_come_apart_again(visit, site, topics, options):
    stays, goes = topics
    page = visit(goes, SMALL, who="carla", **options).page
    go_by_tab(page, "Beheer dit onderwerp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer/")
    go_by_tab(page, "Voeg het samen met een ander onderwerp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/samenvoegen/")
    go_by_tab(page, "Bij welk onderwerp komt dit?")
    page.keyboard.type("het zwembad")
    go_by_tab(page, "Waarom doe je dit?")
    page.keyboard.type("Het gaat over hetzelfde.")
    go_by_tab(page, "Voeg deze onderwerpen samen")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    assert page.get_by_label("Waarom doe je dit?").input_value() == "Het gaat over hetzelfde."
    go_by_tab(page, "Bij welk onderwerp komt dit?")
    page.keyboard.press("Control+A")
    page.keyboard.type(f"{site.url}{stays}")
    go_by_tab(page, "Voeg deze onderwerpen samen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer/?*")
    assert focused(page).startswith("Gelukt: ")

    reader = visit(goes, SMALL, **options).page  # the old address leads to where it went
    assert reader.url.partition("#")[0] == f"{site.url}{stays}"
    assert "Op dinsdag is het stil." in reader.locator("main").inner_text()
    go_by_tab(page, "Draai dit terug", limit=20)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Gelukt")
    assert visit(goes, SMALL, **options).page.url == f"{site.url}{goes}"
    assert "Op dinsdag is het stil." not in visit(stays, SMALL, **options).page.locator("main").inner_text()


@pytest.fixture
def not_quiet_after(site):
    """Whatever happens in the test, others can write after it."""
    yield
    script = (
        "import django; django.setup(); from meedoen.kernel import clock;"
        "from meedoen.conversation.quiet import actions;"
        "actions.end(by=None, now=clock.now())"
    )
    subprocess.run([sys.executable, "-c", script], env=site.environment, check=True, timeout=60)


@SCRIPT
def test_the_site_is_quiet_and_open_again_and_no_text_is_lost(visit, not_quiet_after, options):
    guest = visit(f"{ARTICLE}#reageren", SMALL, **options).page
    go_by_tab(guest, "Je bericht")
    guest.keyboard.type("Dit wil ik zeggen.")
    go_by_tab(guest, "Je naam")
    guest.keyboard.type("Elif")
    go_by_tab(guest, "Je e-mailadres")
    guest.keyboard.type(f"quiet-{len(options)}@voorbeeld.example")

    page = visit("/team/", SMALL, who="carla", **options).page
    go_by_tab(page, "Zet de site een tijd stil", limit=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/team/stil/")
    go_by_tab(page, "Waarom kan niemand iets plaatsen?")
    page.keyboard.type(NOTICE)
    go_by_tab(page, "Tot en met welke dag?")
    page.keyboard.type("overmorgen")
    go_by_tab(page, "Zet de site stil")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert page.get_by_label("Waarom kan niemand iets plaatsen?").input_value() == NOTICE
    go_by_tab(page, "Tot en met welke dag?")
    page.keyboard.press("Control+A")
    page.keyboard.type(f"{datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=2):%d-%m-%Y}")
    go_by_tab(page, "Zet de site stil")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=De site is nu stil")
    assert focused(page).startswith("Gelukt: De site is nu stil")

    guest.keyboard.press("Enter")
    guest.wait_for_selector(f"text={NOTICE}")
    assert "Dit wil ik zeggen." in guest.locator("main").inner_text() + "".join(
        box.input_value() for box in guest.locator("textarea").all()
    )
    newcomer = visit(ARTICLE, SMALL, **options).page
    assert NOTICE in newcomer.locator("main").inner_text()

    go_by_tab(page, "Laat iedereen weer schrijven")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Iedereen kan weer schrijven")
    assert heading(page) == "De site stil zetten"
    assert NOTICE not in visit(ARTICLE, SMALL, **options).page.locator("main").inner_text()
