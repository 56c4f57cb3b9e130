"""What script adds, in a browser: reading aloud, the sample of the preferences, counting, copying, taking focus."""

import pytest

from tests.browser import Mode

pytestmark = pytest.mark.browser

# A device with these voices, which says at once what it is asked to say, and holds back when told.
SPEECH = """
const said = [];
const voices = VOICES.map(([lang, localService]) => ({ lang, localService, name: lang }));
let held = [];
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => voices,
  addEventListener() {},
  speak(utterance) { said.push([utterance.text, utterance.voice.lang]); held.push(utterance); },
  cancel() { held = []; },
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.said = said;
window.goOn = (times = 1) => { for (let i = 0; i < times && held.length; i++) held.shift().onend(); };
"""
LOCAL = [["nl-NL", True], ["en-GB", True]]
ALOUD = Mode(preferences="v1")


def listen(visit, voices, path="/over/", mode=ALOUD, before=""):
    page = visit(path, mode).page
    page.add_init_script(before)
    page.add_init_script(SPEECH.replace("VOICES", str(voices).replace("True", "true").replace("False", "false")))
    page.reload()
    return page


def marked(page):
    return [plain(text) for text in page.locator(".mee-being-read").all_inner_texts()]


def underlined(page):
    """The sentence that is marked inside its part, by its range."""
    return page.evaluate(
        "() => { const found = CSS.highlights.get('mee-sentence'); return found ? [...found].map(String) : []; }"
    )


def plain(text):
    return " ".join(text.split())


def test_the_page_is_read_sentence_by_sentence_and_shows_where_it_is(visit):
    page = listen(visit, LOCAL)
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name="Lees voor").click()
    assert page.evaluate("said") == [[title, "nl-NL"]]
    assert marked(page) == [title]
    page.evaluate("goOn()")
    text = page.evaluate("said[1][0]")
    assert text in plain(page.locator("main").inner_text())
    assert len(marked(page)) == 1
    assert text in marked(page)[0]


LONG = "Een <strong>vette</strong> zin. Nog een zin met een <a href='/over/'>link</a>! \n En de laatste"


def put(page, html):
    """Let the page hold nothing but this."""
    page.evaluate(
        """html => { const main = document.getElementById('inhoud');
            main.querySelectorAll(':scope > :not([data-read-aloud])').forEach(each => each.remove());
            main.insertAdjacentHTML('beforeend', html); }""",
        html,
    )


def test_the_sentence_itself_is_marked_also_across_other_marks(visit):
    page = listen(visit, LOCAL)
    put(page, f"<p>{LONG}</p><p>Wat erna komt.</p>")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.locator("[data-read]").click()
    seen = []
    for _ in range(4):
        seen.append(underlined(page))
        assert page.evaluate("said.at(-1)[0]") == plain(seen[-1][0])
        assert abs(page.evaluate("document.documentElement.scrollHeight") - height) <= 1  # the mark moves nothing
        page.evaluate("goOn()")
    assert seen == [["Een vette zin."], ["Nog een zin met een link!"], ["En de laatste"], ["Wat erna komt."]]
    assert (underlined(page), marked(page)) == ([], [])


def test_a_browser_without_such_marks_marks_the_part(visit):
    page = listen(visit, LOCAL, before="Object.defineProperty(CSS, 'highlights', { value: undefined })")
    put(page, f"<p>{LONG}</p>")
    page.locator("[data-read]").click()
    page.evaluate("goOn(2)")
    assert page.evaluate("said.at(-1)[0]") == "En de laatste"
    assert marked(page) == ["Een vette zin. Nog een zin met een link! En de laatste"]


def test_a_sentence_below_the_edge_of_the_screen_comes_into_view(visit):
    page = listen(visit, LOCAL)
    put(page, f"<p>{'Een zin die telt. ' * 600}</p>")
    page.locator("[data-read]").click()
    page.evaluate("goOn(400)")
    top, bottom = page.evaluate(
        "() => { const at = [...CSS.highlights.get('mee-sentence')][0].getBoundingClientRect(); return [at.top, at.bottom]; }"
    )
    assert 0 <= top < bottom <= page.evaluate("innerHeight")


