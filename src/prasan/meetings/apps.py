"""Django's registration of the room."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "prasan.meetings"
    label = "meetings"
