"""What is not there any more, with a sentence that says why."""

from django.http import Http404


class Missing(Http404):
    """There is nothing here; the text is fit to show, and says more than that the address is wrong."""
