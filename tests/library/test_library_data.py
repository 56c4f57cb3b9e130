"""The guides, practice examples and tools as they ship: in one form, with sources and dates, in plain words."""

import csv
import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

import meedoen
from meedoen.kernel.text import plain_text
from meedoen.language.plain import judge
from meedoen.language.words import words
from meedoen.library.rules import first_day
from meedoen.themes.records import THEMES

PACKAGE = Path(meedoen.__file__).parent
DATA = PACKAGE / "library" / "data"
with (PACKAGE / "municipalities" / "data" / "municipalities.csv").open(encoding="utf-8") as rows:
    MUNICIPALITIES = {row["code"]: row["name"] for row in csv.DictReader(rows)}
EASY, PROPOSAL = "makkelijk", "raadsvoorstel"
QUESTIONS = ("met wie", "inwoners", "kosten", "resultaat", "let op")
PARTS = {"guides": (PROPOSAL, EASY), "practices": (*QUESTIONS, EASY), "tools": (EASY,)}
NEEDED = {"title", "summary", "written", "themes", "convention", "checked", "check_by", "owner", "contact"}
OPTIONAL = {
    "guides": {"municipalities", "easy_title", "easy_summary"},
    "practices": {"municipalities", "happened", "easy_title", "easy_summary"},
    "tools": {"url", "publisher", "year", "easy_title", "easy_summary"},
}
LONGEST = {"title": 120, "summary": 300, "easy_title": 120, "easy_summary": 300}
ARTICLES = 50  # of the Convention
NO_EXAMPLE_KNOWN = {"crisis"}  # no source tells of one
PROPOSAL_WORDS = range(120, 201)
EASY_SENTENCE_WORDS, EASY_WORDS_ON_AVERAGE = 14, 8  # in plain Dutch 20, and no limit to the average

_PART = re.compile(r"^--- (.+) ---$", re.MULTILINE)
_MARKS = re.compile(r"[*#]|\]\([^)]*\)|\[|^\s*\d+\. |^\s*- |^[\s|:-]+$", re.MULTILINE)
_NAMED_ARTICLES = re.compile(r"artikel(?:en)? (\d+)(?: en (?:artikel )?(\d+))?", re.IGNORECASE)
_LINK = re.compile(r"\]\((/[^)]*)\)")


@dataclass(frozen=True)
class Item:
    """One file, taken apart."""

    path: Path

    def __str__(self) -> str:
        return f"{self.kind}/{self.path.stem}"

    @property
    def kind(self) -> str:
        return self.path.parent.name

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> list[tuple[str, str]]:
        head = self.text.removeprefix("---\n").partition("\n---\n")[0]
        return [(name, value.strip()) for name, _, value in (line.partition(": ") for line in head.splitlines())]

    @cached_property
    def facts(self) -> dict[str, str]:
        return {name: value for name, value in self.lines if name != "source"}

    @cached_property
    def sources(self) -> list[tuple[str, str]]:
        parted = [value.partition(" | ") for name, value in self.lines if name == "source"]
        return [(text.strip(), url.strip()) for text, _, url in parted]

    @cached_property
    def parts(self) -> dict[str, str]:
        body, *rest = _PART.split(self.text.removeprefix("---\n").partition("\n---\n")[2])
        return {"": body.strip()} | {name: text.strip() for name, text in zip(rest[::2], rest[1::2], strict=True)}

    def names(self, fact: str) -> list[str]:
        return [name.strip() for name in self.facts.get(fact, "").split(",") if name.strip()]


ITEMS = [Item(path) for kind in PARTS for path in sorted((DATA / kind).glob("*.md"))]


def of_kind(*kinds):
    chosen = [item for item in ITEMS if item.kind in kinds]
    return pytest.mark.parametrize("item", chosen, ids=str)


def as_read(text: str) -> str:
    """Markdown as it is read: no marks, each cell of a table on a line of its own."""
    return _MARKS.sub("", text).replace("|", "\n")


def test_there_is_a_library_to_start_with():
    count = {kind: sum(item.kind == kind for item in ITEMS) for kind in PARTS}
    assert count == {"guides": 6, "practices": 18, "tools": 13}
    assert all(EASY in item.parts for item in ITEMS)
    assert sum(PROPOSAL in item.parts for item in ITEMS) == 4


def test_no_two_items_have_the_same_address():
    assert len({item.path.stem for item in ITEMS}) == len(ITEMS)


@of_kind(*PARTS)
def test_an_item_has_the_facts_of_its_kind(item):
    names = [name for name, _value in item.lines if name != "source"]
    assert len(set(names)) == len(names)
    assert set(names) >= NEEDED | ({"url", "publisher"} if item.kind == "tools" else set())
    assert set(names) <= NEEDED | OPTIONAL[item.kind]
    assert all(item.facts.values())
    assert all(len(item.facts.get(name, "")) <= most for name, most in LONGEST.items())
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item.path.stem)


