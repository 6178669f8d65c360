"""Django's registration of the room."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "prasan.letters"
    label = "letters"
