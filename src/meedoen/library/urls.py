"""The addresses of the library."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from .agendas.urls import urlpatterns as agendas
from .convention.urls import urlpatterns as convention
from .desk import urls as desk
from .offering import views as offering
from .reuse import views as reuse
from .takeaway.urls import urlpatterns as takeaway
from .views import item, news, shelf

app_name = "library"

urlpatterns = [
    *convention,  # these first: what they begin with is no slug
    *agendas,
    *desk.urlpatterns,
    *takeaway,
    path("nieuws/", news.news, name="news"),
    path("nieuws/<slug:slug>/", item.article, name="article"),
    path("nieuws/<slug:slug>/reageren/", item.comment, name="comment"),
    path("nieuws/<slug:slug>/volgen/", item.follow, name="follow"),
    path("kennisbank/", shelf.shelf, name="shelf"),
    path("kennisbank/aanbieden/", offering.offer, name="offer"),
    path("kennisbank/aanbieden/bewaren/", offering.save_draft, name="save_offer_draft"),
    path("kennisbank/aanbieden/mijn/", offering.mine, name="my_offers"),
    path("kennisbank/aanbieden/<key:key>/", offering.own, name="own_offer"),
    path("kennisbank/aanbieden/<key:key>/veranderen/", offering.change, name="change_offer"),
    path("kennisbank/aanbieden/<key:key>/intrekken/", offering.withdraw, name="withdraw_offer"),
    path("kennisbank/aanbieden/<key:key>/terugzetten/", offering.put_back, name="put_back_offer"),
    path("kennisbank/<slug:slug>/", item.item, name="item"),
    path("kennisbank/<slug:slug>/reageren/", item.comment, name="item_comment"),
    path("kennisbank/<slug:slug>/volgen/", item.follow, name="item_follow"),
    path("kennisbank/<slug:slug>/geholpen/", item.helped, name="helped"),
    path("kennisbank/<slug:slug>/wij-ook/", reuse.use, name="use"),
    path("gebruik/<key:key>/", reuse.own, name="own_reuse"),
    path("gebruik/<key:key>/terugnemen/", reuse.withdraw, name="withdraw_reuse"),
    path("gebruik/<key:key>/terugzetten/", reuse.put_back, name="put_back_reuse"),
]
