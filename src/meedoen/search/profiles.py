"""What of each term counts in a document, in six bytes a term; and reading that of a thousand documents at once."""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORM = np.dtype([("term", "<u4"), ("weight", "u1"), ("title", "u1")])
_ROW = struct.Struct("<IBB")  # the same, one at a time
SAID, MEANT = 1, 2  # by a title
FULL = 255  # the most that a term can weigh


def packed(weights: Mapping[str, float], title: Iterable[str], meanings: Iterable[str] = ()) -> bytes:
    """``weights`` from 0 to 1 by term; ``title`` are those that the title says, ``meanings`` other ways to say these."""
    in_title = dict.fromkeys(meanings, MEANT) | dict.fromkeys(title, SAID)
    rows = [(number(term), max(1, round(FULL * weight)), in_title.get(term, 0)) for term, weight in weights.items()]
    return b"".join(starmap(_ROW.pack, sorted(rows)))


def number(term: str) -> int:
    """A term in four bytes. Of two terms in one question and document it is one in some millions that they are mixed up."""
    return zlib.crc32(term.encode())


class Profiles:
    """Those of several documents, to ask one term of all of them."""

    def __init__(self, packed: Sequence[bytes | memoryview]) -> None:
        rows = np.frombuffer(b"".join(packed), dtype=FORM)
        sizes = np.array([len(each) // FORM.itemsize for each in packed], dtype=np.int64)
        self.count = len(packed)
        self._terms, self._weights, self._in_title = rows["term"].copy(), rows["weight"], rows["title"]
        self._documents = np.repeat(np.arange(self.count), sizes)
        self.title_sizes: NDArray[Any] = np.bincount(
            self._documents[self._in_title == SAID], minlength=self.count
        )  # words of each title

    def weights(self, term: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """For each document how much ``term`` weighs in it, 0 to 1, and whether its title says it."""
        weights = np.zeros(self.count)
        in_title = np.zeros(self.count, dtype=bool)
        places = np.flatnonzero(self._terms == number(term))
        weights[self._documents[places]] = self._weights[places] / FULL
        in_title[self._documents[places]] = self._in_title[places] != 0
        return weights, in_title
