"""The key with which others see that a mail is ours (DKIM, RFC 6376 and 8463)."""

import base64
import binascii
import re
from collections.abc import Sequence

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from . import tags
from .finding import Asker, Finding, Kind, txt_line

LEAST_BITS = 1024  # RFC 8301 §3.2: shorter keys are not looked at
GOOD_BITS = 2048  # the same: what a signer should use


def judge(selectors: Sequence[str], domain: str, asker: Asker) -> list[Finding]:
    """What is wrong with the keys of our mail. ``selectors`` are names, or ``name@domain`` where another domain signs."""
    if not selectors:
        return [Finding(Kind.DKIM_UNKNOWN, {"domain": domain})]
    found = []
    for selector in selectors:
        name, _at, other = selector.partition("@")
        place = f"{name}._domainkey.{other or domain}"
        found += judge_key(place, asker.texts(place))
    return found


def judge_key(place: str, texts: Sequence[str]) -> list[Finding]:
    """What is wrong with the key at ``place``, given the texts that stand there."""
    keys = [text for text in texts if re.search(r"(^|;)\s*(p|v\s*=\s*DKIM1)\s*", text, re.IGNORECASE)]
    if not keys:
        if texts:
            return [Finding(Kind.DKIM_SYNTAX, {"name": place, "part": texts[0][:60]})]
        return [Finding(Kind.DKIM_MISSING, {"name": place}, txt_line(place, "v=DKIM1; k=rsa; p=…"))]
    if len(keys) > 1:
        return [Finding(Kind.DKIM_SEVERAL, {"name": place, "count": str(len(keys))})]
    try:
        key = tags.read(keys[0])
        return _judge_tags(place, key)
    except tags.BadTag as problem:
        return [Finding(Kind.DKIM_SYNTAX, {"name": place, "part": str(problem)})]


def _judge_tags(place: str, key: dict[str, str]) -> list[Finding]:
    if key.get("v", "DKIM1") != "DKIM1":
        raise tags.BadTag(f"v={key['v']}")
    if "p" not in key:
        raise tags.BadTag("p=")
    if not key["p"]:
        return [Finding(Kind.DKIM_REVOKED, {"name": place})]
    bits = _bits(key.get("k", "rsa").lower(), "".join(key["p"].split()))
    if key.get("h") and "sha256" not in key["h"].lower().split(":"):
        raise tags.BadTag(f"h={key['h']}")
    if key.get("s", "*") not in ("*", "") and "email" not in key["s"].lower().split(":"):
        raise tags.BadTag(f"s={key['s']}")
    found = []
    if bits and bits < LEAST_BITS:
        found.append(Finding(Kind.DKIM_SHORT, {"name": place, "bits": str(bits)}))
    elif bits and bits < GOOD_BITS:
        found.append(Finding(Kind.DKIM_WEAK, {"name": place, "bits": str(bits)}))
    if "y" in key.get("t", "").lower().split(":"):
        found.append(Finding(Kind.DKIM_TESTING, {"name": place}))
    return found


def _bits(kind: str, text: str) -> int:
    """How long an RSA key is; 0 for one of Ed25519, which has one length. Raises ``BadTag``."""
    if kind not in ("rsa", "ed25519"):
        raise tags.BadTag(f"k={kind}")
    try:
        raw = base64.b64decode(text, validate=True)
        if kind == "ed25519":
            if len(raw) != 32:
                raise tags.BadTag(f"p={text[:50]}")
            return 0
        key = load_der_public_key(raw)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        raise tags.BadTag(f"p={text[:50]}") from None
    if not isinstance(key, RSAPublicKey):
        raise tags.BadTag(f"p={text[:50]}")
    return key.key_size
