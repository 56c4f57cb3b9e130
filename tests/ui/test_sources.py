"""What the sources of the design may and may not hold: tokens, candidates, templates and scripts."""

import re
from pathlib import Path

import pytest

from meedoen.ui import build

HOUSE = build.HERE.parent

# A house style of others may fill these in; ours needs no more than what it inherits.
FOR_THEMES = {"--basis-heading-color", "--basis-heading-font-family", "--basis-heading-font-weight"}


def used_tokens(css):
    return set(re.findall(r"var\((--[a-z0-9-]+)", css))


def given_tokens(css):
    return set(re.findall(r"(?:^|[{;])\s*(--[a-z0-9-]+):", css, re.MULTILINE))


def test_every_token_that_is_used_is_given_and_every_one_given_is_used():
    sources = "\n".join(build.text(path) for path in sorted(build.STYLES.rglob("*.css")))
    assert used_tokens(sources) - given_tokens(sources) == set()
    built = build.text(build.STYLESHEET) + build.text(build.FURTHER)
    assert given_tokens(sources) - used_tokens(built) - FOR_THEMES == set()


def test_a_candidate_keeps_only_the_variants_that_we_have():
    css = build.text(build.STYLESHEET)
    assert re.findall(r"nl-(?:button|link)--(?:pressed|disabled|positive|negative|subtle|busy|icon-only)", css) == []
    ours = {"nl-button", "nl-heading", "nl-link", "nl-paragraph", "nl-skip-link"}
    assert {found.split("--")[0] for found in re.findall(r"\.(nl-[a-z-]+)", css)} == ours


def test_a_list_of_selectors_is_divided_outside_brackets():
    assert build._selectors(".a,.b:where(.c,.d) .e,.f") == [".a", ".b:where(.c,.d) .e", ".f"]


def test_the_lock_names_no_registry():
    assert "resolved" not in build.text(build.DESIGN / "package-lock.json")


def test_scripts_write_no_styles_and_only_one_keeps_something():
    scripts = {path.name: build.text(path) for path in build.BUILT.glob("*.js")}
    others = {"device-all.js", "markup.js", "meedoen.js", "preferences.js", "read-aloud.js", "voice.js"}
    assert set(scripts) == others | {"device.js"}
    for name, script in scripts.items():
        assert re.findall(r"\.style\b|innerHTML|https?://|document\.cookie|fetch\(|XMLHttp|sendBeacon", script) == [], (
            name
        )
        assert ("localStorage" in script) == (name == "device.js"), name
        # Browsers that know modules but not these would lose the whole script: Chrome 61 to 79.
        assert re.findall(r"\?\.|\?\?", script) == [], name


@pytest.mark.parametrize(
    "template",
    sorted(Path(build.HERE, "templates").rglob("*.html")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_a_template_carries_no_styles_no_script_and_no_traps(template):
    text = re.sub(r"{%.*?%}", "", build.text(template))
    assert re.findall(r"\sstyle=|\son[a-z]+=\"|<style|<script(?! type=\"module\" src=)|javascript:", text) == []
    assert re.findall(r"tabindex=\"[1-9]|target=\"_blank\"|placeholder=|accesskey=|role=\"presentation\"", text) == []


def test_a_page_without_the_further_stylesheet_has_nothing_that_needs_it():
    """Neither the page nor what it takes in, in any state."""
    components = {path.stem for path in (build.STYLES / "further").glob("*.css")}
    classes = set(re.findall(r"\.(mee-[a-z]+)", build.text(build.FURTHER))) - set(
        re.findall(r"\.(mee-[a-z]+)", build.text(build.STYLESHEET))
    )
    known = {str(path).partition("/templates/")[2]: build.text(path) for path in HOUSE.rglob("templates/**/*.html")}
    without = [name for name, text in known.items() if "{% block further_styles %}{% endblock %}" in text]
    assert without == ["forum/topic.html"]
    waiting, seen = [*without, "ui/page.html"], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        text = known[name]
        assert re.findall(rf"{{% (?:{'|'.join(components)}) ", text) == [], name
        assert classes & set(re.findall(r"mee-[a-z]+", text)) == set(), name
        waiting += re.findall(r'{% include "([^"]+)"', text)
        waiting += [
            f"ui/components/{each}.html"
            for each in re.findall(r"{% (\w+) ", text)
            if f"ui/components/{each}.html" in known
        ]
    assert {"conversation/form.html", "ui/components/field.html"} < seen
