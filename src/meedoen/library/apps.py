"""The application's name and place; what can be followed here is made known when it starts."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "meedoen.library"

    def ready(self) -> None:
        from meedoen.themes import beside as about_themes

        # These need the models, which are there only now.
        from . import agendas, alike, beside, facts, following, privacy, reading, relating, searching
        from .convention import searching as convention
        from .offering import acts as offering
        from .offering import privacy as offering_privacy
        from .reuse import acts as reuse
        from .reuse import privacy as reuse_privacy

        following.register()
        about_themes.register_reads(reading.reads)
        agendas.register()
        alike.register()
        beside.register()
        convention.register()
        facts.register()
        offering.register()
        offering_privacy.declare()
        reuse.register()
        reuse_privacy.declare()
        searching.register()
        relating.register()
        privacy.declare()
