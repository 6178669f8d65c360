"""Django's registration of the room."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "prasan.projects"
    label = "projects"
