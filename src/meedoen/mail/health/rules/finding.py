"""What can be found, how bad it is, and who is asked."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Protocol


class Weight(IntEnum):
    """How bad something is, the worst first."""

    BROKEN = 0  # people miss mail now
    RISK = 1  # mail may be refused, or laid aside as unwanted
    ADVICE = 2  # it goes well; it can be better
    UNSURE = 3  # we could not see it


class Kind(StrEnum):
    """What can be found. ``words.py`` says each in Dutch and in English."""

    # What the domain says about who may send (SPF, RFC 7208)
    SPF_MISSING = "spf-missing"
    SPF_SEVERAL = "spf-several"
    SPF_SYNTAX = "spf-syntax"
    SPF_LOOKUPS = "spf-lookups"
    SPF_VOID = "spf-void"
    SPF_INCLUDE = "spf-include"
    SPF_NOT_US = "spf-not-us"
    SPF_MAYBE_NOT_US = "spf-maybe-not-us"
    SPF_ALL = "spf-all"
    SPF_OPEN_END = "spf-open-end"
    SPF_UNSURE = "spf-unsure"
    # The signature (DKIM, RFC 6376)
    DKIM_UNKNOWN = "dkim-unknown"
    DKIM_MISSING = "dkim-missing"
    DKIM_SEVERAL = "dkim-several"
    DKIM_REVOKED = "dkim-revoked"
    DKIM_SYNTAX = "dkim-syntax"
    DKIM_SHORT = "dkim-short"
    DKIM_WEAK = "dkim-weak"
    DKIM_TESTING = "dkim-testing"
    # What others do with mail that fails (DMARC, RFC 7489)
    DMARC_MISSING = "dmarc-missing"
    DMARC_SEVERAL = "dmarc-several"
    DMARC_SYNTAX = "dmarc-syntax"
    DMARC_NONE = "dmarc-none"
    DMARC_PART = "dmarc-part"
    DMARC_NO_REPORTS = "dmarc-no-reports"
    DMARC_REPORTS_REFUSED = "dmarc-reports-refused"
    DMARC_NOT_ALIGNED = "dmarc-not-aligned"
    # What a mail showed that we sent to ourselves
    TRIAL_LOST = "trial-lost"
    SIGNED_NOT = "signed-not"
    SIGNED_OTHER = "signed-other"
    SIGNED_CHANGED = "signed-changed"
    SIGNED_NO_KEY = "signed-no-key"
    SIGNED_FALSE = "signed-false"
    SIGNED_BAD = "signed-bad"
    SEEN_NOT = "seen-not"
    SEEN_DKIM = "seen-dkim"
    SEEN_SPF = "seen-spf"
    SEEN_DMARC = "seen-dmarc"
    # Where mail comes in
    MX_MISSING = "mx-missing"
    MX_NULL = "mx-null"
    MX_DEAD_NAME = "mx-dead-name"
    MX_NO_ANSWER = "mx-no-answer"
    MX_REFUSES = "mx-refuses"
    REPORTS_ELSEWHERE = "reports-elsewhere"
    DOOR_CLOSED = "door-closed"
    MAILBOX_SILENT = "mailbox-silent"
    MAILBOX_PROBLEM = "mailbox-problem"
    # Our own server
    FILES_ONLY = "files-only"
    SENDER_UNKNOWN = "sender-unknown"
    PTR_MISSING = "ptr-missing"
    PTR_MISMATCH = "ptr-mismatch"
    HELO_UNKNOWN = "helo-unknown"
    SERVER_AWAY = "server-away"
    TLS_NOT_OFFERED = "tls-not-offered"
    TLS_NOT_USED = "tls-not-used"
    TLS_CERTIFICATE = "tls-certificate"
    TLS_ENDS_SOON = "tls-ends-soon"
    LISTED = "listed"
    LIST_REFUSES = "list-refuses"
    DNS_AWAY = "dns-away"
    # Our own counts
    QUEUE_OLD = "queue-old"
    BOUNCES_MANY = "bounces-many"
    BOUNCES_SOME = "bounces-some"
    DEAD_ADDRESSES = "dead-addresses"
    ASIDE = "aside"
    CLOCK = "clock"
    NEVER_LOOKED = "never-looked"
    LOOK_LOST = "look-lost"
    LOOK_OLD = "look-old"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found. ``about`` fills its words; ``line`` is for who keeps the domain, to copy as it stands."""

    kind: Kind
    about: dict[str, str] = field(default_factory=dict)
    line: str = ""


class Away(Exception):
    """Nobody answered in time: what is asked may be there or not."""


class Asker(Protocol):
    """Who answers for domain names. Each answers with nothing where nothing is known, and raises ``Away``."""

    def texts(self, name: str) -> list[str]:
        """The TXT records."""

    def mail_servers(self, name: str) -> list[tuple[int, str]]:
        """The MX records: preference and name; a name of "" is "no mail here" (RFC 7505)."""

    def addresses(self, name: str) -> list[str]:
        """The IPv4 and IPv6 addresses."""

    def names(self, address: str) -> list[str]:
        """The names that an IP address goes by (PTR)."""


def txt_line(name: str, value: str) -> str:
    """A TXT record as it is put in a zone; a text of a record is at most 255 letters (RFC 1035 §3.3)."""
    parts = [value[begin : begin + 255] for begin in range(0, len(value), 255)] or [""]
    return f"{name}. IN TXT " + " ".join(f'"{part}"' for part in parts)


def are_kin(domain: str, other: str) -> bool:
    """Whether two domains are of one organisation: two labels or more at their end are the same.

    A list of public suffixes would know that ``co.uk`` is nobody's; ours are ``.nl``, where two labels are somebody.
    """
    ours, theirs = (each.lower().rstrip(".").split(".")[-2:] for each in (domain, other))
    return ours == theirs and len(ours) == 2
