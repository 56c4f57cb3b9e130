"""The application's name and place; what search finds of it is made known when it starts."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "meedoen.terms"

    def ready(self) -> None:
        from . import searching  # it needs the models, which are there only now

        searching.register()
