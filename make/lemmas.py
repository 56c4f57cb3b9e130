"""Write ``language/analysis/data/lemmas.txt`` anew: of which word a form is, where the rules in ``stems`` cannot tell.

    .venv/bin/uv pip install --target .cache/lemmas wordfreq==3.1.1 simplemma==2.0.0
    PYTHONPATH=.cache/lemmas .venv/bin/python make/lemmas.py

Neither is a dependency: they bring 77 MB on disk, and the list of simplemma takes 58 MB in memory
(docs/adr/0048-dutch-analysis.md).
"""

from collections import defaultdict

import wordfreq  # type: ignore[import-not-found]
from simplemma.strategies.dictionaries.dictionary_factory import (  # type: ignore[import-not-found]
    DefaultDictionaryFactory,
)

from meedoen.kernel.text import fold
from meedoen.language.analysis import stems
from meedoen.language.analysis.lexicon import DATA

RAREST = 1.5  # Zipf scale: words that come less than 3 times in a hundred million stay out
RAREST_LEMMA = 1.0
MUCH_RARER = 2.5  # a lemma so much rarer than its form is mostly another word
FEMALE = ("ster", "eg")  # the list has words for men as forms of those for women
HEAD = """\
# A word, then forms of it that the rules do not bring to it. Written by make/lemmas.py from simplemma 2.0.0 and wordfreq 3.1.1.
# Licence: CC BY-SA 4.0, see ../../data/common_words.LICENSE.txt and ../../data/SOURCES.md.
"""


def main() -> None:
    """The shortest forms first, so that the table helps with those that are made of them."""
    table: dict[str, str] = {}
    stems.lemmas = lambda: table  # type: ignore[assignment]
    for form, lemma in sorted(pairs(), key=lambda pair: (len(pair[0]), pair)):
        stems.stem.cache_clear()
        if stems.stem(form) != stems.by_rule(lemma):
            table[form] = lemma
    forms = defaultdict(list)
    for form, lemma in table.items():
        forms[lemma].append(form)
    lines = [f"{lemma} {' '.join(sorted(each))}\n" for lemma, each in sorted(forms.items())]
    (DATA / "lemmas.txt").write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(table)} forms of {len(forms)} words")


def pairs() -> set[tuple[str, str]]:
    """Forms and their lemmas, folded, of words that are not too rare."""
    known = DefaultDictionaryFactory().get_dictionary("nl")
    found = set()
    for form in wordfreq.get_frequency_dict("nl", wordlist="large"):
        lemma = text_of(known.get(form, ""))
        if not lemma or lemma == form or len(form) < 3 or not form.isalpha() or not lemma.isalpha():
            continue
        common, of_lemma = zipf(form), zipf(lemma)
        if common < RAREST or of_lemma < max(RAREST_LEMMA, common - MUCH_RARER) or lemma.endswith(FEMALE):
            continue
        if len(lemma) <= len(form) or lemma.endswith("en"):
            found.add((fold(form), fold(lemma)))
    return found


def text_of(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def zipf(word: str) -> float:
    return float(wordfreq.zipf_frequency(word, "nl", wordlist="large"))


main()
