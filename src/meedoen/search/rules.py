"""What counts how much, and how far we look. Pure; docs/search.md says on what these figures rest."""

import datetime
import math

from meedoen.language.analysis import Kind

MAX_ASKED = 200  # characters of what somebody types
MAX_WORDS = 12  # of them that count; each is a part of the question to the database
MOST = 1_000  # documents that are weighed; beyond, "meer dan 1.000" (decisions, 23)
MOST_NOTED = 1_000  # changes that are not read yet; with more, each document is asked whether it is public
PAGE_SIZE = 20
ENOUGH = 10  # documents with all words; with fewer, those with some of the words stand below them
MUCH_ASKED = 3  # parts of a question; the best answer to a whole sentence seldom has all of its words
LONGEST_WORD, SHORTEST_WORD = 40, 4  # letters of a word that may be proposed for a misspelt one

# How much a term counts by where it stands. A word of the title is worth six of the body.
TITLE, SUMMARY, HEADINGS, CONTEXT, BODY = 6.0, 3.0, 2.5, 1.5, 1.0
USUAL_LENGTH = 300  # words of a body; in a longer one each counts less
LENGTH_MATTERS = 0.6  # 0: not at all; 1: as much as it is longer
FEW = 300  # documents
SATURATION = 2.0  # as much as this counts half; ten times the same word is not ten times as good

# How much a term counts by how it came from what is written.
WORTH = {Kind.WORD: 1.0, Kind.MEANING: 0.9, Kind.PART: 0.5, Kind.RELATED: 0.25, Kind.GUESS: 0.5}

WHOLE, PARTS, COMPLETED, HEAD, RELATED, GUESSED = 1.0, 0.7, 0.7, 0.35, 0.3, 0.6  # of a way to say what is asked
COVERED = 1.5  # the power of how much of the question a document covers
TITLE_FITS = 0.5  # more, for a title that says what is asked and nothing else; less where it says more
TITLE_IS_ASKED = 0.75  # more again where it says nothing else: who types a name looks for what has it
PER_WORTH = 0.08  # more or less, for each step of ``Document.worth``
FRESH = 0.12  # more, for what is of today
HALF_AS_FRESH = 730  # days

SNIPPET = 220  # characters
MAX_SCANNED = 10_000  # characters of a body that are looked through for a snippet

COUNT_AGAIN_AFTER = datetime.timedelta(days=1)
COUNT_AGAIN_AT = 0.05  # part of the documents that came or went
ATTEMPTS = 5  # to read something anew, before it is put aside
AGAIN_AFTER = datetime.timedelta(minutes=1)  # times the attempts that went wrong


def saturated(weight: float) -> float:
    """0 to 1: how well a document fits a term of which it holds so much."""
    return weight / (weight + SATURATION)


def by_length(words: int) -> float:
    """What one word of a body counts when it has so many."""
    return 1 / (1 - LENGTH_MATTERS + LENGTH_MATTERS * max(words, 30) / USUAL_LENGTH)


def telling(count: int, documents: int) -> float:
    """0 to 1: how much it tells that a document has a term which so many of the ``documents`` have.

    Among few documents a count tells little, so there are ``FEW`` at least.
    """
    total = max(documents, FEW)
    return max(0.15, math.log((total + 1) / (count + 0.5)) / math.log(total + 2))


def freshness(date: datetime.date | None, today: datetime.date) -> float:
    """What a document counts for its date; what has none is as good as old."""
    if date is None:
        return 1.0
    days = max(0, (today - date).days)  # what is still to come is of today
    return 1 + FRESH * math.pow(0.5, days / HALF_AS_FRESH)
