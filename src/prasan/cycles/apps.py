"""Django's registration of the room."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "prasan.cycles"
    label = "cycles"
