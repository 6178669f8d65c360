"""Django's registration of the room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "prasan.journal"
    label = "journal"
