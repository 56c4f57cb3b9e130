"""What somebody typed without signing in comes back: after a closed tab, a killed server, an expired code; and is placed once."""

import subprocess
import sys

import pytest

from tests.browser import NARROW, Mode
from tests.journeys.test_mentioning import SEED
from tests.journeys.test_reading import WITHOUT_SCRIPT, go_by_tab
from tests.journeys.test_signing_in import focused

pytestmark = pytest.mark.browser

ASK = "/forum/vraag/"
PLACED = ("Je bericht", "Je bericht is bij ons")  # the page of the message, and what a second press finds
TOLD = "[data-device-told]"
TEXTS = "() => Object.keys(localStorage).filter(key => key.startsWith('meedoen:tekst:')).map(key => JSON.parse(localStorage[key]).values.text)"
MERGE = """
import sys
import django
django.setup()
from meedoen.forum.models import Topic
from meedoen.forum.steering import actions
from meedoen.kernel import clock
from meedoen.people.models import Address, Person
one, other = (Topic.objects.get(title__endswith=f" {name}?") for name in sys.argv[1:])
now = clock.now()
address = Address.objects.of("carla-voegt-samen@voorbeeld.example")
by = Person.objects.create(address=address, name="Carla", is_team=True, joined_at=now)
actions.merge(other, one, by=by, reason="Het is hetzelfde.", now=now)
"""


def run(site, script, *arguments):
    """What a script says that runs where the site's own settings are."""
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, env=site.environment, check=True, timeout=60, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


@pytest.fixture
def article(site):
    """An article that no other test writes under."""
    ((slug,),) = site.asked("SELECT slug FROM library_article ORDER BY id LIMIT 1 OFFSET 4")
    return f"/nieuws/{slug}/"


def again(page, url=""):
    """The tab is closed, and the page opened in a new one."""
    url, context = url or page.url, page.context
    page.close(run_before_unload=False)
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.goto(url)
    return opened


def write(page, **fields):
    """Type in the form, and let it be kept."""
    before = page.evaluate("() => JSON.stringify(localStorage)")
    for name, words in fields.items():
        page.fill(f"[name={name}]", words)
    page.wait_for_function("before => JSON.stringify(localStorage) !== before", arg=before)


def texts(page):
    return sorted(page.evaluate(TEXTS))


def told(page):
    return page.locator(TOLD).inner_text()


def value(page, name="text"):
    return page.locator(f"form[data-device] [name={name}]").input_value()


