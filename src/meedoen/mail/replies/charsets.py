"""Bytes become characters, also where the label is wrong, unknown or missing. Never fails."""

import codecs
import re
import unicodedata

# Only these: Python's table also holds codecs that are slow on purpose (punycode) or no characters at all (zlib).
_STATEFUL = frozenset({"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso2022_jp", "hz"})
_MULTIBYTE = frozenset({"gbk", "gb2312", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp932", "cp949"})
_LATIN = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
_OTHERS = frozenset(
    {f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 16)}
    | {f"cp125{number}" for number in (0, 1, 3, 4, 5, 6, 7, 8)}
    | {"cp437", "cp850", "koi8-r", "koi8-u", "mac-roman"}
)
_C1 = re.compile(rb"[\x80-\x9f]")
# Controls, and the marks that turn the writing direction of all that follows: letters keep their own direction.
_NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ufeff]")
_NEWLINES = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")


def decoded(data: bytes, label: str | None) -> str:
    """The characters of ``data``: by its label where that can be true, else as programs that label wrongly mean it."""
    return cleaned(_decoded(data, _codec(label)))


def cleaned(text: str) -> str:
    """``text`` with one kind of line end, composed letters, and nothing that cannot be seen and yet does something."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # halves of surrogate pairs cannot be kept
    return unicodedata.normalize("NFC", _NOT_WRITTEN.sub("", _NEWLINES.sub("\n", text)))


def _decoded(data: bytes, codec: str) -> str:
    if codec in _STATEFUL:
        return data.decode(codec, "replace")
    try:
        # What is good UTF-8 beyond ASCII is never meant otherwise, whatever its label says.
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if codec in _MULTIBYTE or codec in _OTHERS:
        return data.decode(codec, "replace")
    if codec == "iso8859-15" and not _C1.search(data):
        return data.decode(codec)
    if codec == "utf-8":
        # Cut off or damaged: most of it is good all the same.
        text = data.decode("utf-8", "replace")
        if sum(char > "\x7f" for char in text) > 2 * text.count("\ufffd"):
            return text
    return data.decode("cp1252", "replace")  # as browsers read what says Latin-1, ASCII or nothing


def _codec(label: str | None) -> str:
    try:
        name = codecs.lookup((label or "utf-8").strip("\"' ")).name
    except (LookupError, ValueError):
        return "utf-8"
    return name if name in _STATEFUL | _MULTIBYTE | _LATIN | _OTHERS else "utf-8"
