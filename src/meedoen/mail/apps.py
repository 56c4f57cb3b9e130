"""The application's name and place."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "meedoen.mail"
