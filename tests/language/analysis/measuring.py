"""What the analysis is worth, counted on the sets in ``data``: as ``docs/dutch-analysis.md`` shows it.

    .venv/bin/python -m tests.language.analysis.measuring

Every third of a set is held out: no rule, word or weight was chosen by it.
"""

import itertools
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from meedoen.language.analysis import BY_LANGUAGE, Analysed, Rarity, analyse, likeness, near, of_language
from meedoen.language.analysis.compounds import parts_of
from meedoen.language.analysis.stems import stem
from meedoen.language.analysis.tokens import word_of

DATA = Path(__file__).parent / "data"
HELD_OUT = 3  # one of so many


def lines(name: str) -> list[str]:
    """The lines of a set."""
    return [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def halves(items: Sequence[Any]) -> dict[str, list[Any]]:
    """What was tuned on, and what was held out."""
    is_held = [number % HELD_OUT == HELD_OUT - 1 for number in range(len(items))]
    return {
        "tuned on": [item for item, held in zip(items, is_held, strict=True) if not held],
        "held out": [item for item, held in zip(items, is_held, strict=True) if held],
    }


def stems() -> dict[str, str]:
    """Of all pairs of words in a group, how many come to one stem; and how many groups share a stem with another."""
    groups = [[word_of(word) for word in line.split()] for line in lines("stems.txt")]
    owners = defaultdict(set)
    for number, group in enumerate(groups):
        for word in group:
            owners[stem(word)].add(number)
    found = {}
    for name, numbers in halves(range(len(groups))).items():
        pairs = [pair for number in numbers for pair in itertools.combinations(groups[number], 2)]
        right = sum(stem(one) == stem(other) for one, other in pairs)
        mixed = sum(any(len(owners[stem(word)]) > 1 for word in groups[number]) for number in numbers)
        found[name] = f"{right} of {len(pairs)} pairs, {mixed} of {len(numbers)} groups mixed with another"
    return found


def compounds() -> dict[str, str]:
    """How many compounds come apart as they should, and how many other words come apart."""
    made = halves([[word_of(word) for word in line.split()] for line in lines("compounds.txt")])
    whole = halves([word_of(word) for line in lines("whole.txt") for word in line.split()])
    found = {}
    for name, rows in made.items():
        right = sum([stem(part) for part in parts_of(word)] == list(map(stem, parts)) for word, *parts in rows)
        apart = sum(bool(parts_of(word)) for word, *_parts in rows)
        wrong = sum(bool(parts_of(word)) for word in whole[name])
        found[name] = (
            f"{right} of {len(rows)} compounds, {wrong} of {len(whole[name])} other words apart: "
            f"precision {right / (apart + wrong):.2f}, recall {right / len(rows):.2f}"
        )
    return found


def spelling() -> dict[str, str]:
    """How often what was meant is the first of the near words, and among three."""
    found = {}
    for name, rows in halves([line.split() for line in lines("mistakes.txt")]).items():
        answers = [(near(wrong, of_language()), meant) for wrong, meant in rows]
        first = sum(given[:1] == (meant,) for given, meant in answers)
        found[name] = f"{first} first, {sum(meant in given for given, meant in answers)} among three, of {len(rows)}"
    return found


def asks_and_offers(name: str = "pairs.txt") -> list[tuple[str, str]]:
    """Each ask with the offer that fits it best."""
    return [(ask.strip(), offer.strip()) for ask, _, offer in (line.partition("=>") for line in lines(name))]


def fit(points: Callable[[str, str], float]) -> dict[str, str]:
    """How often the offer that fits best gets more points than all others, and is among the first three."""
    offers = all_offers()
    found = {}
    for name, rows in {**halves(asks_and_offers()), "written later": asks_and_offers("later.txt")}.items():
        ranks = []
        for ask, best in rows:
            own = points(ask, best)
            others = sum(points(ask, offer) >= own for offer in offers if offer != best)
            ranks.append(1 + others if own else len(offers))
        three = sum(rank <= 3 for rank in ranks)
        found[name] = f"{ranks.count(1)} first, {three} among three, of {len(rows)}"
    return found


def all_offers() -> list[str]:
    """Those of both sets, each once."""
    return sorted({offer for name in ("pairs.txt", "later.txt") for _ask, offer in asks_and_offers(name)})


def analysed() -> dict[str, Analysed]:
    """All asks and offers."""
    return {
        text: analyse(text) for name in ("pairs.txt", "later.txt") for pair in asks_and_offers(name) for text in pair
    }


def by_language() -> dict[str, str]:
    """By how common words are in Dutch."""
    texts = analysed()
    return fit(lambda ask, offer: likeness(texts[ask], texts[offer], rarity=BY_LANGUAGE).points)


def by_collection() -> dict[str, str]:
    """By how few of the offers have a term."""
    texts = analysed()
    rarity = Rarity.of(texts[offer] for offer in all_offers())
    return fit(lambda ask, offer: likeness(texts[ask], texts[offer], rarity=rarity).points)


def by_whole_words() -> dict[str, str]:
    """To compare with: the part of the words as written that two texts share."""

    def points(ask: str, offer: str) -> float:
        one, other = (set(text.casefold().replace(".", " ").replace("?", " ").split()) for text in (ask, offer))
        return len(one & other) / len(one | other)

    return fit(points)


PARTS = {
    "stems": stems,
    "compounds": compounds,
    "spelling": spelling,
    "likeness, by language": by_language,
    "likeness, by collection": by_collection,
    "words as written": by_whole_words,
}


def in_words() -> str:
    """All of it, as the document shows it."""
    return "\n".join(f"{name}, {half}: {figures}" for name, count in PARTS.items() for half, figures in count().items())


if __name__ == "__main__":
    sys.stdout.write(in_words() + "\n")
