"""The table of what a site must hold: each line names tests that exist, or says no or not ours and why."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPER = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d[^|]*?) \| ([^|]+) \| ([^|]+) \|$", PAPER, re.MULTILINE)


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_each_test_that_is_named_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAPER)
    assert len(named) > 100
    missing = [(path, name) for path, name in named if not (ROOT / path).exists() or name not in names_in(path)]
    assert missing == []


def test_each_line_has_its_test_or_says_no_with_a_reason():
    bare = [
        number
        for number, _asks, held in ROWS
        if "::test_" not in held and not re.match(r"(no|not ours)\b.*[:,] ?\w", held) and "in the gate" not in held
    ]
    assert bare == []
    rules = {rule for _number, _asks, held in ROWS for rule in re.findall(r"\bS\d{3}\b", held)}
    chosen = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"S"' in chosen
    assert [rule for rule in rules if f'"{rule}"' in chosen] == []  # none that a line relies on is left out


def test_the_numbers_stand_in_order_under_their_chapters():
    for chapter, text in re.findall(r"^## V(\d+) .*?\n(.*?)(?=^## |\Z)", PAPER, re.MULTILINE | re.DOTALL):
        rows = re.findall(r"^\| (\d[^|]*?) \|", text, re.MULTILINE)
        first = [tuple(map(int, re.match(r"[\d.]+", row)[0].split("."))) for row in rows]
        assert {number[0] for number in first} == {int(chapter)}
        assert first == sorted(first)
        assert len(set(first)) == len(first)
