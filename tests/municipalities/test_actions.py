"""Loading the register, bringing it to a new year, and carrying out a merger."""

import datetime

import pytest

from meedoen.municipalities import register as files
from meedoen.municipalities.actions import (
    CannotMerge,
    activate_merger,
    import_register,
    load_register,
    successor,
)
from meedoen.municipalities.models import Municipality, MunicipalityName, OldSlug, RegisterImport, Signature, Succession
from meedoen.municipalities.register import RegisterProblem, read_municipalities, read_successions
from meedoen.pages.models import versions

pytestmark = pytest.mark.usefixtures("register")
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
NEW_YEAR = datetime.datetime(2027, 1, 1, 9, 0, tzinfo=datetime.UTC)


def rows_of(change=lambda text: text):
    return read_municipalities(change(files.MUNICIPALITIES.read_text(encoding="utf-8")))


def bring(rows, successions="", *, year=2027, now=NEW_YEAR):
    import_register(rows, read_successions(successions), year=year, mark="test", now=now)


def merger(*lines):
    return "effective_date,old_code,old_name,new_code,new_name,kind,status,note,source\n" + "\n".join(lines)


def test_loading_twice_is_loading_once(django_assert_max_num_queries):
    counts = [
        model.objects.count() for model in (Municipality, Succession, Signature, MunicipalityName, RegisterImport)
    ]
    with django_assert_max_num_queries(1):
        assert load_register(now=NOW) is False
    assert counts == [394, 57, 41, MunicipalityName.objects.count(), 1]
    assert Municipality.objects.current().count() == 342


@pytest.mark.slow
def test_a_newer_year_is_not_undone_by_the_file_that_ships():
    bring(rows_of(lambda text: text.replace("GM0014,Groningen,Groningen,groningen", "GM0014,Grunn,Grunn,grunn")))
    load_register(now=NEW_YEAR)
    assert Municipality.objects.get(code="GM0014").name == "Grunn"


@pytest.mark.slow
def test_a_rename_keeps_the_old_address_and_the_old_name():
    before = versions(("municipalities",))
    bring(rows_of(lambda text: text.replace("GM0014,Groningen,Groningen,groningen", "GM0014,Grunn,Grunn,grunn")))
    municipality = Municipality.objects.get(code="GM0014")
    assert (municipality.name, municipality.slug) == ("Grunn", "grunn")
    assert OldSlug.objects.get(slug="groningen").municipality == municipality
    assert set(municipality.names.values_list("name", "kind")) == {("Grunn", "current"), ("Groningen", "earlier")}
    assert versions(("municipalities",)) != before
    bring(rows_of(lambda text: text.replace("GM0014,Groningen,Groningen,groningen", "GM0014,Gro,Gro,gro")), year=2028)
    assert set(municipality.names.values_list("name", "kind")) == {
        ("Gro", "current"),
        ("Grunn", "earlier"),
        ("Groningen", "earlier"),
    }
    assert set(OldSlug.objects.values_list("slug", flat=True)) == {"groningen", "grunn"}


def test_a_municipality_may_not_vanish_without_a_word():
    rows = [row for row in rows_of() if row.code != "GM0014"]
    with pytest.raises(RegisterProblem, match="GM0014 Groningen is not in the file, and no merger says where it went"):
        bring(rows)
    assert Municipality.objects.get(code="GM0014").is_current
    assert RegisterImport.objects.count() == 1


@pytest.mark.slow
def test_a_merger_ends_one_and_leads_on():
    rows = [row for row in rows_of() if row.code != "GM1696"]
    bring(rows, merger("2027-01-01,GM1696,Wijdemeren,GM0402,Hilversum,absorbed,done,,https://voorbeeld.example/"))
    old = Municipality.objects.get(code="GM1696")
    assert (old.is_current, old.ended_on) == (False, datetime.date(2027, 1, 1))
    assert successor(old) == Municipality.objects.get(code="GM0402")


def test_a_merger_into_nowhere_is_refused():
    with pytest.raises(RegisterProblem, match="nowhere in the register"):
        bring(rows_of(), merger("2027-01-01,GM1696,Wijdemeren,GM9999,Nergens,absorbed,done,,"))


@pytest.mark.parametrize(
    ("gone", "mergers", "year", "problem"),
    [
        (
            [],
            ["2027-01-01,GM0193,Zwolle,GM0160,Hardenberg,absorbed,done,,"],
            2027,
            "GM0193 Zwolle is in the file, and a merger says that it ended on 2027-01-01",
        ),
        (
            ["GM0193", "GM0160"],
            [
                "2027-01-01,GM0193,Zwolle,GM0160,Hardenberg,absorbed,done,,",
                "2027-01-01,GM0160,Hardenberg,GM0193,Zwolle,absorbed,done,,",
            ],
            2027,
            "the mergers go round in a circle",
        ),
        ([], [], 2025, "the register is that of 2026; a file of 2025 is older"),
    ],
)
def test_a_file_that_contradicts_itself_or_is_older_changes_nothing(gone, mergers, year, problem):
    before = list(Municipality.objects.values()), list(Succession.objects.values())
    with pytest.raises(RegisterProblem, match=problem):
        bring([row for row in rows_of() if row.code not in gone], merger(*mergers), year=year)
    assert (list(Municipality.objects.values()), list(Succession.objects.values())) == before
    assert RegisterImport.objects.count() == 1


