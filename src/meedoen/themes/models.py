"""The themes and the articles of the Convention as rows, so that news, facts and follows can point at them."""

from django.db import models
from django.db.models import Q

AREA = "themes"  # the pages that show what a theme is called
CONVENTION_AREA = "convention"  # the pages that show what an article of the Convention says


class Theme(models.Model):
    """What something is about: one of six life domains, or a theme that runs through all of them."""

    class Kind(models.TextChoices):
        LIFE_DOMAIN = "levensdomein"
        CROSS_CUTTING = "dwarsthema"

    id = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    label = models.CharField(max_length=80, unique=True)
    short = models.CharField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["levensdomein", "dwarsthema"]),
                name="themes_theme_kind_is_known",
                violation_error_message="A theme is a life domain or runs through all of them.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ConventionArticle(models.Model):
    """An article of the UN Convention on the Rights of Persons with Disabilities: what it says, in a sentence or two.

    ``relevance`` tells how much of it municipalities carry out; ``records.ConventionRecord`` has the scale.
    """

    number = models.PositiveSmallIntegerField(primary_key=True)
    title = models.CharField(max_length=120)
    sentence = models.CharField(max_length=200)
    relevance = models.PositiveSmallIntegerField()
    themes = models.ManyToManyField(Theme, related_name="convention_articles", blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, 50)),
                name="themes_convention_article_is_one_of_fifty",
                violation_error_message="The Convention has the articles 1 to 50.",
            ),
            models.CheckConstraint(
                condition=Q(relevance__range=(1, 3)),
                name="themes_convention_article_relevance_is_known",
                violation_error_message="Relevance is 1, 2 or 3.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
