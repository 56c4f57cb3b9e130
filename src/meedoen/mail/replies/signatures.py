"""What stands below somebody's words and is none of them: closing, name, signature block, disclaimer, adverts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from meedoen.kernel.text import fold

from . import wording
from .lines import Line, Mark

MAX_SIGNATURE_LINE = 90  # characters; a name, a function, an address
MAX_NAME_WORDS = 5  # "Drs. M. van der Berg-Jansen (zij/haar)"
MAX_DELIMITED_LINES = 20  # below "-- "; more may be words of the person
CONTACT_WORDS = 6  # "tel. 0512 - 34 56 78 | bram@gemeente.nl" has some more
SENTENCE_WORDS = 7  # a line of so many words that ends as a sentence does is one
# Around and between the words of a name.
_LINKS = frozenset(
    {"van", "de", "der", "den", "het", "ten", "ter", "el", "en", "and", "ook", "namens", "mede", "from", "uit", "gemeente",
     "x", "xx", "xxx"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trimmed:
    """How many lines from the top are the person's own, which below are too, and whether that is sure."""

    end: int
    also: frozenset[int] = frozenset()  # a postscript below the signature
    sure: bool = True


def trim(lines: Sequence[Line], *, sender: str) -> Trimmed:
    """Where the words end in ``lines``. ``sender`` is the name in the head of the mail; it may be empty."""
    end, is_plain, goes_on = _without_footers(lines)
    found = _trim(lines, end, sender=sender)
    # A disclaimer that nothing stands between and the words may be one of them.
    return replace(found, sure=found.sure and (is_plain or found.end < end) and not goes_on)


def _trim(lines: Sequence[Line], end: int, *, sender: str) -> Trimmed:
    marked = next((at for at in range(end) if lines[at].mark is Mark.SIGNATURE), end)
    delimiter = next((at for at in range(min(end, marked)) if _is_delimiter(lines[at])), None)
    if delimiter is not None:
        rest = [line for line in lines[delimiter + 1 : end] if not line.is_blank]
        return _with_closing(lines, delimiter, sender, sure=len(rest) <= MAX_DELIMITED_LINES)
    # Some write inside the signature that their program put there.
    is_plain = not any(
        _may_be_said(line.text) and not _is_of_signature(line.text, sender) for line in lines[marked:end]
    )
    return _with_closing(lines, min(end, marked), sender, sure=is_plain)


def _without_footers(lines: Sequence[Line]) -> tuple[int, bool, bool]:
    """Where the lines end without disclaimers, scanners, and what a device adds; whether these plainly are that; and
    whether somebody seems to speak below them."""
    end = len(lines)
    is_plain = True
    goes_on = False  # the letter, below something like a disclaimer
    for at, line in enumerate(lines):
        text = line.text[: wording.MAX_LINE_LOOKED_AT]
        if line.is_blank:
            continue
        if wording.DISCLAIMER.search(text) and _begins_paragraph(lines, at):
            end = at
            is_plain = len(" ".join(other.text for other in lines[at:])) >= wording.MIN_DISCLAIMER
            goes_on = any(_goes_on_below(other.text) for other in lines[at:] if not _is_footer(other))
            break
        if wording.LIST_FOOTER.search(text) and _begins_paragraph(lines, at):
            end = at
            break
    while end and _is_footer(lines[end - 1]):
        is_plain = is_plain or bool(wording.RULE.match(lines[end - 1].text))
        end -= 1
    return end, is_plain, goes_on


def _goes_on_below(text: str) -> bool:
    return bool(wording.SAID_BY_PERSON.search(text)) and not wording.DISCLAIMER.search(
        text[: wording.MAX_LINE_LOOKED_AT]
    )


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


def _with_closing(lines: Sequence[Line], end: int, sender: str, *, sure: bool) -> Trimmed:
    """Go up from ``end`` over name and closing; what is below a closing and reads as a sentence is judged."""
    end = _up_over_footers(lines, end)
    closings = (at for at in range(end) if _is_closing(lines[at].text, sender))
    closing = next((at for at in closings if not _begins_letter(lines, at, end)), None)
    if closing is not None:
        also, is_plain = _below_closing(lines, closing, end, sender)
        return Trimmed(_up_over_blanks(lines, closing), also, sure and is_plain)
    block, is_plain = _block(lines, end, sender)
    return Trimmed(_up_over_blanks(lines, block), frozenset(), sure and is_plain)


def _begins_letter(lines: Sequence[Line], at: int, end: int) -> bool:
    """Whether a greeting opens the letter: *Groeten uit Zeist!* with nothing above it and something said below."""
    is_first = all(line.is_blank for line in lines[:at])
    return is_first and any(_is_sentence(line.text) for line in lines[at + 1 : end])