@pytest.mark.slow
def test_a_name_with_a_new_code_is_a_rename_and_leads_on(client):
    text = files.MUNICIPALITIES.read_text(encoding="utf-8")
    text = text.replace("GM0193,Zwolle,Zwolle,zwolle", "GM2001,Hanzestad,Hanzestad,hanzestad")
    bring(read_municipalities(text), merger("2027-01-01,GM0193,Zwolle,GM2001,Hanzestad,renamed,done,,"))
    assert client.get("/gemeenten/zwolle/")["Location"] == "/gemeenten/hanzestad/"
    page = client.get("/gemeenten/hanzestad/")
    assert [each.text for each in page.context["history"]] == ["Tot 1 januari 2027 heette deze gemeente Zwolle."]
    (match,) = client.get("/gemeenten/", {"naam": "zwolle"}).context["former"]
    assert (match.name, match.is_renamed, [each.name for each in match.targets]) == ("Zwolle", True, ["Hanzestad"])


@pytest.mark.slow
def test_two_that_swap_their_names_swap_their_addresses():
    text = files.MUNICIPALITIES.read_text(encoding="utf-8")
    text = text.replace("GM0193,Zwolle,Zwolle,zwolle", "GM0193,Kampen,Kampen,kampen")
    text = text.replace("GM0166,Kampen,Kampen,kampen", "GM0166,Zwolle,Zwolle,zwolle")
    bring(read_municipalities(text))
    swapped = Municipality.objects.filter(code__in=["GM0166", "GM0193"])
    assert dict(swapped.values_list("code", "slug")) == {"GM0166": "zwolle", "GM0193": "kampen"}
    assert OldSlug.objects.filter(slug__in=["zwolle", "kampen"]).count() == 0


def test_a_new_municipality_takes_its_name_from_a_former_one():
    text = files.MUNICIPALITIES.read_text(encoding="utf-8")
    text += "GM2000,Geldermalsen,Geldermalsen,geldermalsen,Gelderland,PV25,1000,10,5.3,51.9,\n"
    bring(read_municipalities(text))
    assert Municipality.objects.get(slug="geldermalsen").code == "GM2000"
    assert Municipality.objects.get(code="GM0236").slug == "geldermalsen-gm0236"


def test_the_planned_merger_waits_for_its_day_and_for_a_person():
    assert Municipality.objects.get(code="GM1696").is_current
    with pytest.raises(CannotMerge, match="Wijdemeren is to end on 1 januari 2027; it is not that day yet"):
        activate_merger("GM1696", now=NOW)
    load_register(now=NEW_YEAR)  # time alone changes nothing
    assert Municipality.objects.current().count() == 342


def test_a_person_carries_the_planned_merger_out():
    before = Municipality.objects.get(code="GM0402")
    joined = Municipality.objects.get(code="GM1696")
    new = activate_merger("GM1696", now=NEW_YEAR)
    assert new.code == "GM0402"
    assert new.population == before.population + joined.population
    assert new.land_area_km2 == before.land_area_km2 + joined.land_area_km2
    assert Municipality.objects.current().count() == 341
    assert successor(Municipality.objects.get(code="GM1696")) == new
    with pytest.raises(CannotMerge, match="No merger is planned"):
        activate_merger("GM1696", now=NEW_YEAR)


def test_a_plan_for_one_that_is_gone_itself_is_refused():
    Municipality.objects.filter(code="GM0402").update(is_current=False, ended_on=datetime.date(2026, 12, 31))
    with pytest.raises(CannotMerge, match="Hilversum ended on 31 december 2026"):
        activate_merger("GM1696", now=NEW_YEAR)


@pytest.mark.slow
def test_what_a_person_carried_out_survives_the_same_file_again():
    merged = activate_merger("GM1696", now=NEW_YEAR)
    bring(rows_of(), files.SUCCESSIONS.read_text(encoding="utf-8"))
    assert Municipality.objects.get(code="GM1696").is_current is False
    assert Succession.objects.get(old__code="GM1696").status == "done"
    again = Municipality.objects.get(code="GM0402")
    assert (again.population, again.land_area_km2) == (merged.population, merged.land_area_km2)
    assert sum(Municipality.objects.current().values_list("population", flat=True)) == 17_475_415


@pytest.mark.slow
def test_a_place_in_the_manifest_goes_along_with_a_merger():
    front_runner = Municipality.objects.get(code="GM1960")
    assert [each.name_then for each in front_runner.signatures.all()] == ["Geldermalsen"]
    land_van_cuijk = Municipality.objects.get(code="GM1982")
    assert [each.kind for each in land_van_cuijk.signatures.all()] == ["intended"]
    rows = [row for row in rows_of() if row.code != "GM0193"]
    bring(rows, merger("2027-01-01,GM0193,Zwolle,GM0183,Tubbergen,absorbed,done,,"))
    names = Municipality.objects.get(code="GM0183").signatures.values_list("name_then", "kind")
    assert set(names) == {("Tubbergen", "later"), ("Zwolle", "front_runner")}
    assert not Signature.objects.filter(municipality__is_current=False).exists()


@pytest.mark.parametrize(
    ("code", "expected"),
    [("GM0236", "GM1960"), ("GM0788", None), ("GM0053", None), ("GM0014", None), ("GM0457", "GM0363")],
)
def test_a_successor_is_found_only_for_who_went_on_as_a_whole(code, expected):
    found = successor(Municipality.objects.get(code=code))
    assert (found.code if found else None) == expected
