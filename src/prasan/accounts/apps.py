"""Django's registration of the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "prasan.accounts"
    label = "accounts"
