"""The application's name and place; what guests can do here is made known when it starts."""

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    name = "meedoen.conversation"

    def ready(self) -> None:
        # These need the models, which are there only now.
        from . import acts, following, mailed, mentions, privacy, searching, thanking
        from .attachments import acts as attachments
        from .moderation import acts as moderation

        acts.register()
        attachments.register()
        moderation.register()
        following.register()
        mailed.register()
        mentions.register()
        searching.register()
        thanking.register()
        privacy.declare()
