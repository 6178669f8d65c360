"""Both names of a pair as they are searched, with an index of every three letters that follow each other."""

import sys

from django.db import DatabaseError, migrations, models, transaction
from django.db.models.functions import Concat

TABLE = "integration_pair"
SQLITE = (
    f"CREATE VIRTUAL TABLE {TABLE}_words USING fts5(name_keys, content='{TABLE}', content_rowid='id', tokenize='trigram')",
    f"INSERT INTO {TABLE}_words ({TABLE}_words) VALUES ('rebuild')",
    f"""CREATE TRIGGER {TABLE}_words_new AFTER INSERT ON {TABLE} BEGIN
    INSERT INTO {TABLE}_words (rowid, name_keys) VALUES (new.id, new.name_keys); END""",
    f"""CREATE TRIGGER {TABLE}_words_gone AFTER DELETE ON {TABLE} BEGIN
    INSERT INTO {TABLE}_words ({TABLE}_words, rowid, name_keys) VALUES ('delete', old.id, old.name_keys); END""",
    f"""CREATE TRIGGER {TABLE}_words_changed AFTER UPDATE OF name_keys ON {TABLE} WHEN old.name_keys <> new.name_keys BEGIN
    INSERT INTO {TABLE}_words ({TABLE}_words, rowid, name_keys) VALUES ('delete', old.id, old.name_keys);
    INSERT INTO {TABLE}_words (rowid, name_keys) VALUES (new.id, new.name_keys); END""",
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (name_keys gin_trgm_ops)",
)

WITHOUT = (
    "ไม่มีสิทธิ์ติดตั้ง pg_trgm การค้นคำในคู่ที่อาจซ้ำจะช้าแต่ถูกต้อง / pg_trgm may not be installed here: words in pairs are "
    "found as before, only slower. {}"
)


def fill(apps, schema_editor):
    keys, text = apps.get_model("projects", "Project").objects.values("name_key"), models.TextField()
    first, second = (models.Subquery(keys.filter(pk=models.OuterRef(side)), output_field=text) for side in ("first", "second"))
    names = Concat(first, models.Value(" "), second, output_field=text)
    apps.get_model("integration", "Pair").objects.update(name_keys=names)


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        for statement in SQLITE:
            schema_editor.execute(statement, params=None)
        return
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checks of rows put off hold up a change of their table
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            for statement in POSTGRESQL:
                schema_editor.execute(statement)
    except DatabaseError as problem:
        print(WITHOUT.format(problem), file=sys.stderr)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {TABLE}_words")
        return
    for name in ("new", "gone", "changed"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_words_{name}")
    schema_editor.execute(f"DROP TABLE {TABLE}_words")


class Migration(migrations.Migration):
    dependencies = [("integration", "0005_joint_project")]

    operations = [
        migrations.AddField("pair", "name_keys", models.TextField(blank=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(make_index, drop_index),
    ]