def test_a_pause_keeps_the_place_and_the_focus(visit):
    page = listen(visit, LOCAL)
    button = page.locator("[data-read]")
    button.click()
    page.evaluate("goOn(2)")
    before = page.evaluate("said.at(-1)")
    assert button.inner_text() == "Pauze"
    page.keyboard.press("Enter")
    assert button.inner_text() == "Ga verder"
    page.keyboard.press("Enter")
    assert page.evaluate("said.at(-1)") == before
    assert button.inner_text() == "Pauze"


def test_stopping_starts_over_and_gives_the_focus_back(visit):
    page = listen(visit, LOCAL)
    page.locator("[data-read]").click()
    page.evaluate("goOn(3)")
    page.get_by_role("button", name="Stop").click()
    assert (marked(page), underlined(page)) == ([], [])
    assert page.locator("[data-read]").inner_text() == "Lees voor"
    assert page.evaluate("document.activeElement.dataset.read") == ""
    assert page.locator("[data-read-aloud] [role=status]").inner_text() == "Het voorlezen is gestopt."
    page.evaluate("said.length = 0")
    page.keyboard.press("Enter")
    assert page.evaluate("said") == [[page.locator("h1").inner_text(), "nl-NL"]]


def test_the_end_is_told(visit):
    page = listen(visit, LOCAL)
    page.locator("[data-read]").click()
    page.evaluate("goOn(1000)")
    assert page.locator("[data-read-aloud] [role=status]").inner_text() == "Klaar met voorlezen."
    everything = " ".join(text for text, _voice in page.evaluate("said"))
    assert "Lees voor" not in everything
    assert "Kom je er niet uit?" not in everything
    assert plain(page.locator("main h2").first.inner_text()) in everything


def test_a_part_in_another_language_has_the_voice_of_that_language(visit):
    page = listen(visit, LOCAL)
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<p lang=en>Hello. And welcome!</p>')")
    page.locator("[data-read]").click()
    page.evaluate("goOn(3)")
    assert [voice for _text, voice in page.evaluate("said")] == ["nl-NL", "en-GB", "en-GB", "nl-NL"]
    assert [text for text, _voice in page.evaluate("said")][1:3] == ["Hello.", "And welcome!"]


def test_a_text_is_cut_where_a_sentence_ends(visit):
    page = listen(visit, LOCAL)
    sentences = {
        "Op 3 december om 14.00 uur. Kom je ook?": ["Op 3 december om 14.00 uur.", "Kom je ook?"],
        "Mail naar hulp@voorbeeld.example of bel.": ["Mail naar hulp@voorbeeld.example of bel."],
        "Zonder punt": ["Zonder punt"],
        "Echt?! Ja... Goed!": ["Echt?!", "Ja...", "Goed!"],
        "?": ["?"],
    }
    page.evaluate(
        """texts => { const main = document.getElementById('inhoud');
            main.querySelectorAll(':scope > :not([data-read-aloud])').forEach(each => each.remove());
            for (const text of texts) main.appendChild(document.createElement('p')).textContent = text; }""",
        list(sentences),
    )
    page.locator("[data-read]").click()
    page.evaluate("goOn(20)")
    assert [text for text, _voice in page.evaluate("said")] == [each for part in sentences.values() for each in part]


@pytest.mark.parametrize("voices", [[], [["en-GB", True]], [["nl-NL", False]]])
def test_without_a_dutch_voice_on_the_device_itself_there_is_no_button(visit, voices):
    """A voice from the network would take the text along."""
    page = listen(visit, voices)
    assert page.locator("[data-read-aloud]").is_hidden()


@pytest.mark.parametrize(("voices", "told"), [(LOCAL, False), ([["nl-NL", False]], True)])
def test_who_asks_for_a_voice_hears_when_there_is_none(visit, voices, told):
    page = listen(visit, voices, "/voorkeuren/", Mode())
    page.locator("input[name=aloud][value=yes]").check()
    assert page.locator("[data-no-voice]").is_visible() is told
    page.locator("input[name=aloud][value=no]").check()
    assert page.locator("[data-no-voice]").is_hidden()


# The sample of the preferences -----------------------------------------------------------------------------------

LOOKS = """() => { const s = document.querySelector('[data-sample]'), c = getComputedStyle(s);
    return { size: Math.round(parseFloat(c.fontSize)), ground: c.backgroundColor, spacing: c.letterSpacing !== 'normal',
             letter: c.fontFamily.split(',')[0].replace(/"/g, ''), easy: !!document.querySelector('.mee-sample__easy').offsetParent,
             picture: !!document.querySelector('[data-sample] [data-picture]').getClientRects().length }; }"""
