"""The application's name and place."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "meedoen.config"
