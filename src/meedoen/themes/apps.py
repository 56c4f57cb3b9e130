"""The application's name and place."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "meedoen.themes"
