"""Django's registration of the room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "prasan.publishing"
    label = "publishing"
