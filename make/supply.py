"""What comes from others: under which licences, in a list for machines (SBOM), and what is known to be wrong with it.

    python make/supply.py licences [--write]   every licence goes with ours, and docs/licences.md says it; or write that
    python make/supply.py sbom [FILE]          what a running site consists of, as CycloneDX (default: dist/sbom.cdx.json)
    python make/supply.py audit                ask PyPI which of it is known to be unsafe

The exit code is 0 only when all is well. ``audit`` needs a network: 1 is a known fault, 2 that not all could be asked.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from functools import cache
from importlib import metadata
from pathlib import Path

from license_expression import AND, OR, ExpressionError, Licensing, get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
LOCKS = ROOT / "requirements"
RUN = tuple(
    LOCKS / name for name in ("run.txt", "s3.txt", "valkey.txt", "traces.txt")
)  # with what a site may have besides
DEV = LOCKS / "dev.txt"

# Whose work may be used in one that is under EUPL-1.2: those that ask little, and those that stay with their own files
# or library (LGPL, MPL). The GPL and AGPL are not here: EUPL-1.2 may go over into them, not they into it.
FIT = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-2.1-or-later", "LGPL-3.0-only",
    "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip
# What packages say in the words of before there were expressions.
WORDS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
BSD = "License :: OSI Approved :: BSD License"  # which of them it does not say
# Packages that say nothing exact: what they say, what a person read in the licence that comes along, and a remark. When
# a package says something else, it has to be read again.
READ = {
    "django-csp": (f"BSD; {BSD}", "BSD-3-Clause", ""),
    "dkimpy": ("BSD-like; License :: DFSG approved", "Zlib", ""),
    "dnslib": ("BSD", "BSD-2-Clause", ""),
    "fido2": (
        "Copyright (c) 2018 Yubico AB; "
        "License :: OSI Approved :: Apache Software License; License :: OSI Approved :: BSD License; "
        "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)",
        "BSD-2-Clause AND Apache-2.0 AND MPL-2.0", "the last is the list of public suffixes",
    ),
    "grimp": (f"BSD 2-Clause License; {BSD}", "BSD-2-Clause", ""),
    "import-linter": (f"BSD 2-Clause License; {BSD}", "BSD-2-Clause", ""),
    "itsdangerous": (BSD, "BSD-3-Clause", ""),
    "jinja2": (BSD, "BSD-3-Clause", ""),
    "protobuf": ("3-Clause BSD License", "BSD-3-Clause", ""),
    "pypdfium2": (
        "BSD-3-Clause, Apache-2.0, dependency licenses", "BSD-3-Clause AND Apache-2.0",
        "PDFium within it, with parts under licences that ask as little (BSD, MIT, zlib, FreeType, Boost); their texts come along",
    ),
    "pyphen": (
        "License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+); "
        "License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+); "
        "License :: OSI Approved :: Mozilla Public License 1.1 (MPL 1.1)",
        "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", "we use it under the LGPL",
    ),
    "pyrage": ("", "MIT", ""),
    "pytest-django": (f"pytest-django is released under the BSD (3-clause) license; {BSD}", "BSD-3-Clause", ""),
    "python-dateutil": (
        "Dual License; License :: OSI Approved :: Apache Software License; License :: OSI Approved :: BSD License",
        "Apache-2.0 AND BSD-3-Clause", "the second for what is older than 2017",
    ),
    "qrcode": (
        f"BSD; {BSD}; License :: Other/Proprietary License", "BSD-3-Clause AND MIT", "the second for what it grew from",
    ),
    "sqlparse": (BSD, "BSD-3-Clause", ""),
    "webencodings": (BSD, "BSD-3-Clause", ""),
    "xlrd": (f"BSD; {BSD}", "BSD-3-Clause", "older parts ask to be named; never part of a running site"),
    "xlwt": (f"BSD; {BSD}", "BSD-3-Clause", "no text comes along; never part of a running site"),
}  # fmt: skip


@dataclass(frozen=True)
class Package:
    """One that is installed and named in a lock."""

    name: str
    licence: str  # an SPDX expression; empty: unknown
    remark: str
    runs: bool  # part of a running site, or only for building and testing


def main() -> int:
    words = sys.argv[1:]
    if words[:1] == ["licences"]:
        return licences(write="--write" in words)
    if words[:1] == ["sbom"]:
        return sbom(Path(words[1]) if words[1:] else ROOT / "dist" / "sbom.cdx.json")
    if words == ["audit"]:
        return audit()
    print(__doc__)
    return 2


def licences(*, write: bool) -> int:
    """Whether each package may be used, and the page says so."""
    packages = list(installed())
    faults = [
        f"{each.name}: {f'its licence {each.licence} does not go with EUPL-1.2' if each.licence else 'its licence is not known'}"
        for each in packages
        if not fits(each.licence)
    ]
    if write and not faults:
        PAGE.write_text(page(packages), encoding="utf-8")
    elif not faults:
        faults = stale(packages, PAGE.read_text(encoding="utf-8"))
    print("\n".join(faults) or f"{len(packages)} packages, each under a licence that goes with ours.")
    return 1 if faults else 0


def installed() -> Iterator[Package]:
    """Each package of the locks that is installed here; a lock also names what other systems need."""
    running, all_names = locked(*RUN), locked(DEV)
    for name in sorted(all_names):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        licence, remark = licence_of(name, about)
        yield Package(name, licence, remark, name in running)


def locked(*locks: Path) -> set[str]:
    """The names in some locks."""
    return {canonicalize_name(Requirement(line.rstrip(" \\")).name) for lock in locks for line in _lines(lock)}


def licence_of(name: str, about: Message) -> tuple[str, str]:
    """A package's licence as an expression, and a remark; empty where it says nothing that we know."""
    if expression := about.get("License-Expression"):
        return expression, ""
    words = (about.get("License") or "").strip().splitlines()[:1]
    classified = sorted(each for each in about.get_all("Classifier") or [] if each.startswith("License ::"))
    said = "; ".join(_in_short(each) for each in [*words, *classified])
    if name in READ and READ[name][0] == said:
        return READ[name][1:]
    if words and _is_expression(words[0]):
        return words[0], ""
    known = {WORDS.get(each, "") for each in classified if each != "License :: OSI Approved"}
    return (known.pop() if len(known) == 1 else ""), ""


