"""The checks before publishing: a corpus of texts with what is found in each, and the same in words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.language.checking import Draft, Finding, Kind, addresses_in, check, sentence
from meedoen.language.level import Level
from meedoen.language.plain import judge

CORPUS = Path(__file__).parent / "data" / "checking.txt"


def corpus():
    for part in CORPUS.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, rest = part.partition("\n")
        lines = rest.splitlines()
        body = "\n".join(line for line in lines if not line.startswith("=> "))
        yield pytest.param(body.strip("\n"), [line[3:].rstrip() for line in lines if line.startswith("=> ")], id=name)


def told(finding):
    return f"{'!' if finding.blocks else '-'} {finding.kind} | {finding.line} | {finding.where} | {finding.instead}".rstrip()


@pytest.mark.parametrize(("body", "expected"), list(corpus()))
def test_the_corpus_is_found_as_written(body, expected):
    found = check(Draft("Titel", "Samenvatting.", body))
    assert [told(each) for each in (*found.gaps, *found.advice)] == expected
    assert found.may_publish is not any(line.startswith("!") for line in expected)


def test_every_kind_of_finding_is_somewhere_in_the_tests():
    text = CORPUS.read_text(encoding="utf-8") + Path(__file__).read_text(encoding="utf-8")
    assert [kind for kind in Kind if f"{kind} |" not in text and f"Kind.{kind.name}" not in text] == []


def test_title_and_summary_have_to_be_there():
    found = check(Draft(" ", "", "Tekst."))
    assert found.gaps == (Finding(Kind.TITLE_MISSING), Finding(Kind.SUMMARY_MISSING))


HARD = (
    "De gemeente onderzoekt momenteel verschillende mogelijkheden om de toegankelijkheid van voorzieningen te "
    "verbeteren. Daarbij worden belanghebbenden nadrukkelijk betrokken bij de besluitvorming. "
) * 6
EASY = "Wij maken een plan. Dat doen we samen met jou. Kom je ook? Het is op een dag in de zomer. " * 8


def test_a_text_that_is_harder_than_its_goal_gets_advice_and_no_refusal():
    found = check(Draft("Titel", "Samenvatting.", HARD))
    assert found.may_publish
    (level,) = [each for each in found.advice if each.kind is Kind.LEVEL]
    assert (level.where, level.instead) == (found.marks.level.words, "B1")


def test_an_easy_version_has_an_easier_goal_and_needs_no_other():
    text = (
        "De speeltuin is vernieuwd met hulp van de buurt. Kinderen konden vertellen wat zij daar graag wilden doen. "
        * 8
    )
    kinds = [each.kind for each in check(Draft("Titel", "Zin.", text, goal=Level.A2)).advice]
    assert (Kind.LEVEL in kinds, Kind.EASY_MISSING in kinds) == (True, False)
    assert check(Draft("Titel", "Zin.", EASY, goal=Level.A2)).advice == ()


@pytest.mark.parametrize(
    ("body", "has_easy", "misses"), [(EASY, False, True), (EASY, True, False), ("Kort.", False, False)]
)
def test_a_long_text_wants_an_easy_version(body, has_easy, misses):
    found = check(Draft("Titel", "Zin.", body, has_easy=has_easy)).advice
    assert (Kind.EASY_MISSING in [each.kind for each in found]) is misses


def test_a_long_stretch_wants_a_heading_once():
    stretch = "\n\n".join(["Dit is een zin van zeven woorden. " * 10] * 8)
    found = check(Draft("Titel", "Zin.", f"## Kop\n\n{stretch}\n\n## Kop\n\n{stretch[:500]}")).advice
    assert [(each.kind, each.line) for each in found] == [(Kind.FEW_HEADINGS, 13)]


def test_a_word_that_is_explained_beside_the_text_is_not_called_rare():
    text = "Op de stoep ligt een voelspoortje."
    assert [each.kind for each in check(Draft("T", "S", text)).advice] == [Kind.RARE_WORD]
    assert check(Draft("T", "S", text, explained=("voelspoortje",))).advice == ()


def test_of_much_that_is_hard_a_few_things_are_said():
    body = "\n\n".join(f"Wij zagen ergens een {letter * 3}ploemknakker." for letter in "bcdfghjklm")
    assert [each.kind for each in check(Draft("T", "S", body)).advice] == [Kind.RARE_WORD] * 5


def test_the_addresses_of_links_come_with_their_line():
    assert addresses_in("Zie [het plan](/a/).\n\n- <https://b.nl>") == [
        ("/a/", "het plan", 1),
        ("https://b.nl", "https://b.nl", 3),
    ]


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_is_plain_and_keeps_what_is_quoted(kind):
    said = sentence(Finding(kind, "100% <b>", 1, "B1"))
    assert ("100% <b>" in said) or ("where" not in sentence_source(kind))
    assert judge(said).is_plain


def sentence_source(kind):
    """The sentence with names for its places."""
    return sentence(Finding(kind, "where", 1, "instead"))


@given(st.text(alphabet="ab #*[]()|!-\n>`<:/.1\\&_", max_size=200))
def test_any_text_can_be_checked_and_gets_the_same_findings(body):
    draft = Draft("T", "S", body)
    assert check(draft) == check(draft)
