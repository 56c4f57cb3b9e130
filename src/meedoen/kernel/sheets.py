"""Rows as a file for a spreadsheet: as CSV, and as a workbook of one sheet. Nothing in them is ever run as a formula."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter

FORMULA = "=+-@＝＋－＠\t\r\n"  # with which a spreadsheet takes text for one, also in full width
SEPARATORS = ",;\t\r\n"  # where a cell begins; which of them does, differs by the language of the spreadsheet
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_SHEET_NAME = 31  # characters, of which some may not stand in it
WIDTH = 22  # characters of a column: a name is mostly read whole

Cell = str | int
Rows = Iterable[Sequence[Cell]]

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEGINS_A_FORMULA = re.compile(
    rf"\A(?=\s*[{re.escape(FORMULA)}])|(?<=[{re.escape(SEPARATORS)}])(?=[\s\"]*[=+\-@＝＋－＠])"
)
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
# Texts are texts: no formula, no link, no number; and what was made when is in no file (the same rows give the same file).
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)


def cell(value: object) -> object:
    """What may stand in a cell of a CSV: text that looks like a formula gets a mark before it (CWE-1236).

    Also behind what another spreadsheet takes for a separator: a Dutch one begins a cell at each ``;``.
    """
    return _BEGINS_A_FORMULA.sub("'", value) if isinstance(value, str) else value


def as_csv(head: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with a mark at the start, so that spreadsheets read the accents; commas between, as in our other downloads."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def as_workbook(head: Sequence[str], rows: Rows, *, name: str) -> bytes:
    """A workbook (XLSX) of one sheet, whose first row stays in sight and is bold."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(_NOT_IN_A_NAME.sub(" ", _clean(name))[:MAX_SHEET_NAME].strip() or "1")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(head) - 1, WIDTH)
        sheet.write_row(0, 0, head, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, _clean(value))
    return written.getvalue()


def _clean(text: str) -> str:
    """Without the characters that no XML may hold."""
    return _NOT_IN_XML.sub("", text)
