"""What the access tests of a release found, as the statement at ``/toegankelijkheid/`` shows it.

With ``MEEDOEN_ACCESS_LOG`` a test run writes down, line by line, each look that it took at a page. Afterwards

    .venv/bin/python -m tests.access.results

makes ``home/data/access_results.json`` of it. ``make access`` does both. Nothing in the file is typed by hand.
"""

import datetime
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "src" / "meedoen" / "home" / "data" / "access_results.json"
LOG = "MEEDOEN_ACCESS_LOG"  # where a run writes down its looks
USUAL_LOG = ROOT / ".cache" / "access.jsonl"
LOOK = "tests/access/test_pages.py::test_a_page_is_for_everybody"
KEYS = "tests/access/test_pages.py::test_a_page_can_be_gone_through_by_keyboard"
SOURCE = "tests/access/test_source.py::test_the_html_checker_finds_nothing"
RENEW = "renew it with: make access"

# The ways of looking (tests.browser.FACTORS), in words for readers.
WAYS = {
    "wide": "op een breed scherm",
    "320 px": "op een smal scherm, zoals een telefoon",
    "400 %": "vergroot tot 400 procent",
    "light": "met lichte kleuren",
    "dark": "met donkere kleuren",
    "forced": "met de kleuren van je eigen apparaat",
    "chosen contrast": "met hoog contrast gekozen bij Voorkeuren",
    "ours": "met ons eigen lettertype",
    "own spacing": "met meer ruimte tussen letters en regels",
    "largest and widest": "met de grootste letters en de meeste ruimte",
    "dyslexia typeface": "met het lettertype voor dyslexie",
    "as it is": "zoals de site opent",
    "without script": "zonder JavaScript",
    "calm, no pictures": "zonder beweging en plaatjes",
    "easy language, read aloud": "in makkelijke taal, met voorlezen aan",
}

# The AAA criteria that a program looks at on every page, and by what.
AAA = {
    "1.4.6": "tekst verschilt minstens 7 op 1 van de achtergrond",
    "2.1.3": "alles werkt met alleen het toetsenbord",
    "2.4.9": "twee links met dezelfde naam gaan naar dezelfde plek",
    "2.4.10": "koppen staan in een goede volgorde",
    "2.4.12": "niets bedekt waar je bent op de pagina",
    "2.4.13": "je ziet duidelijk waar je bent op de pagina",
    "2.5.5": "knoppen zijn groot genoeg",
}

NOT_COVERED = [
    "of een beschrijving van een foto klopt",
    "of een tekst voor iedereen te begrijpen is",
    "of een schermlezer alles prettig voorleest",
    "of iemand met een beperking de taken in het echt kan doen",
    "pdf’s, filmpjes en andere bestanden die mensen erbij zetten",
    "andere browsers dan Chromium",
]


class Incomplete(Exception):
    """The run did not look at everything that the file would speak of."""


def pytest_runtest_logreport(report: Any) -> None:
    """Write down one look, where a run is asked to; the workers of a run leave that to the one that leads them."""
    path = os.environ.get(LOG)
    is_over = report.when == "call" or (report.when == "setup" and report.failed)
    if path and is_over and "PYTEST_XDIST_WORKER" not in os.environ and report.nodeid.startswith("tests/access/"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with Path(path).open("a", encoding="utf-8") as log:
            day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
            log.write(json.dumps({"test": report.nodeid, "passed": report.passed, "on": day}) + "\n")


def collected(
    lines: Iterable[str],
    *,
    pages: Mapping[str, tuple[str, int]],
    factors: Iterable[Iterable[str]],
    versions: dict[str, str],
) -> dict[str, Any]:
    """The results of a run; of what was looked at twice the last time counts.

    Raises ``Incomplete`` unless every page was looked at and gone through by keyboard, and every way was used.
    """
    outcomes: dict[str, dict[str, Any]] = {}
    for line in lines:
        told = json.loads(line)
        outcomes[told["test"].replace(r"\xb7", "·")] = told  # pytest writes names of tests in ASCII
    looks = {
        tuple(name[len(LOOK) + 1 : -1].split(" · ")): told
        for name, told in outcomes.items()
        if name.startswith(f"{LOOK}[")
    }
    keys = {name[len(KEYS) + 1 : -1]: told for name, told in outcomes.items() if name.startswith(f"{KEYS}[")}
    ways = [way for factor in factors for way in factor]
    looks = {case: told for case, told in looks.items() if case[0] in pages}
    used = {way for case in looks for way in case[1:]}
    missing = [
        *sorted(f"a look at: {name}" for name in set(pages) - {case[0] for case in looks}),
        *sorted(f"by keyboard: {name}" for name in set(pages) - set(keys)),
        *(f"a way of looking: {way}" for way in ways if way not in used),
        *([] if SOURCE in outcomes else ["the HTML checker"]),
    ]
    if missing:
        raise Incomplete(f"{len(missing)} missing: {'; '.join(missing[:10])}")
    counted = [*looks.values(), *(told for name, told in keys.items() if name in pages), outcomes[SOURCE]]
    return {
        "version": importlib.metadata.version("meedoen"),
        "tested_on": max(told["on"] for told in counted),
        "pages": len(pages),
        "looks": len(looks),
        "looks_with_findings": sum(not told["passed"] for told in looks.values()),
        "by_keyboard": len(pages),
        "by_keyboard_with_findings": sum(not told["passed"] for name, told in keys.items() if name in pages),
        "source_has_findings": not outcomes[SOURCE]["passed"],
        "ways": [WAYS[way] for way in ways],
        "checkers": [f"{name} {version}" for name, version in versions.items()],
        "levels": "WCAG 2.2, niveau A, AA en AAA, voor zover een programma dat kan zien",
        "aaa": [f"{number}: {words}" for number, words in AAA.items()],
        "not_covered": NOT_COVERED,
    }


def versions() -> dict[str, str]:
    """What checked, and which version of it is installed here."""
    from tests.browser import CHROMIUM, TOOLS

    program = next((found for found in map(shutil.which, CHROMIUM) if found), None)
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout if program else ""
    number = next((word for word in said.split() if word[:1].isdigit()), "")
    found = {
        name: json.loads((TOOLS / folder / "package.json").read_text(encoding="utf-8"))["version"]
        for name, folder in (("axe-core", "axe-core"), ("Nu Html Checker", "vnu-jar"))
    }
    return {**found, "Chromium": number or "van Playwright"}


def main() -> int:
    from tests.browser import FACTORS

    from .addresses import ALL

    log = Path(os.environ.get(LOG) or USUAL_LOG)
    if not log.exists():
        sys.stderr.write(f"{log} is not there; {RENEW}\n")
        return 1
    try:
        found = collected(
            log.read_text(encoding="utf-8").splitlines(), pages=ALL, factors=FACTORS.values(), versions=versions()
        )
    except Incomplete as problem:
        sys.stderr.write(f"{problem}\n{RENEW}\n")
        return 1
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FILE.relative_to(ROOT)}: {found['looks']} looks at {found['pages']} pages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
