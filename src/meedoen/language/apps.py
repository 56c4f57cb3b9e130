"""The application's name and place."""

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    name = "meedoen.language"
