"""Run what guards main, a line for each step, and show the output of what failed.

    make quick     the fast part, for every save: the tests of what you changed since the last commit
    make test      everything
    make test-all  everything, with every page in every mode, new examples for what holds always, and make ha
    make ha        three database nodes that take over from each other: the tests on them, and what happens when one dies

Steps that do not wait for each other run side by side on two cores. Where at most three tests of a step failed, those run
once more at the end, alone: a machine that does four things at once is slow, and what fails by that alone is named as
unsteady and to be mended, but holds nobody up. The exit code is 0 only when all passed.
"""

import argparse
import json
import os
import re
import shutil
import signal
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
# Three on two cores: one who waits for a server, a database or a page leaves room. Who is done takes over from the others,
# else one is left at the end with the slow ones that it was given.
PYTEST = [str(BIN / "python"), "-m", "pytest", "-n3", "--dist=worksteal"]
# Two where another run of tests goes on beside it: four on two cores.
BESIDE = [*PYTEST[:3], "-n2", *PYTEST[4:]]
# Compiled modules are kept out of the tree and used again, also where the machine's own setting is not to write them.
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / ".cache" / "python")}
# Packages whose change may be felt anywhere.
BELOW_ALL = {"kernel", "ui", "pages", "mail", "config", "people"}
LONG = 8 * 3600
FEW = 3  # failed tests of a step that run once more; more are no chance
STEP_SECONDS = {"quick": 3000, "test": 5400, "test-all": LONG, "ha": LONG}  # a step that takes longer hangs


