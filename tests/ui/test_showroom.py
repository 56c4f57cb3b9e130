"""The showroom: each component stands there, and the page holds together as any other."""

import itertools
from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from django.template.loader import get_template

from meedoen.ui.build import STYLES
from meedoen.ui.components import ComponentNode
from meedoen.ui.templatetags import components

TEMPLATES = Path(components.__file__).parents[1] / "templates" / "ui" / "components"


def registered():
    """The names of all components."""
    return {path.stem for path in TEMPLATES.glob("*.html")}


def exhibited():
    """Each call of a component in the showroom: its name, and the attributes that the call gives."""
    page = get_template("ui/showroom.html").template
    return [(node.signature.name, set(node.given)) for node in page.nodelist.get_nodes_by_type(ComponentNode)]


@pytest.fixture
def page(client):
    response = client.get("/toonkamer/")
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def test_each_template_is_a_component():
    assert registered() <= set(components.register.tags)


def test_every_component_is_in_the_showroom():
    assert registered() - {name for name, _given in exhibited()} == set()


def test_every_attribute_of_a_component_is_shown_there():
    """An attribute that is nowhere to be seen is one that nobody looked at."""
    shown = {}
    for name, given in exhibited():
        shown.setdefault(name, set()).update(given)
    takes = {
        node.signature.name: {*node.signature.required, *node.signature.optional}
        for node in get_template("ui/showroom.html").template.nodelist.get_nodes_by_type(ComponentNode)
    }
    assert {name: missing for name in takes if (missing := takes[name] - shown[name])} == {}


def test_styles_lie_beside_the_name_of_their_component():
    own = {path.stem for path in (STYLES / "components").glob("*.css")}
    assert own - registered() - {"lists"} == set()  # lists: shapes that pages make from plain lists


def test_nothing_in_the_showroom_has_the_same_id(page):
    assert {name: count for name, count in Counter(page.xpath("//@id")).items() if count > 1} == {}


def test_every_reference_leads_to_something(page):
    ids = set(page.xpath("//@id"))
    wanted = {
        part
        for attribute in ("for", "aria-describedby", "aria-labelledby", "data-copy")
        for value in page.xpath(f"//@{attribute}")
        for part in value.split()
    }
    assert wanted - ids == set()
    inner = {href[1:] for href in page.xpath("//nav//a/@href") if href.startswith("#") and len(href) > 1}
    assert {name for name in inner - ids if name not in ("nieuw", "oud", "kennisbank", "handreikingen")} == set()


def test_the_headings_go_down_a_step_at_a_time(page):
    levels = [
        int(heading.tag[1])
        for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    ]
    assert levels[0] == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []
