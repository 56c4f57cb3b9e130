"""From question to solved, and steering a topic: by keyboard only, with and without script, at 320 px."""

import subprocess
import sys

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

# The team looks at the question of somebody new, and Dirk answers it.
APPROVE = r"""
import sys
import django
django.setup()
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import actions, rules
from meedoen.conversation.moderation.rules import Deed
from meedoen.kernel import clock
from meedoen.people.models import Person
now = clock.now()
asked = Contribution.objects.filter(thread__title=sys.argv[1]).latest("pk")
carla, dirk = Person.objects.get(address__email="carla@voorbeeld.example"), Person.objects.get(name="Dirk")
actions.decide(asked, Deed.APPROVE, by=carla, read=rules.mark_of(asked.text), now=now)
usual = {"hides_name": False, "score": 0, "looks_like_spam": False, "now": now}
conversation.contribute(asked.thread, person=dirk, text="Zet er een bank neer.", **usual)
"""
BEGIN = r"""
import sys
import django
django.setup()
from meedoen.forum import actions
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind
from meedoen.kernel import clock
from meedoen.people.models import Person
usual = {"hides_name": False, "score": 0, "looks_like_spam": False, "now": clock.now()}
first = actions.begin(category="werk", kind=Kind.QUESTION, title=sys.argv[1], text="Wie weet raad?", person=Person.objects.get(name="Dirk"), **usual)
print(Topic.objects.get(thread=first.thread).get_absolute_url())
"""
WAYS = pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])


def run(site, script, *arguments) -> str:
    assert all(site.sessions[who] for who in ("dirk", "carla"))  # they are made when they sign in
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=site.environment,
        check=True,
        timeout=60,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip()


@WAYS
def test_a_guest_asks_and_says_what_helped(visit, site, options):
    email, title = f"vraagt-{len(options)}@voorbeeld.example", f"Waar kan ik rusten onderweg, vraag {len(options)}?"
    page = visit("/forum/", Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Stel een vraag of vertel iets")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/vraag/")
    go_by_tab(page, "Kijk mijn bericht na")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    go_by_tab(page, "Waar gaat het over?")
    page.keyboard.type("Straat")
    go_by_tab(page, "Je vraag of bericht in een zin")
    page.keyboard.type(title)
    go_by_tab(page, "Vertel meer")
    page.keyboard.type("Ik kan niet ver lopen.")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    go_by_tab(page, "Mail mij als er een nieuw bericht bij komt")
    page.keyboard.press("Space")
    go_by_tab(page, "Kijk mijn bericht na")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    assert title in page.locator("main").inner_text()
    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bericht/*/")
    assert focused(page).startswith("Gelukt: Je bericht is bij ons")

    run(site, APPROVE, title)
    page.reload()
    go_by_tab(page, "Zeg welk antwoord je hielp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/hielp/*/")
    go_by_tab(page, "Bericht 2 hielp mij")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/hielp/*/?gezegd=2")
    assert focused(page).startswith("Gelukt: Bericht 2 hielp je")
    go_by_tab(page, title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/*/*-*/")
    assert heading(page) == title
    assert "2. Dirk, " in page.locator("#reactie-2-kop").inner_text()
    assert "dit hielp" in page.locator("#reactie-2-kop").inner_text()
    assert page.context.cookies() == []


@WAYS
def test_somebody_signed_in_answers(visit, site, options):
    address = run(site, BEGIN, f"Wie heeft een stille werkplek, vraag {len(options)}?")
    page = visit(f"{address}#reageren", Mode({"viewport": NARROW}), who="carla", **options).page
    go_by_tab(page, "Je bericht")
    page.keyboard.type("Wij hebben er twee.")
    go_by_tab(page, "Kijk mijn bericht na")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    go_by_tab(page, "Plaats mijn bericht")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bericht/*/")
    assert focused(page).startswith("Gelukt: Je bericht staat op de site")
    go_by_tab(page, "Bekijk je bericht op de pagina")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}#reactie-2")
    assert focused(page).startswith("2. Carla")


@WAYS
def test_the_team_closes_a_topic_and_takes_it_back(visit, site, options):
    title = f"Wie ruilt een bureau, vraag {len(options)}?"
    address = run(site, BEGIN, title)
    page = visit(address, Mode({"viewport": NARROW}), who="carla", **options).page
    go_by_tab(page, "Beheer dit onderwerp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer/")
    go_by_tab(page, "Sluit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sluiten/")
    page.keyboard.press("Tab")
    go_by_tab(page, "Sluit")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fouten")
    assert focused(page).startswith("Dit klopt nog niet")
    go_by_tab(page, "Waarom")
    page.keyboard.type("De vraag is beantwoord.")
    go_by_tab(page, "Sluit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer/?*")
    assert focused(page).startswith("Gelukt: ")

    reader = visit(address, Mode({"viewport": NARROW}), **options).page
    shown = reader.locator("main").inner_text()
    assert "Dit gesprek is gesloten" in shown
    assert reader.locator("textarea").count() == 0

    go_by_tab(page, "Draai dit terug")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Het team draaide het sluiten terug")
    reader.reload()
    assert reader.locator("textarea").count() == 1
