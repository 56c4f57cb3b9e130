"""The pages of following, a file for each of: beginning, one thing, everything, and what is new."""

from .beginning import begin as begin
from .beginning import followed_by as followed_by
from .beginning import link as link
from .beginning import offer_municipality as offer_municipality
from .new import new_words as new_words
