"""What stands below somebody's words and is none of them: closing, name, signature block, disclaimer, adverts."""

from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.kernel.text import fold

from . import wording
from .lines import Line, Mark

MAX_SIGNATURE_LINE = 90  # characters; a name, a function, an address
MAX_NAME_WORDS = 5  # "Drs. M. van der Berg-Jansen (zij/haar)"
MAX_DELIMITED_LINES = 20  # below "-- "; more may be words of the person
SENTENCE_WORDS = 7  # a line of so many words that ends as a sentence does is one


@dataclass(frozen=True, slots=True)
class Trimmed:
    """How many lines from the top are the person's own, which below are too, and whether that is sure."""

    end: int
    also: frozenset[int] = frozenset()  # a postscript below the signature
    sure: bool = True


def trim(lines: Sequence[Line], *, sender: str) -> Trimmed:
    """Where the words end in ``lines``. ``sender`` is the name in the head of the mail; it may be empty."""
    end = _without_footers(lines)
    marked = next((at for at in range(end) if lines[at].mark is Mark.SIGNATURE), end)
    delimiter = next((at for at in range(min(end, marked)) if _is_delimiter(lines[at])), None)
    if delimiter is not None:
        rest = [line for line in lines[delimiter + 1 : end] if not line.is_blank]
        return _with_closing(lines, delimiter, delimiter, sender, sure=len(rest) <= MAX_DELIMITED_LINES, until=end)
    return _with_closing(lines, min(end, marked), marked, sender, sure=True, until=end)


def _without_footers(lines: Sequence[Line]) -> int:
    """Where the lines end without disclaimers, scanners, and what a device adds, at the bottom."""
    end = len(lines)
    for at, line in enumerate(lines):
        text = line.text[: wording.MAX_LINE_LOOKED_AT]
        if line.is_blank:
            continue
        if wording.DISCLAIMER.search(text) and _begins_paragraph(lines, at):
            end = at
            break
        if wording.LIST_FOOTER.search(text) and _begins_paragraph(lines, at):
            end = at
            break
    while end and _is_footer(lines[end - 1]):
        end -= 1
    return end


def _begins_paragraph(lines: Sequence[Line], at: int) -> bool:
    return (
        at == 0
        or lines[at - 1].is_blank
        or bool(wording.RULE.match(lines[at - 1].text))
        or len(lines[at].text) > MAX_SIGNATURE_LINE
    )


def _is_footer(line: Line) -> bool:
    text = line.text[: wording.MAX_LINE_LOOKED_AT]
    return bool(
        not text
        or line.mark is Mark.HIDDEN
        or wording.DEVICE.search(text)
        or wording.SCANNED.search(text)
        or wording.RULE.match(text)
        or wording.IMAGE_PLACE.match(text)
    )


def _is_delimiter(line: Line) -> bool:
    return line.text in ("--", "—", "– –", "- -", "-- ")


def _with_closing(lines: Sequence[Line], end: int, marked: int, sender: str, *, sure: bool, until: int) -> Trimmed:
    """Go up from ``end`` over name and closing; what is below a closing and reads as a sentence is judged."""
    end = _up_over_footers(lines, end)
    closing = next((at for at in range(end) if _is_closing(lines, at, end, sender)), None)
    if closing is not None:
        also, is_plain = _below_closing(lines, closing, end, sender)
        return Trimmed(_up_over_blanks(lines, closing), also, sure and is_plain)
    block, is_plain = _block(lines, end, sender)
    return Trimmed(_up_over_blanks(lines, block), frozenset(), sure and is_plain)


def _is_closing(lines: Sequence[Line], at: int, end: int, sender: str) -> bool:
    text = lines[at].text
    found = wording.CLOSING.match(text)
    if not found or len(text) > MAX_SIGNATURE_LINE:
        return False
    rest = text[found.end() :].strip(" ,.!:;-–")
    words = rest.split()
    if len(words) > MAX_NAME_WORDS or (words and text.rstrip().endswith("?")):
        return False
    # "Groeten aan je moeder" is said to somebody; "Groet, Bram" and "Groetjes van Ans" say who writes.
    if (words and words[0].lower() in ("aan", "terug", "to", "of")) or (words and not _is_name(rest, sender)):
        return False
    return all(line.is_blank or len(line.text) < 400 for line in lines[at:end])


