"""The addresses of the Convention; they stand before those of the library's own items, none of which is called so."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("kennisbank/vn-verdrag/", views.overview, name="convention"),
    re_path(r"^kennisbank/vn-verdrag/(?P<number>[1-9]|[1-4][0-9]|50)/$", views.article, name="convention_article"),
]
