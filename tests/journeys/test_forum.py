"""Reading in the forum by keyboard: where somebody arrives, how they come back, and one talk of many on its own."""

import subprocess
import sys

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading

pytestmark = pytest.mark.browser

# A question with six talks in turns: the third answer of the second talk is number 21, on the second page.
SEED = r"""
import django
django.setup()
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.forum import actions
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind
from meedoen.kernel import clock
from meedoen.people.models import Person
now = clock.now()
dirk = Person.objects.get(name="Dirk")
common = {"person": dirk, "hides_name": False, "score": 0, "looks_like_spam": False, "now": now}
first = actions.begin(category="vervoer", kind=Kind.QUESTION, title="Hoe komt iedereen op tijd bij de halte?", text="Twee woorden vooraf.\n\nWie weet raad?", **common)
written = [first]
for number in range(2, 40):
    answered = written[0] if number < 8 else written[number - 7]
    written.append(conversation.contribute(first.thread, text=f"Dit is bericht {number}.", reply_to=answered, **common))
print(Topic.objects.get(thread=first.thread).get_absolute_url())
"""
TARGET = "Antwoord op 21"


@pytest.fixture(scope="module")
def lively(site):
    """The address of a topic with six talks."""
    assert site.sessions["dirk"]  # he is made when he signs in
    seeded = subprocess.run(
        [sys.executable, "-c", SEED], env=site.environment, check=True, timeout=60, stdout=subprocess.PIPE, text=True
    )
    return seeded.stdout.strip()


def presses_to(page, words) -> int:
    """How often Tab is pressed from the beginning of the content on, until what starts with ``words`` has the focus."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    for count in range(1, 400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return count + 2
    raise AssertionError(f"{words} was not reached by Tab")


def steps_to(page, number) -> int:
    """How many headings somebody hears before the heading of a contribution, from the top."""
    return next(count for count, each in enumerate(headings(page), 1) if each.startswith(f"{number}. "))


def headings(page) -> list[str]:
    return page.locator("main :is(h1, h2, h3, h4)").all_inner_texts()


def test_a_talk_on_its_own_takes_half_the_keys(visit, lively):
    page = visit(lively).page
    flat_steps = len(headings(page)) + 1
    flat_keys = presses_to(page, "Bladzijde 2") + 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/?pagina=2*")
    flat_steps += steps_to(page, 21)
    page.goto(page.url.partition("#")[0])
    flat_keys += presses_to(page, TARGET)

    page = visit(lively).page
    steps = headings(page).index("In het kort") + 1 + 2 + 1  # the second link below it, and Enter
    keys = presses_to(page, "Gesprek 3") + 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/gesprek/3/")
    assert heading(page) == "Gesprek 3: Hoe komt iedereen op tijd bij de halte?"
    steps += steps_to(page, 21)
    keys += presses_to(page, TARGET)
    assert (keys <= flat_keys / 2, steps <= flat_steps / 2) == (True, True), (keys, flat_keys, steps, flat_steps)


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_link_to_one_contribution_arrives_at_it(visit, lively, options):
    page = visit(f"{lively}?pagina=2#reactie-37", Mode({"viewport": NARROW}), **options).page
    page.wait_for_selector("#reactie-37:focus")
    assert page.locator("#reactie-37").bounding_box()["y"] < NARROW["height"] / 2
    go_by_tab(page, "bericht 31", limit=1)


def test_who_comes_back_stands_at_the_topic_they_left(visit, lively):
    page = visit("/forum/", Mode({"viewport": NARROW})).page
    go_by_tab(page, "Hoe komt iedereen op tijd bij de halte?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/vervoer/*-*/")
    page.go_back()
    page.wait_for_url("**/forum/")
    page.wait_for_function("document.activeElement.textContent.startsWith('Hoe komt iedereen')")


def test_who_is_signed_in_comes_back_there_too(visit, site, lively):
    page = visit("/forum/vervoer/", who="dirk").page
    go_by_tab(page, "Hoe komt iedereen op tijd bij de halte?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/vervoer/*-*/")
    page.go_back()
    page.wait_for_url("**/forum/vervoer/")
    page.wait_for_function("document.activeElement.textContent.startsWith('Hoe komt iedereen')")


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_part_is_quoted_and_answered_by_keyboard(visit, site, lively, options):
    page = visit(lively, Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Meer bij bericht 1:")
    page.keyboard.press("Enter")
    go_by_tab(page, "Citeer bericht 1", limit=3)
    page.keyboard.press("Enter")
    page.wait_for_url("**/citeren/")
    go_by_tab(page, "Wie weet raad?")
    page.keyboard.press("Space")
    go_by_tab(page, "Ga verder met schrijven")
    page.keyboard.press("Enter")
    page.wait_for_url("**/antwoord/?deel=*")
    go_by_tab(page, "Je bericht")
    page.keyboard.press("Control+End")
    page.keyboard.type("Vertrek eerder.")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type("elif-citeert@voorbeeld.example")
    go_by_tab(page, "Kijk mijn bericht na")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    shown = page.locator("main").inner_text()
    for part in ("Dirk in bericht 1:", "Wie weet raad?", "Vertrek eerder."):
        assert part in shown
    assert "Twee woorden vooraf." not in shown