def _below_closing(lines: Sequence[Line], closing: int, end: int, sender: str) -> tuple[frozenset[int], bool]:
    """The lines of a postscript below a closing, and whether all else there is plainly a signature."""
    also: set[int] = set()
    is_plain = True
    in_postscript = False
    for at in range(closing + 1, end):
        line = lines[at]
        if line.is_blank:
            in_postscript = False
        elif wording.POSTSCRIPT.match(line.text) or in_postscript:
            in_postscript = True
            also.add(at)
        elif _is_sentence(line.text) and not _is_of_signature(line.text, sender):
            is_plain = False
    return frozenset(also), is_plain


def _block(lines: Sequence[Line], end: int, sender: str) -> tuple[int, bool]:
    """Where a signature without a closing begins, and whether it surely is one: a name, alone or above contact details."""
    end = _up_over_blanks(lines, end)
    begin = end
    while begin:
        start = begin
        while start and not lines[start - 1].is_blank:
            start -= 1
        paragraph = lines[start:begin]
        if not all(_is_of_signature(line.text, sender) or _is_device(line.text) for line in paragraph):
            # The name may stand right below the last words.
            tail = begin
            while tail > start and _is_of_signature(lines[tail - 1].text, sender):
                tail -= 1
            if tail < begin and _is_sender(lines[tail].text, sender):
                return tail, True
            names = [at for at in range(start, begin) if _is_sender(lines[at].text, sender)]
            if names and names[-1] == begin - 1:
                return names[-1], True
            break
        begin = _up_over_blanks(lines, start)
        if _is_sender(paragraph[0].text, sender):
            return start, True
    if begin < end and any(wording.CONTACT.search(line.text) for line in lines[begin:end]):
        if begin == 0:
            return end, False  # all there is
        return begin, False
    return end, True


def _is_device(text: str) -> bool:
    return bool(wording.DEVICE.search(text))


def _is_of_signature(text: str, sender: str) -> bool:
    if len(text) > MAX_SIGNATURE_LINE and not wording.STAFF.search(text):
        return False
    return bool(
        _is_sender(text, sender)
        or wording.CONTACT.search(text)
        or (wording.STAFF.search(text) and (not _is_sentence(text) or wording.STAFF.match(text)))
        or wording.IMAGE_PLACE.match(text)
        or wording.RULE.match(text)
    )


def _is_sentence(text: str) -> bool:
    return (
        len(text.split()) >= SENTENCE_WORDS
        and (text.rstrip()[-1:] in ".?!:)" or len(text) > 60)
        and not wording.CONTACT.search(text)
    )


def _is_sender(text: str, sender: str) -> bool:
    """Whether ``text`` is the name in the head of the mail, or its first name."""
    name, known = fold(text.partition("(")[0]), fold(sender)
    if not name or not known or len(name.split()) > MAX_NAME_WORDS:
        return False
    return name == known or name == known.split()[0] or set(name.split()) == set(known.split())


def _is_name(text: str, sender: str) -> bool:
    words = [
        word
        for word in text.replace("/", " ").replace(",", " ").split()
        if word.lower()
        not in ("van", "de", "der", "den", "en", "namens", "from", "ook", "ten", "ter", "het", "and", "uit")
    ]
    return _is_sender(text, sender) or all(word[:1].isupper() or not word[:1].isalpha() for word in words)


def _up_over_blanks(lines: Sequence[Line], end: int) -> int:
    while end and (lines[end - 1].is_blank or wording.RULE.match(lines[end - 1].text)):
        end -= 1
    return end


def _up_over_footers(lines: Sequence[Line], end: int) -> int:
    while end and _is_footer(lines[end - 1]):
        end -= 1
    return end
