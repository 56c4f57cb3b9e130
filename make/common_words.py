"""Write ``language/data/common_words.txt`` anew from the Dutch frequencies of wordfreq.

    uv run --no-project --with wordfreq==3.1.1 make/common_words.py

wordfreq itself is no dependency: it brings 58 MB and seven packages for one list (docs/adr/0029-level.md).
"""

from collections import defaultdict
from pathlib import Path

import wordfreq  # type: ignore[import-not-found]

TARGET = Path(__file__).parents[1] / "src" / "meedoen" / "language" / "data" / "common_words.txt"
WORDS_ON_A_LINE = 16


def main() -> None:
    """Words by how common they are: a heading for each tenth on the Zipf scale, the most common first."""
    by_tenth: dict[float, list[str]] = defaultdict(list)
    for word in wordfreq.get_frequency_dict("nl", wordlist="small"):
        if word.isalpha():
            by_tenth[round(wordfreq.zipf_frequency(word, "nl", wordlist="small"), 1)].append(word)
    lines = []
    for tenth in sorted(by_tenth, reverse=True):
        words = sorted(by_tenth[tenth])
        lines.append(f"= {tenth}")
        lines += [" ".join(words[at : at + WORDS_ON_A_LINE]) for at in range(0, len(words), WORDS_ON_A_LINE)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
