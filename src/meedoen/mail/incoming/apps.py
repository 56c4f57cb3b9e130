"""The application's name and place."""

from django.apps import AppConfig


class IncomingConfig(AppConfig):
    name = "meedoen.mail.incoming"

    def ready(self) -> None:
        from . import helping  # this needs the models, which are there only now

        helping.register()
