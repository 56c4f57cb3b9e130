"""What a browser says about itself, in words that people know. Pure."""

from django.utils.translation import gettext as _

# The first that fits; many browsers name others in passing, so the order matters.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "een Mac"),
    ("CrOS", "een Chromebook"),
    ("Linux", "Linux"),
)


def in_words(user_agent: str) -> str:
    """``Firefox op Windows``; what is not recognised is *een andere browser* or *een ander apparaat*."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), _("Een andere browser"))
    system = next((name for mark, name in SYSTEMS if mark in user_agent), _("een ander apparaat"))
    return _("%(browser)s op %(system)s") % {"browser": browser, "system": system}
