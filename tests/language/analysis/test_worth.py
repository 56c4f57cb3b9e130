"""What the analysis is worth: the sets are as large as was promised, and the figures are those of the document."""

import re
from pathlib import Path

from tests.language.analysis import measuring

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "dutch-analysis.md"


def test_the_sets_are_large_enough_to_tell():
    assert len(measuring.lines("stems.txt")) >= 250
    assert len(measuring.lines("compounds.txt")) >= 190
    assert sum(len(line.split()) for line in measuring.lines("whole.txt")) >= 180
    assert len(measuring.lines("mistakes.txt")) >= 80
    assert len(measuring.asks_and_offers()) >= 39
    assert len(measuring.asks_and_offers("later.txt")) >= 20
    for name in ("stems.txt", "compounds.txt", "mistakes.txt"):
        rows = measuring.lines(name)
        assert len(rows) == len(set(rows)), name


def test_the_figures_are_those_of_the_document():
    """Who changes a rule, a word or a weight sees here what it did, and writes it down: it may not fall."""
    assert re.findall(
        r"^(?:stems|compounds|spelling|likeness|words as).*$", DOCUMENT.read_text("utf-8"), re.MULTILINE
    ) == (measuring.in_words().splitlines())


def test_what_was_held_out_is_not_far_below_what_was_tuned_on():
    found = {name: count() for name, count in measuring.PARTS.items()}
    right, pairs = map(int, re.findall(r"(\d+) of (\d+) pairs", found["stems"]["held out"])[0])
    assert right / pairs >= 0.94
    assert re.findall(r"precision (\S+), recall (\S+)", found["compounds"]["held out"]) == [("0.94", "0.92")]
    for name in ("likeness, by language", "likeness, by collection"):
        ours = sum(int(found[name][half].split()[0]) for half in found[name])
        plain = sum(int(found["words as written"][half].split()[0]) for half in found[name])
        assert ours >= 10 * plain
