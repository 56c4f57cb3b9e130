"""The addresses of the library."""

from django.urls import path

from .desk import urls as desk
from .views import item, news, shelf

app_name = "library"

urlpatterns = [
    *desk.urlpatterns,
    path("nieuws/", news.news, name="news"),
    path("nieuws/<slug:slug>/", item.article, name="article"),
    path("nieuws/<slug:slug>/reageren/", item.comment, name="comment"),
    path("nieuws/<slug:slug>/volgen/", item.follow, name="follow"),
    path("kennisbank/", shelf.shelf, name="shelf"),
    path("kennisbank/<slug:slug>/", item.item, name="item"),
    path("kennisbank/<slug:slug>/reageren/", item.comment, name="item_comment"),
    path("kennisbank/<slug:slug>/volgen/", item.follow, name="item_follow"),
    path("kennisbank/<slug:slug>/geholpen/", item.helped, name="helped"),
]
