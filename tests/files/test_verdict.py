"""Whether a PDF can be read aloud, by files that are made as people make them."""

import io

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.files.documents import cleaned_pdf
from meedoen.files.refusing import NotTaken
from meedoen.files.verdict import Verdict, verdict
from tests.files.samples import pdf, picture

PHOTO = "#let photo = bytes((" + ",".join(map(str, picture("PNG", size=(8, 8), exif=False))) + "))\n"


def made(text: str, **more) -> bytes:
    """A PDF as a program writes it that tags by itself."""
    return cleaned_pdf(
        typst.compile(f"#set document(title: [x])\n{PHOTO}{text}".encode(), format="pdf", **more), "Titel"
    )


def changed(content: bytes, change) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as opened:
        change(opened)
        written = io.BytesIO()
        opened.save(written)
    return written.getvalue()


GOOD = made(
    '#set text(lang: "nl")\n= Kop\nTekst.\n#image(photo, alt: "Een helling")\n#table(columns: 2, table.header[Wie][Wat], [a], [b])'
)
TABLE = '#set text(lang: "nl")\n#table(columns: 2, [a], [b], [c], [d])'


def test_a_document_that_is_tagged_well_can_be_read():
    assert verdict(GOOD) == Verdict(
        pages=1,
        is_tagged=True,
        is_scan=False,
        language="nl",
        headings=1,
        figures=1,
        undescribed=0,
        tables=1,
        headless=0,
    )
    assert verdict(GOOD).is_readable


def test_what_is_missing_is_counted():
    found = verdict(made('Tekst.\n#image(photo)\n#image(photo, alt: "Iets")\n' + TABLE))
    assert (found.figures, found.undescribed, found.tables, found.headless) == (2, 1, 1, 1)
    assert found.is_readable


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"),
        lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
        lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False),
        lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/K"),
    ],
    ids=["no tree", "no mark", "a mark that says no", "an empty tree"],
)
def test_tags_in_name_only_are_none(change):
    found = verdict(changed(GOOD, change))
    assert (found.is_tagged, found.is_readable) == (False, False)


def test_pictures_of_pages_are_a_scan():
    scan = pikepdf.new()
    page = scan.add_blank_page()
    image = pikepdf.Stream(scan, picture(exif=False), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=640,
                           Height=480, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode)  # fmt: skip
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    written = io.BytesIO()
    scan.save(written)
    found = verdict(cleaned_pdf(written.getvalue(), "Titel"))
    assert (found.is_scan, found.is_tagged, found.language) == (True, False, "")


def test_a_long_one_without_headings_is_told():
    pages = "\n#pagebreak()\n".join(["Tekst."] * 4)
    assert verdict(made(pages)).lacks_headings
    assert not verdict(made(f"= Kop\n{pages}")).lacks_headings


def test_own_names_for_kinds_are_followed_and_a_circle_is_not():
    def rename(opened):
        root = opened.Root.StructTreeRoot
        root.RoleMap = pikepdf.Dictionary(
            {
                "/Afbeelding": pikepdf.Name.Plaat,
                "/Plaat": pikepdf.Name.Figure,
                "/Rond": pikepdf.Name.Rond2,
                "/Rond2": pikepdf.Name.Rond,
            }
        )
        own = opened.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/Afbeelding")))
        round = opened.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/Rond")))
        round.K = pikepdf.Array([round, own])
        root.K = pikepdf.Array([round, 5, pikepdf.Name.Niets])

    found = verdict(changed(GOOD, rename))
    assert (found.figures, found.undescribed) == (1, 1)


def test_a_tree_without_anything_in_it_is_no_tree():
    found = verdict(cleaned_pdf(pdf(), "Titel"))
    assert (found.is_tagged, found.is_scan, found.language, found.pages) == (False, False, "nl", 1)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=6))
def test_a_pdf_broken_anywhere_is_refused_or_judged(at, bytes_):
    try:
        cleaned = cleaned_pdf(GOOD[:at] + bytes_ + GOOD[at + len(bytes_) :], "Titel")
    except NotTaken:
        return
    assert isinstance(verdict(cleaned), Verdict)