def test_a_question_survives_a_closed_tab_and_a_killed_server_by_keyboard_and_is_placed_once(visit, site):
    visited = visit(f"{ASK}?onderdeel=werk", Mode({"viewport": NARROW}))
    page = visited.page
    assert "Wat je typt, blijft op dit apparaat staan" in page.locator("[data-device-hint]").inner_text()
    asked = len(visited.requests)
    go_by_tab(page, "Je vraag of bericht in een zin")
    page.keyboard.type("Wie kent een rustige werkplek?")
    go_by_tab(page, "Vertel meer")
    page.keyboard.type("Ik zoek iets zonder lawaai.")
    go_by_tab(page, "Je naam")
    page.keyboard.type("Elif")
    go_by_tab(page, "Zet mijn naam er niet bij")
    page.keyboard.press("Space")
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type("elif-blijft@voorbeeld.example")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('Elif')")
    assert len(visited.requests) == asked
    assert "voorbeeld.example" not in page.evaluate("() => JSON.stringify(localStorage)")
    site.close()
    page = again(page, "about:blank")
    site.serve()
    page.goto(f"{site.url}{ASK}")
    page.wait_for_function("() => document.querySelector('[data-device-told]').textContent")
    for words in ("Hier staat je tekst weer.", "Je schreef dit op", "Het staat alleen op dit apparaat."):
        assert words in told(page)
    assert page.locator(TOLD).get_attribute("role") == "status"
    found = {name: value(page, name) for name in ("title", "text", "category", "name", "email")}
    assert found == {
        "title": "Wie kent een rustige werkplek?",
        "text": "Ik zoek iets zonder lawaai.",
        "category": "werk",
        "name": "Elif",
        "email": "",
    }
    assert page.locator("[name=hides_name]").is_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    go_by_tab(page, "Je e-mailadres")
    page.keyboard.type("elif-blijft@voorbeeld.example")
    go_by_tab(page, "Kijk mijn bericht na")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bevestigen/*/")
    act = page.url
    page.wait_for_function("() => !Object.keys(localStorage).length")
    page.go_back()
    page.wait_for_url(f"**{ASK}*")
    assert texts(page) == []
    if value(page):  # the browser shows the page as it was left
        page.get_by_role("button", name="Kijk mijn bericht na").click()
        page.wait_for_url("**/bevestigen/*/")
        assert page.url == act
    page.goto(act)
    page.get_by_role("button", name="Stuur mij de code").click()
    page.get_by_label("De code uit de mail").fill(site.code("elif-blijft@voorbeeld.example"))
    site.close()
    site.serve()
    page.get_by_role("button", name="Plaats mijn bericht").dblclick()
    # Of two presses the first leads to the message, and one that finds it done says so at its own address.
    page.wait_for_function("() => document.querySelector('h1') && !document.querySelector('[name=code]')")
    assert page.get_by_role("heading", level=1).inner_text() in PLACED
    ((count,),) = site.asked("SELECT count(*) FROM forum_topic WHERE title = 'Wie kent een rustige werkplek?'")
    assert count == 1
    page.goto(f"{site.url}{ASK}")
    assert (value(page), told(page)) == ("", "")
    assert page.context.cookies() == []


def test_it_is_thrown_away_and_taken_back_by_keyboard(visit, article):
    page = visit(article, Mode({"viewport": NARROW})).page
    write(page, text="Dit is nog niet af.")
    page = again(page)
    go_by_tab(page, "Gooi weg")
    page.keyboard.press("Enter")
    assert "Je tekst is weg van dit apparaat." in told(page)
    assert (value(page), texts(page), focused(page)) == ("", [], "Haal hem terug")
    page.keyboard.press("Enter")
    assert (value(page), texts(page), focused(page)) == ("Dit is nog niet af.", ["Dit is nog niet af."], "Gooi weg")
    page.keyboard.press("Enter")
    page = again(page)
    assert (value(page), told(page)) == ("", "")


def test_two_tabs_lose_nothing(visit, site, article):
    one = visit(article).page
    other = one.context.new_page()
    other.goto(one.url)
    write(one, text="Uit de ene tab.")
    write(other, text="Uit de andere tab.")
    assert texts(one) == ["Uit de andere tab.", "Uit de ene tab."]
    other.close()
    page = again(one)
    assert value(page) == "Uit de andere tab."
    assert "Er staat nog een tekst op dit apparaat." in told(page)
    assert "Uit de ene tab." in told(page)
    page.get_by_role("button", name="Zet hem in het formulier").click()
    assert value(page) == "Uit de andere tab.\n\nUit de ene tab."
    assert texts(page) == ["Uit de andere tab.\n\nUit de ene tab."]
    third = page.context.new_page()
    third.goto(page.url)
    write(page, text="Hier verder.")
    write(third, text="En daar verder.")
    assert texts(page) == ["En daar verder.", "Hier verder."]
    fourth = page.context.new_page()
    fourth.goto(page.url)
    assert value(fourth) == "En daar verder."
    write(fourth, text="Overheen geschreven.")
    third.close(run_before_unload=True)
    fourth.wait_for_function("() => Object.keys(localStorage).length === 3")
    assert texts(page) == ["En daar verder.", "Hier verder.", "Overheen geschreven."]


def test_what_the_site_put_in_the_box_stays(visit, site):
    ((number,),) = site.asked("SELECT id FROM conversation_contribution WHERE state = 'shown' ORDER BY id LIMIT 1")
    page = visit(f"/reacties/{number}/antwoord/").page
    write(page, text="Mijn eigen woorden.")
    page = again(page, f"{site.url}/reacties/{number}/antwoord/?deel=1")
    quote = value(page)
    assert quote.startswith("> ")
    assert "Mijn eigen woorden." in told(page)
    page.get_by_role("button", name="Zet hem in het formulier").click()
    assert value(page) == f"{quote.strip()}\n\nMijn eigen woorden."
    assert focused(page).startswith("> ") or page.evaluate("document.activeElement.name") == "text"


def test_a_form_that_came_back_with_errors_says_nothing_of_it(visit, site, article):
    page = visit(article).page
    write(page, text="Zonder naam.")
    page.get_by_role("button", name="Kijk mijn bericht na").click()
    page.wait_for_selector("#fouten")
    assert (value(page).strip(), told(page)) == ("Zonder naam.", "")
    page = again(page, f"{site.url}{article}")
    assert value(page) == "Zonder naam."


def test_a_change_of_what_waits_is_offered_and_takes_its_place(visit, site, article):
    page = visit(article).page
    page.fill("[name=text]", "Eerst dit.")
    page.fill("[name=name]", "Elif")
    page.fill("[name=email]", "elif-verandert@voorbeeld.example")
    page.get_by_role("button", name="Kijk mijn bericht na").click()
    page.wait_for_url("**/bevestigen/*/")
    page.get_by_role("link", name="Verander je tekst").click()
    page.wait_for_url("**/aanpassen/")
    write(page, text="Toen dat.")
    page = again(page)
    assert value(page) == "Eerst dit."
    page.get_by_role("button", name="Zet hem in het formulier").click()
    assert value(page) == "Toen dat."
    page.get_by_role("button", name="Bewaar en kijk het na").click()
    page.wait_for_url("**/bevestigen/*/")
    assert "Toen dat." in page.locator("main").inner_text()
    page.wait_for_function("() => !Object.keys(localStorage).length")


def test_who_signs_in_is_offered_what_they_typed_before(visit, site, article):
    page = visit(article).page
    write(page, text="Ik was nog niet ingelogd.")
    page.context.add_cookies([{"name": "sessie", "value": site.sessions["carla"], "url": site.url}])
    page = again(page)
    assert value(page).strip() == ""
    page.get_by_role("button", name="Zet hem in het formulier").click()
    assert value(page) == "Ik was nog niet ingelogd."
    page.get_by_text("Bewaard om ").wait_for()
    page.wait_for_function("() => !Object.keys(localStorage).length")
    page.reload()
    assert (value(page).strip(), told(page)) == ("Ik was nog niet ingelogd.", "")
    assert texts(page) == []


