"""The words of a PDF from its input to its output, as a program of its own with little memory and time.

It imports nothing of ours and gets no settings: a PDF that breaks the reader gets no further than this.
"""

import contextlib
import re
import resource
import sys

import pypdfium2

MAX_MEMORY = 1024 * 1024 * 1024  # bytes; a long report takes a tenth of it
MAX_PAGES = 500
_BROKEN_WORD = re.compile("[\x02\xad\ufffe]\\s*")  # where a line ends inside a word


def main(most: int, seconds: int) -> None:
    """Write the words, at most so many letters, page by page."""
    with contextlib.suppress(ValueError, OSError):  # where the system knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as pdf:
        written = 0
        for number in range(min(len(pdf), MAX_PAGES)):
            page = pdf[number]
            text = _BROKEN_WORD.sub("", page.get_textpage().get_text_range())
            sys.stdout.buffer.write(f"{text}\n".encode(errors="ignore"))
            sys.stdout.buffer.flush()
            page.close()
            written += len(text)
            if written > most:
                return


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
