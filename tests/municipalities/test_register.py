"""Reading the files: what is right comes out, what is wrong is told all at once."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.municipalities import register
from meedoen.municipalities.register import RegisterProblem, read_municipalities, read_successions

HEAD = "code,name,official_name,slug,province,province_code,population_2027,land_area_km2,lon,lat,aliases\n"


def test_our_own_file_is_whole():
    rows = read_municipalities(register.MUNICIPALITIES.read_text(encoding="utf-8"))
    assert len(rows) == 342
    assert sum(row.population for row in rows) == 17_475_415  # CBS's own total
    assert {row.population_year for row in rows} == {2021}
    assert len({row.province_code for row in rows}) == 12


def test_a_row_is_read_with_its_year():
    (row,) = read_municipalities(
        HEAD + "GM0014,Groningen,Groningen,,Groningen,PV20,240000,185.6,6.58,53.21,Stad|Grunn\n"
    )
    assert (row.slug, row.population, row.population_year, row.aliases) == (
        "groningen",
        240000,
        2027,
        ("Stad", "Grunn"),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the file has no rows"),
        ("naam\nx\n", "the file has no column code"),
        (HEAD + "GM14,A,A,a,Drenthe,PV22,1,1,6,53,\n", "line 2: 'GM14' is no code such as GM0014"),
        (HEAD + "GM0014,,A,a,Drenthe,PV22,1,1,6,53,\n", "line 2: GM0014 has no name"),
        (HEAD + "GM0014,A,A,a,Drenthe,22,1,1,6,53,\n", "line 2: GM0014 has no province"),
        (HEAD + "GM0014,A,A,a,Drenthe,PV22,veel,1,6,53,\n", "line 2: 'veel' is no number of residents"),
        (HEAD + "GM0014,A,A,a,Drenthe,PV22,1,1,60,53,\n", "line 2: GM0014: 60 lies outside the Netherlands"),
        (HEAD + "GM0014,A,A,Á b,Drenthe,PV22,1,1,6,53,\n", "line 2: GM0014: 'Á b' is not fit for an address"),
        (
            HEAD + "GM0014,A,A,a,D,PV22,1,1,6,53,\nGM0014,B,B,b,D,PV22,1,1,6,53,\n",
            "code GM0014 stands in the file 2 times",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(text, problem):
    with pytest.raises(RegisterProblem) as refusal:
        read_municipalities(text)
    assert problem in refusal.value.problems


def test_all_problems_are_told_at_once():
    with pytest.raises(RegisterProblem) as refusal:
        read_municipalities(HEAD + "x,A,A,a,D,PV22,1,1,6,53,\ny,B,B,b,D,PV22,1,1,6,53,\n")
    assert len(refusal.value.problems) == 2


def test_who_keeps_its_code_is_no_succession():
    rows = read_successions(register.SUCCESSIONS.read_text(encoding="utf-8"))
    assert len(rows) == 57
    assert [row for row in rows if row.old_code == row.new_code] == []
    assert [row.old_name for row in rows if row.status == "planned"] == ["Wijdemeren"]


@given(st.text(max_size=300))
def test_any_text_is_rows_or_a_told_refusal(text):
    for read in (read_municipalities, read_successions):
        with contextlib.suppress(RegisterProblem):
            assert isinstance(read(text), list)


def test_each_fact_of_the_manifest_has_its_source():
    facts = register.manifest()
    for row in [*facts["signatures"], *facts["timeline"], *facts["growth"]]:
        assert row["sources"]
        assert all(source.startswith("http") for source in row["sources"])
    kinds = [row["kind"] for row in facts["signatures"]]
    assert (kinds.count("front_runner"), kinds.count("later")) == (25, 12)
