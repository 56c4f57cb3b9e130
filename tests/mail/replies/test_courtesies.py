"""What in a mail only greets or closes."""

import pytest

from meedoen.mail.replies.courtesies import without_formalities


@pytest.mark.parametrize(
    "line", ["Hallo", "Beste mensen van Meedoen,", "Dag Carla", "Groetjes Ans", "Met vriendelijke groet,", "Alvast bedankt!",
             "Dank je wel.", "Ans", "ANS JANSEN", "> Hoe gaat het?", ""]
)  # fmt: skip
def test_what_only_greets_or_closes_is_no_words(line):
    assert without_formalities(f"{line}\nJa", "Ans Jansen") == "Ja"


@pytest.mark.parametrize(
    "line", ["Dag, ik ben ziek!", "Bedankt, bel me niet", "Hallo, kunnen jullie bellen?", "Ans komt ook", "Bram"]
)
def test_what_says_more_than_that_stays(line):
    assert without_formalities(f"{line}\nJa", "Ans Jansen") == f"{line}\nJa"


def test_it_can_be_told_several_names_of_who_wrote_it():
    assert without_formalities("Ja\nAns\nBakker", "Ans Jansen", "Bakker") == "Ja"
