"""Rows as a file for a spreadsheet: as CSV, and as a workbook of one sheet. Nothing in them is ever run as a formula.

A workbook is written by hand: a zip of six small files (ECMA-376), in which each text says that it is one. A package that
styles and draws would be a dependency for nothing.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet takes text for one
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_SHEET_NAME = 31  # characters, of which some may not stand in it

Cell = str | int
Rows = Iterable[Sequence[Cell]]

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_WHEN = (1980, 1, 1, 0, 0, 0)  # in the archive: the same rows give the same file
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font>'
    '<font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}


def cell(value: object) -> object:
    """What may stand in a cell of a CSV: text that looks like a formula gets a mark before it (CWE-1236)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def as_csv(head: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with a mark at the start, so that spreadsheets read the accents."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def as_workbook(head: Sequence[str], rows: Rows, *, name: str) -> bytes:
    """A workbook (XLSX) of one sheet, whose first row stays in sight and is bold."""
    lines = [_row(head, style=' s="1"'), *(_row(row) for row in rows)]
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(head)}" width="22" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )
    called = quoteattr(_NOT_IN_A_NAME.sub(" ", _clean(name))[:MAX_SHEET_NAME].strip() or "1")
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name={called} sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in {**_PARTS, "xl/workbook.xml": workbook, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(zipfile.ZipInfo(part, _WHEN), _HEAD + content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _row(values: Sequence[Cell], style: str = "") -> str:
    return f"<row>{''.join(_cell(value, style) for value in values)}</row>"


def _cell(value: Cell, style: str) -> str:
    if isinstance(value, int):
        return f"<c{style}><v>{value}</v></c>"
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{escape(_clean(value))}</t></is></c>'


def _clean(text: str) -> str:
    """Without the characters that no XML may hold."""
    return _NOT_IN_XML.sub("", text)
