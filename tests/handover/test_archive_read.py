"""The archive in a browser, from the disk: it passes the access checks of the site, at every width, and asks nothing."""

import json
import subprocess

import pytest
from tests.access.test_pages import CHECKS, OURS, RULES
from tests.browser import MEEDOEN, TOOLS

pytestmark = pytest.mark.browser

READ = {
    "start": "index.html",
    "all of it": "archief/index.html",
    "news": "nieuws/index.html",
    "article": "nieuws/25-koplopers-tekenen-het-manifest/index.html",
    "example": "kennisbank/bergeijk-samenspeeltuin/index.html",
    "easy language": "kennisbank/lokale-inclusie-agenda-in-stappen/taal-makkelijk.html",
    "meeting": "bijeenkomsten/voorbeeld-praat-mee-over-wonen/index.html",
    "statement": "toegankelijkheid/index.html",
}
PARTS = ["/nieuws/", "/kennisbank/", "/bijeenkomsten/", "/over/", "/toegankelijkheid/", "/forum/"]


@pytest.fixture(scope="module")
def archive(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive") / "archief"
    within = [word for part in PARTS for word in ("--within", part)]
    subprocess.run(
        [*MEEDOEN, "archive", str(folder), *within], env=site.environment, check=True, timeout=300, capture_output=True
    )
    return folder


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_it_is_for_everybody_without_a_server(archive, chromium, width, colours):
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=colours, locale="nl-NL", java_script_enabled=True
    )
    page, asked, said, complaints = context.new_page(), [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    problems = {}
    for name, file in {**READ, "topic": _topic(archive)}.items():
        page.goto((archive / file).as_uri())
        complaints += [f"{name}: {text}" for text in said]  # axe, that comes next, asks for stylesheets from a disk
        page.add_script_tag(path=TOOLS / "axe-core" / "axe.min.js")
        checks = page.evaluate_handle(CHECKS)
        axe = page.evaluate(
            "asked => axe.run(document, {runOnly: {type: 'tag', values: asked}, resultTypes: ['violations']})", RULES
        )
        found = {
            "axe": [f"{each['id']}: {node['html'][:120]}" for each in axe["violations"] for node in each["nodes"]],
            **checks.evaluate(
                "(checks, names) => Object.fromEntries(names.map((name) => [name, checks[name]()]))", OURS
            ),
        }
        said.clear()
        problems |= {f"{name}, {check}": told for check, told in found.items() if told}
    context.close()
    assert problems == {}
    assert complaints == []
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}


def test_the_html_checker_finds_nothing(archive, tmp_path):
    for name, file in {**READ, "topic": _topic(archive)}.items():
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes((archive / file).read_bytes())
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--stdout", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    told = {
        f"{message['url'].rpartition('/')[2]}: {message['message']}: {message.get('extract', '')[:120]}"
        for message in json.loads(done.stdout)["messages"]
        if message["type"] != "info" or message.get("subType") == "warning"
    }
    assert told == set()


def _topic(archive):
    return next(iter(sorted((archive / "forum").glob("*/1-*/index.html")))).relative_to(archive)
