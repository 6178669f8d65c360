"""Django's registration of the room."""

from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    name = "prasan.integration"
    label = "integration"