PLAIN = {
    "size": 19,
    "ground": "rgb(253, 249, 241)",
    "spacing": False,
    "letter": "Atkinson Hyperlegible Next",
    "easy": False,
    "picture": True,
}


CHANGES = [
    ("size", "largest", {"size": 33}),
    ("colours", "dark", {"ground": "rgb(14, 27, 31)"}),
    ("colours", "contrast", {"ground": "rgb(255, 255, 255)"}),
    ("spacing", "wide", {"spacing": True}),
    ("typeface", "opendyslexic", {"letter": "OpenDyslexic"}),
    ("easy", "yes", {"easy": True}),
    ("images", "hide", {"picture": False}),
]


def test_the_sample_follows_a_choice_and_the_page_does_not(visit):
    page = visit("/voorkeuren/").page
    attributes = page.evaluate("document.documentElement.getAttributeNames()")
    for name, value, changed in CHANGES:
        page.locator(f"input[name={name}][value={value}]").check()
        assert page.evaluate(LOOKS) == {**PLAIN, **changed}, (name, value)
        page.locator(f"input[name={name}]").first.check()
        assert page.evaluate(LOOKS) == PLAIN
    assert page.evaluate("document.documentElement.getAttributeNames()") == attributes


def test_the_sample_shows_the_ordinary_again_on_a_page_that_is_not(visit):
    page = visit("/voorkeuren/", Mode(preferences="g3r2l2k2m1p1")).page
    for name, value in {
        "size": "normal", "spacing": "normal", "typeface": "atkinson", "colours": "light", "easy": "no", "images": "show",
    }.items():  # fmt: skip
        page.locator(f"input[name={name}][value={value}]").check()
    assert page.evaluate(LOOKS) == PLAIN


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_saving_shows_at_once_what_was_chosen(visit, scheme):
    page = visit("/voorkeuren/", "plain", color_scheme=scheme, java_script_enabled=False).page
    page.locator("input[name=colours][value=contrast]").check()
    page.locator("input[name=size][value=large]").check()
    page.get_by_role("button", name="Bewaar mijn voorkeuren").click()
    page.wait_for_selector("[role=status]:focus")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(0, 0, 0)"}[scheme]
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "19px"
    with page.expect_navigation():
        page.get_by_role("button", name="Zet alles terug").click()
    assert page.context.cookies() == []


# The small ones --------------------------------------------------------------------------------------------------


def test_the_count_follows_the_text_and_is_spoken_only_near_the_end(visit):
    page = visit("/toonkamer/").page
    field, count = page.locator("#id_about"), page.locator("#id_about_count")
    assert count.inner_text() == "Je kunt 2.000 tekens schrijven."
    for length, words, live in [
        (10, "Je kunt nog 1.990 tekens schrijven.", "off"),
        (1900, "Je kunt nog 100 tekens schrijven.", "polite"),
        (2005, "Je hebt 5 tekens te veel.", "polite"),
    ]:
        field.fill("a" * length)
        page.wait_for_function("words => document.getElementById('id_about_count').textContent === words", arg=words)
        assert count.get_attribute("aria-live") == live
    assert len(field.input_value()) == 2005


def test_the_address_is_copied_and_told(visit):
    page = visit("/toonkamer/", permissions=["clipboard-read", "clipboard-write"]).page
    page.get_by_role("button", name="Kopieer het adres").click()
    page.get_by_text("Het adres is gekopieerd.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "https://voorbeeld.example/toonkamer/"


def test_without_script_nothing_is_offered_that_would_not_work(visit):
    page = visit("/toonkamer/", java_script_enabled=False).page
    shown = [button for button in page.locator("main button").all() if button.is_visible()]
    assert {button.get_attribute("type") for button in shown} == {"submit"}
    assert page.locator("#deel-adres").input_value() == "https://voorbeeld.example/toonkamer/"


def test_a_message_takes_the_focus(visit):
    page = visit("/voorkeuren/?bewaard=ja").page
    page.wait_for_selector("[role=status]:focus")


def test_on_paper_everything_is_open(visit):
    page = visit("/toonkamer/").page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details").evaluate_all("all => all.every(each => each.open)")
    assert page.locator(".mee-navigation").is_hidden()
    assert page.locator("main h1").is_visible()
