"""The whole public site in a folder: every link leads somewhere, and nothing is in it that visitors may not read."""

import datetime
import hashlib
import io
import os
import tempfile
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from django.core.management import CommandError, call_command
from tests.starting import load_once

from meedoen.conversation import actions
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.rules import FOR_THE_TEAM, State
from meedoen.handover import archiving
from meedoen.kernel import clock
from meedoen.library.actions import load_starting_content
from meedoen.library.models import Article
from meedoen.library.rules import THREAD
from meedoen.municipalities.actions import load_register
from meedoen.people.models import Address, Person
from meedoen.themes.actions import load_themes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def opened(db, monkeypatch):
    """The site as it opens, at a moment."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    load_once("themes", lambda: load_themes(now=NOW))
    load_once("register", lambda: load_register(now=NOW))
    load_once("news", lambda: load_starting_content(now=NOW, examples=True))


def make(folder, *within):
    return archiving.archive(folder, within=within or ("/nieuws/", "/over/"), now=NOW, tell=lambda _line: None)


def pages(folder):
    return {
        path.relative_to(folder).as_posix(): lxml.html.document_fromstring(path.read_bytes())
        for path in folder.rglob("*.html")
    }


def test_every_link_leads_somewhere_and_nothing_asks_a_server(tmp_path):
    folder = tmp_path / "archief"
    made = make(folder)
    found = pages(folder)
    nowhere, asking = set(), set()
    for name, document in found.items():
        for element in document.iter("a", "img", "link", "source"):
            link = element.get("href") or element.get("src") or ""
            if ":" in link.partition("/")[0] or not link:
                continue
            to, _mark, place = link.partition("#")
            target = (folder / name).parent / unquote(to) if to else folder / name
            if not target.resolve().is_file():
                nowhere.add((name, link))
            elif place and target.suffix == ".html":
                there = found[target.resolve().relative_to(folder).as_posix()]
                if not there.xpath("//*[@id=$place]", place=place):
                    nowhere.add((name, link))
        asking |= {(name, element.tag) for element in document.iter("form", "script", "button", "iframe")}
    assert (nowhere, asking) == (set(), set())
    assert (made.failed, made.pages) == ({}, len(found))
    assert {"index.html", "nieuws/index.html", "over/index.html", "archief/index.html"} <= set(found)


def test_what_a_stylesheet_names_comes_along(tmp_path):
    make(tmp_path / "archief", "/over/")
    stylesheets = list((tmp_path / "archief" / "static").rglob("*.css"))
    fonts = list((tmp_path / "archief" / "static").rglob("*.woff2"))
    assert (len(stylesheets) >= 1, len(fonts) >= 1) == (True, True)
    assert list((tmp_path / "archief").rglob("*.js")) == []


def test_it_says_what_it_is_and_of_when(tmp_path):
    make(tmp_path / "archief", "/over/")
    start = pages(tmp_path / "archief")["over/index.html"]
    [banner] = [each for each in start.find_class("mee-banner") if "Archief:" in each.text_content()]
    assert " ".join(banner.text_content().split()) == (
        "Archief: zo stond het hier op maandag 23 november 2026. Je kunt alles lezen. Zoeken, schrijven en aanmelden kan"
        " hier niet. Alles in dit archief"
    )
    assert "maandag 23 november 2026" in (tmp_path / "archief" / archiving.READ_ME).read_text(encoding="utf-8")


def test_what_visitors_may_not_read_is_not_in_it(tmp_path):
    hidden = Article.objects.news().order_by("pk").first()
    shown = Article.objects.news().order_by("pk").last()
    Article.objects.filter(pk=hidden.pk).update(published_at=NOW + datetime.timedelta(days=1))
    make(tmp_path / "archief")
    assert (tmp_path / "archief" / "nieuws" / shown.slug / "index.html").exists()
    assert not (tmp_path / "archief" / "nieuws" / hidden.slug).exists()
    assert hidden.title not in "".join(page.text_content() for page in pages(tmp_path / "archief").values())


def test_of_a_conversation_only_what_stands_there_is_in_it(tmp_path):
    """Not what was put out of sight, waits, went back to its writer or was taken away, by the team or by its writer."""
    article = Article.objects.news().order_by("pk").last()
    person = Person.objects.create(address=Address.objects.of("bram@voorbeeld.example"), name="Bram", joined_at=NOW)
    thread = Thread.objects.about(THREAD, str(article.pk), title=article.title, url=article.get_absolute_url(), now=NOW)
    for number, state in enumerate(State, 1):
        written = actions.contribute(
            thread, person=person, text=f"Woorden die {state.value} heten.", hides_name=False, score=0,
            looks_like_spam=False, now=NOW,
        )  # fmt: skip
        Contribution.objects.filter(pk=written.pk).update(
            state=state, number=number, shown_at=NOW, waits_since=NOW if state in FOR_THE_TEAM else None
        )
    make(tmp_path / "archief")
    said = "".join(page.text_content() for page in pages(tmp_path / "archief").values())
    assert [state for state in State if f"Woorden die {state.value} heten." in said] == [State.SHOWN]


def test_who_reads_it_later_can_see_that_nothing_changed(tmp_path):
    folder = tmp_path / "archief"
    make(folder, "/over/")
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / archiving.SUMS).read_text("utf-8").splitlines())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(sums) == there - {archiving.SUMS}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == found for name, found in sums.items())


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "archief").mkdir()
    (tmp_path / "archief" / "brief.txt").write_text("van iemand", encoding="utf-8")
    with pytest.raises(CommandError, match="is not empty: name a folder that is not there yet"):
        call_command("archive", str(tmp_path / "archief"))
    assert [path.name for path in tmp_path.rglob("*")] == ["archief", "brief.txt"]


def test_a_folder_of_ours_below_one_of_others_is_filled_for_everybody_to_read(tmp_path, monkeypatch):
    folder = tmp_path / "archief"
    folder.mkdir()
    before = os.umask(0o077)  # as the function of running.md has it
    made_in = []
    make_folder = tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **asked: made_in.append(asked["dir"]) or make_folder(**asked))
    try:
        make(folder, "/over/")
    finally:
        os.umask(before)
    assert made_in == [folder]  # who runs these tests may be root, who writes anywhere
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    assert modes == {0o755, 0o644}
    assert not list(folder.glob(".*"))
    assert [path.name for path in tmp_path.iterdir()] == ["archief"]


def test_nothing_is_left_of_one_that_failed(tmp_path, monkeypatch):
    def fail(*_arguments):
        raise OSError(28, "No space left on device", "ergens")

    monkeypatch.setattr(archiving, "_write_sums", fail)
    with pytest.raises(archiving.CannotArchive, match="ergens: No space left on device"):
        make(tmp_path / "archief", "/over/")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_is_in_it(tmp_path):
    said = io.StringIO()
    call_command("archive", str(tmp_path / "archief"), "--within", "/over/", stdout=said)
    count = len(list(Path(tmp_path / "archief").rglob("*.html")))
    assert f"{tmp_path / 'archief'}: {count} pages, " in said.getvalue()
    assert "Open index.html." in said.getvalue()
