"""A guest lets somebody know of an answer by choosing them: by keyboard only, narrow, with and without script."""

import subprocess
import sys

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab

pytestmark = pytest.mark.browser

SEED = r"""
import sys
import django
django.setup()
from meedoen.conversation import actions as conversation
from meedoen.forum import actions
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind
from meedoen.kernel import clock
from meedoen.people.models import Address, Person
now = clock.now()
people = []
for name in ("Geertruida", "Sjoerd"):
    address = Address.objects.of(f"{name.lower()}-{sys.argv[1]}@voorbeeld.example")
    address.verified_at = address.trusted_at = now
    address.save()
    people.append(Person.objects.create(address=address, name=name, joined_at=now))
common = {"hides_name": False, "score": 0, "looks_like_spam": False, "now": now}
title = f"Waar staat de knop van de lift {sys.argv[1]}?"
first = actions.begin(category="vervoer", kind=Kind.QUESTION, title=title, text="Wie weet het?", person=people[0], **common)
conversation.contribute(first.thread, text="Links.", person=people[1], **common)
print(Topic.objects.get(thread=first.thread).get_absolute_url())
"""


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_somebody_is_chosen_by_keyboard_and_it_is_said(visit, site, options):
    seed = [sys.executable, "-c", SEED, f"nummer-{len(options)}"]
    seeded = subprocess.run(seed, env=site.environment, check=True, timeout=60, stdout=subprocess.PIPE, text=True)
    email = f"naming-{len(options)}@voorbeeld.example"
    page = visit(f"{seeded.stdout.strip()}#reageren", Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Je bericht")
    page.keyboard.type("Nee, rechts.")
    go_by_tab(page, "Wie moet dit weten?")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "name", "it is one stop for who chooses nobody"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    go_by_tab(page, "Sjoerd")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    assert "Je laat dit weten aan: Sjoerd." in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bericht/*/")
    assert "Voor: Sjoerd" in page.locator("main").inner_text()
    assert page.context.cookies() == []


def test_who_was_chosen_is_chosen_again_after_a_closed_tab_and_nobody_else(visit, site):
    seed = [sys.executable, "-c", SEED, "kept"]
    seeded = subprocess.run(seed, env=site.environment, check=True, timeout=60, stdout=subprocess.PIPE, text=True)
    page = visit(seeded.stdout.strip()).page
    page.fill("[name=text]", "Nee, rechts.")
    page.get_by_text("Wie moet dit weten?").click()
    page.get_by_role("checkbox", name="Geertruida").check()  # the last of the two
    page.wait_for_function("() => Object.values(localStorage).some(text => JSON.parse(text).values?.mentions?.length)")
    url, context = page.url, page.context
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("() => document.querySelector('[data-device-told]').textContent")
    boxes = [page.get_by_role("checkbox", name=name) for name in ("Sjoerd", "Geertruida")]  # seen, or they have no role
    assert [box.is_checked() for box in boxes] == [False, True]