def fits(expression: str) -> bool:
    """Whether a work under this may be part of ours; of several to choose from one is enough."""
    if not expression or not _is_expression(expression):
        return False

    def may(part: object) -> bool:
        if isinstance(part, OR):
            return any(map(may, part.args))
        return all(map(may, part.args)) if isinstance(part, AND) else getattr(part, "key", "") in FIT

    return may(_licensing().parse(expression))


def page(packages: list[Package]) -> str:
    """The page with all of them."""
    lines = [
        "# Licences of others",
        "",
        "What Meedoen uses, and under which licence, as [SPDX](https://spdx.org/licenses/) writes them. `make test` refuses a"
        " package whose licence is unknown or does not go with EUPL-1.2 ([why](adr/0063-what-comes-from-others.md)), and holds"
        " this page true; `make licences` writes it anew.",
    ]
    for title, runs in (("In a running site", True), ("To build and test", False)):
        lines += ["", f"## {title}", "", "| package | licence | remark |", "| --- | --- | --- |"]
        lines += [_row(each) for each in packages if each.runs == runs]
    return "\n".join([*lines, ""])


def stale(packages: list[Package], text: str) -> list[str]:
    """What the page does not say, or says of what is in no lock."""
    rows = set(re.findall(r"^\| (?!package \||---).*\|$", text, re.MULTILINE))
    missing = [each.name for each in packages if _row(each) not in rows]
    named = {row.split(" | ")[0].removeprefix("| ") for row in rows}
    wrong = sorted({*missing, *(named - locked(DEV))})
    return [f"docs/licences.md is not true of {', '.join(wrong)}: run 'make licences'"] if wrong else []


def sbom(target: Path) -> int:
    """Write what a running site consists of."""
    done = subprocess.run(
        [Path(sys.executable).with_name("cyclonedx-py"), "environment", "--pyproject", ROOT / "pyproject.toml",
         "--mc-type", "application", "--output-reproducible", "--of", "JSON", sys.executable],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        print(done.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    whole = running_only(json.loads(done.stdout), locked(*RUN))
    target.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {len(whole['components'])} components.")
    return 0


def running_only(whole: dict, names: set[str]) -> dict:
    """The list without what only builds and tests, and with the licences that a person read."""
    stay = [each for each in whole["components"] if canonicalize_name(each["name"]) in names]
    for each in stay:
        if found := READ.get(canonicalize_name(each["name"])):
            each["licenses"] = [{"expression": found[1], "acknowledgement": "concluded"}]
    known = {each["bom-ref"] for each in stay} | {whole["metadata"]["component"]["bom-ref"]}
    edges = [
        {**each, **({"dependsOn": [ref for ref in each["dependsOn"] if ref in known]} if "dependsOn" in each else {})}
        for each in whole["dependencies"]
        if each["ref"] in known
    ]
    return {**whole, "components": stay, "dependencies": edges}


def audit() -> int:
    """Ask, and tell; not to be answered is not to be well."""
    done = subprocess.run(
        [Path(sys.executable).with_name("pip-audit"), "--require-hashes", "--disable-pip", "--requirement", DEV,
         "--format", "json", "--progress-spinner", "off"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        answer = json.loads(done.stdout)
    except json.JSONDecodeError:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"PyPI could not be asked, so nothing is known: {last}")
        return 2
    code, lines = judged(answer, locked(*RUN))
    print("\n".join(lines))
    return code


def judged(answer: dict, running: set[str]) -> tuple[int, list[str]]:
    """What the answer of pip-audit comes down to: an exit code and lines."""
    asked = [each for each in answer["dependencies"] if "skip_reason" not in each]
    silent = [each["name"] for each in answer["dependencies"] if "skip_reason" in each]
    lines = [
        f"{each['name']} {each['version']} ({'runs' if canonicalize_name(each['name']) in running else 'builds'}):"
        f" {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for each in asked
        for fault in each["vulns"]
    ]
    faults = len(lines)
    if silent or not asked:
        lines.append(
            f"PyPI said nothing of {len(silent)} of {len(answer['dependencies'])} packages, so of these nothing is known:"
            f" {', '.join(silent[:5])}{' …' if len(silent) > 5 else ''}"
        )
    lines.append(f"{len(asked)} packages were asked about; known to be unsafe: {faults}.")
    return (1 if faults else 2 if silent or not asked else 0), lines


def _lines(lock: Path) -> list[str]:
    return [line for line in lock.read_text(encoding="utf-8").splitlines() if re.match(r"[a-z0-9]", line)]


def _in_short(words: str) -> str:
    return words.rstrip(" -.").strip()


@cache
def _licensing() -> Licensing:
    """What SPDX knows; reading it takes a tenth of a second, and each package asks it twice."""
    return get_spdx_licensing()


def _is_expression(text: str) -> bool:
    try:
        _licensing().parse(text, validate=True)
    except ExpressionError:
        return False
    return True


def _row(package: Package) -> str:
    return f"| {package.name} | {package.licence} | {package.remark} |"


if __name__ == "__main__":
    sys.exit(main())
