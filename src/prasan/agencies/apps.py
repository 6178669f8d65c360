"""Django's registration of the room."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "prasan.agencies"
    label = "agencies"