@of_kind(*PARTS)
def test_an_item_has_the_parts_of_its_kind_in_their_order(item):
    names = [name for name in item.parts if name]
    assert names == [name for name in PARTS[item.kind] if name in item.parts]
    assert all(item.parts.values())
    assert ({"easy_title", "easy_summary"} <= set(item.facts)) == (EASY in item.parts)
    assert not re.search(r"^# ", item.text, re.MULTILINE), "the title is the only heading of the first level"


@of_kind(*PARTS)
def test_an_item_points_at_what_exists(item):
    assert item.names("themes")
    assert set(item.names("themes")) <= {theme.id for theme in THEMES}
    assert item.names("convention")
    assert {int(number) for number in item.names("convention")} <= set(range(1, ARTICLES + 1))
    assert set(item.names("municipalities")) <= set(MUNICIPALITIES)
    news = {path.stem for path in (DATA / "news").glob("*.md")}
    for address in _LINK.findall(item.text):
        place, _, name = address.strip("/").partition("/")
        if name:
            assert name in {"kennisbank": {other.path.stem for other in ITEMS}, "nieuws": news}[place], address


@of_kind(*PARTS)
def test_an_item_says_when_it_was_checked_and_when_again(item):
    written, checked, check_by = (
        datetime.date.fromisoformat(item.facts[name]) for name in ("written", "checked", "check_by")
    )
    assert checked <= written < check_by
    if "happened" in item.facts:
        assert first_day(item.facts["happened"]) < written
    if "year" in item.facts:
        assert 2016 <= int(item.facts["year"]) <= written.year


@of_kind(*PARTS)
def test_an_item_names_its_sources(item):
    assert item.sources
    assert all(text and url.startswith(("https://", "http://")) for text, url in item.sources)
    assert len({url for _text, url in item.sources}) == len(item.sources)


@of_kind("practices")
def test_an_example_is_about_one_municipality_and_tells_what_is_not_known(item):
    (code,) = item.names("municipalities")
    name = {"'s-Gravenhage": "Den Haag"}.get(MUNICIPALITIES[code], MUNICIPALITIES[code])
    assert item.facts["title"].startswith(f"{name}: ")
    if "happened" not in item.facts:
        assert "Het jaar staat niet in de bron." in item.parts[""]


@of_kind("guides")
def test_a_guide_has_chapters_and_a_list_to_tick_off(item):
    headings = re.findall(r"^## (.+)$", item.parts[""], re.MULTILINE)
    assert len(headings) >= 4
    assert any("lijst" in heading.casefold() for heading in headings)


@pytest.mark.parametrize("item", [item for item in ITEMS if PROPOSAL in item.parts], ids=str)
def test_what_goes_into_a_proposal_is_short_and_names_the_law(item):
    text = item.parts[PROPOSAL]
    assert len(words(plain_text(text))) in PROPOSAL_WORDS
    assert "VN-verdrag" in text
    assert "Wmo 2015 (Wet maatschappelijke ondersteuning)" in text
    named = _NAMED_ARTICLES.findall(text)
    assert named
    assert {number for pair in named for number in pair if number} <= set(item.names("convention"))


@pytest.mark.parametrize("item", [item for item in ITEMS if EASY in item.parts], ids=str)
def test_the_easy_version_is_shorter_and_easier(item):
    easy = judge(as_read(item.parts[EASY]))
    whole = sum(judge(as_read(text)).word_count for name, text in item.parts.items() if name != EASY)
    assert easy.word_count < whole
    assert easy.longest_sentence <= EASY_SENTENCE_WORDS
    assert easy.words_per_sentence <= EASY_WORDS_ON_AVERAGE


@of_kind(*PARTS)
def test_an_item_is_plain_dutch(item):
    title = "" if item.kind == "tools" else item.facts["title"]  # what others made has a name that is not ours
    texts = {
        "": f"{title}.\n{item.facts['summary']}\n{item.parts['']}",
        EASY: f"{item.facts.get('easy_title', '')}.\n{item.facts.get('easy_summary', '')}\n{item.parts.get(EASY, '')}",
        "contact": item.facts["contact"],
    }
    remarks = [
        f"{name}: {remark.kind}: {remark.where} → {remark.instead}"
        for name, text in (item.parts | texts).items()
        for remark in judge(as_read(text)).remarks
    ]
    assert remarks == [], "\n" + "\n".join(remarks)


def test_the_themes_are_all_spoken_of():
    spoken = {theme for item in ITEMS for theme in item.names("themes")}
    assert {theme.id for theme in THEMES} - spoken <= NO_EXAMPLE_KNOWN
