"""Django's registration of the room."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "prasan.areas"
    label = "areas"
