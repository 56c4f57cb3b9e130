"""In which groups the articles of the Convention stand, those that municipalities work with first. Pure."""

from enum import StrEnum

BETWEEN_COUNTRIES = frozenset([32, *range(34, 51)])  # how countries agree on the Convention, and look after it
MOST, SOME = 3, 2  # of ``themes.records.ConventionRecord.relevance``


class Group(StrEnum):
    """The groups in their order; the values stand in the address of a part of the page."""

    MOST = "veel"
    SOME = "ook"
    OTHER_RIGHTS = "rechten"
    BETWEEN_COUNTRIES = "landen"


def group_of(number: int, relevance: int) -> Group:
    """The group of an article: by how much of it municipalities carry out, the rest by what it is about."""
    if relevance >= MOST:
        return Group.MOST
    if relevance >= SOME:
        return Group.SOME
    return Group.BETWEEN_COUNTRIES if number in BETWEEN_COUNTRIES else Group.OTHER_RIGHTS
