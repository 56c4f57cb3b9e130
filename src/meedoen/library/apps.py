"""The application's name and place; what can be followed here is made known when it starts."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "meedoen.library"

    def ready(self) -> None:
        from . import following, privacy  # this needs the models, which are there only now

        following.register()
        privacy.declare()
