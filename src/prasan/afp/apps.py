"""Django's registration of the room."""

from django.apps import AppConfig


class AfpConfig(AppConfig):
    name = "prasan.afp"
    label = "afp"
