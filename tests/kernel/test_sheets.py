"""Rows as CSV and as a workbook, read back by another program; text is never a formula."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.kernel import sheets

HEAD = ("naam", "hoeveel")
# What XML may hold; carriage returns are read back as line ends by each reader of XML.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40)
EVIL = ("=1+1", "+31 6", "-2", "@SUM(A1)", '=HYPERLINK("http://kwaad.example")')


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_workbook(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return sheet, [tuple("" if each is None else each for each in row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("text", EVIL)
def test_text_that_looks_like_a_formula_is_none(text):
    assert read_csv(sheets.as_csv(HEAD, [(text, 1)]))[1] == [f"'{text}", "1"]
    sheet, rows = read_workbook(sheets.as_workbook(HEAD, [(text, 1)], name="Wie komt er"))
    assert rows == [HEAD, (text, 1)]
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_a_formula_is_no_formula_in_a_download(text):
    assert sheets.cell(text) == f"'{text}"


@pytest.mark.parametrize("text", [" =1+1", "\xa0=1", "\u3000＝1", "＋31", "－2", "＠SUM(A1)", "\xa0@x"])
def test_neither_behind_white_space_nor_in_full_width(text):
    assert sheets.cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "evil", ["Jan;=1+1;", "Jan; =1+1", "Jan,+31", "Jan\t@x", "Jan\n-2", ";＝1", "Jan;\t=1", 'Jan;"=1', "\t=1", "\n=1"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_whatever_a_spreadsheet_takes_for_a_separator_no_cell_begins_a_formula(evil, separator):
    """A Dutch spreadsheet splits at semicolons, and one that knows no quotes at each line end as well."""
    content = sheets.as_csv(HEAD, [(evil, 1)]).decode("utf-8-sig")
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        rows = csv.reader(io.StringIO(content), delimiter=separator, quoting=quoting)
        cells = [each for row in rows for each in row]
        assert not [each for each in cells if each.strip(' "\t\r\n\u3000').startswith(tuple("=+-@＝＋－＠"))]


def test_each_cell_of_a_csv_stands_in_quotes():
    assert sheets.as_csv(HEAD, [("Ans", 2)]).decode() == '\ufeff"naam","hoeveel"\r\n"Ans","2"\r\n'


@pytest.mark.parametrize(
    "value",
    ["Lokale Inclusie Agenda", "'s-Hertogenbosch", "a=b", "Jan-Piet", "1;2", "een, twee - drie", "", None, 2023],
)
def test_other_text_stays_as_it_is(value):
    assert sheets.cell(value) == value


def test_what_xml_cannot_hold_is_left_out():
    _sheet, rows = read_workbook(sheets.as_workbook(HEAD, [("a\x00b\x0bc<&>", 2)], name="x"))
    assert rows[1] == ("abc<&>", 2)


@pytest.mark.parametrize(
    ("name", "called"),
    [("Wie komt er?", "Wie komt er"), ("[a]:*/\\'b", "a      b"), ("", "1"), ("é" * 40, "é" * 31), ('"&<', '"&<')],
)
def test_the_sheet_has_a_name_that_spreadsheets_take(name, called):
    assert read_workbook(sheets.as_workbook(HEAD, [], name=name))[0].title == called


def test_the_head_is_bold_and_stays_in_sight():
    sheet, _rows = read_workbook(sheets.as_workbook(HEAD, [("Ans", 1)], name="x"))
    assert sheet.freeze_panes == "A2"
    assert [sheet["A1"].font.b, bool(sheet["A2"].font.b)] == [True, False]


@given(st.lists(st.tuples(TEXT, st.integers(0, 10**6)), max_size=5))
def test_whatever_stands_in_a_cell_is_read_back(rows):
    assert read_workbook(sheets.as_workbook(HEAD, rows, name="x"))[1] == [HEAD, *rows]
    assert read_csv(sheets.as_csv(HEAD, rows)) == [
        list(HEAD),
        *([str(sheets.cell(text)), str(count)] for text, count in rows),
    ]
