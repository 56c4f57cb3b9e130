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
        (HEAD + "GM００１４,A,A,a,Drenthe,PV22,1,1,6,53,\n", "line 2: 'GM００１４' is no code such as GM0014"),
        (HEAD + "GM0014,A,A,a,Drenthe,PV22,9000000,1,6,53,\n", "line 2: '9000000' is no number of residents"),
        (HEAD + "GM0014,A,A,a,Drenthe,PV22,1,99999,6,53,\n", "line 2: GM0014: '99999' is no area in km²"),
        (
            HEAD + f"GM0014,{'A' * 81},A,a,Drenthe,PV22,1,1,6,53,\n",
            "line 2: GM0014: 'AAAAAAAAAAAAAAAAAAAA…' is longer than 80 characters",
        ),
        (
            HEAD + "GM0014,A,A,a,D,PV22,1,1,6,53,\nGM0015,B,B,b,E,PV22,1,1,6,53,\n",
            "province PV22 stands in the file with different names",
        ),
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


def test_the_newest_count_of_residents_is_taken():
    text = HEAD.replace("population_2027", "population_2027,population_2029,population_2028")
    (row,) = read_municipalities(text + "GM0014,Groningen,,,Groningen,PV20,100,300,200,1,6.58,53.21,\n")
    assert (row.population, row.population_year) == (300, 2029)


SUCCESSIONS = "effective_date,old_code,old_name,new_code,new_name,kind,status,note,source\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("old_code\nGM0001\n", "the file has no column new_code"),
        (SUCCESSIONS + "2027-01-01,GM1,A,GM0002,B,merged,done,,\n", "line 2: 'GM1' is no code such as GM0014"),
        (SUCCESSIONS + "2027-13-01,GM0001,A,GM0002,B,merged,done,,\n", "line 2: month must be in 1..12"),
        (
            SUCCESSIONS + "2027-01-01,GM0001,A,GM0002,B,eaten,done,,\n",
            "line 2: 'eaten' and 'done' are no kind and status",
        ),
        (
            SUCCESSIONS + "2027-01-01,GM0001,,GM0002,B,merged,done,,\n",
            "line 2: GM0001 has no name, or one longer than 80 characters",
        ),
        (
            SUCCESSIONS + f"2027-01-01,GM0001,A,GM0002,B,merged,done,{'n' * 201},\n",
            "line 2: GM0001: the note is longer than 200 characters",
        ),
    ],
)
def test_wrong_successions_are_refused_with_their_reason(text, problem):
    with pytest.raises(RegisterProblem) as refusal:
        read_successions(text)
    assert refusal.value.problems == [problem]


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