@dataclass
class Step:
    """A command, the words it is known by, and what it needs in its environment."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    is_test: bool = False

    def __post_init__(self) -> None:
        if self.is_test:  # each keeps for itself what failed: two run side by side
            self.kept = Path(".cache", "failed", re.sub(r"\W+", "-", self.name))
            self.command = [*self.command, "-o", f"cache_dir={self.kept}"]

    def forget_failures(self) -> None:
        """Begin as if nothing had ever failed: what did and is not run this time would count."""
        if self.is_test:
            shutil.rmtree(self.kept, ignore_errors=True)

    def failures(self) -> list[str]:
        """The tests that failed in the last run."""
        try:
            return sorted(json.loads((self.kept / "v" / "cache" / "lastfailed").read_text(encoding="utf-8")))
        except FileNotFoundError:
            return []


@dataclass
class Run:
    """What has been run so far: which steps failed, and the closing lines of the test runs."""

    step_seconds: int
    asks_again: bool = True
    failed: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)

    def together(self, *steps: Step) -> None:
        """Run the steps side by side, two at a time; then, one after the other, the few tests that failed."""
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(self.one, steps))
        for step, result in zip(steps, results, strict=True):
            if not result and not self.passes_alone(step):
                self.failed.append(step.name)

    def passes_alone(self, step: Step) -> bool:
        """Whether the few tests that failed in a step pass when nothing runs beside them."""
        failures = step.failures() if step.is_test else []
        if not (self.asks_again and 0 < len(failures) <= FEW):
            return False
        alone = [word for word in step.command if not word.startswith(("-n", "--dist"))]
        alone = [*alone, "--last-failed", "--last-failed-no-failures=none"]
        if not self.one(Step(f"{step.name}, what failed once more", alone, step.environment)):
            return False
        self.closing += [f"UNSTEADY, mend it: {name}" for name in failures]
        return True

    def one(self, step: Step) -> bool:
        """Run one step; its output is shown when it failed."""
        started = time.perf_counter()
        step.forget_failures()
        environment = {**os.environ, **COMPILED, **step.environment}
        with tempfile.TemporaryFile("w+", errors="replace") as output:
            try:
                code = subprocess.run(
                    step.command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                    env=environment, check=False, timeout=self.step_seconds,
                ).returncode  # fmt: skip
            except subprocess.TimeoutExpired:
                output.write(f"\nstopped after {self.step_seconds} s: it hangs\n")
                code = 1
            output.seek(0)
            text = output.read()
        line = f"{'FAILED' if code else 'ok    '}  {step.name}  {time.perf_counter() - started:.1f} s"
        last = text.strip().splitlines()[-1:] if step.is_test else []
        self.closing += last
        print("\n".join([line, text] if code else [line, *last]), flush=True)
        return code == 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Run what guards main.")
    parser.add_argument("profile", choices=["quick", "test", "test-all", "ha"])
    profile = parser.parse_args().profile
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    started = time.perf_counter()
    run = Run(STEP_SECONDS[profile], asks_again=profile != "quick")
    try:
        if profile == "quick":
            quick(run)
        if profile in ("test", "test-all"):
            everything(run, every_mode=profile == "test-all")
        if profile in ("test-all", "ha"):
            database_nodes(run)
    except services.CannotServe as problem:
        print(f"FAILED  {problem}", flush=True)
        run.failed.append("setting up")
    except KeyboardInterrupt:
        print("\nstopped", flush=True)
        return 130
    seconds = time.perf_counter() - started
    print(f"\n{'All passed' if not run.failed else 'Failed: ' + ', '.join(run.failed)} ({seconds:.0f} s)")
    print("\n".join(run.closing), flush=True)
    return 1 if run.failed else 0


def quick(run: Run) -> None:
    """Format, lint, floors and the tests without a browser that are not slow; on SQLite.

    While somebody works on a package, its own tests and those of the house; else all of them.
    """
    tests = touched()
    name = f"tests of {', '.join(path.removeprefix('tests/') for path in tests)}" if tests else "tests"
    run.together(
        Step(name, [*PYTEST, "-m", "not browser and not slow and not failover", *tests], is_test=True), *looks()
    )


def touched() -> list[str]:
    """The folders of tests for what changed since the last commit; none when that may be everything."""
    changes = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"], capture_output=True, text=True, check=False
    ).stdout
    folders = set()
    for line in changes.splitlines():
        found = re.match(r"(?:src/meedoen|tests)/([a-z]+)/", line[3:])
        if not found or found[1] in BELOW_ALL or not Path("tests", found[1]).is_dir():
            return []
        folders.add(f"tests/{found[1]}")
    return sorted({*folders, "tests/house"}) if folders else []


def everything(run: Run, *, every_mode: bool) -> None:
    """All of it. What is missing on this machine is installed first, or the run fails with what to install."""
    services.ready()
    wide = {"MEEDOEN_EXAMPLES": "wide"} if every_mode else {}
    servers = {"MEEDOEN_MAIL_SERVERS": "needed"} if services.starts_mail_servers() else {}
    mode = {"MEEDOEN_EVERY_MODE": "yes"} if every_mode else {}
    with services.postgresql() as url:
        programs = f"{services.postgresql_binaries()}:{os.environ.get('PATH', '')}"  # pg_dump and its like, for backups
        # Two at a time, in this order: the browser is at work while the tests on the databases, one after the other, wait
        # for servers, locks and workers.
        run.together(
            *looks(),
            Step("browser", [*BESIDE, "-m", "browser", *with_browser()], mode, is_test=True),
            Step("tests on SQLite", [*BESIDE, "-m", "not browser and not failover"], {**wide, **servers}, is_test=True),
            # Of these, what asks a database: tests/migrated.py.
            Step(
                "tests on PostgreSQL",
                [*BESIDE, "-m", "not browser and not once and not failover"],
                {"DATABASE_URL": url, "PATH": programs},
                is_test=True,
            ),
            Step("types", [str(BIN / "mypy")]),
        )


def with_browser() -> list[str]:
    """The files with tests for the browser: to look through all the others takes each process ten seconds."""
    marked = (path for path in Path("tests").rglob("test_*.py") if "mark.browser" in path.read_text(encoding="utf-8"))
    return sorted(map(str, marked))


def database_nodes(run: Run) -> None:
    """What asks a database, on three nodes behind HAProxy; then what happens when one of them dies or is cut off."""
    services.ready()
    with services.database_nodes() as url:
        programs = f"{services.postgresql_binaries()}:{os.environ.get('PATH', '')}"
        ours = [*PYTEST, "-m", "not browser and not once and not failover"]
        run.together(Step("tests on three database nodes", ours, {"DATABASE_URL": url, "PATH": programs}, is_test=True))
    # One at a time, and nothing beside it: seconds count there.
    alone = [str(BIN / "python"), "-m", "pytest", "-m", "failover", "tests/failover"]
    run.together(Step("a database node dies", alone, is_test=True))


def looks() -> list[Step]:
    """What reads the code and runs none of it."""
    templates = sorted(str(path) for path in Path("src").rglob("templates/**/*.html"))
    return [
        Step("format", [str(BIN / "ruff"), "format", "--check", "."]),
        Step("lint", [str(BIN / "ruff"), "check", "."]),
        Step("templates", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates]),
        Step("floors", [str(BIN / "lint-imports")]),
    ]


if __name__ == "__main__":
    sys.exit(main())
