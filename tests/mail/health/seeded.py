"""Faults, each seeded in a domain from which all is well, and the name that each of them has to get."""

import base64
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from meedoen.mail.health.rules.finding import Kind

IP = "203.0.113.7"
IP6 = "2001:db8::7"


def key(bits: int) -> str:
    made = rsa.generate_private_key(65537, bits) if bits >= 1024 else None
    if made is None:  # the library makes no key so short; this one was made elsewhere, of 512 bits
        return "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALyGaoU4pmNbLfDk3QRTJDPSGd6CHCD6CUnXXV0uZkmZAGDIeIDKPTJR70xVLQ1Az3NEv3SDLSmKW+SnmC3OJ4cCAwEAAQ=="
    return base64.b64encode(made.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def txt(name: str, text: str) -> str:
    parts = [text[begin : begin + 255] for begin in range(0, len(text), 255)]
    return f"{name}. 60 IN TXT " + " ".join('"' + part.replace('"', '\\"') + '"' for part in parts)


GOOD_KEY, MIDDLE_KEY = key(2048), key(1024)
ED_KEY = base64.b64encode(ed25519.Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
EC_KEY = base64.b64encode(
    ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
).decode()

D = "meedoen.example"
GOOD: dict[str, list[str]] = {
    "spf": [txt(D, "v=spf1 ip4:203.0.113.7 ip6:2001:db8::7 -all"), txt(D, "een andere tekst")],
    "dkim": [txt(f"een._domainkey.{D}", f"v=DKIM1; k=rsa; p={GOOD_KEY}")],
    "dmarc": [txt(f"_dmarc.{D}", f"v=DMARC1; p=reject; rua=mailto:dmarc@{D}")],
    "mx": [f"{D}. 60 IN MX 10 mx.{D}."],
    "server": [f"mx.{D}. 60 IN A {IP}", f"mx.{D}. 60 IN AAAA {IP6}"],
    "ptr": [f"7.113.0.203.in-addr.arpa. 60 IN PTR mx.{D}."],
}


@dataclass(frozen=True)
class Fault:
    """What is changed in the zone, and all that must be found because of it."""

    name: str
    changes: dict[str, list[str]]
    kinds: list[Kind]
    line: str | None = None  # of the first finding
    settings: dict[str, object] = field(default_factory=dict)


def spf(name: str, text: str, *kinds: Kind, line: str | None = None, **more: list[str]) -> Fault:
    return Fault(f"spf, {name}", {"spf": [txt(D, text)], **more}, list(kinds), line)


def dkim(name: str, text: str, *kinds: Kind) -> Fault:
    return Fault(f"dkim, {name}", {"dkim": [txt(f"een._domainkey.{D}", text)]}, list(kinds))


def dmarc(name: str, text: str, *kinds: Kind, line: str | None = None, **more: list[str]) -> Fault:
    return Fault(f"dmarc, {name}", {"dmarc": [txt(f"_dmarc.{D}", text)], **more}, list(kinds), line)


def many(count: int) -> list[str]:
    return [txt(f"i{each}.{D}", "v=spf1 ip4:192.0.2.1 -all") for each in range(count)]


INCLUDES_11 = " ".join(f"include:i{each}.{D}" for each in range(11))
INCLUDES_10 = " ".join(f"include:i{each}.{D}" for each in range(10))
MAIN = f'{D}. IN TXT "v=spf1 '
REPORTS = f"rua=mailto:dmarc@{D}"

SPF = [
    Fault("spf, missing", {"spf": []}, [Kind.SPF_MISSING], f'{MAIN}ip4:203.0.113.7 ~all"'),
    Fault("spf, several", {"spf": [txt(D, "v=spf1 ip4:203.0.113.7 ~all"), txt(D, "v=spf1 mx -all")]}, [Kind.SPF_SEVERAL], f'{MAIN}ip4:203.0.113.7 mx -all"'),
    spf("unknown mechanism", "v=spf1 ip4:203.0.113.7 ipv4:192.0.2.1 -all", Kind.SPF_SYNTAX, line=f'{MAIN}ip4:203.0.113.7 -all"'),
    spf("bad address", "v=spf1 ip4:203.0.113.777 -all", Kind.SPF_SYNTAX),
    spf("IPv6 as ip4", "v=spf1 ip4:2001:db8::7 -all", Kind.SPF_SYNTAX),
    spf("include without a name", "v=spf1 include: -all", Kind.SPF_SYNTAX),
    spf("a space after the colon", "v=spf1 include: spf.meedoen.example -all", Kind.SPF_SYNTAX),
    spf("bits beyond the address", "v=spf1 a/33 -all", Kind.SPF_SYNTAX),
    spf("all with a name", "v=spf1 ip4:203.0.113.7 all:meedoen.example", Kind.SPF_SYNTAX),
    spf("redirect to no name", "v=spf1 redirect=", Kind.SPF_SYNTAX),
    spf("almost the version", "v=spf1; ip4:203.0.113.7 -all", Kind.SPF_SYNTAX),
    spf("quotes within", '"v=spf1 ip4:203.0.113.7 -all"', Kind.SPF_SYNTAX),
    spf("eleven lookups", f"v=spf1 ip4:203.0.113.7 {INCLUDES_11} -all", Kind.SPF_LOOKUPS, more=many(11)),
    spf("ten lookups are fine", f"v=spf1 ip4:203.0.113.7 {INCLUDES_10} -all", more=many(10)),
    spf("leads to itself", f"v=spf1 ip4:203.0.113.7 include:{D} -all", Kind.SPF_LOOKUPS),
    spf("three names that are gone", "v=spf1 ip4:203.0.113.7 a:w1.example.org a:w2.example.org a:w3.example.org -all", Kind.SPF_VOID),
    spf("include of nothing", "v=spf1 ip4:203.0.113.7 include:weg.example -all", Kind.SPF_INCLUDE),
    spf("include of a mistake", f"v=spf1 include:i.{D} ip4:203.0.113.7 -all", Kind.SPF_INCLUDE, more=[txt(f"i.{D}", "v=spf1 ip9:1 -all")]),
    spf("not us", "v=spf1 ip4:192.0.2.0/24 -all", Kind.SPF_NOT_US, line=f'{MAIN}ip4:192.0.2.0/24 ip4:203.0.113.7 -all"'),
    spf("us in a half-hearted way", "v=spf1 ~ip4:203.0.113.7 -all", Kind.SPF_NOT_US),
    spf("us behind all", "v=spf1 -all ip4:203.0.113.7", Kind.SPF_NOT_US),
    spf("everybody", "v=spf1 mx +all", Kind.SPF_ALL, line=f'{MAIN}mx ~all"'),
    spf("everybody, without the plus", "v=spf1 all", Kind.SPF_ALL),
    spf("no end", "v=spf1 ip4:203.0.113.7", Kind.SPF_OPEN_END, line=f'{MAIN}ip4:203.0.113.7 ~all"'),
    spf("a question mark as end", "v=spf1 ip4:203.0.113.7 ?all", Kind.SPF_OPEN_END, line=f'{MAIN}ip4:203.0.113.7 ~all"'),
    spf("depends on the mail", "v=spf1 exists:%{i}.lijst.example -all", Kind.SPF_UNSURE),
    spf("by the MX", "v=spf1 mx -all"),
    spf("by a name", f"v=spf1 a:mx.{D} -all"),
    spf("by a network", "v=spf1 ip4:203.0.113.0/24 ~all"),
    spf("by a network of a name", f"v=spf1 a:b.{D}/24//64 -all", more=[f"b.{D}. 60 IN A 203.0.113.200"]),
    spf("by an include of a redirect", f"v=spf1 include:i.{D} -all", more=[txt(f"i.{D}", f"v=spf1 redirect=j.{D}"), txt(f"j.{D}", "v=spf1 ip4:203.0.113.7 -all")]),
    spf("in capitals, in two texts, with a part for later", "V=SPF1 IP4:203.0.113.7 exp=uit.meedoen.example later=x -ALL"),
]  # fmt: skip

DKIM = [
    Fault("dkim, missing", {"dkim": []}, [Kind.DKIM_MISSING], f'een._domainkey.{D}. IN TXT "v=DKIM1; k=rsa; p=…"'),
    Fault("dkim, no name told", {}, [Kind.DKIM_UNKNOWN], "", {"DKIM_SELECTORS": []}),
    Fault("dkim, several", {"dkim": [txt(f"een._domainkey.{D}", f"v=DKIM1; p={GOOD_KEY}"), txt(f"een._domainkey.{D}", f"v=DKIM1; p={MIDDLE_KEY}")]}, [Kind.DKIM_SEVERAL]),
    Fault("dkim, something else stands there", {"dkim": [txt(f"een._domainkey.{D}", "sleutel volgt")]}, [Kind.DKIM_SYNTAX]),
    Fault("dkim, one of two names", {}, [Kind.DKIM_MISSING], None, {"DKIM_SELECTORS": ["een", "twee"]}),
    Fault("dkim, behind a CNAME", {"dkim": [f"een._domainkey.{D}. 60 IN CNAME een.sleutels.example.", txt("een.sleutels.example", f"v=DKIM1; p={GOOD_KEY}")]}, []),
    dkim("revoked", "v=DKIM1; k=rsa; p=", Kind.DKIM_REVOKED),
    dkim("512 bits", f"v=DKIM1; p={key(512)}", Kind.DKIM_SHORT),
    dkim("1024 bits", f"v=DKIM1; p={MIDDLE_KEY}", Kind.DKIM_WEAK),
    dkim("cut off", f"v=DKIM1; k=rsa; p={GOOD_KEY[:120]}", Kind.DKIM_SYNTAX),
    dkim("no key but letters", "v=DKIM1; k=rsa; p=!!!", Kind.DKIM_SYNTAX),
    dkim("a key of another kind", f"v=DKIM1; k=rsa; p={EC_KEY}", Kind.DKIM_SYNTAX),
    dkim("unknown kind", f"v=DKIM1; k=dsa; p={GOOD_KEY}", Kind.DKIM_SYNTAX),
    dkim("another version", f"v=DKIM2; p={GOOD_KEY}", Kind.DKIM_SYNTAX),
    dkim("a tag twice", f"v=DKIM1; p={GOOD_KEY}; p=", Kind.DKIM_SYNTAX),
    dkim("not for mail", f"v=DKIM1; s=tlsrpt; p={GOOD_KEY}", Kind.DKIM_SYNTAX),
    dkim("an old digest alone", f"v=DKIM1; h=sha1; p={GOOD_KEY}", Kind.DKIM_SYNTAX),
    dkim("a test", f"v=DKIM1; t=y:s; p={GOOD_KEY}", Kind.DKIM_TESTING),
    dkim("Ed25519", f"v=DKIM1; k=ed25519; p={ED_KEY}"),
    dkim("Ed25519, cut off", f"v=DKIM1; k=ed25519; p={ED_KEY[:20]}", Kind.DKIM_SYNTAX),
    dkim("without a version, with spaces in the key", f"k=rsa; p={GOOD_KEY[:60]} {GOOD_KEY[60:]}"),
]  # fmt: skip

DMARC = [
    Fault("dmarc, missing", {"dmarc": []}, [Kind.DMARC_MISSING], f'_dmarc.{D}. IN TXT "v=DMARC1; p=none; {REPORTS}"'),
    Fault("dmarc, several", {"dmarc": [txt(f"_dmarc.{D}", f"v=DMARC1; p=none; {REPORTS}"), txt(f"_dmarc.{D}", f"v=DMARC1; p=reject; {REPORTS}")]}, [Kind.DMARC_SEVERAL]),
    dmarc("does nothing", f"v=DMARC1; p=none; {REPORTS}", Kind.DMARC_NONE, line=f'_dmarc.{D}. IN TXT "v=DMARC1; p=quarantine; {REPORTS}"'),
    dmarc("no policy", f"v=DMARC1; {REPORTS}", Kind.DMARC_SYNTAX),
    dmarc("unknown policy", f"v=DMARC1; p=refuse; {REPORTS}", Kind.DMARC_SYNTAX),
    dmarc("commas", f"v=DMARC1, p=reject, {REPORTS}", Kind.DMARC_SYNTAX),
    dmarc("version in small letters", f"v=dmarc1; p=reject; {REPORTS}", Kind.DMARC_SYNTAX),
    dmarc("share that is no number", f"v=DMARC1; p=reject; pct=half; {REPORTS}", Kind.DMARC_SYNTAX),
    dmarc("share beyond all", f"v=DMARC1; p=reject; pct=120; {REPORTS}", Kind.DMARC_SYNTAX),
    dmarc("reports to no address", "v=DMARC1; p=reject; rua=dmarc@meedoen.example", Kind.DMARC_SYNTAX),
    dmarc("odd alignment", f"v=DMARC1; p=reject; adkim=x; {REPORTS}", Kind.DMARC_SYNTAX),
    dmarc("a part", f"v=DMARC1; p=reject; pct=20; {REPORTS}", Kind.DMARC_PART, line=f'_dmarc.{D}. IN TXT "v=DMARC1; p=reject; {REPORTS}"'),
    dmarc("no reports", "v=DMARC1; p=reject", Kind.DMARC_NO_REPORTS),
    dmarc("nothing at all", "v=DMARC1; p=none", Kind.DMARC_NONE, Kind.DMARC_NO_REPORTS),
    dmarc("reports that are refused", "v=DMARC1; p=reject; rua=mailto:x@overzicht.example", Kind.DMARC_REPORTS_REFUSED, line=f'{D}._report._dmarc.overzicht.example. IN TXT "v=DMARC1"'),
    dmarc("reports that are welcome elsewhere", "v=DMARC1; p=reject; rua=mailto:x@overzicht.example!10m", more=[txt(f"{D}._report._dmarc.overzicht.example", "v=DMARC1;")]),
    Fault("dmarc, another domain signs", {"dkim": [txt("een._domainkey.post.dienst.example", f"v=DKIM1; p={GOOD_KEY}")]}, [Kind.DMARC_NOT_ALIGNED], None, {"DKIM_SELECTORS": ["een@post.dienst.example"]}),
    Fault("dmarc, a part of the domain signs", {"dkim": [txt(f"een._domainkey.post.{D}", f"v=DKIM1; p={GOOD_KEY}")]}, [], None, {"DKIM_SELECTORS": [f"een@post.{D}"]}),
    Fault("dmarc, a part of the domain signs and that is too little", {"dkim": [txt(f"een._domainkey.post.{D}", f"v=DKIM1; p={GOOD_KEY}")], "dmarc": [txt(f"_dmarc.{D}", f"v=DMARC1; p=reject; adkim=s; {REPORTS}")]}, [Kind.DMARC_NOT_ALIGNED], None, {"DKIM_SELECTORS": [f"een@post.{D}"]}),
    Fault("dmarc, of the domain above", {"spf": [txt(f"post.{D}", "v=spf1 ip4:203.0.113.7 -all")], "dkim": [txt(f"een._domainkey.post.{D}", f"v=DKIM1; p={GOOD_KEY}")]}, [], None, {"DEFAULT_FROM_EMAIL": f"noreply@post.{D}", "IMAP_USER": f"noreply@post.{D}"}),
    Fault("dmarc, of the domain above, nothing for this one", {"spf": [txt(f"post.{D}", "v=spf1 ip4:203.0.113.7 -all")], "dkim": [txt(f"een._domainkey.post.{D}", f"v=DKIM1; p={GOOD_KEY}")], "dmarc": [txt(f"_dmarc.{D}", f"v=DMARC1; p=reject; sp=none; {REPORTS}")]}, [Kind.DMARC_NONE], f'_dmarc.{D}. IN TXT "v=DMARC1; p=reject; sp=quarantine; {REPORTS}"', {"DEFAULT_FROM_EMAIL": f"noreply@post.{D}", "IMAP_USER": f"noreply@post.{D}"}),
]  # fmt: skip

PLACES = [
    Fault("mx, missing", {"mx": []}, [Kind.MX_MISSING], f"{D}. IN MX 10 …"),
    Fault("mx, an address will do", {"mx": [f"{D}. 60 IN A {IP}"]}, []),
    Fault("mx, no mail here", {"mx": [f"{D}. 60 IN MX 0 ."]}, [Kind.MX_NULL]),
    Fault("mx, a name that is gone", {"mx": [f"{D}. 60 IN MX 10 weg.{D}.", f"{D}. 60 IN MX 20 mx.{D}."]}, [Kind.MX_DEAD_NAME]),
    Fault("mx, reports go elsewhere", {}, [Kind.REPORTS_ELSEWHERE], None, {"MAIL_IN_DOMAIN": ""}),
    Fault("ptr, missing", {"ptr": []}, [Kind.PTR_MISSING], "7.113.0.203.in-addr.arpa. IN PTR …"),
    Fault("ptr, of another", {"ptr": ["7.113.0.203.in-addr.arpa. 60 IN PTR klant7.verhuur.example.", "klant7.verhuur.example. 60 IN A 192.0.2.9"]}, [Kind.PTR_MISMATCH], "klant7.verhuur.example. IN A 203.0.113.7"),
    Fault("the address of IPv6 has no name", {}, [Kind.PTR_MISSING], None, {"MAIL_OUT_IPS": [IP, IP6]}),
    Fault("address not told, not in the record", {"more": ["smtp.dienst.example. 60 IN A 198.51.100.1"]}, [Kind.SPF_MAYBE_NOT_US], f'{MAIN}ip4:203.0.113.7 ip6:2001:db8::7 a:smtp.dienst.example -all"', {"MAIL_OUT_IPS": [], "EMAIL_HOST": "smtp.dienst.example"}),
    Fault("address not told, server beside us", {}, [Kind.SENDER_UNKNOWN], None, {"MAIL_OUT_IPS": [], "EMAIL_HOST": "127.0.0.1"}),
    Fault("on a list", {"more": ["7.113.0.203.zwart.example. 60 IN A 127.0.0.2", txt("7.113.0.203.zwart.example", "Zie zwart.example/7")]}, [Kind.LISTED], None, {"BLOCKLISTS": ["zwart.example"]}),
    Fault("a list that answers nobody", {"more": ["7.113.0.203.zwart.example. 60 IN A 127.255.255.254"]}, [Kind.LIST_REFUSES], None, {"BLOCKLISTS": ["zwart.example"]}),
    Fault("on no list", {}, [], None, {"BLOCKLISTS": ["zwart.example"]}),
]  # fmt: skip

FAULTS = [Fault("all is well", {}, []), *SPF, *DKIM, *DMARC, *PLACES]
