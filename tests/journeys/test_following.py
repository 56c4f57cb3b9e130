"""A guest follows a theme, stops with the button of the mail program and undoes it: by keyboard only, narrow."""

import json
import subprocess
import sys
import urllib.request

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab, heading
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

# No article is published: the other tests of this site count on what is in the news.
HAPPEN = """
import datetime, sys
import django
django.setup()
from meedoen.activity import actions, subjects
from meedoen.kernel import clock
now = clock.now()
actions.record(
    subjects.find("theme", "thuis"), mark=sys.argv[1], sentence="Nieuw bericht: Vijftig huizen die passen",
    words="Zo deden wij het.", url="/nieuws/", actor=None, now=now,
)
actions.tell(now=now + datetime.timedelta(minutes=10))
"""


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_theme_followed_stopped_from_the_mail_and_followed_again(visit, site, options):
    email = f"theme-{len(options)}@voorbeeld.example"
    page = visit("/nieuws/?thema=thuis", Mode({"viewport": NARROW}), **options).page
    go_by_tab(page, "Volg het thema Wonen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/volgen/thema/thuis/")
    go_by_tab(page, "Een keer per dag")
    page.keyboard.press("ArrowUp")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    go_by_tab(page, "Stuur mij de code")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=We stuurden je een mail met een code")
    go_by_tab(page, "De code uit de mail")
    page.keyboard.type(site.code(email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/volgen/*/")
    assert focused(page).startswith("Gelukt: Je volgt dit")
    assert "Thema Wonen" in page.locator("main").inner_text()

    happen = [sys.executable, "-c", HAPPEN, f"huizen-{len(options)}"]
    subprocess.run(happen, env=site.environment, check=True, timeout=60)
    assert site.newest_subject(email) == "Nieuw bij: Thema Wonen"
    ((headers,),) = site.asked('SELECT headers FROM mail_outgoingmail WHERE "to" = ? ORDER BY id DESC LIMIT 1', email)
    stop = json.loads(headers)["List-Unsubscribe"].partition(">")[0].removeprefix("<")  # a mail way stands behind it
    pressed = urllib.request.Request(stop, b"List-Unsubscribe=One-Click")  # as a mail program does: no page, no origin
    urllib.request.urlopen(pressed, timeout=20).close()

    page.goto(stop.removesuffix("stop/"))
    assert heading(page) == "Volgen"
    assert focused(page).startswith("Gelukt: Je volgt dit niet meer")
    go_by_tab(page, "Maak ongedaan")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Stop met volgen")
    assert focused(page).startswith("Gelukt: Je volgt dit")
    go_by_tab(page, "Bekijk alles wat je volgt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/volgen/alles/*/")
    assert "Wonen. Bij elk nieuw bericht." in page.locator("main").inner_text()
    assert page.context.cookies() == []
