"""The two commands for who keeps the register: a new year's file, and a merger that became true."""

import pytest
from django.core.management import CommandError, call_command

from meedoen.municipalities import register as files
from meedoen.municipalities.models import Municipality, RegisterImport

pytestmark = pytest.mark.usefixtures("register")


@pytest.mark.slow
def test_a_new_years_file_is_loaded(tmp_path, capsys):
    rows = files.MUNICIPALITIES.read_text(encoding="utf-8").replace("GM0014,Groningen,", "GM0014,Grunn,")
    file = tmp_path / "2027.csv"
    file.write_text(rows, encoding="utf-8")
    call_command("import_municipalities", str(file), year=2027)
    assert capsys.readouterr().out == "342 municipalities of 2027 are loaded.\n"
    assert Municipality.objects.get(code="GM0014").name == "Grunn"


def test_a_bad_file_is_refused_with_each_reason_and_nothing_is_loaded(tmp_path):
    file = tmp_path / "2027.csv"
    file.write_text("code,name,province,province_code\nx,A,Drenthe,PV22\nGM0001,,Drenthe,PV22\n", encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("import_municipalities", str(file), year=2027)
    assert str(refusal.value).splitlines() == [
        "nothing was loaded:",
        "- line 2: 'x' is no code such as GM0014",
        "- line 3: GM0001 has no name",
    ]
    assert RegisterImport.objects.count() == 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_read_is_told(tmp_path, content):
    file = tmp_path / "2027.csv"
    if content:
        file.write_bytes(content)
    with pytest.raises(CommandError, match="cannot read the file"):
        call_command("import_municipalities", str(file), year=2027)


def test_a_merger_before_its_day_is_refused():
    with pytest.raises(CommandError, match="No merger is planned for GM0014"):
        call_command("activate_merger", "GM0014")
