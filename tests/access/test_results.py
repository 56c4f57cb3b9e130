"""What the statement tells of our own access tests: of a real run, of this version."""

import importlib.metadata
import json

import pytest

from tests.access import results
from tests.browser import FACTORS

PAGES = {"home": ("/", 200), "news": ("/nieuws/", 200)}
WAYS = [["wide", "320 px"], ["light"]]
ON = "2026-11-28"


def line(test: str, passed: bool = True, on: str = ON) -> str:
    return json.dumps({"test": test, "passed": passed, "on": on}, ensure_ascii=False)


def run(*but: str) -> list[str]:
    """The lines of a whole run, without those that hold one of ``but``."""
    cases = ["home · wide · light", r"news \xb7 320 px \xb7 light"]
    lines = [line(f"{results.LOOK}[{case}]") for case in cases]
    lines += [line(f"{results.KEYS}[{name}]") for name in PAGES]
    return [each for each in [*lines, line(results.SOURCE)] if not any(word in each for word in but)]


def collected(lines, pages=PAGES):
    return results.collected(lines, pages=pages, factors=WAYS, versions={"axe-core": "4.14.1"})


def test_the_file_speaks_of_this_version():
    """Between two versions pages come and go; the statement names the version and the day that it speaks of."""
    told = json.loads(results.FILE.read_text(encoding="utf-8"))
    assert told["version"] == importlib.metadata.version("meedoen"), results.RENEW


def test_what_was_found_is_counted_and_the_last_look_counts():
    again = [
        line(f"{results.LOOK}[home · wide · light]", passed=False),
        line(f"{results.LOOK}[news · 320 px · light]", passed=False),
        line(f"{results.LOOK}[news · 320 px · light]", on="2026-11-29"),
        line(f"{results.LOOK}[a page that went · wide · light]", passed=False),
        line("tests/access/test_pages.py::test_every_address_is_in_the_list"),
    ]
    told = collected([*run(), *again])
    assert (told["pages"], told["looks"], told["looks_with_findings"]) == (2, 2, 1)
    assert (told["by_keyboard"], told["by_keyboard_with_findings"], told["source_has_findings"]) == (2, 0, False)
    assert (told["tested_on"], told["checkers"]) == ("2026-11-29", ["axe-core 4.14.1"])


@pytest.mark.parametrize(
    ("but", "said"),
    [
        (["home · wide"], "a look at: home; a way of looking: wide"),
        (["keyboard[news]"], "by keyboard: news"),
        (["html_checker"], "the HTML checker"),
    ],
)
def test_a_run_that_left_something_out_is_refused(but, said):
    with pytest.raises(results.Incomplete, match=said):
        collected(run(*but))


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_run_writes_down_its_looks_when_asked(is_asked, tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.delenv(results.LOG, raising=False)
    log = tmp_path / "deeper" / "access.jsonl"
    if is_asked:
        monkeypatch.setenv(results.LOG, str(log))

    def report(nodeid, when="call", *, failed=False):
        return type("Report", (), {"nodeid": nodeid, "when": when, "failed": failed, "passed": not failed})

    results.pytest_runtest_logreport(report(results.SOURCE))
    results.pytest_runtest_logreport(report(results.SOURCE, "teardown"))
    results.pytest_runtest_logreport(report("tests/access/test_pages.py::x", "setup", failed=True))
    results.pytest_runtest_logreport(report("tests/home/test_pages.py::x"))
    told = [json.loads(each) for each in log.read_text().splitlines()] if is_asked else []
    assert [(each["test"], each["passed"]) for each in told] == (
        [(results.SOURCE, True), ("tests/access/test_pages.py::x", False)] if is_asked else []
    )


def test_every_way_of_looking_has_words():
    assert {way for ways in FACTORS.values() for way in ways} <= set(results.WAYS)
