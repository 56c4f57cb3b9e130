"""The source of every page: no error and no warning of the Nu HTML checker, a title of its own, nothing inline."""

import json
import re
import subprocess
import urllib.error
import urllib.request

import pytest
from django.urls import Resolver404, resolve

from tests.browser import TOOLS

from .addresses import ALL, WHO

pytestmark = pytest.mark.browser

# A page differs with the preferences where the shell or the words do.
ALSO = {"article": ["m1v1", "g3r2l2k3b1p1"], "home": ["m1v1", "p1"]}


def fetch(url: str, preferences: str = "", session: str = "") -> str:
    cookies = {"voorkeuren": preferences, "sessie": session}
    said = "; ".join(f"{name}={value}" for name, value in cookies.items() if value)
    request = urllib.request.Request(url, headers={"Cookie": said} if said else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


@pytest.fixture(scope="module")
def sources(site) -> dict[str, str]:
    """The HTML of each page, by name."""
    found = {}
    for name, (path, _status) in ALL.items():
        for preferences in ["", *ALSO.get(name, [])]:
            found[f"{name} {preferences}".strip()] = fetch(
                site.url + site.address(path),
                preferences,
                site.sessions[WHO[name]] if name in WHO else "",
            )
    return found


def test_the_html_checker_finds_nothing(sources, site, tmp_path):
    pictures = {address for source in sources.values() for address in re.findall(r'"(/gemeenten/kaart/[^"]+)"', source)}
    files = {f"{name}.html": source for name, source in sources.items()}
    files |= {address.strip("/").replace("/", "-"): fetch(site.url + address) for address in pictures}
    for name, source in files.items():
        (tmp_path / re.sub(r"[ ,]+", "-", name)).write_text(source, encoding="utf-8")
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", str(jar), "--also-check-svg", "--format", "json", "--stdout", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    told = {
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')}: {message['message']}: {message.get('extract', '')[:120]}"
        for message in json.loads(done.stdout)["messages"]
        if message["type"] != "info" or message.get("subType") == "warning"
    }
    assert pictures  # the map was among them
    assert told == set()


OWN = ("/team/", "/mijn/", "/reacties/", "/beheer/")


def page_of(path: str) -> str:
    """The address; of pages behind a key or a number of one's own, or of the desk, the kind of page."""
    try:
        found = resolve(path)
    except Resolver404:
        return path
    return found.view_name if "key" in found.kwargs or path.startswith(OWN) else path


def test_each_page_has_a_title_of_its_own(sources, site):
    """Views of one page may share it: a list with another filter is the same list."""
    titles: dict[str, set[str]] = {}
    for name, (path, _status) in ALL.items():
        title = re.search(r"<title>(.*?)</title>", sources[name], re.DOTALL)[1].strip()
        titles.setdefault(title, set()).add(page_of(site.address(path).partition("?")[0]))
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {
        # One refusal, for two reasons; one list, and one preview, signed in or by its key.
        title: paths
        for title, paths in titles.items()
        if "/fout/403/" in paths or paths in ({"activity:mine", "activity:all"}, {"library:preview", "library:linked"})
    }


def test_no_page_has_anything_inline(sources):
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=")
    assert {name: inline.search(source)[0] for name, source in sources.items() if inline.search(source)} == {}
