"""That a file is not taken, or not to be had now, and why."""


class NotTaken(Exception):
    """The file is not taken; the text is fit to show who sent it."""


class Away(OSError):
    """The place where files are kept does not answer, or refuses; the text is for who runs the site."""
