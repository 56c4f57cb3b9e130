"""Names in a mail about coming: of who wrote it, below their words, and of whom they bring. Pure."""

import re

from meedoen.kernel.text import fold
from meedoen.mail.replies import first_word
from meedoen.mail.replies.names import NAME_LINKS, words_of_name

from . import cancelling
from .speaking import touches_needs
from .vocabulary import AROUND, ASKING, COUNTS, HELPERS, ONLINE_WORDS, ROOM_WORDS

# What is no name, in a line of words that begin with a capital.
_KNOWN = AROUND | ASKING | ROOM_WORDS | ONLINE_WORDS | HELPERS | COUNTS.keys() | cancelling.KNOWN | {"alleen", "samen"}
_SAY_WHO = frozenset({"mijn", "onze", "een", "m'n", "mn"})  # with these somebody is no name


def without_signature(text: str) -> str:
    """A text without its last line where that is no more than a name: whose it is, a From does not always tell.

    Of one word, only where it stands apart.
    """
    lines = text.rstrip().splitlines()
    if len(lines) < 2 or not is_name(lines[-1]) or (" " not in lines[-1].strip() and lines[-2].strip()):
        return text
    return "\n".join(lines[:-1])


def is_name(line: str) -> bool:
    """Whether a line may be a name and can be nothing else that we know of: *Kees Vink*, and not *Braille*."""
    words = words_of_name(line)
    if not words or (len(words) == 1 and words[0].isupper() and len(words[0]) > 1):
        return False
    return not set(map(fold, words)) & _KNOWN and first_word(line) is None and not touches_needs(line)


def name_in(text: str) -> str | None:
    """The name among some words: *mijn buurvrouw Els* is Els, *els* alone too; None where a sentence goes on behind it.

    Nothing where they only say who it is: *mijn vrouw*.
    """
    words = [word.rstrip(".") if len(word) > 2 else word for word in re.split(r"[^\w'’.-]+", text)]
    words = [word for word in words if word.strip(".-'’") and word.lower() not in ("met", "en", "samen", "alleen")]
    capital = [at for at, word in enumerate(words) if word[0].isupper()]
    if not capital:
        return "" if set(map(str.lower, words)) & _SAY_WHO else " ".join(words)
    first, last = capital[0], capital[-1]
    while first and words[first - 1] in NAME_LINKS:
        first -= 1
    return " ".join(words[first : last + 1]) if set(words[last + 1 :]) <= AROUND else None
