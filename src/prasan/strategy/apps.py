"""Django's registration of the room."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "prasan.strategy"
    label = "strategy"
