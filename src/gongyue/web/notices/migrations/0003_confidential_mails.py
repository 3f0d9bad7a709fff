"""Which mails nobody but their addressee may know of: those that link no page but the list of notices, save bulletins to all."""

from typing import Any

from django.db import migrations, models


def _open_ones(apps: Any, schema_editor: Any) -> None:
    mails = apps.get_model("notices", "Mail").objects
    mails.exclude(text__contains="/notices/\n").update(confidential=False)
    mails.filter(key__startswith="bulletin:").update(confidential=False)


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_posting")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="confidential",
            field=models.BooleanField(default=True, verbose_name="只给收件人"),
        ),
        migrations.RunPython(_open_ones, migrations.RunPython.noop),
    ]
