"""A meeting by mail alone: hear what comes, sign up, change, cancel, come along, say what one needs (ADR 59).

``reading`` and ``wanting`` say what somebody wrote; the others do it. Whatever is mailed about a meeting may tell of a
need: the raw mail is erased at once, always.
"""
