"""Who may send mail for a domain (SPF, RFC 7208): read, followed, counted, and asked of our own addresses."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .finding import Asker, Finding, Kind, txt_line

MAX_LOOKUPS = 10  # RFC 7208 §4.6.4: with more, receivers refuse to judge
MAX_VOID = 2  # the same: of those, that lead to nothing
MAX_FOLLOWED = 40  # then we stop counting ourselves
_ASKS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_MECHANISM = re.compile(
    r"([+\-~?]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^/]+))?(?:/(\d{1,3}))?(?://(\d{1,3}))?", re.IGNORECASE
)
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=(\S*)")
_DOMAIN = re.compile(r"(?=.*\.)[A-Za-z0-9_.%{}+-]+")
_ALMOST = re.compile(r"[\"'\s]*v\s*=\s*spf|[\"'\s]*spf1\b", re.IGNORECASE)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Term:
    """``~include:_spf.example`` or ``redirect=…``, taken apart."""

    text: str
    name: str
    qualifier: str = "+"
    value: str = ""
    bits_4: int = 32
    bits_6: int = 128


@dataclass(slots=True)
class Policy:
    """A record with all that it leads to: clauses in order, each with what it holds."""

    clauses: list[tuple[str, "list[Network] | Policy | None"]] = field(default_factory=list)  # None is "all"
    redirect: "Policy | None" = None


@dataclass(slots=True)
class Walk:
    """What was seen while following a record."""

    lookups: int = 0
    voids: int = 0
    broken: str = ""  # a name that leads to no record, or to one that cannot be read
    unsure: bool = False  # something depends on the mail itself


class BadTerm(Exception):
    """A part that means nothing; its text."""


def judge(domain: str, ours: Sequence[str], asker: Asker, *, by_name: str = "") -> list[Finding]:
    """What is wrong with what ``domain`` says. ``ours`` are the addresses that our mail leaves from.

    ``by_name`` is the server that they were taken from, where nobody told them: it may send on from other ones.
    """
    texts = asker.texts(domain)
    records = [text for text in texts if is_record(text)]
    us = f"a:{by_name}" if by_name else " ".join(_named(each) for each in ours)
    if not records:
        almost = next((text for text in texts if _ALMOST.match(text)), "")
        line = txt_line(domain, " ".join(f"v=spf1 {us} ~all".split())) if us else ""
        if almost:
            return [Finding(Kind.SPF_SYNTAX, {"domain": domain, "part": almost[:60]}, line)]
        return [Finding(Kind.SPF_MISSING, {"domain": domain}, line)]
    if len(records) > 1:
        return [
            Finding(Kind.SPF_SEVERAL, {"domain": domain, "count": str(len(records))}, _line(domain, _merged(records)))
        ]
    return _judge_one(domain, records[0], ours, us, asker, is_told=not by_name)


def is_record(text: str) -> bool:
    """Whether this is about who may send."""
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def parse(record: str) -> list[Term]:
    """The parts of a record. Raises ``BadTerm``."""
    return [_term(text) for text in record.split()[1:]]


def _judge_one(domain: str, record: str, ours: Sequence[str], us: str, asker: Asker, *, is_told: bool) -> list[Finding]:
    try:
        terms = parse(record)
    except BadTerm as problem:
        kept = [part for part in record.split() if part != str(problem)]
        return [Finding(Kind.SPF_SYNTAX, {"domain": domain, "part": str(problem)}, _line(domain, kept))]
    walk = Walk()
    policy = _follow(domain, terms, asker, walk)
    found = []
    if walk.broken:
        found.append(Finding(Kind.SPF_INCLUDE, {"domain": domain, "name": walk.broken}))
    if walk.lookups > MAX_LOOKUPS:
        count = f"{MAX_FOLLOWED}+" if walk.lookups > MAX_FOLLOWED else str(walk.lookups)
        found.append(Finding(Kind.SPF_LOOKUPS, {"domain": domain, "count": count, "most": str(MAX_LOOKUPS)}))
    elif walk.voids > MAX_VOID:
        found.append(Finding(Kind.SPF_VOID, {"domain": domain, "count": str(walk.voids)}))
    last = next((each for each in terms if each.name == "all"), None)
    if last and last.qualifier == "+":
        closed = ["~all" if part == last.text else part for part in record.split()]
        return [*found, Finding(Kind.SPF_ALL, {"domain": domain}, _line(domain, closed))]
    outside = [each for each in ours if result(policy, each) != "+"]
    if walk.unsure and outside:
        found.append(Finding(Kind.SPF_UNSURE, {"domain": domain}))
    elif outside and not walk.broken and walk.lookups <= MAX_LOOKUPS:
        kind = Kind.SPF_NOT_US if is_told else Kind.SPF_MAYBE_NOT_US
        found.append(Finding(kind, {"domain": domain, "address": ", ".join(outside)}, _with_us(domain, record, us)))
    if (last is None and policy.redirect is None) or (last and last.qualifier == "?"):
        closed = [part for part in record.split() if last is None or part != last.text]
        found.append(Finding(Kind.SPF_OPEN_END, {"domain": domain}, _line(domain, [*closed, "~all"])))
    return found


def result(policy: Policy, address: str) -> str:
    """What a policy says of an address: "+", "-", "~" or "?"."""
    ip = ipaddress.ip_address(address)
    for qualifier, holds in policy.clauses:
        if holds is None:
            return qualifier
        if isinstance(holds, Policy):
            if result(holds, address) == "+":
                return qualifier
        elif any(ip in network for network in holds):
            return qualifier
    return result(policy.redirect, address) if policy.redirect else "?"


def _follow(domain: str, terms: Sequence[Term], asker: Asker, walk: Walk) -> Policy:
    policy = Policy()
    has_all = any(each.name == "all" for each in terms)
    for term in terms:
        if term.name in _ASKS and not (term.name == "redirect" and has_all):
            walk.lookups += 1
        if walk.lookups > MAX_FOLLOWED:
            break
        if "%" in term.value or term.name in ("ptr", "exists"):
            walk.unsure = True
        elif term.name == "all":
            policy.clauses.append((term.qualifier, None))
        elif term.name in ("ip4", "ip6"):
            policy.clauses.append((term.qualifier, [_network(term)]))
        elif term.name in ("a", "mx"):
            policy.clauses.append((term.qualifier, _hosts(term, term.value or domain, asker, walk)))
        elif term.name == "include":
            policy.clauses.append((term.qualifier, _lead_to(term.value, asker, walk)))
        elif term.name == "redirect" and not has_all:
            policy.redirect = _lead_to(term.value, asker, walk)
    return policy


def _lead_to(name: str, asker: Asker, walk: Walk) -> Policy:
    records = [text for text in asker.texts(name) if is_record(text)]
    if len(records) != 1:
        walk.broken = walk.broken or name
        walk.voids += not records
        return Policy()
    try:
        return _follow(name, parse(records[0]), asker, walk)
    except BadTerm:
        walk.broken = walk.broken or name
        return Policy()


def _hosts(term: Term, name: str, asker: Asker, walk: Walk) -> list[Network]:
    names = [name] if term.name == "a" else [host for _preference, host in asker.mail_servers(name) if host]
    addresses = [address for each in names[:10] for address in asker.addresses(each)]  # at most 10 (RFC 7208 §4.6.4)
    walk.voids += not addresses
    return [
        ipaddress.ip_network(f"{each}/{term.bits_6 if ':' in each else term.bits_4}", strict=False)
        for each in addresses
    ]


def _term(text: str) -> Term:
    if found := _MODIFIER.fullmatch(text):
        name = found[1].lower()
        if name in ("redirect", "exp") and not _DOMAIN.fullmatch(found[2]):
            raise BadTerm(text)
        return Term(text, name, value=found[2])
    found = _MECHANISM.fullmatch(text)
    if not found:
        raise BadTerm(text)
    name, value = found[2].lower(), found[3] or ""
    term = Term(text, name, found[1] or "+", value, int(found[4] or 32), int(found[5] or 128))
    if name in ("ip4", "ip6"):
        term = Term(text, name, term.qualifier, value, int(found[4] or 32), int(found[4] or 128))
        try:
            if _network(term).version != int(name[2]):
                raise BadTerm(text)
        except ValueError:
            raise BadTerm(text) from None
        return term
    needs_value, takes_bits = name in ("include", "exists"), name in ("a", "mx")
    is_wrong = (
        (needs_value and not value)
        or (value and not _DOMAIN.fullmatch(value))
        or (name == "all" and value)
        or ((found[4] or found[5]) and not takes_bits)
        or term.bits_4 > 32
        or term.bits_6 > 128
    )
    if is_wrong:
        raise BadTerm(text)
    return term


def _network(term: Term) -> Network:
    bits = term.bits_4 if term.name == "ip4" else term.bits_6
    return ipaddress.ip_network(f"{term.value}/{bits}", strict=False)


def _named(address: str) -> str:
    return f"ip{ipaddress.ip_address(address).version}:{address}"


def _with_us(domain: str, record: str, us: str) -> str:
    parts = record.split()
    place = next((at for at, part in enumerate(parts) if part.lstrip("+-~?").lower() == "all"), len(parts))
    return _line(domain, [*parts[:place], us, *parts[place:]])


def _merged(records: Sequence[str]) -> list[str]:
    """The parts of all, each once, and one end: the strictest that one of them has."""
    parts = list(dict.fromkeys(part for record in records for part in record.split()[1:]))
    ends = [part for part in parts if part.lstrip("+-~?").lower() == "all"]
    kept = [part for part in parts if part not in ends]
    return ["v=spf1", *kept, "-all" if "-all" in ends else "~all"]


def _line(domain: str, parts: Sequence[str]) -> str:
    return txt_line(domain, " ".join(parts))