def _is_closing(text: str, sender: str) -> bool:
    found = wording.CLOSING.match(text)
    if not found or len(text) > MAX_SIGNATURE_LINE:
        return False
    rest = text[found.end() :].strip(" ,.!:;-–/|")
    if wording.CLOSING.match(rest):  # the same in another language
        return True
    rest = rest.partition("|")[0].strip(" ,")
    words = rest.split()
    if len(words) > MAX_NAME_WORDS or (words and text.rstrip().endswith("?")):
        return False
    # "Groeten aan je moeder" is said to somebody; "Groet, Bram" and "Groetjes van Ans" say who writes.
    return not words or (words[0].lower() not in ("aan", "terug", "to", "of") and _is_name(rest, sender))


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
        elif _may_be_said(line.text) and not _is_of_signature(line.text, sender):
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
            named = next((at for at in range(start, begin) if _is_sender(lines[at].text, sender)), begin)
            if _tells_where(lines[named + 1 : begin]):
                return named, True
            names = [at for at in range(start, begin) if _is_sender(lines[at].text, sender)]
            if names and names[-1] == begin - 1:
                return names[-1], True
            if start and begin == end and len(paragraph) == 1 and _looks_like_name(paragraph[0].text):
                return end, False
            break
        begin = _up_over_blanks(lines, start)
        if _is_sender(paragraph[0].text, sender):
            return start, True
    if begin < end and any(_is_contact(line.text) for line in lines[begin:end]):
        if begin == 0:
            return end, False  # all there is
        return begin, False
    return end, True


def _tells_where(lines: Sequence[Line]) -> bool:
    """Whether what stands below a name tells where to find who wrote: a street too, as no line of it is said to somebody."""
    return (
        len(lines) <= MAX_DELIMITED_LINES
        and any(_is_contact(line.text) for line in lines)
        and not any(_may_be_said(line.text) or len(line.text) > MAX_SIGNATURE_LINE for line in lines)
    )


def _is_device(text: str) -> bool:
    return bool(wording.DEVICE.search(text))


def _is_of_signature(text: str, sender: str) -> bool:
    if len(text) > MAX_SIGNATURE_LINE and not wording.STAFF.search(text):
        return False
    return bool(
        _is_sender(text, sender)
        or _is_contact(text)
        or wording.WORKDAYS.search(text)
        or (wording.STAFF.search(text) and (not _is_sentence(text) or wording.STAFF.match(text)))
        or wording.IMAGE_PLACE.match(text)
        or wording.RULE.match(text)
    )


def _may_be_said(text: str) -> bool:
    return _is_sentence(text) or bool(wording.SAID.search(text))


def _is_contact(text: str) -> bool:
    """Whether a line is there to tell how to reach somebody, and says nothing else."""
    words = text.split()
    ends_as_sentence = len(words) >= CONTACT_WORDS and text[-1:] in ".?!"
    return len(words) <= 2 * CONTACT_WORDS and not ends_as_sentence and bool(wording.CONTACT.search(text))


def _is_sentence(text: str) -> bool:
    return (
        len(text.split()) >= SENTENCE_WORDS
        and (text.rstrip()[-1:] in ".?!:)" or len(text) > 60)
        and not _is_contact(text)
    )


def _is_sender(text: str, sender: str) -> bool:
    """Whether ``text`` is the name in the head of the mail, or its first name."""
    name, known = fold(text.partition("(")[0]), fold(sender)
    if not name or not known or len(name.split()) > MAX_NAME_WORDS:
        return False
    return name == known or set(name.split()) <= set(_given(known)) or set(name.split()) == set(known.split())


def _given(known: str) -> list[str]:
    """The words of a name by which somebody may call themselves: "Jansen, Dirk (Gemeente X)" writes Dirk."""
    return [word for word in known.split() if len(word) > 1 and word not in _LINKS]


def _looks_like_name(text: str) -> bool:
    """Whether a last line may be a name that the head of the mail does not tell: it stays, and is asked about."""
    words = [word for word in text.split() if word.lower() not in _LINKS]
    return (
        0 < len(words) <= 3 and text[-1:] not in ".?!:;,)" and all(word.isalpha() and word.istitle() for word in words)
    )


def _is_name(text: str, sender: str) -> bool:
    words = [word for word in text.replace("/", " ").replace(",", " ").split() if word.lower() not in _LINKS]
    return _is_sender(text, sender) or all(word[:1].isupper() or not word[:1].isalpha() for word in words)


def _up_over_blanks(lines: Sequence[Line], end: int) -> int:
    while end and (lines[end - 1].is_blank or wording.LAST_RULE.match(lines[end - 1].text)):
        end -= 1
    return end


def _up_over_footers(lines: Sequence[Line], end: int) -> int:
    while end and _is_footer(lines[end - 1]):
        end -= 1
    return end
