"""The words as they ship with the package; no database."""

from dataclasses import dataclass
from pathlib import Path

from meedoen.kernel.identifiers import content_mark
from meedoen.kernel.text import slug

DATA = Path(__file__).parent / "data"
NOT_IN_TEXTS = "*"


@dataclass(frozen=True, slots=True)
class TermRecord:
    """A word with its explanation, as ``data/terms.txt`` has it; the fields are those of ``models.Term``."""

    id: str
    word: str
    forms: str
    explanation: str
    is_in_texts: bool

    @property
    def mark(self) -> str:
        """What changes when any of it does."""
        return mark_of(self.word, self.forms, self.explanation, is_in_texts=self.is_in_texts)


def mark_of(word: str, forms: str, explanation: str, *, is_in_texts: bool) -> str:
    """What tells one content of a word from another."""
    return content_mark(word.encode(), forms.encode(), explanation.encode(), b"yes" if is_in_texts else b"no")


def read_terms() -> tuple[TermRecord, ...]:
    """The words in the order of their file."""
    blocks = (DATA / "terms.txt").read_text(encoding="utf-8").removeprefix("= ").split("\n= ")
    return tuple(_read(block) for block in blocks)


def _read(block: str) -> TermRecord:
    head, _, explanation = block.partition("\n")
    word, *forms = (part.strip() for part in head.split("|"))
    name = word.removesuffix(NOT_IN_TEXTS)
    return TermRecord(slug(name), name, "|".join(forms), " ".join(explanation.split()), is_in_texts=name == word)
