"""Django's registration of the room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "prasan.plans"
    label = "plans"
