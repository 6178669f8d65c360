"""Django's registration of the room."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "prasan.needs"
    label = "needs"
