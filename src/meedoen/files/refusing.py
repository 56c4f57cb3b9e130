"""That a file is not taken, and why."""


class NotTaken(Exception):
    """The file is not taken; the text is fit to show who sent it."""
