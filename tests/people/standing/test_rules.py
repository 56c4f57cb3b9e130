"""What proves for whom somebody works, and who decides."""

from dataclasses import dataclass

import pytest

from meedoen.people.standing import rules


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("voorbeeldstad.nl", "voorbeeldstad.nl"),
        (" @Voorbeeldstad.NL. ", "voorbeeldstad.nl"),
        ("post.voorbeeldstad.nl", "post.voorbeeldstad.nl"),
        ("súdwest.nl", "xn--sdwest-pya.nl"),
        ("nl", ""),
        ("", ""),
        ("een twee.nl", ""),
        ("voorbeeldstad..nl", ""),
        ("127.0.0.1", ""),
        ("-a.nl", ""),
        ("a_b.nl", ""),
        ("a" * 64 + ".nl", ""),
        ("bram@voorbeeldstad.nl", ""),
    ],
)
def test_a_domain_is_kept_in_one_form(text, domain):
    assert rules.normalised_domain(text) == domain


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("bram@voorbeeldstad.nl", "voorbeeldstad.nl"),
        ('"a@voorbeeldstad.nl"@boef.example', "boef.example"),
        ("bram", ""),
        ("", ""),
    ],
)
def test_the_domain_of_an_address_stands_behind_its_last_sign(email, domain):
    assert rules.domain_of(email) == domain


@pytest.mark.parametrize(
    ("domain", "nothing"),
    [
        ("gmail.com", True),
        ("ziggo.nl", True),
        ("post.ziggo.nl", True),
        ("co.uk", True),
        ("voorbeeldstad.nl", False),
        ("nietgmail.com", False),
        ("gmail.com.voorbeeldstad.nl", False),
    ],
)
def test_where_anybody_gets_an_address_proves_nothing(domain, nothing):
    assert rules.proves_nothing(domain) is nothing


def test_a_domain_lies_in_its_endings_and_not_in_what_looks_like_them():
    assert rules.endings("a.post.stad.nl") == ["a.post.stad.nl", "post.stad.nl", "stad.nl"]
    assert "stad.nl" not in rules.endings("andere-stad.nl")
    assert "stad.nl" not in rules.endings("stad.nl.boef.com")


@dataclass(frozen=True)
class Somebody:
    pk: int
    is_team: bool = False


@dataclass(frozen=True)
class Mandate:
    person_id: int = 1
    municipality_id: int = 10
    given_by_id: int | None = 3
    state: str = "given"


@pytest.mark.parametrize(
    ("who", "contact_of", "decides", "ends"),
    [
        (Somebody(1), set(), False, True),  # who speaks
        (Somebody(1), {10}, False, True),  # a contact about themselves
        (Somebody(2), {10}, True, True),
        (Somebody(2), {11}, False, False),  # of another municipality
        (Somebody(3), set(), False, True),  # who gave it, and is a contact no more
        (Somebody(4), set(), False, False),
        (Somebody(5, is_team=True), set(), True, True),
        (Somebody(1, is_team=True), set(), False, True),
    ],
)
def test_who_decides_and_who_may_end_it(who, contact_of, decides, ends):
    assert rules.may_decide(who, Mandate(), contact_of=contact_of) is decides
    assert rules.may_withdraw(who, Mandate(), contact_of=contact_of) is ends
