"""Why a deed of a host cannot be done."""


class CannotDo(Exception):
    """It cannot be done now; the text is fit to show, and what was typed stays."""
