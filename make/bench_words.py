"""Measure the analysis of Dutch texts, as JSON lines; ``make bench`` calls it: words analysed a second, pairs, memory.

In one process without a server, on the texts that ship with the package; each figure is the median of the rounds.
"""

import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import tell

ROUNDS = 5
MUNICIPALITIES, CANDIDATES = 342, 100
GOALS = {"pairs, seconds": 1.0}  # of computing


def measure() -> None:
    """The first text with all that is read for it, then many texts, then pairs of them."""
    before, started = resident_mb(), time.perf_counter()
    from meedoen.language.analysis import Rarity, analyse, likeness, near, of_language

    analyse("Wij zoeken een gemeente met toegankelijke stembureaus, ook voor wie toegangkelijk anders schrijft.")
    tell(kind="words, first text", seconds=round(time.perf_counter() - started, 2), mb=round(resident_mb() - before, 1))
    texts = texts_of_the_package()
    words = sum(len(text.split()) for text in texts)
    cold = seconds_of(lambda: [analyse(text) for text in texts], rounds=1)
    warm = seconds_of(lambda: [analyse(text) for text in texts])
    tell(kind="words analysed", words=words, a_second_first=round(words / cold), a_second=round(words / warm))
    pieces = [piece for text in texts for piece in text.split("\n\n") if len(piece.split()) > 20]
    asks, offers = ([analyse(piece) for piece in pieces[start::2]] for start in (0, 1))
    asks, offers = repeated(asks, MUNICIPALITIES), repeated(offers, CANDIDATES)
    rarity = Rarity.of([*asks, *offers])
    spent = seconds_of(lambda: [likeness(ask, offer, rarity=rarity) for ask in asks for offer in offers])
    tell(
        kind="words, pairs", pairs=len(asks) * len(offers), cpu_seconds=round(spent, 2), goal=GOALS["pairs, seconds"],
        is_at_goal=spent <= GOALS["pairs, seconds"],
    )  # fmt: skip
    wrong = [f"{word[:4]}x{word[5:]}" for word in ("toegankelijk", "vergadering", "verkiezingen", "speeltuin")]
    spent = seconds_of(lambda: [near(word, of_language()) for word in wrong])
    tell(kind="words, near", ms_a_word=round(1000 * spent / len(wrong), 2))
    tell(kind="words, memory", mb=round(resident_mb() - before, 1))


def seconds_of(deed: Callable[[], Any], *, rounds: int = ROUNDS) -> float:
    """How much computing it takes, the median of the rounds; what else the machine does is not in it."""
    spent = []
    for _ in range(rounds):
        started = time.process_time()
        deed()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def texts_of_the_package() -> list[str]:
    """The texts of the library that ship, as they stand in their files."""
    import meedoen.library

    folder = Path(meedoen.library.__file__ or "").parent / "data"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]


def repeated(items: list[Any], size: int) -> list[Any]:
    """So many of them, from the start again where there are fewer."""
    return [items[number % len(items)] for number in range(size)]


def resident_mb() -> float:
    """The most memory that this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
