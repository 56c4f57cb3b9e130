"""Shapes that are each of a kind: the register, and the ways to put one in it."""

from .mail import ADDRESS, ORIGINAL, Leaf, Said, Shape, letter, quoted, text
from .said import ANS

QUOTE = text(["Op ma 3 nov 2025 om 10:12 schreef Meedoen <" + ADDRESS + ">:", "", *quoted(ORIGINAL)])
HEADER = text(
    [
        "Van: Meedoen <" + ADDRESS + ">",
        "Verzonden: maandag 3 november 2025 10:12",
        "Aan: Bram de Vries",
        "Onderwerp: Drempels bij winkels",
        "",
        *ORIGINAL,
    ]
)
LETTERS: list[Shape] = []


def plain(name, body, expected, *, who=ANS, sure=True, leaf=None, **options):
    """A mail of one plain part. ``leaf``: how it travels."""
    shape = Leaf("plain", body, **{"encoding": "8bit", **(leaf or {})})
    LETTERS.append(Shape(name, letter(Said(expected, "", *who), shape, **options), expected, sure))


def rich(name, body, expected, *, who=ANS, sure=True, **options):
    LETTERS.append(Shape(name, letter(Said(expected, "", *who), Leaf("html", body), **options), expected, sure))


def parts(name, body, expected, *, who=ANS, sure=True, subject="Re: Drempels bij winkels"):
    LETTERS.append(Shape(name, letter(Said(expected, "", *who), body, subject=subject), expected, sure))
