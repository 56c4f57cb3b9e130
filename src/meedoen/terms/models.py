"""The words as rows, so that the project team can keep them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meedoen.kernel.text import fold

from .linking import HERE, Word
from .records import mark_of

AREA = "terms"  # the pages that explain words
MAX_WORD, MAX_FORMS, MAX_EXPLANATION = 80, 300, 400  # letters: a term, some spellings of it, three short sentences


class TermQuerySet(models.QuerySet["Term"]):
    def shown(self) -> Self:
        """The words that the team did not take off the list."""
        return self.filter(is_shown=True)

    def in_texts(self) -> Self:
        """The words that become links where they stand in a text."""
        return self.shown().filter(is_in_texts=True)

    def a_to_z(self) -> "list[Term]":
        """As a reader looks for them: capitals and accents make no difference."""
        return sorted(self, key=lambda term: (fold(term.word), term.id))


class Term(models.Model):
    """A word that not everybody knows, and what it means in one to three plain sentences.

    What the team took off the list stays a row, so that it is not loaded again.
    """

    id = models.SlugField(max_length=80, primary_key=True)
    word = models.CharField(max_length=MAX_WORD, unique=True)
    forms = models.CharField(
        max_length=MAX_FORMS, blank=True, help_text="other spellings that mean the same, parted by |"
    )
    explanation = models.CharField(max_length=MAX_EXPLANATION)
    is_in_texts = models.BooleanField(default=True, help_text="whether it becomes a link where it stands in a text")
    is_shown = models.BooleanField(default=True)
    loaded_mark = models.CharField(max_length=16, blank=True, help_text="of what the package said when it was loaded")

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(id="") & ~Q(word="") & ~Q(explanation=""),
                name="terms_term_says_something",
                violation_error_message="Een woord heeft een adres, het woord zelf en een uitleg.",
            ),
        ]

    def __str__(self) -> str:
        return self.word

    def get_absolute_url(self) -> str:
        return f"{reverse('terms:words')}#{HERE}{self.id}"

    @property
    def mark(self) -> str:
        """What changes when what it says does."""
        return mark_of(self.word, self.forms, self.explanation, is_in_texts=self.is_in_texts)

    @property
    def as_word(self) -> Word:
        """What the pure part needs to find it in a text."""
        return Word(self.id, (self.word, *filter(None, self.forms.split("|"))))
