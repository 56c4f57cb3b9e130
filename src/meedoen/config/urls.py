"""The root of all addresses: each package brings its own; what only operators ask stands here."""

from django.conf import settings
from django.urls import include, path

from meedoen.config import operations
from meedoen.pages.origin import anonymous_post
from meedoen.ui import views as ui_views

# Preferences are saved by a post from a page without a token; the guard stands a floor above ui.
design_addresses = [path("voorkeuren/", anonymous_post(ui_views.preferences), name="preferences")]
if settings.SHOWROOM:
    design_addresses.append(path("toonkamer/", ui_views.showroom, name="showroom"))

urlpatterns = [
    path("", include("meedoen.home.urls")),
    path("", include("meedoen.finding.urls")),
    path("", include("meedoen.newsletter.urls")),
    path("", include("meedoen.team.urls")),
    path("", include("meedoen.forum.urls")),
    path("", include("meedoen.terms.urls")),
    path("", include("meedoen.library.urls")),
    path("", include("meedoen.meetings.urls")),
    path("", include("meedoen.celebrations.urls")),
    path("", include("meedoen.coupling.urls")),
    path("", include("meedoen.barriers.urls")),
    path("", include("meedoen.conversation.urls")),
    path("", include("meedoen.activity.urls")),
    path("", include("meedoen.people.urls")),
    path("", include("meedoen.municipalities.urls")),
    path("", include((design_addresses, "ui"))),
    path("healthz", operations.alive, name="healthz"),
    path("readyz", operations.ready, name="readyz"),
    path("metrics", operations.metrics, name="metrics"),
]
if settings.OIDC_SERVER:
    from meedoen.people.entrance import provider  # its library is there only where it is switched on

    # The library asks for its address by this name.
    urlpatterns.append(
        path("inloggen/aanbieder/<slug:provider_id>/terug/", provider.callback, name="openid_connect_callback")
    )
    urlpatterns.append(path("inloggen/aanbieder/", provider.begin, name="provider"))
if settings.BENCH:
    urlpatterns.append(path("ijkpunt/", operations.reference, name="reference"))
if settings.POSTBOX:
    urlpatterns.append(path("", include("meedoen.mail.urls")))

handler400 = "meedoen.config.errors.bad_request"
handler403 = "meedoen.config.errors.forbidden"
handler404 = "meedoen.config.errors.not_found"
handler500 = "meedoen.config.errors.server_error"
