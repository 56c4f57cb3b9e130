"""One index of all that is public, with one Dutch analysis in front of it (docs/search.md).

It knows no features: those upstairs register a ``Source`` at start-up, which says what of theirs is public and in which
words. ``finding.find`` answers what somebody typed, ``similar.similar`` what resembles a text.
"""
