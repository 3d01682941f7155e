from typing import Any

from django.db import migrations, models


def end_readable_sessions(apps: Any, schema_editor: Any) -> None:
    """Rows of the engine before hold the cookie's key and the session itself in the clear."""
    # Not a dependency on the sessions' own tables: they may not be there yet, nor any row.
    connection = schema_editor.connection
    if "django_session" in connection.introspection.table_names():
        schema_editor.execute("DELETE FROM django_session")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="pin_tries",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(end_readable_sessions, migrations.RunPython.noop),
    ]
