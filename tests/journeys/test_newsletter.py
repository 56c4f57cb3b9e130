"""A guest asks for the newsletter, reads one, stops from the mail and undoes it; the team looks at a draft."""

import json
import subprocess
import sys
import urllib.request

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

SEND = """
import django
django.setup()
from meedoen.kernel import clock
from meedoen.newsletter.actions import sending
from meedoen.newsletter.models import Letter
sent = Letter.objects.public().first()
Letter.objects.filter(pk=sent.pk).update(state="sending", done_at=None, told_to=0, sent_at=clock.now())
sending.spread(now=clock.now())
"""


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_asked_for_by_keyboard_read_and_stopped_from_the_mail(visit, site, options):
    email = f"brief-{len(options)}@voorbeeld.example"
    sent = site.newsletters["letter_sent"]
    page = visit("/nieuwsbrief/", Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    go_by_tab(page, "Gewone tekst")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    assert "Tekst: makkelijke taal, waar die er is." in page.locator("main").inner_text()
    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/nieuwsbrief/mijn/*/")
    assert focused(page).startswith("Gelukt: Je krijgt de nieuwsbrief")

    subprocess.run([sys.executable, "-c", SEND], env=site.environment, check=True, timeout=60)
    assert site.newest_subject(email).startswith("Nieuwsbrief van ")
    page.goto(page.url.partition("/nieuwsbrief/")[0] + sent)
    assert heading(page) == site.newest_subject(email)

    ((headers,),) = site.asked('SELECT headers FROM mail_outgoingmail WHERE "to" = ? ORDER BY id DESC LIMIT 1', email)
    stop = json.loads(headers)["List-Unsubscribe"].partition(">")[0].removeprefix("<")
    pressed = urllib.request.Request(stop, b"List-Unsubscribe=One-Click")  # as a mail program does: no page, no origin
    urllib.request.urlopen(pressed, timeout=20).close()
    page.goto(stop.removesuffix("stop/"))
    assert heading(page) == "Jouw nieuwsbrief"
    assert "Je krijgt de nieuwsbrief niet meer" in page.locator("main").inner_text()
    go_by_tab(page, "Maak ongedaan")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Stop met de nieuwsbrief")
    assert focused(page).startswith("Gelukt: Je krijgt de nieuwsbrief")
    assert page.context.cookies() == []


def test_the_team_takes_something_out_and_puts_it_in_again(visit, site):
    page = visit(site.newsletters["letter_draft"], Mode({"viewport": NARROW}), who="carla").page
    first = page.locator("main h3").first.inner_text()
    go_by_tab(page, f"Haal ‘{first}’ eruit")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Dit staat er niet in.")
    assert "Dit staat niet meer in de nieuwsbrief" in page.locator("main").inner_text()
    go_by_tab(page, f"Zet ‘{first}’ er weer in")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Dit staat weer in de nieuwsbrief")
    assert page.locator("text=Dit staat er niet in.").count() == 0
