from meedoen.mail.replies import read

from .corpus import SHAPES, is_held_out

TUNED = [shape for shape in SHAPES if not is_held_out(shape)]


def test_the_corpus_is_large_and_each_shape_is_its_own():
    assert len(SHAPES) >= 300
    assert len({shape.name for shape in SHAPES}) == len({shape.raw for shape in SHAPES}) == len(SHAPES)


def test_what_somebody_wrote_is_found_in_the_shapes_that_were_tuned_on():
    wrong = [shape.name for shape in TUNED if read(shape.raw).text != shape.text]
    assert wrong == []
