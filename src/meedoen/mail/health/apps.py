"""The application's name and place."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "meedoen.mail.health"
