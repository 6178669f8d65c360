"""The one URL table; every route in it names who may use it (see tests/architecture)."""

from django.urls import include, path

urlpatterns = [
    path("", include("prasan.web.urls")),
]
