"""The application's name and place; what its outbox may hold sealed is made known when it starts."""

from django.apps import AppConfig

from . import secret_words


class MailConfig(AppConfig):
    name = "meedoen.mail"

    def ready(self) -> None:
        secret_words.register()
