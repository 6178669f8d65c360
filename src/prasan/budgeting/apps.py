"""Django's registration of the room."""

from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    name = "prasan.budgeting"
    label = "budgeting"
