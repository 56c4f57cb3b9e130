"""The application's name and place; what it puts in the registers downstairs when it starts."""

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "meedoen.newsletter"

    def ready(self) -> None:
        from meedoen.mail import references

        from . import acts, following, mailed, privacy, searching  # these need the models, which are there only now
        from .actions import sending

        acts.register()
        following.register()
        mailed.register()
        privacy.declare()
        searching.register()
        references.register(sending.WORDS, sending.words_of)
