"""The signature below a mail of ours that came back to us, and what our own receiving server found of it."""

from collections.abc import Mapping, Sequence
from email.parser import BytesHeaderParser

import dkim

from .finding import Asker, Away, Finding, Kind, are_kin

MAX_SIGNATURES = 5  # of one mail; its own server and a smart host make two
LOOKED_AWAY = ("none", "temperror", "permerror", "neutral", "softfail")  # no word about us that is worth a finding


def judge(raw: bytes, domain: str, asker: Asker) -> list[Finding]:
    """What is wrong with the signature of a mail from ``domain``; nothing where one of ours holds. Raises ``Away``."""
    signed = BytesHeaderParser().parsebytes(raw).get_all("DKIM-Signature", [])[:MAX_SIGNATURES]
    if not signed:
        return [Finding(Kind.SIGNED_NOT, {"domain": domain})]
    by = [_domain_of(str(each)) for each in signed]
    wrong = [_wrong_with(raw, index, each, asker) for index, each in enumerate(by)]
    ours = [index for index, each in enumerate(by) if are_kin(each, domain)]
    if any(wrong[index] is None for index in ours):
        return []
    if None in wrong:
        return [Finding(Kind.SIGNED_OTHER, {"domain": domain, "other": by[wrong.index(None)]})]
    first = wrong[ours[0] if ours else 0]
    return [first] if first else []


def judge_seen(results: Mapping[str, str], trusted: Sequence[str]) -> list[Finding]:
    """What our receiving server says of it, by way of looking: ``dkim``, ``spf``, ``dmarc``."""
    if not results:
        return [Finding(Kind.SEEN_NOT, {"names": ", ".join(trusted) or "–"})]
    kinds = {"dkim": Kind.SEEN_DKIM, "spf": Kind.SEEN_SPF, "dmarc": Kind.SEEN_DMARC}
    return [
        Finding(kind, {"result": results[way]})
        for way, kind in kinds.items()
        if way in results and results[way] != "pass" and results[way] not in LOOKED_AWAY
    ]


def _wrong_with(raw: bytes, index: int, domain: str, asker: Asker) -> Finding | None:
    """What is wrong with one signature; None where it holds."""
    keys: list[str] = []

    def texts(name: bytes, timeout: int = 0) -> bytes | None:
        keys[:] = asker.texts(name.decode("ascii", "replace").rstrip("."))
        return keys[0].encode() if keys else None

    try:
        if dkim.DKIM(raw).verify(index, dnsfunc=texts):
            return None
    except Away:
        raise
    except dkim.DKIMException as problem:
        if "body hash mismatch" in str(problem):
            return Finding(Kind.SIGNED_CHANGED, {"domain": domain})
        return Finding(Kind.SIGNED_BAD, {"domain": domain, "why": str(problem)[:100]})
    except Exception as problem:  # what a stranger's key or signature does to a library is no fault of ours
        return Finding(Kind.SIGNED_BAD, {"domain": domain, "why": type(problem).__name__})
    return Finding(Kind.SIGNED_FALSE if keys else Kind.SIGNED_NO_KEY, {"domain": domain})


def _domain_of(signature: str) -> str:
    tags = dict(part.strip().partition("=")[::2] for part in "".join(signature.split()).split(";"))
    return tags.get("d", "").lower()
