"""Two texts side by side: which words went and came, field by field, and how two people's changes fit together. Pure."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Op = Literal["same", "gone", "came"]

WORD = re.compile(r"\s+|[^\s]+")
CONTEXT = 12  # words around a change that are shown; what lies further away is left out


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words that stayed, went or came; ``is_cut``: more that stayed was left out here."""

    op: Op
    text: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field."""

    field: str
    parts: tuple[Part, ...]

    @property
    def came(self) -> int:
        """How many words came."""
        return sum(len(part.text.split()) for part in self.parts if part.op == "came")

    @property
    def gone(self) -> int:
        """How many words went."""
        return sum(len(part.text.split()) for part in self.parts if part.op == "gone")


def compared(before: str, after: str) -> tuple[Part, ...]:
    """The words of both, in the order in which they are read; changed paragraphs are compared word by word."""
    old, new = before.split("\n"), after.split("\n")
    found: list[Part] = []
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, came = "\n".join(old[old_from:old_to]), "\n".join(new[new_from:new_to])
        if tag == "equal":
            found.append(Part("same", gone + "\n"))
        else:
            found.extend(_words(gone, came))
            found.append(Part("same", "\n"))
    return tuple(_shortened(_joined(found)))


def changes(before: Mapping[str, Any], after: Mapping[str, Any], words: Mapping[str, tuple[str, str]]) -> list[Change]:
    """The fields that differ; ``words`` holds both sides of each field as people read it."""
    return [Change(name, compared(*words[name])) for name in words if before.get(name) != after.get(name)]


@dataclass(frozen=True, slots=True)
class Merged:
    """Two people's changes together: what is settled, what only the other changed, and what both changed."""

    content: dict[str, Any]
    theirs: tuple[str, ...]
    both: tuple[str, ...]


def merged(base: Mapping[str, Any] | None, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """What becomes of ``mine`` beside ``theirs``; without a ``base`` that both began from, every difference is of both.

    Where both changed a field, ``content`` holds mine until somebody chose.
    """
    content, of_them, of_both = dict(mine), [], []
    for name in mine:
        if mine[name] == theirs.get(name):
            continue
        if base is not None and mine[name] == base.get(name):
            content[name] = theirs.get(name)
            of_them.append(name)
        elif base is None or theirs.get(name) != base.get(name):
            of_both.append(name)
    return Merged(content, tuple(of_them), tuple(of_both))


def _words(gone: str, came: str) -> list[Part]:
    old, new = WORD.findall(gone), WORD.findall(came)
    found: list[Part] = []
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            found.append(Part("same", "".join(old[old_from:old_to])))
            continue
        found.append(Part("gone", "".join(old[old_from:old_to])))
        found.append(Part("came", "".join(new[new_from:new_to])))
    return found


def _joined(parts: list[Part]) -> list[Part]:
    """Without what is empty; a single blank between two changes belongs to both."""
    found: list[Part] = []
    gone = came = ""
    for part in [*(each for each in parts if each.text), Part("same", "\0")]:
        if part.op == "gone":
            gone += part.text
        elif part.op == "came":
            came += part.text
        elif not part.text.strip() and (gone or came) and part.text != "\0" and "\n" not in part.text:
            gone, came = gone + part.text, came + part.text
        else:
            found.extend(Part(op, text) for op, text in (("gone", gone), ("came", came)) if text.strip())  # type: ignore[arg-type]
            gone = came = ""
            if part.text != "\0":
                found.append(part)
    return found


def _shortened(parts: list[Part]) -> list[Part]:
    """What stayed, as far as it stands near a change."""
    found = []
    for place, part in enumerate(parts):
        words = WORD.findall(part.text)
        most = CONTEXT * 2  # a word and the blank after it
        if part.op != "same" or len(words) <= 2 * most:
            found.append(part)
            continue
        head = "" if place == 0 else "".join(words[:most])
        tail = "" if place == len(parts) - 1 else "".join(words[-most:])
        found.extend(
            each
            for each in (Part("same", head), Part("same", "", is_cut=True), Part("same", tail))
            if each.text or each.is_cut
        )
    return found
