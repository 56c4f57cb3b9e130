"""One Dutch analysis of texts, for coupling and for search: stems, compounds, meanings, spelling, likeness. No models.

Four functions are all that others need: ``analyse`` a text, ``terms_of`` a word, what words come ``near`` one, and the
``likeness`` of two texts (docs/adr/0048-dutch-analysis.md).
"""

from .analysed import Analysed, Found, Kind, analyse, terms_of
from .comparing import BY_LANGUAGE, Likeness, Rarity, Shared, likeness
from .meanings import Meanings, shipped
from .spelling import Spelling, near, of_language, spelling_of

__all__ = [
    "BY_LANGUAGE",
    "Analysed",
    "Found",
    "Kind",
    "Likeness",
    "Meanings",
    "Rarity",
    "Shared",
    "Spelling",
    "analyse",
    "likeness",
    "near",
    "of_language",
    "shipped",
    "spelling_of",
    "terms_of",
]
