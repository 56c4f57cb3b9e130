"""What the shell around every page needs: the site, the visitor's preferences, the rows of links."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from .preferences import DEFAULT
from .site import current_site


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for ``ui/page.html``. Asks no database, so that an error page can use it."""
    path = request.path
    return {
        "site": current_site(),
        "signed_in_as": getattr(request, "signed_in_as", ""),  # put there by a floor that knows people
        "acts_along": getattr(request, "acts_along", None),
        "preferences": getattr(request, "preferences", DEFAULT),
        "navigation": [
            (label, address, "page" if path == address else "true" if path.startswith(address) else "")
            for label, address in import_string(settings.NAVIGATION)()
        ],
        "statements": import_string(settings.STATEMENTS)(),
        "page_path": path,
        "page_url": f"{settings.BASE_URL}{path}",
    }
