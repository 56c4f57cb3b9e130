"""What in a mail only greets or closes."""

import pytest

from meedoen.mail.replies.courtesies import without_formalities, without_name


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


@pytest.mark.parametrize("name", ["Truus Jansen", "Anna-Marie de Vries", "Piet van der Berg"])
def test_a_name_below_a_mail_is_left_out(name):
    assert without_name(f"Stop\n\n{name}\n") == "Stop"
    assert without_name(name) == ""


@pytest.mark.parametrize(
    "line", ["Bram", "Niet Doen", "Bel Mij", "truus jansen", "Truus Jansen komt ook.", "Graag Bellen", "Zaal 2"]
)
def test_any_other_last_line_stays(line):
    assert without_name(f"Stop\n{line}") == f"Stop\n{line}"
