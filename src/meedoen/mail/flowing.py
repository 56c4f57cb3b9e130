"""Plain text for programs of 80 columns: wrapped at spaces, so that who knows how makes whole lines of it again.

That is ``format=flowed`` (RFC 3676): a line that ends in a space goes on in the next one. What is answered then stands
quoted line by line, and no program has to break a line of ours where it likes.
"""

import re
import textwrap

WIDTH = 72  # characters; RFC 3676 §4.2 advises it: with the marks of some answers it stays below 80
_QUOTE = re.compile(r"(?:> ?)*")


def flowed(text: str) -> str:
    """``text`` with its long lines wrapped. Addresses of pages and other words without a space stay whole."""
    return "\n".join(_flowed(line) for line in text.split("\n"))


def _flowed(line: str) -> str:
    found = _QUOTE.match(line)
    marks = found[0] if found else ""
    said = line[len(marks) :].rstrip()
    if len(marks) + len(said) <= WIDTH:
        return marks + _stuffed(said, is_quoted=bool(marks)) if said else marks.rstrip()
    parts = textwrap.wrap(
        said,
        WIDTH - len(marks),
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )
    return " \n".join(marks + _stuffed(part, is_quoted=bool(marks)) for part in parts)


def _stuffed(said: str, *, is_quoted: bool) -> str:
    """With a space in front where a program would take the first sign for something else (RFC 3676 §4.4)."""
    if is_quoted:  # the space behind the marks is that space
        return said
    return f" {said}" if said.startswith((" ", "From ")) else said
