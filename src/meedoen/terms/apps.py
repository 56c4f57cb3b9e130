"""The application's name and place."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "meedoen.terms"
