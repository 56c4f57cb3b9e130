"""Run what guards main, a line for each step, and show the output of what failed.

    make quick     the fast part, for every save
    make test      everything
    make test-all  everything, with every page in every mode

Steps that do not wait for each other run side by side on two cores. The exit code is 0 only when all passed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTEST = [str(BIN / "python"), "-m", "pytest"]


@dataclass
class Step:
    """A command, the words it is known by, and what it needs in its environment."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    is_test: bool = False


def main() -> int:
    parser = argparse.ArgumentParser(description="Run what guards main.")
    parser.add_argument("profile", choices=["quick", "test", "test-all"])
    profile = parser.parse_args().profile
    os.chdir(ROOT)
    started = time.perf_counter()
    try:
        failed = quick() if profile == "quick" else everything(every_mode=profile == "test-all")
    except services.CannotServe as problem:
        print(f"failed: {problem}")
        return 1
    seconds = time.perf_counter() - started
    print(f"\n{'All passed' if not failed else 'Failed: ' + ', '.join(failed)} ({seconds:.0f} s)", flush=True)
    return 1 if failed else 0


def quick() -> list[str]:
    """Format, lint, floors and the tests without a browser that are not slow; on SQLite."""
    return together(
        [
            *looks(),
            Step("tests", [*PYTEST, "-n2", "-m", "not browser and not slow"], is_test=True),
        ]
    )


def everything(*, every_mode: bool) -> list[str]:
    """All of it. What is missing on this machine is installed first, or the run fails with what to install."""
    services.ready()
    failed = together([*looks(), Step("types", [str(BIN / "mypy")])])
    failed += together([Step("tests on SQLite", [*PYTEST, "-n2", "-m", "not browser"], is_test=True)])
    with services.postgresql() as url:
        failed += together(
            [
                Step(
                    "tests on PostgreSQL",
                    [*PYTEST, "-n2", "-m", "not browser", "--ignore=tests/house"],
                    {"DATABASE_URL": url},
                    is_test=True,
                )
            ]
        )
    mode = {"MEEDOEN_EVERY_MODE": "yes"} if every_mode else {}
    failed += together([Step("browser", [*PYTEST, "-n2", "--dist=loadgroup", "-m", "browser"], mode, is_test=True)])
    return failed


def looks() -> list[Step]:
    """What reads the code and runs none of it."""
    templates = sorted(str(path) for path in Path("src").rglob("templates/**/*.html"))
    return [
        Step("format", [str(BIN / "ruff"), "format", "--check", "."]),
        Step("lint", [str(BIN / "ruff"), "check", "."]),
        Step("templates", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates]),
        Step("floors", [str(BIN / "lint-imports")]),
    ]


def together(steps: list[Step]) -> list[str]:
    """Run the steps side by side; returns the names of those that failed."""
    with ThreadPoolExecutor(2) as pool:
        return [step.name for step, passed in zip(steps, pool.map(run, steps), strict=True) if not passed]


def run(step: Step) -> bool:
    """Run one step; its output is shown when it failed, and a test run's closing line always."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        code = subprocess.run(
            step.command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **step.environment}, check=False
        ).returncode
        output.seek(0)
        text = output.read()
    lines = [f"{'ok    ' if code == 0 else 'FAILED'}  {step.name}  {time.perf_counter() - started:.1f} s"]
    if code:
        lines.append(text)
    elif step.is_test and text.strip():
        lines.append(text.strip().splitlines()[-1])
    print("\n".join(lines), flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main())