def test_it_is_switched_off_and_on_by_keyboard(visit, site, article):
    page = visit(article, Mode({"viewport": NARROW})).page
    write(page, text="Op een computer van de bibliotheek.")
    go_by_tab(page, "Zet dit uit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/voorkeuren/#teksten")
    said = page.locator("[data-device-all] [role=status]")
    assert said.inner_text() == "Aantal teksten op dit apparaat: 1."
    go_by_tab(page, "Gooi alle teksten weg")
    page.keyboard.press("Enter")
    assert (texts(page), focused(page)) == ([], "Haal ze terug")
    page.keyboard.press("Enter")
    assert len(texts(page)) == 1
    go_by_tab(page, "Bewaar hier geen teksten meer")
    page.keyboard.press("Enter")
    assert "Je teksten blijven niet op dit apparaat staan." in said.inner_text()
    assert (texts(page), focused(page)) == ([], "Bewaar mijn teksten weer")
    page.goto(f"{site.url}{article}")
    assert (value(page), page.locator("[data-device-hint]").is_visible()) == ("", False)
    page.fill("[name=text]", "Hier blijft niets van.")
    page.wait_for_timeout(700)
    page = again(page)
    assert (value(page), texts(page)) == ("", [])
    page.goto(f"{site.url}/voorkeuren/#teksten")
    go_by_tab(page, "Bewaar mijn teksten weer")
    page.keyboard.press("Enter")
    page.goto(f"{site.url}{article}")
    write(page, text="Nu wel.")


def test_after_thirty_days_it_is_gone(visit, site, article):
    page = visit(article).page
    write(page, text="Heel lang geleden.")
    for days, words in ((29, "Heel lang geleden."), (2, "")):
        page.goto(f"{site.url}/over/")  # else the open page sees that another one changed its text, and keeps its own
        page.evaluate(
            """days => { for (const [key, words] of Object.entries(localStorage)) { const text = JSON.parse(words);
                localStorage[key] = JSON.stringify({ at: text.at - days * 86400000, values: text.values }); } }""",
            days,
        )
        page.goto(f"{site.url}{article}")
        assert value(page) == words
    assert texts(page) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        "Object.defineProperty(window, 'localStorage', { get() { return null; } })",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        "localStorage['meedoen:tekst:x'] = '{'; localStorage['meedoen:tekst:y'] = 'null'",
    ],
    ids=["forbidden", "none", "full", "broken"],
)
def test_where_nothing_can_be_kept_the_form_works(visit, site, article, spoiled):
    visited = visit("/over/")
    page = visited.page
    page.context.add_init_script(spoiled)
    page.goto(f"{site.url}{article}")
    page.fill("[name=text]", "Dit gaat gewoon door.")
    page.fill("[name=name]", "Elif")
    page.fill("[name=email]", "elif-gewoon@voorbeeld.example")
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Kijk mijn bericht na").click()
    page.wait_for_url("**/bevestigen/*/")
    assert "Dit gaat gewoon door." in page.locator("main").inner_text()
    assert visited.complaints == []


def test_without_script_the_form_is_the_same_and_says_nothing_of_it(visit, article):
    page = visit(article, **WITHOUT_SCRIPT).page
    assert "dit apparaat" not in page.locator("form[data-device]").inner_text()
    page.goto(page.url.replace(article, "/voorkeuren/"))
    assert not page.locator("[data-device-all]").is_visible()


def tick(page, name):
    """The tick that chooses somebody to tell."""
    return page.locator(f".mee-option:has-text('{name}') input[name=mentions]")


def test_whom_to_tell_is_chosen_again(visit, site):
    page = visit(run(site, SEED, "gekozen")).page
    page.get_by_text("Wie moet dit weten?").click()
    tick(page, "Sjoerd").check()
    write(page, text="Dit is voor Sjoerd.")
    page = again(page)
    assert value(page) == "Dit is voor Sjoerd."
    assert tick(page, "Sjoerd").is_visible()
    assert [tick(page, name).is_checked() for name in ("Sjoerd", "Geertruida")] == [True, False]
    tick(page, "Sjoerd").uncheck()
    write(page, text="Dit is voor iedereen.")
    page = again(page)
    assert (value(page), tick(page, "Sjoerd").is_checked()) == ("Dit is voor iedereen.", False)


def test_a_topic_was_brought_to_another_meanwhile(visit, site):
    one, other = (run(site, SEED, name) for name in ("blijft", "gaat op"))
    page = visit(other).page
    write(page, text="Half af, en dan gaat het onderwerp weg.")
    run(site, MERGE, "blijft", "gaat op")
    page = again(page)
    assert page.url.startswith(f"{site.url}{one}")
    assert value(page) == "Half af, en dan gaat het onderwerp weg."
    assert "Hier staat je tekst weer." in told(page)
