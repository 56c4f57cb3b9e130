"""What others are asked to do with mail that is not surely ours (DMARC, RFC 7489)."""

import re
from collections.abc import Sequence

from . import tags
from .finding import Asker, Finding, Kind, are_kin, txt_line

POLICIES = ("none", "quarantine", "reject")
MAX_LABELS = 8  # names that are asked on the way up
_REPORTS = re.compile(r"mailto:[^@\s,!]+@([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)(?:![0-9]+[kmgt]?)?", re.IGNORECASE)
_ALMOST = re.compile(r"[\"'\s]*v\s*=\s*dmarc", re.IGNORECASE)


def judge(domain: str, selectors: Sequence[str], asker: Asker) -> list[Finding]:
    """What is wrong with what ``domain``, the one in our From, asks of others."""
    place, texts = _found(domain, asker)
    if not texts:
        return [
            Finding(
                Kind.DMARC_MISSING, {"domain": domain}, _line(domain, {"p": "none", "rua": f"mailto:dmarc@{domain}"})
            )
        ]
    if len(texts) > 1:
        return [
            Finding(
                Kind.DMARC_SEVERAL, {"domain": place, "count": str(len(texts))}, txt_line(f"_dmarc.{place}", texts[0])
            )
        ]
    try:
        policy = _read(texts[0])
    except tags.BadTag as problem:
        return [
            Finding(
                Kind.DMARC_SYNTAX,
                {"domain": place, "part": str(problem)},
                _line(place, {"p": "none", "rua": f"mailto:dmarc@{place}"}),
            )
        ]
    return [
        *_policy(place, policy, is_below=place != domain),
        *_reports(place, policy, asker),
        *_aligned(domain, policy, selectors),
    ]


def _found(domain: str, asker: Asker) -> tuple[str, list[str]]:
    """The nearest domain upwards that says something, and what it says."""
    labels = domain.split(".")
    for begin in range(max(0, len(labels) - MAX_LABELS), len(labels) - 1):
        place = ".".join(labels[begin:])
        texts = [text for text in asker.texts(f"_dmarc.{place}") if _ALMOST.match(text)]
        if texts:
            return place, texts
    return domain, []


def _read(text: str) -> dict[str, str]:
    if not re.match(r"v\s*=\s*DMARC1\s*(;|$)", text):
        raise tags.BadTag(text[:30])
    policy = tags.read(text)
    for name in ("p", "sp"):
        if name in policy and policy[name].lower() not in POLICIES:
            raise tags.BadTag(f"{name}={policy[name]}")
    if "p" not in policy:
        raise tags.BadTag("p=")
    if not re.fullmatch(r"\d{1,3}", policy.get("pct", "100")) or int(policy.get("pct", "100")) > 100:
        raise tags.BadTag(f"pct={policy['pct']}")
    for name in ("adkim", "aspf"):
        if policy.get(name, "r").lower() not in ("r", "s"):
            raise tags.BadTag(f"{name}={policy[name]}")
    if policy.get("rua") and not all(_REPORTS.fullmatch(each.strip()) for each in policy["rua"].split(",")):
        raise tags.BadTag(f"rua={policy['rua']}"[:60])
    return policy


def _policy(place: str, policy: dict[str, str], *, is_below: bool) -> list[Finding]:
    which = "sp" if is_below and "sp" in policy else "p"
    if policy[which].lower() == "none":
        return [Finding(Kind.DMARC_NONE, {"domain": place}, _line(place, {**policy, which: "quarantine"}))]
    if int(policy.get("pct", "100")) < 100:
        return [
            Finding(Kind.DMARC_PART, {"domain": place, "share": policy["pct"]}, _line(place, _without(policy, "pct")))
        ]
    return []


def _reports(place: str, policy: dict[str, str], asker: Asker) -> list[Finding]:
    if not policy.get("rua"):
        line = _line(place, {**policy, "rua": f"mailto:dmarc@{place}"})
        return [Finding(Kind.DMARC_NO_REPORTS, {"domain": place}, line)]
    found = []
    for other in dict.fromkeys(each.lower() for each in _REPORTS.findall(policy["rua"])):
        consent = f"{place}._report._dmarc.{other}"
        if not are_kin(place, other) and not any(_ALMOST.match(text) for text in asker.texts(consent)):
            found.append(
                Finding(Kind.DMARC_REPORTS_REFUSED, {"domain": place, "other": other}, txt_line(consent, "v=DMARC1"))
            )
    return found


def _aligned(domain: str, policy: dict[str, str], selectors: Sequence[str]) -> list[Finding]:
    """Whether a signature of these counts for our From. The envelope has the same address, so SPF always does."""
    signers = [selector.partition("@")[2] or domain for selector in selectors]
    is_strict = policy.get("adkim", "r").lower() == "s"
    if not signers or any(each == domain if is_strict else are_kin(each, domain) for each in signers):
        return []
    return [Finding(Kind.DMARC_NOT_ALIGNED, {"domain": domain, "other": ", ".join(dict.fromkeys(signers))})]


def _line(place: str, policy: dict[str, str]) -> str:
    said = {"v": "DMARC1", **{name: value for name, value in policy.items() if name != "v"}}
    return txt_line(f"_dmarc.{place}", "; ".join(f"{name}={value}" for name, value in said.items()))


def _without(policy: dict[str, str], name: str) -> dict[str, str]:
    return {each: value for each, value in policy.items() if each != name}
