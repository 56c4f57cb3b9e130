"""The statements: pages of text that ship with the software, with the organisation's own names filled in."""

import datetime
import json
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meedoen.kernel.text import render_markdown
from meedoen.mail.incoming import addresses
from meedoen.ui.preferences import COOKIE, COOKIE_MAX_AGE
from meedoen.ui.site import is_example

DATA = Path(__file__).parent / "data"
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Statement:
    """A page of text, ready to show."""

    title: str
    description: str
    updated_on: datetime.date
    body: SafeString


@dataclass(frozen=True, slots=True)
class Limitation:
    """Something that is not accessible, or not known to be: the five things the Dutch model asks of each."""

    what: str
    cause: str
    effect: str
    measure: str
    by: datetime.date | None


@dataclass(frozen=True, slots=True)
class AccessibilityStatement:
    """What the statement on accessibility says, as data; the status is what an audit says, never our own tests."""

    status: str
    prepared_on: datetime.date
    checked_on: datetime.date
    audit: str | None
    signed_by_role: str
    acknowledge_working_days: int
    answer_weeks: int
    standards: str
    techniques: tuple[str, ...]
    tests: tuple[str, ...]
    limitations: tuple[Limitation, ...]


@dataclass(frozen=True, slots=True)
class AccessResults:
    """What our own access tests of this release found; written by the run itself (tests/access/results.py).

    A look is one page in one way: on one screen, in one set of colours, with one kind of letters.
    """

    version: str
    tested_on: datetime.date
    pages: int
    looks: int
    looks_with_findings: int
    by_keyboard: int
    by_keyboard_with_findings: int
    source_has_findings: bool
    ways: tuple[str, ...]
    checkers: tuple[str, ...]
    levels: str
    aaa: tuple[str, ...]
    not_covered: tuple[str, ...]


# The statuses of the Dutch model, and the one that holds until somebody from outside has looked (decisions 17).
STATUSES = {
    "not_audited": "nog niet onderzocht",
    "A": "A: voldoet volledig",
    "B": "B: voldoet gedeeltelijk",
    "C": "C: eerste maatregelen genomen",
    "D": "D: voldoet niet",
}


def read_statement(name: str) -> Statement:
    """The statement in ``data/<name>.md``. Raises ``KeyError`` for a named value that does not exist."""
    head, _dashes, text = (DATA / f"{name}.md").read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    return Statement(
        title=facts["title"],
        description=facts["description"],
        updated_on=datetime.date.fromisoformat(facts["updated"]),
        body=fill_in(text),
    )


def fill_in(text: str) -> SafeString:
    """The HTML of a text with named values between braces. Raises ``KeyError`` for a name that does not exist."""
    values = named_values()
    return render_markdown(PLACE.sub(lambda place: values[place[1]], text))


def named_values() -> dict[str, str]:
    """What the texts may name between braces, as Markdown; values that are still examples say so."""
    return {
        "organisation": marked(settings.ORGANISATION),
        "controller": marked(settings.CONTROLLER),
        "help_name": settings.HELP_NAME,
        "help_phone": marked(settings.HELP_PHONE, f"tel:{re.sub(r'[^+0-9]', '', settings.HELP_PHONE)}"),
        "help_email": marked(settings.HELP_EMAIL, f"mailto:{settings.HELP_EMAIL}"),
        "dsa_contact": marked(settings.DSA_CONTACT, f"mailto:{settings.DSA_CONTACT}"),
        "security_contact": marked(settings.SECURITY_CONTACT.removeprefix("mailto:"), settings.SECURITY_CONTACT),
        "cookie_name": COOKIE,
        "cookie_days": str(COOKIE_MAX_AGE // (24 * 3600)),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "form_cookie": settings.CSRF_COOKIE_NAME,
        "data_by_mail": _data_by_mail(),
        "session_days": str(settings.SESSION_COOKIE_AGE // (24 * 3600)),
    }


def _data_by_mail() -> str:
    """How to ask for one's data by mail; nothing where no mail comes in."""
    email = addresses.named("gegevens")
    told = _(
        "Het kan ook per mail. Mail naar %(email)s. Schrijf in het onderwerp: stuur mij mijn gegevens. Of: wis mij."
    )
    return told % {"email": f"[{email}](mailto:{email})"} if email else ""


def marked(value: str, href: str = "") -> str:
    """``value`` as Markdown, as a link when it has an address, with a mark when it is still an example."""
    text = f"[{value}]({href})" if href else value
    return f"{text} ({_('voorbeeld')})" if is_example(value) else text


def read_accessibility_statement() -> AccessibilityStatement:
    """The statement in ``data/accessibility.json``. Raises ``TypeError`` or ``ValueError`` when it is not whole."""
    facts = json.loads((DATA / "accessibility.json").read_text(encoding="utf-8"))
    if facts["status"] not in STATUSES:
        raise ValueError(f"no such status: {facts['status']!r}")
    if facts["status"] != "not_audited" and not facts["audit"]:
        raise ValueError("a status needs the address of the audit that found it")
    limitations = tuple(
        Limitation(**{**row, "by": datetime.date.fromisoformat(row["by"]) if row["by"] else None})
        for row in facts.pop("limitations")
    )
    for name in ("prepared_on", "checked_on"):
        facts[name] = datetime.date.fromisoformat(facts[name])
    for name in ("techniques", "tests"):
        facts[name] = tuple(facts[name])
    return AccessibilityStatement(limitations=limitations, **facts)


def read_access_results() -> AccessResults:
    """The results in ``data/access_results.json``. Raises ``TypeError`` or ``ValueError`` when they are not whole."""
    facts = json.loads((DATA / "access_results.json").read_text(encoding="utf-8"))
    facts["tested_on"] = datetime.date.fromisoformat(facts["tested_on"])
    for name in ("ways", "checkers", "aaa", "not_covered"):
        facts[name] = tuple(facts[name])
    return AccessResults(**facts)
