"""House rule 11: a new relation to a need or a project must say what a merge means for it."""

from django.apps import apps

from prasan.needs.models import Need
from prasan.projects.models import Project
from prasan.projects.rules import FOLLOWS, FROZEN, MERGE_TABLE, OWN


def test_every_relation_to_a_need_or_a_project_stands_in_the_merge_table():
    relations = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and (field.concrete or (field.many_to_many and not field.auto_created))
        if field.related_model in (Need, Project)
    }
    assert set(MERGE_TABLE) == relations
    assert set(MERGE_TABLE.values()) <= {FOLLOWS, OWN, FROZEN}
