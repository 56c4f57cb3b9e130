"""The buttons above a box to write in, in a browser: what they do to a text, and that the browser can undo it."""

import pytest

pytestmark = pytest.mark.browser

BOX, TOOLS = "#id_about", "[data-markup-tools=id_about]"

# Button, text with [ and ] around what is chosen, the text afterwards.
CASES = {
    "a word": ("Vet", "Wij doen [samen] mee", "Wij doen **[samen]** mee"),
    "a word with its space": ("Vet", "Wij doen[ samen ]mee", "Wij doen **[samen]** mee"),
    "bold again is plain": ("Vet", "Wij **[samen]**", "Wij [samen]"),
    "bold with its marks is plain": ("Vet", "Wij [**samen**]", "Wij [samen]"),
    "nothing chosen": ("Vet", "Wij []", "Wij **[vette tekst]**"),
    "a line": ("Lijst", "koff[]ie", "- koffie[]"),
    "lines": ("Lijst", "[koffie\nthee]", "[- koffie\n- thee]"),
    "lines after a text": ("Lijst", "Neem mee:\n[koffie\n\nthee]", "Neem mee:\n\n[- koffie\n\n- thee]"),
    "a list goes on": ("Lijst", "- koffie\nthee[]", "- koffie\n- thee[]"),
    "a list again is plain": ("Lijst", "[- koffie\n- thee]", "[koffie\nthee]"),
    "a last line end stays out": ("Lijst", "[koffie\n]thee", "- koffie[]\nthee"),
    "a quotation": ("Citaat", "[Dat zei zij.]", "> Dat zei zij.[]"),
    "words to link": ("Link", "Kijk op [onze site].", "Kijk op [onze site](|https://|)."),
    "an address to link": ("Link", "Kijk op [https://voorbeeld.nl].", "Kijk op [|tekst van de link|](https://voorbeeld.nl)."),
    "nothing to link": ("Link", "[]", "[tekst van de link](|https://|)"),
}  # fmt: skip


# The buttons for long texts; a | is one end of what is chosen.
MORE = {
    "a callout": ("Kader", "Vraag het[].", "> [|tip|]\n> Vraag het."),
    "a callout in a text": ("Kader", "Eerst.\n[Dit.\nDat.]\nDan.", "Eerst.\n\n> [|tip|]\n> Dit.\n> Dat.\n\nDan."),
    "a callout again is plain": ("Kader", "|> [let op]\n> Vraag het.|", "|Vraag het.|"),
    "another language": ("Andere taal", "Ons [motto] is", "Ons [|Engels|: motto] is"),
    "no words in another language": ("Andere taal", "[]", "[|Engels|: woorden]"),
}


def split(text):
    """The text without the two marks of the choice, and the places of these."""
    first, last = ("|", "|") if "|" in text else ("[", "]")
    start = text.index(first)
    rest = text[:start] + text[start + 1 :]
    end = rest.index(last, start)
    return rest[:end] + rest[end + 1 :], start, end


def state(page, box=BOX):
    return page.evaluate("box => (b => [b.value, b.selectionStart, b.selectionEnd])(document.querySelector(box))", box)


def choose(page, text, box=BOX):
    value, start, end = split(text)
    page.fill(box, value)
    page.evaluate("([box, a, b]) => document.querySelector(box).setSelectionRange(a, b)", [box, start, end])
    return value


def wrong_in(page, cases, box):
    """What each button did that it should not; then what undoing it left."""
    wrong = {}
    tools = page.locator(f"[data-markup-tools={box[1:]}]")
    for name, (button, before, after) in cases.items():
        value = choose(page, before, box)
        tools.get_by_role("button", name=button, exact=True).click()
        if state(page, box) != list(split(after)):
            wrong[name] = state(page, box)
        assert page.evaluate("document.activeElement.id") == box[1:]
        for _ in range(3):
            if state(page, box)[0] != value:
                page.keyboard.press("Control+z")
        if state(page, box)[0] != value:
            wrong[f"{name}, undone"] = state(page, box)
    return wrong


def test_each_button_marks_what_is_chosen_and_the_browser_undoes_it(visit):
    page = visit("/toonkamer/").page
    assert wrong_in(page, CASES, BOX) == {}
    assert wrong_in(page, MORE, "#opmaken-meer") == {}


def test_where_the_browser_cannot_type_the_text_is_put_and_counted(visit):
    page = visit("/toonkamer/").page
    page.evaluate("document.execCommand = () => false")
    choose(page, "Wij doen [samen] mee")
    page.locator(TOOLS).get_by_role("button", name="Vet").click()
    assert state(page)[0] == "Wij doen **samen** mee"
    page.wait_for_function("() => document.getElementById('id_about_count').textContent.includes('1.978')")


def test_the_buttons_are_reached_before_the_box_and_name_it(visit):
    page = visit("/toonkamer/").page
    tools = page.locator(TOOLS)
    assert tools.get_by_role("button").all_inner_texts() == ["Vet", "Lijst", "Citaat", "Link"]
    assert {each.get_attribute("aria-controls") for each in tools.get_by_role("button").all()} == {"id_about"}
    tools.get_by_role("button", name="Vet").focus()
    page.keyboard.press("Enter")
    assert state(page)[0] == "**vette tekst**"


def test_without_script_there_are_no_buttons_and_the_explanation_is_there(visit):
    page = visit("/toonkamer/", java_script_enabled=False).page
    assert page.locator("[data-markup-tools]").first.is_hidden()
    page.get_by_text("Zo maak je tekst op").first.click()
    assert page.get_by_text("Zet twee sterretjes voor en achter een woord:").first.is_visible()
