"""The addresses of the forum."""

from django.urls import include, path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from .asking import views as asking
from .steering.urls import urlpatterns as steering
from .views import ask, feeds, helped, lists, topic

app_name = "forum"

TOPIC = "forum/<slug:category>/<int:topic_id>-<str:slug>/"

urlpatterns = [
    path("feeds/forum.atom", feeds.forum, name="feed"),
    path("feeds/forum/<slug:category>.atom", feeds.category, name="category_feed"),
    path("feeds/onderwerp/<int:topic_id>.atom", feeds.topic, name="topic_feed"),
    path("forum/", lists.home, name="home"),
    path("forum/vraag/", ask.ask, name="ask"),
    path("forum/vraag/bewaren/", ask.save_draft, name="save_draft"),
    path("forum/hielp/<key:key>/", helped.what_helped, name="what_helped"),
    path("forum/hielp/<int:contribution_id>/ja/", helped.say, {"helped": True}, name="helped"),
    path("forum/hielp/<int:contribution_id>/nee/", helped.say, {"helped": False}, name="not_helped"),
    path("forum/open/", lists.waiting, name="waiting"),
    path("forum/weten/", asking.knows, name="knows"),
    path("forum/gevraagd/<key:key>/", asking.asked, name="asked"),
    path("forum/mijn/", lists.mine, name="mine"),
    path("forum/gevolgd/", lists.followed, name="followed"),
    path("forum/gemeente/<slug:slug>/", lists.municipality, name="municipality"),
    path("forum/<slug:category>/", lists.category, name="category"),
    path(TOPIC, topic.topic, name="topic"),
    path(f"{TOPIC}gesprek/<int:number>/", topic.talk, name="talk"),
    path(f"{TOPIC}afdrukken/", topic.paper, name="paper"),
    path(f"{TOPIC}reageren/", topic.reply, name="reply"),
    path(f"{TOPIC}volgen/", topic.follow, name="follow"),
    path(TOPIC, include(steering)),
]
