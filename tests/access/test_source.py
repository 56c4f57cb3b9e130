"""The source of every page: no error and no warning of the Nu HTML checker, a title of its own, nothing inline."""

import json
import re
import subprocess
import urllib.error
import urllib.request

import pytest

from tests.browser import TOOLS

from .addresses import PAGES


@pytest.fixture(scope="module")
def sources(site):
    """The HTML of each page, by name."""
    found = {}
    for name, (path, _status) in PAGES.items():
        try:
            with urllib.request.urlopen(f"{site.url}{path}", timeout=20) as response:
                found[name] = response.read().decode()
        except urllib.error.HTTPError as error:
            found[name] = error.read().decode()
    return found


@pytest.mark.browser
def test_the_html_checker_finds_nothing(sources, tmp_path):
    for name, source in sources.items():
        (tmp_path / f"{name.replace(' ', '-').replace(',', '')}.html").write_text(source, encoding="utf-8")
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--stdout", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    messages = json.loads(done.stdout)["messages"]
    told = {
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')}: {message['message']}: {message.get('extract', '')[:120]}"
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
    }
    assert told == set()


@pytest.mark.browser
def test_each_page_has_a_title_of_its_own(sources):
    titles = {}
    for name, source in sources.items():
        titles.setdefault(re.search(r"<title>(.*?)</title>", source, re.DOTALL)[1].strip(), set()).add(
            name.partition(",")[0]
        )
    assert {
        title: names for title, names in titles.items() if len(names) > 1 and len({n.split(" ")[0] for n in names}) > 1
    } == {}


@pytest.mark.browser
def test_no_page_has_anything_inline(sources):
    for name, source in sources.items():
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", source), name
