"""What 0004 made true, the database keeps; apart from it, as PostgreSQL does not alter a table it has just written."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0004_register"),
    ]

    operations = [
        migrations.RemoveConstraint("letter", "letter_dispatched_has_number_and_day"),
        migrations.AddConstraint("lettersequence", models.UniqueConstraint(
            fields=("register", "prefix", "circular", "year"), name="letter_sequence_once")),
        migrations.AddConstraint("letter", models.UniqueConstraint(
            condition=models.Q(("number", ""), _negated=True), fields=("register", "number", "number_year"),
            name="letter_number_once")),
        migrations.AddConstraint("letter", models.CheckConstraint(
            condition=models.Q(
                models.Q(("state", "DISPATCHED"), _negated=True),
                models.Q(("dated_on__isnull", False), ("number_year__isnull", False), ("register__isnull", False),
                         ("dispatched_at__isnull", False), models.Q(("number", ""), _negated=True)),
                _connector="OR"),
            name="letter_dispatched_has_number_and_day")),
    ]
