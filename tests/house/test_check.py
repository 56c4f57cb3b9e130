"""What ``make test`` makes of tests that fail: a few run once more, alone, and no failure that stays is passed over."""

import sys

import check
import pytest

pytestmark = pytest.mark.slow

TESTS = """
from pathlib import Path

def test_at_the_second_look():
    seen = Path(__file__).with_name("seen")
    was_there = seen.exists()
    seen.touch()
    assert was_there

def test_always():
    assert True
"""


@pytest.fixture
def ran(tmp_path, monkeypatch):
    """A run over such tests, with more of them."""
    monkeypatch.chdir(tmp_path)  # where the run keeps what failed
    (tmp_path / "pytest.ini").write_text("[pytest]\n")

    def once(more="", *, asks_again=True):
        (tmp_path / "seen").unlink(missing_ok=True)
        (tmp_path / "test_these.py").write_text(TESTS + more)
        made = check.Run(step_seconds=120, asks_again=asks_again)
        command = [sys.executable, "-m", "pytest", "-n2", "--dist=worksteal", "-p", "no:django", "test_these.py"]
        made.together(check.Step("tests on both, here", command, is_test=True))
        return made.failed, [line for line in made.closing if line.startswith("UNSTEADY")]

    return once


def test_what_passes_alone_is_named_and_holds_nobody_up(ran):
    assert ran() == ([], ["UNSTEADY, mend it: test_these.py::test_at_the_second_look"])


@pytest.mark.parametrize(
    "more",
    ["\ndef test_never():\n    assert False\n", "\nimport what_is_not_there\n"],
    ids=["one that stays", "none that can run"],
)
def test_what_fails_alone_too_has_failed(ran, more):
    assert ran(more) == (["tests on both, here"], [])


def test_many_that_fail_do_not_run_again(ran):
    more = "".join(
        f"\ndef test_{number}():\n    seen = Path(__file__).with_name('seen-{number}')\n"
        "    was_there = seen.exists()\n    seen.touch()\n    assert was_there\n"
        for number in range(check.FEW)
    )
    assert ran(more) == (["tests on both, here"], [])


def test_nothing_runs_again_at_every_save(ran):
    assert ran(asks_again=False) == (["tests on both, here"], [])


def test_what_failed_in_an_earlier_run_does_not_count(ran):
    assert ran("\ndef test_never():\n    assert False\n")[0]
    assert ran() == ([], ["UNSTEADY, mend it: test_these.py::test_at_the_second_look"])
