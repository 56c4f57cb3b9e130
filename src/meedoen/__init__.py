"""Meedoen: the open platform behind Iedereen doet mee!"""

__version__ = "0.1.0"
