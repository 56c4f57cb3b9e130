"""The application's name and place; what guests can do here is made known when it starts."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "meedoen.forum"

    def ready(self) -> None:
        from meedoen.conversation import threads
        from meedoen.themes import beside

        from . import (
            actions,
            acts,
            categories,
            facts,
            mailed,
            privacy,
            reading,
            searching,
        )  # these need the models, which are there only now
        from .models import THREAD

        acts.register()
        facts.register()
        mailed.register()
        privacy.declare()
        searching.register()
        beside.register(categories.offer_question)
        threads.register(
            threads.Kind(
                THREAD,
                changed=actions.count,
                added=actions.count_added,
                has_opening=True,
                ways=reading.ways,
                stands=reading.stands,
                standing=searching.standing,
                about=searching.about,
                helped=actions.say_newest_helped,
            )
        )
