"""What proves that somebody works for a municipality or speaks for it, and who decides. Pure."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

MAX_DOMAIN_LENGTH = 253  # characters, RFC 1035
MAX_REASON_LENGTH = 500  # characters: a few sentences
MAX_ASKS_PER_DAY = 5  # by one address: each mails the contacts of a municipality
ASK_AGAIN = timedelta(days=30)  # after a refusal: long enough not to pester, short enough for a new job
MAX_INVITES_PER_DAY = 20  # by one contact: a municipality that starts has a team to bring in
HISTORY_LIFE = timedelta(days=730)  # how long who spoke for whom can be looked up after it ended

# Where anybody gets an address; one of these proves nothing about who somebody works for.
PUBLIC_PROVIDERS = frozenset(
    {
        "aol.com", "casema.nl", "chello.nl", "fastmail.com", "freedom.nl", "gmail.com", "gmx.com", "gmx.de", "gmx.net",
        "googlemail.com", "hccnet.nl", "hetnet.nl", "home.nl", "hotmail.be", "hotmail.com", "hotmail.nl", "icloud.com",
        "kpnmail.nl", "kpnplanet.nl", "live.be", "live.com", "live.nl", "mac.com", "mail.com", "me.com", "msn.com",
        "online.nl", "outlook.be", "outlook.com", "outlook.nl", "planet.nl", "pm.me", "proton.me", "protonmail.com",
        "quicknet.nl", "skynet.be", "solcon.nl", "telenet.be", "telfort.nl", "tele2.nl", "tuta.com", "tutanota.com",
        "upcmail.nl", "versatel.nl", "wxs.nl", "xs4all.nl", "yahoo.co.uk", "yahoo.com", "yahoo.nl", "zeelandnet.nl",
        "ziggo.nl", "zonnet.nl",
    }
)  # fmt: skip
# Below these, as below a top-level domain, anybody registers a name.
SHARED_ENDINGS = frozenset({"ac.uk", "azurewebsites.net", "co.nl", "co.uk", "com.nl", "github.io", "gov.uk", "org.uk"})


class State(StrEnum):
    """How it stands with a mandate."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    ENDED = "ended"


class Deed(StrEnum):
    """What was done about a mandate; each is a row with who, when and why."""

    ASK = "ask"
    GIVE = "give"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class Somebody(Protocol):
    """What a rule needs to know of who decides."""

    pk: int
    is_team: bool


class Asked(Protocol):
    """What a rule needs to know of a mandate."""

    person_id: int
    municipality_id: int
    given_by_id: int | None
    state: str


def normalised_domain(text: str) -> str:
    """A domain as it is stored: lower case, without @ or dot at its ends, in the letters of the net; empty if none."""
    text = text.strip().lower().removeprefix("@").rstrip(".")
    try:
        domain = text.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = domain.split(".")
    is_name = all(label and label.replace("-", "").isalnum() and label[0] != "-" != label[-1] for label in labels)
    return (
        domain if is_name and len(labels) > 1 and not labels[-1].isdigit() and len(domain) <= MAX_DOMAIN_LENGTH else ""
    )


def domain_of(email: str) -> str:
    """The domain of an e-mail address; what stands behind its last @."""
    return normalised_domain(email.rpartition("@")[2]) if "@" in email else ""


def proves_nothing(domain: str) -> bool:
    """Whether anybody can get an address there, or below it: a public provider, or the end of everybody's names."""
    return any(ending in PUBLIC_PROVIDERS for ending in endings(domain)) or domain in SHARED_ENDINGS


def endings(domain: str) -> list[str]:
    """The domain and those it lies in: ``post.stad.nl`` and ``stad.nl``; never the top-level domain alone."""
    labels = domain.split(".")
    return [".".join(labels[place:]) for place in range(len(labels) - 1)]


def may_decide(person: Somebody, mandate: Asked, *, contact_of: Collection[int]) -> bool:
    """Whether ``person`` may give or refuse: a contact of that municipality or the team, never about oneself."""
    return person.pk != mandate.person_id and (person.is_team or mandate.municipality_id in contact_of)


def may_withdraw(person: Somebody, mandate: Asked, *, contact_of: Collection[int]) -> bool:
    """Whether ``person`` may end it: who speaks, who gave it, any contact of the municipality, the team."""
    return (
        person.is_team or person.pk in (mandate.person_id, mandate.given_by_id) or mandate.municipality_id in contact_of
    )
