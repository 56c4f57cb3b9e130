"""The addresses of the forum."""

from django.urls import path

from . import views

app_name = "forum"

urlpatterns = [
    path("forum/", views.home, name="home"),
    path("forum/vraag/", views.ask, name="ask"),
    path("forum/<slug:category>/", views.category, name="category"),
    path("forum/<slug:category>/<int:topic_id>-<str:slug>/", views.topic, name="topic"),
    path("forum/<slug:category>/<int:topic_id>-<str:slug>/reageren/", views.reply, name="reply"),
    path("forum/<slug:category>/<int:topic_id>-<str:slug>/volgen/", views.follow, name="follow"),
]
