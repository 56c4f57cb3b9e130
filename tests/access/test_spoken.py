"""What the main pages say to who listens: landmarks, headings, links, fields and pictures, in order (AX4).

The files in ``spoken/`` are read and approved like code. After a change that is meant, write them anew and read what
became different:

    MEEDOEN_RENEW=spoken .venv/bin/pytest tests/access/test_spoken.py && git diff tests/access/spoken
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Site

SPOKEN = Path(__file__).with_name("spoken")
PAGES = {
    "home": "/",
    "search": "/zoeken/?q=stembureua",
    "municipality-list": "/gemeenten/?provincie=zeeland",
    "municipality": "/gemeenten/west-betuwe/",
    "municipalities-like-one": "/gemeenten/zoals/noordenveld/?provincie=niet&themas=zwaar",
    "article": "/nieuws/25-koplopers-tekenen-het-manifest/",
    "manifest": "/manifest/",
    "convention": "/kennisbank/vn-verdrag/",
    "convention-article": "/kennisbank/vn-verdrag/9/",
    "newsletter": "{letter_sent}",
    "celebrations": "/successen/",
    "celebration": "/successen/noordenveld-presenteert-de-agenda/",
    "celebration-one-s-own": "{celebrated}",
    "meetings": "/bijeenkomsten/",
    "meeting": "/bijeenkomsten/voorbeeld-praat-mee-over-wonen/",
    "preferences": "/voorkeuren/",
    "not-found": "/niews/",
    "sign-in": "/inloggen/",
    "who-are-you": "/inloggen/wie/",
    "mine": "/mijn/",
    "my-data": "/mijn/gegevens/",
    "check-your-text": "{draft}",
    "type-the-code": "{sent}",
    "one-s-own-reaction": "{own}",
    "report": "/melden/?reactie={shown}",
    "decision": "{decision}",
    "team": "/team/",
    "team-reaction": "{reported}",
    "team-round": "{coupling_round}",
    "team-proposal": "{coupling_round}1/",
    "coupling-meet": "{coupling_meet}",
    "follow": "{follow}",
    "forum-category": "/forum/openbare-ruimte/",
    "forum-ask": "/forum/vraag/",
    "topic": "{topic}",
    "talk": "{topic}gesprek/2/",
}
WHO = dict.fromkeys(("who-are-you", "mine", "my-data", "team", "team-reaction", "team-round", "team-proposal"), "carla")

# An example meeting is always some weeks ahead.
MOVING_DAY = re.compile(r"\w+dag \d+ \w+ \d{4}, [\d.]+ tot [\d.]+ uur")
# Two of one name are told apart by their number, which goes by what was asked before on this site.
NUMBER = re.compile(r"\(nummer \d+\)")

LANDMARKS = {
    "banner": "bovenkant van de pagina",
    "navigation": "navigatie",
    "main": "inhoud",
    "contentinfo": "onderkant van de pagina",
    "complementary": "terzijde",
    "region": "gebied",
    "search": "zoeken",
    "form": "formulier",
}
PLACES = {"table": "tabel", "radiogroup": "groep", "group": "groep"}
THINGS = {
    "link": "link",
    "button": "knop",
    "textbox": "invoerveld",
    "searchbox": "invoerveld",
    "combobox": "keuzelijst",
    "radio": "keuze",
    "checkbox": "vakje",
    "image": "afbeelding",
    "status": "melding",
    "DisclosureTriangle": "uitklapknop",
}


def value(node: dict, name: str) -> str:
    return str(node.get(name, {}).get("value", "")).strip()


def properties(node: dict) -> dict:
    return {each["name"]: each["value"].get("value") for each in node.get("properties", [])}


def spoken(nodes: dict[str, dict], current: dict[str, str], number: str, depth: int = 0) -> Iterator[str]:
    """The lines of a node and what is in it, with a step inwards for each landmark and group."""
    node = nodes[number]
    role, name, states = value(node, "role"), value(node, "name"), properties(node)
    inside = [child for child in node.get("childIds", []) if child in nodes]
    indent = "  " * depth
    if node.get("ignored"):
        pass
    elif role in LANDMARKS or (role in PLACES and name):
        yield f"{indent}{LANDMARKS.get(role) or PLACES[role]}{f': {name}' if name else ''}"
        depth += 1
    elif role == "heading":
        links = [child for child in descendants(nodes, number) if value(child, "role") == "link"]
        is_link = len(links) == 1 and value(links[0], "name") == name
        yield f"{indent}kop {states['level']}: {name}{' (link)' if is_link else ''}"
        if is_link:
            return
    elif role in THINGS and (name or role != "status"):
        marks = [
            *([current[number]] if number in current else []),
            *(["gekozen"] if states.get("checked") == "true" else []),
            *([f"nu: {value(node, 'value')}"] if role in ("combobox", "textbox") and value(node, "value") else []),
            *([f"uitleg: {value(node, 'description')}"] if value(node, "description") else []),
        ]
        yield f"{indent}{THINGS[role]}: {name}{''.join(f' ({mark})' for mark in marks)}"
        return
    for child in inside:
        yield from spoken(nodes, current, child, depth)


def current_places(devtools, tree: list[dict]) -> Iterator[tuple[str, str]]:
    """The links that say "you are here", which the tree itself leaves out."""
    by_element = {node.get("backendDOMNodeId"): node["nodeId"] for node in tree}
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    for value, words in (("page", "deze pagina"), ("true", "dit onderdeel")):
        found = devtools.send("DOM.querySelectorAll", {"nodeId": root, "selector": f"[aria-current={value}]"})
        for number in found["nodeIds"]:
            element = devtools.send("DOM.describeNode", {"nodeId": number})["node"]["backendNodeId"]
            if element in by_element:  # else it stands in what is closed, and is not heard
                yield by_element[element], words


def descendants(nodes: dict[str, dict], number: str) -> Iterator[dict]:
    for child in nodes[number].get("childIds", []):
        if child in nodes:
            yield nodes[child]
            yield from descendants(nodes, child)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    """A site of its own, so that no other test's deeds are heard here."""
    running = Site(tmp_path_factory.mktemp("spoken"))
    assert running.reactions
    yield running
    running.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_was_approved(visit, site, name):
    visited = visit(site.address(PAGES[name]), who=WHO.get(name, ""))
    tree = visited.devtools.send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in tree}
    current = dict(current_places(visited.devtools, tree))
    lines = [f"titel: {visited.page.title()}", *spoken(nodes, current, tree[0]["nodeId"])]
    said = MOVING_DAY.sub("(dag en tijd)", "\n".join(lines)).replace(site.url, "http://localhost") + "\n"
    said = NUMBER.sub("(nummer)", said)
    file = SPOKEN / f"{name}.txt"
    if os.environ.get("MEEDOEN_RENEW") == "spoken":
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")
