"""What has the form of somebody's name: for who reads a last line, or how a mail program names its writer. Pure."""

import re

# Before or between the words of a name: *de heer Jansen*, *Anna van der Berg*.
NAME_LINKS = frozenset({"de", "den", "der", "het", "'t", "ten", "ter", "van", "von", "el", "al", "bin", "la", "le"})
MAX_WORDS = 4  # without what links them
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\W\d_]\.")


def words_of_name(line: str) -> list[str]:
    """Its words, without what links them, where each begins with a capital and there are few; none where it is no name."""
    words = [word for word in line.split() if word.lower() not in NAME_LINKS]
    has_form = 0 < len(words) <= MAX_WORDS and all(_WORD.fullmatch(word) and word[0].isupper() for word in words)
    return words if has_form else []
