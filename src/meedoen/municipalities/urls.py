"""The addresses of the register and the manifest."""

from django.urls import path, register_converter

from . import views
from .likeness import views as likeness


class MapMode:
    """A colour mode of the map."""

    regex = "|".join(views.MAP_MODES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MapMode, "map_mode")

app_name = "municipalities"
urlpatterns = [
    path("gemeenten/", views.municipality_list, name="list"),
    path("gemeenten/gemeenten.csv", views.download, name="csv"),
    path("gemeenten/kaart/<map_mode:mode>-<slug:mark>.svg", views.map_picture, name="map"),
    path("gemeenten/kaart/<str:code>/<map_mode:mode>-<slug:mark>.svg", views.locator, name="locator"),
    path("gemeenten/zoals/<slug:slug>/", likeness.alike, name="alike"),
    path("gemeenten/<slug:slug>/", views.municipality, name="municipality"),
    path("manifest/", views.manifest, name="manifest"),
]
