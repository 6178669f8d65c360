"""The one URL table; every route in it names who may use it (see tests/architecture)."""

from django.urls import include, path

urlpatterns = [
    path("", include("prasan.web.urls")),
]

handler400 = "prasan.web.views.errors.bad_request"
handler403 = "prasan.web.views.errors.forbidden"
handler404 = "prasan.web.views.errors.not_found"
handler500 = "prasan.web.views.errors.server_error"
