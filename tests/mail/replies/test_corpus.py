import sys
from pathlib import Path

from meedoen.mail.replies import read

from .corpus import SHAPES, is_held_out

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "mail.md"
FLOOR = 0.98  # of the part held out, word for word


def figures(title: str, shapes: list) -> tuple[str, float]:
    """How many are read as they were written, and how many of the others nobody would have been asked about."""
    read_as = [(shape, read(shape.raw)) for shape in shapes]
    exact = sum(reply.text == shape.text for shape, reply in read_as)
    silent = sum(reply.text != shape.text and reply.sure for shape, reply in read_as)
    asked = sum(shape.sure and not reply.sure for shape, reply in read_as)
    line = f"{title}: {exact} of {len(shapes)} word for word; {silent} wrong and not asked about; {asked} asked about in vain"
    return line, exact / len(shapes)


def test_the_corpus_is_large_and_each_shape_is_its_own():
    assert len(SHAPES) >= 300
    assert len({shape.name for shape in SHAPES}) == len({shape.raw for shape in SHAPES}) == len(SHAPES)


def test_what_somebody_wrote_is_found_as_often_as_the_document_says():
    held_out = [shape for shape in SHAPES if is_held_out(shape)]
    assert len(SHAPES) / 4 < len(held_out) < len(SHAPES) / 2
    for title, shapes in (("tuned on", [shape for shape in SHAPES if not is_held_out(shape)]), ("held out", held_out)):
        line, exact = figures(title, shapes)
        sys.stdout.write(f"{line}\n")
        assert exact >= FLOOR
        assert line in DOCUMENT.read_text(encoding="utf-8")


def test_what_is_not_clear_is_asked_about():
    assert [shape.name for shape in SHAPES if read(shape.raw).sure and not shape.sure] == []
